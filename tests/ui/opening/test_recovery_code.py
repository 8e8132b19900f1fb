"""The recovery code: shown, printed, typed again."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from connexion_desktop.domain import recovery
from connexion_desktop.domain.keys import Ask, RawKey
from connexion_desktop.system import secrets
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.recovery_code import RecoveryCode
from connexion_desktop.ui.pages.unlock import Unlock
from connexion_desktop.ui.place import Place, named_place
from connexion_desktop.ui.recovery_sheet import print_sheet, sheet
from connexion_desktop.ui.widgets.code_box import CodeBox, forget

from ..cut import cut
from .desk import (
    LONG,
    PHRASE,
    TODAY,
    Desk,
    Start,
    sheet_shown,
)


def print_to(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's dialog for printing, answered with a file."""

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(file))
        return int(QPrintDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", accept)


def test_once_the_code_is_printed_the_keyboard_is_on_what_says_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = RecoveryCode(recovery.encode(RawKey.new()), "Les Possibles", on=TODAY)
    qtbot.addWidget(card)
    card.show()

    print_to(tmp_path / "code.pdf", monkeypatch)
    card.code.print_button.click()
    assert card.focusWidget() is card.kept
    assert (tmp_path / "code.pdf").exists()
    card.close()


def test_the_printed_sheet_is_read_without_a_magnifying_glass(qtbot: QtBot, tmp_path: Path) -> None:
    code = recovery.encode(RawKey.new())
    file = tmp_path / "code.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    print_sheet(sheet(code, "Les <Possibles> & Cie", TODAY), printer)
    document = pypdfium2.PdfDocument(file)
    assert len(document) == 1
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    page = document[0].get_textpage()
    text = page.get_text_range()
    words = text.split()
    assert "Les <Possibles> & Cie" in text
    assert "21/04/2026" in text
    assert [word for word in words if len(word) == 8 and word in code] == code.split("-")
    for place in range(page.count_chars()):
        if not page.get_text_range(place, 1).isalnum():
            continue
        left, bottom, right, top = page.get_charbox(place, loose=True)
        assert top - bottom >= 9
        assert left >= 50 and right <= width - 50 and bottom >= 50 and top <= height - 50
    document.close()


def test_the_eight_groups_of_a_typed_code_can_be_reread(qtbot: QtBot) -> None:
    card = Unlock(Ask.RECOVERY)
    qtbot.addWidget(card)
    theme.dress(card)
    card.resize(900, 600)
    card.show()
    code = recovery.encode(RawKey.new())
    qtbot.keyClicks(card.code, code)
    block = card.code.document().firstBlock()
    assert block.layout().lineCount() == 2
    assert block.layout().lineAt(0).textLength() == 36
    assert card.code.viewport().height() >= 2 * card.code.fontMetrics().lineSpacing()
    assert card.code.text() == code
    given: list[str] = []
    card.code_given.connect(given.append)
    qtbot.keyClick(card.code, Qt.Key.Key_Return)
    assert given == [code]
    card.close()


def test_a_lost_key_comes_back_with_the_recovery_code(
    qtbot: QtBot, start: Start, base: tuple[Path, RawKey]
) -> None:
    path, key = base
    desk = start(Place(path))
    unlock = desk.wait_card(Unlock)
    assert unlock.phrase.isHidden()
    code = recovery.encode(key)
    unlock.code.setText("A" + code[1:] if code[0] != "A" else "B" + code[1:])
    unlock.open_button.click()
    qtbot.waitUntil(lambda: bool(unlock.banners.shown()), timeout=LONG)
    assert "groupe 1" in unlock.banners.shown()[0].problem.what
    unlock.code.setText(code.lower())
    unlock.open_button.click()
    desk.choose_phrase()
    desk.wait_open()
    assert secrets.unwrap(path, PHRASE) == key


@pytest.mark.parametrize("size", [100, 200])
def test_the_code_shown_again_is_read_at_a_glance(qtbot: QtBot, working: Desk, size: int) -> None:
    theme.apply(theme.Scheme.LIGHT, size)
    working.window.actions_.get("recovery").trigger()
    shown = sheet_shown(qtbot, working)
    told = [each.text() for each in shown.findChildren(QLabel) if each.isVisible()]
    assert working.store is not None
    assert set(recovery.encode(working.store.key).split("-")) <= set(told)
    assert sum("code de secours" in text.lower() for text in told) == 1
    ways_out = [each.text() for each in shown.findChildren(QPushButton) if each.isVisible()]
    assert ways_out.count("Fermer") == 1
    bars = [each.verticalScrollBar() for each in shown.findChildren(QAbstractScrollArea)]
    assert all(bar.maximum() == 0 for bar in bars)
    assert not cut(shown)
    shown.close()


def test_the_sheet_printed_again_bears_the_name_of_the_association(
    qtbot: QtBot, working: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_to(tmp_path / "code.pdf", monkeypatch)
    working.window.actions_.get("recovery").trigger()
    shown = sheet_shown(qtbot, working)
    (box,) = shown.findChildren(CodeBox)
    box.print_button.click()
    with pypdfium2.PdfDocument(tmp_path / "code.pdf") as document:
        assert "Association d’essai" in document[0].get_textpage().get_text_range()
    shown.close()


def test_a_copied_code_leaves_the_clipboard_but_what_was_copied_since_stays(
    qtbot: QtBot,
) -> None:
    box = CodeBox(recovery.encode(RawKey.new()), "Les Possibles", TODAY)
    qtbot.addWidget(box)
    clipboard = QGuiApplication.clipboard()
    box.copy_button.click()
    assert clipboard.text() == box.text()
    forget(box.text())
    assert not clipboard.text()
    clipboard.setText("autre chose")
    forget(box.text())
    assert clipboard.text() == "autre chose"


def test_at_twice_the_size_the_whole_code_and_its_buttons_are_seen(
    start: Start, settings: Settings
) -> None:
    theme.apply(theme.Scheme.LIGHT, 200)
    desk = start(named_place(settings))
    desk.ask_for_a_base()
    desk.choose_phrase()
    card = desk.wait_card(RecoveryCode)
    assert card.verticalScrollBar().maximum() == 0
    assert not cut(card)


@pytest.mark.parametrize("size", [100, 200])
def test_what_is_expected_where_the_code_is_typed_is_read_whole(qtbot: QtBot, size: int) -> None:
    theme.apply(theme.Scheme.LIGHT, size)
    card = Unlock(Ask.RECOVERY)
    qtbot.addWidget(card)
    theme.dress(card)
    card.resize(1366, 768)
    card.show()
    field = card.code
    picture = field.viewport().grab().toImage()
    ground = picture.pixel(picture.width() - 1, picture.height() - 1)
    below = range(round(field.fontMetrics().lineSpacing() * 1.5), picture.height())
    assert field.placeholderText()
    assert all(
        picture.pixel(across, down) == ground for down in below for across in range(picture.width())
    )
    card.close()
