"""A file comes in; for everybody, at any size of text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QTableView

from connexion_desktop.ui import theme
from tests.ui.names import unnamed
from tests.usecases.importing import stamp
from tests.workbooks import GROUP, PEOPLE_HEADINGS, laptop, person, save_csv

from .bench import LEFT, PLAIN, Bench

# --- a file comes in ---------------------------------------------------------------------------


def test_a_workbook_dropped_on_the_window_is_shown_and_nothing_is_written(bench: Bench) -> None:
    before = stamp(bench.database)
    assert bench.drop(bench.office())
    assert bench.window.current_page() is bench.page
    assert bench.form.isVisible()
    assert bench.form.group == GROUP
    assert "nouveau groupe" in bench.texts()
    assert "Rien n’est écrit avant « Importer »." in bench.texts()
    assert "nouveau · Aïssatou Diallo" in bench.shown()
    assert bench.form.import_button.text() == "Importer 16 lignes"
    assert stamp(bench.database) == before


def test_a_file_chosen_from_the_welcome(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bench.office()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest: (str(path), ""))
    bench.window.go("import")
    assert bench.page.welcome.isVisible()
    bench.click(bench.page.welcome.choose_file)
    assert bench.form.isVisible()


def test_a_picture_dropped_is_refused_with_what_to_drop(bench: Bench) -> None:
    assert bench.drop(bench.folder / "photo.png")
    assert "« photo.png » n’est pas un tableau." in bench.banners()[0]


def test_two_tables_dropped_together_are_refused_with_what_to_do(bench: Bench) -> None:
    assert bench.drop(bench.folder / "a.xlsx", bench.folder / "b.csv")
    assert "Déposez-les un par un." in bench.banners()[0]


def test_the_file_dropped_is_copied_even_where_it_could_be_moved(bench: Bench) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(bench.folder / "vieux.xls"))])
    both = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    let_go = QDropEvent(QPointF(400, 300), both, data, LEFT, PLAIN)
    let_go.setDropAction(Qt.DropAction.MoveAction)
    bench.window.dropEvent(let_go)
    bench.settle()
    assert let_go.dropAction() is Qt.DropAction.CopyAction


@pytest.mark.parametrize("name", ["vieux.xls", "libre.fods"])
def test_a_spreadsheet_of_another_format_says_the_way_out(bench: Bench, name: str) -> None:
    (bench.folder / name).write_bytes(b"whatever")
    assert bench.drop(bench.folder / name)
    assert bench.page.welcome.isVisible()
    assert len(bench.banners()) == 1
    assert "Enregistrer sous" in bench.banners()[0]


def test_a_damaged_workbook_is_told_in_place(bench: Bench) -> None:
    path = bench.office()
    path.write_bytes(path.read_bytes()[:900])
    bench.drop(path)
    assert "Rien n’a été importé." in bench.banners()[0]
    assert bench.page.welcome.isVisible()


def test_a_second_file_takes_the_place_of_the_first(bench: Bench) -> None:
    bench.drop(bench.office())
    lines = [PEOPLE_HEADINGS, person(NOM="ROUX", Prénom="Inès")]
    bench.drop(save_csv(bench.folder / "Pessac.csv", lines))
    assert bench.shown() == ["nouveau · Inès Roux"]
    assert bench.form.group == "Pessac"


# --- for everybody -----------------------------------------------------------------------------


def test_everything_has_a_name_for_screen_readers(bench: Bench) -> None:
    bench.window.go("import")
    assert not unnamed(bench.window)
    bench.drop(bench.office(person(NOM="SANSPRÉNOM")))
    bench.click(bench.form.columns_button)
    assert not unnamed(bench.window)
    choice = bench.form.columns.choice("NOM")
    assert choice.accessibleName() == "La colonne « NOM » contient"
    bench.click(bench.form.import_button)
    assert not unnamed(bench.window)


def test_tab_walks_in_reading_order(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.form.cohort.setFocus()
    walked = []
    for _ in range(10):
        focused = QApplication.focusWidget()
        assert focused is not None
        text = focused.text() if isinstance(focused, QAbstractButton) else ""
        walked.append(focused.accessibleName() or text)
        bench.key(Qt.Key.Key_Tab)
    assert walked == [
        "Dans le groupe",
        "Premier jour du groupe",
        "Toutes 16",
        "Douteuses 2",
        "Nouvelles 14",
        "Colonnes",
        "Lignes à importer",
        "La ligne choisie",
        "Abandonner",
        "Importer 16 lignes",
    ]


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_it_fits_a_small_screen_at_any_size_of_text(bench: Bench, scale: int) -> None:
    theme.apply(theme.Scheme.LIGHT, scale)
    bench.drop(
        bench.office(person(NOM="SANSPRÉNOM"), equipment=(laptop("PC-009", Prêtéà="Z" * 40),))
    )
    bench.click(bench.form.columns_button)
    assert (bench.window.width(), bench.window.height()) == (1366, 768)
    table: QTableView = bench.form.table
    assert table.viewport().height() >= table.rowHeight(0)
    bench.click(bench.form.import_button)
    assert (bench.window.width(), bench.window.height()) == (1366, 768)
    theme.apply(theme.Scheme.LIGHT, 100)
