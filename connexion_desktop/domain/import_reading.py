"""A row of somebody's table, read field by field; what cannot be read is told, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from connexion_desktop.domain.french_dates import may_be_minor
from connexion_desktop.domain.import_cells import Cells, required_field
from connexion_desktop.domain.import_columns import SheetPlan, fold_heading
from connexion_desktop.domain.import_fields import SheetKind
from connexion_desktop.domain.import_rows import Problem
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.levels import (
    read_accompanied_elsewhere,
    read_french_level,
    read_yes_no,
)
from connexion_desktop.domain.names import display_name, fold, split_scripts
from connexion_desktop.domain.typed_dates import DatePurpose

_LIST = re.compile(r"\s*[,;|\n]\s*")
_MINOR = re.compile(r"\bmineure?\b")
_PARENT_PHONE = re.compile(r"\b(mere|pere|parents?|tuteur|tutrice)\b(?= (?:0|33)\d)")
_NAME = 120
_ENTRY_OTHERWISE = "L’entrée est mise au début du groupe, à corriger."
_LENT_OTHERWISE = "À défaut, un prêt part du jour de l’entrée, sinon d’aujourd’hui."
_LABEL = 160


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The association's words, folded, and the code each one means; `labels`, by list and code."""

    activities: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonRead:
    """A participant's row; `equipment` are the numbers of what was lent, as typed; `kept`, what the
    columns of nothing known hold; `minor` says why the person is or was one, or may be."""

    given_name: str
    family_name: str | None
    birth_name: str | None
    native_name: str | None
    civility: str | None
    birth: ImpreciseDate | None
    phone: str | None
    other_phone: str | None
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
    equipment: tuple[str, ...]
    entered_on: date | None
    comment: str | None
    kept: str | None
    minor: str


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


Read = PersonRead | EquipmentRead | HostRead


@dataclass(frozen=True, slots=True)
class RowRead:
    """What a row gave: a value, or the reason why it is unusable, or neither when it is skipped.

    `glimpse` are its first words, to recognise an unusable one by.
    """

    value: Read | None
    problems: tuple[Problem, ...] = ()
    unusable: str = ""
    glimpse: str = ""
    cells: Sequence[object] = ()


def read_row(
    plan: SheetPlan, number: int, row: Sequence[object], words: Vocabulary, today: date
) -> RowRead:
    """Read one row; `number` is the one that the spreadsheet shows (from 1). Never raises."""
    cells = Cells(plan, number, row, today)
    if cells.is_nothing:
        return RowRead(None)
    cells.tell_errors()
    value, reason = _value(cells, words)
    if value is None:
        cells.doubt(required_field(plan), reason)
        return RowRead(None, _in_order(cells), reason, cells.glimpse, row)
    return RowRead(value, _in_order(cells), cells=row)


def _in_order(cells: Cells) -> tuple[Problem, ...]:
    """The problems as the columns stand."""
    return tuple(sorted(cells.problems, key=lambda each: (len(each.column), each.column)))


def _value(cells: Cells, words: Vocabulary) -> tuple[Read | None, str]:
    match cells.plan.kind:
        case SheetKind.PEOPLE:
            named = any(cells.raw(name) for name in ("family_name", "given_name", "full_name"))
            return _person(cells, words), "Le prénom manque." if named else "Ni nom ni prénom."
        case SheetKind.EQUIPMENT:
            return _equipment(cells), "Le numéro d’inventaire manque."
        case SheetKind.HOSTS:
            return _host(cells), "Le nom de l’entreprise manque."


def _person(cells: Cells, words: Vocabulary) -> PersonRead | None:
    given, family = _names(cells)
    native = split_scripts(given)
    if not fold(native.latin):
        return None
    if not fold(family):
        column = cells.plan.column_of("family_name")
        cells.miss("family_name" if column else "full_name", "Le nom manque.")
    birth = cells.imprecise("birth_date", DatePurpose.BIRTH)
    channel = cells.text("channel")
    channel_code = _first_word(channel, words.channels)
    entered_on = cells.day("entered_on", otherwise=_ENTRY_OTHERWISE)
    comment = cells.text("comment")
    phone, second = cells.phones("phone")
    return PersonRead(
        given_name=display_name(native.latin)[:_NAME],
        family_name=display_name(family)[:_NAME] if fold(family) else None,
        birth_name=cells.name("birth_name"),
        native_name=native.native or None,
        civility=cells.civility(),
        birth=birth,
        phone=phone,
        other_phone=cells.phone("other_phone") or second,
        email=cells.email("email"),
        address=cells.text("address"),
        postal_code=cells.postal_code(),
        city=cells.name("city"),
        channel=channel_code,
        channel_detail=_more_than(words.labels.get(("channel", channel_code or "")), channel),
        met=cells.imprecise("met_on", DatePurpose.PAST),
        french=cells.coded("french", read_french_level),
        rqth=cells.coded("rqth", read_yes_no),
        elsewhere=cells.coded("elsewhere", read_accompanied_elsewhere),
        activity=_activity(cells, words),
        families=_families(cells, words),
        equipment=cells.inventory_numbers("equipment"),
        entered_on=entered_on,
        comment=comment,
        kept=cells.kept(),
        minor=_minority(birth, entered_on, comment or "", cells.today),
    )


