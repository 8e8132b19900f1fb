"""Who chose what, and what it asks to sign, in a table whose keys choose."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from connexion_desktop.domain.activities import Activities, Chooser, ConsentKind
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.rows_table import RowColumn, RowsModel, RowsTable

_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_UNDECIDED = "à choisir"


class PeopleTable(RowsTable[Chooser]):
    """As high as its rows: the page scrolls, not the table, and follows the keys (`walked()`).

    `chosen(rank)`: a digit chooses the activity of that rank, 0 or Delete none; `signed()` by Space
    or S, `dated()` by Shift and Space, `revoked()` by R, `printed()` by P are about what they sign.
    A key that is held acts once."""

    walked = Signal()
    chosen = Signal(int)
    signed = Signal()
    dated = Signal()
    revoked = Signal()
    printed = Signal()

    def __init__(self) -> None:
        self._shown: Activities | None = None
        self._ranks: dict[UUID, int] = {}
        super().__init__(RowsModel(self._columns(), self._told), "Activités des participants")
        self.show_sorting(0, descending=False)
        self.sorted.connect(lambda *_how: self._fill())
        self.typed.connect(self._take)
        theme.changed.connect(self._be_whole)

    def show_people(self, shown: Activities) -> None:
        """Show them as they are by now; the row that has the keyboard keeps it."""
        self._shown = shown
        self._ranks = {each.id: rank for rank, each in enumerate(shown.people)}
        self._fill()

    def who(self) -> Chooser | None:
        """Who has the keyboard."""
        return self.rows_model.row(self.currentIndex())

    def _fill(self) -> None:
        if self._shown is not None:
            self.show_in_order(self._shown.people)
            self._be_whole()

    def _be_whole(self) -> None:
        rows = self.verticalHeader().defaultSectionSize() * self.rows_model.rowCount()
        head = self.horizontalHeader().sizeHint().height()
        self.setMinimumHeight(head + rows + 2 * self.frameWidth())

    def _take(self, text: str) -> None:
        """Do what a letter or a digit says."""
        letters = {"S": self.signed, "R": self.revoked, "P": self.printed}
        if text.isdecimal():
            self.chosen.emit(int(text))
        elif text.upper() in letters:
            letters[text.upper()].emit()

    def event(self, event: QEvent) -> bool:
        """Delete takes a choice away here, whatever it does elsewhere in the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _CLEARS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        says = event.key() in _CLEARS or (bool(event.text()) and event.text().isprintable())
        if event.isAutoRepeat() and says:
            return
        if event.key() in _CLEARS:
            self.chosen.emit(0)
        elif event.key() == Qt.Key.Key_Space:
            by_day = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.dated if by_day else self.signed).emit()
        else:
            super().keyPressEvent(event)
        self.walked.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters act: none of them seeks."""

    def _columns(self) -> tuple[RowColumn[Chooser], ...]:
        return (
            RowColumn("Nom", 220, lambda row: row.name, lambda row: self._ranks[row.id], bold=True),
            RowColumn("Activité", 200, self._activity, ink=_ink_of_activity),
            *(
                RowColumn(
                    kind.short,
                    170,
                    partial(_told_of, kind),
                    tint=partial(_tint, kind),
                    spared=True,
                )
                for kind in ConsentKind
            ),
        )

    def _activity(self, row: Chooser) -> str:
        if self._shown is None:
            return ""
        if row.who.activity:
            return self._shown.label_of(row.who.activity)
        return "" if row.who.has_left(self._shown.today) else _UNDECIDED

    def _told(self, row: Chooser) -> str:
        signed = (f"{kind.label} {told}" for kind in ConsentKind if (told := row.told(kind)))
        return ", ".join((row.name, self._activity(row), *signed))


def _ink_of_activity(row: Chooser) -> str:
    return "" if row.who.activity else "amber"


def _told_of(kind: ConsentKind, row: Chooser) -> str:
    return row.told(kind)


def _tint(kind: ConsentKind, row: Chooser) -> Tint:
    if row.valid(kind) is not None:
        return "green"
    return "amber" if kind in row.lacks(row.who.activity) else "grey"
