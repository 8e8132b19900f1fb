"""Where the key is kept: the system's keyring, a file, or under a passphrase."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey, wrapped_path
from connexion_desktop.system import secrets
from tests.keyrings import Drawer, use

PASSPHRASE = "quatre mots sans rapport"


class Plain(Drawer):
    """Stands for keyrings.alt: it would be preferred, and keeps plain text."""

    priority = 9


class Shut(Drawer):
    """A keyring that the user does not unlock."""

    released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait()
        return None


class Refusing(Drawer):
    """A keyring that breaks."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("locked")


def test_a_key_put_in_the_keyring_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Drawer)
    key = RawKey.new()
    assert secrets.recall(key.fingerprint) is None
    assert secrets.remember(key)
    assert secrets.recall(key.fingerprint) == key
    assert secrets.recall(RawKey.new().fingerprint) is None


def test_a_key_taken_out_of_the_keyring_is_there_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Drawer)
    key = RawKey.new()
    secrets.forget(key)
    assert secrets.remember(key)
    secrets.forget(key)
    assert secrets.recall(key.fingerprint) is None


def test_without_a_keyring_nothing_is_kept_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "ALLOWED", (("keyring.backends.absent", "Keyring"),))
    assert not secrets.remember(RawKey.new())
    assert secrets.recall(RawKey.new().fingerprint) is None


def test_a_keyring_that_is_not_allowed_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Drawer)
    keyring.set_keyring(Plain())  # type: ignore[no-untyped-call]
    backend = secrets._backend()
    assert type(backend) is Drawer
    assert not any("alt" in module for module, _ in secrets.ALLOWED)


def test_a_keyring_that_forgets_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Drawer)
    monkeypatch.setattr(Drawer, "forgetful", True)
    assert not secrets.remember(RawKey.new())


def test_a_keyring_that_holds_something_else_is_as_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Drawer)
    key = RawKey.new()
    Drawer.held[(secrets.SERVICE, key.fingerprint.hex())] = "a" * 62
    assert secrets.recall(key.fingerprint) is None


def test_a_locked_keyring_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Shut)
    monkeypatch.setattr(secrets, "WAIT_SECONDS", 0.05)
    with pytest.raises(UserError, match="verrouillé"):
        secrets.recall(RawKey.new().fingerprint)
    Shut.released.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join()


def test_a_keyring_that_breaks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Refusing)
    with pytest.raises(UserError, match="trousseau"):
        secrets.recall(RawKey.new().fingerprint)


def test_a_key_file_is_made_for_its_owner_alone_and_read_back(tmp_path: Path) -> None:
    key, path = RawKey.new(), tmp_path / "cle"
    secrets.make_key_file(path, key)
    assert secrets.read_key_file(path) == key
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:
    key, path = RawKey.new(), tmp_path / "cle"
    secrets.make_key_file(path, key)
    with pytest.raises(UserError, match="existe déjà"):
        secrets.make_key_file(path, RawKey.new())
    assert secrets.read_key_file(path) == key


@pytest.mark.parametrize("content", [b"", b"a" * 62, b"a" * 66, b"\xff\xfe" * 32, b"z" * 64])
def test_a_key_file_that_holds_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cle"
    path.write_bytes(content)
    with pytest.raises(UserError, match="64"):
        secrets.read_key_file(path)


def test_a_key_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="introuvable"):
        secrets.read_key_file(tmp_path / "rien")


def test_a_passphrase_gives_the_key_back(tmp_path: Path) -> None:
    base, key = tmp_path / "base", RawKey.new()
    secrets.wrap(base, key, PASSPHRASE)
    assert secrets.unwrap(base, PASSPHRASE) == key
    kept = wrapped_path(base).read_bytes()
    assert key.hex.encode() not in kept
    assert PASSPHRASE.encode() not in kept
    if sys.platform != "win32":
        assert wrapped_path(base).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["base.cle"]


KEPT_BY_AN_EARLIER_VERSION = {
    "format": 1,
    "argon2id": {"passes": 3, "memory_kib": 65536, "lanes": 4},
    "salt": "4fbM40t1GxVvYLp6FqY3Zg==",
    "nonce": "MjBoGT6tYfbGtM1i",
    "key": "vvyW2BDwEz7HAWbEd6l3vqT14wUhoQWcjd4e83P2zWpawTN8tihSBzBmytxsT5V8",
}


