"""The association's settings, read and changed; each may go back to what it was shipped with."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data import seed
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.thresholds import (
    THRESHOLDS,
    Threshold,
    ThresholdRow,
    threshold,
    told,
    value_of,
)
from connexion_desktop.usecases.conflicts import Held, refuse_overwriting


def load(session: Session) -> tuple[ThresholdRow, ...]:
    """Those offered, in their order. One that is no longer there counts for its default."""
    shipped = seed.shipped_settings()
    setting = m.Setting
    rows = session.execute(
        sa.select(setting.key, setting.id, setting.value).where(
            setting.key.in_([each.key for each in THRESHOLDS]), setting.deleted_at.is_(None)
        )
    )
    held = {key: (row_id, value) for key, row_id, value in rows}
    return tuple(
        ThresholdRow(each, told(each, value), told(each, default), row_id)
        for each in THRESHOLDS
        for default in (shipped[each.key],)
        for row_id, value in (held.get(each.key, (None, default)),)
    )


def change(session: Session, key: str, text: str, seen: Seen | None = None) -> None:
    """Set what is typed. Raises UserError where it is out of bounds, ConflictError where somebody
    changed it since it was `seen`, KeyError for no such one."""
    spec = threshold(key)
    value = value_of(spec, text)
    row = _row(session, key)
    now = seed.shipped_settings()[key] if row is None else row.value
    held = Held(spec.label, told(spec, now), () if row is None else (row,), ("value",))
    refuse_overwriting(
        session, seen, key, text, lambda _key: held, kept=lambda _key, sent: _spelled(spec, sent)
    )
    _put(session, key, value)


def _spelled(spec: Threshold, sent: str) -> str:
    try:
        return told(spec, value_of(spec, sent))
    except UserError:
        return sent


def give_back(session: Session, key: str) -> None:
    """Set what it was shipped with."""
    _put(session, threshold(key).key, seed.shipped_settings()[key])


def _put(session: Session, key: str, value: Any) -> None:
    row = _row(session, key)
    if row is None:
        session.add(m.Setting(key=key, value=value))
    elif row.value != value:
        row.value = value


def _row(session: Session, key: str) -> m.Setting | None:
    setting = m.Setting
    return session.scalar(
        sa.select(setting).where(setting.key == key, setting.deleted_at.is_(None))
    )
