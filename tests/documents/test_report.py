"""The report of a period, read back from its PDF and its Word document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from connexion_desktop.documents import paper_docx, paper_pdf
from connexion_desktop.domain.activity_report import ActivityReport, Figure
from connexion_desktop.domain.convention_paper import Body
from connexion_desktop.domain.figures import Breakdown, Part, Unit
from connexion_desktop.domain.period import year_of
from tests.documents.reading import docx_text, pdf_text, squeezed
from tests.documents.test_convention_pdf import HOSTILE

DAY = date(2026, 4, 21)


def report(*, name: str = "Bordeaux · mars 2026", bars: int = 2) -> ActivityReport:
    groups = tuple(Part(rank, f"{name} {rank}", rank * 3.0) for rank in range(bars))
    return ActivityReport(
        association=Body("Connexion des possibles"),
        period=year_of(DAY),
        scope="tous les sites et tous les groupes",
        made_on=DAY,
        figures=(
            Figure(
                "entered", "Personnes et parcours", "Entrées", "Parcours commencés.", Unit.PLAIN,
                12, (Breakdown("Par groupe", groups),), "3 sans date.",
            ),
            Figure("rate", "Assiduité", "Taux de présence", "Sur ce qui est noté.",
                Unit.PERCENT, None),
        ),
    )  # fmt: skip


def both(told: ActivityReport) -> tuple[str, str]:
    return squeezed(pdf_text(paper_pdf.render(told))), squeezed(docx_text(paper_docx.render(told)))


def test_each_figure_stands_with_its_rule_and_its_chart_on_both() -> None:
    for text in both(report()):
        for expected in (
            "Activité : année 2026",
            "Entrées",
            "12",
            "Parcours commencés. 3 sans date.",
            "Par groupe",
            "Bordeaux · mars 2026 1",
            "fait le 21 avril 2026",
            "Personne n’est nommé dans ce rapport.",
        ):
            assert squeezed(expected) in text


def test_what_nobody_knows_is_a_dash_and_never_0() -> None:
    told = report()
    for text in both(told):
        assert "–" in text
        assert "0\u00a0%" not in text


def test_invented_people_are_told_to_be_invented() -> None:
    for text in both(replace(report(), is_demo=True)):
        assert squeezed("toutes ces personnes sont inventées") in text


def test_a_hundred_groups_are_cut_short_and_counted() -> None:
    for text in both(report(bars=100)):
        assert squeezed("Par groupe (et 76 de plus)") in text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_letters(name: str) -> None:
    for text in both(report(name=name)):
        assert squeezed("Entrées") in text


def test_the_same_report_gives_the_same_bytes() -> None:
    assert paper_pdf.render(report()) == paper_pdf.render(report())
    assert paper_docx.render(report()) == paper_docx.render(report())
