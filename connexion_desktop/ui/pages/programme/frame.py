"""How the page of a programme shares its room: strips above, tabs, then what a tab shows and one
séance beside it, or in its place where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.pane import Pane
from connexion_desktop.ui.widgets.entry_strip import EntryStrip

_TWO_PANES, _BESIDE = 820, 400
"""From which width a séance stands beside the week, and how wide it is then, in logical pixels."""
_A_LINE = 40
"""What a tab needs beyond its least height for a line of it to be read, in logical pixels."""


class Front(QStackedWidget):
    """What the tabs show, one at a time. It asks for the room of the one in front, however much the
    others would need."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def put(self, pane: Pane) -> None:
        """Put a pane in front: it has the keyboard if the one before had it."""
        focus = self.window().focusWidget()
        had = focus is not None and self.isAncestorOf(focus)
        is_other = self.currentWidget() is not pane
        self.setCurrentWidget(pane)
        if had and is_other:
            pane.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to what is in front."""
        front = self.currentWidget()
        if isinstance(front, Pane):
            front.take_focus()
        elif front is not None:
            offered = (each for each in front.findChildren(QPushButton) if not each.isHidden())
            next(offered, front).setFocus(Qt.FocusReason.OtherFocusReason)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        front = self.currentWidget()
        return super().sizeHint() if front is None else front.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """At the width it has: what is on one line there needs the height of no more."""
        front = self.currentWidget()
        if front is None:
            return super().minimumSizeHint()
        least, layout = front.minimumSizeHint(), front.layout()
        if layout is not None and layout.hasHeightForWidth():
            wide = max(self.width(), least.width())
            least.setHeight(min(least.height(), layout.totalMinimumHeightForWidth(wide)))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class ProgrammeFrame(QWidget):
    """`buttons` stand at the right of the tabs."""

    def __init__(self, tabs: QTabBar, buttons: tuple[QPushButton, ...], body: Front) -> None:
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
        body.currentChanged.connect(lambda _place: self.fit())
        theme.changed.connect(self.fit)

    def add_strip(self, strip: EntryStrip) -> None:
        """Have a strip stand above the tabs; one at a time."""
        strip.take_margins_away()
        self._strips.append(strip)
        strip.begun.connect(lambda: self._keep(strip))
        strip.installEventFilter(self)
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
        high = strip.heightForWidth(width) if strip.hasHeightForWidth() else -1
        taken = high if high >= 0 else strip.sizeHint().height()
        room = self.height() - taken - self.head.sizeHint().height() - 4 * theme.GAP
        return room < self._body.minimumSizeHint().height() + theme.px(_A_LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A strip that closes gives its room back at once, and the keyboard with it: where the
        keyboard was before may have been hidden behind the strip."""
        hides = event.type() == QEvent.Type.Hide
        if hides and isinstance(watched, EntryStrip) and watched.isHidden():
            focus = QApplication.focusWidget()
            self.fit()
            if focus is not None and watched.isAncestorOf(focus):
                self._body.take_focus()
        return super().eventFilter(watched, event)

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
