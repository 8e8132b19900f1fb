"""A file in the list: seen, named, sorted by kind, copied, deleted; and what is never run."""

from __future__ import annotations

import zlib
from pathlib import Path
from uuid import UUID

import pytest
from docx import Document
from openpyxl import Workbook
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageIOHandler, QImageWriter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import Media
from connexion_desktop.ui import pictures, theme
from connexion_desktop.ui.attachments.look_view import LargeView
from connexion_desktop.ui.widgets.pages_area import Sheet
from tests.opendocuments import save_ods
from tests.workbooks import on

from ..cut import cut
from ..names import unnamed
from .bench import Bench, pdf, photo

_PROGRAM = "Le contenu n’est pas celui d’un PDF : c’est un programme, que l’ordinateur exécuterait"
_COPY = "Enregistrez-en une copie (Ctrl+Maj+S), puis"


def sheets(bench: Bench) -> list[Sheet]:
    pages = bench.panel.file.look.pages
    return [each for each in pages.findChildren(Sheet) if each.isVisibleTo(pages)]


def test_each_page_of_a_pdf_is_seen(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "contrat.pdf", 3))
    assert len(sheets(bench)) == 3
    assert bench.panel.file.facts.text().startswith("PDF · 3 pages · ")


def test_of_a_very_long_pdf_the_first_pages_are_seen(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "rapport.pdf", 45))
    assert len(sheets(bench)) == 30
    assert "30 pages montrées sur 45" in bench.panel.file.facts.text()


def test_a_page_that_pretends_to_be_a_mile_high_takes_no_more_memory(
    bench: Bench, tmp_path: Path
) -> None:
    bench.drop(pdf(tmp_path / "bande.pdf", size=(20, 14_000)))
    (sheet,) = sheets(bench)
    assert sheet.pixmap().height() < 3_000 * sheet.devicePixelRatioF()


def test_a_photo_is_seen_the_right_way_up() -> None:
    lying = QImage(60, 40, QImage.Format.Format_RGB32)
    lying.fill(QColor("red"))
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(held, b"jpeg")
    writer.setTransformation(QImageIOHandler.Transformation.TransformationRotate90)
    assert writer.write(lying)
    content = bytes(held.data().data())
    assert pictures.decoded(content, Media.JPEG, QSize(1000, 1000)).size() == QSize(40, 60)
    small = pictures.decoded(content, Media.JPEG, QSize(20, 1000))
    assert small.size() == QSize(20, 30)


def test_a_small_photo_is_not_enlarged(bench: Bench, tmp_path: Path) -> None:
    bench.drop(photo(tmp_path / "vignette.png", 60, 40))
    assert sheets(bench)[0].pixmap().size() == QSize(60, 40)


def test_a_picture_that_would_fill_the_memory_is_not_decoded() -> None:
    size = (40_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    parts = (b"IHDR" + size, b"IDAT" + zlib.compress(bytes(1_000_000)), b"IEND")
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        (len(part) - 4).to_bytes(4, "big") + part + zlib.crc32(part).to_bytes(4, "big")
        for part in parts
    )
    with pytest.raises(UserError, match="elle est trop grande"):
        pictures.decoded(bomb, Media.PNG, QSize(100, 100))


