"""How the window answers: a person opened, and the longest time its thread is kept busy."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.bases import copy
from benchmarks.measure import MARK, Result, at_most, told
from benchmarks.start import LARGE

RUNS = 5
PERSON_TARGET = 100
FREEZE_TARGET = 50


def run() -> list[Result]:
    """Both figures, on the application in processes of its own."""
    with tempfile.TemporaryDirectory() as folder:
        people = {
            words: _open_people(Path(folder) / f"{size}", size)
            for words, size in (("small base", 0), (f"{LARGE} people", LARGE))
        }
        tours = [_toured(Path(folder) / f"tour-{number}") for number in range(RUNS)]
    return [_open_person(people), _freeze(tours)]


def _open_people(folder: Path, people: int) -> list[float]:
    times: list[float] = run_tour("tour.open_people", folder, people)["people"]
    return [time * 1000 for time in times]


def _open_person(people: dict[str, list[float]]) -> Result:
    medians = {words: statistics.median(times) for words, times in people.items()}
    how = "from Enter on a card to the page painted with what was read: " + "; ".join(
        f"{words}, median of {len(times)} people {medians[words]:.0f} ms, "
        f"slowest {max(times):.0f} ms"
        for words, times in people.items()
    )
    return at_most("open-person", max(medians.values()), "ms", PERSON_TARGET, how)


def _toured(folder: Path) -> dict[str, tuple[float, str]]:
    found: dict[str, tuple[float, str]] = run_tour("tour.walk_through", folder, 0)["gaps"]
    return found


def _freeze(tours: list[dict[str, tuple[float, str]]]) -> Result:
    """The longest gap of each step, as the median of the tours: what the machine's own moods add
    to one tour is not the window's doing."""
    gaps: dict[str, list[float]] = defaultdict(list)
    places: dict[str, str] = {}
    for tour in tours:
        for step, (seconds, where) in tour.items():
            if where and seconds * 1000 >= max(gaps[step], default=0):
                places[step] = where
            gaps[step].append(seconds * 1000)
    medians = {step: statistics.median(each) for step, each in gaps.items()}
    worst = sorted(medians, key=lambda step: medians[step], reverse=True)
    told_steps = "; ".join(f"{step} {medians[step]:.0f}" for step in worst)
    how = (
        f"gaps between two turns of the event loop, the longest of each step, medians of {RUNS} "
        f"tours, in ms: {told_steps}; longest single gap {max(max(g) for g in gaps.values()):.0f}"
    )
    if place := places.get(worst[0]):
        how += f"; « {worst[0]} » was in {place}"
    return at_most("freeze", medians[worst[0]], "ms", FREEZE_TARGET, how)


def run_tour(tour: str, folder: Path, people: int) -> dict[str, Any]:
    """What a tour (« tour.open_people ») tells, walked in a process of its own on a base of that
    size."""
    demo = copy(folder, people)
    module, _, name = tour.partition(".")
    script = f"from benchmarks.{module} import {name}\n{name}()"
    home = {"CONNEXION_DESKTOP_HOME": str(folder / "home")}
    (line,) = told(script, *demo.options, **home)
    found: dict[str, Any] = json.loads(line.removeprefix(MARK))
    return found
