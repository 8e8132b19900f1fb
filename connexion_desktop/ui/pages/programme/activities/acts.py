"""What is done for one of the group, or for an activity: signed, taken back, printed, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.activities import (
    Activities,
    AlreadySignedError,
    Chooser,
    ConsentKind,
    GiveConsent,
    Offer,
    RevokeConsent,
    asked_by,
    partner_list,
)
from connexion_desktop.domain.agenda import AgendaOf, Whose
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.giving import Given, ask_where, print_list
from connexion_desktop.ui.pages.programme.activities.allergies import AllergiesSheet
from connexion_desktop.ui.pages.programme.activities.words import SIGNED, UNDO
from connexion_desktop.ui.widgets.tips import menu_text

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.activities.pane import ActivitiesPane

_NAMES_NOTHING = "Rien à signer pour cette activité : le menu de la personne a les autres papiers."


class ActivityActs(QObject):
    """The acts of the pane, from its keys, its cards and its menus."""

    def __init__(self, pane: ActivitiesPane) -> None:
        super().__init__(pane)
        self._pane, self._page = pane, pane.page
        self._desk = pane.page.desk
        self.propose = self._desk.actions.add(
            "activities.offer", "Proposer une activité…", "", pane.ask_offer,
            menu="Programme", owner=pane,
        )  # fmt: skip

    # For somebody

    def sign(self, who: Chooser, kind: ConsentKind | None = None) -> None:
        """They signed today: that paper, or what their activity asks and they did not sign yet."""
        wanted = kind or self._missing(who)
        if wanted is None or not self._may_write():
            return
        today = self._desk.today()
        command = GiveConsent(who.who.person_id, wanted, today)
        self._write(
            lambda session: usecases.activities.give_consent(session, command, today),
            f"{wanted.short} : signé aujourd’hui",
            SIGNED,
            self._say_if_signed,
        )

    def _say_if_signed(self, problem: UserError) -> None:
        """Space pressed twice is nothing to be warned of."""
        if isinstance(problem, AlreadySignedError):
            self._desk.tell(problem.what)
        else:
            self._desk.fail(problem)

    def sign_another_day(self, who: Chooser, kind: ConsentKind | None = None) -> None:
        """They signed, and which day is asked."""
        wanted = kind or self._missing(who)
        if wanted is not None and self._may_write():
            self._pane.signing.ask(who, wanted)

    def _missing(self, who: Chooser) -> ConsentKind | None:
        """What their activity asks and they did not sign yet; why there is nothing is said."""
        missing = who.lacks(who.who.activity)
        if not missing:
            self._desk.tell("C’est déjà signé." if asked_by(who.who.activity) else _NAMES_NOTHING)
        return missing[0] if missing else None

    def revoke(self, who: Chooser, kind: ConsentKind | None = None) -> None:
        """They took back today what they signed: that it was signed is not forgotten."""
        kinds = (kind,) if kind is not None else tuple(ConsentKind)
        found = next((valid for each in kinds if (valid := who.valid(each)) is not None), None)
        if found is None:
            self._desk.tell(f"{who.who.name} n’a rien signé qui soit à retirer.")
            return
        if not self._may_write():
            return
        command = RevokeConsent(who.who.person_id, found.kind, self._desk.today())
        self._write(
            lambda session: usecases.activities.revoke_consent(session, command),
            f"{found.kind.short} : accord retiré aujourd’hui",
            "Accord retiré",
        )

    def print(self, who: Chooser, kind: ConsentKind | None = None) -> None:
        """The paper they are to sign, seen before it is printed."""
        asked = (kind,) if kind is not None else asked_by(who.who.activity)
        if asked:
            self._page.papers.agreements([(who.id, each) for each in asked])
        else:
            self._desk.tell(_NAMES_NOTHING)

    def show_person_menu(self, who: Chooser, shown: Activities, point: QPoint) -> None:
        """All that is done for somebody."""
        menu = self._menu()
        menu.setDefaultAction(
            menu.addAction("Ouvrir sa fiche\tEntrée", partial(self._pane.open_person, who.id))
        )
        if shown.confides:
            menu.addSeparator()
            for rank, offer in enumerate(shown.offers, 1):
                act = menu.addAction(menu_text(f"{offer.label}\t{rank}"))
                act.setCheckable(True)
                act.setChecked(offer.code == who.who.activity)
                act.triggered.connect(partial(self._pane.choose, rank))
            menu.addAction("Aucune activité\t0", partial(self._pane.choose, 0))
        for kind in ConsentKind if shown.may_manage else ():
            menu.addSeparator()
            menu.addAction(f"{kind.short} : imprimer…", partial(self.print, who, kind))
            if who.valid(kind) is None:
                menu.addAction(f"{kind.short} : signé aujourd’hui", partial(self.sign, who, kind))
                menu.addAction(
                    f"{kind.short} : signé un autre jour…",
                    partial(self.sign_another_day, who, kind),
                )
            else:
                menu.addAction(f"{kind.short} : accord retiré", partial(self.revoke, who, kind))
        if shown.confides:
            menu.addSeparator()
            menu.addAction("Ses allergies…", partial(self._pane.ask_allergies, who))
        menu.popup(point)

    # For an activity

    def print_list(self, offer: Offer) -> None:
        """The list for the partner, seen before it is printed: names and nothing else."""
        if (given := self._given(offer)) is not None:
            print_list(self._desk, self._page, given)

    def show_offer_menu(self, offer: Offer, at: QWidget) -> None:
        """All that is done for an activity."""
        shown = self._pane.shown
        if shown is None:
            return
        menu = self._menu()
        if shown.names_people:
            menu.addAction("Voir la liste pour le partenaire…", partial(self.print_list, offer))
            menu.addAction("Enregistrer la liste pour le partenaire…", partial(self._keep, offer))
        if offer.partner_id is not None:
            of = AgendaOf(Whose.PARTNER, offer.partner_id)
            menu.addAction("Calendrier du partenaire…", partial(self._page.papers.ask_calendar, of))
        to_sign = shown.to_sign(offer.code)
        if shown.may_manage and to_sign:
            words = f"Papiers à signer ({len(to_sign)})…"
            menu.addAction(words, partial(self._page.papers.agreements, to_sign))
        if shown.confides:
            menu.addSeparator()
            menu.addAction("Allergies, pour qui anime…", partial(self.show_allergies, offer))
        if shown.may_manage:
            menu.addSeparator()
            menu.addAction("Changer de partenaire…", partial(self._pane.ask_offer, offer))
            menu.addAction("Ne plus proposer", partial(self._withdraw, offer))
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

    def _given(self, offer: Offer) -> Given | None:
        shown = self._pane.shown
        if shown is None:
            return None
        sheet = partner_list(shown, offer)
        return Given(lambda: sheet, sheet.title, offer.told, f"Liste {offer.label}")

    def _keep(self, offer: Offer) -> None:
        if (given := self._given(offer)) is not None:
            ask_where(self._desk, self._page, given)

    def show_allergies(self, offer: Offer) -> None:
        """Show the allergies of whoever chose an activity to who leads it."""
        shown = self._pane.shown
        if shown is None or shown.cohort is None:
            return
        cohort_id, today = shown.cohort.id, self._desk.today()

        def show(found: tuple[tuple[str, str], ...]) -> None:
            if self._pane.is_in_front():
                AllergiesSheet(self._pane, offer.label, found).open_beside()

        self._desk.jobs.read(
            self._pane,
            lambda session: usecases.activities.allergies(session, cohort_id, offer.code, today),
            show,
            self._desk.fail,
        )

    def _withdraw(self, offer: Offer) -> None:
        if not self._may_write():
            return
        self._write(
            lambda session: usecases.activities.withdraw(session, offer.id),
            f"{offer.label} : n’est plus proposée",
            "Activité retirée",
        )

    def _may_write(self) -> bool:
        """Whether who is here writes; why not is said."""
        shown = self._pane.shown
        if shown is None:
            self._desk.tell("Les activités se chargent : recommencez dans un instant.")
        elif not shown.may_manage:
            self._desk.tell("Les activités de ce groupe se lisent ici ; qui le suit les change.")
        return shown is not None and shown.may_manage

    def _write(
        self,
        act: Callable[[usecases.Session], None],
        done: str,
        words: str,
        refused: Callable[[UserError], object] | None = None,
    ) -> None:
        """`words` say it in the journal: they name nobody."""
        self._desk.jobs.write(
            self._pane,
            act,
            lambda _none: self._desk.tell(f"{done} · {UNDO}"),
            refused or self._desk.fail,
            label=words,
        )

    def _menu(self) -> QMenu:
        menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu
