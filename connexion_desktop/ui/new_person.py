"""Somebody new in two fields and Enter, from anywhere; who resembles them is told first."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.drafts import Typed
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.people import AlreadyKnown, NewPerson, Resemblance
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.tickets import Job
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.entry_strip import EntryStrip, entry_line
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.tips import menu_text

_DRAFT = "new-person"
_PAUSE = 250
"""How long one stops typing before those who resemble are looked for, in ms."""

_NAME, _BIRTH = 200, 150
_CREATE = "Créer la fiche"

_LONGEST = 40
"""How much of a name stands on a button, in letters."""


class NewPersonStrip(EntryStrip):
    """`made(person_id)` once somebody is kept; `known(person_id)` when it is somebody known.

    What is typed stays until it is kept: the strip may be closed, the window too.
    """

    made = Signal(object)
    known = Signal(object)

    def __init__(self, desk: Desk) -> None:
        self.given = entry_line("Prénom")
        self.family = entry_line("Nom, s’il est connu")
        self.birth = DateField(desk.today, DatePurpose.BIRTH, imprecise=True)
        self.birth.setPlaceholderText("Naissance")
        self.birth.setAccessibleName("Date de naissance, si elle est connue")
        fields = ((self.given, _NAME), (self.family, _NAME), (self.birth, _BIRTH))
        super().__init__(desk, "Nouvelle personne", fields, _CREATE)
        self._recalled = False
        self._found = AlreadyKnown()
        self._job: Job | None = None
        self._blind = False
        self.act_button.clicked.connect(self._create)
        for field in (self.given, self.family, self.birth):
            field.textEdited.connect(lambda _text: self._typed())
            field.returnPressed.connect(self._enter)
        self._pause = once_after(_PAUSE, self._look, self)

    def begin(self) -> None:
        super().begin()
        self.given.selectAll()
        if not self._recalled:
            self._recalled = True
            author = self._desk.author
            self._desk.jobs.read(
                self, lambda session: usecases.drafts.take(session, author, _DRAFT), self._recall
            )

    def leave(self) -> None:
        self._pause.stop()
        super().leave()

    def likenesses(self) -> list[QPushButton]:
        """The buttons of those who resemble whom is typed."""
        items = (self.below.itemAt(place) for place in range(self.below.count()))
        lines = (item.widget() for item in items if item is not None)
        return [each for line in lines if line for each in line.findChildren(QPushButton)]

    def _typed(self) -> None:
        self.say("")
        self._show_known(AlreadyKnown())
        self._pause.start()
        author, text = self._desk.author, self._texts()

        def keep(session: usecases.Session) -> None:
            if not text:
                usecases.drafts.drop(session, author, _DRAFT)
            else:
                usecases.drafts.keep(session, author, _DRAFT, text)

        self._desk.jobs.draft(self, keep)

    def _recall(self, text: str | None) -> None:
        if text is None or self.given.text() or self.family.text():
            return
        given, family, birth = json.loads(text)
        self.given.setText(given)
        self.given.selectAll()
        self.family.setText(family)
        self.birth.setText(birth)
        self._look()

    def _command(self) -> NewPerson:
        reading = self.birth.reading()
        birth = reading.date if not reading.reason else None
        return NewPerson(uuid4(), self.given.text(), self.family.text(), birth, self._desk.today())

    def _look(self) -> None:
        """Look for those who resemble, to tell them while one types."""
        command = self._command()
        if command.given.latin or command.family.latin:
            self._ask(command, self._show_known)

    def _ask(
        self,
        command: NewPerson,
        on_done: Callable[[AlreadyKnown], object],
        on_error: Callable[[UserError], object] | None = None,
    ) -> None:
        """Look for whom somebody may be; what was looked for before no longer matters."""
        if self._job is not None:
            self._job.cancel()
        register = self._desk.register
        self._job = job = self._desk.jobs.maintain(
            self,
            lambda store, progress: usecases.people.already_known(
                store, register, progress, command
            ),
            lambda found: on_done(found) if self._job is job else None,
            on_error,
        )

    def _enter(self) -> None:
        """Keep whom is typed, unless it may be somebody known: then ask."""
        self._pause.stop()
        if not self._is_ready():
            return
        command = self._command()

        def decide(found: AlreadyKnown) -> None:
            self.say("")
            self._show_known(found)
            if found.like:
                self.likenesses()[0].setFocus(Qt.FocusReason.TabFocusReason)
            elif found.sites:
                self.act_button.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._keep(replace(command, after=found.last))

        self._ask(command, decide, self._cannot_look)

    def _cannot_look(self, problem: UserError) -> None:
        """The server is out of reach: who is typed may be known already; that is for who types."""
        self._blind = True
        self.act_button.setText("Créer quand même")
        self.say(f"{problem.what} Impossible de voir si cette personne est déjà connue.")

    def _create(self) -> None:
        if not self._is_ready():
            return
        if self._found != AlreadyKnown() or self._blind:
            self._keep(replace(self._command(), after=self._found.last))
        else:
            self._enter()

    def _is_ready(self) -> bool:
        """Whether somebody could be made; where not, why is said and where is shown."""
        if not self.is_read(self.birth):
            return False
        try:
            self._command().check()
        except UserError as problem:
            self.say(str(problem))
            self.given.setFocus()
            return False
        return True

    def _keep(self, command: NewPerson) -> None:
        self._found = AlreadyKnown()  # where it is refused, it is to be looked again

        def kept() -> None:
            self._clear()
            self.made.emit(command.id)

        self.save(
            lambda session: usecases.people.create(session, command),
            kept,
            label="Nouvelle personne",
            typed=Typed(_DRAFT, self._texts()),
        )

    def _texts(self) -> str:
        texts = [field.text() for field in (self.given, self.family, self.birth)]
        return json.dumps(texts, ensure_ascii=False) if any(texts) else ""

    def _clear(self) -> None:
        self.given.clear()
        self.family.clear()
        self.birth.show_date(None)
        self._show_known(AlreadyKnown())
        self.hide()

    def _show_known(self, found: AlreadyKnown) -> None:
        self._found = found
        self._blind = False
        while (item := self.below.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if found.like:
            self.below.addWidget(
                label("Déjà dans la base ? Entrée ouvre sa fiche.", "small", wrap=True)
            )
        for each in found.like:
            self.below.addWidget(self._likeness(each))
        if found.sites:
            sites = ", ".join(found.sites)
            words = f"Déjà connu(e) à : {sites}. Un collègue suit peut-être cette personne."
            self.below.addWidget(label(words, "small", wrap=True))
        self.act_button.setText("Créer quand même" if found != AlreadyKnown() else _CREATE)

    def _likeness(self, like: Resemblance) -> QWidget:
        """Somebody who resembles: a press opens their file; why is told beside."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        opening = button(
            menu_text(like.name if len(like.name) <= _LONGEST else f"{like.name[:_LONGEST]}…"),
            "link",
            icon="user-line",
        )
        opening.clicked.connect(lambda _on=False: self._open_known(like.id))
        row.addWidget(opening)
        row.addWidget(label(f"{like.told} · {like.reasons}", "muted", wrap=True), 1)
        opening.setAccessibleDescription(f"{like.told}, {like.reasons}")
        return line

    def _open_known(self, person_id: object) -> None:
        author = self._desk.author
        self._desk.jobs.draft(self, lambda session: usecases.drafts.drop(session, author, _DRAFT))
        self._clear()
        self.known.emit(person_id)
