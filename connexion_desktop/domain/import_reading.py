"""A row of somebody's table, read field by field; what cannot be read is told, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from connexion_desktop.domain.french_dates import age_on, numeric_day
from connexion_desktop.domain.import_columns import SheetKind, SheetPlan, column_letters
from connexion_desktop.domain.import_rows import Problem
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.levels import (
    Answer,
    read_accompanied_elsewhere,
    read_french_level,
    read_yes_no,
)
from connexion_desktop.domain.names import display_name, fold, split_scripts
from connexion_desktop.domain.phones import format_phone, read_phone
from connexion_desktop.domain.siret import read_siret
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date

_TOTALS = frozenset({"total", "totaux", "somme", "moyenne", "nombre", "effectif"})
_LIST = re.compile(r"\s*[,;|\n]\s*")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_ERRORS = frozenset({"#n/a", "#ref!", "#valeur!", "#value!", "#nom?", "#name?", "#div/0!", "#nul!"})
_MINOR = 18
Code = TypeVar("Code", bound=StrEnum)
_LENGTHS = {"postal_code": 10, "comment": 20_000}
_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The association's words, folded, and the code each one means."""

    activities: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonRead:
    """A participant's row."""

    given_name: str
    family_name: str | None
    birth_name: str | None
    native_name: str | None
    civility: str | None
    birth: ImpreciseDate | None
    phone: str | None
    email: str | None
    address: str | None
    postal_code: str | None
    city: str | None
    channel: str | None
    channel_detail: str | None
    met: ImpreciseDate | None
    french: str | None
    rqth: str | None
    elsewhere: str | None
    activity: str | None
    families: tuple[tuple[str | None, str], ...]
    entered_on: date | None
    comment: str | None
    is_minor: bool


@dataclass(frozen=True, slots=True)
class EquipmentRead:
    """A computer's row; `borrower` as typed."""

    number: str
    model: str | None
    serial: str | None
    value_cents: int | None
    borrower: str | None
    lent_on: date | None
    due_on: date | None
    in_repair: bool
    condition: str | None
    accessories: str | None


@dataclass(frozen=True, slots=True)
class HostRead:
    """A company's row. An invalid SIRET is kept, to be mended."""

    name: str
    siret: str | None
    activity: str | None
    address: str | None
    postal_code: str | None
    city: str | None
    contact: str | None
    function: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class RowRead:
    """What a row gave: a value, or the reason why it is unusable, or neither when it is skipped."""

    value: PersonRead | EquipmentRead | HostRead | None
    problems: tuple[Problem, ...] = ()
    unusable: str = ""


def read_row(
    plan: SheetPlan, number: int, row: Sequence[object], words: Vocabulary, today: date
) -> RowRead:
    """Read one row; `number` is the one that the spreadsheet shows (from 1). Never raises."""
    cells = _Cells(plan, number, row, today)
    if cells.is_empty or cells.is_total:
        return RowRead(None)
    match plan.kind:
        case SheetKind.PEOPLE:
            value: PersonRead | EquipmentRead | HostRead | None = _person(cells, words)
            reason = "Ni nom ni prénom." if not cells.has_name else "Le prénom manque."
        case SheetKind.EQUIPMENT:
            value, reason = _equipment(cells), "Le numéro d’inventaire manque."
        case SheetKind.HOSTS:
            value, reason = _host(cells), "Le nom de l’entreprise manque."
    return RowRead(value, tuple(cells.problems), "" if value else reason)


