"""Finding anything by what is typed: names in any order, without accents, with a slip; numbers,
digits of a phone, a birth date.

What can be found stands on shelves, one for each kind. A shelf is one long folded text with a line
for each thing, since a hundred thousand objects are long to look at one by one and a text is not.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import chain, islice, product

from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import fold, fold_joined
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date

LONGEST = 100
"""How much of what is typed is looked at."""

_MOST_WORDS = 8
TABLES = frozenset(
    {"person", "journey", "cohort", "site", "staff", "organisation", "organisation_role",
     "placement", "agreement", "equipment", "loan", "attachment", "reference_item"}
)  # fmt: skip
"""What the shelves are read from."""

_APOSTROPHES = frozenset("'’‘ʼ`´")
_ENOUGH = 300
_MANY = 5000
_LAST_LETTER = "\U0010ffff"
_FEW = 3
_LEAST_DIGITS = 3
_SHORTEST_MISSPELT = 4
_LONG_WORD = 8
_MOST_SLIPS = 3
_MOST_READINGS = 6
_MOST_DATE_WORDS = 4
_SHOWN_RECENT = 8
_KNOWN = {Precision.DAY: 8, Precision.MONTH: 6, Precision.YEAR: 4}
_CAPITALS = str.maketrans("0123456789", "ABCDEFGHIJ")


class Kind(StrEnum):
    """What a thing is."""

    PERSON = "person"
    GROUP = "group"
    COMPANY = "company"
    PAPER = "paper"
    EQUIPMENT = "equipment"
    FILE = "file"
    ACT = "act"

    @property
    def heading(self) -> str:
        """What stands above the things of that kind."""
        return _HEADINGS[self]


_HEADINGS = {
    Kind.PERSON: "Personnes",
    Kind.GROUP: "Groupes",
    Kind.COMPANY: "Structures d’accueil",
    Kind.PAPER: "Conventions",
    Kind.EQUIPMENT: "Matériel",
    Kind.FILE: "Fichiers",
    Kind.ACT: "Actes",
}
_SHOWN = {Kind.PERSON: 8, Kind.ACT: 6}
_SHOWN_ELSE = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to find: by its title, by `others` (town, number…), by any of its `digits` (phone,
    SIRET; digits and spaces), by a birth date. Its `id` is unique in its kind.

    The name of its `owner` counts too, never alone: « cv diallo » finds her file, « diallo » her.
    """

    kind: Kind
    id: str
    title: str
    detail: str = ""
    others: str = ""
    digits: str = ""
    birth: ImpreciseDate | None = None
    owner: str = ""

    @property
    def key(self) -> str:
        """What remembers it and names nobody."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, and where its title holds what was typed: (first letter, length)."""

    thing: Thing
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Things found, the likeliest first, under a heading."""

    heading: str
    hits: tuple[Hit, ...]


class _Lines:
    """Many lines as one long text, in which a text is sought at once."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._text = "\n".join([*lines, ""])
        self._starts = array("Q")
        start = 0
        while start < len(self._text):
            self._starts.append(start)
            start = self._text.index("\n", start) + 1

    def __getitem__(self, place: int) -> str:
        start = self._starts[place]
        return self._text[start : self._text.index("\n", start)]

    def holding(self, text: str) -> Iterator[int]:
        """The places of the lines that hold a text."""
        at = self._text.find(text)
        while at >= 0:
            yield bisect_right(self._starts, at) - 1
            at = self._text.find(text, self._text.index("\n", at))


