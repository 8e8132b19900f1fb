"""A full disk, a kill, a folder that goes away, a link: what is left is whole, and is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import backup, cipher, schema
from connexion_desktop.data.database import Database
from connexion_desktop.data.models import Person
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases.maintenance import back_up, restore

pytestmark = pytest.mark.file_alone("what can happen to a file")

NewAct = Callable[..., Act]
SmallDisk = Callable[[str], Path]
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX alone")


def add_people(database: Database, act: Act, number: int = 1) -> None:
    with database.write(act) as session:
        for _ in range(number):
            session.add(Person(number=uuid4().hex[:12], given_name="Zoé", address="x" * 300))


def people(database: Database) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def saved(database: Database, act: NewAct, tmp_path: Path) -> Path:
    """A backup of a base that held three people, and now holds four."""
    add_people(database, act(), 3)
    path = back_up(database, tmp_path / "sauvegardes", Silent())
    add_people(database, act())
    return path


@pytest.mark.parametrize("size", ["4k", "100k", "1m", "2m", "3m"])
def test_a_disk_too_small_for_a_new_base_leaves_none_or_a_whole_one(
    small_disk: SmallDisk, size: str
) -> None:
    disk, key = small_disk(size), RawKey.new()
    try:
        Database.create(disk / "base", key, "Essai").close()
    except UserError as refused:
        assert "disque est plein" in refused.what
        assert names(disk) == []
    else:
        with closing(Database.open(disk / "base", key)) as made:
            assert backup.check_open(made.connect(), Silent()).problems == ()


def test_a_full_disk_while_closing_loses_nothing(
    empty_base: tuple[Path, RawKey], small_disk: SmallDisk, act: NewAct
) -> None:
    template, key = empty_base
    disk = small_disk("4m")
    shutil.copy(template, disk / "base")
    database = Database.open(disk / "base", key)
    add_people(database, act(), 300)
    (disk / "reste").write_bytes(bytes(shutil.disk_usage(disk).free))
    database.close()
    with closing(Database.open(disk / "base", key)) as again:
        assert people(again) == 300


def test_a_full_disk_leaves_no_piece_of_a_backup(
    database: Database, act: NewAct, small_disk: SmallDisk
) -> None:
    add_people(database, act(), 3)
    disk = small_disk("1m")
    with pytest.raises(UserError, match="disque est plein"):
        back_up(database, disk, Silent())
    assert names(disk) == []


def test_a_full_disk_leaves_the_base_that_was_to_be_replaced(
    saved: Path, empty_base: tuple[Path, RawKey], database: Database, small_disk: SmallDisk
) -> None:
    disk = small_disk("2m")
    base = Path(shutil.copy(empty_base[0], disk / "base"))
    (disk / "reste").write_bytes(bytes(shutil.disk_usage(disk).free))
    with pytest.raises(UserError, match="disque est plein"):
        restore(saved, base, database.key, Silent())
    assert names(disk) == ["base", "base.verrou", "reste"]
    assert base.read_bytes() == empty_base[0].read_bytes()


def test_a_full_disk_stops_an_upgrade_before_it_begins(
    empty_base: tuple[Path, RawKey], small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    template, key = empty_base
    disk = small_disk("2m")
    base = Path(shutil.copy(template, disk / "base"))
    monkeypatch.setattr(schema, "HEAD", "0999")
    with pytest.raises(UserError, match="disque est plein"):
        schema.bring_up_to_date(base, key)
    assert names(disk) == ["base"]
    assert base.read_bytes() == template.read_bytes()


@posix
def test_the_copy_kept_before_an_upgrade_is_for_its_owner_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.close()
    monkeypatch.setattr(schema, "HEAD", "0999")
    schema.bring_up_to_date(database.path, database.key)
    (kept,) = database.path.parent.glob("*.avant-version-0999.*")
    assert kept.stat().st_mode & 0o777 == 0o600
    cipher.open_checked(kept, database.key).close()


def test_a_backup_folder_that_goes_away_is_told(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cle usb"

    class Pulled(Silent):
        def step(self, done: int, total: int, label: str = "") -> None:
            shutil.rmtree(folder, ignore_errors=True)

    with pytest.raises(UserError, match="introuvable"):
        back_up(database, folder, Pulled())


def test_a_clock_set_back_does_not_remove_the_backup_just_made(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "sauvegardes"
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).timestamp()
    for _ in range(12):
        os.utime(back_up(database, folder, Silent()), (tomorrow, tomorrow))
    last = back_up(database, folder, Silent())
    assert last.exists()
    assert len(names(folder)) == 10


def test_what_a_kill_left_of_an_old_backup_is_removed_a_day_later(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "sauvegardes"
    folder.mkdir()
    old = folder / "connexion-sauvegarde-2026-03-02-180000-0a1b2c3d.base.partiel"
    new = folder / "connexion-sauvegarde-2026-03-03-180000-0a1b2c3d.base.partiel"
    mine = folder / "roman.base.partiel"
    for path in (old, new, mine):
        path.write_bytes(b"CDP1")
    for path in (old, mine):
        os.utime(path, (0, 0))
    made = back_up(database, folder, Silent())
    assert names(folder) == sorted([made.name, mine.name, new.name])


KILLED = """
import os, sys
from pathlib import Path
from connexion_desktop.data import backup
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent
moment = sys.argv[4]
if moment == "between":
    put_aside = backup._put_aside
    backup._put_aside = lambda *given: (put_aside(*given), os.kill(os.getpid(), 9))
