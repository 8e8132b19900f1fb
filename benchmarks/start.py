"""From a click on the icon to something on the screen, beside a bare PySide6 window."""

from __future__ import annotations

import statistics
import tempfile
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.bases import copy
from benchmarks.measure import Result, at_most, marks

RUNS = 9
LARGE = 100_000

_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
class Bare(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.measure)
    def measure(self):
        print("MARK painted", time.monotonic() - started, flush=True)
        from benchmarks.resident import resident_mb
        print("MARK memory", resident_mb(), flush=True)
        app.quit()
window = Bare()
window.resize(1366, 768)
window.show()
app.exec()
"""

_OURS = """
from benchmarks.driver import start_and_mark
start_and_mark(started)
"""


def run() -> list[Result]:
    """Medians of processes started in turns, so that the machine's moods fall on all of them."""
    with tempfile.TemporaryDirectory() as folder:
        small = _Base(Path(folder) / "small", 0)
        large = _Base(Path(folder) / "large", LARGE)
        for base in (small, large):
            base.start()  # leaves the picture of the first page that the next start paints
        seen: dict[str, list[float]] = defaultdict(list)
        starts = {
            "bare": lambda: marks(_BARE),
            "small": small.start,
            "large": large.start,
            "morning": small.start_next_day,
            "cold": small.start_cold,
        }
        for _ in range(RUNS + 1):
            for name, start in starts.items():
                for told, value in start().items():
                    seen[f"{name} {told}"].append(value)
    return _results({name: statistics.median(values[1:]) for name, values in seen.items()})


def _results(figures: dict[str, float]) -> list[Result]:
    bare = figures["bare painted"]
    told = f"bare window {bare * 1000:.0f} ms; medians of {RUNS} processes started in turns"

    def beside_bare(name: str, figure: str, limit: float | None, what: str) -> Result:
        how = f"{what}: {figures[figure] * 1000:.0f} ms; {told}"
        ratio = figures[figure] / bare
        if limit is None:
            return Result(name, round(ratio, 2), "×", "—", None, f"for information: {how}")
        return at_most(name, ratio, "×", limit, how)

    return [
        beside_bare("start-shell", "small shell", 1.5, "the window and its rail painted"),
        beside_bare(
            "start-group",
            "small group",
            3.5,
            "the cards painted, from the rows kept in the base since nothing was saved after them",
        ),
        beside_bare(
            "start-group-morning",
            "morning group",
            3.5,
            "the same on the day after the base was closed",
        ),
        beside_bare(
            "start-group-cold",
            "cold group",
            None,
            "the cards painted after a save that left no rows behind (a crash, another program), "
            "so that SQLAlchemy is imported and reads them first; no target",
        ),
        at_most(
            "start-group-large",
            figures["large group"] / figures["small group"],
            "×",
            1.1,
            f"{LARGE} people {figures['large group'] * 1000:.0f} ms; the small base "
            f"{figures['small group'] * 1000:.0f} ms",
        ),
        at_most(
            "memory",
            figures["small memory"] / figures["bare memory"],
            "×",
            2,
            f"resident with the group painted, the base open and the other pages built ahead: "
            f"{figures['small memory']:.0f} MB; bare window {figures['bare memory']:.0f} MB",
        ),
    ]


class _Base:
    def __init__(self, folder: Path, people: int) -> None:
        self._home = str(folder / "home")
        self._demo = copy(folder, people)

    def start(self) -> dict[str, float]:
        return self._start(self._demo.today)

    def start_next_day(self) -> dict[str, float]:
        return self._start(self._demo.today + timedelta(days=1))

    def start_cold(self) -> dict[str, float]:
        self._touch()
        return self.start()

    def _start(self, today: date) -> dict[str, float]:
        options = replace(self._demo, today=today).options
        return marks(_OURS, *options, CONNEXION_DESKTOP_HOME=self._home)

    def _touch(self) -> None:
        """Save something and go without a word."""
        from uuid import uuid4

        from connexion_desktop.data.database import Database
        from connexion_desktop.data.models import Setting
        from connexion_desktop.domain.acts import Act
        from connexion_desktop.domain.keys import RawKey

        database = Database.open(self._demo.path, RawKey.from_hex(self._demo.key_file.read_text()))
        with database.write(Act("bench", "Mesure", uuid4())) as session:
            session.add(Setting(key=f"bench.{uuid4()}", value=1))
        database.close()
