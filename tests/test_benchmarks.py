"""The benchmarks tell what they could not measure, and measure the rest."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

import benchmarks
import dev
from benchmarks import __main__ as bench
from benchmarks.measure import MeasureError, side_by_side

_GOOD = """
from benchmarks.measure import at_most
def run():
    return [at_most("quick", 1, "ms", 2, "measured")]
"""
_LONG = "import time; print('begun', flush=True); time.sleep(60)"


@pytest.mark.parametrize(
    ("failure", "why"),
    [
        ("TimeoutError('nobody answers')", "TimeoutError: nobody answers"),
        ("MeasureError('a\\ntrace\\nno page')", "no page"),
        ("MeasureError('')", "MeasureError"),
    ],
)
def test_a_figure_that_fails_says_why_and_takes_no_other_with_it(
    failure: str,
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "breaks.py").write_text(
        f"from benchmarks.measure import MeasureError\ndef run():\n    raise {failure}\n"
    )
    (tmp_path / "works.py").write_text(_GOOD)
    monkeypatch.setattr(benchmarks, "__path__", [*benchmarks.__path__, str(tmp_path)])
    monkeypatch.setattr(bench, "GROUPS", {"breaks": ("slow", "slower"), "works": ("quick",)})
    try:
        assert bench.main(["--json"]) == 0
    finally:
        for made in ("benchmarks.breaks", "benchmarks.works"):
            sys.modules.pop(made, None)
    told = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert told["quick"]["met"] is True
    for name in ("slow", "slower"):
        assert told[name]["met"] is False
        assert told[name]["how"] == f"did not run: {why}"


def test_programs_that_run_side_by_side_tell_what_each_printed() -> None:
    commands = [[sys.executable, "-c", f"print({word!r})"] for word in ("un", "deux")]
    assert side_by_side(commands, 60) == ["un\n", "deux\n"]


@pytest.mark.skipif(dev.WINDOWS, reason="asks by a signal whether it still runs")
def test_a_program_that_ends_badly_leaves_none_running(tmp_path: Path) -> None:
    alone = tmp_path / "pid"
    long = f"import os, pathlib; pathlib.Path({str(alone)!r}).write_text(str(os.getpid())); {_LONG}"
    ends = (
        f"import pathlib, sys\nwhile not pathlib.Path({str(alone)!r}).exists(): pass\nsys.exit(3)"
    )
    with pytest.raises(MeasureError, match="status 3"):
        side_by_side([[sys.executable, "-c", ends], [sys.executable, "-c", long]], 60)
    with pytest.raises(ProcessLookupError):
        os.kill(int(alone.read_text()), 0)


def test_a_program_that_lasts_too_long_is_ended() -> None:
    with pytest.raises(MeasureError, match=r"still running after 0\.1 s"):
        side_by_side([[sys.executable, "-c", _LONG]], 0.1)