class Killed(Silent):
    def step(self, done, total, label=""):
        if str(done) == moment:
            os.kill(os.getpid(), 9)
backup.restore(Path(sys.argv[1]), Path(sys.argv[2]), RawKey(sys.argv[3]), Killed())
"""


@posix
@pytest.mark.parametrize("moment", ["1", "2", "between"])
def test_a_kill_during_a_restoration_leaves_the_base(
    saved: Path, database: Database, moment: str
) -> None:
    database.close()
    before = database.path.read_bytes()
    words = [str(saved), str(database.path), database.key.hex, moment]
    killed = subprocess.run([sys.executable, "-c", KILLED, *words], check=False)
    assert killed.returncode == -9
    assert database.path.read_bytes() == before
    restore(saved, database.path, database.key, Silent())
    with closing(Database.open(database.path, database.key)) as again:
        assert people(again) == 3
    assert not list(database.path.parent.glob(".restauration-*"))


KILLED_WHILE_MADE = """
import os, sys
from pathlib import Path
from connexion_desktop.data import database, seed
from connexion_desktop.domain.keys import RawKey
refresh = seed.refresh
def killed(session):
    session.connection().exec_driver_sql("PRAGMA cache_size = 40")
    refresh(session)
    os.kill(os.getpid(), 9)
seed.refresh = killed
database.Database.create(Path(sys.argv[1]), RawKey(sys.argv[2]), "Essai")
"""


@posix
def test_a_kill_while_a_base_is_made_does_not_spoil_the_next_try(tmp_path: Path) -> None:
    path, key = tmp_path / "base", RawKey.new()
    words = [str(path), key.hex]
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_MADE, *words], check=False)
    assert killed.returncode == -9
    assert names(tmp_path) == ["base.partiel", "base.partiel-journal", "base.verrou"]
    with closing(Database.create(path, key, "Essai")) as made:
        assert backup.check_open(made.connect(), Silent()).problems == ()
    assert names(tmp_path) == ["base", "base.verrou"]


@posix
def test_through_a_link_the_real_base_is_replaced_and_kept(
    saved: Path, database: Database, tmp_path: Path
) -> None:
    database.close()
    desk = tmp_path / "bureau"
    desk.mkdir()
    link = desk / "lien"
    link.symlink_to(database.path)
    aside = restore(saved, link, database.key, Silent())
    assert aside is not None
    assert aside.parent == database.path.parent
    assert link.is_symlink()
    with closing(Database.open(link, database.key)) as restored:
        assert people(restored) == 3
    with closing(Database.open(aside, database.key)) as before:
        assert people(before) == 4
    assert names(desk) == ["lien"]


@posix
def test_what_a_crash_left_in_the_log_is_found_through_a_link(
    empty_base: tuple[Path, RawKey], database: Database, act: NewAct, tmp_path: Path
) -> None:
    add_people(database, act(), 3)
    crashed, link = tmp_path / "panne", tmp_path / "ailleurs" / "lien"
    shutil.copy(database.path, crashed)
    shutil.copy(f"{database.path}-wal", f"{crashed}-wal")
    link.parent.mkdir()
    link.symlink_to(crashed)
    with closing(Database.open(link, database.key)) as again:
        assert people(again) == 3


@pytest.mark.parametrize("content", [b"x", b"\0" * 8192, b"\x37\x7f\x06\x82" + bytes(5000)])
def test_a_log_that_is_not_ours_is_not_believed(
    empty_base: tuple[Path, RawKey], tmp_path: Path, content: bytes
) -> None:
    template, key = empty_base
    path = Path(shutil.copy(template, tmp_path / "base"))
    path.with_name("base-wal").write_bytes(content)
    with closing(Database.open(path, key)) as opened:
        assert backup.check_open(opened.connect(), Silent()).problems == ()


def test_a_base_without_a_version_is_told(database: Database) -> None:
    with closing(database.connect()) as connection:
        connection.execute("DROP TABLE alembic_version")
    database.close()
    with pytest.raises(UserError, match="abîmée"):
        Database.open(database.path, database.key)


def test_an_error_of_the_base_never_says_a_name(database: Database, act: NewAct) -> None:
    with pytest.raises(sa.exc.IntegrityError) as refused, database.write(act()) as session:
        session.add(Person(number="P-00001", given_name="Zéphirine"))
        session.add(Person(number="P-00001", given_name="Zéphirine"))
    assert "person" in str(refused.value)
    assert "Zéphirine" not in str(refused.value)
