"""The companies of a file: by their SIRET, else by their name where nothing contradicts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.import_rows import RowStatus
from connexion_desktop.domain.placement_file import EditHost
from connexion_desktop.usecases import placement_hosts
from tests import factories
from tests.usecases.importing import alive, bring_in, flags, look
from tests.workbooks import HOST_HEADINGS, Row, host, tables

NewAct = Callable[..., Act]
GOOD, OTHER_GOOD, WRONG = "73282932000074", "21330063500017", "36252187900034"


def settled(database: Database, *rows: Row) -> list[m.Organisation]:
    """The companies after these rows are imported; a second time changes nothing."""
    read = tables({"Entreprises": [HOST_HEADINGS, *rows]})
    bring_in(database, read)
    again = bring_in(database, read)
    assert (again.made, again.completed) == ({}, 0)
    return alive(database, m.Organisation)


def statuses(database: Database, *rows: Row) -> list[RowStatus]:
    read = tables({"Entreprises": [HOST_HEADINGS, *rows]})
    return [row.status for row in look(database, read).rows]


def test_a_company_is_a_host_with_its_contact(database: Database) -> None:
    row = host("Menuiserie", SIRET=73282932000074, Contact="Ange", Fonction="Gérant", CP=33300)
    (made,) = settled(database, row)
    assert (made.siret, made.postal_code) == (GOOD, "33300")
    assert [each.role for each in alive(database, m.OrganisationRole)] == ["host"]
    contacts = [(each.name, each.function) for each in alive(database, m.Contact)]
    assert contacts == [("Ange", "Gérant")]


def test_one_siret_is_one_company_whatever_its_name(database: Database) -> None:
    settled(database, host("Menuiserie des Bassins", SIRET=GOOD))
    (kept,) = settled(database, host("MENUISERIE BASSINS", SIRET=GOOD, Ville="Bordeaux"))
    assert (kept.name, kept.city) == ("Menuiserie des Bassins", "Bordeaux")


def test_two_establishments_of_one_name_are_two(database: Database) -> None:
    rows = (host("La Poste", SIRET="35600000000048"), host("La Poste", SIRET=OTHER_GOOD))
    assert len(settled(database, *rows)) == 2
    rows = (host("Mairie", Ville="Pessac"), host("Mairie", Ville="Talence"))
    assert len(settled(database, *rows)) == 4


def test_a_row_that_may_be_two_companies_is_not_guessed(database: Database) -> None:
    rows = (host("Mairie", Ville="Pessac"), host("Mairie", Ville="Talence"), host("Mairie", CP=1))
    assert statuses(database, *rows) == [RowStatus.NEW, RowStatus.NEW, RowStatus.UNUSABLE]
    assert len(settled(database, *rows)) == 2


def test_a_company_without_siret_takes_the_one_told(database: Database) -> None:
    (made,) = settled(database, host("Chez Lulu"), host("chez  LULU", SIRET=GOOD))
    assert made.siret == GOOD


def test_a_good_siret_mends_a_wrong_one_and_stays(database: Database) -> None:
    (made,) = settled(database, host("Chez Lulu", SIRET=WRONG))
    assert made.siret == WRONG
    assert "siret" in flags(database, made.id)
    settled(database, host("Chez Lulu", SIRET=GOOD))
    (mended,) = settled(database, host("Chez Lulu", SIRET=WRONG))
    assert mended.siret == GOOD


def test_two_companies_with_one_wrong_siret_are_two(database: Database) -> None:
    zeros = "00000000000000"
    rows = (host("Chez Lulu", SIRET=zeros), host("Menuiserie", SIRET=zeros))
    assert [each.siret for each in settled(database, *rows)] == [zeros, zeros]


def reasons(database: Database, *rows: Row) -> list[str]:
    read = tables({"Entreprises": [HOST_HEADINGS, *rows]})
    return [row.reason for row in look(database, read).rows if row.status is RowStatus.DOUBTFUL]


def test_one_siret_told_of_two_towns_is_doubtful(database: Database) -> None:
    rows = (host("Mairie", SIRET=GOOD, Ville="Pessac"), host("Mairie", SIRET=GOOD, Ville="Talence"))
    assert reasons(database, *rows) == [
        "Ce SIRET est celui de « Mairie (Pessac) » (Entreprises, ligne 2) : sa ville est gardée."
    ]
    (kept,) = settled(database, *rows)
    assert kept.city == "Pessac"


def test_one_wrong_siret_told_of_two_companies_is_said_of_the_second(database: Database) -> None:
    first, second = reasons(database, host("Chez Lulu", SIRET=WRONG), host("Garage", SIRET=WRONG))
    assert "aussi celui" not in first
    assert "Ce SIRET est aussi celui de « Chez Lulu » (Entreprises, ligne 2)." in second


def test_a_postal_code_of_four_digits_of_gironde_is_doubtful(database: Database) -> None:
    (reason,) = reasons(database, host("Chez Lulu", CP=3300), host("Garage", CP=6000))
    assert reason == "Il manque un chiffre : 03300, ou 33000 ?"
    kept = settled(database, host("Chez Lulu", CP="3300"), host("Garage", CP=6000))
    assert [each.postal_code for each in kept] == [None, "06000"]
    assert "postal_code" in flags(database, kept[0].id)


def test_a_partner_known_becomes_a_host_too(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        partner = factories.organisation(session, "Chez Lulu")
        factories.put(session, m.OrganisationRole(organisation_id=partner, role="partner"))
    settled(database, host("Chez Lulu", Contact="Lulu"))
    assert {each.role for each in alive(database, m.OrganisationRole)} == {"partner", "host"}


def test_a_second_contact_of_a_company_is_added(database: Database) -> None:
    settled(database, host("Chez Lulu", Contact="Lulu"), host("Chez Lulu", Contact="Inès Roux"))
    assert [each.name for each in alive(database, m.Contact)] == ["Lulu", "Inès Roux"]


def test_a_long_name_whose_letters_fold_into_several_is_kept_whole(database: Database) -> None:
    name = "Щ" * 100
    (kept,) = settled(database, host(name, SIRET=GOOD))
    assert kept.name == name
    with database.write(Act("Anne Martin", "Nom", uuid4())) as session:
        placement_hosts.edit_host(session, EditHost(kept.id, "name", "ß" * 200))
    with database.read() as session:
        (found,) = placement_hosts.find_hosts(session, "ssss")
    assert found.name == "ß" * 200
