"""A model of programme as it is edited: its séances in fields, what each may hold and where it
goes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import WEEKDAYS
from connexion_desktop.domain.groups import MOST_WEEKS
from connexion_desktop.domain.hours import ranges_text
from connexion_desktop.domain.meeting_choices import MeetingChoices, Names
from connexion_desktop.domain.meeting_hours import hours_problem, read_hours
from connexion_desktop.domain.names import same_name
from connexion_desktop.domain.person_fields import FieldKind, FieldSpec, checked
from connexion_desktop.domain.programme_template import Template, TemplateLine
from connexion_desktop.domain.weeks import MONDAY_AND_TUESDAY

NAME = FieldSpec("template.name", "Nom du modèle", longest=120, needed=True, wide=True)
LINE = (
    FieldSpec("line.title", "Titre", needed=True, wide=True),
    FieldSpec("line.week", "Semaine", needed=True),
    FieldSpec("line.day", "Jour", FieldKind.CHOICE, needed=True),
    FieldSpec("line.hours", "Demi-journée ou heures", needed=True),
    FieldSpec("line.kind", "Sorte", FieldKind.CHOICE, needed=True),
    FieldSpec("line.activity", "Activité", FieldKind.CHOICE),
    FieldSpec("line.place", "Lieu"),
    FieldSpec("line.partner", "Partenaire", wide=True),
)
SPECS: Mapping[str, FieldSpec] = {spec.name: spec for spec in LINE}
_KEPT = "Ce que vous avez écrit est gardé."
_SAFE = "Rien n’a changé."
_OPEN_DAYS = range(5)
_COPY = re.compile(r" \(copie(?: \d+)?\)$")
_APART = "w"
"""What begins the code of a day that is none of the programme's, before its place in the week."""

_NOBODY = Names()


@dataclass(frozen=True, slots=True)
class LineRow:
    """A séance of a model as it is shown; `partner` is whom its `partner_id` names, if it is still
    in the base."""

    line: TemplateLine
    partner: str = ""

    @property
    def id(self) -> UUID:
        """Its own, within its model."""
        return self.line.id

    @property
    def values(self) -> dict[str, str]:
        """What each field shows of it, by column."""
        line = self.line
        return {
            "title": line.title,
            "week": str(line.week),
            "day": day_code(line),
            "hours": ranges_text((line.hours,)),
            "kind": line.kind,
            "activity": line.activity,
            "place": line.place,
            "partner": self.partner,
        }


def row_of(line: TemplateLine, partners: Names) -> LineRow:
    """A séance with the name of its partner."""
    return LineRow(line, partners.text_of(line.partner_id) if line.partner_id else "")


@dataclass(frozen=True, slots=True)
class Models:
    """The models, the shipped one first, those that cannot be read (`unread`) without séances; the
    days of the programme; what a séance may be given; `partners` tells those structures apart."""

    templates: tuple[Template, ...] = ()
    unread: frozenset[UUID] = frozenset()
    weekdays: tuple[int, ...] = MONDAY_AND_TUESDAY
    choices: MeetingChoices = field(default_factory=MeetingChoices)
    partners: Names = field(default_factory=Names)

    def of(self, template_id: UUID | None) -> Template | None:
        """A model by its id."""
        return next((each for each in self.templates if each.id == template_id), None)

    def rows(self, template: Template) -> tuple[LineRow, ...]:
        """The séances of a model in their order."""
        ordered = sorted(template.lines, key=lambda line: line_order(line, self.weekdays))
        return tuple(row_of(line, self.partners) for line in ordered)


@dataclass(frozen=True, slots=True)
class EditLine:
    """Set a field (« line.week ») of a séance of a model. `seen`: what was known of it."""

    template_id: UUID
    line_id: UUID
    name: str
    text: str
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class NewLine:
    """One more séance of a model, by its fields; `id` is made by whoever asks."""

    template_id: UUID
    id: UUID
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rename:
    """Call a model otherwise. `seen`: what was known of its name."""

    template_id: UUID
    name: str
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class CopyTemplate:
    """A model like another (None: the one that is shipped); `id` is made by whoever asks."""

    id: UUID
    source_id: UUID | None


@dataclass(frozen=True, slots=True)
class KeepAsTemplate:
    """A model made of what a group's programme holds; `id` is made by whoever asks."""

    id: UUID
    cohort_id: UUID
    name: str


def day_code(line: TemplateLine) -> str:
    """The day of a line as a field holds it."""
    return str(line.day) if line.weekday is None else f"{_APART}{line.weekday}"


def day_told(line: TemplateLine, weekdays: Sequence[int]) -> str:
    """« lundi »; « 3e jour » where the programme has no such day."""
    if line.weekday is not None:
        return WEEKDAYS[line.weekday]
    known = line.day <= len(weekdays)
    return WEEKDAYS[weekdays[line.day - 1]] if known else f"{line.day}e jour"


