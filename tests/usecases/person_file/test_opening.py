"""Who is told at the head of the file, and what opening it asks of the base."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.usecases import person_file
from connexion_desktop.usecases.person_feed_rows import union

from ... import factories as make
from ...factories import TODAY, days
from .reading import Acting, lines, opened


def test_the_header_says_who_she_is_in_one_glance(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        make.laptop(session, who, "PC-004", days(90))
        make.action(session, who, "Appeler l’EHPAD", days(2))
        session.scalars(sa.select(m.Action)).one().due_minute = 14 * 60
    header = opened(database, who).header
    assert (header.name, header.initials, header.number[:2]) == ("Aïssatou Diallo", "AD", "P-")
    assert header.facts == (
        "35 ans",
        "06 39 98 00 11",
        "Bordeaux 33300",
        "français A2",
        "cuisine",
    )
    assert header.loans == ("PC-004",)
    assert header.next_date is not None
    assert (header.next_date.title, header.next_date.when) == (
        "Prochain rendez-vous",
        "jeudi 23 avril, 14 h",
    )


def test_somebody_deleted_is_told_plainly(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    with database.write(act()) as session:
        session.get_one(m.Person, aissatou[0]).deleted_at = m.utc_now()
    with pytest.raises(UserError, match="n’est plus dans la base"):
        opened(database, aissatou[0])


def test_somebody_only_met_has_a_page_too(database: Database, act: Acting) -> None:
    with database.write(act()) as session:
        who = make.person(session, "Inès", "Roy", met_on=days(-20))
        make.note(session, who, days(-3), "Rencontrée au parc.")
    file = opened(database, who)
    assert file.journey is None
    assert (file.project, file.obstacles, file.families) == ((), (), ())
    assert not file.band.phases
    assert file.band.first <= days(-20) <= TODAY <= file.band.last
    assert lines(file) == ["Note", "Rencontre"]


@pytest.mark.file_alone("how SQLite goes about it")
def test_opening_a_person_goes_by_indexes_only(
    database: Database, aissatou: tuple[UUID, UUID]
) -> None:
    """On 100,000 people no table of people may be read from end to end."""
    with database.read() as session:
        steps = _plan(session, aissatou[0])
    scans = [step for step in steps if step.startswith("SCAN")]
    allowed = ("CONSTANT ROW", "subjects", "feed", "anon")
    assert all(any(name in step for name in allowed) for step in scans), scans


def _plan(session: Session, person_id: UUID) -> list[str]:
    statement = sa.select(union()).order_by(union().c.on)
    compiled = statement.compile(session.connection(), compile_kwargs={"render_postcompile": True})
    given = compiled.construct_params({"person_id": person_id.hex})
    values = tuple(given[name] for name in compiled.positiontup or ())
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
    return [row.detail for row in rows]


def test_opening_a_person_takes_a_fixed_number_of_selects(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou

    def selects() -> int:
        asked: list[str] = []
        with database.read() as session:
            connection = session.connection()
            sa.event.listen(
                connection, "before_cursor_execute", lambda *given: asked.append(given[2])
            )
            person_file.load(session, who, TODAY)
        return len(asked)

    few = selects()
    with database.write(act()) as session:
        for number in range(40):
            make.note(session, who, days(-number))
            make.action(session, who, f"Action {number}", days(number))
    assert selects() == few <= 13


def test_warming_up_changes_nothing_and_needs_nobody(database: Database, act: Acting) -> None:
    with database.read() as session:
        person_file.warm(session, TODAY)
    with database.write(act()) as session:
        make.participant(session, make.cohort(session))
    with database.read() as session:
        person_file.warm(session, TODAY)
