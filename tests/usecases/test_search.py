"""What the palette finds, read from a real base."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.search import Kind, find
from connexion_desktop.usecases import search
from tests import factories as make
from tests.factories import TODAY

NewAct = Callable[..., Act]


def found(database: Database, typed: str) -> list[tuple[str, str, str]]:
    with database.read() as session:
        shelves = search.shelves(session, TODAY)
    return [
        (hit.thing.kind.value, hit.thing.title, hit.thing.detail)
        for section in find(shelves, typed, TODAY)
        for hit in section.hits
    ]


def test_a_person_is_told_with_group_birth_and_phone(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        group = make.cohort(session)
        who, _ = make.participant(session, group)
        person = session.get_one(m.Person, who)
        person.birth_date, person.phone = date(1988, 5, 12), "+33639980012"
        name = session.get_one(m.Cohort, group).name
    told = ("person", "Aïssatou Diallo", f"{name} · 12/05/1988 · 06 39 98 00 12")
    for typed in ("dialo", "12/5/88", "980012"):
        assert found(database, typed) == [told]


def test_a_name_in_another_writing_and_a_birth_name_find_who_bears_them(
    database: Database, act: NewAct
) -> None:
    with database.write(act()) as session:
        person = session.get_one(m.Person, make.person(session, "Olena", "Kovalenko"))
        person.native_name, person.birth_name = "Олена Коваленко", "Shevchenko"
    for typed in ("олена", "shevchenko"):
        assert [title for _, title, _ in found(database, typed)] == ["Olena Kovalenko"]


def test_hosts_and_computers_are_found_and_who_is_no_host_is_not(
    database: Database, act: NewAct
) -> None:
    with database.write(act()) as session:
        host = make.organisation(session, "Résidence des Bassins")
        make.put(session, m.OrganisationRole(organisation_id=host, role="host"))
        make.organisation(session, "Résidence du Lac")
        make.laptop(session, make.person(session), "PC-007")
    assert [row[:2] for row in found(database, "residence")] == [
        (Kind.COMPANY.value, "Résidence des Bassins")
    ]
    assert [row[:2] for row in found(database, "pc 7")] == [(Kind.EQUIPMENT.value, "PC-007")]


def test_what_is_deleted_is_not_found(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        who = make.person(session, "Awa", "Ba")
    assert found(database, "awa")
    with database.write(act()) as session:
        session.get_one(m.Person, who).deleted_at = m.utc_now()
    assert found(database, "awa") == []
