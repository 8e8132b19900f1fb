"""How the lines of a day are drawn: when, what, the word that presses, the act it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from connexion_desktop.domain.today import Deed, Press
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.pages.today.model import ROW, WAKE, Index, Shown, Title
from connexion_desktop.ui.widgets import badge

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft.value)
_ICONS = {
    Press.RED: "error-warning-line",
    Press.AMBER: "alert-line",
    Press.GREY: "calendar-event-line",
}
_PADDING = 5
"""Above and below what a line says."""

_NARROW = 760
"""Under that width, the word and the act stand under the rest of their line."""

_FOLDS = {True: "arrow-down-s-line", False: "arrow-right-s-line"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The rectangles of a line."""

    when: QRect
    title: QRect
    detail: QRect
    word: QRect
    act: QRect


def _advance(text: str, *, bold: bool = False) -> int:
    return QFontMetrics(theme.font("body", bold=bold)).horizontalAdvance(text) + 2


def _act_width() -> int:
    """As much for each line, so that the acts stand in a column."""
    return max(_advance(words) for words in (*(deed.label for deed in Deed), WAKE)) + theme.px(4)


def _detail_height(text: str, width: int) -> int:
    if not text:
        return 0
    metrics = QFontMetrics(theme.font("small"))
    return metrics.boundingRect(0, 0, max(width, 1), 10_000, _WRAPPED, text).height()


def parts_of(row: QRect, shown: Shown) -> Parts:
    """Where everything goes in a row as wide as `row`, from its top."""
    pad, gap = theme.px(10), theme.px(12)
    top = row.top() + theme.px(_PADDING)
    head = max(QFontMetrics(theme.font("body", bold=True)).height(), theme.px(20))
    left, right = row.left() + pad, row.right() - pad
    when_width = _advance("13 h 30 – 16 h 30")
    word = badge.size(shown.line.word, _tint(shown.line.press))
    act_width = _act_width()
    text_left = left + when_width + gap
    narrow = row.width() < theme.px(_NARROW)
    text_right = right if narrow else right - act_width - gap - word.width() - gap
    text = QRect(text_left, top, max(text_right - text_left, theme.px(60)), head)
    below = text.bottom() + 1 + theme.px(1)
    detail = QRect(text.left(), below, text.width(), _detail_height(shown.detail, text.width()))
    foot = detail.bottom() + 1 + theme.px(4) if narrow else top
    word_left = text_left if narrow else text_right + gap
    return Parts(
        when=QRect(left, top, when_width, head),
        title=text,
        detail=detail,
        word=QRect(word_left, foot + (head - word.height()) // 2, word.width(), word.height()),
        act=QRect(right - act_width + 1, foot, act_width, head),
    )


def _tint(press: Press) -> badge.Tint:
    tints: dict[Press, badge.Tint] = {
        Press.RED: "red",
        Press.AMBER: "amber",
        Press.GREY: "grey",
    }
    return tints[press]


class DayDelegate(QStyledItemDelegate):
    """See the module."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        if isinstance(row, Title):
            return QSize(width, theme.px(32))
        parts = parts_of(QRect(0, 0, width, 0), row)
        bottom = max(parts.detail.bottom(), parts.act.bottom(), parts.title.bottom())
        return QSize(width, bottom + 1 + theme.px(_PADDING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        if isinstance(row, Title):
            _paint_title(painter, option.rect, row)
        else:
            _paint_line(painter, parts_of(option.rect, row), row)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    tokens = theme.tokens()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    if not (selected or (hovered and option.state & QStyle.StateFlag.State_Enabled)):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.accent_tint if selected else tokens.hover)
    box = QRectF(option.rect).adjusted(1, 1, -1, -1)
    if selected and option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(tokens.accent, 1.5))
    painter.drawRoundedRect(box, theme.RADIUS_FIELD, theme.RADIUS_FIELD)


def _paint_title(painter: QPainter, rect: QRect, title: Title) -> None:
    tokens = theme.tokens()
    ink = tokens.muted if title.press is None else badge.colours(_tint(title.press))[0]
    inner = rect.adjusted(theme.px(10), theme.px(6), -theme.px(10), 0)
    name = _FOLDS[title.is_open] if title.folds else "team-line"
    if title.press is not None:
        name = _ICONS[title.press]
    side = theme.px(15)
    mark = QRect(inner.left(), inner.top() + (inner.height() - side) // 2, side, side)
    icons.draw(painter, mark, name, ink)
    painter.setFont(theme.font("small", bold=True))
    painter.setPen(ink)
    inner.setLeft(inner.left() + side + theme.px(6))
    painter.drawText(inner, _LEFT, f"{title.text}  {title.count}")
    end = inner.left() + painter.fontMetrics().horizontalAdvance(f"{title.text}  {title.count}")
    y = inner.center().y() + 0.5
    painter.setPen(QPen(tokens.line, 1))
    painter.drawLine(QPointF(end + theme.px(12), y), QPointF(inner.right(), y))


def _paint_line(painter: QPainter, parts: Parts, shown: Shown) -> None:
    tokens, line = theme.tokens(), shown.line
    painter.setFont(theme.font("body"))
    painter.setPen(tokens.muted)
    painter.drawText(parts.when, _LEFT, line.when)
    painter.setFont(theme.font("body", bold=True))
    painter.setPen(tokens.ink)
    elide = Qt.TextElideMode.ElideRight
    title = painter.fontMetrics().elidedText(line.title, elide, parts.title.width())
    painter.drawText(parts.title, _LEFT, title)
    painter.setFont(theme.font("small"))
    painter.setPen(tokens.muted)
    painter.drawText(parts.detail, _WRAPPED, shown.detail)
    badge.paint(painter, parts.word, line.word, _tint(line.press))
    painter.setFont(theme.font("body"))
    painter.setPen(tokens.accent)
    painter.drawText(parts.act, _RIGHT, shown.act)
