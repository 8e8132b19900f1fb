"""The papers of presence: the month of somebody, or the whole stay; and the month of a group sent
to whoever pays the participants, from when it is locked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.models.base import utc_now
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.convention_paper import Contact
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.period import Period
from connexion_desktop.domain.presence_grid import PresenceGrid
from connexion_desktop.domain.presence_paper import (
    Participation,
    PresencePaper,
    PresencePaperKind,
    lines_of,
    nothing_to_state,
)

from . import presence_reads
from .group_reads import journeys_of
from .paper_parties import association_of, body_of

SENT = "Présences du mois envoyées"
"""The act by which a month is locked."""

_SAFE = "Rien n’a changé."


def statement(session: Session, journey_id: UUID, month: Period, today: date) -> PresencePaper:
    """The month of somebody. Raises UserError if their journey is gone, or held nothing then."""
    return _paper(session, journey_id, PresencePaperKind.STATEMENT, lambda _of: month, today)


def certificate(session: Session, journey_id: UUID, today: date) -> PresencePaper:
    """The whole stay of somebody, up to today. Raises UserError as `statement` does."""

    def stay(of: Participation) -> Period:
        return Period(of.entered_on, min(of.left_on or today, today))

    return _paper(session, journey_id, PresencePaperKind.CERTIFICATE, stay, today)


def _paper(
    session: Session,
    journey_id: UUID,
    kind: PresencePaperKind,
    period_of: Callable[[Participation], Period],
    today: date,
) -> PresencePaper:
    cohort_id, of = _participation(session, journey_id)
    period = period_of(of)
    grid = presence_reads.load(session, BoardQuery(cohort_id, today))
    lines = lines_of(grid, journey_id, period)
    if not lines:
        raise nothing_to_state(period)
    association = association_of(session)
    return PresencePaper(
        kind=kind,
        issuer=body_of(association),
        signatory=Contact(association.signatory_name or "", association.signatory_function or ""),
        of=of,
        period=period,
        lines=lines,
        made_on=today,
        sent_on=_sent_on(session, journey_id, period),
    )


def _participation(session: Session, journey_id: UUID) -> tuple[UUID, Participation]:
    journey, person, group = m.Journey, m.Person, m.Cohort
    row = session.execute(
        sa.select(
            journey.cohort_id,
            journey.entered_on,
            journey.left_on,
            person.number,
            person.given_name,
            person.family_name,
            group.name,
        )
        .join(person, person.id == journey.person_id)
        .join(group, group.id == journey.cohort_id)
        .where(journey.id == journey_id, journey.deleted_at.is_(None))
    ).first()
    if row is None:
        raise UserError("Ce parcours n’est plus dans la base.", "Aucun papier n’a été fait.")
    name = full_name(row.given_name, row.family_name or "")
    of = Participation(row.number, name, row.name, row.entered_on, row.left_on)
    return row.cohort_id, of


def _sent_on(session: Session, journey_id: UUID, period: Period) -> date | None:
    """When the last presence of a period was sent; None while one of them was not."""
    mark = m.Attendance
    sent: list[datetime | None] = list(
        session.scalars(
            sa.select(mark.locked_at).where(
                mark.journey_id == journey_id,
                mark.on.between(period.first, period.last),
                mark.deleted_at.is_(None),
            )
        )
    )
    known = [each for each in sent if each is not None]
    return max(known).date() if known and len(known) == len(sent) else None


def send(session: Session, cohort_id: UUID, month: Period, today: date) -> int:
    """Lock the presences of a group in a month, sent to who pays: how many are. Raises UserError
    for a month that is not over, where something is still to be marked, or where all was sent."""
    if month.last >= today:
        raise UserError(
            f"Le mois ({month.text}) n’est pas fini.", _SAFE, "Envoyez-le à partir du lendemain."
        )
    grid = presence_reads.load(session, BoardQuery(cohort_id, today))
    _refuse_blanks(grid.between(month.first, month.last))
    mark = m.Attendance
    rows = session.scalars(
        sa.select(mark).where(
            mark.journey_id.in_(journeys_of(cohort_id)),
            mark.on.between(month.first, month.last),
            mark.locked_at.is_(None),
            mark.deleted_at.is_(None),
        )
    ).all()
    if not rows:
        raise UserError(
            f"Il n’y a plus rien à envoyer ({month.text}).", _SAFE, "Choisissez un autre mois."
        )
    now = utc_now()
    for row in rows:
        row.locked_at = now
    return len(rows)


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
