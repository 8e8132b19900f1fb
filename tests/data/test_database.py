"""The encrypted file: what is refused, with which words, and what survives a crash."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import cipher
from connexion_desktop.data.database import Database
from connexion_desktop.data.errors import OlderBaseError
from connexion_desktop.data.migrations import HEAD
from connexion_desktop.data.models import Note, Person
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases.maintenance import verify

NewAct = Callable[..., Act]
Base = tuple[Path, RawKey]
PAGE = cipher.PAGE_BYTES
NAME = "Zéphirine-Introuvable"


@pytest.fixture
def base(empty_base: Base, tmp_path: Path) -> Base:
    """A closed base of this test's own."""
    template, key = empty_base
    path = tmp_path / "base.connexion"
    shutil.copy(template, path)
    return path, key


def refusal(path: Path, key: RawKey) -> UserError:
    """How opening is refused; whatever the reason, the file must be left as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError) as refused:
        Database.open(path, key)
    after = path.read_bytes() if path.is_file() else None
    assert before == after
    assert refused.value.safe
    assert refused.value.todo
    return refused.value


def add_person(database: Database, act: Act, name: str = "Zoé") -> None:
    with database.write(act) as session:
        session.add(Person(number=f"P-{uuid4().hex[:8]}", given_name=name))


def people(database: Database) -> int:
    with database.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Person)) or 0


@pytest.mark.file_alone("about the file itself")
def test_a_base_closed_and_opened_again_holds_what_was_saved(
    database: Database, act: NewAct
) -> None:
    add_person(database, act())
    database.close()
    again = Database.open(database.path, database.key)
    assert people(again) == 1
    again.close()


def test_a_new_base_is_for_its_owner_alone(base: Base) -> None:
    path = base[0].with_name("neuve")
    Database.create(path, RawKey.new(), "Essai").close()
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_base_is_never_made_over_another_file(base: Base) -> None:
    path, key = base
    before = path.read_bytes()
    with pytest.raises(UserError, match="existe déjà"):
        Database.create(path, key, "Essai")
    assert path.read_bytes() == before


def test_a_base_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="introuvable"):
        Database.create(tmp_path / "absent" / "base", RawKey.new(), "Essai")


@pytest.mark.parametrize(
    "name",
    ["a?mode=memory", "a#b", "a%41", "l’été « 100 % »", "'; PRAGMA key = ''; --", '"x"', " "],
)
def test_a_name_is_only_a_name(tmp_path: Path, act: NewAct, name: str) -> None:
    folder, key = tmp_path / f"dossier {name}", RawKey.new()
    folder.mkdir()
    made = Database.create(folder / name, key, "Essai")
    add_person(made, act())
    made.close()
    assert {path.name for path in folder.iterdir()} == {name, f"{name}.verrou"}
    again = Database.open(folder / name, key)
    assert people(again) == 1
    again.close()


def test_a_wrong_key_is_refused_as_such(base: Base) -> None:
    assert "clé n’est pas celle" in refusal(base[0], RawKey.new()).what


def test_62_digits_never_reach_the_file(base: Base) -> None:
    with pytest.raises(UserError, match="64"):
        RawKey.from_hex(base[1].hex[:62])
    with pytest.raises(ValueError, match="64"):
        RawKey(base[1].hex[:62])


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "introuvable" in refusal(tmp_path / "rien", RawKey.new()).what
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    refusal(tmp_path, RawKey.new())


def test_a_zero_byte_file_is_not_taken_for_an_empty_base(base: Base) -> None:
    base[0].write_bytes(b"")
    assert "vide" in refusal(*base).what


@pytest.mark.parametrize(
    "content", [b"x", b"Bonjour, ceci est une lettre.\n" * 400, b"SQLite format 3\0" + bytes(8176)]
)
def test_a_file_of_another_kind_is_refused(base: Base, content: bytes) -> None:
    base[0].write_bytes(content)
    assert "n’est pas une base" in refusal(*base).what


def test_a_file_cut_within_a_page_is_refused(base: Base) -> None:
    content = base[0].read_bytes()
    base[0].write_bytes(content[: len(content) // 2 // PAGE * PAGE + 100])
    assert "coupé" in refusal(*base).what


def test_a_file_cut_between_two_pages_is_refused(base: Base) -> None:
    content = base[0].read_bytes()
    base[0].write_bytes(content[: len(content) // 2 // PAGE * PAGE])
    assert "abîmée" in refusal(*base).what


def test_a_damaged_first_page_is_told_from_a_wrong_key(base: Base) -> None:
    content = bytearray(base[0].read_bytes())
    content[200] ^= 1
    base[0].write_bytes(content)
    assert "abîmée" in refusal(*base).what


def test_a_file_cut_and_a_wrong_key_is_a_wrong_key(base: Base) -> None:
    base[0].write_bytes(base[0].read_bytes()[: PAGE * 3 + 100])
    assert "clé n’est pas celle" in refusal(base[0], RawKey.new()).what


def test_a_base_of_another_program_under_our_key_is_refused(base: Base) -> None:
    connection = cipher.connect(*base)
    connection.execute("PRAGMA application_id = 1")
    connection.close()
    assert "n’est pas une base" in refusal(*base).what


def test_a_base_of_a_newer_version_is_refused(base: Base) -> None:
    connection = cipher.connect(*base)
    connection.execute("UPDATE alembic_version SET version_num = ?", (f"{int(HEAD) + 1:04d}",))
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    assert "plus récente" in refusal(*base).what


@pytest.mark.file_alone("about the file itself")
def test_two_windows_on_one_base_are_refused(database: Database) -> None:
    with pytest.raises(UserError, match="déjà ouverte"):
        Database.open(database.path, database.key)
    database.close()
    Database.open(database.path, database.key).close()


OPENER = """
import sys
from pathlib import Path
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
try:
    database = Database.open(Path(sys.argv[1]), RawKey(sys.argv[2]))
