"""Everyone ever met: who is found in their list, in which order, and what makes somebody new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple, overload
from uuid import UUID

from connexion_desktop.domain.counted import Counted
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.listing import PersonLine, PersonState
from connexion_desktop.domain.name_matching import Likeness, PersonTraits
from connexion_desktop.domain.names import NameForms, display_name, fold, full_name, split_scripts
from connexion_desktop.domain.phones import dialled_phone


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody met: what the list shows of them, the words they are found by, and the key they are
    sorted by; both folded once, since the list may be long."""

    line: PersonLine
    words: str
    by_name: tuple[str, str, str]

    @property
    def id(self) -> UUID:
        """Whose line it is."""
        return self.line.id

    @property
    def name(self) -> str:
        """« Aïssatou Diallo »."""
        return full_name(self.line.given_name, self.line.family_name)


def known(line: PersonLine, former: Iterable[str] = ()) -> KnownPerson:
    """Somebody as the list needs them: found by their names, number (and those of the files merged
    into theirs), group and town, and by the digits of their phone as it is dialled in France."""
    given, family = fold(line.given_name), fold(line.family_name)
    places = (_folded(line.group), _folded(line.city))
    others = " ".join((fold(" ".join((line.number, *former))), *places))
    words = f" {given} {family} {others} {dialled_phone(line.phone)}"
    return KnownPerson(line, words, (family or given, given, line.number))


@dataclass(frozen=True, slots=True)
class Beginning:
    """Those who come first in a long list, and how many there are in each state."""

    people: tuple[KnownPerson, ...]
    states: Mapping[PersonState, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.states.values())


@lru_cache(maxsize=4096)
def _folded(place: str) -> str:
    """A group or a town, the same for many."""
    return fold(place)


class FoundPeople(Sequence[KnownPerson]):
    """Those found, each taken from the list as it is asked for: to hold a hundred thousand of them
    takes longer than to find them."""

    def __init__(self, people: Sequence[KnownPerson], places: Sequence[int]) -> None:
        self._people, self._places = people, places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[KnownPerson]:
        return map(self._people.__getitem__, self._places)

    @overload
    def __getitem__(self, at: int) -> KnownPerson: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[KnownPerson]: ...

    def __getitem__(self, at: int | slice) -> KnownPerson | Sequence[KnownPerson]:
        if isinstance(at, slice):
            return FoundPeople(self._people, self._places[at])
        return self._people[self._places[at]]


class _Sought(NamedTuple):
    """What was sought last, and the places of those found."""

    state: PersonState | None
    begun: tuple[str, ...]
    places: Sequence[int]


