"""A séance, and who is expected there."""

from __future__ import annotations

from connexion_desktop.domain.meetings import MeetingState
from connexion_desktop.domain.records.declared import Measure, Part, RecordKind, Told, words_of

MEETING = RecordKind(
    "meeting",
    "Historique de la séance",
    (
        Part(
            "meeting",
            {
                "cohort_id": Told("Groupe", fixed=True),
                "on": Told("Jour"),
                "start": Told("Début", measure=Measure.CLOCK, together=("end",)),
                "end": Told("Fin", measure=Measure.CLOCK, together=("start",)),
                "kind": Told("Sorte", "meeting_kind"),
                "site_id": Told("Site"),
                "leader_id": Told("Animée par", together=("leader_name",)),
                "leader_name": Told("Animée par (invité)", together=("leader_id",)),
                "partner_id": Told("Partenaire"),
                "activity": Told("Activité", "activity"),
                "state": Told("État", words_of(MeetingState)),
                "detail": Told("Précisions"),
            },
        ),
        Part(
            "meeting_participant",
            {"journey_id": Told("Participant", fixed=True)},
            owner="meeting_id",
            title="Attendu",
            named=("journey_id",),
        ),
    ),
)
