"""The activities of a group: what it is offered, who chose what, what is still to be signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout

from connexion_desktop import usecases
from connexion_desktop.domain.activities import Activities, Chooser, Offer
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.giving import copy_list
from connexion_desktop.ui.pages.programme.activities.acts import ActivityActs
from connexion_desktop.ui.pages.programme.activities.cards import OfferCards
from connexion_desktop.ui.pages.programme.activities.choosing import Choosing
from connexion_desktop.ui.pages.programme.activities.nothing import say_nothing
from connexion_desktop.ui.pages.programme.activities.outcomes import Outcomes
from connexion_desktop.ui.pages.programme.activities.people_table import PeopleTable
from connexion_desktop.ui.pages.programme.pane import AskingPane
from connexion_desktop.ui.widgets.conflict_line import ConflictLine, told
from connexion_desktop.ui.widgets.empty import Empty
from connexion_desktop.ui.widgets.labels import button, label

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.activities.signing import SigningStrip
    from connexion_desktop.ui.pages.programme.activities.strips import AllergiesStrip, OfferStrip
    from connexion_desktop.ui.pages.programme.page import ProgrammePage

_CHOICE = "choisit · 0 aucune"
_PAPERS = (
    "Espace : signé aujourd’hui, avec Maj un autre jour · R : accord retiré · P : papier à signer"
)


class ActivitiesPane(AskingPane):
    """See the module. Where there is little room it scrolls whole."""

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__(page)
        self._cohort_id: UUID | None = None
        self._wants_keyboard = False
        self.conflict: ConflictLine | None = None
        self.choosing = Choosing(self, page.desk, self._show, self._refused)
        self.outcomes = Outcomes(page.desk, self)
        self.cards = OfferCards(self.outcomes)
        self.told = label("", "muted")
        self.offer_button = button("Proposer une activité…", icon="add-line")
        self.table = PeopleTable()
        self.keys = label("", "small", wrap=True)
        self.empty = Empty()
        self._build()
        self.acts = ActivityActs(self)
        self._listen()

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.told)
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.offer_button)
        self._column = self.scrolled("Activités")
        self._column.addWidget(self.cards)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.empty, 1)
        self._column.addLayout(foot)
        for part in (self.offer_button, self.cards, self.table, self.keys, self.empty):
            part.hide()

    def _listen(self) -> None:
        acts, table = self.acts, self.table
        self.offer_button.clicked.connect(acts.propose.trigger)
        self.cards.list_wanted.connect(acts.print_list)
        self.cards.menu_wanted.connect(acts.show_offer_menu)
        table.chosen.connect(self.choose)
        for asked, act in (
            (table.signed, acts.sign),
            (table.dated, acts.sign_another_day),
            (table.revoked, acts.revoke),
            (table.printed, acts.print),
        ):
            asked.connect(lambda act=act: self._with_current(act))
        table.walked.connect(lambda: self.follow(table))
        table.opened.connect(self.open_person)
        table.menu_wanted.connect(self._show_menu)
        table.copied.connect(self._copy)

    @cached_property
    def offering(self) -> OfferStrip:
        """The strip for one more activity."""
        from connexion_desktop.ui.pages.programme.activities.strips import OfferStrip

        return self.put_strip(OfferStrip(self.page.desk))

    @cached_property
    def signing(self) -> SigningStrip:
        """The strip for what was signed another day."""
        from connexion_desktop.ui.pages.programme.activities.signing import SigningStrip

        return self.put_strip(SigningStrip(self.page.desk))

    @cached_property
    def telling(self) -> AllergiesStrip:
        """The strip for the allergies of somebody."""
        from connexion_desktop.ui.pages.programme.activities.strips import AllergiesStrip

        return self.put_strip(AllergiesStrip(self.page.desk))

    # What is shown

    @property
    def shown(self) -> Activities | None:
        """What is known, with what was chosen since."""
        return self.choosing.shown

    def show_group(self, cohort_id: UUID, day: date | None) -> None:
        """Show the activities of a group."""
        if cohort_id != self._cohort_id:
            self.left.emit()
            self.choosing.forget()
            self._leave_conflict()
            self.outcomes.begin()
            self.cards.clear()
            self._cohort_id = cohort_id
        self.refresh()

    def refresh(self) -> None:
        """Read them again."""
        if self._cohort_id is not None:
            self.choosing.read(self._cohort_id)

    def flush(self) -> None:
        """Save what is being typed."""
        self.outcomes.flush()

    def take_focus(self) -> None:
        """Put the keyboard on the participants, as soon as they are shown."""
        self._wants_keyboard = self.table.isHidden()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, shown: Activities) -> None:
        if shown.cohort is None or shown.cohort.id != self._cohort_id:
            return
        self.told.setText(shown.told)
        may_offer = shown.may_manage and bool(shown.others)
        self.acts.propose.setVisible(may_offer)
        self.offer_button.setVisible(may_offer and bool(shown.offers))
        self.cards.show_offers(shown)
        self.outcomes.show(shown.cohort, shown.offers, may_write=shown.may_manage)
        self.cards.setVisible(bool(shown.offers))
        self.table.show_people(shown)
        is_empty = say_nothing(self.page.desk, self.empty, shown, self.acts.propose)
        for part in (self.table, self.keys):
            part.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        self.keys.setText(_keys(shown))
        if self._wants_keyboard and not is_empty:
            self.take_focus()

    # What the user asks

    def choose(self, rank: int) -> None:
        """Whoever has the keyboard chooses the activity of that rank; none with 0."""
        shown, who = self.shown, self.table.who()
        if shown is None or who is None:
            return
        if not shown.confides:
            self.page.desk.tell("Le choix de chacun est noté par qui suit le groupe.")
        elif rank > len(shown.offers):
            self.page.desk.tell(f"Aucune activité n’a le numéro {rank}.")
        else:
            activity = shown.offers[rank - 1].code if rank else ""
            if activity != who.who.activity:
                self._settle()
                self.choosing.choose(who, activity)

    def ask_offer(self, offer: Offer | None = None) -> None:
        """Offer one more activity, or have one held by another partner."""
        if self.shown is not None and self.shown.may_manage:
            self.offering.ask(self.shown, offer)

    def ask_allergies(self, who: Chooser) -> None:
        """Have the allergies of somebody told; not if the tab was left meanwhile."""

        def ask(known: str) -> None:
            if self.is_in_front():
                self.telling.ask(who, known)

        self.page.desk.jobs.read(
            self,
            lambda session: usecases.activities.allergies_of(session, who.who.person_id),
            ask,
            self.page.desk.fail,
            key="allergies",
        )

    def open_person(self, journey_id: UUID) -> None:
        """Show the page of one of them."""
        people = self.table.rows_model.rows()
        order = tuple(each.who.person_id for each in people)
        wanted = next(each.who.person_id for each in people if each.id == journey_id)
        self.page.desk.go("person", PersonTarget(wanted, order))

    def _with_current(self, act: Callable[[Chooser], object]) -> None:
        who = self.table.who()
        if who is not None:
            act(who)

    def _show_menu(self, _journey_id: UUID, point: QPoint) -> None:
        who, shown = self.table.who(), self.shown
        if who is not None and shown is not None:
            self.acts.show_person_menu(who, shown, point)

    def _copy(self) -> None:
        make = self.table.sheet("Activités", alone=True)
        copy_list(self.page.desk, self.page, make, len(self.table.selected_rows()))

    def _refused(self, who: Chooser, activity: str, problem: UserError) -> None:
        """A choice was refused: what a colleague noted meanwhile is told, to choose."""
        self.refresh()
        shown = self.shown
        if not isinstance(problem, ConflictError) or shown is None:
            self.page.desk.fail(problem)
            return
        theirs = str(problem.clashes[0].theirs or "")
        self._settle()

        def keep() -> None:
            self._settle()
            self.choosing.choose(who, activity, over=theirs)

        words = told(problem, f"l’activité de {who.who.name}", shown.label_of(theirs))
        self.conflict = ConflictLine(words, who.who.name, keep, self._settle)
        self.conflict.stand(self._column, self._column.indexOf(self.table))

    def _leave_conflict(self) -> None:
        """Another group is shown: what was to be chosen is told, and is the colleague's."""
        if self.conflict is not None:
            self.page.desk.fail(
                UserError(
                    self.conflict.words.text(),
                    "Ce choix est gardé.",
                    "Revenez à ce groupe pour en faire un autre.",
                )
            )
            self._settle()

    def _settle(self) -> None:
        if self.conflict is not None:
            self.conflict.leave()
            self.conflict = None
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _keys(shown: Activities) -> str:
    """What the keys do for who asks."""
    count = len(shown.offers)
    digits = "1" if count == 1 else f"1 à {count}"
    choice = f"{digits} {_CHOICE}" if shown.confides else ""
    return " · ".join(part for part in (choice, _PAPERS if shown.may_manage else "") if part)