def _goes_on(begun: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Whether the last word of before is longer by now, or others follow it."""
    if not before or len(begun) < len(before):
        return False
    whole = len(before) - 1
    return begun[:whole] == before[:whole] and begun[whole].startswith(before[whole])


class Everyone:
    """People in the order of their list, made once and looked through at each letter typed.

    Their words are cut out of one text: a hundred thousand texts that lie side by side are looked
    through several times as fast as those that were made one by one.
    """

    def __init__(self, people: Sequence[KnownPerson] = ()) -> None:
        self._people = tuple(people)
        self._words = "\n".join(person.words for person in people).split("\n")[: len(people)]
        self._all = range(len(people))
        self._in_state: dict[PersonState, list[int]] = {}
        self._last = _Sought(None, (), self._all)

    def sought(self, typed: str, state: PersonState | None = None) -> Sequence[KnownPerson]:
        """Those who are meant. Each word typed begins a word of theirs, whatever its accents, its
        case and its place; digits alone are found anywhere in a phone or a number, else as words.
        """
        begun = tuple(f" {word}" for word in fold(typed).split())
        digits = "".join(begun).replace(" ", "")
        if digits.isdecimal():
            by_phone = self._meant((dialled_phone(typed) or digits,), state)
            if by_phone:
                return self._those(by_phone)
        return self._those(self._meant(begun, state))

    def _meant(self, begun: tuple[str, ...], state: PersonState | None) -> Sequence[int]:
        """Where what is typed goes on, they are among those found just before."""
        last, kept = self._last, self._of(state)
        first = 0
        if last.state is state and _goes_on(begun, last.begun):
            first, kept = len(last.begun) - 1, last.places
        for word in begun[first:]:
            kept = self._holding(word, kept)
        self._last = _Sought(state, begun, kept)
        return kept

    def _holding(self, text: str, kept: Sequence[int]) -> Sequence[int]:
        """The places, among these, of those who are found by that."""
        words = self._words
        if kept is self._all:
            return [place for place, each in enumerate(words) if text in each]
        return [place for place in kept if text in words[place]]

    def _those(self, places: Sequence[int]) -> Sequence[KnownPerson]:
        if len(places) == len(self._people):
            return self._people
        return FoundPeople(self._people, places)

    def _of(self, state: PersonState | None) -> Sequence[int]:
        if state is None:
            return self._all
        if state not in self._in_state:
            self._in_state[state] = [
                place for place, person in enumerate(self._people) if person.line.state is state
            ]
        return self._in_state[state]


def counters(people: Sequence[KnownPerson]) -> tuple[Counted[PersonState | None], ...]:
    """Everybody, then each state where somebody is."""
    return counters_of(Counter(person.line.state for person in people))


def counters_of(states: Mapping[PersonState, int]) -> tuple[Counted[PersonState | None], ...]:
    """As `counters`, of people who were counted."""
    each: Iterable[Counted[PersonState | None]] = (
        Counted(state, _COUNTED[state], states[state]) for state in PersonState if state in states
    )
    return (Counted(None, "Tous", sum(states.values())), *each)


_COUNTED = {
    PersonState.MET: "Repérage",
    PersonState.INVITED: "Réunion",
    PersonState.WAITING: "En attente",
    PersonState.IN_GROUP: "En parcours",
    PersonState.OUT: "Terminé",
    PersonState.REFUSED: "Sans entrée",
}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody met `on` a day. Only the given name must be known; `id` is made by whoever asks.

    `after` is the last number given when it was looked whom they may be (`AlreadyKnown.last`);
    without it, nobody looked.
    """

    id: UUID
    given_name: str
    family_name: str
    birth: ImpreciseDate | None
    on: date
    after: int | None = None

    @property
    def given(self) -> NameForms:
        """The given name to be kept, in Latin letters and in its own script."""
        return _forms(self.given_name)

    @property
    def family(self) -> NameForms:
        """The family name to be kept; empty where it is not known."""
        return _forms(self.family_name)

    @property
    def traits(self) -> PersonTraits:
        """What is compared with those already known."""
        return PersonTraits(self.family.latin, self.given.latin, self.birth)

    def check(self) -> None:
        """Raise UserError if nobody could be made of it."""
        if not self.given.latin:
            raise UserError(
                "Il manque le prénom.",
                "Ce que vous avez écrit est gardé.",
                "Le nom et la date de naissance peuvent venir plus tard.",
            )


def person_number(rank: int) -> str:
    """« P-00012 »."""
    return f"P-{rank:05d}"


def _forms(typed: str) -> NameForms:
    forms = split_scripts(typed)
    return NameForms(display_name(forms.latin), forms.native)


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Somebody known who may be the one about to be made, and why (French)."""

    id: UUID
    name: str
    told: str
    likeness: Likeness
    reasons: str


@dataclass(frozen=True, slots=True)
class AlreadyKnown:
    """Those who resemble whom is typed, and the sites where a colleague knows somebody of that
    name. `last` is the last number given to anybody when they were looked for."""

    like: tuple[Resemblance, ...] = ()
    sites: tuple[str, ...] = ()
    last: int | None = field(default=None, compare=False)


STEPS = {
    PersonState.INVITED: "presentation",
    PersonState.WAITING: "waiting",
    PersonState.REFUSED: "refused",
}
"""The dated step that goes with a state on the way in; found again in the person's feed."""

ON_THE_WAY = (
    PersonState.MET,
    PersonState.INVITED,
    PersonState.WAITING,
    PersonState.REFUSED,
)
"""The states that are said by hand; the others come with a group."""


@dataclass(frozen=True, slots=True)
class MoveOn:
    """People who go on, or back, on the way in; `refusal` is a code, for those who do not enter."""

    people: tuple[UUID, ...]
    state: PersonState
    on: date
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of it: how many went on, and how many are in a group, whose state is not said."""

    state: PersonState
    count: int
    in_group: int

    @property
    def text(self) -> str:
        """« 2 personnes : en attente · 1 en parcours n’a pas changé »."""
        told = [f"{self.count} personne{'s' * (self.count > 1)} : {self.state.label}"]
        if self.in_group:
            several = self.in_group > 1
            told.append(f"{self.in_group} en parcours {'n’ont' if several else 'n’a'} pas changé")
        return " · ".join(told[not self.count :])
