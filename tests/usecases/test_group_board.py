"""A group at a glance, from a real base."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.alerts import AlertKind
from connexion_desktop.domain.board import BoardQuery, CardFilter, GroupBoard, PersonCard
from connexion_desktop.domain.drawing_up import DrawUp
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.usecases import group_board, listing, programme
from tests import factories as make
from tests.factories import START, TODAY, days


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.bulk() as opened:
        yield opened


@pytest.fixture
def cohort(session: Session) -> UUID:
    site = session.scalar(sa.select(m.Site.id).where(m.Site.code == "bordeaux"))
    return make.led_cohort(session, make.staff(session), site_id=site)


def load(session: Session, cohort_id: UUID | None = None, today: date = TODAY) -> GroupBoard:
    session.flush()
    return group_board.load(session, BoardQuery(cohort_id, today))


def only_card(session: Session, today: date = TODAY) -> PersonCard:
    (card,) = load(session, today=today).cards
    return card


def kinds(card: PersonCard) -> list[AlertKind]:
    return [alert.kind for alert in card.alerts]


# The group itself


def test_an_empty_base_has_no_group(session: Session) -> None:
    board = load(session)
    assert (board.cohort, board.cards, board.groups) == (None, (), ())


def test_the_header_says_the_week_and_who_follows_the_group(session: Session, cohort: UUID) -> None:
    board = load(session)
    assert board.cohort is not None
    assert board.cohort.name == "Bordeaux · mars 2026"
    assert board.cohort.site == "Bordeaux"
    assert board.cohort.subtitle == "semaine 7 sur 12 · Nadia Ferrand"


def test_a_group_that_starts_on_a_thursday_is_in_its_first_week_on_the_monday(
    session: Session,
) -> None:
    started = date(2026, 4, 16)
    make.put(session, m.Cohort(name="Jeudi", starts_on=started, weeks=12))
    (line,) = (each for each in listing.groups(session, date(2026, 4, 20)) if each.name == "Jeudi")
    assert (line.week, line.weeks) == (1, 12)


def test_a_group_with_nobody_has_no_card(session: Session, cohort: UUID) -> None:
    board = load(session)
    assert board.cards == ()
    assert len(board.days) == 24


def test_the_strip_has_the_days_of_the_seances_drawn_up(session: Session, cohort: UUID) -> None:
    make.participant(session, cohort)
    easter, made_up = date(2026, 4, 6), date(2026, 4, 8)
    before = [day.on for day in load(session).days]
    assert easter in before and made_up not in before
    programme.draw_up(session, DrawUp(cohort, None, START))
    board = load(session)
    held = [day.on for day in board.days]
    assert easter not in held and made_up in held
    assert len(held) == 24 and [day.week for day in board.days][-1] == 12
    assert held == sorted({each.on for each in programme_of(session, cohort)})
    assert len(board.cards[0].presence) == 24


def test_a_week_without_seance_keeps_its_usual_days_and_what_is_marked_its_day(
    session: Session, cohort: UUID
) -> None:
    journey = make.participant(session, cohort)[1]
    make.mark(session, journey, START, "P")
    monday, thursday = START + timedelta(weeks=1), START + timedelta(days=3)
    make.put(session, meeting_on(cohort, thursday))
    make.put(session, meeting_on(cohort, thursday + timedelta(weeks=1), state="cancelled"))
    alone = make.put(session, meeting_on(cohort, START + timedelta(days=4)))
    make.put(session, m.MeetingParticipant(meeting_id=alone, journey_id=journey))
    held = [day.on for day in load(session).days]
    assert held[:4] == [START, thursday, monday, monday + timedelta(days=1)]


def meeting_on(cohort: UUID, on: date, **values: Any) -> m.Meeting:
    return m.Meeting(
        cohort_id=cohort, on=on, start=540, end=720, kind="atelier", title="CV", **values
    )


def programme_of(session: Session, cohort: UUID) -> tuple[MeetingRow, ...]:
    return programme.load(session, BoardQuery(cohort, TODAY)).meetings


def test_the_group_asked_for_is_shown(session: Session, cohort: UUID) -> None:
    other = make.cohort(session, "Talence · mars 2026")
    board = load(session, other)
    assert board.cohort is not None and board.cohort.id == other


def test_without_asking_the_latest_group_that_began_is_shown(
    session: Session, cohort: UUID
) -> None:
    make.cohort(session, "Pessac · novembre 2025", date(2025, 11, 3))
    make.cohort(session, "Bordeaux · juin 2026", date(2026, 6, 8))
    board = load(session)
    assert board.cohort is not None and board.cohort.id == cohort
    assert [group.name for group in board.groups] == [
        "Bordeaux · juin 2026",
        "Bordeaux · mars 2026",
        "Pessac · novembre 2025",
    ]
    assert [group.phase for group in board.groups] == [
        "commence le 8 juin 2026",
        "semaine 7 sur 12",
        "mois 6",
    ]


def test_a_group_that_was_deleted_gives_way_to_the_latest(session: Session, cohort: UUID) -> None:
    gone = make.cohort(session, "Essai", date(2026, 4, 6), deleted_at=m.utc_now())
    board = load(session, gone)
    assert board.cohort is not None and board.cohort.id == cohort


def test_a_closed_group_says_when_its_last_participant_left(session: Session, cohort: UUID) -> None:
    old = make.cohort(
        session, "Pessac · 2025", date(2025, 1, 6), state="closed", ends_on=date(2025, 3, 25)
    )
    make.journey(session, make.person(session), old, date(2025, 1, 6), left_on=date(2025, 9, 12))
    board = load(session, old)
    assert board.cohort is not None
    assert board.cohort.phase == "terminé le 12 septembre 2025"


# A card


def test_a_card_says_who_she_is_and_where_her_discoveries_are(
    session: Session, cohort: UUID
) -> None:
    who = make.person(session, "Siobhán", "O’Connor-Dupuy")
    going = make.journey(session, who, cohort, activity="theatre")
    families = session.scalars(sa.select(m.TradeFamily.id).limit(3)).all()
    for family, seen in zip(families, (days(-20), days(-6), None), strict=True):
        make.put(session, m.FamilyChoice(journey_id=going, family_id=family, discovered_on=seen))
    card = only_card(session)
    assert (card.name, card.initials) == ("Siobhán O’Connor-Dupuy", "SO")
    assert card.subtitle == "Théâtre · filières 2/3"


def test_the_strip_has_a_cell_for_each_monday_and_tuesday(session: Session, cohort: UUID) -> None:
    who = make.person(session, "Léo", "Petit")
    going = make.journey(session, who, cohort, START + timedelta(weeks=1))
    for on, letter in (
        (date(2026, 3, 16), "P"),
        (date(2026, 3, 17), "R"),
        (date(2026, 3, 23), "E"),
        (date(2026, 3, 24), "A"),
    ):
        make.mark(session, going, on, letter)
    card = only_card(session)
    # Easter Monday (6 April) and Whit Monday (25 May) are closed; the rest is not in yet.
    assert "".join(card.presence) == "--PREA??F?????........F."


def test_a_day_shows_what_calls_for_attention_in_its_halves(session: Session, cohort: UUID) -> None:
    _, going = make.participant(session, cohort)
    for letter, half in (("P", "am"), ("A", "pm")):
        make.mark(session, going, START, letter, half)
    assert only_card(session).presence[0] == "A"


def test_a_closing_of_the_office_is_named_on_its_days(session: Session, cohort: UUID) -> None:
    make.participant(session, cohort)
    make.put(
        session,
        m.Closure(first_on=date(2026, 4, 20), last_on=date(2026, 4, 21), label="Semaine du pont"),
    )
    board = load(session)
    closed = {day.on: day.closed for day in board.days if day.closed}
    assert closed == {
        date(2026, 4, 6): "Lundi de Pâques",
        date(2026, 4, 20): "Semaine du pont",
        date(2026, 4, 21): "Semaine du pont",
        date(2026, 5, 25): "Lundi de Pentecôte",
    }


def test_another_site_s_closing_changes_nothing(session: Session, cohort: UUID) -> None:
    talence = session.scalar(sa.select(m.Site.id).where(m.Site.code == "talence"))
    make.put(session, m.Closure(site_id=talence, first_on=START, last_on=START, label="Travaux"))
    assert not load(session).days[0].closed


def test_the_first_choice_of_trades_is_the_project(session: Session, cohort: UUID) -> None:
    _, going = make.participant(session, cohort)
    make.put(session, m.ProjectChoice(journey_id=going, rank=2, label="Traiteure"))
    make.put(session, m.ProjectChoice(journey_id=going, rank=1, label="Aide-soignante"))
    card = only_card(session)
    assert (card.project, card.other_projects) == ("Aide-soignante", ("Traiteure",))


def test_milestones_are_ticked_and_an_immersion_begun_is_one(
    session: Session, cohort: UUID
) -> None:
    who, going = make.participant(session, cohort)
    make.put(session, m.Milestone(journey_id=going, kind="cv", done_on=days(-10)))
    make.placement(session, who, "running", days(-3), days(4))
    done = {step.label: step.done_on for step in only_card(session).steps}
    assert done == {"CV": days(-10), "Pitch": None, "Immersion": days(-3)}


def test_next_comes_what_is_near_then_what_is_late_then_what_has_no_date(
    session: Session, cohort: UUID
) -> None:
    who, _ = make.participant(session, cohort)
    make.action(session, who, "Appeler la crèche")
    make.action(session, who, "CV à relire", days(-4))
    make.action(session, who, "Enquête métier", days(2))
    make.talk(session, who, days(1), state="planned", start=14 * 60)
    make.put(
        session,
        m.Action(person_id=who, title="Faite", created_on=START, due_on=days(1), done_on=TODAY),
    )
    card = only_card(session)
    assert [planned.text(TODAY) for planned in card.planned] == [
        "Rendez-vous · demain 14 h",
        "Enquête métier · jeu. 23",
        "CV à relire · en retard, 17 avr.",
        "Appeler la crèche",
    ]
    assert card.next_date == days(1)


def test_the_next_visit_of_the_rally_is_told_apart(session: Session, cohort: UUID) -> None:
    _, going = make.participant(session, cohort)
    family = session.scalar(sa.select(m.TradeFamily.id).where(m.TradeFamily.code == "numerique"))
    for offset in (21, 7, -7):
        visit = make.put(session, m.Visit(cohort_id=cohort, family_id=family, on=days(offset)))
        make.put(session, m.VisitPlace(visit_id=visit, journey_id=going))
    card = only_card(session)
    assert card.planned == ()
    assert card.visit is not None and card.visit.text(TODAY) == "Numérique · mar. 28"


def test_the_last_contact_is_the_latest_talk_or_note(session: Session, cohort: UUID) -> None:
    who, going = make.participant(session, cohort)
    make.talk(session, who, days(-9))
    make.note(session, who, days(-2))
    make.talk(session, who, days(-1), state="missed")
    make.talk(session, who, days(3), state="planned")
    make.mark(session, going, TODAY, "P")
    assert only_card(session).last_contact == days(-2)


def test_a_heavy_obstacle_is_named_by_its_last_level(session: Session, cohort: UUID) -> None:
    _, going = make.participant(session, cohort)
    for theme, level, on in (
        ("mobilite", 4, START),
        ("mobilite", 2, days(-5)),
        ("famille", 3, START),
        ("famille", 5, days(-5)),
        ("financier", 4, START),
    ):
        make.put(session, m.ObstacleLevel(journey_id=going, theme=theme, level=level, on=on))
    assert only_card(session).obstacles == ("Garde d’enfants", "Financier")


@pytest.mark.parametrize("theme", ["sante", "justice", "administratif"])
def test_what_nobody_may_read_over_a_shoulder_is_not_on_the_card(
    session: Session, cohort: UUID, theme: str
) -> None:
    _, going = make.participant(session, cohort)
    make.put(session, m.ObstacleLevel(journey_id=going, theme=theme, level=5, on=START))
    assert only_card(session).obstacles == ()


def test_who_left_says_how_and_is_no_longer_chased(session: Session, cohort: UUID) -> None:
    who = make.person(session)
    going = make.journey(session, who, cohort, left_on=days(-30))
    make.put(session, m.JourneyExit(journey_id=going, on=days(-30), exit="cdi"))
    make.action(session, who, "Oubliée", days(-40))
    make.paper(session, who, "identite", "asked")
    card = only_card(session)
    assert card.ending is not None
    assert (card.ending.label, card.ending.when(TODAY)) == ("CDI", "22 mars")
    assert (card.alerts, card.planned, card.papers_missing) == ((), (), 0)


# What must not be forgotten


def test_each_thing_forgotten_is_an_alert_the_most_pressing_first(
    session: Session, cohort: UUID
) -> None:
    who, going = make.participant(session, cohort)
    make.talk(session, who, days(-16))
    host = make.organisation(session)
    make.placement(session, who, "to_sign", days(-1), days(6), host_id=host)
    make.placement(session, who, "ended", days(-20), days(-12))
    make.laptop(session, who, "PC-004", days(-5))
    make.paper(session, who, "identite", "checked", expires_on=days(10))
    make.flag(session, "person", who)
    make.flag(session, "journey", going, "activity")
    card = only_card(session)
    assert [alert.text for alert in card.alerts] == [
        "Démarrée sans signature",
        "Sans contact 16 j",
        "PC à rendre, retard 5 j",
        "Pièce à renouveler",
        "Bilan attendu",
        "2 valeurs à vérifier",
    ]
    assert card.placement is not None and card.placement.state == "terminée"


def test_the_card_of_a_minor_says_that_the_representative_is_missing(
    session: Session, cohort: UUID
) -> None:
    who, _ = make.participant(session, cohort)
    make.talk(session, who, days(-1))
    person = session.get_one(m.Person, who)
    person.birth_date = TODAY.replace(year=TODAY.year - 17)
    assert kinds(only_card(session)) == [AlertKind.REPRESENTATIVE_MISSING]
    session.add(m.PersonContact(person_id=who, kind="representative", name="Maria Diallo"))
    session.flush()
    assert kinds(only_card(session)) == []


def test_nobody_is_silent_before_the_days_of_the_setting(session: Session, cohort: UUID) -> None:
    who, _ = make.participant(session, cohort)
    make.talk(session, who, days(-13))
    assert kinds(only_card(session)) == []
    assert kinds(only_card(session, days(1))) == [AlertKind.NO_CONTACT]


def test_the_association_may_change_the_days_of_silence(session: Session, cohort: UUID) -> None:
    who, _ = make.participant(session, cohort)
    make.talk(session, who, days(-13))
    setting = session.scalars(
        sa.select(m.Setting).where(m.Setting.key == "programme.no_contact_days")
    ).one()
    setting.value = 7
    board = load(session)
    assert kinds(board.cards[0]) == [AlertKind.NO_CONTACT]
    assert [counter.label for counter in board.counters()][2] == "Sans contact 7 j"


def test_someone_imported_today_is_not_silent_since_their_entry(
    session: Session, cohort: UUID
) -> None:
    who = make.person(session)
    entered = m.utc_now().date() - timedelta(days=60)
    make.journey(session, who, cohort, entered)
    assert kinds(only_card(session, m.utc_now().date())) == []


def test_a_residence_permit_is_a_paper_like_another(session: Session, cohort: UUID) -> None:
    who, _ = make.participant(session, cohort)
    make.put(session, m.PersonResidence(person_id=who, expires_on=days(12)))
    make.paper(session, who, "sejour", "checked", expires_on=days(12))
    make.talk(session, who, TODAY)
    (alert,) = only_card(session).alerts
    assert alert.text == "Pièce à renouveler"
    assert alert.detail == "expire dans 12 j"


def test_a_paper_renewed_is_no_longer_to_be_renewed(session: Session, cohort: UUID) -> None:
    who, _ = make.participant(session, cohort)
    make.talk(session, who, TODAY)
    make.paper(session, who, "identite", "checked", expires_on=days(-3))
    make.paper(session, who, "identite", "received", expires_on=days(3000))
    make.paper(session, who, "secu", "asked")
    card = only_card(session)
    assert (kinds(card), card.papers_missing) == ([], 1)


def test_counters_say_how_many_each_filter_keeps(session: Session, cohort: UUID) -> None:
    silent, _ = make.participant(session, cohort, "Océane", "Lefèvre")
    make.talk(session, silent, days(-20))
    away, _ = make.participant(session, cohort, "Elif", "Şahin")
    make.talk(session, away, TODAY)
    make.placement(session, away, "running", days(-1), days(6))
    make.laptop(session, away, "PC-002", days(100))
    lacking, _ = make.participant(session, cohort, "Léo", "Petit")
    make.talk(session, lacking, TODAY)
    make.paper(session, lacking, "autorisation", "asked")
    board = load(session)
    assert [(counter.filter, counter.count) for counter in board.counters()] == [
        (CardFilter.ALL, 3),
        (CardFilter.TO_DO, 1),
        (CardFilter.SILENT, 1),
        (CardFilter.PLACEMENTS, 1),
        (CardFilter.LOANS, 1),
        (CardFilter.PAPERS, 1),
    ]


# Speed


@contextmanager
def watched(session: Session) -> Iterator[list[tuple[str, Any]]]:
    """The statements sent to the base meanwhile."""
    sent: list[tuple[str, Any]] = []
    engine = session.get_bind()

    def hear(_c: Any, _cursor: Any, text: str, values: Any, _x: Any, _m: Any) -> None:
        sent.append((text, values))

    sa.event.listen(engine, "before_cursor_execute", hear)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", hear)


@pytest.mark.parametrize("size", [1, 30])
def test_the_board_asks_the_base_as_often_for_one_person_as_for_thirty(
    session: Session, cohort: UUID, size: int
) -> None:
    for rank in range(size):
        who, going = make.participant(session, cohort, f"Prénom{rank}")
        make.mark(session, going, START, "P")
        make.placement(session, who, "draft", None, None)
        make.laptop(session, who, f"PC-{rank}")
    session.flush()
    with watched(session) as sent:
        board = group_board.load(session, BoardQuery(cohort, TODAY))
    assert len(board.cards) == size
    on_server = session.info.get("staff") is not None  # which groups are one's own is asked too
    assert len(sent) == 15 + on_server


@pytest.mark.file_alone("how SQLite goes about it")
def test_no_big_table_is_read_from_end_to_end(session: Session, cohort: UUID) -> None:
    make.participant(session, cohort)
    session.flush()
    with watched(session) as sent:
        group_board.load(session, BoardQuery(cohort, TODAY))
    connection = session.connection()
    plans = [
        str(row[3])
        for text, values in list(sent)
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
    ]
    whole = {plan.split()[1] for plan in plans if re.match(r"SCAN \w+$", plan)}
    assert whole <= {"closure", "reference_item", "setting"}
