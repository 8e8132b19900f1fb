"""Who may do what, and until when, from « Équipe »."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt

from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.team_rights import TeamRights
from connexion_desktop.ui.pages.settings.team import TeamPane
from connexion_desktop.usecases import team_rights

from .bench import Desk


def told(pane: TeamPane) -> list[str]:
    """What the member shown holds."""
    return [removal.accessibleName() for removal in pane.rights.removals]


def chosen(desk: Desk, name: str) -> TeamPane:
    pane = desk.pane(TeamPane)
    rows = range(pane.model.rowCount())
    row = next(row for row in rows if name in str(pane.model.index(row, 0).data()))
    pane.table.setCurrentIndex(pane.model.index(row, 0))
    desk.wait()
    return pane


def test_a_colleague_is_replaced_for_a_leave_without_ceremony(desk: Desk) -> None:
    pane = chosen(desk, "Awa Sarr")
    before = len(told(pane))
    pane.rights.replace.click()
    strip = pane.replacement_strip
    assert strip.isVisible()
    strip.group.setCurrentIndex(1)
    desk.type(strip.first, "01/06/2026")
    desk.type(strip.last, "30/06/2026")
    strip.last.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert not strip.isVisible()
    assert len(told(pane)) == before + 1
    assert told(pane)[-1].startswith("Retirer : Remplace ")
    assert told(pane)[-1].endswith("du 01/06/2026 au 30/06/2026")
    desk.undo()
    assert len(told(pane)) == before


def test_a_replacement_lasts_a_week_unless_said_otherwise(desk: Desk) -> None:
    pane = chosen(desk, "Awa Sarr")
    pane.rights.replace.click()
    strip = pane.replacement_strip
    today = desk.page.desk.today()
    assert strip.last.value() == ImpreciseDate(today + timedelta(days=7))
    strip.act_button.click()
    desk.wait()
    last = today + timedelta(days=7)
    assert told(pane)[-1].endswith(f"du {today:%d/%m/%Y} au {last:%d/%m/%Y}")


def test_nobody_is_offered_to_replace_themselves(desk: Desk) -> None:
    rights: list[TeamRights] = []
    pane = chosen(desk, "Awa Sarr")
    today = desk.page.desk.today()
    desk.window.jobs.read(pane, lambda session: team_rights.load(session, today), rights.append)
    desk.wait()
    (group, conseiller), *_others = rights[0].conseillers
    strip = pane.replacement_strip
    strip.about(conseiller, "Qui suit ce groupe")
    assert strip.group.count() > 0
    assert strip.group.findData(group) < 0


def test_a_replacement_that_would_end_before_it_begins_is_refused_in_place(desk: Desk) -> None:
    pane = chosen(desk, "Awa Sarr")
    pane.rights.replace.click()
    strip = pane.replacement_strip
    desk.type(strip.first, "30/06/2026")
    desk.type(strip.last, "01/06/2026")
    strip.act_button.click()
    desk.wait()
    assert "avant le début" in strip.problem.text()
    assert strip.isVisible()


def test_a_role_is_given_at_one_site_until_a_day_and_taken_away(desk: Desk) -> None:
    pane = chosen(desk, "Yves Larrieu")
    before = told(pane)
    pane.rights.give.click()
    strip = pane.role_strip
    strip.role.setCurrentIndex(strip.role.findText("Secrétariat"))
    strip.site.setCurrentIndex(1)
    site = strip.site.currentText()
    desk.type(strip.last, "31/12/2026")
    strip.act_button.click()
    desk.wait()
    given = f"Retirer : Secrétariat · {site} · jusqu’au 31/12/2026"
    assert given in told(pane)
    pane.rights.removals[told(pane).index(given)].click()
    desk.wait()
    assert told(pane) == before


def test_a_role_held_already_at_those_dates_is_refused(desk: Desk) -> None:
    pane = chosen(desk, "Yves Larrieu")
    pane.rights.give.click()
    strip = pane.role_strip
    strip.role.setCurrentIndex(strip.role.findText("Conseiller"))
    strip.site.setCurrentIndex(strip.site.findText("Talence", Qt.MatchFlag.MatchContains))
    strip.act_button.click()
    desk.wait()
    assert "déjà tenu" in strip.problem.text()
