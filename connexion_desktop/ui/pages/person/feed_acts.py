"""What is done with one line of the feed: opened, ticked, corrected, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.entry import Entry, command_of
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedItem, FeedKey, FeedKind, Written
from connexion_desktop.domain.loan_paper import LoanPaperKind
from connexion_desktop.domain.targets import LoanPaperTarget
from connexion_desktop.ui.pages.person.feed_paint import is_tickable

if TYPE_CHECKING:
    from connexion_desktop.ui.page import Page
    from connexion_desktop.ui.pages.person.journal import Journal

_DELETED = {
    FeedKind.NOTE: "Note supprimée",
    FeedKind.ACTION: "Action supprimée",
    FeedKind.INTERVIEW: "Entretien supprimé",
    FeedKind.ATTENDANCE: "Absence supprimée",
}
_REWRITTEN = {
    FeedKind.NOTE: "Note modifiée",
    FeedKind.ACTION: "Action modifiée",
    FeedKind.INTERVIEW: "Entretien modifié",
    FeedKind.ATTENDANCE: "Absence modifiée",
}


class FeedActs(QObject):
    """Listens to the feed of a journal. What is saved belongs to `page`, for it outlives a line."""

    def __init__(self, page: Page, journal: Journal) -> None:
        super().__init__(page)
        self._page, self._desk, self._journal = page, page.desk, journal
        feed = journal.feed
        feed.opened.connect(self._open)
        feed.ticked.connect(self._tick)
        feed.removed.connect(self._delete)
        feed.rewritten.connect(self._rewrite)
        feed.drawing.corrected.connect(self._correct)
        feed.drawing.given_up.connect(self._give_up)
        feed.drawing.unread.connect(self._unread)
        feed.drawing.left_unsaved.connect(self._keep_left)
        for name, title, keys, act in (
            ("edit", "Corriger la ligne du fil", "F2", self._edit_current),
            ("tick", "Cocher ou décocher la ligne du fil", "Space", self._tick_current),
            ("delete", "Supprimer la ligne du fil", "Del", self._delete_current),
        ):
            added = self._desk.actions.add(
                f"person.line-{name}", title, keys, act, menu="Personne", owner=feed
            )
            added.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def _edit_current(self) -> None:
        item = self._journal.feed.current_item()
        if item is None or item.written is None:
            self._desk.tell("Choisissez d’abord, dans le fil, une ligne écrite à la main.")
        else:
            self._journal.feed.edit(self._journal.feed.currentIndex())

    def _tick_current(self) -> None:
        item = self._journal.feed.current_item()
        if item is None or not is_tickable(item):
            self._desk.tell("Choisissez d’abord, dans le fil, une action ou un entretien.")
        else:
            self._tick(item.key, not item.done)

    def _delete_current(self) -> None:
        item = self._journal.feed.current_item()
        if item is None or item.written is None:
            self._desk.tell("Choisissez d’abord, dans le fil, une ligne écrite à la main.")
        else:
            self._delete(item)

    def _open(self, item: FeedItem) -> None:
        if item.key.kind is FeedKind.PLACEMENT:
            self._desk.go("placements", item.key.id)
        elif item.key.kind is FeedKind.LOAN:
            self._desk.go("equipment", LoanPaperTarget(item.key.id, LoanPaperKind.AGREEMENT))
        elif item.key.kind is FeedKind.RETURN:
            self._desk.go("equipment", LoanPaperTarget(item.key.id, LoanPaperKind.RECEIPT))
        elif item.key.kind is FeedKind.FLAG:
            self._journal.show_doubts()

    def _tick(self, key: FeedKey, done: bool) -> None:
        today = self._desk.today()
        if key.kind is FeedKind.INTERVIEW:
            label = f"Entretien {'tenu' if done else 'à venir'}"
        else:
            label = f"Action {'faite' if done else 'à faire'}"
        self._desk.jobs.write(
            self._page,
            lambda session: usecases.notes.tick(session, key, done, today),
            lambda _none: self._desk.tell(f"{label} · Ctrl+Z pour annuler"),
            self._desk.fail,
            label=label,
        )

    def _delete(self, item: FeedItem) -> None:
        words = _DELETED[item.key.kind]
        self._desk.jobs.write(
            self._page,
            lambda session: usecases.notes.delete(session, item.key),
            lambda _none: self._desk.tell(f"{words} · Ctrl+Z pour annuler"),
            self._desk.fail,
            label=words,
        )

    def _rewrite(self, key: FeedKey, text: str) -> None:
        lines = self._journal.feed.drawing.seen
        seen = lines.seen(key)
        lines.send(key, text)
        self._desk.jobs.write(
            self._page,
            lambda session: usecases.notes.rewrite(session, key, text, seen),
            lambda _none: lines.answer(key, kept=True),
            self._keep_refused(key, text),
            label=_REWRITTEN[key.kind],
        )

    def _correct(self, key: FeedKey, entry: Entry) -> None:
        person = self._journal.person
        if person is None:
            return
        command = command_of(entry, person, self._desk.today())
        lines = self._journal.feed.drawing.seen
        editor = self._journal.feed.drawing.editor
        seen, head = lines.seen(key), editor.head.text() if editor is not None else ""
        lines.send(key, entry.text, head)

        def told(now: FeedKey) -> None:
            lines.answer(key, kept=True)
            self._journal.expect(now)
            self._desk.tell(f"{_REWRITTEN[key.kind]} · Ctrl+Z pour annuler")

        self._desk.jobs.write(
            self._page,
            lambda session: usecases.notes.correct(session, key, command, seen),
            told,
            self._keep_refused(key, entry.text, head),
            label=_REWRITTEN[key.kind],
        )

    def _give_up(self, key: FeedKey, former: str) -> None:
        """Give back the former text, as an act of its own: undoing it gives back what was typed."""
        lines = self._journal.feed.drawing.seen
        seen = lines.seen(key)
        lines.send(key, former)
        self._desk.jobs.write(
            self._page,
            lambda session: usecases.notes.rewrite(session, key, former, seen),
            lambda _none: self._gave_up(key),
            self._keep_refused(key, ""),
            label="Correction abandonnée",
        )

    def _gave_up(self, key: FeedKey) -> None:
        self._journal.feed.drawing.seen.answer(key, kept=True)
        self._desk.tell("Correction abandonnée · Ctrl+Z pour la reprendre")

    def _unread(self, problem: str) -> None:
        self._desk.fail(UserError(problem, "Le jour et le reste sont gardés comme ils étaient."))

    def _keep_left(self, text: str) -> None:
        """A line left before one chose: what was typed waits in the field to write."""
        if self._journal.person is not None:
            self._journal.writer.take_back(self._journal.person, text)

    def _keep_refused(
        self, key: FeedKey, text: str, head: str | None = None
    ) -> Callable[[UserError], None]:
        """Where a text that is refused goes: it stays where it is typed, else in the field."""
        person, feed = self._journal.person, self._journal.feed
        editor = feed.drawing.editor
        if head is None:
            head = editor.head.text() if editor is not None else ""
        typed = Written(head, text)

        def refused(problem: UserError) -> None:
            feed.drawing.seen.answer(key, kept=False)
            if isinstance(problem, ConflictError) and self._journal.person == person:
                now = feed.drawing.editor
                here = now.entered() if now is not None and feed.drawing.is_open(key) else typed
                if not here.text.strip() or feed.contest(key, problem, here):
                    return
            self._desk.fail(problem)
            if not feed.hold(key) and person is not None and text.strip():
                self._journal.writer.take_back(person, text)

        return refused
