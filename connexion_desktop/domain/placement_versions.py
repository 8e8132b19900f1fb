"""What changed between two versions of a convention, and whether it voids the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum

from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.timetable import Slot

_LABELS = {
    "prescriber": "Organisme prescripteur",
    "prescriber.delegation": "Délégation",
    "beneficiary": "Bénéficiaire",
    "beneficiary.address": "Adresse du bénéficiaire",
    "beneficiary.phone": "Téléphone du bénéficiaire",
    "beneficiary.email": "Courriel du bénéficiaire",
    "beneficiary.situation_detail": "Situation avant la période (précision)",
    "beneficiary.representative": "Représentant légal",
    "beneficiary.emergency": "Personne à prévenir",
    "beneficiary.situation": "Situation avant la période",
    "beneficiary.permit": "Titre de séjour",
    "host": "Structure d’accueil",
    "host.body.siret": "SIRET",
    "host.body.address": "Adresse de la structure d’accueil",
    "host.ape": "Code APE",
    "host.activity": "Activité de la structure d’accueil",
    "host.collective_agreement": "Convention collective",
    "host.insurance_attested": "Assurance attestée",
    "host.tutor": "Tuteur",
    "host.signatory": "Signataire de la structure d’accueil",
    "employer": "Employeur",
    "accompaniment.referent": "Conseiller référent",
    "accompaniment.body": "Structure d’accompagnement",
    "period.first_day": "Premier jour",
    "period.last_day": "Dernier jour",
    "period.slots": "Horaires",
    "period.renewal": "Renouvellement",
    "period.place": "Lieu",
    "period.purpose": "Objet",
    "period.trade": "Métier",
    "period.tasks": "Activités confiées",
    "period.objectives": "Objectifs",
    "period.evaluation": "Évaluation",
    "period.ppe": "Équipements de protection",
    "period.prevention": "Mesures de prévention",
    "period.observations": "Observations",
    "period.has_annex": "Annexe",
}

_VOIDING = (
    "prescriber.body.name",
    "beneficiary.given_name",
    "beneficiary.birth_name",
    "beneficiary.representative.name",
    "host.body.name",
    "host.body.siret",
    "host.tutor.name",
    "host.signatory.name",
    "employer.body.name",
    "employer.body.siret",
    "employer.representative.name",
    "employer.contract_suspended",
    "accompaniment.body.name",
    "period.first_day",
    "period.last_day",
    "period.slots",
    "period.place",
    "period.purpose",
    "period.tasks",
    "period.objectives",
    "period.renewal",
)

_OUTSIDE = ("number", "edition", "state", "issued_on", "issued_at")


@dataclass(frozen=True, slots=True)
class PaperChange:
    """One thing that differs; `voids` when the parties must sign again."""

    label: str
    before: str
    after: str
    voids: bool


def paper_changes(before: ConventionPaper, after: ConventionPaper) -> tuple[PaperChange, ...]:
    """What differs from one version to the next, in the form's order, one line for each label.

    Signatures are voided by a change of parties, dates, hours, place, tutor, tasks or object
    (D. 5135-2); a clerical correction voids nothing.
    """
    old, new = dict(_leaves(before)), dict(_leaves(after))
    changes: dict[str, PaperChange] = {}
    for path in dict.fromkeys((*old, *new)):
        was, now = old.get(path, ""), new.get(path, "")
        if was != now and not path.startswith(_OUTSIDE):
            change = PaperChange(_label(path), was, now, _is_under(path, _VOIDING))
            changes[change.label] = _joined(changes.get(change.label), change)
    return tuple(changes.values())


def _joined(earlier: PaperChange | None, change: PaperChange) -> PaperChange:
    if earlier is None:
        return change
    return PaperChange(
        change.label,
        _listed(earlier.before, change.before),
        _listed(earlier.after, change.after),
        earlier.voids or change.voids,
    )


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        yield path, _slots_text(tuple(slot for slot in value if isinstance(slot, Slot)))
    elif is_dataclass(value):
        for each in fields(value):
            inner = f"{path}.{each.name}" if path else each.name
            yield from _leaves(getattr(value, each.name), inner)
    else:
        yield path, _text(value)


def _text(value: object) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "oui"
        case Enum():
            return str(value.value)
        case date():
            return full_day(value)
        case _:
            return str(value)


def _slots_text(slots: tuple[Slot, ...]) -> str:
    days = ", ".join(f"{slot.on:%d/%m} {slot.text}" for slot in sorted(slots))
    return f"{hours_text(sum(slot.minutes for slot in slots))} ({days})" if slots else ""


def _is_under(path: str, prefixes: tuple[str, ...]) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}.") for prefix in prefixes)


def _label(path: str) -> str:
    while path and path not in _LABELS:
        path = path.rpartition(".")[0]
    return _LABELS.get(path, "Autre")