def test_what_an_earlier_version_kept_under_a_passphrase_is_read(tmp_path: Path) -> None:
    base = tmp_path / "base"
    wrapped_path(base).write_text(json.dumps(KEPT_BY_AN_EARLIER_VERSION))
    assert secrets.unwrap(base, PASSPHRASE) == RawKey.from_bytes(bytes(range(32)))


def test_a_key_kept_there_already_is_put_aside_for_its_base_may_have_moved(
    tmp_path: Path,
) -> None:
    base, moved, key = tmp_path / "base", tmp_path / "ailleurs", RawKey.new()
    assert secrets.wrap(base, key, PASSPHRASE) is None
    assert secrets.wrap(base, key, PASSPHRASE) is None, "it says the same already"
    asides = [secrets.wrap(base, RawKey.new(), PASSPHRASE) for _ in range(2)]
    assert len(set(asides)) == 2
    assert asides[0] is not None
    asides[0].rename(wrapped_path(moved))
    assert secrets.unwrap(moved, PASSPHRASE) == key


def test_an_accent_typed_on_another_system_is_the_same(tmp_path: Path) -> None:
    base, key = tmp_path / "base", RawKey.new()
    secrets.wrap(base, key, "une clé très sûre")
    assert secrets.unwrap(base, "une cle\u0301 tre\u0300s su\u0302re") == key


def test_a_wrong_passphrase_is_refused(tmp_path: Path) -> None:
    base = tmp_path / "base"
    secrets.wrap(base, RawKey.new(), PASSPHRASE)
    with pytest.raises(UserError, match="phrase de passe"):
        secrets.unwrap(base, PASSPHRASE + "s")


def test_a_short_passphrase_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="trop courte"):
        secrets.wrap(tmp_path / "base", RawKey.new(), "motdepasse")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        {"argon2id": {"passes": 3, "memory_kib": 1 << 40, "lanes": 4}},
        {"argon2id": {"passes": 0, "memory_kib": 0, "lanes": 0}},
        {"argon2id": {"passes": 3, "memory_kib": -1, "lanes": 4}},
        {"argon2id": {"passes": 1e999, "memory_kib": 65536, "lanes": 4}},
        {"argon2id": None},
        {"key": "?"},
        {"nonce": ""},
        {"salt": 3},
    ],
)
def test_a_damaged_passphrase_file_is_told(tmp_path: Path, damage: dict[str, object]) -> None:
    base = tmp_path / "base"
    secrets.wrap(base, RawKey.new(), PASSPHRASE)
    path = wrapped_path(base)
    path.write_text(json.dumps(json.loads(path.read_text()) | damage))
    with pytest.raises(UserError, match="abîmé"):
        secrets.unwrap(base, PASSPHRASE)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"[" * 3000, b"7" * 100_000])
def test_another_file_in_the_place_of_the_passphrase_one_is_told(
    tmp_path: Path, content: bytes
) -> None:
    base = tmp_path / "base"
    wrapped_path(base).write_bytes(content)
    with pytest.raises(UserError, match="abîmé"):
        secrets.unwrap(base, PASSPHRASE)


@pytest.mark.skipif(sys.platform == "win32", reason="no such file there")
def test_a_key_file_without_end_is_refused_at_once() -> None:
    with pytest.raises(UserError, match="64"):
        secrets.read_key_file(Path("/dev/zero"))


def test_a_full_disk_leaves_no_half_a_key(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("8k")
    (disk / "reste").write_bytes(bytes(shutil.disk_usage(disk).free))
    with pytest.raises(UserError, match="disque est plein"):
        secrets.make_key_file(disk / "cle", RawKey.new())
    with pytest.raises(UserError, match="disque est plein"):
        secrets.wrap(disk / "base", RawKey.new(), PASSPHRASE)
    assert [path.name for path in disk.iterdir()] == ["reste"]


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="gnome-keyring and dbus-run-session are not installed here",
)
def test_a_key_goes_in_and_out_of_a_real_secret_service(tmp_path: Path) -> None:
    program = """
import sys
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.system import secrets
from tests.keyrings import Drawer, use
key = RawKey.new()
print(secrets.remember(key), secrets.recall(key.fingerprint) == key)
"""
    (tmp_path / "try.py").write_text(program)
    script = (
        "printf 'secret' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        f"{sys.executable} {tmp_path / 'try.py'}"
    )
    told = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"XDG_DATA_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        check=False,
    )
    assert told.stdout.strip() == "True True", told.stderr
