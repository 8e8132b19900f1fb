"""The hours of a séance as they are typed: one range of one day, or a half-day."""

from __future__ import annotations

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.hours import TimeRange, parse_ranges
from connexion_desktop.domain.meetings import DAY
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme_template import USUAL_HOURS

_TODO = "Écrivez par exemple 9h-12h, ou « matin »."
_MORNING, _AFTERNOON = USUAL_HOURS[Half.MORNING], USUAL_HOURS[Half.AFTERNOON]
_WORDS = {
    "matin": _MORNING,
    "apres midi": _AFTERNOON,
    "aprem": _AFTERNOON,
    "journee": (_MORNING[0], _AFTERNOON[1]),
}
"""What a half-day, or the day, is called, by folded word: its usual hours."""


def read_hours(text: str) -> TimeRange:
    """« 9h-12h » in minutes, « matin » its usual hours. Raises UserError for none, for two ranges,
    or past midnight."""
    if not text.strip():
        raise UserError("Il manque les heures de la séance.", todo=_TODO)
    if (usual := _WORDS.get(fold(text))) is not None:
        return usual
    ranges = parse_ranges(text)
    if len(ranges) != 1:
        raise UserError("Une séance a un début et une fin.", todo=_TODO)
    start, end = ranges[0]
    if end > DAY:
        raise UserError("Une séance finit le jour où elle commence.", todo=_TODO)
    return start, end


def hours_problem(text: str) -> str | None:
    """Why such hours cannot be kept, None if they can."""
    try:
        read_hours(text)
    except UserError as problem:
        return " ".join(part for part in (problem.what, problem.todo) if part)
    return None
