"""What can be taken away, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping

from connexion_desktop.domain.history import RecordRef

DELETED_WORDS: Mapping[str, str] = {
    "person": "Personne supprimée",
    "group": "Groupe supprimé",
    "equipment": "Matériel supprimé",
    "placement": "Brouillon supprimé",
    "organisation": "Structure supprimée",
}
"""What is told of a record taken away, by its kind: the label of the act too."""


def deleted_words(ref: RecordRef) -> str:
    """« Personne supprimée »."""
    return DELETED_WORDS[ref.kind]
