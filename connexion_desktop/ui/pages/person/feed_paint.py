"""How a line of the feed is drawn: its rectangles, its disc, its words, its folded text."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from connexion_desktop.domain.feed import FeedItem, FeedKind, Tone
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.widgets.timeline_paint import lane_colour

FOLDED_LINES = 4
"""How many lines of a text are shown before « lire la suite »."""

UNFOLD_STEP = 30_000
"""How many characters are unfolded at a time: laying out more would be felt."""

_FOLDED_READ = 1_200
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_ICONS = {
    FeedKind.NOTE: "edit-line",
    FeedKind.INTERVIEW: "chat-3-line",
    FeedKind.ACTION: "check-line",
    FeedKind.ATTENDANCE: "team-line",
    FeedKind.PLACEMENT: "briefcase-4-line",
    FeedKind.LOAN: "macbook-line",
    FeedKind.RETURN: "arrow-go-back-line",
    FeedKind.DOCUMENT: "file-text-line",
    FeedKind.MILESTONE: "flag-line",
    FeedKind.INTAKE: "walk-line",
    FeedKind.ENTRY: "login-circle-line",
    FeedKind.EXIT: "logout-circle-r-line",
    FeedKind.AFTER: "calendar-check-line",
    FeedKind.FLAG: "error-warning-line",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The rectangles of a line, in its own row's coordinates."""

    date: QRect
    disc: QRect
    head: QRect
    act: QRect
    text: QRect


class FoldedText:
    """A text laid out: folded to a few lines, or as much of it as is unfolded."""

    def __init__(self, text: str, width: int, shown: int) -> None:
        whole = text.replace("\r\n", "\n")
        folded = shown == 0
        part = whole[: _FOLDED_READ if folded else shown]
        self.layout, lines = _lay_out(part, width, FOLDED_LINES if folded else None)
        cut = len(part) < len(whole) or lines < 0
        self.folds = cut or lines > FOLDED_LINES or (len(whole) > _FOLDED_READ and not folded)
        self.link = "lire la suite" if cut else "replier"
        self.height = round(self.layout.boundingRect().height())


def _lay_out(text: str, width: int, most: int | None) -> tuple[QTextLayout, int]:
    """The layout, and how many lines; -1 when some text did not fit in `most` lines."""
    layout = QTextLayout(text.replace("\n", "\u2028"), theme.font("body"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y, count = 0.0, 0
    while (line := layout.createLine()).isValid():
        if most is not None and count == most:
            count = -1
            line.setNumColumns(0)
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height()
        count += 1
    layout.endLayout()
    return layout, count


def is_tickable(item: FeedItem) -> bool:
    """Whether a line may be said done or not."""
    is_planned_talk = item.key.kind is FeedKind.INTERVIEW and item.planned
    return item.done is not None and (item.key.kind is FeedKind.ACTION or is_planned_talk)


def row_width(option: QStyleOptionViewItem) -> int:
    """How wide the rows of the view are."""
    view = option.widget
    return view.viewport().width() if hasattr(view, "viewport") else option.rect.width()


def head_height() -> int:
    """Of the title's line."""
    return max(QFontMetrics(theme.font("body")).height(), theme.px(20))


def link_height() -> int:
    """Of « lire la suite »."""
    return QFontMetrics(theme.font("small")).height() + theme.px(2)


def _date_width() -> int:
    return QFontMetrics(theme.font("body")).horizontalAdvance("mer. 30 sept.") + theme.px(12)


def _text_left() -> int:
    return _date_width() + theme.px(20 + 10)


def text_width(row: int) -> int:
    """Of the text, in a row that wide."""
    return max(row - _text_left() - theme.px(12), theme.px(80))


def parts_of(row: QRect, item: FeedItem) -> Parts:
    """Where everything goes in a row."""
    top, head = row.top() + theme.px(8), head_height()
    side = theme.px(20)
    left = row.left() + theme.px(2)
    text_left = row.left() + _text_left()
    right = row.left() + row.width() - theme.px(4)
    label = item.next_act.label if item.next_act else ""
    act = QFontMetrics(theme.font("body")).horizontalAdvance(label) + theme.px(6) if label else 0
    return Parts(
        date=QRect(left, top, _date_width(), head),
        disc=QRect(left + _date_width() - theme.px(6), top + (head - side) // 2, side, side),
        head=QRect(text_left, top, max(right - act - text_left - theme.px(6), 0), head),
        act=QRect(right - act, top, act, head),
        text=QRect(text_left, top + head, text_width(row.width()), row.height()),
    )


def link_rect(parts: Parts, text: FoldedText) -> QRect:
    """Where « lire la suite » stands."""
    width = QFontMetrics(theme.font("small")).horizontalAdvance(text.link) + theme.px(8)
    return QRect(parts.text.left(), parts.text.top() + text.height, width, link_height())


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, first: bool) -> None:
    """The line between two rows; the tint of the one selected or pointed at."""
    tokens = theme.tokens()
    if not first:
        painter.setPen(QPen(tokens.line, 1))
        y = option.rect.top() + 0.5
        painter.drawLine(QPointF(option.rect.left(), y), QPointF(option.rect.right() + 1, y))
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    if not (selected or hovered):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.accent_tint if selected else tokens.hover)
    box = QRectF(option.rect.adjusted(-4, 1, 4, 0))
    painter.drawRoundedRect(box, theme.RADIUS_BADGE, theme.RADIUS_BADGE)
    if focused and selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.accent, 1.5))
        inner = QRectF(option.rect).adjusted(1, 2, -1, -1)
        painter.drawRoundedRect(inner, theme.RADIUS_BADGE, theme.RADIUS_BADGE)


