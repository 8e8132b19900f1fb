"""The papers of presence on a real base: a month stated and sent, a stay attested."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.groups import LeaveGroup, NotedAfterError
from connexion_desktop.domain.period import month_of
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presence_paper import SENT, PresencePaper
from connexion_desktop.domain.presences import LATE, MARK, REASON, CellKey, Correction, Reopen, Slot
from connexion_desktop.domain.signed_sheets import gaps_of
from connexion_desktop.usecases import groups, meetings, presence_papers, presences
from tests import factories as make
from tests.factories import START, TODAY, days

from .presence_group import Group, NewAct

MONTH = month_of(START)
FIRST, SECOND = Slot(START, Half.MORNING), Slot(START, Half.AFTERNOON)
LATER = Slot(date(2026, 3, 16), Half.MORNING)
P, A, E, R = Presence.PRESENT, Presence.ABSENT, Presence.EXCUSED, Presence.LATE


@pytest.fixture
def group(database: Store, act: NewAct) -> Group:
    with database.bulk() as session:
        made = Group(database, act, make.cohort(session))
    made.plan(FIRST)
    made.plan(SECOND)
    return made


def statement(group: Group, journey: UUID) -> PresencePaper:
    with group.database.read() as session:
        names = {each.journey_id: each.name for each in group.grid.people}
        made = presence_papers.statements(session, group.cohort, MONTH, TODAY)
        return next(each for each in made if each.of.name == names[journey])


def send(group: Group) -> int:
    with group.database.write(group.act(SENT)) as session:
        return presence_papers.send(session, group.cohort, MONTH, TODAY)


def test_a_month_tells_each_half_day_and_its_hours(group: Group) -> None:
    who = group.join("Aïssatou")
    group.mark(who, FIRST, {MARK: R, LATE: 20})
    group.mark(who, SECOND, {MARK: E, REASON: "sante"})
    paper = statement(group, who)
    assert [line.told for line in paper.lines] == ["2 h 40, retard", "absence excusée"]
    assert (paper.minutes, paper.count(E), paper.count(A)) == (160, 1, 0)
    assert "sante" not in repr(paper), "why somebody was away is theirs"


def test_what_is_not_marked_is_said_to_be_so(group: Group) -> None:
    who = group.join("Aïssatou")
    group.mark(who, FIRST, {MARK: P})
    assert statement(group, who).missing == (SECOND,)


def test_who_joined_late_has_no_half_day_before(group: Group) -> None:
    group.join("Malik", days(0))
    with (
        pytest.raises(UserError, match="Aucune séance n’était prévue"),
        group.database.read() as session,
    ):
        presence_papers.statements(session, group.cohort, MONTH, TODAY)


def test_the_month_of_a_group_that_is_gone_is_not_that_of_another(group: Group) -> None:
    group.join("Aïssatou")
    group.all_present(FIRST, SECOND)
    with (
        pytest.raises(UserError, match="Ce groupe n’est plus dans la base"),
        group.database.read() as session,
    ):
        presence_papers.statements(session, uuid4(), MONTH, TODAY)
    with (
        pytest.raises(UserError, match="Ce groupe n’est plus dans la base"),
        group.database.write(group.act(SENT)) as session,
    ):
        presence_papers.send(session, uuid4(), MONTH, TODAY)


def test_somebody_whose_file_is_gone_is_attested_in_a_sentence(group: Group) -> None:
    who = group.join("Aïssatou")
    with group.database.bulk() as session:
        journey = session.get_one(m.Journey, who)
        session.get_one(m.Person, journey.person_id).deleted_at = m.utc_now()
    with (
        pytest.raises(UserError, match="n’est plus dans le groupe"),
        group.database.read() as session,
    ):
        presence_papers.certificate(session, who, TODAY)


def test_a_month_sent_after_midnight_is_sent_that_day_here(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = group.join("Aïssatou")
    group.all_present(FIRST, SECOND)
    send(group)
    with group.database.bulk() as session:
        for row in session.scalars(sa.select(m.Attendance)):
            row.locked_at = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        assert statement(group, who).sent_on == date(2026, 5, 1)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_sending_locks_is_counted_first(group: Group) -> None:
    group.join("Aïssatou")
    group.all_present(FIRST, SECOND)
    with group.database.read() as session:
        assert len(presence_papers.to_send(session, group.cohort, MONTH, TODAY)) == 2
    assert statement(group, group.grid.people[0].journey_id).sent_on is None


def test_a_stay_is_attested_up_to_today(group: Group) -> None:
    who = group.join("Aïssatou")
    group.mark(who, FIRST, {MARK: P})
    group.plan(Slot(days(7), Half.MORNING))
    with group.database.read() as session:
        paper = presence_papers.certificate(session, who, TODAY)
    assert (paper.period.first, paper.period.last, len(paper.lines)) == (START, TODAY, 2)


def test_a_month_that_was_sent_does_not_change_without_a_reason(group: Group) -> None:
    who = group.join("Aïssatou")
    group.all_present(FIRST, SECOND)
    assert statement(group, who).sent_on is None
    assert send(group) == 2
    assert statement(group, who).sent_on is not None
    with pytest.raises(UserError, match="a été envoyée"):
        group.mark(who, FIRST, {MARK: A}, {MARK: (P,)})
    with group.database.write(group.act(Correction.PROOF.act)) as session:
        presences.reopen(session, Reopen((CellKey(who, FIRST),), Correction.PROOF))
    group.mark(who, FIRST, {MARK: A}, {MARK: (P,)})
    assert send(group) == 1, "only what was opened again is sent again"


def test_a_month_with_blanks_or_not_over_is_not_sent(group: Group) -> None:
    group.join("Aïssatou")
    with pytest.raises(UserError, match="2 présences ne sont pas encore saisies"):
        send(group)
    with (
        pytest.raises(UserError, match="n’est pas fini"),
        group.database.write(group.act(SENT)) as session,
    ):
        presence_papers.send(session, group.cohort, month_of(TODAY), TODAY)
    group.all_present(FIRST, SECOND)
    send(group)
    with pytest.raises(UserError, match="plus rien à envoyer"):
        send(group)


def test_sending_is_undone_like_any_act(group: Group) -> None:
    who = group.join("Aïssatou")
    group.all_present(FIRST, SECOND)
    send(group)
    group.undo()
    group.mark(who, FIRST, {MARK: A}, {MARK: (P,)})
    assert statement(group, who).count(A) == 1


def sent(group: Group) -> str:
    with group.database.read() as session:
        (month,) = presence_papers.sent_months(session, group.cohort)
    assert month.month == MONTH
    return month.told


def test_a_month_says_whether_it_was_sent_and_what_was_corrected_since(group: Group) -> None:
    who = group.join("Aïssatou")
    group.mark(who, FIRST, {MARK: P})
    group.mark(who, SECOND, {MARK: A})
    assert sent(group) == "Pas encore envoyé : ses présences changent librement."
    send(group)
    today = long_day(datetime.now(UTC).astimezone().date())
    assert sent(group) == f"Envoyé le {today} : ses 2 présences ne changent plus sans motif."
    why = Correction.PAYER
    with group.database.write(group.act(why.act)) as session:
        presences.reopen(session, Reopen((CellKey(who, FIRST),), why))
    assert sent(group) == (
        f"Envoyé le {today} : 1 présence sur 2 ne change plus sans motif ; le reste est à envoyer."
    )


def leave(group: Group, journey: UUID, on: date, *, is_warned: bool = False) -> None:
    command = LeaveGroup(journey, on, "cdi", is_warned=is_warned)
    with group.database.write(group.act("Sortie du groupe")) as session:
        groups.leave(session, command, TODAY)


def test_an_exit_before_what_is_noted_is_said_first(group: Group) -> None:
    who = group.join("Aïssatou")
    group.mark(who, FIRST, {MARK: P})
    group.plan(LATER)
    group.mark(who, LATER, {MARK: P})
    with pytest.raises(NotedAfterError, match=f"1 présence est notée après le {long_day(START)}"):
        leave(group, who, START)
    assert group.grid.people[0].left_on is None


def test_what_is_noted_after_an_exit_stays_and_counts_nowhere(group: Group) -> None:
    who = group.join("Aïssatou")
    meeting = group.plan(LATER)
    group.all_present(FIRST, SECOND, LATER)
    leave(group, who, START, is_warned=True)
    paper = statement(group, who)
    assert (paper.of.left_on, [line.slot for line in paper.lines]) == (START, [FIRST, SECOND])
    with group.database.read() as session:
        attested = presence_papers.certificate(session, who, TODAY)
        (month,) = presence_papers.sent_months(session, group.cohort)
        assert gaps_of(group.grid, ()) == gaps_of(group.grid.between(START, START), ())
    assert (attested.minutes, paper.minutes, month.noted) == (360, 360, 2)
    grid = group.grid
    assert grid.rate(who).marked == 2
    assert grid.count(LATER).came == 0
    assert grid.cell(who, LATER).mark is P, "nothing marked is lost"
    assert "hors de son parcours, ne compte pas" in grid.told(grid.people[0], LATER)
    with (
        pytest.raises(UserError, match="1 présence est notée, elle ne se supprime pas"),
        group.database.write(group.act("Séance supprimée")) as session,
    ):
        meetings.remove(session, meeting)
    group.undo()
    assert len(statement(group, who).lines) == 3


def test_an_exit_before_what_was_sent_is_refused(group: Group) -> None:
    who = group.join("Aïssatou")
    group.plan(LATER)
    group.all_present(FIRST, SECOND, LATER)
    group.send()
    with pytest.raises(UserError, match="1 présence d’après le 9 mars 2026 a été envoyée"):
        leave(group, who, START, is_warned=True)
