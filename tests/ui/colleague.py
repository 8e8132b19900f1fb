"""A colleague at another workstation, and what she saves."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from connexion_desktop import usecases
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui.store import Store


def nadia(
    store: Store, write: Callable[[usecases.Session], object], label: str = "Fiche modifiée"
) -> None:
    """She saves something, and those who look are told."""
    with store.write(Act("Nadia Ferrand", label, uuid4())) as session:
        write(session)


def nadia_unheard(
    store: Store, write: Callable[[usecases.Session], object], label: str = "Fiche modifiée"
) -> None:
    """She saves something, and nobody here is told of it yet."""
    listeners, store.listeners = store.listeners, []
    nadia(store, write, label)
    store.listeners = listeners
