"""The files of one subject: the list, and beside it the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.attachments import (
    Attached,
    FileList,
    Subject,
    files_text,
    name_to_save,
    size_text,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import fold
from connexion_desktop.ui import theme
from connexion_desktop.ui.attachments.bringing import Bringing
from connexion_desktop.ui.attachments.columns import COLUMNS, FIRST_SORTING, is_meant, told
from connexion_desktop.ui.attachments.file_pane import FilePane
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.file_dialogs import file_to_save, files_to_open
from connexion_desktop.ui.giving import copy_list
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.reading_order import put_in_order
from connexion_desktop.ui.widgets.rows_table import RowsModel, RowsTable, in_order
from connexion_desktop.ui.widgets.search_field import SearchField

MANY = 8
"""From how many files on they are sought as one types."""

_BESIDE_FROM = 640
_LEAST_LIST = 120
_NOTHING = (
    "Aucun fichier. Déposez ici un scan, une photo, un document Word, ou tout autre fichier : il "
    "est chiffré avec le reste de la base."
)
_NOTHING_SUCH = "Aucun fichier ne correspond à ce que vous cherchez."


class AttachmentsPanel(QWidget):
    """`counted(n)` when the files of the subject are read; `left()` when Escape leaves the list.
    What is brought in is read for as long as `page` lives."""

    counted = Signal(int)
    left = Signal()

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__()
        self._desk = desk
        self._subject: Subject | None = None
        self._list: FileList | None = None
        self._sorting = FIRST_SORTING
        self._keyboard_wanted = False
        self._wanted: UUID | None = None
        self.model = RowsModel(COLUMNS, told)
        self.table = RowsTable(self.model, "Fichiers")
        self.search = SearchField("Chercher un fichier…")
        self.add_button = button("Joindre un fichier…", icon="attachment-line")
        self.paste_button = button("Coller", "ghost", tip="Coller une image ou des fichiers")
        self.total = label("", "small")
        self.bringing = Bringing(desk, page)
        self.file = FilePane(desk)
        self.empty = label(_NOTHING, "muted", wrap=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE)
        bar.addWidget(self.add_button)
        bar.addWidget(self.paste_button)
        bar.addStretch(1)
        bar.addWidget(self.total)
        bar.addWidget(self.search)
        self._column.addLayout(bar)
        self._column.addWidget(self.bringing)
        self._stack = QStackedWidget()
        self._column.addWidget(self._stack, 1)
        self._empty_place = QWidget()
        place = QVBoxLayout(self._empty_place)
        place.setContentsMargins(4, 12, 4, 4)
        place.addWidget(self.empty)
        place.addStretch(1)
        self._both = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(theme.GAP)
        self._halves.addWidget(self.table, 5)
        self._halves.addWidget(self.file, 6)
        for each in (self._empty_place, self._both):
            self._stack.addWidget(each)
        theme.changed.connect(self._arrange)
        put_in_order(self)

    def _copy(self) -> None:
        make = self.table.sheet("Fichiers", alone=True)
        copy_list(self._desk, self, make, len(self.table.selected_rows()))

    def come_after(self, widget: QWidget) -> None:
        """Have Tab come here from a widget made long before."""
        QWidget.setTabOrder(widget, self.add_button)
        put_in_order(self)

    def _connect(self) -> None:
        self.table.show_sorting(FIRST_SORTING[0], descending=FIRST_SORTING[1])
        self.add_button.clicked.connect(self.choose)
        self.paste_button.clicked.connect(self.paste)
        self.search.textChanged.connect(lambda _text: self._find(anew=True))
        self.search.returnPressed.connect(self.table.setFocus)
        self.bringing.brought.connect(self._brought)
        self.table.opened.connect(lambda _id: self.file.open_large())
        self.table.menu_wanted.connect(self._show_menu)
        self.table.escaped.connect(self.left)
        self.table.copied.connect(self._copy)
        self.table.typed.connect(self._begin_search)
        self.table.sorted.connect(self._sort)
        self._keys: dict[tuple[QObject, Qt.Key], Callable[[], object]] = {
            (self.table, Qt.Key.Key_Delete): self.delete_chosen,
            (self.table, Qt.Key.Key_Backspace): self.delete_chosen,
            (self.search, Qt.Key.Key_Down): self.table.setFocus,
            (self.file.name.line, Qt.Key.Key_Escape): self._give_up_renaming,
        }
        self.file.name.after_enter = self.table.setFocus
        for watched in (self.table, self.search, self.file.name.line):
            watched.installEventFilter(self)
        self.table.selectionModel().currentChanged.connect(lambda *_rows: self._show_current())
        self.file.copy_wanted.connect(self.save_copy)
        self.file.deletion_wanted.connect(self.delete_chosen)

    def add_acts(self, prefix: str, menu: str) -> None:
        """Add what can be done with the file chosen to the window's acts."""
        for name, title, keys, act in (
            ("rename-file", "Renommer le fichier", "F2", self.rename_current),
            ("copy-file", "Enregistrer une copie du fichier…", "Ctrl+Shift+S", self.save_copy),
            ("delete-file", "Supprimer le fichier", "", self.delete_chosen),
        ):
            self._desk.actions.add(f"{prefix}.{name}", title, keys, act, menu=menu, owner=self)

    # What is shown

    @property
    def subject(self) -> Subject | None:
        """Whose files are shown."""
        return self._subject

    @property
    def is_ready(self) -> bool:
        """Whether the files are listed and the one chosen is seen."""
        read = self._list is not None and self._list.subject == self._subject
        return read and self.file.is_ready

    def show_subject(self, subject: Subject, file_id: UUID | None = None) -> None:
        """Read the files of a subject and show them, `file_id` chosen."""
        self._wanted = file_id or self._wanted
        if subject != self._subject:
            self._wanted = file_id
            self.file.clear()
            self._subject, self._list = subject, None
            self.model.show_rows(())
            self.total.clear()
            self.search.clear()
            self.bringing.be_about(subject)
        self._desk.jobs.read(
            self,
            lambda session: usecases.attachments.list_of(session, subject),
            self._show,
            self._desk.fail,
            key="files",
        )

    def focus(self) -> None:
        """Put the keyboard on the list, or where a first file is brought in."""
        if self._list is None:
            self._keyboard_wanted = True
        (self.table if self.model.rows() else self.add_button).setFocus()

    def flush(self) -> None:
        """Save what is being typed."""
        self.file.flush()

    def _show(self, found: FileList) -> None:
        if found.subject != self._subject:
            return
        self._list = found
        self.search.setVisible(len(found.files) > MANY)
        self.total.setText(
            f"{files_text(len(found.files))} · {size_text(found.size)}" if found.files else ""
        )
        self.file.offer_kinds(found.kinds)
        self.counted.emit(len(found.files))
        self._find(anew=False)
        if self._keyboard_wanted:
            self._keyboard_wanted = False
            if self.add_button.hasFocus():
                self.focus()

    def _find(self, *, anew: bool) -> None:
        if self._list is None:
            return
        words = fold(self.search.text()).split()
        column, descending = self._sorting
        files = in_order(self._list.files, COLUMNS[column], descending=descending)
        current = self._wanted or self.table.current()
        files = tuple(row for row in files if row.id == self._wanted or is_meant(row, words))
        self._wanted = None
        self.model.show_rows(files)
        self.table.put_current(current, anew=anew)
        self._stack.setCurrentWidget(self._both if files else self._empty_place)
        self.empty.setText(_NOTHING_SUCH if self._list.files else _NOTHING)
        self._show_current()

    def _show_current(self) -> None:
        row = self.model.row(self.table.currentIndex())
        if row is None:
            self.file.clear()
        else:
            self.file.show_row(row)

    def _sort(self, column: int, descending: bool) -> None:
        self._sorting = (column, descending)
        self._find(anew=False)

    def _begin_search(self, text: str) -> None:
        if self.search.isVisible():
            self.search.setFocus()
            self.search.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The file stands beside the list, or under it where there is little room."""
        beside = self.width() >= theme.px(_BESIDE_FROM)
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self.table.setMinimumHeight(theme.px(_LEAST_LIST))
        self.search.setFixedWidth(theme.px(170))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            act = self._keys.get((watched, Qt.Key(event.key())))
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    # Bringing files in

    def choose(self) -> None:
        """Ask which files to attach."""
        self.take(files_to_open(self, "Joindre un fichier"))

    def paste(self) -> None:
        """Attach what is on the clipboard: files, or an image."""
        if self._subject is not None:
            self.bringing.paste(self._subject)

    def take(self, paths: Sequence[Path]) -> None:
        """Attach files to the subject shown, even if another is shown by the time they are read."""
        if self._subject is not None:
            self.bringing.take(self._subject, paths)

    def _brought(self, subject: Subject, attached: Attached) -> None:
        if subject == self._subject:
            self.show_subject(subject, attached.ids[-1] if attached.ids else None)

    # What is done with the one chosen

    def rename_current(self) -> None:
        """Put the cursor in the name of the file chosen."""
        if self.file.row is not None:
            self.file.name.take_focus()
            self.file.name.line.selectAll()

    def _give_up_renaming(self) -> None:
        self.file.name.restore()
        self.table.setFocus()

    def save_copy(self) -> None:
        """Ask where, then write a copy of the file chosen."""
        row = self.file.row
        if row is None:
            return
        ending = Path(row.name).suffix
        kinds = f"{row.media.label} (*{ending})" if ending else "Tous les fichiers (*.*)"
        try:
            path = file_to_save(self, "Enregistrer une copie", name_to_save(row.name), kinds)
        except UserError as problem:
            self._desk.fail(problem)
            return
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write a copy of the file chosen, whole or not at all."""
        row = self.file.row
        if row is None:
            return
        file_id = row.id

        def write(content: bytes) -> None:
            self._desk.jobs.compute(
                self,
                lambda _progress: usecases.papers.write_bytes(content, path),
                lambda _none: self._desk.tell(f"Copie enregistrée, en clair : {path.name}"),
                self._desk.fail,
            )

        self._desk.jobs.read(
            self,
            lambda session: usecases.attachments.content_of(session, file_id).content,
            write,
            self._desk.fail,
        )

    def delete_chosen(self) -> None:
        """Take the files chosen away, in one act."""
        chosen = self.table.selected()
        if not chosen:
            return
        many = len(chosen) > 1
        words = f"{files_text(len(chosen))} supprimés" if many else "Fichier supprimé"
        self._desk.jobs.write(
            self,
            lambda session: usecases.attachments.delete(session, chosen),
            lambda _none: self._desk.tell(f"{words} · Ctrl+Z pour annuler"),
            self._desk.fail,
            label="Fichiers supprimés" if many else "Fichier supprimé",
        )

    def _show_menu(self, _file_id: UUID, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setDefaultAction(menu.addAction("Agrandir", self.file.open_large))
        menu.addAction("Renommer", self.rename_current)
        menu.addAction("Enregistrer une copie…", self.save_copy)
        menu.addSeparator()
        menu.addAction("Supprimer", self.delete_chosen)
        menu.popup(point)
