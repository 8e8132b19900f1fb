"""From nothing to a paper, and who accompanies."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt

from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement import Party, PlacementState
from connexion_desktop.domain.targets import NewPlacementTarget
from tests.factories import journey, person
from tests.placement_base import Office, new_act

from .bench import ALT, CONTROL, SHIFT, Bench, issued_in_june, sheets

# From nothing to a paper


def test_a_convention_is_made_and_issued_with_the_keyboard_alone(bench: Bench) -> None:
    assert bench.page.stack.currentWidget() is bench.page.empty
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.pick("dial")
    bench.until(lambda: bench.focus is bench.form.host.pick)
    bench.pick("bas")
    bench.until(lambda: bench.focus is bench.field("starts_on"))
    bench.type("18/5/2026", Qt.Key.Key_Return)
    bench.type("22/5", Qt.Key.Key_Return)
    bench.type("9h-12h / 13h-17h", Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_L, ALT)
    bench.next_point()
    bench.press(Qt.Key.Key_Space)
    for text in ("Accompagner les repas", "Voir une journée entière", "Bilan à trois"):
        bench.next_point()
        bench.type(text)
    for _protection in ("ppe", "prevention"):
        bench.next_point()
        bench.press(Qt.Key.Key_Space)
    assert bench.form.issue_button.isEnabled(), bench.checklist
    bench.press(Qt.Key.Key_Return, CONTROL)
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    bench.settle()
    assert bench.issued.head.number.text() == "PMSMP-2026-0001"
    form = bench.stored(bench.page.middle.current or UUID(int=0))
    assert form.state.state is PlacementState.TO_SIGN
    assert form.paper.period.minutes == 35 * 60
    assert form.paper.host.tutor.name == "Hélène Castagnet"


def test_the_person_s_page_asks_for_an_immersion_and_it_opens(bench: Bench, office: Office) -> None:
    bench.show(NewPlacementTarget(office.person))
    bench.until(lambda: bench.focus is bench.form.host.pick)
    assert bench.form.head.name.text() == "Aïssatou Diallo"


def test_an_immersion_is_opened_by_its_id(
    bench: Bench, database: Database, office: Office, draft: UUID
) -> None:
    other = issued_in_june(database, office)
    bench.show(draft)
    assert bench.page.middle.current == draft
    bench.show(other)
    assert bench.page.middle.current == other
    assert bench.reading


def test_a_name_that_nobody_bears_is_told(bench: Bench) -> None:
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.type("zzz")
    bench.until(bench.asking.nobody.isVisible)
    bench.press(Qt.Key.Key_Escape)
    bench.press(Qt.Key.Key_Escape)
    assert not bench.page.middle.is_asking


def test_an_immersion_that_is_gone_is_told_and_the_list_stays(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.show(UUID(int=404))
    assert "n’existe plus" in bench.window.banners.shown()[0].problem.what
    bench.click_row(draft)
    bench.settle()
    assert bench.form.head.name.text() == "Aïssatou Diallo"


def test_asking_for_whom_can_be_given_up(bench: Bench) -> None:
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.press(Qt.Key.Key_Escape)
    assert not bench.page.middle.is_asking


def test_for_whom_is_asked_alone_and_what_was_open_comes_back(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.settle()
    assert bench.focus is bench.asking.person
    assert not bench.page.list.search.isVisible()
    bench.until(lambda: not sheets(bench))
    assert not bench.page.preview.area.verticalScrollBar().isVisible()
    bench.press(Qt.Key.Key_Escape)
    bench.settle()
    assert bench.page.list.search.isVisible()
    assert bench.form.head.name.text() == "Aïssatou Diallo"
    bench.until(lambda: bool(sheets(bench)))


def test_enter_pressed_before_the_answer_takes_the_only_one_found(bench: Bench) -> None:
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.type("dial", Qt.Key.Key_Return)
    bench.until(lambda: bench.form.is_built and bench.focus is bench.form.host.pick)
    assert bench.form.head.name.text() == "Aïssatou Diallo"


def test_enter_pressed_before_several_answers_drops_them_down(
    bench: Bench, database: Database, office: Office
) -> None:
    with database.write(new_act()) as session:
        journey(session, person(session, "Dior", "Fall"), office.cohort)
    bench.press(Qt.Key.Key_I, CONTROL | SHIFT)
    bench.type("di", Qt.Key.Key_Return)
    bench.until(lambda: len(bench.asking.person.offered()) == 2)
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.focus is bench.form.host.pick)


# The accompanying body


def test_another_body_may_accompany_and_then_the_association_again(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    support = bench.form.more.support
    support.setFocus()
    bench.pick("riad")
    assert support.text() == "L’Étoile de Mériadeck"
    assert Party.SUPPORT in bench.stored(draft).paper.parties
    support.setFocus()
    bench.pick("asso")
    assert bench.stored(draft).paper.accompaniment.body is None


def test_ctrl_n_prepares_an_immersion_and_the_window_says_so(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    assert "Ctrl+N nouvelle immersion" in bench.window.status.keys.text()
    bench.press(Qt.Key.Key_N, CONTROL)
    assert bench.page.middle.is_asking
