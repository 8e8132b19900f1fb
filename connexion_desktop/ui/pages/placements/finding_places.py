"""Where what the rules find is mended: which field of the form, or the person's own page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from connexion_desktop.domain.placement_rules import Finding

_FIELD_OF = {
    "tutor.name": "tutor_name",
    "tutor.function": "tutor_function",
    "tutor.email": "tutor_email",
    "tutor.phone": "tutor_phone",
    "signatory": "host_signatory",
    "renewal.of": "renewal_of_id",
}
_OF_PERSON = (
    "person",
    "emergency",
    "residence",
    "employer",
    "permit",
    "journey",
    "representative",
    "employee",
    "beneficiary",
)

_RECORD_PARTS = {"permit": "residence", "employee": "employer", "beneficiary": "person"}

OF_HOST = "host."
"""How the fields of the host begin."""


def field_of(finding: Finding) -> str:
    """The name of the form's field that a finding is about."""
    return _FIELD_OF.get(finding.field, finding.field)


def record_field(finding: Finding) -> str:
    """The name that the person's record gives to the fact a finding is about."""
    part, _, name = field_of(finding).partition(".")
    return f"{_RECORD_PARTS.get(part, part)}.{name}"


def is_of_person(name: str) -> bool:
    """Whether it is about the person: mended in their record, here, or on their own page."""
    return name.partition(".")[0] in _OF_PERSON


def of_person(by_field: Mapping[str, Iterable[Finding]]) -> list[Finding]:
    """What is found about the person."""
    return [each for name, found in by_field.items() if is_of_person(name) for each in found]
