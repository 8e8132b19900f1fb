"""L'organisme prescripteur: the association itself, and the delegation by which it prescribes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.placement_file import DelegationRow, PlacementForm, SaveDelegation
from connexion_desktop.domain.placement_rules import Finding
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.fields import Fields
from connexion_desktop.ui.pages.placements.kit import Folded, Section, titled
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import separator


class DelegationEditor(QWidget):
    """The mentions of a delegation, saved together: half a delegation is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known: DelegationRow | None = None
        self.reference, self.body, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self.first = DateField(desk.today, DatePurpose.EVENT)
        self.last = DateField(desk.today, DatePurpose.EVENT)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.save_button = button("Enregistrer la délégation")
        self.save_button.clicked.connect(lambda: self.save(new=False))
        self.new_button = button("C’est une nouvelle délégation", "link")
        self.new_button.setToolTip("L’ancienne reste dans la base, avec ses dates")
        self.new_button.clicked.connect(lambda: self.save(new=True))
        for name, editor in (
            ("Référence de la délégation", self.reference),
            ("Organisme délégant", self.body),
            ("Adresse de l’organisme délégant", self.address),
            ("Début de la délégation", self.first),
            ("Fin de la délégation", self.last),
        ):
            editor.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            Columns(
                titled("Référence de la délégation", self.reference),
                titled("Organisme délégant", self.body),
                (titled("Adresse de l’organisme délégant", self.address), 2),
                titled("Valable du", self.first),
                titled("au", self.last),
            )
        )
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(self.new_button)
        row.addStretch(1)
        column.addLayout(row)

    def show_delegation(self, known: DelegationRow | None) -> None:
        """Show the delegation of the draft, unless another is being typed."""
        if known == self._known and self._known is not None:
            return
        self._known = known
        self.new_button.setVisible(known is not None)
        if known is not None:
            self.reference.setText(known.reference)
            self.body.setText(known.body_name)
            self.address.setText(known.body_address)
            for line in (self.reference, self.body, self.address):
                line.setCursorPosition(0)
            self.first.show_date(known.starts_on)
            self.last.show_date(known.ends_on)

    def save(self, *, new: bool) -> None:
        """Save what is typed, over the delegation shown or as another one."""
        self.first.settle()
        self.last.settle()
        first, last = self.first.value(), self.last.value()
        known = None if new else self._known
        command = SaveDelegation(
            known.id if known else uuid4(),
            self.reference.text(),
            self.body.text(),
            self.address.text(),
            first.day if first else None,
            last.day if last else None,
            self._desk.today(),
        )
        self._say(None)
        self._desk.jobs.write(
            self,
            lambda session: usecases.placement_prescriber.save_delegation(session, command),
            lambda _none: self._desk.tell("Délégation enregistrée"),
            self._say,
            label="Délégation de prescription",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save(new=False)
        else:
            super().keyPressEvent(event)

    def _say(self, problem: UserError | None) -> None:
        self.problem.setText(str(problem) if problem else "")
        self.problem.setVisible(problem is not None)


class PrescriberSection(Section):
    """One line when all is in order; all that a convention says of the association otherwise."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Organisme prescripteur")
        self.delegation = DelegationEditor(desk)
        self.folded = Folded("Modifier")
        self.add(self.folded)

    def add_fields(self, fields: Fields) -> None:
        """Make the fields of the association itself."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            Columns(
                (fields.line("prescriber.name", "Nom de l’association"), 2),
                (fields.line("prescriber.address", "Adresse"), 2),
                fields.line("prescriber.postal_code", "Code postal"),
                fields.line("prescriber.city", "Ville"),
                fields.line("prescriber.siret", "SIRET"),
                fields.line("prescriber.phone", "Téléphone"),
                (fields.line("prescriber.email", "Courriel"), 2),
                fields.line("prescriber.signatory_name", "Signataire"),
                fields.line("prescriber.signatory_function", "Fonction du signataire"),
            )
        )
        fields.join_towns("prescriber.postal_code", "prescriber.city")
        column.addWidget(separator())
        column.addWidget(self.delegation)
        self.folded.fill(holder)

    def needs(self, field: str) -> None:
        """Open what holds a field before the cursor goes there."""
        if field.startswith("prescriber."):
            self.folded.unfold()

    def show_findings(self, by_field: Mapping[str, Sequence[Finding]]) -> None:
        """Say what is wrong with the delegation, and with the SIRET while its field is folded."""
        folded = () if self.folded.is_open() else by_field.get("prescriber.siret", ())
        self.say_findings([*by_field.get("delegations", ()), *folded])

    def show_form(self, form: PlacementForm) -> None:
        """Show who prescribes a form."""
        delegation = form.prescriber.delegation
        self.delegation.show_delegation(delegation)
        known = form.prescriber.details
        told = (
            f"délégation {delegation.reference}, jusqu’au {long_day(delegation.ends_on)}"
            if delegation
            else "délégation à saisir"
        )
        address = "" if known["address"] and known["city"] else "adresse à saisir"
        signatory = "" if known["signatory_name"] else "signataire à saisir"
        self.folded.sum_up((known["name"], address, signatory, told), "small")
