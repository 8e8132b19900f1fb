"""The one field to write: a note, an action, a talk, an absence; Enter saves it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from connexion_desktop import usecases
from connexion_desktop.domain.drafts import Typed
from connexion_desktop.domain.entry import Entry, EntryKind, Known, command_of
from connexion_desktop.domain.entry_preview import preview
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedKey
from connexion_desktop.domain.person_commands import writing_key
from connexion_desktop.domain.quick_entry import read_entry
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.person.writing_area import WritingArea
from connexion_desktop.ui.pages.person.writing_words import (
    KEYS,
    PLACEHOLDERS,
    REMINDER,
    SAVED,
    WAITING,
    act_label,
)
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.labels import button, label, restyle

_CHIPS_BESIDE = 600
"""From which width the kinds stand beside what is written, in logical pixels."""
_DRAFT_PAUSE = 300
_UNDO_OFFERED_FOR = 8_000


class Writer(QFrame):
    """See the module. `saved(FeedKey)` after each save, `left()` when Escape gives it up."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._person: UUID | None = None
        self._known = Known()
        self._chosen: EntryKind | None = None
        self._undoable: UUID | None = None
        self.setProperty("kind", "field")
        self.setObjectName("writer")
        self.area = WritingArea()
        self.area.setAccessibleName("Écrire une note, une action, un entretien, une absence")
        self.chips = {kind: Chip(kind.label) for kind in EntryKind}
        self.line = label("", "small")
        self.reminder = label(REMINDER, "small")
        self.undo = button("Annuler", "inline", tip="Annuler cet enregistrement (Ctrl+Z)")
        self._build()
        self._connect()
        self._arrange()

    def _build(self) -> None:
        for kind, chip in self.chips.items():
            chip.setToolTip(f"{kind.label} ({KEYS[kind]}, ou « /{kind.label.lower()} » en tête)")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._chip_row = QWidget()
        row = QHBoxLayout(self._chip_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for chip in self.chips.values():
            row.addWidget(chip)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(10, 3, 4, 3)
        self._outer.setSpacing(2)
        self._top = QHBoxLayout()
        self._top.setSpacing(4)
        self._top.addWidget(self.area, 1, Qt.AlignmentFlag.AlignVCenter)
        self._top.addWidget(self._chip_row)
        self._outer.addLayout(self._top)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(2, 0, 8, 2)
        below.setSpacing(6)
        below.addWidget(self.line)
        below.addWidget(self.undo)
        below.addStretch(1)
        below.addWidget(self.reminder)
        self._outer.addWidget(self._below)
        self.undo.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self.undo.hide()

    def _connect(self) -> None:
        self.area.textChanged.connect(self._typed)
        self.area.sent.connect(self.send)
        self.area.left.connect(self._leave)
        self.undo.clicked.connect(self._undo)
        for kind, chip in self.chips.items():
            chip.clicked.connect(partial(self._press, kind))
        self._pause = once_after(_DRAFT_PAUSE, self._keep_draft, self)
        self._offer = once_after(_UNDO_OFFERED_FOR, self._show_line, self)
        self.area.installEventFilter(self)

    # Who it is about

    def show_person(self, person_id: UUID) -> None:
        """Write about this person from now on; what was being typed about them comes back."""
        self.flush()
        self._person = person_id
        self._undoable = None
        self._chosen = None
        self._put("")
        author, key = self._desk.author, writing_key(person_id)
        self._desk.jobs.read(
            self,
            lambda session: usecases.drafts.take(session, author, key),
            self._bring_back,
            key="draft",
        )

    def know(self, known: Known) -> None:
        """What is known of the person, by which what is typed is understood."""
        self._known = known

    def focus(self) -> None:
        """Put the cursor in the field."""
        self.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, kind: EntryKind | None) -> None:
        """Write that kind of thing; without one, the first word tells."""
        self._chosen = kind
        self.focus()
        self._show_line()
        self._pause.start()

    def _press(self, kind: EntryKind, *_checked: bool) -> None:
        self.choose(None if self._chosen is kind else kind)

    def entry(self) -> Entry:
        """What is typed, as it is understood."""
        return read_entry(self.area.toPlainText(), self._desk.today(), self._known, self._chosen)

    # Saving

    def send(self) -> None:
        """Save what is typed, if it can be."""
        entry = self.entry()
        if self._person is None or entry.problem:
            nothing = not self.area.toPlainText().strip()
            self._say(entry.problem, "small" if nothing else "error")
            if nothing:
                self._offer.start()
            return
        typed, chosen, person = self.area.toPlainText(), self._chosen, self._person
        command = command_of(entry, person, self._desk.today())
        self._pause.stop()
        self._chosen = None
        self._put("")

        def act(session: usecases.Session) -> FeedKey:
            return usecases.notes.add(session, command)

        def refused(problem: UserError) -> None:
            self._refused(problem, person, typed, chosen)

        self._undoable = self._desk.jobs.write(
            self,
            act,
            lambda made: self._told(entry.kind, person, made),
            refused,
            label=act_label(command),
            typed=Typed(writing_key(person), _draft(chosen, typed)),
        )
        if not self._desk.jobs.answers:
            self._say(WAITING, "small")
            self._arrange()

    def _told(self, kind: EntryKind, person: UUID, key: FeedKey) -> None:
        if person != self._person:
            self._desk.tell(SAVED[kind])
            return
        self.undo.show()
        self._offer.start()
        self._arrange()
        self._say(f"{SAVED[kind]} ·", "small")
        self.saved.emit(key)

    def _refused(
        self, problem: UserError, person: UUID, typed: str, chosen: EntryKind | None
    ) -> None:
        """The text comes back, with the reason; what was typed meanwhile follows it."""
        self.take_back(person, typed, chosen)
        if person != self._person:
            self._desk.fail(problem)
            return
        self._say(" ".join(part for part in (problem.what, problem.todo) if part), "error")

    def take_back(self, person: UUID, text: str, kind: EntryKind | None = None) -> None:
        """Keep a text that could not be saved: in the field, or as a draft about whom it is."""
        if person != self._person:
            self._put_aside(person, text, kind)
            return
        self._chosen = kind
        self._put(_joined(text, self.area.toPlainText()))
        self._show_line()
        self._keep_draft()

    def forget_undo(self) -> None:
        """What was saved last is undone: it is said no more, nor offered to be undone."""
        self._undoable = None
        if self._offer.isActive():
            self._offer.stop()
            self._show_line()

    def _undo(self) -> None:
        command_id = self._undoable
        if command_id is None:
            return
        self._undoable = None
        self._offer.stop()
        self._show_line()
        self._desk.jobs.write(
            self,
            lambda session: usecases.undo.undo(session, command_id),
            lambda step: self._desk.tell(f"Annulé : {step.label}"),
            self._desk.fail,
            label="Annulation",
        )

    # Drafts

    def flush(self) -> None:
        """Keep now what is being typed."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep_draft()

    def _keep_draft(self) -> None:
        if self._person is None:
            return
        author, key, text = self._desk.author, writing_key(self._person), self.area.toPlainText()
        kept = _draft(self._chosen, text)

        def act(session: usecases.Session) -> None:
            if text.strip():
                usecases.drafts.keep(session, author, key, kept)
            else:
                usecases.drafts.drop(session, author, key)

        self._desk.jobs.draft(self, act)

    def _put_aside(self, person: UUID, text: str, kind: EntryKind | None) -> None:
        author, key = self._desk.author, writing_key(person)

        def act(session: usecases.Session) -> None:
            _, _, known = (usecases.drafts.take(session, author, key) or "").partition("\n")
            usecases.drafts.keep(session, author, key, _draft(kind, _joined(text, known)))

        self._desk.jobs.draft(self, act)

    def _bring_back(self, kept: str | None) -> None:
        """What was typed since the question was asked follows the draft."""
        if not kept:
            return
        kind, _, text = kept.partition("\n")
        self._chosen = EntryKind(kind) if kind else None
        self._put(_joined(text, self.area.toPlainText()))
        self._show_line()
        self._say("Votre brouillon est revenu", "small")

    def _leave(self) -> None:
        """Escape keeps the draft and gives the keyboard back to the feed."""
        self.flush()
        self.left.emit()

    # What is shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.area and isinstance(event, QFocusEvent):
            restyle(self, focused="true" if event.gotFocus() else "false")
            QTimer.singleShot(0, self, self._arrange)
        return False

    def _typed(self) -> None:
        self.undo.hide()
        self._offer.stop()
        self._pause.start()
        self._show_line()

    def _put(self, text: str) -> None:
        """Put a text in the field as if it had not been typed: nothing of it can be undone."""
        self.area.blockSignals(True)
        self.area.setPlainText(text)
        self.area.moveCursor(self.area.textCursor().MoveOperation.End)
        self.area.blockSignals(False)
        self.area.fit()
        self._show_line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_line(self) -> None:
        self.undo.hide()
        self.area.setPlaceholderText(PLACEHOLDERS[self._chosen])
        entry = self.entry()
        typed = bool(self.area.toPlainText().strip())
        for kind, chip in self.chips.items():
            chip.setChecked(kind is entry.kind and (typed or self._chosen is kind))
        if typed:
            self._say(
                entry.problem or " · ".join(preview(entry, self._desk.today())),
                "small" if entry.problem else "warning" if entry.doubt else "preview",
            )
        else:
            self._say("", "small")
        self._arrange()

    def _say(self, text: str, kind: str) -> None:
        self.line.setText(text)
        restyle(self.line, kind=kind)

    def _arrange(self) -> None:
        """One line when idle; the chips and what will be saved go below while one writes."""
        writing = bool(self.area.toPlainText()) or self.area.hasFocus() or bool(self.line.text())
        self._below.setVisible(writing)
        self.reminder.setVisible(writing and self.width() > theme.px(560))
        beside = self.width() >= theme.px(_CHIPS_BESIDE)
        if beside is (self._top.indexOf(self._chip_row) < 0):
            if beside:
                self._outer.removeWidget(self._chip_row)
                self._top.addWidget(self._chip_row)
            else:
                self._top.removeWidget(self._chip_row)
                self._outer.insertWidget(1, self._chip_row, 0, Qt.AlignmentFlag.AlignLeft)


def _draft(kind: EntryKind | None, text: str) -> str:
    """A draft: the kind chosen on the first line, then the text."""
    return f"{kind.value if kind else ''}\n{text}"


def _joined(before: str, after: str) -> str:
    return f"{before}\n{after}" if after else before
