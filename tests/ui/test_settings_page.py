"""The settings, in the real window: seen, typed, refused in place, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from connexion_desktop.data import models as m
from connexion_desktop.domain.reference_lists import list_named
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.appearance import AppearancePane
from connexion_desktop.ui.pages.settings.association import AssociationPane
from connexion_desktop.ui.pages.settings.lists import ListsPane
from connexion_desktop.ui.pages.settings.pane import Pane
from connexion_desktop.ui.pages.settings.records import DelegationsPane, SitesPane, TeamPane
from connexion_desktop.ui.pages.settings.storage import StoragePane
from connexion_desktop.ui.pages.settings.thresholds import ThresholdsPane
from connexion_desktop.ui.widgets.bound_fields import ComboField

from .cut import cut
from .names import unnamed
from .walking import Walk

P = TypeVar("P", bound=Pane)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Desk:
    """The page, and what hands do there."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self.window = walk.window
        self.window.resize(1366, 768)
        walk.go("settings")
        page = self.window.current_page()
        assert isinstance(page, SettingsPage)
        self.page = page

    def pane(self, kind: type[P]) -> P:
        """Show a section."""
        self.page.open(kind.section)
        self.wait()
        assert isinstance(self.page.pane, kind)
        return self.page.pane

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.wait()

    def type(self, widget: QWidget, text: str) -> None:
        """Type over what is there, then leave the field."""
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_A, CTRL)
        if not text:
            QTest.keyClick(widget, Qt.Key.Key_Delete)
        for letter in text:
            no = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, no, letter))
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        self.wait()

    def undo(self) -> None:
        self.window.actions_.get("undo").trigger()
        self.wait()

    def wait(self) -> None:
        for _ in range(2):
            QApplication.processEvents()
            self._walk.wait()
        QApplication.processEvents()

    def until(self, found: Callable[[], bool]) -> None:
        self._walk.until(found)


@pytest.fixture
def desk(walk: Walk) -> Desk:
    return Desk(walk)


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


def test_a_logo_is_dropped_seen_and_taken_away(desk: Desk, tmp_path: Path) -> None:
    pane = desk.pane(AssociationPane)
    file = tmp_path / "logo.jpg"
    Image.new("RGB", (1500, 500), "#1F5FBF").save(file)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    pane.logo.dropEvent(drop)
    desk.until(lambda: pane.logo.preview.image.width() == 1000)
    assert pane.logo.remove.isVisible()
    pane.logo.remove.click()
    desk.until(lambda: pane.logo.preview.image.width() == 0)
    desk.undo()
    desk.until(lambda: pane.logo.preview.image.width() == 1000)


def test_a_file_that_is_no_image_is_refused_in_place(desk: Desk, tmp_path: Path) -> None:
    pane = desk.pane(AssociationPane)
    file = tmp_path / "logo.png"
    file.write_bytes(b"%PDF-1.7")
    pane.logo.put(file)
    desk.until(pane.logo.problem.isVisible)
    assert "ni une image PNG" in pane.logo.problem.text()
    assert pane.logo.preview.image.isNull()


def test_a_site_is_added_with_its_name_and_enter(desk: Desk) -> None:
    pane = desk.pane(SitesPane)
    desk.press(Qt.Key.Key_N, CTRL)
    assert pane.new.hasFocus()
    QTest.keyClicks(pane.new, "Cenon")
    desk.press(Qt.Key.Key_Return)
    assert pane.new.text() == ""
    current = pane.current()
    assert current is not None
    assert current.text("name") == "Cenon"
    pane.delete_button.click()
    desk.wait()
    assert "Cenon" not in [row.text("name") for row in pane.model.rows()]


def test_a_site_in_use_is_refused_with_where_it_is_used(desk: Desk) -> None:
    pane = desk.pane(SitesPane)
    pane.delete_button.click()
    desk.wait()
    assert pane.problem.isVisible()
    assert "« Bordeaux » sert encore" in pane.problem.text()
    assert "personnes" in pane.problem.text()
    desk.press(Qt.Key.Key_Escape)
    pane.table.put_row(1)
    desk.wait()
    assert not pane.problem.isVisible()


