"""Acts with legal effect, confirmed in place: what they do, why, yes or no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.placement import Party, signature_problem
from connexion_desktop.domain.placement_file import PlacementForm, SignatureRow, SignPlacement
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.kit import Section
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.told_line import ToldLine


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before an act; `reason` names the text that must be written, if any."""

    text: str
    verb: str
    reason: str = ""
    danger: bool = False


class Confirm(QFrame):
    """A question in place. Enter says yes, Escape no."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question = Question("", "")
        self._then: Callable[[str], object] | None = None
        self._before: QWidget | None = None
        self.words = label("", wrap=True)
        self.reason = QLineEdit()
        self.yes = button("", "primary")
        self.no = button("Retour", "link")
        self.yes.clicked.connect(self._accept)
        self.no.clicked.connect(self.close_question)
        self.reason.textChanged.connect(self._fit)
        for each in (self.reason, self.yes, self.no):
            each.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.addWidget(self.yes)
        row.addWidget(self.no)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def ask(self, question: Question, then: Callable[[str], object]) -> None:
        """Ask; `then` is called with the reason once the answer is yes."""
        self._question, self._then = question, then
        self.words.setText(question.text)
        self.setAccessibleName(question.text)
        self.yes.setText(question.verb)
        self.reason.clear()
        self.reason.setPlaceholderText(question.reason)
        self.reason.setAccessibleName(question.reason)
        self.reason.setVisible(bool(question.reason))
        self._fit()
        self._before = self.window().focusWidget()
        self.show()
        (self.reason if question.reason else self.yes).setFocus(Qt.FocusReason.TabFocusReason)
        announce(self)

    def close_question(self) -> None:
        """Ask nothing any more; the cursor goes back to where it was."""
        if self.isHidden():
            return
        focus = self.window().focusWidget()
        if focus is not None and self.isAncestorOf(focus) and self._before is not None:
            self._before.setFocus()
        self.hide()
        self._then = self._before = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_question()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                (self.close_question if watched is self.no else self._accept)()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        danger = self._question.danger
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.red if danger else tokens.accent, 1))
        painter.setBrush(tokens.red_tint if danger else tokens.accent_tint)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_FIELD, theme.RADIUS_FIELD)
        painter.end()

    def _accept(self) -> None:
        then, reason = self._then, self.reason.text().strip()
        if then is None or not self.yes.isEnabled():
            return
        self.close_question()
        then(reason)

    def _fit(self) -> None:
        needed = bool(self._question.reason)
        self.yes.setEnabled(not needed or bool(self.reason.text().strip()))


class SignaturesSection(Section):
    """Who signed the version in force, and when: each box is saved as it is ticked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Signatures")
        self._desk = desk
        self._form: PlacementForm | None = None
        self._shown: tuple[object, ...] = ()
        self.boxes: dict[Party, QCheckBox] = {}
        self.days: dict[Party, DateField] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.add(self.problem)
        self.confirm = Confirm()
        self.confirm.closed.connect(self._show_all)
        self.add(self.confirm)

    def show_form(self, form: PlacementForm) -> None:
        """Show the parties of a convention."""
        if self._form is not None and self._form.id != form.id:
            self.confirm.close_question()
        self._form = form
        parties = tuple((each.party, each.name) for each in form.signatures)
        told = () if form.may_sign else form.signatures
        shown = (form.id, form.edition, form.may_sign, parties, told)
        if shown != self._shown:
            self._shown = shown
            self._say("")
            self._rebuild(form)
        self._show_all()

    def _show_all(self) -> None:
        if self._form is not None and self._form.may_sign:
            for signature in self._form.signatures:
                self._show(signature)

    def _rebuild(self, form: PlacementForm) -> None:
        for place in reversed(range(self._grid.count())):
            item = self._grid.takeAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes, self.days = {}, {}
        for row, signature in enumerate(form.signatures):
            if form.may_sign:
                self._add(row, signature)
            else:
                self._tell(row, signature)

    def _tell(self, row: int, signature: SignatureRow) -> None:
        """A signature that is no longer noted here."""
        signed = signature.signed_on
        self._grid.addWidget(
            ToldLine(signature.party.label, "green" if signed else "grey"), 2 * row, 0
        )
        self._grid.addWidget(self._name(signature, theme.px(19)), 2 * row + 1, 0)
        when = long_day(signed) if signed else "n’a pas signé"
        self._grid.addWidget(label(when, "muted"), 2 * row, 1, Qt.AlignmentFlag.AlignRight)

    def _name(self, signature: SignatureRow, indent: int) -> QLabel:
        name = label(signature.name or "nom à compléter", "small")
        name.setContentsMargins(indent, 0, 0, 6)
        return name

    def _show(self, signature: SignatureRow) -> None:
        box, day = self.boxes[signature.party], self.days[signature.party]
        box.blockSignals(True)
        box.setChecked(signature.signed_on is not None)
        box.blockSignals(False)
        if day.value() is None or not day.hasFocus():
            day.show_date(signature.signed_on)
        day.setVisible(signature.signed_on is not None)

    def _add(self, row: int, signature: SignatureRow) -> None:
        party = signature.party
        box = QCheckBox(party.label)
        box.setAccessibleDescription(signature.name)
        day = DateField(self._desk.today, DatePurpose.PAST)
        day.setAccessibleName(f"Jour de la signature, {party.label}")
        day.setPlaceholderText("signée le…")
        day.setFixedWidth(theme.px(138))
        box.toggled.connect(partial(self._toggled, party))
        day.date_changed.connect(partial(self._dated, party))
        self.boxes[party], self.days[party] = box, day
        self._grid.addWidget(box, 2 * row, 0, Qt.AlignmentFlag.AlignBottom)
        self._grid.addWidget(self._name(signature, theme.px(16) + 10), 2 * row + 1, 0)
        self._grid.addWidget(day, 2 * row, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _toggled(self, party: Party, checked: bool) -> None:
        self._say("")
        if checked and self._closes_revision(party):
            self.confirm.ask(
                Question(
                    "C’est la dernière signature : elle vaut pour la version émise, et la "
                    "modification en cours sera abandonnée.",
                    "Noter la signature",
                ),
                lambda _reason: self._sign(party, self._desk.today()),
            )
        else:
            self._sign(party, self._desk.today() if checked else None)

    def _closes_revision(self, party: Party) -> bool:
        form = self._form
        missing = [each.party for each in form.signatures if each.signed_on is None] if form else []
        return form is not None and form.revising and missing == [party]

    def _dated(self, party: Party, _value: object) -> None:
        found = self.days[party].value()
        if found is None:
            return
        reason = signature_problem(found.day, self._desk.today())
        self._say(reason)
        if not reason:
            self._sign(party, found.day)

    def _sign(self, party: Party, day: date | None) -> None:
        form = self._form
        if form is None:
            return
        command = SignPlacement(form.id, party, day, self._desk.today())
        self._desk.jobs.write(
            self,
            lambda session: usecases.placements.sign(session, command),
            self._signed,
            self._refused,
            label=f"Signature de {form.number}",
        )

    def _signed(self, closed_revision: bool) -> None:
        if closed_revision:
            self._desk.tell("Tout le monde a signé : la modification est abandonnée")

    def _refused(self, problem: UserError) -> None:
        self._desk.fail(problem)
        self._show_all()

    def _say(self, reason: str) -> None:
        self.problem.setText(reason)
        self.problem.setVisible(bool(reason))
