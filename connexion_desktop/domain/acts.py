"""An act of a user, and what it changed: the two ends of every save."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from connexion_desktop.domain.errors import UserError

COMMAND_LINE = "cli:"
"""How the author of an act begins when it comes from the command line."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what. `command_id` is made by the client: a retry with the same never doubles.

    `label` says in French which kind of act it is, and never about whom: the journal keeps it when
    what is known of somebody is erased.
    """

    author: str
    label: str
    command_id: UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows one committed act touched, as (table name, primary key).

    `anything`: nobody knows which (the server was out of reach meanwhile): all is to be read again.
    `elsewhere`: a colleague's, on another workstation.
    """

    rows: frozenset[tuple[str, UUID]]
    anything: bool = False
    elsewhere: bool = False

    def touches(self, *tables: str) -> bool:
        """Whether a row of one of these tables changed, or may have."""
        return self.anything or any(table in tables for table, _ in self.rows)


@dataclass(frozen=True, slots=True)
class Step:
    """An act undone or done again: about whom (`people`, their names), and what it takes away.

    `gone` are the people who are no more in the base; `on_paper` is what may have been printed of
    it, that the base does not know any more.
    """

    command_id: UUID
    label: str
    people: tuple[str, ...] = ()
    gone: frozenset[UUID] = frozenset()
    on_paper: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """« Note ajoutée · Awa Diallo », « Import d’un tableau · 12 personnes »."""
        many = len(self.people) > _MOST_NAMED
        about = f"{len(self.people)} personnes" if many else ", ".join(self.people)
        return " · ".join(part for part in (self.label, about) if part)

    @property
    def to_destroy(self) -> str:
        """« Détruisez tout exemplaire imprimé ou enregistré de EM-2026-0005, version 1. »; nothing
        where nothing was on paper."""
        if not self.on_paper:
            return ""
        return (
            f"Détruisez tout exemplaire imprimé ou enregistré de {' et de '.join(self.on_paper)}."
        )


_MOST_NAMED = 2


class AskFirstError(UserError):
    """An act that takes away much is not undone before a question is answered: which act."""

    def __init__(self, command_id: UUID, question: str) -> None:
        super().__init__(question, "Rien n’a été changé.")
        self.command_id = command_id


class AlreadyDone(Exception):  # noqa: N818 - not an error: the answer was lost, not the act
    """This command was done before: nothing is written again, and nothing is lost."""
