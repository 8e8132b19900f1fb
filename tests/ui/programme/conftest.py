from __future__ import annotations

import pytest

from ..walking import Walk
from .pages import Programmes


@pytest.fixture
def programmes(walk: Walk) -> Programmes:
    return Programmes(walk)
