"""From a click on the icon to something on the screen, beside a bare PySide6 window."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.bases import copy
from benchmarks.measure import Result, at_most, interleaved, marks

RUNS = 9
LARGE = 100_000

_BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
class Bare(QWidget):
    def paintEvent(self, event):
        print("MARK painted", time.monotonic() - started, flush=True)
        QTimer.singleShot(0, self.measure)
    def measure(self):
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
        seen: dict[str, list[float]] = {}

        def noted(name: str, start: Callable[[], dict[str, float]]) -> Callable[[], float]:
            def act() -> float:
                found = start()
                for mark, value in found.items():
                    seen.setdefault(f"{name} {mark}", []).append(value)
                return 0.0

            return act

        interleaved(
            (
                noted("bare", lambda: marks(_BARE)),
                noted("small", small.start),
                noted("large", large.start),
                noted("cold", small.start_cold),
            ),
            RUNS,
        )
    return _results({name: _median(values[1:]) for name, values in seen.items()})


def _results(figures: dict[str, float]) -> list[Result]:
    bare, shell = figures["bare painted"], figures["small shell"]
    group, large, cold = figures["small group"], figures["large group"], figures["cold group"]
    told = f"bare window {bare * 1000:.0f} ms; medians of {RUNS} processes started in turns"
    return [
        at_most("start-shell", shell / bare, "×", 1.5, f"shell {shell * 1000:.0f} ms; {told}"),
        at_most(
            "start-group",
            group / bare,
            "×",
            3.5,
            f"the group's rows painted, from the picture kept in the base since nothing changed: "
            f"{group * 1000:.0f} ms; {told}",
        ),
        at_most(
            "start-group-cold",
            cold / bare,
            "×",
            3.5,
            f"the same when something was saved since, so that the rows are read again through "
            f"SQLAlchemy: {cold * 1000:.0f} ms; {told}",
        ),
        at_most(
            "start-group-large",
            large / group,
            "×",
            1.1,
            f"{LARGE} people {large * 1000:.0f} ms; the small base {group * 1000:.0f} ms",
        ),
        at_most(
            "memory",
            figures["small memory"] / figures["bare memory"],
            "×",
            2,
            f"resident with the group painted and the base open {figures['small memory']:.0f} MB; "
            f"bare window {figures['bare memory']:.0f} MB",
        ),
    ]


def _median(values: list[float]) -> float:
    import statistics

    return statistics.median(values)


class _Base:
    def __init__(self, folder: Path, people: int) -> None:
        self._home = str(folder / "home")
        self._demo = copy(folder, people)

    def start(self) -> dict[str, float]:
        return marks(_OURS, *self._demo.options, CONNEXION_DESKTOP_HOME=self._home)

    def start_cold(self) -> dict[str, float]:
        self._touch()
        return self.start()

    def _touch(self) -> None:
        """Save something, as a colleague's last act of the day does."""
        from uuid import uuid4

        from connexion_desktop.data.database import Database
        from connexion_desktop.data.models import Setting
        from connexion_desktop.domain.acts import Act
        from connexion_desktop.domain.keys import RawKey

        database = Database.open(self._demo.path, RawKey.from_hex(self._demo.key_file.read_text()))
        with database.write(Act("bench", "Mesure", uuid4())) as session:
            session.add(Setting(key=f"bench.{uuid4()}", value=1))
        database.close()
