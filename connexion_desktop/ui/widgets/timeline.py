"""A whole journey on one band: phases, lanes of events, and where today is.

What is done is filled, what is planned is hollow or dashed; today is the only red line. Arrows go
from event to event, Enter (or a click) asks for it in the feed below.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from connexion_desktop.domain.band import Band, BandEvent, EventStyle
from connexion_desktop.domain.feed import FeedKey, Lane
from connexion_desktop.domain.french_dates import full_day, period_text, relative_day
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets import timeline_paint
from connexion_desktop.ui.widgets.timeline_layout import Geometry, Sizes, Spot, lay_out
from connexion_desktop.ui.widgets.tips import tip_text

_PAST = frozenset({EventStyle.DONE, EventStyle.EXCUSED, EventStyle.MISSED, EventStyle.ABOUT})


class Timeline(QWidget):
    """See the module. `chosen(FeedKey)` asks for an event in the feed."""

    accessible_role = QAccessible.Role.Graphic

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._band: Band | None = None
        self._name = ""
        self._current: int | None = None
        self._marked: FeedKey | None = None
        self._placed: tuple[int, Geometry] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Parcours")
        theme.changed.connect(self._restart)

    def show_band(self, band: Band, name: str) -> None:
        """Show a journey; `name` is whose."""
        if self._band is not None and self._current is not None and name == self._name:
            self._current = self._same_event(band)
        else:
            self._current = None
        self._band, self._name = band, name
        self.setAccessibleName(summary(band, name))
        self._restart()

    def mark(self, key: FeedKey | None) -> None:
        """Ring the event that the feed has selected."""
        if key != self._marked:
            self._marked = key
            self.update()

    def current_event(self) -> BandEvent | None:
        """The event the arrows are on."""
        if self._band is None or self._current is None:
            return None
        return self._band.events[self._current]

    def geometry_of_band(self) -> Geometry | None:
        """Where everything is drawn now."""
        if self._band is None:
            return None
        if self._placed is None or self._placed[0] != self.width():
            metrics = QFontMetricsF(theme.font("small"))
            placed = lay_out(self._band, self.width(), self._sizes(), metrics.horizontalAdvance)
            self._placed = (self.width(), placed)
        return self._placed[1]

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), round(self._sizes().height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), round(self._sizes().height))

    def _sizes(self) -> Sizes:
        return Sizes.scaled(theme.px)

    def _restart(self) -> None:
        self._placed = None
        self.updateGeometry()
        self.update()

    def _same_event(self, band: Band) -> int | None:
        current = self.current_event()
        for index, event in enumerate(band.events):
            if current is not None and event.key is not None and event.key == current.key:
                return index
        return None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            told = self._told_at(QPointF(event.pos()))
            if told is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip_text(told[0]), self, told[1].toRect())
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        known = spot is not None and spot.event.key is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if known else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and spot is not None:
            self._go_to(self._index_of(spot))
            self._choose(spot.event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Right: lambda: self._step(1),
            Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Up: lambda: self._change_lane(-1),
            Qt.Key.Key_Down: lambda: self._change_lane(1),
            Qt.Key.Key_Home: lambda: self._go_to(0),
            Qt.Key.Key_End: lambda: self._go_to(len(self._events()) - 1),
        }
        current = self.current_event()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self._choose(current)
        elif event.key() in moves and not event.modifiers() and self._events():
            moves[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keyboard = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if by_keyboard and self._current is None and self._events():
            self._go_to(self._nearest_to_today())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QToolTip.hideText()
        super().focusOutEvent(event)
        self.update()

    def _events(self) -> tuple[BandEvent, ...]:
        return self._band.events if self._band is not None else ()

    def _nearest_to_today(self) -> int:
        band = self._band
        if band is None:
            return 0
        return min(
            range(len(band.events)), key=lambda index: abs(band.events[index].on - band.today)
        )

    def _step(self, step: int) -> None:
        start = self._nearest_to_today() if self._current is None else self._current + step
        self._go_to(min(max(start, 0), len(self._events()) - 1))

    def _change_lane(self, step: int) -> None:
        current = self.current_event()
        if current is None:
            self._go_to(self._nearest_to_today())
            return
        lanes = list(Lane)
        events = self._events()
        lane = lanes.index(current.lane) + step
        while 0 <= lane < len(lanes):
            there = [index for index, event in enumerate(events) if event.lane is lanes[lane]]
            if there:
                self._go_to(min(there, key=lambda index: abs(events[index].on - current.on)))
                return
            lane += step

    def _go_to(self, index: int) -> None:
        self._current = index
        self.update()
        event = self._events()[index]
        self.setAccessibleDescription(event.label)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        placed = self.geometry_of_band()
        if placed is not None and self.hasFocus():
            under = placed.spots[index].rect.bottomLeft().toPoint()
            QToolTip.showText(self.mapToGlobal(under), tip_text(event.label), self)

    def _choose(self, event: BandEvent) -> None:
        if event.key is not None:
            self.chosen.emit(event.key)

    def _spot_at(self, point: QPointF) -> Spot | None:
        placed = self.geometry_of_band()
        return None if placed is None else placed.at(point, theme.px(3))

    def _told_at(self, point: QPointF) -> tuple[str, QRectF] | None:
        """What the tooltip says there, and where it holds: an event, a phase, a dated line."""
        spot = self._spot_at(point)
        if spot is not None:
            return spot.event.label, spot.rect
        placed = self.geometry_of_band()
        for box in placed.phases if placed is not None else ():
            if box.rect.contains(point):
                return f"{box.phase.label} {period_text(box.phase.first, box.phase.last)}", box.rect
        for line in placed.marks if placed is not None else ():
            if abs(line.x - point.x()) <= theme.px(4):
                told = f"{line.mark.label} : {full_day(line.mark.on)}"
                return told, QRectF(line.x - 4, 0, 8, self.height())
        return None

    def _index_of(self, spot: Spot) -> int:
        placed = self.geometry_of_band()
        return 0 if placed is None else placed.spots.index(spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        placed = self.geometry_of_band()
        if placed is None:
            return
        painter = QPainter(self)
        timeline_paint.paint(painter, placed, self._sizes())
        for index, spot in enumerate(placed.spots):
            on_arrows = self.hasFocus() and index == self._current
            marked = spot.event.key is not None and spot.event.key == self._marked
            if on_arrows or marked:
                timeline_paint.paint_ring(painter, spot, by_keyboard=on_arrows)
        painter.end()


def summary(band: Band, name: str) -> str:
    """The whole band in a sentence, for those who do not see it."""
    phase = next((phase for phase in band.phases if phase.first <= band.today <= phase.last), None)
    parts = [f"Parcours de {name}"]
    if phase is not None:
        parts.append(f"en ce moment : {phase.label}")
    past = [event for event in band.events if event.style in _PAST and not event.foretold]
    counts = Counter(event.lane for event in past)
    words = {
        Lane.GROUP: "jours de groupe",
        Lane.TALK: "entretiens",
        Lane.ACTION: "actions faites",
        Lane.PLACEMENT: "immersions",
    }
    parts += [f"{counts[lane]} {word}" for lane, word in words.items() if counts[lane]]
    absences = sum(event.style in (EventStyle.EXCUSED, EventStyle.MISSED) for event in past)
    if absences:
        parts.append(f"dont {absences} jours d’absence")
    coming = [
        event
        for event in band.events
        if event.key and (event.style is EventStyle.PLANNED or event.foretold)
    ]
    if coming:
        first = coming[0]
        parts.append(f"à venir {relative_day(first.on, band.today)} : {first.label}")
    return ", ".join(parts)
