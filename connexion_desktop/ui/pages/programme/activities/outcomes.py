"""What came of each activity: a text that saves by itself, never over a colleague's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from connexion_desktop import usecases
from connexion_desktop.domain.activities import Offer, TellOutcome
from connexion_desktop.domain.board import GroupBrief
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.typing_kept import TypingKept
from connexion_desktop.ui.widgets.bound_field import Link
from connexion_desktop.ui.widgets.bound_fields import TextField
from connexion_desktop.ui.widgets.conflict_line import told
from connexion_desktop.ui.widgets.conflicts import leave, told_elsewhere

if TYPE_CHECKING:
    from connexion_desktop.ui.desk import Desk

_TITLE, _COLUMN = "Ce qui en est sorti", "detail"


class Outcomes(QObject):
    """The texts of one group at a time, by the id of what it is offered."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        super().__init__(owner)
        self._desk = desk
        self._kept = TypingKept(desk, self)
        self._fields: dict[UUID, TextField] = {}
        self._group = ""

    def make(self, offer_id: UUID) -> TextField:
        """The text of an offer, to be placed."""
        link = Link(partial(self._save, offer_id), None, partial(self._note, offer_id))
        made = self._fields[offer_id] = TextField(
            _TITLE, link, placeholder="Un spectacle, une embauche…", lines=1, most=3
        )
        return made

    def begin(self) -> None:
        """The fields made from now on are of another group."""
        self.flush()
        self._kept.begin()
        leave(self._fields.values(), self._group, self._desk.fail)
        self._fields = {}

    def show(self, group: GroupBrief, offers: Iterable[Offer], *, may_write: bool) -> None:
        """Show what the base holds; what is being typed stays."""
        for offer in offers:
            field = self._fields[offer.id]
            field.area.setReadOnly(not may_write)
            field.show_value(offer.outcome)
        self._group = f"Activités de « {group.name} »"
        key = f"cohort.{group.id}.outcomes"
        if key != self._kept.key:
            self._kept.turn_to(key, self._bring_back)

    def drop(self, offer_id: UUID) -> None:
        """An offer is no more."""
        del self._fields[offer_id]

    def flush(self) -> None:
        """Save what is being typed, and keep as a draft what cannot be saved."""
        for field in self._fields.values():
            if field.is_dirty():
                field.flush()
        self._kept.flush()

    def _save(self, offer_id: UUID, text: str) -> None:
        field, name, key = self._fields[offer_id], str(offer_id), self._kept.key
        command = TellOutcome(
            offer_id, text, {_COLUMN: tuple(each or None for each in field.seen())}
        )
        typed, record = field.kept(field.text()), self._group

        def confirm(_none: None) -> None:
            if self._fields.get(offer_id) is field:
                field.confirm()

        def refuse(problem: UserError) -> None:
            if self._fields.get(offer_id) is not field:
                self._desk.fail(told_elsewhere(problem, record))
            elif isinstance(problem, ConflictError):
                theirs = str(problem.clashes[0].theirs or "")
                field.contest(told(problem, "ce texte", theirs), theirs)
            else:
                field.refuse(str(problem))
            self._kept.refused(key, name, typed)

        self._desk.jobs.write(
            self,
            lambda session: usecases.activities.tell_outcome(session, command),
            confirm,
            refuse,
            label="Suites d’une activité",
            typed=self._kept.saving(name, typed),
        )

    def _note(self, offer_id: UUID, text: str | None) -> None:
        self._kept.note(str(offer_id), text)

    def _bring_back(self, typed: Mapping[str, str]) -> None:
        for offer_id, field in self._fields.items():
            if (kept := typed.get(str(offer_id))) is not None:
                field.show_draft(kept)
