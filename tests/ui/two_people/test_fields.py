"""Two people on one person's fields: the second sees what the first changed, and chooses."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from connexion_desktop.data import models as m
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.ui.widgets.bound_fields import LineField

from ..office import Office
from ..walking import LONG
from .bench import ALT, fields_of, held, meets, nadia_sets, put

Two = tuple[UUID, UUID]

HERS, NADIA_S = "12 rue Fondaudège", "4 cours Victor Hugo"


def both_write_an_address(office: Office, who: UUID) -> LineField:
    """One is typing it when Nadia saves another."""
    address = fields_of(office, who)["person.address"]
    assert isinstance(address, LineField)
    put(office, address, HERS)
    nadia_sets(office, who, "person.address", NADIA_S)
    return address


def test_the_second_sees_what_the_first_wrote_and_keeps_hers(office: Office, twelve: Two) -> None:
    who = twelve[0]
    address = both_write_an_address(office, who)
    line = meets(office, address)
    said = line.words.text()
    assert said.startswith("Nadia Ferrand a changé ce champ à ")
    assert said.endswith(" : « 4 cours Victor Hugo ».")
    assert address.text() == HERS
    assert held(office, who, "address") == NADIA_S
    office.click(line.mine)
    assert held(office, who, "address") == HERS
    assert address.conflict() is None
    assert office.rows(sa.select(m.Draft.key)) == []


def test_the_journal_tells_both(office: Office, twelve: Two) -> None:
    who = twelve[0]
    address = both_write_an_address(office, who)
    office.click(meets(office, address).mine)
    query = (
        sa.select(m.AuditLine.author, m.AuditLine.before, m.AuditLine.after)
        .where(m.AuditLine.field == "address")
        .order_by(m.AuditLine.at)
    )
    assert office.rows(query) == [
        ("Nadia Ferrand", None, NADIA_S),
        ("Anne Martin", NADIA_S, HERS),
    ]


def test_the_keyboard_alone_takes_the_other_s(office: Office, twelve: Two) -> None:
    who = twelve[0]
    address = both_write_an_address(office, who)
    meets(office, address)
    office.key(address.editor, Qt.Key.Key_P, ALT)
    office.qtbot.waitUntil(lambda: address.conflict() is None, timeout=LONG)
    office.settle()
    assert address.text() == NADIA_S
    assert held(office, who, "address") == NADIA_S
    assert office.rows(sa.select(m.Draft.key)) == []


def test_tab_then_enter_keeps_one_s_own(office: Office, twelve: Two) -> None:
    who = twelve[0]
    address = both_write_an_address(office, who)
    line = meets(office, address)
    address.editor.setFocus()
    office.qtbot.keyClick(address.editor, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is line.mine
    assert focus.accessibleName() == "Garder le mien : Adresse"
    office.key(focus, Qt.Key.Key_Return)
    office.settle()
    assert held(office, who, "address") == HERS
    assert QApplication.focusWidget() is address.editor


def test_escape_gives_back_what_the_base_holds(office: Office, twelve: Two) -> None:
    who = twelve[0]
    address = both_write_an_address(office, who)
    meets(office, address)
    office.key(address.editor, Qt.Key.Key_Escape)
    assert (address.text(), address.conflict()) == (NADIA_S, None)


def test_another_field_changed_meanwhile_is_merged(office: Office, twelve: Two) -> None:
    who = twelve[0]
    fields = fields_of(office, who)
    put(office, fields["person.address"], HERS)
    nadia_sets(office, who, "person.email", "aissatou@example.org")
    office.settle()
    assert fields["person.email"].text() == "aissatou@example.org"
    assert fields["person.address"].text() == HERS
    fields["person.address"].flush()
    office.settle()
    assert fields["person.address"].conflict() is None
    assert held(office, who, "address") == HERS
    assert held(office, who, "email") == "aissatou@example.org"


def test_what_is_typed_does_not_move_and_a_discreet_word_says_what_changed(
    office: Office, twelve: Two
) -> None:
    who = twelve[0]
    address = fields_of(office, who)["person.address"]
    put(office, address, "12 rue Fond")
    address.line.setCursorPosition(2)
    nadia_sets(office, who, "person.address", NADIA_S)
    office.settle()
    assert (address.text(), address.line.cursorPosition()) == ("12 rue Fond", 2)
    assert address.state.text() == "changé entre-temps : « 4 cours Victor Hugo »"
    assert address.editor.hasFocus()


def test_the_same_thing_written_twice_asks_nothing(office: Office, twelve: Two) -> None:
    who = twelve[0]
    phone = fields_of(office, who)["person.phone"]
    put(office, phone, "0639980022")
    nadia_sets(office, who, "person.phone", "06 39 98 00 22")
    phone.flush()
    office.settle()
    assert phone.conflict() is None
    assert held(office, who, "phone") == "06 39 98 00 22"


def test_a_phone_typed_on_after_a_pause_is_no_conflict_with_oneself(
    office: Office, twelve: Two
) -> None:
    who = twelve[0]
    phone = fields_of(office, who)["person.phone"]
    put(office, phone, "0639980022")
    phone.flush()
    put(office, phone, "0639980033")
    phone.flush()
    office.settle()
    put(office, phone, "0639980044")
    phone.flush()
    office.settle()
    assert phone.conflict() is None
    assert held(office, who, "phone") == "06 39 98 00 44"


def test_a_town_and_its_postal_code_are_chosen_together(office: Office, twelve: Two) -> None:
    who = twelve[0]
    nadia_sets(office, who, "person.postal_code", "33000")
    nadia_sets(office, who, "person.city", "Bordeaux")
    fields = fields_of(office, who)
    city, code = fields["person.city"], fields["person.postal_code"]
    put(office, city, "Le Bouscat")
    nadia_sets(office, who, "person.postal_code", "33300")
    line = meets(office, city)
    said = line.words.text()
    assert "a changé « Code postal », lié à ce champ, à " in said
    assert "« 33300 · Bordeaux »" in said
    assert "Le vôtre : « 33000 · Le Bouscat »" in said
    office.click(line.mine)
    office.settle()
    assert (held(office, who, "postal_code"), held(office, who, "city")) == ("33000", "Le Bouscat")
    assert (code.text(), city.text()) == ("33000", "Le Bouscat")
    assert (code.conflict(), city.conflict()) == (None, None)


def test_a_choice_in_a_list_is_said_in_its_words(office: Office, twelve: Two) -> None:
    who = twelve[0]
    civility = fields_of(office, who)["person.civility"]
    civility.editor.setFocus()
    nadia_sets(office, who, "person.civility", "m")
    office.key(civility.editor, Qt.Key.Key_Up)
    line = meets(office, civility)
    assert line.words.text().endswith(" : « Monsieur ».")
    assert held(office, who, "civility") == "m"
    office.click(line.mine)
    assert civility.editor.currentText() == "—"
    assert held(office, who, "civility") is None


def test_an_imprecise_date_and_its_precision_are_one_value(office: Office, twelve: Two) -> None:
    who = twelve[0]
    birth = fields_of(office, who)["person.birth_date"]
    put(office, birth, "12/03/1990")
    nadia_sets(office, who, "person.birth_date", ImpreciseDate(date(1991, 1, 1), Precision.YEAR))
    line = meets(office, birth)
    assert line.words.text().endswith(" : « 1991 ».")
    office.click(line.mine)
    office.settle()
    assert held(office, who, "birth_date") == date(1990, 3, 12)
    assert held(office, who, "birth_precision") == "day"


def test_what_waits_to_be_chosen_comes_back_after_a_restart(office: Office, twelve: Two) -> None:
    who = twelve[0]
    address = both_write_an_address(office, who)
    meets(office, address)
    office.reopened()
    address = fields_of(office, who)["person.address"]
    assert address.text() == HERS
    line = meets(office, address)
    assert NADIA_S in line.words.text()
    office.click(line.mine)
    assert held(office, who, "address") == HERS


def test_a_draft_typed_before_the_change_of_a_colleague_does_not_write_over_it(
    office: Office, twelve: Two
) -> None:
    """The application stopped in the middle of a word; a colleague saved since."""
    who = twelve[0]
    phone = fields_of(office, who)["person.phone"]
    put(office, phone, "06 39")
    office.page.flush()
    office.settle()
    nadia_sets(office, who, "person.phone", "06 39 98 00 55")
    office.reopened()
    phone = fields_of(office, who)["person.phone"]
    put(office, phone, "06 39 98 00 66")
    assert "06 39 98 00 55" in meets(office, phone).words.text()


def test_a_choice_left_for_somebody_else_says_whose_field_it_is(
    office: Office, twelve: Two
) -> None:
    who, other = twelve
    meets(office, both_write_an_address(office, who))
    office.open(other, twelve)
    office.settle()
    told = office.failed[-1]
    assert told.what.startswith("Aïssatou Diallo, « Adresse » : Nadia Ferrand a changé ce champ à ")
    assert told.todo == "Revenez-y pour choisir."


def test_somebody_else_is_shown_by_then_and_it_waits(office: Office, twelve: Two) -> None:
    first, second = twelve
    fields = fields_of(office, first)
    put(office, fields["person.address"], HERS)
    nadia_sets(office, first, "person.address", "4 cours")
    office.open(second, twelve)
    office.settle()
    told = office.failed[-1].what
    assert told.startswith("Aïssatou Diallo, « Adresse » : Nadia Ferrand a changé ce champ à ")
    assert fields["person.address"].text() == ""
    address = fields_of(office, first)["person.address"]
    assert address.text() == HERS
    assert "« 4 cours »" in meets(office, address).words.text()
