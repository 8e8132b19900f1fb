"""The list of people with a hundred thousand of them: a key typed there, and scrolling."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.measure import Result, at_least, at_most
from benchmarks.search import PEOPLE, TARGET
from benchmarks.window import run_tour

FRAMES_TARGET = 60
_FRAME = 1000 / FRAMES_TARGET


def run() -> list[Result]:
    """Both figures, in one process: the list is long to read."""
    with tempfile.TemporaryDirectory() as folder:
        found = run_tour("list_tours.find_people", Path(folder), PEOPLE)
    (read,) = found["keys"].pop("read")
    return [_keys(found["keys"], found["gap"], read), _scroll(found["frames"])]


def _keys(times: dict[str, list[float]], gap: tuple[float, str], read: float) -> Result:
    """The slowest key, as the median of its rounds."""
    keys = {typed: statistics.median(each) * 1000 for typed, each in times.items()}
    slowest = sorted(keys, key=lambda typed: keys[typed], reverse=True)
    seconds, where = gap
    told = "; ".join(f"« {typed} » {keys[typed]:.0f}" for typed in slowest[:4])
    how = (
        f"from the key to who is found painted, {len(keys)} texts typed in the list of {PEOPLE} "
        f"people; the slowest: {told}; median {statistics.median(keys.values()):.0f} ms; longest "
        f"gap of the window while typing {seconds * 1000:.0f} ms"
        f"{f' in {where}' if where else ''}; read in {read:.1f} s"
    )
    return at_most("app-search-people", keys[slowest[0]], "ms", TARGET, how)


def _scroll(frames: dict[str, list[float]]) -> Result:
    """Frames a second of the slowest way, each gesture as soon as the last one is painted."""
    rates = {way: len(times) / sum(times) for way, times in frames.items()}
    told = "; ".join(
        f"by {way} {rates[way]:.0f} a second, median {statistics.median(times) * 1000:.1f} ms, "
        f"longest {max(times) * 1000:.0f} ms, "
        f"{sum(time * 1000 > _FRAME for time in times)} of {len(times)} over {_FRAME:.0f} ms"
        for way, times in frames.items()
    )
    how = f"from a gesture to its frame painted without a screen, {PEOPLE} rows: {told}"
    return at_least("app-scroll", min(rates.values()), "frames/s", FRAMES_TARGET, how)
