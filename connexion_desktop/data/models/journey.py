"""A journey: one person in one group, from entry to exit, and all that fills it."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Row, code, ref, unique_alive, words


class Journey(Row):
    """One person's time in one group."""

    __tablename__ = "journey"
    __table_args__ = (
        unique_alive("journey_person_cohort", "person_id", "cohort_id", "entered_on"),
    )

    person_id: Mapped[UUID] = ref("person")
    cohort_id: Mapped[UUID] = ref("cohort")
    entered_on: Mapped[date]
    left_on: Mapped[date | None]
    activity: Mapped[str | None] = code()
    extended_to: Mapped[date | None]
    extension_reason: Mapped[str | None] = words(400, "Raison de la prolongation")


class JourneyExit(Row):
    """How the journey ended."""

    __tablename__ = "journey_exit"
    __table_args__ = (unique_alive("journey_exit_journey", "journey_id"),)

    journey_id: Mapped[UUID] = ref("journey")
    on: Mapped[date]
    exit: Mapped[str] = code()
    contract_kind: Mapped[str | None] = code()
    contract_months: Mapped[int | None]
    employer: Mapped[str | None] = words(200, "Employeur")
    detail: Mapped[str | None] = mapped_column(Text)
    six_month_exit: Mapped[str | None] = code()
    six_month_on: Mapped[date | None]


class Milestone(Row):
    """A milestone of the project: CV, pitch, first choice of trades, job dating."""

    __tablename__ = "milestone"
    __table_args__ = (unique_alive("milestone_kind", "journey_id", "kind"),)

    journey_id: Mapped[UUID] = ref("journey")
    kind: Mapped[str] = code()
    done_on: Mapped[date]


class FamilyChoice(Row):
    """A trade family chosen by a participant, or a discovery « hors catalogue »."""

    __tablename__ = "family_choice"
    __table_args__ = (unique_alive("family_choice_family", "journey_id", "family_id"),)

    journey_id: Mapped[UUID] = ref("journey")
    family_id: Mapped[UUID | None] = ref("trade_family")
    other_label: Mapped[str | None] = words(160, "Filière hors catalogue")
    rank: Mapped[int] = mapped_column(default=0)
    discovered_on: Mapped[date | None]
    interest: Mapped[int | None]


class ProjectChoice(Row):
    """A trade the person considers, by rank, and how sure they are."""

    __tablename__ = "project_choice"
    __table_args__ = (unique_alive("project_choice_rank", "journey_id", "rank"),)

    journey_id: Mapped[UUID] = ref("journey")
    rank: Mapped[int]
    trade_id: Mapped[UUID | None] = ref("trade")
    label: Mapped[str] = words(160, "Libellé")
    state: Mapped[str] = code(default="explore")


class ObstacleLevel(Row):
    """The level of an obstacle at a date: 0 not assessed, 1 no difficulty … 5 blocking."""

    __tablename__ = "obstacle_level"

    journey_id: Mapped[UUID] = ref("journey")
    theme: Mapped[str] = code()
    level: Mapped[int]
    on: Mapped[date]
    stage: Mapped[str] = code(default="follow_up")


class Action(Row):
    """A next step in the project, with a date and an owner."""

    __tablename__ = "action"
    __table_args__ = (Index("ix_action_due_on", "due_on"),)

    person_id: Mapped[UUID] = ref("person")
    journey_id: Mapped[UUID | None] = ref("journey")
    kind: Mapped[str | None] = code()
    title: Mapped[str] = words(300, "Titre")
    detail: Mapped[str | None] = mapped_column(Text)
    created_on: Mapped[date]
    due_on: Mapped[date | None]
    due_minute: Mapped[int | None]
    owner: Mapped[str] = code(default="staff")
    staff_id: Mapped[UUID | None] = ref("staff")
    organisation_id: Mapped[UUID | None] = ref("organisation")
    done_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = code()
    dropped_on: Mapped[date | None]


class Interview(Row):
    """A dated talk: when, where, how long; what was said is kept apart."""

    __tablename__ = "interview"
    __table_args__ = (Index("ix_interview_on", "on"),)

    person_id: Mapped[UUID] = ref("person")
    journey_id: Mapped[UUID | None] = ref("journey")
    on: Mapped[date]
    start: Mapped[int | None]
    minutes: Mapped[int | None]
    kind: Mapped[str] = code(default="talk")
    place: Mapped[str | None] = words(160, "Lieu")
    staff_id: Mapped[UUID | None] = ref("staff")
    state: Mapped[str] = code(default="held")


class TalkNote(Row):
    """What was said in a talk: confidential."""

    __tablename__ = "talk_note"
    __table_args__ = (unique_alive("talk_note_interview", "interview_id"),)

    interview_id: Mapped[UUID] = ref("interview")
    text: Mapped[str] = mapped_column(Text)


class Note(Row):
    """A dated note on the journey: confidential."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_on", "on"),)

    person_id: Mapped[UUID] = ref("person")
    on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[UUID | None] = ref("staff")
    pinned: Mapped[bool] = mapped_column(default=False)
    imported: Mapped[bool] = mapped_column(default=False)
    """Told by the office's table: no contact with the person."""


class Snooze(Row):
    """« Vu, rappeler dans 7 jours », shared by the team."""

    __tablename__ = "snooze"

    subject_table: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    alert: Mapped[str] = code()
    until: Mapped[date]
    staff_id: Mapped[UUID | None] = ref("staff")
