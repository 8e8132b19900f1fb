"""Whether a base has the tables, columns and indexes that this program reads and writes.

A version of the schema says so by its number; a base made while a version was still being written
has the number and not the tables. It is refused at once rather than failing later, at some save.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from connexion_desktop.domain.errors import UserError

from .cipher import Connection
from .models import Base

_TOLD = 3
_FOUND = """
SELECT one.name, part.name || CASE part."notnull" WHEN 1 THEN '' ELSE ' (facultatif)' END
FROM sqlite_master AS one JOIN pragma_table_info(one.name) AS part
WHERE one.type = 'table' AND one.name NOT LIKE 'sqlite_%' AND one.name <> 'alembic_version'
UNION ALL
SELECT tbl_name, CASE WHEN sql LIKE 'CREATE UNIQUE %' THEN 'index unique ' ELSE 'index ' END || name
FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
"""
_Shape = dict[str, set[str]]


def refuse_another(connection: Connection, path: Path) -> None:
    """Raise UserError if the base at `path`, of the present version, is not of its shape."""
    difference = difference_of(connection)
    if difference:
        raise UserError(
            f"La base « {path.name} » n’a pas la structure que cette version attend : "
            f"{difference}. Elle a sans doute été faite par une version d’essai.",
            "Ce qu’elle contient est intact.",
            "Restaurez une sauvegarde faite par cette version. Sinon, déplacez ce fichier sans le "
            "jeter, faites une base neuve et importez-y votre tableau.",
        )


def difference_of(connection: Connection) -> str:
    """What differs, in French and in a few words; « » if the base is of this program's shape."""
    found = _found(connection)
    lines = list(_differences(_wanted(), found))
    told = " ; ".join(lines[:_TOLD])
    left = len(lines) - _TOLD
    if left > 0:
        told += f" ; et {left} autre{'s' if left > 1 else ''} différence{'s' if left > 1 else ''}"
    return told


def _differences(wanted: _Shape, found: _Shape) -> Iterator[str]:
    for table in sorted(wanted.keys() - found.keys()):
        yield f"il manque la table « {table} »"
    for table in sorted(found.keys() - wanted.keys()):
        yield f"il y a en trop la table « {table} »"
    for table in sorted(wanted.keys() & found.keys()):
        missing = wanted[table] - found[table]
        extra = {part for part in found[table] - wanted[table] if not _only_slows(part)}
        if missing:
            yield f"il manque dans « {table} » : {', '.join(sorted(missing))}"
        if extra:
            yield f"il y a en trop dans « {table} » : {', '.join(sorted(extra))}"


def _only_slows(part: str) -> bool:
    """An index too many changes nothing that is read or written, unless it refuses a row."""
    return part.startswith("index ") and not part.startswith("index unique ")


@cache
def _wanted() -> _Shape:
    return {
        table.name: {
            f"{column.name} (facultatif)" if column.nullable else column.name
            for column in table.columns
        }
        | {f"index {'unique ' if index.unique else ''}{index.name}" for index in table.indexes}
        for table in Base.metadata.tables.values()
    }


def _found(connection: Connection) -> _Shape:
    shape: _Shape = {}
    for table, part in connection.execute(_FOUND).fetchall():
        shape.setdefault(table, set()).add(part)
    return shape
