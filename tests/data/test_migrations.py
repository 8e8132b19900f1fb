"""The versions make what the models say; an older base is saved, then brought up to date."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from connexion_desktop.data import cipher, schema
from connexion_desktop.data.database import Database, make_engine
from connexion_desktop.data.migrations import HEAD, upgrade
from connexion_desktop.data.models import (
    Attendance,
    Base,
    Cohort,
    Journey,
    Note,
    Person,
    ReferenceItem,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey

pytestmark = pytest.mark.file_alone("versions of the file: a server's are in tests/data/server")

DIGESTS = {
    "0001": "8df607251e4c980d",
    "0002": "b16188475de94e5b",
    "0003": "b16188475de94e5b",
    "0004": "dc226118026c429a",
    "0005": "1288b45fae752f42",
    "0006": "0c7067f608e82ae0",
}
"""What each version of the schema makes. A line is added with a version, and never changed."""
NEXT = f"{int(HEAD) + 1:04d}"
NEXT_VERSION = f"""
import sqlalchemy as sa
from alembic import op

revision = {NEXT!r}
down_revision = {HEAD!r}


def upgrade() -> None:
    with op.batch_alter_table("person", recreate="always") as person:
        person.add_column(sa.Column("nickname", sa.String(40)))
"""
ORPHANS = """
    op.execute("UPDATE note SET person_id = 'ffffffffffffffffffffffffffffffff'")
"""


@pytest.fixture
def migrated(tmp_path: Path) -> tuple[Path, RawKey]:
    """A base made by the versions alone."""
    return made_by("head", tmp_path / "base")


def made_by(version: str, path: Path) -> tuple[Path, RawKey]:
    """A base made by the versions up to that one."""
    key = RawKey.new()
    cipher.make_private(path)
    upgrade.upgrade(path, key, version)
    return path, key


def statements(path: Path, key: RawKey) -> dict[str, list[str]]:
    """The SQL of each table and index, whatever the order of its constraints."""
    with closing(cipher.connect(path, key)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: sorted(re.split("[,()]", "".join(sql.split()))) for name, sql in found}


def digest(path: Path, key: RawKey) -> str:
    """What tells a schema from any other."""
    return hashlib.sha256(repr(sorted(statements(path, key).items())).encode()).hexdigest()[:16]


def test_the_constant_is_the_last_version() -> None:
    assert ScriptDirectory.from_config(upgrade.config()).get_heads() == [HEAD]


def test_the_versions_make_exactly_what_a_new_base_has(
    migrated: tuple[Path, RawKey], empty_base: tuple[Path, RawKey]
) -> None:
    made, new = statements(*migrated), statements(*empty_base)
    assert made.keys() == new.keys()
    for name in new:
        assert made[name] == new[name], name


def test_the_models_and_the_versions_agree(migrated: tuple[Path, RawKey]) -> None:
    engine = make_engine(lambda: cipher.connect(*migrated), "BEGIN")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_a_version_that_made_bases_is_never_edited(tmp_path: Path) -> None:
    made = {version: digest(*made_by(version, tmp_path / version)) for version in DIGESTS}
    assert made == DIGESTS, (
        "A version of the schema no longer makes what it made: the bases it made already would be "
        "refused. Put it back as it was, and write the change as a new version:\n"
        '.venv/bin/python -m connexion_desktop.data.migrations.make "what changes"'
    )
    assert max(DIGESTS) == HEAD, f"add the digest of version {HEAD}"


def test_no_version_imports_the_models() -> None:
    for version in (upgrade.FOLDER / "versions").glob("*.py"):
        assert "connexion_desktop" not in version.read_text(encoding="utf-8")


def test_a_present_base_opens_without_alembic(empty_base: tuple[Path, RawKey]) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from connexion_desktop.data import schema;"
        "from connexion_desktop.domain.keys import RawKey;"
        "schema.bring_up_to_date(Path(sys.argv[1]), RawKey(sys.argv[2]));"
        "print('alembic' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(empty_base[0]), empty_base[1].hex],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program one version ahead, whose migration rebuilds a table that others refer to."""
    folder = tmp_path / "versions a venir"
    shutil.copytree(upgrade.FOLDER, folder)
    version = folder / "versions" / f"{NEXT}_next.py"
    version.write_text(NEXT_VERSION)
    monkeypatch.setattr(upgrade, "FOLDER", folder)
    monkeypatch.setattr(schema, "HEAD", NEXT)
    return version


