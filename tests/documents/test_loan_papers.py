"""The papers of a loan, read back: every mention, on the PDF and in the Word document alike."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from connexion_desktop.documents import paper_docx, paper_pdf
from connexion_desktop.domain.loan_paper import LoanPaper
from tests.documents import loan_papers
from tests.documents.reading import docx_text, pdf_pages, pdf_text, squeezed
from tests.documents.test_convention_pdf import HOSTILE

Read = Callable[[LoanPaper], str]

ON_BOTH = (
    "Prêt n° PRET-2026-0001",
    "Connexion des possibles",
    "732 829 320 00074",
    "12 rue des Essais, Bâtiment B, 33000 Bordeaux",
    "05 36 49 12 01",
    "Hélène Dumas-Œuvrard, directrice",
    "Océane Lefèvre",
    "8 cours de l’Yser, Appartement 12, 33800 Bordeaux",
    "06 39 98 12 34",
    "PC-012",
    "ThinkPad T480",
    "SN-0455-A",
    "420,50 €",
    "chargeur, souris, sacoche",
    "bon état, rayure au dos",
    "2 mars 2026",
    "2 septembre 2026",
    "Refaire son CV et suivre une formation en ligne",
    "L’emprunteuse",
    "Date, signature et cachet",
    "articles 1875 et suivants du code civil",
)
ON_THE_AGREEMENT = (
    *ON_BOTH,
    "Convention de prêt d’un ordinateur",
    "ne pas le prêter, le donner ni le vendre",
    "porter plainte et donner une copie de la plainte à l’association ;",
    "l’usure normale n’est pas reprochée à l’emprunteur",
    "Fait à Bordeaux, le 2 mars 2026, en 2 exemplaires originaux : emprunteur, association.",
)
ON_THE_RECEIPT = (
    *ON_BOTH,
    "Attestation de retour d’un ordinateur prêté",
    "chargeur, sacoche",
    "charnière un peu dure",
    "CV refait, formation suivie",
    "28 août 2026",
    "Le prêt est terminé.",
    "Fait à Bordeaux, le 28 août 2026",
)


def _on_pdf(paper: LoanPaper) -> str:
    return pdf_text(paper_pdf.render(paper))


def _in_word(paper: LoanPaper) -> str:
    return docx_text(paper_docx.render(paper))


@pytest.fixture(params=[_on_pdf, _in_word], ids=["pdf", "word"])
def read(request: pytest.FixtureRequest) -> Read:
    found: Read = request.param
    return found


def test_the_agreement_says_everything(read: Read) -> None:
    said = read(loan_papers.agreement())
    assert [each for each in ON_THE_AGREEMENT if squeezed(each) not in said] == []


def test_the_receipt_says_everything(read: Read) -> None:
    said = read(loan_papers.receipt())
    assert [each for each in ON_THE_RECEIPT if squeezed(each) not in said] == []


def test_the_level_is_ticked_in_the_word_document() -> None:
    said = _in_word(loan_papers.receipt())
    assert squeezed("☒ 2 · débute") in said
    assert squeezed("☒ 4 · à l’aise pour l’essentiel") in said
    assert said.count("☒") == 2


def test_what_is_not_known_is_a_blank_line(read: Read) -> None:
    said = read(loan_papers.blank_agreement())
    assert squeezed("À rendre au plus tard le") in said
    assert squeezed("Fait à ……………………, le ……………………, en 2 exemplaires") in said
    for never in ("None", "àcompléter", "01/01", "0€"):
        assert never not in said


def test_a_blank_line_is_dotted_in_the_word_document() -> None:
    document = Document(io.BytesIO(paper_docx.render(loan_papers.blank_agreement())))
    dotted = [table for table in document.tables if '"dotted"' in table._tbl.xml]
    assert len(dotted) >= 4


def test_the_legal_representative_of_a_minor_signs(read: Read) -> None:
    said = read(loan_papers.minor_agreement())
    for told in ("Le représentant légal du mineur", "Sylvie Petit", "mère", "06 39 98 44 55"):
        assert squeezed(told) in said
    assert squeezed("emprunteur ou représentant légal, association") in said
    assert squeezed("représentant légal") not in read(loan_papers.agreement())


def test_every_paper_is_one_page_to_sign() -> None:
    for made in (loan_papers.agreement, loan_papers.receipt, loan_papers.minor_agreement):
        assert len(pdf_pages(paper_pdf.render(made()))) == 1


@pytest.mark.parametrize(
    "name",
    [
        *HOSTILE,
        "Nguyễn Thị Hương Lan Đặng",
        "M" * 200,
        "Aïssatou " * 22,
    ],
)
def test_a_name_is_only_letters(read: Read, name: str) -> None:
    paper = loan_papers.agreement()
    paper = replace(paper, borrower=replace(paper.borrower, name=name))
    assert squeezed(name) in read(paper)


def test_an_arabic_name_is_kept_in_the_word_document_and_the_pdf_is_whole() -> None:
    paper = loan_papers.agreement()
    paper = replace(paper, borrower=replace(paper.borrower, name="فاطمة الزهراء"))
    assert squeezed("فاطمة الزهراء") in _in_word(paper)
    assert squeezed("ThinkPad T480") in _on_pdf(paper)


def test_long_terms_go_on_to_other_pages(read: Read) -> None:
    terms = "\n\n".join(f"Article {rank} du règlement. {'mot ' * 200}" for rank in range(1, 60))
    said = read(replace(loan_papers.agreement(), terms=terms))
    assert squeezed("Article 1 du règlement.") in said
    assert squeezed("Article 59 du règlement.") in said


def test_the_receipt_of_a_loan_without_an_agreement_names_the_computer(read: Read) -> None:
    said = read(replace(loan_papers.receipt(), number=""))
    assert squeezed("Prêt PC-012") in said
    assert "PRET" not in said


def test_a_paper_made_later_says_so(read: Read) -> None:
    said = read(replace(loan_papers.agreement(), made_on=date(2026, 5, 4)))
    assert squeezed("Remis le") in said
    assert squeezed("Fait à Bordeaux, le 4 mai 2026") in said


def test_the_same_loan_gives_the_same_bytes() -> None:
    paper = loan_papers.receipt()
    assert paper_pdf.render(paper) == paper_pdf.render(paper)
    assert paper_docx.render(paper) == paper_docx.render(paper)
