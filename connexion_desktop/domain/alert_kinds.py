"""An alert, its kind and its colour: all that the painting of a card needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

NO_CONTACT_DAYS = 14
"""From how many days without a talk or a note a person is called again (a setting)."""


class Severity(StrEnum):
    """How much an alert presses: red is law or silence, amber the office, green a good thing."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class AlertKind(StrEnum):
    """The alerts, the most pressing first: of several, the card shows the first of this order."""

    STARTED_UNSIGNED = "started_unsigned"
    NO_CONTACT = "no_contact"
    LOAN_LATE = "loan_late"
    TO_SIGN = "to_sign"
    PAPER_TO_RENEW = "paper_to_renew"
    REPRESENTATIVE_MISSING = "representative_missing"
    ASSESSMENT_DUE = "assessment_due"
    DATA_TO_CHECK = "data_to_check"
    PLACEMENT_RUNNING = "placement_running"

    @property
    def severity(self) -> Severity:
        """Its colour."""
        return _SEVERITIES[self]


_SEVERITIES = {
    AlertKind.STARTED_UNSIGNED: Severity.RED,
    AlertKind.NO_CONTACT: Severity.RED,
    AlertKind.LOAN_LATE: Severity.RED,
    AlertKind.TO_SIGN: Severity.AMBER,
    AlertKind.PAPER_TO_RENEW: Severity.AMBER,
    AlertKind.REPRESENTATIVE_MISSING: Severity.AMBER,
    AlertKind.ASSESSMENT_DUE: Severity.AMBER,
    AlertKind.DATA_TO_CHECK: Severity.AMBER,
    AlertKind.PLACEMENT_RUNNING: Severity.GREEN,
}
ALERT_ORDER = tuple(AlertKind)


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert in a few words (« PMSMP à signer »), what one reads on pointing at it, and the
    immersion that it speaks of."""

    kind: AlertKind
    text: str
    detail: str = ""
    placement_id: UUID | None = None

    @property
    def severity(self) -> Severity:
        """Its colour."""
        return self.kind.severity

    @property
    def sentence(self) -> str:
        """Both parts, to be read out."""
        return f"{self.text} : {self.detail}" if self.detail else self.text
