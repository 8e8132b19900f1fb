"""The model of a cycle: what each of its days holds, before it has a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.person_commands import Half

ACTIVITY = "activite"
"""The kind of a séance that is held once for each activity that the group chose."""

MOST_LINES = 400
USUAL_HOURS: Mapping[Half, tuple[int, int]] = {
    Half.MORNING: (9 * 60, 12 * 60),
    Half.AFTERNOON: (13 * 60 + 30, 16 * 60 + 30),
}
"""In minutes of the local day."""


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A séance of the model: in which week, on its first or second day, on which half-day; `start`
    and `end` in minutes of the local day."""

    week: int
    day: int
    half: Half
    kind: str
    title: str
    start: int
    end: int

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

    @property
    def weeks(self) -> int:
        """How many weeks it fills."""
        return max((line.week for line in self.lines), default=0)

    def of(self, week: int, day: int) -> tuple[TemplateLine, ...]:
        """What a day holds, in its order; past the last week, nothing."""
        found = (line for line in self.lines if (line.week, line.day) == (week, day))
        return tuple(sorted(found, key=lambda line: (line.start, line.end)))


def line_of(week: int, day: int, half: Half, kind: str, title: str) -> TemplateLine:
    """A line at the usual hours of its half-day."""
    start, end = USUAL_HOURS[half]
    return TemplateLine(week, day, half, kind, title, start, end)


def to_content(lines: Sequence[TemplateLine]) -> list[dict[str, Any]]:
    """The lines of a model as the base keeps them."""
    return [asdict(line) | {"half": line.half.value} for line in lines]


def from_content(content: Any) -> tuple[TemplateLine, ...]:
    """The lines that the base keeps. Raises UserError for what is no model."""
    try:
        if len(content) > MOST_LINES:
            raise ValueError
        return tuple(
            TemplateLine(
                week=int(each["week"]),
                day=int(each["day"]),
                half=Half(each["half"]),
                kind=str(each["kind"]),
                title=str(each["title"]),
                start=int(each["start"]),
                end=int(each["end"]),
            )
            for each in content
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            "Ce modèle de programme ne se lit pas.",
            "Les programmes déjà établis n’ont pas changé.",
            "Choisissez le modèle fourni, ou refaites celui-ci.",
        ) from error
