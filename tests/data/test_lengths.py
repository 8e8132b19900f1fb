"""A text longer than its column is refused in words, whatever SQLite would keep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.data.models.base import CODE
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.person_fields import FIELDS, FieldKind
from connexion_desktop.usecases.person_details import TABLES
from connexion_desktop.usecases.placement_drafts import EDITABLE
from connexion_desktop.usecases.placement_hosts import HOST_EDITABLE
from tests import factories as make
from tests.saves import change, make_person

NewAct = Callable[..., Act]


@pytest.mark.parametrize(
    ("column", "length", "label"),
    [
        ("given_name", 120, "Prénom"),
        ("family_name", 120, "Nom"),
        ("birth_city", 120, "Ville de naissance"),
        ("address", 300, "Adresse"),
        ("postal_code", 10, "Code postal"),
        ("phone", 30, "Téléphone"),
        ("email", 200, "Courriel"),
    ],
)
def test_a_field_of_a_person_too_long_is_refused_and_named(
    database: Database, act: NewAct, column: str, length: int, label: str
) -> None:
    who = make_person(database, act())
    change(database, act("Fiche"), who, **{column: "é" * length})
    with pytest.raises(UserError, match=f"« {label} » est trop long : {length} signes au plus"):
        change(database, act("Fiche encore"), who, **{column: "é" * (length + 1)})
    with database.read() as session:
        assert getattr(session.get_one(m.Person, who), column) == "é" * length


def test_a_person_made_with_a_name_too_long_is_not_made(database: Database, act: NewAct) -> None:
    with pytest.raises(UserError, match="« Nom » est trop long"):
        make_person(database, act(), family_name="o" * 121)
    with database.read() as session:
        assert session.query(m.Person).count() == 0


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"name": "o" * 201}, "Nom"),
        ({"name": "Cuisine", "signatory_name": "o" * 161}, "Signataire"),
        ({"name": "Cuisine", "collective_agreement": "o" * 201}, "Convention collective"),
    ],
)
def test_a_host_too_long_is_refused_and_named(
    database: Database, act: NewAct, values: dict[str, str], label: str
) -> None:
    with (
        pytest.raises(UserError, match=f"« {label} » est trop long"),
        database.write(act()) as session,
    ):
        session.add(m.Organisation(**values))


@pytest.mark.parametrize(
    ("column", "length", "label"),
    [("tutor_name", 160, "Tuteur"), ("trade", 160, "Métier"), ("place", 300, "Lieu")],
)
def test_an_immersion_too_long_is_refused_and_named(
    database: Database, act: NewAct, column: str, length: int, label: str
) -> None:
    who = make_person(database, act())
    with database.write(act("Immersion")) as session:
        placement = make.put(session, m.Placement(person_id=who))
    with (
        pytest.raises(UserError, match=f"« {label} » est trop long"),
        database.write(act("Saisie")) as session,
    ):
        setattr(session.get_one(m.Placement, placement), column, "o" * (length + 1))


def test_no_field_of_the_sheet_lets_more_be_typed_than_its_column_holds() -> None:
    for spec in FIELDS.values():
        if spec.kind is FieldKind.TEXT:
            column = TABLES[spec.table].__table__.c[spec.column]
            assert spec.longest <= column.type.length, spec.name  # type: ignore[attr-defined]


def test_every_text_that_the_pages_let_type_has_a_name_to_be_refused_by() -> None:
    typed = [
        *(TABLES[spec.table].__table__.c[spec.column] for spec in FIELDS.values()),
        *(m.Placement.__table__.c[name] for name in EDITABLE),
        *(m.Organisation.__table__.c[name] for name in HOST_EDITABLE),
    ]
    for column in typed:
        kind = column.type
        if isinstance(kind, sa.String) and kind.length not in (None, CODE):
            assert column.info.get("label"), f"{column.table.name}.{column.name}"
