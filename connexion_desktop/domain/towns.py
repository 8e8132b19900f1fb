"""The towns of France by their postal codes, and the other way round."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from connexion_desktop.domain.names import fold

HOME = "33"
"""The department of the office, by which its postal codes begin."""

_SHORT = {"st": "saint", "ste": "sainte", "s": "sur", "ss": "sous"}
_CEDEX = re.compile(r"\bcedex\b.*")
_LEAST = 2
_WHOLE = 5


@dataclass(frozen=True, slots=True)
class Town:
    """A town and one of its postal codes."""

    name: str
    code: str


class Towns:
    """Made of lines « 33650 La Brède|Saucats ». Making it takes a moment; asking it does not."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._at: dict[str, tuple[str, ...]] = {}
        named: list[tuple[str, Town]] = []
        for line in lines:
            code, _, names = line.rstrip("\n").replace("'", "’").partition(" ")
            self._at[code] = tuple(names.split("|"))
            named += ((_folded(name), Town(name, code)) for name in self._at[code])
        named.sort(key=lambda each: (each[0], each[1].code))
        self._folded = [folded for folded, _ in named]
        self._towns = [town for _, town in named]

    def at(self, code: str) -> tuple[str, ...]:
        """The towns of a postal code, the largest first; none for a CEDEX or a foreign code."""
        return self._at.get(code.replace(" ", ""), ())

    def named(self, text: str, near: str = HOME, most: int = 8) -> tuple[Town, ...]:
        """Those whose name begins so, however it is spelt: those so called first, then those of the
        department `near`."""
        wanted = _folded(text)
        if len(wanted) < _LEAST:
            return ()
        start = bisect_left(self._folded, wanted)
        end = bisect_left(self._folded, f"{wanted}\uffff", start)
        department = (near or HOME)[:2]

        def rank(place: int) -> tuple[bool, bool, int]:
            is_near = self._towns[place].code.startswith(department)
            return (self._folded[place] != wanted, not is_near, place)

        return tuple(self._towns[place] for place in sorted(range(start, end), key=rank)[:most])

    def doubt(self, code: str, town: str) -> str:
        """What is odd in a French code of five digits; « » for nothing. A CEDEX is of no town."""
        code = code.replace(" ", "")
        is_whole = len(code) == _WHOLE and code.isdecimal()
        if not is_whole or self.at(code) or _CEDEX.search(fold(town)):
            return ""
        return "aucune commune n’a ce code"

    def is_at(self, name: str, code: str) -> bool:
        """Whether that town, however it is spelt, has that postal code."""
        return _folded(name) in map(_folded, self.at(code))


def countries(lines: Iterable[str]) -> Mapping[str, str]:
    """ISO code → French name, of lines « ES Espagne »."""
    parts = (line.rstrip("\n").partition(" ") for line in lines)
    return {code: name for code, _, name in parts}


def _folded(name: str) -> str:
    words = _CEDEX.sub("", fold(name[:120])).split()
    return " ".join(_SHORT.get(word, word) for word in words)
