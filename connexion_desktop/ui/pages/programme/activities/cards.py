"""What a group is offered: one card for each activity, its key, its partner, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from connexion_desktop.domain.activities import Activities, Offer
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.activities.outcomes import Outcomes
from connexion_desktop.ui.widgets.elided import Elided
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.reading_order import put_in_order

if TYPE_CHECKING:
    from connexion_desktop.ui.widgets.bound_fields import TextField

_TIGHT = (12, 6, 12, 8)
_LEAST = 250
"""How wide a card is at least, in logical pixels."""


class OfferCard(Panel):
    """`list_wanted()`, the list for the partner; `menu_wanted(button)`, all the rest."""

    list_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, outcome: TextField) -> None:
        super().__init__()
        self.fit(_TIGHT)
        self.body.setSpacing(2)
        self.name, self.chosen, self.held = Elided("heading"), Elided("small"), Elided("small")
        self.outcome = outcome
        self.list = button("", "ghost", icon="printer-line", tip="Liste pour le partenaire")
        self.more = button("", "ghost", icon="more-line", tip="Autres actions")
        self.list.clicked.connect(self.list_wanted)
        self.more.clicked.connect(lambda: self.menu_wanted.emit(self.more))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.more, 0, 1)
        grid.addWidget(self.chosen, 1, 0)
        grid.addWidget(self.held, 2, 0)
        grid.addWidget(self.list, 1, 1, 2, 1)
        self.body.addLayout(grid)
        self.body.addWidget(outcome)

    def show_offer(self, shown: Activities, offer: Offer, rank: int) -> None:
        """Show an offer as it is by now, chosen with the key `rank`."""
        self.name.say(f"{rank} · {offer.label}")
        self.chosen.say(shown.chosen_told(offer))
        self.held.say(offer.sessions_told)
        self.setAccessibleName(f"{offer.label}, {self.chosen.text()}, {offer.sessions_told}")
        self.outcome.editor.setAccessibleName(f"{offer.label} : {self.outcome.title.text()}")
        for made in (self.list, self.more):
            made.setAccessibleName(f"{offer.label} : {made.toolTip()}")
        self.list.setVisible(shown.names_people)


class OfferCards(QWidget):
    """As many beside one another as there is room for. `list_wanted(Offer)`, and
    `menu_wanted(Offer, button)`."""

    list_wanted = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(self, outcomes: Outcomes) -> None:
        super().__init__()
        self._outcomes = outcomes
        self._offers: dict[UUID, Offer] = {}
        self.cards: dict[UUID, OfferCard] = {}
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.SPACE)
        theme.changed.connect(self._place)

    def clear(self) -> None:
        """Another group is shown."""
        for offer_id in tuple(self.cards):
            self._remove(offer_id)
        self._offers = {}

    def show_offers(self, shown: Activities) -> None:
        """Show what the group is offered; the keyboard and what is being typed stay."""
        is_same = tuple(self._offers) == tuple(each.id for each in shown.offers)
        self._offers = {each.id: each for each in shown.offers}
        for gone in [each for each in self.cards if each not in self._offers]:
            self._remove(gone)
            self._outcomes.drop(gone)
        for rank, offer in enumerate(shown.offers, 1):
            if offer.id not in self.cards:
                self.cards[offer.id] = self._make(offer.id)
            self.cards[offer.id].show_offer(shown, offer, rank)
        if not is_same:
            self._place()

    def _make(self, offer_id: UUID) -> OfferCard:
        card = OfferCard(self._outcomes.make(offer_id))
        card.list_wanted.connect(lambda: self.list_wanted.emit(self._offers[offer_id]))
        card.menu_wanted.connect(lambda at: self.menu_wanted.emit(self._offers[offer_id], at))
        theme.dress(card)
        return card

    def _remove(self, offer_id: UUID) -> None:
        card = self.cards.pop(offer_id)
        self._grid.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _place(self) -> None:
        room = self.width() // theme.px(_LEAST)
        columns = max(1, min(room, len(self._offers)))
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, offer_id in enumerate(self._offers):
            self._grid.addWidget(self.cards[offer_id], place // columns, place % columns)
            self.cards[offer_id].show()
        put_in_order(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
