"""Long work under way: where it is, and how to give it up. Shown only once it has lasted 600 ms."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from connexion_desktop.ui import theme
from connexion_desktop.ui.tickets import Job
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.labels import button, label

PATIENCE = 600
"""How long the user waits without being told, in ms."""


class ProgressLine(QFrame):
    """Follows one job at a time; hidden the rest of the time."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "status")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, 4, theme.MARGIN, 4)
        self.what = label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Avancement")
        self.cancel = button("Interrompre", "link")
        row.addWidget(self.what)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self._job: Job | None = None
        self._title = ""
        self._patience = once_after(PATIENCE, self.show, self)
        self.cancel.clicked.connect(self._give_up)
        self.hide()

    def watch(self, job: Job, title: str, *, can_cancel: bool = True) -> None:
        """Follow a job from now on; `title` says what is being done (« Sauvegarde »)."""
        self._job = job
        self._title = title
        self.what.setText(title)
        self.bar.setRange(0, 0)
        self.cancel.setVisible(can_cancel)
        self.cancel.setEnabled(True)
        job.progressed.connect(self._show_step)
        job.finished.connect(self._end)
        self._patience.start()

    def is_waiting(self) -> bool:
        """Whether a job is followed that has not lasted long enough to be shown."""
        return self._patience.isActive()

    def _show_step(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.what.setText(f"{self._title} : {text}" if text else self._title)

    def _give_up(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)

    def _end(self) -> None:
        if self.sender() is not self._job:
            return
        self._patience.stop()
        self._job = None
        self.hide()
