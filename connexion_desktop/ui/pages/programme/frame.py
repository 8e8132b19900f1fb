"""How the page of a programme shares its room: strips above, tabs, then what a tab shows and one
séance beside it, or in its place where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabBar, QVBoxLayout, QWidget

from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.entry_strip import EntryStrip

_TWO_PANES, _BESIDE = 820, 400
"""From which width a séance stands beside the week, and how wide it is then, in logical pixels."""


class ProgrammeFrame(QWidget):
    """`buttons` stand at the right of the tabs."""

    def __init__(self, tabs: QTabBar, buttons: tuple[QPushButton, ...], body: QWidget) -> None:
        super().__init__()
        self._body = body
        self._beside: QWidget | None = None
        self._strips: list[EntryStrip] = []
        self._buttons = tuple((each, each.text()) for each in buttons)
        self._tabs = tabs
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(tabs)
        row.addStretch(1)
        for each in buttons:
            row.addWidget(each)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        self._column.setSpacing(theme.GAP)
        self._column.addWidget(self.head)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.GAP)
        self._row.addWidget(body, 1)
        self._column.addLayout(self._row, 1)
        theme.changed.connect(self.fit)

    def add_strip(self, strip: EntryStrip) -> None:
        """Have a strip stand above the tabs; one at a time."""
        strip.take_margins_away()
        self._strips.append(strip)
        strip.begun.connect(lambda: self._keep(strip))
        self._column.insertWidget(0, strip)
        theme.dress(strip)

    def put_beside(self, widget: QWidget) -> None:
        """Have something stand at the right; it is shown and hidden with `show_beside`."""
        self._beside = widget
        widget.hide()
        self._row.addWidget(widget)
        theme.dress(widget)
        self.fit()

    def show_beside(self, *, wanted: bool) -> None:
        """Show what stands beside, or hide it."""
        if self._beside is not None:
            self._beside.setVisible(wanted)
            self.fit()

    def fit(self) -> None:
        """Share the room again."""
        narrow = self.width() < theme.px(_TWO_PANES)
        shown = self._beside is not None and not self._beside.isHidden()
        self._body.setVisible(not (narrow and shown) and not self._is_crowded())
        if self._beside is not None:
            self._beside.setMinimumWidth(0 if narrow else theme.px(_BESIDE))
            self._beside.setMaximumWidth(16_777_215 if narrow else theme.px(_BESIDE))
        self._name_buttons()

    def _is_crowded(self) -> bool:
        """Whether a strip leaves what a tab shows less room than it needs: the strip is alone then,
        until it is closed."""
        strip = next((each for each in self._strips if not each.isHidden()), None)
        if strip is None:
            return False
        width = self.width() - 2 * theme.MARGIN
        wanted = strip.heightForWidth(width) if strip.hasHeightForWidth() else 0
        taken = max(wanted, strip.sizeHint().height()) + self.head.sizeHint().height()
        room = self.height() - taken - 4 * theme.GAP
        return room < self._body.minimumSizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def _name_buttons(self) -> None:
        """The buttons have their words, or their icons alone where the tabs need the room."""
        metrics = self.fontMetrics()
        wide = sum(metrics.horizontalAdvance(words) + theme.px(64) for _, words in self._buttons)
        room = self.width() - 2 * theme.MARGIN - self._tabs.sizeHint().width()
        for each, words in self._buttons:
            each.setText(words if wide <= room else "")
            each.setAccessibleName(words)

    def _keep(self, strip: EntryStrip) -> None:
        for other in self._strips:
            if other is not strip:
                other.hide()
