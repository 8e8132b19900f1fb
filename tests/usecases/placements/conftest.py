"""An office that issues agreements."""

from __future__ import annotations

import pytest

from connexion_desktop.data.database import Database
from tests.placement_base import Office, furnished


@pytest.fixture
def office(database: Database) -> Office:
    return furnished(database)
