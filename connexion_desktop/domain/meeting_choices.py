"""What a séance may be given: its kind, its activity, who of the team leads it, a partner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from connexion_desktop.domain.names import fold, same_name

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


class Names:
    """People, or structures, each under a text that means it alone: its name; where several have
    it, with its town (« Mission locale (Pessac) »), or else its rank."""

    def __init__(self, named: Iterable[Named] = ()) -> None:
        self._named = {each.id: each for each in named}
        self._texts = {
            each.id: text for alike in _alike(self._named.values()) for each, text in _apart(alike)
        }

    def with_own(self, own: Named | None) -> Names:
        """These and that one, which may be offered no more."""
        if own is None or own.id in self._named:
            return self
        return Names((*self._named.values(), own))

    def text_of(self, known: UUID) -> str:
        """What says that one alone; nothing where it is unknown."""
        return self._texts.get(known, "")

    def meant(self, typed: str) -> tuple[UUID, ...]:
        """Which a text may mean: none, one, or several that have one name."""
        exact = tuple(each for each, text in self._texts.items() if text == typed)
        near = tuple(each for each, text in self._texts.items() if same_name(text, typed))
        named = (each.id for each in self._named.values() if same_name(each.name, typed))
        return exact or near or tuple(named)

    def found(self, typed: str) -> tuple[Named, ...]:
        """Those to choose among for a text (`found_among`)."""
        return found_among(tuple(self._named.values()), typed)

    def completed(self, typed: str) -> str:
        """The text of the only one of them whose name begins so; nothing where there are none, or
        several."""
        begun = [each.id for each in self.found(typed) if fold(each.name).startswith(fold(typed))]
        return self.text_of(begun[0]) if len(begun) == 1 else ""


def spared(named: Iterable[Named]) -> tuple[Named, ...]:
    """The same, with a detail only for those who have one name."""
    known = tuple(named)
    several = {each.id for alike in _alike(known) if len(alike) > 1 for each in alike}
    return tuple(each if each.id in several else replace(each, detail="") for each in known)


def _alike(named: Iterable[Named]) -> Iterable[list[Named]]:
    """Those who have one name, together."""
    found: dict[str, list[Named]] = defaultdict(list)
    for each in named:
        found[fold(each.name) or each.name].append(each)
    return found.values()


def _apart(alike: list[Named]) -> Iterable[tuple[Named, str]]:
    if len(alike) == 1:
        yield alike[0], alike[0].name
        return
    details = [fold(each.detail) for each in alike]
    for rank, (each, detail) in enumerate(zip(alike, details, strict=True), start=1):
        alone = bool(detail) and details.count(detail) == 1
        parts = (each.detail, "" if alone else str(rank))
        yield each, f"{each.name} ({', '.join(filter(None, parts))})"
