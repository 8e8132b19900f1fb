"""Who would have the journal tell something else: another date, another author, nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests import servers
from tests.servers import HELENE, KARIM, NADIA, SOLENE

from .attempts import NOTE, Connection, one, person_of
from .world import World

Bare = Callable[[servers.Hand], Connection]
Owner = psycopg.Connection[Any]


def begin(connection: Connection, author: str, label: str = "Note") -> UUID:
    command = uuid4()
    connection.execute("SELECT begin_command(%s, %s, %s)", (command, author, label))
    return command


@pytest.mark.parametrize(
    "change", ["at = '2099-01-01'", "author = 'Karim Lopez'", "association_id = association_id"]
)
def test_even_the_command_under_way_keeps_its_date_and_its_author(bare: Bare, change: str) -> None:
    nadia = bare(NADIA)
    with pytest.raises(InsufficientPrivilege), nadia.transaction():
        command = begin(nadia, "Nadia Ferrand")
        nadia.execute(
            f"UPDATE done_command SET {change} WHERE command_id = %s",  # noqa: S608 - our own words
            (command,),
        )


def test_a_command_of_the_future_is_over_all_the_same(
    world: World, owner: Owner, bare: Bare
) -> None:
    """Its date says nothing: what is under way is of this very transaction."""
    nadia = bare(NADIA)
    with nadia.transaction():
        command = begin(nadia, "Nadia Ferrand")
        nadia.execute(NOTE, (person_of(world, NADIA),))
    owner.execute(
        "UPDATE done_command SET at = '2099-01-01' WHERE command_id = %s"
        " AND set_config('session_replication_role', 'replica', false) = 'replica'",
        (command,),
    )
    with nadia.transaction():
        nadia.execute("SELECT set_config('connexion.command', %s, true)", (str(command),))
        nadia.execute("UPDATE note SET deleted_at = now() WHERE text = 'x'")
    told = one(
        nadia, "SELECT count(*) FROM audit_line WHERE op = 'delete' AND command_id <> %s", command
    )
    assert told == 1
    with pytest.raises(InsufficientPrivilege):
        nadia.execute("UPDATE done_command SET label = 'x' WHERE command_id = %s", (command,))


def test_an_act_is_undone_by_the_act_that_undoes_it_alone(bare: Bare) -> None:
    nadia = bare(NADIA)
    done, other = begin(nadia, "Nadia Ferrand"), begin(nadia, "Nadia Ferrand")
    say = "UPDATE done_command SET undone_by = %s WHERE command_id = %s"
    for undoing in (other, uuid4(), done):
        with pytest.raises(InsufficientPrivilege):
            nadia.execute(say, (undoing, done))
    with nadia.transaction():
        undoing = begin(nadia, "Nadia Ferrand", "Annuler")
        nadia.execute("UPDATE done_command SET undoes = %s WHERE command_id = %s", (done, undoing))
        nadia.execute(say, (undoing, done))
    with pytest.raises(InsufficientPrivilege):
        nadia.execute(say, (None, done))
    with nadia.transaction():
        redoing = begin(nadia, "Nadia Ferrand", "Rétablir")
        nadia.execute(
            "UPDATE done_command SET undoes = %s WHERE command_id = %s", (undoing, redoing)
        )
        nadia.execute(say, (None, done))


def test_nobody_signs_with_a_colleagues_name_by_taking_it(world: World, bare: Bare) -> None:
    helene = bare(HELENE)
    for change in (
        "UPDATE staff SET given_name = 'Karim', family_name = 'Lopez' WHERE login = 'h.roche'",
        "UPDATE staff SET family_name = 'Autre' WHERE login = 'h.roche'",
        "UPDATE staff SET given_name = ' karim', family_name = 'LOPEZ' WHERE login = 's.petit'",
        "UPDATE staff SET given_name = 'serveur:n.ferrand' WHERE login = 's.petit'",
        "INSERT INTO staff SELECT (jsonb_populate_record(it, jsonb_build_object("
        "'id', gen_random_uuid(), 'login', NULL))).* FROM staff AS it WHERE login = 'k.lopez'",
    ):
        with pytest.raises(InsufficientPrivilege):
            helene.execute(change.encode())
    helene.execute("UPDATE staff SET family_name = 'Petit-Roy' WHERE login = 's.petit'")
    assert one(bare(SOLENE), "SELECT my_author()") == "Solène Petit-Roy"


def test_what_a_homonym_did_is_not_ones_own(owner: Owner, bare: Bare) -> None:
    """A file may bring two of one name: the login tells them apart."""
    karim = bare(KARIM)
    karims = begin(karim, "Karim Lopez")
    owner.execute("SET ROLE connexion_owner")
    owner.execute("UPDATE staff SET given_name = 'Karim', family_name = 'Lopez'")
    owner.execute("RESET ROLE")
    nadia = bare(NADIA)
    assert one(nadia, "SELECT my_author()") == "Karim Lopez"
    said = "UPDATE done_command SET final = final WHERE command_id = %s"
    assert nadia.execute(said, (karims,)).rowcount == 0
    assert karim.execute(said, (karims,)).rowcount == 1


def test_a_change_is_told_even_after_a_row_made_under_the_same_id(
    world: World, owner: Owner, bare: Bare
) -> None:
    """Identifiers are chosen by who writes: one borrowed from another table hides nothing."""
    solene, who = bare(SOLENE), person_of(world, KARIM)
    with solene.transaction():
        command = begin(solene, "Solène Petit", "Métier ajouté")
        solene.execute(
            "INSERT INTO trade (id, association_id, label, version, created_at)"
            " SELECT %s, association_id, 'x', 1, now() FROM base_info",
            (who,),
        )
        solene.execute("UPDATE person SET city = 'Lormont' WHERE id = %s", (who,))
    told = owner.execute(
        "SELECT table_name, field FROM audit_line WHERE command_id = %s ORDER BY at", (command,)
    ).fetchall()
    assert told == [("trade", None), ("person", "city")]
