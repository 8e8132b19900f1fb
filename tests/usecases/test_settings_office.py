"""The association, its sites, its delegations and its team, as the settings edit them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.closures import NewClosure
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.office import (
    AddRecord,
    EditRecord,
    Office,
    Record,
    delegation_remarks,
    is_in_force,
)
from connexion_desktop.domain.person_fields import FieldValue
from connexion_desktop.domain.placement_file import SaveDelegation
from connexion_desktop.domain.placement_rules.findings import Severity
from connexion_desktop.usecases import closures, groups, office, placement_prescriber, undo
from tests.factories import TODAY, cohort, person, staff


def read(database: Database) -> Office:
    with database.read() as session:
        return office.load(session)


@pytest.fixture
def write(database: Database, act: Callable[..., Act]) -> Callable[[UUID, str, FieldValue], None]:
    def edit(row_id: UUID, name: str, value: FieldValue) -> None:
        with database.write(act(f"{name} modifié")) as session:
            office.edit(session, EditRecord(row_id, name, value, TODAY))

    return edit


def delegate(
    database: Database, act: Callable[..., Act], reference: str, first: date, last: date
) -> UUID:
    made = uuid4()
    with database.write(act()) as session:
        placement_prescriber.save_delegation(
            session, SaveDelegation(made, reference, "France Travail", "", first, last, TODAY)
        )
    return made


def told(database: Database) -> list[str]:
    return [message for _, message in delegation_remarks(read(database), TODAY)]


def test_the_association_is_edited_field_by_field_and_undone(
    database: Database, act: Callable[..., Act], write: Callable[..., None]
) -> None:
    association = read(database).association
    write(association.id, "association.siret", "213 300 635 00017")
    write(association.id, "association.phone", "0536491201")
    assert read(database).association.text("siret") == "21330063500017"
    assert read(database).association.text("phone") == "05 36 49 12 01"
    with database.write(act("Annuler")) as session:
        undo.undo_last(session, act().author)
    assert read(database).association.text("phone") == ""


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("association.siret", "213 300 635 00018", "clé"),
        ("association.siret", "213300635", "SIREN"),
        ("association.email", "contact", "courriel"),
        ("association.phone", "05 36", "chiffres"),
        ("association.postal_code", "330", "5 chiffres"),
        ("association.name", "  ", "vide"),
        ("association.city", "B" * 121, "120"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    database: Database, write: Callable[..., None], name: str, value: str, why: str
) -> None:
    before = read(database).association
    with pytest.raises(UserError, match=f"(?i){why}"):
        write(before.id, name, value)
    assert read(database).association == before


def test_a_site_is_added_renamed_and_deleted_while_nothing_uses_it(
    database: Database, act: Callable[..., Act], write: Callable[..., None]
) -> None:
    made = uuid4()
    with database.write(act()) as session:
        office.add(session, AddRecord(made, "site", "Cenon"))
    write(made, "site.name", "Cenon, Palmer")
    assert "Cenon, Palmer" in [site.text("name") for site in read(database).sites]
    with database.write(act()) as session:
        office.delete(session, "site", made, TODAY)
    assert "Cenon, Palmer" not in [site.text("name") for site in read(database).sites]


def test_a_site_in_use_is_not_deleted_and_the_refusal_counts_its_uses(
    database: Database, act: Callable[..., Act]
) -> None:
    site = next(each for each in read(database).sites if each.text("name") == "Talence")
    with database.write(act()) as session:
        cohort(session, site_id=site.id)
        for name in ("Awa", "Koffi"):
            session.get_one(m.Person, person(session, name, "Essai")).site_id = site.id
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        office.delete(session, "site", site.id, TODAY)
    assert refused.value.what == "« Talence » sert encore : 2 personnes, 1 groupe."


def test_a_site_is_not_added_twice(database: Database, act: Callable[..., Act]) -> None:
    with pytest.raises(UserError, match="déjà un site"), database.write(act()) as session:
        office.add(session, AddRecord(uuid4(), "site", "bordeaux"))


def test_a_closure_is_noted_mended_for_one_site_and_taken_away(
    database: Database, act: Callable[..., Act], write: Callable[..., None]
) -> None:
    first, made = date(2026, 7, 27), uuid4()
    with database.write(act()) as session:
        closures.add(session, NewClosure(made, " Congés  d’été", first))
    (known,) = read(database).closures
    assert (known.text("label"), known.day("last_on")) == ("Congés d’été", first)
    site = read(database).sites[0]
    write(made, "closure.last_on", ImpreciseDate(date(2026, 8, 14)))
    write(made, "closure.site_id", str(site.id))
    (known,) = read(database).closures
    assert known.text("site_id") == str(site.id)
    assert known.day("last_on") == date(2026, 8, 14)
    with pytest.raises(UserError, match="avant de commencer"):
        write(made, "closure.first_on", ImpreciseDate(date(2026, 9, 1)))
    write(made, "closure.site_id", None)
    assert read(database).closures[0].text("site_id") == ""
    with database.write(act()) as session:
        office.delete(session, "closure", made, TODAY)
    assert read(database).closures == ()


@pytest.mark.parametrize(
    ("label", "last", "why"),
    [("", None, "n’a pas de nom"), ("Congés", date(2026, 7, 1), "avant de commencer")],
)
def test_a_closure_without_name_or_backwards_is_refused(
    database: Database, act: Callable[..., Act], label: str, last: date | None, why: str
) -> None:
    with pytest.raises(UserError, match=why), database.write(act()) as session:
        closures.add(session, NewClosure(uuid4(), label, date(2026, 7, 27), last))


def test_the_delegation_in_force_is_known_and_one_that_ends_soon_is_said(
    database: Database, act: Callable[..., Act]
) -> None:
    assert told(database) == ["Aucune délégation de prescription n’est enregistrée."]
    delegate(database, act, "2024-1", TODAY - timedelta(700), TODAY - timedelta(400))
    assert "n’est valable" in told(database)[0]
    delegate(database, act, "2025-1", TODAY - timedelta(30), TODAY + timedelta(20))
    assert "prend fin dans moins" in told(database)[0]
    delegate(database, act, "2026-1", TODAY + timedelta(21), TODAY + timedelta(900))
    assert told(database) == []
    known = read(database).delegations
    assert [each.text("reference") for each in known] == ["2026-1", "2025-1", "2024-1"]
    assert [is_in_force(each, TODAY) for each in known] == [False, True, False]


def test_two_delegations_that_overlap_are_said(database: Database, act: Callable[..., Act]) -> None:
    delegate(database, act, "A", TODAY - timedelta(30), TODAY + timedelta(400))
    delegate(database, act, "B", TODAY + timedelta(390), TODAY + timedelta(800))
    remarks = delegation_remarks(read(database), TODAY)
    assert [severity for severity, _ in remarks] == [Severity.WARN]
    assert "A et B se chevauchent" in remarks[0][1]


def test_a_delegation_never_ends_before_it_begins(
    database: Database, act: Callable[..., Act], write: Callable[..., None]
) -> None:
    made = delegate(database, act, "A", TODAY, TODAY + timedelta(30))
    with pytest.raises(UserError, match="avant de commencer"):
        write(made, "delegation.ends_on", ImpreciseDate(TODAY - timedelta(1)))
    with pytest.raises(UserError, match="vide"):
        write(made, "delegation.ends_on", None)
    write(made, "delegation.ends_on", ImpreciseDate(TODAY + timedelta(60)))
    assert read(database).delegations[0].day("ends_on") == TODAY + timedelta(60)


def test_a_draft_follows_the_delegation_that_is_moved_or_deleted(
    database: Database, act: Callable[..., Act], write: Callable[..., None]
) -> None:
    made = delegate(database, act, "A", TODAY, TODAY + timedelta(30))
    with database.write(act()) as session:
        draft = m.Placement(person_id=person(session, "Awa", "Essai"), starts_on=TODAY)
        session.add(draft)
        session.flush()
        draft_id = draft.id
    write(made, "delegation.ends_on", ImpreciseDate(TODAY + timedelta(60)))
    with database.read() as session:
        assert session.get_one(m.Placement, draft_id).delegation_id == made
    write(made, "delegation.starts_on", ImpreciseDate(TODAY + timedelta(2)))
    with database.read() as session:
        assert session.get_one(m.Placement, draft_id).delegation_id is None
    with database.write(act()) as session:
        office.delete(session, "delegation", made, TODAY)
    assert read(database).delegations == ()


@pytest.mark.file_alone("the server has its team")
def test_a_member_of_the_team_has_roles_and_leaves(
    database: Database, act: Callable[..., Act], write: Callable[..., None]
) -> None:
    made = uuid4()
    with database.write(act()) as session:
        office.add(session, AddRecord(made, "staff", "Nadia Ferrand"))
    write(made, "staff.roles", "direction,conseiller")
    write(made, "staff.roles", "conseiller,secretariat")
    assert read(database).staff[0].text("roles") == "conseiller,secretariat"
    with database.read() as session:
        assert office.team(session) == ("Nadia Ferrand",)
        assert [each.name for each in groups.offer(session, "").team] == ["Nadia Ferrand"]
    write(made, "staff.left_on", ImpreciseDate(TODAY))
    with database.read() as session:
        assert office.team(session) == ()
        assert groups.offer(session, "").team == ()


@pytest.mark.file_alone("the server has its team")
def test_who_follows_a_group_is_not_deleted_but_leaves(
    database: Database, act: Callable[..., Act]
) -> None:
    with database.write(act()) as session:
        leader = staff(session)
        cohort(session, conseiller_id=leader)
        other = uuid4()
        office.add(session, AddRecord(other, "staff", "Marc"))
        session.flush()
        office.edit(session, EditRecord(other, "staff.roles", "direction", TODAY))
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        office.delete(session, "staff", leader, TODAY)
    assert "1 groupe" in refused.value.what
    assert "départ" in refused.value.todo
    with database.write(act()) as session:
        office.delete(session, "staff", other, TODAY)
    with database.read() as session:
        alive = sa.select(m.StaffRole).where(m.StaffRole.deleted_at.is_(None))
        assert session.scalars(alive).all() == []


def test_two_people_never_have_one_login(
    database: Database, act: Callable[..., Act], write: Callable[..., None]
) -> None:
    first, second = uuid4(), uuid4()
    with database.write(act()) as session:
        office.add(session, AddRecord(first, "staff", "Nadia Autran"))
        office.add(session, AddRecord(second, "staff", "Marc Lussac"))
    write(first, "staff.login", "nferrand")
    with pytest.raises(UserError, match="déjà pris"):
        write(second, "staff.login", "NFERRAND")


def test_two_people_never_have_one_name(database: Database, act: Callable[..., Act]) -> None:
    """Acts are signed with it."""
    with database.write(act()) as session:
        office.add(session, AddRecord(uuid4(), "staff", "Nadia Autran"))
    with pytest.raises(UserError, match="déjà de l’équipe"), database.write(act()) as session:
        office.add(session, AddRecord(uuid4(), "staff", "nadia  AUTRAN"))


def test_a_record_says_nothing_where_it_is_empty() -> None:
    empty = Record(uuid4(), {"name": None})
    assert (empty.text("name"), empty.day("name")) == ("", None)
