"""Where our computers are: lent and given back in the real window, with real keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from connexion_desktop.domain.equipment import EquipmentFilter, EquipmentRow, EquipmentState
from connexion_desktop.domain.feed import FeedKind
from connexion_desktop.domain.loan_paper import LoanPaper, LoanPaperKind
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.pages.equipment import EquipmentPage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.person.feed import FeedView
from connexion_desktop.ui.widgets.banner import Notice
from connexion_desktop.ui.widgets.pages_area import Sheet

from .hands import Hands
from .walking import Walk


class Fleet(Hands):
    """The page, and what the keyboard does there."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.go("equipment")
        self.page = self.front(EquipmentPage)

    @property
    def news(self) -> str:
        return self.window.status.news.text()

    def row(self, number: str) -> EquipmentRow:
        return next(row for row in self.page.model.rows() if row.number == number)

    def first(self, state: EquipmentState) -> EquipmentRow:
        return next(row for row in self.page.model.rows() if row.state is state)

    def enter_on(self, row: EquipmentRow) -> None:
        self.page.table.put_current(row.id, anew=True)
        self.page.table.setFocus()
        self.press(Qt.Key.Key_Return)

    def lend_to(self, name: str) -> None:
        """Type somebody's name in the strip that is open, and take the one found."""
        strip = self.page.lending
        self.type(name)
        self.press(Qt.Key.Key_Return)
        self.until(strip.due.hasFocus)


@pytest.fixture
def fleet(walk: Walk) -> Fleet:
    return Fleet(walk)


