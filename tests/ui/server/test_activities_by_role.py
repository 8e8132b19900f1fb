"""The activities of a group on the shared server: each role is offered what it may write, and is
told of what it may read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from connexion_desktop.data import models as m
from connexion_desktop.domain.activities import ConsentKind
from connexion_desktop.domain.acts import Act
from connexion_desktop.ui.pages.programme import ProgrammePage
from connexion_desktop.ui.pages.programme.activities import ActivitiesPane
from connexion_desktop.ui.pages.programme.activities.allergies import AllergiesSheet
from tests import factories as make
from tests import servers
from tests.factories import TODAY

from ..hands import press_menu_key
from .window import Workstation

Sign = Callable[..., Act]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def group(team: servers.Office, sign: Sign, tmp_path: Path) -> UUID:
    """A group of Nadia's, which is offered sport, that Awa chose; she is allergic."""
    with team.opened(servers.NADIA, tmp_path).write(sign("Groupe")) as session:
        nadia = session.scalar(sa.select(m.Staff.id).where(m.Staff.login == "n.ferrand"))
        cohort = make.cohort(session, conseiller_id=nadia)
        who, journey = make.participant(session, cohort, "Awa", "Diallo")
        partner = make.organisation(session, "On catalyse")
        make.put(session, m.CohortActivity(cohort_id=cohort, activity="sport", partner_id=partner))
        session.get_one(m.Journey, journey).activity = "sport"
        make.put(session, m.PersonAllergy(person_id=who, text="Arachide"))
        return cohort


def seen_by(workstation: Workstation, hand: servers.Hand, group: UUID) -> ActivitiesPane:
    """The tab, as somebody of the team finds it."""
    workstation.open(hand)
    workstation.window.go("programme", group)
    workstation.wait()
    page = workstation.window.current_page()
    assert isinstance(page, ProgrammePage)
    page.show_tab("Activités")
    workstation.wait()
    pane = page.pane
    assert isinstance(pane, ActivitiesPane)
    return pane


def lines() -> list[str]:
    """What the menu that is open offers; it is closed."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [each.text().split("\t")[0] for each in menu.actions() if each.text()]
    menu.close()
    return words


def of_the_card(pane: ActivitiesPane) -> list[str]:
    (card,) = pane.cards.cards.values()
    QTest.mouseClick(card.more, LEFT)
    return lines()


def of_awa(pane: ActivitiesPane) -> list[str]:
    press_menu_key(pane.table)
    return lines()


def test_who_follows_the_group_does_all_and_is_told_of_allergies(
    workstation: Workstation, group: UUID
) -> None:
    pane = seen_by(workstation, servers.NADIA, group)
    assert "Ne plus proposer" in of_the_card(pane)
    assert "Ses allergies…" in of_awa(pane)
    QTest.keyClick(pane.table, Qt.Key.Key_0)
    workstation.wait()
    assert pane.table.rows_model.rows()[0].who.activity == ""
    QTest.keyClick(pane.table, Qt.Key.Key_1)
    workstation.wait()
    assert pane.shown is not None
    pane.acts.show_allergies(pane.shown.offers[0])
    workstation.until(lambda: bool(workstation.window.findChildren(AllergiesSheet)))


def test_the_secretariat_signs_and_offers_but_chooses_for_nobody_nor_reads_allergies(
    workstation: Workstation, group: UUID
) -> None:
    pane = seen_by(workstation, servers.SOLENE, group)
    offered = of_the_card(pane)
    assert "Changer de partenaire…" in offered and "Papiers à signer (1)…" in offered
    assert not [each for each in (*offered, *of_awa(pane)) if "llergies" in each]
    assert pane.keys.text().startswith("Espace")
    QTest.keyClick(pane.table, Qt.Key.Key_0)
    workstation.wait()
    assert "qui suit le groupe" in workstation.window.status.news.text()
    QTest.keyClick(pane.table, Qt.Key.Key_Space)
    workstation.wait()
    (row,) = pane.table.rows_model.rows()
    assert row.who.activity == "sport" and not workstation.window.banners.shown()
    assert row.valid(ConsentKind.SPORT) is not None
    assert row.told(ConsentKind.SPORT) == f"signé le {TODAY:%d/%m/%Y}"


@pytest.mark.parametrize("hand", [servers.KARIM, servers.HELENE], ids=["colleague", "direction"])
def test_who_sees_nobody_of_the_group_reads_what_it_is_offered_and_writes_nothing(
    workstation: Workstation, group: UUID, hand: servers.Hand
) -> None:
    pane = seen_by(workstation, hand, group)
    assert pane.empty.isVisible() and not pane.table.isVisible()
    assert not pane.offer_button.isVisible() and not pane.acts.propose.isVisible()
    (card,) = pane.cards.cards.values()
    assert card.chosen.text() == "On catalyse" and card.held.text() == "aucune séance"
    assert card.outcome.area.isReadOnly() and not card.list.isVisible()
    assert of_the_card(pane) == ["Calendrier du partenaire…"]
    assert pane.told.text() == ""
