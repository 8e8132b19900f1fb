"""A key pressed in the search, on a hundred thousand people, to what it found on the screen."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.measure import Result, at_most
from benchmarks.window import run_tour

PEOPLE = 100_000
TARGET = 50


def run() -> list[Result]:
    """The slowest key, as the median of its rounds."""
    with tempfile.TemporaryDirectory() as folder:
        found = run_tour("list_tours.search", Path(folder), PEOPLE)
    (read,) = found["keys"].pop("read")
    keys = {typed: statistics.median(times) * 1000 for typed, times in found["keys"].items()}
    slowest = sorted(keys, key=lambda typed: keys[typed], reverse=True)
    gap, where = found["gap"]
    how = (
        f"from the key to its answer painted, {len(keys)} texts typed on {PEOPLE} people; the "
        f"slowest: {'; '.join(f'« {typed} » {keys[typed]:.0f}' for typed in slowest[:4])}; median "
        f"{statistics.median(keys.values()):.0f} ms; longest gap of the window while typing "
        f"{gap * 1000:.0f} ms{f' in {where}' if where else ''}; all read once in {read:.1f} s"
    )
    return [at_most("app-search", keys[slowest[0]], "ms", TARGET, how)]
