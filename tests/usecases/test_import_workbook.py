"""The office's workbook, from its preview to its undoing, phrase by phrase as it was asked for."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act, AskFirstError
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.import_columns import with_field
from connexion_desktop.domain.import_fields import SheetKind
from connexion_desktop.domain.import_rows import ImportRequest, RowStatus
from connexion_desktop.domain.progress import Silent
from connexion_desktop.exchange.tables import read_tables
from connexion_desktop.usecases import import_workbook, undo
from tests.usecases.importing import (
    TODAY,
    alive,
    bring_in,
    bring_in_file,
    flags,
    holder,
    look,
    named,
    shown,
    someone,
    stamp,
    take_back,
)
from tests.workbooks import (
    GROUP,
    PEOPLE,
    PEOPLE_HEADINGS,
    host,
    office_sheets,
    person,
    save_csv,
    save_xlsx,
    tables,
)

NewAct = Callable[..., Act]
OFFICE = "*/data/suivi-groupe-bordeaux.xlsx"  # given with the issue, beside the project
MADE = {
    "group": 1,
    "person": 8,
    "journey": 8,
    "family": 8,
    "disability": 7,
    "note": 2,
    "equipment": 5,
    "loan": 3,
    "host": 3,
    "contact": 3,
    "flag": 3,
}


def without_family_name_column() -> dict[str, list[tuple[object, ...]]]:
    return {"F": [("Nom et prénom", "Né(e) le"), ("DIALLO Aïssatou", "03/04/1991")]}


# --- what is recognised and proposed -----------------------------------------------------------


def test_the_three_sheets_are_recognised_below_their_title(database: Database) -> None:
    preview = look(database, tables(office_sheets()))
    assert [(plan.sheet, plan.kind, plan.header_row) for plan in preview.plans] == [
        ("Participants", SheetKind.PEOPLE, 2),
        ("PC", SheetKind.EQUIPMENT, 0),
        ("Entreprises", SheetKind.HOSTS, 0),
    ]
    assert preview.unknown_sheets == ()


def test_sheets_renamed_and_in_another_order_give_the_same(database: Database) -> None:
    sheets = office_sheets()
    mixed = {"Feuil3": sheets["Entreprises"], "x": sheets["PC"], "Groupe": sheets["Participants"]}
    assert bring_in(database, tables(mixed)).made == MADE


def test_a_sheet_about_something_else_is_told_and_left(database: Database) -> None:
    sheets = office_sheets() | {"Budget": [("Recettes", "Dépenses"), (12, 30)]}
    assert look(database, tables(sheets)).unknown_sheets == ("Budget",)
    assert bring_in(database, tables(sheets)).made == MADE


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Connexion des possibles – groupe Bordeaux mars 2026 (fictif)", "Bordeaux mars 2026"),
        ("Suivi du groupe de Talence, printemps", "Talence, printemps"),
        ("Suivi 2026", "suivi juin"),
    ],
)
def test_the_group_is_proposed_by_the_title_else_by_the_file(title: str, name: str) -> None:
    proposed = import_workbook.proposed_cohort(
        tables({"F": [(title,), PEOPLE_HEADINGS]}, "suivi_juin.xlsx")
    )
    assert proposed == name


def test_a_heading_is_no_title(database: Database) -> None:
    read = tables({"F": [("Nom", "Prénom", "Groupe souhaité")]}, "suivi.xlsx")
    assert import_workbook.proposed_cohort(read) == "suivi"


def test_a_corrected_column_is_followed_and_remembered(database: Database) -> None:
    sheets = {"F": [("Nom", "Prénom", "Joindre au"), ("Petit", "Léo", "06 39 98 01 22")]}
    (proposed,) = look(database, tables(sheets)).plans
    assert proposed.columns[2].field is None
    bring_in(database, tables(sheets), plans=(with_field(proposed, 2, "phone"),))
    assert named(database, "Léo").phone == "06 39 98 01 22"
    again = {"F": [("Joindre au", "Prénom", "Nom"), ("06 39 98 01 23", "Zoé", "Roux")]}
    assert look(database, tables(again)).plans[0].columns[0].field == "phone"


def test_a_required_column_that_is_missing_is_told(database: Database) -> None:
    read = tables({"F": [("Nom", "Né(e) le"), ("DIALLO", "03/04/1991")]})
    preview = look(database, read)
    assert preview.warnings == ("Feuille F : aucune colonne ne contient « Prénom ».",)
    assert preview.rows == ()
    assert bring_in(database, read).changed == 0


def test_a_name_in_one_column_is_enough(database: Database) -> None:
    bring_in(database, tables(without_family_name_column()))
    assert named(database, "Aïssatou").family_name == "Diallo"


@pytest.mark.parametrize("sheets", [{}, {"F": []}, {"F": [("Recettes", "Dépenses")]}])
def test_a_file_where_nothing_is_recognised_is_refused(
    database: Database, sheets: dict[str, list[tuple[object, ...]]]
) -> None:
    with pytest.raises(UserError, match="aucune feuille reconnue"):
        look(database, tables(sheets))


# --- the preview -------------------------------------------------------------------------------


def test_each_row_is_new_known_doubtful_or_unusable_with_the_reason(database: Database) -> None:
    bring_in(database, tables(office_sheets(PEOPLE[:1], None, None)))
    unusable = person(NOM="SANSPRÉNOM", Tél="06 39 98 01 30")
    preview = look(database, tables(office_sheets((*PEOPLE, unusable))))
    assert shown(preview, "Aïssatou Diallo").status is RowStatus.KNOWN
    assert "P-00001" in shown(preview, "Aïssatou Diallo").reason
    assert shown(preview, "Koffi N’Guessan").status is RowStatus.NEW
    doubtful = shown(preview, "Mamadou Traoré")
    assert doubtful.status is RowStatus.DOUBTFUL
    assert "le 31 février 1996 n’existe pas" in doubtful.reason
    lost = preview.rows[8]
    assert (lost.status, lost.row) == (RowStatus.UNUSABLE, 14)
    assert lost.reason == "Le prénom manque."
    assert "SANSPRÉNOM" in lost.title
    assert preview.count(RowStatus.UNUSABLE) == 1


def test_a_minor_is_noticed(database: Database) -> None:
    preview = look(database, tables(office_sheets()))
    assert "représentant légal" in shown(preview, "Léo Petit").reason
    assert shown(preview, "Léo Petit").status is RowStatus.NEW
    assert shown(preview, "Océane Lefèvre").reason == ""


def test_total_and_empty_rows_are_skipped(database: Database) -> None:
    preview = look(database, tables(office_sheets()))
    assert [row.row for row in preview.rows if row.sheet == "Participants"] == list(range(4, 12))


def test_every_problem_names_sheet_row_column_and_what_was_typed(database: Database) -> None:
    told = {str(problem) for problem in look(database, tables(office_sheets())).problems}
    assert told == {
        "Participants, ligne 11, colonne D (Né(e) le) :"
        " « 31/02/1996 » : le 31 février 1996 n’existe pas.",
        "Participants, ligne 11, colonne E (Tél) :"
        " « 06 39 98 01 ». Il manque des chiffres : 8 au lieu de 10.",
        "Entreprises, ligne 4, colonne B (SIRET) :"
        " « 36252187900034 ». La clé de ce SIRET est fausse.",
    }


def test_nothing_is_written_before_it_is_asked_for(database: Database) -> None:
    before = stamp(database)
    look(database, tables(office_sheets()))
    assert stamp(database) == before
    assert alive(database, m.Person) == []
    assert alive(database, m.ColumnMapping) == []


# --- what is written ---------------------------------------------------------------------------


def test_one_act_makes_the_group_its_people_their_computers_and_the_companies(
    database: Database,
) -> None:
    report = bring_in(database, tables(office_sheets()))
    assert report.made == MADE
    assert report.completed == 0
    (cohort,) = alive(database, m.Cohort)
    assert (cohort.id, cohort.name, cohort.starts_on) == (report.cohort_id, GROUP, date(2026, 3, 2))
    numbers = [each.number for each in alive(database, m.Person)]
    assert numbers == [f"P-{number:05d}" for number in range(1, 9)]
    assert {each.state for each in alive(database, m.Person)} == {"in_group"}
    assert {each.cohort_id for each in alive(database, m.Journey)} == {cohort.id}
    assert report.sentence.startswith("Ajoutés : 1 groupe, 8 personnes, 8 parcours")


def test_dates_phones_and_answers_are_those_of_the_office(database: Database) -> None:
    bring_in(database, tables(office_sheets()))
    koffi = named(database, "Koffi")
    assert (koffi.birth_date, koffi.birth_precision) == (date(1988, 5, 12), "day")
    assert (koffi.phone, koffi.postal_code, koffi.city) == ("06 39 98 01 12", "33300", "Bordeaux")
    oceane = named(database, "Océane")
    assert (oceane.met_on, oceane.met_precision) == (date(2026, 2, 1), "month")
    assert named(database, "Maria-José").elsewhere == "registered"
    assert named(database, "Olena").native_name == "Олена"
    assert named(database, "Olena").phone == "+380 44 000 0000"
    entered = {each.person_id: each.entered_on for each in alive(database, m.Journey)}
    assert entered[named(database, "Léo").id] == date(2026, 3, 9)


def test_families_with_an_alias_and_several_out_of_the_list(database: Database) -> None:
    bring_in(database, tables(office_sheets()))
    families = {each.id: each.code for each in alive(database, m.TradeFamily)}
    journeys = {each.person_id: each.id for each in alive(database, m.Journey)}
    chosen = [
        (families.get(each.family_id) if each.family_id else None, each.other_label)
        for each in alive(database, m.FamilyChoice)
        if each.journey_id == journeys[named(database, "Jean-François").id]
    ]
    assert [label for code, label in chosen if code is None] == ["Bois (Cité Bleue)", "Apiculture"]
    koffi = journeys[named(database, "Koffi").id]
    codes = {
        families[each.family_id]
        for each in alive(database, m.FamilyChoice)
        if each.journey_id == koffi and each.family_id
    }
    assert "batiment" in codes


def test_doubtful_cells_are_left_empty_and_told_on_the_person(database: Database) -> None:
    bring_in(database, tables(office_sheets()))
    mamadou = named(database, "Mamadou")
    assert (mamadou.birth_date, mamadou.phone) == (None, None)
    told = flags(database, mamadou.id)
    assert set(told) == {"birth_date", "phone"}
    birth = told["birth_date"]
    assert (birth.table_name, birth.sheet, birth.cell, birth.typed) == (
        "person",
        "Participants",
        "D11",
        "31/02/1996",
    )
    assert birth.problem.endswith("le 31 février 1996 n’existe pas.")
    assert birth.mended_on is None
    (batch,) = alive(database, m.ImportBatch)
    assert {flag.batch_id for flag in told.values()} == {batch.id}


def test_an_invalid_siret_is_told_and_kept_to_be_mended(database: Database) -> None:
    bring_in(database, tables(office_sheets()))
    hosts = {each.name: each for each in alive(database, m.Organisation)}
    assert hosts["Ville de Bordeaux"].siret == "21330063500017"
    lulu = hosts["Chez Lulu (SIRET à corriger)"]
    assert lulu.siret == "36252187900034"
    told = flags(database, lulu.id)["siret"]
    assert (told.table_name, told.cell, told.typed) == ("organisation", "B4", "36252187900034")


def test_unusable_rows_are_skipped_and_listed(database: Database) -> None:
    rows = (*PEOPLE, person(NOM="SANSPRÉNOM"), person(Tél="06 39 98 01 31"))
    report = bring_in(database, tables(office_sheets(rows)))
    assert report.made == MADE
    unusable = [row for row in report.preview.rows if row.status is RowStatus.UNUSABLE]
    assert [(row.row, row.reason) for row in unusable] == [
        (14, "Le prénom manque."),
        (15, "Ni nom ni prénom."),
    ]
    (batch,) = alive(database, m.ImportBatch)
    assert len(batch.report["problems"]) == len(report.preview.problems)
    assert all(re.fullmatch(r"\w+, [A-Z]+\d+", place) for place in batch.report["problems"])
    assert batch.report["made"] == MADE


def test_an_import_keeps_the_name_of_its_file(database: Database) -> None:
    book = tables(office_sheets())
    bring_in(database, book)
    (batch,) = alive(database, m.ImportBatch)
    assert batch.report["file"] == book.file_name


def test_computers_go_to_the_right_people(database: Database) -> None:
    bring_in(database, tables(office_sheets()))
    assert holder(database, "PC-001") == "Jean-François"
    assert holder(database, "PC-003") == "Océane"
    assert holder(database, "PC-004") == "Aïssatou"
    states = {each.number: each.state for each in alive(database, m.Equipment)}
    assert states == {
        "PC-001": "lent",
        "PC-003": "lent",
        "PC-004": "lent",
        "PC-007": "repair",
        "PC-008": "available",
    }


def test_what_looks_like_a_command_stays_text(database: Database) -> None:
    typed = "=cmd|' /C calc'!A0"
    rows = (person(NOM=typed, Prénom="Zoé", Commentaires="=1+1"),)
    bring_in(database, tables(office_sheets(rows, None, None)))
    assert named(database, "Zoé").family_name == typed
    assert [note.text for note in alive(database, m.Note)] == ["=1+1"]


def test_a_file_of_companies_alone_makes_no_group(database: Database) -> None:
    read = tables({"Entreprises": office_sheets()["Entreprises"]})
    assert not look(database, read).cohort_is_new
    report = bring_in(database, read)
    assert report.cohort_id is None
    assert report.made == {"host": 3, "contact": 3, "flag": 1}
    assert alive(database, m.Cohort) == []


def test_people_need_a_group(database: Database) -> None:
    with pytest.raises(UserError, match="nom du groupe"):
        bring_in(database, tables(office_sheets()), cohort="  ")


def test_a_group_is_the_same_however_its_name_is_typed(database: Database) -> None:
    bring_in(database, tables(office_sheets()), cohort="Bordeaux · mars 2026")
    again = look(database, tables(office_sheets()), cohort="bordeaux  MARS 2026")
    assert not again.cohort_is_new
    assert again.cohorts == ("Bordeaux · mars 2026",)
    assert bring_in(database, tables(office_sheets()), cohort="bordeaux  MARS 2026").made == {}


def test_a_group_starts_on_the_day_when_most_enter(database: Database) -> None:
    wednesday = person(NOM="A", Prénom="Zoé", Entréele="04/03/2026")
    later = person(NOM="B", Prénom="Léa", Entréele="18/03/2026")
    rows = (later, wednesday, (*wednesday[:1], "C", "Paul", *wednesday[3:]))
    bring_in(database, tables(office_sheets(rows, None, None)))
    assert alive(database, m.Cohort)[0].starts_on == date(2026, 3, 4)


def test_people_who_enter_before_the_first_day_told_are_noticed(database: Database) -> None:
    read = tables(office_sheets())
    for told, warned in ((date(2026, 6, 1), True), (date(2026, 1, 1), False), (None, False)):
        request = ImportRequest(GROUP, TODAY, None, told)
        warnings = import_workbook.look_again(database, read, request, Silent()).warnings
        assert any("avant le premier jour du groupe" in each for each in warnings) is warned


def test_a_group_without_any_entry_day_starts_this_week(database: Database) -> None:
    bring_in(database, tables(without_family_name_column()))
    assert alive(database, m.Cohort)[0].starts_on == TODAY - timedelta(days=TODAY.weekday())


def test_nothing_of_a_file_is_written_in_a_log(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        bring_in(database, tables(office_sheets()))
    logged = " ".join(record.getMessage() for record in caplog.records)
    for typed in ("DIALLO", "Diallo", "31/02/1996", "06 39 98 01", "36252187900034"):
        assert typed not in logged


# --- all or nothing ----------------------------------------------------------------------------


@pytest.mark.file_alone("a fault made in SQLite")
def test_a_failure_in_the_middle_leaves_nothing(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(
            "CREATE TRIGGER panne BEFORE INSERT ON contact BEGIN SELECT RAISE(ABORT, 'panne'); END"
        )
    before = stamp(database)
    with pytest.raises(sa.exc.IntegrityError) as failed:
        bring_in(database, tables(office_sheets()))
    assert "Claire Sorbier" not in str(failed.value)
    assert stamp(database) == before
    for model in (m.Person, m.Cohort, m.Equipment, m.Organisation, m.ColumnMapping):
        assert alive(database, model) == []


class _GivesUp:
    def __init__(self, after: int) -> None:
        self.left = after

    def step(self, done: int, total: int, label: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("steps", [0, 3, 15, 28, 30, 33, 36])
def test_giving_up_at_any_step_leaves_nothing(database: Database, steps: int) -> None:
    before = stamp(database)
    with pytest.raises(Cancelled):
        bring_in(database, tables(office_sheets()), progress=_GivesUp(steps))
    assert stamp(database) == before
    assert alive(database, m.Person) == []
    assert bring_in(database, tables(office_sheets())).made == MADE


class _SavesMeanwhile:
    """Somebody saves while the file is being understood."""

    def __init__(self, save: Callable[[], object]) -> None:
        self._save: Callable[[], object] | None = save

    def step(self, done: int, total: int, label: str = "") -> None:
        if self._save is not None:
            save, self._save = self._save, None
            save()


def test_what_is_saved_while_the_file_is_read_neither_waits_nor_is_doubled(
    database: Database, act: NewAct
) -> None:
    def meet() -> None:
        with database.write(act("Nouvelle personne")) as session:
            someone(session, "Aïssatou", "Diallo", birth_date=date(1991, 4, 3))

    report = bring_in(database, tables(office_sheets()), progress=_SavesMeanwhile(meet))
    assert report.made["person"] == MADE["person"] - 1
    assert [each.given_name for each in alive(database, m.Person)].count("Aïssatou") == 1


class _NeverPauses:
    """Somebody saves at each line that is read, but while the import itself holds the writing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.saves = 0

    def step(self, done: int, total: int, label: str = "") -> None:
        with closing(self._database.connect()) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            with suppress(dbapi2.OperationalError):
                connection.execute("UPDATE base_info SET change_stamp = change_stamp + 1")
                self.saves += 1


