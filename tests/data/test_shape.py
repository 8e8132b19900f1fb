"""A base whose tables are not those of this version is refused at once, never used by halves."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from connexion_desktop.data import cipher
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases.maintenance import back_up, restore, verify

pytestmark = pytest.mark.file_alone("the shape of a file")

CHANGES = {
    "il manque dans « note » : text": "ALTER TABLE note DROP COLUMN text",
    "il manque la table « snooze »": "DROP TABLE snooze",
    "il y a en trop dans « note » : weather": "ALTER TABLE note ADD COLUMN weather VARCHAR(40)",
    "il y a en trop la table « weather »": "CREATE TABLE weather (id CHAR(32) NOT NULL)",
    "il manque dans « person » : index unique uq_person_number": "DROP INDEX uq_person_number",
    "il y a en trop dans « note » : index unique uq_note_text": (
        "CREATE UNIQUE INDEX uq_note_text ON note (text)"
    ),
}


@pytest.fixture
def base(empty_base: tuple[Path, RawKey], tmp_path: Path) -> tuple[Path, RawKey]:
    """A closed base of this test's own."""
    template, key = empty_base
    path = tmp_path / "base.connexion"
    shutil.copy(template, path)
    return path, key


def change(base: tuple[Path, RawKey], *statements: str) -> None:
    """What an earlier edition of the schema's version had done otherwise."""
    with closing(cipher.connect(*base)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize("told", CHANGES)
def test_a_base_of_another_structure_is_refused_and_says_what_differs(
    base: tuple[Path, RawKey], told: str
) -> None:
    change(base, CHANGES[told])
    before = base[0].read_bytes()
    for way_in in (Database.open, Database.open_to_read):
        with pytest.raises(UserError) as refused:
            way_in(*base)
        assert "base.connexion" in refused.value.what
        assert told in refused.value.what
        assert "intact" in refused.value.safe
        assert "importez" in refused.value.todo
    assert base[0].read_bytes() == before


def test_a_base_with_an_index_more_opens(base: tuple[Path, RawKey]) -> None:
    change(base, "CREATE INDEX ix_note_text ON note (text)")
    Database.open(*base).close()


def test_a_base_that_differs_everywhere_is_told_in_a_few_words(base: tuple[Path, RawKey]) -> None:
    change(base, *(f"ALTER TABLE {name} ADD COLUMN weather" for name in ("note", "loan", "site")))
    change(base, "DROP TABLE snooze", "ALTER TABLE person ADD COLUMN weather")
    with pytest.raises(UserError, match="et 2 autres différences") as refused:
        Database.open(*base)
    assert "« snooze »" in refused.value.what


def test_the_check_finds_what_was_changed_under_an_open_base(database: Database) -> None:
    change((database.path, database.key), "ALTER TABLE note DROP COLUMN text")
    report = verify(database, Silent())
    assert not report.sound
    assert "il manque dans « note » : text" in report.lines[0]


def test_a_backup_of_another_structure_replaces_nothing(database: Database, tmp_path: Path) -> None:
    saved = back_up(database, tmp_path / "sauvegardes", Silent())
    database.close()
    change((saved, database.key), "ALTER TABLE note DROP COLUMN text")
    before = database.path.read_bytes()
    with pytest.raises(UserError, match="il manque dans « note » : text"):
        restore(saved, database.path, database.key, Silent())
    assert database.path.read_bytes() == before
