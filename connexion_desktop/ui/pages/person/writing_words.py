"""The words of the field to write, and its keys, for each kind of thing that is written."""

from __future__ import annotations

from connexion_desktop.domain.entry import Command, EntryKind

REMINDER = "Écrivez ce que la personne pourrait lire."
KEYS = {
    EntryKind.NOTE: "Alt+N",
    EntryKind.ACTION: "Alt+A",
    EntryKind.INTERVIEW: "Alt+E",
    EntryKind.ABSENCE: "Alt+B",
}
WAITING = "En attente : s’enregistrera au retour du serveur"
"""What stands under the field for what was sent while the server is out of reach."""

SAVED = {
    EntryKind.NOTE: "Note enregistrée",
    EntryKind.ACTION: "Action enregistrée",
    EntryKind.INTERVIEW: "Entretien enregistré",
    EntryKind.ABSENCE: "Absence enregistrée",
}
PLACEHOLDERS = {
    None: "Écrire une note…",
    EntryKind.NOTE: "Écrire une note…",
    EntryKind.ACTION: "Que faut-il faire, et quand ? « appeler l’EHPAD jeudi 14h »",
    EntryKind.INTERVIEW: "« 30 min au bureau : … » ou « jeudi 14h »",
    EntryKind.ABSENCE: "« lundi matin, garde d’enfants, a prévenu par SMS »",
}


def act_label(command: Command) -> str:
    """What the act that saves it is called."""
    return {
        "NewNote": "Note ajoutée",
        "NewAction": "Action ajoutée",
        "NewInterview": "Entretien ajouté",
        "NewAbsence": "Absence notée",
    }[type(command).__name__]
