"""Importing, backing up, restoring and checking from the command line; keys asked for."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from keyring.backend import KeyringBackend

from benchmarks import bases
from connexion_desktop.cli.bases import Given, new_key
from connexion_desktop.data import cipher
from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.system import secrets
from connexion_desktop.usecases import keys
from connexion_desktop.usecases.new_base import refuse_existing
from tests.e2e.conftest import Shell


def test_importing_makes_the_base_and_the_group(
    shell: Shell, tmp_path: Path, table: Path, own: tuple[str, ...]
) -> None:
    assert shell("importer", table, "--groupe", "Bordeaux mars 2026", *own) == 0
    assert "12-5-88" not in shell.out
    assert "31/02/1990" in shell.out, "the value as typed"
    assert [group["nom"] for group in shell.list("groupes", *own)] == ["Bordeaux mars 2026"]
    awa, paul = shell.list("personnes", *own)
    assert (awa["prenom"], awa["naissance"]) == ("Awa", "1988-05-12")
    assert awa["telephone"].replace(" ", "") in ("0639980091", "+33639980091")
    assert awa["premier_contact"] == "2026-02", "imprecise stays imprecise"
    assert paul["naissance"] is None
    assert paul["a_verifier"] == 1


def test_importing_twice_changes_nothing(
    shell: Shell, tmp_path: Path, table: Path, own: tuple[str, ...]
) -> None:
    assert shell("importer", table, "--groupe", "Bordeaux", *own) == 0
    before = shell.list("personnes", *own)
    assert shell("importer", table, "--groupe", "Bordeaux", *own) == 0
    assert "rien n’a changé" in shell.out
    assert shell.list("personnes", *own) == before


def test_a_trial_only_tells(
    shell: Shell, tmp_path: Path, table: Path, own: tuple[str, ...]
) -> None:
    assert shell("importer", table, "--groupe", "Bordeaux", "--essai", *own) == 0
    assert "nouveau" in shell.out
    assert "rien n’a été écrit" in shell.out
    assert [each.name for each in tmp_path.glob("bureau*")] == []


def test_a_trial_on_a_base_that_exists_changes_nothing(
    shell: Shell, demo: bases.DemoBase, table: Path
) -> None:
    before = shell.list("personnes", *demo.options)
    assert shell("importer", table, "--groupe", "Nouveau", "--essai", *demo.options) == 0
    assert shell.list("personnes", *demo.options) == before


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04cut short"])
def test_a_table_that_cannot_be_read_leaves_no_base(
    shell: Shell, tmp_path: Path, content: bytes, own: tuple[str, ...]
) -> None:
    path = tmp_path / "abime.xlsx"
    path.write_bytes(content)
    assert shell("importer", path, "--groupe", "G", *own) == 1
    assert "abime.xlsx" in shell.err
    assert list(tmp_path.glob("bureau*")) == []


def test_a_table_without_people_leaves_no_base(
    shell: Shell, tmp_path: Path, own: tuple[str, ...]
) -> None:
    path = tmp_path / "autre.csv"
    path.write_text("a;b\n1;2\n")
    assert shell("importer", path, "--groupe", "G", *own) == 1
    assert [each.name for each in tmp_path.glob("bureau*") if each.suffix != ".verrou"] == []


def test_acts_are_signed_by_the_command_line(
    shell: Shell, tmp_path: Path, table: Path, own: tuple[str, ...]
) -> None:
    assert shell("importer", table, "--groupe", "Bordeaux", *own) == 0
    database = Database.open(Path(own[1]), secrets.read_key_file(Path(own[3])))
    with database.read() as session:
        authors = set(session.scalars(sa.select(m.AuditLine.author)))
    database.close()
    assert authors == {f"cli:{getpass.getuser()}"}


def test_a_backup_is_restored_and_the_present_base_is_kept(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path, table: Path
) -> None:
    before = shell.list("personnes", *demo.options)
    assert shell("sauvegarder", tmp_path / "sauvegardes", *demo.options) == 0
    (backup,) = (tmp_path / "sauvegardes").iterdir()
    assert backup.name in shell.out
    assert shell("importer", table, "--groupe", "Nouveau", *demo.options) == 0
    assert len(shell.list("personnes", *demo.options)) == len(before) + 2
    assert shell("restaurer", backup, *demo.options) == 0
    assert shell.list("personnes", *demo.options) == before
    aside = shell_kept(demo.path)
    assert len(shell.list("personnes", "--fichier", aside, "--cle", demo.key_file)) == 52


def test_a_backup_put_over_another_base_says_so(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path, table: Path
) -> None:
    other = "--fichier", tmp_path / "autre.base", "--cle", demo.key_file
    assert shell("importer", table, "--groupe", "G", *other) == 0
    assert shell("sauvegarder", tmp_path / "sauvegardes", *other) == 0
    (backup,) = (tmp_path / "sauvegardes").iterdir()
    assert shell("restaurer", backup, *other) == 0
    assert "Une autre base" not in shell.out
    assert shell("restaurer", backup, *demo.options) == 0
    assert "Une autre base était à cette place." in shell.out
    assert shell_kept(demo.path).name in shell.out


def shell_kept(base: Path) -> Path:
    """Where the restoration put the former base."""
    (aside,) = (
        each
        for each in base.parent.iterdir()
        if each.name.startswith(base.name + ".") and each.suffix != ".verrou"
    )
    return aside


def test_a_damaged_backup_replaces_nothing(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    assert shell("sauvegarder", tmp_path, *demo.options) == 0
    (backup,) = tmp_path.glob("*.base")
    backup.write_bytes(backup.read_bytes()[:-4096])
    assert shell("restaurer", backup, *demo.options) == 1
    assert shell.err
    assert len(shell.list("personnes", *demo.options)) == 50


def test_a_sound_base_is_told_so(shell: Shell, demo: bases.DemoBase) -> None:
    assert shell("verifier", *demo.options) == 0
    assert "saine" in shell.out
    assert "50 personnes" in shell.out


def test_verifier_says_what_a_base_of_a_trial_version_lacks(
    shell: Shell, demo: bases.DemoBase
) -> None:
    with closing(cipher.connect(demo.path, secrets.read_key_file(demo.key_file))) as connection:
        connection.execute("ALTER TABLE note DROP COLUMN text")
    assert shell("verifier", *demo.options) == 1
    assert "il manque dans « note » : text" in shell.err
    assert "importez-y votre tableau" in shell.err
    assert shell.out == ""


@pytest.mark.parametrize(
    "word", [("verifier",), ("lister", "personnes"), ("lister", "groupes", "--json")]
)
def test_a_base_that_does_not_open_is_a_problem_told_in_french(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path, word: tuple[str, ...]
) -> None:
    other = tmp_path / "autre.cle"
    other.write_text("12" * 32)
    cut = tmp_path / "coupee.base"
    cut.write_bytes(demo.path.read_bytes()[:8192])
    empty = tmp_path / "vide.base"
    empty.touch()
    for base, key_file in (
        (demo.path, other),
        (demo.path, tmp_path / "absente.cle"),
        (cut, demo.key_file),
        (empty, demo.key_file),
        (tmp_path / "absente.base", demo.key_file),
        (tmp_path, demo.key_file),
    ):
        assert shell(*word, "--fichier", base, "--cle", key_file) == 1
        assert shell.out == ""
        assert shell.err.strip()
        assert "Traceback" not in shell.err
        assert "imprévue" not in shell.err
    assert not (tmp_path / "absente.base").exists()


def test_a_base_open_in_the_window_can_be_read_but_not_written(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path, table: Path
) -> None:
    key = secrets.read_key_file(demo.key_file)
    with closing(Database.open(demo.path, key)):
        assert len(shell.list("personnes", *demo.options)) == 50
        assert shell("verifier", *demo.options) == 0
        assert shell("sauvegarder", tmp_path / "sauvegardes", *demo.options) == 0
        paper = tmp_path / "c.pdf"
        assert shell("convention", "PMSMP-2026-0016", "-o", paper, *demo.options) == 0
        assert shell("importer", table, "--groupe", "G", "--essai", *demo.options) == 0
        assert shell("importer", table, "--groupe", "G", *demo.options) == 1
        assert "déjà ouverte" in shell.err
    (backup,) = (tmp_path / "sauvegardes").iterdir()
    assert len(shell.list("personnes", "--fichier", backup, "--cle", demo.key_file)) == 50


def test_a_key_file_with_62_digits_is_refused(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    short = tmp_path / "courte.cle"
    short.write_text("ab" * 31)
    assert shell("lister", "personnes", "--fichier", demo.path, "--cle", short) == 1
    assert "64" in shell.err


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Somebody at the terminal, with answers ready; there is no keyring."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

    def answer(*answers: str) -> None:
        left: Iterator[str] = iter(answers)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(getpass, "getpass", lambda *_: next(left))

    return answer


def test_a_passphrase_keeps_the_key_of_a_new_base(
    shell: Shell, tmp_path: Path, table: Path, somebody: Callable[..., None]
) -> None:
    base = tmp_path / "bureau.base"
    somebody("quatre mots sans rapport", "quatre mots sans rapport")
    assert shell("importer", table, "--groupe", "G", "--fichier", base) == 0
    code = shell.err.splitlines()[-1]
    somebody("quatre mots sans rapport")
    assert shell("lister", "groupes", "--fichier", base) == 0
    somebody("pas du tout cette phrase")
    assert shell("lister", "groupes", "--fichier", base) == 1
    wrapped_path(base).unlink()
    somebody(code)
    assert shell("lister", "groupes", "--fichier", base) == 0
    assert keys.with_recovery_code(base, code)


def test_a_script_gives_the_passphrase_or_the_code_in_a_file(
    shell: Shell, tmp_path: Path, table: Path
) -> None:
    base, secret = tmp_path / "bureau.base", tmp_path / "secret.txt"
    secret.write_bytes("\ufeffquatre mots sans rapport\r\nautre ligne".encode())
    options = "--fichier", base, "--secret", secret
    assert shell("importer", table, "--groupe", "G", *options) == 0
    code = shell.err.splitlines()[-1]
    assert len(shell.list("personnes", *options)) == 2
    assert shell("lister", "groupes", "--fichier", base) == 1
    assert "--secret FICHIER" in shell.err
    secret.write_text(code)
    assert len(shell.list("personnes", *options)) == 2
    wrong = "1" if code[3] != "1" else "2"
    for text, told in (
        (code[:3] + wrong + code[4:], "groupe 1"),
        ("pas du tout cette phrase", "bonne phrase de passe"),
        ("", "ne contient rien"),
    ):
        secret.write_text(text)
        assert shell("lister", "groupes", *options) == 1
        assert told in shell.err
    for path in (tmp_path, tmp_path / "absent"):
        assert shell("lister", "groupes", "--fichier", base, "--secret", path) == 1
        assert "ne peut pas être lu" in shell.err
    assert shell("lister", "groupes", *options, "--cle", secret) == 2


class Asked(KeyringBackend):
    """A keyring that notes that it was asked."""

    priority = 1
    times = 0

    def get_password(self, service: str, username: str) -> str | None:
        Asked.times += 1
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError("locked")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError("locked")


def test_a_script_that_gives_its_secret_never_wakes_the_keyring(
    shell: Shell, tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, secret = tmp_path / "bureau.base", tmp_path / "secret.txt"
    secret.write_text("quatre mots sans rapport")
    options = "--fichier", base, "--secret", secret
    monkeypatch.setattr(secrets, "ALLOWED", ((__name__, Asked.__name__),))
    monkeypatch.setattr(Asked, "times", 0)
    assert shell("importer", table, "--groupe", "G", *options) == 0
    assert len(shell.list("personnes", *options)) == 2
    assert Asked.times == 0
    assert shell("lister", "personnes", "--fichier", base) == 1
    assert Asked.times == 1


def test_two_different_phrases_make_nothing(
    shell: Shell, tmp_path: Path, somebody: Callable[..., None]
) -> None:
    somebody("quatre mots sans rapport", "quatre autres mots")
    assert shell("demo", "--vers", tmp_path / "d.base") == 1
    assert "diffèrent" in shell.err
    assert list(tmp_path.glob("d.base*")) == []


def test_a_passphrase_file_left_by_a_base_that_moved_is_never_lost(
    shell: Shell, tmp_path: Path, table: Path
) -> None:
    base, secret = tmp_path / "bureau.base", tmp_path / "secret.txt"
    secret.write_text("quatre mots sans rapport")
    options = "--fichier", base, "--secret", secret
    assert shell("importer", table, "--groupe", "G", *options) == 0
    moved = tmp_path / "ailleurs" / "bureau.base"
    moved.parent.mkdir()
    base.rename(moved)
    before = wrapped_path(base).read_bytes()
    empty = tmp_path / "vide.csv"
    empty.write_text("a;b\n1;2\n")
    secret.write_text("quatre autres mots encore")
    assert shell("importer", empty, "--groupe", "G", *options) == 1, "nothing to import"
    assert wrapped_path(base).read_bytes() == before
    assert shell("importer", table, "--groupe", "G", *options) == 0
    (aside,) = tmp_path.glob("bureau.base.cle.*")
    assert str(aside) in shell.err
    assert len(shell.list("personnes", *options)) == 2
    aside.rename(wrapped_path(moved))
    secret.write_text("quatre mots sans rapport")
    assert len(shell.list("personnes", "--fichier", moved, "--secret", secret)) == 2


def test_a_base_is_not_restored_onto_itself(
    shell: Shell, demo: bases.DemoBase, tmp_path: Path
) -> None:
    link = tmp_path / "lien.base"
    link.symlink_to(demo.path)
    for itself in (demo.path, link):
        assert shell("restaurer", itself, *demo.options) == 1
        assert "la base elle-même" in shell.err
    assert list(demo.path.parent.glob("*.avant-*")) == []
    assert len(shell.list("personnes", *demo.options)) == 50


@pytest.fixture
def backup(shell: Shell, tmp_path: Path, table: Path) -> tuple[Path, Path, str]:
    """A base kept under a passphrase, one of its backups, and its recovery code."""
    base, secret = tmp_path / "bureau" / "bureau.base", tmp_path / "secret.txt"
    base.parent.mkdir()
    secret.write_text("quatre mots sans rapport")
    options = "--fichier", base, "--secret", secret
    assert shell("importer", table, "--groupe", "G", *options) == 0
    code = shell.err.splitlines()[-1]
    assert shell("sauvegarder", tmp_path / "cle usb", *options) == 0
    (made,) = (tmp_path / "cle usb").iterdir()
    return base, made, code


@dataclass(frozen=True)
class NewComputer:
    """Where there is only a backup, and somebody at the keyboard."""

    shell: Shell
    made: Path
    base: Path
    somebody: Callable[..., None]

    def restores(self, *answers: str) -> bool:
        self.somebody(*answers)
        return self.shell("restaurer", self.made, "--fichier", self.base) == 0

    def opens(self, *answers: str) -> bool:
        self.somebody(*answers)
        return self.shell("lister", "groupes", "--fichier", self.base) == 0


@pytest.fixture
def new_computer(
    shell: Shell,
    backup: tuple[Path, Path, str],
    tmp_path: Path,
    somebody: Callable[..., None],
) -> NewComputer:
    return NewComputer(shell, backup[1], tmp_path / "nouveau poste.base", somebody)


def test_once_restored_with_the_code_a_passphrase_opens_the_base(
    new_computer: NewComputer, backup: tuple[Path, Path, str]
) -> None:
    new = "quatre mots tout neufs"
    assert new_computer.restores(backup[2], new, new)
    assert new_computer.opens(new)
    assert new_computer.restores(new), "the passphrase does, from then on"
    assert new_computer.opens(new)


def test_a_passphrase_refused_after_a_restoration_leaves_the_base_restored(
    new_computer: NewComputer, backup: tuple[Path, Path, str]
) -> None:
    assert not new_computer.restores(backup[2], "court", "court")
    assert "trop courte" in new_computer.shell.err
    assert "La base est restaurée" in new_computer.shell.err
    assert new_computer.opens(backup[2])


def test_a_script_restores_with_the_passphrase_of_the_base_or_with_the_code(
    shell: Shell, backup: tuple[Path, Path, str], tmp_path: Path
) -> None:
    base, made, code = backup
    secret = tmp_path / "secret.txt"
    options = "--fichier", base, "--secret", secret
    assert shell("restaurer", made, *options) == 0
    base.unlink()
    assert shell("restaurer", made, *options) == 0, "only its passphrase was left of the base"
    assert len(shell.list("personnes", *options)) == 2
    secret.write_text(code)
    there = tmp_path / "nouveau poste.base"
    assert shell("restaurer", made, "--fichier", there, "--secret", secret) == 0
    assert "code de secours" in shell.err
    assert len(shell.list("personnes", "--fichier", there, "--secret", secret)) == 2


def test_a_demo_of_another_century_is_refused(shell: Shell, tmp_path: Path) -> None:
    options = "--vers", tmp_path / "d.base", "--cle", tmp_path / "d.cle"
    assert shell("demo", *options, "--aujourd-hui", "1900-01-02") == 1
    assert "entre 2000 et 2099" in shell.err
    assert list(tmp_path.glob("d.*")) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipe there")
def test_a_named_pipe_is_refused_rather_than_waited_for(
    shell: Shell, tmp_path: Path, own: tuple[str, ...]
) -> None:
    pipe = tmp_path / "tube.csv"
    os.mkfifo(pipe)
    assert shell("importer", pipe, "--groupe", "G", *own) == 1
    assert "n’est pas un fichier" in shell.err
    assert shell("lister", "groupes", "--fichier", pipe) == 1
    assert "n’est pas une base" in shell.err


def test_a_passphrase_where_only_the_code_opens_says_so(
    shell: Shell, backup: tuple[Path, Path, str], tmp_path: Path
) -> None:
    _, made, _ = backup
    there = "--fichier", tmp_path / "ailleurs.base", "--secret", tmp_path / "secret.txt"
    assert shell("restaurer", made, *there) == 1
    assert "il faut le code de secours" in shell.err


def test_what_a_crash_left_of_a_base_begun_days_ago_goes(
    shell: Shell, tmp_path: Path, table: Path, own: tuple[str, ...]
) -> None:
    old, recent = tmp_path / ".en-cours-vieux", tmp_path / ".en-cours-autre"
    for folder in (old, recent):
        folder.mkdir()
        (folder / "bureau.base").write_bytes(b"rien")
    os.utime(old, (0, 0))
    assert shell("importer", table, "--groupe", "G", *own) == 0
    assert not old.exists()
    assert recent.exists()


@pytest.mark.parametrize("size", ["4m", "5500k", "6m", "6500k", "7m"])
def test_a_demo_that_the_disk_cannot_hold_whole_is_not_there_at_all(
    shell: Shell, tmp_path: Path, small_disk: Callable[[str], Path], size: str
) -> None:
    base, key_file = small_disk(size) / "d.base", tmp_path / "d.cle"
    status = shell("demo", "--vers", base, "--cle", key_file, "--aujourd-hui", "2026-04-21")
    if status == 0:
        assert shell("verifier", "--fichier", base, "--cle", key_file) == 0, shell.err
    else:
        assert "disque est plein" in shell.err
        assert not base.exists()
        assert not key_file.exists()


@pytest.mark.parametrize("kept", ["--cle", "--secret"])
def test_a_base_made_meanwhile_by_another_keeps_its_key(tmp_path: Path, kept: str) -> None:
    base, file, phrase = tmp_path / "b.base", tmp_path / "b.txt", "quatre mots sans rapport"
    given = Given(key_file=file) if kept == "--cle" else Given(secret=file)
    if kept == "--secret":
        file.write_text(phrase)
    with pytest.raises(UserError), new_key(base, given, show_code=False) as key:
        theirs = key if kept == "--cle" else RawKey.new()
        if kept == "--secret":
            keys.protect(base, theirs, phrase)
        Database.create(base, theirs, "Autre").close()
        refuse_existing(base)
    found = secrets.read_key_file(file) if kept == "--cle" else keys.with_passphrase(base, phrase)
    Database.open(base, found).close()
