"""The top of one immersion: who, where its convention is, its main act and the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy

from connexion_desktop.domain.placement_file import PlacementForm
from connexion_desktop.ui.pages.placements.acts import Confirm
from connexion_desktop.ui.pages.placements.checklist import Checklist
from connexion_desktop.ui.pages.placements.queue import state_tint
from connexion_desktop.ui.widgets.badge import Badge
from connexion_desktop.ui.widgets.elided import Elided
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.told_line import ToldLine

Act = tuple[str, Callable[[], object]]


class Head(Panel):
    """`acts` holds the buttons, the main one last; `notice` one sentence on where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.name = Elided("title")
        self.badge = Badge()
        self.number = Elided("small")
        self.acts = QHBoxLayout()
        self.acts.setSpacing(6)
        self.more = button("", "ghost", icon="more-line", tip="Autres actes")
        self._menu = QMenu(self)
        self.more.setMenu(self._menu)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.name, 1)
        first.addLayout(self.acts)
        first.addWidget(self.more)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.badge)
        second.addWidget(self.number, 1)
        self.body.addLayout(first)
        self.body.addLayout(second)
        self.checklist = Checklist()
        self.notice = ToldLine()
        self.confirm = Confirm()
        self.add(self.checklist)
        self.add(self.notice)
        self.add(self.confirm)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_form(self, form: PlacementForm) -> None:
        """Show the person, the number and the state."""
        self.name.say(form.person)
        word, tint = state_tint(form.state, revising=form.revising)
        self.badge.show_badge(word, tint)
        version = f"version {form.edition}" if form.edition > 1 else ""
        drafted = f"version {form.edition + 1} en préparation" if form.revising else version
        self.number.say(" · ".join(part for part in (form.number, drafted) if part))

    def offer(self, acts: Sequence[Act]) -> None:
        """Put these acts in the menu; no menu without any."""
        self._menu.clear()
        for title, act in acts:
            self._menu.addAction(title).triggered.connect(lambda _checked=False, do=act: do())
        self.more.setVisible(bool(acts))

    def add_act(self, made: QPushButton) -> QPushButton:
        """Put a button at the right of the name."""
        self.acts.addWidget(made)
        return made