class Shelf:
    """The things of one kind; those first given are found first among equals.

    Each word knows the places of the lines that hold it, but plain numbers: nearly every one is
    different, and they are sought in a text of their own.
    """

    def __init__(self, kind: Kind, things: Iterable[Thing]) -> None:
        self._kind = kind
        self._ids: list[str] = []
        self._titles: list[str] = []
        self._details: list[str] = []
        self._places: dict[str, array[int]] = {}
        self._owners: dict[int, str] = {}
        lines: list[str] = []
        numbers: list[str] = []
        folded = cache(fold)  # the same names and towns come back
        for place, thing in enumerate(things):
            line = _line(thing, folded)
            self._ids.append(thing.id)
            self._titles.append(thing.title)
            self._details.append(thing.detail)
            lines.append(line)
            if thing.owner:
                self._owners[place] = f" {folded(thing.owner)}"
            words = dict.fromkeys(line.split())
            for word in words:
                if not word.isdecimal():
                    self._places.setdefault(word, array("L")).append(place)
            numbers.append(f" {' '.join(filter(str.isdecimal, words))} ")
        self._lines = _Lines(lines)
        self._numbers = _Lines(numbers)
        self._words = sorted(self._places)
        self._spelt = [word for word in self._words if _may_be_misspelt(word)]

    def __len__(self) -> int:
        return len(self._ids)

    def thing(self, place: int) -> Thing:
        """What stands at a place, as it is shown."""
        return Thing(self._kind, self._ids[place], self._titles[place], self._details[place])

    def place_of(self, thing_id: str) -> int | None:
        """Where a thing stands; None if it does not."""
        return self._ids.index(thing_id) if thing_id in self._ids else None

    def exact(self, typed: str, today: date) -> list[int]:
        """The places of what is meant, the likeliest first."""
        words = folded_words(typed)
        found = self._ranked(self._holding(words, whole=True), words)
        found += self._ranked(self._holding(words), words)
        birth, others = _birth_among(typed, today)
        if birth is not None:
            found += islice(self._holding([_birth_mark(birth), *folded_words(others)]), _ENOUGH)
        digits = _digits(typed)
        if len(digits) >= _LEAST_DIGITS:
            found += islice(self._numbers.holding(digits), _ENOUGH)
        return list(dict.fromkeys(found))

    def misspelt(self, typed: str) -> list[int]:
        """The places of what may be meant, if a letter or two slipped."""
        likely = [self._like(word) for word in folded_words(typed)]
        found: list[int] = []
        for words in islice(product(*likely), _MOST_READINGS):
            found += islice(self._holding(words), _ENOUGH)
        return list(dict.fromkeys(found))

    def _like(self, word: str) -> list[str]:
        """The known words that a word may be; itself if there are none."""
        if not _may_be_misspelt(word):
            return [word]
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        slips = 2 if len(word) >= _LONG_WORD else 1
        near = process.extract(
            word, self._spelt, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_SLIPS
        )
        return [known for known, _, _ in near] or [word]

    def _holding(self, words: Sequence[str], *, whole: bool = False) -> Iterator[int]:
        """The places whose line has a word that begins by each of those, or is it."""
        end = " " if whole else ""
        needles = [f" {word}{end}" for word in words]
        given: set[int] = set()
        for place in self._candidates(words, whole=whole):
            line = self._lines[place]
            if place in given or not all(needle in line for needle in needles):
                continue
            given.add(place)
            owner = self._owners.get(place)
            if owner is None or not all(f" {word}" in owner for word in words):
                yield place

    def _candidates(self, words: Sequence[str], *, whole: bool) -> Iterator[int]:
        """The places to look at: those of the rarest word."""
        numbers = [word for word in words if word.isdecimal()]
        known = [self._known(word, whole=whole) for word in words if not word.isdecimal()]
        rarest = min(known, key=self._count, default=None)
        if numbers and (rarest is None or self._count(rarest) > _MANY):
            return self._numbers.holding(f" {max(numbers, key=len)}{' ' if whole else ''}")
        return chain.from_iterable(self._places[word] for word in rarest or ())

    def _known(self, word: str, *, whole: bool) -> Sequence[str]:
        if whole:
            return [word] if word in self._places else []
        first = bisect_left(self._words, word)
        return self._words[first : bisect_left(self._words, f"{word}{_LAST_LETTER}", first)]

    def _count(self, words: Sequence[str]) -> int:
        return sum(len(self._places[word]) for word in words)

    def _ranked(self, places: Iterator[int], words: Sequence[str]) -> list[int]:
        """The first of them, sorted: those whose title begins so, then those that have it in
        their title, in whole words, then by title."""

        def rank(place: int) -> tuple[bool, int, int, str]:
            title = f" {fold(self._titles[place])} "
            begun = sum(f" {word}" in title for word in words)
            whole = sum(f" {word} " in title for word in words)
            return not title.startswith(f" {words[0]}"), -begun, -whole, title

        return sorted(islice(places, _ENOUGH), key=rank)


Shelves = Mapping[Kind, Shelf]


def find(shelves: Shelves, typed: str, today: date) -> tuple[Section, ...]:
    """What is meant by what is typed, kind by kind: first those that are called so, then those
    found by something else of theirs. Slips are only thought of where little is found without,
    and come last."""
    typed = typed[:LONGEST]
    found = {kind: shelf.exact(typed, today) for kind, shelf in shelves.items()}
    sure = [kind for kind, places in found.items() if places]
    sure.sort(key=lambda kind: not _is_called(shelves[kind].thing(found[kind][0]), typed))
    if sum(map(len, found.values())) < _FEW:
        for kind, shelf in shelves.items():
            known = found[kind]
            found[kind] = list(dict.fromkeys([*known, *shelf.misspelt(typed)]))
    order = [*sure, *(kind for kind in found if kind not in sure and found[kind])]
    return tuple(
        _section(kind.heading, (shelves[kind].thing(p) for p in _first(kind, found[kind])), typed)
        for kind in order
    )


