"""What every benchmark shares: a result's shape, medians, processes timed to a mark they print."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any

MARK = "MARK "
LIMIT = 180
"""How long a process that is measured may last, in seconds."""


class MeasureError(Exception):
    """A process that is measured did not do what it had to, and why."""


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: `met` is None, with why in `how`, where it cannot be told here."""

    name: str
    value: float | None
    unit: str
    target: str
    met: bool | None
    how: str

    def as_json(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


def at_most(name: str, value: float, unit: str, limit: float, how: str) -> Result:
    """A figure that must not pass a limit."""
    return Result(name, round(value, 2), unit, f"≤ {limit:g}", value <= limit, how)


def at_least(name: str, value: float, unit: str, limit: float, how: str) -> Result:
    """A figure that must reach a limit."""
    return Result(name, round(value, 2), unit, f"≥ {limit:g}", value >= limit, how)


def interleaved(acts: Sequence[Callable[[], float]], runs: int) -> list[float]:
    """The median of each act, run in turns after one round that does not count."""
    for act in acts:
        act()
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(runs):
        for kept, act in zip(times, acts, strict=True):
            kept.append(act())
    return [statistics.median(kept) for kept in times]


def marks(script: str, *arguments: str, **more: str) -> dict[str, float]:
    """What a script printed as `MARK name value`; see `told`."""
    found = (line.removeprefix(MARK).split() for line in told(script, *arguments, **more))
    return {name: float(value) for name, value in found}


def told(script: str, *arguments: str, **more: str) -> list[str]:
    """Run a Python script in a process of its own, with `more` in its environment; the lines that
    it printed with `MARK` before them.

    The script is told when it was started (CLOCK_MONOTONIC, shared by processes) as its first
    argument, so that its marks count the interpreter's own start too. Raises MeasureError when it
    ends badly or lasts more than `LIMIT`.
    """
    command = [sys.executable, "-c", f"{_START}\n{script}"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}
    try:
        done = subprocess.run(
            [*command, str(_now()), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise MeasureError(f"still running after {LIMIT} s: {_end_of(late.stderr)}") from late
    if done.returncode:
        raise MeasureError(_end_of(done.stderr) or f"ended with status {done.returncode}")
    return [line for line in done.stdout.splitlines() if line.startswith(MARK)]


def side_by_side(commands: Sequence[Sequence[str]], seconds: float) -> list[str]:
    """What each of these programs printed, all of them running at once. Raises MeasureError when
    one ends badly or lasts longer; none is left running."""
    with ExitStack() as running:
        processes = []
        for command in commands:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            running.enter_context(process)
            running.callback(process.kill)
            processes.append(process)
        return [_ended(process, seconds) for process in processes]


def _ended(process: subprocess.Popen[str], seconds: float) -> str:
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as late:
        raise MeasureError(f"a process is still running after {seconds:g} s") from late
    if process.returncode:
        raise MeasureError(f"a process ended with status {process.returncode}")
    return out


def _end_of(told: str | bytes | None) -> str:
    text = told.decode(errors="replace") if isinstance(told, bytes) else told or ""
    return text.strip()[-2000:]


_START = "import sys, time; started = float(sys.argv.pop(1))"


def _now() -> float:
    import time

    return time.monotonic()
