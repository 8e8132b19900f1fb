"""A colleague's person, at the moment of being written down twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.people import NewPerson
from connexion_desktop.domain.progress import Silent
from connexion_desktop.domain.register import Register
from connexion_desktop.usecases import people
from tests import factories as make
from tests import servers

TODAY = date(2026, 4, 21)


def asked(store: Store, given: str, family: str) -> tuple[str, ...]:
    with store.read() as session:
        return people.known_at(session, NewPerson(uuid4(), given, family, None, TODAY))


def karims_aissatou(store: Store, act: Act) -> None:
    with store.write(act) as session:
        me = session.scalars(sa.select(m.Staff.id).where(m.Staff.login == "k.lopez")).one()
        talence = session.scalars(sa.select(m.Site.id).where(m.Site.code == "talence")).one()
        group = make.cohort(session, conseiller_id=me)
        make.journey(session, make.person(session, site_id=talence), group)


def test_a_colleagues_person_is_known_by_the_site_alone(
    office: servers.Office, tmp_path: Path, act: Callable[..., Act]
) -> None:
    karim, nadia = (office.opened(hand, tmp_path) for hand in (servers.KARIM, servers.NADIA))
    karims_aissatou(karim, act())
    new = NewPerson(uuid4(), "aissatou", "DIALLO", None, TODAY)
    known = people.already_known(nadia, Register(), Silent(), new)
    assert (known.like, known.sites) == ((), ("Talence",))
    assert asked(nadia, "aissatou", "DIALLO") == ("Talence",)
    assert asked(nadia, "Awa", "Diallo") == ()
    assert asked(karim, "Aïssatou", "Diallo") == ()


def test_on_a_file_everybody_is_seen(base_file: Store) -> None:
    assert asked(base_file, "Aïssatou", "Diallo") == ()
