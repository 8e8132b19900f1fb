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
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from connexion_desktop.domain.french_dates import full_day, period_text, relative_day
from connexion_desktop.domain.person_file import (
    Band,
    BandEvent,
    EventStyle,
    FeedKey,
    Lane,
    PhaseKind,
)
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.timeline_layout import (
    TODAY_WORD,
    Geometry,
    Sizes,
    Spot,
    lay_out,
)

_PAST = frozenset({EventStyle.DONE, EventStyle.EXCUSED, EventStyle.MISSED})
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = _MIDDLE | Qt.AlignmentFlag.AlignLeft


def lane_colour(lane: Lane) -> QColor:
    """The colour of a lane, in the band and in the feed."""
    colour: QColor = getattr(theme.tokens(), f"lane_{lane.value}")
    return colour


class Timeline(QWidget):
    """See the module. `chosen(FeedKey)` asks for an event in the feed."""

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
                QToolTip.showText(event.globalPos(), told[0], self, told[1].toRect())
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
            QToolTip.showText(self.mapToGlobal(under), event.label, self)

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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        self._paint_grid(painter, placed)
        self._paint_phases(painter, placed)
        self._paint_marks(painter, placed)
        for spot in placed.spots:
            self._paint_caption(painter, spot)
        self._paint_today(painter, placed)
        for index, spot in enumerate(placed.spots):
            self._paint_spot(painter, spot, placed)
            self._paint_ring(painter, index, spot)
        painter.end()

    def _paint_grid(self, painter: QPainter, placed: Geometry) -> None:
        tokens, sizes = theme.tokens(), self._sizes()
        bottom = sizes.height - sizes.pad
        for y in placed.lanes.values():
            across = QRectF(placed.left, round(y), placed.right - placed.left, 1)
            painter.fillRect(across, tokens.line)
        for month in placed.months:
            down = QRectF(round(month.x), sizes.months, 1, bottom - sizes.months)
            painter.fillRect(down, tokens.line)
        painter.setPen(tokens.muted)
        for month in placed.months:
            box = QRectF(month.x + sizes.pad, 0, placed.right - month.x, sizes.months)
            painter.drawText(box, _LEFT, month.label)
        for lane, y in placed.lanes.items():
            box = QRectF(0, y - sizes.lane / 2, placed.left, sizes.lane)
            painter.drawText(box, _LEFT, lane.label)

    def _paint_phases(self, painter: QPainter, placed: Geometry) -> None:
        tokens = theme.tokens()
        colours = {
            PhaseKind.FINDING: (tokens.grey_tint, tokens.muted),
            PhaseKind.GROUP: (tokens.accent_tint, tokens.accent),
            PhaseKind.FOLLOW_UP: (tokens.green_tint, tokens.green),
            PhaseKind.EXTENDED: (tokens.grey_tint, tokens.muted),
        }
        painter.setFont(theme.font("small", bold=True))
        for box in placed.phases:
            ground, ink = colours[box.phase.kind]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box.rect, 3, 3)
            painter.setPen(ink)
            painter.drawText(box.text, _LEFT, box.label)
        painter.setFont(theme.font("small"))

    def _paint_marks(self, painter: QPainter, placed: Geometry) -> None:
        tokens, sizes = theme.tokens(), self._sizes()
        dash = theme.px(4)
        for line in placed.marks:
            x = min(round(line.x), round(placed.right))
            for y in range(round(sizes.months), round(sizes.height - sizes.pad), 2 * dash):
                painter.fillRect(x, y, max(theme.px(1), 1), dash, tokens.amber)
            if line.text is not None:
                painter.setPen(tokens.amber)
                painter.drawText(line.text, _LEFT, line.mark.label)

    def _paint_today(self, painter: QPainter, placed: Geometry) -> None:
        if placed.today is None or placed.pill is None:
            return
        tokens, sizes = theme.tokens(), self._sizes()
        down = QRectF(round(placed.today), sizes.months, 2, sizes.height - sizes.pad - sizes.months)
        painter.fillRect(down, tokens.red)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.red)
        painter.drawRoundedRect(placed.pill, 4, 4)
        painter.setPen(tokens.surface)
        painter.drawText(placed.pill, Qt.AlignmentFlag.AlignCenter, TODAY_WORD)

    def _paint_caption(self, painter: QPainter, spot: Spot) -> None:
        if spot.caption is None:
            return
        tokens = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.surface)
        painter.drawRect(spot.caption.adjusted(-2, 2, 2, -2))
        is_placement = spot.event.lane is Lane.PLACEMENT
        painter.setPen(lane_colour(spot.event.lane) if is_placement else tokens.muted)
        painter.drawText(spot.caption, _LEFT, spot.event.caption)

    def _paint_spot(self, painter: QPainter, spot: Spot, placed: Geometry) -> None:
        event = spot.event
        if event.until is not None:
            self._paint_bar(painter, spot, placed)
        elif event.lane is Lane.GROUP:
            _paint_day(painter, spot)
        else:
            _paint_dot(painter, spot)

    def _paint_bar(self, painter: QPainter, spot: Spot, placed: Geometry) -> None:
        """Filled for what is past; what is to come is light, or dashed when nothing began."""
        event, box = spot.event, spot.rect
        late = event.style is EventStyle.LATE
        colour = theme.tokens().red if late else lane_colour(event.lane)
        radius = box.height() / 3
        inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
        if event.style is EventStyle.PLANNED or (late and event.lane is Lane.PLACEMENT):
            pen = QPen(colour, 1.5, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1.5, 1.1])
            painter.setPen(pen)
            painter.setBrush(theme.tokens().surface)
            painter.drawRoundedRect(inner, radius, radius)
            return
        light = QColor(colour)
        light.setAlphaF(0.28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().surface)
        painter.drawRoundedRect(box, radius, radius)
        painter.setBrush(light)
        painter.drawRoundedRect(box, radius, radius)
        painter.save()
        end = placed.today if placed.today is not None else box.right()
        painter.setClipRect(QRectF(box.left(), box.top(), end - box.left(), box.height()))
        painter.setBrush(colour)
        painter.drawRoundedRect(box, radius, radius)
        painter.restore()

    def _paint_ring(self, painter: QPainter, index: int, spot: Spot) -> None:
        tokens = theme.tokens()
        on_arrows = self.hasFocus() and index == self._current
        marked = spot.event.key is not None and spot.event.key == self._marked
        if not (on_arrows or marked):
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.accent if on_arrows else tokens.ink, 2 if on_arrows else 1.4))
        ring = spot.rect.adjusted(-3.5, -3.5, 3.5, 3.5)
        is_disc = spot.event.until is None and spot.event.lane is not Lane.GROUP
        radius = ring.height() / 2 if is_disc else 4
        painter.drawRoundedRect(ring, radius, radius)


