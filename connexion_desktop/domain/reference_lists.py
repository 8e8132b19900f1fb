"""The reference lists that the association edits: which they are, what a line holds, what may be
done to it. A code that served is retired, never deleted: what was noted with it keeps its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.person_fields import FieldKind, FieldSpec
from connexion_desktop.domain.programme_template import ACTIVITY, AWAY
from connexion_desktop.domain.uses import Use, told_uses, total

FAMILIES = "trade_family"
"""The list that has a table of its own."""

_KEPT = "Ce qui était noté avant est gardé."
_LABEL = FieldSpec("item.label", "Libellé", longest=120, needed=True, wide=True)
_DEFINITION = FieldSpec("item.definition", "Définition", longest=1000, wide=True)
_SHORT = FieldSpec("item.short", "Nom court, où la place manque", longest=60, wide=True)
_ALIASES = FieldSpec(
    "item.aliases", "Autres noms lus à l’import, à séparer par des virgules", longest=300, wide=True
)
_LEVELS = FieldSpec(
    "item.levels",
    "Niveaux, un par ligne : de « non évalué » à « bloquant »",
    longest=1000,
    wide=True,
)
CATEGORIES = (
    ("durable", "Emploi durable"),
    ("transition", "Emploi de transition"),
    ("positive", "Sortie positive"),
    ("other", "Autre sortie"),
    ("undocumented", "Sortie non documentée"),
)
"""What an exit counts as."""

_CATEGORY = FieldSpec(
    "item.category", "Catégorie de sortie", FieldKind.CHOICE, choices=CATEGORIES, wide=True
)
LEVELS = 6
LONG_TEXTS: Mapping[str, int] = {"definition": 3, "levels": LEVELS}
"""The fields of a line that take several lines of text, and how many are seen."""


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list offered. Of one whose codes the program itself knows (`known`), the words and the
    order are the association's, its lines are not; of another it may know some lines
    (`known_codes`)."""

    name: str
    title: str
    more: tuple[FieldSpec, ...] = ()
    known: bool = False
    known_codes: frozenset[str] = frozenset()

    def knows(self, code: str) -> bool:
        """Whether the program relies on a line."""
        return self.known or code in self.known_codes

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """What is edited of a line."""
        return (_LABEL, *self.more, _DEFINITION)


LISTS = (
    ListSpec("activity", "Activités", (_SHORT, _ALIASES)),
    ListSpec(FAMILIES, "Filières", (_SHORT, _ALIASES)),
    ListSpec("obstacle", "Freins", (_SHORT, _LEVELS)),
    ListSpec("exit", "Sorties", (_CATEGORY,)),
    ListSpec("absence_reason", "Motifs d’absence"),
    ListSpec("meeting_kind", "Sortes de séances", known_codes=AWAY | {ACTIVITY}),
    ListSpec("channel", "Canaux de repérage", (_ALIASES,)),
    ListSpec("refusal", "Motifs de non-entrée"),
    ListSpec("paper", "Pièces"),
    ListSpec("action_kind", "Sortes d’actions"),
    ListSpec("public_reason", "Pourquoi « invisible »"),
    ListSpec("resources", "Ressources"),
    ListSpec("training_level", "Niveaux de formation"),
    ListSpec("french_level", "Niveaux de français", known=True),
    ListSpec("situation", "Situation avant l’immersion", known=True),
    ListSpec("nationality", "Nationalité", known=True),
    ListSpec("elsewhere", "Déjà accompagné ailleurs ?", known=True),
    ListSpec("milestone", "Jalons", known=True),
    ListSpec("organisation_role", "Rôles des structures", known=True),
    ListSpec("role", "Rôles de l’équipe", known=True),
)
"""Those offered, in their order."""

UNREAD = frozenset(
    {
        "consent",
        "contract_kind",
        "equipment_state",
        "motivation",
        "work_distance",
        "workless_band",
    }
)
"""Those shipped that no screen reads yet: changing their words would change nothing."""


