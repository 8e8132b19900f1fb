"""Any list, as it is shown: printed, written, its columns and its order remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from connexion_desktop.domain.listing import PersonState
from connexion_desktop.ui.pages.group.page import GroupPage
from connexion_desktop.ui.pages.list_page import ListPage
from connexion_desktop.ui.print_preview import PrintPreview
from connexion_desktop.ui.printing import Band, Printing, bands

from .names import unnamed
from .walking import Walk

CTRL = Qt.KeyboardModifier.ControlModifier
LISTS = ("people", "groups", "equipment")


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's dialogue, answered with a file."""
    file = tmp_path / "imprime.pdf"

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(file))
        return int(QPrintDialog.DialogCode.Accepted.value)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    return file


def count(file: Path) -> int:
    document = pypdfium2.PdfDocument(file.read_bytes())
    try:
        return len(document)
    finally:
        document.close()


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file.read_bytes())
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def the_list(walk: Walk, name: str) -> ListPage:  # type: ignore[type-arg]
    walk.go(name)
    page = walk.window.current_page()
    assert isinstance(page, ListPage)
    page.table.setFocus()
    return page


def preview(walk: Walk) -> PrintPreview:
    """What is about to be printed, drawn."""

    def found() -> list[PrintPreview]:
        return [each for each in walk.window.findChildren(PrintPreview) if each.is_drawn]

    walk.until(lambda: bool(found()))
    (shown,) = found()
    assert not unnamed(shown)
    return shown


def sent(walk: Walk) -> None:
    walk.until(lambda: walk.window.status.news.text() == "Envoyé à l’imprimante.")


@pytest.mark.parametrize("name", LISTS)
def test_ctrl_p_prints_the_list(walk: Walk, printer: Path, name: str) -> None:
    the_list(walk, name)
    QTest.keyClick(walk.window, Qt.Key.Key_P, CTRL)
    shown = preview(walk)
    assert shown.count.text() == "1 page" or shown.count.text().endswith(" pages")
    assert not printer.exists(), "it is seen first"
    QTest.keyClick(shown, Qt.Key.Key_Return)
    sent(walk)
    assert count(printer) >= 1
    walk.until(lambda: walk.window.findChildren(Printing) == [])


def test_ctrl_p_prints_the_group_as_a_table(walk: Walk, printer: Path) -> None:
    walk.go("group")
    assert isinstance(walk.window.current_page(), GroupPage)
    QTest.keyClick(walk.window, Qt.Key.Key_P, CTRL)
    QTest.keyClick(preview(walk), Qt.Key.Key_P, CTRL)
    sent(walk)
    assert count(printer) == 1


def test_the_immersions_listed_are_printed(walk: Walk, printer: Path) -> None:
    walk.go("placements")
    walk.window.actions_.get("placements.print_list").trigger()
    preview(walk).print_button.click()
    sent(walk)
    assert count(printer) >= 1


