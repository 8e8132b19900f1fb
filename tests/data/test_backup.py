"""A backup counts once it was opened and checked; a restoration destroys nothing."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import cipher
from connexion_desktop.data.database import Database
from connexion_desktop.data.migrations import HEAD
from connexion_desktop.data.models import Person
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases import keys
from connexion_desktop.usecases.maintenance import back_up, is_another, restore, verify

pytestmark = pytest.mark.file_alone("backups are copies of the file")

PASSPHRASE = "quatre mots sans rapport"
NewAct = Callable[..., Act]


def add_people(database: Database, act: Act, number: int = 1) -> None:
    with database.write(act) as session:
        for _ in range(number):
            session.add(Person(number=uuid4().hex[:12], given_name="Zoé", address="x" * 200))


def people(database: Database) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sauvegardes"


@pytest.fixture
def saved(database: Database, act: NewAct, folder: Path) -> Path:
    """A backup of a base that held three people, and now holds four."""
    add_people(database, act(), 3)
    path = back_up(database, folder, Silent())
    add_people(database, act())
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_encrypted_file_of_ours(saved: Path, database: Database) -> None:
    assert names(saved.parent) == [saved.name]
    assert cipher.fingerprint_of(saved) == database.key.fingerprint
    assert b"Zo\xc3\xa9" not in saved.read_bytes()


def test_its_name_tells_when_and_names_nobody(saved: Path) -> None:
    assert saved.name.startswith("connexion-sauvegarde-20")
    assert "essai" not in saved.name.lower()


def test_it_opens_elsewhere_with_the_printed_code_alone(
    saved: Path, database: Database, tmp_path: Path
) -> None:
    code = keys.recovery_code(database.key)
    elsewhere = tmp_path / "autre poste"
    elsewhere.mkdir()
    copy = Path(shutil.copy(saved, elsewhere))
    base = elsewhere / "base"
    assert restore(copy, base, keys.with_recovery_code(copy, code), Silent()) is None
    with closing(Database.open(base, database.key)) as again:
        assert people(again) == 3


def test_saves_go_on_while_a_backup_is_made(database: Database, act: NewAct, folder: Path) -> None:
    add_people(database, act(), 3000)

    class Meanwhile(Silent):
        saved = False

        def step(self, done: int, total: int, label: str = "") -> None:
            if not self.saved:
                self.saved = True
                other = threading.Thread(target=add_people, args=(database, act(), 50))
                other.start()
                other.join()

    path = back_up(database, folder, Meanwhile())
    assert people(database) == 3050
    with closing(Database.open(path, database.key)) as copy:
        assert people(copy) == 3000


def test_a_backup_given_up_leaves_nothing(database: Database, folder: Path) -> None:
    class GivenUp(Silent):
        def step(self, done: int, total: int, label: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        back_up(database, folder, GivenUp())
    assert names(folder) == []


def test_the_last_ten_are_kept_and_nothing_else_is_removed(
    database: Database, tmp_path: Path, folder: Path
) -> None:
    other_key = RawKey.new()
    with closing(Database.create(tmp_path / "autre", other_key, "Autre")) as other:
        others = back_up(other, folder, Silent())
    kept = folder / "connexion-sauvegarde-de-moi.base"
    kept.write_text("à moi")
    made = [back_up(database, folder, Silent()) for _ in range(12)]
    assert {path.name for path in made[-10:]} | {others.name, kept.name} == set(names(folder))


def test_ten_backups_of_a_base_leave_those_of_another_one_under_the_same_key(
    database: Database, tmp_path: Path, folder: Path
) -> None:
    with closing(Database.create(tmp_path / "autre", database.key, "Autre")) as other:
        only = back_up(other, folder, Silent())
    for _ in range(11):
        back_up(database, folder, Silent())
    assert only.exists()
    assert len(names(folder)) == 11


def test_a_restored_base_goes_on_with_its_own_ten_backups(
    database: Database, tmp_path: Path, folder: Path
) -> None:
    first = back_up(database, folder, Silent())
    restore(first, tmp_path / "restauree", database.key, Silent())
    with closing(Database.open(tmp_path / "restauree", database.key)) as restored:
        made = [back_up(restored, folder, Silent()) for _ in range(10)]
    assert names(folder) == sorted(path.name for path in made)


def test_a_restoration_tells_another_base_from_the_same_one_at_another_time(
    saved: Path, database: Database, tmp_path: Path, folder: Path
) -> None:
    database.close()
    before = restore(saved, database.path, database.key, Silent())
    assert before is not None
    assert not is_another(before, database.path, database.key)
    for key in (database.key, RawKey.new()):
        with closing(Database.create(tmp_path / key.hex, key, "Autre")) as other:
            backup = back_up(other, folder, Silent())
        aside = restore(backup, database.path, key, Silent())
        assert aside is not None
        assert is_another(aside, database.path, key)
        assert not list(tmp_path.glob(f"{aside.name}-*"))


def test_nobody_can_tell_which_base_a_damaged_one_was(saved: Path, database: Database) -> None:
    database.close()
    database.path.write_bytes(b"abime")
    aside = restore(saved, database.path, database.key, Silent())
    assert aside is not None
    assert not is_another(aside, database.path, database.key)


def test_a_folder_that_cannot_be_made_is_told(database: Database, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(UserError):
        back_up(database, tmp_path / "fichier", Silent())


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder where nobody can write")
def test_a_folder_where_nothing_can_be_made_is_not_said_to_be_missing(database: Database) -> None:
    with pytest.raises(UserError) as refused:
        back_up(database, Path("/proc"), Silent())
    assert "Rien ne peut être écrit dans le dossier « /proc »" in refused.value.what
    assert "autre dossier" in refused.value.todo


def test_a_restoration_puts_the_present_base_aside(saved: Path, database: Database) -> None:
    database.close()
    aside = restore(saved, database.path, database.key, Silent())
    assert aside is not None
    with closing(Database.open(database.path, database.key)) as restored:
        assert people(restored) == 3
    with closing(Database.open(aside, database.key)) as before:
        assert people(before) == 4
    assert saved.exists()


def test_a_save_goes_through_during_a_read_on_a_restored_base(
    saved: Path, database: Database, act: NewAct
) -> None:
    database.close()
    restore(saved, database.path, database.key, Silent())
    with closing(Database.open(database.path, database.key)) as restored, restored.read() as slow:
        assert slow.scalar(sa.select(sa.func.count()).select_from(Person)) == 3
        add_people(restored, act())
        assert people(restored) == 4


def test_the_passphrase_still_opens_a_base_and_what_was_put_aside(
    saved: Path, database: Database
) -> None:
    keys.protect(database.path, database.key, PASSPHRASE)
    database.close()
    aside = restore(saved, database.path, database.key, Silent())
    assert aside is not None
    for base in (database.path, aside):
        assert keys.with_passphrase(base, PASSPHRASE) == database.key


def test_a_passphrase_never_stays_beside_a_base_that_it_does_not_open(
    database: Database, tmp_path: Path, folder: Path
) -> None:
    keys.protect(database.path, database.key, PASSPHRASE)
    database.close()
    with closing(Database.create(tmp_path / "autre", RawKey.new(), "Autre")) as other:
        backup = back_up(other, folder, Silent())
    aside = restore(backup, database.path, other.key, Silent())
    assert aside is not None
    assert not wrapped_path(database.path).exists()
    assert keys.with_passphrase(aside, PASSPHRASE) == database.key


def test_two_restorations_at_once_keep_both_bases(saved: Path, database: Database) -> None:
    database.close()
    asides = {restore(saved, database.path, database.key, Silent()) for _ in range(3)}
    assert len(asides) == 3
    assert all(aside is not None and aside.exists() for aside in asides)


def test_an_open_base_is_not_replaced(saved: Path, database: Database) -> None:
    with pytest.raises(UserError, match="déjà ouverte"):
        restore(saved, database.path, database.key, Silent())
    assert people(database) == 4


def test_a_damaged_base_is_put_aside_too(saved: Path, database: Database) -> None:
    database.close()
    database.path.write_bytes(b"abime")
    aside = restore(saved, database.path, database.key, Silent())
    assert aside is not None
    assert aside.read_bytes() == b"abime"
    with closing(Database.open(database.path, database.key)) as restored:
        assert people(restored) == 3


@pytest.mark.parametrize("place", [200, 20_000, -3000])
def test_a_damaged_backup_is_refused_and_the_base_stays(
    saved: Path, database: Database, place: int
) -> None:
    database.close()
    content = bytearray(saved.read_bytes())
    content[place] ^= 1
    saved.write_bytes(content)
    refuse(saved, database)


@pytest.mark.parametrize("pages", [0, 1, 30, 30.5])
def test_a_backup_cut_short_is_refused_and_the_base_stays(
    saved: Path, database: Database, pages: float
) -> None:
    database.close()
    saved.write_bytes(saved.read_bytes()[: int(pages * cipher.PAGE_BYTES)])
    refuse(saved, database)


def test_a_backup_of_another_base_is_refused(saved: Path, database: Database) -> None:
    database.close()
    with pytest.raises(UserError, match="clé n’est pas celle"):
        restore(saved, database.path, RawKey.new(), Silent())
    assert_untouched(database)


def test_a_backup_of_a_newer_version_is_refused(saved: Path, database: Database) -> None:
    connection = cipher.connect(saved, database.key)
    connection.execute("UPDATE alembic_version SET version_num = ?", (f"{int(HEAD) + 1:04d}",))
    connection.close()
    database.close()
    refuse(saved, database)


def test_a_restoration_given_up_changes_nothing(saved: Path, database: Database) -> None:
    class GivenUp(Silent):
        def step(self, done: int, total: int, label: str = "") -> None:
            if done == 2:
                raise Cancelled

    database.close()
    with pytest.raises(Cancelled):
        restore(saved, database.path, database.key, GivenUp())
    assert_untouched(database)


def refuse(backup: Path, database: Database) -> None:
    with pytest.raises(UserError) as refused:
        restore(backup, database.path, database.key, Silent())
    assert backup.name in refused.value.what or "abîmée" in refused.value.what
    assert_untouched(database)


def assert_untouched(database: Database) -> None:
    beside = {path.name for path in database.path.parent.iterdir()}
    assert beside <= {database.path.name, f"{database.path.name}.verrou", "sauvegardes"}
    with closing(Database.open(database.path, database.key)) as again:
        assert people(again) == 4


def test_a_sound_base_says_what_it_holds(saved: Path, database: Database) -> None:
    report = verify(database, Silent())
    assert report.sound
    assert "4 personnes, 0 groupe" in report.lines[1]
    assert saved.exists()


class GivesUpLater:
    """Somebody closes the window, or types Ctrl+C, once the check has begun."""

    def __init__(self, way: type[BaseException]) -> None:
        self.steps = 0
        self._way = way

    def step(self, done: int, total: int, label: str = "") -> None:
        self.steps += 1
        if self.steps > 2:
            raise self._way


@pytest.mark.parametrize("way", [Cancelled, KeyboardInterrupt])
def test_a_check_under_way_is_given_up_at_once(
    database: Database, act: NewAct, way: type[BaseException]
) -> None:
    add_people(database, act(), 500)
    with pytest.raises(way):
        verify(database, GivesUpLater(way))
    assert verify(database, Silent()).sound


def test_a_damaged_page_is_found_by_the_check(database: Database, act: NewAct) -> None:
    add_people(database, act(), 500)
    database.close()
    content = bytearray(database.path.read_bytes())
    content[len(content) // 2] ^= 1
    database.path.write_bytes(content)
    with closing(Database.open(database.path, database.key)) as damaged:
        report = verify(damaged, Silent())
    assert not report.sound
    assert "sceau" in report.lines[0]


def test_an_orphan_row_is_found_by_the_check(database: Database) -> None:
    with closing(database.connect()) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE site SET association_id = ?", (uuid4().hex,))
    report = verify(database, Silent())
    assert not report.sound
    assert "renvoient à ce qui n’existe plus (site)" in report.lines[0]
