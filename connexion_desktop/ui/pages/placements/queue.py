"""The list of immersions, by what the office has to do with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from connexion_desktop.domain.french_dates import SHORT_MONTHS, day_number, period_text
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.placement import EffectiveState, PlacementAlert, PlacementState
from connexion_desktop.domain.placement_file import PlacementRow
from connexion_desktop.domain.sheet import ListSheet
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


def state_tint(state: EffectiveState, *, revising: bool) -> tuple[str, badge.Tint]:
    """The word and the tint that tell where a convention is."""
    if state.alert is PlacementAlert.STARTED_UNSIGNED:
        return state.label, "red"
    if revising:
        return "en modification", "accent"
    return state.label, _TINTS[state.state]


def row_badge(row: PlacementRow) -> tuple[str, badge.Tint] | None:
    """What a row tells besides the title of its group; nothing when that says it all."""
    missing = len(row.missing_signatures)
    if row.state.alert is PlacementAlert.STARTED_UNSIGNED:
        return "non signée", "red"
    if row.revising:
        return "en modification", "accent"
    if row.state.alert is PlacementAlert.SIGNATURES_LATE:
        return "commence bientôt", "amber"
    if row.state.state is PlacementState.PARTLY_SIGNED:
        return f"manque {missing}", "amber"
    if row.state.state in _SAID_BY_THE_TITLE:
        return None
    return row.state.label, _TINTS[row.state.state]


_NARROW = 240
_TWO_LINES, _THREE_LINES = 50, 70
_SAID_BY_THE_TITLE = (
    PlacementState.DRAFT,
    PlacementState.TO_SIGN,
    PlacementState.ENDED,
    PlacementState.ASSESSED,
)


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

    def counts(self) -> list[str]:
        """« 2 à compléter », « 3 à signer »… as far as something is to be done."""
        told = ("À compléter", "À signer", "Bilan à faire")
        groups = {each.title: each.count for each in self._grouped(()) if isinstance(each, Heading)}
        return [f"{groups[title]} {title.lower()}" for title in told if title in groups]

    def rows(self) -> tuple[PlacementRow, ...]:
        """Those shown, from the top."""
        return tuple(each for each in self._shown if isinstance(each, PlacementRow))

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
        self._shown = list(self._grouped(self._words))
        self.endResetModel()

    def _grouped(self, words: Sequence[str]) -> Iterator[Heading | PlacementRow]:
        found = [row for row in self._rows if all(w in fold(spoken(row)) for w in words)]
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


_TITLES = ("Personne", "Où en est la convention", "Structure", "Métier", "Du", "Au", "Numéro")


def queue_sheet(rows: Sequence[PlacementRow]) -> ListSheet:
    """The immersions as a list for another program, or for paper."""
    return ListSheet(
        "Immersions",
        _TITLES,
        tuple(
            (
                row.person,
                state_tint(row.state, revising=row.revising)[0],
                row.host,
                row.trade,
                row.starts_on or "",
                row.ends_on or "",
                row.number,
            )
            for row in rows
        ),
    )


def spoken(row: PlacementRow) -> str:
    """A row in one sentence, for screen readers and for searching."""
    told = state_tint(row.state, revising=row.revising)[0]
    parts = (row.person, told, row.host, row.trade, when(row), row.number)
    return ", ".join(part for part in parts if part)


def when(row: PlacementRow) -> str:
    """« du 4 au 8 mai 2026 », or that the dates are missing."""
    if row.starts_on is None or row.ends_on is None:
        return "dates à choisir"
    return period_text(row.starts_on, row.ends_on)


def short_period(row: PlacementRow) -> str:
    """« 7–11 déc. », « 30 nov.–2 déc. »."""
    first, last = row.starts_on, row.ends_on
    if first is None or last is None:
        return "sans dates"
    end = f"{day_number(last)} {SHORT_MONTHS[last.month - 1]}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{day_number(first)}–{end}"
    return f"{day_number(first)} {SHORT_MONTHS[first.month - 1]}–{end}"


def _is_narrow(width: int) -> bool:
    return width < theme.px(_NARROW)


class QueueDelegate(QStyledItemDelegate):
    """Two lines: who and where the convention is; the host and the dates. Three where the list
    is narrow, so that nothing is cut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        if isinstance(index.data(_ROW), Heading):
            return QSize(theme.px(120), theme.px(30))
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 0
        return QSize(theme.px(120), theme.px(_THREE_LINES if _is_narrow(width) else _TWO_LINES))

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
        narrow = rect.height() > theme.px(_TWO_LINES)
        height = inner.height() // (3 if narrow else 2)
        lines = [
            QRect(inner.x(), inner.y() + number * height, inner.width(), height)
            for number in range(3 if narrow else 2)
        ]
        self._paint_badge(painter, lines[-1 if narrow else 0], row)
        self._line(painter, lines[0], row.person, bold=True)
        days = lines[-1]
        if not narrow:
            painter.setFont(theme.font("small"))
            width = painter.fontMetrics().horizontalAdvance(short_period(row)) + 2
            days = QRect(lines[1].right() - width + 1, lines[1].y(), width, height)
            lines[1].setRight(days.left() - theme.px(8))
        self._line(painter, lines[1], row.host or "structure à choisir", bold=False)
        self._line(painter, days, short_period(row), bold=False)

    def _paint_badge(self, painter: QPainter, line: QRect, row: PlacementRow) -> None:
        """At the right end of a line, which is left with the rest."""
        told = row_badge(row)
        if told is None:
            return
        size = badge.size(*told)
        width = min(size.width(), line.width() * 3 // 5)
        top = line.y() + (line.height() - size.height()) // 2
        place = QRect(line.right() - width + 1, top, width, size.height())
        badge.paint(painter, place, *told)
        line.setRight(place.left() - theme.px(6))

    def _line(self, painter: QPainter, rect: QRect, text: str, *, bold: bool) -> None:
        tokens = theme.tokens()
        painter.setFont(theme.font("body" if bold else "small", bold=bold))
        painter.setPen(tokens.ink if bold else tokens.muted)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class QueueView(QListView):
    """The list itself: arrows skip the headings; `entered_row` when Enter is pressed on a row."""

    entered_row = Signal()

    def __init__(self, model: QueueModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(self))
        self.setAccessibleName("Immersions")
        self.setProperty("kind", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if _is_narrow(event.oldSize().width()) != _is_narrow(event.size().width()):
            self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def moveCursor(
        self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        index = super().moveCursor(action, modifiers)
        up = action in (QListView.CursorAction.MoveUp, QListView.CursorAction.MovePageUp)
        step = -1 if up else 1
        row = index.row()
        while index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            row += step
            index = self.model().index(row, 0)
        return index if index.isValid() else self.currentIndex()
