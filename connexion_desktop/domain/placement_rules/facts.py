"""What the rules on an immersion need to know; anything may still be missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from connexion_desktop.domain.calendar_fr import last_day_of_month_from
from connexion_desktop.domain.convention_mentions import Mention
from connexion_desktop.domain.french_dates import age_on, long_day, may_be_minor, short_day
from connexion_desktop.domain.identity import Nationality, PermitKind
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.placement import (
    LATE_WORKING_DAYS,
    PlacementObject,
    is_signed_by_minor,
)
from connexion_desktop.domain.timetable import Slot, Timetable, timetable_problems

_DAYS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Permit:
    """A residence permit."""

    title: str = ""
    number: str = ""
    expires_on: date | None = None
    kind: PermitKind = PermitKind.RESIDENCE


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; `last` is None while it is open."""

    first: date
    last: date | None = None

    def covers(self, first: date, last: date) -> bool:
        """Whether all these days are in the period."""
        return self.first <= first and (self.last is None or last <= self.last)


@dataclass(frozen=True, slots=True)
class Delegation:
    """By which a body entitled to prescribe lets the association do so. L. 5135-2, 5°."""

    reference: str
    body: str
    starts_on: date
    ends_on: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return Period(self.starts_on, self.ends_on).covers(day, day)


@dataclass(frozen=True, slots=True)
class HostFacts:
    """The host, as far as the rules judge it; whether Sundays and nights are its practice."""

    siret: str = ""
    sunday_practice: bool = False
    night_practice: bool = False


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A person of the convention and how to reach them."""

    name: str = ""
    function: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class EmployeeFacts:
    """A beneficiary who has a job; `contract_suspended` is None until someone answers."""

    contract_suspended: bool | None = None


@dataclass(frozen=True, slots=True)
class PastPlacement:
    """Another issued convention of the same beneficiary (drafts, refused, cancelled ones left out).

    `key` identifies it (its number, or its id); `renewal_of` is the key of the one it renews.
    """

    key: str
    siret: str
    object: PlacementObject | None
    objectives: str
    starts_on: date
    ends_on: date
    renewal_of: str | None = None
    slots: tuple[Slot, ...] = ()
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Renewal:
    """The convention being renewed, by its key in `past`."""

    of: str


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The values that the association sets, since their reading is to be confirmed."""

    same_number_day_included: bool = False
    max_same_host_days: int = 60
    max_same_host_placements: int = 2
    delegation_warning_months: tuple[int, ...] = (1, 3)
    late_working_days: int = LATE_WORKING_DAYS


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """A convention being typed, on the day `today`; every field but that one may be missing.

    `all_signed`: every party signed; `collective_days`: the days of the group's collective weeks;
    `unstated`: the obligatory mentions that its paper does not make yet.
    """

    today: date
    unstated: tuple[Mention, ...] = ()
    birth: ImpreciseDate | None = None
    nationality: Nationality | None = None
    permit: Permit | None = None
    journey: Period | None = None
    delegations: tuple[Delegation, ...] = ()
    object: PlacementObject | None = None
    objectives: str = ""
    tasks: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    slots: tuple[Slot, ...] = ()
    prescriber_siret: str = ""
    host: HostFacts = HostFacts()
    tutor: ContactFacts = ContactFacts()
    beneficiary: ContactFacts = ContactFacts()
    representative: ContactFacts | None = None
    signatory: str = ""
    renewal: Renewal | None = None
    past: tuple[PastPlacement, ...] = ()
    employee: EmployeeFacts | None = None
    collective_days: frozenset[date] = frozenset()
    all_signed: bool = False
    settings: RuleSettings = field(default_factory=RuleSettings)

    @property
    def timetable(self) -> Timetable | None:
        """The timetable, None while it is empty or cannot stand."""
        return None if timetable_problems(self.slots) else Timetable(self.slots)

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day, None while one is missing or they are reversed."""
        if self.starts_on is None or self.ends_on is None or self.ends_on < self.starts_on:
            return None
        return self.starts_on, self.ends_on

    @property
    def legal_last_day(self) -> date | None:
        """The last day that the legal month allows. D. 5135-3."""
        if self.starts_on is None:
            return None
        included = self.settings.same_number_day_included
        return last_day_of_month_from(self.starts_on, same_number_day_included=included)

    def age_on(self, day: date) -> int | None:
        """Age on a day by the youngest reading of the birth date, None when it is unknown."""
        return None if self.birth is None else age_on(self.birth.latest, day)

    def is_minor_on(self, day: date) -> bool:
        """Whether the beneficiary may be a minor on that day."""
        return may_be_minor(self.birth, day)

    @property
    def is_signed_by_minor(self) -> bool:
        """Whether the beneficiary may be a minor when signing, or on the first day."""
        return is_signed_by_minor(self.birth, self.today, self.starts_on)


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever their case, accents and punctuation."""
    return fold(one) == fold(other)


def day_list(days: Sequence[date]) -> str:
    """« le 3 mars 2026 », « mar. 3 mars et mer. 4 mars », « … et 3 autres jours » past five."""
    if len(days) == 1:
        return f"le {long_day(days[0])}"
    shown = [short_day(day) for day in days[:_DAYS_NAMED]]
    more = len(days) - len(shown)
    if more:
        others = "1 autre jour" if more == 1 else f"{more} autres jours"
        return f"{', '.join(shown)} et {others}"
    return f"{', '.join(shown[:-1])} et {shown[-1]}"
