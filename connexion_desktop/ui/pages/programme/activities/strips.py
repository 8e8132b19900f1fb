"""One more activity offered, or held by another partner; the allergies of somebody."""

from __future__ import annotations

from collections.abc import Callable
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
from connexion_desktop.domain.conflicts import ConflictError, loaded
from connexion_desktop.domain.meeting_choices import Named, Names
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.programme.activities.words import UNDO
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.naming import offers, unmeant
from connexion_desktop.ui.widgets.pick import OfferLine

_ACTIVITY, _PARTNER, _ALLERGIES = 240, 280, 420
_TEXT, _HELD_BY = "text", "partner_id"


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
        self._about: tuple[UUID, UUID | None] | None = None
        self._seen: dict[str, Any] = {}
        self._partners = Names()
        self._held_by: Named | None = None
        self.on_enter(self._save, self.partner)
        self.partner.textEdited.connect(self._propose)
        self.partner.taken.connect(self.partner.setText)

    def ask(self, shown: Activities, offer: Offer | None = None) -> None:
        """Offer one more activity; or have one that is offered held by another partner. What was
        typed for the same, and not saved, is still there."""
        if shown.cohort is None or self.still_saves():
            return
        about = shown.cohort.id, offer.id if offer is not None else None
        chosen = self.activity.currentData()
        self.activity.clear()
        choices = shown.others if offer is None else ((offer.code, offer.label),)
        for code, words in choices:
            self.activity.addItem(words, code)
        self.activity.setCurrentIndex(max(self.activity.findData(chosen), 0))
        if about != self._about:
            self._about, self._held_by = about, None
            if offer is not None and offer.partner_id is not None:
                self._held_by = Named(offer.partner_id, offer.partner)
            self._seen = {_HELD_BY: offer.partner_id if offer is not None else None}
            self._partners = self._partners.with_own(self._held_by)
            self.partner.setText(self._held_text())
            self.say("")
        self.heading.setText("Activité proposée" if offer is None else f"{offer.label}, avec")
        self.act_button.setText("Proposer" if offer is None else "Enregistrer")
        self.begin()
        if offer is not None:
            self.partner.setFocus()
            self.partner.selectAll()
        self._read_partners(lambda: None)

    def _read_partners(self, then: Callable[[], object]) -> None:
        def know(partners: tuple[Named, ...]) -> None:
            is_typed = self.partner.text() != self._held_text()
            self._partners = Names(partners).with_own(self._held_by)
            if not is_typed and self.partner.text() != self._held_text():
                self.partner.setText(self._held_text())
                self.partner.selectAll()
            then()

        self._desk.jobs.read(
            self, lambda session: usecases.meeting_choices.load(session).partners, know
        )

    def _held_text(self) -> str:
        """What says who held it when it was asked."""
        return self._partners.text_of(self._held_by.id) if self._held_by is not None else ""

    def _propose(self, typed: str) -> None:
        self.partner.drop(offers(self._partners, typed))

    def _save(self) -> None:
        code, typed = self.activity.currentData(), self.partner.text().strip()
        if typed and (problem := unmeant(self._partners, typed)):
            self.say(problem)
            self.partner.setFocus()
            return
        partner_id = next(iter(self._partners.meant(typed)), None)
        if self._about is None or code is None:
            return
        cohort_id, offer_id = self._about
        command = OfferActivity(cohort_id, code, partner_id, offer_id, loaded(self._seen))
        done = "proposée" if offer_id is None else "partenaire noté"
        told = f"{self.activity.currentText()} : {done} · {UNDO}"

        def saved() -> None:
            self._about = None
            self._desk.tell(told)
            self.leave()

        self.save(
            lambda session: usecases.activities.offer(session, command),
            saved,
            label="Activité proposée" if offer_id is None else "Partenaire d’une activité",
            on_conflict=self._contest,
        )

    def _contest(self, problem: ConflictError) -> None:
        """What a colleague chose may be new in the book: it is read again first."""
        self._read_partners(
            lambda: self.contest(
                problem,
                self._seen,
                told=lambda _name, value: self._text_of(value),
                write=lambda _name, value: self.partner.setText(self._text_of(value)),
                save=self._save,
            )
        )

    def _text_of(self, partner_id: UUID | None) -> str:
        return self._partners.text_of(partner_id) if partner_id is not None else ""


class AllergiesStrip(EntryStrip):
    """What is typed there is shown nowhere else on the page. Closed, it shows nothing: what was not
    saved waits until the same person is asked about again."""

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
        self._unsaved: dict[UUID, tuple[str, str]] = {}
        self.on_enter(self._save, self.line)

    def ask(self, who: Chooser, known: str) -> None:
        """Have what is known of somebody mended."""
        self._put_by()
        typed, seen = self._unsaved.pop(who.who.person_id, (known, known))
        self._who, self._seen = who, {_TEXT: seen}
        self.heading.setText(f"Allergies de {who.who.name}")
        self.line.setText(typed)
        self.say("")
        self.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._put_by()
        self._who = None
        self.line.clear()
        self.settle_conflict()

    def _put_by(self) -> None:
        """Keep what is typed and not saved; nobody sees it meanwhile."""
        seen = self._seen.get(_TEXT, "")
        if self._who is not None and self.line.text().strip() != seen:
            self._unsaved[self._who.who.person_id] = self.line.text(), seen

    def _save(self) -> None:
        who = self._who
        if who is None:
            return
        command = TellAllergies(who.who.person_id, self.line.text(), self._seen[_TEXT])

        def saved() -> None:
            self._desk.tell(f"Allergies notées · {UNDO}")
            if self._who is who:
                self._seen[_TEXT] = command.text.strip()
                self.leave()
            elif self._unsaved.get(command.person_id, ("", ""))[0] == command.text:
                del self._unsaved[command.person_id]

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
