"""What a rule says: one clear line, on one field, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from connexion_desktop.domain.typography import typeset


class Severity(StrEnum):
    """BLOCK forbids to sign; WARN lets through with a reason."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not met.

    `field` is the path of the fact it is about in PlacementFacts (« ends_on », « host.siret »), or
    the field where an obligatory mention is to be made; `missing` tells what is only not filled in
    yet from what is wrong.
    """

    code: str
    severity: Severity
    field: str
    message: str
    source: str
    missing: bool = False

    def __post_init__(self) -> None:
        message = self.message.removesuffix(".") if self.message.endswith("..") else self.message
        object.__setattr__(self, "message", typeset(message))
        object.__setattr__(self, "source", typeset(self.source))


def block(code: str, field: str, message: str, source: str) -> Finding:
    """A finding that forbids to sign."""
    return Finding(code, Severity.BLOCK, field, message, source)


def warn(code: str, field: str, message: str, source: str) -> Finding:
    """A finding to be read, that lets through."""
    return Finding(code, Severity.WARN, field, message, source)


def lacks(code: str, field: str, message: str, source: str) -> Finding:
    """Something that must be filled in before signing."""
    return Finding(code, Severity.BLOCK, field, message, source, missing=True)
