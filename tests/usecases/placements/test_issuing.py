"""An agreement issued: numbered, frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import PlacementState
from connexion_desktop.domain.placement_file import (
    ChooseHost,
    SaveDelegation,
    SetTimetable,
    WithdrawPlacement,
)
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases import (
    placement_drafts,
    placement_prescriber,
    placement_views,
    placements,
    undo,
)
from tests.factories import TODAY
from tests.placement_base import AUTHOR, FIRST, LAST, WEEK, Office, drafted, issued, new_act

from .acts import do, edit, form, issue, make


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
