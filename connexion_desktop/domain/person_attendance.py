"""A day of attendance, told half-day by half-day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connexion_desktop.domain.person_commands import Half


@dataclass(frozen=True, slots=True)
class HalfMark:
    """One half-day of attendance: P, A, E or R."""

    half: Half
    mark: str
    late: str = ""


def half_marks(told: str) -> tuple[HalfMark, ...]:
    """The marks of a day as the union spells them: « am:P: pm:R:20 »; morning first."""
    marks = {}
    for part in told.split():
        half, mark, late = part.split(":")
        marks[half] = HalfMark(Half(half), mark, late)
    return tuple(marks[half] for half in Half if half in marks)


def half_names(marks: Sequence[HalfMark]) -> str:
    """« matin », « matin et après-midi »."""
    return " et ".join(mark.half.label for mark in marks)


def presence_text(marks: Sequence[HalfMark], present: str) -> str:
    """« Présente matin et après-midi, retard le matin (20 min). »; nothing without a mark."""
    if not marks:
        return ""
    halves = {
        (Half.MORNING, Half.AFTERNOON): "matin et après-midi",
        (Half.MORNING,): "le matin",
        (Half.AFTERNOON,): "l’après-midi",
    }[tuple(mark.half for mark in marks)]
    lates = [
        f"retard {'le matin' if mark.half is Half.MORNING else 'l’après-midi'}"
        + (f" ({mark.late} min)" if mark.late else "")
        for mark in marks
        if mark.mark == "R"
    ]
    return ", ".join([f"{present} {halves}", *lates]) + "."
