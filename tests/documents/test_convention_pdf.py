"""The PDF as a paper: pages, stamp, code, what hostile or endless values do to it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connexion_desktop.documents.paper_pdf import render
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.placement import PlacementState
from connexion_desktop.domain.timetable import Slot
from tests.documents import papers
from tests.documents.reading import pdf_pages, pdf_text, squeezed

HOSTILE = (
    "<b>Gras</b> & <para>Cie</para>",
    "</font><font color='red'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<img src="file:///etc/passwd"/>',
    "{{ 7*7 }} ${x} %(nom)s",
    "=HYPERLINK(1)",
    "]]><!--",
)


def _with_host_name(name: str) -> ConventionPaper:
    paper = papers.issued_paper()
    return replace(paper, host=replace(paper.host, body=replace(paper.host.body, name=name)))


def _with_tasks(tasks: str, paper: ConventionPaper | None = None) -> ConventionPaper:
    paper = paper or papers.issued_paper()
    return replace(paper, period=replace(paper.period, tasks=tasks))


def test_a_draft_is_stamped_on_every_page() -> None:
    pages = pdf_pages(render(papers.blank_draft()))
    assert all("BROUILLON" in page.replace("BROUILLON-", "") for page in pages)


def test_an_issued_paper_bears_no_stamp() -> None:
    assert "BROUILLON" not in pdf_text(render(papers.issued_paper()))


def test_a_cancelled_paper_is_stamped() -> None:
    paper = replace(papers.issued_paper(), state=PlacementState.CANCELLED)
    assert all("ANNULÉE" in page for page in pdf_pages(render(paper)))


def test_each_page_tells_its_number_its_edition_and_its_code() -> None:
    pages = pdf_pages(render(papers.issued_paper()))
    assert 2 <= len(pages) <= 4
    for number, page in enumerate(pages, 1):
        assert f"Page {number} / {len(pages)}" in page
        assert "PMSMP-2026-0001 · Version 1" in page
        assert f"PMSMP-2026-0001/V1/P{number}" in page


@pytest.mark.parametrize(
    "paper", [papers.issued_paper(), papers.minor_paper(), papers.employee_paper()]
)
def test_a_usual_convention_fits_on_two_to_four_pages(paper: ConventionPaper) -> None:
    assert 2 <= len(pdf_pages(render(paper))) <= 4


def test_the_file_says_what_it_is() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(papers.issued_paper())))
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.endswith("PMSMP-2026-0001")
    assert reader.metadata.author == "Connexion des possibles"
    assert str(reader.root_object["/Lang"]) == "fr-FR"
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == [595.28, 841.89]


def test_every_font_is_embedded() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(papers.issued_paper())))
    fonts = [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    used = [font for font in fonts if "/FontDescriptor" in font]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_a_name_is_only_letters(name: str) -> None:
    assert squeezed(name) in pdf_text(render(_with_host_name(name)))


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Hương Lan Đặng",
        "Олександра Шевченко Ґедзь",
        "Żółć Łękawa Çağrı Şeyma Ångström",
        "Œuvrard-L’Hôpital",
        "Ƒatou Ɓa Ɗiallo Ŋom",
    ],
)
def test_names_from_everywhere_survive(name: str) -> None:
    assert squeezed(name) in pdf_text(render(_with_host_name(name)))


def test_a_name_typed_with_separate_accents_is_composed() -> None:
    typed = unicodedata.normalize("NFD", "Hélène Nguyễn")
    assert squeezed("Hélène Nguyễn") in pdf_text(render(_with_host_name(typed)))


def test_control_characters_are_dropped() -> None:
    text = pdf_text(render(_with_host_name("Garage\x00 du\x07 \u202eCentre\ufeff\ud800")))
    assert "GarageduCentre" in text


def test_a_script_without_a_font_still_gives_a_paper() -> None:
    assert "PMSMP-2026-0001" in pdf_text(render(_with_host_name("株式会社 🦄 شركة")))


def test_a_word_without_any_space_is_cut_and_none_of_it_is_lost() -> None:
    name = "Anticonstitutionnellement" * 12
    assert name in pdf_text(render(_with_host_name(name)))


def test_five_thousand_characters_of_tasks_flow_over_the_pages() -> None:
    tasks = " ".join(f"tâche{number:04d}" for number in range(500))
    paper = _with_tasks(tasks)
    pages = pdf_pages(render(paper))
    text = squeezed("".join(pages))

    assert len(tasks) >= 4_900
    assert all(f"tâche{number:04d}" in text for number in range(500))
    assert len(pages) > len(pdf_pages(render(papers.issued_paper())))


def test_a_field_longer_than_a_page_flows_too() -> None:
    paper = papers.issued_paper()
    rules = " ".join(f"mesure{number:04d}" for number in range(600))
    paper = replace(paper, period=replace(paper.period, prevention=rules))
    text = pdf_text(render(paper))
    assert all(f"mesure{number:04d}" in text for number in range(600))


_OF_SIGNATURES = ("Date et signature", "signature et cachet", "Fait à")


@settings(max_examples=15)
@given(st.integers(0, 110), st.sampled_from([papers.minor_paper, papers.employee_paper]))
def test_signatures_are_never_cut_across_pages_nor_alone(
    lines: int, make: Callable[[], ConventionPaper]
) -> None:
    tasks = "\n".join(f"Tâche {number}" for number in range(lines))
    pages = pdf_pages(render(_with_tasks(tasks, make())))
    holding = [
        index for index, page in enumerate(pages) if any(sign in page for sign in _OF_SIGNATURES)
    ]
    assert holding == [len(pages) - 1]
    assert "En cas d’accident" in pages[-1]


@settings(max_examples=15)
@given(st.integers(0, 30))
def test_who_welcomes_and_who_signs_for_the_host_are_told_on_one_page(lines: int) -> None:
    paper = papers.issued_paper()
    name = "\n".join(["Régie imaginaire", *map(str, range(lines))])
    pages = pdf_pages(render(_with_host_name(name)))
    tutor = paper.host.tutor
    told = (tutor.name, tutor.function, tutor.phone, paper.host.signatory.function)
    (page,) = [page for page in pages if squeezed(tutor.email) in squeezed(page)]
    assert [each for each in told if squeezed(each) not in squeezed(page)] == []
    assert "Tuteur et signataire de la structure d’accueil" in page
    assert squeezed("multirisque professionnelle en cours de validité") in squeezed(page)


def test_a_convention_is_called_the_same_on_every_page() -> None:
    for page in pdf_pages(render(papers.issued_paper())):
        assert "Convention n° PMSMP-2026-0001" in page


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=400), st.text(max_size=2_000))
def test_whatever_is_typed_gives_a_paper(name: str, tasks: str) -> None:
    paper = _with_tasks(tasks, _with_host_name(name))
    assert render(paper).startswith(b"%PDF-")


def test_a_timetable_of_many_slots_and_weeks_is_whole() -> None:
    first = date(2026, 3, 2)
    slots = tuple(
        Slot(first + timedelta(days=day), hour * 60, hour * 60 + 30)
        for day in range(60)
        for hour in range(6, 20)
    )
    paper = papers.issued_paper()
    paper = replace(paper, period=replace(paper.period, slots=slots))
    text = pdf_text(render(paper))
    assert text.count("6h00–6h30") == 60
    assert squeezed("420 h, 60 jours de présence") in text


def test_papers_may_be_drawn_by_several_threads_at_once() -> None:
    expected = render(papers.issued_paper())
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: render(papers.issued_paper()), range(8)))
    assert all(each == expected for each in drawn)
