"""Which sheet of somebody's table is what, where its headings are, and what each one means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from connexion_desktop.domain.import_fields import FIELDS, KEPT, ImportField, SheetKind
from connexion_desktop.domain.names import fold

_ROWS_SEARCHED = 30
_HEADING = 160
_SAMPLE = 40
_SAMPLED = 20
_OUTLINED = _ROWS_SEARCHED + _SAMPLED
NO_HEADINGS = -1
"""The row of the headings of a sheet that has none: every row of it is read."""


_TELLING: Mapping[SheetKind, frozenset[str]] = {
    SheetKind.PEOPLE: frozenset({"given_name", "full_name", "birth_date", "french", "rqth"}),
    SheetKind.EQUIPMENT: frozenset({"serial", "borrower", "number"}),
    SheetKind.HOSTS: frozenset({"siret", "contact", "function", "name"}),
}
"""The fields that only such a sheet has, except under the headings that any sheet may bear."""

_ANYWHERE = frozenset({"nom", "no", "num", "numero"})

_SHEET_WORDS: Mapping[SheetKind, tuple[str, ...]] = {
    SheetKind.PEOPLE: ("participant", "stagiaire", "personne", "beneficiaire"),
    SheetKind.EQUIPMENT: ("pc", "materiel", "ordinateur", "portable"),
    SheetKind.HOSTS: ("entreprise", "societe", "employeur", "structure"),
}

Memory = Mapping[tuple[SheetKind, str], str | None]
"""What the office answered before: (kind, folded heading) → field, None for « ne pas importer »."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading as typed, « » where it has none, the field it means, and
    the first thing that stands in it."""

    index: int
    heading: str
    field: str | None
    sample: str = ""

    @property
    def letters(self) -> str:
        """« A », as the spreadsheet names it."""
        return column_letters(self.index)

    @property
    def name(self) -> str:
        """Its heading, else « Colonne C »."""
        return self.heading or f"Colonne {self.letters}"


@dataclass(frozen=True, slots=True)
class SheetOutline:
    """A sheet of the file that holds something, by its name and its first rows."""

    name: str
    rows: Sequence[Sequence[object]]

    @property
    def heading_rows(self) -> tuple[tuple[int, str], ...]:
        """The rows where its headings may stand (from 0), each with its first words."""
        found = []
        for number, row in enumerate(self.rows[:_ROWS_SEARCHED]):
            words = [" ".join(str(cell)[:_SAMPLE].split()) for cell in row if cell is not None]
            if words:
                found.append((number, ", ".join(words[:3])))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet that can be imported: its kind, the row of its headings (from 0, or `NO_HEADINGS`),
    its columns."""

    sheet: str
    kind: SheetKind
    header_row: int
    columns: tuple[Column, ...]

    def column_of(self, field: str) -> Column | None:
        """The column that holds a field."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def unclear(self) -> tuple[Column, ...]:
        """The columns that hold something and are nothing that is imported."""
        return tuple(
            column
            for column in self.columns
            if not column.field and (column.heading or column.sample)
        )

    @property
    def doubles(self) -> dict[Column, Column]:
        """The columns left out, each with the one that holds already what its heading means."""
        usual = _usual_fields(self.kind)
        found = {
            column: self.column_of(usual.get(fold_heading(column.heading), ""))
            for column in self.columns
            if column.heading and not column.field
        }
        return {column: held for column, held in found.items() if held is not None}

    @property
    def missing(self) -> tuple[ImportField, ...]:
        """Required fields that no column holds: the sheet cannot be read without them."""
        if self.kind is SheetKind.PEOPLE and self.column_of("full_name"):
            return ()
        return tuple(
            field
            for field in FIELDS[self.kind]
            if field.required and self.column_of(field.code) is None
        )


def column_letters(index: int) -> str:
    """How a spreadsheet names a column, counted from 0: « A », « Z », « AA »."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def fold_heading(heading: object) -> str:
    """A heading as it is compared and remembered, 160 characters at most."""
    text = str(heading)[: 2 * _HEADING].replace("°", "o").replace("(e)", "")
    return fold(text)[:_HEADING].strip()


def recognise(
    sheet: str, rows: Sequence[Sequence[object]], memory: Memory | None = None
) -> SheetPlan | None:
    """What a sheet is: the kind and the heading row that explain most of its cells, if any do."""
    best: tuple[int, SheetPlan] | None = None
    for number in range(min(len(rows), _ROWS_SEARCHED)):
        for kind in SheetKind:
            plan = planned(sheet, rows, kind, number, memory)
            score = _score(plan)
            if score and (best is None or score > best[0]):
                best = (score, plan)
    return best[1] if best else None


def planned(
    sheet: str,
    rows: Sequence[Sequence[object]],
    kind: SheetKind,
    header_row: int,
    memory: Memory | None = None,
) -> SheetPlan:
    """A sheet of that kind, whose headings stand on that row (`NO_HEADINGS`: on none)."""
    width = max(map(len, rows), default=0)
    above = _texts(rows, header_row - 1, width)
    taken: set[str] = set()
    columns = []
    for index, heading in enumerate(_texts(rows, header_row, width)):
        whole, field = _heading_and_field(kind, heading, above[index], memory or {})
        if field in taken:
            field = None
        if field and field != KEPT:
            taken.add(field)
        columns.append(Column(index, whole, field, _sample(rows, header_row, index)))
    return SheetPlan(sheet, kind, header_row, tuple(columns))


