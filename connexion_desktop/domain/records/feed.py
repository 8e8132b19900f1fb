"""What is written on a person's page: each line has its history, and the whole feed too."""

from __future__ import annotations

from dataclasses import replace

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.records.declared import By, Measure, Part, RecordKind, Told, words_of

_NOTE = Part(
    "note",
    {
        "person_id": Told("Personne", fixed=True),
        "on": Told("Jour"),
        "text": Told("Texte"),
        "staff_id": Told("Écrite par"),
        "pinned": Told("Épinglée"),
        "imported": Told("Vient du tableau importé", fixed=True),
    },
)
_ACTION = Part(
    "action",
    {
        "person_id": Told("Personne", fixed=True),
        "journey_id": Told("Parcours", fixed=True),
        "kind": Told("Sorte", "action_kind"),
        "detail": Told("Détail"),
        "created_on": Told("Notée le", fixed=True),
        "due_on": Told("À faire le"),
        "due_minute": Told("À l’heure", measure=Measure.CLOCK),
        "owner": Told("Par qui", (("staff", "l’équipe"), ("person", "la personne"))),
        "staff_id": Told("Conseiller"),
        "organisation_id": Told("Structure"),
        "done_on": Told("Faite le"),
        "outcome": Told("Ce qui en est sorti"),
        "result": Told("Résultat", fixed=True),
        "dropped_on": Told("Abandonnée le"),
    },
)
_TALK = Part(
    "interview",
    {
        "person_id": Told("Personne", fixed=True),
        "journey_id": Told("Parcours", fixed=True),
        "on": Told("Jour"),
        "start": Told("Heure", measure=Measure.CLOCK),
        "minutes": Told("Durée", measure=Measure.DURATION),
        "kind": Told("Sorte", (("talk", "entretien"), ("phone", "appel"))),
        "staff_id": Told("Conseiller"),
        "state": Told("État", (("held", "tenu"), ("planned", "prévu"))),
    },
)
_SAID = Part("talk_note", {"text": Told("Ce qui a été dit")}, owner="interview_id", of="interview")
_MARK = Part(
    "attendance",
    {
        "meeting_id": Told("Séance", fixed=True),
        "on": Told("Jour", fixed=True),
        "half": Told("Demi-journée", words_of(Half), fixed=True),
        "mark": Told("Présence", words_of(Presence)),
        "minutes": Told("Durée", measure=Measure.DURATION),
        "late_minutes": Told("Retard", measure=Measure.DURATION),
        "justified": Told("Excusée"),
        "locked_at": Told("Envoyée", fixed=True),
    },
    owner="journey_id",
    named=("half",),
)
_REASON = Part(
    "absence_reason",
    {"reason": Told("Motif", "absence_reason")},
    owner="attendance_id",
    of="attendance",
)

NOTE = RecordKind("note", "Historique de la note", (_NOTE,))
ACTION = RecordKind("action", "Historique de l’action", (_ACTION,))
TALK = RecordKind("talk", "Historique de l’entretien", (_TALK, _SAID))
ABSENCE = RecordKind(
    "absence", "Historique des présences de ce jour", (_MARK, _REASON), By.OWNER_AND_DAY
)
FEED = RecordKind(
    "feed",
    "Historique du fil",
    (
        Part("person"),
        replace(_NOTE, owner="person_id", title="Note", named=("on",), whole=False),
        replace(_ACTION, owner="person_id", title="Action", named=("title",), whole=False),
        replace(_TALK, owner="person_id", title="Entretien", named=("on",), whole=False),
        replace(_SAID, title="Entretien", named=("interview_id",), whole=False),
    ),
)
"""Lines taken away are told here: they are no more in the feed."""
