"""An immersion (PMSMP): the period, its convention, its signatures, its assessment."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import JSON_OR_NULL, Row, code, ref, unique_alive, words


class Placement(Row):
    """An immersion as it is being prepared: the draft of the next version of its convention.

    What was issued is frozen in `Agreement`: whoever reads a convention reads it there, by
    `usecases/placement_standing.py`; these columns hold what is being typed.
    `revising` says that a draft of the next version is open; `pattern` keeps the week as typed.
    """

    __tablename__ = "placement"
    __table_args__ = (
        Index("ix_placement_starts_on", "starts_on"),
        unique_alive("placement_number", "number"),
    )

    person_id: Mapped[UUID] = ref("person")
    journey_id: Mapped[UUID | None] = ref("journey")
    visit_id: Mapped[UUID | None] = ref("visit")
    host_id: Mapped[UUID | None] = ref("organisation")
    staff_id: Mapped[UUID | None] = ref("staff")
    support_id: Mapped[UUID | None] = ref("organisation")
    state: Mapped[str] = code(default="draft")
    state_reason: Mapped[str | None] = words(400, "Raison")
    object: Mapped[str | None] = code()
    trade: Mapped[str | None] = words(160, "Métier")
    trade_id: Mapped[UUID | None] = ref("trade")
    family_id: Mapped[UUID | None] = ref("trade_family")
    objectives: Mapped[str | None] = mapped_column(Text)
    evaluation: Mapped[str | None] = mapped_column(Text)
    tasks: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    place: Mapped[str | None] = words(300, "Lieu")
    tutor_id: Mapped[UUID | None] = ref("contact")
    tutor_name: Mapped[str | None] = words(160, "Tuteur")
    tutor_function: Mapped[str | None] = words(160, "Fonction du tuteur")
    tutor_phone: Mapped[str | None] = words(30, "Téléphone du tuteur")
    tutor_email: Mapped[str | None] = words(200, "Courriel du tuteur")
    host_signatory: Mapped[str | None] = words(160, "Signataire")
    host_signatory_function: Mapped[str | None] = words(160, "Fonction du signataire")
    insurance_attested: Mapped[bool] = mapped_column(default=False)
    situation: Mapped[str | None] = code()
    situation_detail: Mapped[str | None] = words(200, "Précision de la situation")
    ppe: Mapped[str | None] = mapped_column(Text)
    prevention: Mapped[str | None] = mapped_column(Text)
    observations: Mapped[str | None] = mapped_column(Text)
    annex: Mapped[bool] = mapped_column(default=False)
    renewal_of_id: Mapped[UUID | None] = ref("placement")
    renewal_reason: Mapped[str | None] = mapped_column(Text)
    delegation_id: Mapped[UUID | None] = ref("delegation")
    number: Mapped[str | None] = words(40, "Numéro")
    revising: Mapped[bool] = mapped_column(default=False)
    pattern: Mapped[Any | None] = mapped_column(JSON_OR_NULL)


class PlacementSlot(Row):
    """A dated half-open period of presence, in whole minutes of the local day."""

    __tablename__ = "placement_slot"

    placement_id: Mapped[UUID] = ref("placement")
    on: Mapped[date]
    start: Mapped[int]
    end: Mapped[int]


class Agreement(Row):
    """A convention as issued: numbered, frozen, one row for each version.

    `content` is the whole paper, last in the row so that nobody reads through it; what lists, rules
    and figures need of it has its own columns.
    """

    __tablename__ = "agreement"
    __table_args__ = (unique_alive("agreement_number", "number", "edition"),)

    placement_id: Mapped[UUID] = ref("placement")
    number: Mapped[str] = words(40, "Numéro")
    edition: Mapped[int] = mapped_column(default=1)
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(String(160))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    minutes: Mapped[int] = mapped_column(default=0)
    host_id: Mapped[UUID | None] = ref("organisation")
    host_name: Mapped[str | None] = mapped_column(String(200))
    host_siret: Mapped[str | None] = mapped_column(String(40))
    object: Mapped[str | None] = code()
    objectives: Mapped[str | None] = mapped_column(Text)
    trade: Mapped[str | None] = words(160, "Métier")
    renewal_of_id: Mapped[UUID | None] = ref("placement")
    accepted_warnings: Mapped[Any | None] = mapped_column(JSON_OR_NULL)
    superseded_at: Mapped[datetime | None]
    printed_at: Mapped[datetime | None]
    sent_to_asp_on: Mapped[date | None]
    filed_at: Mapped[datetime | None]
    changes: Mapped[Any | None] = mapped_column(JSON_OR_NULL, sort_order=98)
    content: Mapped[Any] = mapped_column(JSON, sort_order=99)


class Signature(Row):
    """A party's signature of an issued convention, voided by a change of substance; or of an
    avenant."""

    __tablename__ = "signature"
    __table_args__ = (
        unique_alive("signature_party", "agreement_id", "party"),
        unique_alive("signature_amendment_party", "amendment_id", "party"),
    )

    agreement_id: Mapped[UUID | None] = ref("agreement")
    amendment_id: Mapped[UUID | None] = ref("amendment")
    party: Mapped[str] = code()
    name: Mapped[str | None] = words(160, "Nom")
    signed_on: Mapped[date | None]
    voided_on: Mapped[date | None]
    attachment_id: Mapped[UUID | None] = ref("attachment")


class PlacementEvent(Row):
    """A dated change of state of an immersion, with its reason."""

    __tablename__ = "placement_event"

    placement_id: Mapped[UUID] = ref("placement")
    at: Mapped[datetime]
    state: Mapped[str] = code()
    reason: Mapped[str | None] = words(400, "Raison")
    author: Mapped[str] = mapped_column(String(160))


class Amendment(Row):
    """An avenant after signature: tutor, place, hours, dates, or an early end with real hours."""

    __tablename__ = "amendment"
    __table_args__ = (unique_alive("amendment_number", "placement_id", "number"),)

    placement_id: Mapped[UUID] = ref("placement")
    number: Mapped[int]
    on: Mapped[date]
    kind: Mapped[str] = code()
    content: Mapped[Any] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[str | None] = mapped_column(String(160))
    printed_at: Mapped[datetime | None]
    filed_at: Mapped[datetime | None]
    attachment_id: Mapped[UUID | None] = ref("attachment")


class PlacementPresence(Row):
    """Minutes really present on a day, told by the bilan: they make the AT/MP hours of a month."""

    __tablename__ = "placement_presence"
    __table_args__ = (unique_alive("placement_presence_day", "placement_id", "on"),)

    placement_id: Mapped[UUID] = ref("placement")
    on: Mapped[date]
    minutes: Mapped[int]


class Assessment(Row):
    """The bilan of an immersion."""

    __tablename__ = "assessment"
    __table_args__ = (unique_alive("assessment_placement", "placement_id"),)

    placement_id: Mapped[UUID] = ref("placement")
    held: Mapped[str] = code()
    last_day: Mapped[date | None]
    missed_minutes: Mapped[int | None]
    missed_reason: Mapped[str | None] = mapped_column(Text)
    real_minutes: Mapped[int | None]
    objectives: Mapped[Any | None] = mapped_column(JSON_OR_NULL)
    host_feedback: Mapped[str | None] = mapped_column(Text)
    person_feedback: Mapped[str | None] = mapped_column(Text)
    trade_confirmed: Mapped[str | None] = code()
    job_kind: Mapped[str | None] = code()
    job_on: Mapped[date | None]
    signed_on: Mapped[date | None]


class Accident(Row):
    """An accident during an immersion: 24 h from the host, 48 h to the CPAM.

    It holds what the declaration asks for, injuries apart.
    """

    __tablename__ = "accident"

    placement_id: Mapped[UUID] = ref("placement")
    happened_at: Mapped[datetime]
    known_at: Mapped[datetime | None]
    declared_at: Mapped[datetime | None]
    declarant: Mapped[str | None] = code()
    place: Mapped[str | None] = words(200, "Lieu")
    on_the_way: Mapped[bool] = mapped_column(default=False)
    hours_that_day: Mapped[str | None] = words(120, "Horaires du jour")
    task: Mapped[str | None] = words(300, "Tâche")
    told_by: Mapped[str | None] = words(160, "Annoncé par")
    witness: Mapped[str | None] = words(300, "Témoin")
    third_party: Mapped[str | None] = words(300, "Tiers")
    police_report: Mapped[bool | None]
    detail: Mapped[str | None] = mapped_column(Text)


class AccidentInjury(Row):
    """The injuries of an accident, as declared: health."""

    __tablename__ = "accident_injury"
    __table_args__ = (unique_alive("accident_injury_accident", "accident_id"),)

    accident_id: Mapped[UUID] = ref("accident")
    seat: Mapped[str | None] = words(200, "Siège des lésions")
    nature: Mapped[str | None] = words(200, "Nature des lésions")
    taken_to: Mapped[str | None] = words(200, "Transporté à")
    certificate_on: Mapped[date | None]
    off_work_until: Mapped[date | None]


class AccidentEvent(Row):
    """The dated log of an accident: who was told what, and when."""

    __tablename__ = "accident_event"

    accident_id: Mapped[UUID] = ref("accident")
    at: Mapped[datetime]
    kind: Mapped[str] = code()
    text: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(160))
