"""The hours of a séance as they are typed: one range of one day."""

from __future__ import annotations

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.hours import TimeRange, parse_ranges
from connexion_desktop.domain.meetings import DAY

_TODO = "Écrivez par exemple 9h-12h."


def read_hours(text: str) -> TimeRange:
    """« 9h-12h » in minutes. Raises UserError for none, for two ranges, or past midnight."""
    if not text.strip():
        raise UserError("Il manque les heures de la séance.", todo=_TODO)
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
