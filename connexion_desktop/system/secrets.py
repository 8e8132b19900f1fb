"""Where the raw key of a base is kept: the system's keyring, a file, or under a passphrase.

The passwords of servers are kept in the keyring alone.

Everything here may wait for the system or for Argon2: never call it on the window's thread.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import tempfile
import threading
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Ask, RawKey, WrongKeyError, wrapped_path

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Connexion Desktop"
# Those that encrypt. Any other is refused: keyrings.alt would write the key in plain text.
ALLOWED: tuple[tuple[str, str], ...] = (
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
)
WAIT_SECONDS = 30.0  # the system may be asking the user to unlock it
SHORTEST_PASSPHRASE = 12
# RFC 9106, section 4, second recommended option: three passes over 64 MiB, four lanes
_PASSES, _MEMORY_KIB, _LANES = 3, 65536, 4
_MOST_PASSES, _MOST_MEMORY_KIB, _MOST_LANES = 20, 1 << 20, 16
_BOUND_TO = b"connexion-desktop key 1"
_LARGEST = 4096  # bytes; the longest of our files is a tenth of it

T = TypeVar("T")


def recall(fingerprint: bytes) -> RawKey | None:
    """The key the keyring holds for a base; None if it holds none, or if there is no keyring.

    Raises UserError if the keyring stays locked or does not answer.
    """
    found = recall_password(fingerprint.hex())
    try:
        return None if found is None else RawKey.from_hex(found)
    except UserError:
        return None


def remember(key: RawKey) -> bool:
    """Put a key in the keyring, and read it back; False if this system has no keyring to trust.

    Raises UserError if the keyring stays locked or does not answer.
    """
    return remember_password(key.fingerprint.hex(), key.hex)


def forget(key: RawKey) -> None:
    """Take a key out of the keyring. One that is not there, or stays locked, is left alone."""
    forget_password(key.fingerprint.hex())


def recall_password(of: str) -> str | None:
    """What the keyring holds under that name; None if nothing, or if there is no keyring.

    Raises UserError if the keyring stays locked or does not answer.
    """
    backend = _timed(_backend)
    return None if backend is None else _timed(lambda: backend.get_password(SERVICE, of))


def remember_password(of: str, password: str) -> bool:
    """Put a secret in the keyring under a name, and read it back; False if this system has no
    keyring to trust.

    Raises UserError if the keyring stays locked or does not answer.
    """
    backend = _timed(_backend)
    if backend is None:
        return False
    _timed(lambda: backend.set_password(SERVICE, of, password))
    return recall_password(of) == password


def forget_password(of: str) -> None:
    """Take a secret out of the keyring. One that is not there, or stays locked, is left alone."""
    with suppress(UserError):
        backend = _timed(_backend)
        if backend is not None:
            _timed(lambda: backend.delete_password(SERVICE, of))


def read_key_file(path: Path) -> RawKey:
    """The raw key written in a file. Raises WrongKeyError unless it is 64 hex digits."""
    return RawKey.from_hex(_start_of(path).decode("ascii", errors="replace"))


def make_key_file(path: Path, key: RawKey) -> None:
    """Write a key in a new file that only its owner may read. Raises UserError if it exists.

    Whole or not at all: half a key would be taken for one the next time.
    """
    try:
        fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(fd, "wb") as file:
                _write_through(file, f"{key.hex}\n".encode())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except FileExistsError as error:
        raise UserError(
            f"Le fichier de clé « {path} » existe déjà.",
            "Il n’a pas été touché : il ouvre peut-être une autre base.",
            "Choisissez un autre nom.",
        ) from error
    except OSError as error:
        raise _unusable(path, error) from error


def ask_for(base: Path) -> Ask:
    """What opens a base whose key is not on this computer, as its folder tells."""
    return Ask.PASSPHRASE if wrapped_path(base).exists() else Ask.RECOVERY


def wrap(base: Path, key: RawKey, passphrase: str) -> Path | None:
    """Keep the key beside the base, under a passphrase. Raises UserError if it is too short.

    A file that is there may hold the only key of a base moved elsewhere: it is put aside, never
    written over. Returns where, None if there was none, or if it says the same already.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(
            f"La phrase de passe est trop courte : {SHORTEST_PASSPHRASE} caractères au moins.",
            todo="Quatre ou cinq mots sans rapport font une bonne phrase.",
        )
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    path = wrapped_path(base)
    if os.path.lexists(path) and opens(base, key, passphrase):
        return None
    salt, nonce = os.urandom(16), os.urandom(12)
    derived = _derive(passphrase, salt, _PASSES, _MEMORY_KIB, _LANES)
    content = {
        "format": 1,
        "argon2id": {"passes": _PASSES, "memory_kib": _MEMORY_KIB, "lanes": _LANES},
        "salt": b64encode(salt).decode(),
        "nonce": b64encode(nonce).decode(),
        "key": b64encode(AESGCM(derived).encrypt(nonce, key.raw, _BOUND_TO)).decode(),
    }
    return _put_in_place(path, json.dumps(content, indent=1).encode())


