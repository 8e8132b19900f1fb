"""The three trades considered, in order, and how sure the person is of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.person_file import PROJECT_RANKS, ProjectRow, ProjectState
from connexion_desktop.ui import theme
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets import badge
from connexion_desktop.ui.widgets.conflict_line import ConflictLine, told
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.panel import Panel

_PAUSE = 800
_TINTS: dict[ProjectState, badge.Tint] = {
    ProjectState.EXPLORE: "grey",
    ProjectState.TO_CONFIRM: "green",
    ProjectState.CONFIRMED: "accent",
}
_ICONS = {
    ProjectState.EXPLORE: "",
    ProjectState.TO_CONFIRM: "",
    ProjectState.CONFIRMED: "checkbox-circle-line",
}
_ROW = 20
_HINTS = ("écrire un premier choix de métier…", "un deuxième…", "un troisième…")
_NAMES = ("Premier choix de métier", "Deuxième choix", "Troisième choix")


class StateBadge(QAbstractButton):
    """A badge that goes to the next state at each press."""

    def __init__(self) -> None:
        super().__init__()
        self._state = ProjectState.EXPLORE
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_state(self, state: ProjectState) -> None:
        """Show how sure the person is."""
        self._state = state
        self.setAccessibleName(f"Choix {state.label}")
        self.setToolTip(f"{state.label.capitalize()} ; cliquer : {state.next.label}")
        self.updateGeometry()
        self.update()

    def state(self) -> ProjectState:
        """How sure the person is."""
        return self._state

    def sizeHint(self) -> QSize:
        return badge.size(self._state.label, _TINTS[self._state], icon=_ICONS[self._state])

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        badge.paint(
            painter,
            self.rect(),
            self._state.label,
            _TINTS[self._state],
            icon=_ICONS[self._state],
        )
        if theme.keyboard_ring(self):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.tokens().accent, 1.5))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class _Trade(QLineEdit):
    """A trade, saved at each pause and on leaving; Escape gives back what was saved."""

    settled = Signal(str)

    def __init__(self, rank: int) -> None:
        super().__init__()
        self._saved = self._before = ""
        self.setProperty("kind", "bare")
        self.setPlaceholderText(_HINTS[rank - 1])
        self.setAccessibleName(_NAMES[rank - 1])
        self.setMaxLength(160)
        self._pause = once_after(_PAUSE, self.flush, self)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.editingFinished.connect(self.flush)

    def show_text(self, text: str, *, anew: bool) -> None:
        """Show what is saved, unless something else is being typed about the same journey."""
        typing = self.text() != self._saved and not anew
        self._saved = text
        if not typing and self.text() != text:
            self._pause.stop()
            self.setText(text)
            self.setCursorPosition(0)

    def take(self) -> None:
        """What is typed is taken for saved."""
        self._pause.stop()
        self._before, self._saved = self._saved, self.text()

    def flush(self) -> None:
        """Save now what is typed."""
        self._pause.stop()
        if self.text() != self._saved:
            self._before, self._saved = self._saved, self.text()
            self.settled.emit(self._saved)

    def is_typed(self) -> bool:
        """Whether it holds something that is not saved."""
        return self.text() != self._saved

    def hold(self) -> None:
        """What was taken for saved was refused: it is to be saved again."""
        self._saved = self._before

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._saved:
            self._pause.stop()
            self.setText(self._saved)
            return
        super().keyPressEvent(event)


class ProjectPanel(Panel):
    """`edited(rank, label, ProjectState)`; whoever saves then calls `confirm` or `refuse`."""

    edited = Signal(int, str, object)

    def __init__(self) -> None:
        super().__init__("Projet")
        self.body.setSpacing(2)
        self.trades: list[_Trade] = []
        self.badges: list[StateBadge] = []
        self._rows: list[QWidget] = []
        self._saving: Counter[int] = Counter()
        self._conflicts: dict[int, ConflictLine] = {}
        for rank in PROJECT_RANKS:
            self._add_rank(rank)
        self.trades[0].textChanged.connect(lambda _text: self._dress_first())
        theme.changed.connect(self._dress)
        self._dress()

    def show_rows(self, rows: Sequence[ProjectRow], *, anew: bool = False) -> None:
        """Show a journey's choices; `anew` if it is another one. What is being typed, or saved,
        stays: it is newer."""
        if anew:
            self._saving.clear()
            for rank in PROJECT_RANKS:
                self.settle_conflict(rank)
        for row, trade, state in zip(rows, self.trades, self.badges, strict=False):
            if self._saving[row.rank] or row.rank in self._conflicts:
                continue
            is_typed = trade.is_typed() and not anew
            trade.show_text(row.label, anew=anew)
            if not is_typed:
                state.show_state(row.state)
                state.setVisible(bool(row.label))

    def is_typing(self, rank: int) -> bool:
        """Whether a trade is being typed, or saved."""
        return bool(self._saving[rank]) or self.trades[rank - 1].is_typed()

    def contest(self, rank: int, problem: ConflictError, mine: Callable[[], object]) -> None:
        """Say under a trade what somebody else made of it, to choose."""
        self.settle_conflict(rank)
        (clash,) = problem.clashes
        label, state = clash.theirs
        shown = f"{label}, {state.label}" if label else ""

        def keep() -> None:
            self.settle_conflict(rank)
            self.trades[rank - 1].setFocus()
            mine()

        def take() -> None:
            self.settle_conflict(rank)
            self.trades[rank - 1].setFocus()
            self.trades[rank - 1].show_text(label, anew=True)
            self.badges[rank - 1].show_state(state)
            self.badges[rank - 1].setVisible(bool(label))

        line = ConflictLine(told(problem, "ce choix", shown), _NAMES[rank - 1], keep, take)
        self._conflicts[rank] = line
        line.stand(self.body, self.body.indexOf(self._rows[rank - 1]) + 1)

    def settle_conflict(self, rank: int) -> None:
        """Nothing is to be chosen any more at that rank."""
        line = self._conflicts.pop(rank, None)
        if line is not None:
            line.leave()

    def conflict(self, rank: int) -> ConflictLine | None:
        """What is to be chosen at a rank, if anything is."""
        return self._conflicts.get(rank)

    def confirm(self, rank: int) -> None:
        """What was asked for is saved."""
        self._saving[rank] = max(self._saving[rank] - 1, 0)

    def refuse(self, rank: int) -> None:
        """What was asked for is not saved: it stays typed."""
        self.confirm(rank)
        self.trades[rank - 1].hold()

    def flush(self) -> None:
        """Save what is being typed."""
        for rank, trade in enumerate(self.trades, 1):
            if rank not in self._conflicts:
                trade.flush()

    def _add_rank(self, rank: int) -> None:
        trade, state = _Trade(rank), StateBadge()
        trade.settled.connect(lambda text: self._save(rank, text, state.state()))
        state.clicked.connect(partial(self._next_state, rank))
        state.show_state(ProjectState.EXPLORE)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(f"{rank}."))
        row.addWidget(trade, 1)
        row.addWidget(state)
        self.add(holder)
        self._rows.append(holder)
        self.trades.append(trade)
        self.badges.append(state)

    def _next_state(self, rank: int, *_checked: bool) -> None:
        trade, state = self.trades[rank - 1], self.badges[rank - 1]
        following = state.state().next
        state.show_state(following)
        self._save(rank, trade.text(), following)

    def save(self, rank: int) -> None:
        """Save a rank as it is shown."""
        trade = self.trades[rank - 1]
        trade.take()
        self._save(rank, trade.text(), self.badges[rank - 1].state())

    def _save(self, rank: int, text: str, state: ProjectState) -> None:
        self._saving[rank] += 1
        self.edited.emit(rank, text, state)

    def _dress_first(self) -> None:
        """The first choice is in bold; what invites to write it is not."""
        first = self.trades[0]
        first.setFont(theme.font("body", bold=bool(first.text())))

    def _dress(self) -> None:
        self._dress_first()
        for row in self._rows:
            row.setFixedHeight(theme.px(_ROW))
