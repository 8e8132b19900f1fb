"""The towns and the countries that ship with the application; `resources/places/README.md` says
where they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from threading import Lock

from connexion_desktop.domain import towns as domain
from connexion_desktop.domain.progress import Progress, Silent
from connexion_desktop.system.resources import resource

_STEP = 100
_SILENT = Silent()
_once = Lock()
_made: list[domain.Towns] = []


def towns(progress: Progress = _SILENT) -> domain.Towns:
    """Every town of France, made once whoever asks meanwhile. It takes a good tenth of a second:
    never on the window's thread. Raises Cancelled."""
    with _once:
        if not _made:
            _made.append(domain.Towns(_stepped(_lines(), progress)))
        return _made[0]


def _lines() -> list[str]:
    import lzma

    packed = resource("places/towns.txt.xz").read_bytes()
    return lzma.decompress(packed).decode("utf-8").splitlines()


def _stepped(lines: list[str], progress: Progress) -> Iterator[str]:
    for place, line in enumerate(lines):
        if place % _STEP == 0:
            progress.step(place, len(lines))
        yield line


@cache
def countries() -> Mapping[str, str]:
    """The French names of countries, by their ISO code."""
    return domain.countries(resource("places/countries.txt").read_text("utf-8").splitlines())
