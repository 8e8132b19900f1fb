"""The mentions that a convention must state: one list, for the rules and for the paper.

Article D. 5135-2 of the Code du travail lists them; the notice of the Cerfa 13912 adds the
nationality, the residence permit, the number of an aided contract and the host's insurance. A
collective agreement is stated « where there is one », and the rest of the form (the civility, the
day of registration…) is of use without being obligatory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.identity import Nationality, Situation

_MENTIONS = "D. 5135-2"
_OBJECT = "L. 5135-1"
_DURATION = "D. 5135-3"
_SIGNATURE = "D. 5135-1"
_NOTICE = "notice du Cerfa 13912"


def _always(_paper: ConventionPaper) -> bool:
    return True


def _is_minor(paper: ConventionPaper) -> bool:
    return paper.beneficiary.is_minor


def _is_foreigner(paper: ConventionPaper) -> bool:
    return paper.beneficiary.nationality is Nationality.OTHER


def _is_in_another_situation(paper: ConventionPaper) -> bool:
    return paper.beneficiary.situation is Situation.OTHER


def _has_aided_contract(paper: ConventionPaper) -> bool:
    return paper.beneficiary.situation is Situation.AIDED_CONTRACT


def _is_employee(paper: ConventionPaper) -> bool:
    return paper.has_employer


def _has_host(paper: ConventionPaper) -> bool:
    return bool(paper.host.body.name.strip())


def _has_referent(paper: ConventionPaper) -> bool:
    return bool(paper.accompaniment.referent.name)


def _is_renewal(paper: ConventionPaper) -> bool:
    return paper.period.renewal is not None


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention and where it is mended.

    `path` is its place in ConventionPaper, `field` the field of the form (« host.activity ») or of
    the person's page (« person.birth_city »), `applies` tells whether a paper must state it.
    """

    path: str
    field: str
    message: str
    source: str = _MENTIONS
    applies: Callable[[ConventionPaper], bool] = _always
    or_path: str = ""
    """Another place that is enough: the country of birth for want of the town, « chez… » for want
    of a street."""

    @property
    def code(self) -> str:
        """What the finding of its absence is called."""
        return f"{self.field.replace('.', '_')}_missing"

    def is_stated(self, paper: ConventionPaper) -> bool:
        """Whether the paper says it, or need not."""
        paths = (self.path, self.or_path) if self.or_path else (self.path,)
        return not self.applies(paper) or any(_is_said(paper, path) for path in paths)


