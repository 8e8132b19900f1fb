"""Where something of the settings is used, told in words: « 3 groupes, 41 personnes »."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connexion_desktop.domain.errors import UserError

TOLD: Mapping[str, tuple[str, str]] = {
    "absence_reason": ("absence", "absences"),
    "action": ("action", "actions"),
    "attachment": ("fichier joint", "fichiers joints"),
    "closure": ("fermeture", "fermetures"),
    "cohort": ("groupe", "groupes"),
    "cohort_access": ("remplacement", "remplacements"),
    "cohort_activity": ("activité de groupe", "activités de groupe"),
    "consent": ("accord", "accords"),
    "diagnosis": ("diagnostic", "diagnostics"),
    "document": ("pièce", "pièces"),
    "equipment": ("matériel", "matériels"),
    "equipment_event": ("événement de matériel", "événements de matériel"),
    "family_choice": ("choix de filière", "choix de filière"),
    "funder_code": ("code de financeur", "codes de financeur"),
    "intake_step": ("étape d’accueil", "étapes d’accueil"),
    "interview": ("entretien", "entretiens"),
    "journey": ("parcours", "parcours"),
    "journey_exit": ("sortie", "sorties"),
    "meeting": ("séance", "séances"),
    "milestone": ("jalon", "jalons"),
    "note": ("note", "notes"),
    "obstacle_level": ("évaluation", "évaluations"),
    "organisation_role": ("rôle de structure", "rôles de structure"),
    "outreach": ("action d’aller-vers", "actions d’aller-vers"),
    "person": ("personne", "personnes"),
    "person_employer": ("employeur", "employeurs"),
    "person_situation": ("situation", "situations"),
    "person_social": ("fiche", "fiches"),
    "placement": ("immersion", "immersions"),
    "programme_template": ("modèle de programme", "modèles de programme"),
    "snooze": ("rappel", "rappels"),
    "staff_role": ("rôle dans l’équipe", "rôles dans l’équipe"),
    "target": ("objectif", "objectifs"),
    "trade": ("métier", "métiers"),
    "visit": ("visite", "visites"),
}
"""What one row, and several, of each table that may use something are called."""


@dataclass(frozen=True, slots=True)
class Use:
    """How many rows of a table use something."""

    table: str
    count: int


def total(uses: Sequence[Use]) -> int:
    """How many rows in all."""
    return sum(use.count for use in uses)


def told_uses(uses: Sequence[Use]) -> str:
    """« 3 groupes, 41 personnes », the most first."""
    known = sorted((use for use in uses if use.count), key=lambda use: -use.count)
    return ", ".join(f"{use.count} {TOLD[use.table][use.count > 1]}" for use in known)


def refuse_in_use(name: str, uses: Sequence[Use], todo: str) -> None:
    """Raise UserError where something that cannot be retired is still used."""
    if total(uses):
        raise UserError(
            f"« {name} » sert encore : {told_uses(uses)}.", "Rien n’a été supprimé.", todo
        )
