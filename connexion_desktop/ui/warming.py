"""What is made ready while nobody waits: modules imported ahead, Qt's types met."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6 import QtWidgets
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from connexion_desktop.domain.progress import Progress


def warm_pages(_progress: Progress) -> None:
    """Import, off the window's thread, what the other pages need when they are first shown."""
    import connexion_desktop.ui.pages.equipment
    import connexion_desktop.ui.pages.groups
    import connexion_desktop.ui.pages.import_page
    import connexion_desktop.ui.pages.people
    import connexion_desktop.ui.pages.person
    import connexion_desktop.ui.pages.pilotage
    import connexion_desktop.ui.pages.placements
    import connexion_desktop.ui.pages.settings  # noqa: F401


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
