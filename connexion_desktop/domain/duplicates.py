"""Who was written down twice: pairs of people who may be one, found without comparing everybody
with everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from connexion_desktop.domain.french_dates import imprecise_numeric
from connexion_desktop.domain.imprecise import Precision
from connexion_desktop.domain.name_matching import (
    Comparison,
    FoldedTraits,
    Likeness,
    PersonTraits,
    compare_folded,
    folded_traits,
)
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.progress import Progress

CROWD = 100
"""More people than share a clue that says something."""

WHOLE_NAME = "="
"""How the clue of a whole name begins: however many share it, it counts."""

_STEP = 100
"""What is done between two steps takes a few milliseconds at most: whoever gives way does there."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Somebody of the base, as far as it takes to find them twice."""

    id: UUID
    number: str
    traits: PersonTraits

    @property
    def name(self) -> str:
        """« Aïssatou Diallo »."""
        return full_name(self.traits.given, self.traits.family)

    @property
    def told(self) -> str:
        """« Aïssatou Diallo · 04/03/1991 »."""
        birth = self.traits.birth
        return self.name if birth is None else f"{self.name} · {imprecise_numeric(birth)}"

    @property
    def age(self) -> tuple[int, str]:
        """What sorts files by the day they were opened: the numbers follow each other."""
        return len(self.number), self.number


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two files that may be one person's, the older first; `reasons` in French; the folded `words`
    that they are found by, since there may be many pairs."""

    older: Registered
    newer: Registered
    likeness: Likeness
    reasons: str
    words: str

    @property
    def id(self) -> UUID:
        """The same for the same two, whichever comes first."""
        return UUID(int=self.older.id.int ^ self.newer.id.int)

    @property
    def told(self) -> str:
        """How sure it is, in French."""
        return "très probable" if self.likeness is Likeness.SAME else "possible"

    def other(self, person_id: UUID) -> Registered:
        """The one of the two who is not that person."""
        return self.newer if person_id == self.older.id else self.older


Apart = frozenset[frozenset[UUID]]
"""The pairs of whom somebody said that they are two people."""


def likely_pairs(
    people: Sequence[Registered], apart: Apart, progress: Progress, about: UUID | None = None
) -> tuple[LikelyPair, ...]:
    """Those who may be one person, the likeliest first; only those `about` somebody if asked.

    Only people who share a clue are compared: the same folded name, a phone or a mail, a birth date
    and the first letter of a name. A clue that a crowd shares (an office's phone) is none.
    Raises Cancelled if the user gave up.
    """
    folded: list[FoldedTraits] = []
    for place, person in enumerate(people):
        if place % _STEP == 0:
            progress.step(place, len(people))
        folded.append(folded_traits(person.traits))
    found = [
        _pair(people[first], people[second], comparison)
        for first, second in _meeting(people, folded, progress, about)
        if _is_worth_asking(
            comparison := compare_folded(folded[first], folded[second]),
            folded[first],
            folded[second],
        )
    ]
    told = (pair for pair in found if frozenset((pair.older.id, pair.newer.id)) not in apart)
    return tuple(sorted(told, key=likeliest_first))


def _meeting(
    people: Sequence[Registered],
    folded: Sequence[FoldedTraits],
    progress: Progress,
    about: UUID | None,
) -> Iterator[tuple[int, int]]:
    """The places of those who share a clue, each two once; only those `about` somebody if asked."""
    wanted: set[str] | None = None
    if about is not None:
        mine = (traits for person, traits in zip(people, folded, strict=True) if person.id == about)
        wanted = {clue for traits in mine for clue in clues(traits)}
    buckets: dict[str, list[int]] = defaultdict(list)
    for place, traits in enumerate(folded):
        if place % _STEP == 0:
            progress.step(place, len(people))
        for clue in clues(traits):
            if wanted is None or clue in wanted:
                buckets[clue].append(place)
    seen: set[tuple[int, int]] = set()
    for rank, (clue, places) in enumerate(buckets.items()):
        if len(places) > CROWD and not clue.startswith(WHOLE_NAME):
            continue
        for pair in combinations(places, 2):
            if about is not None and about not in (people[pair[0]].id, people[pair[1]].id):
                continue
            if pair not in seen:
                if len(seen) % _STEP == 0:
                    progress.step(rank, len(buckets))
                seen.add(pair)
                yield pair


def _pair(one: Registered, other: Registered, comparison: Comparison) -> LikelyPair:
    older, newer = sorted((one, other), key=lambda each: each.age)
    reasons = ", ".join(comparison.reasons).lower()
    words = fold(" ".join((older.told, older.number, newer.told, newer.number)))
    told = reasons[:1].upper() + reasons[1:]
    return LikelyPair(older, newer, comparison.likeness, told, f" {words}")


def likeliest_first(pair: LikelyPair) -> tuple[bool, str, tuple[int, str]]:
    """What sorts pairs: the surest, then by name."""
    return pair.likeness is not Likeness.SAME, pair.older.name, pair.newer.age


def clues(traits: FoldedTraits) -> Iterator[str]:
    """What somebody is looked up by."""
    for words in traits.names:
        yield f"{WHOLE_NAME}{''.join(words)}"
    yield from traits.reach
    birth = traits.birth
    if birth is not None and birth.precision is Precision.DAY:
        first, last = sorted((birth.day.day, birth.day.month))
        letters = {word[0] for words in traits.names for word in words}
        for letter in letters:
            yield f"{birth.day.year} {first} {last} {letter}"  # day and month may be swapped


def _is_worth_asking(comparison: Comparison, one: FoldedTraits, other: FoldedTraits) -> bool:
    """Homonyms who are known by two numbers, and of whom nothing else agrees, are two people."""
    match comparison.likeness:
        case Likeness.SAME:
            return True
        case Likeness.DIFFERENT:
            return False
    unknown = one.birth is None or other.birth is None
    reached_apart = bool(one.reach and other.reach) and one.reach.isdisjoint(other.reach)
    return not (unknown and reached_apart)
