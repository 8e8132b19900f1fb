"""A list as it is given to another program: titles and plain values, whatever it is a list of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from connexion_desktop.domain.errors import UserError

Cell = str | date | int


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