def _paint_day(painter: QPainter, spot: Spot) -> None:
    """A square: plain when there, crossed when absent, barred when excused, hollow to come."""
    tokens = theme.tokens()
    box, style = spot.rect, spot.event.style
    if style is EventStyle.PLANNED:
        painter.setPen(QPen(lane_colour(Lane.GROUP), 1))
        painter.setBrush(tokens.surface)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
        return
    colour = {
        EventStyle.EXCUSED: tokens.lane_absence,
        EventStyle.MISSED: tokens.strip_absent,
    }.get(style, lane_colour(Lane.GROUP))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 1.5, 1.5)
    if style is EventStyle.DONE:
        return
    pad = box.width() * 0.25
    inner = QRectF(box.left() + pad, box.center().y() - pad, box.width() - 2 * pad, 2 * pad)
    painter.setPen(QPen(tokens.surface, max(1.2, box.width() / 7)))
    if style is EventStyle.EXCUSED:
        painter.drawLine(
            QPointF(inner.left(), inner.center().y()), QPointF(inner.right(), inner.center().y())
        )
    else:
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.bottomLeft(), inner.topRight())


def _paint_dot(painter: QPainter, spot: Spot) -> None:
    """A disc, a square sheet for papers; hollow when planned; a red diamond when late."""
    tokens = theme.tokens()
    box, event = spot.rect, spot.event
    colour = lane_colour(event.lane)
    if event.style is EventStyle.LATE:
        middle, half = box.center(), box.width() * 0.56
        painter.setPen(QPen(tokens.red, 1.8))
        painter.setBrush(tokens.red_tint)
        painter.drawPolygon(
            [
                middle + QPointF(0, -half),
                middle + QPointF(half, 0),
                middle + QPointF(0, half),
                middle + QPointF(-half, 0),
            ]
        )
        return
    hollow = event.style is EventStyle.PLANNED
    inner = box.adjusted(1, 1, -1, -1) if hollow else box
    painter.setPen(QPen(colour, 2) if hollow else QPen(tokens.surface, 1.2))
    painter.setBrush(tokens.surface if hollow else colour)
    if event.lane is Lane.PAPER:
        painter.drawRoundedRect(inner.adjusted(1, 0, -1, 0), 2, 2)
    else:
        painter.drawEllipse(inner)


def summary(band: Band, name: str) -> str:
    """The whole band in a sentence, for those who do not see it."""
    phase = next((phase for phase in band.phases if phase.first <= band.today <= phase.last), None)
    parts = [f"Parcours de {name}"]
    if phase is not None:
        parts.append(f"en ce moment : {phase.label}")
    past = [event for event in band.events if event.style in _PAST]
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
    coming = [event for event in band.events if event.style is EventStyle.PLANNED and event.key]
    if coming:
        first = coming[0]
        parts.append(f"à venir {relative_day(first.on, band.today)} : {first.label}")
    return ", ".join(parts)
