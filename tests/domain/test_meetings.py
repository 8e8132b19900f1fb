"""What clashes among séances at the same time, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import (
    ClashKind,
    MeetingRow,
    MeetingState,
    check_meeting,
    clashes,
)
from connexion_desktop.domain.programme import Programme

DAY = date(2026, 3, 3)
ONE = MeetingRow(uuid4(), DAY, 540, 720, "atelier", "Atelier", "Mon CV")
OTHER = replace(ONE, id=uuid4(), title="Cuisine", start=600, end=780)


def kinds(*meetings: MeetingRow) -> list[ClashKind]:
    return [each.kind for each in clashes(meetings)]


def test_parallel_seances_that_share_nothing_do_not_clash() -> None:
    assert kinds(ONE, OTHER) == []


def test_one_room_twice_at_once_clashes_however_it_is_written() -> None:
    one, other = replace(ONE, place="Salle bleue"), replace(OTHER, place="salle  Bleue")
    (clash,) = clashes((one, other))
    assert clash.told("« Pitch »") == "Même lieu que « Pitch »"
    assert clash.told("") == "Même lieu qu’une séance d’un autre groupe"
    assert kinds(one, replace(other, start=720, end=780)) == [], "one begins as the other ends"
    assert kinds(one, replace(other, on=date(2026, 3, 10))) == []


def test_a_conseiller_leads_one_seance_at_a_time() -> None:
    staff = uuid4()
    one = replace(ONE, leader_id=staff, leader="Nadia Ferrand")
    assert kinds(one, replace(OTHER, leader_id=staff, leader="Nadia Ferrand")) == [ClashKind.LEADER]
    assert kinds(one, replace(OTHER, leader="Nadia Ferrand")) == [], "a namesake from elsewhere"
    guest = replace(ONE, leader="Samia Laroque")
    assert kinds(guest, replace(OTHER, leader="samia laroque")) == [ClashKind.LEADER]


def test_a_partner_and_a_person_are_in_one_place() -> None:
    partner, people = uuid4(), [uuid4() for _ in range(3)]
    one = replace(ONE, partner_id=partner, partner="Vision mêlée", people=frozenset(people))
    other = replace(OTHER, partner_id=partner, people=frozenset(people[:2]))
    found = clashes((one, other))
    assert [each.kind for each in found] == [ClashKind.PARTNER, ClashKind.PERSON]
    told = [each.told("« Pitch », Pessac · octobre 2026") for each in found]
    assert told == [
        "Vision mêlée reçoit aussi « Pitch », Pessac · octobre 2026",
        "2 personnes sont attendues aussi à « Pitch », Pessac · octobre 2026",
    ]


def test_the_other_seance_is_named_with_its_group_where_that_is_known() -> None:
    theirs = replace(OTHER, title="Pitch", cohort_id=uuid4(), cohort="Pessac · octobre 2026")
    hidden = replace(theirs, id=uuid4(), cohort="")
    programme = Programme(DAY, meetings=(ONE,), beside=(theirs, hidden))
    assert programme.named(theirs.id) == "« Pitch », Pessac · octobre 2026"
    assert programme.named(hidden.id) == "", "a group that who asks does not read"


def test_a_seance_that_was_cancelled_takes_no_room() -> None:
    one = replace(ONE, place="Salle bleue")
    other = replace(OTHER, place="Salle bleue", state=MeetingState.CANCELLED)
    assert kinds(one, other) == []


@pytest.mark.parametrize(
    ("title", "on", "start", "end", "told"),
    [
        (" ", DAY, 540, 720, "n’a pas de titre"),
        ("Mon CV", None, 540, 720, "n’a pas de jour"),
        ("Mon CV", DAY, 720, 540, "finit avant de commencer"),
        ("Mon CV", DAY, 600, 600, "finit avant de commencer"),
        ("Mon CV", DAY, -5, 600, "n’existent pas"),
        ("Mon CV", DAY, 600, 1500, "n’existent pas"),
    ],
)
def test_a_seance_without_a_title_a_day_or_real_hours_is_refused(
    title: str, on: date | None, start: int, end: int, told: str
) -> None:
    with pytest.raises(UserError, match=told):
        check_meeting(title, on, start, end)
