"""Files attached to a row: listed without their bytes, attached, named, deleted, looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.attachments import (
    HEAVIEST,
    LONGEST_NAME,
    LOOKED_AT,
    NO_KIND,
    Attached,
    FileContent,
    FileList,
    FileRow,
    NewFile,
    Subject,
    kind_of_name,
    remark_on,
    renamed,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.names import fold
from connexion_desktop.usecases import looks

KINDS = "paper"
"""The reference list that tells the kinds of the files of a person."""

_SUBJECTS: Mapping[str, type[m.Row]] = {
    "person": m.Person,
    "placement": m.Placement,
    "equipment": m.Equipment,
}
_SAFE = "Rien n’a été changé."


def list_of(session: Session, subject: Subject) -> FileList:
    """The files of a subject, and the kinds that may be chosen for one of a person."""
    labels, offered = kinds_of(session)
    rows = session.execute(
        sa.select(*_COLUMNS)
        .where(_is_of(subject))
        .order_by(m.Attachment.created_at.desc(), m.Attachment.id.desc())
    )
    files = tuple(_row(row, labels) for row in rows)
    used = {file.kind: file.kind_label for file in files if file.kind and file.kind not in offered}
    known = (*offered.items(), *used.items()) if subject.table == "person" else ()
    return FileList(subject, files, (NO_KIND, *known))


def kinds_of(session: Session) -> tuple[dict[str, str], dict[str, str]]:
    """The words of every kind of paper, and of those that are still offered."""
    item = m.ReferenceItem
    rows = session.execute(
        sa.select(item.code, item.label, item.retired_on)
        .where(item.list == KINDS, item.deleted_at.is_(None))
        .order_by(item.position, item.label)
    ).all()
    every = {row.code: row.label for row in rows}
    return every, {row.code: row.label for row in rows if row.retired_on is None}


def count_of(session: Session, subject: Subject) -> int:
    """How many files a subject has."""
    found = session.scalar(sa.select(sa.func.count(m.Attachment.id)).where(_is_of(subject)))
    return found or 0


def attach(session: Session, subject: Subject, files: Sequence[NewFile]) -> Attached:
    """Keep files; one whose very content the subject has already is not kept twice. Without a kind,
    a file of a person takes the one that its name tells.

    Raises UserError if the subject is gone, or a file is empty or too heavy.
    """
    _refuse_gone(session, subject)
    known = set(session.scalars(sa.select(m.Attachment.sha256).where(_is_of(subject))))
    offered = tuple(kinds_of(session)[1]) if subject.table == "person" else ()
    made: list[UUID] = []
    doubles: list[str] = []
    for file in files:
        digest = hashlib.sha256(file.content).hexdigest()
        if digest in known:
            doubles.append(file.name)
            continue
        known.add(digest)
        made.append(_keep(session, subject, file, digest, offered))
    return Attached(tuple(made), tuple(doubles))


def rename(session: Session, file_id: UUID, typed: str) -> str:
    """Call a file otherwise; it keeps its ending. Returns its name. Raises UserError if it is gone,
    or has no name left."""
    file = _file(session, file_id)
    if not typed.strip():
        raise UserError("Un fichier a besoin d’un nom.", _SAFE)
    file.name = renamed(typed, file.name)
    file.folded = _folded(file.name)
    return file.name


def set_kind(session: Session, file_id: UUID, kind: str) -> None:
    """Say which paper a file is, « » for another. Raises UserError if it is gone, or for a kind
    that is not of the list."""
    file = _file(session, file_id)
    if kind and kind not in kinds_of(session)[0]:
        raise UserError("Cette sorte de pièce n’est plus dans la liste.", _SAFE)
    file.kind = kind or None


def delete(session: Session, files: Collection[UUID]) -> None:
    """Take files away; they come back when this is undone. Their content is left as it is: nobody
    finds it without its line, and marking twenty megabytes would write them again. Raises UserError
    if one is gone."""
    now = m.utc_now()
    for file_id in files:
        _file(session, file_id).deleted_at = now


def content_of(session: Session, file_id: UUID) -> FileContent:
    """A file with its bytes; where it is one of those that say most, the look is written down
    first. Raises UserError if it is gone."""
    found = session.execute(
        sa.select(*_COLUMNS).where(m.Attachment.id == file_id, m.Attachment.deleted_at.is_(None))
    ).first()
    if found is None:
        raise _gone()
    if found.kind in LOOKED_AT:
        looks.note_opened(session, file_id)
    held = m.AttachmentBytes
    content = session.scalar(
        sa.select(held.content).where(held.attachment_id == file_id, held.deleted_at.is_(None))
    )
    if content is None:
        raise _gone()
    return FileContent(_row(found, kinds_of(session)[0]), content)


_COLUMNS = (
    m.Attachment.id,
    m.Attachment.name,
    m.Attachment.kind,
    m.Attachment.media_type,
    m.Attachment.size,
    m.Attachment.created_at,
)


def _is_of(subject: Subject) -> sa.ColumnElement[bool]:
    return sa.and_(
        m.Attachment.subject_table == subject.table,
        m.Attachment.subject_id == subject.id,
        m.Attachment.deleted_at.is_(None),
    )


def _row(row: sa.Row[Any], labels: Mapping[str, str]) -> FileRow:
    values = row._asdict()
    media = Media(values["media_type"])
    kind = values["kind"] or ""
    return FileRow(
        id=values["id"],
        name=values["name"],
        kind=kind,
        kind_label=labels.get(kind, kind),
        media=media,
        size=values["size"],
        added_on=values["created_at"].astimezone().date(),
        remark=remark_on(values["name"], media),
    )


def _keep(
    session: Session, subject: Subject, file: NewFile, digest: str, offered: Sequence[str]
) -> UUID:
    size = len(file.content)
    if not 0 < size <= HEAVIEST or len(file.name) > LONGEST_NAME:
        raise UserError(f"« {file.name[:60]} » ne peut pas être joint.", _SAFE)
    made = m.Attachment(
        subject_table=subject.table,
        subject_id=subject.id,
        name=file.name,
        folded=_folded(file.name),
        kind=file.kind or kind_of_name(file.name, offered) or None,
        media_type=file.media.value,
        size=size,
        sha256=digest,
    )
    session.add(made)
    session.flush()
    kept = m.AttachmentBytes(attachment_id=made.id, content=file.content)
    session.add(kept)
    session.flush()
    session.expunge(kept)  # twenty megabytes that nobody needs any more
    return made.id


def _file(session: Session, file_id: UUID) -> m.Attachment:
    found = session.get(m.Attachment, file_id)
    if found is None or found.deleted_at is not None:
        raise _gone()
    return found


def _refuse_gone(session: Session, subject: Subject) -> None:
    row = session.get(_SUBJECTS[subject.table], subject.id)
    if row is None or row.deleted_at is not None:
        raise UserError(
            "La fiche à laquelle joindre ce fichier n’est plus dans la base.",
            "Le fichier est resté où il est.",
        )


def _gone() -> UserError:
    return UserError(
        "Ce fichier n’est plus dans la base.",
        "Il a été supprimé entre-temps.",
        "Ctrl+Z le fait revenir si vous venez de le supprimer.",
    )


def _folded(name: str) -> str:
    return fold(name)[:LONGEST_NAME]
