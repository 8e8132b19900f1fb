"""A list on paper: titles on each page, upright or on its side, whatever is typed in it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connexion_desktop.documents.list_pdf import render
from connexion_desktop.documents.preview import page_sizes
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Silent
from connexion_desktop.domain.sheet import MOST_ON_PAPER, Cell, ListPaper, ListSheet

from .reading import pdf_pages

DAY = date(2026, 4, 21)


def paper(
    titles: tuple[str, ...], *rows: tuple[Cell, ...], about: str = "En parcours"
) -> ListPaper:
    return ListPaper(
        ListSheet("Personnes", titles, rows), "En parcours", DAY, "Connexion des possibles & Cie"
    )


def test_it_says_whose_list_it_is_what_was_kept_and_when() -> None:
    (page,) = pdf_pages(render(paper(("Nom", "Entrée"), ("Diallo", DAY)), Silent()))
    for told in (
        "Connexion des possibles & Cie", "Personnes", "En parcours · 21 avril 2026", "Diallo",
        "21/04/2026", "Page 1 / 1",
    ):  # fmt: skip
        assert told in page


def test_each_page_has_the_titles_and_its_number() -> None:
    rows = [(f"Nom {rank}", "Pessac") for rank in range(150)]
    found = pdf_pages(render(paper(("Nom", "Site"), *rows), Silent()))
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert f"Page {number} / {len(found)}" in page
        assert "Site" in page
    assert sum(page.count("Pessac") for page in found) == 150


def test_few_columns_stand_upright_and_many_lie_on_their_side() -> None:
    (upright,) = page_sizes(render(paper(("A", "B"), ("a", "b")), Silent()))
    titles = tuple(f"Titre de la colonne {rank}" for rank in range(9))
    (lying,) = page_sizes(render(paper(titles, titles), Silent()))
    assert upright[0] < upright[1]
    assert lying[0] > lying[1]


@pytest.mark.parametrize(
    "typed",
    [
        "<b>gras</b> & Cie",
        "=HYPERLINK(1)",
        "مرحبا بكم",
        "😀 contente",
        "x" * 3000,
        "a\x00\x07b",
        "é " * 900,
    ],
)
def test_whatever_was_typed_is_only_letters(typed: str) -> None:
    found = "".join(pdf_pages(render(paper((typed[:40], "Suite"), (typed, "fin")), Silent())))
    assert "fin" in found
    if typed.startswith("<b>"):
        assert "<b>gras</b> & Cie" in found


CYCLE = (
    "Semaine", "Jour", "Heures", "Séance", "Sorte", "Lieu", "Animateur", "Partenaire", "Attendus",
    "État", "À vérifier",
)  # fmt: skip


@pytest.mark.parametrize("place", ["Maison des Possibles, Talence", "Salle bleue", ""])
def test_a_day_and_a_title_are_on_one_line_where_the_columns_are_many(
    place: str,
) -> None:
    rows = [
        (
            "12", day, "13 h 30 – 16 h 30", "Découvrir le quartier et les lieux du programme",
            "Activité", place, "Nadia Ferrand", "Vision mêlée", "12", "prévue",
            "Même lieu que « Pitch », Pessac · octobre 2026",
        )
        for day in (date(2026, 12, 7), date(2026, 9, 28))
    ]  # fmt: skip
    (page,) = pdf_pages(render(paper(CYCLE, *rows), Silent()))
    for whole in ("07/12/2026", "28/09/2026", "Attendus", "Semaine", "Partenaire"):
        assert whole in page


@settings(max_examples=40)
@given(
    st.integers(1, 12).flatmap(
        lambda count: st.lists(st.tuples(*[st.text(max_size=60)] * count), min_size=1, max_size=30)
    )
)
def test_nothing_that_is_typed_prevents_printing(rows: list[tuple[str, ...]]) -> None:
    titles = tuple(f"Colonne {rank}" for rank in range(len(rows[0])))
    assert render(paper(titles, *rows), Silent()).startswith(b"%PDF")


def test_an_empty_list_is_not_printed() -> None:
    with pytest.raises(UserError, match="aucune ligne à imprimer"):
        render(paper(("Nom",)), Silent())


def test_more_rows_than_paper_is_made_for_are_refused_in_words() -> None:
    rows = [("a",)] * (MOST_ON_PAPER + 1)
    with pytest.raises(UserError, match="trop pour du papier"):
        render(paper(("Nom",), *rows), Silent())


def test_who_gives_up_is_heard() -> None:
    class GaveUpError(Exception):
        pass

    class Impatient:
        def step(self, done: int, total: int, label: str = "") -> None:
            if done:
                raise GaveUpError

    with pytest.raises(GaveUpError):
        render(paper(("Nom",), *[("a",)] * 2000), Impatient())
