"""How the band of a journey is drawn. What is past is filled, what is to come hollow or dashed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from connexion_desktop.domain.band import EventStyle, PhaseKind
from connexion_desktop.domain.feed import Lane
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.timeline_layout import TODAY_WORD, Geometry, Sizes, Spot

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def lane_colour(lane: Lane) -> QColor:
    """The colour of a lane, in the band and in the feed."""
    colour: QColor = getattr(theme.tokens(), f"lane_{lane.value}")
    return colour


def paint(painter: QPainter, placed: Geometry, sizes: Sizes) -> None:
    """Draw the whole band; today's line over everything but the events."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font("small"))
    _paint_grid(painter, placed, sizes)
    _paint_phases(painter, placed)
    _paint_marks(painter, placed, sizes)
    for spot in placed.spots:
        _paint_caption(painter, spot)
    _paint_today(painter, placed, sizes)
    for spot in placed.spots:
        _paint_spot(painter, spot, placed)


def paint_ring(painter: QPainter, spot: Spot, *, by_keyboard: bool) -> None:
    """Ring an event: the one the arrows are on, or the one that the feed has selected."""
    tokens = theme.tokens()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tokens.accent, 2) if by_keyboard else QPen(tokens.ink, 1.4))
    ring = spot.rect.adjusted(-3.5, -3.5, 3.5, 3.5)
    is_disc = spot.event.until is None and spot.event.lane is not Lane.GROUP
    radius = ring.height() / 2 if is_disc else 4
    painter.drawRoundedRect(ring, radius, radius)


def _paint_grid(painter: QPainter, placed: Geometry, sizes: Sizes) -> None:
    tokens = theme.tokens()
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


def _paint_phases(painter: QPainter, placed: Geometry) -> None:
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


def _paint_marks(painter: QPainter, placed: Geometry, sizes: Sizes) -> None:
    tokens = theme.tokens()
    dash = theme.px(4)
    for line in placed.marks:
        x = min(round(line.x), round(placed.right))
        for y in range(round(sizes.months), round(sizes.height - sizes.pad), 2 * dash):
            painter.fillRect(x, y, max(theme.px(1), 1), dash, tokens.amber)
        if line.text is not None:
            painter.setPen(tokens.amber)
            painter.drawText(line.text, _LEFT, line.mark.label)


def _paint_today(painter: QPainter, placed: Geometry, sizes: Sizes) -> None:
    if placed.today is None or placed.pill is None:
        return
    tokens = theme.tokens()
    down = QRectF(round(placed.today), sizes.months, 2, sizes.height - sizes.pad - sizes.months)
    painter.fillRect(down, tokens.red)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.red)
    painter.drawRoundedRect(placed.pill, 4, 4)
    painter.setPen(tokens.surface)
    painter.drawText(placed.pill, Qt.AlignmentFlag.AlignCenter, TODAY_WORD)


def _paint_caption(painter: QPainter, spot: Spot) -> None:
    if spot.caption is None:
        return
    tokens = theme.tokens()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.surface)
    painter.drawRect(spot.caption.adjusted(-2, 2, 2, -2))
    is_placement = spot.event.lane is Lane.PLACEMENT
    painter.setPen(lane_colour(spot.event.lane) if is_placement else tokens.muted)
    painter.drawText(spot.caption, _LEFT, spot.event.caption)


def _paint_spot(painter: QPainter, spot: Spot, placed: Geometry) -> None:
    event = spot.event
    if event.until is not None:
        _paint_bar(painter, spot, placed)
    elif event.lane is Lane.GROUP:
        _paint_day(painter, spot)
    else:
        _paint_dot(painter, spot)


def _paint_bar(painter: QPainter, spot: Spot, placed: Geometry) -> None:
    """Filled for what is past; what is to come is light, or dashed when nothing began."""
    event, box = spot.event, spot.rect
    late = event.style is EventStyle.LATE
    colour = theme.tokens().red if late else lane_colour(event.lane)
    radius = box.height() / 3
    inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
    if event.style is EventStyle.PLANNED or (late and event.lane is Lane.PLACEMENT):
        pen = QPen(colour, 1.5, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([2.2, 1.8])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
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


def _paint_day(painter: QPainter, spot: Spot) -> None:
    """A square: plain when there, crossed when absent, barred when excused, hollow to come."""
    tokens = theme.tokens()
    box, style = spot.rect, spot.event.style
    colour = {
        EventStyle.EXCUSED: tokens.lane_absence,
        EventStyle.MISSED: tokens.strip_absent,
    }.get(style, lane_colour(Lane.GROUP))
    hollow = style is EventStyle.PLANNED or spot.event.foretold
    painter.setPen(QPen(colour, 1) if hollow else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(tokens.surface if hollow else colour)
    inset = 0.5 if hollow else 0.0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 1.5, 1.5)
    if style in (EventStyle.DONE, EventStyle.PLANNED):
        return
    pad = box.width() * 0.25
    inner = QRectF(box.left() + pad, box.center().y() - pad, box.width() - 2 * pad, 2 * pad)
    painter.setPen(QPen(colour if hollow else tokens.surface, max(1.2, box.width() / 7)))
    if style is EventStyle.EXCUSED:
        painter.drawLine(
            QPointF(inner.left(), inner.center().y()), QPointF(inner.right(), inner.center().y())
        )
    else:
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.bottomLeft(), inner.topRight())


def _paint_dot(painter: QPainter, spot: Spot) -> None:
    """A disc, a square sheet for papers; hollow when planned or not known to the day; a red diamond
    when late."""
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
    hollow = event.style in (EventStyle.PLANNED, EventStyle.ABOUT)
    inner = box.adjusted(1, 1, -1, -1) if hollow else box
    painter.setPen(QPen(colour, 2) if hollow else QPen(tokens.surface, 1.2))
    painter.setBrush(tokens.surface if hollow else colour)
    if event.lane is Lane.PAPER:
        painter.drawRoundedRect(inner.adjusted(1, 0, -1, 0), 2, 2)
    else:
        painter.drawEllipse(inner)
