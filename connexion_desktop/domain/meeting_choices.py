"""What a séance may be given: its kind, its activity, who of the team leads it, a partner."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from connexion_desktop.domain.names import fold

_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of the team, or a structure; `detail`, its town."""

    id: UUID
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MeetingChoices:
    """Codes with their words, then people and structures by name."""

    kinds: tuple[tuple[str, str], ...] = ()
    activities: tuple[tuple[str, str], ...] = ()
    team: tuple[Named, ...] = ()
    partners: tuple[Named, ...] = ()


def found_among(named: tuple[Named, ...], typed: str) -> tuple[Named, ...]:
    """Those of which the name, or the town, holds each word typed; those whose name begins so come
    first. Of a single letter nothing is said."""
    words = fold(typed).split()
    if len("".join(words)) < _LEAST_LETTERS:
        return ()
    found = [
        each for each in named if all(word in fold(f"{each.name} {each.detail}") for word in words)
    ]
    return tuple(sorted(found, key=lambda each: not fold(each.name).startswith(words[0])))
