"""The cells of one row of somebody's table: each read as what its column means, doubts told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from connexion_desktop.domain.amounts import read_cents
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.import_columns import (
    SheetPlan,
    column_letters,
    fold_heading,
)
from connexion_desktop.domain.import_fields import KEPT, SheetKind
from connexion_desktop.domain.import_rows import Problem
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.levels import Answer, YesNo, read_yes_no
from connexion_desktop.domain.names import display_name, fold
from connexion_desktop.domain.phones import format_phone, read_phone, two_phones
from connexion_desktop.domain.siret import read_siret
from connexion_desktop.domain.towns import HOME
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date
from connexion_desktop.domain.unread import SPREADSHEET_ERROR, Unread

Code = TypeVar("Code", bound=StrEnum)

_TOTALS = frozenset({"total", "totaux", "somme", "moyenne", "nombre", "effectif"})
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_NUMBERS = re.compile(r"\s*[,;+/|\n]\s*|\s+et\s+")
_ERROR = re.compile(r"#(n/a|[\w/]+[!?])", re.IGNORECASE)
_ON_LINES = frozenset({"comment", "families"})
_TYPED = 200
_READ = 2_000
_LENGTH = 120
_LENGTHS = {
    "postal_code": 10,
    "number": 40,
    "siret": 40,
    "serial": 80,
    "address": 300,
    "condition": 300,
    "accessories": 300,
    "families": 2_000,
    "comment": 20_000,
}


class Cells:
    """The cells of one row by field, and the problems met while reading them."""

    def __init__(self, plan: SheetPlan, number: int, row: Sequence[object], today: date) -> None:
        self.plan = plan
        self.number = number
        self.row = row
        self.today = today
        self.problems: list[Problem] = []
        self._columns = {
            column.field: column for column in plan.columns if column.field not in (None, KEPT)
        }
        self._cells = {
            name: _bounded(row[column.index], name)
            for name, column in self._columns.items()
            if column.index < len(row) and row[column.index] is not None
        }

    @property
    def is_nothing(self) -> bool:
        """Whether the row says nothing of anybody: empty, a total, its headings again."""
        return self._is_empty or self._is_total or self._is_heading

    @property
    def _is_empty(self) -> bool:
        return all(name == "rank" or self.raw(name) is None for name in self._cells)

    @property
    def _is_total(self) -> bool:
        """« Total | 12 »; « Total Énergies | Tour Coupole » is a company."""
        texts = [
            fold(value[:_TYPED])
            for value in self.row
            if isinstance(value, str) and not isinstance(value, Unread)
        ]
        words = [text for text in texts if any(letter.isalpha() for letter in text)]
        alone = len(words) == 1 and self.raw("siret") is None
        return alone and words[0].split()[0] in _TOTALS

    @property
    def _is_heading(self) -> bool:
        return len(self._cells) > 1 and all(
            fold_heading(value) == fold_heading(self._columns[name].heading)
            for name, value in self._cells.items()
        )

    @property
    def glimpse(self) -> str:
        """The first words of the row, to recognise it by."""
        texts = [text for value in self.row if (text := as_text(value))]
        return " · ".join(texts[:4])[:_TYPED]

    def raw(self, name: str) -> object:
        """The value of a field's cell, None where it is empty or the field has no column."""
        value = self._cells.get(name)
        return None if isinstance(value, str) and _says_nothing(value) else value

    def tell_errors(self) -> None:
        """Tell the cells where the spreadsheet shows an error instead of a value."""
        for name, value in self._cells.items():
            if isinstance(value, Unread):
                self.doubt(name, value.reason)
            elif isinstance(value, str) and _ERROR.fullmatch(value):
                self.doubt(name, SPREADSHEET_ERROR)

    def text(self, name: str) -> str | None:
        """The cell as text, on one line where lines mean nothing, cut to what the base holds; the
        cut is told."""
        value = self.raw(name)
        if value is None:
            return None
        text = as_text(value)
        if name not in _ON_LINES:
            text = " ".join(text.split())
        limit = _LENGTHS.get(name, _LENGTH)
        if len(text) > limit:
            self.doubt(name, f"Trop long : coupé à {limit} caractères.")
            text = text[:limit].rstrip()
        return text

    def name(self, field: str) -> str | None:
        """A name or a place, with its capitals."""
        text = self.text(field)
        return display_name(text)[:_LENGTH] if text else None

    def doubt(self, name: str, message: str) -> None:
        """Tell what is wrong with a field's cell."""
        column = self._columns.get(name)
        if column is not None:
            self.problems.append(
                Problem(
                    self.plan.sheet,
                    self.number,
                    column_letters(column.index),
                    column.heading,
                    name,
                    as_text(self._cells.get(name)),
                    message,
                )
            )

    def miss(self, name: str, message: str) -> None:
        """Tell that a field's cell says nothing, unless why is told already."""
        if all(problem.field != name for problem in self.problems):
            self.doubt(name, message)

    def imprecise(self, name: str, purpose: DatePurpose) -> ImpreciseDate | None:
        """A date, perhaps known to the month or the year only."""
        reading = parse_date(self._short(name), purpose, self.today)
        if reading.reason:
            self.doubt(name, reading.reason)
        return reading.date

    def day(self, name: str, otherwise: str = "") -> date | None:
        """A date that must be known to the day; `otherwise` tells what stands in its place."""
        reading = parse_date(self._short(name), DatePurpose.EVENT, self.today)
        found, reason = reading.date, reading.reason
        if found is not None and found.precision is not Precision.DAY:
            found, reason = None, "Le jour manque."
        if reason:
            self.doubt(name, f"{reason} {otherwise}".rstrip())
        return found.day if found is not None else None

    def kept(self) -> str | None:
        """What the columns kept as a note hold, a line for each."""
        lines = []
        for column in self.plan.columns:
            cell = self.row[column.index] if column.index < len(self.row) else None
            text = as_text(cell).strip()
            if column.field == KEPT and text and not _says_nothing(text):
                lines.append(f"{column.name} : {text}")
        return "\n".join(lines)[: _LENGTHS["comment"]] or None

    def phones(self, name: str) -> tuple[str | None, str | None]:
        """The two numbers of a cell that holds two; else its number."""
        both = two_phones(self._short(name))
        return both if both is not None else (self.phone(name), None)

    def phone(self, name: str) -> str | None:
        """A phone number in its international form; left out where the number itself is wrong."""
        reading = read_phone(self._short(name))
        if reading.doubt:
            self.doubt(name, reading.doubt)
            if read_phone(reading.number).doubt:
                return None
        return format_phone(reading.number) or None

    def email(self, name: str) -> str | None:
        """An e-mail address."""
        text = self.text(name)
        if text is None or _EMAIL.fullmatch(text):
            return text
        self.doubt(name, "Ce n’est pas une adresse de courriel.")
        return None

    def postal_code(self) -> str | None:
        """Five digits; the zero that a spreadsheet took is given back, but of « 3300 », which in
        Gironde lacks a digit as often, nothing is guessed."""
        value = self.raw("postal_code")
        if value is None:
            return None
        digits = as_text(value).replace(" ", "")
        if len(digits) == 4 and digits.startswith(HOME):
            self.doubt("postal_code", f"Il manque un chiffre : 0{digits}, ou {digits}0 ?")
            return None
        if digits.isascii() and digits.isdigit() and len(digits) in (4, 5):
            return digits.zfill(5)
        self.doubt("postal_code", "Un code postal compte 5 chiffres.")
        return None

    def siret(self) -> str | None:
        """A SIRET; an invalid one is told and kept, to be mended."""
        reading = read_siret(self._short("siret"))
        if reading.reason:
            self.doubt("siret", reading.reason)
        has_digits = any(letter.isdigit() for letter in reading.siret)
        return reading.siret[: _LENGTHS["siret"]] if has_digits else None

    def coded(self, name: str, read: Callable[[object], Answer[Code]]) -> Code | None:
        """An answer among a few, as `read` understands it."""
        answer = read(self._short(name))
        if answer.reason:
            self.doubt(name, answer.reason)
        return answer.value

    def civility(self) -> str | None:
        """« m » or « mme »."""
        word = fold(self.text("civility") or "")
        if word in ("m", "mr", "monsieur", "h", "homme", "masculin", "masc"):
            return "m"
        if word in ("mme", "madame", "mlle", "mademoiselle", "f", "femme", "feminin", "fem"):
            return "mme"
        if word:
            self.doubt("civility", "Civilité inconnue.")
        return None

    def cents(self, name: str) -> int | None:
        """An amount of euros, in cents."""
        value = self.raw(name)
        if value is None:
            return None
        try:
            return read_cents(value)
        except UserError as problem:
            self.doubt(name, problem.what)
            return None

    def inventory_numbers(self, name: str) -> tuple[str, ...]:
        """The numbers of what somebody was lent: « PC-004 », « PC-004 et PC-009 », « non »."""
        text = self.text(name)
        if text is None or read_yes_no(text).value is YesNo.NO:
            return ()
        numbers = [part for part in _NUMBERS.split(text) if part]
        if any(not any(letter.isdigit() for letter in number) for number in numbers):
            self.doubt(name, "Ce n’est pas un numéro d’inventaire.")
            return ()
        return tuple(number[: _LENGTHS["number"]] for number in dict.fromkeys(numbers))

    def _short(self, name: str) -> object:
        """A cell that holds a date, a number or a word: none is longer than what is told of it."""
        value = self.raw(name)
        return value[:_TYPED] if isinstance(value, str) else value


def _bounded(value: object, name: str) -> object:
    """A value that every reader can take: text is cut, a number too long for one is text."""
    if isinstance(value, Unread):
        return value
    if isinstance(value, str):
        return value.strip() if name == "comment" else value.strip()[:_READ]
    return str(value) if isinstance(value, int) and abs(value) > 10**15 else value


def _says_nothing(text: str) -> bool:
    return (
        isinstance(text, Unread)
        or bool(_ERROR.fullmatch(text))
        or not any(letter.isalnum() for letter in text)
    )


def as_text(value: object) -> str:
    """A cell as the spreadsheet shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case float() if value.is_integer():
            return f"{value:.0f}"
        case date():
            hour = (
                f" {value:%H:%M}" if isinstance(value, datetime) and value.time() != time() else ""
            )
            return numeric_day(value) + hour
        case _:
            return str(value)


def required_field(plan: SheetPlan) -> str:
    """The field whose cell is to blame when a row names nobody and nothing."""
    names = {
        SheetKind.PEOPLE: ("given_name", "full_name", "family_name"),
        SheetKind.EQUIPMENT: ("number",),
        SheetKind.HOSTS: ("name",),
    }[plan.kind]
    return next((name for name in names if plan.column_of(name)), names[0])
