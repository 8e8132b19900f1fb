"""The programme of a group on a real base: drawn up, mended, drawn again, nothing noted lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.agenda import AgendaOf, Whose
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.conflicts import ConflictError, loaded
from connexion_desktop.domain.drawing_up import Drawing, DrawUp
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import (
    ClashKind,
    EditMeeting,
    ExpectUsual,
    MeetingRow,
    MeetingState,
    NewMeeting,
    SetPeople,
)
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.programme import Programme
from connexion_desktop.domain.template_editing import KeepAsTemplate
from connexion_desktop.usecases import agendas, meeting_choices, meetings, programme
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.conftest import AUTHOR
from tests.factories import START, TODAY

NewAct = Callable[..., Act]


@pytest.fixture
def cohort(database: Store) -> UUID:
    with database.bulk() as session:
        site = session.scalars(sa.select(m.Site.id).where(m.Site.code == "bordeaux")).one()
        return make.cohort(session, site_id=site)


def draw(database: Store, act: NewAct, cohort: UUID, today: date = START) -> Drawing:
    with database.write(act("Programme établi")) as session:
        return programme.draw_up(session, DrawUp(cohort, None, today))


def shown(database: Store, cohort: UUID, today: date = TODAY) -> Programme:
    with database.read() as session:
        return programme.load(session, BoardQuery(cohort, today))


def of_day(view: Programme, on: date) -> list[MeetingRow]:
    return [each for each in view.meetings if each.on == on]


def put(database: Store, fill: Callable[[Session], UUID]) -> UUID:
    with database.bulk() as session:
        return fill(session)


def test_twelve_weeks_are_drawn_up_in_one_act_and_undone_in_one(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    drawing = draw(database, act, cohort)
    view = shown(database, cohort)
    assert len(view.meetings) == len(drawing.made) == 47
    assert {each.on for each in view.meetings} == {each.on for each in drawing.cycle.days}
    first = of_day(view, START)
    assert [each.title for each in first] == ["Accueil : faire connaissance", "Activité"]
    assert first[0].kind_told == "Accueil" and first[0].place == "Bordeaux"
    assert [each.on for each in view.meetings if each.kind == "cloture"] == [date(2026, 5, 27)]
    with database.write(act("Annulation")) as session:
        assert undo_last(session, AUTHOR) is not None
    assert not shown(database, cohort).meetings


def test_seances_are_drawn_up_in_the_room_of_the_site_where_it_has_one(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        site = session.scalars(sa.select(m.Site).where(m.Site.code == "bordeaux")).one()
        site.room = "Salle du fleuve"
    draw(database, act, cohort)
    first, activity = of_day(shown(database, cohort), START)
    assert (first.place, activity.place) == ("Salle du fleuve", "Salle du fleuve")
    command = KeepAsTemplate(new_id(), cohort, "Le nôtre")
    with database.write(act("Modèle")) as session:
        lines = programme.keep_as_template(session, command).lines
    assert not any(line.place for line in lines), "each group meets in its own room"


@pytest.mark.parametrize("room", ["Salle du fleuve", None])
def test_visits_and_the_job_dating_are_not_drawn_up_at_the_office(
    database: Store, act: NewAct, cohort: UUID, room: str | None
) -> None:
    with database.bulk() as session:
        site = session.scalars(sa.select(m.Site).where(m.Site.code == "bordeaux")).one()
        site.room = room
    draw(database, act, cohort)
    held = shown(database, cohort).meetings
    away = [each for each in held if each.kind in ("visite", "job_dating")]
    assert {each.title for each in away} >= {"Visite d’un partenaire", "Job dating"}
    assert {each.place for each in away} == {""}
    assert {each.place for each in held if each not in away} == {room or "Bordeaux"}


def test_the_rooms_of_two_sites_that_bear_one_name_are_not_the_same(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        sites = {each.code: each for each in session.scalars(sa.select(m.Site))}
        sites["bordeaux"].room, sites["talence"].room = "Grande salle", "grande salle"
        other = make.cohort(session, "Talence · mars 2026", site_id=sites["talence"].id)
    draw(database, act, cohort)
    draw(database, act, other)
    view = shown(database, cohort)
    assert of_day(view, START)[0].place == "Grande salle, Bordeaux"
    assert not [each for each in view.meetings if view.clashes_of(each.id)]
    command = KeepAsTemplate(new_id(), cohort, "Le nôtre")
    with database.write(act("Modèle")) as session:
        lines = programme.keep_as_template(session, command).lines
    assert not any(line.place for line in lines)


def test_easter_monday_is_skipped_and_made_up(database: Store, act: NewAct, cohort: UUID) -> None:
    draw(database, act, cohort)
    days = {each.on for each in shown(database, cohort).meetings}
    assert date(2026, 4, 6) not in days and date(2026, 4, 8) in days


def test_the_closures_of_the_office_are_skipped(database: Store, act: NewAct, cohort: UUID) -> None:
    with database.bulk() as session:
        session.add(
            m.Closure(first_on=date(2026, 4, 20), last_on=date(2026, 4, 26), label="Congés")
        )
    drawing = draw(database, act, cohort)
    assert drawing.cycle.days[-1].on == date(2026, 6, 2)
    assert (date(2026, 4, 20), "Congés") in drawing.cycle.closed


def test_an_activity_is_held_once_for_each_that_somebody_chose(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        cook = make.journey(session, make.person(session), cohort, activity="cuisine")
        late = make.journey(
            session, make.person(session, "Malik", "Traoré"), cohort, date(2026, 4, 1),
            activity="sport",
        )  # fmt: skip
        session.add(
            m.CohortActivity(
                cohort_id=cohort, activity="sport", partner_id=make.organisation(session, "On")
            )
        )
    draw(database, act, cohort)
    first = of_day(shown(database, cohort), START)
    kitchen, sport = (each for each in first if each.kind == "activite")
    assert kitchen.title == "Cuisine" and kitchen.people == {cook}
    assert (sport.title, sport.partner) == ("Sport (remise en forme)", "On")
    assert not sport.people, "who chose it is not in the group yet"
    later = of_day(shown(database, cohort), date(2026, 4, 13))
    assert [each.people for each in later] == [{cook, late}, {cook}, {late}]


def test_drawn_again_when_half_is_noted_nothing_noted_is_lost(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    draw(database, act, cohort)
    noted = of_day(shown(database, cohort), TODAY)[0]

    def note(session: Session) -> UUID:
        journey = make.journey(session, make.person(session), cohort)
        return make.mark(session, journey, TODAY, "P", meeting_id=noted.id)

    put(database, note)
    with database.bulk() as session:
        last = max(shown(database, cohort).meetings, key=lambda each: each.on)
        session.get_one(m.Meeting, last.id).title = "Autre chose"
    again = draw(database, act, cohort, TODAY)
    view = shown(database, cohort)
    assert len(view.meetings) == 47
    assert "Autre chose" not in {each.title for each in view.meetings}
    assert next(each for each in view.meetings if each.id == noted.id).marked == 1
    assert min(each.on for each in again.made) > TODAY


def test_drawn_again_calendars_know_the_same_seances_and_strike_out_those_taken_away(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    draw(database, act, cohort)
    before = {each.id: each.version for each in shown(database, cohort).meetings}
    named = next(iter(before))
    with database.bulk() as session:
        who = make.journey(session, make.person(session, "Fatou"), cohort)
        session.get_one(m.Meeting, named).title = "Autre chose"
        session.add(m.MeetingParticipant(meeting_id=named, journey_id=who))
    draw(database, act, cohort)
    with pytest.raises(UserError, match="déjà celui de ce modèle"):
        draw(database, act, cohort)
    again = shown(database, cohort)
    assert {each.id for each in again.meetings} == before.keys()
    mended = next(each for each in again.meetings if each.id == named)
    assert mended.is_whole and mended.title != "Autre chose"
    assert mended.version > before[named]
    with database.write(act("Séance supprimée")) as session:
        meetings.remove(session, named)
    with database.read() as session:
        agenda = agendas.read(session, AgendaOf(Whose.GROUP, cohort))
    assert [each.id for each in agenda.gone] == [named]
    assert named not in {each.id for each in agenda.meetings}
    assert agenda.gone[0].version > mended.version


def test_a_group_that_is_gone_is_told(database: Store, act: NewAct) -> None:
    with pytest.raises(UserError, match="n’est plus dans la base"):
        draw(database, act, uuid4())


def test_a_group_without_conseiller_is_drawn_up_all_the_same(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    draw(database, act, cohort)
    assert all(each.leader == "" for each in shown(database, cohort).meetings)


def added(database: Store, act: NewAct, cohort: UUID, **values: object) -> UUID:
    usual = {"on": TODAY, "start": 540, "end": 720, "kind": "atelier", "title": "Mon  CV"}
    new = NewMeeting(**{"id": uuid4(), "cohort_id": cohort, **usual, **values})  # type: ignore[arg-type]
    with database.write(act("Séance ajoutée")) as session:
        return meetings.add(session, new)


def test_a_seance_is_added_moved_and_cancelled(database: Store, act: NewAct, cohort: UUID) -> None:
    made = added(database, act, cohort)
    (row,) = shown(database, cohort).meetings
    assert row.title == "Mon CV"
    with database.write(act("Séance déplacée")) as session:
        meetings.edit(session, EditMeeting(made, {"on": date(2026, 4, 22)}, loaded(row.columns)))
        meetings.set_state(session, made, MeetingState.CANCELLED)
    (row,) = shown(database, cohort).meetings
    assert (row.on, row.state) == (date(2026, 4, 22), MeetingState.CANCELLED)


def test_two_who_mend_one_seance_choose(database: Store, act: NewAct, cohort: UUID) -> None:
    made = added(database, act, cohort)
    (seen,) = shown(database, cohort).meetings
    with database.write(act()) as session:
        meetings.edit(session, EditMeeting(made, {"place": "Salle bleue"}, loaded(seen.columns)))
    with database.write(act()) as session:
        meetings.edit(session, EditMeeting(made, {"title": "CV, suite"}, loaded(seen.columns)))
    with pytest.raises(ConflictError), database.write(act()) as session:
        meetings.edit(session, EditMeeting(made, {"place": "Salle rouge"}, loaded(seen.columns)))
    (row,) = shown(database, cohort).meetings
    assert (row.place, row.title) == ("Salle bleue", "CV, suite")


def test_a_seance_where_presences_are_noted_neither_moves_nor_goes(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    made = added(database, act, cohort)

    def note(session: Session) -> UUID:
        make.participant(session, cohort, "Malik")
        journey = make.journey(session, make.person(session), cohort)
        make.mark(session, journey, TODAY, "A", meeting_id=made)
        return journey

    journey = put(database, note)
    for change in ({"on": date(2026, 4, 22)}, {"start": 840, "end": 960}):
        noted = pytest.raises(UserError, match="1 présence est notée")
        with noted as refused, database.write(act()) as session:
            meetings.edit(session, EditMeeting(made, change))
        assert "etirez d’abord ses présences" in refused.value.todo
    with database.write(act()) as session:
        meetings.edit(session, EditMeeting(made, {"start": 570, "end": 700}))
    with pytest.raises(UserError, match="ne se supprime pas"), database.write(act()) as session:
        meetings.remove(session, made)
    left_out = pytest.raises(UserError, match="qui y a été noté y reste")
    with left_out, database.write(act()) as session:
        meetings.set_people(session, SetPeople(made, removed=(journey,)))


def test_a_seance_for_a_few_then_for_all(database: Store, act: NewAct, cohort: UUID) -> None:
    with database.bulk() as session:
        both = [make.participant(session, cohort, name)[1] for name in ("Aïssatou", "Malik")]
    made = added(database, act, cohort, people=(both[0],))
    (row,) = shown(database, cohort).meetings
    assert row.people == {both[0]} and not row.is_whole
    with database.write(act()) as session:
        meetings.set_usual(session, ExpectUsual(made))
    (row,) = shown(database, cohort).meetings
    assert row.people == set(both) and row.is_whole


def test_what_clashes_with_another_group_is_shown(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        other = make.cohort(session, "Talence · mars 2026")
    own = added(database, act, cohort, place="Salle bleue")
    theirs = added(database, act, other, place="salle bleue", start=600, title="Pitch")
    (clash,) = shown(database, cohort).clashes_of(own)
    assert clash.kind is ClashKind.PLACE
    assert shown(database, cohort).named(theirs) == "« Pitch », Talence · mars 2026"
    assert shown(database, other).named(own) == "« Mon CV », Bordeaux · mars 2026"
    assert len(shown(database, cohort).meetings) == 1, "only the group's own are shown"
    assert shown(database, cohort).told == "1 séance, le 21 avril 2026 · 1 à vérifier"


def test_what_is_to_be_checked_is_counted_among_the_group_s_own_seances(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        other = make.cohort(session, "Talence · mars 2026")
        guest = make.participant(session, cohort)[1]
    added(database, act, cohort)
    added(database, act, other, people=(guest,), title="Visite commune")
    view = shown(database, cohort)
    assert len(view.wrong) == 2, "both are in the week"
    assert view.told == "1 séance, le 21 avril 2026 · 1 à vérifier"


def test_somebody_of_another_group_is_expected_where_named(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        other = make.cohort(session, "Talence · mars 2026")
        guest = make.participant(session, other)[1]
    added(database, act, cohort, people=(guest,), title="Visite commune")
    (row,) = shown(database, other).meetings
    assert (row.title, row.cohort) == ("Visite commune", "Bordeaux · mars 2026")


def test_a_seance_may_be_given_who_is_still_here_and_what_is_still_offered(
    database: Store,
) -> None:
    with database.bulk() as session:
        partner = make.organisation(session, "Décalez !")
        left = session.get_one(m.Staff, make.staff(session, "Yves", "Parti"))
        left.left_on = date(2026, 1, 31)
        here = make.staff(session, "Inès", "Présente")
        visit = session.scalars(
            sa.select(m.ReferenceItem).where(
                m.ReferenceItem.list == "meeting_kind", m.ReferenceItem.code == "visite"
            )
        ).one()
        visit.retired_on = date(2026, 1, 31)
    with database.read() as session:
        found = meeting_choices.load(session)
    assert here in {each.id for each in found.team}
    assert "Yves Parti" not in {each.name for each in found.team}
    assert [each.id for each in found.partners if each.name == "Décalez !"] == [partner]
    assert "atelier" in dict(found.kinds) and "visite" not in dict(found.kinds)
    assert "cuisine" in dict(found.activities)


def people_of(database: Store, cohort: UUID, meeting: UUID) -> frozenset[UUID]:
    return next(each for each in shown(database, cohort).meetings if each.id == meeting).people


def test_two_who_say_who_is_expected_lose_nothing_of_each_other(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        three = [make.participant(session, cohort, name)[1] for name in ("Awa", "Malik", "Léa")]
    awa, malik, lea = three
    made = added(database, act, cohort)
    for each in (awa, malik):
        with database.write(act()) as session:
            meetings.set_people(session, SetPeople(made, removed=(each,)))
    assert people_of(database, cohort, made) == {lea}
    with pytest.raises(UserError, match="au moins une personne"), database.write(act()) as session:
        meetings.set_people(session, SetPeople(made, removed=(lea,)))
    for each in (awa, malik):
        with database.write(act()) as session:
            meetings.set_people(session, SetPeople(made, added=(each,)))
    with database.bulk() as session:
        late = make.participant(session, cohort, "Inès")[1]
    assert people_of(database, cohort, made) == {*three, late}, "all of them: whoever comes too"


def test_the_whole_group_is_not_expected_again_over_who_was_just_named(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        awa, malik, lea = (
            make.participant(session, cohort, name)[1] for name in ("Awa", "Malik", "Léa")
        )
    made = added(database, act, cohort, people=(awa, malik))
    with database.write(act("Sans Malik", author="Nadia Ferrand")) as session:
        meetings.set_people(session, SetPeople(made, removed=(malik,)))
    with pytest.raises(ConflictError, match="« Attendu »"), database.write(act()) as session:
        meetings.set_usual(session, ExpectUsual(made, frozenset({awa, malik})))
    with database.write(act()) as session:
        meetings.set_usual(session, ExpectUsual(made, frozenset({awa})))
    assert people_of(database, cohort, made) == {awa, malik, lea}


def test_a_seance_cancelled_by_somebody_else_is_not_said_held_unseen(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    made = added(database, act, cohort)
    with database.write(act()) as session:
        meetings.set_state(session, made, MeetingState.CANCELLED)
    seen = (MeetingState.PLANNED,)
    with pytest.raises(ConflictError, match="« État »"), database.write(act()) as session:
        meetings.set_state(session, made, MeetingState.HELD, seen)
    (row,) = shown(database, cohort).meetings
    assert row.state is MeetingState.CANCELLED
    with database.write(act()) as session:
        meetings.set_state(session, made, MeetingState.CANCELLED, seen)


def test_everybody_of_a_group_at_another_s_seance_is_not_the_whole_of_the_other(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.bulk() as session:
        make.participant(session, cohort, "Awa")
        other = make.cohort(session, "Talence · mars 2026")
        guests = [make.participant(session, other, name)[1] for name in ("Malik", "Léa")]
    made = added(database, act, cohort, people=(guests[0],))
    with database.write(act()) as session:
        meetings.set_people(session, SetPeople(made, added=(guests[1],)))
    assert people_of(database, cohort, made) == set(guests)
