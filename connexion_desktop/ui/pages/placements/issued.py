"""An issued convention: read, signed, withdrawn, revised; never typed in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.placement import PlacementAlert, PlacementState, numbered
from connexion_desktop.domain.placement_file import (
    EditionRow,
    PlacementForm,
    WithdrawPlacement,
)
from connexion_desktop.domain.placement_summary import SummaryPart, summary
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.acts import Question, SignaturesSection
from connexion_desktop.ui.pages.placements.head import Act, Head
from connexion_desktop.ui.pages.placements.kit import Section, beside_bar
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.labels import button, label

_LABEL = 92


class IssuedView(QWidget):
    """`edition_wanted(number, edition)` asks to see a former version; 0 for the one in force."""

    edition_wanted = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._form: PlacementForm | None = None
        self.head = Head()
        self.revise = self.head.add_act(button("Modifier", icon="edit-line"))
        self.revise.setToolTip("Préparer une nouvelle version : celle-ci reste valable d’ici là")
        self.revise.clicked.connect(self._revise)
        self.signatures = SignaturesSection(desk)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(theme.GAP)
        self.versions = Section("Versions")
        self._drawn: tuple[SummaryPart, ...] = ()
        self._editions: tuple[EditionRow, ...] = ()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.signatures)
        column.addLayout(self._sections)
        column.addWidget(self.versions)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Convention émise")
        self.area.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
        outer.addWidget(beside_bar(self.head))
        outer.addWidget(self.area, 1)

    def show_form(self, form: PlacementForm) -> None:
        """Show an issued convention."""
        if self._form is None or self._form.id != form.id:
            self.head.confirm.close_question()
            self.area.verticalScrollBar().setValue(0)
        self._form = form
        self.head.show_form(form)
        self.revise.setVisible(form.may_revise)
        acts: list[Act] = [("Ouvrir la fiche de la personne", self._open_person)]
        if form.may_be_refused:
            acts.append(("Convention refusée…", partial(self._ask_withdraw, True)))
        if form.may_be_cancelled:
            acts.append(("Annuler la convention…", partial(self._ask_withdraw, False)))
        self.head.offer(acts)
        self._tell(form)
        self.signatures.show_form(form)
        self._show_summary(form.paper)
        self._show_editions(form)

    def focus_first(self) -> None:
        """Put the cursor where there is something to do."""
        boxes = [box for box in self.signatures.boxes.values() if not box.isChecked()]
        (boxes[0] if boxes else self.area).setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, form: PlacementForm) -> None:
        missing = [each.party.label.lower() for each in form.signatures if each.signed_on is None]
        waiting = f"Il manque : {', '.join(missing)}." if missing and form.may_sign else ""
        text = waiting
        tint: badge.Tint = "grey"
        if form.state.alert is PlacementAlert.STARTED_UNSIGNED:
            text, tint = f"La période a commencé sans toutes les signatures. {waiting}", "red"
        elif form.state.alert is PlacementAlert.SIGNATURES_LATE:
            text, tint = f"La période commence bientôt. {waiting}", "amber"
        elif form.state.alert is PlacementAlert.ASSESSMENT_DUE:
            text, tint = "La période est finie : le bilan est à faire.", "amber"
        elif form.stored_state in (PlacementState.REFUSED, PlacementState.CANCELLED):
            text = f"Raison : {form.state_reason}" if form.state_reason else ""
        self.head.notice.setVisible(bool(text))
        self.head.notice.say(text, tint)

    def _show_summary(self, paper: ConventionPaper) -> None:
        parts = summary(paper)
        if parts == self._drawn:
            return
        self._drawn = parts
        _empty(self._sections)
        for part in parts:
            self._sections.addWidget(_section(part))

    def _show_editions(self, form: PlacementForm) -> None:
        self.versions.setVisible(len(form.editions) > 1 or any(e.reason for e in form.editions))
        if form.editions == self._editions:
            return
        self._editions = form.editions
        _empty(self.versions.body)
        for edition in form.editions:
            self.versions.add(self._edition_line(edition, current=edition.edition == form.edition))

    def _edition_line(self, edition: EditionRow, *, current: bool) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        day = numeric_day(edition.issued_at.date())
        grid.addWidget(
            label(f"Version {edition.edition} · {day} · {edition.issued_by}", wrap=True), 0, 0
        )
        look = button("Voir", "link", tip=f"Voir la version {edition.edition} dans l’aperçu")
        look.clicked.connect(
            partial(self.edition_wanted.emit, edition.number, 0 if current else edition.edition)
        )
        grid.addWidget(look, 0, 1, Qt.AlignmentFlag.AlignTop)
        told = [f"Change : {', '.join(change.label for change in edition.changes)}"]
        lines = told if edition.changes else []
        if edition.reason:
            lines.append(f"Émise malgré des points d’attention : {edition.reason}")
        for row, line in enumerate(lines, 1):
            grid.addWidget(label(line, "small", wrap=True), row, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        return holder

    # Acts

    def _open_person(self) -> None:
        if self._form is not None:
            self._desk.go("person", PersonTarget(self._form.person_id))

    def _revise(self) -> None:
        form = self._form
        if form is not None:
            self._desk.jobs.write(
                self,
                lambda session: usecases.placements.revise(session, form.id),
                None,
                self._desk.fail,
                label=f"Modification de {form.number}",
            )

    def _ask_withdraw(self, refused: bool) -> None:
        form = self._form
        if form is None:
            return
        question = Question(
            f"La convention {numbered(form.number)} sera notée refusée. Son numéro ne servira plus."
            if refused
            else f"La convention {numbered(form.number)} sera annulée. Son numéro ne servira plus.",
            "Noter le refus" if refused else "Annuler la convention",
            "Raison du refus" if refused else "Raison de l’annulation",
            danger=True,
        )
        self.head.confirm.ask(question, partial(self._withdraw, form, refused))

    def _withdraw(self, form: PlacementForm, refused: bool, reason: str) -> None:
        command = WithdrawPlacement(form.id, reason, self._desk.today(), refused)
        done = f"Convention {numbered(form.number)} {'refusée' if refused else 'annulée'}"
        self._desk.jobs.write(
            self,
            lambda session: usecases.placements.withdraw(session, command),
            lambda _none: self._desk.tell(done),
            self._desk.fail,
            label=done,
        )


def _section(part: SummaryPart) -> Section:
    section = Section(part.title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, theme.px(_LABEL))
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(part.lines):
        shown = label(value, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{name} : {value}")
        grid.addWidget(label(name, "small"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, row, 1)
    section.body.addLayout(grid)
    return section


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
