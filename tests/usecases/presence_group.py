"""A group whose presences are marked, sent and undone, for the tests that need one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.meetings import NewMeeting
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presence_grid import Cell, PresenceGrid
from connexion_desktop.domain.presences import (
    ALL_PRESENT_ACT,
    AllPresent,
    CellKey,
    MarkCell,
    MarkCells,
    Slot,
    act_of,
)
from connexion_desktop.usecases import meetings, presence_reads, presences
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.conftest import AUTHOR
from tests.factories import START, TODAY

NewAct = Callable[..., Act]
MORNING, AFTERNOON = Slot(TODAY, Half.MORNING), Slot(TODAY, Half.AFTERNOON)


@dataclass
class Group:
    """A group whose presences are marked."""

    database: Store
    act: NewAct
    cohort: UUID

    def join(self, given: str, entered_on: date = START, **values: Any) -> UUID:
        with self.database.bulk() as session:
            who = make.person(session, given)
            return make.journey(session, who, self.cohort, entered_on, **values)

    def plan(self, slot: Slot, title: str = "Mon CV", **values: Any) -> UUID:
        start, end = (540, 720) if slot.half is Half.MORNING else (810, 990)
        usual: dict[str, Any] = {"start": start, "end": end, "kind": "atelier"}
        new = NewMeeting(new_id(), self.cohort, slot.on, title=title, **usual | values)
        with self.database.write(self.act("Séance ajoutée")) as session:
            return meetings.add(session, new)

    def mark(
        self, journey: UUID, slot: Slot, values: dict[str, Any], seen: Any = None, **who: Any
    ) -> None:
        cell = MarkCell(CellKey(journey, slot), values, seen)
        with self.database.write(self.act(act_of(values), **who)) as session:
            presences.mark(session, MarkCells((cell,), TODAY))

    def all_present(self, *slots: Slot) -> int:
        with self.database.write(self.act(ALL_PRESENT_ACT)) as session:
            return presences.all_present(session, AllPresent(self.cohort, slots, TODAY))

    def undo(self) -> None:
        with self.database.write(self.act("Annulation")) as session:
            assert undo_last(session, AUTHOR) is not None

    def send(self) -> None:
        with self.database.bulk() as session:
            for row in session.scalars(sa.select(m.Attendance)):
                row.locked_at = m.utc_now()

    @property
    def grid(self) -> PresenceGrid:
        with self.database.read() as session:
            return presence_reads.load(session, BoardQuery(self.cohort, TODAY))

    def cell(self, journey: UUID, slot: Slot = MORNING) -> Cell:
        return self.grid.cell(journey, slot)

    def rows(self) -> list[m.Attendance]:
        with self.database.read() as session:
            return list(
                session.scalars(sa.select(m.Attendance).where(m.Attendance.deleted_at.is_(None)))
            )
