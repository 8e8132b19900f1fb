"""Absences: marked, corrected, deleted."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedKey, FeedKind, Tone, Written
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.person_commands import Half, NewAbsence
from connexion_desktop.usecases import notes, undo

from ... import factories as make
from ...factories import days
from .reading import Acting, lines, opened, told


def test_an_absence_sets_the_marks_of_the_day_and_its_reason(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        make.mark(session, journey, days(-1), "P", "am")
        key = notes.add(session, NewAbsence(who, days(-1), None, True, "garde", "Par SMS."))
    assert key == FeedKey(FeedKind.ATTENDANCE, journey, days(-1))
    with database.read() as session:
        marks = session.execute(sa.select(m.Attendance.half, m.Attendance.mark)).all()
    assert sorted(marks) == [("am", "E"), ("pm", "E")]
    assert lines(opened(database, who))[0] == "Absence · excusée, garde d’enfants"


def test_an_absence_of_one_half_day_leaves_the_other(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        for half in ("am", "pm"):
            make.mark(session, journey, days(-1), "P", half)
        notes.add(session, NewAbsence(who, days(-1), Half.AFTERNOON, False))
    item = opened(database, who).feed.items[0]
    assert told(item) == "Absence · après-midi"
    assert (item.text, item.tone) == ("Présente le matin.", Tone.RED)


def test_an_absence_is_refused_on_a_filed_sheet_and_out_of_any_group(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        mark = make.mark(session, journey, days(-1), "P")
        session.get_one(m.Attendance, mark).locked_at = m.utc_now()
    for on, reason in ((days(-1), "a été envoyée"), (days(-300), "aucun groupe")):
        with pytest.raises(UserError, match=reason), database.write(act()) as session:
            notes.add(session, NewAbsence(who, on, None, True))


def test_an_absence_is_moved_to_its_right_half_day_with_its_reason_and_undone(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewAbsence(who, days(-1), None, False))
    before = lines(opened(database, who))
    mending = act("Absence modifiée")
    with database.write(mending) as session:
        new = NewAbsence(who, days(-2), Half.MORNING, True, "garde", "Par SMS.")
        key = notes.correct(session, key, new)
    item = opened(database, who).feed.items[0]
    assert (item.key, told(item)) == (key, "Absence · excusée (matin), garde d’enfants")
    assert (item.on, item.text) == (days(-2), "Par SMS.")
    with database.write(act()) as session:
        undo.undo(session, mending.command_id)
    assert lines(opened(database, who)) == before


def test_an_absence_of_the_morning_only_leaves_the_afternoon_unsaid(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewAbsence(who, days(-1), None, True, "sante"))
    with database.write(act()) as session:
        notes.correct(session, key, NewAbsence(who, days(-1), Half.MORNING, True, "sante"))
    item = opened(database, who).feed.items[0]
    assert item.written == Written(f"{numeric_day(days(-1))} matin, santé, excusée", "")


def test_an_absence_is_deleted_with_its_reason_then_comes_back(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewAbsence(who, days(-1), None, True, "sante", "Par SMS."))
    kept = opened(database, who).feed.items
    deletion = act("Absence supprimée")
    with database.write(deletion) as session:
        notes.delete(session, key)
    assert key not in [item.key for item in opened(database, who).feed.items]
    with pytest.raises(UserError, match="entre-temps"), database.write(act()) as session:
        notes.rewrite(session, key, "Trop tard")
    with database.write(act()) as session:
        undo.undo(session, deletion.command_id)
    assert opened(database, who).feed.items == kept


@pytest.mark.parametrize("was", [("P", None, False), ("R", 20, False), ("R", 20, True)])
@pytest.mark.parametrize("excused", [(True,), (False,), (True, False), (False, True)])
def test_an_absence_deleted_gives_back_the_presence_it_took_the_place_of(
    database: Database,
    act: Acting,
    aissatou: tuple[UUID, UUID],
    was: tuple[str, int | None, bool],
    excused: tuple[bool, ...],
) -> None:
    """Whatever was said of the absence, and mended, meanwhile."""
    who, journey = aissatou
    with database.write(act()) as session:
        mark = session.get_one(m.Attendance, make.mark(session, journey, days(-1), was[0], "am"))
        _, mark.late_minutes, mark.justified = was
    with database.write(act("Absence ajoutée")) as session:
        key = notes.add(session, NewAbsence(who, days(-1), None, excused[0]))
    for each in excused[1:]:
        with database.write(act("Absence modifiée")) as session:
            notes.correct(session, key, NewAbsence(who, days(-1), None, each))
    with database.write(act("Absence supprimée")) as session:
        notes.delete(session, key)
    with database.read() as session:
        table = m.Attendance
        left = session.execute(
            sa.select(table.half, table.mark, table.late_minutes, table.justified).where(
                table.deleted_at.is_(None)
            )
        ).all()
    assert [tuple(each) for each in left] == [("am", *was)]


def test_an_absence_of_a_filed_sheet_is_neither_corrected_nor_deleted(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        mark = make.mark(session, journey, days(-1), "A")
        session.get_one(m.Attendance, mark).locked_at = m.utc_now()
    key = FeedKey(FeedKind.ATTENDANCE, journey, days(-1))
    with pytest.raises(UserError, match="a été envoyée"), database.write(act()) as session:
        notes.delete(session, key)
    with pytest.raises(UserError, match="a été envoyée"), database.write(act()) as session:
        notes.correct(session, key, NewAbsence(who, days(-2), None, False))
