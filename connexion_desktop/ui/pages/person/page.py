"""The page of one person: header, band, the field to write, the feed, and what stands beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.entry import Entry, EntryKind, command_of
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.loan_paper import LoanPaperKind
from connexion_desktop.domain.person_file import (
    FeedFilter,
    FeedItem,
    FeedKey,
    FeedKind,
    FeedPage,
    JourneyLine,
    Lead,
    PersonAlert,
    PersonFile,
)
from connexion_desktop.domain.targets import LoanPaperTarget, MergeTarget, PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.deleting import delete_record
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.entering import choose_group
from connexion_desktop.ui.history_sheet import save_then_show_history
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.person.header import Header
from connexion_desktop.ui.pages.person.journal import Journal
from connexion_desktop.ui.pages.person.resembling import ResemblingBadge
from connexion_desktop.ui.pages.person.side import Side
from connexion_desktop.ui.pages.person.writer import KEYS
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from connexion_desktop.ui.pages.person.leaving import LeavingStrip

_SIDE = 330
_LEAST_FEED = 280
_SIDE_BY_SIDE_FROM = 940
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


class PersonPage(Page):
    """See the module. Opened on a `PersonTarget`."""

    name = "person"
    title = "Personne"
    icon = "user-line"
    can_note = True
    shows = frozenset(
        {
            "absence_reason",
            "action",
            "agreement",
            "attachment",
            "attendance",
            "cohort",
            "cohort_activity",
            "data_flag",
            "document",
            "equipment",
            "family_choice",
            "intake_step",
            "interview",
            "journey",
            "journey_exit",
            "loan",
            "meeting",
            "meeting_participant",
            "milestone",
            "note",
            "obstacle_level",
            "organisation",
            "person",
            "person_contact",
            "person_disability",
            "person_employer",
            "person_residence",
            "person_situation",
            "person_social",
            "placement",
            "placement_event",
            "placement_slot",
            "project_choice",
            "reference_item",
            "setting",
            "signature",
            "talk_note",
            "trade_family",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._target: PersonTarget | None = None
        self._journey: JourneyLine | None = None
        self._build(self._lay_out())
        self._connect()
        self._add_acts()

    def _lay_out(self) -> QVBoxLayout:
        """What scrolls, empty. It is filled from the outside in: what is moved into a parent is
        styled again, with all it holds."""
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._scroll = Area("Fiche de la personne")
        outer.addWidget(self._scroll)
        self._holder = QWidget()
        self._scroll.hold(self._holder)
        self._holder.hide()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.setSpacing(theme.GAP)
        return column

    def _build(self, column: QVBoxLayout) -> None:
        self.header = Header()
        column.addWidget(self.header)
        self.resembling = ResemblingBadge(self.desk.jobs, self)
        self.header.add_badge(self.resembling)
        panel = Panel()
        column.addWidget(panel)
        panel.setAccessibleName("Frise du parcours")
        self.band = Timeline()
        panel.add(self.band)
        inside = panel.layout()
        if inside is not None:
            inside.setContentsMargins(14, 8, 14, 6)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        column.addLayout(self._below, 1)
        self._below.setSpacing(theme.GAP)
        self.journal = Journal(self)
        self._below.addWidget(self.journal, 1)
        self.side = Side(self.desk)
        self._below.addWidget(self.side)
        theme.changed.connect(self._arrange)

    def _connect(self) -> None:
        self.header.led.connect(self._follow)
        self.resembling.compare_wanted.connect(self._compare)
        self.side.enter_wanted.connect(self._enter_group)
        self.band.chosen.connect(self.journal.want)
        self.journal.asked.connect(self._read_feed)
        self.journal.left.connect(self._back)
        self.journal.writer.saved.connect(self.journal.expect)
        feed = self.journal.feed
        feed.chosen.connect(self.band.mark)
        feed.ticked.connect(self._tick)
        feed.opened.connect(self._open_item)
        feed.removed.connect(self._delete)
        feed.history_wanted.connect(self._open_history)
        feed.rewritten.connect(self._rewrite)
        feed.drawing.corrected.connect(self._correct)
        feed.drawing.given_up.connect(self._give_up)
        feed.drawing.unread.connect(self._unread)
        feed.drawing.grown.connect(self._show_correction, Qt.ConnectionType.QueuedConnection)

    def _add_acts(self) -> None:
        add = partial(self.desk.actions.add, menu="Personne", owner=self)
        add("person.previous", "Personne précédente", "Alt+Left", lambda: self._walk(-1))
        add("person.next", "Personne suivante", "Alt+Right", lambda: self._walk(1))
        add("person.details", "Parcours ou fiche", "Ctrl+E", self.journal.toggle)
        add("person.files", "Fichiers joints", "Ctrl+Shift+F", self._show_files)
        add("person.attach", "Joindre un fichier…", "Ctrl+Shift+J", self._choose_files)
        add("person.paste", "Coller une image ou un fichier", "Ctrl+Shift+V", self._paste_files)
        add("person.search", "Chercher dans le parcours", "Ctrl+F", self._search)
        titles = {
            EntryKind.NOTE: "Écrire une note",
            EntryKind.ACTION: "Écrire une action",
            EntryKind.INTERVIEW: "Écrire un entretien",
            EntryKind.ABSENCE: "Écrire une absence",
        }
        for kind, title in titles.items():
            add(f"person.write.{kind}", title, KEYS[kind], partial(self._write, kind))
        add("person.enter", "Entrer dans un groupe…", "Ctrl+Shift+E", self._enter_group)
        add("person.leave", "Sortie du groupe…", "", self._leave_group)
        add("person.compare", "Comparer avec qui lui ressemble…", "", self._compare_likeliest)
        add(
            "person.journey_history",
            "Historique du parcours…",
            "",
            self._show_journey_history,
        )
        add("person.feed_history", "Historique du fil…", "", self._show_feed_history)
        add(
            "person.line_history",
            "Historique de la ligne…",
            "Ctrl+Shift+H",
            self._show_line_history,
        )
        add("person.delete", "Supprimer la personne", "", self._delete_person)
        add("person.group", "Revenir à la liste", "Alt+Up", self._back)

    def dress(self) -> None:
        self._scroll.dress()
        self.journal.dress()
        for part in (self.header, self.side):
            theme.dress(part)

    # What is shown

    def open(self, target: object) -> None:
        """Show a person among others; the last one shown without a target."""
        if isinstance(target, UUID):
            target = PersonTarget(target)
        if isinstance(target, PersonTarget):
            self._turn_to(target)
        self.refresh()

    def refresh(self) -> None:
        """Read the person again."""
        query = self.journal.query()
        if query is None or self._target is None:
            return
        self.desk.jobs.read(
            self,
            lambda session: usecases.person_file.load(session, query.person_id, query.today, query),
            self._show,
            self._gone,
            key="file",
        )

    def flush(self) -> None:
        """Save what is being typed."""
        self.journal.flush()
        self.side.flush()

    def undone(self, gone: frozenset[UUID] = frozenset()) -> None:
        """The last act was just undone; who is `gone` gives the place back to the group."""
        self.journal.writer.forget_undo()
        if self._target is not None and self._target.person_id in gone:
            origin = self._target.origin
            self._target = self._journey = None
            self._holder.hide()
            self.desk.go(origin, None)

    def be_discreet(self, discreet: bool) -> None:
        super().be_discreet(discreet)
        self.resembling.be_discreet(discreet)

    def about(self) -> UUID | None:
        return self._target.person_id if self._target else None

    def note(self) -> None:
        """Put the cursor where one writes."""
        self.journal.write()
        self._scroll.ensureWidgetVisible(self.journal.writer)

    def _turn_to(self, target: PersonTarget) -> None:
        known = self._target
        self._target = target
        self.place = target.origin
        if known is None or known.person_id != target.person_id:
            self.side.flush()
            self.journal.start(target.person_id)
        if target.write:
            self._holder.show()
            self.note()
        elif target.field:
            self._holder.show()
            self.journal.show_field(target.person_id, target.field)
        elif target.file is not None:
            self._holder.show()
            self._show_files(target.file)
        elif not self.isAncestorOf(self.focusWidget() or self):
            self.journal.feed.setFocus()

    def _show(self, file: PersonFile) -> None:
        if self._target is None or file.header.person_id != self._target.person_id:
            return
        self._journey = file.journey
        self.header.show_header(file.header)
        self.band.show_band(file.band, file.header.name)
        self.journal.show_file(file)
        self.side.show_file(file)
        self._holder.show()
        self.resembling.look(file.header.person_id)
        self._tell_window(file)
        self._arrange()

    def _gone(self, problem: UserError) -> None:
        if self._target is None:
            return
        self._holder.hide()
        self.desk.fail(problem)

    def _read_feed(self) -> None:
        query = self.journal.query()
        if query is None:
            return

        def show(page: FeedPage) -> None:
            if self.journal.query() == query:
                self.journal.show_page(page)

        self.desk.jobs.read(
            self, lambda session: usecases.person_feed.load(session, query), show, key="feed"
        )

    def _tell_window(self, file: PersonFile) -> None:
        order = self._target.order if self._target else ()
        place = ""
        if file.header.person_id in order and len(order) > 1:
            rank = order.index(file.header.person_id) + 1
            place = f"{rank} sur {len(order)} · Alt+← Alt+→"
        self.title_changed.emit(file.journey.cohort_name if file.journey else "Hors groupe")
        self.subtitle_changed.emit(place)
        self.summary_changed.emit(f"{file.header.number} · {file.header.name}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Feed and side stand side by side where there is room, else one under the other."""
        wide = self.width() >= theme.px(_SIDE_BY_SIDE_FROM)
        direction = QBoxLayout.Direction
        self._below.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self.journal.setMinimumHeight(theme.px(_LEAST_FEED))
        if wide:
            self.side.setMinimumHeight(0)
            self.side.setFixedWidth(theme.px(_SIDE))
        else:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
            self.side.setMinimumHeight(self.side.whole_height())

    # What the user asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _back(self) -> None:
        if self._target is not None and self._target.origin != "group":
            self.desk.go(self._target.origin, self._target.person_id)
        else:
            self.desk.go("group", self._journey.cohort_id if self._journey else None)

    def _walk(self, step: int) -> None:
        target = self._target
        if target is None or target.person_id not in target.order:
            return
        place = target.order.index(target.person_id) + step
        if self.discreet:
            self.desk.tell("Mode discret : seule cette fiche est montrée.")
        elif 0 <= place < len(target.order):
            self.open(
                replace(target, person_id=target.order[place], write=False, field="", file=None)
            )
        else:
            self.desk.tell(
                "C’est la dernière personne." if step > 0 else "C’est la première personne."
            )

    def _enter_group(self) -> None:
        if self._target is not None:
            at = self.header.mapToGlobal(self.header.rect().bottomLeft())
            choose_group(self.desk, self, (self._target.person_id,), at)

    @cached_property
    def leaving(self) -> LeavingStrip:
        """The strip where an exit is told."""
        from connexion_desktop.ui.pages.person.leaving import LeavingStrip

        strip = LeavingStrip(self.desk)
        self._outer.insertWidget(0, strip)
        theme.dress(strip)
        return strip

    def _leave_group(self) -> None:
        journey = self._journey
        if journey is None or journey.left_on is not None:
            self.desk.tell("Cette personne n’est dans aucun groupe.")
        else:
            self.leaving.ask(journey.id)

    def record(self) -> RecordRef | None:
        return RecordRef("person", self._target.person_id) if self._target else None

    def _show_journey_history(self) -> None:
        if self._journey is None:
            self.desk.tell("Cette personne n’est dans aucun groupe.")
        else:
            self._open_history(RecordRef("journey", self._journey.id))

    def _show_feed_history(self) -> None:
        if self._target is not None:
            self._open_history(RecordRef("feed", self._target.person_id))

    def _show_line_history(self) -> None:
        item = self.journal.feed.current_item()
        ref = item.key.record if item is not None else None
        if ref is None:
            self.desk.tell("Choisissez d’abord une ligne du fil.")
        else:
            self._open_history(ref)

    def _open_history(self, ref: RecordRef) -> None:
        save_then_show_history(self.desk, self, ref)

    def _compare(self, other: UUID) -> None:
        if self._target is not None:
            who = self._target.person_id
            self.desk.go("merging", MergeTarget(who, other, self.name, self._target))

    def _compare_likeliest(self) -> None:
        if not self.resembling.ask_to_compare():
            self.desk.tell("Personne ne lui ressemble assez pour être la même personne.")

    def _search(self) -> None:
        self.journal.show_feed()
        self.journal.search.setFocus()

    def _write(self, kind: EntryKind) -> None:
        self.note()
        self.journal.writer.choose(kind)

    def _show_files(self, file_id: UUID | None = None) -> None:
        if self._target is not None:
            self.journal.show_files(file_id)
            self._scroll.ensureWidgetVisible(self.journal.files)

    def _choose_files(self) -> None:
        if self._target is not None:
            self._show_files()
            self.journal.files.choose()

    def _paste_files(self) -> None:
        if self._target is not None:
            self._show_files()
            self.journal.files.paste()

    def drop_words(self) -> str:
        return "Lâchez pour joindre à la fiche de cette personne." if self._target else ""

    def take_files(self, paths: Sequence[Path]) -> None:
        self._show_files()
        self.journal.files.take(paths)

    def _follow(self, alert: PersonAlert) -> None:
        narrowed = {
            Lead.TO_DO: FeedFilter.TO_DO,
            Lead.EQUIPMENT: FeedFilter.EQUIPMENT,
            Lead.PAPERS: FeedFilter.PAPERS,
        }
        match alert.lead:
            case Lead.PLACEMENT:
                self.desk.go("placements", alert.placement_id)
            case Lead.WRITE:
                self.note()
            case Lead.DETAILS:
                self.journal.show_doubts()
            case _:
                self.journal.narrow(narrowed[alert.lead])

    def _open_item(self, item: FeedItem) -> None:
        if item.key.kind is FeedKind.PLACEMENT:
            self.desk.go("placements", item.key.id)
        elif item.key.kind is FeedKind.LOAN:
            self.desk.go("equipment", LoanPaperTarget(item.key.id, LoanPaperKind.AGREEMENT))
        elif item.key.kind is FeedKind.RETURN:
            self.desk.go("equipment", LoanPaperTarget(item.key.id, LoanPaperKind.RECEIPT))
        elif item.key.kind is FeedKind.FLAG:
            self.journal.show_doubts()

    def _tick(self, key: FeedKey, done: bool) -> None:
        today = self.desk.today()
        words = "Entretien" if key.kind is FeedKind.INTERVIEW else "Action"
        state = (
            ("tenu" if done else "à venir")
            if words == "Entretien"
            else ("faite" if done else "à faire")
        )
        self.desk.jobs.write(
            self,
            lambda session: usecases.notes.tick(session, key, done, today),
            lambda _none: self.desk.tell(f"{words} {state} · Ctrl+Z pour annuler"),
            self.desk.fail,
            label=f"{words} {state}",
        )

    def _delete_person(self) -> None:
        target = self._target
        if target is not None:
            gone = frozenset({target.person_id})
            self.flush()
            ref = RecordRef("person", target.person_id)
            delete_record(self.desk, self, ref, lambda: self.undone(gone))

    def _delete(self, item: FeedItem) -> None:
        words = _DELETED[item.key.kind]
        self.desk.jobs.write(
            self,
            lambda session: usecases.notes.delete(session, item.key),
            lambda _none: self.desk.tell(f"{words} · Ctrl+Z pour annuler"),
            self.desk.fail,
            label=words,
        )

    def _rewrite(self, key: FeedKey, text: str) -> None:
        self.desk.jobs.write(
            self,
            lambda session: usecases.notes.rewrite(session, key, text),
            None,
            self._keep_refused(key, text),
            label=_REWRITTEN[key.kind],
        )

    def _correct(self, key: FeedKey, entry: Entry) -> None:
        person = self.journal.person
        if person is None:
            return
        command = command_of(entry, person, self.desk.today())

        def told(now: FeedKey) -> None:
            self.journal.expect(now)
            self.desk.tell(f"{_REWRITTEN[key.kind]} · Ctrl+Z pour annuler")

        self.desk.jobs.write(
            self,
            lambda session: usecases.notes.correct(session, key, command),
            told,
            self._keep_refused(key, entry.text),
            label=_REWRITTEN[key.kind],
        )

    def _show_correction(self) -> None:
        """Where the page scrolls, keep in sight the line that is being corrected."""
        editor = self.journal.feed.drawing.editor
        if editor is not None:
            self._scroll.ensureWidgetVisible(editor)

    def _give_up(self, key: FeedKey, former: str) -> None:
        """Give back the former text, as an act of its own: undoing it gives back what was typed."""
        self.desk.jobs.write(
            self,
            lambda session: usecases.notes.rewrite(session, key, former),
            lambda _none: self.desk.tell("Correction abandonnée · Ctrl+Z pour la reprendre"),
            self.desk.fail,
            label="Correction abandonnée",
        )

    def _unread(self, problem: str) -> None:
        self.desk.fail(UserError(problem, "Le jour et le reste sont gardés comme ils étaient."))

    def _keep_refused(self, key: FeedKey, text: str) -> Callable[[UserError], None]:
        """Where a text that is refused goes: it stays where it is typed, else in the field."""
        person = self.journal.person

        def refused(problem: UserError) -> None:
            self.desk.fail(problem)
            if not self.journal.feed.hold(key) and person is not None and text.strip():
                self.journal.writer.take_back(person, text)

        return refused
