"""What each page of an attendance sheet bears in its QR codes, so that its scan files itself."""

from __future__ import annotations

from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

LONGEST = 25


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page of an edition of a sheet."""

    number: str
    edition: int
    page: int

    @property
    def code(self) -> str:
        """« EM-2026-0007/V2/P3/54 »: type, number, version, page and two check digits (ISO 7064,
        MOD 97-10), by which a misread letter, or two that changed places, are seen."""
        told = f"{self.number}/V{self.edition}/P{self.page}"
        return f"{told}/{_check(told)}"


def _check(told: str) -> str:
    return str(mod_97_10.calc_check_digits("".join(filter(str.isalnum, told))))
