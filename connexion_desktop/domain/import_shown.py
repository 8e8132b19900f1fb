"""A row of an import, field by field: as it was typed, as it is understood, what is doubtful."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from connexion_desktop.domain.amounts import amount_text
from connexion_desktop.domain.french_dates import imprecise_text, long_day
from connexion_desktop.domain.import_cells import as_text
from connexion_desktop.domain.import_fields import FIELDS, KEPT
from connexion_desktop.domain.import_reading import EquipmentRead, HostRead, PersonRead, Read
from connexion_desktop.domain.import_rows import PreviewRow
from connexion_desktop.domain.levels import AccompaniedElsewhere, YesNo
from connexion_desktop.domain.names import full_name

_NOTHING = "rien"
_CIVILITIES = {"m": "M.", "mme": "Mme"}

Labels = Mapping[tuple[str, str], str]
"""The words of the reference lists, by list and code."""


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of a row; `understood` is « » where the cell is doubtful, and `doubt` says why."""

    code: str
    label: str
    typed: str
    understood: str
    doubt: str = ""


def shown_fields(row: PreviewRow, labels: Labels) -> tuple[ShownField, ...]:
    """Each field that the row tells or leaves doubtful, in the order of the sheet's columns."""
    return tuple(_shown(row, labels))


def _shown(row: PreviewRow, labels: Labels) -> Iterator[ShownField]:
    source = row.source
    if source is None:
        return
    names = {field.code: field.label for field in FIELDS[row.kind]}
    doubts = {problem.field: problem.message for problem in row.problems}
    for column in source.plan.columns:
        cell = source.cells[column.index] if column.index < len(source.cells) else None
        typed = " ".join(as_text(cell).split())
        doubt = doubts.get(column.field or "", "")
        if column.field in (None, "rank") or not (typed or doubt):
            continue
        if column.field == KEPT:
            yield ShownField(KEPT, column.name, typed, "gardé en note")
            continue
        told = source.matched.get(column.field or "") or _understood(
            source.value, column.field or "", labels
        )
        yield ShownField(
            column.field or "",
            names[column.field or ""],
            typed,
            told or ("" if doubt else _NOTHING),
            _beside(typed, doubt),
        )
    is_undated = isinstance(source.value, PersonRead) and source.value.entered_on is None
    if is_undated and "entered_on" not in doubts:
        yield ShownField("entered_on", names["entered_on"], "", "le premier jour du groupe")


def _beside(typed: str, doubt: str) -> str:
    """A doubt without the value that stands beside it."""
    rest = doubt.removeprefix(f"« {typed} » : ")
    return rest[:1].upper() + rest[1:]


def _understood(value: Read | None, field: str, labels: Labels) -> str:
    match value:
        case PersonRead():
            special = _PERSON.get(field)
            return special(value, labels) if special else _plain(value, field)
        case EquipmentRead() if field == "value":
            cents = value.value_cents
            return "" if cents is None else amount_text(cents)
        case EquipmentRead() if field in ("lent_on", "due_on"):
            day = value.lent_on if field == "lent_on" else value.due_on
            return long_day(day) if day else ""
        case EquipmentRead() | HostRead():
            return _plain(value, field)
    return ""


def _plain(value: Read, field: str) -> str:
    return getattr(value, field, None) or ""


def _channel(read: PersonRead, labels: Labels) -> str:
    label = labels.get(("channel", read.channel), read.channel) if read.channel else None
    return ", ".join(part for part in (label, read.channel_detail) if part)


def _families(read: PersonRead, labels: Labels) -> str:
    return ", ".join(
        labels.get(("family", code), typed) if code else f"{typed} (hors catalogue)"
        for code, typed in read.families
    )


_PERSON: Mapping[str, Callable[[PersonRead, Labels], str]] = {
    "full_name": lambda read, _: full_name(read.given_name, read.family_name or ""),
    "civility": lambda read, _: _CIVILITIES.get(read.civility or "", ""),
    "birth_date": lambda read, _: imprecise_text(read.birth) if read.birth else "",
    "phone": lambda read, _: " et ".join(
        number for number in (read.phone, read.other_phone) if number
    ),
    "met_on": lambda read, _: imprecise_text(read.met) if read.met else "",
    "rqth": lambda read, _: YesNo(read.rqth).label if read.rqth else "",
    "elsewhere": lambda read, _: (
        AccompaniedElsewhere(read.elsewhere).label if read.elsewhere else ""
    ),
    "channel": _channel,
    "activity": lambda read, labels: (
        labels.get(("activity", read.activity), read.activity) if read.activity else ""
    ),
    "families": _families,
    "equipment": lambda read, _: ", ".join(read.equipment),
    "entered_on": lambda read, _: long_day(read.entered_on) if read.entered_on else "",
    "comment": lambda read, _: f"note : {read.comment}" if read.comment else "",
}
