"""Who would see more by writing: naming themselves somebody's conseiller, on the day of a
replacement or by another role of theirs; naming a colleague's rows in their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests import servers
from tests.servers import BRUNO, EVERYTHING, HELENE, KARIM, NADIA, SOLENE

from .attempts import Connection, candidate, one, person_of, reads, replace, seen, staff
from .world import World

Bare = Callable[[servers.Hand], Connection]
Day = Callable[[int], str]
Owner = psycopg.Connection[Any]


@pytest.fixture
def of_bordeaux(world: World, owner: Owner) -> None:
    """Two are conseillers at Bordeaux alone; Karim's group is there, with its people at Talence."""
    for hand in (BRUNO, EVERYTHING):
        owner.execute(
            "UPDATE staff_role SET site_id = (SELECT id FROM site WHERE code = 'bordeaux')"
            " WHERE staff_id = %s AND role = 'conseiller'",
            (staff(owner, hand),),
        )
    owner.execute(
        "UPDATE cohort SET site_id = (SELECT id FROM site WHERE code = 'bordeaux')"
        " WHERE id = %(id)s",
        world.whose[KARIM.login]["cohort"],
    )


def refused(connection: Connection, change: str, **given: object) -> None:
    with pytest.raises(InsufficientPrivilege):
        connection.execute(change.encode(), given)


@pytest.mark.parametrize("hand", [BRUNO, EVERYTHING, SOLENE], ids=lambda hand: hand.login)
@pytest.mark.usefixtures("of_bordeaux")
def test_nobody_names_themselves_by_another_role(
    world: World, owner: Owner, bare: Bare, hand: servers.Hand
) -> None:
    connection, me = bare(hand), staff(owner, hand)
    group, person = world.whose[KARIM.login]["cohort"]["id"], person_of(world, KARIM)
    refused(
        connection, "UPDATE cohort SET conseiller_id = %(me)s WHERE id = %(of)s", me=me, of=group
    )
    refused(
        connection, "UPDATE person SET referent_id = %(me)s WHERE id = %(of)s", me=me, of=person
    )
    if hand is not SOLENE:
        refused(connection, "UPDATE cohort SET conseiller_id = NULL WHERE id = %(of)s", of=group)
    assert not reads(connection, "note", world.whose[KARIM.login]["note"])


@pytest.mark.usefixtures("of_bordeaux")
def test_nobody_brings_a_group_or_somebody_to_their_site(
    world: World, owner: Owner, bare: Bare
) -> None:
    bruno = bare(BRUNO)
    there = candidate(owner, "talence")
    here = "(SELECT id FROM site WHERE code = 'bordeaux')"
    refused(bruno, f"UPDATE person SET site_id = {here} WHERE id = %(of)s", of=there)  # noqa: S608
    refused(bruno, "UPDATE person SET site_id = NULL WHERE id = %(of)s", of=there)
    group = world.whose[KARIM.login]["cohort"]["id"]
    bruno.execute(
        "UPDATE cohort SET site_id = (SELECT id FROM site WHERE code = 'talence'),"
        " conseiller_id = NULL WHERE id = %s",
        (group,),
    )
    refused(bruno, f"UPDATE cohort SET site_id = {here} WHERE id = %(of)s", of=group)  # noqa: S608
    solene = bare(SOLENE)
    solene.execute("UPDATE person SET site_id = NULL WHERE id = %s", (there,))
    assert seen(bruno, there)


def test_a_row_of_others_does_not_come_to_be_about_ones_own(
    world: World, owner: Owner, bare: Bare
) -> None:
    bruno = bare(BRUNO)
    mine = candidate(owner, None)
    karims = world.whose[KARIM.login]
    moved = "UPDATE placement SET person_id = %(to)s WHERE id = %(of)s"
    refused(bruno, moved, to=mine, of=karims["placement"]["id"])
    ours = one(
        bruno,
        "INSERT INTO placement SELECT (jsonb_populate_record(it, jsonb_build_object("
        "'id', gen_random_uuid(), 'person_id', %s::uuid, 'journey_id', NULL, 'number', 'x'))).*"
        " FROM placement AS it WHERE id = %s RETURNING id",
        mine,
        karims["placement"]["id"],
    )
    moved = "UPDATE accident SET placement_id = %(to)s WHERE id = %(of)s"
    refused(bruno, moved, to=ours, of=karims["accident"]["id"])
    assert not reads(bruno, "accident_injury", karims["accident_injury"])


@pytest.mark.parametrize("hand", [NADIA, HELENE], ids=lambda hand: hand.login)
def test_a_replacement_is_over_on_its_last_day_whatever_was_done(
    world: World, owner: Owner, bare: Bare, day: Day, hand: servers.Hand
) -> None:
    replace(owner, world, hand, day(0), day(0))
    connection, me = bare(hand), staff(owner, hand)
    karims = world.whose[KARIM.login]
    group, person, journey = (karims[table]["id"] for table in ("cohort", "person", "journey"))
    assert seen(connection, person)
    refused(
        connection, "UPDATE cohort SET conseiller_id = %(me)s WHERE id = %(of)s", me=me, of=group
    )
    refused(
        connection, "UPDATE person SET referent_id = %(me)s WHERE id = %(of)s", me=me, of=person
    )
    refused(
        connection,
        "INSERT INTO cohort_access (id, association_id, staff_id, cohort_id, starts_on, version,"
        " created_at) SELECT gen_random_uuid(), association_id, %(me)s, %(of)s, '2020-01-01', 1,"
        " now() FROM base_info",
        me=me,
        of=group,
    )
    if hand is NADIA:
        _not_kept_by_the_journey(connection, world, person, journey, group)
    owner.execute("UPDATE cohort_access SET ends_on = %s WHERE starts_on = %s", (day(-1), day(0)))
    owner.execute("UPDATE cohort_access SET starts_on = %s WHERE starts_on = %s", (day(-1), day(0)))
    assert not seen(connection, person)


