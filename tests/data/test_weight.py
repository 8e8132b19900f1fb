"""Opening a base imports what it needs and no more: each start pays for it, in time and memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from connexion_desktop.data.database import Database

pytestmark = pytest.mark.file_alone("what opening a file imports")

NEEDLESS = (
    "PySide6",
    "_ssl",
    "alembic",
    "asyncio.events",
    "cryptography",
    "email",
    "greenlet._greenlet",
    "holidays",
    "keyring",
    "phonenumbers",
    "psycopg",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.ext.asyncio",
)


@pytest.fixture
def modules(database: Database) -> set[str]:
    database.close()
    program = f"""
import sys
from pathlib import Path
from connexion_desktop.data.database import Database
from connexion_desktop.domain.keys import RawKey
Database.open(Path({str(database.path)!r}), RawKey({database.key.hex!r})).close()
print(*sys.modules)
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(told.stdout.split())


def test_opening_a_base_imports_nothing_needless(modules: set[str]) -> None:
    assert "sqlalchemy.orm" in modules
    assert not modules.intersection(NEEDLESS)


def test_looking_for_a_key_imports_no_sqlalchemy(database: Database, tmp_path: Path) -> None:
    database.close()
    key_file = tmp_path / "base.cle"
    key_file.write_text(database.key.hex)
    program = f"""
import sys
from pathlib import Path
from connexion_desktop.usecases import keys
keys.find(Path({str(database.path)!r}), Path({str(key_file)!r}))
print("sqlalchemy" in sys.modules)
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"


def test_what_was_left_waiting_is_whole_once_asked_for() -> None:
    program = """
import connexion_desktop.data.database
import asyncio
from importlib import metadata
async def answer(): return 42
assert asyncio.run(answer()) == 42
assert metadata.version("sqlalchemy")
assert "asyncio.events" in __import__("sys").modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
