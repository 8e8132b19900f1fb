"""Dates as people type them, alone or saved by themselves."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLabel,
    QPushButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from connexion_desktop.domain.french_dates import age_text
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.typed_dates import DatePurpose
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.bound_fields import BoundDate, LineField
from connexion_desktop.ui.widgets.calendar import Calendar
from connexion_desktop.ui.widgets.date_field import DateField

from .cut import cut
from .fields_bench import TODAY, Book, Show, shown

__all__ = ["shown"]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/9", date(2026, 9, 3)),
        ("lundi", date(2026, 4, 27)),
        ("+2s", date(2026, 5, 5)),
        ("12-5-26", date(2026, 5, 12)),
        ("demain", date(2026, 4, 22)),
    ],
)
def test_a_date_is_typed_as_people_type_it(
    qtbot: QtBot, shown: Show, typed: str, day: date
) -> None:
    field = DateField(lambda: TODAY, DatePurpose.FUTURE)
    shown(field)
    with qtbot.waitSignal(field.date_changed) as told:
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [ImpreciseDate(day)]
    assert field.text() == day.strftime("%d/%m/%Y")


def test_what_is_no_date_says_so_and_stays(qtbot: QtBot, shown: Show) -> None:
    field = DateField(lambda: TODAY)
    shown(field)
    field.show_date(TODAY)
    field.selectAll()
    qtbot.keyClicks(field, "jamais")
    assert not field.settle()
    assert field.text() == "jamais"
    assert field.toolTip()
    assert field.value() == ImpreciseDate(TODAY)


def test_a_month_is_enough_only_where_it_may_be_imprecise(qtbot: QtBot, shown: Show) -> None:
    exact = DateField(lambda: TODAY)
    loose = DateField(lambda: TODAY, imprecise=True)
    shown(exact, loose)
    for field in (exact, loose):
        qtbot.keyClicks(field, "mars 2026")
    assert not exact.settle()
    assert exact.accessibleDescription() == "Il faut le jour exact."
    assert loose.settle()
    assert loose.value() == ImpreciseDate(date(2026, 3, 1), Precision.MONTH)
    assert loose.text() == "03/2026"


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("vers 1990", "1990", "année seule · 35 ou 36 ans"),
        ("mars 1990", "03/1990", "mois et année seuls · 36 ans"),
        ("12/3/1990", "12/03/1990", "36 ans"),
    ],
)
def test_a_birth_date_that_is_not_whole_says_what_is_known_of_it(
    qtbot: QtBot, shown: Show, typed: str, kept: str, said: str
) -> None:
    field = BoundDate(
        "Date de naissance",
        lambda _value: field.confirm(),
        lambda: TODAY,
        DatePurpose.BIRTH,
        imprecise=True,
        hint=lambda birth: age_text(birth, TODAY),
    )
    shown(field)
    qtbot.keyClicks(field.field, typed)
    assert field.state.text() == said
    field.flush()
    qtbot.waitUntil(lambda: field.state.text() == said)
    assert field.text() == kept
    field.show_date(None)
    assert field.state.text() == ""


def test_an_emptied_date_is_no_date(qtbot: QtBot, shown: Show) -> None:
    field = DateField(lambda: TODAY)
    shown(field)
    field.show_date(TODAY)
    field.clear()
    with qtbot.waitSignal(field.date_changed) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [None]


def test_page_up_and_down_move_by_a_day(qtbot: QtBot, shown: Show) -> None:
    field = DateField(lambda: TODAY)
    shown(field)
    field.show_date(TODAY)
    qtbot.keyClick(field, Qt.Key.Key_PageUp)
    assert field.value() == ImpreciseDate(date(2026, 4, 22))
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert field.value() == ImpreciseDate(TODAY)


def test_down_opens_a_calendar_to_pick_from(qtbot: QtBot, shown: Show) -> None:
    field = DateField(lambda: TODAY)
    shown(field)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    month = calendar.findChild(QTableView)
    assert month is not None
    qtbot.keyClick(month, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.date_changed) as told:
        qtbot.keyClick(month, Qt.Key.Key_Return)
    assert told.args == [ImpreciseDate(date(2026, 4, 22))]


@pytest.mark.parametrize("scale", [100, 200])
def test_the_calendar_is_french_begins_on_monday_and_cuts_nothing(
    qtbot: QtBot, shown: Show, scale: int
) -> None:
    theme.apply(theme.Scheme.LIGHT, scale)
    field = DateField(lambda: TODAY)
    theme.dress(field)
    shown(field)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    calendar = field.findChild(Calendar)
    assert calendar is not None
    words = [each.text() for each in calendar.findChildren(QLabel) if each.text()]
    assert words == ["avril", "2026", "lu", "ma", "me", "je", "ve", "sa", "di"]
    assert cut(calendar) == []
    days = calendar.findChild(QTableView)
    assert days is not None
    assert days.columnWidth(0) >= theme.px(30) and days.rowHeight(5) >= theme.px(26)
    assert days.indexAt(QPoint(1, 1)).data() == 30, "the month begins with its Monday, 30 March"
    qtbot.keyClick(days, Qt.Key.Key_PageDown)
    qtbot.keyClick(days, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    words = [each.text() for each in calendar.findChildren(QLabel) if each.text()]
    assert words[:2] == ["mai", "2025"]
    qtbot.keyClick(days, Qt.Key.Key_Escape)
    assert not calendar.isVisible()
    assert field.text() == ""


def test_the_calendar_gives_today_in_one_click(qtbot: QtBot, shown: Show) -> None:
    field = DateField(lambda: TODAY)
    shown(field)
    field.show_date(date(2026, 3, 2))
    qtbot.keyClick(field, Qt.Key.Key_Down)
    calendar = field.findChild(Calendar)
    assert calendar is not None
    (now,) = [each for each in calendar.findChildren(QPushButton) if each.text()]
    with qtbot.waitSignal(field.date_changed) as told:
        qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    assert told.args == [ImpreciseDate(TODAY)]


def test_the_icon_of_a_date_opens_the_calendar(qtbot: QtBot, shown: Show) -> None:
    field = DateField(lambda: TODAY)
    shown(field)
    qtbot.mouseClick(field.opener, Qt.MouseButton.LeftButton)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None and calendar.isVisible()
    calendar.window().close()


def test_a_bound_date_is_saved_when_left_never_while_typing(qtbot: QtBot, shown: Show) -> None:
    saved: list[ImpreciseDate | None] = []
    field = BoundDate("Début", saved.append, lambda: TODAY, DatePurpose.FUTURE)
    other = LineField("Lieu", Book().link())
    shown(field, other)
    field.show_date(TODAY)
    field.field.selectAll()
    qtbot.keyClicks(field.field, "4/5")
    assert not field.is_waiting()
    other.take_focus()
    assert saved == [ImpreciseDate(date(2026, 5, 4))]
    assert field.text() == "04/05/2026"
    assert not field.is_dirty()


def test_a_bound_date_that_is_no_date_is_not_saved(qtbot: QtBot, shown: Show) -> None:
    saved: list[ImpreciseDate | None] = []
    field = BoundDate("Début", saved.append, lambda: TODAY)
    other = LineField("Lieu", Book().link())
    shown(field, other)
    qtbot.keyClicks(field.field, "jamais")
    other.take_focus()
    assert not saved
    assert field.state.text()


def test_a_draft_that_is_no_date_comes_back_as_it_was_typed(qtbot: QtBot, shown: Show) -> None:
    field = BoundDate("Premier jour", lambda _value: None, lambda: TODAY)
    shown(field)
    field.show_date(TODAY)
    field.show_draft("32/13")
    assert field.text() == "32/13"
