"""The association's logo: kept as an attachment of its own row, printed at the head of papers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.documents.picture import HEAVIEST, Picture, reduced
from connexion_desktop.domain.errors import UserError

_LONGEST = 1000
_KIND, _NAME = "logo", "logo.png"


def read(file: Path) -> Picture:
    """The picture of a file, ready to be kept. Slow: for a worker. Raises UserError."""
    try:
        with file.open("rb") as opened:
            content = opened.read(HEAVIEST + 1)
    except OSError as error:
        raise UserError(
            f"« {file.name} » ne se lit pas.",
            "Rien n’a changé.",
            "Vérifiez que le fichier est encore là, puis choisissez-le de nouveau.",
        ) from error
    return reduced(content, _LONGEST)


def put(session: Session, picture: Picture) -> None:
    """Keep a logo in place of the one before."""
    remove(session)
    attachment = m.Attachment(
        subject_table=m.Association.__tablename__,
        subject_id=session.info["association_id"],
        name=_NAME,
        folded=_NAME,
        kind=_KIND,
        media_type="image/png",
        size=len(picture.png),
        sha256=hashlib.sha256(picture.png).hexdigest(),
    )
    session.add(attachment)
    session.flush()
    session.add(m.AttachmentBytes(attachment_id=attachment.id, content=picture.png))


def remove(session: Session) -> None:
    """Print no logo any more."""
    now = m.utc_now()
    for attachment in session.scalars(_alive()):
        attachment.deleted_at = now
        kept = m.AttachmentBytes
        for row in session.scalars(
            sa.select(kept).where(kept.attachment_id == attachment.id, kept.deleted_at.is_(None))
        ):
            row.deleted_at = now


def content(session: Session) -> bytes:
    """The logo in PNG; nothing where there is none."""
    kept = m.AttachmentBytes
    logo = _alive().with_only_columns(m.Attachment.id).limit(1).scalar_subquery()
    found = session.scalar(
        sa.select(kept.content).where(kept.attachment_id == logo, kept.deleted_at.is_(None))
    )
    return found or b""


def _alive() -> sa.Select[tuple[m.Attachment]]:
    attachment = m.Attachment
    return (
        sa.select(attachment)
        .where(
            attachment.subject_table == m.Association.__tablename__,
            attachment.kind == _KIND,
            attachment.deleted_at.is_(None),
        )
        .order_by(attachment.id.desc())
    )
