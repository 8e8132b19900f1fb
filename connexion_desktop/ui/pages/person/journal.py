"""The large panel of the page: « Parcours » (the field to write, the feed), « Fiche » and
« Fichiers »."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from connexion_desktop.domain.attachments import Subject
from connexion_desktop.domain.entry import Known
from connexion_desktop.domain.feed import (
    FEED_PAGE,
    FEED_WHOLE,
    FeedFilter,
    FeedKey,
    FeedPage,
    FeedQuery,
)
from connexion_desktop.domain.person_file import PersonFile
from connexion_desktop.ui import theme
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.person.details import Details
from connexion_desktop.ui.pages.person.feed import FeedView
from connexion_desktop.ui.pages.person.writer import Writer
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.reading_order import put_in_order
from connexion_desktop.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from connexion_desktop.ui.attachments.panel import AttachmentsPanel

FEED_TAB, DETAILS_TAB, FILES_TAB = 0, 1, 2
_NOTHING = "Rien encore. Écrivez une première note juste au-dessus."
RESERVED = "Notes, entretiens et prochaines actions sont réservés au conseiller."
_NOTHING_SUCH = "Rien de tel dans ce parcours."


class Journal(Panel):
    """`asked()` when another part of the feed is wanted; see `query`. `left()` when Escape leaves
    the list of the files."""

    asked = Signal()
    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        desk = page.desk
        self._desk, self._page = desk, page
        self._person: UUID | None = None
        self._count = FEED_PAGE
        self._narrow = FeedFilter.ALL
        self._wanted: FeedKey | None = None
        self._fresh = True
        self.tabs = QTabBar()
        self.filter = button("Tout", "menu", tip="Ne montrer qu’une sorte de lignes")
        self.search = SearchField("Chercher…")
        self.search.setAccessibleName("Chercher dans le parcours")
        self.writer = Writer(desk)
        self.feed = FeedView(desk.today(), desk.author)
        self.empty = label("", "muted", wrap=True)
        self.reserved = label(RESERVED, "muted", wrap=True)
        self.reserved.hide()
        self.details = Details(desk)
        self._build()
        self._connect()

    def _build(self) -> None:
        for words in ("Parcours", "Fiche", "Fichiers"):
            self.tabs.addTab(words)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setTabToolTip(DETAILS_TAB, "Coordonnées et situation (Ctrl+E)")
        self.tabs.setTabToolTip(FILES_TAB, "Scans, photos, documents joints (Ctrl+Maj+F)")
        self.tabs.setAccessibleName("Parcours, fiche ou fichiers")
        self.filter.setMenu(self._filter_menu())
        self.search.setMaximumWidth(theme.px(190))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self.filter)
        head.addWidget(self.search)
        self.body.addLayout(head)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        self._parcours = QWidget()
        self._stack.addWidget(self._parcours)
        column = QVBoxLayout(self._parcours)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.writer)
        column.addWidget(self.reserved)
        self._lines = QStackedWidget()
        column.addWidget(self._lines, 1)
        self._lines.addWidget(self.feed)
        self._lines.addWidget(self._empty_place())
        self._stack.addWidget(self.details)

    def _empty_place(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(4, 12, 4, 4)
        column.addWidget(self.empty)
        self.show_all = button("Tout montrer", "link")
        row = QHBoxLayout()
        row.addWidget(self.show_all)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return place

    def _filter_menu(self) -> QMenu:
        menu = QMenu(self.filter)
        for each in FeedFilter:
            menu.addAction(each.label, partial(self.narrow, each))
        return menu

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.search.searched.connect(self._search)
        self.writer.left.connect(self.feed.setFocus)
        self.feed.more_wanted.connect(self._more)
        self.show_all.clicked.connect(self._widen)
        self.details.grown.connect(lambda: put_in_order(self))
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.search.setMaximumWidth(theme.px(190))

    def dress(self) -> None:
        """Wear the style sheet, part by part: the fields of « Fiche » are many."""
        for part in (self.tabs, self.filter, self.search, self._parcours):
            theme.dress(part)
        self.details.dress()

    @cached_property
    def files(self) -> AttachmentsPanel:
        """The files of whoever is shown, made when they are first looked at."""
        from connexion_desktop.ui.attachments.panel import AttachmentsPanel

        made = AttachmentsPanel(self._desk, self._page)
        made.counted.connect(self._count_files)
        made.left.connect(self.left)
        self._stack.addWidget(made)
        made.come_after(self.search)
        made.add_acts("person", "Personne")
        theme.dress(made)
        return made

    @property
    def has_files(self) -> bool:
        """Whether the files were ever looked at."""
        return "files" in self.__dict__

    # What is shown

    def query(self) -> FeedQuery | None:
        """The part of the feed that is shown; None before anybody is."""
        if self._person is None:
            return None
        return FeedQuery(
            self._person,
            self._desk.today(),
            self._narrow,
            self.search.text(),
            self._count,
        )

    @property
    def person(self) -> UUID | None:
        """Whose feed is shown, and to whom what is typed there belongs."""
        return self._person

    def start(self, person_id: UUID) -> None:
        """Somebody else: her whole feed, from its top."""
        self.flush()
        self._person = person_id
        self.writer.show_person(person_id)
        self._count, self._narrow = FEED_PAGE, FeedFilter.ALL
        self._wanted, self._fresh = None, True
        self.filter.setText(FeedFilter.ALL.label)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def show_file(self, file: PersonFile) -> None:
        """Show what was read."""
        known = Known(file.reasons, file.expected_on)
        self.writer.know(known)
        self.feed.know(known)
        self.writer.setVisible(not file.reserved)
        self.reserved.setVisible(file.reserved)
        self.show_page(file.feed)
        self._count_files(file.files)
        if self.tabs.currentIndex() == DETAILS_TAB:
            self.details.show_person(file.header.person_id)
        if self.tabs.currentIndex() == FILES_TAB:
            self.files.show_subject(Subject("person", file.header.person_id))

    def show_page(self, page: FeedPage) -> None:
        """Show these lines of the feed, without moving what is read."""
        self.feed.show_page(page, self._desk.today(), keep_place=not self._fresh)
        self._fresh = False
        narrowed = self._narrow is not FeedFilter.ALL or bool(self.search.text().strip())
        nothing = "" if self.writer.isHidden() else _NOTHING
        self.empty.setText(_NOTHING_SUCH if narrowed else nothing)
        self.show_all.setVisible(narrowed)
        self._lines.setCurrentIndex(0 if page.items else 1)
        if self._wanted is not None and self.feed.show_key(self._wanted):
            self._wanted = None

    def flush(self) -> None:
        """Save what is being typed."""
        self.writer.flush()
        self.feed.flush()
        self.details.flush()
        if self.has_files:
            self.files.flush()

    # What the user asks

    def narrow(self, to: FeedFilter) -> None:
        """Show one kind of lines only."""
        self._narrow, self._count, self._fresh = to, FEED_PAGE, True
        self.filter.setText(to.label)
        self.show_feed()
        self.asked.emit()

    def want(self, key: FeedKey) -> None:
        """Select a line of the feed; read as far as it is if need be."""
        self.show_feed()
        if self.feed.show_key(key):
            return
        self._wanted = key
        self._count = FEED_WHOLE
        self._forget_narrowing()
        self.asked.emit()

    def expect(self, key: FeedKey) -> None:
        """Select a line that was just written, once it is read."""
        self._wanted = key
        if key.kind not in self._narrow.kinds or self.search.text():
            self._forget_narrowing()
            self.asked.emit()

    def write(self) -> None:
        """Put the cursor where one writes."""
        self.show_feed()
        self.writer.focus()

    def show_feed(self) -> None:
        """Bring « Parcours » to the front."""
        self.tabs.setCurrentIndex(FEED_TAB)

    def show_details(self) -> None:
        """Bring « Fiche » to the front."""
        self.tabs.setCurrentIndex(DETAILS_TAB)

    def show_field(self, person_id: UUID, name: str) -> None:
        """Bring « Fiche » to the front, with the cursor in one of its fields."""
        self.show_details()
        self.details.show_field(person_id, name)

    def show_doubts(self) -> None:
        """Bring « Fiche » to the front, on the first doubtful value."""
        self.show_details()
        self.details.show_doubts()

    def show_files(self, file_id: UUID | None = None) -> None:
        """Bring « Fichiers » to the front, `file_id` chosen."""
        if self._person is not None:
            self.tabs.setCurrentIndex(FILES_TAB)
            self.files.show_subject(Subject("person", self._person), file_id)
            self.files.focus()

    def toggle(self) -> None:
        """From « Parcours » to « Fiche », and back from wherever it is."""
        at_feed = self.tabs.currentIndex() == FEED_TAB
        self.tabs.setCurrentIndex(DETAILS_TAB if at_feed else FEED_TAB)

    def _count_files(self, count: int) -> None:
        self.tabs.setTabText(FILES_TAB, f"Fichiers · {count}" if count else "Fichiers")

    def _show_tab(self, tab: int) -> None:
        shown = (self._parcours, self.details)
        self._stack.setCurrentWidget(shown[tab] if tab < FILES_TAB else self.files)
        for widget in (self.filter, self.search):
            widget.setVisible(tab == FEED_TAB)
        if tab == DETAILS_TAB and self._person is not None:
            self.details.show_person(self._person)
        if tab == FILES_TAB and self._person is not None:
            self.files.show_subject(Subject("person", self._person))
        if tab != DETAILS_TAB:
            self.details.flush()
        if tab != FILES_TAB and self.has_files:
            self.files.flush()

    def _search(self, _text: str) -> None:
        self._count, self._fresh = FEED_PAGE, True
        self.asked.emit()

    def _more(self) -> None:
        self._count += FEED_PAGE
        self.asked.emit()

    def _widen(self) -> None:
        self._forget_narrowing()
        self._fresh = True
        self.asked.emit()

    def _forget_narrowing(self) -> None:
        self._narrow = FeedFilter.ALL
        self.filter.setText(FeedFilter.ALL.label)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
