"""An immersion: what is being prepared, its hours, and what became of its convention."""

from __future__ import annotations

from connexion_desktop.domain.placement import Party, PlacementObject, PlacementState
from connexion_desktop.domain.records.declared import Measure, Part, RecordKind, Told, words_of
from connexion_desktop.domain.records.files import files_of

_STATES = words_of(PlacementState)

PLACEMENT = RecordKind(
    "placement",
    "Historique de l’immersion",
    (
        Part(
            "placement",
            {
                "person_id": Told("Personne", fixed=True),
                "journey_id": Told("Parcours", fixed=True),
                "visit_id": Told("Visite", fixed=True),
                "host_id": Told("Structure d’accueil"),
                "staff_id": Told("Conseiller"),
                "support_id": Told("Structure d’accompagnement"),
                "state": Told("Où en est la convention", _STATES, fixed=True),
                "state_reason": Told("Raison", fixed=True),
                "object": Told("Objet", words_of(PlacementObject)),
                "trade_id": Told("Métier du répertoire"),
                "family_id": Told("Filière"),
                "objectives": Told("Objectifs"),
                "evaluation": Told("Modalités d’évaluation"),
                "tasks": Told("Tâches"),
                "starts_on": Told("Premier jour"),
                "ends_on": Told("Dernier jour"),
                "tutor_id": Told("Tuteur choisi"),
                "insurance_attested": Told("Assurance attestée"),
                "situation": Told("Situation", "situation"),
                "ppe": Told("Équipements de protection"),
                "prevention": Told("Prévention"),
                "observations": Told("Observations"),
                "annex": Told("Annexe"),
                "renewal_of_id": Told("Renouvelle"),
                "renewal_reason": Told("Raison du renouvellement"),
                "delegation_id": Told("Convention de délégation"),
                "number": Told("Numéro", fixed=True),
                "revising": Told("Nouvelle version en préparation", fixed=True),
            },
            silent=frozenset({"pattern"}),
        ),
        Part(
            "placement_slot",
            {
                "on": Told("Jour"),
                "start": Told("De", measure=Measure.CLOCK),
                "end": Told("À", measure=Measure.CLOCK),
            },
            owner="placement_id",
            title="Horaires",
            summed=True,
        ),
        Part(
            "agreement",
            {
                "number": Told("Numéro", fixed=True),
                "edition": Told("Version", fixed=True),
                "starts_on": Told("Premier jour", fixed=True),
                "ends_on": Told("Dernier jour", fixed=True),
                "minutes": Told("Heures", measure=Measure.DURATION, fixed=True),
                "superseded_at": Told("Remplacée le", fixed=True),
                "printed_at": Told("Imprimée le", fixed=True),
                "sent_to_asp_on": Told("Envoyée à l’ASP le", fixed=True),
                "filed_at": Told("Classée le", fixed=True),
            },
            owner="placement_id",
            title="Convention",
            named=("number", "edition"),
            silent=frozenset(
                {
                    "accepted_warnings", "changes", "content", "host_id", "host_name",
                    "host_siret", "issued_at", "issued_by", "object", "objectives",
                    "renewal_of_id", "trade",
                }
            ),
            whole=False,
        ),
        Part(
            "signature",
            {
                "amendment_id": Told("Avenant", fixed=True),
                "party": Told("Partie", words_of(Party), fixed=True),
                "name": Told("Nom", fixed=True),
                "signed_on": Told("Signée le", fixed=True),
                "voided_on": Told("Annulée le", fixed=True),
                "attachment_id": Told("Exemplaire signé", fixed=True),
            },
            owner="agreement_id",
            of="agreement",
            title="Signature",
            named=("party",),
            whole=False,
        ),
        Part(
            "placement_event",
            {
                "at": Told("Instant", fixed=True),
                "state": Told("Où en est la convention", _STATES, fixed=True),
                "reason": Told("Raison", fixed=True),
            },
            owner="placement_id",
            title="Étape",
            named=("state",),
            silent=frozenset({"author"}),
            whole=False,
        ),
        Part(
            "placement_presence",
            {
                "on": Told("Jour", fixed=True),
                "minutes": Told("Présence", measure=Measure.DURATION),
            },
            owner="placement_id",
            title="Présence",
            named=("on",),
            whole=False,
        ),
        Part(
            "assessment",
            {
                "held": Told(
                    "A eu lieu",
                    (("done", "en entier"), ("partly", "en partie"), ("never", "pas du tout")),
                ),
                "last_day": Told("Dernier jour"),
                "missed_minutes": Told("Heures manquées", measure=Measure.DURATION),
                "missed_reason": Told("Pourquoi"),
                "real_minutes": Told("Heures faites", measure=Measure.DURATION),
                "objectives": Told("Objectifs atteints", fixed=True),
                "host_feedback": Told("Retour de la structure"),
                "person_feedback": Told("Retour de la personne"),
                "trade_confirmed": Told("Métier confirmé", fixed=True),
                "job_kind": Told("Emploi proposé", "contract_kind"),
                "job_on": Told("Emploi à partir du"),
                "signed_on": Told("Signé le", fixed=True),
            },
            owner="placement_id",
            title="Bilan",
            whole=False,
        ),
        files_of("placement"),
    ),
)  # fmt: skip
