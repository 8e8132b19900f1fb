"""Numbers of invented people and companies: valid in form, given to nobody."""

from __future__ import annotations


def siret(rank: int) -> str:
    """The SIRET of the invented company of this rank: right by Luhn's rule.

    They all begin with 00, which no register gives.
    """
    siren = _closed(f"00{(rank * 7919 + 131071) % 1_000_000:06}")
    return _closed(f"{siren}0001")


def _closed(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"


def phone(rank: int) -> str:
    """An invented mobile phone, in the range kept for fiction (06 39 98 …)."""
    return f"06 39 98 {rank // 100 % 100:02} {rank % 100:02}"