def _not_kept_by_the_journey(
    nadia: Connection, world: World, person: UUID, journey: UUID, group: UUID
) -> None:
    mine = world.whose[NADIA.login]["cohort"]["id"]
    refused(nadia, "UPDATE cohort SET conseiller_id = NULL WHERE id = %(of)s", of=group)
    refused(nadia, "UPDATE journey SET cohort_id = %(to)s WHERE id = %(of)s", to=mine, of=journey)
    refused(nadia, "UPDATE journey SET deleted_at = now() WHERE id = %(of)s", of=journey)
    refused(nadia, _JOURNEY, who=person, cohort=mine)
    own = world.whose[NADIA.login]
    taken = "UPDATE journey SET person_id = %(to)s WHERE id = %(of)s"
    refused(nadia, taken, to=person, of=own["journey"]["id"])
    refused(nadia, taken, to=own["person"]["id"], of=journey)


_JOURNEY = (
    "INSERT INTO journey (id, association_id, person_id, cohort_id, entered_on, version,"
    " created_at) SELECT gen_random_uuid(), association_id, %(who)s, %(cohort)s, '2026-04-21', 1,"
    " now() FROM base_info"
)


def test_who_is_a_conseiller_no_more_opens_no_old_group_from_a_replacement(
    world: World, owner: Owner, bare: Bare, day: Day
) -> None:
    me = staff(owner, NADIA)
    owner.execute("UPDATE staff_role SET ends_on = %s WHERE staff_id = %s", (day(-1), me))
    replace(owner, world, NADIA, day(0), day(0))
    nadia = bare(NADIA)
    assert seen(nadia, person_of(world, KARIM))
    refused(
        nadia,
        "INSERT INTO cohort_access (id, association_id, staff_id, cohort_id, starts_on, version,"
        " created_at) SELECT gen_random_uuid(), association_id, %(me)s, %(of)s, '2020-01-01', 1,"
        " now() FROM base_info",
        me=me,
        of=world.whose[NADIA.login]["cohort"]["id"],
    )


def test_who_replaces_puts_somebody_in_the_group_and_takes_that_back(
    world: World, owner: Owner, bare: Bare, day: Day
) -> None:
    replace(owner, world, NADIA, day(0), day(0))
    nadia, who = bare(NADIA), candidate(owner, None)
    nadia.execute(_JOURNEY, {"who": who, "cohort": world.whose[KARIM.login]["cohort"]["id"]})
    back = nadia.execute("UPDATE journey SET deleted_at = now() WHERE person_id = %s", (who,))
    assert back.rowcount == 1
    assert seen(nadia, who)


def test_a_conseiller_still_gives_and_takes_what_is_hers(
    world: World, owner: Owner, bare: Bare
) -> None:
    nadia, me = bare(NADIA), staff(owner, NADIA)
    who = candidate(owner, None)
    nadia.execute("UPDATE person SET referent_id = %s WHERE id = %s", (me, who))
    owner.execute("UPDATE cohort SET conseiller_id = NULL WHERE conseiller_id = %s", (me,))
    group = world.whose[NADIA.login]["cohort"]["id"]
    taken = nadia.execute("UPDATE cohort SET conseiller_id = %s WHERE id = %s", (me, group))
    assert taken.rowcount == 1
    karim = staff(owner, KARIM)
    nadia.execute("UPDATE cohort SET conseiller_id = %s WHERE id = %s", (karim, group))
    assert one(owner, "SELECT conseiller_id FROM cohort WHERE id = %s", group) == karim


@pytest.mark.parametrize(
    ("table", "column", "named"),
    [
        ("signature", "amendment_id", "amendment"),
        ("signature", "attachment_id", "attachment"),
        ("attendance", "meeting_id", "meeting"),
        ("meeting_participant", "meeting_id", "meeting"),
        ("document", "attachment_id", "attachment"),
        ("interview", "journey_id", "journey"),
        ("action", "journey_id", "journey"),
        ("placement", "renewal_of_id", "placement"),
    ],
)
def test_a_row_of_ones_own_names_nothing_of_a_colleagues(
    world: World, bare: Bare, table: str, column: str, named: str
) -> None:
    nadia = bare(NADIA)
    copied = (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(it, jsonb_build_object("  # noqa: S608
        f"'id', gen_random_uuid(), '{column}', %(to)s::uuid))).* FROM {table} AS it"
        " WHERE id = %(of)s"
    )
    of = world.whose[NADIA.login][table]["id"]
    refused(nadia, copied, of=of, to=world.whose[KARIM.login][named]["id"])
    try:
        with nadia.transaction(force_rollback=True):
            made = nadia.execute(
                copied.encode(), {"of": of, "to": world.whose[NADIA.login][named]["id"]}
            )
            assert made.rowcount == 1
    except psycopg.errors.UniqueViolation:
        pass  # one is there already: it is no matter of rights
