"""What was kept at the last close is painted at the next start only if it is still true."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from connexion_desktop.data.database import Database
from connexion_desktop.data.models import Person
from connexion_desktop.data.snapshot import read_snapshot
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.usecases import drafts, snapshots

pytestmark = pytest.mark.file_alone("painted at the next start, from the file")

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
NewAct = Callable[..., Act]


@pytest.fixture
def painted(database: Database) -> Database:
    with database.read() as session:
        stamp = snapshots.stamp(session)
    with database.scratch() as session:
        snapshots.keep(session, "group", stamp, {TODAY: b"[1]", TODAY + DAY: b"[2]"})
    return database


def read(database: Database, name: str = "group", today: date = TODAY) -> bytes | None:
    return read_snapshot(database.path, database.key, name, today)


def test_what_was_painted_comes_back(painted: Database) -> None:
    assert read(painted) == b"[1]"


def test_it_comes_back_after_the_base_was_closed(painted: Database) -> None:
    painted.close()
    assert read(painted) == b"[1]"


def test_a_save_since_makes_it_absent(painted: Database, act: NewAct) -> None:
    with painted.write(act()) as session:
        session.add(Person(number="P-00001", given_name="Zoé"))
    assert read(painted) is None


def test_a_save_between_the_reading_and_the_keeping_makes_it_absent(
    painted: Database, act: NewAct
) -> None:
    with painted.read() as session:
        stamp = snapshots.stamp(session)
    with painted.write(act()) as session:
        session.add(Person(number="P-00001", given_name="Zoé"))
    with painted.scratch() as session:
        snapshots.keep(session, "group", stamp, {TODAY: b"[2]"})
    assert read(painted) is None


def test_a_draft_or_a_snapshot_does_not_make_it_absent(painted: Database) -> None:
    with painted.scratch() as session:
        drafts.keep(session, "Anne Martin", "note", "Vue")
    assert read(painted) == b"[1]"


def test_each_day_has_its_own(painted: Database) -> None:
    assert read(painted, today=TODAY + DAY) == b"[2]"


def test_a_day_it_was_not_made_for_makes_it_absent(painted: Database) -> None:
    assert read(painted, today=TODAY - DAY) is None
    assert read(painted, today=TODAY + 2 * DAY) is None


def test_what_was_kept_before_is_forgotten(painted: Database) -> None:
    with painted.scratch() as session:
        snapshots.keep(session, "group", snapshots.stamp(session), {TODAY: b"[3]"})
    assert read(painted) == b"[3]"
    assert read(painted, today=TODAY + DAY) is None


def test_another_page_or_another_key_finds_nothing(painted: Database) -> None:
    assert read(painted, name="people") is None
    assert read_snapshot(painted.path, RawKey.new(), "group", TODAY) is None


def test_a_missing_base_finds_nothing(tmp_path: Path) -> None:
    assert read_snapshot(tmp_path / "rien", RawKey.new(), "group", TODAY) is None


def test_reading_it_imports_no_sqlalchemy(painted: Database) -> None:
    program = f"""
import sys
from datetime import date
from pathlib import Path
from connexion_desktop.data.snapshot import read_snapshot
from connexion_desktop.domain.keys import RawKey
found = read_snapshot(Path({str(painted.path)!r}), RawKey({painted.key.hex!r}), "group",
                      date({TODAY.year}, {TODAY.month}, {TODAY.day}))
heavy = {{"sqlalchemy", "alembic", "PySide6", "keyring", "cryptography"}}
print(found, sorted(heavy & set(sys.modules)))
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "b'[1]' []"
