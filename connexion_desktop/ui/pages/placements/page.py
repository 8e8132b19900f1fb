"""What does the office do next? The list of immersions, the form of one, its paper beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

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
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.placements.asking import Asking
from connexion_desktop.ui.pages.placements.empty import Empty
from connexion_desktop.ui.pages.placements.fields import draft_key
from connexion_desktop.ui.pages.placements.form import DraftForm
from connexion_desktop.ui.pages.placements.issued import IssuedView
from connexion_desktop.ui.pages.placements.list_acts import ListActs
from connexion_desktop.ui.pages.placements.list_pane import ListPane
from connexion_desktop.ui.paper_pane import PaperPane
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.panes import Panes
from connexion_desktop.ui.widgets.reading_order import put_in_order

_SIZES = "placements.panes"
_LIST, _FORM, _PREVIEW = 290, 480, 452
_LEAST_LIST, _LEAST_FORM, _LEAST_PREVIEW = 210, 400, 300
_NARROWEST_FORM = 340
"""Where there is not even that beside the list, they are shown in turn."""


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
        self._settings = settings
        self._current: UUID | None = None
        self._wanted: UUID | None = None
        self._listed: set[UUID] = set()
        self._former: UUID | None = None
        self.host_id: UUID | None = None
        self._enter = False
        self._compact = False
        self._alone = False
        self._at_list = True
        self._build()
        self.acts = ListActs(self)
        self._listen()
        self._make_acts()

    @property
    def is_whole(self) -> bool:
        """Whether what is chosen is there, its paper drawn; with nothing chosen, it is."""
        shown = self._current is None or self.middle.currentWidget() is not self._blank
        return shown and self.preview.is_drawn

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        self.stack = QStackedWidget()
        outer.addWidget(self.stack)
        self.panes = Panes()
        self.stack.addWidget(self.panes)
        self.list = ListPane()
        self.panes.addWidget(self.list)
        self.centre = QWidget()
        self.panes.addWidget(self.centre)
        self._build_centre(QVBoxLayout(self.centre))
        self.preview = PaperPane(self.desk)
        self.files_button = button("", icon="attachment-line", tip="Fichiers joints (Ctrl+Maj+F)")
        self.preview.corner.addWidget(self.files_button)
        self.panes.addWidget(self.preview)
        for number, stretch in enumerate((0, 1, 1)):
            self.panes.setStretchFactor(number, stretch)
        self.panes.setSizes(self._remembered())
        self._arrange()
        theme.changed.connect(self._arrange)

    def _build_centre(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(theme.GAP - Panes.WIDTH, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self._form_tab, self._paper_tab = Chip("Formulaire"), Chip("Aperçu")
        self._tabs = QWidget()
        column.addWidget(self._tabs)
        row = QHBoxLayout(self._tabs)
        row.setContentsMargins(0, 0, 0, 0)
        self.back = button(
            "Liste", "link", icon="arrow-left-line", tip="Revenir à la liste (Échap)"
        )
        self.back.clicked.connect(self._go_to_list)
        row.addWidget(self.back)
        for tab in (self._form_tab, self._paper_tab):
            tab.setAutoExclusive(True)
            tab.clicked.connect(self._arrange)
            row.addWidget(tab)
        row.addStretch(1)
        self._form_tab.setChecked(True)
        self.middle = QStackedWidget()
        column.addWidget(self.middle, 1)
        self._narrow_preview = QVBoxLayout()
        column.addLayout(self._narrow_preview, 1)
        self._blank = QWidget()
        self.asking = Asking(self.desk)
        self.form = DraftForm(self.desk)
        for widget in (self._blank, self.asking, self.form):
            self.middle.addWidget(widget)

    @cached_property
    def issued(self) -> IssuedView:
        """What shows an issued convention, made when the first one is."""
        made = IssuedView(self.desk)
        self.middle.addWidget(made)
        theme.dress(made)
        made.edition_wanted.connect(self._look_at)
        return made

    @cached_property
    def empty(self) -> Empty:
        """What is said before the first immersion."""
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
        self.list.new_wanted.connect(self.start_new)
        self.asking.person_chosen.connect(self._begin)
        self.asking.given_up.connect(self._give_up)
        self.form.paper_typed.connect(self.preview.show_paper)
        self.form.shown.connect(self._bring_form)

    def _make_acts(self) -> None:
        add = self.desk.actions.add
        for name, title, keys, act in (
            ("new", "Nouvelle immersion", "Ctrl+N; Ctrl+Shift+I", self.start_new),
            ("issue", "Émettre la convention", "Ctrl+Return", self._issue),
            ("print", "Imprimer la convention…", "Ctrl+P", self.preview.print_paper),
            ("pdf", "Enregistrer en PDF…", "Ctrl+Shift+P", self.preview.save_pdf),
            ("word", "Enregistrer en Word…", "", self.preview.save_word),
            ("next", "Point suivant à compléter", "F8", self.enter_form),
            ("days", "Horaires : semaine ou jour par jour", "Ctrl+J", self._swap_hours),
            ("find", "Chercher une immersion", "Ctrl+F", self._find),
            ("pane", "Volet suivant", "F6; Ctrl+Tab", self.next_pane),
        ):
            add(f"placements.{name}", title, keys, act, menu="Immersions", owner=self)
        self.files = FilesDoor(self, "Immersions", self._with_files)
        self.files_button.clicked.connect(self.files.open)

    def _with_files(self) -> Chosen | None:
        if self._current is None:
            return None
        row = self.list.model.row_at(self.list.model.index_of(self._current))
        title = f"{row.number} · {row.person}" if row is not None else "Immersion"
        return Subject("placement", self._current), title

    def drop_words(self) -> str:
        return "Lâchez pour joindre à cette immersion." if self._current else ""

    def take_files(self, paths: Sequence[Path]) -> None:
        self.files.take(paths)

    def dress(self) -> None:
        self.form.dress()
        for part in (self.list, self._tabs, self.asking, self.preview):
            theme.dress(part)

    # Opening

    def prepare(self) -> None:
        self.form.prepare()

    def open(self, target: object) -> None:
        self.prepare()
        if self._current is None:
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
            self._leave_list()
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
        if self._current is not None and self._wanted is None:
            self._read_form()

    def flush(self) -> None:
        self.form.flush()
        if not self._compact and self.isVisible():
            sizes = ",".join(str(size) for size in self.panes.sizes())
            self._settings.put(_SIZES, sizes)

    def record(self) -> RecordRef | None:
        return None if self._current is None else RecordRef("placement", self._current)

    def start_new(self) -> None:
        """Ask for whom an immersion is to be prepared."""
        if not self.is_asking():
            self._former = self._current
            self._select(None)
            self.list.mark(None)
            self.list.step_back(True)
            self._form_tab.setChecked(True)
            self._leave_list()
            self.stack.setCurrentWidget(self.panes)
            self.middle.setCurrentWidget(self.asking)
        self.asking.ask()

    def is_asking(self) -> bool:
        """Whether « pour qui ? » is asked."""
        return self.middle.currentWidget() is self.asking

    def _begin(self, person_id: UUID) -> None:
        self._stop_asking()
        self.create_for(person_id)

    def _give_up(self) -> None:
        self._stop_asking()
        self._select(self._former)
        self._go_to_list()
        if self._former is None:
            self.refresh()

    def _stop_asking(self) -> None:
        self.list.step_back(False)
        self.middle.setCurrentWidget(self._blank)

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
        self._leave_list()
        self._enter = True
        self._select(placement_id)

    def _show_rows(self, rows: tuple[PlacementRow, ...]) -> None:
        self.list.show_rows(rows)
        self._tell_counts(rows)
        listed, self._listed = self._listed, {row.id for row in rows}
        gone = self._current in listed - self._listed
        asking = self.is_asking()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            if not self.list.model.index_of(wanted).isValid():
                self.list.search.seek("")
            self._select(wanted)
        elif (self._current is None and not asking) or gone:
            first = self.list.first()
            self._select(first.id if first is not None else None)
        self.list.mark(self._current)
        self.stack.setCurrentWidget(self.panes if rows or asking else self.empty)

    def _tell_counts(self, rows: tuple[PlacementRow, ...]) -> None:
        self.subtitle_changed.emit(" · ".join(self.list.model.counts()[:3]))
        self.summary_changed.emit(f"{len(rows)} immersion{'s' * (len(rows) > 1)}")

    def _row_chosen(self, index: QModelIndex, _former: QModelIndex) -> None:
        row = self.list.model.row_at(index)
        if row is not None and row.id != self._current:
            self._select(row.id)

    def _row_clicked(self, _index: QModelIndex) -> None:
        """Where the list stands alone a click opens; beside its form, it chooses."""
        if self._alone:
            self._leave_list()
            self._enter = True
            self._read_form()

    def _select(self, placement_id: UUID | None) -> None:
        if self.is_asking():
            self._stop_asking()
        self.form.flush()
        self._current = placement_id
        self.host_id = None
        if placement_id is None:
            self.form.forget()
            self.middle.setCurrentWidget(self._blank)
            self.preview.clear()
        else:
            self.list.mark(placement_id)
            self._read_form()

    def _read_form(self) -> None:
        placement_id, today, author = self._current, self.desk.today(), self.desk.author
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
        if form.id != self._current:
            return
        self.files_button.setText(str(files or ""))
        self.host_id = form.host.id if form.host is not None else None
        wanted = self.issued if form.read_only else self.form
        if self.middle.currentWidget() is not wanted and self._is_typed_in():
            self._enter = True
        if form.read_only:
            self.form.forget()
            self.issued.show_form(form)
            self.preview.show_paper(form.paper)
            self._bring(self.issued)
            return
        if not self.form.is_built:
            self.middle.setCurrentWidget(self._blank)
        self.form.show_form(form, kept)

    def _bring_form(self) -> None:
        """In a turn of its own: filling a form and laying it out both take long. By then another
        may be chosen."""
        chosen = self._current

        def bring() -> None:
            if chosen == self._current and not self.is_asking():
                self._bring(self.form)

        QTimer.singleShot(0, self, bring)

    def _bring(self, shown: QWidget) -> None:
        if self.middle.currentWidget() is not shown:
            self.middle.setCurrentWidget(shown)
            put_in_order(self)
        if self._enter:
            self._enter = False
            QTimer.singleShot(0, self, self.enter_form)

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

    def _is_typed_in(self) -> bool:
        """Whether the middle has the keyboard."""
        focus = self.window().focusWidget()
        return focus is not None and self.middle.isAncestorOf(focus)

    def focusNextPrevChild(self, next: bool) -> bool:
        """What came since the last Tab takes its place first: the days of a period, a host's
        people."""
        put_in_order(self)
        return super().focusNextPrevChild(next)

    def enter_form(self) -> None:
        """Give the keyboard to the form of the immersion chosen."""
        if self._current is None:
            return
        self._leave_list()
        shown = self.middle.currentWidget()
        self._enter = shown is self._blank
        if isinstance(shown, (DraftForm, IssuedView)):
            shown.focus_first()

    def _go_to_list(self) -> None:
        self._at_list = True
        self._arrange()
        self.list.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _leave_list(self) -> None:
        self._at_list = False
        self._arrange()

    def _find(self) -> None:
        self._go_to_list()
        self.list.search.setFocus()

    def _has_keyboard(self, pane: QWidget) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and pane.isAncestorOf(focus)

    def _swap_hours(self) -> None:
        if self.middle.currentWidget() is self.form:
            self.form.timetable.swap()

    def _issue(self) -> None:
        if self.middle.currentWidget() is self.form:
            self.form.ask_issue()

    def next_pane(self) -> None:
        """Give the keyboard to the next of the three panes."""
        if self._has_keyboard(self.list):
            self.enter_form()
        elif self._has_keyboard(self.middle) and self.preview.isVisible():
            self.preview.area.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._go_to_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._go_to_list()
        else:
            super().keyPressEvent(event)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Three panes; the form and its paper in turn where there is no room for both; the list in
        turn with them where there is room for one pane only."""
        room = self.width() - 2 * (theme.MARGIN + theme.GAP)
        beside = room - theme.px(_LEAST_LIST)
        alone = beside < theme.px(_NARROWEST_FORM)
        if alone and not self._alone:
            self._at_list = not self._has_keyboard(self.centre)
        self._alone = alone
        self.list.setMinimumWidth(theme.px(_LEAST_LIST))
        widest = max(0, room if alone else beside)
        self.middle.setMinimumWidth(min(theme.px(_LEAST_FORM), widest))
        self.preview.setMinimumWidth(min(theme.px(_LEAST_PREVIEW), widest))
        compact = room < theme.px(_LEAST_LIST + _LEAST_FORM + _LEAST_PREVIEW)
        if compact != self._compact:
            self._compact = compact
            if compact:
                self._narrow_preview.addWidget(self.preview)
                self.panes.setSizes([theme.px(_LIST), self.width()])
            else:
                self.panes.addWidget(self.preview)
                self.panes.setSizes(self._remembered())
        self._show_in_turn()
        self._tabs.setVisible(compact)
        paper = compact and self._paper_tab.isChecked()
        self.middle.setVisible(not paper)
        self.preview.setVisible(paper or not compact)

    def _show_in_turn(self) -> None:
        """The list or the form, or both; the keyboard follows to the form once it is there."""
        hidden = self._alone and not self._at_list
        self._enter = self._enter or (hidden and self._has_keyboard(self.list))
        self.back.setVisible(self._alone)
        self.centre.setHidden(self._alone and self._at_list)
        self.list.setHidden(hidden)

    def _remembered(self) -> list[int]:
        kept = self._settings.text(_SIZES).split(",")
        if len(kept) == 3 and all(size.isdigit() and int(size) for size in kept):
            return [int(size) for size in kept]
        return [theme.px(_LIST), theme.px(_FORM), theme.px(_PREVIEW)]
