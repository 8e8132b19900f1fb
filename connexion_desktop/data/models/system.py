"""What the store itself keeps: audit, commands, drafts, counters, search, imports."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from connexion_desktop.domain.new_id import new_id

from .base import JSON_OR_NULL, Base, Row, code, ref, utc_now


class BaseInfo(Base):
    """One row: what this base is, and a stamp that every committed write moves on."""

    __tablename__ = "base_info"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    base_id: Mapped[UUID]
    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"))
    change_stamp: Mapped[int] = mapped_column(default=0)
    reference_digest: Mapped[str | None] = mapped_column(String(64))
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class AuditLine(Base):
    """One field changed, or one row made or deleted: who, when, before and after."""

    __tablename__ = "audit_line"
    __table_args__ = (
        Index("ix_audit_line_row", "table_name", "row_id"),
        Index("ix_audit_line_command_id", "command_id"),
        Index("ix_audit_line_author_at", "author", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    author: Mapped[str] = mapped_column(String(160))
    command_id: Mapped[UUID]
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[UUID]
    op: Mapped[str] = code(10)
    field: Mapped[str | None] = mapped_column(String(60))
    before: Mapped[Any | None] = mapped_column(JSON_OR_NULL)
    after: Mapped[Any | None] = mapped_column(JSON_OR_NULL)


class AccessLine(Base):
    """On a server: names shown to the direction, a name asked for elsewhere, a paper of health, of
    residence or a diagnosis opened. Kept apart from the data. `reason`, where one was asked for."""

    __tablename__ = "access_line"
    __table_args__ = (
        Index("ix_access_line_row", "table_name", "row_id"),
        Index("ix_access_line_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    author: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = code()
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[UUID]
    reason: Mapped[str | None] = mapped_column(String(400))


class DoneCommand(Base):
    """A command already done: a retry after a lost answer never doubles it."""

    __tablename__ = "done_command"
    __table_args__ = (Index("ix_done_command_author_at", "author", "at"),)

    command_id: Mapped[UUID] = mapped_column(primary_key=True)
    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    author: Mapped[str] = mapped_column(String(160))
    label: Mapped[str] = mapped_column(String(200))
    final: Mapped[bool] = mapped_column(default=False)
    undoes: Mapped[UUID | None]
    undone_by: Mapped[UUID | None]


class Counter(Base):
    """The last number given in a series (« P », « PMSMP-2026 »); the row is locked to take one."""

    __tablename__ = "counter"

    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"), primary_key=True)
    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class Draft(Base):
    """What is being typed, before it is saved: no audit, no notice to others.

    `command_id` is the save under way that takes it along, where the save goes to a server: whether
    that command was done says whether it is still to be saved.
    """

    __tablename__ = "draft"

    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"), primary_key=True)
    author: Mapped[str] = mapped_column(String(160), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    command_id: Mapped[UUID | None]


class SearchToken(Base):
    """A folded word or trigram of a row's text: found by equality and range only."""

    __tablename__ = "search_token"
    __table_args__ = (Index("ix_search_token_subject", "subject_table", "subject_id"),)

    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject_table: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    weight: Mapped[int] = mapped_column(default=1)


class PageSnapshot(Base):
    """The rows a page would paint on a day, to paint them at the next start if nothing changed."""

    __tablename__ = "page_snapshot"

    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    stamp: Mapped[int]
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class ImportBatch(Row):
    """A table brought in from outside, in one act."""

    __tablename__ = "import_batch"

    command_id: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(default=utc_now)
    author: Mapped[str] = mapped_column(String(160))
    file_sha256: Mapped[str] = mapped_column(String(64))
    cohort_id: Mapped[UUID | None] = ref("cohort")
    report: Mapped[Any] = mapped_column(JSON)


class ColumnMapping(Row):
    """A heading of the office's tables, and the field it was said to mean."""

    __tablename__ = "column_mapping"
    __table_args__ = (Index("ix_column_mapping_heading", "sheet_kind", "heading"),)

    sheet_kind: Mapped[str] = code()
    heading: Mapped[str] = mapped_column(String(160))
    field: Mapped[str | None] = mapped_column(String(60))
