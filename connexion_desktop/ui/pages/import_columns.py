"""What each sheet and each column of the file means: proposed, corrected here, remembered for the
next file."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop.domain.import_columns import (
    NO_HEADINGS,
    Column,
    SheetOutline,
    SheetPlan,
    guessed,
    planned,
    with_field,
    with_unclear_kept,
)
from connexion_desktop.domain.import_fields import FIELDS, SheetKind
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.labels import button, label, restyle
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.tips import menu_text

_IGNORED = "— ne pas importer —"
_ASIDE = "— laissée de côté —"
_BARE = "— pas de titres —"

Plans = tuple[SheetPlan, ...]


class ColumnsPanel(Panel):
    """One tab for each sheet that holds something. `corrected(plans)` when a sheet or a column was
    given another meaning."""

    corrected = Signal(object)

    def __init__(self) -> None:
        super().__init__("Colonnes")
        self._sheets: dict[str, SheetColumns] = {}
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setAccessibleName("Feuilles")
        self._tabs.tabBar().setAccessibleName("Feuilles")
        self.add(self._tabs, 1)
        theme.changed.connect(self._size)
        self._size()

    def show_sheets(self, outlines: tuple[SheetOutline, ...], plans: Plans) -> None:
        """Show the sheets of a file, those of the plans as they are understood."""
        self._sheets.clear()
        while (tab := self._tabs.widget(0)) is not None:
            self._tabs.removeTab(0)
            tab.deleteLater()
        known = {plan.sheet: plan for plan in plans}
        for outline in outlines:
            made = SheetColumns(outline, known.get(outline.name))
            made.corrected.connect(self._tell)
            self._sheets[outline.name] = made
            self._tabs.addTab(made, menu_text(outline.name))
        first = next((name for name in self._sheets if name in known), None)
        if first is not None:
            self.show_sheet(first)

    def choice(self, heading: str) -> QComboBox:
        """The list that says what the column of that heading means. Raises StopIteration."""
        return next(
            choice
            for sheet in self._sheets.values()
            for name, choice in sheet.choices()
            if name == heading
        )

    def show_sheet(self, name: str) -> None:
        """Show the tab of that sheet."""
        self._tabs.setCurrentWidget(self._sheets[name])

    def begin(self) -> None:
        """Give the keyboard to the first column that is not understood."""
        for sheet in self._sheets.values():
            for column in sheet.plan.unclear if sheet.plan is not None else ():
                self._tabs.setCurrentWidget(sheet)
                sheet.choices_by_column[column.index].setFocus()
                return

    def sheet(self, name: str) -> SheetColumns:
        """The columns of the sheet of that name."""
        return self._sheets[name]

    def _tell(self) -> None:
        plans = (sheet.plan for sheet in self._sheets.values())
        self.corrected.emit(tuple(plan for plan in plans if plan is not None))

    def _size(self) -> None:
        self.setFixedWidth(min(theme.px(360), 480))


class SheetColumns(QWidget):
    """A sheet: what it lists, where its headings are, what each column holds. `corrected()` when
    one of them was said otherwise; `plan` is None where the sheet is left aside."""

    corrected = Signal()

    def __init__(self, outline: SheetOutline, plan: SheetPlan | None) -> None:
        super().__init__()
        self.plan = plan
        self._outline = outline
        self.choices_by_column: dict[int, QComboBox] = {}
        """The list of each column that holds something, by its place in the sheet."""
        self._notes: dict[int, QLabel] = {}
        self.kind = _combo(f"La feuille « {outline.name} » contient")
        self.kind.addItem(_ASIDE, None)
        for kind in SheetKind:
            self.kind.addItem(kind.label, kind)
        self.titles = _combo(f"Les titres de la feuille « {outline.name} »")
        self.titles.addItem(_BARE, NO_HEADINGS)
        for number, words in outline.heading_rows:
            self.titles.addItem(f"ligne {number + 1} : {words}", number)
        self._unclear = label("", "warning", wrap=True)
        self.keep = button("Les garder en note", "link")
        self.keep.clicked.connect(self._keep)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QGridLayout()
        top.setVerticalSpacing(4)
        for row, (words, field) in enumerate((("Contient", self.kind), ("Titres", self.titles))):
            name = label(words, "muted")
            name.setBuddy(field)
            top.addWidget(name, row, 0)
            top.addWidget(field, row, 1)
        top.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addLayout(top)
        column.addWidget(self._unclear)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._scroll, 1)
        self._show_columns()
        self.kind.activated.connect(self._reshape)
        self.titles.activated.connect(self._reshape)

    def choices(self) -> list[tuple[str, QComboBox]]:
        """Each column's name and the list that says what it holds."""
        columns = self.plan.columns if self.plan is not None else ()
        return [
            (each.name, self.choices_by_column[each.index])
            for each in columns
            if each.index in self.choices_by_column
        ]

    def _show_columns(self) -> None:
        """The lists of the sheet's columns, made anew."""
        self.choices_by_column.clear()
        self._notes.clear()
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setVerticalSpacing(4)
        shown = [] if self.plan is None else [e for e in self.plan.columns if e.heading or e.sample]
        for row, column in enumerate(shown):
            self._add(grid, 2 * row, column)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self._scroll.setWidget(inner)
        self._show_fields()

    def _add(self, grid: QGridLayout, row: int, column: Column) -> None:
        choice = _combo(f"La colonne « {column.name} » contient")
        choice.addItem(_IGNORED, None)
        if self.plan is not None:
            for field in FIELDS[self.plan.kind]:
                choice.addItem(field.label, field.code)
        choice.activated.connect(partial(self._correct, column.index))
        heading = label(column.name, wrap=True)
        heading.setBuddy(choice)
        grid.addWidget(heading, row, 0)
        grid.addWidget(choice, row, 1)
        note = label("", wrap=True)
        grid.addWidget(note, row + 1, 1)
        self.choices_by_column[column.index] = choice
        self._notes[column.index] = note

    def _show_fields(self) -> None:
        plan = self.plan
        with QSignalBlocker(self.kind), QSignalBlocker(self.titles):
            self.kind.setCurrentIndex(self.kind.findData(plan.kind if plan else None))
            row = plan.header_row if plan else NO_HEADINGS
            self.titles.setCurrentIndex(max(self.titles.findData(row), 0))
        self.titles.setEnabled(plan is not None)
        doubles = plan.doubles if plan is not None else {}
        for column in plan.columns if plan is not None else ():
            choice = self.choices_by_column.get(column.index)
            if choice is not None:
                choice.setCurrentIndex(max(choice.findData(column.field), 0))
                self._say(column, doubles.get(column))
        lost = [] if plan is None else [each for each in plan.unclear if each not in doubles]
        self._unclear.setText(
            f"{len(lost)} colonnes ne sont pas comprises : elles ne seront pas importées."
            if len(lost) > 1
            else "1 colonne n’est pas comprise : elle ne sera pas importée."
        )
        self._unclear.setVisible(bool(lost))
        can_keep = plan is not None and plan.kind is SheetKind.PEOPLE
        self.keep.setText("Les garder en note" if len(lost) > 1 else "La garder en note")
        self.keep.setVisible(bool(lost) and can_keep)

    def _say(self, column: Column, held: Column | None) -> None:
        """Under a column: that another one says the same, else what stands in it."""
        note = self._notes[column.index]
        example = f"ex. : {column.sample}" if column.sample and not column.field else ""
        note.setText(f"la colonne {held.letters} dit déjà cela" if held else example)
        restyle(note, kind="warning" if held else "muted")
        note.setVisible(bool(note.text()))

    def _reshape(self, _chosen: int) -> None:
        """Another kind, or other headings: the columns are understood again."""
        kind = self.kind.currentData()
        if kind is None:
            self.plan = None
        else:
            known = self.plan.header_row if self.plan is not None else None
            row = self.titles.currentData() if known is not None else self._first_titles()
            self.plan = planned(self._outline.name, self._outline.rows, SheetKind(kind), row)
        self._show_columns()
        self.corrected.emit()

    def _first_titles(self) -> int:
        found = guessed(self._outline.name, self._outline.rows)
        return found.header_row if found is not None else NO_HEADINGS

    def _correct(self, index: int, _chosen: int) -> None:
        if self.plan is not None:
            self.plan = with_field(self.plan, index, self.choices_by_column[index].currentData())
            self._show_fields()
            self.corrected.emit()

    def _keep(self) -> None:
        if self.plan is not None:
            self.plan = with_unclear_kept(self.plan)
            self._show_fields()
            self.corrected.emit()


def _combo(name: str) -> Combo:
    made = Combo()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    made.setAccessibleName(name)
    return made