def at_rest(shelves: Shelves, recent: Sequence[str]) -> tuple[Section, ...]:
    """What is shown before anything is typed: what was used lately (its keys, the latest first),
    then every act."""
    lately = list(islice(_known(shelves, recent), _SHOWN_RECENT))
    acts = shelves.get(Kind.ACT)
    every = [acts.thing(place) for place in range(len(acts))] if acts is not None else []
    sections = (
        _section("Récemment", lately, ""),
        _section(Kind.ACT.heading, (act for act in every if act not in lately), ""),
    )
    return tuple(section for section in sections if section.hits)


def remembered(recent: Sequence[str], key: str, most: int = 20) -> tuple[str, ...]:
    """The keys of what was used, the latest first, once one more is."""
    return (key, *(each for each in recent if each != key))[:most]


def folded_words(typed: str) -> list[str]:
    """The words typed, folded, the same one once."""
    return list(dict.fromkeys(fold(typed[:LONGEST]).split()))[:_MOST_WORDS]


def bold_spans(title: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words of a title begin with those typed: (first letter, length), in order."""
    folded, origins = _letter_by_letter(title)
    letters: set[int] = set()
    for word in words:
        at = folded.find(f" {word}")
        while at >= 0:
            letters.update(origins[at + 1 : at + 1 + len(word)])
            at = folded.find(f" {word}", at + 1)
    spans: list[tuple[int, int]] = []
    for letter in sorted(letters):
        if spans and sum(spans[-1]) == letter:
            spans[-1] = (spans[-1][0], spans[-1][1] + 1)
        else:
            spans.append((letter, 1))
    return tuple(spans)


def _line(thing: Thing, folded: Callable[[str], str]) -> str:
    """Each word a thing is found by, between spaces."""
    words = list(map(folded, f"{thing.title} {thing.others} {thing.owner}".split()))
    if not _APOSTROPHES.isdisjoint(thing.title):
        words.append(fold_joined(thing.title))
    found = f" {' '.join(words)} "
    ranks = [bare for word in found.split() if (bare := _bare_rank(word))]
    birth = _birth_mark(thing.birth) if thing.birth is not None else ""
    more = " ".join(word for word in (*ranks, thing.digits, birth) if word)
    return f"{found}{more} " if more else found


def _letter_by_letter(title: str) -> tuple[str, list[int]]:
    """A title folded after a space, and from which of its letters each folded one comes."""
    folded, origins = [" "], [-1]
    for place, letter in enumerate(title):
        if unicodedata.combining(letter):
            continue
        latin = fold(letter) or " "
        folded.append(latin)
        origins.extend([place] * len(latin))
    return "".join(folded), origins


def _section(heading: str, things: Iterable[Thing], typed: str) -> Section:
    words = folded_words(typed)
    return Section(heading, tuple(Hit(each, bold_spans(each.title, words)) for each in things))


def _is_called(thing: Thing, typed: str) -> bool:
    title = f" {fold(thing.title)}"
    return all(f" {word}" in title for word in folded_words(typed))


def _first(kind: Kind, places: Sequence[int]) -> Sequence[int]:
    return places[: _SHOWN.get(kind, _SHOWN_ELSE)]


def _known(shelves: Shelves, recent: Sequence[str]) -> Iterator[Thing]:
    for key in recent:
        kind, _, thing_id = key.partition(":")
        shelf = next((shelf for known, shelf in shelves.items() if known == kind), None)
        place = shelf.place_of(thing_id) if shelf is not None else None
        if shelf is not None and place is not None:
            yield shelf.thing(place)


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= _SHORTEST_MISSPELT and word.isalpha()


def _bare_rank(word: str) -> str:
    """« 7 » for « 0007 », as people say a number; « » for what needs nothing taken away."""
    return word.lstrip("0") if word.startswith("0") and word.isdecimal() else ""


def _birth_mark(birth: ImpreciseDate) -> str:
    """A birth date in capitals, as no folded word is: as much as is known, from the year on."""
    return f"{birth.day:%Y%m%d}"[: _KNOWN[birth.precision]].translate(_CAPITALS)


def _digits(typed: str) -> str:
    """The digits of what may be in a number; « » if letters are typed too."""
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdecimal())
    if any(letter.isalpha() for letter in typed):
        return ""
    return f"0{digits[2:]}" if typed.strip().startswith("+33") else digits


def _birth_among(typed: str, today: date) -> tuple[ImpreciseDate | None, str]:
    """A birth date among other words, and those words."""
    pieces = typed.split()[:_MOST_WORDS]
    for length in range(min(_MOST_DATE_WORDS, len(pieces)), 0, -1):
        for first in range(len(pieces) - length + 1):
            birth = _birth(" ".join(pieces[first : first + length]), today)
            if birth is not None:
                return birth, " ".join([*pieces[:first], *pieces[first + length :]])
    return None, typed


def _birth(text: str, today: date) -> ImpreciseDate | None:
    if not any(letter.isdecimal() for letter in text):
        return None
    return parse_date(text, DatePurpose.BIRTH, today).date
