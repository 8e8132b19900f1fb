"""The reference lists: added, moved, retired, refused where they serve."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from connexion_desktop.data import models as m
from connexion_desktop.domain.reference_lists import FAMILIES, list_named
from connexion_desktop.ui.pages.organisations import OrganisationsPage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.settings.association import AssociationPane
from connexion_desktop.ui.pages.settings.checks_field import ChecksField
from connexion_desktop.ui.pages.settings.closures import ClosuresPane
from connexion_desktop.ui.pages.settings.lists import ListsPane
from connexion_desktop.ui.pages.settings.records import (
    DelegationsPane,
    RecordsPane,
    SitesPane,
)
from connexion_desktop.ui.pages.settings.team import TeamPane
from connexion_desktop.ui.pages.settings.thresholds import ThresholdsPane
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.widgets.bound_fields import ComboField

from ..walking import Walk
from .bench import ALT, CTRL, Desk


def test_deleting_a_code_in_use_is_refused_and_retiring_is_a_click_away(desk: Desk) -> None:
    pane = desk.pane(ListsPane)
    first = pane.current()
    assert first is not None
    assert first.used
    pane.delete_button.click()
    desk.wait()
    assert f"« {first.label} » sert encore" in pane.problem.text()
    assert "Retirez la ligne" in pane.problem.text()
    pane.retire_button.click()
    desk.wait()
    assert pane.model.index(0, 2).data().startswith("retiré le ")
    assert pane.retire_button.text() == "Reprendre"
    desk.undo()
    assert pane.model.index(0, 2).data() == ""


def test_a_line_is_added_moved_by_keys_and_renamed(desk: Desk) -> None:
    pane = desk.pane(ListsPane)
    QTest.keyClicks(pane.new, "Couture")
    pane.new.setFocus()
    desk.press(Qt.Key.Key_Return)
    pane.table.setFocus()
    desk.press(Qt.Key.Key_Up, ALT)
    labels = [line.label for line in pane.model.rows()]
    assert labels.index("Couture") == len(labels) - 2
    current = pane.current()
    assert current is not None
    assert current.label == "Couture"
    desk.press(Qt.Key.Key_Return)
    label = pane.form.fields["label"]
    assert label.editor.hasFocus()
    desk.type(label.editor, "Cuisine")
    assert "déjà dans la liste" in label.state.text()
    desk.type(label.editor, "Atelier couture")
    assert "Atelier couture" in [line.label for line in pane.model.rows()]


def test_what_was_to_confirm_is_cleared(desk: Desk) -> None:
    pane = desk.pane(ListsPane)
    pane.show_list(list_named("trade_family"))
    desk.wait()
    doubtful = next(place for place, row in enumerate(pane.model.rows()) if row.to_confirm)
    pane.table.put_row(doubtful)
    desk.wait()
    pane.confirm_button.click()
    desk.wait()
    assert not pane.model.rows()[doubtful].to_confirm
    assert not pane.confirm_button.isVisible()


def _put_back(desk: Desk) -> None:
    opened = _sheet(desk)
    assert opened is not None
    back = next(each for each in opened.findChildren(QPushButton) if each.text() == "Revenir")
    back.click()
    desk.wait()


def test_the_short_name_of_a_line_is_in_its_history_and_put_back(desk: Desk) -> None:
    pane = desk.pane(ListsPane)
    pane.show_list(list_named("activity"))
    desk.wait()
    short = pane.form.fields["short"]
    former = short.text()
    desk.type(short.editor, "Autre nom court")
    pane.table.setFocus()
    desk.press(Qt.Key.Key_H, CTRL)
    desk.until(lambda: _told(desk, "nom court : Autre nom court"))
    _put_back(desk)
    desk.until(lambda: short.text() == former)


def test_a_threshold_has_its_history_and_goes_back(desk: Desk) -> None:
    pane = desk.pane(ThresholdsPane)
    box = pane.boxes["programme.no_contact_days"]
    desk.type(box.field.editor, "21")
    box.field.take_focus()
    desk.press(Qt.Key.Key_H, CTRL)
    desk.until(lambda: _told(desk, "14 → 21"))
    _put_back(desk)
    desk.until(lambda: box.field.text() == "14")


def test_the_days_of_the_programme_are_told_in_words(desk: Desk) -> None:
    pane = desk.pane(ThresholdsPane)
    days = pane.boxes["programme.days"].field
    assert isinstance(days, ChecksField)
    box = next(each for each in days.findChildren(QCheckBox) if each.text() == "Mercredi")
    box.setFocus()
    box.click()
    desk.wait()
    desk.press(Qt.Key.Key_H, CTRL)
    desk.until(lambda: _told(desk, "Lundi, Mardi → Lundi, Mardi, Mercredi"))


def test_the_association_has_its_history(desk: Desk) -> None:
    pane = desk.pane(AssociationPane)
    field = pane.fields.fields["legal_form"]
    former = field.text()
    desk.type(field.editor, "Fondation")
    pane.history_button.click()
    desk.until(lambda: _told(desk, "Fondation"))
    _put_back(desk)
    desk.until(lambda: field.text() == former)


def test_the_role_of_a_structure_is_called_as_the_settings_say(desk: Desk) -> None:
    desk.window.go("organisations")
    desk.wait()
    page = desk.window.current_page()
    assert isinstance(page, OrganisationsPage)
    hosts = [row for row in page.model.rows() if "Structure d’accueil" in row.roles_told]
    assert hosts
    desk.window.go("settings")
    pane = desk.pane(ListsPane)
    pane.show_list(list_named("organisation_role"))
    desk.wait()
    assert not pane.new.isVisible(), "the program relies on these lines"
    assert pane.form.fields["label"].text() == "Structure d’accueil"
    desk.type(pane.form.fields["label"].editor, "Entreprise d’accueil")
    desk.window.go("organisations")
    desk.wait()
    told = {row.id: row.roles_told for row in page.model.rows()}
    assert all("Entreprise d’accueil" in told[host.id] for host in hosts)


@pytest.mark.parametrize("name", ["channel", FAMILIES])
def test_the_history_of_a_line_is_told_and_put_back(desk: Desk, name: str) -> None:
    pane = desk.pane(ListsPane)
    pane.show_list(list_named(name))
    desk.wait()
    former = pane.model.rows()[0].label
    desk.type(pane.form.fields["label"].editor, "Autres mots")
    pane.table.setFocus()
    desk.press(Qt.Key.Key_H, CTRL)
    desk.until(lambda: _told(desk, "Autres mots"))
    opened = _sheet(desk)
    assert opened is not None
    opened.close()
    desk.wait()
    pane.history_button.click()
    desk.until(lambda: _told(desk, f"{former} → Autres mots"))


@pytest.mark.parametrize("kind", [SitesPane, ClosuresPane, TeamPane, DelegationsPane])
def test_the_rows_of_the_office_have_a_history_too(desk: Desk, kind: type[RecordsPane]) -> None:
    pane = desk.pane(kind)
    assert pane.current() is not None
    pane.history_button.click()
    desk.until(lambda: _sheet(desk) is not None)


def _sheet(desk: Desk) -> Sheet | None:
    shown = [each for each in desk.window.findChildren(Sheet) if each.isVisible()]
    return shown[-1] if shown else None


def _told(desk: Desk, words: str) -> bool:
    sheet = _sheet(desk)
    return sheet is not None and any(words in told.text() for told in sheet.findChildren(QLabel))


def test_the_lines_that_the_program_knows_offer_neither_adding_nor_deleting(desk: Desk) -> None:
    pane = desk.pane(ListsPane)
    pane.show_list(list_named("nationality"))
    desk.wait()
    hidden = (pane.new, pane.delete_button, pane.retire_button)
    assert not any(widget.isVisible() for widget in hidden)
    assert "s’appuie" in pane.usage.text()


def test_a_person_is_offered_the_words_of_today(desk: Desk, walk: Walk) -> None:
    walk.go("person")
    walk.show_whole()
    person = walk.window.current_page()
    assert isinstance(person, PersonPage)
    pane = desk.pane(ListsPane)
    walk.window.go("settings")
    pane.show_list(list_named("channel"))
    desk.wait()
    desk.type(pane.form.fields["label"].editor, "Épicerie solidaire")
    walk.window.go("person")
    desk.wait()
    channel = person.journal.details.slots["person.channel"].field
    assert isinstance(channel, ComboField)
    assert channel.combo.findText("Épicerie solidaire") > 0


def test_new_words_are_read_by_the_other_pages(desk: Desk, walk: Walk) -> None:
    pane = desk.pane(ListsPane)
    desk.type(pane.form.fields["label"].editor, "Radio")
    store = desk.window.jobs.store
    assert store is not None
    with store.read() as session:
        held = sa.select(m.ReferenceItem.label).where(m.ReferenceItem.code == "podcast")
        assert session.scalar(held) == "Radio"
    walk.go("group")
    group = walk.window.current_page()
    assert group is not None
    cards = group.model.cards()  # type: ignore[attr-defined]
    assert "Radio" in {card.activity for card in cards}
