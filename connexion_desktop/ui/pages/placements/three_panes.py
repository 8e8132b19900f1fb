"""How the list, the form and its paper share the width of the page: side by side, or in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.panes import Panes

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.pages.placements.list_pane import ListPane
    from connexion_desktop.ui.pages.placements.middle_pane import MiddlePane
    from connexion_desktop.ui.paper_pane import PaperPane

_SIZES = "placements.panes"
_LIST, _FORM, _PREVIEW = 290, 480, 452
_LEAST_LIST, _LEAST_FORM, _LEAST_PREVIEW = 210, 400, 300
_NARROWEST_FORM = 340
"""Where there is not even that beside the list, they are shown in turn."""


class ThreePanes(Panes):
    """`settings` remembers how wide each is. `keyboard_left` when the list had the keyboard and
    gives its place to the middle, which is to take it."""

    keyboard_left = Signal()

    def __init__(
        self, settings: Settings, list_pane: ListPane, middle: MiddlePane, preview: PaperPane
    ) -> None:
        super().__init__()
        self._settings = settings
        self._list, self._middle, self._preview = list_pane, middle, preview
        self._width = 0
        self._compact = False
        self._alone = False
        self._at_list = True
        self.addWidget(list_pane)
        self._centre = QWidget()
        self.addWidget(self._centre)
        self._build_centre(QVBoxLayout(self._centre))
        self.addWidget(preview)
        for number, stretch in enumerate((0, 1, 1)):
            self.setStretchFactor(number, stretch)
        self.setSizes(self._remembered())

    def _build_centre(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(theme.GAP - Panes.WIDTH, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self._form_tab, self.paper_tab = Chip("Formulaire"), Chip("Aperçu")
        self.tabs = QWidget()
        column.addWidget(self.tabs)
        row = QHBoxLayout(self.tabs)
        row.setContentsMargins(0, 0, 0, 0)
        self.back = button(
            "Liste", "link", icon="arrow-left-line", tip="Revenir à la liste (Échap)"
        )
        self.back.clicked.connect(self.go_to_list)
        row.addWidget(self.back)
        for tab in (self._form_tab, self.paper_tab):
            tab.setAutoExclusive(True)
            tab.clicked.connect(self._arrange)
            row.addWidget(tab)
        row.addStretch(1)
        self._form_tab.setChecked(True)
        column.addWidget(self._middle, 1)
        self._narrow_preview = QVBoxLayout()
        column.addLayout(self._narrow_preview, 1)

    @property
    def is_list_alone(self) -> bool:
        """Whether the list and the form are shown in turn."""
        return self._alone

    def keep_sizes(self) -> None:
        """Remember how wide the user drew each."""
        if not self._compact and self.isVisible():
            self._settings.put(_SIZES, ",".join(str(size) for size in self.sizes()))

    def _remembered(self) -> list[int]:
        kept = self._settings.text(_SIZES).split(",")
        if len(kept) == 3 and all(size.isdigit() and int(size) for size in kept):
            return [int(size) for size in kept]
        return [theme.px(_LIST), theme.px(_FORM), theme.px(_PREVIEW)]

    # Going from one to the next

    def go_to_list(self) -> None:
        """Show the list and give it the keyboard."""
        self._at_list = True
        self._arrange()
        self._list.view.setFocus(Qt.FocusReason.TabFocusReason)

    def leave_list(self) -> None:
        """Show what is beside the list."""
        self._at_list = False
        self._arrange()

    def show_middle(self) -> None:
        """Show what is in the middle, rather than the list or the paper."""
        self._form_tab.setChecked(True)
        self.leave_list()

    def is_at(self, pane: QWidget) -> bool:
        """Whether this pane has the keyboard."""
        focus = self.window().focusWidget()
        return focus is not None and pane.isAncestorOf(focus)

    # Room

    def fit(self, width: int) -> None:
        """Arrange them in a page that is `width` wide."""
        self._width = width
        self._arrange()

    def _arrange(self) -> None:
        """Three panes; the form and its paper in turn where there is no room for both; the list in
        turn with them where there is room for one pane only."""
        room = self._width - 2 * (theme.MARGIN + theme.GAP)
        beside = room - theme.px(_LEAST_LIST)
        alone = beside < theme.px(_NARROWEST_FORM)
        if alone and not self._alone:
            self._at_list = not self.is_at(self._centre)
        self._alone = alone
        self._list.setMinimumWidth(theme.px(_LEAST_LIST))
        widest = max(0, room if alone else beside)
        self._middle.setMinimumWidth(min(theme.px(_LEAST_FORM), widest))
        self._preview.setMinimumWidth(min(theme.px(_LEAST_PREVIEW), widest))
        compact = room < theme.px(_LEAST_LIST + _LEAST_FORM + _LEAST_PREVIEW)
        if compact != self._compact:
            self._compact = compact
            if compact:
                self._narrow_preview.addWidget(self._preview)
                self.setSizes([theme.px(_LIST), self._width])
            else:
                self.addWidget(self._preview)
                self.setSizes(self._remembered())
        self._show_in_turn()
        self.tabs.setVisible(compact)
        paper = compact and self.paper_tab.isChecked()
        self._middle.setVisible(not paper)
        self._preview.setVisible(paper or not compact)

    def _show_in_turn(self) -> None:
        """The list or the form, or both; the keyboard follows to the form once it is there."""
        hidden = self._alone and not self._at_list
        if hidden and self.is_at(self._list):
            self.keyboard_left.emit()
        self.back.setVisible(self._alone)
        self._centre.setHidden(self._alone and self._at_list)
        self._list.setHidden(hidden)
