"""A group, its calendar and its attendance."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import JSON_OR_NULL, Row, code, ref, unique_alive, words


class Cohort(Row):
    """One session's group of about twelve."""

    __tablename__ = "cohort"
    __table_args__ = (
        unique_alive("cohort_name", "name"),
        Index("ix_cohort_starts_on", "starts_on"),
    )

    name: Mapped[str] = words(120, "Nom")
    site_id: Mapped[UUID | None] = ref("site")
    conseiller_id: Mapped[UUID | None] = ref("staff")
    starts_on: Mapped[date]
    weeks: Mapped[int] = mapped_column(default=12)
    capacity: Mapped[int] = mapped_column(default=12)
    ends_on: Mapped[date | None]
    state: Mapped[str] = code(default="open")


class CohortActivity(Row):
    """An activity offered to a group, with its partner."""

    __tablename__ = "cohort_activity"
    __table_args__ = (unique_alive("cohort_activity", "cohort_id", "activity"),)

    cohort_id: Mapped[UUID] = ref("cohort")
    activity: Mapped[str] = code()
    partner_id: Mapped[UUID | None] = ref("organisation")
    detail: Mapped[str | None] = mapped_column(Text)


class Closure(Row):
    """Days when the office, or one site, is closed."""

    __tablename__ = "closure"

    site_id: Mapped[UUID | None] = ref("site")
    first_on: Mapped[date]
    last_on: Mapped[date]
    label: Mapped[str] = words(120, "Libellé")


class ProgrammeTemplate(Row):
    """An editable model of the twelve weeks."""

    __tablename__ = "programme_template"

    name: Mapped[str] = words(120, "Nom")
    content: Mapped[Any] = mapped_column(JSON)


class Meeting(Row):
    """A séance: a dated half-day or day, with its own participants, place and leader."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_on", "on"),)

    cohort_id: Mapped[UUID | None] = ref("cohort")
    on: Mapped[date]
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str] = code()
    title: Mapped[str] = words(200, "Titre")
    place: Mapped[str | None] = words(200, "Lieu")
    site_id: Mapped[UUID | None] = ref("site")
    leader_id: Mapped[UUID | None] = ref("staff")
    leader_name: Mapped[str | None] = words(160, "Animateur")
    partner_id: Mapped[UUID | None] = ref("organisation")
    activity: Mapped[str | None] = code()
    state: Mapped[str] = code(default="planned")
    detail: Mapped[str | None] = mapped_column(Text)


class MeetingParticipant(Row):
    """A person expected at a séance: a subset of the group, or people of several."""

    __tablename__ = "meeting_participant"
    __table_args__ = (unique_alive("meeting_participant", "meeting_id", "journey_id"),)

    meeting_id: Mapped[UUID] = ref("meeting")
    journey_id: Mapped[UUID] = ref("journey")


class Attendance(Row):
    """Presence of a person at one half-day: P, A (absent), E (excused), R (late)."""

    __tablename__ = "attendance"
    __table_args__ = (
        unique_alive("attendance_half_day", "journey_id", "on", "half", "meeting_id"),
        unique_alive(
            "attendance_half_day_alone", "journey_id", "on", "half", where="meeting_id IS NULL"
        ),
        Index("ix_attendance_on", "on"),
    )

    journey_id: Mapped[UUID] = ref("journey")
    meeting_id: Mapped[UUID | None] = ref("meeting")
    on: Mapped[date]
    half: Mapped[str] = code(2)
    mark: Mapped[str] = code(2)
    minutes: Mapped[int | None]
    late_minutes: Mapped[int | None]
    justified: Mapped[bool] = mapped_column(default=False)
    locked_at: Mapped[datetime | None]


class AbsenceReason(Row):
    """Why somebody was absent: apart from attendance, for those who may read it."""

    __tablename__ = "absence_reason"
    __table_args__ = (unique_alive("absence_reason_attendance", "attendance_id"),)

    attendance_id: Mapped[UUID] = ref("attendance")
    reason: Mapped[str | None] = code()
    detail: Mapped[str | None] = words(400, "Précision")


class AttendanceSheet(Row):
    """A printed sheet: its number, what it covers, whether the signed one came back, and the
    signatures that are not on it as it was printed."""

    __tablename__ = "attendance_sheet"
    __table_args__ = (unique_alive("attendance_sheet_number", "number", "edition"),)

    cohort_id: Mapped[UUID] = ref("cohort")
    number: Mapped[str] = words(40, "Numéro")
    edition: Mapped[int] = mapped_column(default=1)
    first_on: Mapped[date]
    last_on: Mapped[date]
    pages: Mapped[int] = mapped_column(default=1)
    content: Mapped[Any] = mapped_column(JSON)
    signed_on: Mapped[date | None]
    signatures: Mapped[Any | None] = mapped_column(JSON_OR_NULL)
    attachment_id: Mapped[UUID | None] = ref("attachment")