def test_what_is_seen_is_saved_as_it_is(
    walk: Walk, printer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "liste.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(file), ""))
    page = the_list(walk, "people")
    QTest.keyClick(walk.window, Qt.Key.Key_P, CTRL)
    preview(walk).pdf_button.click()
    walk.until(lambda: walk.window.status.news.text() == "Enregistré : liste.pdf")
    assert page.model.rows()[0].line.family_name in text_of(file)
    assert not printer.exists()


def test_escape_leaves_the_preview_and_prints_nothing(walk: Walk, printer: Path) -> None:
    page = the_list(walk, "people")
    QTest.keyClick(walk.window, Qt.Key.Key_P, CTRL)
    QTest.keyClick(preview(walk), Qt.Key.Key_Escape)
    walk.until(lambda: not walk.window.findChildren(PrintPreview))
    assert not printer.exists() and page.isVisible()


def test_the_window_answers_between_two_bands_of_a_page(
    walk: Walk, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[None] = []
    taken: list[tuple[int, int]] = []
    beat = QTimer(walk.window)
    beat.timeout.connect(lambda: turns.append(None))
    send = Printing._send

    def watched(printing: Printing, band: Band) -> None:
        taken.append((len(turns), band.image.height()))
        send(printing, band)

    monkeypatch.setattr(Printing, "_send", watched)
    the_list(walk, "people")
    beat.start(0)
    QTest.keyClick(walk.window, Qt.Key.Key_P, CTRL)
    preview(walk).print_button.click()
    sent(walk)
    assert len(taken) > count(printer)
    assert len({turn for turn, _ in taken}) == len(taken)
    assert max(height for _, height in taken) <= 400


def test_the_bands_of_a_page_make_it_whole() -> None:
    page = QImage(7, 1001, QImage.Format.Format_RGB32)
    for y in range(1001):
        for x in range(7):
            page.setPixel(x, y, 0xFF000000 + y * 7 + x)
    made = QImage(page.size(), page.format())
    painter = QPainter(made)
    parts = list(bands(page))
    for band in parts:
        painter.drawImage(0, band.top, band.image)
    painter.end()
    assert made == page
    assert [band.is_last for band in parts] == [False, False, True]


def test_who_gives_up_in_the_dialogue_prints_nothing(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuse(dialog: QPrintDialog) -> int:
        asked.append(dialog.printer().docName())
        return int(QPrintDialog.DialogCode.Rejected.value)

    monkeypatch.setattr(QPrintDialog, "exec", refuse)
    the_list(walk, "people")
    QTest.keyClick(walk.window, Qt.Key.Key_P, CTRL)
    preview(walk).print_button.click()
    walk.until(lambda: asked == ["Personnes"])
    QApplication.processEvents()
    walk.until(lambda: walk.window.findChildren(Printing) == [])


def test_only_what_is_kept_is_given_with_the_columns_chosen(walk: Walk, tmp_path: Path) -> None:
    page = the_list(walk, "people")
    QTest.mouseClick(page.counters.chip(PersonState.MET), Qt.MouseButton.LeftButton)
    kept = page.model.rows()
    others = {row.line.number for row in page._rows} - {row.line.number for row in kept}
    assert kept
    assert others
    phone = next(
        place for place, column in enumerate(page.model.columns) if column.title == "Téléphone"
    )
    page.table.choose_column(phone, wanted=False)
    file = tmp_path / "liste.pdf"
    page.acts.save_to(file)
    walk.until(lambda: walk.window.status.news.text() == f"Enregistré : {file.name}")
    told = text_of(file)
    assert f"{len(kept)} sur {len(page._rows)}" in told
    assert all(row.line.family_name in told for row in kept if row.line.family_name)
    assert "Téléphone" not in told
    page.table.restore_columns()


def test_an_empty_list_says_so(walk: Walk) -> None:
    page = the_list(walk, "people")
    page.search.setText("zzzzzz")
    page.print_shown()
    walk.until(lambda: bool(walk.window.banners.shown()))
    assert "aucune ligne à imprimer" in walk.window.banners.shown()[0].problem.what


def test_the_menu_of_the_columns_takes_one_out_but_never_the_last(walk: Walk) -> None:
    page = the_list(walk, "groups")
    QTest.keyClick(walk.window, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    acts = [act for act in page.table.columns_menu().actions() if act.isCheckable()]
    for act in acts:
        act.setChecked(False)
    assert len(page.table.chosen_columns()) == 1
    page.table.restore_columns()
    assert page.table.chosen_columns() == list(range(len(acts)))


def test_columns_and_order_are_remembered(start: Callable[..., Walk]) -> None:
    page = the_list(start(), "groups")
    page.table.choose_column(4, wanted=False)
    page.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    page._settings.put("groups.columns", page.table.columns())
    kept = {name: page._settings.text(name) for name in ("groups.columns", "groups.sorting")}
    assert kept["groups.columns"].endswith(":4")
    assert kept["groups.sorting"] == "0:1"
    again = type(page)(page.desk, page._settings)
    assert again.table.isColumnHidden(4)
    assert again.table.horizontalHeader().sortIndicatorSection() == 0
    again.deleteLater()


def test_in_discreet_mode_no_list_is_at_hand(walk: Walk, printer: Path) -> None:
    walk.go("person")
    walk.window.actions_.get("discreet").trigger()
    QTest.keyClick(walk.window, Qt.Key.Key_P, CTRL)
    walk.window.go("people")
    walk.wait()
    QTest.keyClick(walk.window, Qt.Key.Key_P, CTRL)
    walk.wait()
    assert not printer.exists()
    walk.window.actions_.get("discreet").trigger()
