"""The page of one person: header, band, the field to write, the feed, and what stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedFilter, FeedPage
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.person_file import JourneyLine, Lead, PersonAlert, PersonFile
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.person.acts import PersonActs
from connexion_desktop.ui.pages.person.feed_acts import FeedActs
from connexion_desktop.ui.pages.person.header import Header
from connexion_desktop.ui.pages.person.journal import RESERVED, Journal
from connexion_desktop.ui.pages.person.resembling import ResemblingBadge
from connexion_desktop.ui.pages.person.side import Side
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.timeline import Timeline

_SIDE = 330
_LEAST_FEED = 280
_LESS_FEED = 176
_SIDE_BY_SIDE_FROM = 940


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
        self.target: PersonTarget | None = None
        """Who is shown, among whom."""
        self.journey: JourneyLine | None = None
        """Her time in a group; None outside any, or before she is read."""
        self._reserved = False
        self._build(self._lay_out())
        self.acts = PersonActs(self)
        self._feed_acts = FeedActs(self, self.journal)
        self._connect()

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
        self.resembling = ResemblingBadge(self.desk, self)
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
        for each in (self.journal, self.side):
            each.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        theme.changed.connect(self._arrange)

    def _connect(self) -> None:
        self.header.led.connect(self._follow)
        self.resembling.compare_wanted.connect(self.acts.compare)
        self.side.enter_wanted.connect(self.acts.enter_group)
        self.band.chosen.connect(self.journal.want)
        self.journal.asked.connect(self._read_feed)
        self.journal.left.connect(self.acts.back)
        self.journal.details.put_aside.connect(self.refresh)
        self.journal.writer.saved.connect(self.journal.expect)
        feed = self.journal.feed
        feed.chosen.connect(self.band.mark)
        feed.history_wanted.connect(self.acts.show_history)
        feed.drawing.grown.connect(self._show_correction, Qt.ConnectionType.QueuedConnection)

    def add_above(self, widget: QWidget) -> None:
        """Have something stand above what scrolls."""
        self._outer.insertWidget(0, widget)
        theme.dress(widget)

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
        if query is None or self.target is None:
            return
        self.desk.jobs.read(
            self,
            lambda session: usecases.person_file.load(
                session, query.person_id, query.today, query, author=self.desk.author
            ),
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
        if self.target is not None and self.target.person_id in gone:
            origin = self.target.origin
            self.target = self.journey = None
            self._holder.hide()
            self.desk.go(origin, None)

    def be_discreet(self, discreet: bool) -> None:
        super().be_discreet(discreet)
        self.resembling.be_discreet(discreet)

    @property
    def offers_note(self) -> bool:
        """Not for somebody whom a colleague follows."""
        return super().offers_note and not self._reserved

    def follow_rights(self) -> None:
        self.acts.follow_rights()

    def about(self) -> UUID | None:
        return self.target.person_id if self.target else None

    def note(self) -> None:
        """Put the cursor where one writes."""
        if not self.offers_note:
            self.desk.tell(RESERVED)
            return
        self.journal.write()
        self._scroll.ensureWidgetVisible(self.journal.writer)

    def _turn_to(self, target: PersonTarget) -> None:
        known = self.target
        self.target = target
        self.place = target.origin
        if known is None or known.person_id != target.person_id:
            self._reserve(reserved=False)
            self.side.flush()
            self.journal.start(target.person_id)
        if target.write and self.offers_note:
            self._holder.show()
            self.note()
        elif target.field:
            self._holder.show()
            self.journal.show_field(target.person_id, target.field)
        elif target.file is not None:
            self._holder.show()
            self.show_files(target.file)
        elif not self.isAncestorOf(self.focusWidget() or self):
            self.journal.feed.setFocus()

    def _show(self, file: PersonFile) -> None:
        if self.target is None or file.header.person_id != self.target.person_id:
            return
        self.journey = file.journey
        self._reserve(reserved=file.reserved)
        self.header.show_header(file.header)
        self.band.show_band(file.band, file.header.name)
        self.journal.show_file(file)
        self.side.show_file(file)
        self._holder.show()
        self.resembling.look(file.header.person_id)
        self._tell_window(file)
        self._arrange()

    def _reserve(self, *, reserved: bool) -> None:
        """Whether what is confidential of her is for others: nothing of it is then offered."""
        if reserved != self._reserved:
            self._reserved = reserved
            self.acts.follow_rights()
            self.acts_changed.emit()

    def _gone(self, problem: UserError) -> None:
        if self.target is None:
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
        order = self.target.order if self.target else ()
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
        if wide:
            self.side.setMinimumHeight(0)
            self.side.setFixedWidth(theme.px(_SIDE))
        else:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
            self.side.setMinimumHeight(self.side.whole_height())
        self._share_height()

    def _share_height(self) -> None:
        """A little that lacks, as under a message, is taken from the feed, which scrolls; where
        more does, the page scrolls and the feed keeps its room."""
        self.journal.setMinimumHeight(theme.px(_LESS_FEED))
        room = self._scroll.viewport().size()
        if self._holder.heightForWidth(room.width()) > room.height():
            self.journal.setMinimumHeight(theme.px(_LEAST_FEED))

    # What the user asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.acts.back()
        else:
            super().keyPressEvent(event)

    def record(self) -> RecordRef | None:
        return RecordRef("person", self.target.person_id) if self.target else None

    def show_files(self, file_id: UUID | None = None) -> None:
        """Bring her files to the front, `file_id` chosen."""
        if self.target is not None:
            self.journal.show_files(file_id)
            self._scroll.ensureWidgetVisible(self.journal.files)

    def drop_words(self) -> str:
        return "Lâchez pour joindre à la fiche de cette personne." if self.target else ""

    def take_files(self, paths: Sequence[Path]) -> None:
        self.show_files()
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

    def _show_correction(self) -> None:
        """Where the page scrolls, keep in sight the line that is being corrected."""
        editor = self.journal.feed.drawing.editor
        if editor is not None:
            self._scroll.ensureWidgetVisible(editor)
