"""The lines of a day as Qt's lists want them: under their titles, what is put off folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from connexion_desktop.domain.today import Deed, Line, LineKey, Press, PutOff, Today
from connexion_desktop.ui.widgets.tips import tip_text

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""The `Row` itself."""

WAKE = "Rappeler maintenant"


@dataclass(frozen=True, slots=True)
class Title:
    """What stands above some lines; `press` is their colour, None for the séances of the day and
    what is put off. `folds`: a press on it shows its lines, or hides them."""

    text: str
    count: int
    press: Press | None = None
    folds: bool = False
    is_open: bool = True

    @property
    def told(self) -> str:
        """« Urgent, 2 », « Remis à plus tard, 1, replié »."""
        state = ("", ", déplié" if self.is_open else ", replié")[self.folds]
        return f"{self.text}, {self.count}{state}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A line, and why it waits where it was put off."""

    line: Line
    waits: str = ""

    @property
    def act(self) -> str:
        """The words of what Enter does."""
        return WAKE if self.waits else self.line.deed.label

    @property
    def detail(self) -> str:
        """What is known besides, in small; who comes on lines of their own."""
        known = " · ".join(part for part in (self.waits, self.line.detail) if part)
        return "\n".join(part for part in (known, self.line.who) if part)

    @property
    def told(self) -> str:
        """As a screen reader says it."""
        return ", ".join(
            part for part in (self.line.told, self.waits, f"Entrée : {self.act}") if part
        )


Row = Title | Shown


class DayModel(QAbstractListModel):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._day: Today | None = None
        self.unfolded = False

    def show_day(self, day: Today) -> None:
        """Show another day, or the same as it is by now."""
        self._day = day
        self._rebuild()

    def fold(self) -> None:
        """Show what is put off, or hide it again."""
        self.unfolded = not self.unfolded
        self._rebuild()

    def rows(self) -> tuple[Row, ...]:
        """What is shown, from the top."""
        return tuple(self._rows)

    def of_people(self) -> list[Shown]:
        """The lines that are about somebody, from the top."""
        shown = (row for row in self._rows if isinstance(row, Shown))
        return [row for row in shown if row.line.deed is Deed.OPEN]

    def shown_at(self, index: Index) -> Shown | None:
        """The line there; None for a title, or nowhere."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Shown) else None

    def index_of(self, key: LineKey | None) -> QModelIndex:
        """Where a line is; nowhere if it is not shown."""
        for number, row in enumerate(self._rows):
            if isinstance(row, Shown) and row.line.key == key:
                return self.index(number)
        return QModelIndex()

    def nearest(self, number: int) -> QModelIndex:
        """The line at that place, else the one before, else the first."""
        before = (each for each in range(min(number, len(self._rows) - 1), -1, -1))
        for each in (*before, *range(len(self._rows))):
            if isinstance(self._rows[each], Shown):
                return self.index(each)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self._rows[index.row()] if index.isValid() else None
        if isinstance(row, Title) and not row.folds:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.told
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Shown):
            return tip_text(row.line.told)
        return None

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = list(self._made()) if self._day is not None else []
        self.endResetModel()

    def _made(self) -> Iterator[Row]:
        day = self._day
        if day is None:
            return
        if day.day:
            yield Title("Séances du jour", len(day.day))
            yield from map(Shown, day.day)
        for press in Press:
            lines = [each for each in day.lines if each.press is press]
            if lines:
                yield Title(press.label, len(lines), press)
                yield from map(Shown, lines)
        if day.put_off:
            yield _folded(day.put_off, is_open=self.unfolded)
        if self.unfolded:
            for line, off in day.put_off:
                yield Shown(line, off.told(day.today))


def _folded(put_off: tuple[tuple[Line, PutOff], ...], *, is_open: bool) -> Title:
    return Title("Remis à plus tard", len(put_off), folds=True, is_open=is_open)
