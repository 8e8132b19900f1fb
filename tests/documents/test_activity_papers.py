"""The papers around an activity: an agreement to sign, the way to a place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connexion_desktop.documents import paper_docx, paper_pdf
from connexion_desktop.documents.content import texts
from connexion_desktop.documents.text import Stated, text_of
from connexion_desktop.domain.activities import ConsentKind
from connexion_desktop.domain.activity_papers import ConsentPaper, RoadMap
from connexion_desktop.domain.convention_paper import Address, Body, Contact

from .reading import pdf_pages

DAY = date(2026, 3, 17)
ISSUER = Body("Connexion des possibles", address=Address(city="Bordeaux"))
IMAGE = ConsentPaper(
    kind=ConsentKind.IMAGE,
    issuer=ISSUER,
    signatory=Contact("Hélène Garrigue", "directrice"),
    number="P-00012",
    name="Awa Diallo",
    group="Bordeaux · mars 2026",
    made_on=DAY,
)
WAY = RoadMap(
    issuer=ISSUER,
    title="Visite d’un plateau technique",
    on=DAY,
    hours="13 h 30 – 16 h 30",
    place="Campus inventé",
    address=Address("1 rue Inventée", "", "33600", "Pessac"),
    leader="Nadia Ferrand",
    phone="05 36 49 00 00",
)


def said(paper: Stated) -> str:
    return " ".join(texts(text_of(paper))).replace("\u00a0", " ")


def test_image_rights_say_what_for_and_that_they_may_be_taken_back() -> None:
    told = said(IMAGE)
    for each in ("Article 9", "micro-trottoir", "retirer son accord à tout moment", "Awa Diallo"):
        assert each in told, each


def test_a_minor_signs_with_who_represents_them() -> None:
    minor = replace(IMAGE, is_minor=True, representative=Contact("Fatou Diallo", "mère"))
    assert "représentant légal" in said(minor) and "Fatou Diallo" in said(minor)
    assert "représentant légal" not in said(IMAGE)


def test_a_sport_declaration_asks_nothing_about_health() -> None:
    told = said(replace(IMAGE, kind=ConsentKind.SPORT))
    assert "Aucune donnée de santé n’est demandée" in told
    assert "certificat" not in told


def test_a_road_map_says_when_where_and_whom_to_call_and_names_no_participant() -> None:
    told = said(WAY)
    for each in ("Mardi 17 mars 2026", "13 h 30 – 16 h 30", "33600 Pessac", "05 36 49 00 00"):
        assert each in told, each
    assert "Awa" not in told


@pytest.mark.parametrize("paper", [IMAGE, replace(IMAGE, kind=ConsentKind.SPORT), WAY])
def test_each_is_made_in_pdf_and_in_word_and_its_file_names_nobody(
    paper: ConsentPaper | RoadMap,
) -> None:
    assert len(pdf_pages(paper_pdf.render(paper))) == 1
    assert paper_docx.render(paper).startswith(b"PK")
    assert "Awa" not in paper.file_name


@given(st.text(max_size=80), st.text(max_size=200))
@settings(max_examples=15)
def test_whatever_is_typed_makes_a_paper(title: str, detail: str) -> None:
    assert pdf_pages(paper_pdf.render(replace(WAY, title=title, detail=detail)))
