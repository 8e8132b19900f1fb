"""The papers of a loan turned into sections: the agreement at the hand-over, the receipt at the
return. A loan of use costs nothing (articles 1875 and 1876 of the Code civil)."""

from __future__ import annotations

from connexion_desktop.documents.content import (
    DOTS,
    Cell,
    Choice,
    Duties,
    DutyList,
    Field,
    Grid,
    Option,
    Paper,
    Prose,
    Section,
    SignatureBlock,
    Signatures,
    cleaned,
)
from connexion_desktop.documents.convention_parties import joined, letterhead, named
from connexion_desktop.domain.convention_paper import Address
from connexion_desktop.domain.equipment import LEVELS
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.identity import Civility
from connexion_desktop.domain.loan_paper import LoanPaper, LoanPaperKind
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.placement import numbered
from connexion_desktop.domain.siret import format_siret
from connexion_desktop.domain.typography import typeset

_LAW = typeset("Prêt à usage, gratuit (articles 1875 et suivants du code civil)")
_TITLES = {
    LoanPaperKind.AGREEMENT: "Convention de prêt d’un ordinateur",
    LoanPaperKind.RECEIPT: "Attestation de retour d’un ordinateur prêté",
}
_CODES = {LoanPaperKind.AGREEMENT: "CONVENTION", LoanPaperKind.RECEIPT: "RETOUR"}
_RECEIVED = typeset(
    "L’association atteste que l’ordinateur et les accessoires notés ci-dessus lui ont été rendus "
    "dans l’état décrit. Le prêt est terminé."
)
_BULLETS = "-–—•*"


def paper_text(paper: LoanPaper) -> Paper:
    """Everything the paper says, cleaned, section by section."""
    paper = cleaned(paper)
    is_receipt = paper.kind is LoanPaperKind.RECEIPT
    told = _receipt(paper) if is_receipt else _agreement(paper)
    reference = numbered(paper.number) if paper.number else paper.computer.number
    return Paper(
        title=_TITLES[paper.kind],
        subtitle=_LAW,
        issuer=paper.lender.name,
        letterhead=letterhead(paper.lender),
        number=paper.number or paper.computer.number,
        reference=f"Prêt {reference}",
        edition=_moment(paper),
        stamp="",
        code=f"{paper.number}/{_CODES[paper.kind]}" if paper.number else "",
        subject=joined(paper.borrower.name, paper.computer.number),
        issued_on=paper.made_on,
        sections=(_lender(paper), _borrower(paper), *told, _signatures(paper)),
    )


def _agreement(paper: LoanPaper) -> tuple[Section, ...]:
    return (
        Section(
            "L’ordinateur prêté",
            (
                Grid(
                    (
                        _computer(paper),
                        (
                            Field("Accessoires remis", paper.computer.accessories, 6),
                            Field("État à la remise", paper.computer.condition, 6),
                        ),
                    )
                ),
            ),
        ),
        Section(
            "Le prêt",
            (
                Grid(
                    (
                        (
                            Field("Remis le", long_day(paper.lent_on), 3, strong=True),
                            Field("À rendre au plus tard le", _due(paper), 3, strong=True),
                            Field("Objectif du prêt", paper.aim, 6),
                        ),
                        (_level("Aisance avec le numérique à la remise", paper.level),),
                    )
                ),
            ),
        ),
        _terms(paper.terms),
    )


def _receipt(paper: LoanPaper) -> tuple[Section, ...]:
    computer = paper.computer
    back = long_day(paper.returned_on) if paper.returned_on else ""
    return (
        Section(
            "L’ordinateur rendu",
            (
                Grid(
                    (
                        _computer(paper),
                        (
                            Field("Accessoires remis", computer.accessories, 6),
                            Field("Accessoires rendus", computer.accessories_back, 6),
                        ),
                        (
                            Field("État à la remise", computer.condition, 6),
                            Field("État au retour", computer.condition_back, 6),
                        ),
                    )
                ),
            ),
        ),
        Section(
            "Le prêt et son retour",
            (
                Grid(
                    (
                        (
                            Field("Remis le", long_day(paper.lent_on), 4),
                            Field("Était à rendre le", _due(paper), 4),
                            Field("Rendu le", back, 4, strong=True),
                        ),
                        (
                            Field("Objectif du prêt", paper.aim, 6),
                            Field("Ce qui a été atteint", paper.aim_reached, 6),
                        ),
                        (_level("Aisance avec le numérique à la remise", paper.level),),
                        (_level("Aisance avec le numérique au retour", paper.level_back),),
                    )
                ),
                Prose("Attestation", _RECEIVED),
            ),
        ),
    )