def _colour(item: FeedItem) -> QColor:
    tokens = theme.tokens()
    if item.key.kind is FeedKind.ATTENDANCE and item.tone is not Tone.CALM:
        return tokens.strip_absent if item.tone is Tone.RED else tokens.lane_absence
    if item.tone is Tone.RED:
        return tokens.strip_absent
    if item.key.kind is FeedKind.FLAG and item.tone is Tone.AMBER:
        return tokens.lane_absence
    return lane_colour(item.lane)


def _icon(item: FeedItem) -> str:
    if item.key.kind is FeedKind.ATTENDANCE and item.tone is not Tone.CALM:
        return "user-unfollow-line"
    if item.key.kind is FeedKind.INTERVIEW and item.title.startswith("Appel"):
        return "phone-line"
    return _ICONS[item.key.kind]


def paint_disc(painter: QPainter, box: QRect, item: FeedItem) -> None:
    """Filled for what happened; hollow for what is to come: an open action is a box to tick."""
    tokens, colour = theme.tokens(), _colour(item)
    is_open_action = item.key.kind is FeedKind.ACTION and item.planned
    inner = box.adjusted(*(theme.px(side) for side in (4, 4, -4, -4)))
    if item.planned:
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(tokens.surface)
        painter.drawEllipse(QRectF(box).adjusted(0.8, 0.8, -0.8, -0.8))
        if not is_open_action:
            icons.draw(painter, inner, _icon(item), colour)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(box)
    icons.draw(painter, inner, _icon(item), tokens.surface)


def paint_head(painter: QPainter, parts: Parts, item: FeedItem, signed: str) -> None:
    """What it is, its state, by whom it is `signed` where there is room for it, and what comes next
    at the right."""
    tokens = theme.tokens()
    bold, plain = theme.font("body", bold=True), theme.font("body")
    dropped = item.state == "abandonnée"
    metrics = QFontMetrics(bold)
    elide = Qt.TextElideMode.ElideRight
    title = metrics.elidedText(item.title.partition("\n")[0], elide, parts.head.width())
    painter.setFont(_struck(bold) if dropped else bold)
    painter.setPen(tokens.muted if dropped else tokens.ink)
    painter.drawText(parts.head, LEFT, title)
    rest = parts.head.adjusted(metrics.horizontalAdvance(title), 0, 0, 0)
    painter.setFont(plain)
    if item.state and rest.width() > theme.px(30):
        state = QFontMetrics(plain).elidedText(f" · {item.state}", elide, rest.width())
        painter.setPen(tokens.ink if item.tone is not Tone.GREEN else tokens.green)
        painter.drawText(rest, LEFT, state)
        rest = rest.adjusted(QFontMetrics(plain).horizontalAdvance(state), 0, 0, 0)
    signed = f" · {signed}" if signed else ""
    if QFontMetrics(plain).horizontalAdvance(signed) <= rest.width():
        painter.setPen(tokens.muted)
        painter.drawText(rest, LEFT, signed)
    if item.next_act is not None:
        colours = {Tone.RED: tokens.red, Tone.AMBER: tokens.amber, Tone.GREEN: tokens.green}
        calm = tokens.accent if item.next_act.opens or item.planned else tokens.muted
        painter.setPen(colours.get(item.next_act.tone, calm))
        painter.drawText(parts.act, _RIGHT, item.next_act.label)


def _struck(font: QFont) -> QFont:
    font.setStrikeOut(True)
    return font