def outlined(sheet: str, rows: Sequence[Sequence[object]]) -> SheetOutline | None:
    """What is to be seen of a sheet to say what it holds; None where it is empty."""
    first = rows[:_OUTLINED]
    has_some = any(cell is not None for row in rows for cell in row)
    return SheetOutline(sheet, first) if has_some else None


def guessed(sheet: str, rows: Sequence[Sequence[object]]) -> SheetPlan | None:
    """A sheet that nothing recognises, to be told column by column: people, under its first row of
    words, if it has one. None where the sheet is empty."""
    filled = [number for number, row in enumerate(rows) if any(cell is not None for cell in row)]
    if not filled:
        return None
    candidates = (number for number in filled[:_ROWS_SEARCHED] if _are_headings(rows[number]))
    return planned(sheet, rows, SheetKind.PEOPLE, next(candidates, NO_HEADINGS))


def with_field(plan: SheetPlan, index: int, field: str | None) -> SheetPlan:
    """The plan with one column meaning something else; a field stands in one column only, but
    what is kept as a note."""
    columns = tuple(
        replace(each, field=field)
        if each.index == index
        else replace(each, field=None if each.field == field != KEPT else each.field)
        for each in plan.columns
    )
    return replace(plan, columns=columns)


def with_unclear_kept(plan: SheetPlan) -> SheetPlan:
    """The plan with all that is not understood kept as a note."""
    unclear = set(plan.unclear) - set(plan.doubles)
    columns = tuple(replace(each, field=KEPT) if each in unclear else each for each in plan.columns)
    return replace(plan, columns=columns)


def answers(plans: Iterable[SheetPlan]) -> dict[tuple[SheetKind, str], str | None]:
    """What is to be remembered of these plans.

    A column left out only because another one already holds what it means is not remembered: in
    a table where it stands alone, it will be proposed.
    """
    remembered: dict[tuple[SheetKind, str], str | None] = {}
    for plan in plans:
        held = {column.field for column in plan.columns if column.field}
        for column in plan.columns:
            heading = fold_heading(column.heading)
            key = (plan.kind, heading)
            double = key in remembered or _usual_fields(plan.kind).get(heading) in held
            if heading and (column.field or not double):
                remembered[key] = column.field
    return remembered


def _score(plan: SheetPlan) -> int:
    """How much of the sheet the plan explains; 0 when it is too little to go by."""
    found = [column for column in plan.columns if column.field not in (None, KEPT)]
    telling = sum(_tells(plan.kind, column) for column in found)
    named = any(word.startswith(_SHEET_WORDS[plan.kind]) for word in fold(plan.sheet).split())
    if len(found) < 2 or not (telling or named):
        return 0
    return len(found) * 10 + telling + 5 * named - 15 * len(plan.missing)


def _tells(kind: SheetKind, column: Column) -> bool:
    return column.field in _TELLING[kind] and fold_heading(column.heading) not in _ANYWHERE


def _texts(rows: Sequence[Sequence[object]], number: int, width: int) -> list[str]:
    """The texts of a row, on one line; « » for each other cell."""
    row = rows[number] if 0 <= number < len(rows) else ()
    texts = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in row]
    return texts + [""] * (width - len(texts))


def _heading_and_field(
    kind: SheetKind, heading: str, above: str, memory: Memory
) -> tuple[str, str | None]:
    """A heading may stand on two lines: « Date » above « d'entrée »."""
    field = _field_of(kind, heading, memory) if heading else None
    if heading and above and (kind, fold_heading(heading)) not in memory:
        whole = f"{above} {heading}"
        on_two = _field_of(kind, whole, memory)
        if on_two and not field:
            return whole, on_two
    return heading, field


def _sample(rows: Sequence[Sequence[object]], header_row: int, index: int) -> str:
    """What stands first in a column, cut short."""
    below = rows[header_row + 1 : header_row + 1 + _SAMPLED]
    cells = (row[index] for row in below if index < len(row))
    found = next((cell for cell in cells if cell is not None and str(cell).strip()), None)
    return "" if found is None else " ".join(str(found)[: 4 * _SAMPLE].split())[:_SAMPLE]


def _are_headings(row: Sequence[object]) -> bool:
    """Two words at least, and no value."""
    cells = [cell for cell in row if cell is not None]
    return len(cells) > 1 and all(
        isinstance(cell, str) and not any(letter.isdigit() or letter == "@" for letter in cell)
        for cell in cells
    )


def _field_of(kind: SheetKind, heading: str, memory: Memory) -> str | None:
    folded = fold_heading(heading)
    if (kind, folded) in memory:
        return memory[kind, folded]
    return _usual_fields(kind).get(folded)


@cache
def _usual_fields(kind: SheetKind) -> Mapping[str, str]:
    """Folded heading → field."""
    usual: dict[str, str] = {}
    for field in FIELDS[kind]:
        for word in field.headings:
            usual.setdefault(fold_heading(word), field.code)
    return usual
