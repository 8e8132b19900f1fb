"""The séances of a week, in their order, as a view and a screen reader ask for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.programme_week import Week
from connexion_desktop.ui.pages.programme.words import whole
from connexion_desktop.ui.widgets.tips import tip_text

AnyIndex = QModelIndex | QPersistentModelIndex


class WeekModel(QAbstractListModel):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self._programme: Programme | None = None
        self._meetings: tuple[MeetingRow, ...] = ()

    def show_week(self, programme: Programme, week: Week) -> None:
        """Show a week of a programme."""
        self.beginResetModel()
        self._programme, self._meetings = programme, week.meetings
        self.endResetModel()

    def meeting(self, row: int) -> MeetingRow | None:
        """The séance of that rank."""
        return self._meetings[row] if 0 <= row < len(self._meetings) else None

    def row_of(self, meeting_id: UUID | None) -> int:
        """The rank of a séance, -1 if it is not shown."""
        ids = [each.id for each in self._meetings]
        return ids.index(meeting_id) if meeting_id in ids else -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._meetings)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        meeting = self.meeting(index.row())
        if meeting is None or self._programme is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(whole(self._programme, meeting))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text("\n".join(whole(self._programme, meeting)))
        return None
