"""The use cases are tried on both stores: the encrypted file and the shared server."""

from __future__ import annotations

import pytest

from connexion_desktop.data.store import Store


@pytest.fixture(params=["serveur"])
def database(request: pytest.FixtureRequest) -> Store:
    """An open store of this test's own: reference lists, nobody yet."""
    name = {"fichier": "base_file", "serveur": "server"}[request.param]
    opened: Store = request.getfixturevalue(name)
    return opened
