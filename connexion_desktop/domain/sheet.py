"""A list as it is given to another program: titles and plain values, whatever it is a list of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from connexion_desktop.domain.errors import UserError

Cell = str | date | int | float
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d\s\u00a0\u202f.,()/-]*")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def harmless(text: str) -> str:
    """A text as a spreadsheet may read it without computing anything: what begins as a formula gets
    an apostrophe (OWASP, CSV injection); a phone number or a plain number does not."""
    seen = _UNSEEN.sub("", text)
    return f"'{seen}" if _FORMULA.match(seen) and not _NUMBER.fullmatch(seen.strip()) else seen


def seen(text: str) -> str:
    """A text without the characters that no file of text holds."""
    return _UNSEEN.sub("", text)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A titled list: what is not known is an empty text, never 0."""

    title: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def check(self) -> None:
        """Raise UserError without any row: an empty file would be taken for an answer."""
        if not self.rows:
            raise UserError(
                "Il n’y a aucune ligne à enregistrer.",
                "Aucun fichier n’a été écrit.",
                "Voyez d’abord tout (Échap), ou choisissez d’autres lignes.",
            )


PAPER = ".pdf"
"""The end of the name of a list written as it is printed."""

MOST_ON_PAPER = 5_000
"""How many rows are put on paper: a hundred pages."""


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A list as it is printed: what was kept in it (`about`), that day, by whom (`issuer`)."""

    sheet: ListSheet
    about: str
    on: date
    issuer: str

    def check(self) -> None:
        """Raise UserError without any row, or with more than paper is made for."""
        count = len(self.sheet.rows)
        if not count:
            raise UserError(
                "Il n’y a aucune ligne à imprimer.",
                "Rien n’a été imprimé.",
                "Voyez d’abord tout (Échap), ou choisissez d’autres lignes.",
            )
        if count > MOST_ON_PAPER:
            raise UserError(
                f"{count} lignes, c’est trop pour du papier ({MOST_ON_PAPER} au plus).",
                "Rien n’a été imprimé.",
                "Gardez-en moins (les compteurs, la recherche, une sélection), ou enregistrez la "
                "liste en classeur.",
            )
