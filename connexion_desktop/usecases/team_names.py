"""The names of the team, with which acts are signed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import fold, full_name


def refuse_homonym(session: Session, name: str) -> None:
    """Raise UserError if somebody of the team has this name already."""
    team = session.scalars(sa.select(m.Staff).where(m.Staff.deleted_at.is_(None)))
    if any(fold(full_name(each.given_name, each.family_name)) == fold(name) for each in team):
        raise UserError(
            f"« {name} » est déjà de l’équipe.",
            "Rien n’a été ajouté.",
            "Un acte est signé d’un nom : deux personnes n’ont pas le même (ajoutez une initiale).",
        )
