"""What is shown of each row, and what each column is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from connexion_desktop.domain.import_rows import RowStatus
from tests.usecases.importing import bring_in, named
from tests.workbooks import GROUP, office_sheets, person, save_csv, save_xlsx, tables

from .bench import Bench, unclear

# --- the rows ----------------------------------------------------------------------------------


def test_what_needs_a_look_comes_first(bench: Bench) -> None:
    bench.drop(bench.office(person(NOM="SANSPRÉNOM")))
    assert bench.shown()[:3] == [
        "inutilisable · SANSPRÉNOM · 02/03/2026",
        "douteux · Mamadou Traoré",
        "douteux · Chez Lulu (SIRET à corriger)",
    ]


def test_the_chips_count_and_filter(bench: Bench) -> None:
    bench.drop(bench.office(person(NOM="SANSPRÉNOM")))
    chips = bench.form.chips
    names = [chip.accessibleName() for chip in chips.values() if chip.isVisible()]
    assert names == ["Toutes 17", "Inutilisables 1", "Douteuses 2", "Nouvelles 14"]
    bench.click(chips[RowStatus.DOUBTFUL])
    assert bench.shown() == [
        "douteux · Mamadou Traoré",
        "douteux · Chez Lulu (SIRET à corriger)",
    ]
    bench.click(chips[None])
    assert len(bench.shown()) == 17


def fields(bench: Bench) -> dict[str, tuple[str, str]]:
    """What the page shows of the row under the cursor: typed and understood, by field."""
    grid = bench.form.row.grid

    def text(row: int, column: int) -> str:
        item = grid.itemAtPosition(row, column)
        widget = item.widget() if item is not None else None
        return widget.text() if isinstance(widget, QLabel) and widget.isVisible() else ""

    places = [(row, block) for row in range(1, grid.rowCount()) for block in (0, 4)]
    return {text(row, block): (text(row, block + 1), text(row, block + 2)) for row, block in places}


def choose(bench: Bench, title: str) -> None:
    bench.click(bench.form.chips[None])
    table = bench.form.table
    titles = [line.partition(" · ")[2] for line in bench.shown()]
    table.selectRow(titles.index(title))


def test_a_row_is_shown_field_by_field_as_typed_and_as_understood(bench: Bench) -> None:
    bench.drop(bench.office())
    choose(bench, "Océane Lefèvre")
    shown = fields(bench)
    assert shown["Premier contact"] == ("février 2026", "février 2026")
    assert shown["RQTH"] == ("Non", "non")
    assert shown["PC prêté"] == ("PC-003", "PC-003")
    assert shown["Entrée"] == ("02/03/2026", "2 mars 2026")
    choose(bench, "Koffi N’Guessan")
    shown = fields(bench)
    assert shown["Nom"] == ("N'GUESSAN", "N’Guessan")
    assert shown["Date de naissance"] == ("12-5-88", "12 mai 1988")
    assert shown["Téléphone"] == ("639980112", "06 39 98 01 12")
    choose(bench, "Maria-José Da Silva")
    told = fields(bench)["Suivi ailleurs"]
    assert told == ("inscrite FT sans suivi", "Inscription sans suivi")
    choose(bench, "Aïssatou Diallo")
    assert fields(bench)["Commentaires"][1] == "note : garde d'enfants le mercredi"


def test_a_doubtful_field_says_why_where_it_stands(bench: Bench) -> None:
    bench.drop(bench.office())
    choose(bench, "Mamadou Traoré")
    shown = fields(bench)
    assert shown["Date de naissance"] == (
        "31/02/1996",
        "Le 31 février 1996 n’existe pas.",
    )
    assert shown["Téléphone"][1].startswith("Il manque des chiffres")
    assert "Ce qui est douteux est signalé sur la fiche" in bench.form.row.notes.text()
    choose(bench, "Chez Lulu (SIRET à corriger)")
    assert fields(bench)["SIRET"][1] == "36252187900034 · La clé de ce SIRET est fausse."


def test_a_word_without_end_is_shown_on_several_lines(bench: Bench) -> None:
    bench.drop(bench.office(person(NOM="A" * 5000, Prénom="B" * 300)))
    choose(bench, f"B{'b' * 119} A{'a' * 119}")
    assert bench.form.row.horizontalScrollBar().maximum() == 0


def test_what_was_left_aside_is_told_again_in_the_report(bench: Bench) -> None:
    bench.drop(save_csv(bench.folder / "a.csv", [("NOM", "Prénom", "NOM"), ("A", "B", "C")]))
    bench.click(bench.form.import_button)
    assert "colonne C (NOM) : laissée de côté" in bench.report.left.toPlainText()


def test_a_line_that_is_known_may_still_complete_something(bench: Bench) -> None:
    bring_in(
        bench.database, tables(office_sheets((person(NOM="ROUX", Prénom="Inès"),), None, None))
    )
    rows = [("NOM", "Prénom", "Ville"), ("ROUX", "Inès", "Bègles")]
    bench.drop(save_csv(bench.folder / f"{GROUP}.csv", rows))
    assert bench.shown() == ["déjà connu · Inès Roux"]
    bench.click(bench.form.import_button)
    assert named(bench.database, "Inès").city == "Bègles"


def test_a_file_of_headings_alone_says_that_it_holds_no_line(bench: Bench) -> None:
    bench.drop(save_csv(bench.folder / "a.csv", [("NOM", "Prénom", "Né(e) le")]))
    assert "il n’y a aucune ligne sous les titres" in bench.texts()
    assert not bench.form.import_button.isEnabled()


def test_a_sheet_left_aside_is_told(bench: Bench) -> None:
    sheets = office_sheets() | {"Budget": [("Recettes", "Dépenses")]}
    bench.drop(save_xlsx(bench.folder / "suivi.xlsx", sheets))
    assert "Feuilles non reconnues, laissées de côté : Budget." in bench.texts()


def test_what_a_file_holds_is_never_read_as_html(bench: Bench) -> None:
    bold = "<B>Xx</B>"
    sheets = office_sheets((person(NOM=bold, Prénom=bold, Néele=bold),), None, None)
    bench.drop(save_xlsx(bench.folder / "suivi.xlsx", sheets))
    assert bench.shown() == [f"douteux · {bold} {bold}"]
    told = [label for label in bench.page.findChildren(QLabel) if bold in label.text()]
    assert len(told) > 2
    assert {label.textFormat() for label in told} == {Qt.TextFormat.PlainText}
    tip = bench.form.table.model().index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;B&gt;" in tip


# --- the columns -------------------------------------------------------------------------------


def test_columns_all_understood_stay_out_of_the_way(bench: Bench) -> None:
    bench.drop(bench.office())
    assert not bench.form.columns.isVisible()
    bench.click(bench.form.columns_button)
    assert bench.form.columns.isVisible()
    assert bench.form.columns.choice("Né(e) le").currentText() == "Date de naissance"


def test_a_column_not_understood_is_shown_corrected_and_remembered(bench: Bench) -> None:
    bench.drop(unclear(bench))
    choice = bench.form.columns.choice("Joindre au")
    assert choice.isVisible()
    assert choice.currentText() == "— ne pas importer —"
    choice.setFocus()
    choice.showPopup()
    bench.settle()
    popup = choice.view()
    popup.setCurrentIndex(choice.model().index(choice.findText("Téléphone"), 0))
    bench.press(popup, Qt.Key.Key_Return)
    assert choice.currentText() == "Téléphone"
    assert "06 39 98 01 22" in str(bench.form.table.model().index(0, 4).data())
    bench.click(bench.form.import_button)
    assert named(bench.database, "Léo").phone == "06 39 98 01 22"
    bench.drop(unclear(bench))
    assert bench.form.columns.choice("Joindre au").currentText() == "Téléphone"


def test_taking_the_first_names_away_leaves_nothing_to_import(bench: Bench) -> None:
    bench.drop(unclear(bench))
    choice = bench.form.columns.choice("Prénom")
    choice.setCurrentIndex(0)
    choice.activated.emit(0)
    bench.settle()
    assert bench.shown() == []
    assert not bench.form.import_button.isEnabled()
    assert "aucune colonne ne contient « Prénom »" in bench.texts()
