"""Under the grid: what the cells chosen hold, the marks as buttons, which are their legend too, the
reason of an absence and the minutes of a lateness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QIntValidator, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.presence_grid import Cell, PresenceGrid, Reason
from connexion_desktop.domain.presences import LATE, MARK, MARKS, MISSED, REASON, CellKey
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.programme.presences.paint import letter, paint_mark
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.elided import Elided
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label

_NO_REASON = "Motif non précisé"
_LEGEND = "? pas encore saisi   · à venir   – pas de séance, ou hors parcours"
_TILE, _DIGITS = 18, 56


class _Refused(NamedTuple):
    typed: str
    problem: UserError


class MarkButton(QPushButton):
    """« P Présence », its letter on its tint."""

    def __init__(self, presence: Presence) -> None:
        super().__init__(presence.label.capitalize())
        self._presence = presence
        self.setAutoDefault(False)
        self.setToolTip(f"{presence.label.capitalize()} ({presence.value})")
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        side, ratio = theme.px(_TILE), self.devicePixelRatioF()
        tile = QPixmap(round(side * ratio), round(side * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        paint_mark(painter, QRect(0, 0, side, side), self._presence, letter(self._presence))
        painter.end()
        self.setIconSize(QSize(side, side))
        self.setIcon(QIcon(tile))


class CellLine(QWidget):
    """`marked(Presence | None)` for the cells chosen; `given(keys, values)`, a reason or minutes;
    `left(bool)` when the keyboard goes back to the grid, whether to the next person."""

    marked = Signal(object)
    given = Signal(object, object)
    left = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[CellKey, ...] = ()
        self._cell = Cell()
        self._late: dict[CellKey, int | None] = {}
        self._grid: PresenceGrid | None = None
        self._choices: list[tuple[str, str]] = []
        self._refused: dict[tuple[CellKey, ...], _Refused] = {}
        self.told = Elided("strong")
        self.refusal = label("", "error", wrap=True)
        self.refusal.hide()
        self.marks = {presence: MarkButton(presence) for presence in MARKS}
        for presence, made in self.marks.items():
            made.clicked.connect(lambda _on=False, each=presence: self.marked.emit(each))
        self.clear = button("Retirer", "ghost", icon="delete-back-2-line", tip="Retirer (Suppr)")
        self.clear.clicked.connect(lambda: self.marked.emit(None))
        self._make_details()
        self._build()

    def _make_details(self) -> None:
        self.reason = Combo()
        self.reason.setAccessibleName("Motif de l’absence")
        self.reason.setToolTip("Motif de l’absence, facultatif : il n’est jamais imprimé (F2)")
        self.reason.activated.connect(lambda _place: self._give_reason())
        self.late = QLineEdit()
        self.late.setAccessibleName("Minutes de retard")
        self.late.setToolTip("Minutes de retard (F2)")
        self.late.setPlaceholderText("min")
        self.late.setValidator(QIntValidator(0, 999, self.late))
        self.late.editingFinished.connect(self.flush)
        policy = self.late.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.late.setSizePolicy(policy)
        for field in (self.reason, self.late):
            field.installEventFilter(self)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.late.setFixedWidth(theme.px(_DIGITS))

    def _build(self) -> None:
        self._late_words = label("Retard, en minutes")
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE)
        top.addWidget(self.told, 1)
        top.addWidget(self._late_words)
        top.addWidget(self.late)
        top.addWidget(self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(top)
        column.addWidget(self.refusal)
        column.addWidget(flow(*self.marks.values(), self.clear, label(_LEGEND, "small")))

    def shows(self, keys: Sequence[CellKey]) -> bool:
        """Whether these cells are shown: minutes being typed are theirs."""
        return tuple(keys) == self._keys

    def show_cells(self, grid: PresenceGrid | None, keys: Sequence[CellKey], told: str) -> None:
        """Show what these cells hold, the first of them in words; what is being typed of them
        stays."""
        self.told.say(told)
        cells = [grid.cell(key.journey_id, key.slot) for key in keys] if grid is not None else []
        was = (self._keys, [*self._late])
        self._grid, self._keys = grid, tuple(keys)
        self._cell = cells[0] if cells else Cell(is_there=False)
        may_mark = (
            grid is not None
            and grid.may_mark
            and not all(key.journey_id in grid.reserved for key in keys)
        )
        can = may_mark and any(cell.is_open for cell in cells)
        for made in self.marks.values():
            made.setEnabled(can)
        self.clear.setEnabled(may_mark and any(each.mark and each.is_open for each in cells))
        self._show_reasons((grid.reasons if grid is not None else None) if may_mark else None)
        told_late = zip(self._keys, cells, strict=True) if may_mark else ()
        self._late = {key: each.late for key, each in told_late if _is_late(each)}
        if not self.late.isModified() or was != (self._keys, [*self._late]):
            self._show_minutes()
        for widget in (self._late_words, self.late):
            widget.setVisible(bool(self._late))

    def _show_minutes(self) -> None:
        """Those known of whoever is late among the cells chosen, of the first of them; else those
        that were refused, to be corrected."""
        if not self._late:
            self._refused.pop(self._keys, None)
        self.late.setText(str(next(iter(self._late.values()), None) or ""))
        if (refused := self._refused.get(self._keys)) is not None:
            self.late.setText(refused.typed)
            self.late.setModified(True)
        self._tell_refusal()

    def refuse(self, problem: UserError) -> None:
        """The minutes typed are refused: they stay in their field, with why."""
        self._refused[self._keys] = _Refused(self.late.text(), problem)
        self.late.setModified(True)

    def _tell_refusal(self) -> None:
        refused = self._refused.get(self._keys)
        told = (refused.problem.what, refused.problem.todo) if refused is not None else ()
        self.refusal.setText(" ".join(told))
        self.refusal.setVisible(bool(told))

    def _show_reasons(self, reasons: Sequence[Reason] | None) -> None:
        wanted = self._cell.mark in MISSED and reasons is not None
        self.reason.setVisible(wanted and not self._cell.is_locked)
        offered = [
            (each.label, each.code)
            for each in reasons or ()
            if each.is_offered or each.code == self._cell.reason
        ]
        choices = [(_NO_REASON, ""), *offered]
        if self._choices != choices:
            self._choices = choices
            self.reason.clear()
            for words, code in choices:
                self.reason.addItem(words, code)
        self.reason.setCurrentIndex(max(self.reason.findData(self._cell.reason), 0))

    def begin(self, digit: str = "") -> bool:
        """Put the keyboard where the reason, or the minutes, are said: with their first `digit`
        where it was typed on the grid. False where there is nothing to say."""
        field = self.reason if not digit and self.reason.isVisibleTo(self) else self.late
        if not field.isVisibleTo(self):
            return False
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.late.selectAll()
        if digit:
            self.late.insert(digit)
            self.late.setModified(True)
        return True

    def flush(self) -> UserError | None:
        """Save the minutes being typed; gives why they are refused, if they are."""
        if not self.late.isModified():
            return None
        self.late.setModified(False)
        self._refused.pop(self._keys, None)
        typed = int(self.late.text()) if self.late.text() else None
        if any(known != typed for known in self._late.values()):
            self.given.emit(list(self._late), {MARK: Presence.LATE, LATE: typed})
        self._tell_refusal()
        refused = self._refused.get(self._keys)
        return refused.problem if refused is not None else None

    def _give_reason(self) -> None:
        """Say why, of the absences among the cells chosen."""
        code = self.reason.currentData()
        if code == self._cell.reason or self._grid is None:
            return
        cells = {key: self._grid.cell(key.journey_id, key.slot) for key in self._keys}
        about = [key for key, cell in cells.items() if cell.mark in MISSED and cell.is_open]
        self.given.emit(about, {REASON: code})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            goes_down = event.key() == Qt.Key.Key_Down and watched is self.late
            if goes_down or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.flush() is None:
                    self.left.emit(True)
                else:
                    self.late.selectAll()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._refused.pop(self._keys, None)
                self._show_minutes()
                self.left.emit(False)
                return True
        return super().eventFilter(watched, event)


def _is_late(cell: Cell) -> bool:
    return cell.mark is Presence.LATE and cell.is_open
