"""The words in which records are declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Protocol

Words = str | tuple[tuple[str, str], ...]
"""The words of codes: the name of a reference list, or the codes and words themselves."""


class Measure(Enum):
    """What a number is."""

    COUNT = "count"
    CLOCK = "clock"
    """Minutes of the local day."""
    DURATION = "duration"
    """Minutes."""
    CENTS = "cents"


class _Labelled(Protocol):
    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...


def words_of(codes: Iterable[_Labelled]) -> tuple[tuple[str, str], ...]:
    """The codes of an enumeration with their French words."""
    return tuple((str(code.value), code.label) for code in codes)


@dataclass(frozen=True, slots=True)
class Told:
    """How a column is told; of one that holds several things by their keys, those `inside`; a list
    of such things, each known by its `id`, is told by what changed in it. `to`: inside, the table
    of the row that is referred to.
    `together`: columns that are put back with it; those not declared are not told themselves.
    What is `fixed` is told and never put back from the history: an act of its own changes it."""

    label: str
    words: Words = ()
    measure: Measure = Measure.COUNT
    together: tuple[str, ...] = ()
    fixed: bool = False
    inside: Mapping[str, Told] = field(default_factory=dict)
    to: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A table of a record. Its rows are those whose column `owner` is a row of the table `of` (of
    the record itself without `of`); the table of the record itself has no `owner`.

    `only` narrows them to a code. `title` is what such a row is called, `named` the columns that
    say which one it is. The columns not in `columns` are told by the name that their model gives,
    but for those `silent`. Only parts that are `whole` follow when the record goes back to a
    version. What is `secret` is told as changed, never what it held. A part that is `summed` is
    told as one amount of time, from its columns `start` and `end`.
    """

    table: str
    columns: Mapping[str, Told] = field(default_factory=dict)
    owner: str = ""
    of: str = ""
    title: str = ""
    named: tuple[str, ...] = ()
    only: tuple[str, str] | None = None
    silent: frozenset[str] = frozenset()
    whole: bool = True
    secret: bool = False
    summed: bool = False


class By(StrEnum):
    """What the identifier of a record is."""

    ROW = "row"
    OWNER_AND_DAY = "owner_and_day"
    """That of the owner, and the day: the marks of a day."""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: the first part is the record itself. `title` heads its history."""

    name: str
    title: str
    parts: tuple[Part, ...]
    by: By = By.ROW

    @property
    def table(self) -> str:
        """The table of the record itself."""
        return self.parts[0].table
