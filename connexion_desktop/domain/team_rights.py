"""Who may do what in the team, and until when: roles, and replacements for a leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day

ROLE, REPLACEMENT = "staff_role", "cohort_access"
"""The tables that hold them."""


@dataclass(frozen=True, slots=True)
class Right:
    """A role (« Conseiller · Bordeaux · jusqu’au 30/06/2026 ») or a replacement, of a member."""

    id: UUID
    table: str
    staff_id: UUID
    told: str


@dataclass(frozen=True, slots=True)
class TeamRights:
    """What everybody holds that is not over; the roles (by code), the sites and the groups that may
    be given."""

    rights: tuple[Right, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    sites: tuple[tuple[UUID, str], ...] = ()
    groups: tuple[tuple[UUID, str], ...] = ()
    conseillers: tuple[tuple[UUID, UUID], ...] = ()
    """Whose each group is, where it is somebody's: (group, member)."""

    def replaceable_by(self, staff_id: UUID) -> tuple[tuple[UUID, str], ...]:
        """The groups that a member may take over: all but their own."""
        own = {group for group, conseiller in self.conseillers if conseiller == staff_id}
        return tuple(group for group in self.groups if group[0] not in own)

    def of(self, staff_id: UUID) -> tuple[Right, ...]:
        """What a member holds."""
        return tuple(right for right in self.rights if right.staff_id == staff_id)


@dataclass(frozen=True, slots=True)
class GiveRole:
    """A role, at one site or at all, from a day to another; without days, always."""

    id: UUID
    staff_id: UUID
    role: str
    site_id: UUID | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Replace:
    """A member has the rights of a conseiller on a group from a day to another, for a leave."""

    id: UUID
    staff_id: UUID
    cohort_id: UUID
    starts_on: date
    ends_on: date | None


def check_days(first: date | None, last: date | None) -> None:
    """Raise UserError where it would end before it begins."""
    if first is not None and last is not None and last < first:
        raise UserError("La fin vient avant le début.", "Rien n’a été enregistré.")


def told_days(first: date | None, last: date | None) -> str:
    """« du 01/06/2026 au 30/06/2026 », « jusqu’au 30/06/2026 »; « » for always."""
    if first is not None and last is not None:
        return f"du {numeric_day(first)} au {numeric_day(last)}"
    if first is not None:
        return f"à partir du {numeric_day(first)}"
    return f"jusqu’au {numeric_day(last)}" if last is not None else ""
