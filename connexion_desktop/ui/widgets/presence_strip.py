"""The days of a person's collective weeks, one small cell each."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from connexion_desktop.domain.board import Presence
from connexion_desktop.ui import theme

_COLOURS = {
    Presence.PRESENT: "strip_there",
    Presence.LATE: "strip_there",
    Presence.EXCUSED: "strip_excused",
    Presence.ABSENT: "strip_absent",
}
_LOWER = {Presence.LATE: 0.25, Presence.ABSENT: 0.4}
_NOT_COUNTED = (Presence.CLOSED, Presence.OUTSIDE)
_BETWEEN_DAYS, _BETWEEN_WEEKS = 1.5, 3.0
_NARROW = 8.0
_HOLLOW = 6.0
"""The least width, in logical pixels, where a hollow cell does not look like a zero."""

_FOOT = 0.25
_TOLD = (
    (Presence.PRESENT, "présence", "présences"),
    (Presence.LATE, "retard", "retards"),
    (Presence.EXCUSED, "absence excusée", "absences excusées"),
    (Presence.ABSENT, "absence", "absences"),
    (Presence.MISSING, "jour à saisir", "jours à saisir"),
    (Presence.COMING, "jour à venir", "jours à venir"),
)


def colour(mark: Presence) -> QColor:
    """The colour of a cell: one family for « there », one each for « excused » and « absent »."""
    found: QColor = getattr(theme.tokens(), _COLOURS.get(mark, "strip_none"))
    return found


def told(marks: Sequence[Presence]) -> str:
    """The strip in words: « 11 présences, 1 absence excusée, 12 jours à venir »."""
    parts = [
        f"{number} {one if number == 1 else many}"
        for wanted, one, many in _TOLD
        if (number := sum(mark is wanted for mark in marks))
    ]
    return ", ".join(parts)


def places(rect: QRect, count: int, weeks: Sequence[int] = (), ratio: float = 1.0) -> list[QRectF]:
    """Where each cell stands; with the week of each day, the days of a week stand closer.

    Cells are alike and fall on the pixels of a screen that has `ratio` of them in a logical one.
    """
    if not count:
        return []
    squeeze = 0.5 if rect.width() < count * _NARROW else 1.0
    breaks = [
        squeeze * (_BETWEEN_WEEKS if weeks and weeks[index] != weeks[index - 1] else _BETWEEN_DAYS)
        for index in range(1, count)
    ]
    width = (rect.width() - sum(breaks)) / count
    lefts = [rect.x() + index * width + sum(breaks[:index]) for index in range(count)]
    whole = max(floor(width * ratio), 1) / ratio
    return [QRectF(round(left * ratio) / ratio, rect.y(), whole, rect.height()) for left in lefts]


def paint(
    painter: QPainter, rect: QRect, marks: Sequence[Presence], weeks: Sequence[int] = ()
) -> None:
    """Draw the cells over the whole width of `rect`; `weeks` as in `places`.

    Read without its colours too: a lateness or an absence is shorter, a day not entered hollow (its
    foot alone where cells are narrow), a day that does not count low.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ratio = painter.device().devicePixelRatioF()
    for box, mark in zip(places(rect, len(marks), weeks, ratio), marks, strict=True):
        box.setTop(box.top() + box.height() * _LOWER.get(mark, 0.0))
        if mark in _NOT_COUNTED:
            box.setTop(box.center().y())
        if mark is Presence.MISSING and box.width() < _HOLLOW:
            box.setTop(box.bottom() - box.height() * _FOOT)
            painter.fillRect(box, theme.tokens().muted)
            continue
        if mark is Presence.MISSING:
            painter.setPen(QPen(theme.tokens().muted, 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box.adjust(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(mark))
        radius = min(2.0, box.width() / 4)
        painter.drawRoundedRect(box, radius, radius)
    painter.restore()
