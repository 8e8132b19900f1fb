"""The details, saved field by field."""

from __future__ import annotations

from datetime import date

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.usecases import person_details

from ... import factories as make
from .reading import Acting, Fields, lines, opened


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("person.phone", "0639980012", "06 39 98 00 12"),
        ("person.email", "a@example.org", "a@example.org"),
        ("person.postal_code", "33 300", "33300"),
        ("person.birth_date", ImpreciseDate(date(1990, 2, 1), Precision.MONTH), None),
        ("residence.permit_number", "9903", "9903"),
        ("emergency.name", "Fatou Diallo", "Fatou Diallo"),
        ("emergency.phone", "06 39 98 00 31", "06 39 98 00 31"),
        ("disability.aah", "yes", "yes"),
        ("disability.rqth", "pending", "pending"),
        ("situation.situation", "france_travail", "france_travail"),
        ("social.resources", "rsa", "rsa"),
        ("residence.permit_kind", "receipt", "receipt"),
        ("employer.phone", "05 36 49 00 01", "05 36 49 00 01"),
        ("employer.postal_code", "bt-12 34567", "BT-1234567"),
        ("employer.contract_suspended", "yes", "yes"),
        ("employer.contract_suspended", "no", "no"),
    ],
)
def test_each_field_saves_by_itself_and_empties(
    fields: Fields, name: str, typed: str | ImpreciseDate, kept: str | None
) -> None:
    fields.set(name, typed)
    assert fields.values()[name] == (typed if kept is None else kept)
    fields.set(name, None)
    assert fields.values()[name] == ("no" if name == "disability.aah" else None)


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("person.phone", "06 39 98", "Il manque des chiffres"),
        ("person.email", "chez elle", "nom@domaine"),
        ("person.postal_code", "333", "5 chiffres"),
        ("employer.siret", "12345678901234", "clé"),
        ("person.postal_code", "bt-12345678", "5 chiffres"),
        ("person.given_name", " ", "vide"),
        ("person.city", "x" * 121, "120 signes"),
        ("person.number", "P-00001", "ne se modifie pas"),
        ("person.association_id", "x", "ne se modifie pas"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_old_value_stays(
    fields: Fields, name: str, typed: str, reason: str
) -> None:
    before = fields.values()
    with pytest.raises(UserError, match=reason):
        fields.set(name, typed)
    assert fields.values() == before


def test_whether_the_contract_is_suspended_stays_unknown_until_somebody_says(
    fields: Fields,
) -> None:
    fields.set("employer.name", "Atelier des Aubiers")
    assert fields.values()["employer.contract_suspended"] is None


def test_a_doubtful_imported_value_is_mended_by_typing_the_right_one(
    database: Database, act: Acting, fields: Fields
) -> None:
    who = fields.who
    with database.write(act()) as session:
        make.put(
            session,
            m.DataFlag(
                table_name="person",
                row_id=who,
                field="birth_date",
                typed="12/13/1988",
                problem="Date impossible : il n’y a pas de mois 13.",
            ),
        )
    file = opened(database, who)
    assert "1 valeur à vérifier" in [alert.text for alert in file.header.alerts]
    assert "Valeur à vérifier · date de naissance, lue « 12/13/1988 »" in lines(file)
    with database.read() as session:
        flag = person_details.load(session, who).flags[0]
    assert (flag.name, flag.typed) == ("person.birth_date", "12/13/1988")
    fields.set("person.birth_date", ImpreciseDate(date(1988, 12, 13)))
    assert "1 valeur à vérifier" not in [
        alert.text for alert in opened(database, who).header.alerts
    ]
    with database.read() as session:
        assert person_details.load(session, who).flags == ()
