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
RUNS = 3
Pages = dict[str, list[float]]
"""How long each page took, round after round, in seconds."""


def run() -> list[Result]:
    """Both figures, on the application in processes of its own."""
    with tempfile.TemporaryDirectory() as folder:
        office = [_switched(Path(folder) / f"office-{number}", 0) for number in range(RUNS)]
        large = [_switched(Path(folder) / "large", LARGE)]
        notes = run_tour("page_tours.write_notes", Path(folder) / "notes", 0)["notes"]
    return [_switch(office, large), _note(notes)]


def _switched(folder: Path, people: int) -> Pages:
    found: Pages = run_tour("page_tours.switch_pages", folder, people)["pages"]
    return found


def _switch(office: list[Pages], large: list[Pages]) -> Result:
    """The slowest page of an office, the first time or the next ones."""
    first, then = _medians(office)
    slowest = max(*first.values(), *then.values())
    how = (
        "from the keys of each page to all of it painted with what is read, in ms, the next times "
        f"and the first, medians of {RUNS} runs: {_told(first, then)}; with {LARGE} people, one "
        f"run, not counted: {_told(*_medians(large))}"
    )
    return at_most("app-switch", slowest, "ms", SWITCH_TARGET, how)


def _medians(runs: list[Pages]) -> tuple[dict[str, float], dict[str, float]]:
    """For each page, the first time it was shown, and the next ones, in ms."""
    first = {name: statistics.median(run[name][0] for run in runs) * 1000 for name in runs[0]}
    then = {
        name: statistics.median(time for run in runs for time in run[name][1:]) * 1000
        for name in runs[0]
    }
    return first, then


def _told(first: dict[str, float], then: dict[str, float]) -> str:
    return ", ".join(f"{name} {then[name]:.0f} ({first[name]:.0f})" for name in first)


def _note(notes: dict[str, tuple[int, float]]) -> Result:
    """The most keys from one of the places."""
    told = "; ".join(
        f"{place} {keys}, in the base {seconds * 1000:.0f} ms after the last"
        for place, (keys, seconds) in notes.items()
    )
    most = max(keys for keys, _ in notes.values())
    how = f"keys besides the text, with somebody chosen, until the note is in the base: {told}"
    return at_most("app-note", most, "keys", NOTE_TARGET, how)
