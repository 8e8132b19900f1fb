"""The list of immersions, by what the office has to do with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from connexion_desktop.domain.french_dates import period_text
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.placement import PlacementAlert, PlacementState
from connexion_desktop.domain.placement_file import PlacementRow
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets import badge

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole

_GROUPS: tuple[tuple[str, frozenset[PlacementState]], ...] = (
    ("À compléter", frozenset({PlacementState.DRAFT})),
    ("À signer", frozenset({PlacementState.TO_SIGN, PlacementState.PARTLY_SIGNED})),
    ("Bilan à faire", frozenset({PlacementState.ENDED})),
    ("Signées, en cours", frozenset({PlacementState.SIGNED, PlacementState.RUNNING})),
    ("Terminées", frozenset({PlacementState.ASSESSED})),
    ("Refusées, annulées", frozenset({PlacementState.REFUSED, PlacementState.CANCELLED})),
)
_TINTS: dict[PlacementState, badge.Tint] = {
    PlacementState.DRAFT: "grey",
    PlacementState.TO_SIGN: "amber",
    PlacementState.PARTLY_SIGNED: "amber",
    PlacementState.SIGNED: "green",
    PlacementState.RUNNING: "green",
    PlacementState.ENDED: "amber",
    PlacementState.ASSESSED: "grey",
    PlacementState.REFUSED: "grey",
    PlacementState.CANCELLED: "grey",
}


def state_badge(row: PlacementRow) -> tuple[str, badge.Tint]:
    """The word and the tint that tell where a convention is."""
    if row.state.alert is PlacementAlert.STARTED_UNSIGNED:
        return row.state.label, "red"
    if row.revising:
        return "en modification", "accent"
    return row.state.label, _TINTS[row.state.state]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a group of rows."""

    title: str
    count: int


class QueueModel(QAbstractListModel):
    """Headings and rows, filtered by what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[PlacementRow, ...] = ()
        self._shown: list[Heading | PlacementRow] = []
        self._words: list[str] = []

    def set_rows(self, rows: tuple[PlacementRow, ...]) -> None:
        """Show other rows, with the same filter."""
        self._rows = rows
        self._rebuild()

    def search(self, typed: str) -> None:
        """Keep the rows that hold each word typed: person, host, number, trade."""
        self._words = fold(typed).split()
        self._rebuild()

    def index_of(self, placement_id: UUID | None) -> QModelIndex:
        """Where a placement is; an invalid index if it is not shown."""
        for number, each in enumerate(self._shown):
            if isinstance(each, PlacementRow) and each.id == placement_id:
                return self.index(number)
        return QModelIndex()

    def first(self) -> QModelIndex:
        """The first row that is no heading."""
        return next(
            (
                self.index(number)
                for number, each in enumerate(self._shown)
                if isinstance(each, PlacementRow)
            ),
            QModelIndex(),
        )

    def row_at(self, index: _Index) -> PlacementRow | None:
        """The row at an index, None for a heading."""
        each = self._shown[index.row()] if index.isValid() else None
        return each if isinstance(each, PlacementRow) else None

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        each = self._shown[index.row()]
        if role == _ROW:
            return each
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return each.title if isinstance(each, Heading) else spoken(each)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(each, PlacementRow):
            return spoken(each)
        return None

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._shown = list(self._grouped())
        self.endResetModel()

    def _grouped(self) -> Iterator[Heading | PlacementRow]:
        found = [row for row in self._rows if all(w in fold(spoken(row)) for w in self._words)]
        for title, states in _GROUPS:
            rows = [row for row in found if _state_shown(row) in states]
            if rows:
                yield Heading(title, len(rows))
                yield from sorted(rows, key=_urgency)


def _state_shown(row: PlacementRow) -> PlacementState:
    return PlacementState.DRAFT if row.revising else row.state.state


def _urgency(row: PlacementRow) -> tuple[bool, bool, object]:
    late = row.state.alert is PlacementAlert.STARTED_UNSIGNED
    return (not late, row.starts_on is None, row.starts_on or row.number)


def spoken(row: PlacementRow) -> str:
    """A row in one sentence, for screen readers and for searching."""
    parts = (row.person, state_badge(row)[0], row.host, row.trade, when(row), row.number)
    return ", ".join(part for part in parts if part)


def when(row: PlacementRow) -> str:
    """« du 4 au 8 mai 2026 », or that the dates are missing."""
    if row.starts_on is None or row.ends_on is None:
        return "dates à choisir"
    return period_text(row.starts_on, row.ends_on)


class QueueDelegate(QStyledItemDelegate):
    """Two lines: who and where the convention is; the host and the dates."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        heading = isinstance(index.data(_ROW), Heading)
        return QSize(theme.px(200), theme.px(30 if heading else 50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        each = index.data(_ROW)
        painter.save()
        if isinstance(each, Heading):
            self._paint_heading(painter, option.rect, each)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._paint_row(painter, option.rect, each, selected, hovered)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        tokens = theme.tokens()
        inner = rect.adjusted(theme.px(10), theme.px(8), -theme.px(10), 0)
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(tokens.muted)
        painter.drawText(
            inner,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            f"{heading.title}  {heading.count}",
        )

    def _paint_row(
        self, painter: QPainter, rect: QRect, row: PlacementRow, selected: bool, hovered: bool
    ) -> None:
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent_tint if selected else tokens.hover)
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 8, 8)
        inner = rect.adjusted(theme.px(10), theme.px(6), -theme.px(10), -theme.px(6))
        text, tint = state_badge(row)
        size = badge.size(text, tint)
        width = min(size.width(), inner.width() // 2)
        badge.paint(
            painter,
            QRect(inner.right() - width + 1, inner.y(), width, size.height()),
            text,
            tint,
        )
        half = inner.height() // 2
        self._line(
            painter,
            QRect(inner.x(), inner.y(), inner.width() - width - theme.px(6), half),
            row.person,
            bold=True,
        )
        second = " · ".join(part for part in (row.host or "structure à choisir", when(row)) if part)
        self._line(
            painter, QRect(inner.x(), inner.y() + half, inner.width(), half), second, bold=False
        )

    def _line(self, painter: QPainter, rect: QRect, text: str, *, bold: bool) -> None:
        tokens = theme.tokens()
        painter.setFont(theme.font("body" if bold else "small", bold=bold))
        painter.setPen(tokens.ink if bold else tokens.muted)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class QueueView(QListView):
    """The list itself: arrows skip the headings."""

    def __init__(self, model: QueueModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(self))
        self.setAccessibleName("Immersions")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