def add_person_and_note(database: Database) -> None:
    with database.bulk() as session:
        person = Person(number="P-00001", given_name="Zoé")
        note = Note(person_id=person.id, on=date(2026, 3, 2), text="Vue au parc.")
        session.add_all([person, note])
    database.close()


def test_an_older_base_is_saved_then_upgraded_without_losing_a_child(
    database: Database, next_version: Path
) -> None:
    add_person_and_note(database)
    schema.bring_up_to_date(database.path, database.key)
    with closing(cipher.connect(database.path, database.key)) as connection:
        assert schema.version_of(connection) == NEXT
        assert connection.execute("SELECT nickname, given_name FROM person").fetchall() == [
            (None, "Zoé")
        ]
        assert connection.execute("SELECT text FROM note").fetchall() == [("Vue au parc.",)]
    (kept,) = database.path.parent.glob("base.connexion.avant-version-*")
    with closing(cipher.open_checked(kept, database.key)) as connection:
        assert schema.version_of(connection) == HEAD
    assert next_version.exists()


def test_an_upgrade_that_breaks_a_reference_is_given_up_whole(
    database: Database, next_version: Path
) -> None:
    next_version.write_text(NEXT_VERSION + ORPHANS)
    add_person_and_note(database)
    with pytest.raises(UserError, match="abîmée"):
        schema.bring_up_to_date(database.path, database.key)
    with closing(cipher.connect(database.path, database.key)) as connection:
        assert schema.version_of(connection) == HEAD
        assert "nickname" not in str(connection.execute("PRAGMA table_info(person)").fetchall())


def test_every_table_belongs_to_an_association() -> None:
    for table in Base.metadata.sorted_tables:
        referred = {key.target_fullname for key in table.columns["association_id"].foreign_keys}
        assert table.name == "association" or "association.id" in referred, table.name


def test_every_row_refers_to_rows_of_its_own_association() -> None:
    for table in rows():
        assert {"id", "association_id", "version", "created_at"} <= set(table.columns.keys())
        assert {"association_id", "id"} in [
            set(constraint.columns.keys())
            for constraint in table.constraints
            if isinstance(constraint, sa.UniqueConstraint)
        ]
        for constraint in table.foreign_key_constraints:
            assert "association_id" in constraint.column_keys, f"{table.name}: {constraint.name}"


def test_what_is_unique_is_so_among_the_rows_that_are_not_deleted() -> None:
    for index in (index for table in rows() for index in table.indexes if index.unique):
        assert index.columns.keys()[0] == "association_id"
        here, server = index.dialect_options["sqlite"]["where"], index.info["where"]
        assert "deleted_at IS NULL" in here.text
        assert here is server


def rows() -> list[sa.Table]:
    return [table for table in Base.metadata.sorted_tables if "deleted_at" in table.columns]


def test_a_half_day_has_one_mark_even_without_a_meeting(database: Database) -> None:
    with database.bulk() as session:
        person = Person(number="P-00001", given_name="Zoé")
        cohort = Cohort(name="Bordeaux", starts_on=date(2026, 3, 2))
        journey = Journey(person_id=person.id, cohort_id=cohort.id, entered_on=cohort.starts_on)
        session.add_all([person, cohort, journey])
    half = {"journey_id": journey.id, "on": date(2026, 3, 2), "half": "am"}
    with database.bulk() as session:
        session.add(Attendance(mark="P", **half))
    with pytest.raises(sa.exc.IntegrityError), database.bulk() as session:
        session.add(Attendance(mark="A", **half))


def test_nothing_in_a_json_column_is_null_to_the_base(database: Database) -> None:
    with database.bulk() as session:
        session.add(ReferenceItem(list="essai", code="rien", label="Rien", data=None))
    with database.read() as session:
        found = sa.select(ReferenceItem.code).where(ReferenceItem.data.is_(None))
        assert "rien" in session.scalars(found).all()
