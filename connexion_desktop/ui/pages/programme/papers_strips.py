"""What the papers ask before it is done: the month that is sent, the signature that is missing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.period import Period
from connexion_desktop.domain.presence_paper import SENT, sending_told
from connexion_desktop.domain.presences import CellKey, Slot
from connexion_desktop.domain.programme import Participant
from connexion_desktop.domain.signed_sheets import KnownSheet, TellSignature
from connexion_desktop.domain.typography import capitalised
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.entry_strip import EntryStrip
from connexion_desktop.ui.widgets.labels import label

_MONTH, _WHO, _WHEN = 200, 240, 260
_UNDO = "Ctrl+Z pour annuler"


class SendingStrip(EntryStrip):
    """The month that was sent: how many presences it locks is told first."""

    def __init__(self, desk: Desk) -> None:
        self.month = Combo()
        self.month.setAccessibleName("Mois envoyé")
        super().__init__(desk, "Mois envoyé", ((self.month, _MONTH),), "Verrouiller")
        self._cohort_id: UUID | None = None
        self.told = label("", wrap=True)
        self.below.addWidget(self.told)
        self.month.activated.connect(lambda _place: self.look())
        self.act_button.clicked.connect(self._send)

    def ask(self, cohort_id: UUID, months: Sequence[Period], chosen: Period) -> None:
        """Say what sending that month, or another, would lock."""
        if self.still_saves():
            return
        self._cohort_id = cohort_id
        self.month.clear()
        for each in months:
            self.month.addItem(capitalised(each.text), each)
        self.month.setCurrentIndex(list(months).index(chosen))
        self.begin()
        self.look()

    def look(self) -> None:
        """Say it as it is by now."""
        cohort_id, month, today = self._cohort_id, self.month.currentData(), self._desk.today()
        if self.isHidden() or cohort_id is None or not isinstance(month, Period):
            return

        def tell(count: int) -> None:
            self.say("")
            self.told.setText(sending_told(month, count))
            self.act_button.setEnabled(True)

        self.told.clear()
        self.act_button.setEnabled(False)
        self._desk.jobs.read(
            self,
            lambda session: len(usecases.presence_papers.to_send(session, cohort_id, month, today)),
            tell,
            self._refuse,
            key="sending",
        )

    def _refuse(self, problem: UserError) -> None:
        self.say(str(problem))

    def _send(self) -> None:
        cohort_id, month, today = self._cohort_id, self.month.currentData(), self._desk.today()
        if cohort_id is None or not isinstance(month, Period):
            return

        def sent() -> None:
            self._desk.tell(f"{capitalised(month.text)} : présences envoyées · {_UNDO}")
            self.leave()

        self.save(
            lambda session: usecases.presence_papers.send(session, cohort_id, month, today),
            sent,
            label=SENT,
        )


class SignatureStrip(EntryStrip):
    """Whose signature is missing on a sheet that came back, and on which half-day; it stays open
    for the next."""

    def __init__(self, desk: Desk) -> None:
        self.who, self.when = Combo(), Combo()
        self.who.setAccessibleName("Personne")
        self.when.setAccessibleName("Demi-journée")
        fields = ((self.who, _WHO), (self.when, _WHEN))
        super().__init__(desk, "Signature manquante", fields, "Noter")
        self._sheet: KnownSheet | None = None
        self._keys: tuple[CellKey, ...] = ()
        self.who.currentIndexChanged.connect(lambda _place: self._offer_slots())
        self.act_button.clicked.connect(self._save)

    def ask(self, sheet: KnownSheet, people: Sequence[Participant]) -> None:
        """Have the signatures that are not on it told."""
        if self.still_saves():
            return
        today = self._desk.today()
        self._sheet = sheet
        self._keys = tuple(key for key in sheet.to_sign(people) if key.slot.on <= today)
        signing = {key.journey_id for key in self._keys}
        self.who.clear()
        for each in people:
            if each.journey_id in signing:
                self.who.addItem(each.name, each.journey_id)
        self.heading.setText(f"{sheet.paper.number} : signature manquante")
        self.say("")
        self.begin()

    def _offer_slots(self) -> None:
        kept = self.when.currentData()
        self.when.clear()
        for key in self._keys:
            if key.journey_id == self.who.currentData():
                self.when.addItem(key.slot.told, key.slot)
        self.when.setCurrentIndex(max(self.when.findData(kept), 0))

    def _save(self) -> None:
        sheet, journey_id, slot = self._sheet, self.who.currentData(), self.when.currentData()
        if sheet is None or not isinstance(journey_id, UUID) or not isinstance(slot, Slot):
            return
        command = TellSignature(sheet.id, CellKey(journey_id, slot), is_there=False)
        told = f"{self.who.currentText()}, {slot.told} : signature manquante · {_UNDO}"

        def saved() -> None:
            self._desk.tell(told)
            self.who.setFocus()

        self.save(
            lambda session: usecases.attendance_sheets.tell_signature(session, command),
            saved,
            label=command.act,
        )
