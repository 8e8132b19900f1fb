"""The reads and the saves of an office by bare SQL, under the same rights: what the application's
are compared to."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import psycopg

from benchmarks.bases import TODAY
from benchmarks.server_office import PASSWORD
from benchmarks.server_turns import Place, timed, turns
from connexion_desktop.domain.servers import ServerAddress

_Line = psycopg.Connection[tuple[object, ...]]
_NOTE = (
    'INSERT INTO note (id, association_id, person_id, "on", text, pinned, imported, version,'
    " created_at) VALUES (%s, %s, %s, %s, %s, false, false, 1, now())"
)
_EDIT = "UPDATE person SET city = %s, version = version + 1 WHERE id = %s"
_MARK = (
    "UPDATE attendance SET mark = %s, version = version + 1 WHERE id = (SELECT attendance.id FROM"
    " attendance JOIN journey ON journey.id = journey_id WHERE person_id = %s LIMIT 1)"
)
_READS = (
    "SELECT * FROM journey WHERE person_id = %s",
    "SELECT * FROM note WHERE person_id = %s",
    "SELECT * FROM person WHERE id = %s",
)


def read(at: Place, address: ServerAddress) -> None:
    """Under the same rights, the rows of somebody, without the application."""
    with _bare(address) as line:
        people = _first_people(line)
        for turn in turns(at):
            person = people[turn % len(people)]
            timed(at.told.reads, partial(_ask, line, person))


def write(at: Place, address: ServerAddress) -> None:
    """The same kinds of saves, in as few statements as they need."""
    with _bare(address) as line:
        people = _first_people(line)
        (association,) = line.execute("SELECT association_id FROM base_info").fetchone() or (None,)
        (author,) = line.execute("SELECT my_author()").fetchone() or (None,)
        for turn in turns(at):
            person = people[turn % len(people)]
            note = (uuid4(), association, person, TODAY, f"Note {turn}")
            mark = ("AE"[turn % 2], person)
            for statement, given in (
                (_NOTE, note),
                (_EDIT, (f"Bordeaux {turn}", person)),
                (_MARK, mark),
            ):
                timed(at.told.saves, partial(_save, line, author, statement, given))


def _ask(line: _Line, person: object) -> None:
    for question in _READS:
        line.execute(question, (person,)).fetchall()


def _save(line: _Line, author: object, statement: str, given: tuple[object, ...]) -> None:
    with line.transaction():
        line.execute("SELECT begin_command(%s, %s, 'Essai')", (uuid4(), author))
        line.execute(statement, given)


def _first_people(line: _Line) -> list[object]:
    rows = line.execute("SELECT person_id FROM journey ORDER BY person_id LIMIT 40").fetchall()
    return [row[0] for row in rows]


def _bare(address: ServerAddress) -> _Line:
    return psycopg.connect(
        host=address.host,
        port=address.port,
        dbname=address.database,
        user=address.login,
        password=PASSWORD,
        autocommit=True,
    )
