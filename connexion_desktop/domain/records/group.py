"""A group with its entries and exits; a journey with all that fills it."""

from __future__ import annotations

from dataclasses import replace

from connexion_desktop.domain.person_file import ProjectState
from connexion_desktop.domain.records.declared import Part, RecordKind, Told, words_of

_STAGES = (("entry", "à l’entrée"), ("follow_up", "pendant le parcours"))
_STATES = (("open", "en cours"), ("closed", "terminé"))

_JOURNEY = Part(
    "journey",
    {
        "person_id": Told("Personne", fixed=True),
        "cohort_id": Told("Groupe", fixed=True),
        "entered_on": Told("Entrée"),
        "left_on": Told("Sortie", fixed=True),
        "activity": Told("Activité", "activity"),
        "extended_to": Told("Prolongation jusqu’au"),
    },
)
_EXIT = Part(
    "journey_exit",
    {
        "on": Told("Jour", fixed=True),
        "exit": Told("Comment", "exit"),
        "contract_kind": Told("Contrat", "contract_kind"),
        "contract_months": Told("Mois de contrat"),
        "detail": Told("Précision"),
        "six_month_exit": Told("Situation à six mois", "exit"),
        "six_month_on": Told("Situation à six mois, connue le"),
    },
    owner="journey_id",
    of="journey",
    title="Sortie",
    named=("journey_id",),
    whole=False,
)

JOURNEY = RecordKind(
    "journey",
    "Historique du parcours",
    (
        _JOURNEY,
        replace(_EXIT, named=()),
        Part(
            "obstacle_level",
            {
                "theme": Told("Frein", "obstacle", fixed=True),
                "level": Told("Niveau"),
                "on": Told("Jour", fixed=True),
                "stage": Told("Moment", _STAGES, fixed=True),
            },
            owner="journey_id",
            title="Frein",
            named=("theme",),
        ),
        Part(
            "project_choice",
            {
                "rank": Told("Rang", fixed=True),
                "trade_id": Told("Métier du répertoire"),
                "label": Told("Métier", together=("trade_id",)),
                "state": Told("État", words_of(ProjectState)),
            },
            owner="journey_id",
            title="Choix",
            named=("rank",),
        ),
        Part(
            "family_choice",
            {
                "family_id": Told("Filière", fixed=True),
                "rank": Told("Rang"),
                "discovered_on": Told("Découverte le"),
                "interest": Told("Intérêt"),
            },
            owner="journey_id",
            title="Filière",
            named=("family_id", "other_label"),
        ),
        Part(
            "milestone",
            {
                "kind": Told("Étape", "milestone", fixed=True),
                "done_on": Told("Faite le"),
            },
            owner="journey_id",
            title="Étape",
            named=("kind",),
        ),
    ),
)
GROUP = RecordKind(
    "group",
    "Historique du groupe",
    (
        Part(
            "cohort",
            {
                "site_id": Told("Site"),
                "conseiller_id": Told("Conseiller"),
                "starts_on": Told("Premier jour"),
                "weeks": Told("Semaines"),
                "capacity": Told("Places"),
                "ends_on": Told("Dernier jour", fixed=True),
                "state": Told("État", _STATES, fixed=True),
            },
        ),
        replace(_JOURNEY, owner="cohort_id", named=("person_id",), whole=False),
        _EXIT,
        Part(
            "cohort_activity",
            {
                "activity": Told("Activité", "activity", fixed=True),
                "partner_id": Told("Partenaire"),
                "detail": Told("Précision"),
            },
            owner="cohort_id",
            title="Activité",
            named=("activity",),
        ),
    ),
)
