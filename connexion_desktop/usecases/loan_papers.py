"""The papers of a loan: the agreement at the hand-over, the receipt at the return.

The number is taken, the terms and the day are frozen when the agreement is first made. That can be
undone like any act; the number is not given again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.counters import take_number
from connexion_desktop.domain.convention_paper import Contact
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import may_be_minor
from connexion_desktop.domain.identity import Civility
from connexion_desktop.domain.loan_paper import Borrower, LentComputer, LoanPaper, LoanPaperKind
from connexion_desktop.domain.names import full_name
from connexion_desktop.usecases.paper_parties import (
    address_of,
    association_of,
    body_of,
    contacts_of,
)
from connexion_desktop.usecases.person_rows import birth_of
from connexion_desktop.usecases.placement_paper import get

_TERMS = "loan.terms"


def make_agreement(session: Session, loan_id: UUID, today: date) -> LoanPaper:
    """The agreement of a loan, numbered and with its terms frozen, once. Raises UserError if the
    computer came back before there was one."""
    loan = _loan(session, loan_id)
    if loan.number is None:
        if loan.returned_on is not None:
            raise UserError(
                "Ce prêt est terminé, et n’a jamais eu de convention.",
                "Rien n’a changé.",
                "L’attestation de retour dit ce qui a été prêté et rendu.",
            )
        series = f"PRET-{today.year}"
        loan.number = f"{series}-{take_number(session, series):04d}"
        loan.terms = _current_terms(session)
        loan.signed_on = today
        session.flush()
    return paper(session, loan_id, LoanPaperKind.AGREEMENT, today)


def paper(session: Session, loan_id: UUID, kind: LoanPaperKind, today: date) -> LoanPaper:
    """A paper of a loan as it stands: an agreement bears the day it was made, a receipt today.
    Raises UserError for the receipt of what is not back."""
    loan = _loan(session, loan_id)
    if kind is LoanPaperKind.RECEIPT and loan.returned_on is None:
        raise UserError(
            "Cet ordinateur n’est pas encore rendu.",
            "Rien n’a changé.",
            "Notez d’abord son retour.",
        )
    association = association_of(session)
    return LoanPaper(
        kind=kind,
        number=loan.number or "",
        lender=body_of(association),
        signatory=Contact(association.signatory_name or "", association.signatory_function or ""),
        borrower=_borrower(session, loan),
        computer=_computer(session, loan),
        lent_on=loan.lent_on,
        made_on=loan.signed_on if kind is LoanPaperKind.AGREEMENT else today,
        due_on=loan.due_on,
        returned_on=loan.returned_on,
        aim=loan.aim or "",
        aim_reached=loan.aim_in or "",
        level=loan.digital_level_out,
        level_back=loan.digital_level_in,
        terms=_current_terms(session) if loan.number is None else loan.terms or "",
    )


def _loan(session: Session, loan_id: UUID) -> m.Loan:
    loan = get(session, m.Loan, loan_id)
    if loan is None:
        raise UserError("Ce prêt n’existe plus.", "Rien d’autre n’a changé.")
    return loan


def _current_terms(session: Session) -> str:
    """The association's text; nothing where it was taken away."""
    value = session.scalar(
        select(m.Setting.value).where(m.Setting.key == _TERMS, m.Setting.deleted_at.is_(None))
    )
    return value.strip() if isinstance(value, str) else ""


def _borrower(session: Session, loan: m.Loan) -> Borrower:
    person = session.get_one(m.Person, loan.person_id)
    return Borrower(
        name=full_name(person.given_name, person.family_name or ""),
        civility=Civility(person.civility) if person.civility else None,
        address=address_of(person),
        phone=person.phone or "",
        email=person.email or "",
        is_minor=may_be_minor(birth_of(person), loan.lent_on),
        representative=contacts_of(session, person.id).get("representative", Contact()),
    )


def _computer(session: Session, loan: m.Loan) -> LentComputer:
    equipment = session.get_one(m.Equipment, loan.equipment_id)
    return LentComputer(
        number=equipment.number,
        model=equipment.model or "",
        serial=equipment.serial or "",
        value_cents=equipment.value_cents,
        accessories=loan.accessories_out or "",
        accessories_back=loan.accessories_in or "",
        condition=loan.condition_out or "",
        condition_back=loan.condition_in or "",
    )
