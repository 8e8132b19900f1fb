"""The page of settings, of the real application on the demo base."""

from __future__ import annotations

import pytest

from ..walking import Walk
from .bench import Desk


@pytest.fixture
def desk(walk: Walk) -> Desk:
    """The page, open."""
    return Desk(walk)
