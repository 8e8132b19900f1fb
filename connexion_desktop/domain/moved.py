"""What a move between a file and a server carried: in a few words, and table by table."""

from __future__ import annotations

from collections.abc import Mapping

from connexion_desktop.domain.names import fold
from connexion_desktop.domain.typography import capitalised

_THIN = "\u202f"

_KINDS = {
    "person": ("personne", "personnes"),
    "cohort": ("groupe", "groupes"),
    "journey": ("parcours", "parcours"),
    "note": ("note", "notes"),
    "action": ("action", "actions"),
    "interview": ("entretien", "entretiens"),
    "placement": ("immersion", "immersions"),
    "agreement": ("convention émise", "conventions émises"),
    "loan": ("prêt", "prêts"),
    "organisation": ("structure", "structures"),
    "attachment": ("fichier joint", "fichiers joints"),
}
"""What somebody looks for first."""

TABLES = {
    **{table: capitalised(many) for table, (_one, many) in _KINDS.items()},
    "absence_reason": "Motifs d’absence",
    "access_line": "Journal des regards",
    "accident": "Accidents",
    "accident_event": "Suites d’accidents",
    "accident_injury": "Blessures",
    "amendment": "Avenants",
    "assessment": "Bilans d’immersion",
    "association": "Association",
    "attachment_bytes": "Contenus des fichiers joints",
    "attendance": "Présences",
    "attendance_sheet": "Feuilles d’émargement",
    "audit_line": "Lignes de l’historique",
    "base_info": "Fiche de la base",
    "closure": "Fermetures",
    "cohort_access": "Accès aux groupes",
    "cohort_activity": "Activités des groupes",
    "column_mapping": "Colonnes reconnues à l’import",
    "consent": "Accords",
    "contact": "Contacts des structures",
    "counter": "Compteurs de numéros",
    "data_flag": "Valeurs à vérifier",
    "delegation": "Délégations",
    "diagnosis": "Diagnostics d’entrée",
    "document": "Pièces demandées",
    "done_command": "Actes enregistrés",
    "equipment": "Matériels",
    "equipment_event": "Vie du matériel",
    "family_choice": "Filières choisies",
    "funder_code": "Codes des financeurs",
    "import_batch": "Imports",
    "intake_step": "Étapes du repérage",
    "journey_exit": "Sorties",
    "meeting": "Séances",
    "meeting_participant": "Participants aux séances",
    "milestone": "Jalons du projet",
    "obstacle_level": "Freins",
    "organisation_role": "Rôles des structures",
    "outreach": "Actions de repérage",
    "person_allergy": "Allergies",
    "person_contact": "Proches à prévenir",
    "person_disability": "Reconnaissances de handicap",
    "person_employer": "Employeurs",
    "person_health": "Santé",
    "person_residence": "Titres de séjour",
    "person_situation": "Situations",
    "person_social": "Situations sociales",
    "placement_event": "Vie des immersions",
    "placement_presence": "Présences en immersion",
    "placement_slot": "Horaires d’immersion",
    "programme_template": "Modèles de programme",
    "project_choice": "Projets",
    "reference_item": "Lignes des listes",
    "search_token": "Mots de la recherche",
    "setting": "Réglages",
    "signature": "Signatures",
    "site": "Sites",
    "snooze": "Alertes remises à plus tard",
    "staff": "Membres de l’équipe",
    "staff_role": "Rôles de l’équipe",
    "talk_note": "Comptes rendus d’entretien",
    "target": "Objectifs",
    "trade": "Métiers",
    "trade_family": "Filières",
    "visit": "Visites",
    "visit_place": "Lieux de visite",
}  # fmt: skip
"""What each table that is moved holds."""


def summary(counts: Mapping[str, int]) -> str:
    """« 36 personnes, 3 groupes… et 4 120 autres lignes »."""
    kinds = [
        f"{_number(counts[table])} {words[counts[table] > 1]}"
        for table, words in _KINDS.items()
        if counts.get(table)
    ]
    left = sum(counts.values()) - sum(counts.get(table, 0) for table in _KINDS)
    rest = f"{_number(left)} {'autres lignes' if left > 1 else 'autre ligne'}"
    return f"{', '.join(kinds)} et {rest}" if kinds else rest


def lines(counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Each table that holds something, by its French name, and how many rows: what somebody looks
    for first, then the others in their order."""
    first = [table for table in _KINDS if counts.get(table)]
    others = sorted(
        (table for table, number in counts.items() if number and table not in _KINDS),
        key=lambda table: fold(TABLES[table]),
    )
    return tuple((TABLES[table], _number(counts[table])) for table in (*first, *others))


def _number(number: int) -> str:
    return f"{number:,}".replace(",", _THIN)