except UserError as error:
    print(error.what, flush=True)
else:
    print("ouverte", flush=True)
    sys.stdin.read()
"""


def opener(base: Base, program: str = OPENER) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(base[0]), base[1].hex],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_two_applications_on_one_base_are_refused_until_the_first_dies(base: Base) -> None:
    with opener(base) as first:
        assert first_line(first) == "ouverte"
        with pytest.raises(UserError, match="déjà ouverte"):
            Database.open(*base)
        with opener(base) as second:
            assert "déjà ouverte" in first_line(second)
        first.kill()
    Database.open(*base).close()


WRITER = """
import sys
from pathlib import Path
from uuid import uuid4
from connexion_desktop.data.database import Database
from connexion_desktop.data.models import Note, Person
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.keys import RawKey
database = Database.open(Path(sys.argv[1]), RawKey(sys.argv[2]))
number = 0
while True:
    with database.write(Act("essai", "Ajouter", uuid4())) as session:
        for _ in range(20):
            number += 1
            session.add(Person(number=f"P-{number:05}", given_name="Zoé"))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("acts", [1, 7])
def test_a_kill_in_the_middle_of_writing_loses_nothing_committed(base: Base, acts: int) -> None:
    with opener(base, WRITER) as writer:
        told = [int(first_line(writer)) for _ in range(acts)]
        writer.send_signal(signal.SIGKILL)
        assert writer.stdout is not None
        told += [int(line) for line in writer.stdout]
    database = Database.open(*base)
    found = people(database)
    database.close()
    assert found in (told[-1], told[-1] + 20)  # the last act may have lost its answer, not its rows


@pytest.mark.file_alone("about the file itself")
def test_a_full_disk_is_told_and_nothing_saved_before_is_lost(
    database: Database, act: NewAct
) -> None:
    add_person(database, act())
    with pytest.raises(UserError, match="disque est plein"), database.write(act()) as session:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
        for _ in range(60):
            session.add(Person(number=uuid4().hex[:12], given_name="Zoé", address="x" * 300))
            session.flush()
    assert people(database) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_a_read_only_folder_is_told(base: Base, tmp_path: Path) -> None:
    folder = tmp_path / "partage"
    folder.mkdir()
    path = base[0].rename(folder / "base")
    path.chmod(0o644)
    with as_a_visitor(folder), pytest.raises(UserError) as refused:
        Database.open(path, base[1])
    assert refused.value.what == f"Rien ne peut être écrit dans le dossier « {folder} »."


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_a_base_in_a_read_only_folder_can_be_read(base: Base, tmp_path: Path) -> None:
    folder = tmp_path / "partage"
    folder.mkdir()
    path = base[0].rename(folder / "base")
    path.chmod(0o444)
    with as_a_visitor(folder), closing(Database.open_to_read(path, base[1])) as database:
        assert people(database) == 0
        assert verify(database, Silent()).sound
    assert [file.name for file in folder.iterdir()] == ["base"]


def test_who_reads_beside_an_open_base_sees_what_is_saved_and_disturbs_nothing(
    base: Base, act: NewAct
) -> None:
    path, key = base
    with closing(Database.open(path, key)) as window:
        add_person(window, act())
        with closing(Database.open_to_read(path, key)) as reader:
            assert people(reader) == 1
            add_person(window, act())
            assert people(reader) == 2
            assert verify(reader, Silent()).sound
            with pytest.raises(UserError, match="lecture seule"), reader.write(act()) as session:
                session.add(Person(number="P-9", given_name="Zoé"))
        add_person(window, act())
        with pytest.raises(UserError, match="déjà ouverte"):
            Database.open(path, key)
    with closing(Database.open_to_read(path, key)) as reader:
        assert people(reader) == 3
    assert not any(log.exists() for log in cipher.logs(path))


