"""An issued agreement given a new version."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import Party, PlacementState
from connexion_desktop.domain.placement_file import (
    ChooseHost,
    SetTimetable,
    SignPlacement,
)
from connexion_desktop.usecases import (
    group_reads,
    listing,
    placement_drafts,
    placement_views,
    placements,
)
from connexion_desktop.usecases.person_feed_rows import union
from tests.factories import TODAY
from tests.placement_base import FIRST, LAST, SIRET, WEEK, Office, issued, new_act

from .acts import correct, do, edit, form, issue, make, revise, sign, withdraw


class TestRevising:
    def test_a_new_version_keeps_the_number_and_the_old_one_stays_readable(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        revise(database, made)
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
        correct(database, made, "tasks", "Tout autre chose")
        shown = form(database, made)
        assert [each.signed_on for each in shown.signatures] == [None, None, None]
        assert shown.stored_state is PlacementState.TO_SIGN

    def test_a_clerical_correction_keeps_them(self, database: Database, office: Office) -> None:
        made = issued(database, office)
        sign(database, made, Party.BENEFICIARY)
        correct(database, made, "observations", "Venir par le tram C")
        shown = form(database, made)
        assert [each.signed_on for each in shown.signatures] == [TODAY, None, None]
        assert shown.stored_state is PlacementState.PARTLY_SIGNED

    def test_giving_up_restores_exactly_what_was_issued(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        before = form(database, made)
        revise(database, made)
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
        revise(database, made)
        edit(database, made, "ends_on", LAST - timedelta(days=1))
        withdraw(database, made, "Fermeture")
        assert form(database, made).values["ends_on"] == LAST

    def test_once_signed_by_all_it_is_no_longer_modified(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        sign(database, made, Party.BENEFICIARY, Party.HOST, Party.PRESCRIBER)
        with pytest.raises(UserError, match="signée"):
            revise(database, made)

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
            (card,) = group_reads.placements(
                session, sa.select(m.Person.id).where(m.Person.id == office.person)
            )
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
