"""Papers asked of a person, and files attached to anything."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Row, code, ref, unique_alive, words


class Document(Row):
    """A pièce: asked for, received, checked, out of date."""

    __tablename__ = "document"

    person_id: Mapped[UUID] = ref("person")
    kind: Mapped[str] = code()
    state: Mapped[str] = code(default="asked")
    asked_on: Mapped[date | None]
    received_on: Mapped[date | None]
    checked_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    detail: Mapped[str | None] = words(400, "Précision")
    attachment_id: Mapped[UUID | None] = ref("attachment")


class Attachment(Row):
    """A file attached to a row: 20 MB at most; its bytes are kept apart, never read by a list.

    `audience`: a paper may exist twice, for the file and, in plain words, for the person.
    """

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_subject", "subject_table", "subject_id"),)

    subject_table: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(255))
    folded: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str | None] = code()
    audience: Mapped[str] = code(default="file")
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    pages: Mapped[int | None]


class AttachmentBytes(Row):
    """The bytes of an attachment. `content` is read only where it is named: undoing, or deleting,
    never brings twenty megabytes along."""

    __tablename__ = "attachment_bytes"
    __table_args__ = (unique_alive("attachment_bytes_attachment", "attachment_id"),)

    attachment_id: Mapped[UUID] = ref("attachment")
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
