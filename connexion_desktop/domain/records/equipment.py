"""A piece of equipment, and who had it."""

from __future__ import annotations

from dataclasses import replace

from connexion_desktop.domain.equipment import EquipmentState
from connexion_desktop.domain.records.declared import Measure, Part, RecordKind, Told, words_of
from connexion_desktop.domain.records.files import files_of

_KINDS = (
    ("computer", "ordinateur"), ("bag", "sac"), ("key", "clé"), ("phone", "téléphone"),
)  # fmt: skip

_LOAN = Part(
    "loan",
    {
        "equipment_id": Told("Matériel", fixed=True),
        "person_id": Told("Prêté à", fixed=True),
        "journey_id": Told("Parcours", fixed=True),
        "number": Told("Numéro de la convention", fixed=True),
        "lent_on": Told("Prêté le", fixed=True),
        "due_on": Told("À rendre le"),
        "returned_on": Told("Rendu le", fixed=True),
        "condition_out": Told("État au prêt"),
        "condition_in": Told("État au retour"),
        "checklist_in": Told("Points vérifiés au retour", fixed=True),
        "aim": Told("Objectif"),
        "aim_in": Told("Objectif au retour"),
        "digital_level_out": Told("Aisance numérique au prêt"),
        "digital_level_in": Told("Aisance numérique au retour"),
        "terms": Told("Termes de la convention", fixed=True),
        "signed_on": Told("Signée le", fixed=True),
    },
)

LOAN = RecordKind("loan", "Historique du prêt", (_LOAN,))
EQUIPMENT = RecordKind(
    "equipment",
    "Historique du matériel",
    (
        Part(
            "equipment",
            {
                "kind": Told("Sorte", _KINDS),
                "value_cents": Told("Valeur", measure=Measure.CENTS),
                "state": Told("Où il en est", words_of(EquipmentState), fixed=True),
                "site_id": Told("Site"),
                "bought_on": Told("Acheté le"),
            },
        ),
        replace(_LOAN, owner="equipment_id", title="Prêt", named=("person_id",), whole=False),
        Part(
            "equipment_event",
            {
                "on": Told("Jour"),
                "kind": Told("Sorte", fixed=True),
                "detail": Told("Précision"),
                "staff_id": Told("Noté par"),
            },
            owner="equipment_id",
            title="Événement",
            named=("on",),
            whole=False,
        ),
        files_of("equipment"),
    ),
)
