"""The activities of a group on a real base: chosen, held, told; what was signed for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.activities import (
    Activities,
    Choose,
    ConsentKind,
    GiveConsent,
    OfferActivity,
    RevokeConsent,
    TellAllergies,
    TellOutcome,
    partner_list,
)
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.drawing_up import DrawUp
from connexion_desktop.domain.errors import UserError
from connexion_desktop.usecases import activities, activity_papers, programme
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.conftest import AUTHOR
from tests.factories import START, TODAY

NewAct = Callable[..., Act]
COOKING = "cuisine"


@dataclass
class Group:
    """A group, and what is done with its activities."""

    database: Store
    act: NewAct
    cohort: UUID
    partner: UUID

    def write(self, do: Callable[[Session], object]) -> None:
        with self.database.write(self.act("Activité")) as session:
            do(session)

    def join(self, given: str, **values: Any) -> tuple[UUID, UUID]:
        with self.database.bulk() as session:
            who = make.person(session, given)
            return who, make.journey(session, who, self.cohort, **values)

    def offer(self, activity: str) -> None:
        command = OfferActivity(self.cohort, activity, self.partner)
        self.write(lambda session: activities.offer(session, command))

    def choose(self, journey: UUID, activity: str, seen: Any = None) -> None:
        command = Choose(journey, activity, seen)
        self.write(lambda session: activities.choose_activity(session, command))

    @property
    def shown(self) -> Activities:
        with self.database.read() as session:
            return activities.load(session, BoardQuery(self.cohort, TODAY))


@pytest.fixture
def group(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        made = Group(
            database, act, make.cohort(session), make.organisation(session, "Vision mêlée")
        )
    made.offer(COOKING)
    made.offer("sport")
    return made


def test_each_chooses_one_and_who_has_not_is_counted(group: Group) -> None:
    _, awa = group.join("Awa")
    group.join("Malik")
    group.choose(awa, COOKING)
    shown = group.shown
    assert shown.told == "2 participants, 1 sans activité"
    assert [each.who.name for each in shown.who_chose(COOKING)] == ["Awa Diallo"]
    group.choose(awa, "sport")
    assert not group.shown.who_chose(COOKING), "one at a time"
    group.choose(awa, "")
    assert len(group.shown.undecided) == 2


def test_a_partner_that_a_colleague_chose_meanwhile_is_not_written_over(group: Group) -> None:
    with group.database.bulk() as session:
        other = make.organisation(session, "On catalyse")
    cook, _ = group.shown.offers
    seen = {"partner_id": (group.partner,)}
    by_her = OfferActivity(group.cohort, COOKING, other, cook.id, seen)
    group.write(lambda session: activities.offer(session, by_her))
    late = OfferActivity(group.cohort, COOKING, None, cook.id, seen)
    with pytest.raises(ConflictError, match="Partenaire"):
        group.write(lambda session: activities.offer(session, late))
    again = OfferActivity(group.cohort, COOKING, group.partner, seen={"partner_id": (None,)})
    with pytest.raises(ConflictError, match="Partenaire"):
        group.write(lambda session: activities.offer(session, again))
    assert group.shown.offers[0].partner == "On catalyse"


def test_an_activity_withdrawn_meanwhile_does_not_come_back_with_its_partner(group: Group) -> None:
    cook, _ = group.shown.offers
    group.write(lambda session: activities.withdraw(session, cook.id))
    late = OfferActivity(group.cohort, COOKING, None, cook.id, {"partner_id": (group.partner,)})
    with pytest.raises(UserError, match="n’est plus proposée"):
        group.write(lambda session: activities.offer(session, late))


def test_what_the_group_is_not_offered_cannot_be_chosen(group: Group) -> None:
    _, awa = group.join("Awa")
    with pytest.raises(UserError, match="n’est pas proposée"):
        group.choose(awa, "theatre")
    assert "theatre" in dict(group.shown.others)


def test_a_choice_that_somebody_else_changed_is_asked_again(group: Group) -> None:
    _, awa = group.join("Awa")
    group.choose(awa, COOKING)
    with pytest.raises(ConflictError):
        group.choose(awa, "", {"activity": ("sport",)})


def test_an_activity_tells_its_partner_its_seances_and_what_came_of_it(group: Group) -> None:
    group.write(lambda session: programme.draw_up(session, DrawUp(group.cohort, None, START)))
    (cook,) = (each for each in group.shown.offers if each.code == COOKING)
    assert (cook.partner, cook.sessions > 0, cook.held) == ("Vision mêlée", True, 0)
    assert cook.next_on is not None and cook.next_on >= TODAY
    command = TellOutcome(cook.id, "  Un buffet pour les familles  ", {"detail": (None,)})
    group.write(lambda session: activities.tell_outcome(session, command))
    assert group.shown.offers[0].outcome == "Un buffet pour les familles"
    other = TellOutcome(cook.id, "Un repas", {"detail": (None,)})
    with pytest.raises(ConflictError):
        group.write(lambda session: activities.tell_outcome(session, other))


def test_an_activity_that_somebody_chose_is_not_withdrawn(group: Group) -> None:
    _, awa = group.join("Awa")
    group.choose(awa, COOKING)
    cook, sport = group.shown.offers
    with pytest.raises(UserError, match="1 participant a choisi"):
        group.write(lambda session: activities.withdraw(session, cook.id))
    group.write(lambda session: activities.withdraw(session, sport.id))
    assert [each.code for each in group.shown.offers] == [COOKING]


def test_the_list_for_a_partner_has_names_and_nothing_else(group: Group) -> None:
    _, awa = group.join("Awa")
    _, gone = group.join("Malik", left_on=TODAY - timedelta(days=1))
    for journey in (awa, gone):
        group.choose(journey, COOKING)
    names = [each.name for each in group.shown.people]
    assert names == ["Awa Diallo", f"Malik Diallo · sortie le {TODAY - timedelta(days=1):%d/%m/%Y}"]
    sheet = partner_list(group.shown, group.shown.offers[0])
    assert sheet.title.startswith("Cuisine – ")
    assert sheet.rows == (("1", "Awa Diallo", ""),)


def test_who_leaves_later_is_of_the_group_until_then_and_the_leader_knows_their_allergies(
    group: Group,
) -> None:
    later = TODAY + timedelta(weeks=3)
    who, awa = group.join("Awa", activity="sport", left_on=later)
    group.join("Malik", activity=COOKING, left_on=TODAY)
    told = TellAllergies(who, "Arachide")
    group.write(lambda session: activities.tell_allergies(session, told))
    shown = group.shown
    assert shown.told == "2 participants"
    assert shown.to_sign("sport") == ((awa, ConsentKind.SPORT),)
    assert partner_list(shown, shown.offers[0]).rows == (("1", "Malik Diallo", ""),)
    with group.database.read() as session:
        assert activities.allergies(session, group.cohort, "sport", TODAY) == (
            ("Awa Diallo", "Arachide"),
        )
        assert not activities.allergies(session, group.cohort, "sport", later + timedelta(days=1))


def test_image_rights_are_signed_then_taken_back_and_both_are_known(group: Group) -> None:
    who, _ = group.join("Awa", activity="sport")
    command = GiveConsent(who, ConsentKind.SPORT, START)
    assert group.shown.people[0].lacks("sport") == (ConsentKind.SPORT,)
    group.write(lambda session: activities.give_consent(session, command, TODAY))
    signed = group.shown.people[0]
    assert not signed.lacks("sport")
    consent = signed.consents[ConsentKind.SPORT]
    assert consent.given_on == START
    back = RevokeConsent(who, ConsentKind.SPORT, TODAY)
    group.write(lambda session: activities.revoke_consent(session, back))
    shown = group.shown.people[0]
    assert shown.lacks("sport") == (ConsentKind.SPORT,)
    assert shown.consents[ConsentKind.SPORT].told.startswith("retiré le")
    with pytest.raises(UserError, match="déjà été retiré"):
        group.write(lambda session: activities.revoke_consent(session, back))
    again = GiveConsent(who, ConsentKind.SPORT, TODAY)
    group.write(lambda session: activities.give_consent(session, again, TODAY))
    assert not group.shown.people[0].lacks("sport")


def test_what_is_signed_already_is_not_signed_twice_and_all_that_holds_is_taken_back(
    group: Group,
) -> None:
    who, _ = group.join("Awa", activity="sport")
    first, again = (GiveConsent(who, ConsentKind.SPORT, day) for day in (START, TODAY))
    group.write(lambda session: activities.give_consent(session, first, TODAY))
    with pytest.raises(UserError, match=f"déjà signé, le {START:%d/%m/%Y}"):
        group.write(lambda session: activities.give_consent(session, again, TODAY))
    with group.database.bulk() as session:  # as two files merged, or two offices, leave it
        session.add(m.Consent(person_id=who, kind=ConsentKind.SPORT.value, given_on=START))
    back = RevokeConsent(who, ConsentKind.SPORT, TODAY)
    group.write(lambda session: activities.revoke_consent(session, back))
    with group.database.read() as session:
        kept = session.execute(sa.select(m.Consent.given_on, m.Consent.revoked_on)).tuples().all()
    assert kept == [(START, TODAY), (START, TODAY)]


def test_what_is_to_be_signed_holds_while_one_of_several_was_not_taken_back(group: Group) -> None:
    who, _ = group.join("Awa", activity="sport")
    with group.database.bulk() as session:
        for given_on, revoked_on in ((START, None), (TODAY, TODAY)):
            session.add(
                m.Consent(
                    person_id=who,
                    kind=ConsentKind.SPORT.value,
                    given_on=given_on,
                    revoked_on=revoked_on,
                )
            )
    assert group.shown.people[0].told(ConsentKind.SPORT) == f"signé le {START:%d/%m/%Y}"


def test_nothing_is_signed_on_a_day_to_come(group: Group) -> None:
    who, _ = group.join("Awa", activity="sport")
    later = GiveConsent(who, ConsentKind.SPORT, TODAY + timedelta(days=1))
    with pytest.raises(UserError, match="à venir"):
        group.write(lambda session: activities.give_consent(session, later, TODAY))


def test_allergies_are_told_to_who_leads_the_activity_and_are_on_no_list(group: Group) -> None:
    cook, _ = group.join("Awa", activity=COOKING)
    other, _ = group.join("Malik", activity="sport")
    for who in (cook, other):
        command = TellAllergies(who, " Arachide ")
        group.write(partial(activities.tell_allergies, command=command))
    with group.database.read() as session:
        assert activities.allergies(session, group.cohort, COOKING, TODAY) == (
            ("Awa Diallo", "Arachide"),
        )
    assert "Arachide" not in repr(group.shown)
    group.write(lambda session: activities.tell_allergies(session, TellAllergies(cook, "")))
    with group.database.read() as session:
        assert not activities.allergies(session, group.cohort, COOKING, TODAY)
    with group.database.write(group.act("Annulation")) as session:
        assert undo_last(session, AUTHOR) is not None
    with group.database.read() as session:
        left = session.scalars(
            sa.select(m.PersonAllergy.text).where(m.PersonAllergy.deleted_at.is_(None))
        ).all()
    assert left == ["Arachide", "Arachide"]


def test_allergies_that_a_colleague_told_meanwhile_are_not_written_over(group: Group) -> None:
    who, _ = group.join("Awa", activity=COOKING)
    for text, seen in (("Arachide", ""), ("Arachide, œuf", "Arachide")):
        command = TellAllergies(who, text, seen)
        group.write(partial(activities.tell_allergies, command=command))
    late = TellAllergies(who, "Lait", "Arachide")
    with pytest.raises(ConflictError, match="Allergies"):
        group.write(lambda session: activities.tell_allergies(session, late))
    with group.database.read() as session:
        assert activities.allergies_of(session, who) == "Arachide, œuf"


def test_what_is_to_be_signed_is_told_of_whoever_chose_what_asks_it(group: Group) -> None:
    group.join("Awa", activity=COOKING)
    who, journey = group.join("Malik", activity="sport")
    assert group.shown.to_sign("sport") == ((journey, ConsentKind.SPORT),)
    assert [each.told(ConsentKind.SPORT) for each in group.shown.people] == ["", "à signer"]
    given = GiveConsent(who, ConsentKind.SPORT, START)
    group.write(lambda session: activities.give_consent(session, given, TODAY))
    assert not group.shown.to_sign("sport")


def test_the_papers_of_an_activity_are_made_from_the_base(group: Group) -> None:
    _, journey = group.join("Awa", activity="sport")
    group.write(lambda session: programme.draw_up(session, DrawUp(group.cohort, None, START)))
    with group.database.read() as session:
        paper = activity_papers.consent(session, journey, ConsentKind.SPORT, TODAY)
        meeting = session.scalars(
            sa.select(m.Meeting.id).where(m.Meeting.activity == COOKING).order_by(m.Meeting.on)
        ).first()
        assert meeting is not None
        way = activity_papers.road_map(session, meeting)
    assert (paper.name, paper.group) == ("Awa Diallo", "Bordeaux · mars 2026")
    assert (way.title, way.host, way.on) == ("Cuisine", "Vision mêlée", START)
    with pytest.raises(UserError, match="supprimée"), group.database.read() as session:
        activity_papers.road_map(session, journey)
