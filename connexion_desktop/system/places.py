"""The towns and the countries that ship with the application; `resources/places/README.md` says
where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from threading import Lock

from connexion_desktop.domain import towns as domain
from connexion_desktop.system.resources import resource

_once = Lock()


def towns() -> domain.Towns:
    """Every town of France, made once whoever asks meanwhile. It takes a good tenth of a second:
    never on the window's thread."""
    with _once:
        return _towns()


@cache
def _towns() -> domain.Towns:
    import lzma

    packed = resource("places/towns.txt.xz").read_bytes()
    return domain.Towns(lzma.decompress(packed).decode("utf-8").splitlines())


@cache
def countries() -> Mapping[str, str]:
    """The French names of countries, by their ISO code."""
    return domain.countries(resource("places/countries.txt").read_text("utf-8").splitlines())