def test_a_delegation_is_added_and_the_one_in_force_is_marked(desk: Desk) -> None:
    pane = desk.pane(DelegationsPane)
    desk.press(Qt.Key.Key_N, CTRL)
    assert pane.strip.reference.hasFocus()
    QTest.keyClicks(pane.strip.reference, "DEL-2")
    desk.press(Qt.Key.Key_Return)
    assert "Il manque" in pane.strip.problem.text()
    QTest.keyClicks(pane.strip.body, "France Travail")
    QTest.keyClicks(pane.strip.first, "01/01/2027")
    QTest.keyClicks(pane.strip.last, "31/12/2030")
    pane.strip.act_button.click()
    desk.wait()
    assert [pane.model.index(row, 4).data() for row in range(2)] == ["à venir", "en vigueur"]
    assert ["se chevauchent" in remark.text() for remark in pane.remarks] == [True]
    ends = pane.form.fields["ends_on"]
    desk.type(ends.editor, "31/12/2026")
    assert "avant de commencer" in ends.state.text()


def test_roles_are_ticked_and_somebody_leaves(desk: Desk) -> None:
    pane = desk.pane(TeamPane)
    roles = pane.form.fields["roles"]
    boxes = roles.boxes  # type: ignore[attr-defined]
    boxes["direction"].click()
    desk.wait()
    current = pane.current()
    assert current is not None
    assert "direction" in current.text("roles")
    left = pane.form.fields["left_on"]
    desk.type(left.editor, "hier")
    told = [pane.told(row) for row in pane.model.rows()]
    assert sum("parti le" in each for each in told) == 1


def test_who_signs_is_chosen_for_the_next_opening(desk: Desk) -> None:
    who = desk.pane(TeamPane).signing.who
    place = who.combo.findText("Nadia Ferrand")
    assert place >= 0
    who.combo.setCurrentIndex(place)
    who.combo.activated.emit(place)
    later = desk.pane(TeamPane).signing.later
    assert later.text().startswith("Nadia Ferrand signera à la prochaine ouverture")
    assert desk.pane(TeamPane).signing.who.text() == "Nadia Ferrand"


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


def test_the_lines_that_the_program_knows_offer_neither_adding_nor_deleting(desk: Desk) -> None:
    pane = desk.pane(ListsPane)
    pane.show_list(list_named("nationality"))
    desk.wait()
    hidden = (pane.new, pane.delete_button, pane.retire_button)
    assert not any(widget.isVisible() for widget in hidden)
    assert "s’appuie" in pane.usage.text()


def test_a_threshold_out_of_bounds_is_said_and_given_back(desk: Desk) -> None:
    pane = desk.pane(ThresholdsPane)
    box = pane.boxes["programme.no_contact_days"]
    desk.type(box.field.editor, "400")
    assert box.field.state.text() == "De 1 à 365 jours."
    desk.type(box.field.editor, "21")
    assert box.back.text() == "Revenir à : 14 jours"
    box.back.click()
    desk.wait()
    assert box.field.text() == "14"
    assert not box.back.isVisible()


def test_what_is_to_be_checked_is_marked_until_it_is_changed(desk: Desk) -> None:
    pane = desk.pane(ThresholdsPane)
    field = pane.boxes["placement.same_host_days_max"].field
    assert field.state.text() == "à vérifier"
    desk.type(field.editor, "30")
    assert field.rules == ()


def test_colours_and_size_are_those_of_the_menu(desk: Desk) -> None:
    pane = desk.pane(AppearancePane)
    pane.schemes[theme.Scheme.DARK].click()
    assert desk.window.actions_.get("scheme-dark").isChecked()
    desk.window.actions_.get("scheme-light").trigger()
    assert pane.schemes[theme.Scheme.LIGHT].isChecked()
    pane.sizes["larger"].click()
    desk.until(lambda: pane.scale.text() == "110 %")


def test_the_place_of_the_data_is_copied_and_a_backup_is_seen(desk: Desk) -> None:
    pane = desk.pane(StoragePane)
    assert Path(pane.path.text()).is_file()
    pane.copy.click()
    assert QGuiApplication.clipboard().text() == pane.path.text()
    before = len(pane.lines)
    pane.acts["backup"].click()
    desk.until(lambda: len(pane.lines) > before)
    assert "la dernière" in [line.text() for line in pane.lines if isinstance(line, QLabel)]
    assert Path(pane.folder.text()).is_dir()


def test_every_act_on_the_base_is_that_of_the_menu(desk: Desk) -> None:
    pane = desk.pane(StoragePane)
    for name, button in pane.acts.items():
        assert button.text() == desk.window.actions_.get(name).text()


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
