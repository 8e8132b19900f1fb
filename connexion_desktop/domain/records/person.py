"""A person: the fields of their sheet, and what stands beside."""

from __future__ import annotations

from dataclasses import replace

from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.person_fields import FIELDS, SECTIONS, FieldKind
from connexion_desktop.domain.records.declared import Part, RecordKind, Told, words_of
from connexion_desktop.domain.records.files import files_of

_TOGETHER = {
    "person.birth_date": ("birth_precision",),
    "person.met_on": ("met_precision",),
}
_STATES = (("asked", "demandée"), ("received", "reçue"), ("checked", "vérifiée"))


def _fields(part: str) -> dict[str, Told]:
    """What the sheet says of its own fields."""
    return {
        spec.column: Told(
            spec.label,
            spec.choices if spec.kind is FieldKind.CHOICE else (),
            together=_TOGETHER.get(spec.name, ()),
        )
        for spec in FIELDS.values()
        if spec.table == part
    }


def _titles() -> dict[str, str]:
    return {spec.table: section.title for section in SECTIONS for spec in section.fields}


_TITLES = _titles()


def _beside(table: str, part: str, **more: Told) -> Part:
    return Part(table, _fields(part) | more, owner="person_id", title=_TITLES[part], named=())


_RELATIVE = Part("person_contact", owner="person_id", silent=frozenset({"kind"}))

PERSON = RecordKind(
    "person",
    "Historique de la fiche",
    (
        Part(
            "person",
            _fields("person")
            | {
                "number": Told("Numéro", fixed=True),
                "state": Told("Où en est-on", words_of(PersonState), fixed=True),
                "site_id": Told("Site"),
                "referent_id": Told("Conseiller référent"),
            },
            silent=frozenset({"birth_precision", "met_precision"}),
        ),
        *(
            replace(_RELATIVE, columns=_fields(kind), title=_TITLES[kind], only=("kind", kind))
            for kind in ("emergency", "representative")
        ),
        _beside("person_disability", "disability"),
        _beside("person_residence", "residence"),
        _beside("person_situation", "situation"),
        _beside(
            "person_social",
            "social",
            workless_since=Told("Sans emploi depuis"),
            workless_band=Told("Durée sans emploi", "workless_band"),
            single_parent=Told("Parent isolé"),
            dependent_children=Told("Enfants à charge"),
            stable_housing=Told("Logement stable"),
            priority_district=Told("Quartier prioritaire"),
            driving_licence=Told("Permis de conduire"),
        ),
        _beside("person_employer", "employer", contract_kind=Told("Contrat", "contract_kind")),
        Part(
            "person_health",
            {"work_impact": Told("Effet sur le travail")},
            owner="person_id",
            title="Santé",
            secret=True,
            whole=False,
        ),
        Part(
            "person_allergy",
            {"text": Told("Allergie")},
            owner="person_id",
            title="Allergies",
            secret=True,
            whole=False,
        ),
        Part(
            "consent",
            {
                "kind": Told("Accord", "consent", fixed=True),
                "given_on": Told("Donné le"),
                "revoked_on": Told("Repris le"),
                "detail": Told("Précision"),
            },
            owner="person_id",
            title="Accord",
            named=("kind",),
            whole=False,
        ),
        Part(
            "intake_step",
            {
                "kind": Told("Étape", words_of(PersonState), fixed=True),
                "on": Told("Jour"),
                "site_id": Told("Site"),
                "outreach_id": Told("Action d’aller-vers", fixed=True),
                "meeting_id": Told("Réunion", fixed=True),
                "cohort_id": Told("Groupe", fixed=True),
                "outcome": Told("Suite", fixed=True),
                "refusal_reason": Told("Raison", "refusal", fixed=True),
                "detail": Told("Précision"),
            },
            owner="person_id",
            title="Étape",
            named=("kind",),
            whole=False,
        ),
        Part(
            "document",
            {
                "kind": Told("Pièce", "paper", fixed=True),
                "state": Told("État", _STATES),
                "asked_on": Told("Demandée le"),
                "received_on": Told("Reçue le"),
                "checked_on": Told("Vérifiée le"),
                "expires_on": Told("Valable jusqu’au"),
                "attachment_id": Told("Fichier", fixed=True),
            },
            owner="person_id",
            title="Pièce",
            named=("kind",),
            whole=False,
        ),
        files_of("person"),
    ),
)