@pytest.mark.file_alone("the file has one writer")
def test_an_import_ends_even_if_saves_never_pause(database: Database) -> None:
    saving = _NeverPauses(database)
    assert bring_in(database, tables(office_sheets()), progress=saving).made == MADE
    assert saving.saves
    assert len(alive(database, m.Person)) == 8


def test_it_is_undone_in_one_act_then_importable_again(database: Database, act: NewAct) -> None:
    command = act("Import d’un tableau")
    bring_in(database, tables(office_sheets()), act=command)
    take_back(database, command)
    for model in (m.Person, m.Journey, m.Cohort, m.Equipment, m.Loan, m.Organisation, m.DataFlag):
        assert alive(database, model) == []
    assert bring_in(database, tables(office_sheets())).made == MADE
    assert len(alive(database, m.Person)) == 8


def test_ctrl_z_asks_before_taking_an_import_away(database: Database, act: NewAct) -> None:
    bring_in(database, tables(office_sheets()), act=act("Import d’un tableau"))
    with pytest.raises(AskFirstError) as asked, database.write(act("Annulation")) as session:
        undo.undo_last(session, "Anne Martin")
    assert asked.value.what.startswith("Annuler : Import d’un tableau ? Ce qu’il a ajouté")
    assert f" {len(alive(database, m.Person))} personnes, 1 groupe" in asked.value.what


