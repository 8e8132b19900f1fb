"""A change that touches no row: a right that lacks is not told as somebody else's change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import StaleError
from connexion_desktop.domain.servers import ServerError
from tests import servers


def test_a_conseiller_who_changes_the_association_is_told_that_it_is_a_right(
    shared_office: servers.Office, tmp_path: Path, act: Callable[..., Act]
) -> None:
    nadia = shared_office.opened(servers.NADIA, tmp_path)
    with pytest.raises(ServerError, match="Vos droits ne permettent pas"), nadia.write(act()) as it:
        it.scalars(sa.select(m.Association)).one().phone = "05 36 49 00 11"


def test_a_change_of_a_colleagues_in_between_is_still_told_as_such(
    shared_office: servers.Office, tmp_path: Path, act: Callable[..., Act]
) -> None:
    solene = shared_office.opened(servers.SOLENE, tmp_path)
    anne = shared_office.opened(servers.EVERYTHING, tmp_path)
    with pytest.raises(StaleError), solene.write(act()) as mine:
        row = mine.scalars(sa.select(m.Association)).one()
        with anne.write(act()) as theirs:
            theirs.scalars(sa.select(m.Association)).one().phone = "05 36 49 00 12"
        row.phone = "05 36 49 00 11"
