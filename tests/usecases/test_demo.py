"""The demo base, as those who open it see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from benchmarks import bases
from connexion_desktop.data import models as m
from connexion_desktop.data.counters import take_number
from connexion_desktop.data.database import Database
from connexion_desktop.domain.board import BoardQuery, CardFilter, GroupBoard, Presence
from connexion_desktop.domain.calendar_fr import is_public_holiday, is_working_day
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.french_dates import age_on
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.placement import PlacementState
from connexion_desktop.domain.progress import Silent
from connexion_desktop.domain.siret import siret_problem
from connexion_desktop.system import secrets
from connexion_desktop.usecases import demo, duplicates, group_board, person_file, placement_views
from connexion_desktop.usecases.demo.crowd import GROUP, past_groups
from connexion_desktop.usecases.demo.days import born, day_at, is_closed, is_open
from connexion_desktop.usecases.register import Register

MARKET_DAY = bases.TODAY  # a Tuesday, the seventh week of Bordeaux
MANY = 400
LARGE = ("Bordeaux", "Talence", "Pessac")
WOKEN_DAYS = (
    date(2026, 1, 6),  # after the Christmas closure
    date(2026, 4, 6),  # Easter Monday
    date(2026, 5, 2),  # a Saturday
    date(2026, 8, 16),  # a Sunday
    date(2026, 12, 28),  # a Monday, the office is closed
    date(2028, 2, 29),
)


def _open(base: bases.DemoBase) -> Database:
    return Database.open(base.path, secrets.read_key_file(base.key_file))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The usual demo base, told from 21 April 2026. Only to be read."""
    database = _open(bases.copy(tmp_path_factory.mktemp("petite")))
    yield database
    database.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The same with past groups. Only to be read."""
    database = _open(bases.copy(tmp_path_factory.mktemp("grande"), MANY))
    yield database
    database.close()


def _board(session: Session, town: str, today: date = MARKET_DAY) -> GroupBoard:
    cohort = session.scalar(
        sa.select(m.Cohort.id)
        .where(m.Cohort.name.startswith(town))
        .order_by(m.Cohort.starts_on.desc())
        .limit(1)
    )
    return group_board.load(session, BoardQuery(cohort, today))


def _count(session: Session, model: type[m.Row], *limits: Any) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(model).where(*limits)) or 0


def test_bordeaux_is_in_its_seventh_week_with_nadia_ferrand(small: Database) -> None:
    with small.read() as session:
        board = _board(session, "Bordeaux")
    assert board.cohort is not None
    assert board.cohort.name == "Bordeaux · mars 2026"
    assert board.cohort.subtitle == "semaine 7 sur 12 · Nadia Ferrand"


def test_the_twelve_of_bordeaux_and_what_they_want_to_do(small: Database) -> None:
    with small.read() as session:
        cards = _board(session, "Bordeaux").cards
    assert [(card.name, card.project) for card in cards] == [
        ("Aïssatou Diallo", "Aide-soignante"),
        ("Koffi N’Guessan", "Magasinier"),
        ("Jean-François Martin", "Support informatique"),
        ("Elif Şahin", "Esthéticienne"),
        ("Maria-José Da Silva", "Traiteur"),
        ("Océane Lefèvre", ""),
        ("Mamadou Traoré", "Maçon"),
        ("Thị Hồng Nguyễn", "Restauration"),
        ("Karim Benali", "Conducteur livreur"),
        ("Siobhán O’Connor-Dupuy", "Accueil, secrétariat"),
        ("Olena Kovalenko", "Comptabilité"),
        ("Léo Petit", "Paysagiste"),
    ]


def _pressing(board: GroupBoard) -> dict[str, str]:
    return {card.name.split()[0]: card.alert.text for card in board.cards if card.alert}


BORDEAUX_ALERTS = {
    "Aïssatou": "PMSMP à signer",
    "Elif": "PMSMP en cours",
    "Océane": "Sans contact 16 j",
    "Karim": "Démarrée sans signature",
    "Olena": "Pièce à renouveler",
}


def test_what_presses_in_bordeaux(small: Database) -> None:
    with small.read() as session:
        board = _board(session, "Bordeaux")
    assert _pressing(board) == BORDEAUX_ALERTS
    counts = {counter.filter: counter.count for counter in board.counters()}
    assert counts[CardFilter.ALL] == 12
    assert counts[CardFilter.TO_DO] == 4
    assert counts[CardFilter.SILENT] == 1
    assert counts[CardFilter.LOANS] == 6


@pytest.mark.parametrize("town", LARGE)
def test_a_card_and_the_person_opened_tell_the_same_alerts(small: Database, town: str) -> None:
    with small.read() as session:
        for card in _board(session, town).cards:
            header = person_file.load(session, card.person_id, MARKET_DAY).header
            told = {alert.text for alert in header.alerts}
            assert {alert.text for alert in card.alerts} <= told, card.name


def test_leo_came_a_week_later_and_is_a_minor(small: Database) -> None:
    with small.read() as session:
        leo = next(card for card in _board(session, "Bordeaux").cards if card.name == "Léo Petit")
        birth, mother = session.execute(
            sa.select(m.Person.birth_date, m.PersonContact.phone)
            .join(m.PersonContact, m.PersonContact.person_id == m.Person.id)
            .where(m.Person.id == leo.person_id, m.PersonContact.kind == "representative")
        ).one()
    assert leo.presence[:2] == (Presence.OUTSIDE, Presence.OUTSIDE)
    assert birth is not None
    assert age_on(birth, MARKET_DAY) == 17
    assert mother == "06 39 98 00 23"


def test_talence_is_followed_one_by_one_and_pessac_is_over(small: Database) -> None:
    with small.read() as session:
        talence, pessac = _board(session, "Talence"), _board(session, "Pessac")
    assert talence.cohort is not None
    assert talence.cohort.phase == "mois 5"
    assert sum(card.ending is not None for card in talence.cards) == 2
    assert all(card.ending is not None for card in pessac.cards)
    assert len({card.ending.label for card in pessac.cards if card.ending}) >= 6


def test_every_state_of_a_convention_is_there(small: Database) -> None:
    with small.read() as session:
        states = {row.state.state for row in placement_views.queue(session, MARKET_DAY)}
    assert states == set(PlacementState)


@pytest.mark.parametrize("base", ["small", "large"])
def test_every_convention_that_was_issued_can_be_read_again(
    base: str, request: pytest.FixtureRequest
) -> None:
    with request.getfixturevalue(base).read() as session:
        numbers = session.scalars(sa.select(m.Agreement.number)).all()
        papers = [placement_views.paper(session, number, MARKET_DAY) for number in numbers]
    assert len(papers) >= 24
    for number, paper in zip(numbers, papers, strict=True):
        assert paper.number == number
        assert paper.beneficiary.given_name
        assert not siret_problem(paper.host.body.siret)
        assert paper.period.minutes > 0


@pytest.mark.parametrize("base", ["small", "large"])
def test_numbers_are_taken_in_order_and_without_gap(
    base: str, request: pytest.FixtureRequest
) -> None:
    with request.getfixturevalue(base).read() as session:
        issued = session.execute(
            sa.select(m.Agreement.number, m.Agreement.issued_at).order_by(m.Agreement.number)
        ).all()
    by_year: dict[str, list[int]] = {}
    for number, at in issued:
        _, year, rank = number.split("-")
        assert at.year == int(year)
        by_year.setdefault(year, []).append(int(rank))
    assert all(ranks == list(range(1, len(ranks) + 1)) for ranks in by_year.values())
    assert [at for _, at in issued] == sorted(at for _, at in issued)


def test_the_next_numbers_follow_those_of_the_demo(tmp_path: Path) -> None:
    database = _open(bases.copy(tmp_path))
    with database.bulk() as session:
        assert take_number(session, "P") == 51
        assert take_number(session, "PMSMP-2026") == 18
    database.close()


def test_nobody_is_real(large: Database) -> None:
    with large.read() as session:
        people = session.execute(sa.select(m.Person.phone, m.Person.email)).tuples().all()
        sirets = session.scalars(sa.select(m.Organisation.siret)).all()
    assert {phone[:8] for phone, _ in people if phone} == {"06 39 98", "+380 44 "}
    assert all(mail.endswith("@example.org") for _, mail in people if mail)
    assert all(siret is not None and siret.startswith("00") for siret in sirets)
    assert not any(siret_problem(siret) for siret in sirets if siret)


def test_the_base_says_that_it_is_a_demo(small: Database) -> None:
    with small.read() as session:
        assert session.scalar(sa.select(m.BaseInfo.demo)) is True


def test_a_dozen_people_are_on_their_way_in(small: Database) -> None:
    with small.read() as session:
        rows = session.execute(sa.select(m.Person.state, sa.func.count()).group_by(m.Person.state))
        states = dict(rows.tuples().all())
    outside = {state: states[state] for state in ("met", "invited", "waiting", "refused")}
    assert 10 <= sum(outside.values()) <= 14
    assert min(outside.values()) >= 3


def test_one_person_was_written_down_twice(small: Database) -> None:
    (pair,) = duplicates.proposed(small, Register(), Silent())
    assert (pair.older.name, pair.newer.name) == ("Ismaël Touré", "Toure Ismael")


def test_more_people_change_nothing_to_the_three_groups(small: Database, large: Database) -> None:
    for town in LARGE:
        with small.read() as one, large.read() as other:
            first, second = _board(one, town), _board(other, town)
        assert first.cohort == second.cohort
        assert first.cards == second.cards


def test_there_are_as_many_people_as_asked(large: Database) -> None:
    with large.read() as session:
        assert _count(session, m.Person) == MANY
        numbers = session.scalars(sa.select(m.Person.number)).all()
    assert len(set(numbers)) == MANY


def test_past_people_have_a_journey_presences_and_talks(large: Database) -> None:
    with large.read() as session:
        person = session.scalar(sa.select(m.Person.id).where(m.Person.number == "P-00100"))
        journey = session.execute(
            sa.select(m.Journey.id, m.Journey.left_on).where(m.Journey.person_id == person)
        ).one()
        assert journey.left_on is not None
        assert _count(session, m.Attendance, m.Attendance.journey_id == journey.id)
        assert _count(session, m.Interview, m.Interview.person_id == person)
        assert _count(session, m.JourneyExit, m.JourneyExit.journey_id == journey.id)


@pytest.mark.parametrize("today", WOKEN_DAYS, ids=date.isoformat)
def test_any_day_tells_the_same_story(tmp_path: Path, today: date) -> None:
    path, key = tmp_path / "demo.base", RawKey.new()
    demo.create(path, key, today)
    database = Database.open(path, key)
    with database.read() as session:
        board = _board(session, "Bordeaux", today)
        days = set(session.scalars(sa.select(m.Meeting.on)))
        slots = set(session.scalars(sa.select(m.PlacementSlot.on)))
        attended = session.scalar(sa.select(sa.func.max(m.Attendance.on)))
    database.close()
    assert board.cohort is not None
    mondays = [board.cohort.starts_on + timedelta(weeks=week) for week in range(7)]
    shut = sum(is_closed(each) and is_closed(each + timedelta(days=1)) for each in mondays)
    assert board.cohort.phase == f"semaine {7 - shut} sur 12", "a week closed whole is not counted"
    assert _pressing(board) == BORDEAUX_ALERTS
    assert not any(is_public_holiday(day) for day in days | slots)
    assert {day.weekday() for day in days} == {0, 1}
    assert attended is not None
    assert attended < today


def test_the_same_day_gives_the_same_rows(tmp_path: Path, small: Database) -> None:
    path, key = tmp_path / "encore.base", RawKey.new()
    demo.create(path, key, MARKET_DAY)
    database = Database.open(path, key)
    with small.read() as one, database.read() as other:
        for model in (m.Person, m.Attendance, m.TalkNote, m.Action, m.PlacementSlot, m.Document):
            columns = [
                column
                for column in model.__table__.columns
                if column.key not in ("association_id", "site_id")
            ]
            query = sa.select(*columns).order_by(model.__table__.c.id)
            assert one.execute(query).all() == other.execute(query).all()
    database.close()


def test_giving_up_leaves_no_file(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int, label: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        demo.create(tmp_path / "demo.base", RawKey.new(), MARKET_DAY, progress=Impatient())
    assert not list(tmp_path.glob("demo.base")) and not list(tmp_path.glob("*-wal"))


def test_a_base_that_exists_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "demo.base"
    path.write_bytes(b"precious")
    with pytest.raises(UserError, match="existe déjà"):
        demo.create(path, RawKey.new(), MARKET_DAY)
    assert path.read_bytes() == b"precious"


@given(st.integers(1, 100_000))
def test_past_groups_hold_everyone_and_have_names_of_their_own(people: int) -> None:
    groups = list(past_groups(people, date(2025, 1, 1)))
    assert sum(group.size for group in groups) == people
    assert all(1 <= group.size <= GROUP for group in groups)
    assert len({group.name for group in groups}) == len(groups)
    starts = [group.start for group in groups]
    assert starts == sorted(starts)
    assert max(starts) < date(2025, 1, 1) - timedelta(weeks=30)
    assert all(start.weekday() == 0 for start in starts)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-400, 400))
def test_a_day_of_the_story_is_a_day_of_work_on_its_side_of_today(today: date, offset: int) -> None:
    day = day_at(today, offset)
    assert is_open(day)
    assert is_working_day(day)
    assert day > today if offset > 0 else day <= today


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(16, 90),
    st.integers(1, 12),
    st.integers(1, 28),
)
def test_people_keep_their_age_whatever_the_day(
    today: date, age: int, month: int, day: int
) -> None:
    assert age_on(born(today, age, month, day), today) == age
