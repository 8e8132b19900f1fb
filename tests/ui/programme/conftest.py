from __future__ import annotations

import pytest

from ..walking import Walk
from .activity_bench import Desk
from .pages import Programmes


@pytest.fixture
def programmes(walk: Walk) -> Programmes:
    return Programmes(walk)


@pytest.fixture
def desk(programmes: Programmes) -> Desk:
    return Desk(programmes)
