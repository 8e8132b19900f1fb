"""Fields that save by themselves: what is typed, saved, refused and told."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from connexion_desktop.ui.widgets.bound_field import BoundField, Link
from connexion_desktop.ui.widgets.bound_fields import BoundDate, ComboField, LineField, TextField

from .fields_bench import TODAY, Book, Show, book, shown

__all__ = ["book", "shown"]


@pytest.fixture
def field(shown: Show, book: Book) -> LineField:
    """« Nom », with the keyboard; the base holds « Diallo »."""
    made = LineField("Nom", book.link())
    shown(made)
    made.show_value("Diallo")
    return made


@pytest.mark.parametrize("kind", [LineField, TextField])
def test_what_is_typed_is_kept_at_once_and_saved_at_the_pause(
    qtbot: QtBot, shown: Show, book: Book, kind: type[LineField] | type[TextField]
) -> None:
    field = kind("Nom", book.link())
    shown(field)
    field.show_value("Diallo")
    qtbot.keyClick(field.editor, Qt.Key.Key_End)
    qtbot.keyClicks(field.editor, "-Ba")
    assert book.drafts == [field.kept(typed) for typed in ("Diallo-", "Diallo-B", "Diallo-Ba")]
    assert not book.saved
    qtbot.waitUntil(lambda: book.saved == ["Diallo-Ba"], timeout=30_000)
    field.confirm()
    assert field.state.text() == "enregistré"
    assert not field.is_dirty()


def test_leaving_the_field_saves_without_waiting(qtbot: QtBot, shown: Show, book: Book) -> None:
    first, second = LineField("Nom", book.link()), LineField("Prénom", Book().link())
    shown(first, second)
    qtbot.keyClicks(first.editor, "Diallo")
    second.take_focus()
    assert book.saved == ["Diallo"]


def test_enter_saves_and_goes_on_to_the_next_field(qtbot: QtBot, shown: Show, book: Book) -> None:
    first, second = LineField("Nom", book.link()), LineField("Prénom", Book().link())
    shown(first, second)
    qtbot.keyClicks(first.editor, "Diallo")
    qtbot.keyClick(first.editor, Qt.Key.Key_Return)
    assert book.saved == ["Diallo"]
    assert second.editor.hasFocus()


def test_escape_gives_back_what_was_saved(qtbot: QtBot, book: Book, field: LineField) -> None:
    qtbot.keyClicks(field.editor, "xx")
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.text() == "Diallo"
    assert book.drafts[-1] is None
    field.flush()
    assert not book.saved


def test_what_cannot_be_saved_says_why_beside_its_title(
    qtbot: QtBot, book: Book, field: LineField
) -> None:
    field.line.selectAll()
    qtbot.keyClick(field.editor, Qt.Key.Key_Delete)
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.state.text() == "Il faut un nom."
    assert field.editor.accessibleDescription() == "Il faut un nom."
    assert field.editor.hasFocus()
    assert not book.saved
    qtbot.keyClicks(field.editor, "Ba")
    assert field.state.text() == ""
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert book.saved == ["Ba"]


def test_an_error_that_fits_beside_the_title_moves_nothing(
    qtbot: QtBot, shown: Show, book: Book
) -> None:
    field, below = LineField("Nom", book.link()), LineField("Prénom", Book().link())
    shown(field, below)
    before = below.geometry()
    _refuse(qtbot, field, "Trop long.")
    assert below.geometry() == before
    assert field.state.shown() == "Trop long."
    assert field.editor.accessibleDescription() == "Trop long."


def test_an_error_that_does_not_fit_beside_the_title_is_whole_under_the_field(
    qtbot: QtBot, shown: Show, book: Book
) -> None:
    field, below = LineField("Nom", book.link()), LineField("Prénom", Book().link())
    shown(field, below)
    window = field.window()
    window.resize(230, 400)
    QApplication.processEvents()
    reason = "Ce nom est déjà celui d’une autre personne : précisez lequel des deux."
    _refuse(qtbot, field, reason)
    told = _told_under(field)
    assert told is not None and told.text() == reason
    assert told.height() >= told.heightForWidth(told.width())
    assert below.y() >= told.mapTo(window, told.rect().bottomLeft()).y()
    assert field.state.text() == field.editor.accessibleDescription() == reason
    assert field.state.shown() == "", "its icon stays beside the title"
    window.resize(900, 400)
    QApplication.processEvents()
    assert _told_under(field) is None and field.state.shown() == reason
    window.resize(230, 400)
    qtbot.keyClicks(field.editor, "y")
    QApplication.processEvents()
    assert _told_under(field) is None


def _refuse(qtbot: QtBot, field: LineField, reason: str) -> None:
    qtbot.keyClicks(field.editor, "xx")
    field.flush()
    field.refuse(reason)
    QApplication.processEvents()


def _told_under(field: LineField) -> QLabel | None:
    labels = [each for each in field.findChildren(QLabel) if each is not field.title]
    return next((each for each in labels if each.isVisible()), None)


def test_what_a_rule_finds_stays_said_once_the_field_is_saved(
    qtbot: QtBot, shown: Show, book: Book
) -> None:
    field = BoundDate("Fin", lambda _value: None, lambda: TODAY)
    shown(field)
    field.remarks.rule(["Plus d’un mois."], "red")
    field.field.setFocus()
    qtbot.keyClicks(field.field, "4/5/2026")
    field.flush()
    field.confirm()
    assert field.state.text() == "Plus d’un mois."
    assert field.editor.accessibleDescription() == "Plus d’un mois."
    field.remarks.rule([], "grey")
    assert field.state.text() == "enregistré"
    assert field.editor.accessibleDescription() == ""


def test_a_save_refused_by_the_base_keeps_what_was_typed(qtbot: QtBot, field: LineField) -> None:
    qtbot.keyClicks(field.editor, "xx")
    field.flush()
    field.refuse("Une collègue l’a changé.")
    assert field.text() == "Dialloxx"
    assert field.state.text() == "Une collègue l’a changé."
    assert field.is_dirty()
    field.restore()
    assert field.text() == "Diallo"


def test_a_refresh_leaves_alone_what_is_being_typed(qtbot: QtBot, field: LineField) -> None:
    field.show_value("Traoré")
    assert field.text() == "Traoré"
    qtbot.keyClicks(field.editor, "x")
    field.show_value("Konaté")
    assert field.text() == "Traoréx"
    field.restore()
    assert field.text() == "Konaté"


def test_what_a_colleague_saved_meanwhile_is_told_no_more_once_it_is_taken(
    qtbot: QtBot, field: LineField
) -> None:
    qtbot.keyClicks(field.editor, "x")
    field.show_value("Konaté")
    assert field.state.text() == "changé entre-temps : « Konaté »"
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert (field.text(), field.state.text()) == ("Konaté", "")


def test_a_refresh_read_before_the_save_was_done_brings_nothing_old_back(
    qtbot: QtBot, field: LineField
) -> None:
    for typed in ("x", "y"):
        qtbot.keyClicks(field.editor, typed)
        field.flush()
    field.show_value("Diallo")
    field.confirm()
    field.show_value("Diallox")
    assert field.text() == "Dialloxy"
    field.confirm()
    field.show_value("Konaté")
    assert field.text() == "Konaté"


def test_a_note_stands_at_the_end_of_the_title_when_nothing_else_is_said(
    qtbot: QtBot, shown: Show, book: Book
) -> None:
    field = LineField("Nom", book.link())
    shown(field)
    field.remarks.note("à compléter")
    assert field.state.text() == "à compléter"
    field.confirm()
    field.remarks.note("")
    assert field.state.text() == "enregistré"
    qtbot.keyClicks(field.editor, "x")
    assert field.state.text() == ""


def test_a_draft_of_last_time_comes_back_to_be_saved(
    qtbot: QtBot, book: Book, field: LineField
) -> None:
    field.show_draft("Diallo-Ba")
    field.flush()
    assert book.saved == ["Diallo-Ba"]


def test_a_choice_is_saved_at_once(qtbot: QtBot, shown: Show, book: Book) -> None:
    field = ComboField("Objet", book.link(), [("discover", "Découvrir"), ("confirm", "Confirmer")])
    shown(field)
    field.show_value("discover")
    assert field.combo.currentText() == "Découvrir"
    qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    assert book.saved == ["confirm"]


def test_every_field_has_its_title_for_a_name(qtbot: QtBot, shown: Show, book: Book) -> None:
    fields: list[BoundField] = [LineField("Nom", book.link()), TextField("Note", book.link())]
    shown(*fields)
    assert [field.editor.accessibleName() for field in fields] == ["Nom", "Note"]


def test_scrolling_over_a_choice_changes_nothing(qtbot: QtBot) -> None:
    saved: list[str] = []
    field = ComboField(
        "Situation", Link(saved.append), [("", "—"), ("a", "Salarié"), ("b", "Autre")]
    )
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    middle = QPointF(field.combo.rect().center())
    down = QPoint(0, -120)
    wheel = QWheelEvent(
        middle,
        field.combo.mapToGlobal(middle),
        QPoint(),
        down,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.combo, wheel)
    assert not wheel.isAccepted(), "the page under it scrolls"
    assert field.combo.currentIndex() == 0
    assert saved == []


@pytest.mark.parametrize("kind", [LineField, TextField])
def test_a_save_leaves_the_cursor_where_one_types(
    qtbot: QtBot, shown: Show, book: Book, kind: type[LineField] | type[TextField]
) -> None:
    field = kind("Nom", book.link())
    shown(field)
    qtbot.keyClicks(field.editor, "Accueillir ")
    field.flush()
    field.confirm()
    field.show_value("Accueillir")  # as the base holds it, its spaces tidied
    qtbot.keyClicks(field.editor, "et ranger")
    assert field.text() == "Accueillir et ranger"


@pytest.mark.parametrize("kind", [LineField, TextField])
def test_where_nothing_is_left_to_take_back_the_key_is_the_window_s(
    qtbot: QtBot, shown: Show, book: Book, kind: type[LineField] | type[TextField]
) -> None:
    field = kind("Nom", book.link())
    shown(field)
    undone: list[str] = []
    act = QAction(field.window())
    act.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
    act.triggered.connect(lambda: undone.append("acte"))
    field.window().addAction(act)
    qtbot.keyClicks(field.editor, "Awa")
    qtbot.keyClick(field.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), undone) == ("", [])
    field.show_value("Diallo")
    qtbot.keyClick(field.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), undone) == ("Diallo", ["acte"])


def test_the_choice_asked_under_the_visible_part_comes_into_view(qtbot: QtBot) -> None:
    field = LineField("Ville", Link(save=lambda _text: None))
    inside = QWidget()
    column = QVBoxLayout(inside)
    tall = QWidget()
    tall.setFixedHeight(600)
    column.addWidget(tall)
    column.addWidget(field)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.resize(400, 300)
    qtbot.addWidget(area)
    with qtbot.waitExposed(area):
        area.show()
    field.contest("Nadia Ferrand a changé ce champ : « Bègles ».", "Bègles")

    def is_in_view() -> bool:
        line = field.conflict()
        assert line is not None
        foot = line.mapTo(area.viewport(), line.rect().bottomLeft()).y()
        return line.isVisible() and line.height() > 20 and foot <= area.viewport().height()

    qtbot.waitUntil(is_in_view)


@pytest.mark.parametrize("kind", [LineField, TextField])
@pytest.mark.skipif(sys.platform == "darwin", reason="Option types letters with accents there")
def test_alt_and_a_letter_that_is_no_shortcut_write_nothing(
    qtbot: QtBot, shown: Show, book: Book, kind: type[LineField] | type[TextField]
) -> None:
    field = kind("Ville", book.link())
    shown(field)
    field.show_value("Bordeaux")
    field.editor.setFocus()
    qtbot.waitUntil(field.editor.hasFocus)
    qtbot.keyClick(field.editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_G, Qt.Key.Key_P):
        qtbot.keyClick(field.editor, key, Qt.KeyboardModifier.AltModifier)
    field.flush()
    assert book.saved == []
    qtbot.keyClicks(field.editor, "Cenon")
    field.flush()
    assert book.saved == ["Cenon"]
