"""What each column of the file means: proposed, corrected here, remembered for the next file."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QScrollArea, QTabWidget, QWidget

from connexion_desktop.domain.import_columns import FIELDS, SheetPlan, with_field
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.combo import Combo
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.tips import menu_text

_IGNORED = "— ne pas importer —"

Plans = tuple[SheetPlan, ...]


class ColumnsPanel(Panel):
    """One tab for each sheet. `corrected(plans)` when a column was given another meaning."""

    corrected = Signal(object)

    def __init__(self) -> None:
        super().__init__("Colonnes")
        self._plans: Plans = ()
        self._choices: dict[tuple[str, int], QComboBox] = {}
        self._notes: dict[tuple[str, int], QLabel] = {}
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setUsesScrollButtons(True)
        self._tabs.setAccessibleName("Feuilles")
        self._tabs.tabBar().setAccessibleName("Feuilles")
        self.add(self._tabs, 1)
        theme.changed.connect(self._size)
        self._size()

    def show_plans(self, plans: Plans) -> None:
        """Show the columns of a file."""
        self._plans = plans
        self._choices.clear()
        self._notes.clear()
        while (tab := self._tabs.widget(0)) is not None:
            self._tabs.removeTab(0)
            tab.deleteLater()
        for plan in plans:
            self._tabs.addTab(self._columns_of(plan), menu_text(plan.sheet))
        self._show_fields()

    def choice(self, heading: str) -> QComboBox:
        """The list that says what the column of that heading means. Raises StopIteration."""
        return next(
            self._choices[plan.sheet, column.index]
            for plan in self._plans
            for column in plan.columns
            if column.heading == heading
        )

    def _columns_of(self, plan: SheetPlan) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setVerticalSpacing(4)
        for row, column in enumerate(each for each in plan.columns if each.heading):
            choice = Combo()
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(6)
            choice.setAccessibleName(f"La colonne « {column.heading} » contient")
            choice.addItem(_IGNORED, None)
            for field in FIELDS[plan.kind]:
                choice.addItem(field.label, field.code)
            choice.activated.connect(partial(self._correct, plan.sheet, column.index))
            heading = label(column.heading, wrap=True)
            heading.setBuddy(choice)
            grid.addWidget(heading, 2 * row, 0)
            grid.addWidget(choice, 2 * row, 1)
            note = label("", "warning", wrap=True)
            grid.addWidget(note, 2 * row + 1, 1)
            self._choices[plan.sheet, column.index] = choice
            self._notes[plan.sheet, column.index] = note
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    def _show_fields(self) -> None:
        for plan in self._plans:
            for column in plan.columns:
                choice = self._choices.get((plan.sheet, column.index))
                if choice is not None:
                    choice.setCurrentIndex(max(choice.findData(column.field), 0))
                    held = plan.doubles.get(column)
                    note = self._notes[plan.sheet, column.index]
                    note.setText(f"la colonne {held.letters} dit déjà cela" if held else "")
                    note.setVisible(held is not None)

    def _correct(self, sheet: str, index: int, _chosen: int) -> None:
        field = self._choices[sheet, index].currentData()
        self._plans = tuple(
            with_field(plan, index, field) if plan.sheet == sheet else plan for plan in self._plans
        )
        self._show_fields()
        self.corrected.emit(self._plans)

    def _size(self) -> None:
        self.setFixedWidth(min(theme.px(360), 480))
