"""What a convention must say, on the PDF and in the Word document alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.documents import paper_docx, paper_pdf
from connexion_desktop.documents.content import (
    Choice,
    Field,
    Grid,
    Paper,
    Prose,
    Signatures,
    texts,
)
from connexion_desktop.documents.convention_parties import yes_no
from connexion_desktop.documents.convention_text import paper_text, timetable
from connexion_desktop.domain.convention_paper import (
    ConventionPaper,
)
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.identity import Situation
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.placement import PlacementObject, PlacementState
from connexion_desktop.domain.timetable import Slot
from tests.documents import papers
from tests.documents.reading import docx_text, pdf_text, squeezed

ALL_PAPERS = (
    papers.issued_paper,
    papers.minor_paper,
    papers.employee_paper,
    papers.blank_draft,
)

OBLIGATORY = {
    "prescriber": "Connexion des possibles",
    "its address": "12 rue des Essais, Bâtiment B",
    "its SIRET": "732 829 320 00074",
    "delegation": "CONV-33-2026-017",
    "delegating body": "France Travail Nouvelle-Aquitaine, 87 rue Inventée, 33000 Bordeaux",
    "delegation's validity": "du 01/01/2026 au 31/12/2026",
    "birth name": "Nguyễn",
    "used name": "Lefèvre",
    "given name": "Thị Hương",
    "birth date": "12/05/1988",
    "birth place": "Huế",
    "birth country": "Viêt Nam",
    "residence permit": "Carte de résident",
    "its number": "9903112233",
    "its expiry": "30/06/2031",
    "person to call": "Marc Lefèvre, conjoint",
    "their phone": "06 39 98 56 78",
    "situation before": "Demandeur d’emploi suivi par France Travail – N° DE : 1234567A",
    "disability boxes": "RQTH",
    "host": "Menuiserie du Port",
    "host's SIRET": "552 081 317 66522",
    "host's APE": "43.32A",
    "host's address": "3 quai des Chartrons",
    "main activity": "Travaux de menuiserie bois et PVC",
    "collective agreement": "Ouvriers du bâtiment, moins de dix salariés (IDCC 1596)",
    "tutor": "Олександр Шевченко",
    "tutor's function": "chef d’atelier",
    "signatory": "Paul Martin",
    "insurance": "assurance multirisque professionnelle en cours de validité",
    "conseiller référent": "Sarah Ben Amor",
    "their function": "conseillère référente",
    "first day": "11 mars 2026",
    "last day": "27 mars 2026",
    "total hours": "63 h",
    "object": "Découvrir un métier ou un secteur d’activité",
    "tasks": "Observer la prise de cotes sur chantier",
    "objectives": "savoir lire un plan d’agencement simple",
    "evaluation": "grille d’observation remplie par le tuteur et par la bénéficiaire",
    "timetable": "13h30–17h00",
    "total of a week": "21 h",
    "days of presence": "9 jours de présence",
    "protective equipment": "Chaussures de sécurité, lunettes et protections auditives",
    "prevention": "Accueil sécurité le premier matin",
    "observations": "Pause de 20 minutes le matin",
    "host's duty": "ne pas faire exécuter au bénéficiaire une tâche régulière",
    "24 hours": "dans les 24 heures",
    "48 hours": "Dans les 48 heures, l’organisme prescripteur déclare l’accident",
    "CPAM": "caisse primaire d’assurance maladie (CPAM) du lieu de résidence",
    "law": "Articles L. 5135-1 et D. 5135-1 et suivants du code du travail",
    "number": "PMSMP-2026-0001",
    "place and date": "Fait à Bordeaux, le 2 mars 2026, en 3 exemplaires originaux",
    "issuer's signatory": "Hélène Dumas-Œuvrard, directrice",
}


@pytest.fixture(scope="module")
def issued_pdf() -> str:
    return pdf_text(paper_pdf.render(papers.issued_paper()))


@pytest.fixture(scope="module")
def issued_docx() -> str:
    return docx_text(paper_docx.render(papers.issued_paper()))


@pytest.mark.parametrize("mention", OBLIGATORY.values(), ids=OBLIGATORY)
def test_an_obligatory_mention_is_on_both_papers(
    mention: str, issued_pdf: str, issued_docx: str
) -> None:
    assert squeezed(mention) in issued_pdf
    assert squeezed(mention) in issued_docx


@pytest.mark.parametrize("make", ALL_PAPERS)
def test_both_papers_state_the_same_values(make: Callable[[], ConventionPaper]) -> None:
    paper = make()
    text = paper_text(paper)
    said = {squeezed(each) for section in text.sections for each in texts(section)}
    on_pdf = pdf_text(paper_pdf.render(paper))
    in_docx = docx_text(paper_docx.render(paper))

    assert [each for each in said if each not in on_pdf] == []
    assert [each for each in said if each not in in_docx] == []


def _cells(paper: Paper) -> list[Field | Choice]:
    return [
        cell
        for section in paper.sections
        for block in section.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
    ]


def _fields(paper: ConventionPaper) -> dict[str, Field]:
    return {each.label: each for each in _cells(paper_text(paper)) if isinstance(each, Field)}


def _ticked(paper: ConventionPaper, label: str) -> list[str]:
    for cell in _cells(paper_text(paper)):
        if isinstance(cell, Choice) and cell.label.startswith(label):
            return [option.text for option in cell.options if option.checked]
    raise AssertionError(label)


@pytest.mark.parametrize("make", ALL_PAPERS)
def test_each_row_of_the_grid_fills_the_line(make: Callable[[], ConventionPaper]) -> None:
    for section in paper_text(make()).sections:
        for block in section.blocks:
            if isinstance(block, Grid):
                assert {sum(cell.width for cell in row) for row in block.rows} == {12}


@pytest.mark.parametrize("purpose", PlacementObject)
def test_exactly_one_object_is_ticked(purpose: PlacementObject) -> None:
    paper = papers.issued_paper()
    paper = replace(paper, period=replace(paper.period, purpose=purpose))
    assert _ticked(paper, "Objet") == [purpose.label]


@pytest.mark.parametrize("situation", Situation)
def test_exactly_one_of_the_seven_situations_is_ticked(situation: Situation) -> None:
    paper = papers.issued_paper()
    paper = replace(paper, beneficiary=replace(paper.beneficiary, situation=situation))
    assert len(_ticked(paper, "Situation avant")) == 1


def test_no_answer_about_equipment_is_not_a_no() -> None:
    paper = papers.issued_paper()
    unanswered = replace(paper, period=replace(paper.period, ppe=None))
    none_needed = replace(paper, period=replace(paper.period, ppe=""))
    assert _ticked(unanswered, "Équipements") == []
    assert _ticked(none_needed, "Équipements") == ["Non"]
    assert _ticked(paper, "Équipements") == ["Oui"]


def test_a_blank_draft_marks_what_is_obligatory() -> None:
    paper = papers.blank_draft()
    text = paper_text(paper)
    missing = [cell.label for cell in _cells(text) if cell.is_missing]
    prose = [
        block.label
        for section in text.sections
        for block in section.blocks
        if isinstance(block, Prose) and block.is_missing
    ]
    marks = len(missing) + len(prose) + len(["the timetable", "the prescriber’s signatory"])

    assert {"Nom de naissance", "Du", "au", "Conseiller référent"} <= set(missing)
    assert prose == ["Activités et tâches confiées", "Objectifs précis", "Modalités d’évaluation"]
    assert pdf_text(paper_pdf.render(paper)).count("àcompléter") == marks
    assert docx_text(paper_docx.render(paper)).count("àcompléter") == marks


def test_nothing_is_left_to_complete_on_a_full_paper(issued_pdf: str, issued_docx: str) -> None:
    assert "àcompléter" not in issued_pdf
    assert "àcompléter" not in issued_docx


def _signers(paper: ConventionPaper) -> dict[str, str]:
    signatures = paper_text(paper).sections[-1].blocks[0]
    assert isinstance(signatures, Signatures)
    return {block.party: block.name for block in signatures.blocks}


def test_an_adult_accompanied_by_the_prescriber_makes_three_parties() -> None:
    assert _signers(papers.issued_paper()) == {
        "La bénéficiaire": "Thị Hương Lefèvre",
        "La structure d’accueil": "Menuiserie du Port, Paul Martin, gérant",
        "L’organisme prescripteur": "Connexion des possibles, Hélène Dumas-Œuvrard, directrice",
    }


def test_the_representative_of_a_minor_signs_too() -> None:
    signers = _signers(papers.minor_paper())
    assert signers["Le représentant légal du bénéficiaire mineur"] == "Maria Da Costa"
    assert len(signers) == 4


def test_an_employer_and_another_accompanying_body_sign_too() -> None:
    assert list(_signers(papers.employee_paper())) == [
        "La bénéficiaire",
        "L’employeur",
        "La structure d’accueil",
        "L’organisme prescripteur",
        "La structure d’accompagnement",
    ]


def test_the_employer_does_not_sign_when_the_contract_is_suspended() -> None:
    paper = papers.employee_paper()
    assert paper.employer is not None
    paper = replace(paper, employer=replace(paper.employer, contract_suspended=True))
    text = docx_text(paper_docx.render(paper))

    assert "L’employeur" not in _signers(paper)
    assert squeezed("période en suspension du contrat") in text
    assert squeezed("Dans les 48 heures, l’organisme prescripteur déclare") in text


def test_a_suspension_that_nobody_knows_of_ticks_neither_box() -> None:
    question = yes_no("Période en suspension du contrat ?", None, 5)
    assert [option.checked for option in question.options] == [False, False]


def test_the_employer_declares_the_accident_of_an_employee() -> None:
    text = pdf_text(paper_pdf.render(papers.employee_paper()))
    assert squeezed("Dans les 48 heures, l’employeur déclare l’accident") in text


def test_a_contrat_aide_makes_a_copy_for_the_asp_and_never_more_than_six() -> None:
    paper = papers.employee_paper()
    everybody = replace(paper, beneficiary=replace(paper.beneficiary, is_minor=True))
    for each in (paper, everybody):
        assert len(each.copies) == 6
        text = pdf_text(paper_pdf.render(each))
        assert squeezed("en 6 exemplaires originaux") in text
        assert squeezed("Agence de services et de paiement (ASP)") in text
        assert squeezed("Transmis à l’ASP le") in text


def test_a_renewal_names_the_first_convention_and_its_reason() -> None:
    text = pdf_text(paper_pdf.render(papers.employee_paper()))
    assert "PMSMP-2025-0142" in text
    assert squeezed("Absence du tuteur pendant la première semaine") in text
    assert squeezed("Chantier de la Cité Bleue") in text


def test_a_second_edition_says_which_one_it_replaces() -> None:
    text = pdf_text(paper_pdf.render(papers.employee_paper()))
    assert squeezed("Version 2, qui remplace la version 1") in text


def test_an_imprecise_birth_date_stays_imprecise() -> None:
    paper = papers.issued_paper()
    born = ImpreciseDate(date(1988, 1, 1), Precision.YEAR)
    paper = replace(paper, beneficiary=replace(paper.beneficiary, birth_date=born))
    labels = {cell.label: cell for cell in _cells(paper_text(paper)) if isinstance(cell, Field)}
    assert labels["Née le"].value == "1988"


@pytest.mark.parametrize("make", ALL_PAPERS)
def test_a_paper_can_be_kept_as_json_and_read_back(
    make: Callable[[], ConventionPaper],
) -> None:
    kept = msgspec.json.encode(make())
    assert msgspec.json.decode(kept, type=ConventionPaper) == make()


@pytest.mark.parametrize("make", ALL_PAPERS)
def test_the_same_paper_gives_the_same_bytes(make: Callable[[], ConventionPaper]) -> None:
    assert paper_pdf.render(make()) == paper_pdf.render(make())
    assert paper_docx.render(make()) == paper_docx.render(make())


_SLOTS = st.builds(
    lambda day, start, length: Slot(
        date.fromordinal(date(2026, 3, 1).toordinal() + day), start, min(start + length, 1440)
    ),
    st.integers(0, 45),
    st.integers(0, 1400),
    st.integers(1, 600),
)


@given(st.lists(_SLOTS, max_size=40))
def test_weekly_totals_add_up_to_the_grand_total(slots: list[Slot]) -> None:
    table = timetable(slots, "Horaires")
    minutes = sum(slot.minutes for slot in slots)
    shown = [hours for week in table.weeks for day in week.days for hours in day.hours]

    assert len(shown) == len(slots)
    assert all(len(week.days) == 7 for week in table.weeks)
    assert table.total.replace("\u00a0", " ").startswith(hours_text(minutes) if slots else "")
    assert sum(_minutes(week.total) for week in table.weeks) == minutes


def _minutes(text: str) -> int:
    words = text.replace("\u00a0", " ")
    if words.endswith("min"):
        return int(words.split()[0])
    hours, _, rest = words.partition(" h")
    return int(hours) * 60 + int(rest or 0)


def test_an_issued_paper_that_is_cancelled_says_so() -> None:
    paper = papers.issued_paper()
    assert paper_text(paper).stamp == ""
    assert paper_text(replace(paper, state=PlacementState.CANCELLED)).stamp == "ANNULÉE"
    assert paper_text(replace(paper, superseded=True)).stamp == "REMPLACÉE"


def test_only_a_draft_says_what_is_to_be_completed() -> None:
    draft = replace(papers.issued_paper(), state=PlacementState.DRAFT)
    for paper, is_marked in ((draft, True), (papers.issued_paper(), False)):
        unanswered = replace(paper, period=replace(paper.period, ppe=None, prevention=None))
        said = pdf_text(paper_pdf.render(unanswered))
        assert (squeezed("à compléter") in said) is is_marked


def test_an_adult_s_copy_is_theirs_and_a_minor_s_may_be_their_representative_s() -> None:
    assert papers.issued_paper().copies[0] == "bénéficiaire"
    assert papers.minor_paper().copies[0] == "bénéficiaire ou représentant légal"


def test_a_number_typed_at_one_go_is_printed_by_pairs() -> None:
    paper = papers.issued_paper()
    body = replace(paper.prescriber.body, phone="0556000000")
    paper = replace(paper, prescriber=replace(paper.prescriber, body=body))
    assert "05 56 00 00 00" in str(paper_text(paper))


def test_the_name_of_use_is_told_when_the_birth_name_is_not() -> None:
    paper = papers.blank_draft()
    paper = replace(paper, beneficiary=replace(paper.beneficiary, used_name="Roux", birth_name=""))
    fields = _fields(paper)
    assert fields["Nom d’usage"].value == "Roux"
    assert fields["Nom de naissance"].is_missing
    same = replace(paper, beneficiary=replace(paper.beneficiary, birth_name="ROUX"))
    assert _fields(same)["Nom d’usage"].value == ""
