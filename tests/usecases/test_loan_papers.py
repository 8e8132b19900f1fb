"""The papers of a loan, on a real base: numbered once, with the terms of that day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.equipment import GiveBack, Lend, NewEquipment
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.loan_paper import LoanPaper, LoanPaperKind
from connexion_desktop.usecases import loan_papers, loans, papers
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.documents.loan_papers import agreement
from tests.factories import START, TODAY, days

NewAct = Callable[..., Act]


@pytest.fixture
def lend(database: Database, act: NewAct) -> Callable[..., UUID]:
    """Lends a computer of that number to somebody, described by the rest."""

    def lent(number: str = "PC-012", **who: object) -> UUID:
        item, loan = uuid4(), uuid4()
        with database.bulk() as session:
            person = make.person(session, **who)  # type: ignore[arg-type]
        with database.write(act("Nouvel ordinateur")) as session:
            loans.add(session, NewEquipment(item, number, "ThinkPad T480", "SN-1"))
        with database.write(act("Prêt")) as session:
            loans.lend(
                session, Lend(loan, item, person, START, days(30), "Refaire son CV", 2), TODAY
            )
        return loan

    return lent


def make_agreement(database: Database, act: NewAct, loan: UUID, today: date = TODAY) -> LoanPaper:
    with database.write(act("Convention de prêt")) as session:
        return loan_papers.make_agreement(session, loan, today)


def read(database: Database, loan: UUID, kind: LoanPaperKind) -> LoanPaper:
    with database.read() as session:
        return loan_papers.paper(session, loan, kind, TODAY)


def give_back(database: Database, act: NewAct, loan: UUID) -> None:
    with database.write(act("Retour")) as session:
        loans.give_back(session, GiveBack(loan, TODAY, condition="Rayure au dos.", level=4), TODAY)


def test_the_number_of_a_loan_is_taken_once(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    first, second = lend("PC-012"), lend("PC-013", given="Koffi", family="Mensah")
    assert make_agreement(database, act, first).number == "PRET-2026-0001"
    assert make_agreement(database, act, first).number == "PRET-2026-0001"
    assert make_agreement(database, act, second).number == "PRET-2026-0002"
    assert read(database, first, LoanPaperKind.AGREEMENT).number == "PRET-2026-0001"


def test_each_year_begins_its_own_series(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    loan = lend("PC-012")
    make_agreement(database, act, loan)
    later = make_agreement(database, act, lend("PC-013"), date(2027, 1, 4))
    assert later.number == "PRET-2027-0001"
    again = make_agreement(database, act, loan, date(2027, 1, 4))
    assert (again.number, again.made_on) == ("PRET-2026-0001", TODAY)


def test_a_number_undone_is_never_given_again(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    loan = lend()
    make_agreement(database, act, loan)
    with database.write(act("Annuler")) as session:
        undo_last(session, act().author)
    assert read(database, loan, LoanPaperKind.AGREEMENT).is_to_be_made
    assert make_agreement(database, act, loan).number == "PRET-2026-0002"


def test_a_loan_is_undone_after_its_agreement(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    loan = lend()
    make_agreement(database, act, loan)
    for _ in range(2):
        with database.write(act("Annuler")) as session:
            undo_last(session, act().author)
    with pytest.raises(UserError, match="n’existe plus"):
        read(database, loan, LoanPaperKind.AGREEMENT)


def test_looking_at_a_paper_takes_no_number(database: Database, lend: Callable[..., UUID]) -> None:
    paper = read(database, lend(), LoanPaperKind.AGREEMENT)
    assert paper.is_to_be_made
    with database.read() as session:
        assert session.scalar(sa.select(m.Counter).where(m.Counter.series == "PRET-2026")) is None


def change_terms(database: Database, act: NewAct, text: object) -> None:
    with database.write(act("Réglages")) as session:
        session.scalars(
            sa.select(m.Setting).where(m.Setting.key == "loan.terms")
        ).one().value = text


def test_an_agreement_keeps_the_terms_it_was_made_with(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    made, not_yet = lend("PC-012"), lend("PC-013")
    terms = make_agreement(database, act, made).terms
    assert "prendre soin de l’ordinateur" in terms
    change_terms(database, act, "- Rendre le sac aussi.")
    assert make_agreement(database, act, made).terms == terms
    assert read(database, made, LoanPaperKind.AGREEMENT).terms == terms
    assert make_agreement(database, act, not_yet).terms == "- Rendre le sac aussi."


@pytest.mark.parametrize("nonsense", [None, 12, ["a"], "  \n "])
def test_terms_that_hold_nonsense_are_left_blank(
    database: Database, act: NewAct, lend: Callable[..., UUID], nonsense: object
) -> None:
    change_terms(database, act, nonsense)
    assert make_agreement(database, act, lend()).terms == ""


def test_the_receipt_says_what_was_lent_and_how_it_came_back(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    loan = lend()
    number = make_agreement(database, act, loan).number
    with pytest.raises(UserError, match="pas encore rendu"):
        read(database, loan, LoanPaperKind.RECEIPT)
    give_back(database, act, loan)
    paper = read(database, loan, LoanPaperKind.RECEIPT)
    assert (paper.number, paper.returned_on, paper.level, paper.level_back) == (number, TODAY, 2, 4)
    assert paper.computer.condition_back == "Rayure au dos."
    assert paper.made_on == TODAY
    assert read(database, loan, LoanPaperKind.AGREEMENT).number == number


def test_a_loan_ended_without_an_agreement_gets_only_its_receipt(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    loan = lend()
    give_back(database, act, loan)
    with pytest.raises(UserError, match="jamais eu de convention"):
        make_agreement(database, act, loan)
    assert read(database, loan, LoanPaperKind.RECEIPT).number == ""


def test_what_is_not_known_is_empty(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    paper = make_agreement(database, act, lend(family=None))
    borrower, computer = paper.borrower, paper.computer
    assert borrower.name == "Aïssatou"
    assert (borrower.phone, borrower.email, borrower.address.street) == ("", "", "")
    assert (computer.condition, computer.accessories, computer.value_cents) == ("", "", None)


def test_a_minor_is_told_with_their_legal_representative(
    database: Database, act: NewAct, lend: Callable[..., UUID]
) -> None:
    loan = lend(birth_date=date(2009, 1, 5))
    with database.bulk() as session:
        person = session.get_one(m.Loan, loan).person_id
        session.add(m.PersonContact(person_id=person, kind="representative", name="Awa Diallo"))
    borrower = make_agreement(database, act, loan).borrower
    assert borrower.is_minor
    assert borrower.representative.name == "Awa Diallo"


def test_the_paper_of_a_loan_that_is_gone_is_refused(database: Database) -> None:
    with pytest.raises(UserError, match="n’existe plus"):
        read(database, uuid4(), LoanPaperKind.AGREEMENT)


@pytest.mark.parametrize(("suffix", "start"), [(".pdf", b"%PDF"), (".docx", b"PK")])
def test_a_paper_is_written_in_the_kind_of_its_file(
    tmp_path: Path, suffix: str, start: bytes
) -> None:
    path = tmp_path / f"prêt{suffix}"
    papers.write(agreement(), path)
    assert path.read_bytes().startswith(start)


def test_a_file_that_cannot_be_written_is_told_and_the_former_stays(tmp_path: Path) -> None:
    path = tmp_path / "prêt.pdf"
    path.mkdir()
    with pytest.raises(UserError, match="c’est un dossier"):
        papers.write(agreement(), path)
    assert [each.name for each in tmp_path.iterdir()] == ["prêt.pdf"]
