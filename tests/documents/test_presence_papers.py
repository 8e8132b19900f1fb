"""The papers of presence, in PDF and in Word: what they say, and what they never say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connexion_desktop.documents import paper_docx, paper_pdf
from connexion_desktop.documents.content import texts
from connexion_desktop.documents.text import text_of
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.convention_paper import Address, Body, Contact
from connexion_desktop.domain.period import Period, month_of
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presence_paper import (
    Participation,
    PresenceLine,
    PresencePaper,
    PresencePaperKind,
)
from connexion_desktop.domain.presences import Slot

from .reading import pdf_pages

DAY = date(2026, 3, 2)


def line(day: int, half: Half, presence: Presence, minutes: int = 0) -> PresenceLine:
    return PresenceLine(Slot(date(2026, 3, day), half), presence, minutes)


PAPER = PresencePaper(
    kind=PresencePaperKind.STATEMENT,
    issuer=Body("Connexion des possibles", address=Address(city="Bordeaux")),
    signatory=Contact("Hélène Garrigue", "directrice"),
    of=Participation("P-00012", "Awa Diallo", "Bordeaux · mars 2026", DAY),
    period=month_of(DAY),
    lines=(
        line(2, Half.MORNING, Presence.PRESENT, 180),
        line(2, Half.AFTERNOON, Presence.ABSENT),
        line(3, Half.MORNING, Presence.LATE, 160),
        line(3, Half.AFTERNOON, Presence.EXCUSED),
        line(9, Half.MORNING, Presence.MISSING),
    ),
    made_on=date(2026, 4, 1),
)  # fmt: skip


def said(paper: PresencePaper) -> str:
    told = " ".join(texts(text_of(paper)))
    return told.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_statement_tells_each_half_day_then_adds_up() -> None:
    told = said(PAPER)
    for each in (
        "Mars 2026", "Awa Diallo", "P-00012", "Matin : 3 h", "Après-midi : absence",
        "Matin : 2 h 40, retard", "Après-midi : absence excusée", "5 h 40",
        "Pas encore saisi : lundi 9 mars 2026 (matin).",
    ):  # fmt: skip
        assert each in told, each


def test_an_absence_is_never_called_unjustified() -> None:
    for kind in PresencePaperKind:
        assert "injustifi" not in said(replace(PAPER, kind=kind)).lower()


def test_a_certificate_says_how_long_and_no_absence() -> None:
    stay = Period(DAY, date(2026, 4, 1))
    told = said(replace(PAPER, kind=PresencePaperKind.CERTIFICATE, period=stay))
    assert "atteste que Awa Diallo a suivi le programme" in told
    assert "2 demi-journées de présence, soit 5 h 40" in told
    assert "Absences" not in told


def test_a_certificate_leaves_out_what_is_not_entered_yet_and_says_so() -> None:
    paper = replace(PAPER, kind=PresencePaperKind.CERTIFICATE)
    told = said(paper)
    assert "À ce jour, 1 demi-journée n’est pas encore saisie : elle ne compte pas ici." in told
    assert "Demi-journées prévues, à ce jour 4 Présences 2" in told
    entered = said(replace(paper, lines=PAPER.lines[:-1]))
    assert "pas encore" not in entered and "Demi-journées prévues, à ce jour 4" in entered
    several = said(replace(paper, lines=(*PAPER.lines, line(9, Half.AFTERNOON, Presence.MISSING))))
    assert "2 demi-journées ne sont pas encore saisies : elles ne comptent pas ici." in several


def test_a_certificate_of_one_month_is_written_as_it_is_said() -> None:
    paper = replace(PAPER, kind=PresencePaperKind.CERTIFICATE, period=month_of(date(2026, 4, 1)))
    assert "» en avril 2026" in said(paper).replace("\u00a0", " ").replace("\u202f", " ")


def test_its_file_names_nobody() -> None:
    assert PAPER.file_name == "État de présence P-00012 mars 2026"


@pytest.mark.parametrize("kind", list(PresencePaperKind))
def test_both_are_made_in_pdf_and_in_word(kind: PresencePaperKind) -> None:
    paper = replace(PAPER, kind=kind)
    (page,) = pdf_pages(paper_pdf.render(paper))
    assert "Awa Diallo" in page
    assert paper_docx.render(paper).startswith(b"PK")


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=20)
def test_whatever_is_typed_makes_a_paper(name: str, group: str) -> None:
    paper = replace(PAPER, of=replace(PAPER.of, name=name, group=group))
    assert pdf_pages(paper_pdf.render(paper))
