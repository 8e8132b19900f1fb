"""One file: its name and its kind where they are changed, what is seen of it, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from connexion_desktop import usecases
from connexion_desktop.domain.attachments import FileContent, FileRow, size_text
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.typography import capitalised
from connexion_desktop.ui import theme
from connexion_desktop.ui.attachments.look_view import LargeView, LookView
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.bound_fields import ComboField, LineField
from connexion_desktop.ui.widgets.labels import button, label

_Act = Callable[["usecases.Session"], object]


class FilePane(QWidget):
    """`copy_wanted()` and `deletion_wanted()` when its buttons are pressed."""

    copy_wanted = Signal()
    deletion_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: FileRow | None = None
        self._content: FileContent | None = None
        self._kinds: Sequence[tuple[str, str]] = ()
        self._large: LargeView | None = None
        self.name = LineField("Nom", Link(self._rename, _reason_against))
        self.kind = ComboField("Sorte", Link(self._set_kind), ())
        self.look = LookView(desk)
        self.look.currentChanged.connect(lambda _index: self._tell_facts())
        self.remark = label("", "warning", wrap=True)
        self.facts = label("", "small", wrap=True)
        self.enlarge = button("", "ghost", icon="fullscreen-line", tip="Agrandir (Entrée)")
        self.copy = button("", "ghost", icon="download-2-line", tip="Enregistrer une copie…")
        self.drop = button("", "ghost", icon="delete-bin-line", tip="Supprimer (Suppr)")
        self.enlarge.clicked.connect(self.open_large)
        self.copy.clicked.connect(self.copy_wanted)
        self.drop.clicked.connect(self.deletion_wanted)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        fields = QHBoxLayout()
        fields.setSpacing(theme.GAP)
        fields.addWidget(self.name, 3)
        fields.addWidget(self.kind, 2)
        column.addLayout(fields)
        column.addWidget(self.remark)
        column.addWidget(self.look, 1)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.facts, 1)
        for each in (self.enlarge, self.copy, self.drop):
            foot.addWidget(each)
        column.addLayout(foot)

    @property
    def row(self) -> FileRow | None:
        """The file shown."""
        return self._row

    @property
    def is_ready(self) -> bool:
        """Whether the file shown is seen."""
        seen = self._row is None or self._content is not None
        return seen and self.look.is_drawn

    def offer_kinds(self, kinds: Sequence[tuple[str, str]]) -> None:
        """Which kinds may be chosen; only « Autre » is no choice."""
        if kinds != self._kinds:
            self._kinds = kinds
            self.kind.offer(kinds)
        self.kind.setVisible(len(kinds) > 1)

    def show_row(self, row: FileRow) -> None:
        """Show a file; what is typed in the name of another is saved for that other."""
        if self._row is None or row.id != self._row.id:
            self.flush()
            self._forget()
            self._row = row
            self._read(row.id)
        self._row = row
        self.name.show_value(row.name)
        self.kind.show_value(row.kind)
        self.remark.setText(capitalised(row.remark))
        self.remark.setVisible(bool(row.remark))
        self._tell_facts()

    def clear(self) -> None:
        """Show no file."""
        self.flush()
        self._forget()
        self._row = None

    def flush(self) -> None:
        """Save what is being typed."""
        if self._row is not None:
            self.name.flush()

    def open_large(self) -> None:
        """See the file as large as the screen allows."""
        if self._content is not None:
            self._close_large()
            self._large = LargeView(self._desk, self.window(), self._content)
            self._large.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing of it stays in sight once its page is left."""
        super().hideEvent(event)
        self._close_large()

    def _close_large(self) -> None:
        if self._large is not None and isValid(self._large):
            self._large.close()
        self._large = None

    def _forget(self) -> None:
        self._close_large()
        for field in (self.name, self.kind):
            field.restore()
        self._content = None
        self.look.clear()

    def _read(self, file_id: UUID) -> None:
        self._desk.jobs.read(
            self,
            lambda session: usecases.attachments.content_of(session, file_id),
            self._take,
            self._desk.fail,
            key="content",
        )

    def _take(self, content: FileContent) -> None:
        if self._row is not None and content.row.id == self._row.id:
            self._content = content
            self.look.show_file(content)

    def _tell_facts(self) -> None:
        row = self._row
        if row is None:
            return
        facts = (row.media.label, self.look.more, size_text(row.size), numeric_day(row.added_on))
        self.facts.setText(" · ".join(fact for fact in facts if fact))

    def _rename(self, typed: str) -> None:
        if self._row is not None:
            file_id = self._row.id
            self._save(
                self.name,
                "Fichier renommé",
                lambda session: usecases.attachments.rename(session, file_id, typed),
            )

    def _set_kind(self, kind: str) -> None:
        if self._row is not None:
            file_id = self._row.id
            self._save(
                self.kind,
                "Sorte du fichier",
                lambda session: usecases.attachments.set_kind(session, file_id, kind),
            )

    def _save(
        self, field: BoundField, words: str, act: Callable[[usecases.Session], object]
    ) -> None:
        row = self._row

        def is_shown() -> bool:
            return self._row is not None and row is not None and self._row.id == row.id

        def done(_answer: object) -> None:
            if is_shown():
                field.confirm()

        def refused(problem: UserError) -> None:
            if is_shown():
                field.refuse(problem.what)
            else:
                self._desk.fail(problem)

        self._desk.jobs.write(self, act, done, refused, label=words)


def _reason_against(name: str) -> str | None:
    return None if name.strip() else "un fichier a besoin d’un nom"
