"""Every rule on immersions fires on what the base holds, not only on facts written by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement_file import IssuePlacement, SetTimetable
from connexion_desktop.domain.placement_rules import RULES, Rule, frame, hours, minors, parties
from connexion_desktop.domain.placement_rules import period as dates
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases import placement_drafts, placement_facts, placement_paper
from connexion_desktop.usecases import placements as life
from tests.factories import TODAY, put
from tests.placement_base import FIRST, LAST, Office, drafted, furnish, new_act

Spoil = Callable[[Session, Office, m.Placement], None]
SUNDAY = FIRST + timedelta(days=6)


def _set(**values: object) -> Spoil:
    def spoil(_session: Session, _office: Office, row: m.Placement) -> None:
        for name, value in values.items():
            setattr(row, name, value)

    return spoil


def _hours(*slots: Slot) -> Spoil:
    def spoil(session: Session, _office: Office, row: m.Placement) -> None:
        row.ends_on = max(LAST, *(slot.on for slot in slots))
        placement_drafts.set_timetable(session, SetTimetable(row.id, slots, None))

    return spoil


def _of_minor(spoil: Spoil) -> Spoil:
    def both(session: Session, office: Office, row: m.Placement) -> None:
        session.get_one(m.Person, office.person).birth_date = date(2009, 9, 30)
        spoil(session, office, row)

    return both


def _without(model: type[m.Row]) -> Spoil:
    def spoil(session: Session, _office: Office, _row: m.Placement) -> None:
        for found in session.scalars(select(model)):
            found.deleted_at = found.created_at

    return spoil


def _after_another(session: Session, office: Office, _row: m.Placement) -> None:
    other = drafted(session, office)
    life.issue(session, IssuePlacement(other, TODAY))


def _renewal_of_a_draft(session: Session, office: Office, row: m.Placement) -> None:
    row.renewal_of_id = drafted(session, office)


def _meeting(session: Session, office: Office, _row: m.Placement) -> None:
    put(
        session,
        m.Meeting(
            cohort_id=office.cohort, on=FIRST, start=540, end=720, kind="workshop", title="CV"
        ),
    )


def _expired_permit(session: Session, office: Office, _row: m.Placement) -> None:
    session.get_one(m.Person, office.person).nationality = "other"
    put(
        session,
        m.PersonResidence(
            person_id=office.person, permit_title="Carte", permit_number="1", expires_on=FIRST
        ),
    )


def _wrong_siret(session: Session, office: Office, _row: m.Placement) -> None:
    session.get_one(m.Organisation, office.host).siret = "1"


def _same_phone(session: Session, office: Office, row: m.Placement) -> None:
    row.tutor_phone = session.get_one(m.Person, office.person).phone


SPOILT: dict[Rule, Spoil] = {
    frame.mentions_are_made: _set(ppe=None),
    frame.journey_covers_the_period: _without(m.Journey),
    frame.delegation_is_valid: _without(m.Delegation),
    frame.signed_in_time: _set(starts_on=TODAY),
    dates.period_lasts_a_month_at_most: _set(ends_on=FIRST + timedelta(days=40)),
    dates.renewal_is_allowed: _renewal_of_a_draft,
    dates.same_host_is_not_overused: _after_another,
    dates.one_place_at_a_time: _after_another,
    dates.collective_days_are_free: _meeting,
    hours.timetable_stands: _set(starts_on=FIRST + timedelta(days=1)),
    hours.host_hours_are_kept: _hours(Slot(FIRST, 420, 1080)),
    hours.unusual_times_are_told: _hours(Slot(SUNDAY, 540, 720)),
    minors.minor_hours_are_kept: _of_minor(_hours(Slot(FIRST, 420, 1080))),
    minors.minor_pauses_are_kept: _of_minor(_hours(Slot(FIRST, 540, 900))),
    minors.minor_rests_are_kept: _of_minor(
        _hours(Slot(FIRST, 1080, 1260), Slot(FIRST + timedelta(days=1), 420, 600))
    ),
    minors.minor_nights_are_free: _of_minor(_hours(Slot(FIRST, 1200, 1350))),
    minors.minor_holidays_are_free: _of_minor(_hours(Slot(date(2026, 5, 25), 540, 720))),
    minors.minor_tasks_are_safe: _of_minor(_set(tasks="Découpe à la scie")),
    parties.permit_covers_the_period: _expired_permit,
    parties.employer_signs_for_an_employee: _set(situation="salarie"),
    parties.sirets_are_valid: _wrong_siret,
    parties.host_signatory_is_another_person: _set(host_signatory="Aïssatou Diallo"),
    parties.parties_have_their_own_addresses: _same_phone,
}


def test_each_rule_is_tried() -> None:
    assert set(SPOILT) == set(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_fires_on_what_the_base_holds(database: Database, rule: Rule) -> None:
    with database.write(new_act()) as session:
        office = furnish(session)
        row = session.get_one(m.Placement, drafted(session, office))
        assert not _found(session, row, rule)
        SPOILT[rule](session, office, row)
        session.flush()
        assert _found(session, row, rule)


def _found(session: Session, row: m.Placement, rule: Rule) -> bool:
    paper = placement_paper.draft_paper(session, row, TODAY)
    journey = placement_facts.journey_of(session, row)
    return any(rule(placement_facts.gather(session, row, journey, paper, TODAY)))


@pytest.mark.parametrize("code", ["ppe", "prevention"])
def test_protection_that_nobody_answered_about_forbids_to_issue(
    database: Database, code: str
) -> None:
    with database.write(new_act()) as session:
        office = furnish(session)
        left_blank: dict[str, Any] = {code: None}
        made = drafted(session, office, **left_blank)
        (finding,) = life.findings(session, session.get_one(m.Placement, made), TODAY)
    assert (finding.code, finding.missing) == (f"{code}_missing", True)


def test_nothing_obligatory_is_left_blank_on_an_issued_convention(database: Database) -> None:
    with database.write(new_act()) as session:
        office = furnish(session)
        row = session.get_one(m.Placement, drafted(session, office))
        host = session.get_one(m.Organisation, office.host)
        host.address = host.activity = None
        who = session.get_one(m.Person, office.person)
        who.address = who.birth_city = who.birth_place = None
        row.staff_id = row.situation = None
        for found in session.scalars(select(m.PersonSituation)):
            found.situation = None
        for contact in session.scalars(select(m.PersonContact)):
            contact.phone = None
        association = session.get_one(m.Association, session.info["association_id"])
        association.address = association.signatory_name = None
        session.flush()
        codes = {each.code for each in life.findings(session, row, TODAY)}
    assert codes == {
        "prescriber_address_missing",
        "prescriber_signatory_name_missing",
        "person_birth_city_missing",
        "person_address_missing",
        "emergency_phone_missing",
        "situation_missing",
        "host_address_missing",
        "host_activity_missing",
        "staff_id_missing",
    }
