"""Who may give rights, on the server: the server says no, and the window says it in place."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.server.database import ServerDatabase
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.servers import Role
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.checks_field import ChecksField
from connexion_desktop.ui.pages.settings.team import TeamPane
from tests import factories as make
from tests import servers
from tests.factories import TODAY, days

from .window import Workstation

Sign = Callable[..., Act]


def team_pane(workstation: Workstation, name: str) -> TeamPane:
    workstation.window.go("settings", SettingsSection.TEAM)
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, SettingsPage)
    pane = page.pane
    assert isinstance(pane, TeamPane)
    rows = range(pane.model.rowCount())
    row = next(row for row in rows if name in str(pane.model.index(row, 0).data()))
    pane.table.setCurrentIndex(pane.model.index(row, 0))
    workstation.wait()
    return pane


def test_a_replacement_opens_the_group_to_who_replaces(
    workstation: Workstation, colleague: ServerDatabase, sign: Sign, team: servers.Office
) -> None:
    with colleague.write(sign("Groupe")) as session:
        nadia = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == "n.ferrand"))
        group = make.cohort(session, conseiller_id=nadia)
        make.participant(session, group, "Awa", "Diallo")
    workstation.open(servers.SOLENE)
    pane = team_pane(workstation, "Karim Lopez")
    assert not pane.signing.isVisible()
    pane.rights.replace.click()
    pane.replacement_strip.last.show_date(None)  # the server's day is not the window's
    pane.replacement_strip.act_button.click()
    workstation.until(lambda: not pane.replacement_strip.isVisible())
    with team.bare(servers.KARIM) as karim:
        found = karim.execute("SELECT given_name FROM person").fetchall()
    assert found == [("Awa",)]


def test_a_role_that_begins_at_midnight_is_offered_then(
    workstation: Workstation, colleague: ServerDatabase, sign: Sign, team: servers.Office
) -> None:
    team.be_on(TODAY)
    with colleague.write(sign("Rôle")) as session:
        solene = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == "s.petit"))
        session.add(m.StaffRole(staff_id=solene, role="direction", starts_on=days(1)))
    workstation.open(servers.SOLENE)
    jobs = workstation.window.jobs
    assert jobs.roles == {Role.SECRETARIAT}
    team.be_on(days(1))
    workstation.until(lambda: jobs.roles == {Role.SECRETARIAT, Role.DIRECTION})
    workstation.until(
        lambda: "secrétariat, direction" in workstation.window.status.news.accessibleName()
    )


def test_a_role_that_ends_at_midnight_opens_nothing_the_day_after(
    workstation: Workstation, colleague: ServerDatabase, sign: Sign, team: servers.Office
) -> None:
    team.be_on(TODAY)
    with colleague.write(sign("Rôle")) as session:
        solene = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == "s.petit"))
        for role in session.scalars(sa.select(m.StaffRole).where(m.StaffRole.staff_id == solene)):
            role.ends_on = TODAY
    workstation.open(servers.SOLENE)
    assert workstation.window.jobs.answers
    team.be_on(days(1))
    workstation.until(lambda: workstation.window.jobs.refusal is not None)


def test_only_the_direction_gives_roles(workstation: Workstation) -> None:
    workstation.open(servers.SOLENE)
    pane = team_pane(workstation, "Karim Lopez")
    pane.rights.give.click()
    strip = pane.role_strip
    strip.role.setCurrentIndex(strip.role.findText("Direction"))
    strip.act_button.click()
    workstation.until(lambda: bool(strip.problem.text()))
    assert "Vos droits ne permettent pas" in strip.problem.text()


def test_a_role_that_is_refused_does_not_stay_ticked_nor_is_tried_again(
    workstation: Workstation,
) -> None:
    workstation.open(servers.SOLENE)
    pane = team_pane(workstation, "Karim Lopez")
    field = pane.form.fields["roles"]
    assert isinstance(field, ChecksField)
    field.boxes["direction"].click()
    workstation.until(field.has_problem)
    assert field.text() == "conseiller"
    assert not field.is_dirty()
    team_pane(workstation, "Nadia Ferrand")
    assert not workstation.window.banners.shown()
    assert field.text() == "conseiller"
