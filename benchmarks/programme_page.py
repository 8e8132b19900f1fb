"""How long a week of a programme takes to be drawn again: a fuller one than any group has."""

from __future__ import annotations

import statistics
import time
from datetime import date, timedelta
from uuid import uuid4

from benchmarks.measure import Result, at_most, marks
from connexion_desktop.domain.meetings import MeetingRow, MeetingState, clashes
from connexion_desktop.domain.programme import Programme

GRID_TARGET = 50
_RUNS = 25
_MONDAY = date(2026, 3, 2)
_HALVES = ((540, 720), (810, 990))
_DAYS, _PARALLEL = 5, 4


def run() -> list[Result]:
    """The grid, in a process of its own."""
    found = marks("from benchmarks.programme_page import redraw\nredraw()")
    count = len(_HALVES) * _DAYS * _PARALLEL
    how = (
        f"a week of {count} séances, all of them clashing, laid out and painted at 1280 × 640, "
        f"median of {_RUNS}; the slowest {found['slowest']:.0f} ms"
    )
    return [at_most("programme-grid", found["grid"], "ms", GRID_TARGET, how)]


def redraw() -> None:
    """Draw the week again and again, and tell how long it took."""
    from PySide6.QtWidgets import QApplication

    from connexion_desktop.ui import theme
    from connexion_desktop.ui.pages.programme.week_grid import WeekGrid

    app = QApplication([])
    theme.apply(theme.Scheme.LIGHT)
    grid, programme = WeekGrid(), _programme()
    theme.dress(grid)
    grid.resize(1280, 640)
    grid.show()
    app.processEvents()
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        grid.show_week(programme, _MONDAY)
        grid.viewport().repaint()
        times.append((time.perf_counter() - start) * 1000)
    print(f"MARK grid {statistics.median(times)}\nMARK slowest {max(times)}", flush=True)


def _programme() -> Programme:
    meetings = tuple(
        MeetingRow(
            id=uuid4(),
            on=_MONDAY + timedelta(days=day),
            start=start,
            end=end,
            kind="activite",
            kind_told="Activité",
            title=f"Théâtre d’improvisation, groupe {lane}",
            state=tuple(MeetingState)[lane % 2],
            place="Bureau, salle du fleuve",
            leader="Fanny Orsini",
            partner="Décalez !",
            people=frozenset({uuid4()}),
        )
        for day in range(_DAYS)
        for start, end in _HALVES
        for lane in range(_PARALLEL)
    )
    return Programme(_MONDAY, weeks=12, meetings=meetings, clashes=clashes(meetings))
