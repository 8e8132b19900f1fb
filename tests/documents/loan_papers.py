"""Invented loans for the tests: nobody in them exists."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

from connexion_desktop.domain.convention_paper import Address, Body, Contact
from connexion_desktop.domain.identity import Civility
from connexion_desktop.domain.loan_paper import Borrower, LentComputer, LoanPaper, LoanPaperKind

_SETTINGS = Path(__file__).parents[2] / "resources" / "reference" / "settings.toml"
TERMS: str = tomllib.loads(_SETTINGS.read_text(encoding="utf-8"))["loan"]["terms"]


def agreement() -> LoanPaper:
    """A computer handed over to an adult; all is known."""
    return LoanPaper(
        kind=LoanPaperKind.AGREEMENT,
        number="PRET-2026-0001",
        lender=Body(
            "Connexion des possibles",
            "Association loi 1901",
            "73282932000074",
            Address("12 rue des Essais", "Bâtiment B", "33000", "Bordeaux"),
            "05 36 49 12 01",
            "contact@example.org",
        ),
        signatory=Contact("Hélène Dumas-Œuvrard", "directrice"),
        borrower=Borrower(
            "Océane Lefèvre",
            Civility.MRS,
            Address("8 cours de l’Yser", "Appartement 12", "33800", "Bordeaux"),
            "+33639981234",
            "oceane.lefevre@example.org",
        ),
        computer=LentComputer(
            "PC-012",
            "ThinkPad T480",
            "SN-0455-A",
            42_050,
            "chargeur, souris, sacoche",
            "chargeur, sacoche",
            "bon état, rayure au dos",
            "charnière un peu dure",
        ),
        lent_on=date(2026, 3, 2),
        made_on=date(2026, 3, 2),
        due_on=date(2026, 9, 2),
        aim="Refaire son CV et suivre une formation en ligne",
        level=2,
        terms=TERMS,
    )


def receipt() -> LoanPaper:
    """The same computer given back."""
    return replace(
        agreement(),
        kind=LoanPaperKind.RECEIPT,
        returned_on=date(2026, 8, 28),
        made_on=date(2026, 8, 28),
        aim_reached="CV refait, formation suivie",
        level_back=4,
    )


def minor_agreement() -> LoanPaper:
    """The borrower may be a minor: their legal representative signs too."""
    paper = agreement()
    representative = Contact("Sylvie Petit", "mère", "06 39 98 44 55")
    borrower = replace(paper.borrower, is_minor=True, representative=representative)
    return replace(paper, borrower=borrower)


def blank_agreement() -> LoanPaper:
    """Of the computer and the borrower, only what a loan cannot do without is known."""
    return LoanPaper(
        kind=LoanPaperKind.AGREEMENT,
        number="PRET-2026-0002",
        lender=Body(),
        signatory=Contact(),
        borrower=Borrower(),
        computer=LentComputer("PC-013"),
        lent_on=date(2026, 3, 2),
    )
