"""The attendance sheet on paper: everything is on it, whatever is typed, and its codes are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connexion_desktop.documents.attendance_pdf import render
from connexion_desktop.documents.preview import page_sizes
from connexion_desktop.domain.attendance_paper import AttendancePaper, SheetRequest, grids
from connexion_desktop.domain.convention_paper import Body
from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.programme import Participant
from connexion_desktop.domain.progress import Silent

from .reading import pdf_pages

START = date(2026, 3, 2)


def seance(
    on: date, people: Iterable[Participant], start: int = 540, title: str = "Mon CV"
) -> MeetingRow:
    return MeetingRow(
        id=uuid4(),
        on=on,
        start=start,
        end=start + 180,
        kind="atelier",
        kind_told="Atelier",
        title=title,
        people=frozenset(each.journey_id for each in people),
    )


def paper(names: list[str], days: int = 2, title: str = "Mon CV") -> AttendancePaper:
    people = tuple(Participant(uuid4(), uuid4(), name, START) for name in names)
    held = [
        seance(START + timedelta(days=day), people, start, title)
        for day in range(days)
        for start in (540, 810)
    ]
    return AttendancePaper(
        issuer=Body("Connexion des possibles & Cie"),
        group="Bordeaux · mars 2026",
        place="Bordeaux",
        conseiller="Nadia Ferrand",
        request=SheetRequest(),
        pages=grids(held, people),
        made_on=START,
        number="EM-2026-0007",
        edition=2,
    )


def test_it_says_who_signs_when_for_what_and_which_sheet_it_is() -> None:
    (page,) = pdf_pages(render(paper(["Awa Diallo"]), Silent()))
    for told in (
        "Connexion des possibles & Cie", "Bordeaux · mars 2026", "Nadia Ferrand", "Awa Diallo",
        "Lundi 2 mars 2026", "Après-midi", "9 h – 12 h", "Mon CV", "Qui anime signe aussi",
        "EM-2026-0007, version 2", "page 1 / 1",
    ):  # fmt: skip
        assert told.replace("\u00a0", " ") in page.replace("\u00a0", " "), told


def test_a_sheet_without_a_number_says_that_it_is_only_seen() -> None:
    (page,) = pdf_pages(render(replace(paper(["Awa Diallo"]), number="", edition=1), Silent()))
    assert "APERÇU" in page and "Aperçu, à ne pas signer" in page
    assert "version" not in page and "Awa Diallo" in page


def test_the_same_sheet_gives_the_same_bytes_and_lies_on_its_side() -> None:
    told = paper(["Awa Diallo"])
    content = render(told, Silent())
    assert content == render(told, Silent())
    ((width, height),) = page_sizes(content)
    assert width > height


def test_a_full_room_goes_on_the_next_page_and_nobody_is_lost() -> None:
    names = [f"Personne {rank:02}" for rank in range(40)]
    pages = pdf_pages(render(paper(names), Silent()))
    assert len(pages) == 3
    assert all(any(name in page for page in pages) for name in names)


@pytest.mark.parametrize("days", [1, 2, 3, 4])
def test_a_long_name_stands_whole_whatever_the_days(days: int) -> None:
    (page,) = pdf_pages(render(paper(["Jean-Baptiste de la Fontaine-Martin"], days), Silent()))
    assert "Jean-Baptiste de la" in page and "Martin" in page


@pytest.mark.parametrize("first", [date(2026, 9, 23), date(2026, 12, 1), date(2028, 2, 23)])
def test_the_date_of_a_day_of_one_column_is_never_cut(first: date) -> None:
    people = (Participant(uuid4(), uuid4(), "Awa Diallo", first),)
    held = [seance(first + timedelta(days=day), people) for day in (0, 1, 2, 3, 7, 8, 9, 10)]
    (page,) = grids(held, people)
    assert len(page.columns) == 8
    (told,) = pdf_pages(render(replace(paper(["Awa Diallo"]), pages=(page,)), Silent()))
    words = " ".join(told.replace("\u00a0", " ").split())
    assert "…" not in words
    for each in held:
        assert full_day(each.on).capitalize() in words


@given(
    st.lists(st.text(max_size=60), min_size=1, max_size=6),
    st.text(max_size=90),
)
@settings(max_examples=40)
def test_whatever_is_typed_makes_a_sheet(names: list[str], title: str) -> None:
    told = paper(names, 1, title)
    assert len(pdf_pages(render(told, Silent()))) == 1
