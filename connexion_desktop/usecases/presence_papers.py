"""The papers of presence: the month of somebody, or the whole stay; and the month of a group sent
to whoever pays the participants, from when it is locked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.convention_paper import Contact
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.period import Period, month_of
from connexion_desktop.domain.presence_grid import PresenceGrid
from connexion_desktop.domain.presence_paper import (
    Participation,
    PresencePaper,
    PresencePaperKind,
    SentMonth,
    lines_of,
    nothing_to_state,
)

from . import presence_reads
from .group_reads import journeys_of
from .meeting_reads import is_there
from .paper_parties import association_of, body_of

_SAFE = "Rien n’a changé."
_NOT_MADE = "Aucun papier n’a été fait."


def statements(
    session: Session, cohort_id: UUID, month: Period, today: date
) -> tuple[PresencePaper, ...]:
    """The month of each of a group, by name; who was not expected then has none. Raises UserError
    where nobody was."""
    made = _Maker(session, cohort_id, today)
    papers = [
        made.paper(who.journey_id, PresencePaperKind.STATEMENT, month)
        for who in made.grid.people
        if lines_of(made.grid, who.journey_id, month)
    ]
    if not papers:
        raise nothing_to_state(month)
    return tuple(papers)


def certificate(session: Session, journey_id: UUID, today: date) -> PresencePaper:
    """The whole stay of somebody, up to today. Raises UserError if their journey is gone, or held
    nothing then."""
    made = _Maker(session, _group_of(session, journey_id), today)
    of = made.of(journey_id)
    stay = Period(of.entered_on, min(of.left_on or today, today))
    return made.paper(journey_id, PresencePaperKind.CERTIFICATE, stay)


def _group_of(session: Session, journey_id: UUID) -> UUID:
    journey = m.Journey
    found = session.scalar(
        sa.select(journey.cohort_id).where(journey.id == journey_id, journey.deleted_at.is_(None))
    )
    if found is None:
        raise UserError("Ce parcours n’est plus dans la base.", _NOT_MADE)
    return found


def _grid(session: Session, cohort_id: UUID, today: date) -> PresenceGrid:
    """The presences of that group. Raises UserError where it is gone: those of another would be
    shown in its place."""
    grid = presence_reads.load(session, BoardQuery(cohort_id, today))
    if grid.cohort is None or grid.cohort.id != cohort_id:
        raise UserError(
            "Ce groupe n’est plus dans la base.",
            "Aucun papier n’a été fait, et rien n’a changé.",
            "Choisissez un autre groupe (Ctrl+G).",
        )
    return grid


class _Maker:
    """What all the papers of a group have in common, read once."""

    def __init__(self, session: Session, cohort_id: UUID, today: date) -> None:
        self._session, self._today = session, today
        with together(session) as ask:
            grid = ask(_grid, session, cohort_id, today)
            association = ask(association_of, session)
            numbers = ask(_numbers, session, cohort_id)
            sent = ask(_sent, session, cohort_id)
        self.grid, self._association = grid.value, association.value
        self._numbers, self._sent = numbers.value, sent.value

    def of(self, journey_id: UUID) -> Participation:
        """Whom a paper is about. Raises UserError where they are no more of the group."""
        found = (each for each in self.grid.people if each.journey_id == journey_id)
        who = next(found, None)
        if who is None:
            raise UserError(
                "Cette personne n’est plus dans le groupe.", _NOT_MADE, "Choisissez-en une autre."
            )
        group = self.grid.cohort.name if self.grid.cohort is not None else ""
        number = self._numbers[journey_id]
        return Participation(number, who.name, group, who.entered_on, who.left_on)

    def paper(self, journey_id: UUID, kind: PresencePaperKind, period: Period) -> PresencePaper:
        """A paper of somebody of the group. Raises UserError where they were not expected."""
        lines = lines_of(self.grid, journey_id, period)
        if not lines:
            raise nothing_to_state(period)
        association = self._association
        return PresencePaper(
            kind=kind,
            issuer=body_of(association),
            signatory=Contact(
                association.signatory_name or "", association.signatory_function or ""
            ),
            of=self.of(journey_id),
            period=period,
            lines=lines,
            made_on=self._today,
            sent_on=self._sent_on(journey_id, period),
        )

    def _sent_on(self, journey_id: UUID, period: Period) -> date | None:
        """When the last presence of a period was sent; None while one of them was not."""
        sent = [
            at for on, at in self._sent.get(journey_id, ()) if period.first <= on <= period.last
        ]
        known = [each for each in sent if each is not None]
        return max(known).astimezone().date() if known and len(known) == len(sent) else None


def _numbers(session: Session, cohort_id: UUID) -> dict[UUID, str]:
    """The number of each file, by journey."""
    journey, person = m.Journey, m.Person
    rows = session.execute(
        sa.select(journey.id, person.number)
        .join(person, person.id == journey.person_id)
        .where(journey.cohort_id == cohort_id, journey.deleted_at.is_(None))
    )
    return dict(rows.tuples().all())


def _counted(cohort_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """The presences of a group that count: those noted after somebody left stay out."""
    mark = m.Attendance
    of_group = mark.journey_id.in_(journeys_of(cohort_id))
    return of_group, is_there(mark.on), mark.deleted_at.is_(None)


def _sent(session: Session, cohort_id: UUID) -> dict[UUID, list[tuple[date, datetime | None]]]:
    """When each presence was sent, by journey."""
    mark = m.Attendance
    rows = session.execute(
        sa.select(mark.journey_id, mark.on, mark.locked_at)
        .join(m.Journey, m.Journey.id == mark.journey_id)
        .where(*_counted(cohort_id))
    )
    found: dict[UUID, list[tuple[date, datetime | None]]] = defaultdict(list)
    for journey_id, on, at in rows:
        found[journey_id].append((on, at))
    return found


def to_send(
    session: Session, cohort_id: UUID, month: Period, today: date
) -> Sequence[m.Attendance]:
    """The presences of a group in a month that sending it locks. Raises UserError for a month that
    is not over, where something is still to be marked, or where all was sent."""
    if month.last >= today:
        raise UserError(
            f"Le mois ({month.text}) n’est pas fini.", _SAFE, "Envoyez-le à partir du lendemain."
        )
    grid = _grid(session, cohort_id, today)
    _refuse_blanks(grid.between(month.first, month.last))
    mark = m.Attendance
    rows = session.scalars(
        sa.select(mark)
        .join(m.Journey, m.Journey.id == mark.journey_id)
        .where(
            *_counted(cohort_id),
            mark.on.between(month.first, month.last),
            mark.locked_at.is_(None),
        )
    ).all()
    if not rows:
        raise UserError(
            f"Il n’y a plus rien à envoyer ({month.text}).", _SAFE, "Choisissez un autre mois."
        )
    return rows


def send(session: Session, cohort_id: UUID, month: Period, today: date) -> int:
    """Lock the presences of a group in a month, sent to who pays: how many are. Raises UserError as
    `to_send` does."""
    rows = to_send(session, cohort_id, month, today)
    now = m.utc_now()
    for row in rows:
        row.locked_at = now
    return len(rows)


def sent_months(session: Session, cohort_id: UUID) -> tuple[SentMonth, ...]:
    """The months of a group where presences are noted, and what was sent of each."""
    mark, count = m.Attendance, sa.func.count()
    rows = session.execute(
        sa.select(mark.on, count, sa.func.count(mark.locked_at), sa.func.max(mark.locked_at))
        .join(m.Journey, m.Journey.id == mark.journey_id)
        .where(*_counted(cohort_id))
        .group_by(mark.on)
    ).all()
    by_month: dict[Period, list[tuple[int, int, datetime | None]]] = defaultdict(list)
    for on, noted, locked, at in rows:
        by_month[month_of(on)].append((noted, locked, at))
    return tuple(
        SentMonth(
            month,
            sum(noted for noted, _, _ in days),
            sum(locked for _, locked, _ in days),
            max((at.astimezone().date() for _, _, at in days if at is not None), default=None),
        )
        for month, days in by_month.items()
    )


def _refuse_blanks(grid: PresenceGrid) -> None:
    blank = grid.to_mark(column.slot for column in grid.columns)
    if blank:
        many = len(blank) > 1
        first = min(key.slot.on for key in blank)
        raise UserError(
            f"{len(blank)} présence{'s ne sont' if many else ' n’est'} pas encore "
            f"saisie{'s' * many}, la première le {first:%d/%m/%Y}.",
            _SAFE,
            "Saisissez-les, ou annulez la séance qui n’a pas eu lieu.",
        )