def list_named(name: str) -> ListSpec:
    """The list of that name. Raises KeyError."""
    return _BY_NAME[name]


_BY_NAME = {spec.name: spec for spec in LISTS}


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line: what it holds (by the column of its fields), and where its code served."""

    id: UUID
    code: str
    values: Mapping[str, str]
    to_confirm: bool
    retired_on: date | None
    uses: tuple[Use, ...] = ()

    @property
    def label(self) -> str:
        """Its words."""
        return self.values["label"]

    @property
    def used(self) -> int:
        """How many times its code is used."""
        return total(self.uses)

    @property
    def state(self) -> str:
        """« à confirmer », « retiré le 12/03/2026 »; nothing for most."""
        if self.retired_on is not None:
            return f"retiré le {numeric_day(self.retired_on)}"
        return "à confirmer" if self.to_confirm else ""


@dataclass(frozen=True, slots=True)
class ListLines:
    """A list and its lines, in their order."""

    spec: ListSpec
    lines: tuple[ListLine, ...]


@dataclass(frozen=True, slots=True)
class AddLine:
    """One more line, at the end; `id` is made by whoever asks."""

    id: UUID
    list: str
    label: str


@dataclass(frozen=True, slots=True)
class EditLine:
    """Set one field of a line, by its column. `seen`: what was known of it."""

    list: str
    id: UUID
    column: str
    value: str
    seen: Seen | None = None


def refuse_known_line(spec: ListSpec, code: str, label: str) -> None:
    """Raise UserError where a line is one that the program knows."""
    refuse_known(spec)
    if spec.knows(code):
        raise UserError(
            f"« {label} » : le logiciel s’appuie sur cette ligne.",
            "Rien n’a changé.",
            "Vous pouvez en changer les mots, la définition et l’ordre.",
        )


def refuse_known(spec: ListSpec) -> None:
    """Raise UserError where the lines are those that the program knows."""
    if spec.known:
        raise UserError(
            f"« {spec.title} » : le logiciel s’appuie sur ces lignes.",
            "Rien n’a changé.",
            "Vous pouvez en changer les mots, la définition et l’ordre.",
        )


def refuse_used(label: str, uses: Sequence[Use]) -> None:
    """Raise UserError where a line is used: it may be retired."""
    if total(uses):
        raise UserError(
            f"« {label} » sert encore : {told_uses(uses)}.",
            "Rien n’a été supprimé.",
            "Retirez la ligne plutôt : elle reste écrite où elle sert, et n’est plus proposée.",
        )


def refuse_served(label: str) -> None:
    """Raise UserError: the history or a deleted record quotes the line."""
    raise UserError(
        f"« {label} » a servi : l’historique la cite encore.",
        "Rien n’a été supprimé.",
        "Retirez la ligne plutôt : elle n’est plus proposée, et l’historique garde ses mots.",
    )


def refuse_twin(label: str) -> None:
    """Raise UserError: another line has these words."""
    raise UserError(
        f"« {label} » est déjà dans la liste.", _KEPT, "Donnez-lui d’autres mots, ou reprenez-la."
    )


def checked_levels(text: str) -> list[str]:
    """The words of the levels of an obstacle. Raises UserError unless there are six, or none."""
    levels = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if levels and len(levels) != LEVELS:
        raise UserError(f"Il faut six lignes, de 0 à 5 ; il y en a {len(levels)}.", _KEPT)
    return levels


def checked_aliases(text: str) -> list[str]:
    """The other names, one by one."""
    return [" ".join(name.split()) for name in text.split(",") if name.strip()]


def code_for(label: str, taken: frozenset[str]) -> str:
    """A stable code from the words of a new line: « Atelier vélo » is « atelier_velo »."""
    from connexion_desktop.domain.names import fold

    letters = "".join(each if each.isascii() and each.isalnum() else "_" for each in fold(label))
    root = "_".join(part for part in letters.split("_") if part)[:34].strip("_") or "ligne"
    rank = 1
    code = root
    while code in taken:
        rank += 1
        code = f"{root}_{rank}"
    return code
