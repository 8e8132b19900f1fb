"""Two people who mend one computer, one group or one structure, as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.equipment.strips import EditEquipmentStrip
from connexion_desktop.ui.pages.groups.strip import EditGroupStrip
from connexion_desktop.ui.pages.organisations.strips import EditOrganisationStrip
from connexion_desktop.ui.widgets.conflict_line import ConflictLine
from connexion_desktop.ui.widgets.entry_strip import EntryStrip
from connexion_desktop.usecases import groups, loans, organisations
from tests import factories as make
from tests.factories import TODAY

from ..colleague import nadia
from .bench import ALT, put_in

Computer = tuple[UUID, EditEquipmentStrip]
Bakery = tuple[UUID, EditOrganisationStrip]


def shown(qtbot: QtBot, strip: EntryStrip) -> None:
    qtbot.addWidget(strip)
    strip.resize(1200, 200)
    with qtbot.waitActive(strip):
        strip.show()


def nadia_mends(database: Database, row: UUID, table: type[m.Row], **values: object) -> None:
    """A colleague mends it, from another workstation."""

    def mend(session: Session) -> None:
        found = session.get_one(table, row)
        for column, value in values.items():
            setattr(found, column, value)

    nadia(database, mend)


def save(qtbot: QtBot, strip: EntryStrip, field: QLineEdit, done: Callable[[], bool]) -> None:
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(done)


def contested(qtbot: QtBot, strip: EntryStrip, field: QLineEdit) -> ConflictLine:
    """What is to be chosen once Enter is pressed."""
    save(qtbot, strip, field, lambda: strip.conflict is not None)
    assert strip.conflict is not None
    return strip.conflict


@pytest.fixture
def computer(qtbot: QtBot, desk: Desk, database: Database, act: Callable[..., Act]) -> Computer:
    with database.write(act()) as session:
        row = make.put(session, m.Equipment(number="PC-012", model="L14", serial="A1"))
    strip = EditEquipmentStrip(desk)
    shown(qtbot, strip)
    with database.read() as session:
        strip.ask(loans.fleet(session)[0])
    return row, strip


def _computer(database: Database) -> tuple[str | None, ...]:
    with database.read() as session:
        item = session.scalars(sa.select(m.Equipment)).one()
        return item.number, item.model, item.serial, item.condition


def test_what_each_mended_of_a_computer_is_kept(
    qtbot: QtBot, database: Database, computer: Computer
) -> None:
    row, strip = computer
    put_in(qtbot, strip.model, "T480")
    nadia_mends(database, row, m.Equipment, serial="B2", condition="Rayé")
    save(qtbot, strip, strip.model, strip.isHidden)
    assert _computer(database) == ("PC-012", "T480", "B2", "Rayé")


def test_what_both_mended_of_a_computer_is_chosen(
    qtbot: QtBot, database: Database, computer: Computer
) -> None:
    row, strip = computer
    put_in(qtbot, strip.model, "T480")
    put_in(qtbot, strip.condition, "Neuf")
    nadia_mends(database, row, m.Equipment, model="X13", value_cents=30_000)
    said = contested(qtbot, strip, strip.model).words.text()
    assert said.startswith("Nadia Ferrand a changé à ")
    assert said.endswith("Modèle « X13 ».")
    assert (strip.model.text(), strip.condition.text()) == ("T480", "Neuf")
    qtbot.keyClick(strip.model, Qt.Key.Key_P, ALT)
    qtbot.waitUntil(lambda: strip.conflict is None)
    assert (strip.model.text(), strip.condition.text()) == ("X13", "Neuf")
    save(qtbot, strip, strip.model, strip.isHidden)
    assert _computer(database) == ("PC-012", "X13", "A1", "Neuf")


def test_one_s_own_computer_may_be_kept(
    qtbot: QtBot, database: Database, computer: Computer
) -> None:
    row, strip = computer
    put_in(qtbot, strip.model, "T480")
    nadia_mends(database, row, m.Equipment, model="X13")
    line = contested(qtbot, strip, strip.model)
    qtbot.mouseClick(line.mine, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(strip.isHidden)
    assert _computer(database)[1] == "T480"


def test_the_site_that_both_gave_a_group_is_told_by_its_name(
    qtbot: QtBot, desk: Desk, database: Database, act: Callable[..., Act]
) -> None:
    with database.write(act()) as session:
        group = make.cohort(session)
        sites = [make.put(session, m.Site(code=each, name=each)) for each in ("Cenon", "Lormont")]
    strip = EditGroupStrip(desk)
    shown(qtbot, strip)
    with database.read() as session:
        strip.ask(groups.every(session, TODAY)[0])
    qtbot.waitUntil(lambda: strip.site.findText("Lormont") > 0)
    strip.site.setCurrentIndex(strip.site.findText("Cenon"))
    put_in(qtbot, strip.weeks, "10")
    nadia_mends(database, group, m.Cohort, site_id=sites[1], starts_on=date(2026, 3, 9))
    line = contested(qtbot, strip, strip.weeks)
    assert line.words.text().endswith("« Lormont ».")
    qtbot.mouseClick(line.theirs, Qt.MouseButton.LeftButton)
    save(qtbot, strip, strip.weeks, strip.isHidden)
    with database.read() as session:
        found = session.get_one(m.Cohort, group)
        assert (found.site_id, found.weeks, found.starts_on) == (sites[1], 10, date(2026, 3, 9))


@pytest.fixture
def bakery(qtbot: QtBot, desk: Desk, database: Database, act: Callable[..., Act]) -> Bakery:
    with database.write(act()) as session:
        host = make.organisation(session, "Fournil d’Éole", postal_code="33150", city="Cenon")
    strip = EditOrganisationStrip(desk)
    shown(qtbot, strip)
    with database.read() as session:
        strip.ask(organisations.every(session)[0])
    return host, strip


def _organisation(database: Database) -> tuple[str | None, ...]:
    with database.read() as session:
        found = session.scalars(sa.select(m.Organisation)).one()
        return found.name, found.postal_code, found.city, found.phone


def test_what_each_mended_of_a_structure_is_kept(
    qtbot: QtBot, database: Database, bakery: Bakery
) -> None:
    host, strip = bakery
    put_in(qtbot, strip.fields["phone"], "0536490012")
    nadia_mends(database, host, m.Organisation, name="Fournil d’Artémis")
    save(qtbot, strip, strip.fields["phone"], strip.isHidden)
    assert _organisation(database) == ("Fournil d’Artémis", "33150", "Cenon", "05 36 49 00 12")


def test_what_both_mended_of_a_structure_is_chosen(
    qtbot: QtBot, database: Database, bakery: Bakery
) -> None:
    host, strip = bakery
    put_in(qtbot, strip.fields["phone"], "0536490012")
    nadia_mends(database, host, m.Organisation, phone="05 36 49 00 99")
    line = contested(qtbot, strip, strip.fields["phone"])
    assert line.words.text().endswith("Téléphone « 05 36 49 00 99 ».")
    qtbot.mouseClick(line.mine, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(strip.isHidden)
    assert _organisation(database)[3] == "05 36 49 00 12"


def test_a_town_and_its_postal_code_are_chosen_together(
    qtbot: QtBot, database: Database, bakery: Bakery
) -> None:
    host, strip = bakery
    put_in(qtbot, strip.fields["postal_code"], "33600")
    put_in(qtbot, strip.fields["city"], "Pessac")
    put_in(qtbot, strip.fields["phone"], "0536490012")
    nadia_mends(database, host, m.Organisation, postal_code="33310", city="Lormont")
    line = contested(qtbot, strip, strip.fields["city"])
    qtbot.mouseClick(line.theirs, Qt.MouseButton.LeftButton)
    assert [strip.fields[name].text() for name in ("postal_code", "city")] == ["33310", "Lormont"]
    save(qtbot, strip, strip.fields["city"], strip.isHidden)
    assert _organisation(database)[1:] == ("33310", "Lormont", "05 36 49 00 12")


def test_a_town_and_its_postal_code_are_mended_in_one_go(
    qtbot: QtBot, database: Database, bakery: Bakery
) -> None:
    _host, strip = bakery
    put_in(qtbot, strip.fields["postal_code"], "33600")
    put_in(qtbot, strip.fields["city"], "Pessac")
    save(qtbot, strip, strip.fields["city"], strip.isHidden)
    assert _organisation(database)[1:3] == ("33600", "Pessac")
