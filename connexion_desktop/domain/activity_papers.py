"""What the papers around an activity state: an agreement to sign, the way to a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from connexion_desktop.domain.activities import ConsentKind
from connexion_desktop.domain.convention_paper import Address, Body, Contact
from connexion_desktop.domain.french_dates import full_day


@dataclass(frozen=True, slots=True)
class ConsentPaper:
    """An agreement to be signed. `number` is that of the person's file; `is_minor` when they may be
    under 18 on that day."""

    kind: ConsentKind
    issuer: Body
    signatory: Contact
    number: str
    name: str
    group: str
    made_on: date
    is_minor: bool = False
    representative: Contact = field(default_factory=Contact)

    @property
    def file_name(self) -> str:
        """What its file is called, without its kind: it names nobody."""
        return f"{self.kind.label} {self.number}"

    @property
    def copies(self) -> tuple[str, ...]:
        """Who gets an original."""
        return ("personne", "association")


@dataclass(frozen=True, slots=True)
class RoadMap:
    """How to come to a séance that is held elsewhere: it names no participant."""

    issuer: Body
    title: str
    on: date
    hours: str
    place: str = ""
    host: str = ""
    address: Address = field(default_factory=Address)
    leader: str = ""
    phone: str = ""
    detail: str = ""

    @property
    def day(self) -> str:
        """« mardi 17 mars 2026 »."""
        return full_day(self.on)

    @property
    def file_name(self) -> str:
        """What its file is called, without its kind."""
        return f"Feuille de route {self.on.isoformat()}"

    @property
    def copies(self) -> tuple[str, ...]:
        """Who gets one: whoever comes, as many as are asked of the printer."""
        return ("participant",)
