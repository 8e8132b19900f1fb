"""How a week is drawn: hours down the side, days side by side, a block for each séance. What is to
come is an outline, what was held is filled, what is cancelled is grey and struck out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from connexion_desktop.domain.hours import clock_text
from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.domain.programme_week import WeekDay
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.pages.programme.week_layout import WeekLayout
from connexion_desktop.ui.pages.programme.words import TINTS, WRONG, where_and_who
from connexion_desktop.ui.widgets import badge

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Look:
    """What a block shows besides its séance."""

    wrong: bool
    ringed: bool
    chosen: bool
    hovered: bool


def paint_ground(painter: QPainter, placed: WeekLayout, scrolled: int) -> None:
    """The hours and their lines, the days that are closed."""
    tokens = theme.tokens()
    painter.setFont(theme.font("small"))
    for place, day in enumerate(placed.week.days):
        column = placed.column(place).translated(0, -scrolled)
        if day.closed:
            painter.fillRect(column, tokens.grey_tint)
        painter.fillRect(QRect(column.x(), column.y(), 1, column.height()), tokens.line)
    for minute in range(placed.hours[0], placed.hours[1] + 1, 60):
        y = placed.y_of(minute) - scrolled
        painter.fillRect(QRect(placed.sizes.gutter, y, placed.width, 1), tokens.line)
        if minute < placed.hours[1]:
            painter.setPen(tokens.muted)
            box = QRect(0, y, placed.sizes.gutter - theme.px(8), painter.fontMetrics().height())
            painter.drawText(box, _RIGHT, clock_text(minute))


def paint_heads(painter: QPainter, placed: WeekLayout, today: date) -> None:
    """The names of the days, what is said of them; today is told by a word."""
    tokens = theme.tokens()
    painter.fillRect(QRect(0, 0, placed.width, placed.sizes.head), tokens.surface)
    for place, day in enumerate(placed.week.days):
        _paint_head(painter, placed.head(place), day, is_today=day.on == today)
    painter.fillRect(QRect(0, placed.sizes.head - 1, placed.width, 1), tokens.line)


def _paint_head(painter: QPainter, head: QRect, day: WeekDay, *, is_today: bool) -> None:
    tokens = theme.tokens()
    box = head.adjusted(theme.px(8), theme.px(4), -theme.px(8), -theme.px(4))
    first = QRect(box.x(), box.y(), box.width(), box.height() // 2)
    second = QRect(box.x(), first.bottom() + 1, box.width(), box.height() - first.height())
    if not day.told:
        first = box
    painter.setFont(theme.font("body", bold=True))
    painter.setPen(tokens.ink)
    name = painter.fontMetrics().elidedText(day.name, Qt.TextElideMode.ElideRight, first.width())
    painter.drawText(first, _LEFT, name)
    if is_today:
        left = first.x() + painter.fontMetrics().horizontalAdvance(name) + theme.px(8)
        size = badge.size("aujourd’hui", "accent", icon="")
        pill = QRect(left, first.center().y() - size.height() // 2, size.width(), size.height())
        if pill.right() <= first.right():
            badge.paint(painter, pill, "aujourd’hui", "accent", icon="")
    if day.told:
        side = theme.px(13)
        mark = QRect(second.x(), second.center().y() - side // 2, side, side)
        name = "forbid-2-line" if day.closed else "arrow-go-forward-line"
        icons.draw(painter, mark, name, tokens.amber)
        second.setLeft(mark.right() + theme.px(5))
        _line(painter, second, day.told, theme.font("small"), "amber")


def paint_block(painter: QPainter, rect: QRect, meeting: MeetingRow, look: Look) -> None:
    """One séance: its hours and how many are expected, its title, where and with whom, how it
    stands. What does not fit is left to the tip."""
    tokens = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, rect, meeting, look)
    box = rect.adjusted(theme.px(10), theme.px(5), -theme.px(7), -theme.px(5))
    painter.setClipRect(rect)
    small, line = theme.font("small"), QFontMetrics(theme.font("small")).height()
    count = str(len(meeting.people))
    wide = QFontMetrics(small).horizontalAdvance(count) + theme.px(18)
    first = QRect(box.x(), box.y(), box.width(), line)
    hours = first.adjusted(0, 0, -wide, 0)
    fits = QFontMetrics(small).horizontalAdvance(meeting.hours) + 1 < hours.width()
    _line(painter, hours, meeting.hours if fits else clock_text(meeting.start), small, "muted")
    icons.draw(
        painter,
        QRect(first.right() - wide + theme.px(3), first.y(), theme.px(12), line),
        "user-line",
        tokens.muted,
    )
    painter.setPen(tokens.muted)
    painter.drawText(first, _RIGHT, count)
    _paint_words(painter, box.adjusted(0, line + theme.px(2), 0, 0), meeting, wrong=look.wrong)
    painter.restore()


def _paint_ground(painter: QPainter, rect: QRect, meeting: MeetingRow, look: Look) -> None:
    tokens = theme.tokens()
    held = meeting.state is MeetingState.HELD
    ground = {
        MeetingState.PLANNED: tokens.hover if look.hovered else tokens.surface,
        MeetingState.HELD: tokens.green_tint,
        MeetingState.CANCELLED: tokens.grey_tint,
    }[meeting.state]
    ink = tokens.red if look.wrong else badge.colours(TINTS[meeting.state])[0]
    edge = QPen(tokens.edge, 1)
    if look.ringed:
        edge = QPen(tokens.accent, 2)
    elif look.chosen:
        edge = QPen(tokens.ink, 1.5)
    elif meeting.state is MeetingState.CANCELLED:
        edge.setStyle(Qt.PenStyle.DashLine)
    painter.setBrush(tokens.accent_tint if look.chosen and not held else ground)
    painter.setPen(edge)
    outline = QRectF(rect).adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(outline, theme.RADIUS_BADGE, theme.RADIUS_BADGE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    bar = QRectF(rect.x() + 3, rect.y() + 5, theme.px(3), rect.height() - 10)
    painter.drawRoundedRect(bar, 1.5, 1.5)


def _paint_words(painter: QPainter, box: QRect, meeting: MeetingRow, *, wrong: bool) -> None:
    """The title on two lines at most, the badges at the foot, the rest between as far as it fits;
    where there is no room for a foot, its words stand before the title."""
    title, small = theme.font("body", bold=True), theme.font("small")
    title.setStrikeOut(meeting.state is MeetingState.CANCELLED)
    badges = _badges(meeting, wrong=wrong)
    line, foot = QFontMetrics(title).lineSpacing(), badge.size(WRONG, "red").height()
    ink = "muted" if meeting.state is MeetingState.CANCELLED else "ink"
    if badges and line + foot > box.height():
        told = " · ".join((*(each.words for each in badges), meeting.title))
        _line(painter, QRect(box.x(), box.y(), box.width(), line), told, title, ink)
        return
    last = box.bottom() + 1 - foot if badges else box.bottom() + 1
    y = box.y()
    wide = QFontMetrics(title).horizontalAdvance(meeting.title)
    if wide > box.width() and y + 2 * line <= last:
        first, rest = _two_lines(meeting.title, QFontMetrics(title), box.width())
        _line(painter, QRect(box.x(), y, box.width(), line), first, title, ink)
        _line(painter, QRect(box.x(), y + line, box.width(), line), rest, title, ink)
        y += 2 * line
    else:
        _line(painter, QRect(box.x(), y, box.width(), line), meeting.title, title, ink)
        y += line
    step = QFontMetrics(small).lineSpacing() + theme.px(1)
    for told in (where_and_who(meeting), _kind(meeting)):
        if told and y + step <= last:
            _line(painter, QRect(box.x(), y, box.width(), step), told, small, "muted")
            y += step
    _paint_badges(painter, QRect(box.x(), last, box.width() + theme.px(3), foot), badges)


def _two_lines(text: str, metrics: QFontMetrics, room: int) -> tuple[str, str]:
    """The words that fit in a first line, and the others."""
    words = text.split(" ")
    count = 1
    while count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= room:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


class _Badge(NamedTuple):
    words: str
    tint: badge.Tint
    icon: str | None = None


def _badges(meeting: MeetingRow, *, wrong: bool) -> list[_Badge]:
    found = []
    if meeting.state is not MeetingState.PLANNED:
        mark = "check-line" if meeting.state is MeetingState.HELD else "close-circle-line"
        found.append(_Badge(meeting.state.label, TINTS[meeting.state], mark))
    if wrong:
        found.append(_Badge(WRONG, "red"))
    return found


def _kind(meeting: MeetingRow) -> str:
    parts = (meeting.kind_told, meeting.whom)
    return " · ".join(part for part in parts if part)


def _paint_badges(painter: QPainter, foot: QRect, badges: list[_Badge]) -> None:
    """At the foot, beside one another, or one above the other where there is little room."""
    sizes = [badge.size(words, tint, icon=mark) for words, tint, mark in badges]
    gap = theme.px(4)
    stacked = sum(size.width() + gap for size in sizes) - gap > foot.width()
    left, top = foot.x(), foot.y()
    for (words, tint, mark), size in zip(reversed(badges), reversed(sizes), strict=True):
        wide = min(size.width(), foot.right() + 1 - left)
        badge.paint(painter, QRect(left, top, wide, size.height()), words, tint, icon=mark)
        left, top = (left, top - size.height() - gap) if stacked else (left + wide + gap, top)


def _line(painter: QPainter, box: QRect, text: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    if ink:
        painter.setPen(getattr(theme.tokens(), ink))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, shown)


def paint_ghost(painter: QPainter, rect: QRect, start: int, end: int) -> None:
    """Where a séance that is drawn would fall, and at what time."""
    tokens = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.accent, 2, Qt.PenStyle.DashLine))
    painter.setBrush(tokens.accent_tint)
    painter.drawRoundedRect(
        QRectF(rect).adjusted(1, 1, -1, -1), theme.RADIUS_BADGE, theme.RADIUS_BADGE
    )
    box = rect.adjusted(theme.px(10), theme.px(5), -theme.px(7), -theme.px(5))
    told = f"{clock_text(start)} – {clock_text(end)}"
    line = QFontMetrics(theme.font("body", bold=True)).height()
    _line(painter, QRect(box.x(), box.y(), box.width(), line), told,
          theme.font("body", bold=True), "accent")  # fmt: skip
    painter.restore()
