"""Figures of a period, on a real base: what counts, what does not, what nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from benchmarks import bases
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.activity_report import ActivityReport, Figure, FigureLine, Question
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.figures import UNKNOWN, Measure
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.period import Period, month_of, year_of
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases import pilotage
from connexion_desktop.usecases.figures import FIGURES
from tests import factories as make
from tests.factories import START, TODAY, days

YEAR = Question(year_of(TODAY), TODAY)
Put = Callable[[Session], object]


def counted(database: Database, asked: Question = YEAR) -> ActivityReport:
    with database.read() as session:
        return pilotage.report(session, asked)


def told(database: Database, code: str, asked: Question = YEAR) -> str:
    return counted(database, asked).figure(code).told


def listed(database: Database, code: str, asked: Question = YEAR) -> tuple[FigureLine, ...]:
    with database.read() as session:
        return pilotage.lines(session, asked, code)


def parts(figure: Figure, title: str) -> dict[str, float | None]:
    (found,) = [each for each in figure.breakdowns if each.title == title]
    return {part.label: part.value for part in found.parts}


def issued(
    session: Session, person: UUID, first: date, last: date, state: str = "signed", **more: Any
) -> UUID:
    """An immersion whose convention is in force."""
    placement = make.placement(session, person, state, first, last, **more)
    make.put(
        session,
        m.Agreement(
            placement_id=placement,
            number=f"P-{placement.hex}",
            issued_at=datetime(2026, 3, 1, tzinfo=UTC),
            issued_by="Anne Martin",
            starts_on=first,
            ends_on=last,
            minutes=21 * 60,
            object="discover",
            content={},
        ),
    )
    return placement


def test_in_a_new_base_nothing_is_known_and_nothing_is_0(database: Database) -> None:
    assert {figure.told for figure in counted(database).figures} == {""}
    assert all("Non connu" in figure.remark for figure in counted(database).figures)


def test_somebody_met_in_the_period_counts_once_and_an_undated_contact_is_told(
    database: Database,
) -> None:
    with database.bulk() as session:
        make.person(session, met_on=date(2026, 1, 1), channel="rue", public="invisible")
        make.person(session, met_on=date(2026, 12, 31))
        make.person(session, met_on=date(2025, 12, 31))
        make.person(session, "Sans", "Date")
    met = counted(database).figure("met")
    assert met.value == 2
    assert met.remark == "1 personne sans date de premier contact n’est pas comptée."
    assert parts(met, "Par canal") == {"Rue": 1, UNKNOWN: 1}


def test_entered_present_and_left_follow_the_days_of_the_journey(database: Database) -> None:
    with database.bulk() as session:
        group = make.cohort(session)
        stays = make.person(session, "Reste")
        make.journey(session, stays, group)
        gone = make.person(session, "Partie")
        journey = make.journey(session, gone, group, left_on=date(2026, 3, 31))
        make.put(session, m.JourneyExit(journey_id=journey, on=date(2026, 3, 31), exit="cdi"))
        before = make.person(session, "Avant")
        make.journey(session, before, group, date(2025, 1, 6), left_on=date(2025, 6, 30))
    assert [told(database, code) for code in ("entered", "present", "left")] == ["2", "2", "1"]
    april = Question(month_of(TODAY), TODAY)
    assert [told(database, code, april) for code in ("entered", "present", "left")] == [
        "0", "1", "0",
    ]  # fmt: skip
    long_ago = Question(year_of(date(2024, 6, 1)), TODAY)
    assert told(database, "present", long_ago) == ""


def test_who_comes_back_enters_twice_and_is_present_once(database: Database) -> None:
    with database.bulk() as session:
        group = make.cohort(session)
        who = make.person(session)
        make.journey(session, who, group, left_on=days(-20))
        make.journey(session, who, group, days(-5))
    assert told(database, "entered") == "2"
    assert told(database, "present") == "1"
    assert len(listed(database, "entered")) == 2
    assert len(listed(database, "present")) == 1


def test_a_move_to_another_group_is_neither_an_entry_nor_an_exit(database: Database) -> None:
    with database.bulk() as session:
        first, second = make.cohort(session, "Premier"), make.cohort(session, "Second")
        who = make.person(session)
        make.journey(session, who, first, left_on=days(-5))
        make.journey(session, who, second, days(-5))
        gone = make.person(session, "Koffi", "N’Guessan")
        journey = make.journey(session, gone, first, left_on=days(-5))
        make.put(session, m.JourneyExit(journey_id=journey, on=days(-5), exit="cdi"))
        make.journey(session, gone, second, days(-5))
    report = counted(database)
    codes = ("entered", "present", "left", "undocumented")
    assert [report.figure(code).value for code in codes] == [3, 2, 1, 0]
    into_second = Question(year_of(TODAY), TODAY, cohort=second)
    assert told(database, "present", into_second) == "2"


def test_what_is_only_planned_is_not_counted_as_done(database: Database) -> None:
    with database.bulk() as session:
        group = make.cohort(session)
        who = make.person(session)
        make.journey(session, who, group, left_on=days(20))
        make.journey(session, make.person(session, "Bientôt"), group, days(10))
    report = counted(database)
    codes = ("entered", "present", "left", "undocumented")
    assert [report.figure(code).value for code in codes] == [1, 1, 0, 0]


def test_an_immersion_without_a_group_counts_at_the_site_of_its_person(database: Database) -> None:
    with database.bulk() as session:
        sites = dict(session.execute(sa.select(m.Site.code, m.Site.id)).tuples().all())
        who = make.person(session, site_id=sites["talence"])
        issued(session, who, days(-9), days(-5))
    at_talence = Question(year_of(TODAY), TODAY, site=sites["talence"])
    report = counted(database, at_talence)
    codes = ("placements", "placed_people", "assessed")
    assert [report.figure(code).value for code in codes] == [1, 1, 0]
    assert report.figure("placement_hours").told == "21\u00a0h"


def test_presence_is_counted_on_what_is_marked_alone(database: Database) -> None:
    with database.bulk() as session:
        _, journey = make.participant(session, make.cohort(session))
        for offset, mark in ((-8, "P"), (-7, "R"), (-1, "E"), (0, "A")):
            make.mark(session, journey, days(offset), mark)
    report = counted(database)
    assert report.figure("attendance").told == "50\u00a0%"
    assert report.figure("absences").value == 2
    assert parts(report.figure("absences"), "Par motif") == {
        "Absence excusée": 1, "Absence": 1,
    }  # fmt: skip
    assert report.figure("late").value == 1
    (line,) = listed(database, "attendance")
    assert line.told == "2 sur 4"


def test_a_rate_of_a_period_without_any_mark_is_blank_not_0(database: Database) -> None:
    with database.bulk() as session:
        _, journey = make.participant(session, make.cohort(session))
        make.mark(session, journey, days(-60), "P")
    assert told(database, "attendance", Question(month_of(TODAY), TODAY)) == ""


def test_an_immersion_counts_once_its_convention_is_in_force(database: Database) -> None:
    with database.bulk() as session:
        who, _ = make.participant(session, make.cohort(session))
        done = issued(session, who, days(-20), days(-10), "assessed")
        make.put(session, m.Assessment(placement_id=done, held="done", trade_confirmed="yes"))
        issued(session, who, days(-9), days(-5), "signed")
        issued(session, who, days(-1), days(3), "signed")
        issued(session, who, days(10), days(14), "to_sign")
        issued(session, who, days(-30), days(-28), "cancelled")
        make.placement(session, who, "draft", days(1), days(2))
    report = counted(database)
    placements = report.figure("placements")
    assert placements.value == 4
    assert parts(placements, "Par objet") == {"Découvrir un métier": 4}
    assert parts(placements, "Par issue") == {
        "Réalisée": 1, "Terminée, bilan à faire": 1, "En cours": 1, "À venir": 1,
    }  # fmt: skip
    assert report.figure("placed_people").value == 1
    assert report.figure("placement_hours").told == "84\u00a0h"
    assert report.figure("assessed").told == "50\u00a0%"


def test_loans_are_counted_on_the_last_day_of_the_period(database: Database) -> None:
    with database.bulk() as session:
        who, _ = make.participant(session, make.cohort(session))
        make.laptop(session, who, "PC-1", days(-2))
        loan = make.laptop(session, who, "PC-2")
        session.execute(sa.update(m.Loan).where(m.Loan.id == loan).values(returned_on=days(-1)))
    report = counted(database)
    codes = ("lent", "returned", "still_lent", "overdue")
    assert [report.figure(code).value for code in codes] == [2, 1, 1, 1]
    march = Question(Period(date(2026, 3, 1), date(2026, 3, 31)), TODAY)
    assert told(database, "still_lent", march) == "2"
    assert told(database, "overdue", march) == "0"


def test_an_undocumented_exit_is_told_apart_and_weighs_on_no_rate(database: Database) -> None:
    exits = ("cdi", "formation", "inactif", "non_documentee", None)
    with database.bulk() as session:
        group = make.cohort(session)
        for rank, code in enumerate(exits):
            who = make.person(session, f"Personne {rank}")
            journey = make.journey(session, who, group, left_on=days(-rank))
            if code is not None:
                make.put(session, m.JourneyExit(journey_id=journey, on=days(-rank), exit=code))
    report = counted(database)
    assert report.figure("left").value == 5
    assert report.figure("exits").value == 3
    assert report.figure("undocumented").value == 2
    assert report.figure("positive_exits").told == "67\u00a0%"
    assert report.figure("durable_exits").told == "33\u00a0%"


def test_a_site_or_a_group_keeps_its_own(database: Database) -> None:
    with database.bulk() as session:
        sites = dict(session.execute(sa.select(m.Site.code, m.Site.id)).tuples().all())
        bordeaux = make.cohort(session, "Bordeaux", site_id=sites["bordeaux"])
        talence = make.cohort(session, "Talence", site_id=sites["talence"])
        make.participant(session, bordeaux)
        make.participant(session, talence, "Koffi", "N’Guessan")
        make.person(session, "Dehors", met_on=START, site_id=sites["talence"])
    at_talence = Question(year_of(TODAY), TODAY, site=sites["talence"])
    assert told(database, "entered", at_talence) == "1"
    assert told(database, "met", at_talence) == "1"
    assert [line.name for line in listed(database, "entered", at_talence)] == ["Koffi N’Guessan"]
    one_group = Question(year_of(TODAY), TODAY, cohort=bordeaux)
    assert told(database, "entered", one_group) == "1"
    assert counted(database, one_group).scope == "groupe\u00a0: Bordeaux"


def test_who_is_deleted_counts_no_more(database: Database) -> None:
    with database.bulk() as session:
        group = make.cohort(session)
        who, _ = make.participant(session, group)
        make.participant(session, group, "Koffi", "N’Guessan")
        session.get_one(m.Person, who).deleted_at = datetime(2026, 4, 1, tzinfo=UTC)
    assert [told(database, code) for code in ("entered", "present")] == ["1", "1"]


def test_a_period_to_come_is_not_known_yet(database: Database) -> None:
    with database.bulk() as session:
        make.participant(session, make.cohort(session))
    report = counted(database, Question(year_of(date(2027, 1, 1)), TODAY))
    assert {figure.told for figure in report.figures} == {""}
    with pytest.raises(UserError, match="rien à compter"):
        report.check()


def test_a_period_upside_down_is_refused(database: Database) -> None:
    with pytest.raises(UserError, match="avant de commencer"):
        counted(database, Question(Period(days(1), days(0)), TODAY))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.code)
def test_each_figure_selects_a_kind_for_each_way_it_sorts(figure: Any) -> None:
    columns = figure.facts.selected_columns.keys()
    assert list(columns) == [
        "subject", "person", "cohort", "site", "on", "weight", "total",
        *(f"kind{rank}" for rank in range(len(figure.kinds))),
    ]  # fmt: skip
    assert figure.rule.endswith(".")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Any:
    kept = bases.copy(tmp_path_factory.mktemp("pilotage"))
    opened = Database.open(kept.path, RawKey.from_hex(kept.key_file.read_text()))
    yield opened
    opened.close()


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.code)
def test_the_list_behind_a_figure_is_as_long_as_the_figure_says(
    demo: Database, figure: Any
) -> None:
    counted_one = counted(demo).figure(figure.code)
    found = listed(demo, figure.code)
    if figure.measure is Measure.COUNT:
        assert counted_one.value == len(found)
    for each in counted_one.breakdowns:
        for part in each.parts:
            kept = [line for line in found if line.is_in(each.title, part.key)]
            if figure.measure is Measure.COUNT:
                assert len(kept) == part.value, (each.title, part.label)
            assert bool(kept) or not part.value


def test_a_workbook_holds_numbers_and_rules_and_nobody_unless_asked(
    demo: Database, tmp_path: Path
) -> None:
    report = counted(demo)
    path = tmp_path / "activite.xlsx"
    pilotage.write(report, path)
    book = load_workbook(path)
    rows = list(book["Chiffres"].iter_rows(values_only=True))
    assert rows[2][:3] == ("Personnes et parcours", "Entrées", 12)
    assert "Par site" in book.sheetnames
    texts = [str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row]
    assert not any("Diallo" in text for text in texts)
    with demo.read() as session:
        named = [(each, pilotage.lines(session, YEAR, each.code)) for each in report.figures]
    pilotage.write(report, path, named)
    book = load_workbook(path)
    assert any("Diallo" in str(row[0]) for row in book["Entrées"].iter_rows(values_only=True))


def test_a_group_named_as_a_formula_computes_nothing(database: Database, tmp_path: Path) -> None:
    with database.bulk() as session:
        make.participant(session, make.cohort(session, "=HYPERLINK(1)"))
    path = tmp_path / "activite.csv"
    pilotage.write(counted(database), path)
    text = path.read_text("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    pilotage.write(counted(database), path.with_suffix(".xlsx"))
    book = load_workbook(path.with_suffix(".xlsx"))
    kinds = {cell.data_type for row in book["Par groupe"].iter_rows() for cell in row}
    assert "f" not in kinds


def test_an_unknown_figure_is_an_empty_cell(database: Database, tmp_path: Path) -> None:
    with database.bulk() as session:
        make.participant(session, make.cohort(session))
    path = tmp_path / "activite.csv"
    pilotage.write(counted(database), path)
    (line,) = [
        line for line in path.read_text("utf-8-sig").splitlines()
        if line.startswith("Assiduité;Taux de présence;Ensemble")
    ]  # fmt: skip
    assert line.startswith("Assiduité;Taux de présence;Ensemble;;;%;")


def test_an_empty_report_is_refused_whatever_it_is_written_as(
    database: Database, tmp_path: Path
) -> None:
    for kind in pilotage.KINDS:
        path = tmp_path / f"activite{kind}"
        with pytest.raises(UserError, match="rien à compter"):
            pilotage.write(counted(database), path)
        assert not path.exists()


def test_another_kind_of_file_is_refused_in_words(demo: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="n’est pas un fichier que l’on sait écrire"):
        pilotage.write(counted(demo), tmp_path / "activite.ods")


def test_getting_ready_to_count_reads_nothing(demo: Database) -> None:
    pilotage.warm(demo, TODAY, Silent())
    assert counted(demo).figure("entered").value == 12


def test_counting_can_be_given_up(demo: Database) -> None:
    class Impatient:
        def step(self, done: int, total: int, label: str = "") -> None:
            if done == 3:
                raise Cancelled

    with demo.read() as session, pytest.raises(Cancelled):
        pilotage.report(session, YEAR, Impatient())
