"""Trade families, trades, and the visits that let people discover them."""

from datetime import date
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Row, code, ref, unique_alive, words


class TradeFamily(Row):
    """One of the thirteen families of trades."""

    __tablename__ = "trade_family"
    __table_args__ = (unique_alive("trade_family_code", "code"),)

    code: Mapped[str] = code()
    label: Mapped[str] = words(120, "Libellé")
    short: Mapped[str | None] = words(60, "Nom court")
    definition: Mapped[str | None] = mapped_column(Text)
    aliases: Mapped[str | None] = words(300, "Autres noms")
    position: Mapped[int] = mapped_column(default=0)
    to_confirm: Mapped[bool] = mapped_column(default=False)
    retired_on: Mapped[date | None]


class Trade(Row):
    """A trade; without family it is « hors filières »."""

    __tablename__ = "trade"

    family_id: Mapped[UUID | None] = ref("trade_family")
    label: Mapped[str] = words(160, "Libellé")
    rome: Mapped[str | None] = words(8, "Code ROME")


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
