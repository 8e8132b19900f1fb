"""Somebody of the team, with psql, who would like to see or do more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from connexion_desktop.data.models import Base
from connexion_desktop.data.server.functions import FOR_THE_TEAM
from connexion_desktop.data.server.rights import MASKS
from tests import servers
from tests.servers import HELENE, KARIM, NADIA, SOLENE

from .attempts import NOTE, Connection, one, person_of, staff
from .world import World

Bare = Callable[[servers.Hand], Connection]
Owner = psycopg.Connection[Any]


def test_a_note_about_somebody_elses_person_is_refused(world: World, bare: Bare) -> None:
    nadia = bare(NADIA)
    nadia.execute(NOTE, (person_of(world, NADIA),))
    with pytest.raises(InsufficientPrivilege):
        nadia.execute(NOTE, (person_of(world, KARIM),))


def test_a_row_is_not_moved_to_somebody_elses_person(world: World, bare: Bare) -> None:
    nadia = bare(NADIA)
    for table in ("note", "journey", "interview", "placement", "loan", "document"):
        with pytest.raises(InsufficientPrivilege):
            nadia.execute(
                f"UPDATE {table} SET person_id = %s WHERE id = %s",  # noqa: S608 - our own words
                (person_of(world, KARIM), world.whose[NADIA.login][table]["id"]),
            )


def test_somebody_elses_person_is_not_taken_into_ones_group(world: World, bare: Bare) -> None:
    nadia = bare(NADIA)
    with pytest.raises(InsufficientPrivilege):
        nadia.execute(
            "INSERT INTO journey (id, association_id, person_id, cohort_id, entered_on, version,"
            " created_at) SELECT gen_random_uuid(), association_id, %s, %s, '2026-04-21', 1, now()"
            " FROM base_info",
            (person_of(world, KARIM), world.whose[NADIA.login]["cohort"]["id"]),
        )


def test_a_hidden_row_is_changed_by_nobody_and_says_so_by_nothing(world: World, bare: Bare) -> None:
    for hand in (NADIA, SOLENE, HELENE):
        changed = bare(hand).execute(
            "UPDATE note SET text = 'x' WHERE id = %(id)s", world.whose[KARIM.login]["note"]
        )
        assert changed.rowcount == 0


@pytest.mark.parametrize("column", ["id", "association_id", "created_at"])
def test_what_a_row_is_does_not_change(world: World, bare: Bare, column: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        bare(NADIA).execute(f"UPDATE note SET {column} = {column}")  # noqa: S608 - our own words


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET author = 'Karim Lopez'",
        "INSERT INTO audit_line (id) VALUES (gen_random_uuid())",
        "INSERT INTO done_command (command_id) VALUES (gen_random_uuid())",
        "SELECT begin_command(gen_random_uuid(), 'Karim Lopez', 'Essai')",
        "SELECT command_under_way()",
        "SELECT folded('x')",
        "SELECT sign(gen_random_uuid())",
        "SELECT * FROM journal.signed",
        "UPDATE counter SET last = 0",
        "INSERT INTO counter (association_id, series, last) SELECT id, 'X', 1 FROM association",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')",
        "COMMENT ON SCHEMA public IS ''",
        "CREATE TABLE public.mine (id uuid)",
        "CREATE TEMP TABLE person (id uuid)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.has_role(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE FUNCTION pg_temp.has_role(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE OR REPLACE VIEW pseudonym.person AS SELECT * FROM public.person",
        "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
        "DROP POLICY conseiller_reads ON note",
        "SELECT * FROM pg_authid",
        "SET ROLE connexion_owner",
        "SET SESSION AUTHORIZATION connexion_owner",
        "GRANT connexion_owner TO CURRENT_USER",
        "COPY person TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
    ],
)
def test_the_server_refuses(world: World, bare: Bare, statement: str) -> None:
    for hand in (NADIA, SOLENE, HELENE):
        with pytest.raises(InsufficientPrivilege):
            bare(hand).execute(statement.encode())


def test_without_row_security_nothing_is_read(world: World, bare: Bare) -> None:
    nadia = bare(NADIA)
    nadia.execute("SET row_security = off")
    with pytest.raises(InsufficientPrivilege):
        nadia.execute("SELECT * FROM note")


def test_the_role_of_the_team_gives_nothing_more(world: World, bare: Bare) -> None:
    nadia = bare(NADIA)
    nadia.execute("SET ROLE connexion_team")
    assert one(nadia, "SELECT count(*) FROM note") == 1
    assert one(nadia, "SELECT my_author()") == "Nadia Ferrand"


def test_no_function_but_these_is_called(bare: Bare) -> None:
    called = bare(NADIA).execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND has_function_privilege(oid, 'EXECUTE')"
    )
    assert {str(row[0]).replace(",", ", ") for row in called} == set(FOR_THE_TEAM)


def test_a_colleagues_command_is_not_borrowed(world: World, bare: Bare) -> None:
    command = uuid4()
    karim, nadia = bare(KARIM), bare(NADIA)
    karim.execute("SELECT begin_command(%s, 'Karim Lopez', 'Fiche modifiée')", (command,))
    with nadia.transaction():
        nadia.execute("SELECT set_config('connexion.command', %s, true)", (str(command),))
        nadia.execute("UPDATE note SET text = 'Vue.'")
    lines = nadia.execute(
        "SELECT author, command_id FROM audit_line WHERE field = 'text'"
    ).fetchall()
    assert [(author, own == command) for author, own in lines] == [("serveur:n.ferrand", False)]


def test_ones_own_past_command_hides_nothing(world: World, bare: Bare) -> None:
    """A row made by a command is told once: under that command again, a change would be lost."""
    nadia, command = bare(NADIA), str(uuid4())
    with nadia.transaction():
        nadia.execute("SELECT begin_command(%s, 'Nadia Ferrand', 'Note')", (command,))
        nadia.execute(NOTE, (person_of(world, NADIA),))
    with nadia.transaction():
        nadia.execute("SELECT set_config('connexion.command', %s, true)", (command,))
        nadia.execute("UPDATE note SET text = 'Autre' WHERE text = 'x'")
    told = one(nadia, "SELECT count(*) FROM audit_line WHERE field = 'text' AND before IS NOT NULL")
    assert told >= 1


def test_the_journal_of_commands_is_not_written_again(world: World, bare: Bare) -> None:
    nadia, command = bare(NADIA), str(uuid4())
    with nadia.transaction():
        nadia.execute("SELECT begin_command(%s, 'Nadia Ferrand', 'Convention')", (command,))
        nadia.execute("UPDATE done_command SET final = true WHERE command_id = %s", (command,))
    for change in ("final = false", "label = 'Rien'"):
        with pytest.raises(InsufficientPrivilege):
            nadia.execute(
                sql.SQL("UPDATE done_command SET {} WHERE command_id = %s").format(sql.SQL(change)),
                (command,),
            )


def test_nobody_gives_a_role_or_a_group_to_themselves(
    world: World, owner: Owner, bare: Bare
) -> None:
    karims = world.whose[KARIM.login]["cohort"]["id"]
    for hand in (NADIA, SOLENE, HELENE):
        me, connection = staff(owner, hand), bare(hand)
        with pytest.raises(InsufficientPrivilege):
            connection.execute(
                "INSERT INTO staff_role (id, association_id, staff_id, role, version, created_at)"
                " SELECT gen_random_uuid(), association_id, %s, 'conseiller', 1, now()"
                " FROM base_info",
                (me,),
            )
        with pytest.raises(InsufficientPrivilege):
            connection.execute(
                "INSERT INTO cohort_access (id, association_id, staff_id, cohort_id, starts_on,"
                " version, created_at) SELECT gen_random_uuid(), association_id, %s, %s,"
                " '2020-01-01', 1, now() FROM base_info",
                (me, karims),
            )


def test_the_direction_does_not_become_a_colleague(world: World, bare: Bare) -> None:
    helene = bare(HELENE)
    with pytest.raises(InsufficientPrivilege):
        helene.execute(
            "UPDATE staff SET login = CASE login WHEN 'h.roche' THEN NULL ELSE 'h.roche' END"
            " WHERE login IN ('h.roche', 'n.ferrand')"
        )


def test_a_subject_that_is_no_table_of_ours_breaks_nobodys_reading(
    world: World, bare: Bare
) -> None:
    nadia = bare(NADIA)
    for table in ("alembic_version", "pg_class", "data_flag", "snooze", "rien", "note; DROP"):
        with pytest.raises(InsufficientPrivilege):
            nadia.execute(
                "INSERT INTO snooze (id, association_id, subject_table, subject_id, alert, until,"
                " version, created_at) SELECT gen_random_uuid(), association_id, %s, %s, 'x',"
                " '2026-04-21', 1, now() FROM base_info",
                (table, uuid4()),
            )
    assert one(nadia, "SELECT count(*) FROM snooze") == 1


def test_a_second_association_is_not_made(bare: Bare) -> None:
    for hand in (SOLENE, HELENE):
        with pytest.raises(InsufficientPrivilege):
            bare(hand).execute("INSERT INTO association SELECT * FROM association")


def test_the_direction_sees_figures_and_nobody(world: World, bare: Bare) -> None:
    helene = bare(HELENE)
    assert one(helene, "SELECT count(*) FROM person") == 0
    rows = helene.execute("SELECT number, given_name, family_name, phone FROM pseudonym.person")
    people = rows.fetchall()
    assert len(people) >= 2
    assert all(row[1] == row[0] and row[2:] == (None, None) for row in people)


def test_the_figures_hold_no_text_that_somebody_typed() -> None:
    """All of it is masked; a number stands for a name, and a trade is no one's."""
    for name, masks in MASKS.items():
        for column in Base.metadata.tables[name].columns:
            if "label" in column.info or column.type.__class__.__name__ in ("Text", "JSON"):
                told = column.name in masks or column.name in ("number", "trade")
                assert told, f"{name}.{column.name}"
