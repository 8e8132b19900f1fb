"""The papers of a loan, beside the list of the computers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.loan_paper import LoanPaper, LoanPaperKind
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.paper_pane import PaperPane
from connexion_desktop.ui.widgets.labels import button


class LoanPapers(PaperPane):
    """The agreement is numbered when it is first asked for. Escape closes it: `closed()`."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked: tuple[UUID, LoanPaperKind] | None = None
        self.close_button = button("", "ghost", icon="close-line", tip="Fermer l’aperçu (Échap)")
        self.close_button.clicked.connect(self.leave)
        self.corner.addWidget(self.close_button)
        self.hide()

    def ask(
        self, loan_id: UUID, kind: LoanPaperKind, then: Callable[[], object] | None = None
    ) -> None:
        """Show a paper of a loan; `then` is done once it is there."""
        self._asked = (loan_id, kind)
        self._read(partial(self._take, loan_id, then), self._desk.fail)

    def follow(self) -> None:
        """Show the paper as it is now; close it if its loan or its number were undone."""
        self._read(self._follow, lambda _problem: self.leave())

    def leave(self) -> None:
        """Close it."""
        self._asked = None
        self.clear()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _read(
        self, show: Callable[[LoanPaper], object], refuse: Callable[[UserError], object]
    ) -> None:
        if self._asked is None:
            return
        loan_id, kind = self._asked
        today = self._desk.today()
        self._desk.jobs.read(
            self,
            lambda session: usecases.loan_papers.paper(session, loan_id, kind, today),
            show,
            refuse,
            key="paper",
        )

    def _take(self, loan_id: UUID, then: Callable[[], object] | None, paper: LoanPaper) -> None:
        if not paper.is_to_be_made:
            self._show_loan(then, paper)
            return
        today = self._desk.today()
        self._desk.jobs.write(
            self,
            lambda session: usecases.loan_papers.make_agreement(session, loan_id, today),
            partial(self._show_made, then),
            self._desk.fail,
            label="Convention de prêt",
        )

    def _show_made(self, then: Callable[[], object] | None, paper: LoanPaper) -> None:
        self._desk.tell(f"Convention {paper.number} faite · Ctrl+Z pour annuler")
        self._show_loan(then, paper)

    def _show_loan(self, then: Callable[[], object] | None, paper: LoanPaper) -> None:
        self.show()
        self.show_paper(paper, paper.kind.label)
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if then is not None:
            then()

    def _follow(self, paper: LoanPaper) -> None:
        if paper.is_to_be_made:
            self.leave()
        else:
            self.show_paper(paper, paper.kind.label)
