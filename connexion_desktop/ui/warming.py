"""What is made ready while nobody waits: modules imported ahead, Qt's types met, pages built."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib import import_module

from PySide6 import QtWidgets
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from connexion_desktop import usecases
from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui import garbage
from connexion_desktop.ui.main_window import MainWindow

BREATH = 400
"""Between two things that nobody waits for, in ms."""

_AHEAD = ("person", "placements")


def warm_up(window: MainWindow, today: date) -> None:
    """Make the first opening of another page as quick as the next ones."""
    jobs = window.jobs
    jobs.compute(window, warm_pages, lambda _none: _build_ahead(window, today), gives_way=True)
    jobs.read(window, lambda session: usecases.person_file.warm(session, today), _ignore)
    jobs.read(window, lambda session: usecases.placement_views.warm(session, today), _ignore)
    jobs.read(window, lambda session: usecases.today.load(session, today), _ignore)


def _build_ahead(window: MainWindow, today: date) -> None:
    """The pages a click away, one after a breath; then the figures, in the pool: the lane of the
    pages stays free."""
    garbage.spare_what_is_there()
    for rank, name in enumerate(_AHEAD):
        QTimer.singleShot(rank * BREATH, window, partial(window.prepare, name))
    QTimer.singleShot(len(_AHEAD) * BREATH, window, partial(_warm_figures, window, today))


def _warm_figures(window: MainWindow, today: date) -> None:
    window.jobs.maintain(
        window,
        lambda store, progress: usecases.pilotage.warm(store, today, progress),
        _ignore,
        _ignore,
        gives_way=True,
    )


def _ignore(_answer: object) -> None:
    return None


_IMPORTED = (
    "equipment",
    "groups",
    "import_page",
    "organisations",
    "people",
    "person",
    "pilotage",
    "placements",
    "programme",
    "settings",
    "today",
)


def warm_pages(progress: Progress) -> None:
    """Import, off the window's thread, what the other pages need when they are first shown."""
    for rank, name in enumerate(_IMPORTED):
        progress.step(rank, len(_IMPORTED))
        import_module(f"connexion_desktop.ui.pages.{name}")


_LONG_TO_MEET = (
    "QAbstractItemView",
    "QMessageBox",
    "QWizard",
    "QFileDialog",
    "QGraphicsView",
    "QDialogButtonBox",
    "QListView",
    "QTabBar",
    "QComboBox",
    "QAbstractSpinBox",
    "QTextBrowser",
    "QColorDialog",
)
"""Half of what `meet_types` takes, so that it can be cut in slices."""


def meet_types() -> Iterator[object]:
    """The first widget that Qt hands back has PySide make a type for each kind it might be: 20 to
    30 ms, spent while the key is looked for rather than before the first page."""
    for name in _LONG_TO_MEET:
        yield getattr(QtWidgets, name)
    yield QAbstractScrollArea().viewport()
    yield QApplication.style()


def warm_meeting(_progress: Progress) -> None:
    """Import, off the window's thread, what another start would speak to."""
    import connexion_desktop.ui.single_window  # noqa: F401