def test_undoing_gives_back_what_was_empty(database: Database, act: NewAct) -> None:
    bring_in(database, tables({"F": [("Nom", "Prénom"), ("DIALLO", "Aïssatou")]}))
    command = act("Import d’un tableau")
    report = bring_in(database, tables(office_sheets()), act=command)
    assert report.completed == 1
    assert named(database, "Aïssatou").phone == "06 39 98 01 11"
    take_back(database, command)
    assert named(database, "Aïssatou").phone is None


def test_importing_twice_changes_nothing(database: Database) -> None:
    rows = (*PEOPLE, person(NOM="SANSPRÉNOM"), *PEOPLE[:2])
    bring_in(database, tables(office_sheets(rows)))
    before = {model: len(alive(database, model)) for model in (m.Person, m.DataFlag, m.Loan)}
    again = bring_in(database, tables(office_sheets(rows)))
    assert (again.made, again.completed) == ({}, 0)
    assert again.sentence == "Tout était déjà connu : rien n’a changé."
    assert again.preview.count(RowStatus.NEW) == 0
    assert {model: len(alive(database, model)) for model in before} == before
    assert len(alive(database, m.ImportBatch)) == 1


def test_importing_on_another_day_changes_nothing_either(database: Database) -> None:
    bring_in(database, tables(office_sheets()))
    later = bring_in(database, tables(office_sheets()), today=TODAY + timedelta(days=40))
    assert (later.made, later.completed) == ({}, 0)


