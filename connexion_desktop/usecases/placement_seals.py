"""What is not undone of a convention: what had legal effect, and the draft it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import EffectiveState, PlacementState

_UNSIGN = (
    "Décochez la signature sur la convention : c’est possible tant que l’immersion, signée par "
    "tous, n’a pas commencé."
)


def refuse_issued_since(
    session: Session, rows: Iterable[m.Row], at: datetime, refusal: str
) -> None:
    """Raise UserError, which begins with `refusal`, if these rows are of a draft from which a
    convention was issued, signed or withdrawn after `at`: it would be changed behind the paper."""
    drafts = {
        row.placement_id if isinstance(row, m.PlacementSlot) else row.id
        for row in rows
        if isinstance(row, m.Placement | m.PlacementSlot)
    }
    if not drafts:
        return
    event = m.PlacementEvent
    state = session.scalar(
        select(event.state)
        .where(event.placement_id.in_(drafts), event.at > at)
        .order_by(event.at.desc())
        .limit(1)
    )
    if state is not None:
        raise UserError(
            f"{refusal} : la convention est passée « {PlacementState(state).label} » depuis.",
            "Rien n’a été changé. Ce qui est imprimé reste vrai.",
            _instead(PlacementState(state)),
        )


def way_out(session: Session, command_id: UUID) -> str:
    """What can be done, in French, instead of undoing an act that has legal effect."""
    line, event = m.AuditLine, m.PlacementEvent
    state = session.scalar(
        select(m.Placement.state)
        .join(event, event.placement_id == m.Placement.id)
        .join(line, line.row_id == event.id)
        .where(line.command_id == command_id)
    )
    if state is None:
        return ""
    is_signing = session.scalar(
        select(exists().where(line.command_id == command_id, line.field == "signed_on"))
    )
    if is_signing and EffectiveState(PlacementState(state)).may_be_signed:
        return _UNSIGN
    return _instead(PlacementState(state))


def _instead(state: PlacementState) -> str:
    if state in (PlacementState.CANCELLED, PlacementState.REFUSED):
        return "Son numéro ne servira plus : préparez une nouvelle immersion."
    if EffectiveState(state).may_be_revised:
        return "Choisissez « Modifier » : une nouvelle version remplacera celle-ci."
    return "Une fois signée, seul un avenant peut la modifier."