class _Cells:
    """The cells of one row by field, and the problems met while reading them."""

    def __init__(self, plan: SheetPlan, number: int, row: Sequence[object], today: date) -> None:
        self.plan = plan
        self.number = number
        self.row = row
        self.today = today
        self.problems: list[Problem] = []

    @property
    def is_empty(self) -> bool:
        fields = (each.field for each in self.plan.columns if each.field not in (None, "rank"))
        return all(self.raw(name) is None for name in fields if name)

    @property
    def is_total(self) -> bool:
        texts = [fold(value) for value in self.row if isinstance(value, str)]
        return bool(texts) and (texts[0].split() or [""])[0] in _TOTALS

    @property
    def has_name(self) -> bool:
        return any(self.raw(name) for name in ("family_name", "given_name", "full_name"))

    def raw(self, name: str) -> object:
        """The value of a field's cell, None where it is empty or the field has no column."""
        column = self.plan.column_of(name)
        if column is None or column.index >= len(self.row):
            return None
        value = self.row[column.index]
        if isinstance(value, str) and (not value.strip() or value.strip().lower() in _ERRORS):
            return None
        return value

    def text(self, name: str) -> str | None:
        """The cell as text on one line, cut to what the base holds; the cut is told."""
        value = self.raw(name)
        if value is None:
            return None
        text = " ".join(_as_text(value).split()) if name != "comment" else _as_text(value).strip()
        limit = _LENGTHS.get(name, _LENGTH)
        if len(text) > limit:
            self.doubt(name, f"trop long, coupé à {limit} caractères.")
            text = text[:limit].rstrip()
        return text or None

    def doubt(self, name: str, message: str) -> None:
        """Tell what is wrong with a field's cell."""
        column = self.plan.column_of(name)
        if column is not None:
            self.problems.append(
                Problem(
                    self.plan.sheet,
                    self.number,
                    column_letters(column.index),
                    column.heading,
                    name,
                    _as_text(self.raw(name))[:200],
                    message,
                )
            )

    def imprecise(self, name: str, purpose: DatePurpose) -> ImpreciseDate | None:
        """A date, perhaps known to the month or the year only."""
        reading = parse_date(self.raw(name), purpose, self.today)
        if reading.reason:
            self.doubt(name, reading.reason)
        return reading.date

    def day(self, name: str, purpose: DatePurpose = DatePurpose.EVENT) -> date | None:
        """A date that must be known to the day."""
        found = self.imprecise(name, purpose)
        if found is not None and found.precision is not Precision.DAY:
            self.doubt(name, "le jour manque.")
            return None
        return found.day if found is not None else None

    def phone(self, name: str) -> str | None:
        """A phone number in its international form."""
        reading = read_phone(self.raw(name))
        if reading.doubt:
            self.doubt(name, reading.doubt)
        return format_phone(reading.number) or None

    def email(self, name: str) -> str | None:
        """An e-mail address."""
        text = self.text(name)
        if text is None or _EMAIL.fullmatch(text):
            return text
        self.doubt(name, "ce n’est pas une adresse de courriel.")
        return None

    def postal_code(self) -> str | None:
        """Five digits; the zero that a spreadsheet took is given back."""
        text = self.text("postal_code")
        if text is None:
            return None
        digits = text.replace(" ", "")
        if digits.isascii() and digits.isdigit() and len(digits) in (4, 5):
            return digits.zfill(5)
        self.doubt("postal_code", "un code postal compte 5 chiffres.")
        return None


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return numeric_day(value.date())
        case date() if not isinstance(value, datetime):
            return numeric_day(value)
        case _:
            return str(value)


def _person(cells: _Cells, words: Vocabulary) -> PersonRead | None:
    given, family = _names(cells)
    if not given:
        return None
    native = split_scripts(given)
    birth = cells.imprecise("birth_date", DatePurpose.BIRTH)
    channel = cells.text("channel")
    return PersonRead(
        given_name=display_name(native.latin),
        family_name=display_name(family) if family else None,
        birth_name=_display(cells.text("birth_name")),
        native_name=native.native or None,
        civility=_civility(cells),
        birth=birth,
        phone=cells.phone("phone"),
        email=cells.email("email"),
        address=cells.text("address"),
        postal_code=cells.postal_code(),
        city=_display(cells.text("city")),
        channel=_first_word(channel, words.channels),
        channel_detail=channel,
        met=cells.imprecise("met_on", DatePurpose.PAST),
        french=_coded(cells, "french", read_french_level),
        rqth=_coded(cells, "rqth", read_yes_no),
        elsewhere=_coded(cells, "elsewhere", read_accompanied_elsewhere),
        activity=_activity(cells, words),
        families=_families(cells.text("families"), words),
        entered_on=cells.day("entered_on"),
        comment=cells.text("comment"),
        is_minor=birth is not None and age_on(birth.latest, cells.today) < _MINOR,
    )