def opens(base: Path, key: RawKey, passphrase: str) -> bool:
    """Whether this passphrase gives this key already."""
    try:
        return unwrap(base, passphrase) == key
    except UserError:
        return False


def unwrap(base: Path, passphrase: str) -> RawKey:
    """The key kept beside the base. Raises UserError on a wrong passphrase or a damaged file."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    path = wrapped_path(base)
    written = _start_of(path)
    try:
        content = json.loads(written)
        cost = content["argon2id"]
        passes, memory, lanes = int(cost["passes"]), int(cost["memory_kib"]), int(cost["lanes"])
        salt, nonce, sealed = (
            b64decode(content[name], validate=True) for name in ("salt", "nonce", "key")
        )
        if passes > _MOST_PASSES or memory > _MOST_MEMORY_KIB or lanes > _MOST_LANES:
            raise ValueError("no version of ours asks for that much")
        derived = _derive(passphrase, salt, passes, memory, lanes)
        return RawKey.from_bytes(AESGCM(derived).decrypt(nonce, sealed, _BOUND_TO))
    except InvalidTag as error:
        raise UserError(
            "Ce n’est pas la bonne phrase de passe.",
            "La base n’a pas été touchée.",
            "Vérifiez les majuscules et la disposition du clavier, ou entrez le code de secours.",
        ) from error
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise UserError(
            f"Le fichier de clé « {path.name} » est abîmé.",
            "La base n’a pas été touchée.",
            "Entrez le code de secours imprimé au premier démarrage.",
        ) from error


def _derive(passphrase: str, salt: bytes, passes: int, memory_kib: int, lanes: int) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFC", passphrase).encode()
    try:
        return hash_secret_raw(secret, salt, passes, memory_kib, lanes, 32, Type.ID)
    except HashingError as error:
        raise ValueError("costs that Argon2 refuses") from error


def _backend() -> KeyringBackend | None:
    """The best keyring of this system among those that encrypt."""
    found: list[KeyringBackend] = []
    for module, name in ALLOWED:
        with suppress(Exception):  # whatever prevents a backend, it is not there
            kind = getattr(importlib.import_module(module), name)
            if kind.viable:
                found.append(kind())
    return max(found, key=lambda backend: backend.priority, default=None)


def _timed(act: Callable[[], T]) -> T:
    """Wait for the keyring, within reason; a thread it never gives back dies with the program."""
    answer: list[T] = []
    problem: list[BaseException] = []

    def run() -> None:
        try:
            answer.append(act())
        except Exception as error:  # noqa: BLE001 - each system raises its own
            problem.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(WAIT_SECONDS)
    if answer:
        return answer[0]
    raise UserError(
        "Le trousseau de clés de cet ordinateur est verrouillé ou ne répond pas.",
        "La base n’a pas été touchée.",
        "Déverrouillez-le puis recommencez, ou entrez le code de secours.",
    ) from (problem[0] if problem else None)


def _put_in_place(path: Path, content: bytes) -> Path | None:
    """Write a file whole or not at all, readable by its owner alone; one that is there gets another
    name, which is returned."""
    try:
        fd, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 600
        try:
            with os.fdopen(fd, "wb") as file:
                _write_through(file, content)
            aside = _put_aside(path)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unusable(path, error) from error
    return aside


def _put_aside(path: Path) -> Path | None:
    if not os.path.lexists(path):
        return None
    moment = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    aside = path.with_name(f"{path.name}.mise-de-cote.{moment}")
    rank = 1
    while os.path.lexists(aside):
        rank += 1
        aside = path.with_name(f"{path.name}.mise-de-cote.{moment}-{rank}")
    path.rename(aside)
    return aside


def _write_through(file: BinaryIO, content: bytes) -> None:
    """Write, and wait until the disk has it."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _start_of(path: Path) -> bytes:
    """What a small file holds; of a file that has no end, enough to see that it is no key."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError) -> WrongKeyError:
    if isinstance(error, FileNotFoundError):
        return WrongKeyError(f"Le fichier de clé « {path} » est introuvable.")
    if error.errno == errno.ENOSPC:
        return WrongKeyError(
            f"Le disque est plein : le fichier de clé « {path} » n’a pas été écrit.",
            todo="Libérez de la place puis recommencez.",
        )
    return WrongKeyError(
        f"Le fichier de clé « {path} » ne peut pas être lu ou écrit.",
        todo="Vérifiez que vous en avez le droit.",
    )
