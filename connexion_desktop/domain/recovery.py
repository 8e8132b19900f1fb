"""The recovery code: the key itself, written so that a person can print it, keep it and type it.

Eight groups of eight characters. Each group holds four bytes of the key and a check of its own, so
that a slip is told with the group it is in; one wrong character, or two groups exchanged, is always
seen. The alphabet is Crockford's base 32: neither I, L, O nor U, and case does not matter.
"""

from __future__ import annotations

from .errors import UserError
from .keys import RawKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
GROUP_LENGTH = 8
_KEY_BYTES = 4
_POLYNOMIAL = 0x07  # CRC-8: sees every burst of eight bits or fewer, hence any one character
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", " -–—\u00a0\u202f\t\r\n.")


def encode(key: RawKey) -> str:
    """The code of a key: groups joined by hyphens."""
    groups = []
    for rank in range(GROUPS):
        part = key.raw[rank * _KEY_BYTES : (rank + 1) * _KEY_BYTES]
        groups.append(_spell(part + bytes([_check(rank, part)])))
    return "-".join(groups)


def looks_like_code(text: str) -> bool:
    """Whether a text is more likely a code, perhaps with a slip, than a passphrase."""
    return abs(len(_typed(text)) - GROUPS * GROUP_LENGTH) <= GROUP_LENGTH


def decode(text: str) -> RawKey:
    """Read a code as people type it: any case, any spacing, O for 0, I or L for 1.

    Raises UserError naming what is missing, the character unknown, or the group with a slip.
    """
    typed = _typed(text)
    for place, character in enumerate(typed):
        if character not in ALPHABET:
            raise _slip(f"le caractère « {character} » (groupe {_group(place)}) n’existe pas")
    if len(typed) != GROUPS * GROUP_LENGTH:
        raise _slip(f"il compte {GROUPS * GROUP_LENGTH} caractères ; ici : {len(typed)}")
    raw = b""
    for rank in range(GROUPS):
        group = _read(typed[rank * GROUP_LENGTH : (rank + 1) * GROUP_LENGTH])
        part, check = group[:_KEY_BYTES], group[_KEY_BYTES]
        if check != _check(rank, part):
            raise _slip(f"il y a une faute dans le groupe {rank + 1}")
        raw += part
    return RawKey.from_bytes(raw)


def _typed(text: str) -> str:
    return text.upper().translate(_SEPARATORS).translate(_LOOKALIKES)


def _slip(problem: str) -> UserError:
    return UserError(
        f"Le code de secours ne se lit pas : {problem}.",
        "La base n’a pas été touchée.",
        "Relisez le code imprimé, groupe par groupe.",
    )


def _group(place: int) -> int:
    return place // GROUP_LENGTH + 1


def _spell(five: bytes) -> str:
    bits = int.from_bytes(five, "big")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))


def _read(group: str) -> bytes:
    bits = 0
    for character in group:
        bits = bits << 5 | ALPHABET.index(character)
    return bits.to_bytes(_KEY_BYTES + 1, "big")


def _check(rank: int, part: bytes) -> int:
    """CRC-8 of the group's rank and bytes."""
    crc = 0
    for byte in bytes([rank]) + part:
        crc ^= byte
        for _ in range(8):
            crc = (crc << 1 ^ _POLYNOMIAL) & 0xFF if crc & 0x80 else crc << 1
    return crc
