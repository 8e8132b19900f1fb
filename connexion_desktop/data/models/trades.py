"""Trade families, trades, and the visits that let people discover them."""

from datetime import date
from uuid import UUID

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Row, code, ref, unique_alive


class TradeFamily(Row):
    """One of the thirteen families of trades."""

    __tablename__ = "trade_family"
    __table_args__ = (unique_alive("trade_family_code", "code"),)

    code: Mapped[str] = code()
    label: Mapped[str] = mapped_column(String(120))
    short: Mapped[str | None] = mapped_column(String(60))
    definition: Mapped[str | None] = mapped_column(Text)
    aliases: Mapped[str | None] = mapped_column(String(300))
    position: Mapped[int] = mapped_column(default=0)
    to_confirm: Mapped[bool] = mapped_column(default=False)
    retired_on: Mapped[date | None]


class Trade(Row):
    """A trade; without family it is « hors filières »."""

    __tablename__ = "trade"

    family_id: Mapped[UUID | None] = ref("trade_family")
    label: Mapped[str] = mapped_column(String(160))
    rome: Mapped[str | None] = mapped_column(String(8))


class Visit(Row):
    """A visit to a partner: a technical workshop, a company, a stop of the rally."""

    __tablename__ = "visit"

    cohort_id: Mapped[UUID | None] = ref("cohort")
    meeting_id: Mapped[UUID | None] = ref("meeting")
    organisation_id: Mapped[UUID | None] = ref("organisation")
    family_id: Mapped[UUID | None] = ref("trade_family")
    on: Mapped[date]
    capacity: Mapped[int | None]
    detail: Mapped[str | None] = mapped_column(Text)


class VisitPlace(Row):
    """A person's place in a visit, and whether they came."""

    __tablename__ = "visit_place"
    __table_args__ = (unique_alive("visit_place", "visit_id", "journey_id"),)

    visit_id: Mapped[UUID] = ref("visit")
    journey_id: Mapped[UUID] = ref("journey")
    state: Mapped[str] = code(default="planned")
    interest: Mapped[int | None]
