"""What an import shows before it writes, and what it tells after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from connexion_desktop.domain.import_columns import SheetOutline, SheetPlan
from connexion_desktop.domain.import_fields import SheetKind

if TYPE_CHECKING:
    from connexion_desktop.domain.import_reading import Read

IMPORTED = "Import d’un tableau"
"""What an import is called in the journal, which more people read than the file's name."""


class RowStatus(StrEnum):
    """What will become of a row."""

    NEW = "new"
    KNOWN = "known"
    DOUBTFUL = "doubtful"
    UNUSABLE = "unusable"

    @property
    def label(self) -> str:
        """French name."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    RowStatus.NEW: "nouveau",
    RowStatus.KNOWN: "déjà connu",
    RowStatus.DOUBTFUL: "douteux",
    RowStatus.UNUSABLE: "inutilisable",
}


_NEW = {
    SheetKind.PEOPLE: "Nouvelle personne.",
    SheetKind.EQUIPMENT: "Nouveau matériel.",
    SheetKind.HOSTS: "Nouvelle entreprise.",
}
_KNOWN = "Seuls les champs vides de la fiche sont complétés."


_TYPED, _MESSAGE = 200, 300


@dataclass(frozen=True, slots=True)
class Problem:
    """One clear line: where it is, what was typed, what is wrong. Long texts are cut."""

    sheet: str
    row: int
    column: str
    heading: str
    field: str
    typed: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "typed", _cut(self.typed, _TYPED))
        object.__setattr__(self, "message", _cut(self.message, _MESSAGE))

    @property
    def cell(self) -> str:
        """« D5 »."""
        return f"{self.column}{self.row}"

    def __str__(self) -> str:
        place = f"{self.sheet}, ligne {self.row}"
        if self.heading:
            place += f", colonne {self.column} ({self.heading})"
        typed = f"« {self.typed} »" if self.typed else "cellule vide"
        told = self.message if typed in self.message else f"{typed}. {self.message}"
        return f"{place} : {told}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


@dataclass(frozen=True, slots=True)
class RowSource:
    """What a row was understood from: its cells, the columns, the value read, if any, and who or
    what was found under some of its fields."""

    plan: SheetPlan
    cells: Sequence[object]
    value: Read | None
    matched: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it was understood. `row` is the number that the spreadsheet shows (from 1).

    `notes` are worth reading and no more; `problems` are left out of what is written. `minor` is
    the note that says why the person is one.
    """

    sheet: str
    kind: SheetKind
    row: int
    status: RowStatus
    title: str
    detail: str
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_known: bool = False
    minor: str = ""
    source: RowSource | None = None

    @property
    def place(self) -> str:
        """« Participants, ligne 5 »."""
        return f"{self.sheet}, ligne {self.row}"

    @property
    def reason(self) -> str:
        """Why it has that status, and what else there is to know, in a few words."""
        return " · ".join((*self.notes, *(problem.message for problem in self.problems)))

    @property
    def outcome(self) -> str:
        """What importing will do with it."""
        if self.status is RowStatus.UNUSABLE:
            return "Cette ligne ne sera pas importée."
        told = _KNOWN if self.is_known else _NEW[self.kind]
        return f"{told} Ce qui est douteux est signalé sur la fiche." if self.problems else told


LONGEST_GROUP = 120


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import into: a group by name (made where absent), on a day, with these columns.

    `plans` are the columns as the user corrected them; None lets the app propose. `starts_on` is
    the first day of a new group; None takes the entry day shared by most.
    """

    cohort: str
    today: date
    plans: tuple[SheetPlan, ...] | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Everything an import would do; nothing is written yet.

    `cohort` is the group its people enter (none where the file holds nobody), `cohorts` those that
    there are, `starts_on` the day when a new one starts; `start_is_untold` where neither the user
    nor the file said it: then it is the Monday of this week. `labels` are the words of the
    reference lists, by list and code; `changes`, whether importing would write anything;
    `outlines`, the sheets that hold something, whether they are imported or not.
    """

    file_name: str
    plans: tuple[SheetPlan, ...]
    unknown_sheets: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    cohort: str
    cohort_is_new: bool
    starts_on: date | None
    cohorts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    start_is_untold: bool = False
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    changes: bool = True
    outlines: tuple[SheetOutline, ...] = ()

    @property
    def nothing_to_do(self) -> str:
        """Why importing would write nothing; « » when it would."""
        if not self.plans:
            return "Rien à importer : dites ce que contient une feuille au moins."
        if not self.rows:
            return f"Rien à importer : {self._why_no_row}."
        if not self.usable:
            return "Rien à importer : aucune ligne n’est utilisable."
        if self.changes:
            return ""
        if self.usable == 1:
            return "Rien à importer : la ligne est déjà connue."
        return f"Rien à importer : les {self.usable} lignes sont déjà connues."

    @property
    def _why_no_row(self) -> str:
        missing = next((field for plan in self.plans for field in plan.missing), None)
        if missing is not None:
            return f"dites quelle colonne contient « {missing.label} »"
        return "il n’y a aucune ligne sous les titres"

    @property
    def usable(self) -> int:
        """How many rows can be imported."""
        return len(self.rows) - self.count(RowStatus.UNUSABLE)

    def count(self, status: RowStatus) -> int:
        """How many rows have that status."""
        return sum(row.status is status for row in self.rows)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, row by row."""
        return tuple(problem for row in self.rows for problem in row.problems)


_MADE = {
    "group": ("groupe", "groupes"),
    "person": ("personne", "personnes"),
    "journey": ("parcours", "parcours"),
    "family": ("filière choisie", "filières choisies"),
    "disability": ("réponse RQTH", "réponses RQTH"),
    "note": ("note", "notes"),
    "equipment": ("matériel", "matériels"),
    "loan": ("prêt", "prêts"),
    "host": ("entreprise", "entreprises"),
    "contact": ("contact", "contacts"),
    "flag": ("valeur à vérifier", "valeurs à vérifier"),
}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `changed` counts rows written; 0 when everything was known already.

    `cohort_id` is None where the file holds nobody.
    """

    cohort_id: UUID | None
    preview: ImportPreview
    made: dict[str, int] = field(default_factory=dict)
    completed: int = 0

    @property
    def changed(self) -> int:
        """Rows made or completed."""
        return sum(self.made.values()) + self.completed

    @property
    def sentence(self) -> str:
        """« Ajoutés : 1 groupe, 12 personnes… » or that nothing changed."""
        if not self.changed:
            known = "Tout était déjà connu : rien n’a changé."
            return known if self.preview.usable else self.preview.nothing_to_do
        counted = [(self.made.get(what, 0), names) for what, names in _MADE.items()]
        made = [f"{count} {names[count > 1]}" for count, names in counted if count]
        told = [f"Ajoutés : {', '.join(made)}."] if made else []
        if self.completed:
            told.append(f"Fiches complétées : {self.completed}.")
        return " ".join(told)
