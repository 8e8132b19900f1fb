"""The navigation rail: one button for each page that exists, the menu at its foot. Where it is too
low for all of them, they leave their icons and keep their words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QToolButton, QVBoxLayout

from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.page_spec import PageSpec

WIDTH = 84
_WITH_ICON = Qt.ToolButtonStyle.ToolButtonTextUnderIcon


class Rail(QFrame):
    """`chosen(name)` tells which page is wanted."""

    chosen = Signal(str)

    def __init__(self, specs: Sequence[PageSpec], menu: QMenu) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setAccessibleName("Navigation")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(2)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        for spec in specs:
            made = _rail_button(spec.title, spec.icon)
            made.setCheckable(True)
            made.setToolTip(spec.tip)
            made.clicked.connect(lambda _checked=False, name=spec.name: self.chosen.emit(name))
            self._group.addButton(made)
            self._buttons[spec.name] = made
            if not spec.at_foot:
                column.addWidget(made)
        column.addStretch(1)
        for spec in specs:
            if spec.at_foot:
                column.addWidget(self._buttons[spec.name])
        self.menu_button = _rail_button("Menu", "menu-line")
        self.menu_button.setToolTip("Tous les actes, avec leurs raccourcis (F10)")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(menu)
        column.addWidget(self.menu_button)
        theme.changed.connect(self._fit)
        self._fit()

    def buttons(self) -> dict[str, QToolButton]:
        """The button of each page, by the page's name."""
        return dict(self._buttons)

    def show_current(self, name: str) -> None:
        """Mark the page shown."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def set_ready(self, ready: bool) -> None:
        """Without an open base there is nowhere to go."""
        for made in self._buttons.values():
            made.setVisible(ready)
        self._share()

    def minimumSizeHint(self) -> QSize:
        """Never what would make the window higher than its screen."""
        return QSize(theme.px(WIDTH), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share()

    def _share(self) -> None:
        """Give the buttons their icons as far as there is room for all."""
        layout, every = self.layout(), (*self._buttons.values(), self.menu_button)
        if layout is None:
            return
        for style in (_WITH_ICON, Qt.ToolButtonStyle.ToolButtonTextOnly):
            for made in every:
                made.setToolButtonStyle(style)
            if layout.totalMinimumSize().height() <= self.height():
                return

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))
        side = theme.px(20)
        for made in (*self._buttons.values(), self.menu_button):
            made.setIconSize(QSize(side, side))
            made.setFixedWidth(theme.px(WIDTH) - 12)
        self._share()


def _rail_button(title: str, icon: str) -> QToolButton:
    made = QToolButton()
    made.setProperty("kind", "rail")
    made.setText(title)
    made.setIcon(icons.make(icon, "rail_ink", checked="rail_active_ink"))
    made.setToolButtonStyle(_WITH_ICON)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made
