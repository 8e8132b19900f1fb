"""Two files of one person made one: what differs, what is proposed, what is told of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.phones import bare_phone

Held = str | bool | int | date | ImpreciseDate | UUID | None
"""What a field holds, as it is compared; None when it is empty."""


class Side(StrEnum):
    """Which value a field keeps: that of the file kept, that of the other, or both."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that the two files tell otherwise, each value as it is read, and the side proposed.

    `joins` says what keeping both would do, in French; « » where one has to be chosen.
    """

    key: str
    section: str
    label: str
    kept: str
    other: str
    proposed: Side
    joins: str = ""

    @property
    def sides(self) -> tuple[Side, ...]:
        """What may be chosen."""
        return (Side.KEPT, Side.OTHER, *([Side.BOTH] if self.joins else []))

    def told(self, side: Side) -> str:
        """What a side says."""
        return {Side.KEPT: self.kept, Side.OTHER: self.other, Side.BOTH: self.joins}[side]


@dataclass(frozen=True, slots=True)
class Known:
    """A field on which both files agree, or that only one of them fills: nothing to choose."""

    section: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know before two files are made one; `grave`: are they one person at all?"""

    text: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class FileHead:
    """One of the two files: whose it is, and what it is told apart by."""

    id: UUID
    number: str
    name: str
    facts: str


@dataclass(frozen=True, slots=True)
class MergeView:
    """Two files side by side: the older, which is kept, and the other."""

    kept: FileHead
    other: FileHead
    differences: tuple[Difference, ...]
    known: tuple[Known, ...]
    cautions: tuple[Caution, ...]
    following: str
    """What of the other file joins the one kept: « 3 notes, 1 prêt »; « » for nothing."""

    def proposal(self) -> dict[str, Side]:
        """The side proposed for each difference."""
        return {each.key: each.proposed for each in self.differences}


@dataclass(frozen=True, slots=True)
class MergePeople:
    """Make two files one, as they were shown; a difference without its side takes that proposed."""

    view: MergeView
    today: date
    sides: Mapping[str, Side] = field(default_factory=dict)

    def side(self, key: str) -> Side:
        """The side chosen for a difference."""
        return self.sides.get(key) or self.view.proposal()[key]


_EARLIEST = frozenset({"met_on", "entered_on", "done_on", "discovered_on", "given_on"})
_PHONES = frozenset({"phone", "other_phone"})
_PRECISIONS = (Precision.YEAR, Precision.MONTH, Precision.DAY)


def is_empty(value: Held) -> bool:
    """Whether a field holds nothing; « non » is an answer."""
    return value is None or value == ""


def says_the_same(column: str, one: Held, other: Held) -> bool:
    """Whether two values of a field differ by nothing that is read: a phone by its spaces, a mail
    by its capitals."""
    if isinstance(one, str) and isinstance(other, str):
        if column in _PHONES:
            return bare_phone(one) == bare_phone(other)
        if column == "email":
            return one.strip().lower() == other.strip().lower()
        return " ".join(one.split()) == " ".join(other.split())
    return one == other


def fuller(column: str, kept: Held, other: Held) -> Side:
    """The side that tells more: what is filled, the more precise of two dates that may be one, the
    earliest first contact, « oui » of a box, the longer of two spellings; else the file kept's."""
    if is_empty(kept) or is_empty(other):
        return Side.OTHER if is_empty(kept) and not is_empty(other) else Side.KEPT
    better = False
    if isinstance(kept, ImpreciseDate) and isinstance(other, ImpreciseDate):
        ranks = [_PRECISIONS.index(each.precision) for each in (kept, other)]
        if column in _EARLIEST and kept.day != other.day:
            better = other.day < kept.day
        else:
            better = ranks[1] > ranks[0] and kept.may_be(other)
    elif isinstance(kept, date) and isinstance(other, date):
        better = column in _EARLIEST and other < kept
    elif isinstance(kept, bool) and isinstance(other, bool):
        better = other and not kept
    elif isinstance(kept, str) and isinstance(other, str):
        better = _says_more(kept, other)
    return Side.OTHER if better else Side.KEPT


