"""What is typed before an agreement is issued."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import Party
from connexion_desktop.domain.placement_file import ChooseTutor, NewPlacement, SetTimetable
from connexion_desktop.domain.placement_hours import by_day, week_rows
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases import placement_drafts, placement_views, placements, undo
from tests.factories import TODAY, cohort, journey, put
from tests.placement_base import AUTHOR, FIRST, LAST, WEEK, Office, issued, new_act

from .acts import do, edit, form, issue, make


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

    @pytest.mark.file_alone("who replaces takes nobody to a group of their own")
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