def day_choices(weekdays: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """The days that a séance may be on: those of the programme, then the others of the week."""
    ranked = [(str(rank), WEEKDAYS[day].capitalize()) for rank, day in enumerate(weekdays, 1)]
    others = [
        (f"{_APART}{day}", f"{WEEKDAYS[day].capitalize()} (autre jour)")
        for day in _OPEN_DAYS
        if day not in weekdays
    ]
    return (*ranked, *others)


def line_order(line: TemplateLine, weekdays: Sequence[int]) -> tuple[int, int, int, int]:
    """By week, day and time."""
    return line.week, _place(line, weekdays), line.start, line.end


def _place(line: TemplateLine, weekdays: Sequence[int]) -> int:
    """Where its day is in the week; a day that the programme has not comes last."""
    if line.weekday is not None:
        return line.weekday
    return weekdays[line.day - 1] if line.day <= len(weekdays) else len(WEEKDAYS) + line.day


def moved(line: TemplateLine, step: int, weekdays: Sequence[int]) -> TemplateLine:
    """The same séance on the next day of the programme (the one before if `step` is below 0).
    Raises UserError past the first or the last week."""
    here = _place(line, weekdays)
    days = sorted({*weekdays, here})
    weeks, place = divmod(days.index(here) + step, len(days))
    week, day = line.week + weeks, days[place]
    if not 1 <= week <= MOST_WEEKS:
        which = "premier" if step < 0 else "dernier"
        raise UserError(f"C’est déjà le {which} jour du cycle.", _SAFE)
    if day in weekdays:
        return replace(line, week=week, day=weekdays.index(day) + 1, weekday=None)
    return replace(line, week=week)


def again(line: TemplateLine, line_id: UUID) -> TemplateLine:
    """The same séance a week later; the last week has it twice."""
    return replace(line, id=line_id, week=min(line.week + 1, MOST_WEEKS))


def with_text(line: TemplateLine, name: str, text: str, partners: Names = _NOBODY) -> TemplateLine:
    """A line where a field holds a text. Raises UserError where it cannot."""
    kept = str(checked(SPECS[name], text) or "")
    match SPECS[name].column:
        case "week":
            line = replace(line, week=_week(kept))
        case "day":
            line = _on(line, kept)
        case "hours":
            start, end = read_hours(kept)
            line = replace(line, start=start, end=end)
        case "title":
            line = replace(line, title=kept)
        case "kind":
            line = replace(line, kind=kept)
        case "activity":
            line = replace(line, activity=kept)
        case "place":
            line = replace(line, place=kept)
        case _:
            line = replace(line, partner_id=_partner(kept, line, partners))
    return line


def reason_against_line(spec: FieldSpec, text: str) -> str | None:
    """Why a field of a séance cannot hold a text, as it is typed; None when it can."""
    try:
        kept = str(checked(spec, text) or "")
        if spec.column == "week":
            _week(kept)
    except UserError as problem:
        return problem.what
    return hours_problem(kept) if spec.column == "hours" else None


def _week(text: str) -> int:
    digits = text.removeprefix("S").removeprefix("s").strip()
    week = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0
    if not 1 <= week <= MOST_WEEKS:
        raise UserError(f"Une semaine du cycle, de 1 à {MOST_WEEKS}.", _KEPT)
    return week


def _on(line: TemplateLine, code: str) -> TemplateLine:
    place = code.removeprefix(_APART)
    if not (place.isascii() and place.isdigit()):
        raise UserError("Il manque le jour de la séance.", _KEPT, "Choisissez-le dans la liste.")
    if code.startswith(_APART):
        return replace(line, day=0, weekday=int(place))
    return replace(line, day=int(place), weekday=None)


def _partner(text: str, line: TemplateLine, partners: Names) -> UUID | None:
    """Who is called so: of two structures of one name, the one that it has already."""
    if not text:
        return None
    found = partners.meant(text)
    if line.partner_id in found:
        return line.partner_id
    if not found:
        raise UserError("Choisissez une structure du carnet.", _KEPT)
    if len(found) > 1:
        raise UserError("Plusieurs structures ont ce nom : choisissez dans la liste.", _KEPT)
    return found[0]


def spelled(line: TemplateLine, name: str, text: str, partners: Names) -> str:
    """A text as its field shows it once it is kept; one that cannot be is left as it is."""
    try:
        kept = row_of(with_text(line, name, text, partners), partners)
    except UserError:
        return text
    return kept.values[SPECS[name].column]


def free_name(name: str, taken: Iterable[str]) -> str:
    """« Douze semaines (copie) », then « (copie 2) »: what no other model is called."""
    known, rank, name = list(taken), 1, _COPY.sub("", name)
    while True:
        tail = " (copie)" if rank == 1 else f" (copie {rank})"
        made = f"{name[: NAME.longest - len(tail)]}{tail}"
        if not any(same_name(made, each) for each in known):
            return made
        rank += 1


def checked_name(name: str, taken: Iterable[str]) -> str:
    """A name for a model. Raises UserError without one, or where another has it."""
    kept = str(checked(NAME, name) or "")
    if any(same_name(kept, each) for each in taken):
        raise UserError(f"Un modèle s’appelle déjà « {kept} ».", _KEPT, "Donnez-lui un autre nom.")
    return kept
