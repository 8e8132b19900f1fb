"""Who somebody is, in the classes that the official form knows."""

from __future__ import annotations

from enum import StrEnum


class Civility(StrEnum):
    """Civility of a person."""

    MR = "m"
    MRS = "mme"


class Nationality(StrEnum):
    """Nationality as far as the form asks for it."""

    FRENCH = "fr"
    EUROPEAN = "eu"
    OTHER = "other"


class Situation(StrEnum):
    """The form's seven situations before the period."""

    FRANCE_TRAVAIL = "france_travail"
    MISSION_LOCALE = "mission_locale"
    CAP_EMPLOI = "cap_emploi"
    SIAE = "siae"
    AIDED_CONTRACT = "contrat_aide"
    EMPLOYEE = "salarie"
    OTHER = "autre"

    @property
    def is_employee(self) -> bool:
        """Whether an employer stands behind the person."""
        return self in {Situation.SIAE, Situation.AIDED_CONTRACT, Situation.EMPLOYEE}


class PermitKind(StrEnum):
    """What a third-country national holds."""

    RESIDENCE = "residence"
    RECEIPT = "receipt"
    TEMPORARY_PROTECTION = "temporary_protection"

    @property
    def label(self) -> str:
        """French name of the kind of permit."""
        return _PERMIT_LABELS[self]


_PERMIT_LABELS = {
    PermitKind.RESIDENCE: "Titre de séjour",
    PermitKind.RECEIPT: "Récépissé",
    PermitKind.TEMPORARY_PROTECTION: "Protection temporaire",
}
