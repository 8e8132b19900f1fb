"""The import page, in the real window, on a real base, with real drops, keys and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.import_rows import RowStatus
from connexion_desktop.system import folders
from connexion_desktop.ui import theme
from connexion_desktop.ui.closing import Closing
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.pages.import_form import ImportForm
from connexion_desktop.ui.pages.import_page import ImportPage
from connexion_desktop.ui.pages.import_report import ImportReportView
from connexion_desktop.usecases.undo import next_steps, redo_last, undo
from tests import factories
from tests.factories import TODAY
from tests.ui.names import unnamed
from tests.usecases.importing import alive, bring_in, named, stamp
from tests.workbooks import (
    GROUP,
    PEOPLE,
    PEOPLE_HEADINGS,
    laptop,
    office_sheets,
    person,
    save_csv,
    save_xlsx,
    tables,
)

LONG = 20_000
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Elsewhere(Page):
    """The group's page: notes what it was opened on."""

    name = "group"
    title = "Groupe"
    target: object = None

    def open(self, target: object) -> None:
        self.target = target


class Bench:
    """The window on a base, its mouse and its keyboard."""

    def __init__(self, qtbot: QtBot, jobs: Jobs, database: Database, folder: Path) -> None:
        self._qtbot = qtbot
        self.jobs = jobs
        self.database = database
        self.folder = folder
        specs = (
            PageSpec("group", "Groupe", "group-line", "", Elsewhere),
            PageSpec("import", "Importer", "file-upload-line", "", self._make, place="group"),
        )
        self.window = MainWindow(specs, jobs, lambda: TODAY)
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.window.finish())
        self.window.seat("Anne Martin")
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.window.go("group")

    def _make(self, desk: Desk) -> ImportPage:
        self.page = ImportPage(desk)
        return self.page

    @property
    def form(self) -> ImportForm:
        return self.page.form

    @property
    def report(self) -> ImportReportView:
        return self.page.report

    def settle(self) -> None:
        """Wait until nothing is read, written or about to be."""
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self.jobs.is_idle, timeout=LONG)
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self.jobs.is_idle)

    def drop(self, *paths: Path) -> bool:
        """Drag files over the window and let them go; whether the window took them."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        copy = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(QPoint(400, 300), copy, data, LEFT, PLAIN)
        QApplication.sendEvent(self.window, enter)
        if enter.isAccepted():
            QApplication.sendEvent(
                self.window, QDropEvent(QPointF(400, 300), copy, data, LEFT, PLAIN)
            )
            self.settle()
        return enter.isAccepted()

    def office(self, *more: object, **sheets: object) -> Path:
        """The office's workbook on the disk, with more people."""
        rows = office_sheets((*PEOPLE, *more), **sheets)  # type: ignore[arg-type]
        return save_xlsx(self.folder / "suivi.xlsx", rows)

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        self._qtbot.mouseClick(widget, LEFT, pos=widget.rect().center())
        self.settle()

    def key(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.press(focused, key)

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        self._qtbot.keyClick(widget, key)
        self.settle()

    def type_group(self, name: str) -> None:
        edit = self.form.cohort.lineEdit()
        assert edit is not None
        self.type_into(edit, name)

    def type_into(self, edit: QLineEdit, text: str) -> None:
        self.click(edit)
        edit.selectAll()
        self._qtbot.keyClicks(edit, text)

    def shown(self) -> list[str]:
        """« nouveau · Aïssatou Diallo », line by line."""
        model = self.form.table.model()
        return [
            f"{model.index(row, 0).data()} · {model.index(row, 3).data()}"
            for row in range(model.rowCount())
        ]

    def banners(self) -> list[str]:
        return [str(banner.problem) for banner in self.window.banners.shown()]

    def texts(self) -> str:
        labels = self.page.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def bench(qtbot: QtBot, jobs: Jobs, database: Database, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, jobs, database, tmp_path)
    yield made
    made.settle()


def count(database: Database) -> int:
    return len(alive(database, m.Person))


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


@pytest.mark.parametrize("name", ["vieux.xls", "libre.ods"])
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


def unclear(bench: Bench) -> Path:
    lines = [("Nom", "Prénom", "Joindre au"), ("PETIT", "Léo", "06 39 98 01 22")]
    return save_csv(bench.folder / "liste.csv", lines)


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


# --- the group ---------------------------------------------------------------------------------


@pytest.fixture
def talence(database: Database, act: Callable[..., Act]) -> None:
    with database.write(act()) as session:
        factories.cohort(session, "Talence printemps")


def test_the_groups_there_are_are_offered(bench: Bench, talence: None) -> None:
    bench.drop(bench.office())
    names = [bench.form.cohort.itemText(row) for row in range(bench.form.cohort.count())]
    assert names == ["Talence printemps"]
    completer = bench.form.cohort.completer()
    assert completer is not None
    completer.setCompletionPrefix("print")
    assert completer.completionCount() == 1


def test_another_group_is_looked_at_and_imported_into(bench: Bench, talence: None) -> None:
    bench.drop(bench.office())
    bench.type_group("talence printemps")
    bench.key(Qt.Key.Key_Return)
    assert "groupe existant" in bench.texts()
    assert bench.form.import_button.hasFocus()
    assert count(bench.database) == 0
    bench.key(Qt.Key.Key_Return)
    assert bench.report.isVisible()
    assert [each.name for each in alive(bench.database, m.Cohort)] == ["Talence printemps"]


def test_a_group_is_found_by_three_letters(bench: Bench, talence: None) -> None:
    bench.drop(bench.office())
    bench.type_group("pri")
    completer = bench.form.cohort.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    bench.press(popup, Qt.Key.Key_Down)
    bench.press(popup, Qt.Key.Key_Return)
    assert bench.form.group == "Talence printemps"
    assert "groupe existant" in bench.texts()
    assert count(bench.database) == 0


def test_without_a_group_it_is_refused_in_place(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.type_group(" ")
    bench.click(bench.form.import_button)
    assert "nom du groupe" in bench.banners()[0]
    assert bench.form.isVisible()
    assert count(bench.database) == 0


# --- importing, the report, undoing ------------------------------------------------------------


def test_enter_imports_and_the_report_tells_what_is_left(bench: Bench) -> None:
    bench.drop(bench.office(person(NOM="SANSPRÉNOM")))
    assert bench.form.import_button.hasFocus()
    bench.key(Qt.Key.Key_Return)
    assert count(bench.database) == 8
    assert bench.report.isVisible()
    assert bench.report.made.text().startswith("Ajoutés : 1 groupe, 8 personnes")
    assert "3 valeurs à vérifier, 1 ligne laissée de côté" in bench.texts()
    assert (
        "• Participants, ligne 14, colonne C (Prénom) : cellule vide."
        in bench.report.left.toPlainText()
    )


def test_enter_in_the_table_imports_too(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.form.table.setFocus()
    bench.key(Qt.Key.Key_Return)
    assert count(bench.database) == 8


def test_enter_on_a_chip_presses_the_chip(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.form.chips[RowStatus.DOUBTFUL].setFocus()
    bench.key(Qt.Key.Key_Return)
    assert len(bench.shown()) == 2
    assert count(bench.database) == 0


def test_the_group_is_one_click_away(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    bench.click(bench.report.see)
    page = bench.window.current_page()
    assert isinstance(page, Elsewhere)
    assert page.target == alive(bench.database, m.Cohort)[0].id


def test_the_import_is_undone_in_one_click_then_done_again(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    bench.click(bench.report.undo)
    assert count(bench.database) == 0
    assert "Import annulé" in bench.texts()
    bench.click(bench.report.again)
    assert "nouveau · Aïssatou Diallo" in bench.shown()
    bench.click(bench.form.import_button)
    assert count(bench.database) == 8


def test_an_import_that_cannot_be_undone_says_why(bench: Bench, act: Callable[..., Act]) -> None:
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    with bench.database.write(act("Corriger", author="Bruno Petit")) as session:
        session.get_one(m.Person, named(bench.database, "Léo").id).city = "Pessac"
    bench.click(bench.report.undo)
    assert "Bruno Petit" in bench.banners()[0]
    assert count(bench.database) == 8
    assert bench.report.undo.isEnabled()


def test_the_report_stays_at_hand_in_the_menu(bench: Bench) -> None:
    with pytest.raises(KeyError):
        bench.window.actions_.get("import-report")
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    bench.window.go("group")
    bench.window.go("import")
    assert bench.page.welcome.isVisible()
    bench.window.actions_.get("import-report").trigger()
    assert bench.report.isVisible()
    assert bench.report.undo.isVisible()


def test_the_report_of_an_import_undone_elsewhere_says_so(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    bench.window.go("group")
    with bench.database.write(Act("Anne Martin", "Annulation", uuid4())) as session:
        last, _ = next_steps(session, "Anne Martin")
        assert last is not None
        undo(session, last.command_id)
    bench.window.actions_.get("import-report").trigger()
    bench.settle()
    assert bench.report.made.text().startswith("Annulé le ")
    assert not bench.report.see.isVisible() and not bench.report.undo.isVisible()
    assert bench.report.again.isVisible()
    bench.window.go("import", bench.office())
    bench.settle()
    bench.window.actions_.get("import-report").trigger()
    bench.settle()
    assert not bench.report.again.isVisible(), "another file is at hand"
    with bench.database.write(Act("Anne Martin", "Rétablissement", uuid4())) as session:
        redo_last(session, "Anne Martin")
    bench.window.actions_.get("import-report").trigger()
    bench.settle()
    assert bench.report.undo.isVisible(), "it was done again"


def test_the_report_stands_under_the_import_in_its_menu(bench: Bench) -> None:
    for id in ("import", "quit"):
        bench.window.actions_.add(id, id, "", lambda: None, menu="Fichier")
    bench.drop(bench.office())
    bench.click(bench.form.import_button)
    order = [entry.id for entry in bench.window.actions_.entries("Fichier")]
    assert order == ["import", "import-report", "quit"]


def test_the_same_file_twice_says_that_nothing_changes(bench: Bench) -> None:
    bring_in(bench.database, tables(office_sheets()))
    bench.drop(bench.office())
    assert bench.form.chips[RowStatus.KNOWN].accessibleName() == "Déjà connues 16"
    assert bench.form.import_button.text() == "Rien à importer"
    assert "Rien à importer : les 16 lignes sont déjà connues." in bench.texts()
    assert not bench.form.import_button.isEnabled()
    bench.key(Qt.Key.Key_Escape)
    assert bench.window.current_page() is not bench.page
    assert count(bench.database) == 8


# --- giving up ---------------------------------------------------------------------------------


def test_escape_goes_back_to_the_group_and_keeps_the_file_and_its_columns(bench: Bench) -> None:
    bench.drop(bench.office())
    corrected = bench.form.plans[:1]
    bench.form.columns.corrected.emit(corrected)
    bench.settle()
    bench.key(Qt.Key.Key_Escape)
    assert isinstance(bench.window.current_page(), Elsewhere)
    assert "« suivi.xlsx » reste ouvert" in bench.window.status.news.text()
    bench.window.go("import")
    assert bench.form.isVisible()
    assert bench.form.plans == corrected


def test_what_is_said_of_a_file_held_over_the_window_goes_once_it_is_let_go(bench: Bench) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(bench.office()))])
    enter = QDragEnterEvent(QPoint(400, 300), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(bench.window, enter)
    assert "Lâchez" in bench.window.status.news.text()
    QApplication.sendEvent(bench.window, QDragLeaveEvent())
    assert bench.window.status.news.text() == ""
    bench.drop(bench.office())
    assert bench.window.status.news.text() == ""


def test_abandoning_goes_back_to_the_group_and_writes_nothing(bench: Bench) -> None:
    before = stamp(bench.database)
    bench.drop(bench.office())
    bench.click(bench.form.give_up)
    assert isinstance(bench.window.current_page(), Elsewhere)
    assert stamp(bench.database) == before
    bench.window.go("import")
    assert bench.page.welcome.isVisible()


@contextmanager
def importing(bench: Bench, qtbot: QtBot) -> Iterator[None]:
    """An import under way: it waits for somebody else's save."""
    with bench.database.scratch() as session:
        session.connection()
        qtbot.mouseClick(bench.form.import_button, LEFT)
        qtbot.waitUntil(bench.form.progress.isVisible, timeout=10_000)
        yield
    bench.settle()


def test_interrupting_an_import_leaves_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.drop(bench.office())
    before = stamp(bench.database)
    with importing(bench, qtbot):
        assert not bench.form.import_button.isEnabled()
        assert not bench.form.table.isEnabled()
        assert bench.form.progress.cancel.text() == "Interrompre"
        qtbot.mouseClick(bench.form.progress.cancel, LEFT)
    assert stamp(bench.database) == before
    assert count(bench.database) == 0
    assert bench.form.isVisible()
    assert bench.form.import_button.isEnabled()
    assert bench.form.table.isEnabled()
    assert "rien n’a été écrit" in bench.window.status.news.text()
    bench.click(bench.form.import_button)
    assert count(bench.database) == 8


def test_escape_during_the_import_interrupts_it(bench: Bench, qtbot: QtBot) -> None:
    bench.drop(bench.office())
    with importing(bench, qtbot):
        qtbot.keyClick(bench.form, Qt.Key.Key_Escape)
    assert count(bench.database) == 0
    assert bench.form.isVisible()


def test_a_file_dropped_during_the_import_does_not_disturb_it(bench: Bench, qtbot: QtBot) -> None:
    bench.drop(bench.office())
    other = save_csv(bench.folder / "autre.csv", [PEOPLE_HEADINGS, PEOPLE[0]])
    with importing(bench, qtbot):
        bench.window.go("import", other)
        assert bench.form.isVisible()
    assert count(bench.database) == 8
    assert bench.report.isVisible()


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


# --- the start of a new group ------------------------------------------------------------------


def undated(bench: Bench) -> Path:
    return save_csv(
        bench.folder / "sans-entree.csv", [("NOM", "Prénom", "Né(e) le"), ("ROUX", "Inès", "1991")]
    )


def test_a_new_group_starts_on_the_day_when_most_enter_and_says_so(bench: Bench) -> None:
    bench.drop(bench.office())
    assert bench.form.start.isVisible()
    assert bench.form.start.text() == "02/03/2026"
    bench.click(bench.form.import_button)
    assert alive(bench.database, m.Cohort)[0].starts_on == date(2026, 3, 2)


def test_a_start_that_the_file_does_not_say_is_asked_with_what_happens_else(bench: Bench) -> None:
    bench.drop(undated(bench))
    assert bench.form.start.text() == ""
    assert "à dire : sinon il commence cette semaine, le 20 avril 2026" in bench.texts()
    bench.type_into(bench.form.start, "3/3")
    bench.press(bench.form.start, Qt.Key.Key_Return)
    assert "à dire" not in bench.texts()
    assert bench.form.start.text() == "03/03/2026"
    bench.click(bench.form.import_button)
    assert alive(bench.database, m.Cohort)[0].starts_on == date(2026, 3, 3)


def test_a_start_that_is_no_date_stops_the_import_where_it_is_typed(bench: Bench) -> None:
    bench.drop(bench.office())
    bench.type_into(bench.form.start, "32/13")
    bench.click(bench.form.import_button)
    assert bench.form.isVisible()
    assert bench.form.start.property("invalid")
    assert "il n’y a pas de mois 13" in bench.texts().lower()
    assert alive(bench.database, m.Cohort) == []


def test_a_start_that_is_no_date_stays_when_the_group_is_named_otherwise(bench: Bench) -> None:
    bench.drop(undated(bench))
    bench.type_into(bench.form.start, "3 mras 2026")
    line = bench.form.cohort.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    bench.type_into(line, "Cenon")
    bench.press(line, Qt.Key.Key_Return)
    bench.settle()
    assert bench.form.start.text() == "3 mras 2026"
    bench.click(bench.form.import_button)
    assert alive(bench.database, m.Cohort) == []


def test_the_start_of_a_group_that_is_there_is_not_asked(bench: Bench) -> None:
    bring_in(bench.database, tables(office_sheets()))
    bench.drop(bench.office())
    assert not bench.form.start.isVisible()


# --- closing while an import is under way ------------------------------------------------------


def import_then_close(bench: Bench, *, times: int) -> Closing:
    """Import three hundred people more, and ask the window to close before it ends."""
    closes = Closing(bench.window, lambda: bench.database.path)
    more = (person(NOM=f"ROUX-{rank:03}", Prénom="Inès") for rank in range(300))
    bench.drop(bench.office(*more))
    QTest.mouseClick(bench.form.import_button, LEFT)
    for _ in range(times):
        bench.window.close()
    return closes


def test_closing_during_an_import_waits_for_it_and_says_so(qtbot: QtBot, bench: Bench) -> None:
    closes = import_then_close(bench, times=1)
    assert bench.window.isVisible()
    assert "la fenêtre se fermera à la fin" in bench.window.status.news.text()
    qtbot.waitSignal(closes.closed, timeout=LONG).wait()
    assert not bench.window.isVisible()
    assert count_again(bench.database) == 308
    assert list(folders.backup_folder(bench.database.path).glob("*.base"))


def test_closing_twice_during_an_import_interrupts_it_and_nothing_is_written(
    qtbot: QtBot, bench: Bench
) -> None:
    closes = import_then_close(bench, times=2)
    qtbot.waitSignal(closes.closed, timeout=LONG).wait()
    assert count_again(bench.database) == 0


def count_again(database: Database) -> int:
    """Who is in a base that the window has let go."""
    with closing(Database.open(database.path, database.key)) as again:
        return count(again)