MENTIONS: tuple[Mention, ...] = (
    Mention("prescriber.body.name", "prescriber.name", "Le nom de l’association est à saisir."),
    Mention(
        "prescriber.body.address.street",
        "prescriber.address",
        "L’adresse de l’association est à saisir.",
        or_path="prescriber.body.address.extra",
    ),
    Mention(
        "prescriber.body.address.postal_code",
        "prescriber.postal_code",
        "Le code postal de l’association est à saisir.",
    ),
    Mention(
        "prescriber.body.address.city",
        "prescriber.city",
        "La commune de l’association est à saisir.",
    ),
    Mention(
        "prescriber.signatory.name",
        "prescriber.signatory_name",
        "Le nom de la personne qui signe pour l’association est à saisir.",
    ),
    Mention("beneficiary.birth_name", "person.birth_name", "Le nom de naissance est à saisir."),
    Mention("beneficiary.given_name", "person.given_name", "Le prénom est à saisir."),
    Mention("beneficiary.birth_date", "person.birth_date", "La date de naissance est à saisir."),
    Mention(
        "beneficiary.birth_city",
        "person.birth_city",
        "Le lieu de naissance est à saisir.",
        or_path="beneficiary.birth_place",
    ),
    Mention(
        "beneficiary.nationality",
        "person.nationality",
        "La nationalité (française, Union européenne, autre) est à indiquer.",
        _NOTICE,
    ),
    Mention(
        "beneficiary.permit.title",
        "residence.permit_title",
        "L’intitulé du titre de séjour est à saisir.",
        _NOTICE,
        _is_foreigner,
    ),
    Mention(
        "beneficiary.permit.number",
        "residence.permit_number",
        "Le numéro du titre de séjour est à saisir.",
        _NOTICE,
        _is_foreigner,
    ),
    Mention(
        "beneficiary.permit.expires_on",
        "residence.expires_on",
        "La date d’expiration du titre de séjour est à saisir.",
        _NOTICE,
        _is_foreigner,
    ),
    Mention(
        "beneficiary.address.street",
        "person.address",
        "L’adresse du bénéficiaire est à saisir.",
        or_path="beneficiary.address.extra",
    ),
    Mention(
        "beneficiary.address.postal_code",
        "person.postal_code",
        "Le code postal du bénéficiaire est à saisir.",
    ),
    Mention(
        "beneficiary.address.city",
        "person.city",
        "La commune du bénéficiaire est à saisir.",
    ),
    Mention(
        "beneficiary.emergency.name",
        "emergency.name",
        "La personne à prévenir en cas d’urgence est à nommer.",
    ),
    Mention(
        "beneficiary.emergency.phone",
        "emergency.phone",
        "Le téléphone de la personne à prévenir est à saisir.",
    ),
    Mention(
        "beneficiary.situation",
        "situation",
        "La situation du bénéficiaire avant l’immersion est à choisir.",
    ),
    Mention(
        "beneficiary.situation_detail",
        "situation_detail",
        "La situation « Autre » est à préciser.",
        applies=_is_in_another_situation,
    ),
    Mention(
        "employer.aided_contract_number",
        "employer.aided_contract_number",
        "Le numéro du contrat aidé est à saisir.",
        _NOTICE,
        _has_aided_contract,
    ),
    Mention(
        "beneficiary.representative.name",
        "representative.name",
        "Pour une personne mineure, le représentant légal signe : son nom est à saisir.",
        _SIGNATURE,
        _is_minor,
    ),
    Mention(
        "employer.body.name",
        "employer.name",
        "L’employeur du bénéficiaire est à nommer.",
        _SIGNATURE,
        _is_employee,
    ),
    Mention("host.body.name", "host.name", "La structure d’accueil est à choisir."),
    Mention("host.body.siret", "host.siret", "Le SIRET est à saisir.", applies=_has_host),
    Mention(
        "host.body.address.street",
        "host.address",
        "L’adresse de la structure d’accueil est à saisir.",
        applies=_has_host,
        or_path="host.body.address.extra",
    ),
    Mention(
        "host.body.address.postal_code",
        "host.postal_code",
        "Le code postal de la structure d’accueil est à saisir.",
        applies=_has_host,
    ),
    Mention(
        "host.body.address.city",
        "host.city",
        "La commune de la structure d’accueil est à saisir.",
        applies=_has_host,
    ),
    Mention(
        "host.activity",
        "host.activity",
        "L’activité principale de la structure d’accueil est à saisir.",
        applies=_has_host,
    ),
    Mention("host.tutor.name", "tutor_name", "Le nom du tuteur est à saisir."),
    Mention("host.tutor.function", "tutor_function", "La fonction du tuteur est à saisir."),
    Mention(
        "host.signatory.name",
        "host_signatory",
        "Le nom de la personne qui signe pour la structure est à saisir.",
    ),
    Mention(
        "host.insurance_attested",
        "insurance_attested",
        "L’attestation d’assurance de la structure est à demander.",
        _NOTICE,
    ),
    Mention("accompaniment.referent.name", "staff_id", "Le conseiller référent est à choisir."),
    Mention(
        "accompaniment.referent.function",
        "staff_id",
        "La fonction du conseiller référent est à saisir.",
        applies=_has_referent,
    ),
    Mention("period.first_day", "starts_on", "Le premier jour est à saisir.", _DURATION),
    Mention("period.last_day", "ends_on", "Le dernier jour est à saisir.", _DURATION),
    Mention("period.slots", "slots", "Les horaires sont à saisir."),
    Mention("period.purpose", "object", "L’objet de l’immersion est à choisir.", _OBJECT),
    Mention("period.tasks", "tasks", "Les tâches confiées sont à écrire."),
    Mention(
        "period.objectives", "objectives", "Les objectifs précis de l’immersion sont à écrire."
    ),
    Mention(
        "period.evaluation",
        "evaluation",
        "La façon dont l’immersion sera évaluée est à écrire.",
    ),
    Mention("period.ppe", "ppe", "Équipements de protection : répondre oui ou non."),
    Mention("period.prevention", "prevention", "Mesures de prévention : répondre oui ou non."),
    Mention(
        "period.renewal.of_number",
        "renewal_of_id",
        "La convention renouvelée est à désigner.",
        _DURATION,
        _is_renewal,
    ),
    Mention(
        "period.renewal.reason",
        "renewal_reason",
        "Écrivez pourquoi les objectifs n’ont pas été atteints.",
        _DURATION,
        _is_renewal,
    ),
)
"""In the order of the form."""

_OBLIGATORY = frozenset(mention.path for mention in MENTIONS)


def is_obligatory(path: str) -> bool:
    """Whether what stands there in ConventionPaper must be stated, where it applies at all."""
    return path in _OBLIGATORY


def unstated(paper: ConventionPaper) -> Iterator[Mention]:
    """The obligatory mentions that a paper does not make yet, in the form's order."""
    return (mention for mention in MENTIONS if not mention.is_stated(paper))


_ANSWERS = ("period.ppe", "period.prevention")
"""Answered by « non » too, which is an empty text."""


def _is_said(paper: ConventionPaper, path: str) -> bool:
    value: Any = paper
    for name in path.split("."):
        value = getattr(value, name) if value is not None else None
    if path in _ANSWERS:
        return value is not None
    return bool(value.strip() if isinstance(value, str) else value)
