"""Who has which computer: by the sheet, the people's column and the base; never a guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import process_time

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.import_fields import SheetKind
from connexion_desktop.domain.import_rows import ImportReport
from connexion_desktop.domain.import_shown import shown_fields
from tests import factories
from tests.usecases.importing import TODAY, alive, bring_in, flags, holder, look, named, someone
from tests.workbooks import Row, laptop, office_sheets, on, person, tables

NewAct = Callable[..., Act]
AISSATOU = person(NOM="DIALLO", Prénom="Aïssatou", Néele="03/04/1991")
OCEANE = person(NOM="LEFÈVRE", Prénom="Océane", Néele="09/12/2007")


def has(row: Row, number: object) -> Row:
    """The same person, with that « PC prêté »."""
    return (*row[:16], number, *row[17:])


def settled(database: Database, people: tuple[Row, ...], *laptops: Row) -> ImportReport:
    """What importing did; a second time changes nothing."""
    read = tables(office_sheets(people, laptops or None, None))
    first = bring_in(database, read)
    again = bring_in(database, read)
    assert (again.made, again.completed) == ({}, 0)
    assert cells(again) == cells(first)
    return first


def cells(report: ImportReport) -> list[tuple[str, str]]:
    return [(problem.cell, problem.typed) for problem in report.preview.problems]


def problems(report: ImportReport) -> list[str]:
    return [str(problem) for problem in report.preview.problems]


@pytest.mark.parametrize(
    "typed",
    ["Diallo A.", "DIALLO Aïssatou", "aissatou diallo", "Diallo", "Mme Diallo", "Dialo Aissatou"],
)
def test_a_borrower_however_typed(database: Database, typed: str) -> None:
    settled(database, (AISSATOU, OCEANE), laptop("PC-004", Prêtéà=typed))
    assert holder(database, "PC-004") == "Aïssatou"


def test_lefevre_oceane_without_accents(database: Database) -> None:
    settled(database, (AISSATOU, OCEANE), laptop("PC-003", Prêtéà="Lefevre Oceane"))
    assert holder(database, "PC-003") == "Océane"


def test_the_row_shows_whom_a_borrower_was_matched_with(database: Database) -> None:
    read = tables(office_sheets((AISSATOU,), (laptop("PC-004", Prêtéà="Diallo A."),), None))
    preview = look(database, read)
    (row,) = [each for each in preview.rows if each.kind is SheetKind.EQUIPMENT]
    (shown,) = [each for each in shown_fields(row, preview.labels) if each.code == "borrower"]
    assert (shown.typed, shown.understood) == (
        "Diallo A.",
        "Aïssatou Diallo (Participants, ligne 4)",
    )


def test_an_ambiguous_borrower_is_told_not_guessed(database: Database) -> None:
    amadou = person(NOM="DIALLO", Prénom="Amadou", Néele="01/02/1990")
    report = settled(database, (AISSATOU, amadou), laptop("PC-004", Prêtéà="Diallo A."))
    assert holder(database, "PC-004") is None
    assert problems(report) == [
        "PC, ligne 2, colonne E (Prêté à) :"
        " « Diallo A. » peut être 2 personnes : Aïssatou Diallo, Amadou Diallo."
    ]
    (item,) = alive(database, m.Equipment)
    assert flags(database, item.id)["borrower"].typed == "Diallo A."


def test_an_ambiguous_borrower_is_settled_by_the_person_s_own_row(database: Database) -> None:
    amadou = has(person(NOM="DIALLO", Prénom="Amadou", Néele="01/02/1990"), "PC 004")
    report = settled(database, (AISSATOU, amadou), laptop("PC-004", Prêtéà="Diallo A."))
    assert holder(database, "PC-004") == "Amadou"
    assert problems(report) == []


def test_a_borrower_nobody_knows_is_told(database: Database) -> None:
    report = settled(database, (AISSATOU,), laptop("PC-004", Prêtéà="Zidane"))
    assert holder(database, "PC-004") is None
    assert "« Zidane » ne correspond à personne." in problems(report)[0]


def test_a_thousand_people_and_their_misspelt_computers_do_not_take_minutes(
    database: Database,
) -> None:
    people = [person(NOM=f"Petit{n}", Prénom="Léo", Néele="1990") for n in range(1_500)]
    computers = [laptop(f"PC-{n}", Prêtéà=f"Petiit{n} L") for n in range(1_500)]
    read = tables(office_sheets(people=people, equipment=computers, hosts=()))
    started = process_time()
    look(database, read)
    assert process_time() - started < 15


def test_somebody_of_another_group_needs_the_full_name(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        someone(session, "Fatou", "Sow")
    rows = (laptop("PC-001", Prêtéà="Sow"), laptop("PC-002", Prêtéà="Fatou SOW"))
    settled(database, (AISSATOU,), *rows)
    assert holder(database, "PC-001") is None
    assert holder(database, "PC-002") == "Fatou"


def test_a_loan_has_the_sheet_s_dates_and_state(database: Database) -> None:
    row = laptop(
        "PC-004", Prêtéà="Diallo A.", Depuisle="10/03/2026", Retourprévu=on(2026, 9, 10),
        État="rayure capot", Accessoires="chargeur",
    )  # fmt: skip
    settled(database, (AISSATOU,), row)
    (loan,) = alive(database, m.Loan)
    (journey,) = alive(database, m.Journey)
    assert (loan.lent_on, loan.due_on) == (date(2026, 3, 10), date(2026, 9, 10))
    assert (loan.condition_out, loan.accessories_out) == ("rayure capot", "chargeur")
    assert (loan.person_id, loan.journey_id) == (named(database, "Aïssatou").id, journey.id)


def test_without_its_day_a_loan_starts_on_the_day_of_entry(database: Database) -> None:
    settled(database, (AISSATOU,), laptop("PC-004", Prêtéà="Diallo"))
    assert alive(database, m.Loan)[0].lent_on == date(2026, 3, 2)


# --- the people's own column --------------------------------------------------------------------


def test_without_a_sheet_the_column_makes_and_lends_the_computer(database: Database) -> None:
    report = settled(database, (has(AISSATOU, "PC-004"), has(OCEANE, 7), has(OCEANE, "non")))
    assert report.made["equipment"] == 2
    assert (holder(database, "PC-004"), holder(database, "7")) == ("Aïssatou", "Océane")
    assert {loan.lent_on for loan in alive(database, m.Loan)} == {date(2026, 3, 2)}
    assert {item.state for item in alive(database, m.Equipment)} == {"lent"}


def test_without_a_day_of_entry_it_is_lent_today(database: Database) -> None:
    settled(database, ((*has(AISSATOU, "PC-004")[:17], None, None),))
    assert alive(database, m.Loan)[0].lent_on == TODAY


def test_two_computers_for_one_person(database: Database) -> None:
    settled(database, (has(AISSATOU, "PC-001, PC-002"),))
    assert holder(database, "PC-001") == holder(database, "PC-002") == "Aïssatou"


def test_the_second_of_two_people_with_one_computer_is_told(database: Database) -> None:
    report = settled(database, (has(AISSATOU, "PC-004"), has(OCEANE, "PC004")))
    assert holder(database, "PC-004") == "Aïssatou"
    assert problems(report) == [
        "Participants, ligne 5, colonne Q (PC prêté) : « PC004 »."
        " PC-004 est déjà prêté à Aïssatou Diallo (Participants, ligne 4)."
    ]
    assert "equipment" in flags(database, named(database, "Océane").id)


def test_the_sheet_contradicting_the_column_is_told(database: Database) -> None:
    report = settled(
        database, (has(AISSATOU, "PC-004"), OCEANE), laptop("PC-004", Prêtéà="Lefèvre")
    )
    assert holder(database, "PC-004") == "Océane"
    assert problems(report) == [
        "Participants, ligne 4, colonne Q (PC prêté) : « PC-004 »."
        " PC-004 est déjà prêté à Océane Lefèvre (PC, ligne 2)."
    ]


def test_a_computer_that_the_sheet_says_under_repair_is_not_lent(database: Database) -> None:
    report = settled(database, (has(AISSATOU, "PC-007"),), laptop("PC-007", État="en réparation"))
    assert holder(database, "PC-007") is None
    assert "Il est en réparation (PC, ligne 2)." in problems(report)[0]


def test_a_computer_that_the_sheet_lends_to_somebody_unknown_is_not_lent(
    database: Database,
) -> None:
    report = settled(database, (has(AISSATOU, "PC-007"),), laptop("PC-007", Prêtéà="Zidane"))
    assert holder(database, "PC-007") is None
    assert len(problems(report)) == 2


def test_a_computer_that_the_sheet_does_not_list_is_told(database: Database) -> None:
    report = settled(database, (has(AISSATOU, "PC-099"),), laptop("PC-001"))
    assert [item.number for item in alive(database, m.Equipment)] == ["PC-001"]
    assert "Aucune feuille de matériel ne porte ce numéro." in problems(report)[0]


def test_the_column_lends_what_the_sheet_lists_without_a_borrower(database: Database) -> None:
    report = settled(database, (has(AISSATOU, "PC-001"),), laptop("PC-001", État="bon"))
    assert holder(database, "PC-001") == "Aïssatou"
    assert problems(report) == []


# --- against the base ---------------------------------------------------------------------------


def test_a_computer_lent_to_somebody_else_in_the_base_is_told(
    database: Database, act: NewAct
) -> None:
    with database.write(act()) as session:
        factories.laptop(session, someone(session, "Fatou", "Sow"), "PC-004")
    report = settled(database, (AISSATOU,), laptop("PC-004", Prêtéà="Diallo"))
    assert holder(database, "PC-004") == "Fatou"
    assert "PC-004 est déjà prêté à Fatou Sow (dans la base)." in problems(report)[0]


def test_a_return_date_completes_the_loan_there_is(database: Database) -> None:
    settled(database, (AISSATOU,), laptop("PC-004", Prêtéà="Diallo"))
    due = laptop("PC-004", Prêtéà="Diallo", Retourprévu="10/09/2026")
    assert settled(database, (AISSATOU,), due).completed == 1
    assert [loan.due_on for loan in alive(database, m.Loan)] == [date(2026, 9, 10)]


@pytest.mark.parametrize("typed", [None, "10/03/2026"])
def test_an_old_file_does_not_lend_again_what_was_given_back(
    database: Database, act: NewAct, typed: str | None
) -> None:
    row = laptop("PC-004", Prêtéà="Diallo", Depuisle=typed)
    settled(database, (AISSATOU,), row)
    with database.write(act("Retour")) as session:
        loan = session.get_one(m.Loan, alive(database, m.Loan)[0].id)
        loan.returned_on = date(2026, 4, 20)
    assert bring_in(database, tables(office_sheets((AISSATOU,), (row,), None))).changed == 0
    assert holder(database, "PC-004") is None


def test_lent_again_since_is_a_new_loan(database: Database, act: NewAct) -> None:
    settled(database, (AISSATOU,), laptop("PC-004", Prêtéà="Diallo", Depuisle="10/03/2026"))
    with database.write(act("Retour")) as session:
        session.get_one(m.Loan, alive(database, m.Loan)[0].id).returned_on = date(2026, 4, 1)
    settled(database, (AISSATOU,), laptop("PC-004", Prêtéà="Diallo", Depuisle="15/04/2026"))
    assert holder(database, "PC-004") == "Aïssatou"
    assert len(alive(database, m.Loan)) == 2


def test_a_computer_twice_in_the_sheet_is_one(database: Database) -> None:
    rows = (laptop("PC-004", Prêtéà="Diallo"), laptop("pc 004", Retourprévu="10/09/2026"))
    report = settled(database, (AISSATOU,), *rows)
    assert report.made["equipment"] == 1
    preview = look(database, tables(office_sheets((AISSATOU,), rows, None)))
    assert [row.title for row in preview.rows][1:] == ["PC-004", "pc 004"]
