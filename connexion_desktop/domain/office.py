"""The association as the settings show it: itself, its sites, its
delegations, its closures, its team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.person_fields import FieldKind, FieldSpec, FieldValue
from connexion_desktop.domain.placement_rules.facts import Delegation, PlacementFacts, RuleSettings
from connexion_desktop.domain.placement_rules.findings import Severity
from connexion_desktop.domain.placement_rules.frame import delegation_is_valid
from connexion_desktop.domain.uses import Use

ROLES = "staff.roles"
"""The field that holds the codes of several roles, apart by commas."""

ASSOCIATION = (
    FieldSpec("association.name", "Nom de l’association", needed=True, wide=True),
    FieldSpec("association.legal_form", "Forme juridique", longest=80),
    FieldSpec("association.siret", "SIRET", FieldKind.SIRET),
    FieldSpec("association.address", "Adresse", longest=300, wide=True),
    FieldSpec("association.postal_code", "Code postal", FieldKind.POSTAL_CODE),
    FieldSpec("association.city", "Ville", longest=120),
    FieldSpec("association.phone", "Téléphone", FieldKind.PHONE),
    FieldSpec("association.email", "Courriel", FieldKind.EMAIL),
    FieldSpec("association.signatory_name", "Signataire des conventions", longest=160),
    FieldSpec("association.signatory_function", "Fonction du signataire", longest=160),
)
SITE = (
    FieldSpec("site.name", "Nom du site", longest=120, needed=True, wide=True),
    FieldSpec("site.address", "Adresse", longest=300, wide=True),
    FieldSpec("site.postal_code", "Code postal", FieldKind.POSTAL_CODE),
    FieldSpec("site.city", "Ville", longest=120),
    FieldSpec("site.sessions", "Sessions par an", FieldKind.COUNT),
    FieldSpec("site.room", "Salle habituelle", longest=120, wide=True),
)
DELEGATION = (
    FieldSpec("delegation.reference", "Référence", longest=120, needed=True, wide=True),
    FieldSpec("delegation.body_name", "Organisme délégant", needed=True, wide=True),
    FieldSpec("delegation.body_address", "Adresse de l’organisme", longest=400, wide=True),
    FieldSpec("delegation.starts_on", "Valable du", FieldKind.DATE, needed=True),
    FieldSpec("delegation.ends_on", "au", FieldKind.DATE, needed=True),
)
CLOSURE = (
    FieldSpec("closure.label", "Nom", longest=120, needed=True, wide=True),
    FieldSpec("closure.first_on", "Premier jour", FieldKind.DATE, needed=True),
    FieldSpec("closure.last_on", "Dernier jour", FieldKind.DATE, needed=True),
    FieldSpec("closure.site_id", "Site", FieldKind.CHOICE, choices="site"),
)
STAFF = (
    FieldSpec("staff.given_name", "Prénom", longest=120, needed=True),
    FieldSpec("staff.family_name", "Nom", longest=120),
    FieldSpec(ROLES, "Rôles", wide=True),
    FieldSpec("staff.function", "Fonction, écrite sur les conventions", longest=160, wide=True),
    FieldSpec("staff.phone", "Téléphone", FieldKind.PHONE),
    FieldSpec("staff.email", "Courriel", FieldKind.EMAIL),
    FieldSpec("staff.login", "Identifiant", longest=80),
    FieldSpec("staff.left_on", "Parti le", FieldKind.DATE),
)
SPECS: Mapping[str, FieldSpec] = {
    spec.name: spec for part in (ASSOCIATION, SITE, DELEGATION, CLOSURE, STAFF) for spec in part
}
"""Every field, by « table.column »."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row as it is edited: its values by column, where it is used, what is to be said of it."""

    id: UUID
    values: Mapping[str, FieldValue]
    uses: tuple[Use, ...] = ()

    def text(self, column: str) -> str:
        """A text; nothing where it is empty."""
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    def day(self, column: str) -> date | None:
        """A day."""
        value = self.values.get(column)
        return value.day if isinstance(value, ImpreciseDate) else None


@dataclass(frozen=True, slots=True)
class Office:
    """All of it, as it stands; `roles` are their codes and words."""

    association: Record
    sites: tuple[Record, ...] = ()
    delegations: tuple[Record, ...] = ()
    closures: tuple[Record, ...] = ()
    staff: tuple[Record, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    rules: RuleSettings = field(default_factory=RuleSettings)


@dataclass(frozen=True, slots=True)
class EditRecord:
    """Set a field (« site.city ») of a row. `seen`: what was known of it, and of the fields linked
    to it."""

    id: UUID
    name: str
    value: FieldValue
    today: date
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class AddRecord:
    """One more site or member of the team, by the name; `id` is made by whoever asks."""

    id: UUID
    table: str
    name: str


def is_in_force(delegation: Record, today: date) -> bool:
    """Whether a delegation is valid on a day."""
    return _facts(delegation).is_valid_on(today)


def check_period(first: date | None, last: date | None) -> None:
    """Raise UserError where a delegation would end before it begins."""
    if first is not None and last is not None and last < first:
        raise UserError(
            "La délégation prendrait fin avant de commencer.", "Ce qui était noté avant est gardé."
        )


def delegation_remarks(office: Office, today: date) -> tuple[tuple[Severity, str], ...]:
    """What is to be said of the delegations as a whole: none, none valid today, one that ends
    soon (the rule of conventions says it), two that overlap."""
    facts = PlacementFacts(
        today=today,
        delegations=tuple(_facts(each) for each in office.delegations),
        settings=office.rules,
    )
    found = [(each.severity, each.message) for each in delegation_is_valid(facts)]
    return (*found, *((Severity.WARN, told) for told in _overlaps(office.delegations)))


def _facts(delegation: Record) -> Delegation:
    return Delegation(
        delegation.text("reference"),
        delegation.text("body_name"),
        delegation.day("starts_on") or date.min,
        delegation.day("ends_on"),
    )


def _overlaps(delegations: Sequence[Record]) -> Iterator[str]:
    ordered = sorted(delegations, key=lambda each: each.day("starts_on") or date.min)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            first, last = other.day("starts_on"), one.day("ends_on")
            if first is not None and last is not None and first <= last:
                yield (
                    f"Les délégations {one.text('reference')} et {other.text('reference')} se "
                    f"chevauchent, du {numeric_day(first)} au "
                    f"{numeric_day(min(last, other.day('ends_on') or last))}."
                )
