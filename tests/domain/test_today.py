"""Who needs me now: which lines a day has, in which order, and what waits."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import CellKey, Slot
from connexion_desktop.domain.programme_template import VISIT
from connexion_desktop.domain.today import (
    Deed,
    Gathered,
    Line,
    Matter,
    Press,
    PutOff,
    Today,
    day_of,
)

TODAY = date(2026, 4, 21)
YESTERDAY, LONG_AGO, LATER = date(2026, 4, 20), date(2026, 4, 13), date(2026, 4, 28)
AWA, KARIM, COHORT = uuid4(), uuid4(), uuid4()
NAMES = {AWA: "Awa Diallo", KARIM: "Karim Benali"}
HELD = MeetingState.HELD


def seance(on: date = TODAY, title: str = "Mon CV", **values: Any) -> MeetingRow:
    usual = {"start": 540, "end": 720, "kind": "atelier", "kind_told": "Atelier"}
    fixed = {"people": frozenset(NAMES), "cohort_id": COHORT}
    whole: dict[str, Any] = usual | fixed | values
    return MeetingRow(uuid4(), on, title=title, **whole)


def marked(meeting: MeetingRow, *journeys: UUID) -> frozenset[CellKey]:
    halves = meeting.halves
    return frozenset(CellKey(each, Slot(meeting.on, half)) for each in journeys for half in halves)


def day(*meetings: MeetingRow, **values: Any) -> Today:
    whole: dict[str, Any] = {"groups": (COHORT,), "confided": (COHORT,), "names": NAMES} | values
    return day_of(Gathered(meetings=meetings, **whole), TODAY)


def only(*meetings: MeetingRow, **values: Any) -> Line:
    (line,) = day(*meetings, **values).lines
    return line


def test_the_seances_of_the_day_come_first_by_their_hours() -> None:
    afternoon = seance(title="Cuisine", start=810, end=990)
    seen = day(afternoon, seance(), seance(YESTERDAY, "Hier"))
    assert [each.title for each in seen.day] == ["Mon CV", "Cuisine"]
    assert [each.title for each in seen.lines] == ["Hier"]
    assert seen.told == "2 séances aujourd’hui · 1 à faire"


def test_a_seance_of_the_day_says_how_many_presences_are_to_be_noted() -> None:
    meeting = seance(place="Salle bleue", cohort="Bordeaux · mars 2026", leader="Nadia Ferrand")
    (line,) = day(meeting, marked=marked(meeting, AWA)).day
    assert (line.press, line.word, line.when, line.deed) == (
        Press.AMBER, "1 à noter", "9 h – 12 h", Deed.MARK,
    )  # fmt: skip
    assert line.detail == "Salle bleue · Nadia Ferrand · demi-journée notée : 1 sur 2"


def test_who_follows_several_groups_is_told_which() -> None:
    meeting = seance(cohort="Bordeaux · mars 2026", place="Salle bleue")
    (line,) = day(meeting, groups=(COHORT, uuid4())).day
    assert line.detail == "Bordeaux · mars 2026 · Salle bleue · 2 attendus"


def test_once_all_are_noted_it_is_to_be_closed_then_only_seen() -> None:
    meeting, held = seance(), seance(state=HELD)
    (line,) = day(meeting, marked=marked(meeting, AWA, KARIM)).day
    assert (line.press, line.word, line.deed) == (Press.GREY, "demi-journée notée", Deed.CLOSE)
    (line,) = day(held, marked=marked(held, AWA, KARIM)).day
    assert line.deed is Deed.SEE and not line.can_close


def test_a_whole_day_asks_for_both_its_halves() -> None:
    meeting = seance(end=990)
    morning = {CellKey(each, Slot(TODAY, Half.MORNING)) for each in NAMES}
    (line,) = day(meeting, marked=morning).day
    assert line.word == "2 à noter"
    (line,) = day(meeting, marked=marked(meeting, *NAMES)).day
    assert line.word == "journée notée"
    assert line.detail.endswith("journée notée : 2 sur 2")


def test_a_seance_beside_another_does_not_say_that_its_own_presences_are_noted() -> None:
    one, beside = seance(YESTERDAY, state=HELD), seance(YESTERDAY, "Essai")
    line = only(one, beside, marked=marked(one, AWA, KARIM))
    assert (line.title, line.word) == ("Essai", "à clôturer")
    assert "demi-journée notée : 2 sur 2" in line.detail and "présences" not in line.told


def test_one_mark_is_enough_for_two_seances_at_once() -> None:
    one, other = seance(YESTERDAY, state=HELD), seance(YESTERDAY, "Podcast", state=HELD)
    assert not day(one, other, marked=marked(one, AWA, KARIM)).lines


def test_nobody_expected_presses_nobody() -> None:
    (line,) = day(seance(people=frozenset())).day
    assert (line.press, line.word, line.deed) == (Press.GREY, "sans participants", Deed.SEE)


def test_the_secretariat_does_not_note_presences_and_closes() -> None:
    meeting, whole = seance(), seance(YESTERDAY)
    seen = day(meeting, whole, marked=marked(whole, AWA, KARIM), confided=())
    assert [each.deed for each in (*seen.day, *seen.lines)] == [Deed.SEE, Deed.CLOSE]


@pytest.mark.parametrize(
    ("on", "press"), [(YESTERDAY, Press.AMBER), (date(2026, 4, 14), Press.AMBER), (LONG_AGO, "red")]
)
def test_presences_missing_for_over_a_week_are_late(on: date, press: Press) -> None:
    line = only(seance(on))
    assert (line.press, line.word, line.deed) == (press, "2 à noter", Deed.MARK)
    assert line.key.alert == Matter.CLOSE


def test_a_past_seance_all_noted_is_to_be_closed_until_it_is_said_held() -> None:
    meeting = seance(LONG_AGO)
    line = only(meeting, marked=marked(meeting, AWA, KARIM))
    assert (line.press, line.word, line.deed) == (Press.AMBER, "à clôturer", Deed.CLOSE)
    held = seance(LONG_AGO, state=HELD)
    assert not day(held, marked=marked(held, AWA, KARIM)).lines
    assert only(held).word == "2 à noter", "held, and still to be noted"


def test_what_is_cancelled_presses_nobody() -> None:
    seen = day(seance(state=MeetingState.CANCELLED), seance(LATER, state=MeetingState.CANCELLED))
    assert (seen.day, seen.lines, seen.next_on) == ((), (), None)


def test_the_next_visit_says_where_and_who_comes() -> None:
    visit = seance(LATER, "Visite", kind=VISIT, place="Campus", partner="CMA")
    far = seance(date(2026, 5, 5), "Plus tard", kind=VISIT)
    line = only(far, visit)
    assert (line.press, line.word, line.when) == (Press.GREY, "dans 7 j", "mar. 28 avr.")
    assert line.detail == "9 h – 12 h · Campus · CMA"
    assert line.who == "Viennent : Awa Diallo, Karim Benali"
    assert not line.can_close


def test_who_is_booked_for_a_visit_is_told_among_those_expected() -> None:
    visit = seance(LATER, kind=VISIT)
    booked = {visit.id: frozenset({KARIM})}
    assert only(visit, booked=booked).who == "1 inscrit sur 2 attendus : Karim Benali"
    both = {visit.id: frozenset({AWA, KARIM})}
    assert only(visit, booked=both).who == "Viennent : Awa Diallo, Karim Benali"
    gone = {visit.id: frozenset({uuid4()})}
    assert only(visit, booked=gone).who == "Viennent : Awa Diallo, Karim Benali"
    assert only(seance(LATER, kind=VISIT, people=frozenset())).who == (
        "Personne n’y est encore attendu"
    )


def test_who_comes_to_a_visit_from_elsewhere_is_counted() -> None:
    visit = seance(LATER, kind=VISIT, people=frozenset({AWA, uuid4()}))
    assert only(visit).who == "Viennent : Awa Diallo, 1 d’un autre groupe"
    far = seance(LATER, kind=VISIT, people=frozenset({uuid4(), uuid4()}))
    assert only(far).who == "Viennent : 2 d’autres groupes"


def test_each_group_has_its_next_visit() -> None:
    one, other = uuid4(), uuid4()
    seen = day(
        seance(LATER, "Une", kind=VISIT, cohort_id=one),
        seance(LATER, "Autre", kind=VISIT, cohort_id=other),
    )
    assert [each.title for each in seen.lines] == ["Autre", "Une"]


def test_red_then_amber_then_grey_and_the_oldest_first() -> None:
    lines = day(
        seance(LATER, "Visite", kind=VISIT), seance(YESTERDAY, "Hier"), seance(LONG_AGO, "Avant"),
        seance(date(2026, 4, 14), "Semaine dernière"),
    ).lines  # fmt: skip
    assert [each.title for each in lines] == ["Avant", "Semaine dernière", "Hier", "Visite"]


def test_what_is_put_off_stands_apart_until_its_day_and_says_who_put_it_off() -> None:
    meeting = seance(YESTERDAY)
    key = only(meeting).key
    off = PutOff(date(2026, 4, 28), "Nadia Ferrand")
    seen = day(meeting, put_off={key: off})
    assert not seen.lines
    ((line, why),) = seen.put_off
    assert line.key == key
    assert why.told(TODAY) == "vu par Nadia Ferrand, rappelé mar. 28 avr."
    assert only(meeting, put_off={key: PutOff(TODAY)}).key == key, "its day has come"


def test_a_seance_of_the_day_is_not_put_off() -> None:
    meeting = seance()
    (line,) = day(meeting).day
    assert not line.can_wait
    assert day(meeting, put_off={line.key: PutOff(LATER)}).day == (line,)


def test_a_day_without_seances_says_when_the_next_ones_are() -> None:
    seen = day(seance(LATER), seance(date(2026, 5, 5)))
    assert (seen.next_on, seen.lines, seen.told) == (LATER, (), "aucune séance aujourd’hui")
