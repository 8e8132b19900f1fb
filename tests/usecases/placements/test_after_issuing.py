"""An issued agreement signed, withdrawn, renewed."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import Party, PlacementState
from connexion_desktop.domain.placement_file import ChooseHost, SignPlacement
from connexion_desktop.usecases import placement_drafts, placement_views, placements
from tests.factories import TODAY, put
from tests.placement_base import FIRST, Office, issued, new_act

from .acts import do, edit, form, issue, make, sign, withdraw


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
        withdraw(database, made, " Fermeture ")
        shown = form(database, made)
        assert (shown.number, shown.state_reason) == ("PMSMP-2026-0001", "Fermeture")
        assert shown.state.state is PlacementState.CANCELLED
        assert shown.paper.state is PlacementState.CANCELLED
        assert not shown.may_be_cancelled

    def test_a_reason_is_needed(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        with pytest.raises(UserError, match="raison"):
            withdraw(database, made, " ")

    def test_a_refused_one_is_over(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        withdraw(database, made, "Pas d’équipe ce mois-ci", refused=True)
        with pytest.raises(UserError):
            withdraw(database, made, "Pas d’équipe ce mois-ci", refused=True)
        with pytest.raises(UserError, match="refusée"):
            sign(database, made, Party.HOST)

    def test_it_no_longer_counts_against_the_person(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        withdraw(database, made, "Fermeture")
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