def _minority(
    birth: ImpreciseDate | None, entered_on: date | None, comment: str, today: date
) -> str:
    """By the birth date, today and at the entry; else by what the comment says of it."""
    if may_be_minor(birth, today):
        return "Mineur : le représentant légal signe"
    if entered_on is not None and may_be_minor(birth, entered_on):
        return "Mineur à l’entrée, majeur depuis"
    words = fold(comment)
    said = _MINOR.search(words) or (None if birth else _PARENT_PHONE.search(words))
    return f"Mineur d’après le commentaire (« {said[0]} ») : à vérifier" if said else ""


def _names(cells: Cells) -> tuple[str, str]:
    """Given name, family name. In one column, what is in capitals is the family's name; without
    capitals, the words stand in the order that the heading says.
    """
    given, family = cells.text("given_name") or "", cells.text("family_name") or ""
    whole = cells.text("full_name")
    if given or not whole:
        return given, family
    words = whole.split()
    shouted = [word for word in words if word.isupper() and len(word) > 1]
    rest = [word for word in words if word not in shouted]
    if shouted and rest:
        return " ".join(rest), " ".join(shouted)
    if len(words) == 1:
        return whole, family
    if _given_comes_first(cells.plan):
        return words[0], " ".join(words[1:])
    return " ".join(words[1:]), words[0]


def _given_comes_first(plan: SheetPlan) -> bool:
    column = plan.column_of("full_name")
    return column is not None and fold_heading(column.heading).startswith("prenom")


def _first_word(text: str | None, words: Mapping[str, str]) -> str | None:
    """The code of the word of the list that comes first in the text."""
    folded = f" {fold(text or '')} "
    found = [(folded.find(f" {word} "), -len(word), code) for word, code in words.items()]
    placed = sorted(each for each in found if each[0] >= 0)
    return placed[0][2] if placed else None


def _more_than(label: str | None, typed: str | None) -> str | None:
    """What was typed beyond the label that says it already: « Bacalan » of « Rue, Bacalan »."""
    if not typed or not label or not fold(f"{typed} ").startswith(fold(label)):
        return typed
    if fold(typed) == fold(label):
        return None
    same = next(end for end in range(len(typed) + 1) if fold(typed[:end]) == fold(label))
    more = typed[same:]
    return typed if more[0].isalnum() else more.strip(" ,;:–-/()") or None


def _activity(cells: Cells, words: Vocabulary) -> str | None:
    text = cells.text("activity")
    if text is None:
        return None
    code = _first_word(text, words.activities)
    if code is None:
        cells.doubt("activity", "Activité inconnue.")
    return code


def _families(cells: Cells, words: Vocabulary) -> tuple[tuple[str | None, str], ...]:
    """(code, label) of each family; one outside the list has no code: « hors catalogue »."""
    found: dict[str, tuple[str | None, str]] = {}
    for typed in _LIST.split(cells.text("families") or ""):
        label = typed[:_LABEL].rstrip()
        if label != typed:
            cells.doubt("families", f"Trop long : coupé à {_LABEL} caractères.")
        folded = fold(label)
        if folded:
            code = words.families.get(folded)
            found.setdefault(code or f"hors catalogue {folded}", (code, label))
    return tuple(found.values())


def _equipment(cells: Cells) -> EquipmentRead | None:
    number = cells.text("number")
    if number is None or not fold(number):
        return None
    condition = cells.text("condition")
    return EquipmentRead(
        number=number,
        model=cells.text("model"),
        serial=cells.text("serial"),
        value_cents=cells.cents("value"),
        borrower=cells.text("borrower"),
        lent_on=cells.day("lent_on", otherwise=_LENT_OTHERWISE),
        due_on=cells.day("due_on"),
        in_repair="reparation" in fold(condition or ""),
        condition=condition,
        accessories=cells.text("accessories"),
    )


def _host(cells: Cells) -> HostRead | None:
    name = cells.text("name")
    if name is None or not fold(name):
        return None
    return HostRead(
        name=name,
        siret=cells.siret(),
        activity=cells.text("activity"),
        address=cells.text("address"),
        postal_code=cells.postal_code(),
        city=cells.name("city"),
        contact=cells.text("contact"),
        function=cells.text("function"),
        phone=cells.phone("phone"),
        email=cells.email("email"),
    )
