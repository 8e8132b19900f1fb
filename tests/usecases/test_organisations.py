"""The structures of the book: listed with their roles and their immersions, mended, taken away."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.organisations import (
    EditOrganisation,
    OrganisationRow,
    found_by,
    role_counters,
)
from connexion_desktop.domain.placement_file import NewHost
from connexion_desktop.usecases import deletions, organisations, undo
from tests import factories as make
from tests.conftest import AUTHOR

Acts = Callable[..., Act]
SIRET = "00154828800016"


@pytest.fixture
def bakery(database: Database, act: Acts) -> UUID:
    """A host, where one immersion was planned and another is only a draft."""
    host = uuid4()
    with database.write(act("Structure ajoutée au carnet")) as session:
        organisations.add(session, NewHost(host, "Fournil d’Éole", city="Cenon"))
        who = make.person(session)
        for state in ("draft", "signed"):
            session.add(m.Placement(person_id=who, host_id=host, state=state))
    return host


def rows(database: Database) -> dict[str, OrganisationRow]:
    with database.read() as session:
        return {row.name: row for row in organisations.every(session)}


def edit(database: Database, act: Acts, host: UUID, **values: str) -> None:
    with database.write(act("Structure modifiée")) as session:
        organisations.edit(session, EditOrganisation(host, values))


def test_a_structure_tells_its_roles_and_its_immersions(
    database: Database, act: Acts, bakery: UUID
) -> None:
    with database.write(act("Rôle")) as session:
        session.add(m.OrganisationRole(organisation_id=bakery, role="partner"))
        organisations.add(session, NewHost(uuid4(), "Les Paniers", is_host=False))
    found = rows(database)
    row = found["Fournil d’Éole"]
    assert (row.roles_told, row.past, row.city) == ("Structure d’accueil, Partenaire", 1, "Cenon")
    assert (found["Les Paniers"].roles_told, found["Les Paniers"].past) == ("Partenaire", 0)
    counters = role_counters(tuple(found.values()))
    assert {each.label: each.count for each in counters} == {
        "Toutes": 2,
        "Structure d’accueil": 1,
        "Partenaire": 2,
    }


@pytest.mark.parametrize("typed", ["eole", "ceno four", "accueil", "48288", "001 548 288"])
def test_it_is_found_by_name_town_role_and_digits(
    database: Database, act: Acts, bakery: UUID, typed: str
) -> None:
    edit(database, act, bakery, siret=SIRET)
    row = rows(database)["Fournil d’Éole"]
    assert found_by(row, typed) and not row.is_siret_wrong
    assert not found_by(row, "pessac") and not found_by(row, "999")


def test_what_is_mended_is_one_act_undone(database: Database, act: Acts, bakery: UUID) -> None:
    edit(database, act, bakery, name="Fournil d’Artémis", siret=SIRET, phone="0536490012")
    row = rows(database)["Fournil d’Artémis"]
    assert (row.siret, row.values["phone"]) == (SIRET, "05 36 49 00 12")
    with database.write(act("Annuler")) as session:
        undo.undo_last(session, AUTHOR)
    assert rows(database)["Fournil d’Éole"].siret == ""


@pytest.mark.parametrize(
    ("values", "why"),
    [({"siret": "123"}, "14"), ({"siret": "00154828800017"}, "SIRET"), ({"name": " "}, "nom")],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    database: Database, act: Acts, bakery: UUID, values: dict[str, str], why: str
) -> None:
    with pytest.raises(UserError, match=why):
        edit(database, act, bakery, city="Lormont", **values)
    assert rows(database)["Fournil d’Éole"].city == "Cenon"


def test_a_structure_of_no_use_is_taken_away_another_is_not(
    database: Database, act: Acts, bakery: UUID
) -> None:
    unused = uuid4()
    with database.write(act("Structure ajoutée au carnet")) as session:
        organisations.add(session, NewHost(unused, "Écrite deux fois"))
    with database.write(act("Structure supprimée")) as session:
        deletions.delete(session, RecordRef("organisation", unused))
    assert set(rows(database)) == {"Fournil d’Éole"}
    with (
        pytest.raises(UserError, match="une immersion"),
        database.write(act("Structure supprimée")) as session,
    ):
        deletions.delete(session, RecordRef("organisation", bakery))
