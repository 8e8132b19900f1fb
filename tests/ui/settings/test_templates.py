"""The models of programme: copied, edited by keys, kept from a group, drawn up from."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.domain.template_editing import EditLine, LineRow
from connexion_desktop.ui.pages.programme import ProgrammePage
from connexion_desktop.ui.pages.settings.templates import TemplatesPane
from connexion_desktop.ui.sheets import Sheet
from connexion_desktop.ui.widgets.bound_fields import LineField
from connexion_desktop.usecases import programme_templates

from .bench import ALT, CTRL, Desk


def click(desk: Desk, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    desk.wait()


@pytest.fixture
def pane(desk: Desk) -> TemplatesPane:
    """A copy of the model that ships, open."""
    pane = desk.pane(TemplatesPane)
    click(desk, pane.head.copy)
    return pane


def titles(pane: TemplatesPane) -> list[str]:
    return [row.line.title for row in pane.model.rows()]


def current(pane: TemplatesPane) -> LineRow:
    row = pane.current()
    assert row is not None
    return row


def test_the_model_that_ships_is_read_and_only_copied(desk: Desk) -> None:
    pane = desk.pane(TemplatesPane)
    assert pane.head.which.currentText() == "Douze semaines (fourni)"
    assert pane.model.rowCount() == 47
    assert "Dupliquer" in pane.head.about.text()
    assert not any(
        each.isVisible() for each in (pane.panel, pane.head.names, pane.head.add, pane.head.remove)
    )
    desk.press(Qt.Key.Key_N, CTRL)
    assert not pane.strip.isVisible()
    click(desk, pane.head.copy)
    assert pane.head.which.currentText() == "Douze semaines (copie)"
    assert pane.model.rowCount() == 47 and pane.panel.isVisible()
    desk.undo()
    assert pane.head.which.currentText() == "Douze semaines (fourni)"


def test_a_seance_is_added_and_mended_without_the_mouse(desk: Desk, pane: TemplatesPane) -> None:
    pane.table.setFocus()
    desk.press(Qt.Key.Key_N, CTRL)
    strip = pane.strip
    assert strip.title.hasFocus() and strip.week.text() == "1"
    QTest.keyClicks(strip.title, "Rencontre")
    for line, text in ((strip.week, "13"), (strip.hours, "12h-9h")):
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
    desk.press(Qt.Key.Key_Return)
    assert "la fin n’est pas après le début" in strip.problem.text()
    strip.hours.selectAll()
    QTest.keyClicks(strip.hours, "aprem")
    desk.press(Qt.Key.Key_Return)
    assert strip.title.hasFocus() and not strip.title.text()
    assert titles(pane)[-1] == "Rencontre"
    desk.press(Qt.Key.Key_Escape)
    assert current(pane).line.title == "Rencontre"
    assert "12 semaines n’aura pas cette séance" in pane.usage.text()
    form = pane.form.fields
    assert form["hours"].text() == "13 h 30 – 16 h 30"
    desk.type(form["week"].editor, "60")
    assert form["week"].state.text() == "Une semaine du cycle, de 1 à 52."
    desk.type(form["week"].editor, "12")
    desk.type(form["place"].editor, "Salle bleue")
    assert current(pane).values["week"] == "12" and not pane.usage.text()
    assert current(pane).line.place == "Salle bleue"


def test_two_seances_taken_out_come_back_one_by_one(desk: Desk, pane: TemplatesPane) -> None:
    before = titles(pane)
    pane.table.put_row(3)
    desk.wait()
    click(desk, pane.delete_button)
    pane.table.put_row(5)
    desk.wait()
    click(desk, pane.delete_button)
    assert len(titles(pane)) == 45
    desk.undo()
    assert len(titles(pane)) == 46
    desk.undo()
    assert titles(pane) == before


def test_a_seance_moves_by_a_day_and_is_copied_a_week_later(
    desk: Desk, pane: TemplatesPane
) -> None:
    pane.table.setFocus()
    desk.press(Qt.Key.Key_Up, ALT)
    assert "premier jour du cycle" in pane.problem.text()
    title = current(pane).line.title
    desk.press(Qt.Key.Key_Down, ALT)
    assert (current(pane).line.title, current(pane).line.day) == (title, 2)
    assert not pane.problem.text()
    click(desk, pane.again_button)
    assert (current(pane).line.title, current(pane).line.week) == (title, 2)


def test_two_seances_held_at_once_are_mended_and_undone_one_by_one(
    desk: Desk, pane: TemplatesPane
) -> None:
    click(desk, pane.again_button)
    pane.table.setFocus()
    for _ in range(2):
        desk.press(Qt.Key.Key_Up, ALT)
    one, other = pane.model.rows()[:2]
    assert one.values == other.values, "a copy, put beside the first"
    for place, title in enumerate(("Accueil des uns", "Accueil des autres")):
        pane.table.put_row(place)
        desk.wait()
        desk.type(pane.form.fields["title"].editor, title)
    assert titles(pane)[:2] == ["Accueil des uns", "Accueil des autres"]
    desk.undo()
    assert titles(pane)[:2] == ["Accueil des uns", one.line.title]


def test_a_model_is_renamed_told_in_its_history_and_deleted(
    desk: Desk, pane: TemplatesPane
) -> None:
    name = pane.head.names.fields["name"]
    desk.type(name.editor, "Douze semaines")
    assert "s’appelle déjà" in name.remarks.complaint
    desk.type(name.editor, "Cycle d’été")
    assert pane.head.which.currentText() == "Cycle d’été"
    pane.table.setFocus()
    desk.press(Qt.Key.Key_H, CTRL)
    desk.until(lambda: _sheet_tells(desk, "Cycle d’été"))
    desk.press(Qt.Key.Key_Escape)
    click(desk, pane.head.remove)
    assert pane.head.which.count() == 1
    desk.undo()
    assert pane.head.which.count() == 2


def _sheet_tells(desk: Desk, words: str) -> bool:
    sheets = [each for each in desk.window.findChildren(Sheet) if each.isVisible()]
    return any(words in told.text() for one in sheets for told in one.findChildren(QLabel))


def test_what_a_colleague_writes_of_the_same_seance_is_never_lost(
    desk: Desk, pane: TemplatesPane
) -> None:
    pane.table.put_row(0)
    desk.wait()
    row, template = current(pane), pane.template
    assert template is not None and template.id is not None
    field = pane.form.fields["title"]
    field.take_focus()
    QTest.keyClick(field.editor, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field.editor, "Bienvenue")
    command = EditLine(template.id, row.id, "line.title", "Accueil")
    store = desk.window.jobs.store
    assert store is not None
    with store.write(Act("Nadia Ferrand", "Modèle", uuid4())) as session:
        programme_templates.edit_line(session, command)
    QTest.keyClick(field.editor, Qt.Key.Key_Tab)
    desk.wait()
    line = field.conflict()
    assert line is not None and "« Accueil »" in line.words.text()
    click(desk, line.mine)
    assert titles(pane)[0] == "Bienvenue"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("title", "Séance de modèle « Accueil : faire connaissance »"),
        ("name", "Modèle de programme « Douze semaines (copie) »"),
    ],
)
def test_what_is_typed_in_a_model_that_a_colleague_deletes_is_told(
    desk: Desk, pane: TemplatesPane, name: str, told: str
) -> None:
    template, store = pane.template, desk.window.jobs.store
    assert template is not None and template.id is not None and store is not None
    gone = template.id
    field = {**pane.form.fields, **pane.head.names.fields}[name]
    field.take_focus()
    QTest.keyClicks(field.editor, " pour tous")
    with store.write(Act("Nadia Ferrand", "Modèle", uuid4())) as session:
        programme_templates.delete(session, gone)
    desk.wait()
    desk.until(lambda: bool(desk.window.banners.shown()))
    assert not pane.panel.isVisible()
    (banner,) = desk.window.banners.shown()
    assert str(banner.problem).startswith(f"{told} : Ce modèle de programme n’est plus")


def test_a_partner_is_found_by_three_letters(desk: Desk, pane: TemplatesPane) -> None:
    partner = pane.form.fields["partner"]
    assert isinstance(partner, LineField)
    desk.type(partner.editor, "Personne du tout")
    assert "structure du carnet" in partner.remarks.complaint
    partner.restore()
    partner.take_focus()
    QTest.keyClicks(partner.line, "on cat")
    desk.wait()
    assert [each.title for each in partner.line.offered()] == ["On catalyse"]
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert current(pane).partner == "On catalyse"


def test_the_programme_of_a_group_is_kept_as_a_model_and_drawn_up_again(desk: Desk) -> None:
    desk.window.go("programme")
    desk.wait()
    page = desk.window.current_page()
    assert isinstance(page, ProgrammePage) and page.programme is not None
    group = page.programme.cohort
    assert group is not None
    desk.window.actions_.get("programme.keep").trigger()
    desk.wait()
    keeping = page.strips.keeping
    assert keeping.title.text() == group.name
    QTest.keyClicks(keeping.title, "Comme Bordeaux")
    desk.press(Qt.Key.Key_Return)
    assert desk.window.status.news.text().startswith("Modèle enregistré")
    desk.window.actions_.get("programme.draw").trigger()
    desk.wait()
    drawing = page.strips.drawing
    drawing.model.setCurrentIndex(drawing.model.findText("Comme Bordeaux"))
    drawing.model.activated.emit(drawing.model.currentIndex())
    desk.wait()
    assert "n’ont pas de jour" not in drawing.told.text()
    click(desk, drawing.models)
    pane = desk.page.pane
    assert isinstance(pane, TemplatesPane) and pane.section is SettingsSection.TEMPLATES
    assert pane.head.which.findText("Comme Bordeaux") > 0


def test_what_was_saved_is_said_of_its_own_seance_alone(desk: Desk, pane: TemplatesPane) -> None:
    pane.table.put_row(3)
    desk.wait()
    title = pane.form.fields["title"]
    desk.type(title.editor, "Rencontre")
    assert title.state.text() == "enregistré"
    pane.table.put_row(5)
    desk.wait()
    assert not title.state.text()


def test_hours_that_cannot_be_kept_are_told_when_one_goes_on_and_come_back_with_why(
    desk: Desk, pane: TemplatesPane
) -> None:
    pane.table.put_row(3)
    desk.wait()
    hours = pane.form.fields["hours"]
    assert isinstance(hours, LineField)
    hours.line.setFocus()
    hours.line.selectAll()
    QTest.keyClicks(hours.line, "25h-3")
    box = pane.table.visualRect(pane.model.index(5, 0))
    QTest.mouseClick(pane.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    desk.wait()
    (told,) = desk.window.banners.shown()
    assert "heures » : « 25h-3 » n’est pas enregistré" in told.problem.what
    assert "gardé" in told.problem.safe
    assert hours.text() != "25h-3", "another séance is shown"
    pane.table.put_row(3)
    desk.wait()
    assert hours.text() == "25h-3" and hours.has_problem()
    desk.type(hours.editor, "9h-11h")
    assert current(pane).values["hours"] == "9 h – 11 h"