def test_who_only_reads_refuses_an_older_base(base: Base) -> None:
    path, key = base
    with closing(cipher.connect(path, key)) as connection:
        connection.execute("UPDATE base_info SET reference_digest = 'hier'")
    with closing(Database.open_to_read(path, key)) as reader:
        assert people(reader) == 0
    with pytest.raises(OlderBaseError):
        Database.open_to_read(path, key, lists=True)
    with closing(cipher.connect(path, key)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(OlderBaseError):
        Database.open_to_read(path, key)


def test_a_base_with_a_broken_page_is_found_by_who_only_reads(base: Base) -> None:
    path, key = base
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(4096))
    with closing(Database.open(path, key)), closing(Database.open_to_read(path, key)) as reader:
        assert not verify(reader, Silent()).sound


@contextmanager
def as_a_visitor(folder: Path) -> Iterator[None]:
    """Be somebody who may read in `folder` but not write; root may always: be nobody instead."""
    root = os.getuid() == 0
    folder.chmod(0o555)
    if root:
        closed = [each for each in folder.parents if each.stat().st_mode & 0o777 == 0o700]
        for each in closed:  # pytest's own: the test's, the worker's, the run's, the user's
            each.chmod(0o755)
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_an_old_copy_of_a_row_is_not_saved_over_a_newer_one(
    database: Database, act: NewAct
) -> None:
    add_person(database, act())
    with database.read() as session:
        old = session.scalars(sa.select(Person)).one()
    with database.write(act("Ville")) as session:
        session.scalars(sa.select(Person)).one().city = "Pessac"
    with pytest.raises(UserError, match="modifiée entre-temps"), database.write(act()) as session:
        session.add(old)
        old.city = "Talence"


@pytest.mark.file_alone("a server answers with what is committed")
def test_a_reader_sees_one_instant_while_another_saves(database: Database, act: NewAct) -> None:
    with database.read() as session:
        count = sa.select(sa.func.count()).select_from(Person)
        assert session.scalar(count) == 0
        saved = threading.Thread(target=add_person, args=(database, act()))
        saved.start()
        saved.join()
        assert session.scalar(count) == 0
    assert people(database) == 1


def test_a_reference_to_nobody_is_refused_at_the_commit(database: Database, act: NewAct) -> None:
    with (
        pytest.raises(sa.exc.IntegrityError),
        database.write(act()) as session,
    ):
        session.add(Person(number="P-00001", given_name="Zoé", site_id=uuid4()))
        session.flush()
    assert people(database) == 0


def test_the_rows_of_one_flush_may_be_added_in_any_order(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        person = Person(number="P-00001", given_name="Zoé")
        session.add(Note(person_id=person.id, on=date(2026, 3, 2), text="Vue."))
        session.add(person)
    assert people(database) == 1


@pytest.mark.file_alone("the rights of a server look at the person first")
def test_rows_may_be_added_in_any_order(database: Database, act: NewAct) -> None:
    with database.write(act()) as session:
        person = Person(number="P-00001", given_name="Zoé")
        session.add(Note(person_id=person.id, on=date(2026, 3, 2), text="Vue."))
        session.flush()
        session.add(person)
    assert people(database) == 1


@pytest.mark.file_alone("about the file itself")
def test_nothing_readable_reaches_the_disk(database: Database, act: NewAct, tmp_path: Path) -> None:
    with database.write(act(f"Ajouter {NAME}")) as session:
        for number in range(300):
            session.add(Person(number=f"P-{number:05}", given_name=NAME, address=NAME * 3))
    with database.read() as session:
        session.execute(sa.text("SELECT * FROM person ORDER BY address, city, id")).all()
        held_open = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    database.close()
    left = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for content in held_open + left:
        assert NAME.encode() not in content
        assert NAME.encode("utf-16-le") not in content
        assert b"CREATE TABLE" not in content
        assert database.key.hex.encode() not in content
        assert database.key.raw not in content
    assert held_open


@pytest.mark.file_alone("about the file itself")
def test_closing_leaves_one_file_and_its_lock(database: Database, act: NewAct) -> None:
    add_person(database, act())
    database.close()
    beside = {path.name for path in database.path.parent.iterdir()}
    assert beside == {database.path.name, f"{database.path.name}.verrou"}
