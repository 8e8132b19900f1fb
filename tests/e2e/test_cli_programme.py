"""`programme` and `emargement`: the calendar and the sheets of a group, from a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from benchmarks import bases
from tests.documents.reading import pdf_pages
from tests.e2e.conftest import Shell

GROUP = "bordeaux · mars 2026"
OwnDemo = tuple[Shell, bases.DemoBase, Path]


@pytest.fixture
def own_demo(shell: Shell, demo: bases.DemoBase, tmp_path: Path) -> OwnDemo:
    return shell, demo, tmp_path


def test_the_programme_is_a_calendar_that_names_nobody_of_the_group(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    path = tmp_path / "groupe.ics"
    assert shell("programme", GROUP, "-o", path, *demo.options) == 0, shell.err
    text = path.read_text("utf-8")
    calendar = Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    assert len(events) >= 24 and len({str(each["UID"]) for each in events}) == len(events)
    assert text.count("X-WR-CALNAME") == 1
    assert "TZID=Europe/Paris" in text and "BEGIN:VTIMEZONE" in text
    for person in shell.list("personnes", *demo.options):
        assert person["nom"] not in text


def test_the_programme_is_a_paper(shell: Shell, demo: bases.DemoBase, tmp_path: Path) -> None:
    path = tmp_path / "groupe.pdf"
    assert shell("programme", GROUP, "-o", path, *demo.options) == 0, shell.err
    first = pdf_pages(path.read_bytes())[0]
    assert "Programme – Bordeaux · mars 2026" in first
    assert "Semaine" in first and "Attendus" in first


def test_the_sheets_of_the_cycle_then_those_of_two_weeks(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    path = tmp_path / "feuilles.pdf"
    assert shell("emargement", GROUP, "-o", path, *demo.options) == 0, shell.err
    pages = pdf_pages(path.read_bytes())
    assert len(pages) >= 12 and all("EM-2026-0005" in page for page in pages)
    assert shell("emargement", GROUP, "--semaine", "3", "-o", path, *demo.options) == 0, shell.err
    pages = pdf_pages(path.read_bytes())
    assert len(pages) == 2, "a week with four activities at once fills a page"
    for page in pages:
        assert "EM-2026-0002, version 1" in page, "already printed, and nothing has changed since"
    assert shell("emargement", GROUP, "-o", path, *demo.options) == 0, shell.err
    assert "EM-2026-0005, version 1" in pdf_pages(path.read_bytes())[0]


@pytest.mark.parametrize(
    ("asked", "file", "answer"),
    [
        (("programme", "Nulle part"), "a.ics", (1, "Au choix : Bordeaux")),
        (("programme", GROUP), "a.doc", (2, "finir par .ics ou .pdf")),
        (("emargement", GROUP), "a.ics", (2, "finir par .pdf")),
        (("emargement", GROUP, "--semaine", "zéro"), "a.pdf", (2, "un nombre de 1 à 99")),
        (("emargement", GROUP, "--semaine", "40"), "a.pdf", (1, "pas de semaine 40")),
    ],
)
def test_what_is_badly_asked_is_told_and_leaves_no_file(
    own_demo: OwnDemo, asked: tuple[str, ...], file: str, answer: tuple[int, str]
) -> None:
    shell, demo, folder = own_demo
    status, told = answer
    assert shell(*asked, "-o", folder / file, *demo.options) == status
    assert told in shell.err
    assert not (folder / file).exists()
