"""What the papers of a loan state: the frozen values handed to the agreement and to the receipt.

Texts are as the office typed them; an empty one is left blank on the paper, to be filled by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from connexion_desktop.domain.convention_paper import Address, Body, Contact
from connexion_desktop.domain.identity import Civility


class LoanPaperKind(StrEnum):
    """The paper signed at the hand-over, the one signed at the return."""

    AGREEMENT = "agreement"
    RECEIPT = "receipt"

    @property
    def label(self) -> str:
        """French words."""
        return _KINDS[self]


_KINDS = {
    LoanPaperKind.AGREEMENT: "Convention de prêt",
    LoanPaperKind.RECEIPT: "Attestation de retour",
}


@dataclass(frozen=True, slots=True)
class Borrower:
    """Who borrows; `is_minor` when they may be under 18 on the day of the hand-over."""

    name: str = ""
    civility: Civility | None = None
    address: Address = field(default_factory=Address)
    phone: str = ""
    email: str = ""
    is_minor: bool = False
    representative: Contact = field(default_factory=Contact)


@dataclass(frozen=True, slots=True)
class LentComputer:
    """What is lent; `accessories` and `condition` as they were handed over, then given back."""

    number: str
    model: str = ""
    serial: str = ""
    value_cents: int | None = None
    accessories: str = ""
    accessories_back: str = ""
    condition: str = ""
    condition_back: str = ""


@dataclass(frozen=True, slots=True)
class LoanPaper:
    """A whole paper, ready to be drawn. `number` is empty where the loan never had an agreement;
    `made_on` is the day written on the paper; levels are the ease with digital tools, 1 to 5."""

    kind: LoanPaperKind
    number: str
    lender: Body
    signatory: Contact
    borrower: Borrower
    computer: LentComputer
    lent_on: date
    made_on: date | None = None
    due_on: date | None = None
    returned_on: date | None = None
    aim: str = ""
    aim_reached: str = ""
    level: int | None = None
    level_back: int | None = None
    terms: str = ""

    @property
    def is_to_be_made(self) -> bool:
        """Whether it is an agreement that has no number yet: see `loan_papers.make_agreement`."""
        return self.kind is LoanPaperKind.AGREEMENT and not self.number

    @property
    def file_name(self) -> str:
        """What its file is called, without its kind."""
        return f"{self.kind.label} {self.number or self.computer.number}"

    @property
    def copies(self) -> tuple[str, ...]:
        """Who gets an original."""
        minor = self.borrower.is_minor
        return ("emprunteur ou représentant légal" if minor else "emprunteur", "association")
