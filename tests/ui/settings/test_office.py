"""The association with its logo, its sites, its delegations, its team."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from connexion_desktop.domain.loan_paper import LoanPaperKind
from connexion_desktop.ui.pages.equipment import EquipmentPage
from connexion_desktop.ui.pages.settings.association import AssociationPane
from connexion_desktop.ui.pages.settings.closures import ClosuresPane
from connexion_desktop.ui.pages.settings.records import DelegationsPane, SitesPane
from connexion_desktop.ui.pages.settings.team import TeamPane
from connexion_desktop.ui.widgets.bound_fields import LineField

from .bench import CTRL, Desk

AGREEMENT = LoanPaperKind.AGREEMENT


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


def test_the_papers_are_printed_under_the_logo_at_once(desk: Desk, tmp_path: Path) -> None:
    desk.window.go("equipment")
    desk.wait()
    page = desk.window.current_page()
    assert isinstance(page, EquipmentPage)
    page.papers.ask(next(row.loan_id for row in page.model.rows() if row.loan_id), AGREEMENT)
    desk.until(lambda: page.papers.paper is not None and page.papers.is_drawn)
    file = tmp_path / "logo.png"
    Image.new("RGB", (300, 100), "#1F5FBF").save(file)
    desk.window.go("settings")
    pane = desk.pane(AssociationPane)
    pane.logo.put(file)
    desk.until(pane.logo.remove.isVisible)
    desk.window.go("equipment")
    desk.wait()
    saved = tmp_path / "convention.pdf"
    page.papers.save_to(saved)
    desk.until(saved.exists)
    assert len(PdfReader(saved).pages[0].images) == 1


def test_a_file_that_is_no_image_is_refused_in_place(desk: Desk, tmp_path: Path) -> None:
    pane = desk.pane(AssociationPane)
    file = tmp_path / "logo.png"
    file.write_bytes(b"%PDF-1.7")
    pane.logo.put(file)
    desk.until(pane.logo.problem.isVisible)
    assert "ni une image PNG" in pane.logo.problem.text()
    assert pane.logo.preview.image.isNull()


@pytest.mark.parametrize("kind", [AssociationPane, SitesPane])
def test_a_postal_code_proposes_its_town_as_in_the_file_of_a_person(
    desk: Desk, kind: type[AssociationPane | SitesPane]
) -> None:
    pane = desk.pane(kind)
    fields = pane.fields.fields if isinstance(pane, AssociationPane) else pane.form.fields
    code, town = fields["postal_code"], fields["city"]
    assert isinstance(code, LineField) and isinstance(town, LineField)
    desk.type(town.line, "")
    code.line.setFocus()
    code.line.selectAll()
    QTest.keyClicks(code.line, "33170")
    desk.until(lambda: town.text() == "Gradignan")
    QTest.keyClick(code.line, Qt.Key.Key_Tab)
    desk.until(lambda: not code.is_dirty() and not town.is_dirty())
    desk.pane(TeamPane)
    desk.pane(kind)
    assert (code.text(), town.text()) == ("33170", "Gradignan"), "both are kept"


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


def test_a_closure_of_a_single_day_is_added_mended_and_taken_away(desk: Desk) -> None:
    pane = desk.pane(ClosuresPane)
    before = len(pane.model.rows())
    desk.press(Qt.Key.Key_N, CTRL)
    assert pane.strip.label.hasFocus()
    QTest.keyClicks(pane.strip.label, "Pont")
    desk.press(Qt.Key.Key_Return)
    assert "Il manque le premier jour" in pane.strip.problem.text()
    QTest.keyClicks(pane.strip.first, "15/5/2026")
    pane.strip.site.setCurrentText("Talence")
    pane.strip.act_button.click()
    desk.wait()
    row = pane.current()
    assert row is not None
    assert pane.told(row) == "Pont, du 15/05/2026 au 15/05/2026, Talence, à venir"
    first = pane.form.fields["first_on"]
    desk.type(first.editor, "18/5/2026")
    assert "avant de commencer" in first.state.text()
    desk.press(Qt.Key.Key_Escape)
    first.restore()
    desk.type(pane.form.fields["last_on"].editor, "18/5/2026")
    row = pane.current()
    assert row is not None and pane.told(row).startswith("Pont, du 15/05/2026 au 18/05/2026")
    pane.delete_button.click()
    desk.wait()
    assert len(pane.model.rows()) == before


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