@pytest.mark.qt_log_ignore("JPEG", extend=True)
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("facture.pdf", b"MZ\x90\x00\x03", ("Un programme n’est jamais lancé d’ici.", _PROGRAM)),
        ("photo.jpg", b"<html><script>alert(1)</script>",
         ("Une page web n’est pas affichée : elle pourrait agir.",
          "Le contenu n’est pas celui d’une photo JPEG")),
        ("coupe.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF",
         ("Cette image ne peut pas être montrée : elle est abîmée, ou n’est pas complète.", "")),
        ("abime.pdf", b"%PDF-1.7 rien", ("Ce fichier n’est pas un PDF lisible.", "")),
        ("texte.docx", b"PK\x03\x04[Content_Types].xml word/document.xml",
         ("Ce document Word est abîmé, ou protégé par un mot de passe.", "")),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic\x00\x00",
         (f"Les photos HEIC d’un téléphone ne s’affichent pas ici. {_COPY} ouvrez-la avec les "
          "Photos de l’ordinateur. Sur un iPhone, Réglages › Appareil photo › Formats › « Le plus "
          "compatible » en fait des JPEG.", "")),
        ("lettre.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
         ("Un ancien document Office, ou un document protégé par un mot de passe, ne s’affiche pas "
          f"ici. {_COPY} ouvrez-la avec Word, Excel ou LibreOffice.", "")),
        ("suivi.xlsx", b"PK\x03\x04[Content_Types].xml xl/workbook.xml",
         ("« suivi.xlsx » est illisible : il est abîmé ou n’est pas un classeur.", "")),
        ("données.bin", b"\x00\x01\x02",
         (f"Cette sorte de fichier ne s’affiche pas ici. {_COPY} ouvrez-la avec le logiciel "
          "qui l’a fait.", "")),
    ],
)  # fmt: skip
def test_what_lies_or_cannot_be_shown_is_kept_and_said(
    bench: Bench, tmp_path: Path, name: str, content: bytes, said: tuple[str, str]
) -> None:
    (tmp_path / name).write_bytes(content)
    bench.drop(tmp_path / name)
    shown = bench.panel.file
    assert bench.kept() == {name: content}
    assert shown.look.card.isVisible()
    assert (shown.look.card.words.text(), shown.remark.text()) == said
    assert shown.remark.isVisible() == bool(said[1])


def test_a_text_is_shown_as_it_is(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_bytes("L’été <b>à</b> Pessac".encode("cp1252"))
    bench.drop(tmp_path / "note.txt")
    assert bench.panel.file.look.text.toPlainText() == "L’été <b>à</b> Pessac"


def test_the_words_of_a_word_document_are_shown(bench: Bench, tmp_path: Path) -> None:
    made = Document()
    made.add_paragraph("Chère Aïssatou,")
    made.save(str(tmp_path / "lettre.docx"))
    bench.drop(tmp_path / "lettre.docx")
    assert bench.panel.file.look.text.toPlainText() == "Chère Aïssatou,"


def cells(bench: Bench) -> list[list[str]]:
    model = bench.panel.file.look.grid.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def headings(bench: Bench, orientation: Qt.Orientation) -> list[str]:
    model = bench.panel.file.look.grid.model()
    across = orientation is Qt.Orientation.Horizontal
    count = model.columnCount() if across else model.rowCount()
    return [str(model.headerData(each, orientation)) for each in range(count)]


def test_the_rows_of_an_excel_workbook_are_seen(bench: Bench, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Nom", "Entrée le", "Heures", "RQTH"])  # type: ignore[union-attr]
    book.active.append(["<b>Diallo</b>", on(2026, 3, 2), 35.0, True])  # type: ignore[union-attr]
    book.create_sheet("Bilan").append(["Total"])
    book.save(tmp_path / "suivi.xlsx")
    bench.drop(tmp_path / "suivi.xlsx")
    assert bench.panel.file.look.grid.isVisible()
    assert cells(bench) == [
        ["Nom", "Entrée le", "Heures", "RQTH"],
        ["<b>Diallo</b>", "02/03/2026", "35", "oui"],
    ]
    assert headings(bench, Qt.Orientation.Horizontal) == ["A", "B", "C", "D"]
    assert headings(bench, Qt.Orientation.Vertical) == ["1", "2"]
    assert "feuille « Sheet », 1 sur 2" in bench.panel.file.facts.text()


def test_of_a_long_opendocument_workbook_the_first_rows_are_seen(
    bench: Bench, tmp_path: Path
) -> None:
    bench.drop(
        save_ods(tmp_path / "long.ods", {"Vide": [], "Liste": [(f"n° {n}",) for n in range(900)]})
    )
    assert cells(bench) == [[f"n° {n}"] for n in range(200)]
    assert "feuille « Liste », 2 sur 2 · 200 premières lignes" in bench.panel.file.facts.text()


def test_a_workbook_of_nothing_says_so(bench: Bench, tmp_path: Path) -> None:
    bench.drop(save_ods(tmp_path / "vide.ods", {"Feuille1": []}))
    assert bench.panel.file.look.card.words.text() == "Ce classeur ne contient rien."


def test_a_wide_workbook_is_named_by_letters_and_read_by_keyboard(
    bench: Bench, tmp_path: Path
) -> None:
    bench.drop(save_ods(tmp_path / "large.ods", {"F": [tuple(f"c{n}" for n in range(30))]}))
    assert headings(bench, Qt.Orientation.Horizontal)[25:28] == ["Z", "AA", "AB"]
    grid = bench.panel.file.look.grid
    grid.setFocus()
    bench.key(grid, Qt.Key.Key_End)
    assert grid.currentIndex().data() == "c29"


def test_a_name_of_markup_is_only_a_name(bench: Bench, tmp_path: Path) -> None:
    path = pdf(tmp_path / "<b>gras<img src=x>.pdf")
    bench.drop(path)
    assert bench.names() == [path.name]
    assert bench.panel.file.name.text() == path.name


def test_enter_shows_it_large_and_escape_closes_it(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "cv.pdf"))
    bench.panel.table.setFocus()
    bench.key(bench.panel.table, Qt.Key.Key_Return)
    (large,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, LargeView)]
    bench.until(lambda: large.view.pages.isVisible() and large.view.is_drawn)
    bench.qtbot.keyClick(large, Qt.Key.Key_Escape)
    assert not large.isVisible()


