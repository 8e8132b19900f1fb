"""What is asked before an act is undone: what it takes away is much, or out of sight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from connexion_desktop.data.models import ImportBatch, Person, Row
from connexion_desktop.domain.acts import AskFirstError, Step

from .concerning import names_of, people_of
from .past_acts import Past

_PEOPLE_ASKED = 3
_TAKEN_AWAY = {
    "person": ("personne", "personnes"),
    "cohort": ("groupe", "groupes"),
    "equipment": ("matériel", "matériels"),
    "organisation": ("structure", "structures"),
    "placement": ("immersion", "immersions"),
    "note": ("note", "notes"),
}


def ask_if_much(past: Past) -> None:
    """Raise AskFirstError if undoing takes away an import, or several people."""
    left = past.left
    imported = any(isinstance(row, ImportBatch) for row in past.made)
    if imported or sum(isinstance(row, Person) for row in left) > _PEOPLE_ASKED:
        raise AskFirstError(past.id, f"Annuler : {past.label} ?{_told(left)}")


def ask_if_elsewhere(session: Session, past: Past, about: UUID | None) -> None:
    """Raise AskFirstError if the act is not about the person alone in sight."""
    people = people_of(session, past.rows.values())
    if about is None or about in {person.id for person in people}:
        return
    step = Step(past.id, past.label, names_of(people))
    raise AskFirstError(past.id, f"Votre dernier acte n’est pas sur cette page : {step.text}.")


def _told(left: Collection[Row]) -> str:
    """« Ce qu’il a ajouté sera retiré : 12 personnes, 8 matériels. »."""
    counts = Counter(row.__tablename__ for row in left)
    told = [
        f"{counts[table]} {words[counts[table] > 1]}"
        for table, words in _TAKEN_AWAY.items()
        if counts[table]
    ]
    return f" Ce qu’il a ajouté sera retiré : {', '.join(told)}." if told else ""
