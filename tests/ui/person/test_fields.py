"""The fields of the « Fiche » tab, each saved by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.pages.person.header import AlertBadge

from ... import factories as make
from ...factories import TODAY
from ..office import Office
from .fiche import fiche


def alerts(office: Office) -> list[str]:
    badges = office.page.header.findChildren(AlertBadge)
    return [badge.text() for badge in badges if badge.isVisible()]


def test_the_file_opens_on_the_field_that_a_convention_lacks(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    details = office.page.journal.details
    for who, name in ((twelve[0], "person.birth_date"), (twelve[1], "person.phone")):
        office.page.open(PersonTarget(who, field=name))
        office.qtbot.waitUntil(lambda: details.is_ready)
        office.settle()
        assert office.page.window().focusWidget() is details.slots[name].field.editor


def test_each_field_of_the_file_saves_by_itself(office: Office, twelve: tuple[UUID, UUID]) -> None:
    fields = fiche(office, twelve[0])
    phone = fields["person.phone"].line  # type: ignore[attr-defined]
    phone.setFocus()
    phone.selectAll()
    office.type(phone, "0639980099")
    office.key(phone, Qt.Key.Key_Return)
    assert office.scalar(sa.select(m.Person.phone).where(m.Person.id == twelve[0])) == (
        "06 39 98 00 99"
    )
    assert phone.text() == "06 39 98 00 99"
    assert "06 39 98 00 99" in office.page.header.facts.text()


def test_a_number_that_cannot_be_is_told_beside_its_field_and_kept(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    fields = fiche(office, twelve[0])
    field = fields["person.phone"]
    line = field.line  # type: ignore[attr-defined]
    line.setFocus()
    line.selectAll()
    beside = [fields[f"person.{name}"].editor for name in ("phone", "other_phone", "email")]  # type: ignore[attr-defined]
    places = [each.mapTo(office.page, QPoint()) for each in beside]
    office.type(line, "0639")
    office.key(line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert [each.mapTo(office.page, QPoint()) for each in beside] == places
    assert "Il manque des chiffres" in field.state.text()  # type: ignore[attr-defined]
    assert office.scalar(sa.select(m.Person.phone).where(m.Person.id == twelve[0])) == (
        "06 39 98 00 11"
    )
    office.reopened()
    again = fiche(office, twelve[0])["person.phone"]
    assert again.line.text() == "0639"  # type: ignore[attr-defined]


def test_what_is_kept_in_red_is_to_be_checked(office: Office, twelve: tuple[UUID, UUID]) -> None:
    fields = fiche(office, twelve[0])
    line = fields["person.email"].line  # type: ignore[attr-defined]
    line.setFocus()
    line.selectAll()
    office.type(line, "awa chez example")
    office.key(line, Qt.Key.Key_Return)
    office.qtbot.waitUntil(lambda: "1 valeur à vérifier" in alerts(office))
    office.open(twelve[1])
    assert "1 valeur à vérifier" not in alerts(office)
    office.open(twelve[0])
    office.page.journal.show_feed()
    badges = office.page.header.findChildren(AlertBadge)
    next(each for each in badges if "vérifier" in each.text()).click()
    office.settle()
    again = office.page.journal.details.slots["person.email"].field
    office.qtbot.waitUntil(again.line.hasFocus)  # type: ignore[attr-defined]
    office.key(again.line, Qt.Key.Key_Escape)  # type: ignore[attr-defined]
    office.qtbot.waitUntil(lambda: "1 valeur à vérifier" not in alerts(office))


def test_what_is_typed_for_one_person_never_goes_to_the_next(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    who, other = twelve
    fields = fiche(office, who)
    line = fields["person.city"].line  # type: ignore[attr-defined]
    line.setFocus()
    office.type(line, "Lormont")
    bad = fields["person.phone"].line  # type: ignore[attr-defined]
    bad.setFocus()
    bad.selectAll()
    office.type(bad, "12")
    office.open(other, twelve)
    office.settle()
    cities = dict(office.rows(sa.select(m.Person.id, m.Person.city)))
    assert (cities[who], cities[other]) == ("Lormont", None)
    assert bad.text() == ""


def _retype(office: Office, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    office.type(line, text)


def test_a_birth_date_is_never_erased_by_walking_from_one_person_to_another(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    office.open(twelve[0], twelve)
    fields = fiche(office, twelve[0])
    office.open(twelve[0], twelve)
    phone = fields["person.phone"].line  # type: ignore[attr-defined]
    birth = fields["person.birth_date"].field  # type: ignore[attr-defined]
    born = sa.select(m.Person.birth_date).where(m.Person.id == twelve[0])
    _retype(office, phone, "06 12 34")
    office.key(phone, Qt.Key.Key_Tab)
    for typed in ("vers 1988", "1988"):
        _retype(office, birth, typed)
        office.key(birth, Qt.Key.Key_Tab)
    assert office.scalar(born) == date(1988, 1, 1)
    _retype(office, birth, "31/02/1990")
    for walk in ("person.next", "person.previous"):
        office.actions.get(walk).trigger()
        office.settle()
    assert phone.text() == "06 12 34"
    assert birth.text() == "31/02/1990"
    assert fields["person.birth_date"].state.text()  # type: ignore[attr-defined]
    birth.setFocus()
    office.key(birth, Qt.Key.Key_Tab)
    assert office.scalar(born) == date(1988, 1, 1)
    assert birth.text() == "31/02/1990"


def test_a_doubtful_value_is_mended_where_it_stands(
    office: Office, database: Database, act: Callable[..., Act], twelve: tuple[UUID, UUID]
) -> None:
    who, _ = twelve
    with database.write(act()) as session:
        make.flag(session, "person", who)
    fields = fiche(office, who)
    words = [
        label.text()
        for label in office.page.journal.details.findChildren(QWidget)
        if hasattr(label, "text") and "valeur lue" in str(label.text())
    ]
    assert words == ["valeur lue : 31/02/90 · ?"]
    birth = fields["person.birth_date"].field  # type: ignore[attr-defined]
    birth.setFocus()
    office.type(birth, "28/2/1990")
    office.key(birth, Qt.Key.Key_Return)
    office.settle()
    assert office.scalar(sa.select(m.Person.birth_date).where(m.Person.id == who)) == date(
        1990, 2, 28
    )
    assert office.scalar(sa.select(m.DataFlag.mended_on)) == TODAY


def test_the_employer_is_asked_of_an_employee_only(
    office: Office, twelve: tuple[UUID, UUID]
) -> None:
    fields = fiche(office, twelve[0])
    assert not fields["employer.name"].isVisibleTo(office.page)
    combo = fields["situation.situation"].combo  # type: ignore[attr-defined]
    combo.setCurrentIndex(combo.findData("salarie"))
    combo.activated.emit(combo.currentIndex())
    office.settle()
    assert fields["employer.name"].isVisibleTo(office.page)