def test_a_file_is_renamed_where_its_name_stands(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "scan0001.pdf"))
    bench.act("person.rename-file")
    line = bench.panel.file.name.line
    assert line.hasFocus()
    bench.qtbot.keyClicks(line, "Contrat")
    bench.key(line, Qt.Key.Key_Return)
    assert bench.names() == ["Contrat.pdf"]
    assert bench.panel.table.hasFocus(), "a next key is for the list, not for the kind"
    bench.undo()
    assert bench.names() == ["scan0001.pdf"]


def test_f2_then_escape_leaves_the_name_and_gives_the_list_the_keyboard(
    bench: Bench, tmp_path: Path
) -> None:
    bench.drop(pdf(tmp_path / "cv.pdf"))
    bench.panel.table.setFocus()
    bench.qtbot.keyClick(bench.panel.table, Qt.Key.Key_F2)
    line = bench.panel.file.name.line
    assert line.hasFocus() and line.selectedText() == "cv.pdf"
    bench.qtbot.keyClicks(line, "autre")
    bench.key(line, Qt.Key.Key_Escape)
    assert bench.panel.table.hasFocus()
    assert (line.text(), bench.names()) == ("cv.pdf", ["cv.pdf"])


def test_a_name_being_typed_is_that_of_the_file_it_was_typed_for(
    bench: Bench, tmp_path: Path
) -> None:
    bench.drop(pdf(tmp_path / "un.pdf"), pdf(tmp_path / "deux.pdf", 2))
    first, second = bench.names()
    assert bench.panel.file.name.text() == first
    bench.act("person.rename-file")
    bench.qtbot.keyClicks(bench.panel.file.name.line, "Corrige")
    bench.panel.table.put_row(1)
    bench.settle()
    assert sorted(bench.kept()) == sorted(["Corrige.pdf", second])
    assert first not in bench.names()
    assert bench.panel.file.name.text() == second


def test_its_kind_is_chosen(bench: Bench, tmp_path: Path) -> None:
    bench.drop(photo(tmp_path / "IMG_001.png"))
    combo = bench.panel.file.kind.combo
    combo.setCurrentIndex(combo.findText("Pièce d’identité"))
    combo.activated.emit(combo.currentIndex())
    bench.settle()
    assert bench.panel.model.rows()[0].kind_label == "Pièce d’identité"


def test_tab_goes_through_them_as_they_are_read(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "cv.pdf"))
    panel, pane = bench.panel, bench.panel.file
    bench.page.journal.tabs.setFocus()
    for expected in (
        panel.add_button,
        panel.paste_button,
        panel.table,
        pane.name.line,
        pane.kind.combo,
        pane.look.pages,
        pane.enlarge,
        pane.copy,
        pane.drop,
    ):
        bench.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert expected.hasFocus(), QApplication.focusWidget()


def test_deleting_is_undone(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "cv.pdf"))
    bench.panel.table.setFocus()
    bench.key(bench.panel.table, Qt.Key.Key_Delete)
    assert bench.names() == []
    assert bench.told() == "Fichier supprimé · Ctrl+Z pour annuler"
    assert bench.page.journal.tabs.tabText(2) == "Fichiers"
    bench.undo()
    assert bench.names() == ["cv.pdf"]


