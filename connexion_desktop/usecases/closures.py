"""A closure of the office noted. It is mended and taken away as the other rows of the association
are."""

from __future__ import annotations

from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.closures import NewClosure


def add(session: Session, new: NewClosure) -> None:
    """Note a closure. Raises UserError without a name, or where it ends before it begins."""
    new.check()
    session.add(
        m.Closure(
            id=new.id,
            label=" ".join(new.label.split()),
            first_on=new.first,
            last_on=new.last or new.first,
            site_id=new.site_id,
        )
    )
