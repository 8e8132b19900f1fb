"""Every field of a person that is edited in place: its name, its words, what it may hold.

A name is « table.column » of the person's own row or of a satellite's; the use case writes nothing
outside this list. All that the State's convention form asks of a beneficiary is here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import may_be_minor
from connexion_desktop.domain.identity import Civility, Nationality, PermitKind, Situation
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.levels import YesNo
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.typed_dates import DatePurpose

FieldValue = str | ImpreciseDate | None
"""Texts and codes as they are typed or chosen; dates with their precision; None when empty."""

_KEPT = "Ce qui était noté avant est gardé."
_MOST = 99


class FieldKind(StrEnum):
    """How a field is edited and checked."""

    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    YES_NO_OR_UNKNOWN = "yes_no_or_unknown"
    DATE = "date"
    IMPRECISE = "imprecise"
    PHONE = "phone"
    EMAIL = "email"
    POSTAL_CODE = "postal_code"
    SIRET = "siret"
    COUNT = "count"


class ShownWhen(StrEnum):
    """The condition under which a section is of use."""

    ALWAYS = "always"
    FOREIGNER = "foreigner"
    MINOR = "minor"
    EMPLOYEE = "employee"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field; `choices` names a reference list or holds the (code, words) themselves."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    longest: int = 200
    choices: str | tuple[tuple[str, str], ...] = ()
    purpose: DatePurpose = DatePurpose.EVENT
    needed: bool = False
    wide: bool = False

    @property
    def table(self) -> str:
        """The part of the person it belongs to: person, residence, emergency…"""
        return self.name.partition(".")[0]

    @property
    def column(self) -> str:
        """Its column there."""
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    title: str
    fields: tuple[FieldSpec, ...]
    shown: ShownWhen = ShownWhen.ALWAYS
    hint: str = ""


CIVILITIES = ((Civility.MRS.value, "Madame"), (Civility.MR.value, "Monsieur"))
_YES_NO = (("no", "Non"), ("yes", "Oui"))
_ASKED = tuple((each.value, each.label.capitalize()) for each in YesNo)
_PERMITS = tuple((each.value, each.label) for each in PermitKind)
_PUBLICS = (("visible", "Visible"), ("invisible", "Invisible"))


def _choice(
    name: str, label: str, choices: str | tuple[tuple[str, str], ...], *, wide: bool = False
) -> FieldSpec:
    return FieldSpec(name, label, FieldKind.CHOICE, choices=choices, wide=wide)


def _relative(table: str) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(f"{table}.name", "Nom", longest=160),
        FieldSpec(f"{table}.relation", "Lien avec la personne", longest=80),
        FieldSpec(f"{table}.phone", "Téléphone", FieldKind.PHONE),
        FieldSpec(f"{table}.email", "Courriel", FieldKind.EMAIL),
    )


SECTIONS = (
    Section(
        "Identité",
        (
            _choice("person.civility", "Civilité", CIVILITIES),
            FieldSpec("person.given_name", "Prénom", longest=120, needed=True),
            FieldSpec("person.family_name", "Nom d’usage", longest=120),
            FieldSpec("person.birth_name", "Nom de naissance", longest=120),
            FieldSpec("person.native_name", "Nom dans son écriture"),
            FieldSpec(
                "person.birth_date", "Date de naissance", FieldKind.IMPRECISE,
                purpose=DatePurpose.BIRTH,
            ),
            FieldSpec("person.birth_city", "Ville de naissance", longest=120),
            FieldSpec("person.birth_place", "Département ou pays de naissance", longest=120),
            _choice("person.nationality", "Nationalité", "nationality"),
        ),
    ),
    Section(
        "Titre de séjour",
        (
            FieldSpec("residence.permit_title", "Intitulé du titre", longest=160),
            _choice("residence.permit_kind", "Nature du titre", _PERMITS),
            FieldSpec("residence.permit_number", "Numéro", longest=60),
            FieldSpec(
                "residence.expires_on", "Valable jusqu’au", FieldKind.DATE,
                purpose=DatePurpose.EVENT,
            ),
        ),
        ShownWhen.FOREIGNER,
    ),
    Section(
        "Coordonnées",
        (
            FieldSpec("person.phone", "Téléphone", FieldKind.PHONE),
            FieldSpec("person.other_phone", "Autre téléphone", FieldKind.PHONE),
            FieldSpec("person.email", "Courriel", FieldKind.EMAIL),
            FieldSpec("person.address", "Adresse", longest=300, wide=True),
            FieldSpec("person.address_extra", "Complément (bâtiment, chez…)"),
            FieldSpec("person.postal_code", "Code postal", FieldKind.POSTAL_CODE),
            FieldSpec("person.city", "Ville", longest=120),
            FieldSpec("person.country", "Pays", longest=80),
        ),
    ),
    Section("Personne à prévenir", _relative("emergency")),
    Section(
        "Représentant légal",
        (*_relative("representative"), FieldSpec("representative.address", "Adresse", longest=300)),
        ShownWhen.MINOR,
        "Mineur : le représentant légal signe chaque convention.",
    ),
    Section(
        "Handicap reconnu",
        (
            _choice("disability.rqth", "RQTH", _ASKED),
            FieldSpec("disability.rqth_until", "RQTH jusqu’au", FieldKind.DATE),
            FieldSpec("disability.aah", "AAH", FieldKind.YES_NO, choices=_YES_NO),
            FieldSpec(
                "disability.other", "Autre reconnaissance", FieldKind.YES_NO, choices=_YES_NO
            ),
        ),
        hint="Seulement les cases que la convention imprime ; jamais de diagnostic.",
    ),
    Section(
        "Situation avant l’immersion",
        (
            _choice("situation.situation", "Situation", "situation", wide=True),
            FieldSpec("situation.situation_detail", "Précision"),
            FieldSpec("situation.jobseeker_number", "Identifiant France Travail", longest=20),
            FieldSpec("situation.registered_on", "Inscription le", FieldKind.DATE,
                      purpose=DatePurpose.PAST),
        ),
    ),
    Section(
        "Ressources et formation",
        (
            _choice("social.resources", "Ressources", "resources"),
            _choice("social.training_level", "Niveau de formation", "training_level"),
        ),
    ),
    Section(
        "Employeur",
        (
            FieldSpec("employer.name", "Raison sociale"),
            FieldSpec("employer.legal_form", "Forme juridique", longest=80),
            FieldSpec("employer.siret", "SIRET", FieldKind.SIRET),
            FieldSpec("employer.address", "Adresse", longest=300, wide=True),
            FieldSpec("employer.postal_code", "Code postal", FieldKind.POSTAL_CODE),
            FieldSpec("employer.city", "Ville", longest=120),
            FieldSpec("employer.phone", "Téléphone", FieldKind.PHONE),
            FieldSpec("employer.representative", "Représenté par", longest=160),
            FieldSpec("employer.representative_function", "Fonction", longest=160),
            FieldSpec("employer.aided_contract_number", "Numéro du contrat aidé", longest=40),
            FieldSpec("employer.aided_contract_renewal", "Avenant de renouvellement", longest=40),
            FieldSpec("employer.aided_contract_amendment", "Avenant de modification", longest=40),
            FieldSpec(
                "employer.contract_suspended", "Contrat suspendu", FieldKind.YES_NO_OR_UNKNOWN,
                choices=_YES_NO,
            ),
        ),
        ShownWhen.EMPLOYEE,
        "Sauf contrat suspendu, l’employeur signe la convention.",
    ),
    Section(
        "Français",
        (
            _choice("person.french_oral", "À l’oral, dit par la personne", "french_level"),
            _choice("person.french_written", "À l’écrit, dit par la personne", "french_level"),
            _choice("person.french_observed", "Observé par l’équipe", "french_level"),
        ),
    ),
    Section(
        "Repérage",
        (
            FieldSpec(
                "person.met_on", "Premier contact", FieldKind.IMPRECISE, purpose=DatePurpose.PAST
            ),
            _choice("person.channel", "Canal", "channel"),
            FieldSpec("person.channel_detail", "Précision"),
            _choice("person.public", "Public", _PUBLICS),
            _choice("person.public_reason", "Pourquoi « invisible »", "public_reason"),
            _choice("person.elsewhere", "Déjà accompagné ailleurs ?", "elsewhere"),
            FieldSpec("person.elsewhere_body", "Par quel organisme", longest=160),
        ),
    ),
)  # fmt: skip

FIELDS: Mapping[str, FieldSpec] = {
    spec.name: spec for section in SECTIONS for spec in section.fields
}

_CONFIDENTIAL = frozenset({"social"})
_IMPORTED_AS = {"person.french": "person.french_oral", "person.rqth": "disability.rqth"}
_ELSEWHERE_LABELS = {
    "person.activity": "Activité",
    "person.families": "Filières",
    "person.entered_on": "Entrée dans le groupe",
    "person.equipment": "Ordinateur prêté",
    "person.comment": "Commentaires",
}


def field_of_flag(table: str, column: str) -> str:
    """The field that a doubtful imported value was meant for; it may be in none of the sections."""
    name = f"{table}.{column}"
    return _IMPORTED_AS.get(name, name)


def flag_label(name: str) -> str:
    """What a doubtful value is, in words: « Date de naissance », « Filières »."""
    known = FIELDS.get(name)
    return known.label if known is not None else _ELSEWHERE_LABELS.get(name, "Autre valeur")


@dataclass(frozen=True, slots=True)
class EditField:
    """Set one field of a person; `today` dates the mending of a doubtful value. `seen`: what was
    known of it, and of the fields linked to it."""

    person_id: UUID
    name: str
    value: FieldValue
    today: date
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class FieldFlag:
    """A doubtful imported value, kept as typed until somebody mends it."""

    id: UUID
    name: str
    typed: str
    problem: str


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """All the fields of a person, the choices of their lists, and the doubtful values."""

    person_id: UUID
    values: Mapping[str, FieldValue] = field(default_factory=dict)
    choices: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    flags: tuple[FieldFlag, ...] = ()
    reserved: bool = False
    """Whether what is confidential is not for who asks, and was read as nothing."""

    @property
    def name(self) -> str:
        """« Aïssatou Diallo », as the base holds it."""
        given, family = (self.values.get(f"person.{part}_name") for part in ("given", "family"))
        return full_name(str(given or ""), str(family or ""))

    def shows(self, section: Section, today: date) -> bool:
        """Whether a section is of use for this person; one that holds something always is."""
        if self.reserved and any(spec.table in _CONFIDENTIAL for spec in section.fields):
            return False
        if section.shown is ShownWhen.ALWAYS:
            return True
        if any(self.values.get(spec.name) for spec in section.fields if not _is_no(self, spec)):
            return True
        match section.shown:
            case ShownWhen.FOREIGNER:
                return self.values.get("person.nationality") == Nationality.OTHER
            case ShownWhen.MINOR:
                birth = self.values.get("person.birth_date")
                return isinstance(birth, ImpreciseDate) and may_be_minor(birth, today)
            case ShownWhen.EMPLOYEE:
                code = self.values.get("situation.situation")
                return code in {each.value for each in Situation if each.is_employee}


def _is_no(details: PersonDetails, spec: FieldSpec) -> bool:
    return spec.kind is FieldKind.YES_NO and details.values.get(spec.name) == "no"


def checked(spec: FieldSpec, value: FieldValue) -> FieldValue:
    """The value as it is kept (a phone respelled, spaces tidied), None when empty.

    Raises UserError with what to mend.
    """
    if isinstance(value, ImpreciseDate):
        return value
    text = " ".join((value or "").split())
    if not text:
        if spec.needed:
            raise UserError(f"« {spec.label} » ne peut pas rester vide.", _KEPT)
        return None
    if len(text) > spec.longest:
        raise UserError(f"{spec.longest} signes au plus ; il y en a {len(text)}.", _KEPT)
    checker = _CHECKERS.get(spec.kind)
    return text if checker is None else checker(text)


def spelled(spec: FieldSpec, value: FieldValue) -> FieldValue:
    """The value as it would be kept; one that cannot be is left as it is."""
    try:
        return checked(spec, value)
    except UserError:
        return value


def reason_against(spec: FieldSpec, text: str) -> str | None:
    """Why a text cannot be saved in this field, in one line; None when it can."""
    try:
        checked(spec, text)
    except UserError as problem:
        return problem.what
    return None


def unsavable(typed: Mapping[str, str], today: date) -> int:
    """How many of the texts typed in fields, by their names, cannot be saved as they are."""
    return sum(
        _is_unsavable(FIELDS[name], text, today) for name, text in typed.items() if name in FIELDS
    )


def _is_unsavable(spec: FieldSpec, text: str, today: date) -> bool:
    if spec.kind not in (FieldKind.DATE, FieldKind.IMPRECISE):
        return reason_against(spec, text) is not None
    from connexion_desktop.domain.relative_dates import parse_typed_date

    found = parse_typed_date(text, spec.purpose, today)
    return bool(found.reason) or (found.date is None and bool(text.strip()))


def _checked_phone(text: str) -> str:
    from connexion_desktop.domain.phones import format_phone, read_phone

    reading = read_phone(text)
    if not reading.number or reading.doubt:
        raise UserError(reading.doubt or "Ce n’est pas un numéro de téléphone.", _KEPT)
    return format_phone(reading.number)


_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]{2,}")


def _checked_email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise UserError("Un courriel s’écrit nom@domaine.fr.", _KEPT)
    return text


def _checked_postal_code(text: str) -> str:
    bare = text.replace(" ", "")
    if not re.fullmatch(r"\d{5}|[A-Za-z]{1,2}-?[\w-]{2,7}", bare):
        raise UserError("Un code postal français compte 5 chiffres.", _KEPT)
    return bare.upper()


def _checked_siret(text: str) -> str:
    from connexion_desktop.domain.siret import bare_siret, siret_problem

    problem = siret_problem(text)
    if problem:
        raise UserError(problem, _KEPT)
    return bare_siret(text)


def _checked_count(text: str) -> str:
    if not (text.isascii() and text.isdigit()) or int(text) > _MOST:
        raise UserError(f"Il faut un nombre entier, de 0 à {_MOST}.", _KEPT)
    return str(int(text))


_CHECKERS: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.PHONE: _checked_phone,
    FieldKind.EMAIL: _checked_email,
    FieldKind.POSTAL_CODE: _checked_postal_code,
    FieldKind.SIRET: _checked_siret,
    FieldKind.COUNT: _checked_count,
}