def _lender(paper: LoanPaper) -> Section:
    lender = paper.lender
    return Section(
        "L’association",
        (
            Grid(
                (
                    (
                        Field("Nom", lender.name, 5, strong=True),
                        Field("Représentée par", named(paper.signatory), 4),
                        Field("SIRET", format_siret(lender.siret), 3),
                    ),
                    (
                        Field("Adresse", _place(lender.address), 6),
                        Field("Téléphone", tidy_phone(lender.phone), 2),
                        Field("Courriel", lender.email, 4),
                    ),
                )
            ),
        ),
    )


def _borrower(paper: LoanPaper) -> Section:
    borrower, representative = paper.borrower, paper.borrower.representative
    reached: tuple[Cell, ...] = (
        Field("Nom et prénom", borrower.name, 5, strong=True),
        Field("Téléphone", tidy_phone(borrower.phone), 3),
        Field("Courriel", borrower.email, 4),
    )
    rows = [reached, (Field("Adresse", _place(borrower.address)),)]
    if borrower.is_minor:
        rows.append(
            (
                Field("Représentant légal du mineur", representative.name, 5),
                Field("Lien", representative.function, 3),
                Field("Téléphone du représentant", tidy_phone(representative.phone), 4),
            )
        )
    return Section(_who(borrower.civility), (Grid(tuple(rows)),))


def _computer(paper: LoanPaper) -> tuple[Cell, ...]:
    computer = paper.computer
    return (
        Field("Numéro", computer.number, 3, strong=True),
        Field("Modèle", computer.model, 4),
        Field("N° de série", computer.serial, 3),
        Field("Valeur", _euros(computer.value_cents), 2),
    )


def _level(label: str, level: int | None) -> Choice:
    options = (
        Option(f"{rank}\u00a0·\u00a0{told}", rank == level) for rank, told in enumerate(LEVELS, 1)
    )
    return Choice(label, tuple(options))


def _terms(terms: str) -> Section:
    """What each undertakes: a paragraph is a lead, then its points, each after a dash."""
    paragraphs = [part.strip() for part in terms.split("\n\n") if part.strip()]
    if not paragraphs:
        return Section("Engagements", (Prose("", lines=6),))
    return Section("Engagements", (DutyList(tuple(_duties(each) for each in paragraphs)),))


def _duties(paragraph: str) -> Duties:
    lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
    lead = [line for line in lines if line[0] not in _BULLETS]
    points = [line.lstrip(_BULLETS).strip() for line in lines if line[0] in _BULLETS]
    told = typeset(" ".join(lead))
    spoken = tuple(typeset(point) for point in points)
    return Duties(told, "", spoken) if spoken else Duties("", told, ())


def _signatures(paper: LoanPaper) -> Section:
    borrower = paper.borrower
    place = paper.lender.address.city or DOTS
    on = long_day(paper.made_on) if paper.made_on else DOTS
    signers = [SignatureBlock(_who(borrower.civility), borrower.name, "Date et signature")]
    if borrower.is_minor:
        name = borrower.representative.name
        title = "Le représentant légal du mineur"
        signers.append(SignatureBlock(title, name, "Date et signature"))
    lender = joined(paper.lender.name, named(paper.signatory))
    signers.append(SignatureBlock("L’association", lender, "Date, signature et cachet"))
    copies = typeset(f"en {len(paper.copies)} exemplaires originaux : {', '.join(paper.copies)}.")
    return Section(
        "Signatures", (Signatures(f"Fait à {place}, le {on}, {copies}", tuple(signers)),)
    )


def _moment(paper: LoanPaper) -> str:
    if paper.kind is LoanPaperKind.AGREEMENT:
        return f"Remise du {long_day(paper.lent_on)}"
    return f"Retour du {long_day(paper.returned_on)}" if paper.returned_on else "Retour"


def _due(paper: LoanPaper) -> str:
    return long_day(paper.due_on) if paper.due_on else ""


def _who(civility: Civility | None) -> str:
    return "L’emprunteuse" if civility is Civility.MRS else "L’emprunteur"


def _place(address: Address) -> str:
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    abroad = address.country if address.country != "France" else ""
    return joined(address.street, address.extra, town, abroad)


def _euros(cents: int | None) -> str:
    if cents is None:
        return ""
    whole = f"{cents // 100:,}".replace(",", "\u202f")
    return f"{whole},{cents % 100:02d}\u00a0€" if cents % 100 else f"{whole}\u00a0€"