def best(column: str, kept: Held, other: Held, *, joins: bool) -> Side:
    """The side proposed: both where both may be kept and neither says all that the other does."""
    if joins and isinstance(kept, str) and isinstance(other, str):
        holds = fold(other) in fold(kept) or _says_more(kept, other)
        return fuller(column, kept, other) if holds else Side.BOTH
    return fuller(column, kept, other)


def _says_more(kept: str, other: str) -> bool:
    """Whether `other` holds the words of `kept` and more, or the same with its accents."""
    ours, theirs = fold(kept), fold(other)
    if ours == theirs:
        return _marks(other) > _marks(kept)
    return f" {ours} " in f" {theirs} "


def _marks(text: str) -> int:
    """Latin letters that a hurried hand leaves out: accents, small letters. Names are printed in
    Latin letters."""
    latin = (letter for letter in text if "LATIN" in unicodedata.name(letter, ""))
    return sum(not letter.isascii() or letter.islower() for letter in latin)


def joined(kept: str, other: str) -> str:
    """Two long texts, one below the other."""
    return f"{kept.rstrip()}\n\n{other.strip()}"


FOLLOWING: Mapping[str, tuple[str, str]] = {
    "action": ("action", "actions"),
    "attachment": ("fichier", "fichiers"),
    "attendance": ("demi-journée de présence", "demi-journées de présence"),
    "consent": ("consentement", "consentements"),
    "data_flag": ("valeur importée", "valeurs importées"),
    "diagnosis": ("diagnostic d’entrée", "diagnostics d’entrée"),
    "document": ("pièce", "pièces"),
    "family_choice": ("filière", "filières"),
    "intake_step": ("étape", "étapes"),
    "interview": ("entretien", "entretiens"),
    "journey": ("parcours", "parcours"),
    "journey_exit": ("sortie", "sorties"),
    "loan": ("prêt", "prêts"),
    "meeting_participant": ("séance", "séances"),
    "milestone": ("étape du projet", "étapes du projet"),
    "note": ("note", "notes"),
    "obstacle_level": ("frein", "freins"),
    "person_allergy": ("allergie", "allergies"),
    "person_contact": ("proche", "proches"),
    "person_disability": ("reconnaissance de handicap", "reconnaissances de handicap"),
    "person_employer": ("employeur", "employeurs"),
    "person_health": ("note de santé", "notes de santé"),
    "person_residence": ("titre de séjour", "titres de séjour"),
    "person_situation": ("situation", "situations"),
    "person_social": ("situation sociale", "situations sociales"),
    "placement": ("immersion", "immersions"),
    "project_choice": ("métier envisagé", "métiers envisagés"),
    "snooze": ("rappel", "rappels"),
    "visit_place": ("visite", "visites"),
}
"""What follows a person, by table: one, and several."""


def following_text(counts: Mapping[str, int]) -> str:
    """« 3 notes, 1 prêt »."""
    told = (
        f"{counts[table]} {words[counts[table] > 1]}"
        for table, words in FOLLOWING.items()
        if counts.get(table)
    )
    return ", ".join(told)


SECTIONS: Mapping[str, str] = {
    "person": "Identité",
    "person_contact": "Proches",
    "person_disability": "Handicap reconnu",
    "person_employer": "Employeur",
    "person_health": "Santé",
    "person_residence": "Titre de séjour",
    "person_situation": "Situation avant l’immersion",
    "person_social": "Situation sociale",
    "journey": "Parcours",
    "journey_exit": "Sortie du groupe",
    "attendance": "Présences",
    "milestone": "Étapes du projet",
    "family_choice": "Filières",
    "project_choice": "Métiers envisagés",
    "visit_place": "Visites",
}
"""Where the fields of a table stand, for those that the record of a person does not place."""

LABELS: Mapping[str, str] = {
    "journey.entered_on": "Entrée dans le groupe",
    "journey.left_on": "Sortie du groupe",
    "journey_exit.on": "Sortie le",
    "journey_exit.exit": "Sortie",
    "journey_exit.detail": "Précision sur la sortie",
    "milestone.done_on": "Fait le",
    "visit_place.state": "Place",
    "visit_place.interest": "Intérêt",
}
"""The fields whose name in the history (`domain/records`) says too little beside others, or that
have none there."""
