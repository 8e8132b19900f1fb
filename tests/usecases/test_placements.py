"""Immersions on a real base: typed, issued, frozen, revised, signed, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.placement import Party, PlacementState
from connexion_desktop.domain.placement_file import (
    ChooseHost,
    ChooseTutor,
    EditHost,
    EditPlacement,
    EditPrescriber,
    IssuePlacement,
    NewHost,
    NewPlacement,
    NewStaff,
    PlacementForm,
    SaveDelegation,
    SetTimetable,
    SignPlacement,
    WithdrawPlacement,
)
from connexion_desktop.domain.placement_hours import by_day, week_rows
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases import (
    demo,
    group_reads,
    listing,
    placement_drafts,
    placement_facts,
    placement_hosts,
    placement_prescriber,
    placement_views,
    placements,
    undo,
)
from connexion_desktop.usecases.person_feed_rows import union
from tests.factories import TODAY, cohort, journey, person, placement, put
from tests.placement_base import (
    AUTHOR,
    FIRST,
    LAST,
    SIRET,
    WEEK,
    Office,
    drafted,
    furnished,
    issued,
    new_act,
)

T = TypeVar("T")


@pytest.fixture
def office(database: Database) -> Office:
    return furnished(database)


def do(database: Database, act: Callable[[Session], T], label: str = "Essai") -> T:
    with database.write(new_act(label)) as session:
        return act(session)


def form(database: Database, placement_id: UUID, today: date = TODAY) -> PlacementForm:
    with database.read() as session:
        return placement_views.form(session, placement_id, today)


def make(database: Database, office: Office, **changes: Any) -> UUID:
    return do(database, lambda session: drafted(session, office, **changes))


def issue(database: Database, placement_id: UUID, reason: str = "", today: date = TODAY) -> str:
    command = IssuePlacement(placement_id, today, reason)
    return do(database, lambda session: placements.issue(session, command))


def edit(database: Database, placement_id: UUID, field: str, value: object) -> None:
    command = EditPlacement(placement_id, field, value)  # type: ignore[arg-type]
    do(database, lambda session: placement_drafts.edit(session, command))


def sign(database: Database, placement_id: UUID, *parties: Party) -> None:
    for party in parties:
        with database.write(new_act()) as session:
            placements.sign(session, SignPlacement(placement_id, party, TODAY, TODAY))


def withdraw(database: Database, placement_id: UUID, reason: str, today: date = TODAY) -> None:
    command = WithdrawPlacement(placement_id, reason, today)
    do(database, lambda session: placements.withdraw(session, command))


def revise(database: Database, placement_id: UUID) -> None:
    do(database, lambda session: placements.revise(session, placement_id))


class TestDraft:
    def test_it_starts_with_what_is_known_of_the_person(
        self, database: Database, office: Office
    ) -> None:
        made = do(
            database,
            lambda session: placements.create(session, NewPlacement(uuid4(), office.person, TODAY)),
        )
        shown = form(database, made)
        assert shown.person == "Aïssatou Diallo"
        assert shown.number.startswith("BROUILLON-")
        assert shown.values["staff_id"] == str(office.staff)
        assert shown.paper.beneficiary.address.city == "Talence"
        assert shown.prescriber.delegation is not None
        assert not shown.read_only

    def test_a_name_of_use_is_not_taken_for_a_birth_name(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        with database.write(new_act()) as session:
            session.get_one(m.Person, office.person).birth_name = None
        shown = form(database, made)
        assert shown.paper.beneficiary.birth_name == ""
        assert shown.paper.beneficiary.used_name == "Diallo"
        assert [each.field for each in shown.findings] == ["person.birth_name"]

    def test_of_somebody_gone_it_is_refused(self, database: Database, office: Office) -> None:
        with pytest.raises(UserError):
            do(
                database,
                lambda session: placements.create(session, NewPlacement(uuid4(), uuid4(), TODAY)),
            )

    def test_nothing_is_wrong_once_all_is_typed(self, database: Database, office: Office) -> None:
        assert form(database, make(database, office)).findings == ()

    def test_choosing_a_host_brings_its_only_contact_and_its_signatory(
        self, database: Database, office: Office
    ) -> None:
        shown = form(database, make(database, office))
        assert shown.values["tutor_name"] == "Hélène Castagnet"
        assert shown.values["host_signatory"] == "Rose Lamy"
        assert shown.values["insurance_attested"] is True
        assert shown.host is not None
        assert shown.host.city == "Bègles"

    def test_another_tutor_of_the_host_is_chosen_with_all_that_is_known_of_them(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        other = do(
            database,
            lambda session: put(
                session,
                m.Contact(organisation_id=office.host, name="Guy Lestrade", function="Chef"),
            ),
        )
        do(
            database,
            lambda session: placement_drafts.choose_tutor(session, ChooseTutor(made, other)),
        )
        tutor = form(database, made).paper.host.tutor
        assert (tutor.name, tutor.function, tutor.email) == ("Guy Lestrade", "Chef", "")

    def test_no_answer_and_no_protection_are_two_things(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        edit(database, made, "ppe", "")
        assert form(database, made).values["ppe"] == ""
        edit(database, made, "ppe", None)
        assert form(database, made).values["ppe"] is None

    def test_a_later_last_day_gets_the_hours_of_the_week(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        edit(database, made, "ends_on", LAST + timedelta(days=7))
        # The Monday of Pentecost, 25 May 2026, stays free.
        weeks = week_rows(None, form(database, made).slots)
        assert [len(week.days) for week in weeks] == [5, 4]

    def test_another_first_day_keeps_the_hours_typed_by_hand(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        slots = (*WEEK.expand(FIRST, LAST)[:-2], Slot(LAST, 540, 660))
        do(
            database,
            lambda session: placement_drafts.set_timetable(
                session, SetTimetable(made, slots, WEEK)
            ),
        )
        edit(database, made, "starts_on", FIRST + timedelta(days=2))
        days = by_day(form(database, made).slots)
        assert sorted(days) == [LAST - timedelta(days=2), LAST - timedelta(days=1), LAST]
        assert days[LAST] == ((540, 660),)

    def test_hours_that_overlap_are_refused_and_the_day_is_named(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        slots = (Slot(FIRST, 540, 720), Slot(FIRST, 600, 780))
        with pytest.raises(UserError, match="lundi 18 mai 2026"):
            do(
                database,
                lambda session: placement_drafts.set_timetable(
                    session, SetTimetable(made, slots, None)
                ),
            )
        assert form(database, made).slots == WEEK.expand(FIRST, LAST)

    def test_it_can_be_thrown_away_and_brought_back(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        do(database, lambda session: placements.discard(session, made), "Brouillon supprimé")
        with database.read() as session:
            assert placement_views.queue(session, TODAY) == ()
        do(database, lambda session: undo.undo_last(session, AUTHOR))
        assert form(database, made).findings == ()

    def test_an_issued_one_is_not_thrown_away(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        with pytest.raises(UserError, match="émise"):
            do(database, lambda session: placements.discard(session, made))

    def test_a_field_that_is_none_is_a_bug(self, database: Database, office: Office) -> None:
        made = make(database, office)
        with pytest.raises(ValueError, match="state"):
            edit(database, made, "state", "signed")

    def test_a_journey_begun_later_is_the_one_of_a_draft_opened_before(
        self, database: Database, office: Office
    ) -> None:
        with database.write(new_act()) as session:
            session.get_one(m.Journey, office.journey).left_on = date(2026, 4, 30)
        made = make(database, office)
        assert [each.code for each in form(database, made).findings] == ["journey_over"]
        with database.write(new_act()) as session:
            group = cohort(session, "Pessac · mai 2026", date(2026, 5, 4))
            later = journey(session, office.person, group, date(2026, 5, 4))
        assert form(database, made).findings == ()
        assert form(database, made).cohort == "Pessac · mai 2026"
        issue(database, made)
        with database.read() as session:
            assert session.get_one(m.Placement, made).journey_id == later

    def test_an_accompanying_body_other_than_the_association_signs_too(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office, support_id=str(office.other_host))
        issue(database, made)
        shown = form(database, made)
        assert shown.paper.accompaniment.body is not None
        assert shown.paper.accompaniment.body.name == "L’Étoile de Mériadeck"
        assert Party.SUPPORT in {each.party for each in shown.signatures}

    def test_a_trade_of_the_list_is_known_as_such(self, database: Database, office: Office) -> None:
        with database.write(new_act()) as session:
            family = session.scalars(select(m.TradeFamily.id)).first()
            trade = put(session, m.Trade(label="Aide-soignant·e", family_id=family))
        made = make(database, office, trade="aide soignant e")
        with database.read() as session:
            assert session.get_one(m.Placement, made).trade_id == trade
        edit(database, made, "trade", "Dompteuse")
        with database.read() as session:
            assert session.get_one(m.Placement, made).trade_id is None


class TestIssuing:
    def test_numbers_follow_each_other_and_are_never_reused(
        self, database: Database, office: Office
    ) -> None:
        first = make(database, office)
        assert issue(database, first) == "PMSMP-2026-0001"
        do(
            database,
            lambda session: placements.withdraw(
                session, WithdrawPlacement(first, "Fermeture", TODAY)
            ),
        )
        second = make(database, office)
        assert issue(database, second) == "PMSMP-2026-0002"

    def test_each_year_counts_its_own(self, database: Database, office: Office) -> None:
        issue(database, make(database, office))
        later = {
            "starts_on": date(2027, 3, 1),
            "ends_on": date(2027, 3, 5),
            "objectives": "Confirmer l’essai de mai",
        }
        made = do(
            database, lambda session: drafted(session, office, today=date(2027, 2, 1), **later)
        )
        assert issue(database, made, today=date(2027, 2, 1)) == "PMSMP-2027-0001"

    def test_what_is_missing_blocks_and_no_number_is_taken(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office, objectives="", tasks="")
        with pytest.raises(UserError) as refused:
            issue(database, made)
        assert "tâches" in refused.value.what
        assert "1 autre" in refused.value.what
        assert form(database, made).number.startswith("BROUILLON-")
        edit(database, made, "objectives", "Voir le métier")
        edit(database, made, "tasks", "Accueillir")
        assert issue(database, made) == "PMSMP-2026-0001"

    def test_a_warning_asks_for_a_reason_which_is_kept(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        sunday = FIRST - timedelta(days=1)
        slots = (*WEEK.expand(FIRST, LAST), Slot(sunday, 540, 720))
        edit(database, made, "starts_on", sunday)
        do(
            database,
            lambda session: placement_drafts.set_timetable(
                session, SetTimetable(made, slots, WEEK)
            ),
        )
        with pytest.raises(UserError, match="points d’attention"):
            issue(database, made, "  ")
        issue(database, made, "Marché du dimanche")
        (edition,) = form(database, made).editions
        assert edition.reason == "Marché du dimanche"

    def test_an_expired_delegation_blocks(self, database: Database, office: Office) -> None:
        with database.write(new_act()) as session:
            for row in session.scalars(select(m.Delegation)):
                row.ends_on = date(2026, 4, 30)
        made = make(database, office)
        assert [each.code for each in form(database, made).findings] == ["delegation_invalid"]
        with pytest.raises(UserError, match="délégation"):
            issue(database, made)

    def test_the_new_delegation_is_that_of_the_paper(
        self, database: Database, office: Office
    ) -> None:
        with database.write(new_act()) as session:
            for row in session.scalars(select(m.Delegation)):
                row.deleted_at = row.created_at
        made = make(database, office)
        assert form(database, made).prescriber.delegation is None
        command = SaveDelegation(
            uuid4(), "DEL-40", "France Travail", "", date(2026, 1, 1), date(2028, 1, 1), TODAY
        )
        do(database, lambda session: placement_prescriber.save_delegation(session, command))
        shown = form(database, made)
        assert shown.findings == ()
        assert shown.paper.prescriber.delegation is not None
        assert shown.paper.prescriber.delegation.reference == "DEL-40"

    @pytest.mark.parametrize(
        "wrong", [{"reference": " "}, {"ends_on": None}, {"ends_on": date(2025, 1, 1)}]
    )
    def test_a_delegation_is_whole_or_not_saved(
        self, database: Database, office: Office, wrong: dict[str, object]
    ) -> None:
        command = SaveDelegation(
            uuid4(), "DEL-40", "France Travail", "", date(2026, 1, 1), date(2028, 1, 1), TODAY
        )
        with pytest.raises(UserError):
            do(
                database,
                lambda session: placement_prescriber.save_delegation(
                    session,
                    replace(command, **wrong),  # type: ignore[arg-type]
                ),
            )

    def test_it_is_read_only_afterwards(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        shown = form(database, made)
        assert shown.read_only
        assert shown.state.state is PlacementState.TO_SIGN
        with pytest.raises(UserError, match="émise"):
            edit(database, made, "objectives", "Autre chose")
        with pytest.raises(UserError, match="émise"):
            do(
                database,
                lambda session: placement_drafts.choose_host(
                    session, ChooseHost(made, office.other_host)
                ),
            )

    def test_it_is_never_undone(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        with pytest.raises(UserError, match="effet légal"):
            do(database, lambda session: undo.undo_last(session, AUTHOR))
        assert form(database, made).state.state is PlacementState.TO_SIGN

    def test_the_paper_stays_as_it_was_when_the_person_moves(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        before = form(database, made).paper
        with database.write(new_act()) as session:
            session.get_one(m.Person, office.person).address = "Ailleurs"
            session.get_one(m.Organisation, office.host).name = "Un autre nom"
        assert form(database, made).paper == before
        assert before.issued_at == "Bordeaux"
        with database.read() as session:
            assert placement_views.paper(session, " pmsmp-2026-0001 ", TODAY) == before

    def test_the_book_learns_the_tutor_and_the_signatory(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        do(
            database,
            lambda session: placement_drafts.choose_host(
                session, ChooseHost(made, office.other_host)
            ),
        )
        for field, value in {
            "tutor_name": "Guy Lestrade",
            "tutor_function": "Chef de salle",
            "host_signatory": "Ida Roux",
            "insurance_attested": True,
        }.items():
            edit(database, made, field, value)
        issue(database, made)
        again = make(database, office)
        do(
            database,
            lambda session: placement_drafts.choose_host(
                session, ChooseHost(again, office.other_host)
            ),
        )
        values = form(database, again).values
        assert (values["tutor_name"], values["host_signatory"]) == ("Guy Lestrade", "Ida Roux")


class TestRevising:
    def test_a_new_version_keeps_the_number_and_the_old_one_stays_readable(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        do(database, lambda session: placements.revise(session, made))
        edit(database, made, "objectives", "Voir une nuit aussi")
        shown = form(database, made)
        assert shown.revising
        assert [change.label for change in shown.pending_changes] == ["Objectifs"]
        assert issue(database, made) == "PMSMP-2026-0001"
        shown = form(database, made)
        assert [(each.edition, len(each.changes)) for each in shown.editions] == [(2, 1), (1, 0)]
        with database.read() as session:
            former = placement_views.edition_paper(session, "PMSMP-2026-0001", 1)
        assert former.superseded
        assert former.period.objectives == "Voir une journée entière auprès des résidents"
        assert not shown.paper.superseded

    def test_a_change_of_substance_voids_the_signatures(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        sign(database, made, Party.BENEFICIARY)
        do(database, lambda session: placements.revise(session, made))
        edit(database, made, "tasks", "Tout autre chose")
        issue(database, made)
        shown = form(database, made)
        assert [each.signed_on for each in shown.signatures] == [None, None, None]
        assert shown.stored_state is PlacementState.TO_SIGN

    def test_a_clerical_correction_keeps_them(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        sign(database, made, Party.BENEFICIARY)
        do(database, lambda session: placements.revise(session, made))
        edit(database, made, "observations", "Venir par le tram C")
        issue(database, made)
        shown = form(database, made)
        assert [each.signed_on for each in shown.signatures] == [TODAY, None, None]
        assert shown.stored_state is PlacementState.PARTLY_SIGNED

    def test_giving_up_restores_exactly_what_was_issued(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        before = form(database, made)
        do(database, lambda session: placements.revise(session, made))
        do(
            database,
            lambda session: placement_drafts.choose_host(
                session, ChooseHost(made, office.other_host)
            ),
        )
        edit(database, made, "starts_on", FIRST + timedelta(days=1))
        edit(database, made, "object", "recruit")
        edit(database, made, "ppe", "")
        do(
            database,
            lambda session: placement_drafts.set_timetable(session, SetTimetable(made, (), None)),
        )
        do(database, lambda session: placements.drop_revision(session, made))
        assert form(database, made) == before

    def test_cancelling_while_revising_gives_up_the_revision(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        do(database, lambda session: placements.revise(session, made))
        edit(database, made, "ends_on", LAST - timedelta(days=1))
        do(
            database,
            lambda session: placements.withdraw(
                session, WithdrawPlacement(made, "Fermeture", TODAY)
            ),
        )
        assert form(database, made).values["ends_on"] == LAST

    def test_once_signed_by_all_it_is_no_longer_modified(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        sign(database, made, Party.BENEFICIARY, Party.HOST, Party.PRESCRIBER)
        with pytest.raises(UserError, match="signée"):
            do(database, lambda session: placements.revise(session, made))

    def test_what_all_signed_meanwhile_is_not_issued_again(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        revise(database, made)
        edit(database, made, "tasks", "Tout autre chose")
        sign(database, made, Party.BENEFICIARY, Party.HOST)
        assert form(database, made).revising
        last = SignPlacement(made, Party.PRESCRIBER, TODAY, TODAY)
        assert do(database, lambda session: placements.sign(session, last))
        shown = form(database, made)
        assert not shown.revising
        assert shown.paper.period.tasks == "Accompagner les repas, animer un atelier"
        with pytest.raises(UserError, match="émise"):
            issue(database, made)
        assert form(database, made).edition == 1

    def test_what_is_issued_binds_until_the_next_version_is(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        revise(database, made)
        edit(database, made, "ends_on", date(2026, 6, 26))
        edit(database, made, "starts_on", date(2026, 6, 22))
        edit(database, made, "trade", "Cuisinière")
        do(
            database,
            lambda session: placement_drafts.choose_host(
                session, ChooseHost(made, office.other_host)
            ),
        )
        late = date(2026, 5, 20)
        with database.read() as session:
            (row,) = placement_views.queue(session, late)
            (line,) = listing.papers(session, late)
            (card,) = group_reads.placements(session, [office.person])
            feed = session.execute(
                sa.select(*union().c["first", "until", "text", "code", "number"]),
                {"person_id": office.person},
            ).all()
        dates = (FIRST, LAST, "Résidence des Bassins")
        assert (row.starts_on, row.ends_on, row.host) == dates
        assert (line.starts_on, line.ends_on, line.host) == dates
        assert (card.starts_on, card.ends_on, card.host) == dates
        assert (*dates, "Aide-soignante", 35 * 60) in [tuple(each) for each in feed]
        assert (row.minutes, line.minutes) == (35 * 60, 35 * 60)
        assert (row.trade, line.trade) == ("Aide-soignante", "Aide-soignante")
        assert row.state.label == line.state.label == "démarrée sans signature"
        assert form(database, made, late).state.label == "démarrée sans signature"

    def test_one_being_revised_still_holds_its_days_and_its_host(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        revise(database, made)
        edit(database, made, "ends_on", date(2026, 6, 26))
        edit(database, made, "starts_on", date(2026, 6, 22))
        with database.write(new_act()) as session:
            session.get_one(m.Organisation, office.host).siret = "21330522000013"
        other = make(database, office, objectives="Autre but")
        shown = form(database, other)
        assert "two_at_once" in {each.code for each in shown.findings}
        (past,) = shown.facts.past
        assert (past.siret, past.starts_on, past.slots) == (
            SIRET,
            FIRST,
            WEEK.expand(FIRST, LAST),
        )

    def test_nothing_to_give_up(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        with pytest.raises(UserError, match="Aucune modification"):
            do(database, lambda session: placements.drop_revision(session, made))


class TestSigning:
    def test_the_parties_sign_one_after_the_other(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        with database.read() as session:
            (row,) = placement_views.queue(session, TODAY)
        assert row.missing_signatures == (Party.BENEFICIARY, Party.HOST, Party.PRESCRIBER)
        sign(database, made, Party.BENEFICIARY)
        assert form(database, made).stored_state is PlacementState.PARTLY_SIGNED
        sign(database, made, Party.HOST, Party.PRESCRIBER)
        assert form(database, made).stored_state is PlacementState.SIGNED

    def test_a_signature_noted_by_mistake_is_taken_back(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        sign(database, made, Party.HOST)
        command = SignPlacement(made, Party.HOST, None, TODAY)
        do(database, lambda session: placements.sign(session, command))
        assert form(database, made).stored_state is PlacementState.TO_SIGN

    def test_a_minor_has_a_representative_who_signs(
        self, database: Database, office: Office
    ) -> None:
        with database.write(new_act()) as session:
            session.get_one(m.Person, office.person).birth_date = date(2009, 9, 30)
            put(
                session,
                m.PersonContact(person_id=office.person, kind="representative", name="Ana Diallo"),
            )
        made = issued(database, office)
        parties = {each.party: each.name for each in form(database, made).signatures}
        assert parties[Party.REPRESENTATIVE] == "Ana Diallo"

    def test_whoever_comes_of_age_before_the_first_day_has_one_too(
        self, database: Database, office: Office
    ) -> None:
        with database.write(new_act()) as session:
            session.get_one(m.Person, office.person).birth_date = date(2008, 5, 10)
        made = make(database, office)
        (finding,) = form(database, made).findings
        assert finding.code == "representative_name_missing"
        with database.write(new_act()) as session:
            put(
                session,
                m.PersonContact(person_id=office.person, kind="representative", name="Ana Diallo"),
            )
        issue(database, made)
        shown = form(database, made)
        assert Party.REPRESENTATIVE in {each.party for each in shown.signatures}
        assert shown.paper.beneficiary.is_minor

    def test_a_party_that_does_not_sign_is_refused(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        with pytest.raises(UserError, match="Employeur"):
            sign(database, made, Party.EMPLOYER)

    def test_a_signature_is_not_of_a_day_to_come(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        command = SignPlacement(made, Party.HOST, date(2030, 1, 1), TODAY)
        with pytest.raises(UserError, match="à venir"):
            do(database, lambda session: placements.sign(session, command))

    def test_one_that_runs_signed_keeps_its_signatures_and_is_not_cancelled(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        sign(database, made, Party.BENEFICIARY, Party.HOST, Party.PRESCRIBER)
        for day, state in ((FIRST, "en cours"), (date(2026, 6, 1), "terminée")):
            back = SignPlacement(made, Party.HOST, None, day)
            with pytest.raises(UserError, match=state):
                do(database, partial(placements.sign, command=back))
            with pytest.raises(UserError, match=state):
                withdraw(database, made, "Fermeture", day)
            shown = form(database, made, day)
            assert shown.state.state.label == state
            assert not (shown.may_sign or shown.may_be_cancelled or shown.may_revise)

    def test_a_draft_is_not_signed(self, database: Database, office: Office) -> None:
        with pytest.raises(UserError, match="brouillon"):
            sign(database, make(database, office), Party.HOST)


class TestWithdrawing:
    def test_a_cancelled_one_keeps_its_number_and_its_reason(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        do(
            database,
            lambda session: placements.withdraw(
                session, WithdrawPlacement(made, " Fermeture ", TODAY)
            ),
        )
        shown = form(database, made)
        assert (shown.number, shown.state_reason) == ("PMSMP-2026-0001", "Fermeture")
        assert shown.state.state is PlacementState.CANCELLED
        assert shown.paper.state is PlacementState.CANCELLED
        assert not shown.may_be_cancelled

    def test_a_reason_is_needed(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        with pytest.raises(UserError, match="raison"):
            do(
                database,
                lambda session: placements.withdraw(session, WithdrawPlacement(made, " ", TODAY)),
            )

    def test_a_refused_one_is_over(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        command = WithdrawPlacement(made, "Pas d’équipe ce mois-ci", TODAY, refused=True)
        do(database, lambda session: placements.withdraw(session, command))
        with pytest.raises(UserError):
            do(database, lambda session: placements.withdraw(session, command))
        with pytest.raises(UserError, match="refusée"):
            sign(database, made, Party.HOST)

    def test_it_no_longer_counts_against_the_person(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        do(
            database,
            lambda session: placements.withdraw(
                session, WithdrawPlacement(made, "Fermeture", TODAY)
            ),
        )
        assert form(database, make(database, office)).findings == ()


class TestRenewing:
    def test_a_convention_at_the_same_host_may_be_renewed_once(
        self, database: Database, office: Office
    ) -> None:
        first = issued(database, office)
        again = make(database, office, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 5))
        (choice,) = form(database, again).lists.renewable
        assert choice.label == "PMSMP-2026-0001"
        edit(database, again, "renewal_of_id", str(first))
        assert [each.code for each in form(database, again).findings] == ["renewal_reason_missing"]
        edit(database, again, "renewal_reason", "Absence de la tutrice")
        shown = form(database, again)
        assert shown.findings == ()
        assert shown.paper.period.renewal is not None
        assert shown.paper.period.renewal.of_number == "PMSMP-2026-0001"
        issue(database, again)
        third = make(database, office, starts_on=date(2026, 6, 15), ends_on=date(2026, 6, 19))
        assert form(database, third).lists.renewable == ()

    def test_another_host_renews_nothing(self, database: Database, office: Office) -> None:
        first = issued(database, office)
        again = make(database, office, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 5))
        edit(database, again, "renewal_of_id", str(first))
        do(
            database,
            lambda session: placement_drafts.choose_host(
                session, ChooseHost(again, office.other_host)
            ),
        )
        assert form(database, again).values["renewal_of_id"] is None


class TestHosts:
    @pytest.mark.parametrize(
        "typed",
        [
            "bas",
            "BASSINS",
            "résidence bas",
            "residence",
            "begles",
            "2133006",
            "Résidense des basins",
        ],
    )
    def test_they_are_found_by_three_letters_a_town_or_digits(
        self, database: Database, office: Office, typed: str
    ) -> None:
        with database.read() as session:
            found = placement_hosts.find_hosts(session, typed)
        assert [each.name for each in found] == ["Résidence des Bassins"]

    def test_an_apostrophe_and_an_accent_do_not_hide_one(
        self, database: Database, office: Office
    ) -> None:
        with database.read() as session:
            found = placement_hosts.find_hosts(session, "l'etoi")
        assert [each.name for each in found] == ["L’Étoile de Mériadeck"]

    def test_nothing_typed_shows_those_used_most(self, database: Database, office: Office) -> None:
        issued(database, office)
        with database.read() as session:
            found = placement_hosts.find_hosts(session, "")
        assert [(each.name, each.past_text) for each in found] == [
            ("Résidence des Bassins", "déjà 1 immersion"),
            ("L’Étoile de Mériadeck", ""),
        ]

    def test_what_resembles_nothing_finds_nothing(self, database: Database, office: Office) -> None:
        with database.read() as session:
            assert placement_hosts.find_hosts(session, "zzzzzz") == ()

    def test_a_new_one_is_found_at_once_and_mended_in_place(
        self, database: Database, office: Office
    ) -> None:
        made = do(
            database,
            lambda session: placement_hosts.add_host(session, NewHost(uuid4(), " Garage du Lac ")),
        )
        for field, value in {"siret": "213 300 635 000 18", "city": "Bruges"}.items():
            with database.write(new_act()) as session:
                placement_hosts.edit_host(session, EditHost(made, field, value))
        with database.read() as session:
            (found,) = placement_hosts.find_hosts(session, "bruges")
        assert (found.name, found.siret) == ("Garage du Lac", "21330063500018")
        assert "clé" in found.siret_problem

    def test_a_host_keeps_a_name(self, database: Database, office: Office) -> None:
        with pytest.raises(UserError, match="nom"):
            do(
                database,
                lambda session: placement_hosts.edit_host(
                    session, EditHost(office.host, "name", " ")
                ),
            )
        with pytest.raises(UserError, match="nom"):
            do(
                database,
                lambda session: placement_hosts.add_host(session, NewHost(uuid4(), " ")),
            )

    def test_the_convention_being_modified_is_not_of_the_host_s_past(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        do(database, lambda session: placements.revise(session, made))
        host = form(database, made).host
        assert host is not None and host.past_text == ""


class TestPrescriber:
    def test_the_association_is_told_in_place(self, database: Database, office: Office) -> None:
        made = make(database, office)
        do(
            database,
            lambda session: placement_prescriber.edit_prescriber(
                session, EditPrescriber("siret", "732 829 320 00074")
            ),
        )
        shown = form(database, made)
        assert shown.prescriber.details["siret"] == "73282932000074"
        assert shown.paper.prescriber.body.siret == "73282932000074"

    def test_a_conseiller_is_written_from_the_form(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        command = NewStaff(uuid4(), made, "Yves de la Tour")
        do(database, lambda session: placement_prescriber.add_staff(session, command))
        shown = form(database, made)
        assert shown.paper.accompaniment.referent.name == "Yves de la Tour"
        assert len(shown.lists.staff) == 2

    def test_the_settings_of_the_association_are_read(
        self, database: Database, office: Office
    ) -> None:
        with database.write(new_act()) as session:
            for key, value in {
                "placement.same_number_day_included": True,
                "placement.same_host_days_max": 45,
                "placement.delegation_warning_months": [2, 6],
                "placement.late_working_days": "bientôt",
            }.items():
                row = session.scalars(select(m.Setting).where(m.Setting.key == key)).one()
                row.value = value
        with database.read() as session:
            settings = placement_facts.rule_settings(session)
        assert settings.same_number_day_included
        assert settings.max_same_host_days == 45
        assert settings.delegation_warning_months == (2, 6)
        assert settings.late_working_days == 2


class TestPeople:
    def test_those_in_follow_up_are_proposed_those_of_the_group_first(
        self, database: Database, office: Office
    ) -> None:
        with database.read() as session:
            found = placement_views.people_to_place(session, office.cohort, "dial")
            assert placement_views.people_to_place(session, office.cohort, "zzz") == ()
        assert [(each.label, each.detail) for each in found] == [
            ("Aïssatou Diallo", "Bordeaux · mars 2026")
        ]

    def test_somebody_met_without_a_journey_is_not(
        self, database: Database, office: Office
    ) -> None:
        do(database, lambda session: person(session, "Ida", "Sans-Groupe"))
        with database.read() as session:
            assert placement_views.people_to_place(session, None, "sans") == ()


def asked(database: Database, read: Callable[[Session], object]) -> list[str]:
    """The statements that a read sends to the base."""
    sent: list[str] = []
    with database.read() as session:
        sa.event.listen(
            session.connection(), "before_cursor_execute", lambda *given: sent.append(given[2])
        )
        read(session)
    return sent


def test_the_queue_takes_the_same_few_queries_whatever_its_length(
    database: Database, office: Office
) -> None:
    def read() -> int:
        return len(asked(database, lambda session: placement_views.queue(session, TODAY)))

    issued(database, office)
    few = read()
    with database.write(new_act()) as session:
        for state in ("draft", "to_sign", "signed", "assessed", "cancelled"):
            for _ in range(10):
                placement(session, office.person, state, FIRST, LAST)
    assert read() == few == 3


def test_the_form_takes_the_same_queries_whatever_the_past(
    database: Database, office: Office
) -> None:
    made = make(database, office)

    def read() -> int:
        return len(asked(database, lambda session: placement_views.form(session, made, TODAY)))

    few = read()
    with database.write(new_act()) as session:
        for month in range(1, 13):
            past = placement(
                session,
                office.person,
                "assessed",
                date(2025, month, 1),
                date(2025, month, 5),
                host_id=office.host,
            )
            put(session, m.PlacementSlot(placement_id=past, on=FIRST, start=540, end=720))
    assert read() == few <= 32


def test_every_immersion_of_the_demo_opens_with_its_paper(tmp_path: Path) -> None:
    key = RawKey.new()
    demo.create(tmp_path / "demo.connexion", key, TODAY)
    base = Database.open(tmp_path / "demo.connexion", key)
    try:
        with base.read() as session:
            rows = placement_views.queue(session, TODAY)
            shown = [placement_views.form(session, row.id, TODAY) for row in rows]
            again = [placement_views.paper(session, form.number, TODAY) for form in shown]
    finally:
        base.close()
    assert len(shown) > 20
    assert {form.read_only for form in shown} == {True, False}
    assert [form.paper.period for form in shown] == [paper.period for paper in again]
