"""The fields that two files tell otherwise, each with its values side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from connexion_desktop.domain.merging import Difference, FileHead, MergeView, Side
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.merging.side_choice import SideChoice
from connexion_desktop.ui.slices import Slices
from connexion_desktop.ui.widgets.labels import label

_LABELS = 150
_AT_ONCE = 8
"""How many fields are shown at once; the window never waits for the others."""

_WHOSE = {Side.KEPT: "fiche gardée", Side.OTHER: "autre fiche", Side.BOTH: "les deux fiches"}


class Choices(QWidget):
    """A value is chosen by the arrows, Space or the mouse. `ended()` when one walks past the last
    field."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Ce qui diffère")
        self._groups: dict[str, QButtonGroup] = {}
        self._told: Mapping[str, Difference] = {}
        self._sides: dict[str, Side] = {}
        self._row = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.SPACE)
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def is_whole(self) -> bool:
        """Whether every field is there: many are built a few at a time."""
        return len(self._groups) == len(self._told)

    def show_view(self, view: MergeView) -> None:
        """Show two files. What was chosen of a field stays chosen while it says the same."""
        stays = {
            key: side for key, side in self._sides.items() if self._told[key] in view.differences
        }
        had_keyboard = next((key for key in self._groups if self._has_keyboard(key)), "")
        self._clear()
        self._told = {each.key: each for each in view.differences}
        self._sides = view.proposal() | stays
        self._add_heads(view.kept, view.other)
        steps = self._rows(self._told)
        for _step in steps:
            reached = not had_keyboard or had_keyboard in self._groups
            if reached and len(self._groups) >= _AT_ONCE:
                break
        Slices(self, steps, lambda: None)
        if had_keyboard:
            self.take_keyboard(had_keyboard)

    def sides(self) -> Mapping[str, Side]:
        """The side chosen for each field."""
        return dict(self._sides)

    def choice(self, key: str, side: Side) -> SideChoice:
        """The button of a value. Raises KeyError for no such field."""
        return next(each for each in _buttons(self._groups[key]) if each.side is side)

    def take_keyboard(self, wanted: str = "") -> bool:
        """Give the keyboard to a field, else to the first; False where there is none."""
        group = self._groups.get(wanted) or next(iter(self._groups.values()), None)
        if group is not None:
            self._chosen(group).setFocus(Qt.FocusReason.TabFocusReason)
        return group is not None

    def _rows(self, told: Mapping[str, Difference]) -> Iterator[object]:
        """A step for each field, until another view is shown."""
        self._row, section = 1, ""
        for difference in told.values():
            if self._told is not told:
                return
            if difference.section != section:
                section = difference.section
                self._grid.addWidget(label(section, "strong"), self._next_row(), 0, 1, 3)
            self._add(difference)
            yield difference

    def _add_heads(self, kept: FileHead, other: FileHead) -> None:
        for column, (head, words) in enumerate(
            ((kept, "gardée, la plus ancienne"), (other, "réunie à la première")), 1
        ):
            holder = QWidget()
            inside = QGridLayout(holder)
            inside.setContentsMargins(0, 0, 0, theme.SPACE // 2)
            inside.setVerticalSpacing(0)
            inside.addWidget(label(head.name, "heading", wrap=True), 0, 0)
            told = " · ".join(part for part in (head.number, head.facts) if part)
            inside.addWidget(label(told, "muted", wrap=True), 1, 0)
            inside.addWidget(label(f"Fiche {words}", "small", wrap=True), 2, 0)
            self._grid.addWidget(holder, 0, column, Qt.AlignmentFlag.AlignTop)

    def _add(self, difference: Difference) -> None:
        row = self._next_row()
        name = label(difference.label, "muted", wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        name.setContentsMargins(0, theme.px(6), 0, 0)
        self._grid.addWidget(name, row, 0, top)
        group = QButtonGroup(self)
        group.setExclusive(True)
        self._groups[difference.key] = group
        for side in difference.sides:
            words = difference.told(side)
            made = SideChoice(side, words, f"{difference.label}, {_WHOSE[side]} : {words}")
            group.addButton(made)
            made.setChecked(side is self._sides[difference.key])
            made.toggled.connect(
                lambda on, key=difference.key, side=side: self._note(key, side, on)
            )
            made.walked.connect(lambda step, key=difference.key: self._walk(key, step))
            made.turned.connect(lambda step, key=difference.key: self._turn(key, step))
            if side is Side.BOTH:
                self._grid.addWidget(made, self._next_row(), 1, 1, 2)
            else:
                self._grid.addWidget(made, row, 1 + (side is Side.OTHER))

    def _note(self, key: str, side: Side, on: bool) -> None:
        if on:
            self._sides[key] = side

    def _next_row(self) -> int:
        self._row += 1
        return self._row

    def _has_keyboard(self, key: str) -> bool:
        return any(each.hasFocus() for each in _buttons(self._groups[key]))

    def _walk(self, key: str, step: int) -> None:
        keys = list(self._groups)
        place = keys.index(key) + step
        if place >= len(self._told):
            self.ended.emit()
        elif 0 <= place < len(keys):
            self._chosen(self._groups[keys[place]]).setFocus(Qt.FocusReason.TabFocusReason)

    def _turn(self, key: str, step: int) -> None:
        buttons = _buttons(self._groups[key])
        place = next(rank for rank, each in enumerate(buttons) if each.isChecked()) + step
        if 0 <= place < len(buttons):
            buttons[place].setChecked(True)
            buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _chosen(self, group: QButtonGroup) -> SideChoice:
        return next(each for each in _buttons(group) if each.isChecked())

    def _clear(self) -> None:
        for group in self._groups.values():
            group.deleteLater()
        self._groups = {}
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _fit(self) -> None:
        self._grid.setColumnMinimumWidth(0, theme.px(_LABELS))


def _buttons(group: QButtonGroup) -> Sequence[SideChoice]:
    return [each for each in group.buttons() if isinstance(each, SideChoice)]
