"""What stands around a list: its counters and the field that finds above, other things where they
have their place, and how they share the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from connexion_desktop.ui import theme

if TYPE_CHECKING:
    from connexion_desktop.ui.widgets.counters import Counters
    from connexion_desktop.ui.widgets.entry_strip import EntryStrip
    from connexion_desktop.ui.widgets.search_field import SearchField

_SEARCH = 230
_TWO_PANES = 900
"""From which width something stands beside the list, in logical pixels."""
_LIST_SHARE, _BESIDE_SHARE = 3, 2


class ListFrame(QWidget):
    """`body` is what stands in the middle: the list, or what is said when it is empty. `head`, with
    the counters, the field and the button for one more, is shown once there is what to find."""

    def __init__(
        self, counters: Counters, search: SearchField, new: QPushButton, body: QWidget
    ) -> None:
        super().__init__()
        self._counters, self._search, self._new, self._body = counters, search, new, body
        self._strips: list[EntryStrip] = []
        self._beside: QWidget | None = None
        new.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._build()
        theme.changed.connect(self.fit)
        self.fit()

    def _build(self) -> None:
        self.head = QWidget()
        self._head_column = QVBoxLayout(self.head)
        self._head_column.setContentsMargins(0, 0, 0, 0)
        self._head_column.setSpacing(theme.SPACE)
        self._head_row = QHBoxLayout()
        self._head_row.setSpacing(theme.SPACE)
        self._head_column.addLayout(self._head_row)
        self._head_row.addWidget(self._counters, 1)
        for widget in (self._search, self._new):
            self._head_row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        self._column.setSpacing(theme.GAP)
        self._column.addWidget(self.head)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.GAP)
        self._row.addWidget(self._body, _LIST_SHARE)
        self._column.addLayout(self._row, 1)
        self.head.hide()

    def add_strip(self, strip: EntryStrip) -> None:
        """Have a strip stand above the list. One at a time: what is written in two could not be
        told apart."""
        strip.take_margins_away()
        self._strips.append(strip)
        strip.begun.connect(lambda: self._keep_strip(strip))
        self.add_above(strip)

    def _keep_strip(self, strip: EntryStrip) -> None:
        for other in self._strips:
            if other is not strip:
                other.hide()

    def add_above(self, widget: QWidget) -> None:
        """Have something stand above the list."""
        self._column.insertWidget(0, widget)
        theme.dress(widget)

    def add_below(self, widget: QWidget) -> None:
        """Have something stand under the list: where it comes late, no row moves."""
        self._column.addWidget(widget)
        theme.dress(widget)

    def add_beside(self, widget: QWidget) -> None:
        """Have something stand at the right of the list, not as wide; in its place where there is
        little room."""
        self._row.addWidget(widget, _BESIDE_SHARE)
        theme.dress(widget)
        self._beside = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share the room: the counters stand beside the field, or under it where room is scarce."""
        self._search.setFixedWidth(theme.px(_SEARCH))
        alone = self._beside is not None and not self._beside.isHidden()
        self._body.setVisible(not alone or self.width() >= theme.px(_TWO_PANES))
        others = self._search.width() + self._new.sizeHint().width() + 2 * theme.SPACE
        room = self.width() - 2 * theme.MARGIN - others
        beside = self._counters.natural_width() <= room
        if beside is (self._head_row.indexOf(self._counters) < 0):
            if beside:
                self._head_column.removeWidget(self._counters)
                self._head_row.insertWidget(0, self._counters, 1)
            else:
                self._head_row.removeWidget(self._counters)
                self._head_column.addWidget(self._counters)
