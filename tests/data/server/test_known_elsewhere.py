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
from connexion_desktop.domain.import_rows import ImportRequest, RowStatus
from connexion_desktop.domain.people import NewPerson
from connexion_desktop.domain.progress import Silent
from connexion_desktop.usecases import import_workbook, people
from connexion_desktop.usecases.asked_elsewhere import AskedElsewhere
from connexion_desktop.usecases.register import Register
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


def table(folder: Path, *people: str) -> Path:
    path = folder / "groupe.csv"
    path.write_text("\n".join(("Prénom;Nom", *people)), encoding="utf-8")
    return path


def test_a_table_about_to_be_imported_tells_whom_a_colleague_follows_elsewhere(
    office: servers.Office, tmp_path: Path, act: Callable[..., Act]
) -> None:
    karim, nadia, bruno = (
        office.opened(hand, tmp_path) for hand in (servers.KARIM, servers.NADIA, servers.BRUNO)
    )
    karims_aissatou(karim, act())
    file, asked_for = table(tmp_path, "Aissatou;DIALLO", "Awa;Sow"), AskedElsewhere()
    tables, shown = import_workbook.look(nadia, file, TODAY, Silent(), asked_for)
    again = ImportRequest("Un autre groupe", TODAY)
    shown_again = import_workbook.look_again(nadia, tables, again, Silent(), asked_for)
    for rows in (shown.rows, shown_again.rows):
        assert [row.reason.startswith("Déjà connu(e) à : Talence.") for row in rows] == [
            True,
            False,
        ]
        assert {row.status for row in rows} == {RowStatus.NEW}
    with office.cluster.admin(office.database) as admin:
        (traces,) = admin.execute(
            "SELECT count(*) FROM access_line WHERE kind = 'known'"
        ).fetchone() or (0,)
    assert traces == 2
    (known, _) = import_workbook.look(bruno, file, TODAY, Silent())[1].rows
    assert "Déjà connu(e) à" not in known.reason


def test_more_names_than_the_server_tells_in_a_minute_are_said_not_to_be_looked_for(
    office: servers.Office, tmp_path: Path
) -> None:
    nadia = office.opened(servers.NADIA, tmp_path)
    file = table(
        tmp_path, *(f"Prénom{chr(97 + rank % 26) * (rank // 26 + 1)};Sow" for rank in range(62))
    )
    shown = import_workbook.look(nadia, file, TODAY, Silent())[1]
    assert any("trop de noms en une minute" in told for told in shown.warnings)
    assert len(shown.rows) == 62
