"""A person's card, painted: coming? where is the project? what next? since when? what to do?"""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from connexion_desktop.domain.board import GroupBoard, PersonCard, Step
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.pages.group.words import (
    alert_line,
    contact_told,
    missing_papers,
    next_parts,
    project_told,
)
from connexion_desktop.ui.widgets import avatar, badge, presence_strip

_PADDING = 12
_BADGE_GAP = 6
_ROUNDING = 2  # pixels: a text is a little wider once drawn than its parts measured alone
_SQUEEZE = 0.25  # of a line: what the others give for one more to fit
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_FIXED_LINES, _MOST_LINES = 3, 6

Ink = Literal["ink", "muted", "red", "amber", "green", "accent"]


class Look(NamedTuple):
    """What the card under the painter is: pointed at, with the keyboard, with a draft waiting."""

    hovered: bool = False
    ringed: bool = False
    draft: bool = False


class Places(NamedTuple):
    """Where the parts of a card stand."""

    card: QRect
    avatar: QRect
    name: QRect
    subtitle: QRect
    strip: QRect
    lines: tuple[QRect, ...]
    footer: QRect


def lowest() -> int:
    """The height of a cell whose card shows its three fixed lines."""
    return _height(_FIXED_LINES)


def highest() -> int:
    """The height of a cell whose card shows every line there may be."""
    return _height(_MOST_LINES)


def _height(lines: int) -> int:
    return theme.GAP + _strip_bottom() + theme.px(6) + lines * _line() + _footer() + theme.px(18)


def _line() -> int:
    return max(theme.px(20), QFontMetrics(theme.font("small")).height() + theme.px(4))


def _footer() -> int:
    return badge.size("Àg", "red").height()


def _avatar_side() -> int:
    names = (
        QFontMetrics(theme.font("heading")).height() + QFontMetrics(theme.font("small")).height()
    )
    return max(theme.px(34), names)


def _strip_bottom() -> int:
    return theme.px(_PADDING) + _avatar_side() + theme.px(7) + theme.px(8)


