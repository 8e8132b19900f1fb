"""What does the office do next? The list of immersions, the form of one, its paper beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.attachments import Subject
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.placement_file import NewPlacement, PlacementForm, PlacementRow
from connexion_desktop.domain.targets import FileTarget, HostTarget, NewPlacementTarget
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.attachments.door import Chosen, FilesDoor
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.figures_only import say_figures_only
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.placements.empty import Empty
from connexion_desktop.ui.pages.placements.fields import draft_key
from connexion_desktop.ui.pages.placements.list_pane import ListPane
from connexion_desktop.ui.pages.placements.middle_pane import MiddlePane
from connexion_desktop.ui.pages.placements.page_acts import PlacementActs
from connexion_desktop.ui.pages.placements.three_panes import ThreePanes
from connexion_desktop.ui.paper_pane import PaperPane
from connexion_desktop.ui.widgets.empty import Empty as SaidEmpty
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.reading_order import put_in_order


class PlacementsPage(Page):
    """See the module. `settings` remembers how wide the panes are."""

    name = "placements"
    title = "Immersions"
    icon = "briefcase-4-line"
    makes = "nouvelle immersion"
    shows = frozenset(
        {
            "agreement",
            "association",
            "attachment",
            "cohort",
            "contact",
            "delegation",
            "journey",
            "meeting",
            "organisation",
            "person",
            "person_contact",
            "person_disability",
            "person_employer",
            "person_residence",
            "person_situation",
            "placement",
            "placement_slot",
            "setting",
            "signature",
            "staff",
        }
    )

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk)
        self._wanted: UUID | None = None
        self._listed: set[UUID] = set()
        self._former: UUID | None = None
        self.host_id: UUID | None = None
        self._build(settings)
        self.acts = PlacementActs(self)
        self.files = FilesDoor(self, "Immersions", self._with_files)
        self._listen()

    @property
    def is_whole(self) -> bool:
        """Whether what is chosen is there, its paper drawn; with nothing chosen, it is."""
        shown = self.middle.current is None or not self.middle.is_blank
        return shown and self.preview.is_drawn

    def _build(self, settings: Settings) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        self.stack = QStackedWidget()
        outer.addWidget(self.stack)
        self.list = ListPane()
        self.middle = MiddlePane(self.desk)
        self.preview = PaperPane(self.desk)
        self.files_button = button("", icon="attachment-line", tip="Fichiers joints (Ctrl+Maj+F)")
        self.preview.corner.addWidget(self.files_button)
        self.panes = ThreePanes(settings, self.list, self.middle, self.preview)
        self.stack.addWidget(self.panes)
        self._arrange()
        theme.changed.connect(self._arrange)

    @cached_property
    def empty(self) -> QWidget:
        """What is said before the first immersion, or to who sees none."""
        if not self.desk.sees_people:
            figures = SaidEmpty()
            say_figures_only(self.desk, figures)
            self.stack.addWidget(figures)
            theme.dress(figures)
            return figures
        made = Empty()
        self.stack.addWidget(made)
        theme.dress(made)
        made.wanted.connect(self.start_new)
        return made

    def _listen(self) -> None:
        self.list.view.selectionModel().currentChanged.connect(self._row_chosen)
        self.list.view.entered_row.connect(self.enter_form)
        self.list.view.clicked.connect(self._row_clicked)
        self.list.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.view.customContextMenuRequested.connect(self.acts.show_menu)
        self.files_button.clicked.connect(self.files.open)
        self.list.new_wanted.connect(self.start_new)
        self.list.hosts_wanted.connect(lambda: self.desk.go("organisations", None))
        self.panes.keyboard_left.connect(self.middle.enter_when_shown)
        self.middle.asking.person_chosen.connect(self._begin)
        self.middle.asking.given_up.connect(self._give_up)
        self.middle.form.paper_typed.connect(self.preview.show_paper)
        self.middle.edition_wanted.connect(self._look_at)
        self.middle.changed.connect(lambda: put_in_order(self))
        self.middle.enter_wanted.connect(self.enter_form)

    def _with_files(self) -> Chosen | None:
        if self.middle.current is None:
            return None
        row = self.list.model.row_at(self.list.model.index_of(self.middle.current))
        title = f"{row.number} · {row.person}" if row is not None else "Immersion"
        return Subject("placement", self.middle.current), title

    def drop_words(self) -> str:
        return "Lâchez pour joindre à cette immersion." if self.middle.current else ""

    def take_files(self, paths: Sequence[Path]) -> None:
        self.files.take(paths)

    def dress(self) -> None:
        self.middle.dress()
        for part in (self.list, self.panes.tabs, self.preview):
            theme.dress(part)

    # Opening

    def prepare(self) -> None:
        self.middle.form.prepare()

    def open(self, target: object) -> None:
        self.prepare()
        if self.middle.current is None:
            self.list.view.setFocus()
        if isinstance(target, NewPlacementTarget):
            self.create_for(target.person_id)
        if isinstance(target, HostTarget):
            self.list.search.seek(target.name)
            first = self.list.first()
            self._wanted = first.id if first is not None else None
        if isinstance(target, FileTarget):
            self.files.show(Subject("placement", target.id), target.title, target.file_id)
            target = target.id
        if isinstance(target, UUID):
            self._wanted = target
            self.panes.leave_list()
        self.refresh()

    def refresh(self) -> None:
        today = self.desk.today()
        self.desk.jobs.read(
            self,
            lambda session: usecases.placement_views.queue(session, today),
            self._show_rows,
            self.desk.fail,
            key="queue",
        )
        if self.middle.current is not None and self._wanted is None:
            self._read_form()

    def flush(self) -> None:
        self.middle.form.flush()
        self.panes.keep_sizes()

    def record(self) -> RecordRef | None:
        return None if self.middle.current is None else RecordRef("placement", self.middle.current)

    def start_new(self) -> None:
        """Ask for whom an immersion is to be prepared."""
        if not self.middle.is_asking:
            self._former = self.middle.current
            self._select(None)
            self.list.mark(None)
            self.list.step_back(True)
            self.panes.show_middle()
            self.stack.setCurrentWidget(self.panes)
        self.middle.ask()

    def _begin(self, person_id: UUID) -> None:
        self._stop_asking()
        self.create_for(person_id)

    def _give_up(self) -> None:
        self._stop_asking()
        self._select(self._former)
        self.panes.go_to_list()
        if self._former is None:
            self.refresh()

    def _stop_asking(self) -> None:
        self.list.step_back(False)
        self.middle.clear()

    def create_for(self, person_id: UUID) -> None:
        """Prepare an immersion for a person, and open it."""
        command = NewPlacement(uuid4(), person_id, self.desk.today())
        self.desk.jobs.write(
            self,
            lambda session: usecases.placements.create(session, command),
            self._open_new,
            self.desk.fail,
            label="Nouvelle immersion",
        )

    def _open_new(self, placement_id: UUID) -> None:
        self.panes.leave_list()
        self.middle.enter_when_shown()
        self._select(placement_id)

    def _show_rows(self, rows: tuple[PlacementRow, ...]) -> None:
        self.list.show_rows(rows)
        self._tell_counts(rows)
        listed, self._listed = self._listed, {row.id for row in rows}
        gone = self.middle.current in listed - self._listed
        asking = self.middle.is_asking
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            if not self.list.model.index_of(wanted).isValid():
                self.list.search.seek("")
            self._select(wanted)
        elif (self.middle.current is None and not asking) or gone:
            first = self.list.first()
            self._select(first.id if first is not None else None)
        self.list.mark(self.middle.current)
        self.stack.setCurrentWidget(self.panes if rows or asking else self.empty)

    def _tell_counts(self, rows: tuple[PlacementRow, ...]) -> None:
        self.subtitle_changed.emit(" · ".join(self.list.model.counts()[:3]))
        self.summary_changed.emit(f"{len(rows)} immersion{'s' * (len(rows) > 1)}")

    def _row_chosen(self, index: QModelIndex, _former: QModelIndex) -> None:
        row = self.list.model.row_at(index)
        if row is not None and row.id != self.middle.current:
            self._select(row.id)

    def _row_clicked(self, _index: QModelIndex) -> None:
        """Where the list stands alone a click opens; beside its form, it chooses."""
        if self.panes.is_list_alone:
            self.panes.leave_list()
            self.middle.enter_when_shown()
            self._read_form()

    def _select(self, placement_id: UUID | None) -> None:
        if self.middle.is_asking:
            self._stop_asking()
        self.middle.turn_to(placement_id)
        self.host_id = None
        if placement_id is None:
            self.preview.clear()
        else:
            self.list.mark(placement_id)
            self._read_form()

    def _read_form(self) -> None:
        placement_id, today, author = self.middle.current, self.desk.today(), self.desk.author
        if placement_id is None:
            return

        def read(session: usecases.Session) -> tuple[PlacementForm, str | None, int]:
            form = usecases.placement_views.form(session, placement_id, today)
            files = usecases.attachments.count_of(session, Subject("placement", placement_id))
            return form, usecases.drafts.take(session, author, draft_key(placement_id)), files

        self.desk.jobs.read(self, read, self._show_form, self._lose, key="form")

    def _lose(self, problem: UserError) -> None:
        self.desk.fail(problem)
        self._select(None)

    def _show_form(self, answer: tuple[PlacementForm, str | None, int]) -> None:
        form, kept, files = answer
        if form.id != self.middle.current:
            return
        self.files_button.setText(str(files or ""))
        self.host_id = form.host.id if form.host is not None else None
        self.middle.show_form(form, kept)
        if form.read_only:
            self.preview.show_paper(form.paper)

    def _look_at(self, number: str, edition: int) -> None:
        if not edition:
            self._read_form()
            return
        self.desk.jobs.read(
            self,
            lambda session: usecases.placement_views.edition_paper(session, number, edition),
            lambda paper: self.preview.show_paper(paper, f"Version {edition}, remplacée"),
            self.desk.fail,
            key="edition",
        )

    # Keyboard

    def focusNextPrevChild(self, next: bool) -> bool:
        """What came since the last Tab takes its place first: the days of a period, a host's
        people."""
        put_in_order(self)
        return super().focusNextPrevChild(next)

    def enter_form(self) -> None:
        """Give the keyboard to the form of the immersion chosen."""
        if self.middle.current is None:
            return
        self.panes.leave_list()
        self.middle.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.panes.go_to_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.panes.fit(self.width())
