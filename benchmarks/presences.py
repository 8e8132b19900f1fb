"""Twelve presences at the keyboard: how many keys, and how soon each is seen."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.measure import MeasureError, Result, at_most
from benchmarks.window import run_tour

KEYS_TARGET = 16
PAINT_TARGET = 50


def run() -> list[Result]:
    """Both figures, on the application in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        found = run_tour("presence_tours.mark_presences", Path(folder), 0)
    people, marks = found["people"], found["marks"]
    if marks != {"P": people - 1, "A": 1}:
        raise MeasureError(f"the base holds {marks} for {people} people")
    times = [seconds * 1000 for seconds in found["times"]]
    keys = (
        f"a half-day of {people} people, the last one absent, from the grid to the base: T, the "
        "arrows, A; the half-day of today is chosen when the page opens"
    )
    paint = (
        f"from a key to the grid painted with it, {people} people × two weeks: the slowest of "
        f"{len(times)}; median {statistics.median(times):.1f} ms"
    )
    return [
        at_most("programme-keys", found["keys"], "keys", KEYS_TARGET, keys),
        at_most("programme-grid-marks", max(times), "ms", PAINT_TARGET, paint),
    ]
