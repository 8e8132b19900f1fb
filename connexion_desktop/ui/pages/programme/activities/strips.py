"""One more activity offered, or held by another partner; the allergies of somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtGui import QHideEvent

from connexion_desktop import usecases
from connexion_desktop.domain.activities import (
    Activities,
    Chooser,
    Offer,
    OfferActivity,
    TellAllergies,
)
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.meeting_choices import Named, Names
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.programme.naming import offers, unmeant
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.pick import OfferLine

_ACTIVITY, _PARTNER, _ALLERGIES = 240, 280, 420
_UNDO = "Ctrl+Z pour annuler"
_TEXT = "text"


class OfferStrip(EntryStrip):
    """An activity of those that are not offered yet, and who holds it, of the book."""

    def __init__(self, desk: Desk) -> None:
        self.activity = Combo()
        self.activity.setAccessibleName("Activité")
        self.partner = OfferLine()
        self.partner.setPlaceholderText("Partenaire : trois lettres, nom ou ville")
        self.partner.setAccessibleName("Partenaire")
        fields = ((self.activity, _ACTIVITY), (self.partner, _PARTNER))
        super().__init__(desk, "Activité proposée", fields, "Proposer")
        self._cohort_id: UUID | None = None
        self._partners = Names()
        self._held: Named | None = None
        self.on_enter(self._save, self.partner)
        self.partner.textEdited.connect(self._propose)
        self.partner.taken.connect(self.partner.setText)

    def ask(self, shown: Activities, offer: Offer | None = None) -> None:
        """Offer one more activity; or have one that is offered held by another partner."""
        if shown.cohort is None:
            return
        self._cohort_id = shown.cohort.id
        self.activity.clear()
        choices = shown.others if offer is None else ((offer.code, offer.label),)
        for code, words in choices:
            self.activity.addItem(words, code)
        self._held = None
        if offer is not None and offer.partner_id is not None:
            self._held = Named(offer.partner_id, offer.partner)
        self._partners = self._partners.with_own(self._held)
        self.partner.setText(self._held_text())
        self.act_button.setText("Proposer" if offer is None else "Enregistrer")
        self.say("")
        self.begin()
        if offer is not None:
            self.partner.setFocus()
            self.partner.selectAll()
        self._desk.jobs.read(
            self, lambda session: usecases.meeting_choices.load(session).partners, self._know
        )

    def _know(self, partners: tuple[Named, ...]) -> None:
        is_typed = self.partner.text() != self._held_text()
        self._partners = Names(partners).with_own(self._held)
        if not is_typed and self.partner.text() != self._held_text():
            self.partner.setText(self._held_text())
            self.partner.selectAll()

    def _held_text(self) -> str:
        """What says who holds it now."""
        return self._partners.text_of(self._held.id) if self._held is not None else ""

    def _propose(self, typed: str) -> None:
        self.partner.drop(offers(self._partners, typed))

    def _save(self) -> None:
        code, typed = self.activity.currentData(), self.partner.text().strip()
        if typed and (problem := unmeant(self._partners, typed)):
            self.say(problem)
            self.partner.setFocus()
            return
        partner_id = next(iter(self._partners.meant(typed)), None)
        if self._cohort_id is None or code is None:
            return
        command = OfferActivity(self._cohort_id, code, partner_id)
        told = f"{self.activity.currentText()} : proposée · {_UNDO}"

        def saved() -> None:
            self._desk.tell(told)
            self.leave()

        self.save(
            lambda session: usecases.activities.offer(session, command),
            saved,
            label="Activité proposée",
        )


class AllergiesStrip(EntryStrip):
    """What is typed there is shown nowhere else on the page; closed, it holds nothing any more."""

    def __init__(self, desk: Desk) -> None:
        self.line = entry_line("Arachide, lactose…")
        super().__init__(desk, "Allergies", ((self.line, _ALLERGIES),), "Enregistrer")
        self.below.addWidget(
            label(
                "Montrées à qui anime l’activité, sur aucune liste ni aucun papier. Vide : aucune.",
                "small",
                wrap=True,
            )
        )
        self._who: Chooser | None = None
        self._seen: dict[str, Any] = {}
        self.on_enter(self._save, self.line)

    def ask(self, who: Chooser, known: str) -> None:
        """Have what is known of somebody mended."""
        self._who, self._seen = who, {_TEXT: known}
        self.heading.setText(f"Allergies de {who.who.name}")
        self.line.setText(known)
        self.say("")
        self.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._who = None
        self.line.clear()
        self.settle_conflict()

    def _save(self) -> None:
        if self._who is None:
            return
        command = TellAllergies(self._who.who.person_id, self.line.text(), self._seen[_TEXT])

        def saved() -> None:
            self._desk.tell(f"Allergies notées · {_UNDO}")
            self.leave()

        self.save(
            lambda session: usecases.activities.tell_allergies(session, command),
            saved,
            label="Allergies notées",
            on_conflict=self._contest,
        )

    def _contest(self, problem: ConflictError) -> None:
        self.contest(
            problem,
            self._seen,
            told=lambda _name, value: str(value or ""),
            write=lambda _name, value: self.line.setText(str(value or "")),
            save=self._save,
        )