def test_the_fleet_is_there_with_who_has_what(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    assert lent.person
    chip = fleet.page.counters.chip(EquipmentFilter.LENT)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert {row.state for row in fleet.page.model.rows()} == {EquipmentState.LENT}


def test_what_becomes_of_a_computer_is_said_from_the_menu_of_the_window(fleet: Fleet) -> None:
    repair = fleet.window.actions_.get(f"equipment.{EquipmentState.REPAIR}")
    fleet.page.table.put_current(fleet.first(EquipmentState.LENT).id, anew=True)
    repair.trigger()
    assert fleet.news == "Choisissez d’abord un ordinateur que personne n’a."
    free = fleet.first(EquipmentState.AVAILABLE)
    fleet.page.table.put_current(free.id, anew=True)
    repair.trigger()
    fleet.until(lambda: fleet.row(free.number).state is EquipmentState.REPAIR)


def test_a_computer_is_found_by_who_has_it(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.type(fold(lent.person.split()[-1]))
    assert lent.id in [row.id for row in fleet.page.model.rows()]
    assert len(fleet.page.model.rows()) < 5


def test_enter_lends_what_is_there(fleet: Fleet) -> None:
    free = fleet.first(EquipmentState.AVAILABLE)
    fleet.enter_on(free)
    assert fleet.page.lending.heading.text() == f"Prêter {free.number}"
    fleet.lend_to("petit")
    fleet.press(Qt.Key.Key_Return)
    found = fleet.row(free.number)
    assert (found.state, found.person) == (EquipmentState.LENT, "Léo Petit")
    assert not fleet.page.lending.isVisible()
    assert "Prêté à Léo Petit" in fleet.news


def test_nobody_chosen_is_said_in_place(fleet: Fleet) -> None:
    fleet.enter_on(fleet.first(EquipmentState.AVAILABLE))
    fleet.page.lending.act_button.click()
    assert "à qui" in fleet.page.lending.problem.text()
    assert fleet.page.lending.person.hasFocus()


def test_enter_takes_back_what_is_lent_and_ctrl_z_lends_it_again(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.enter_on(lent)
    assert lent.person in fleet.page.returning.heading.text()
    fleet.press(Qt.Key.Key_Return)
    assert fleet.row(lent.number).state is EquipmentState.AVAILABLE
    fleet.window.actions_.get("undo").trigger()
    fleet.wait()
    assert fleet.row(lent.number).person == lent.person


def test_a_broken_computer_goes_to_repair(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.enter_on(lent)
    fleet.page.returning.state.setCurrentText("En réparation")
    fleet.page.returning.condition.setFocus()
    fleet.type("Ecran fendu.")
    fleet.press(Qt.Key.Key_Return)
    found = fleet.row(lent.number)
    assert (found.state, found.condition) == (EquipmentState.REPAIR, "Ecran fendu.")
    fleet.enter_on(found)
    assert "en réparation" in fleet.news


def test_a_return_in_the_future_is_refused_in_place(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.enter_on(lent)
    fleet.page.returning.day.selectAll()
    fleet.type("1/1/2030")
    fleet.press(Qt.Key.Key_Return)
    assert fleet.page.returning.problem.text()
    assert fleet.row(lent.number).state is EquipmentState.LENT


def test_a_new_computer_is_added_by_its_label(fleet: Fleet) -> None:
    before = len(fleet.page.model.rows())
    QTest.mouseClick(fleet.page.new, Qt.MouseButton.LeftButton)
    fleet.type("PC-900")
    fleet.press(Qt.Key.Key_Return)
    assert len(fleet.page.model.rows()) == before + 1
    assert fleet.page.arriving.number.text() == ""
    fleet.type("pc-900")
    fleet.press(Qt.Key.Key_Return)
    assert "déjà un" in fleet.page.arriving.problem.text()
    assert len(fleet.page.model.rows()) == before + 1


def paper_of(fleet: Fleet) -> LoanPaper:
    """The paper that is drawn beside the list."""
    pane = fleet.page.papers
    fleet.until(lambda: pane.isVisible() and pane.is_drawn and bool(pane.findChildren(Sheet)))
    paper = pane.paper
    assert isinstance(paper, LoanPaper)
    return paper


def menu_act(fleet: Fleet, row: EquipmentRow, words: str) -> None:
    menu = fleet.page.menu_for(row.id)
    next(each for each in menu.actions() if each.text() == words).trigger()
    fleet.wait()


def test_what_is_lent_offers_its_agreement(fleet: Fleet) -> None:
    free = fleet.first(EquipmentState.AVAILABLE)
    fleet.enter_on(free)
    fleet.lend_to("petit")
    fleet.press(Qt.Key.Key_Return)
    offered = fleet.page.offered
    assert offered is not None
    assert offered.text == f"{free.number} est prêté à Léo Petit."
    QTest.mouseClick(offered.buttons[0], Qt.MouseButton.LeftButton)
    fleet.wait()
    paper = paper_of(fleet)
    assert (paper.kind, paper.borrower.name) == (LoanPaperKind.AGREEMENT, "Léo Petit")
    assert paper.number.startswith("PRET-")
    assert "faite" in fleet.news
    assert fleet.page.papers.heading.text() == "Convention de prêt"
    assert fleet.page.papers.print_button.hasFocus()


def test_a_loan_undone_is_told_no_more(fleet: Fleet) -> None:
    free = fleet.first(EquipmentState.AVAILABLE)
    fleet.enter_on(free)
    fleet.lend_to("petit")
    fleet.press(Qt.Key.Key_Return)
    told = f"{free.number} est prêté à Léo Petit."
    assert told in [each.text for each in notices(fleet)]
    fleet.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    fleet.until(lambda: fleet.row(free.number).state is EquipmentState.AVAILABLE)
    assert told not in [each.text for each in notices(fleet)]


def notices(fleet: Fleet) -> list[Notice]:
    return [each for each in fleet.page.findChildren(Notice) if each.isVisible()]


def test_what_is_given_back_offers_its_receipt(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.enter_on(lent)
    fleet.press(Qt.Key.Key_Return)
    offered = fleet.page.offered
    assert offered is not None
    assert offered.text == f"{lent.number} est de retour."
    QTest.mouseClick(offered.buttons[0], Qt.MouseButton.LeftButton)
    fleet.wait()
    paper = paper_of(fleet)
    assert (paper.kind, paper.number) == (LoanPaperKind.RECEIPT, "")
    assert paper.borrower.name == lent.person


def test_the_agreement_keeps_its_number_and_escape_gives_the_list_back(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    menu_act(fleet, lent, "Convention de prêt")
    number = paper_of(fleet).number
    fleet.press(Qt.Key.Key_Escape)
    assert not fleet.page.papers.isVisible()
    assert fleet.page.table.hasFocus()
    menu_act(fleet, lent, "Convention de prêt")
    assert paper_of(fleet).number == number


def test_undoing_the_agreement_closes_it(fleet: Fleet) -> None:
    menu_act(fleet, fleet.first(EquipmentState.LENT), "Convention de prêt")
    paper_of(fleet)
    fleet.window.actions_.get("undo").trigger()
    fleet.wait()
    fleet.until(lambda: not fleet.page.papers.isVisible())


@pytest.mark.parametrize("kind", [("PDF", ".pdf", b"%PDF"), ("Word", ".docx", b"PK")])
def test_the_agreement_is_saved_under_its_name(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: tuple[str, str, bytes]
) -> None:
    name, suffix, start = kind
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda _parent, _title, offered, _kinds: (str(tmp_path / Path(offered).name), ""),
    )
    menu_act(fleet, fleet.first(EquipmentState.LENT), f"Convention de prêt en {name}…")
    fleet.until(lambda: bool(list(tmp_path.glob(f"Convention de prêt PRET-*{suffix}"))))
    (written,) = tmp_path.glob(f"*{suffix}")
    assert written.read_bytes().startswith(start)
    fleet.until(lambda: "Enregistré" in fleet.news)


def test_a_folder_that_is_gone_is_told_in_place(fleet: Fleet, tmp_path: Path) -> None:
    menu_act(fleet, fleet.first(EquipmentState.LENT), "Convention de prêt")
    paper_of(fleet)
    fleet.page.papers.save_to(tmp_path / "absent" / "papier.pdf")
    fleet.until(lambda: bool(fleet.window.banners.shown()))
    assert "le dossier n’existe pas" in fleet.window.banners.shown()[0].problem.what


def test_ctrl_p_prints_the_agreement_in_sight(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = tmp_path / "imprime.pdf"
    copies: list[int] = []

    def accept(dialog: QPrintDialog) -> int:
        copies.append(dialog.printer().copyCount())
        dialog.printer().setOutputFileName(str(printed))
        return int(QPrintDialog.DialogCode.Accepted.value)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    fleet.page.table.put_current(fleet.first(EquipmentState.LENT).id, anew=True)
    fleet.page.table.setFocus()
    fleet.window.actions_.get("equipment.agreement").trigger()
    fleet.until(lambda: fleet.page.has_paper)
    fleet.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    fleet.until(lambda: printed.exists() and fleet.window.jobs.is_idle)
    assert copies == [2]
    assert printed.read_bytes().startswith(b"%PDF")


def test_what_is_not_lent_has_no_agreement(fleet: Fleet) -> None:
    free = fleet.first(EquipmentState.AVAILABLE)
    assert not [each for each in fleet.page.menu_for(free.id).actions() if "prêt" in each.text()]
    fleet.page.table.put_current(free.id, anew=True)
    fleet.page.table.setFocus()
    fleet.window.actions_.get("equipment.print_paper").trigger()
    assert "ordinateur prêté" in fleet.news


def test_the_feed_of_a_person_leads_to_the_papers_of_their_loan(fleet: Fleet) -> None:
    lent = fleet.first(EquipmentState.LENT)
    fleet.enter_on(lent)
    fleet.press(Qt.Key.Key_Return)
    assert lent.person_id is not None
    fleet.window.go("person", PersonTarget(lent.person_id))
    fleet.wait()
    page = fleet.window.current_page()
    assert isinstance(page, PersonPage)
    feed = page.findChild(FeedView)
    assert feed is not None
    items = [feed.feed.item(feed.feed.index(row)) for row in range(feed.feed.rowCount())]
    back = next(item for item in items if item.key.kind is FeedKind.RETURN)
    loan = next(item for item in items if item.key.kind is FeedKind.LOAN)
    assert "Convention de prêt" in [each.text() for each in feed.menu_for(loan).actions()]
    receipt = next(
        each for each in feed.menu_for(back).actions() if each.text() == "Attestation de retour"
    )
    receipt.trigger()
    fleet.wait()
    assert fleet.window.current_page() is fleet.page
    assert paper_of(fleet).kind is LoanPaperKind.RECEIPT


def test_escape_closes_and_keeps_what_was_begun(fleet: Fleet) -> None:
    free = fleet.first(EquipmentState.AVAILABLE)
    fleet.enter_on(free)
    fleet.page.lending.aim.setText("Refaire son CV")
    fleet.press(Qt.Key.Key_Escape)
    assert fleet.page.table.hasFocus()
    fleet.enter_on(free)
    assert fleet.page.lending.aim.text() == "Refaire son CV"


# Mending what is known of one


def edit(fleet: Fleet, row: EquipmentRow) -> None:
    fleet.page.table.put_current(row.id, anew=True)
    fleet.page.table.setFocus()
    fleet.press(Qt.Key.Key_F2)
    assert fleet.page.editing.isVisible()


def test_f2_mends_a_computer_and_enter_saves(fleet: Fleet) -> None:
    row = fleet.first(EquipmentState.LENT)
    edit(fleet, row)
    strip = fleet.page.editing
    assert strip.number.text() == row.number
    strip.value.setFocus()
    strip.value.selectAll()
    fleet.type("412,90")
    strip.accessories.setFocus()
    strip.accessories.selectAll()
    fleet.type("souris et sacoche")
    fleet.press(Qt.Key.Key_Return)
    assert not strip.isVisible()
    mended = fleet.row(row.number)
    assert (mended.value_cents, mended.accessories) == (41290, "souris et sacoche")
    assert mended.person == row.person
    assert fleet.page.table.hasFocus()
    fleet.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert fleet.row(row.number).accessories == row.accessories


def test_a_number_that_another_has_is_refused_in_place(fleet: Fleet) -> None:
    first, second = fleet.page.model.rows()[:2]
    edit(fleet, first)
    strip = fleet.page.editing
    fleet.type(second.number.lower())
    fleet.press(Qt.Key.Key_Return)
    assert f"Il y a déjà un « {second.number.lower()} »" in strip.problem.text()
    assert strip.number.text() == second.number.lower()
    fleet.press(Qt.Key.Key_Escape)
    assert fleet.row(first.number) == first


def test_a_value_that_is_no_amount_says_so(fleet: Fleet) -> None:
    edit(fleet, fleet.page.model.rows()[0])
    strip = fleet.page.editing
    strip.value.setFocus()
    strip.value.selectAll()
    fleet.type("cher")
    fleet.press(Qt.Key.Key_Return)
    assert "Ce n’est pas un montant." in strip.problem.text()
    fleet.press(Qt.Key.Key_Escape)


def test_somebody_who_is_in_no_group_cannot_borrow_and_it_is_said(fleet: Fleet) -> None:
    fleet.enter_on(fleet.first(EquipmentState.AVAILABLE))
    fleet.type("zzzz")
    fleet.press(Qt.Key.Key_Return)
    fleet.until(lambda: "n’est en parcours" in fleet.page.lending.problem.text())


def test_one_strip_at_a_time_stands_above_the_computers(fleet: Fleet) -> None:
    fleet.page.open_row(fleet.first(EquipmentState.AVAILABLE).id)
    fleet.page.open_row(fleet.first(EquipmentState.LENT).id)
    assert fleet.page.returning.isVisible()
    assert not fleet.page.lending.isVisible()
