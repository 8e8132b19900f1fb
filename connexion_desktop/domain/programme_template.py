"""The model of a cycle: what each of its days holds, before it has a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import halves_of
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.person_commands import Half

ACTIVITY = "activite"
"""The kind of a séance that is held once for each activity that the group chose."""

VISIT, JOB_DATING = "visite", "job_dating"
AWAY = frozenset({VISIT, JOB_DATING})
"""The kinds of séances that are not held where the group meets, but at a partner's."""

MOST_LINES = 400
USUAL_HOURS: Mapping[Half, tuple[int, int]] = {
    Half.MORNING: (9 * 60, 12 * 60),
    Half.AFTERNOON: (13 * 60 + 30, 16 * 60 + 30),
}
"""In minutes of the local day."""

_SHIPPED = UUID("0b6f3a52-6d0e-5d0a-9a53-0c6f0f4f3a10")
"""Stands for the model that is shipped, which has no identity of its own."""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A séance of the model: in which week, on its first or second day of the programme, or (where
    `day` is 0) on a `weekday` counted from Monday; `start` and `end` in minutes of the local day.
    With an `activity` it is held for that one alone. `id` is its own within its model."""

    week: int
    day: int
    kind: str
    title: str
    start: int
    end: int
    weekday: int | None = None
    activity: str = ""
    place: str = ""
    partner_id: UUID | None = None
    id: UUID = field(default_factory=new_id, compare=False)

    @property
    def hours(self) -> tuple[int, int]:
        """From when to when."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Template:
    """A model; without `id`, the one that is shipped."""

    name: str
    lines: tuple[TemplateLine, ...]
    id: UUID | None = None


def to_content(lines: Sequence[TemplateLine]) -> list[dict[str, Any]]:
    """The lines of a model as the base keeps them, in its order. Raises UserError for too many."""
    if len(lines) > MOST_LINES:
        raise UserError(
            f"Un modèle compte {MOST_LINES} séances au plus.",
            "Celui-ci n’a pas changé.",
            "Supprimez-en, ou faites un second modèle.",
        )
    return [_kept(line) for line in sorted(lines, key=_order)]


def _order(line: TemplateLine) -> tuple[int, int, int, int]:
    day = line.day - 1 if line.weekday is None else line.weekday
    return line.week, day, line.start, line.end


def _kept(line: TemplateLine) -> dict[str, Any]:
    told = {
        "id": str(line.id),
        "week": line.week,
        "day": line.day,
        "weekday": line.weekday,
        "half": halves_of(line.start, line.end)[0].value,
        "start": line.start,
        "end": line.end,
        "kind": line.kind,
        "title": line.title,
        "activity": line.activity,
        "place": line.place,
        "partner_id": str(line.partner_id) if line.partner_id is not None else None,
    }
    return {key: value for key, value in told.items() if value not in (None, "")}


def from_content(content: Any, template_id: UUID = _SHIPPED) -> tuple[TemplateLine, ...]:
    """The lines that the base keeps of a model; one written without an identity is known by its
    place there. Raises UserError for what is no model."""
    try:
        if len(content) > MOST_LINES:
            raise ValueError
        return tuple(
            _line(each, uuid5(template_id, str(place))) for place, each in enumerate(content)
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            "Ce modèle de programme ne se lit pas.",
            "Les programmes déjà établis n’ont pas changé.",
            "Choisissez le modèle fourni, ou refaites celui-ci.",
        ) from error


def put_back(now: Any, before: Any, after: Any, template_id: UUID) -> Any:
    """What the base keeps of a model `now`, where the lines that an act changed, from `before` to
    `after`, are again as they were; the others stay as they are. One that is no model by now is
    wholly put back."""
    try:
        was, became, known = (
            {line.id: line for line in from_content(each, template_id)}
            for each in (before, after, now)
        )
    except UserError:
        return before
    changed = {each for each in {*was, *became} if was.get(each) != became.get(each)}
    lines = {each: line for each, line in known.items() if each not in changed}
    lines |= {each: line for each, line in was.items() if each in changed}
    return to_content(tuple(lines.values()))


def _line(each: Mapping[str, Any], usual_id: UUID) -> TemplateLine:
    weekday, partner, known = (each.get(key) for key in ("weekday", "partner_id", "id"))
    return TemplateLine(
        week=int(each["week"]),
        day=int(each["day"]),
        kind=str(each["kind"]),
        title=str(each["title"]),
        start=int(each["start"]),
        end=int(each["end"]),
        weekday=None if weekday is None else int(weekday),
        activity=str(each.get("activity", "")),
        place=str(each.get("place", "")),
        partner_id=UUID(partner) if partner else None,
        id=UUID(known) if known else usual_id,
    )
