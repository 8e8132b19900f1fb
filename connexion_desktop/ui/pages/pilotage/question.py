"""What is asked: a period, a site, a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from connexion_desktop.domain.activity_report import Question
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.period import Period, usual_periods, year_of
from connexion_desktop.domain.typography import capitalised
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.flow_layout import FlowLayout
from connexion_desktop.ui.widgets.labels import button, label

_DATE, _SCOPE = 132, 190


class QuestionBar(QWidget):
    """`asked()` as soon as something else is."""

    asked = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._period = year_of(today())
        self.usual = button("", "menu", icon="calendar-2-line", tip="Choisir une période")
        self.first, self.last = DateField(today), DateField(today)
        self.first.setAccessibleName("Du")
        self.last.setAccessibleName("Au")
        self.site, self.group = Combo(), Combo()
        self.site.setAccessibleName("Site")
        self.group.setAccessibleName("Groupe")
        self._fill(self.site, "Tous les sites", ())
        self._fill(self.group, "Tous les groupes", ())
        self._layout = FlowLayout(self, theme.SPACE)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        first, last = _called("du", self.first), _called("au", self.last)
        for widget in (self.usual, first, last, self.site, self.group):
            self._layout.addWidget(widget)
        self._menu = QMenu(self.usual)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._fill_menu()
        self.usual.setMenu(self._menu)
        for field in (self.first, self.last):
            field.date_changed.connect(lambda _date: self._take_dates())
        for combo in (self.site, self.group):
            combo.activated.connect(lambda _place: self.asked.emit())
        theme.changed.connect(self._fit)
        self._fit()
        self._show()

    def question(self) -> Question:
        """What is asked now."""
        return Question(
            self._period, self._today(), self.site.currentData(), self.group.currentData()
        )

    def put_period(self, period: Period) -> None:
        """Ask about another period."""
        self._period = period
        self._show()
        self.asked.emit()

    def _fill_menu(self) -> None:
        """The usual periods are those of the day it is."""
        self._menu.clear()
        for words, period in usual_periods(self._today()):
            self._menu.addAction(words, partial(self.put_period, period))

    def show_question(self, question: Question) -> None:
        """Show what the figures seen answer."""
        self._period = question.period
        self._show()
        _choose(self.site, question.site)
        _choose(self.group, question.cohort)

    def offer(self, sites: Sequence[tuple[UUID, str]], groups: Sequence[tuple[UUID, str]]) -> None:
        """Offer these sites and groups; the choice made stays, unless what it named is gone: then
        all is asked."""
        before = self.question()
        self._fill(self.site, "Tous les sites", sites)
        self._fill(self.group, "Tous les groupes", groups)
        if self.question() != before:
            self.asked.emit()

    def _fill(self, combo: Combo, every: str, known: Sequence[tuple[UUID, str]]) -> None:
        chosen = combo.currentData()
        combo.clear()
        combo.addItem(every, None)
        for each, name in known:
            combo.addItem(name, each)
        _choose(combo, chosen)

    def _take_dates(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            self._show()
            return
        self._period = Period(first.day, last.day)
        self._show()
        self.asked.emit()

    def _show(self) -> None:
        self.usual.setText(capitalised(self._named()))
        self.first.show_date(ImpreciseDate(self._period.first))
        self.last.show_date(ImpreciseDate(self._period.last))

    def _named(self) -> str:
        text = self._period.text
        return "autre période" if text.startswith(("du ", "le ")) else text

    def _fit(self) -> None:
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(_DATE))
        for combo in (self.site, self.group):
            combo.setFixedWidth(theme.px(_SCOPE))


def _choose(combo: Combo, wanted: UUID | None) -> None:
    """Not by `findData`, which knows no UUID but the very object it was given."""
    ranks = (rank for rank in range(combo.count()) if combo.itemData(rank) == wanted)
    combo.setCurrentIndex(next(ranks, 0))


def _called(words: str, field: DateField) -> QWidget:
    """A field with its words, never on two lines."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE)
    row.addWidget(label(words, "muted"))
    row.addWidget(field)
    return holder
