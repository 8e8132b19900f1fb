"""The association's settings, read and changed; each may go back to what it was shipped with."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data import seed
from connexion_desktop.domain.thresholds import (
    THRESHOLDS,
    ThresholdRow,
    threshold,
    told,
    value_of,
)
from connexion_desktop.usecases.group_reads import settings


def load(session: Session) -> tuple[ThresholdRow, ...]:
    """Those offered, in their order. One that is no longer there counts for its default."""
    shipped = seed.shipped_settings()
    held = settings(session, [each.key for each in THRESHOLDS])
    return tuple(
        ThresholdRow(each, told(each, held.get(each.key, default)), told(each, default))
        for each in THRESHOLDS
        for default in (shipped[each.key],)
    )


def change(session: Session, key: str, text: str) -> None:
    """Set what is typed. Raises UserError where it is out of bounds, KeyError for no such one."""
    _put(session, key, value_of(threshold(key), text))


def give_back(session: Session, key: str) -> None:
    """Set what it was shipped with."""
    _put(session, threshold(key).key, seed.shipped_settings()[key])


def _put(session: Session, key: str, value: Any) -> None:
    setting = m.Setting
    row = session.scalar(sa.select(setting).where(setting.key == key, setting.deleted_at.is_(None)))
    if row is None:
        session.add(setting(key=key, value=value))
    elif row.value != value:
        row.value = value
