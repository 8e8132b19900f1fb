"""What each page of an attendance sheet bears in its QR codes, so that its scan files itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

LONGEST = 25
_FORM = re.compile(r"(?P<number>EM-\d{4}-\d{4,5})/V(?P<edition>\d{1,2})/P(?P<page>\d{1,2})/\d{2}")


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


def read_code(text: str) -> SheetPage | None:
    """The page that a code names; None for what is no code of ours, or was misread."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    told, _, check = text.strip().rpartition("/")
    if _check(told) != check:
        return None
    return SheetPage(found["number"], int(found["edition"]), int(found["page"]))


def _check(told: str) -> str:
    return str(mod_97_10.calc_check_digits("".join(filter(str.isalnum, told))))