def test_those_selected_are_deleted_in_one_act(bench: Bench, tmp_path: Path) -> None:
    bench.drop(*(pdf(tmp_path / f"{number}.pdf", number) for number in (1, 2, 3)))
    bench.panel.table.setFocus()
    held = Qt.KeyboardModifier.ShiftModifier
    bench.qtbot.keyClick(bench.panel.table, Qt.Key.Key_Down, held)
    bench.key(bench.panel.table, Qt.Key.Key_Delete)
    assert len(bench.names()) == 1
    assert bench.told() == "2 fichiers supprimés · Ctrl+Z pour annuler"
    bench.undo()
    assert len(bench.names()) == 3


def test_a_file_is_never_left_without_a_name(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "cv.pdf"))
    bench.act("person.rename-file")
    line = bench.panel.file.name.line
    bench.qtbot.keyClick(line, Qt.Key.Key_Backspace)
    bench.key(line, Qt.Key.Key_Return)
    assert bench.panel.file.name.has_problem() and line.hasFocus()
    bench.key(line, Qt.Key.Key_Escape)
    assert line.text() == "cv.pdf"
    assert bench.names() == ["cv.pdf"]


def test_a_copy_is_saved_whole(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = pdf(tmp_path / "cv.pdf"), tmp_path / "ailleurs.pdf"
    bench.drop(path)
    chosen = (str(copy), "PDF (*.pdf)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: chosen)
    bench.act("person.copy-file")
    assert copy.read_bytes() == path.read_bytes()
    assert bench.told() == "Copie enregistrée, en clair : ailleurs.pdf"


def test_a_copy_that_cannot_be_written_is_told(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "cv.pdf"))
    bench.panel.save_to(tmp_path / "nulle part" / "cv.pdf")
    bench.settle()
    (problem,) = bench.problems()
    assert "le dossier n’existe pas" in problem


def test_looking_writes_nothing_on_the_disk(bench: Bench, tmp_path: Path) -> None:
    path = pdf(tmp_path / "cv.pdf")
    bench.drop(path)
    written = {each.name for each in tmp_path.iterdir()}
    bench.panel.file.open_large()
    bench.settle()
    for each in QApplication.topLevelWidgets():
        if isinstance(each, LargeView):
            each.close()
    assert {each.name for each in tmp_path.iterdir()} == written


def test_many_files_are_sought_as_one_types(bench: Bench, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"note {number}.txt").write_text(f"{number}")
    bench.drop(*(tmp_path / f"note {number}.txt" for number in range(9)))
    assert bench.panel.search.isVisible()
    bench.panel.table.setFocus()
    bench.qtbot.keyClick(bench.panel.table, "7")
    bench.settle()
    assert bench.names() == ["note 7.txt"]
    bench.key(bench.panel.search, Qt.Key.Key_Escape)
    assert len(bench.names()) == 9


def test_a_file_that_is_sought_is_shown_at_once(
    bench: Bench, tmp_path: Path, people: tuple[UUID, UUID]
) -> None:
    bench.drop(pdf(tmp_path / "un.pdf"), pdf(tmp_path / "deux.pdf", 2))
    wanted = bench.panel.model.rows()[1]
    bench.open(people[1])
    bench.open(people[0], wanted.id)
    assert bench.panel.file.row == wanted
    assert bench.panel.table.hasFocus()


def test_the_files_of_another_are_never_left_in_sight(
    bench: Bench, tmp_path: Path, people: tuple[UUID, UUID]
) -> None:
    bench.drop(pdf(tmp_path / "un.pdf"))
    bench.open(people[1])
    assert bench.names() == []
    assert bench.panel.file.row is None
    assert bench.panel.empty.isVisible()


def test_escape_in_the_list_goes_back(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "un.pdf"))
    bench.panel.table.setFocus()
    bench.key(bench.panel.table, Qt.Key.Key_Escape)
    assert bench.window.current_page() is not None
    assert bench.window.current_page().name != "person"  # type: ignore[union-attr]


@pytest.mark.parametrize("scale", [100, 200])
def test_every_part_has_a_name_and_nothing_is_cut(bench: Bench, tmp_path: Path, scale: int) -> None:
    (tmp_path / "facture.pdf").write_bytes(b"MZ\x90\x00\x03")
    bench.drop(tmp_path / "facture.pdf", pdf(tmp_path / "un.pdf"))
    theme.apply(theme.Scheme.LIGHT, scale)
    bench.settle()
    panel: QWidget = bench.panel
    assert not unnamed(bench.window)
    assert cut(panel) == []
