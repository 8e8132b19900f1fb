"""Finding the key of a base on this computer, or with what the user knows, and keeping it there.

No session: the base is not open yet. Slow (keyring, Argon2): never on the window's thread.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from connexion_desktop.data import cipher
from connexion_desktop.domain import recovery
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Ask, Locked, RawKey, wrapped_path
from connexion_desktop.system import secrets


def find(base: Path, key_file: Path | None = None, replaced: Path | None = None) -> RawKey | Locked:
    """The key of a base, or of a backup about to take the place of `replaced`, without asking
    anybody; else what to ask for.

    With a key file, only that file counts. Raises UserError if the base is missing or is not one.
    """
    fingerprint = cipher.fingerprint_of(base)
    if key_file is not None:
        return secrets.read_key_file(key_file)
    locked = to_ask(base, replaced)
    try:
        return secrets.recall(fingerprint) or locked
    except UserError as error:
        return dataclasses.replace(locked, reason=str(error))


def to_ask(base: Path, replaced: Path | None = None) -> Locked:
    """What to ask for to open a base, or a backup about to take the place of `replaced`, without
    looking for its key on this computer.

    Raises UserError if the base is missing or is not one.
    """
    cipher.fingerprint_of(base)
    holder = replaced if replaced is not None and _has_phrase_of(base, replaced) else None
    return Locked(secrets.ask_for(holder or base), phrase_of=holder)


def _has_phrase_of(backup: Path, base: Path) -> bool:
    """Whether the passphrase of a backup is kept beside the base that it replaces: both have one
    key, or nothing but that passphrase is left of the base."""
    if wrapped_path(backup).exists() or not wrapped_path(base).exists():
        return False
    return cipher.fingerprint_if_base(base) in (b"", cipher.fingerprint_if_base(backup))


def for_new_base(key_file: Path | None = None) -> RawKey:
    """A key for a base about to be made: the file's, a new one written there, or just a new one."""
    return RawKey.new() if key_file is None else in_file(key_file)[0]


def in_file(key_file: Path) -> tuple[RawKey, bool]:
    """The key of a file, a new one where there is no such file; whether it was made."""
    if key_file.exists():
        return secrets.read_key_file(key_file), False
    key = RawKey.new()
    secrets.make_key_file(key_file, key)
    return key, True


def is_in_file(key_file: Path | None, base: Path) -> bool:
    """Whether that file holds the key of a base or of a backup."""
    if key_file is None:
        return False
    try:
        return opens_what_is_there(base, secrets.read_key_file(key_file))
    except UserError:
        return False


def keep(key: RawKey) -> bool:
    """Put the key in this system's keyring; False if it has none: ask then for a passphrase."""
    return secrets.remember(key)


def forget(key: RawKey) -> None:
    """Take a key that opens nothing out of this system's keyring."""
    secrets.forget(key)


def protect(base: Path, key: RawKey, passphrase: str) -> Path | None:
    """Keep the key beside the base under a passphrase. Raises UserError if it is too short.

    Returns where a key that was kept there has been put aside, None if there was none.
    """
    return secrets.wrap(base, key, passphrase)


def opens_what_is_there(base: Path, key: RawKey) -> bool:
    """Whether a base stands there by now that this key opens: another program may have made it."""
    return cipher.fingerprint_if_base(base) == key.fingerprint


def unprotect(base: Path, key: RawKey, passphrase: str, aside: Path | None) -> None:
    """Undo `protect`: a key that it had put aside comes back. What another program has written
    there since stays."""
    if not opens(base, passphrase, key):
        return
    if aside is not None:
        aside.replace(wrapped_path(base))
    elif not opens_what_is_there(base, key):
        wrapped_path(base).unlink(missing_ok=True)


def with_passphrase(base: Path, passphrase: str, phrase_of: Path | None = None) -> RawKey:
    """The key of a base or of a backup, from its passphrase, or from that of the base
    `phrase_of`. Raises UserError if it is not the right one."""
    return _meant_for(base, secrets.unwrap(phrase_of or base, passphrase))


def with_recovery_code(base: Path, code: str) -> RawKey:
    """The key of a base or of a backup, from the printed code.

    Raises UserError naming the group with a slip, or if the code is that of another base.
    """
    return _meant_for(base, recovery.decode(code))


def with_secret(base: Path, secret: str, phrase_of: Path | None = None) -> RawKey:
    """The key of a base or of a backup, from its passphrase (or that of `phrase_of`) or from
    the printed code.

    Raises UserError as whichever of the two it looks like does.
    """
    if secrets.ask_for(phrase_of or base) is Ask.PASSPHRASE:
        try:
            return with_passphrase(base, secret, phrase_of)
        except UserError:
            if not recovery.looks_like_code(secret):
                raise
    elif not recovery.looks_like_code(secret):
        raise UserError(
            f"« {base.name} » n’a pas sa phrase de passe à côté d’elle : il faut le code de"
            " secours.",
            "La base n’a pas été touchée.",
            "Donnez le code de secours, imprimé au premier démarrage.",
        )
    return with_recovery_code(base, secret)


def opens(base: Path, passphrase: str, key: RawKey) -> bool:
    """Whether this passphrase, kept beside the base, gives this key."""
    return secrets.ask_for(base) is Ask.PASSPHRASE and secrets.opens(base, key, passphrase)


def is_code(secret: str, key: RawKey) -> bool:
    """Whether what was typed is the printed code of this key, rather than a passphrase."""
    try:
        return recovery.decode(secret) == key
    except UserError:
        return False


def recovery_code(key: RawKey) -> str:
    """The code to show and print at the first start."""
    return recovery.encode(key)


def _meant_for(base: Path, key: RawKey) -> RawKey:
    cipher.open_checked(base, key, cipher.reading_mode(base)).close()
    return key
