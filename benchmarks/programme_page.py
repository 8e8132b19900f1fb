"""How long a week of a programme takes to be drawn again, a fuller one than any group has; and a
year of groups."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from benchmarks.measure import Result, at_most, marks
from connexion_desktop.domain.groups import GroupRow
from connexion_desktop.domain.meetings import MeetingRow, MeetingState, clashes
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.year_view import year_of

GRID_TARGET, YEAR_TARGET = 50, 200
_RUNS = 25
_MONDAY = date(2026, 3, 2)
_HALVES = ((540, 720), (810, 990))
_DAYS, _PARALLEL = 5, 4
_GROUPS, _LEADERS = 40, 8


def run() -> list[Result]:
    """Both figures, in a process of its own."""
    found = marks("from benchmarks.programme_page import redraw\nredraw()")
    count = len(_HALVES) * _DAYS * _PARALLEL
    how = (
        f"a week of {count} séances, all of them clashing, laid out and painted at 1280 × 640, "
        f"median of {_RUNS}; the slowest {found['slowest']:.0f} ms"
    )
    year = (
        f"{_GROUPS} groups of {_LEADERS} conseillers put on their lines and painted at 1280 × 640, "
        f"median of {_RUNS}; the slowest {found['slowest_year']:.0f} ms"
    )
    return [
        at_most("programme-grid", found["grid"], "ms", GRID_TARGET, how),
        at_most("programme-year", found["year"], "ms", YEAR_TARGET, year),
    ]


def redraw() -> None:
    """Draw the week, then the year, again and again, and tell how long it took."""
    from PySide6.QtWidgets import QApplication

    from connexion_desktop.ui import theme
    from connexion_desktop.ui.pages.programme.week_grid import WeekGrid
    from connexion_desktop.ui.pages.programme.year_grid import YearGrid

    app = QApplication([])
    theme.apply(theme.Scheme.LIGHT)
    week, year, programme, groups = WeekGrid(), YearGrid(), _programme(), _groups()
    for grid in (week, year):
        theme.dress(grid)
        grid.resize(1280, 640)
        grid.show()
    app.processEvents()

    def draw_week() -> None:
        week.show_week(programme, _MONDAY)
        week.viewport().repaint()

    def draw_year() -> None:
        year.show_year(year_of(groups, _MONDAY.year), _MONDAY, None)
        year.viewport().repaint()

    weeks, years = _timed(draw_week), _timed(draw_year)
    for name, times in (("grid", weeks), ("year", years)):
        print(f"MARK {name} {statistics.median(times)}", flush=True)
    print(f"MARK slowest {max(weeks)}\nMARK slowest_year {max(years)}", flush=True)


def _timed(act: Callable[[], object]) -> list[float]:
    """How long an act takes each time, in ms."""
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return times


def _groups() -> tuple[GroupRow, ...]:
    """A year of groups, one each week of its first ten months."""
    starts = (date(_MONDAY.year, 1, 5) + timedelta(weeks=place) for place in range(_GROUPS))
    return tuple(
        GroupRow(
            id=uuid4(),
            name=f"Bordeaux · groupe {place}",
            site="Bordeaux",
            conseiller=f"Conseillère {place % _LEADERS}",
            starts_on=start,
            phase="",
            people=12,
            present=12,
            capacity=12,
            is_open=True,
            weeks_end=start + timedelta(weeks=12, days=-1),
        )
        for place, start in enumerate(starts)
    )


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