def places(cell: QRect) -> Places:
    """The parts of the card that fills a cell of the grid."""
    half = theme.GAP // 2
    card = cell.adjusted(half, half, -half, -half)
    pad = theme.px(_PADDING)
    inner = card.adjusted(pad, pad, -pad, -pad)
    side = _avatar_side()
    disc = QRect(inner.x(), inner.y(), side, side)
    words = QRect(inner.topLeft(), QSize(inner.width(), side))
    words.setLeft(disc.right() + theme.px(10))
    name_height = QFontMetrics(theme.font("heading")).height()
    strip = QRect(inner.x(), disc.bottom() + theme.px(7), inner.width(), theme.px(8))
    footer = QRect(inner.x(), inner.bottom() + 1 - _footer(), inner.width(), _footer())
    top = strip.bottom() + theme.px(6)
    room = footer.top() - theme.px(3) - top
    count = int((room + _SQUEEZE * _line()) // _line())
    pitch = min(room // max(count, 1), _line())
    return Places(
        card=card,
        avatar=disc,
        name=QRect(words.x(), words.y(), words.width(), name_height),
        subtitle=words.adjusted(0, name_height, 0, 0),
        strip=strip,
        lines=tuple(
            QRect(inner.x(), top + rank * pitch, inner.width(), pitch) for rank in range(count)
        ),
        footer=footer,
    )


def paint(painter: QPainter, cell: QRect, card: PersonCard, board: GroupBoard, look: Look) -> None:
    """Draw a card in its cell."""
    where = places(cell)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_panel(painter, where.card, look)
    _paint_head(painter, where, card, draft=look.draft)
    weeks = [day.week for day in board.days]
    presence_strip.paint(painter, where.strip, card.presence, weeks)
    _paint_lines(painter, where.lines, card, board)
    paint_badges(painter, where.footer, card)
    painter.restore()


def _paint_panel(painter: QPainter, card: QRect, look: Look) -> None:
    tokens = theme.tokens()
    width = 2.0 if look.ringed else 1.0
    edge = tokens.accent if look.ringed else tokens.edge if look.hovered else tokens.line
    painter.setPen(QPen(edge, width))
    painter.setBrush(tokens.surface)
    inset = width / 2
    box = QRectF(card).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(box, theme.RADIUS_PANEL, theme.RADIUS_PANEL)


def _paint_head(painter: QPainter, where: Places, card: PersonCard, *, draft: bool) -> None:
    tokens = theme.tokens()
    avatar.paint(painter, where.avatar, card.initials)
    painter.setFont(theme.font("heading"))
    _text(painter, where.name, card.name, tokens.ink)
    painter.setFont(theme.font("small"))
    subtitle = where.subtitle
    if draft:
        subtitle = subtitle.adjusted(0, 0, -_paint_draft(painter, subtitle), 0)
    _text(painter, subtitle, card.subtitle, tokens.muted)


def _paint_draft(painter: QPainter, box: QRect) -> int:
    """Say, at the right, that something begun waits; gives the width used."""
    ink, word = theme.tokens().amber, "brouillon"
    width = painter.fontMetrics().horizontalAdvance(word) + theme.px(17)
    at_right = QRect(box.right() + 1 - width, box.y(), width, box.height())
    icons.draw(painter, _mark(at_right, 13), "edit-line", ink)
    _text(painter, at_right, word, ink, _RIGHT)
    return width + theme.px(8)


def _paint_lines(
    painter: QPainter, lines: tuple[QRect, ...], card: PersonCard, board: GroupBoard
) -> None:
    painter.setFont(theme.font("small"))
    fixed = (_paint_project, _paint_steps, _paint_next)
    for draw, box in zip(fixed, lines, strict=False):
        draw(painter, box, card, board)
    for extra, box in zip(extras(card, board), lines[len(fixed) :], strict=False):
        _paint_extra(painter, box, extra)


def _paint_project(painter: QPainter, box: QRect, card: PersonCard, board: GroupBoard) -> None:
    tokens = theme.tokens()
    box = _lead(painter, box, "Projet")
    painter.setFont(theme.font("small", bold=True))
    used = _text(painter, box, project_told(card), tokens.ink)
    painter.setFont(theme.font("small"))
    if card.other_projects:
        rest = box.adjusted(used, 0, 0, 0)
        _text_if_whole(painter, rest, f" · {card.other_projects[0]}", tokens.muted)


def _paint_steps(painter: QPainter, box: QRect, card: PersonCard, board: GroupBoard) -> None:
    if card.lent:
        number = lent_number(painter.fontMetrics(), card, box.width())
        box = box.adjusted(0, 0, -_paint_lent(painter, box, card, board, number), 0)
    for step in card.steps:
        box = box.adjusted(_paint_step(painter, box, step), 0, 0, 0)


def lent_number(metrics: QFontMetrics, card: PersonCard, room: int) -> str:
    """« PC-004 +1 »; nothing where the steps leave room for its icon only."""
    others = f" +{len(card.lent) - 1}" if len(card.lent) > 1 else ""
    number = f"{card.lent[0].number}{others}"
    steps = sum(theme.px(29) + metrics.horizontalAdvance(step.label) for step in card.steps)
    icon = theme.px(17 + 8)
    return number if steps + icon + metrics.horizontalAdvance(number) <= room else ""


def _paint_step(painter: QPainter, box: QRect, step: Step) -> int:
    tokens = theme.tokens()
    ink = tokens.green if step.done_on else tokens.muted
    name = "check-line" if step.done_on else "checkbox-blank-circle-line"
    mark = _mark(box, 13 if step.done_on else 11)
    icons.draw(painter, mark, name, ink)
    left = theme.px(17)
    return left + _text(painter, box.adjusted(left, 0, 0, 0), step.label, ink) + theme.px(12)


def _paint_lent(
    painter: QPainter, box: QRect, card: PersonCard, board: GroupBoard, number: str
) -> int:
    """Draw what the person has at home, at the right; gives the width used."""
    late = card.lent[0].is_late(board.today)
    ink = theme.tokens().red if late else theme.tokens().muted
    width = painter.fontMetrics().horizontalAdvance(number) + theme.px(17)
    at_right = QRect(box.right() + 1 - width, box.y(), width, box.height())
    icons.draw(painter, _mark(at_right, 13), "macbook-line", ink)
    _text(painter, at_right, number, ink, _RIGHT)
    return width + theme.px(8)


def _paint_next(painter: QPainter, box: QRect, card: PersonCard, board: GroupBoard) -> None:
    tokens = theme.tokens()
    title, when = next_parts(card, board)
    if card.ending is not None:
        _text_and_tail(painter, _lead(painter, box, "Sortie"), title, when, tokens.ink)
        return
    late = bool(card.planned) and card.planned[0].is_late(board.today)
    ink = tokens.amber if late else tokens.ink if when or card.planned else tokens.muted
    contact = contact_told(card, board)
    metrics = painter.fontMetrics()
    free = box.width() - theme.px(27) - metrics.horizontalAdvance(title + _tail(when))
    if metrics.horizontalAdvance(contact) > free:
        contact = contact.removeprefix("contact ")
    _text(painter, box, contact, tokens.muted, _RIGHT)
    left = box.adjusted(0, 0, -metrics.horizontalAdvance(contact) - theme.px(10), 0)
    if title:
        _arrow(painter, left, title, when, ink)


class Extra(NamedTuple):
    """A line shown where the card has room: a word before it, or an arrow for what is planned.

    `when` is never cut: a long `text` is.
    """

    lead: str
    text: str
    when: str = ""
    ink: Ink = "ink"


def extras(card: PersonCard, board: GroupBoard) -> list[Extra]:
    """The lines that follow the fixed ones, the most useful first."""
    today = board.today
    planned = [
        Extra("", each.title, each.when(today), "amber" if each.is_late(today) else "muted")
        for each in card.planned[1:]
    ]
    found = planned[:1]
    if card.placement is not None:
        found.append(Extra("Immersion", card.placement.where, card.placement.when(today)))
    if card.visit is not None:
        found.append(Extra("Visite", card.visit.title, card.visit.when(today)))
    if card.obstacles:
        found.append(Extra("Freins", ", ".join(card.obstacles)))
    return found + planned[1:]


def _paint_extra(painter: QPainter, box: QRect, extra: Extra) -> None:
    ink: QColor = getattr(theme.tokens(), extra.ink)
    if extra.lead:
        _text_and_tail(painter, _lead(painter, box, extra.lead), extra.text, extra.when, ink)
    else:
        _arrow(painter, box, extra.text, extra.when, ink)


def paint_badges(painter: QPainter, box: QRect, card: PersonCard) -> None:
    """Draw what is to be done, as many badges as there is room for, then « +2 »."""
    badges: list[tuple[str, badge.Tint]] = [
        (alert.text, alert.severity.value) for alert in card.alerts
    ]
    if card.papers_missing:
        badges.append((missing_papers(card.papers_missing), "grey"))
    if not badges:
        painter.setFont(theme.font("small"))
        _text(painter, box, alert_line(card), theme.tokens().muted)
    for rank, (text, tint) in enumerate(badges):
        left = len(badges) - rank
        more = badge.size(f"+{left - 1}", "grey").width() + _BADGE_GAP if left > 1 else 0
        width = badge.size(text, tint).width()
        if rank and width > box.width() - more:
            badge.paint(painter, _at_left(box, f"+{left}"), f"+{left}", "grey")
            return
        placed = QRect(box.topLeft(), QSize(min(width, box.width() - more), box.height()))
        badge.paint(painter, placed, text, tint)
        box = box.adjusted(placed.width() + _BADGE_GAP, 0, 0, 0)


def _at_left(box: QRect, text: str) -> QRect:
    return QRect(box.topLeft(), QSize(badge.size(text, "grey").width(), box.height()))


def _lead(painter: QPainter, box: QRect, word: str) -> QRect:
    """Write the muted word that opens a line; gives what is left of it."""
    used = _text(painter, box, word, theme.tokens().muted)
    return box.adjusted(used + theme.px(7), 0, 0, 0)


def _arrow(painter: QPainter, box: QRect, text: str, when: str, ink: QColor) -> None:
    icons.draw(painter, _mark(box, 13), "arrow-right-line", ink)
    _text_and_tail(painter, box.adjusted(theme.px(17), 0, 0, 0), text, when, ink)


def _text_and_tail(painter: QPainter, box: QRect, text: str, when: str, ink: QColor) -> None:
    painter.setPen(ink)
    shown = fitted(painter.fontMetrics(), text, when, box.width())
    painter.drawText(box, (_LEFT | Qt.TextFlag.TextDontClip).value, shown)


def fitted(metrics: QFontMetrics, text: str, when: str, room: int) -> str:
    """« text · when » in so many pixels: a long text ends in « … », the end is always whole."""
    tail = _tail(when)
    if metrics.horizontalAdvance(text + tail) <= room:
        return text + tail
    left = room - metrics.horizontalAdvance(tail) - _ROUNDING
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(left, 0)) + tail


def _tail(when: str) -> str:
    return f" · {when}" if when else ""


def _mark(box: QRect, side: int) -> QRect:
    size = theme.px(side)
    nudge = (theme.px(13) - size) // 2
    return QRect(QPoint(box.x() + nudge, box.y() + (box.height() - size) // 2), QSize(size, size))


def _text(
    painter: QPainter, box: QRect, text: str, ink: QColor, align: Qt.AlignmentFlag = _LEFT
) -> int:
    """Write one line, with « … » if it is too long; gives the width used."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
    painter.setPen(ink)
    painter.drawText(box, align, shown)
    return metrics.horizontalAdvance(shown)


def _text_if_whole(painter: QPainter, box: QRect, text: str, ink: QColor) -> None:
    if painter.fontMetrics().horizontalAdvance(text) <= box.width():
        _text(painter, box, text, ink)
