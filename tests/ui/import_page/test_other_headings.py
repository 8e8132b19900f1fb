"""A colleague's table: other words, another language, headings on two lines or none at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from connexion_desktop.data import models as m
from tests.usecases.importing import alive, named
from tests.workbooks import EQUIPMENT_HEADINGS, Row, laptop, save_csv, save_xlsx

from .bench import Bench, count

HEADINGS = ("Patronyme", "Petit nom", "Jour de naiss.", "Joindre au", "Loisirs")
PETIT = ("PETIT", "Léo", "30/09/2008", "06 39 98 01 22", "échecs")


def saved(bench: Bench, *rows: Row) -> Path:
    return save_csv(bench.folder / "liste.csv", rows)


def pick(bench: Bench, choice: QComboBox, words: str) -> None:
    """Open a list and take a line of it, by keyboard."""
    assert choice.isVisible()
    choice.setFocus()
    choice.showPopup()
    bench.settle()
    popup = choice.view()
    popup.setCurrentIndex(choice.model().index(choice.findText(words), 0))
    bench.press(popup, Qt.Key.Key_Return)
    assert choice.currentText() == words


def say(bench: Bench, **meanings: str) -> None:
    for heading, words in meanings.items():
        pick(bench, bench.form.columns.choice(heading.replace("_", " ")), words)


def test_headings_that_nothing_matches_can_be_said_one_by_one(bench: Bench) -> None:
    bench.drop(saved(bench, HEADINGS, PETIT))
    assert "Aucune feuille n’est reconnue à ses titres" in bench.texts()
    assert "dites quelle colonne contient « Prénom »" in bench.texts()
    assert not bench.form.import_button.isEnabled()
    assert bench.form.columns.choice("Patronyme").hasFocus()
    say(bench, Patronyme="Nom", Petit_nom="Prénom", Joindre_au="Téléphone")
    assert bench.shown() == ["nouveau · Léo Petit"]
    bench.click(bench.form.import_button)
    leo = named(bench.database, "Léo")
    assert (leo.family_name, leo.phone) == ("Petit", "06 39 98 01 22")


def test_what_was_said_is_remembered_for_the_next_table(bench: Bench) -> None:
    bench.drop(saved(bench, HEADINGS, PETIT))
    say(bench, Patronyme="Nom", Petit_nom="Prénom", Joindre_au="Téléphone")
    bench.click(bench.form.import_button)
    bench.window.go("import")
    bench.settle()
    bench.drop(saved(bench, HEADINGS, ("ROUX", "Inès", None, "06 39 98 01 23", None)))
    assert "Aucune feuille n’est reconnue" not in bench.texts()
    assert bench.form.columns.choice("Petit nom").currentText() == "Prénom"
    assert bench.shown() == ["nouveau · Inès Roux"]


def test_what_is_not_understood_is_kept_as_a_note_on_one_click(bench: Bench) -> None:
    bench.drop(saved(bench, HEADINGS, PETIT))
    say(bench, Patronyme="Nom", Petit_nom="Prénom")
    sheet = bench.form.columns.sheet("liste")
    assert "3 colonnes ne sont pas comprises" in bench.texts()
    bench.click(sheet.keep)
    assert "ne sont pas comprises" not in bench.texts()
    bench.click(bench.form.import_button)
    (note,) = alive(bench.database, m.Note)
    assert note.text == (
        "Jour de naiss. : 30/09/2008\nJoindre au : 06 39 98 01 22\nLoisirs : échecs"
    )


def test_a_table_in_english_is_understood(bench: Bench) -> None:
    headings = ("Last name", "First name", "Date of birth", "Phone", "Zip code", "City")
    bench.drop(saved(bench, headings, ("PETIT", "Léo", "30/09/1998", "0639980122", 33170, "x")))
    assert not bench.form.columns.isVisible()
    assert bench.shown() == ["nouveau · Léo Petit"]


def test_a_table_without_headings_is_read_from_its_first_row(bench: Bench) -> None:
    bench.drop(saved(bench, PETIT, ("ROUX", "Inès", "1990", "06 39 98 01 23", "danse")))
    sheet = bench.form.columns.sheet("liste")
    assert sheet.titles.currentText() == "— pas de titres —"
    assert "ex. : PETIT" in bench.texts()
    say(bench, Colonne_A="Nom", Colonne_B="Prénom", Colonne_C="Date de naissance")
    bench.click(sheet.keep)
    assert len(bench.shown()) == 2
    bench.click(bench.form.import_button)
    assert count(bench.database) == 2
    notes = [note.text for note in alive(bench.database, m.Note)]
    assert "Colonne D : 06 39 98 01 22\nColonne E : échecs" in notes


def test_headings_on_two_lines_are_read_together(bench: Bench) -> None:
    top = ("Identité", None, "Date de", "Date")
    rows = (top, ("Nom", "Prénom", "naissance", "d'entrée"), ("ROUX", "Inès", "1990", "02/03/2026"))
    bench.drop(saved(bench, *rows))
    assert not bench.form.columns.isVisible()
    bench.click(bench.form.columns_button)
    assert bench.form.columns.choice("Date d'entrée").currentText() == "Entrée"
    assert bench.shown() == ["nouveau · Inès Roux"]


def test_the_row_of_the_headings_can_be_said(bench: Bench) -> None:
    bench.drop(saved(bench, ("Bonjour", "à tous"), HEADINGS, PETIT))
    sheet = bench.form.columns.sheet("liste")
    pick(bench, sheet.titles, "ligne 2 : Patronyme, Petit nom, Jour de naiss.")
    say(bench, Petit_nom="Prénom", Patronyme="Nom")
    assert len(bench.shown()) == 1


def test_a_sheet_left_aside_can_be_taken_and_one_taken_left_aside(bench: Bench) -> None:
    sheets: dict[str, list[Row]] = {
        "Gens": [("NOM", "Prénom", "Né(e) le"), ("ROUX", "Inès", "1990")],
        "Machines": [("Étiquette", "Genre"), ("PC-1", "HP")],
        "PC": [EQUIPMENT_HEADINGS, laptop("PC-2")],
    }
    bench.drop(save_xlsx(bench.folder / "suivi.xlsx", sheets))
    assert "laissées de côté : Machines" in bench.texts()
    bench.click(bench.form.columns_button)
    columns = bench.form.columns
    for name, kind in (("Machines", "Matériel"), ("PC", "— laissée de côté —")):
        columns.show_sheet(name)
        pick(bench, columns.sheet(name).kind, kind)
    columns.show_sheet("Machines")
    say(bench, Étiquette="Numéro")
    titles = [line.partition(" · ")[2] for line in bench.shown()]
    assert sorted(titles) == ["Inès Roux", "PC-1"]
    assert "laissées de côté : PC" in bench.texts()


def test_a_column_without_a_heading_is_shown_and_can_be_kept(bench: Bench) -> None:
    bench.drop(saved(bench, ("Nom", "Prénom", None), ("ROUX", "Inès", "rappeler lundi")))
    assert bench.form.columns.isVisible()
    assert "ex. : rappeler lundi" in bench.texts()
    pick(bench, bench.form.columns.choice("Colonne C"), "Garder en note")
    bench.click(bench.form.import_button)
    assert [note.text for note in alive(bench.database, m.Note)] == ["Colonne C : rappeler lundi"]


@pytest.mark.parametrize("content", ["", "\n\n", ";;;\n;;"])
def test_a_file_without_anything_says_so(bench: Bench, content: str) -> None:
    (bench.folder / "vide.csv").write_text(content, encoding="utf-8")
    bench.drop(bench.folder / "vide.csv")
    assert "« vide.csv » ne contient rien." in bench.banners()[0]
