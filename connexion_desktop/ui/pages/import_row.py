"""One row of an import: what was typed beside what is understood, so that it can be checked."""

from __future__ import annotations

import re
from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from connexion_desktop.domain.import_rows import PreviewRow
from connexion_desktop.domain.import_shown import Labels, ShownField, shown_fields
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.labels import label, restyle

_TWO_BLOCKS = 700
_HEADINGS = ("Dans le tableau", "Compris")
_NAME, _TYPED, _READ, _GAP = range(4)
_LONGEST = 300
_ENDLESS = re.compile(r"\S{24}(?=\S)")


class _Line:
    """The three texts of a field; they are made once and shown again for other rows."""

    def __init__(self) -> None:
        self.name = label("", "muted")
        self.typed = label("", "muted", wrap=True)
        self.read = label("", wrap=True)
        for each in self.texts:
            each.setAlignment(Qt.AlignmentFlag.AlignTop)
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    @property
    def texts(self) -> tuple[QLabel, QLabel, QLabel]:
        return self.name, self.typed, self.read

    def show_field(self, field: ShownField | None) -> None:
        for text in self.texts:
            text.setVisible(field is not None)
        if field is None:
            return
        self.name.setText(field.label)
        self.typed.setText(_breakable(field.typed) or "—")
        told = " · ".join(part for part in (field.understood, field.doubt) if part)
        self.read.setText(_breakable(told))
        kind = "warning" if field.doubt else ""
        if (self.read.property("kind") or "") != kind:
            restyle(self.read, kind=kind)


class RowDetail(QScrollArea):
    """The row under the cursor: notes, what will become of it, then its fields in two blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("La ligne choisie")
        self.notes = label("", wrap=True)
        self._lines: list[_Line] = []
        self._headings = [label(text, "small") for text in _HEADINGS * 2]
        self._shown = 0
        self._blocks = 0
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.SPACE, 0)
        column.setSpacing(4)
        column.addWidget(self.notes)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(2)
        column.addLayout(self.grid)
        column.addStretch(1)
        self.setWidget(inner)

    def show_row(self, row: PreviewRow | None, labels: Labels) -> None:
        """Show another row, or none."""
        fields = shown_fields(row, labels) if row is not None else ()
        self.notes.setText("" if row is None else _notes(row, fields))
        missing = len(fields) - len(self._lines)
        self._lines += (_Line() for _ in range(missing))
        if self._shown != len(fields):
            self._shown = len(fields)
            self._place()
        for line, field in zip_longest(self._lines, fields):
            line.show_field(field)
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        blocks = 2 if self.width() >= theme.px(_TWO_BLOCKS) else 1
        if blocks != self._blocks:
            self._blocks = blocks
            self._place()

    def _place(self) -> None:
        """The fields go down the first block, then down the second."""
        high = -(-self._shown // max(self._blocks, 1))
        for number, line in enumerate(self._lines):
            block, row = divmod(number, high) if high else (0, number)
            for place, text in zip((_NAME, _TYPED, _READ), line.texts, strict=True):
                self.grid.addWidget(text, row + 1, 4 * block + place)
        for number, heading in enumerate(self._headings):
            block, place = divmod(number, 2)
            self.grid.addWidget(heading, 0, 4 * block + _TYPED + place)
            heading.setVisible(block * high < self._shown and block < self._blocks)
        for block in range(2):
            used = block < self._blocks
            self.grid.setColumnMinimumWidth(4 * block + _GAP, theme.px(16) if used else 0)
            self.grid.setColumnStretch(4 * block + _TYPED, 2 * used)
            self.grid.setColumnStretch(4 * block + _READ, 3 * used)


def _breakable(text: str) -> str:
    """The start of a text, its endless words cut where a line may end."""
    return _ENDLESS.sub("\\g<0>\u200b", text[:_LONGEST])


def _notes(row: PreviewRow, fields: tuple[ShownField, ...]) -> str:
    """What the row says beside its fields, and what will become of it."""
    shown = {field.code for field in fields}
    others = (each.message for each in row.problems if each.field not in shown)
    parts = (*row.notes, *others, row.outcome)
    return f"{' · '.join(part.rstrip('.') for part in parts)}."
