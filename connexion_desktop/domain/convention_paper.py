"""What a PMSMP convention states: the frozen values handed to the papers.

Every field of the State's form (Cerfa 13912) and of D.5135-2 of the Code du travail has its place
here. Codes are those of the reference lists. Texts are as the office typed them; an empty one is
left blank on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from connexion_desktop.domain.identity import Civility, Nationality, Situation
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.placement import (
    Party,
    PlacementObject,
    PlacementState,
    required_parties,
)
from connexion_desktop.domain.timetable import Slot


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address."""

    street: str = ""
    extra: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "France"


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone and how to reach them; `function` is also the bond with the person."""

    name: str = ""
    function: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation as the form describes one."""

    name: str = ""
    legal_form: str = ""
    siret: str = ""
    address: Address = field(default_factory=Address)
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Delegation:
    """The agreement that makes an association a prescriber (L.5135-2, 5°)."""

    reference: str
    body_name: str
    body_address: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Prescriber:
    """Who prescribes the period."""

    body: Body
    delegation: Delegation | None = None
    signatory: Contact = field(default_factory=Contact)


@dataclass(frozen=True, slots=True)
class Permit:
    """Residence permit of a third-country national."""

    title: str = ""
    number: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """The person; `is_minor` when they may be under 18 at the signature, or on the first day."""

    given_name: str = ""
    birth_name: str = ""
    used_name: str = ""
    civility: Civility | None = None
    birth_date: ImpreciseDate | None = None
    birth_city: str = ""
    birth_place: str = ""
    nationality: Nationality | None = None
    permit: Permit = field(default_factory=Permit)
    rqth: bool = False
    aah: bool = False
    other_disability: bool = False
    address: Address = field(default_factory=Address)
    phone: str = ""
    email: str = ""
    emergency: Contact = field(default_factory=Contact)
    situation: Situation | None = None
    situation_detail: str = ""
    jobseeker_number: str = ""
    registered_on: date | None = None
    is_minor: bool = False
    representative: Contact = field(default_factory=Contact)

    @property
    def full_name(self) -> str:
        """Given name, then the name in use."""
        return f"{self.given_name} {self.used_name or self.birth_name}".strip()


@dataclass(frozen=True, slots=True)
class Employer:
    """The employer of a beneficiary who is an employee (D.5135-1)."""

    body: Body = field(default_factory=Body)
    representative: Contact = field(default_factory=Contact)
    contract_suspended: bool | None = None
    aided_contract_number: str = ""
    aided_contract_renewal: str = ""
    aided_contract_amendment: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """The structure d'accueil, who answers for the person there and who signs."""

    body: Body = field(default_factory=Body)
    ape: str = ""
    activity: str = ""
    collective_agreement: str = ""
    tutor: Contact = field(default_factory=Contact)
    signatory: Contact = field(default_factory=Contact)
    insurance_attested: bool = False


@dataclass(frozen=True, slots=True)
class Accompaniment:
    """The accompanying body (None: the prescriber itself) and the conseiller référent."""

    referent: Contact = field(default_factory=Contact)
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """The first convention and why its goals were not reached (D.5135-3)."""

    of_number: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """When, where, what for and how it is judged; `place` only when not at the host's address.

    `ppe` and `prevention`: None while nobody answered, empty for « Non », else what is provided.
    """

    first_day: date | None = None
    last_day: date | None = None
    slots: tuple[Slot, ...] = ()
    renewal: Renewal | None = None
    place: str = ""
    purpose: PlacementObject | None = None
    trade: str = ""
    tasks: str = ""
    objectives: str = ""
    evaluation: str = ""
    has_annex: bool = False
    ppe: str | None = None
    prevention: str | None = None
    observations: str = ""

    @property
    def minutes(self) -> int:
        """Total presence, in minutes."""
        return sum(slot.minutes for slot in self.slots)


@dataclass(frozen=True, slots=True)
class ConventionPaper:
    """A whole convention, ready to be drawn.

    `number` is `BROUILLON-…` on a draft; `superseded` when a later edition replaced this one.
    """

    number: str
    prescriber: Prescriber
    beneficiary: Beneficiary
    host: Host
    accompaniment: Accompaniment
    period: Period
    employer: Employer | None = None
    edition: int = 1
    state: PlacementState = PlacementState.DRAFT
    superseded: bool = False
    issued_on: date | None = None
    issued_at: str = ""

    @property
    def file_name(self) -> str:
        """What its file is called, without its kind."""
        return self.number

    @property
    def has_employer(self) -> bool:
        """Whether the beneficiary is an employee, as told by the situation or the employer."""
        situation = self.beneficiary.situation
        return self.employer is not None or (situation is not None and situation.is_employee)

    @property
    def employer_signs(self) -> bool:
        """An employer signs too, unless the contract is suspended (D.5135-1)."""
        suspended = self.employer is not None and self.employer.contract_suspended is True
        return self.has_employer and not suspended

    @property
    def copies(self) -> tuple[str, ...]:
        """Who gets an original: each party, the ASP for a contrat aidé only; six at most."""
        minor = self.beneficiary.is_minor
        copies = ["bénéficiaire ou représentant légal" if minor else "bénéficiaire"]
        if self.employer_signs:
            copies.append("employeur")
        copies += ["structure d’accueil", "organisme prescripteur"]
        if self.accompaniment.body is not None:
            copies.append("structure d’accompagnement")
        if self.beneficiary.situation is Situation.AIDED_CONTRACT:
            copies.append("Agence de services et de paiement (ASP)")
        return tuple(copies)

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who signs, in the form's order."""
        return required_parties(
            minor=self.beneficiary.is_minor,
            employer_signs=self.employer_signs,
            separate_support=self.accompaniment.body is not None,
        )
