"""A section that is a list: its rows, and beside them the fields and the acts of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.history_sheet import history_act
from connexion_desktop.ui.pages.settings.pane import Pane
from connexion_desktop.ui.pages.settings.record_fields import RecordFields
from connexion_desktop.ui.widgets.alert import announce
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.rows_table import Identified, RowColumn, RowsModel, RowsTable

Row = TypeVar("Row", bound=Identified)
_SIDE_BY_SIDE, _HIGH = 760, 220
_LIST, _FORM = 3, 2


class MasterPane(Pane, Generic[Row]):
    """`adding` are the words of the field where one more is written; none without them."""

    adding: ClassVar[str] = ""
    form: RecordFields

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: UUID | None = None
        self._shown: UUID | None = None
        self.model = RowsModel(self.columns(), self.told)
        self.table = RowsTable(self.model, self.section.label)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSortIndicatorShown(False)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._turn())
        self.table.opened.connect(lambda _id: self.form.take_focus())
        self.table.menu_wanted.connect(self._show_menu)
        self.table.escaped.connect(self.go_back)
        self.form = self.make_form()
        self.usage = label("", "small", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self._build()

    # What each says of itself

    def columns(self) -> Sequence[RowColumn[Row]]:
        """What the list tells of each row."""
        raise NotImplementedError

    def told(self, row: Row) -> str:
        """What a screen reader says of a row."""
        raise NotImplementedError

    def record_kind(self) -> str:
        """What kind of record a row is: its history is shown."""
        raise NotImplementedError

    def make_form(self) -> RecordFields:
        """The fields of a row."""
        raise NotImplementedError

    def acts(self) -> Sequence[QWidget]:
        """The buttons of what is done to the row shown."""
        raise NotImplementedError

    def below(self) -> Sequence[QWidget]:
        """What stands under the fields of a row."""
        return ()

    def show_row(self, row: Row) -> None:
        """Show a row in the form, and what may be done to it."""
        raise NotImplementedError

    def fill_menu(self, menu: QMenu, row: Row) -> None:
        """Put what may be done to a row in its context menu."""
        raise NotImplementedError

    def add(self, text: str) -> None:
        """Write one more."""

    # What they have in common

    def _build(self) -> None:
        self.new = QLineEdit()
        self.new.setPlaceholderText(self.adding)
        self.new.setAccessibleName(self.adding)
        self.new.returnPressed.connect(self._add)
        self.new_button = button("Ajouter", icon="add-line")
        self.new_button.clicked.connect(self._add)
        self.top = QHBoxLayout()
        self.top.setSpacing(theme.SPACE)
        self.top.addWidget(self.new, 1)
        self.top.addWidget(self.new_button)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, theme.SPACE, 0)
        inside.setSpacing(theme.SPACE)
        inside.addWidget(self.form)
        inside.addWidget(self.usage)
        for part in self.below():
            inside.addWidget(part)
        inside.addWidget(self.problem)
        self.history_button = button("Historique…", icon="history-line", tip="Historique (Ctrl+H)")
        self.history_button.clicked.connect(self.show_history)
        inside.addWidget(flow(*self.acts(), self.history_button))
        inside.addStretch(1)
        self.area = Area("Fiche")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.hold(holder)
        self.panel = Panel()
        self.panel.add(self.area, 1)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE)
        left.addLayout(self.top)
        left.addWidget(self.table, 1)
        self._both = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(theme.GAP)
        self._halves.addLayout(left, _LIST)
        self._halves.addWidget(self.panel, _FORM)
        self.column.addWidget(self._both, 1)
        for part in (self.table, self.panel):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.offer_new(bool(self.adding))

    def offer_new(self, wanted: bool) -> None:
        """Whether one more may be written here."""
        self.new.setVisible(wanted)
        self.new_button.setVisible(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.px(_SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._both.setMinimumHeight(theme.px(_HIGH if wide else 2 * _HIGH))
        for place, share in enumerate((_LIST, _FORM) if wide else (1, 1)):
            self._halves.setStretch(place, share)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show the rows; the one shown before, or just made, keeps the form."""
        current = self._wanted or self.table.current()
        self._wanted = None
        self.model.show_rows(rows)
        self.table.put_current(current, anew=False)
        self._turn()

    def current(self) -> Row | None:
        """The row shown."""
        return self.model.row(self.table.currentIndex())

    def record(self) -> RecordRef | None:
        row = self.current()
        return RecordRef(self.record_kind(), row.id) if row is not None else None

    def show_history(self) -> None:
        """Tell what became of the row shown."""
        ref = self.record()
        if ref is not None:
            self.form.flush()
            self.desk.jobs.after_writes(self, history_act(self.desk, self, ref))

    def flush(self) -> None:
        self.form.flush()

    def take_focus(self) -> None:
        self.table.setFocus()

    def go_back(self) -> None:
        if self.panel.isAncestorOf(self.window().focusWidget() or self):
            self.table.setFocus()
        else:
            super().go_back()

    def begin_new(self) -> None:
        if self.new.isVisible():
            self.new.setFocus()
        else:
            super().begin_new()

    def say(self, problem: str) -> None:
        """Tell why something cannot be done; « » when it can."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            self.area.ensureWidgetVisible(self.problem)
            announce(self.problem)

    def refuse(self, problem: UserError) -> None:
        """Tell a refusal in place."""
        self.say(str(problem))

    def write(
        self, act: Callable[..., object], done: str, label: str, wanted: UUID | None = None
    ) -> None:
        """Do an act on the list, tell it, then show the row `wanted`."""
        self.say("")

        def told(_answer: object) -> None:
            self._wanted = wanted
            self.new.clear()
            self.desk.tell(f"{done} · Ctrl+Z pour annuler")
            self.refresh()

        self.desk.jobs.write(self, act, told, self.refuse, label=label)

    def _add(self) -> None:
        text = self.new.text().strip()
        if text:
            self.add(text)
        self.new.setFocus()

    def _turn(self) -> None:
        row = self.current()
        self.panel.setVisible(row is not None)
        if row is None:
            self.form.show_none()
            return
        if row.id != self._shown:
            self._shown = row.id
            self.say("")
        self.show_row(row)

    def _show_menu(self, _row_id: UUID, point: QPoint) -> None:
        row = self.current()
        if row is None:
            return
        menu = QMenu(self)
        self.fill_menu(menu, row)
        menu.addAction("Historique…", QKeySequence("Ctrl+H"), self.show_history)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)