# --- real files --------------------------------------------------------------------------------


def test_from_a_workbook_on_the_disk(database: Database, tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "suivi.xlsx", office_sheets())
    assert bring_in_file(database, path).made == MADE
    again = bring_in_file(database, path)
    assert (again.made, again.completed) == ({}, 0)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "mac_roman"])
def test_from_a_csv_of_people_only(
    database: Database, tmp_path: Path, separator: str, encoding: str
) -> None:
    lines = [line for line in (PEOPLE_HEADINGS, *PEOPLE) if "Олена / Olena" not in line]
    path = save_csv(tmp_path / "Pessac.csv", lines, separator=separator, encoding=encoding)
    read = read_tables(path)
    report = bring_in(database, read, import_workbook.proposed_cohort(read))
    assert report.made["person"] == 7
    assert alive(database, m.Cohort)[0].name == "Pessac"
    assert named(database, "Océane").family_name == "Lefèvre"
    assert named(database, "Koffi").phone == "06 39 98 01 12"


def test_the_office_s_own_workbook(database: Database) -> None:
    office = next(Path(__file__).resolve().parents[3].glob(OFFICE), None)
    if office is None:
        pytest.skip("the office's own workbook is not beside the project")
    report = bring_in_file(database, office)
    assert (report.made["person"], report.made["loan"], report.made["host"]) == (12, 6, 5)
    assert [problem.typed for problem in report.preview.problems] == ["36252187900034"]
    assert holder(database, "PC-003") == "Océane"
    assert holder(database, "PC-004") == "Aïssatou"
    again = bring_in_file(database, office)
    assert (again.made, again.completed) == ({}, 0)


def test_many_rows_are_written_by_parts_not_one_by_one(database: Database) -> None:
    rows = tuple(
        person(N=n, NOM=f"FICTIF{n:04d}", Prénom="Zoé", Tél=639980000 + n, PCprêté=f"PC-{n}")
        for n in range(600)
    )
    read = tables(office_sheets(rows, None, (host("Chez Lulu"),)))
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    try:
        assert bring_in(database, read).made["loan"] == 600
        assert bring_in(database, read).changed == 0
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)
    assert len(asked) < 150
