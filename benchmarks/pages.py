"""The pages of the rail one after the other, and a note from the thought to the base."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.measure import Result, at_most
from benchmarks.start import LARGE
from benchmarks.window import run_tour

SWITCH_TARGET = 100
NOTE_TARGET = 2


def run() -> list[Result]:
    """Both figures, on the application in processes of its own."""
    with tempfile.TemporaryDirectory() as folder:
        pages = {
            words: run_tour("page_tours.switch_pages", Path(folder) / f"{size}", size)["pages"]
            for words, size in (("small base", 0), (f"{LARGE} people", LARGE))
        }
        notes = run_tour("page_tours.write_notes", Path(folder) / "notes", 0)["notes"]
    return [_switch(pages), _note(notes)]


def _switch(bases: dict[str, dict[str, list[float]]]) -> Result:
    """The slowest page of an office, the first time or as the median of the next ones."""
    told = []
    for words, pages in bases.items():
        each = "; ".join(
            f"{name} {statistics.median(times[1:]) * 1000:.0f}, first {times[0] * 1000:.0f}"
            for name, times in pages.items()
        )
        told.append(f"{words}: {each}")
    office = next(iter(bases.values()))
    slowest = max(max(times[0], statistics.median(times[1:])) for times in office.values())
    how = (
        "from the keys of each page to all of it painted with what is read, in ms, the median of "
        f"the next times and the first; {'. '.join(told)}. The figure is the slowest on the small "
        "base, the first time included"
    )
    return at_most("app-switch", slowest * 1000, "ms", SWITCH_TARGET, how)


def _note(notes: dict[str, tuple[int, float]]) -> Result:
    """The most keys from one of the places."""
    told = "; ".join(
        f"{place} {keys}, in the base {seconds * 1000:.0f} ms after the last"
        for place, (keys, seconds) in notes.items()
    )
    most = max(keys for keys, _ in notes.values())
    how = f"keys besides the text, with somebody chosen, until the note is in the base: {told}"
    return at_most("app-note", most, "keys", NOTE_TARGET, how)
