"""What a tab of the programme shows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from connexion_desktop.domain.history import RecordRef
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.area import Area

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.programme.page import ProgrammePage
    from connexion_desktop.ui.widgets.entry_strip import EntryStrip

_LEAST = 150
"""What is scrolled has that height at least, in logical pixels: a strip that leaves less stands
alone."""
_Strip = TypeVar("_Strip", bound="EntryStrip")


class Pane(QWidget):
    """The base of what stands under the tabs."""

    def show_group(self, cohort_id: UUID, day: date | None) -> None:
        """Show a group, at the week of a day (None: today's)."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show it as it is by now: something it shows has changed."""
        raise NotImplementedError

    def step(self, weeks: int) -> None:
        """Go to later weeks, or to earlier ones, where a few are in sight."""

    def record(self) -> RecordRef | None:
        """The record that has the keyboard, where it is neither a séance nor the group."""
        return None

    def meeting_id(self) -> UUID | None:
        """The séance chosen, where it is not walked to."""
        return None

    def flush(self) -> None:
        """Save what is being typed."""

    def leave(self) -> None:
        """It is seen no more: another tab, or another page, is."""

    def take_focus(self) -> None:
        """Take the keyboard."""
        raise NotImplementedError


class _Holder(QWidget):
    """Needs no more height than at the width it has."""

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is not None and layout.hasHeightForWidth():
            wide = max(self.width(), least.width())
            least.setHeight(layout.minimumHeightForWidth(wide))
        return least


class AskingPane(Pane):
    """A pane that asks in strips above the tabs: they close with it. `left()` when it, or a
    group, is seen no more."""

    left = Signal()

    def __init__(self, page: ProgrammePage) -> None:
        super().__init__()
        self.page = page
        self.area, self.holder = Area(""), _Holder()

    def scrolled(self, name: str) -> QVBoxLayout:
        """The column of what is shown: where there is little room it scrolls whole."""
        column = QVBoxLayout(self.holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        self.area.setAccessibleName(name)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.hold(self.holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        theme.changed.connect(self._keep_room)
        self._keep_room()
        return column

    def _keep_room(self) -> None:
        self.area.setMinimumHeight(theme.px(_LEAST))

    def follow(self, view: QAbstractItemView) -> None:
        """Have the row of a view that has the keyboard in sight."""
        row = view.visualRect(view.currentIndex())
        at = view.viewport().mapTo(self.holder, row.center())
        self.area.ensureVisible(0, at.y(), 0, row.height() // 2 + theme.SPACE)

    def put_strip(self, strip: _Strip) -> _Strip:
        """Have a strip stand above, as long as this is seen."""
        self.page.frame.add_strip(strip)
        self.left.connect(strip.hide)
        return strip

    def is_in_front(self) -> bool:
        """Whether its tab is the one shown, be it behind a strip that takes all the room."""
        return self.page.isVisible() and self.page.pane is self

    def leave(self) -> None:
        self.left.emit()
