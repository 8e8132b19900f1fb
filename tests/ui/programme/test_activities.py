"""The activities of a group in the real window: chosen, signed, held, told."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy.orm import Session

from benchmarks.bases import TODAY
from connexion_desktop.data import models as m
from connexion_desktop.domain.activities import Choose, ConsentKind, TellOutcome
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.usecases import activities
from tests import factories as make

from .activity_bench import AISSATOU, KOFFI, LEFT, OCEANE, Desk
from .pages import CONTROL, NO, SHIFT

IMAGE = ConsentKind.IMAGE


def test_a_digit_chooses_at_once_and_ctrl_z_takes_it_back(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    desk.press(Qt.Key.Key_1)
    assert desk.row(AISSATOU).who.activity == "podcast"
    assert desk.row(AISSATOU).told(IMAGE) == "à signer"
    assert "4 participants, 2 à signer" in desk.card("Podcast").chosen.text()
    assert desk.hands.told == f"{AISSATOU} : Podcast vidéo · Ctrl+Z pour annuler"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.row(AISSATOU).who.activity == "cuisine"


def test_the_menu_of_somebody_chooses_too(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    desk.choose_in_menu("Podcast vidéo")
    assert desk.row(AISSATOU).who.activity == "podcast"
    desk.choose_in_menu("Aucune activité")
    assert desk.row(AISSATOU).who.activity == ""


def test_several_digits_in_a_row_are_each_saved_and_the_last_stays(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_4):
        QTest.keyClick(desk.pane.table, key)
    assert desk.row(AISSATOU).who.activity == "theatre", "it is shown before it is saved"
    desk.hands.wait()
    assert desk.row(AISSATOU).who.activity == "theatre"
    assert desk.pane.conflict is None
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.row(AISSATOU).who.activity == "cuisine", "a change of mind is taken back at once"


def test_what_is_chosen_after_what_will_be_refused_is_no_conflict(desk: Desk) -> None:
    def offered_no_more(session: Session) -> None:
        table = m.CohortActivity
        for row in session.scalars(sa.select(table).where(table.activity == "podcast")):
            row.deleted_at = m.utc_now()

    desk.stand_on(AISSATOU)
    desk.meanwhile(offered_no_more)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3):
        QTest.keyClick(desk.pane.table, key)
    desk.hands.wait()
    assert desk.row(AISSATOU).who.activity == "sport"
    assert desk.pane.conflict is None


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_Delete])
def test_nothing_is_chosen_any_more_and_no_seance_is_taken_away(desk: Desk, key: Qt.Key) -> None:
    desk.stand_on(AISSATOU)
    desk.press(key)
    assert desk.row(AISSATOU).who.activity == ""
    assert desk.pane.told.text() == "12 participants, 1 sans activité"
    programme = desk.hands.page.programme
    assert programme is not None and len(programme.meetings) == 74


def test_a_number_that_no_activity_has_is_told(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    desk.press(Qt.Key.Key_7)
    assert desk.hands.told == "Aucune activité n’a le numéro 7."
    assert desk.row(AISSATOU).who.activity == "cuisine"


def nadia_chooses(desk: Desk, name: str, activity: str) -> None:
    command = Choose(desk.row(name).id, activity)
    desk.meanwhile(lambda session: activities.choose_activity(session, command))


def test_what_a_colleague_noted_meanwhile_is_told_and_one_keeps_ones_own(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    nadia_chooses(desk, AISSATOU, "sport")
    desk.press(Qt.Key.Key_1)
    line = desk.pane.conflict
    assert line is not None and line.isVisible()
    assert line.words.text().startswith(f"Nadia Ferrand a changé l’activité de {AISSATOU}")
    assert "« Sport (remise en forme) »" in line.words.text()
    assert desk.row(AISSATOU).who.activity == "sport"
    QTest.mouseClick(line.mine, LEFT)
    desk.hands.wait()
    assert desk.row(AISSATOU).who.activity == "podcast"
    assert desk.pane.conflict is None and desk.pane.table.hasFocus()


def test_what_a_colleague_noted_meanwhile_is_taken(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    nadia_chooses(desk, AISSATOU, "sport")
    desk.press(Qt.Key.Key_1)
    line = desk.pane.conflict
    assert line is not None
    QTest.mouseClick(line.theirs, LEFT)
    desk.hands.wait()
    assert desk.row(AISSATOU).who.activity == "sport" and desk.pane.conflict is None


def test_an_agreement_is_signed_by_space_then_taken_back_and_both_are_kept(desk: Desk) -> None:
    desk.stand_on(OCEANE)
    desk.press(Qt.Key.Key_Space)
    assert desk.row(OCEANE).told(IMAGE) == "signé le 21/04/2026"
    desk.press(Qt.Key.Key_Space)
    assert desk.hands.told == "C’est déjà signé."
    desk.press(Qt.Key.Key_R)
    assert desk.row(OCEANE).told(IMAGE) == "retiré le 21/04/2026"
    assert consents(desk, OCEANE) == [(TODAY, TODAY)]
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert desk.row(OCEANE).told(IMAGE) == "signé le 21/04/2026"


def consents(desk: Desk, name: str) -> list[tuple[date, date | None]]:
    store = desk.window.jobs.store
    assert store is not None
    with store.read() as session:
        found = session.execute(
            sa.select(m.Consent.given_on, m.Consent.revoked_on).where(
                m.Consent.person_id == desk.row(name).who.person_id
            )
        )
        return list(found.tuples())


def test_space_twice_or_held_signs_once(desk: Desk) -> None:
    desk.stand_on(OCEANE)
    table = desk.pane.table
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Space)
    for _ in range(3):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, NO, " ", autorep=True)
        QApplication.sendEvent(table, held)
        again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_R, NO, "r", autorep=True)
        QApplication.sendEvent(table, again)
    desk.hands.wait()
    assert consents(desk, OCEANE) == [(TODAY, None)]


def test_what_was_signed_another_day_is_noted_with_that_day(desk: Desk) -> None:
    desk.stand_on(OCEANE)
    desk.press(Qt.Key.Key_Space, SHIFT)
    strip = desk.pane.signing
    assert strip.day.hasFocus() and strip.day.text() == "21/04/2026"
    assert OCEANE in strip.heading.text()
    strip.day.selectAll()
    desk.hands.type("22/04/2026")
    desk.press(Qt.Key.Key_Return)
    assert strip.isVisible() and strip.problem.text()
    strip.day.selectAll()
    desk.hands.type("14/4")
    desk.press(Qt.Key.Key_Return)
    assert not strip.isVisible()
    assert desk.row(OCEANE).told(IMAGE) == "signé le 14/04/2026"
    assert "14/04/2026" in desk.hands.told
    desk.stand_on(AISSATOU)
    desk.choose_in_menu("Droit à l’image : signé un autre jour")
    desk.press(Qt.Key.Key_Return)
    assert desk.row(AISSATOU).told(IMAGE) == "signé le 21/04/2026"


def test_image_rights_are_signed_for_a_micro_trottoir_whatever_they_chose(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    desk.press(Qt.Key.Key_Space)
    assert "Rien à signer" in desk.hands.told
    desk.choose_in_menu("Droit à l’image : signé aujourd’hui")
    assert desk.row(AISSATOU).told(IMAGE) == "signé le 21/04/2026"
    desk.choose_in_menu("Droit à l’image : accord retiré")
    assert desk.row(AISSATOU).told(IMAGE) == "retiré le 21/04/2026"


def test_the_paper_to_sign_is_seen_for_one_or_for_all_of_an_activity(desk: Desk) -> None:
    desk.stand_on(KOFFI)
    desk.press(Qt.Key.Key_P)
    assert "À signer" in desk.preview()
    desk.choose_on_card("Sport", "Papiers à signer (1)")
    assert "À signer" in desk.preview()


def test_the_list_for_the_partner_is_seen_and_saved_with_names_alone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.mouseClick(desk.card("Cuisine").list, LEFT)
    assert "Liste Cuisine" in desk.preview()
    path = tmp_path / "liste.csv"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_asked, **_more: (str(path), "CSV (*.csv)")
    )
    desk.choose_on_card("Cuisine", "Enregistrer la liste")
    desk.hands.until(path.exists)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert lines[0] == ["N°", "Nom", "Remarques"]
    assert ["2", AISSATOU, ""] in lines and len(lines) == 4


def test_what_came_of_an_activity_saves_by_itself_and_is_found_again(desk: Desk) -> None:
    field = desk.card("Théâtre").outcome
    field.take_focus()
    desk.hands.type("Un sketch devant la Mission locale")
    desk.pane.table.setFocus()
    desk.hands.wait()
    assert field.state.text() == "enregistré"
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert field.text() == "" and field.state.text() == ""
    desk.press(Qt.Key.Key_Y, CONTROL)
    desk.hands.choose_group("Talence")
    assert desk.card("Théâtre").outcome.text() == ""
    desk.hands.choose_group("Bordeaux · mars")
    assert desk.card("Théâtre").outcome.text() == "Un sketch devant la Mission locale"


def test_what_a_colleague_wrote_of_it_meanwhile_is_never_written_over(desk: Desk) -> None:
    field = desk.card("Théâtre").outcome
    field.take_focus()
    desk.hands.type("Un sketch")
    shown = desk.pane.shown
    assert shown is not None
    offer = next(each for each in shown.offers if each.code == "theatre")
    command = TellOutcome(offer.id, "Un match d’impro")
    desk.meanwhile(lambda session: activities.tell_outcome(session, command))
    field.flush()
    desk.hands.wait()
    line = field.conflict()
    assert line is not None and "« Un match d’impro »" in line.words.text()
    QTest.mouseClick(line.mine, LEFT)
    desk.hands.wait()
    assert desk.card("Théâtre").outcome.text() == "Un sketch"
    assert field.conflict() is None


def test_what_was_typed_of_it_and_waits_to_be_chosen_is_found_again(desk: Desk) -> None:
    field = desk.card("Théâtre").outcome
    field.take_focus()
    desk.hands.type("Un sketch")
    shown = desk.pane.shown
    assert shown is not None
    offer = next(each for each in shown.offers if each.code == "theatre")
    command = TellOutcome(offer.id, "Un match d’impro")
    desk.meanwhile(lambda session: activities.tell_outcome(session, command))
    desk.hands.choose_group("Talence")
    desk.hands.wait()
    desk.hands.choose_group("Bordeaux · mars")
    desk.hands.wait()
    again = desk.card("Théâtre").outcome
    assert again is not field and again.text() == "Un sketch"
    assert again.is_dirty(), "it is typed, not saved over hers"


def test_the_rows_are_copied_as_a_spreadsheet_pastes_them(desk: Desk) -> None:
    desk.stand_on(OCEANE)
    desk.press(Qt.Key.Key_C, CONTROL)
    desk.hands.until(lambda: "Podcast" in QApplication.clipboard().text())
    assert f"{OCEANE}\tPodcast vidéo\tà signer" in QApplication.clipboard().text()


def test_an_activity_is_offered_no_more_then_again_with_its_partner(desk: Desk) -> None:
    desk.choose_on_card("Cuisine", "Ne plus proposer")
    (told,) = desk.window.banners.shown()
    assert "3 participants ont choisi cette activité" in told.problem.what
    for row in [each for each in desk.rows() if each.who.activity == "cuisine"]:
        desk.stand_on(row.who.name)
        desk.press(Qt.Key.Key_1)
    desk.choose_on_card("Cuisine", "Ne plus proposer")
    assert len(desk.pane.cards.cards) == 3
    QTest.mouseClick(desk.pane.offer_button, LEFT)
    strip = desk.pane.offering
    assert strip.activity.hasFocus() and strip.activity.currentText() == "Cuisine"
    strip.partner.setFocus()
    desk.hands.type("Nulle part")
    desk.press(Qt.Key.Key_Return)
    assert "carnet" in strip.problem.text() and strip.isVisible()
    strip.partner.clear()
    desk.hands.type("cata")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert strip.partner.text() == "On catalyse"
    desk.press(Qt.Key.Key_Return)
    assert "On catalyse · personne encore" in desk.card("Cuisine").chosen.text()
    desk.choose_on_card("Cuisine", "Changer de partenaire")
    desk.hands.type("vision")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    assert "Vision mêlée" in desk.card("Cuisine").chosen.text()
    assert desk.hands.told.startswith("Cuisine : partenaire noté · ")


def test_of_two_partners_of_one_name_the_one_picked_holds_the_activity(desk: Desk) -> None:
    def add(session: Session) -> None:
        for town in ("Bordeaux", "Pessac"):
            make.organisation(session, "Relais des Tilleuls", city=town)

    desk.meanwhile(add)
    strip = desk.pane.offering
    for town in ("Pessac", "Bordeaux"):
        desk.choose_on_card("Cuisine", "Changer de partenaire")
        strip.partner.selectAll()
        desk.hands.type("tilleuls")
        towns = [each.detail for each in strip.partner.offered()]
        for _ in range(towns.index(town) + 1):
            desk.press(Qt.Key.Key_Down)
        desk.press(Qt.Key.Key_Return)
        desk.press(Qt.Key.Key_Return)
        store = desk.window.jobs.store
        assert store is not None and not strip.isVisible()
        with store.read() as session:
            held, offered = m.Organisation, m.CohortActivity
            holders = session.scalars(
                sa.select(held.city)
                .join(offered, offered.partner_id == held.id)
                .where(held.name == "Relais des Tilleuls", offered.deleted_at.is_(None))
            ).all()
        assert holders == [town]
    desk.choose_on_card("Cuisine", "Changer de partenaire")
    assert strip.partner.text() == "Relais des Tilleuls (Bordeaux)"
    strip.partner.selectAll()
    desk.hands.type("Relais des Tilleuls")
    strip.partner.fold_up()
    desk.press(Qt.Key.Key_Return)
    assert "Plusieurs structures ont ce nom" in strip.problem.text()


def test_enter_opens_the_page_of_whoever_has_the_keyboard(desk: Desk) -> None:
    desk.stand_on(KOFFI)
    desk.press(Qt.Key.Key_Return)
    page = desk.window.current_page()
    assert isinstance(page, PersonPage) and page.about() == desk.row(KOFFI).who.person_id


def test_a_choice_refused_once_another_group_is_shown_asks_nothing_there(desk: Desk) -> None:
    desk.stand_on(AISSATOU)
    nadia_chooses(desk, AISSATOU, "sport")
    QTest.keyClick(desk.pane.table, Qt.Key.Key_1)
    desk.hands.choose_group("Talence")
    (told,) = desk.window.banners.shown()
    assert "Nadia Ferrand a changé" in told.problem.what
    assert desk.pane.conflict is None


def test_a_key_pressed_before_the_group_is_read_says_that_it_is_being_read(desk: Desk) -> None:
    desk.stand_on(OCEANE)
    desk.pane.choosing.forget()
    QTest.keyClick(desk.pane.table, Qt.Key.Key_Space)
    assert "Les activités se chargent" in desk.hands.told
