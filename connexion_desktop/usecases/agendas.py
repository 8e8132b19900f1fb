"""Whose séances: a group's, those that somebody leads, those that a partner holds; and the files
they are written to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.agenda import Agenda, AgendaOf, Whose
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.programme import Participant
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.sheet import ListPaper
from connexion_desktop.domain.weeks import programme_mondays
from connexion_desktop.usecases import group_reads, lists, meeting_reads, papers
from connexion_desktop.usecases.chosen_group import programme_weekdays

KINDS = {".ics": "Calendrier", ".pdf": "PDF"}
"""What an agenda is written as, by the end of its file's name."""

_SAFE = "Aucun fichier n’a été écrit."
_FINDS = {
    Whose.GROUP: meeting_reads.own,
    Whose.LEADER: meeting_reads.led_by,
    Whose.PARTNER: meeting_reads.held_by,
}
_FINDS_GONE = {
    Whose.GROUP: meeting_reads.gone_of_group,
    Whose.LEADER: meeting_reads.gone_led_by,
    Whose.PARTNER: meeting_reads.gone_held_by,
}


def read(session: Session, asked: AgendaOf) -> Agenda:
    """The agenda asked for. Raises UserError where whose it is is gone, or never held a séance."""
    name = _name(session, asked)
    meetings = meeting_reads.read(session, _FINDS[asked.whose](asked.id)).told(
        _expected(session, asked)
    )
    gone = meeting_reads.read(session, _FINDS_GONE[asked.whose](asked.id)).told({})
    if not meetings and not gone:
        raise UserError(
            f"« {name} » n’a aucune séance.",
            _SAFE,
            "Établissez d’abord le programme du groupe.",
        )
    return Agenda(name, meetings, gone, _mondays(session, asked, meetings))


def _expected(session: Session, asked: AgendaOf) -> Mapping[UUID, tuple[Participant, ...]]:
    """The journeys of a group asked for; of séances of several groups, who is expected is not
    told."""
    if asked.whose is not Whose.GROUP:
        return {}
    return {asked.id: meeting_reads.participants(session, asked.id)}


def _mondays(session: Session, asked: AgendaOf, meetings: Iterable[MeetingRow]) -> tuple[date, ...]:
    """The weeks of a group's programme; séances of several groups have no week in common."""
    group = group_reads.group(session, asked.id) if asked.whose is Whose.GROUP else None
    if group is None:
        return ()
    held = (each.on for each in meetings if each.is_standing)
    return programme_mondays(group.starts_on, group.weeks, held, programme_weekdays(session))


def _name(session: Session, asked: AgendaOf) -> str:
    name: str | None = None
    match asked.whose:
        case Whose.GROUP:
            name = session.scalar(_one(m.Cohort.name, m.Cohort, asked))
        case Whose.PARTNER:
            name = session.scalar(_one(m.Organisation.name, m.Organisation, asked))
        case Whose.LEADER:
            row = session.execute(
                _one(m.Staff.given_name, m.Staff, asked).add_columns(m.Staff.family_name)
            ).first()
            name = full_name(row.given_name, row.family_name) if row else None
    if name is None:
        raise UserError("Ce n’est plus dans la base.", _SAFE, "Choisissez-en un autre.")
    return name


def _one(column: Any, table: type[m.Row], asked: AgendaOf) -> sa.Select[Any]:
    return sa.select(column).where(table.id == asked.id, table.deleted_at.is_(None))


def write(agenda: Agenda, path: Path, today: date, issuer: str, progress: Progress) -> None:
    """Write an agenda in the kind that the file's name says, whole or not at all. Raises UserError
    for another kind, or where the disk refuses; Cancelled if the user gives up."""
    match path.suffix.lower():
        case ".ics":
            from connexion_desktop.exchange import calendar_ics

            papers.write_bytes(calendar_ics.as_ics(agenda, today), path)
        case ".pdf":
            lists.write_paper(ListPaper(agenda.sheet, "", today, issuer), path, progress)
        case _:
            raise UserError(
                f"« {path.name} » n’est ni un calendrier, ni un PDF.",
                _SAFE,
                "Donnez un nom en .ics ou en .pdf.",
            )
