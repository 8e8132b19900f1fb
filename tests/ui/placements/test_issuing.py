"""An agreement issued, signed, cancelled, given a new version."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement import Party
from tests.factories import TODAY
from tests.placement_base import Office, issued, new_act

from .bench import CONTROL, Bench, meeting


def test_issuing_is_refused_while_something_blocks_and_says_what(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    assert not bench.form.issue_button.isEnabled()
    assert "La structure d’accueil est à choisir." in bench.form.issue_button.toolTip()
    bench.press(Qt.Key.Key_Return, CONTROL)
    assert bench.form.head.confirm.isHidden()


def test_a_warning_asks_for_a_reason_before_issuing(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    with database.write(new_act()) as session:
        meeting(session, office)
    bench.show(draft)
    bench.click(bench.form.issue_button)
    confirm = bench.form.head.confirm
    assert not confirm.yes.isEnabled()
    bench.press(Qt.Key.Key_Return)
    assert not confirm.isHidden()
    bench.type("Vu avec le groupe", Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    assert bench.stored(draft).editions[0].reason == "Vu avec le groupe"


def test_an_issued_convention_is_read_not_typed(
    bench: Bench, database: Database, office: Office
) -> None:
    made = issued(database, office)
    bench.show(made)
    assert bench.reading
    fields = [each for each in bench.issued.findChildren(QLineEdit) if each.isVisible()]
    assert fields == []
    shown = [each.text() for each in bench.issued.findChildren(QLabel) if each.isVisible()]
    assert "Résidence des Bassins" in shown
    assert "du 18 au 22 mai 2026" in shown


def test_signatures_are_noted_one_by_one(bench: Bench, database: Database, office: Office) -> None:
    made = issued(database, office)
    bench.show(made)
    boxes = bench.issued.signatures.boxes
    for party in (Party.BENEFICIARY, Party.HOST, Party.PRESCRIBER):
        boxes[party].setFocus()
        bench.press(Qt.Key.Key_Space)
        bench.settle()
        assert bench.focus is boxes[party]
    assert bench.issued.head.badge.text() == "signée"
    assert bench.issued.revise.isHidden()
    form = bench.stored(made)
    assert [each.signed_on for each in form.signatures] == [TODAY] * 3


def test_a_signature_is_never_of_tomorrow(bench: Bench, database: Database, office: Office) -> None:
    made = issued(database, office)
    bench.show(made)
    bench.click(bench.issued.signatures.boxes[Party.HOST])
    bench.settle()
    day = bench.issued.signatures.days[Party.HOST]
    day.setFocus()
    day.selectAll()
    bench.type(f"{TODAY + timedelta(days=1):%d/%m/%Y}", Qt.Key.Key_Return)
    assert "à venir" in bench.issued.signatures.problem.text()
    assert bench.stored(made).signatures[1].signed_on == TODAY


def test_a_convention_is_cancelled_in_place_with_its_reason(
    bench: Bench, database: Database, office: Office
) -> None:
    made = issued(database, office)
    bench.show(made)
    bench.choose("Annuler la convention…")
    bench.type("Fermeture de la structure", Qt.Key.Key_Return)
    bench.until(lambda: bench.issued.head.badge.text() == "annulée")
    assert bench.issued.head.notice.text() == "Raison : Fermeture de la structure"


def test_a_new_version_says_what_it_changes_and_can_be_given_up(
    bench: Bench, database: Database, office: Office
) -> None:
    made = issued(database, office)
    bench.show(made)
    bench.click(bench.issued.signatures.boxes[Party.BENEFICIARY])
    bench.settle()
    bench.click(bench.issued.revise)
    bench.until(lambda: not bench.reading)
    bench.settle()
    assert not bench.form.issue_button.isEnabled()
    bench.put("tasks", "Tout autre chose")
    assert bench.form.issue_button.isEnabled()
    told = bench.form.head.notice.text()
    assert told == ("Change : Activités confiées. Les signatures déjà reçues seront à refaire.")
    bench.choose("Abandonner la modification")
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    assert bench.stored(made).paper.period.tasks == "Accompagner les repas, animer un atelier"


def test_a_former_version_is_seen_beside(bench: Bench, database: Database, office: Office) -> None:
    made = issued(database, office)
    bench.show(made)
    bench.click(bench.issued.revise)
    bench.until(lambda: not bench.reading)
    bench.put("tasks", "Tout autre chose")
    bench.settle()
    bench.press(Qt.Key.Key_Return, CONTROL)
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    bench.settle()
    looks = [
        each
        for each in bench.issued.versions.findChildren(QPushButton)
        if each.toolTip() == "Voir la version 1 dans l’aperçu"
    ]
    looks[-1].click()
    bench.settle()
    assert bench.page.preview.heading.text() == "Version 1, remplacée"
