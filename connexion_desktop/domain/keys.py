"""The key of a base: 256 random bits, and the fingerprint by which a file names its key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from .errors import UserError

KEY_DIGITS = 64
MAGIC = b"CDP1"
_HEX = re.compile(rf"[0-9a-f]{{{KEY_DIGITS}}}")


@dataclass(frozen=True, slots=True, repr=False)
class RawKey:
    """A raw 256-bit key, as 64 lower-case hex digits. Never printed by accident."""

    hex: str

    def __post_init__(self) -> None:
        if not _HEX.fullmatch(self.hex):
            raise ValueError("a raw key has 64 lower-case hex digits")

    def __repr__(self) -> str:
        return f"RawKey(fingerprint={self.fingerprint.hex()})"

    @classmethod
    def new(cls) -> RawKey:
        """A new key, from the system's source of chance."""
        import secrets

        return cls(secrets.token_hex(KEY_DIGITS // 2))

    @classmethod
    def from_hex(cls, text: str) -> RawKey:
        """Read a key written as hex digits. Raises WrongKeyError unless there are exactly 64.

        SQLCipher silently takes 62 digits for a passphrase, hence this check before it sees them.
        """
        digits = text.strip().lower()
        if not _HEX.fullmatch(digits):
            raise WrongKeyError(
                f"La clé n’est pas écrite comme il faut : elle compte exactement {KEY_DIGITS} "
                f"chiffres hexadécimaux (0 à 9, a à f) ; ici : {len(digits)} caractères.",
                "La base n’a pas été touchée.",
                "Choisissez un autre fichier de clé.",
            )
        return cls(digits)

    @classmethod
    def from_bytes(cls, raw: bytes) -> RawKey:
        """The key held by 32 bytes."""
        return cls(raw.hex())

    @property
    def raw(self) -> bytes:
        """The key's 32 bytes."""
        return bytes.fromhex(self.hex)

    @property
    def fingerprint(self) -> bytes:
        """The 16 bytes that begin every base and every backup made with this key.

        Four bytes say that the file is one of ours; twelve are drawn from the key and tell a wrong
        key from a damaged file. Nothing of the key can be found back from them.
        """
        import hashlib
        import hmac

        drawn = hmac.new(self.raw, b"connexion-desktop base", hashlib.sha256).digest()
        return MAGIC + drawn[:12]


def wrapped_path(base: Path) -> Path:
    """Where the key of a base is kept under a passphrase: beside it."""
    return base.with_name(base.name + ".cle")


class WrongKeyError(UserError):
    """The key that was given does not do: it is another base's, or its file cannot be read. The
    base itself may be sound; another way to open it can be offered."""


class Ask(StrEnum):
    """What the user is asked for when no key is found on this computer."""

    PASSPHRASE = "passphrase"  # noqa: S105 - the question, not its answer
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Locked:
    """The key was not found: what to ask for, and what prevented it, in French (may be empty).

    `phrase_of`: the base whose passphrase it is, for a backup that takes that base's place.
    """

    ask: Ask
    reason: str = ""
    phrase_of: Path | None = None
