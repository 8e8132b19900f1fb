"""Sites, replacements, departures: whose people somebody sees, and from when to when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests import servers
from tests.servers import EVERYTHING, HELENE, KARIM, NADIA, SOLENE

from .attempts import Connection, candidate, one, person_of, reads, replace, seen, staff
from .world import World

Bare = Callable[[servers.Hand], Connection]
Day = Callable[[int], str]
Owner = psycopg.Connection[Any]


def count(connection: Connection, table: str) -> int:
    number: int = one(connection, f"SELECT count(*) FROM {table}")  # noqa: S608 - our own words
    return number


@pytest.fixture
def replaces(world: World, owner: Owner, day: Day) -> Callable[[int, int | None], None]:
    """Nadia replaces Karim from a day to another, counted from today."""

    def made(first: int, last: int | None) -> None:
        replace(owner, world, NADIA, day(first), None if last is None else day(last))

    return made


@pytest.mark.parametrize(
    ("days", "is_open"),
    [
        ((1, 5), False),
        ((0, 0), True),
        ((-3, 3), True),
        ((-3, None), True),
        ((-9, -1), False),
    ],
    ids=["before", "its only day", "within", "without end", "after"],
)
def test_a_replacement_opens_a_group_from_its_first_to_its_last_day(
    replaces: Callable[[int, int | None], None],
    world: World,
    bare: Bare,
    days: tuple[int, int | None],
    is_open: bool,
) -> None:
    replaces(*days)
    nadia = bare(NADIA)
    note = world.whose[KARIM.login]["note"]
    assert seen(nadia, person_of(world, KARIM)) is is_open
    assert reads(nadia, "note", note) is is_open
    changed = nadia.execute("UPDATE note SET text = 'Vue.' WHERE id = %(id)s", note)
    assert changed.rowcount == int(is_open)


def test_who_replaces_a_conseiller_reads_that_group_and_no_other(
    world: World, owner: Owner, bare: Bare, day: Day
) -> None:
    replace(owner, world, HELENE, day(0), day(0))
    helene = bare(HELENE)
    assert seen(helene, person_of(world, KARIM))
    assert not seen(helene, person_of(world, NADIA))


def test_a_role_holds_from_its_first_to_its_last_day(
    world: World, owner: Owner, bare: Bare, day: Day
) -> None:
    nadia, mine = bare(NADIA), person_of(world, NADIA)
    for starts, ends, holds in ((-2, 0, True), (-9, -1, False), (1, None, False), (0, None, True)):
        owner.execute(
            "UPDATE staff_role SET starts_on = %s, ends_on = %s"
            " WHERE staff_id = %s AND role = 'conseiller'",
            (day(starts), None if ends is None else day(ends), staff(owner, NADIA)),
        )
        assert seen(nadia, mine) is holds


def test_who_left_sees_nothing_from_the_day_after(
    world: World, owner: Owner, bare: Bare, day: Day
) -> None:
    nadia, mine = bare(NADIA), person_of(world, NADIA)
    owner.execute("UPDATE staff SET left_on = %s WHERE login = 'n.ferrand'", (day(0),))
    assert seen(nadia, mine)
    owner.execute("UPDATE staff SET left_on = %s WHERE login = 'n.ferrand'", (day(-1),))
    assert not seen(nadia, mine)
    for table in ("person", "note", "cohort", "staff", "setting", "audit_line"):
        assert count(nadia, table) == 0


def test_two_roles_give_what_both_give(world: World, owner: Owner, bare: Bare) -> None:
    anne = bare(EVERYTHING)
    assert seen(anne, person_of(world, NADIA))
    assert reads(anne, "loan", world.whose[KARIM.login]["loan"])
    assert not reads(anne, "note", world.whose[KARIM.login]["note"])


def test_a_candidate_is_of_the_conseillers_of_their_site(owner: Owner, bare: Bare) -> None:
    owner.execute(
        "UPDATE staff_role SET site_id = (SELECT id FROM site WHERE code = 'bordeaux')"
        " WHERE staff_id = %s",
        (staff(owner, NADIA),),
    )
    here, there, nowhere = (candidate(owner, site) for site in ("bordeaux", "talence", None))
    nadia, karim = bare(NADIA), bare(KARIM)
    assert [seen(nadia, each) for each in (here, there, nowhere)] == [True, False, True]
    assert [seen(karim, each) for each in (here, there, nowhere)] == [True, True, True]


def test_a_conseiller_adds_somebody_on_her_sites_alone(owner: Owner, bare: Bare) -> None:
    owner.execute(
        "UPDATE staff_role SET site_id = (SELECT id FROM site WHERE code = 'bordeaux')"
        " WHERE staff_id = %s",
        (staff(owner, NADIA),),
    )
    nadia = bare(NADIA)
    candidate(nadia, "bordeaux")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        candidate(nadia, "talence")


def test_somebody_who_left_every_group_stays_of_the_last_one(
    world: World, owner: Owner, bare: Bare
) -> None:
    owner.execute(
        "UPDATE journey SET deleted_at = now() WHERE id = %(id)s",
        world.whose[NADIA.login]["journey"],
    )
    assert seen(bare(NADIA), person_of(world, NADIA))


def test_a_login_that_is_nobody_of_the_team_sees_nothing(
    world: World, owner: Owner, bare: Bare
) -> None:
    owner.execute("UPDATE staff SET login = NULL WHERE login = 's.petit'")
    solene = bare(SOLENE)
    for table in world.whose[NADIA.login]:
        assert count(solene, table) == 0, table


def test_the_signed_page_of_a_diagnosis_is_for_the_conseiller(
    world: World, owner: Owner, bare: Bare
) -> None:
    key = world.whose[NADIA.login]["attachment"]
    owner.execute("UPDATE attachment SET kind = 'diagnostic' WHERE id = %(id)s", key)
    held = "SELECT count(*) FROM attachment_bytes WHERE attachment_id = %s"
    assert one(bare(NADIA), held, key["id"]) == 1
    assert not reads(bare(SOLENE), "attachment", key)
    assert one(bare(SOLENE), held, key["id"]) == 0


def test_the_logo_is_seen_by_all_and_changed_by_the_office(
    world: World, owner: Owner, bare: Bare
) -> None:
    key = world.whose[NADIA.login]["attachment"]
    owner.execute(
        "UPDATE attachment SET subject_table = 'association',"
        " subject_id = (SELECT id FROM association) WHERE id = %(id)s",
        key,
    )
    away = "UPDATE attachment SET deleted_at = now() WHERE id = %(id)s"
    emptied = "UPDATE attachment_bytes SET deleted_at = now() WHERE attachment_id = %(id)s"
    for hand in (NADIA, KARIM, SOLENE, HELENE):
        assert reads(bare(hand), "attachment", key)
        assert one(
            bare(hand), "SELECT count(*) FROM attachment_bytes WHERE attachment_id = %s", key["id"]
        )
    for question in (emptied, away):
        assert bare(NADIA).execute(question.encode(), key).rowcount == 0
        assert bare(HELENE).execute(question.encode(), key).rowcount == 1