def _names(cells: _Cells) -> tuple[str, str]:
    given, family = cells.text("given_name") or "", cells.text("family_name") or ""
    whole = cells.text("full_name")
    if whole and not given:
        shouted = [word for word in whole.split() if word.isupper() and len(word) > 1]
        rest = [word for word in whole.split() if word not in shouted]
        if shouted and rest:
            return " ".join(rest), " ".join(shouted)
        first, _, last = whole.partition(" ")
        return (last, first) if last else (first, family)
    return given, family


def _display(text: str | None) -> str | None:
    return display_name(text) if text else None


def _civility(cells: _Cells) -> str | None:
    word = fold(cells.text("civility") or "")
    if word in ("m", "mr", "monsieur", "h", "homme", "masculin"):
        return "m"
    if word in ("mme", "madame", "mlle", "mademoiselle", "f", "femme", "feminin"):
        return "mme"
    if word:
        cells.doubt("civility", "civilité inconnue.")
    return None


def _coded(cells: _Cells, name: str, read: Callable[[object], Answer[Code]]) -> Code | None:
    answer = read(cells.raw(name))
    if answer.reason:
        cells.doubt(name, answer.reason)
    return answer.value


def _first_word(text: str | None, words: Mapping[str, str]) -> str | None:
    """The code of the word of the list that comes first in the text."""
    folded = f" {fold(text or '')} "
    found = [(folded.find(f" {word} "), -len(word), code) for word, code in words.items()]
    placed = sorted(each for each in found if each[0] >= 0)
    return placed[0][2] if placed else None


def _activity(cells: _Cells, words: Vocabulary) -> str | None:
    text = cells.text("activity")
    if text is None:
        return None
    code = _first_word(text, words.activities)
    if code is None:
        cells.doubt("activity", "activité inconnue.")
    return code


def _families(text: str | None, words: Vocabulary) -> tuple[tuple[str | None, str], ...]:
    """(code, label) of each family; one outside the list has no code: « hors filières »."""
    labels = [label for label in _LIST.split(text or "") if label]
    return tuple((words.families.get(fold(label)), label) for label in dict.fromkeys(labels))


def _equipment(cells: _Cells) -> EquipmentRead | None:
    number = cells.text("number")
    if number is None:
        return None
    condition = cells.text("condition")
    return EquipmentRead(
        number=number,
        model=cells.text("model"),
        serial=cells.text("serial"),
        value_cents=_cents(cells),
        borrower=cells.text("borrower"),
        lent_on=cells.day("lent_on"),
        due_on=cells.day("due_on"),
        in_repair="reparation" in fold(condition or ""),
        condition=condition,
        accessories=cells.text("accessories"),
    )


def _cents(cells: _Cells) -> int | None:
    value = cells.raw("value")
    if value is None:
        return None
    try:
        text = re.sub(r"[\s€]|eur(os?)?", "", str(value).lower()).replace(",", ".")
        amount = float(text)
    except ValueError:
        cells.doubt("value", "ce n’est pas un montant.")
        return None
    if not 0 <= amount < 1_000_000:
        cells.doubt("value", "ce montant est invraisemblable.")
        return None
    return round(amount * 100)


def _host(cells: _Cells) -> HostRead | None:
    name = cells.text("name")
    if name is None:
        return None
    siret = read_siret(cells.raw("siret"))
    if siret.reason:
        cells.doubt("siret", siret.reason)
    return HostRead(
        name=name,
        siret=siret.siret or None,
        activity=cells.text("activity"),
        address=cells.text("address"),
        postal_code=cells.postal_code(),
        city=_display(cells.text("city")),
        contact=cells.text("contact"),
        function=cells.text("function"),
        phone=cells.phone("phone"),
        email=cells.email("email"),
    )
