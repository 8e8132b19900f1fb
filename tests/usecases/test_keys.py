"""From a base on this computer, or on another one, to its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Ask, Locked, RawKey
from connexion_desktop.system import secrets
from connexion_desktop.usecases import keys

pytestmark = pytest.mark.file_alone("keys open files")

PASSPHRASE = "quatre mots sans rapport"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "ALLOWED", ())


def test_with_nothing_kept_the_recovery_code_is_asked_for(database: Database) -> None:
    assert keys.find(database.path) == Locked(Ask.RECOVERY)


def test_the_printed_code_opens_the_base_and_its_copies(database: Database) -> None:
    code = keys.recovery_code(database.key)
    assert keys.with_recovery_code(database.path, code.lower()) == database.key


def test_the_code_of_another_base_is_refused(database: Database) -> None:
    with pytest.raises(UserError, match="n’est pas celle"):
        keys.with_recovery_code(database.path, keys.recovery_code(RawKey.new()))


def test_a_passphrase_is_asked_for_where_one_was_chosen(database: Database) -> None:
    keys.protect(database.path, database.key, PASSPHRASE)
    assert keys.find(database.path) == Locked(Ask.PASSPHRASE)
    assert keys.with_passphrase(database.path, PASSPHRASE) == database.key


def test_the_passphrase_of_another_base_is_refused(database: Database) -> None:
    keys.protect(database.path, RawKey.new(), PASSPHRASE)
    with pytest.raises(UserError, match="n’est pas celle"):
        keys.with_passphrase(database.path, PASSPHRASE)


def test_without_keyring_the_key_is_not_kept_silently(database: Database) -> None:
    assert not keys.keep(database.key)


def test_a_key_file_is_made_with_a_new_base_then_found(tmp_path: Path) -> None:
    path = tmp_path / "cle.hex"
    key = keys.for_new_base(path)
    assert keys.for_new_base(path) == key
    base = tmp_path / "base"
    Database.create(base, key, "Essai").close()
    assert keys.find(base, path) == key


def test_without_key_file_each_new_base_has_its_own_key() -> None:
    assert keys.for_new_base() != keys.for_new_base()


def test_a_base_that_is_not_there_is_told_before_any_key(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="introuvable"):
        keys.find(tmp_path / "rien")
