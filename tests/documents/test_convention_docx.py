"""The Word document as a file: it opens, it is French, it is stamped, it takes any value."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connexion_desktop.documents.paper_docx import render
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.placement import PlacementState
from tests.documents import papers
from tests.documents.reading import docx_part, docx_parts, docx_text, squeezed
from tests.documents.test_convention_pdf import HOSTILE


def _with_host_name(name: str) -> ConventionPaper:
    paper = papers.issued_paper()
    return replace(paper, host=replace(paper.host, body=replace(paper.host.body, name=name)))


def test_a_draft_is_stamped_on_every_page() -> None:
    headers = docx_parts(render(papers.blank_draft()), "header")
    assert len(headers) == 2
    assert all('string="BROUILLON"' in header for header in headers)


def test_an_issued_paper_bears_no_stamp() -> None:
    docx = render(papers.issued_paper())
    assert not any("textpath" in header for header in docx_parts(docx, "header"))
    cancelled = replace(papers.issued_paper(), state=PlacementState.CANCELLED)
    assert 'string="ANNULÉE"' in docx_parts(render(cancelled), "header")[0]


def test_the_footer_numbers_the_pages_and_bears_the_code() -> None:
    for footer in docx_parts(render(papers.issued_paper()), "footer"):
        assert " PAGE " in footer
        assert " NUMPAGES " in footer
        assert "PMSMP-2026-0001/V1/P" in footer


def test_it_is_french_and_says_what_it_is() -> None:
    docx = render(papers.issued_paper())
    properties = Document(io.BytesIO(docx)).core_properties
    assert 'w:val="fr-FR"' in docx_part(docx, "word/styles.xml")
    assert properties.language == "fr-FR"
    assert properties.author == "Connexion des possibles"
    assert properties.title.endswith("PMSMP-2026-0001")


def test_it_carries_nobody_else_s_picture() -> None:
    with zipfile.ZipFile(io.BytesIO(render(papers.issued_paper()))) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_it_opens_again_with_its_sections_as_headings() -> None:
    document = Document(io.BytesIO(render(papers.issued_paper())))
    headings = [
        each.text
        for each in document.paragraphs
        if each.style is not None and each.style.name == "Heading 1"
    ]
    assert len(headings) == 9
    assert headings[0].endswith("L’organisme prescripteur")
    assert headings[-1].endswith("Signatures")


def test_signature_rows_are_kept_together() -> None:
    document = Document(io.BytesIO(render(papers.minor_paper())))
    table = document.tables[-1]
    assert [len(row.cells) for row in table.rows] == [2, 2]
    for row in table.rows:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
        assert all(each.paragraph_format.keep_with_next for each in row.cells[0].paragraphs)


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_a_name_is_only_letters(name: str) -> None:
    assert squeezed(name) in docx_text(render(_with_host_name(name)))


def test_control_characters_are_dropped() -> None:
    name = "Garage\x00 du\x07 \u202eCentre\ufeff\ud800\uffff"
    assert "GarageduCentre" in docx_text(render(_with_host_name(name)))


def test_a_hostile_number_cannot_break_the_document() -> None:
    paper = replace(papers.blank_draft(), number='BROUILLON-"><w:p/>')
    assert squeezed('n° BROUILLON-"><w:p/>') in docx_text(render(paper))


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400))
def test_whatever_is_typed_gives_a_document_that_opens(name: str) -> None:
    Document(io.BytesIO(render(_with_host_name(name))))
