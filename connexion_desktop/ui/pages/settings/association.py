"""« Association »: what every paper says of it, and its logo."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.office import ASSOCIATION, EditRecord, Office
from connexion_desktop.domain.person_fields import FieldSpec, FieldValue
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui.history_sheet import history_act
from connexion_desktop.ui.pages.settings.logo_box import LogoBox
from connexion_desktop.ui.pages.settings.pane import ScrolledPane
from connexion_desktop.ui.pages.settings.record_fields import RecordFields
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Callable

    from connexion_desktop.usecases import Session


class AssociationPane(ScrolledPane):
    """See the module."""

    section = SettingsSection.ASSOCIATION
    icon = "community-line"
    sentence = (
        "Ce que disent les conventions et les papiers. Ceux qui sont déjà émis gardent ce qu’ils "
        "disaient ; le logo est celui du jour de l’impression."
    )

    _id: UUID | None = None

    def fill(self) -> None:
        self.fields = RecordFields(self.desk, "association", self._saving)
        self.fields.lay_out(ASSOCIATION)
        identity = Panel("Identité et signature")
        identity.add(self.fields)
        self.history_button = button("Historique…", icon="history-line", tip="Historique (Ctrl+H)")
        self.history_button.clicked.connect(self._show_history)
        identity.add(flow(self.history_button))
        self.column.addWidget(identity)
        self.logo = LogoBox(self.desk)
        self.column.addWidget(self.logo)

    def refresh(self) -> None:
        self.desk.jobs.read(
            self,
            lambda session: (usecases.office.load(session), usecases.logo.content(session)),
            self._show,
            self.desk.fail,
            key="association",
        )

    def flush(self) -> None:
        self.fields.flush()

    def record(self) -> RecordRef | None:
        """The association, once it is read."""
        return RecordRef("association", self._id) if self._id is not None else None

    def _show_history(self) -> None:
        ref = self.record()
        if ref is not None:
            self.flush()
            self.desk.jobs.after_writes(self, history_act(self.desk, self, ref))

    def take_focus(self) -> None:
        self.fields.take_focus()

    def _show(self, answer: tuple[Office, bytes]) -> None:
        office, png = answer
        self._id = office.association.id
        self.fields.show_record(office.association.id, office.association.values)
        self.logo.show_logo(png)

    def _saving(
        self, row_id: UUID, spec: FieldSpec, value: FieldValue, seen: Seen
    ) -> Callable[[Session], object]:
        command = EditRecord(row_id, spec.name, value, self.desk.today(), seen)
        return lambda session: usecases.office.edit(session, command)
