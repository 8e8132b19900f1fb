"""The sections of the settings, walked through by keyboard; what is typed there."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from connexion_desktop.data import models as m
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.association import AssociationPane
from connexion_desktop.ui.pages.settings.lists import ListsPane
from connexion_desktop.ui.pages.settings.records import SitesPane

from ..cut import cut
from ..names import unnamed
from ..walking import Walk
from .bench import CTRL, Desk


def test_they_are_last_in_the_rail_and_a_key_away(walk: Walk) -> None:
    rail = walk.window.rail
    lowest = max(rail.buttons().values(), key=lambda button: button.y())
    assert lowest is rail.buttons()["settings"]
    walk.press(Qt.Key.Key_Comma, CTRL)
    assert isinstance(walk.window.current_page(), SettingsPage)
    assert lowest.isChecked()


def test_each_section_is_reached_by_the_keyboard(desk: Desk) -> None:
    desk.page.sections.setFocus()
    seen = []
    for _ in SettingsSection:
        seen.append(desk.page.pane.section)
        desk.press(Qt.Key.Key_PageDown, CTRL)
    assert seen == list(SettingsSection)
    desk.press(Qt.Key.Key_Down)
    assert desk.page.pane.section is SettingsSection.SITES
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)
    pane = desk.page.pane
    assert isinstance(pane, AssociationPane)
    assert pane.fields.fields["name"].editor.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.sections.hasFocus()


def test_escape_leads_back_from_a_field_to_its_row_then_to_the_sections(desk: Desk) -> None:
    pane = desk.pane(SitesPane)
    pane.table.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert pane.form.fields["name"].editor.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert pane.table.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.sections.hasFocus()


@pytest.mark.parametrize("scale", [100, 200])
def test_each_section_has_names_and_nothing_cut(desk: Desk, scale: int) -> None:
    theme.apply(theme.Scheme.LIGHT, scale)
    found = {}
    for section in SettingsSection:
        desk.page.open(section)
        desk.wait()
        found[section] = (cut(desk.window), unnamed(desk.window))
        assert desk.window.width() == 1366
    assert found == {section: ([], []) for section in SettingsSection}


def test_what_is_typed_is_saved_by_itself_and_undone(desk: Desk) -> None:
    pane = desk.pane(AssociationPane)
    city = pane.fields.fields["city"]
    before = city.text()
    desk.type(city.editor, "Bègles")
    assert not city.is_dirty()
    desk.undo()
    assert city.text() == before


def test_a_false_siret_is_said_in_place_and_waits(desk: Desk) -> None:
    pane = desk.pane(AssociationPane)
    siret = pane.fields.fields["siret"]
    desk.type(siret.editor, "213 300 635 00018")
    assert siret.state.text() == "La clé de ce SIRET est fausse."
    desk.pane(SitesPane)
    desk.pane(AssociationPane)
    assert siret.text() == "213 300 635 00018"
    desk.type(siret.editor, "21330063500017")
    assert siret.text() == "213 300 635 00017"
    assert not siret.has_problem()


def test_what_cannot_be_saved_is_there_at_the_next_opening(desk: Desk) -> None:
    pane = desk.pane(AssociationPane)
    desk.type(pane.fields.fields["email"].editor, "contact@")
    desk.page.flush()
    desk.wait()
    again = AssociationPane(desk.page.desk)
    desk.page.stack.addWidget(again)
    again.refresh()
    desk.wait()
    email = again.fields.fields["email"]
    desk.until(lambda: email.text() == "contact@")
    assert "nom@domaine.fr" in email.state.text()


def test_what_was_refused_for_one_row_never_goes_to_another(desk: Desk) -> None:
    pane = desk.pane(ListsPane)
    first, second = pane.model.rows()[:2]
    label = pane.form.fields["label"]
    label.editor.setFocus()
    QTest.keyClick(label.editor, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(label.editor, second.label)
    pane.table.put_row(1)
    desk.wait()
    assert label.text() == second.label
    assert not label.has_problem()
    pane.table.put_row(0)
    desk.until(lambda: label.text() == second.label and label.has_problem())
    desk.press(Qt.Key.Key_Escape)
    label.editor.setFocus()
    desk.press(Qt.Key.Key_Escape)
    assert label.text() == first.label
    pane.table.put_row(1)
    pane.table.put_row(0)
    desk.wait()
    assert label.text() == first.label


def test_a_draft_is_forgotten_with_its_save(desk: Desk) -> None:
    pane = desk.pane(AssociationPane)
    email = pane.fields.fields["email"]
    desk.type(email.editor, "contact@")
    desk.page.flush()
    desk.wait()
    store = desk.window.jobs.store
    assert store is not None
    drafts = sa.select(sa.func.count()).select_from(m.Draft).where(m.Draft.key.like("assoc%"))
    with store.read() as session:
        assert session.scalar(drafts) == 1
    desk.type(email.editor, "bureau@example.org")
    with store.read() as session:
        assert session.scalar(drafts) == 0
