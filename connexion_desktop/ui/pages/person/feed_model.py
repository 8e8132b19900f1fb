"""The lines of the feed as Qt's lists want them: kept in place when what they show changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from connexion_desktop.domain.feed import FeedItem, FeedKey, FeedPage
from connexion_desktop.domain.french_dates import full_day, imprecise_text, short_imprecise
from connexion_desktop.domain.imprecise import Precision
from connexion_desktop.domain.names import same_name
from connexion_desktop.ui.widgets.tips import tip_text

ITEM = Qt.ItemDataRole.UserRole
"""The `FeedItem` itself."""

SAME_DAY = Qt.ItemDataRole.UserRole + 1
"""Whether the line above is of the same day, whose date is then not said again."""

SIGNED = Qt.ItemDataRole.UserRole + 2
"""What a colleague who wrote the line is called; empty for one's own."""

Index = QModelIndex | QPersistentModelIndex


class FeedModel(QAbstractListModel):
    """The lines as `me` reads them: nobody needs to be told what they wrote themselves.
    `rewritten(key, text)` when a text was edited in place; `more_wanted()` near the end."""

    rewritten = Signal(object, str)
    more_wanted = Signal()

    def __init__(self, today: date, me: str) -> None:
        super().__init__()
        self.today = today
        self._me = me
        self._items: list[FeedItem] = []
        self._more = False

    def show_page(self, page: FeedPage, today: date) -> None:
        """Show these lines instead: those that are still there keep their place."""
        self.today = today
        self._more = page.more
        old = [item.key for item in self._items]
        new = [item.key for item in page.items]
        if old == new:
            self._replace(0, page.items)
        else:
            self._reshape(old, new, page.items)

    def _reshape(
        self, old: Sequence[FeedKey], new: Sequence[FeedKey], items: Sequence[FeedItem]
    ) -> None:
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for step, start, end, from_, to in reversed(steps):
            if step == "equal":
                self._replace(start, items[from_:to])
                continue
            if end > start:
                self.beginRemoveRows(QModelIndex(), start, end - 1)
                del self._items[start:end]
                self.endRemoveRows()
            if to > from_:
                self.beginInsertRows(QModelIndex(), start, start + to - from_ - 1)
                self._items[start:start] = items[from_:to]
                self.endInsertRows()
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1), [SAME_DAY])

    def _replace(self, start: int, items: Sequence[FeedItem]) -> None:
        for row, item in enumerate(items, start):
            if self._items[row] != item:
                self._items[row] = item
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def item(self, index: Index) -> FeedItem:
        """The line of an index."""
        return self._items[index.row()]

    def row_of(self, key: FeedKey) -> int | None:
        """Where a line is, None if it is not read yet."""
        return next((row for row, item in enumerate(self._items) if item.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self._items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._said(item)
            case Qt.ItemDataRole.EditRole:
                return item.written.text if item.written is not None else item.text
            case Qt.ItemDataRole.ToolTipRole:
                told = " · ".join(part for part in (item.title, item.state) if part)
                signed = f" · {item.author.name}" if item.author else ""
                return tip_text(f"{_whole_day(item)}{signed}\n{told}")
            case _ if role == ITEM:
                return item
            case _ if role == SAME_DAY:
                return index.row() > 0 and self._items[index.row() - 1].when == item.when
        return self._signed(item) if role == SIGNED else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.rewritten.emit(self._items[index.row()].key, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        editable = self._items[index.row()].written is not None
        return usual | Qt.ItemFlag.ItemIsEditable if editable else usual

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        self._more = False
        self.more_wanted.emit()

    def _signed(self, item: FeedItem) -> str:
        if item.author is None or same_name(item.author.name, self._me):
            return ""
        return item.author.given

    def _said(self, item: FeedItem) -> str:
        next_act = item.next_act.label if item.next_act else ""
        parts = (
            short_imprecise(item.when, self.today),
            item.title,
            item.state,
            f"par {item.author.name}" if item.author else "",
            item.text,
            next_act,
        )
        return ", ".join(part for part in parts if part)


def _whole_day(item: FeedItem) -> str:
    return full_day(item.on) if item.precision is Precision.DAY else imprecise_text(item.when)
