"""What is understood of a field is said beside it; a postal code and a town propose each other."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from connexion_desktop.data import models as m
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui.widgets.bound_fields import LineField
from connexion_desktop.ui.widgets.pick import OfferLine

from ..office import Office
from .fiche import fiche


class Address:
    """The fields of a person's address, and the keys of who types in them."""

    def __init__(self, office: Office, who: UUID) -> None:
        self.office = office
        self.who = who
        fields = fiche(office, who)
        self._fields = {
            name: field
            for name in ("phone", "postal_code", "city", "country", "birth_date")
            if (field := fields[f"person.{name}"])
        }

    def line(self, name: str) -> OfferLine:
        field = self._fields[name]
        assert isinstance(field, LineField)
        return field.line

    def said(self, name: str) -> str:
        return self._fields[name].state.text()  # type: ignore[attr-defined, no-any-return]

    def type(self, name: str, text: str) -> None:
        if QApplication.activePopupWidget() is not None:
            self.leave()
        line = self.line(name)
        line.setFocus()
        line.selectAll()
        if text:
            self.office.type(line, text)
        else:
            self.office.key(line, Qt.Key.Key_Delete)
        self.office.settle()

    def key(self, name: str, key: Qt.Key) -> None:
        """A key goes to what is dropped down, where something is."""
        self.office.key(QApplication.activePopupWidget() or self.line(name), key)

    def leave(self) -> None:
        """Tab out of whatever is being typed in."""
        focused = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert focused is not None
        self.office.key(focused, Qt.Key.Key_Tab)
        self.office.settle()

    def offered(self, name: str) -> list[tuple[str, str]]:
        return [(offer.title, offer.remark) for offer in self.line(name).offered()]

    def kept(self) -> tuple[str | None, str | None]:
        self.leave()
        query = sa.select(m.Person.postal_code, m.Person.city).where(m.Person.id == self.who)
        ((code, city),) = self.office.rows(query)
        return code, city


@pytest.fixture
def address(office: Office, twelve: tuple[UUID, UUID]) -> Address:
    made = Address(office, twelve[0])
    made.type("postal_code", "")
    made.type("city", "")
    return made


def test_a_code_of_one_town_fills_the_town(address: Address) -> None:
    address.type("postal_code", "33170")
    assert address.line("city").text() == "Gradignan"
    address.key("postal_code", Qt.Key.Key_Return)
    assert address.kept() == ("33170", "Gradignan")


def test_a_town_already_told_is_never_replaced_unasked(address: Address) -> None:
    address.type("city", "Lormont")
    address.type("postal_code", "33170")
    assert address.line("city").text() == "Lormont"
    assert address.offered("postal_code") == [("Gradignan", "33170")]
    address.key("postal_code", Qt.Key.Key_Return)
    assert address.kept() == ("33170", "Lormont")


def test_the_towns_of_a_code_are_chosen_with_the_arrows(address: Address) -> None:
    address.type("postal_code", "33650")
    assert address.offered("postal_code")[0] == ("La Brède", "33650")
    address.key("postal_code", Qt.Key.Key_Down)
    address.key("postal_code", Qt.Key.Key_Down)
    address.key("postal_code", Qt.Key.Key_Return)
    assert address.offered("postal_code") == []
    code, city = address.kept()
    assert (code, city) == ("33650", address.line("city").text())
    assert city not in (None, "", "La Brède")


def test_a_town_proposes_its_codes(address: Address) -> None:
    address.type("city", "bordeaux")
    assert ("Bordeaux", "33300") in address.offered("city")
    address.key("city", Qt.Key.Key_Down)
    address.key("city", Qt.Key.Key_Return)
    assert address.offered("city") == []
    assert address.kept() == ("33000", "Bordeaux")


def test_another_town_taken_brings_its_own_code(address: Address) -> None:
    address.type("postal_code", "33000")
    address.type("city", "gradi")
    address.key("city", Qt.Key.Key_Down)
    address.key("city", Qt.Key.Key_Return)
    assert address.offered("city") == []
    assert address.kept() == ("33170", "Gradignan")


def test_escape_folds_the_towns_up_and_keeps_what_is_typed(address: Address) -> None:
    address.type("city", "gradi")
    assert address.offered("city")
    address.key("city", Qt.Key.Key_Escape)
    assert address.offered("city") == []
    assert address.kept() == (None, "gradi")


@pytest.mark.parametrize(("code", "city"), [("33076", "BORDEAUX CEDEX"), ("28013", "Madrid")])
def test_a_cedex_and_a_town_abroad_stay_as_they_are_typed(
    address: Address, code: str, city: str
) -> None:
    address.type("city", city)
    address.key("city", Qt.Key.Key_Return)
    address.type("postal_code", code)
    address.key("postal_code", Qt.Key.Key_Return)
    assert address.kept() == (code, city)


def test_a_code_of_no_town_is_doubted_and_kept(address: Address) -> None:
    address.type("postal_code", "33999")
    assert address.said("postal_code") == "aucune commune n’a ce code"
    address.type("city", "Bordeaux")
    assert address.kept() == ("33999", "Bordeaux")
    assert address.said("postal_code") == "aucune commune n’a ce code"
    address.type("city", "Bordeaux Cedex")
    assert address.said("postal_code") != "aucune commune n’a ce code"
    address.type("city", "Bordeaux")
    address.type("country", "Allemagne")
    assert address.said("postal_code") != "aucune commune n’a ce code"
    assert address.kept() == ("33999", "Bordeaux")


def test_a_code_of_no_town_is_doubted_when_it_is_shown_again(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    with office.database.write(Act("Anne Martin", "Code postal", m.new_id())) as session:
        session.get_one(m.Person, twelve[0]).postal_code = "33999"
    again = Address(office, twelve[0])
    office.qtbot.waitUntil(lambda: again.said("postal_code") == "aucune commune n’a ce code")
    office.open(twelve[1])
    assert again.said("postal_code") == ""
    office.open(twelve[0])
    assert again.said("postal_code") == "aucune commune n’a ce code"


def test_nothing_is_proposed_for_another_country(address: Address) -> None:
    address.type("country", "Espagne")
    address.type("postal_code", "33170")
    assert address.line("city").text() == ""
    address.type("city", "bordeaux")
    assert address.offered("city") == []
    assert address.kept() == ("33170", "bordeaux")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0639980011", "mobile"),
        ("0536490005", "Sud-Ouest"),
        ("0692123456", "La Réunion · mobile"),
        ("+34612345678", "Espagne · mobile"),
        ("0639", ""),
    ],
)
def test_where_a_number_belongs_is_said_as_it_is_typed(
    address: Address, typed: str, said: str
) -> None:
    line = address.line("phone")
    line.setFocus()
    line.selectAll()
    address.office.type(line, typed)
    assert address.said("phone") == said
    address.leave()


def test_the_age_is_said_beside_the_birth_date(address: Address) -> None:
    field = address._fields["birth_date"].field  # type: ignore[attr-defined]
    field.setFocus()
    field.selectAll()
    address.office.type(field, "vers 1990")
    assert address.said("birth_date") == "année seule · 35 ou 36 ans"
    field.selectAll()
    address.office.type(field, "01/01/2040")
    address.leave()
    assert address.said("birth_date") == "Cette date de naissance est dans le futur."
