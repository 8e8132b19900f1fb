"""The towns that ship with the application."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from connexion_desktop.domain.towns import Towns
from connexion_desktop.system import places


def test_the_towns_are_made_once_however_many_fields_ask() -> None:
    places._made.clear()
    together = Barrier(3)

    def ask() -> Towns:
        together.wait()
        return places.towns()

    with ThreadPoolExecutor(3) as pool:
        first, *others = [each.result() for each in [pool.submit(ask) for _ in range(3)]]
    assert all(each is first for each in others)
