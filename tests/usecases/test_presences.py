"""Presences per half-day on a real base: marked, corrected, undone, never lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.drawing_up import DrawUp
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import EditMeeting, MeetingState
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.person_commands import Half, NewAbsence
from connexion_desktop.domain.presences import (
    LATE,
    MARK,
    REASON,
    CellKey,
    Correction,
    Reopen,
    Slot,
)
from connexion_desktop.usecases import absences, meetings, presences, programme
from tests import factories as make
from tests.factories import TODAY, days

from .presence_group import AFTERNOON, MORNING, Group, NewAct

P, A, E, R = Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED, Presence.LATE


@pytest.fixture
def group(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        return Group(database, act, make.cohort(session))


def test_a_column_for_each_half_day_that_holds_seances(group: Group) -> None:
    group.plan(MORNING)
    group.plan(AFTERNOON, title="Cuisine", activity="cuisine")
    group.plan(AFTERNOON, title="Sport", activity="sport")
    group.plan(Slot(days(1), Half.MORNING), title="Visite", start=540, end=990)
    cancelled = group.plan(Slot(days(2), Half.MORNING))
    with group.database.write(group.act()) as session:
        meetings.set_state(session, cancelled, MeetingState.CANCELLED)
    columns = group.grid.columns
    assert [(each.slot.on, each.slot.half, each.title) for each in columns] == [
        (TODAY, Half.MORNING, "Mon CV"),
        (TODAY, Half.AFTERNOON, "Cuisine · Sport"),
        (days(1), Half.MORNING, "Visite"),
        (days(1), Half.AFTERNOON, "Visite"),
    ]
    assert "9 h – 12 h, Mon CV, prévue" in columns[0].told


def test_who_came_is_tied_to_the_seance_where_they_are_expected(group: Group) -> None:
    cook, runner = group.join("Aïssatou", activity="cuisine"), group.join("Malik", activity="sport")
    group.plan(AFTERNOON, title="Cuisine", activity="cuisine")
    sport = group.plan(AFTERNOON, title="Sport", activity="sport")
    group.mark(runner, AFTERNOON, {MARK: P})
    (row,) = group.rows()
    assert (row.meeting_id, row.mark, row.minutes, row.justified) == (sport, "P", 180, False)
    assert group.cell(cook, AFTERNOON).presence(TODAY, TODAY) is Presence.MISSING


def test_late_joiners_and_leavers_have_no_blank_to_fill(group: Group) -> None:
    late, gone = group.join("Malik", days(1)), group.join("Awa", left_on=days(-1))
    here = group.join("Aïssatou")
    group.plan(MORNING)
    for journey in (late, gone):
        cell = group.cell(journey)
        assert not cell.is_there and not cell.is_open
        assert cell.presence(TODAY, TODAY) is Presence.OUTSIDE
        with pytest.raises(UserError, match="n’a aucune séance"):
            group.mark(journey, MORNING, {MARK: P})
    assert group.all_present(MORNING) == 1
    assert [row.journey_id for row in group.rows()] == [here]
    assert [each.journey_id for each in group.grid.between(TODAY, TODAY).people] == [here]


def test_who_is_named_at_no_seance_is_not_expected(group: Group) -> None:
    named, other = group.join("Aïssatou"), group.join("Malik")
    group.plan(MORNING, people=(named,))
    assert group.cell(named).is_expected and not group.cell(other).is_expected
    assert group.cell(other).is_there
    with pytest.raises(UserError, match="Ajoutez d’abord"):
        group.mark(other, MORNING, {MARK: A})


def test_all_present_then_the_exceptions(group: Group) -> None:
    people = [group.join(f"Personne {number}") for number in range(4)]
    group.plan(MORNING)
    group.mark(people[0], MORNING, {MARK: E, REASON: "sante"})
    assert group.all_present(MORNING) == 3
    assert [group.cell(each).mark for each in people] == [E, P, P, P]
    group.mark(people[1], MORNING, {MARK: R, LATE: 20}, {MARK: (P,), LATE: (None,)})
    cell = group.cell(people[1])
    assert (cell.mark, cell.late, cell.minutes) == (R, 20, 160)
    assert group.grid.count(MORNING).told == "3 présents, 1 absent, 0 à saisir"
    group.undo()
    group.undo()
    assert [group.cell(each).mark for each in people] == [E, None, None, None]


def test_each_mark_of_a_half_day_is_a_step_back(group: Group) -> None:
    who = group.join("Aïssatou")
    group.plan(MORNING)
    for letter in (P, A, P, E):
        group.mark(who, MORNING, {MARK: letter})
    group.mark(who, MORNING, {MARK: None})
    seen = []
    for _ in range(5):
        seen.append(group.cell(who).mark)
        group.undo()
    assert seen == [None, E, P, A, P]
    assert group.cell(who).mark is None


def test_a_reason_goes_with_its_absence_and_comes_back_with_it(group: Group) -> None:
    who = group.join("Aïssatou")
    group.plan(MORNING)
    group.mark(who, MORNING, {MARK: A})
    group.mark(who, MORNING, {REASON: "garde"})
    group.mark(who, MORNING, {MARK: E})
    cell = group.cell(who)
    assert (cell.mark, cell.reason, cell.minutes) == (E, "garde", 0)
    group.mark(who, MORNING, {MARK: P})
    assert group.cell(who).reason == ""
    group.undo()
    assert (group.cell(who).mark, group.cell(who).reason) == (E, "garde")
    group.mark(who, MORNING, {REASON: ""})
    assert (group.cell(who).mark, group.cell(who).reason) == (E, "")


def test_seances_that_follow_one_another_are_one_presence_of_all_their_hours(group: Group) -> None:
    who = group.join("Aïssatou")
    first = group.plan(MORNING, start=540, end=630)
    group.plan(MORNING, start=630, end=720, title="Suite")
    group.mark(who, MORNING, {MARK: R, LATE: 15})
    (row,) = group.rows()
    assert (row.meeting_id, row.minutes) == (first, 165)


def test_hours_mended_after_a_mark_are_counted_again_but_not_what_was_sent(group: Group) -> None:
    here, late = group.join("Aïssatou"), group.join("Malik")
    made = group.plan(MORNING)
    group.mark(late, MORNING, {MARK: R, LATE: 20})
    group.send()
    group.mark(here, MORNING, {MARK: P})
    with group.database.write(group.act("Séance modifiée")) as session:
        meetings.edit(session, EditMeeting(made, {"end": 700}))
    assert (group.cell(here).minutes, group.cell(late).minutes) == (160, 160)
    with group.database.write(group.act("Séance décalée")) as session:
        meetings.edit(session, EditMeeting(made, {"start": 560}))
    assert (group.cell(here).minutes, group.cell(late).minutes) == (140, 160)
    group.undo()
    assert group.cell(here).minutes == 160


@pytest.mark.parametrize("letter", [P, R])
def test_nobody_came_tomorrow_but_an_absence_is_told_before(group: Group, letter: Presence) -> None:
    who = group.join("Aïssatou")
    tomorrow = Slot(days(1), Half.MORNING)
    group.plan(tomorrow)
    with pytest.raises(UserError, match="n’est pas encore venu"):
        group.mark(who, tomorrow, {MARK: letter})
    with pytest.raises(UserError, match="n’est pas encore venu"):
        group.all_present(tomorrow)
    assert group.cell(who, tomorrow).presence(days(1), TODAY) is Presence.COMING
    group.mark(who, tomorrow, {MARK: E})
    assert group.cell(who, tomorrow).mark is E


@pytest.mark.parametrize("late", [0, -5, 180, 481])
def test_minutes_that_are_no_lateness_are_refused(group: Group, late: int) -> None:
    who = group.join("Aïssatou")
    group.plan(MORNING)
    told = "La séance dure 3 h" if late > 0 else "Un retard va de 1"
    with pytest.raises(UserError, match=told):
        group.mark(who, MORNING, {MARK: R, LATE: late})
    assert not group.rows()


def test_two_on_one_grid_choose_what_they_both_marked_differently(group: Group) -> None:
    who, other = group.join("Aïssatou"), group.join("Malik")
    group.plan(MORNING)
    blank = {MARK: (None,), LATE: (None,), REASON: ("",)}
    group.mark(who, MORNING, {MARK: A}, blank)
    group.mark(other, MORNING, {MARK: P}, blank)
    group.mark(who, MORNING, {MARK: A}, blank)
    with pytest.raises(ConflictError) as refused:
        group.mark(who, MORNING, {MARK: P}, blank)
    (clash,) = refused.value.clashes
    assert (clash.base, clash.mine, clash.theirs) == (None, P, A)
    assert "Présence · Aïssatou Diallo, mardi 21 avril 2026 (matin)" in str(refused.value)
    group.mark(who, MORNING, {REASON: "sante"}, blank | {MARK: (A,)})
    group.mark(who, MORNING, {MARK: E}, blank | {MARK: (A,)})
    assert (group.cell(who).mark, group.cell(who).reason) == (E, "sante")
    with pytest.raises(ConflictError, match="Motif"):
        group.mark(who, MORNING, {MARK: P}, blank | {MARK: (E,)})


def test_a_mark_taken_away_meanwhile_is_not_put_back_unseen(group: Group) -> None:
    who = group.join("Aïssatou")
    group.plan(MORNING)
    group.mark(who, MORNING, {MARK: A})
    group.mark(who, MORNING, {MARK: None})
    with pytest.raises(ConflictError):
        group.mark(who, MORNING, {MARK: E}, {MARK: (A,)})
    with pytest.raises(UserError, match="retirée entre-temps"):
        group.mark(who, MORNING, {REASON: "sante"})


def test_what_was_sent_is_corrected_once_reopened_and_why_is_kept(group: Group) -> None:
    who = group.join("Aïssatou")
    group.plan(MORNING)
    group.mark(who, MORNING, {MARK: P})
    group.send()
    assert group.cell(who).is_locked and not group.cell(who).is_open
    for values in ({MARK: A}, {MARK: None}):
        with pytest.raises(UserError, match="a été envoyée") as refused:
            group.mark(who, MORNING, values)
        assert "Corriger une présence envoyée" in refused.value.todo
    with pytest.raises(UserError, match="envoyée depuis"):
        group.undo()
    key = CellKey(who, MORNING)
    with group.database.write(group.act(Correction.PROOF.act)) as session:
        presences.reopen(session, Reopen((key,), Correction.PROOF))
    group.mark(who, MORNING, {MARK: E})
    assert group.cell(who).mark is E
    with group.database.read() as session:
        labels = session.scalars(sa.select(m.DoneCommand.label)).all()
    assert "Présence envoyée rouverte : justificatif reçu depuis" in labels
    with (
        pytest.raises(UserError, match="Aucune de ces présences"),
        group.database.write(group.act()) as session,
    ):
        presences.reopen(session, Reopen((key,), Correction.PROOF))
    group.undo()
    group.undo()
    assert (group.cell(who).mark, group.cell(who).is_locked) == (P, True)


def test_an_absence_written_on_her_page_is_of_the_seance_where_she_is_expected(
    group: Group,
) -> None:
    group.join("Malik", activity="cuisine")
    runner = group.join("Aïssatou", activity="sport")
    group.plan(AFTERNOON, title="Cuisine", activity="cuisine")
    sport = group.plan(AFTERNOON, title="Sport", activity="sport")
    with group.database.write(group.act()) as session:
        who = session.get_one(m.Journey, runner).person_id
        absences.add(session, NewAbsence(who, TODAY, Half.AFTERNOON, True, "garde"))
    (row,) = group.rows()
    assert (row.meeting_id, row.minutes) == (sport, 0)
    assert group.cell(runner, AFTERNOON).reason == "garde"


def test_a_mark_without_seance_is_shown_all_the_same(group: Group) -> None:
    who = group.join("Aïssatou")
    with group.database.bulk() as session:
        make.mark(session, who, TODAY, "A")
    (column,) = group.grid.columns
    assert (column.title, group.cell(who).mark, group.cell(who).is_open) == ("sans séance", A, True)
    group.mark(who, MORNING, {MARK: E})
    assert group.cell(who).mark is E


LETTERS = st.sampled_from([P, A, E, R, None])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("mark"), st.integers(0, 2), st.integers(0, 7), LETTERS),
        st.tuples(st.just("all"), st.integers(0, 7)),
        st.just(("redraw",)),
        st.just(("undo",)),
    ),
    max_size=12,
)
Marks = dict[CellKey, Presence]


class Played:
    """A drawn group that steps are played on, and what its grid should hold then."""

    def __init__(self, group: Group) -> None:
        with group.database.bulk() as session:
            cohort = make.cohort(session, f"Groupe {new_id()}", starts_on=days(-8))
        self.group = Group(group.database, group.act, cohort)
        self.people = [
            self.group.join(name, on)
            for name, on in (("Aïssatou", days(-8)), ("Malik", days(-8)), ("Awa", days(-1)))
        ]
        self.redraw(days(-8))
        self.slots = [column.slot for column in self.group.grid.columns[:8]]
        self.marks: Marks = {}
        self.past: list[Marks] = []

    def play(self, what: str, *more: Any) -> None:
        before = dict(self.marks)
        try:
            acted = getattr(self, what)(*more)
        except UserError:
            return
        if acted:
            self.past.append(before)

    def mark(self, person: int, place: int, letter: Presence | None) -> bool:
        key = CellKey(self.people[person], self.slots[place])
        self.group.mark(key.journey_id, key.slot, {MARK: letter})
        before = self.marks.pop(key, None)
        if letter is not None:
            self.marks[key] = letter
        return before is not letter

    def all(self, place: int) -> bool:
        slot = self.slots[place]
        blank = self.group.grid.to_mark([slot])
        made = self.group.all_present(slot)
        assert made == len(blank)
        self.marks |= dict.fromkeys(blank, P)
        return made > 0

    def redraw(self, today: date = TODAY) -> bool:
        try:
            with self.group.database.write(self.group.act("Programme établi")) as session:
                programme.draw_up(session, DrawUp(self.group.cohort, None, today))
        except UserError as problem:
            assert "déjà celui de ce modèle" in problem.what
            return False
        return True

    def undo(self) -> bool:
        if self.past:
            self.group.undo()
            self.marks = self.past.pop()
        return False

    @property
    def shown(self) -> Marks:
        return {key: cell.mark for key, cell in self.group.grid.cells.items() if cell.mark}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_nothing_marked_is_lost_whatever_is_done(group: Group, steps: list[Any]) -> None:
    """Marks, « tous présents », taken away, undone, the programme drawn again: the grid holds what
    was marked last, to the cell."""
    played = Played(group)
    for step in steps:
        played.play(*step)
        assert played.shown == played.marks
