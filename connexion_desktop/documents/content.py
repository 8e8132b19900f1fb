"""What a paper says, before anyone draws it: sections of blocks that PDF and Word both render.

Widths are twelfths of the line. A value that is empty prints as a blank to fill by hand; when it is
obligatory a draft marks it « à compléter », an issued paper does not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

TO_COMPLETE = "à compléter"
DOTS = "……………………"
"""A blank to fill by hand inside a sentence."""

NOT_KNOWN = "–"
"""In the place of a number that nobody knows."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value."""

    label: str
    value: str = ""
    width: int = 12
    required: bool = False
    strong: bool = False

    @property
    def is_missing(self) -> bool:
        """Obligatory and not known."""
        return self.required and not self.value


@dataclass(frozen=True, slots=True)
class Option:
    """A box and its words."""

    text: str
    checked: bool = False
    lacks_detail: bool = False
    """Ticked without what its words must be followed by."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A label and its boxes, one under the other when `stacked`."""

    label: str
    options: tuple[Option, ...]
    width: int = 12
    required: bool = False
    stacked: bool = False

    @property
    def is_missing(self) -> bool:
        """Obligatory and no box ticked, or one without its detail."""
        ticked = [option for option in self.options if option.checked]
        return self.required and (not ticked or any(option.lacks_detail for option in ticked))


Cell = Field | Choice


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, each row twelve twelfths wide, under an optional small title. One that is
    `whole` is not cut across pages."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A label and a text of any length; `lines` are left to write on when it is empty."""

    label: str
    text: str = ""
    required: bool = False
    lines: int = 3

    @property
    def is_missing(self) -> bool:
        """Obligatory and not written."""
        return self.required and not self.text


@dataclass(frozen=True, slots=True)
class Duties:
    """What a party undertakes: a lead and its points."""

    party: str
    lead: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyList:
    """The undertakings of every party."""

    duties: tuple[Duties, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do, in order: numbered lines."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a timetable: its date and its hours, none on a day off."""

    date: str
    hours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """A week, Monday to Sunday, and its total."""

    label: str
    days: tuple[Day, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """Weeks and the grand total; no week when nothing is known yet."""

    label: str
    day_names: tuple[str, ...]
    weeks: tuple[Week, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Note:
    """A short paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Rated:
    """A figure in large, its words, and the rule it is counted by."""

    value: str
    label: str
    rule: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: its words, its number, and how long it is of the longest, from 0 to 1."""

    label: str
    value: str
    share: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a small title, kept on one page where one can hold them."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Where a party signs; `hint` says what is expected there."""

    party: str
    name: str
    hint: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """The blocks of every party, never cut across pages."""

    intro: str
    blocks: tuple[SignatureBlock, ...]


Block = Grid | Prose | DutyList | Steps | Timetable | Note | Rated | Chart | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a paper."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; `letterhead` are the lines under its issuer's name, `reference` is how it is
    called, `stamp` is written across each page, `code` lets a scan file itself."""

    title: str
    subtitle: str
    issuer: str
    letterhead: tuple[str, ...]
    number: str
    reference: str
    edition: str
    stamp: str
    code: str
    subject: str
    issued_on: date | None
    sections: tuple[Section, ...]


def page_code(code: str, page: int) -> str:
    """What a page bears so that its scan files itself: the code of its paper, if any, its page."""
    return f"{code}/P{page}" if code else ""


_DROPPED = frozenset({"Cc", "Cs", "Co"})
_KEPT_FORMAT = frozenset("\u200c\u200d")
_NONCHARACTERS = range(0xFDD0, 0xFDF0)


def clean(text: str) -> str:
    """Composed characters, without what no font draws and no XML holds; line breaks stay."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if composed.isprintable():
        return composed.strip()
    return "".join(kept for char in composed if (kept := _kept(char))).strip()


def _kept(char: str) -> str:
    if char == "\n":
        return char
    if char in "\t\v\f\u2028\u2029\u0085":
        return " "
    category = unicodedata.category(char)
    point = ord(char)
    is_noncharacter = point in _NONCHARACTERS or point & 0xFFFE == 0xFFFE
    is_hidden = category == "Cf" and char not in _KEPT_FORMAT
    return "" if category in _DROPPED or is_hidden or is_noncharacter else char


T = TypeVar("T")


def cleaned(value: T) -> T:
    """The same frozen value with every text in it cleaned, at any depth."""
    return cast(T, _rebuilt("", value, lambda _name, leaf: _cleaned(leaf)))


def unmarked(value: T) -> T:
    """The same content as an issued paper prints it: a blank is filled by hand, not marked."""
    return cast(T, _rebuilt("", value, lambda name, leaf: leaf if name != "required" else False))


def _cleaned(leaf: Any) -> Any:
    return clean(leaf) if type(leaf) is str else leaf


def _rebuilt(name: str, value: Any, change: Callable[[str, Any], Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(_rebuilt(name, item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = [field.name for field in fields(value) if field.init]
        return replace(
            value, **{each: _rebuilt(each, getattr(value, each), change) for each in inner}
        )
    return change(name, value)


def texts(value: object) -> Iterator[str]:
    """Every text in a frozen value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
