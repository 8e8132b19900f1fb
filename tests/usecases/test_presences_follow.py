"""What is marked follows what becomes of its séances: hours counted again, nothing noted lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import PutBack, PutBackVersion, RecordRef
from connexion_desktop.domain.meetings import EditMeeting, ExpectUsual, MeetingState, SetPeople
from connexion_desktop.domain.person_commands import Half, NewAbsence
from connexion_desktop.domain.presences import MARK, Slot
from connexion_desktop.usecases import absences, history, meetings, undo
from connexion_desktop.usecases.record_return import put_back, put_back_version
from tests import factories as make
from tests.factories import TODAY, days

from .presence_group import AFTERNOON, MORNING, Group, NewAct

P, A, R = Presence.PRESENT, Presence.ABSENT, Presence.LATE
HELD, CANCELLED, PLANNED = MeetingState.HELD, MeetingState.CANCELLED, MeetingState.PLANNED


@pytest.fixture
def group(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        return Group(database, act, make.cohort(session))


def edit(group: Group, meeting: UUID, label: str = "Séance modifiée", **values: Any) -> None:
    with group.database.write(group.act(label)) as session:
        meetings.edit(session, EditMeeting(meeting, values))


def turn(group: Group, meeting: UUID, state: MeetingState, label: str = "État") -> None:
    with group.database.write(group.act(label)) as session:
        meetings.set_state(session, meeting, state)


def expect(group: Group, meeting: UUID, *added: UUID, without: tuple[UUID, ...] = ()) -> None:
    with group.database.write(group.act("Participants changés")) as session:
        meetings.set_people(session, SetPeople(meeting, added, without))


@pytest.fixture
def two(group: Group) -> tuple[UUID, UUID, UUID]:
    """(somebody who came all morning, the séance that begins it, the one that follows)."""
    who = group.join("Aïssatou")
    group.join("Malik")
    first = group.plan(MORNING, title="Mon CV", start=540, end=630)
    then = group.plan(MORNING, title="Suite", start=630, end=720)
    group.mark(who, MORNING, {MARK: P})
    assert group.cell(who).minutes == 180
    return who, first, then


def test_the_second_seance_of_a_half_day_ends_earlier(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    edit(group, then, end=690)
    assert group.cell(who).minutes == 150
    group.undo()
    assert group.cell(who).minutes == 180


def test_the_second_seance_of_a_half_day_goes_to_another(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    edit(group, then, start=810, end=900)
    assert group.cell(who).minutes == 90
    group.mark(who, AFTERNOON, {MARK: P})
    edit(group, then, start=810, end=870)
    assert (group.cell(who).minutes, group.cell(who, AFTERNOON).minutes) == (90, 60)


def test_the_second_seance_of_a_half_day_is_cancelled_then_restored(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    turn(group, then, CANCELLED)
    assert group.cell(who).minutes == 90
    turn(group, then, PLANNED)
    assert group.cell(who).minutes == 180


def test_the_second_seance_of_a_half_day_is_taken_away(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    with group.database.write(group.act("Séance supprimée")) as session:
        meetings.remove(session, then)
    assert group.cell(who).minutes == 90
    group.undo()
    assert group.cell(who).minutes == 180


def test_one_more_seance_in_a_half_day_already_marked(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who = two[0]
    group.plan(MORNING, title="Bilan", start=720, end=740)
    assert group.cell(who).minutes == 200


def test_somebody_is_no_more_expected_at_the_second(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    expect(group, then, without=(who,))
    assert group.cell(who).minutes == 90
    expect(group, then, who)
    assert group.cell(who).minutes == 180


def test_the_second_seance_becomes_that_of_an_activity(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    edit(group, then, activity="podcast")
    assert group.cell(who).minutes == 90


def test_what_was_sent_stays_as_it_was(group: Group, two: tuple[UUID, UUID, UUID]) -> None:
    who, _, then = two
    group.send()
    edit(group, then, end=690)
    assert group.cell(who).minutes == 180


def test_hours_changed_then_marked_are_counted_again_where_the_change_is_undone(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    group.mark(who, MORNING, {MARK: None})
    edit(group, then, label="Séance raccourcie", end=690)
    shortened = told(group, then, "Séance raccourcie")
    group.mark(who, MORNING, {MARK: R, "late": 30})
    assert group.cell(who).minutes == 120
    with group.database.write(group.act("Annulation")) as session:
        undo.undo(session, shortened)
    assert group.cell(who).minutes == 150


def test_an_absence_taken_away_gives_back_the_hours_of_by_now(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    with group.database.read() as session:
        person = session.get_one(m.Journey, who).person_id
    with group.database.write(group.act("Absence")) as session:
        new = NewAbsence(person, TODAY, Half.MORNING, excused=True)
        key = absences.add(session, new)
    edit(group, then, end=690)
    with group.database.write(group.act("Absence retirée")) as session:
        absences.delete(session, key)
    cell = group.cell(who)
    assert (cell.mark, cell.minutes) == (P, 150)


# What did not take place, and what is noted


def test_a_seance_where_somebody_is_noted_is_not_cancelled(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, first, _ = two
    with pytest.raises(UserError, match="1 présence est notée, elle ne s’annule pas") as refused:
        turn(group, first, CANCELLED)
    assert "retirez d’abord" in refused.value.todo.casefold()
    assert group.cell(who).minutes == 180
    group.mark(who, MORNING, {MARK: None})
    turn(group, first, CANCELLED)
    group.mark(who, MORNING, {MARK: P})
    assert group.cell(who).minutes == 90, "what follows took place"


def test_no_refusal_advises_what_is_refused(group: Group, two: tuple[UUID, UUID, UUID]) -> None:
    _, first, _ = two
    noted = pytest.raises(UserError, match="ne se supprime pas")
    with noted as refused, group.database.write(group.act()) as session:
        meetings.remove(session, first)
    assert "annulez la séance" not in refused.value.todo.casefold()


def test_a_cancellation_taken_back_is_not_undone_once_somebody_is_noted(group: Group) -> None:
    who = group.join("Aïssatou")
    made = group.plan(MORNING)
    turn(group, made, CANCELLED)
    turn(group, made, PLANNED, "Séance de nouveau prévue")
    group.mark(who, MORNING, {MARK: P})
    restored = told(group, made, "Séance de nouveau prévue")
    noted = pytest.raises(UserError, match="elle ne s’annule pas")
    with noted, group.database.write(group.act("Annulation")) as session:
        undo.undo(session, restored)
    assert group.cell(who).mark is P


def test_a_seance_may_go_on_into_the_afternoon_where_its_morning_is_marked(group: Group) -> None:
    who = group.join("Aïssatou")
    made = group.plan(MORNING)
    group.mark(who, MORNING, {MARK: P})
    edit(group, made, end=990)
    assert group.cell(who).minutes == 210
    assert group.cell(who, AFTERNOON).presence(TODAY, TODAY) is Presence.MISSING
    group.mark(who, AFTERNOON, {MARK: P})
    with pytest.raises(UserError, match="ne change plus de demi-journée"):
        edit(group, made, end=720)


def test_whoever_is_noted_stays_expected(group: Group) -> None:
    noted, other = group.join("Aïssatou"), group.join("Malik", activity="podcast")
    made = group.plan(MORNING)
    group.mark(noted, MORNING, {MARK: A})
    left_out = "1 présence est notée, qui y a été noté y reste"
    with pytest.raises(UserError, match=left_out):
        expect(group, made, without=(noted,))
    with pytest.raises(UserError, match=left_out):
        edit(group, made, activity="podcast")
    expect(group, made, without=(other,))
    edit(group, made, activity="podcast")
    with pytest.raises(UserError, match=left_out), group.database.write(group.act()) as session:
        meetings.set_usual(session, ExpectUsual(made))
    assert group.cell(noted).is_expected


# Put back from its history


def told(group: Group, meeting: UUID, label: str) -> UUID:
    """The act of that name in the history of a séance."""
    with group.database.read() as session:
        acts = history.told(session, RecordRef("meeting", meeting), 200).acts
    return next(each.id for each in acts if each.label == label)


def line_of(group: Group, meeting: UUID, label: str, field: str) -> UUID:
    with group.database.read() as session:
        acts = history.told(session, RecordRef("meeting", meeting), 200).acts
    changes = next(each.changes for each in acts if each.label == label)
    found = next(each.line for each in changes if each.label == field)
    assert found is not None
    return found


@pytest.mark.parametrize("field", ["Début", "Fin"])
def test_the_beginning_and_the_end_are_put_back_together(group: Group, field: str) -> None:
    who = group.join("Aïssatou")
    made = group.plan(MORNING)
    edit(group, made, "L’après-midi", start=840, end=960)
    line = line_of(group, made, "L’après-midi", field)
    with group.database.write(group.act("Retour")) as session:
        put_back(session, PutBack(RecordRef("meeting", made), line))
    with group.database.read() as session:
        row = session.get_one(m.Meeting, made)
        assert (row.start, row.end) == (540, 720)
    assert group.cell(who).is_expected


def test_a_day_is_not_put_back_where_somebody_is_noted(group: Group) -> None:
    who = group.join("Aïssatou")
    made = group.plan(Slot(days(-1), Half.MORNING))
    edit(group, made, "Un jour après", on=TODAY)
    group.mark(who, MORNING, {MARK: P})
    ref = RecordRef("meeting", made)
    line = line_of(group, made, "Un jour après", "Jour")
    first = told(group, made, "Séance ajoutée")
    ways: tuple[Callable[[Session], None], ...] = (
        lambda session: put_back(session, PutBack(ref, line)),
        lambda session: put_back_version(session, PutBackVersion(ref, first)),
    )
    for returning in ways:
        noted = pytest.raises(UserError, match="ne change plus de demi-journée")
        with noted, group.database.write(group.act("Retour")) as session:
            returning(session)
    assert group.cell(who).is_expected


def test_hours_put_back_count_again_whoever_is_noted(
    group: Group, two: tuple[UUID, UUID, UUID]
) -> None:
    who, _, then = two
    edit(group, then, "Plus court", end=690)
    line = line_of(group, then, "Plus court", "Fin")
    with group.database.write(group.act("Retour")) as session:
        put_back(session, PutBack(RecordRef("meeting", then), line))
    assert group.cell(who).minutes == 180


def test_a_cancellation_is_not_put_back_where_somebody_is_noted(group: Group) -> None:
    who = group.join("Aïssatou")
    made = group.plan(MORNING)
    turn(group, made, CANCELLED, "Séance annulée")
    turn(group, made, HELD, "Séance tenue")
    group.mark(who, MORNING, {MARK: P})
    line = line_of(group, made, "Séance tenue", "État")
    noted = pytest.raises(UserError, match="elle ne s’annule pas")
    with noted, group.database.write(group.act("Retour")) as session:
        put_back(session, PutBack(RecordRef("meeting", made), line))


def test_a_seance_without_a_day_is_refused(group: Group) -> None:
    made = group.plan(MORNING)
    with pytest.raises(UserError, match="n’a pas de jour"):
        edit(group, made, on=None)
    (column,) = group.grid.columns
    assert column.slot.on == TODAY
