"""« Aujourd’hui » in the real window: what keyboard and mouse do there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from sqlalchemy.orm import Session

from benchmarks.bases import TODAY
from connexion_desktop.data import models as m
from connexion_desktop.ui import theme
from connexion_desktop.ui.history_sheet import HistorySheet
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.placements import PlacementsPage
from connexion_desktop.ui.pages.programme import ProgrammePage
from connexion_desktop.ui.pages.programme.presences import PresencesPane
from connexion_desktop.ui.pages.today import TodayPage
from connexion_desktop.ui.pages.today.model import WAKE, Shown, Title

from .hands import Hands
from .walking import Walk

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DAY = ["Mon pitch, premier essai", "Visite d’un plateau technique"]
SILENT = ["Karim Benali", "Enzo Piquet", "Océane Lefèvre"]
TO_CLOSE = [
    "Se présenter",
    "Cuisine",
    "Podcast vidéo",
    "Remise en forme",
    "Théâtre d’improvisation",
]


class Day(Hands):
    """The page, opened."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.go("today")

    @property
    def page(self) -> TodayPage:
        return self.front(TodayPage)

    @property
    def told(self) -> str:
        """What the status line says."""
        return self.window.status.news.text()

    @property
    def current(self) -> str:
        """The title of the line that has the keyboard."""
        shown = self.page.view.current()
        return shown.line.title if shown is not None else ""

    def titles(self) -> list[str]:
        """What stands above the lines, with how many there are."""
        return [f"{row.text} {row.count}" for row in self.rows() if isinstance(row, Title)]

    def under(self, title: str) -> list[str]:
        """The lines under a title."""
        found: dict[str, list[str]] = {}
        for row in self.rows():
            if isinstance(row, Title):
                under = found.setdefault(row.text, [])
            else:
                under.append(row.line.title)
        return found.get(title, [])

    def to_close(self) -> list[str]:
        """The séances that are to be closed."""
        shown = (row for row in self.rows() if isinstance(row, Shown))
        return [row.line.title for row in shown if row.act == "Clôturer"]

    def rows(self) -> tuple[Title | Shown, ...]:
        return self.page.model.rows()

    def line(self, title: str) -> Shown:
        """The first of that title."""
        return next(
            row for row in self.rows() if isinstance(row, Shown) and row.line.title == title
        )

    def take(self, title: str) -> None:
        """Have a line in hand."""
        self.page.view.setCurrentIndex(self.page.model.index_of(self.line(title).line.key))
        self.page.view.setFocus()

    def click(self, at: QPoint) -> None:
        QTest.mouseClick(self.page.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        self.wait()

    def click_act(self, title: str) -> None:
        """Press the words of what a line leads to."""
        view = self.page.view
        index = self.page.model.index_of(self.line(title).line.key)
        view.scrollTo(index)
        self.click(view.act_rect(index).center())

    def change(self, act: Callable[[Session], object]) -> None:
        """Something is written meanwhile, by another page or a colleague."""
        self.window.jobs.write(self.page, act, label="Ailleurs")
        self.wait()


@pytest.fixture
def day(walk: Walk) -> Day:
    return Day(walk)


def test_it_comes_first_in_the_rail_and_by_its_key(walk: Walk) -> None:
    hands = Hands(walk)
    assert next(iter(walk.window.rail.buttons())) == "today"
    hands.press(Qt.Key.Key_A, CONTROL | SHIFT)
    assert walk.window.header.title.words() == "Aujourd’hui"


def test_the_start_shows_the_group_still(walk: Walk) -> None:
    page = walk.window.current_page()
    assert page is not None and page.name == "group"


def test_the_presences_of_the_day_come_first_then_what_is_to_be_done(day: Day) -> None:
    assert day.titles() == ["Séances du jour 2", "Urgent 3", "À faire 9", "À venir 1"]
    assert day.under("Séances du jour") == DAY
    assert day.under("Urgent") == SILENT
    assert day.to_close() == TO_CLOSE
    visit = day.line(DAY[1])
    assert "inscrits sur 12 attendus : Karim Benali, " in visit.line.who
    assert day.window.status.summary.text() == "2 séances aujourd’hui · 3 urgents · 9 à faire"


def test_arrows_walk_the_lines_and_pass_over_the_titles(day: Day) -> None:
    assert day.current == DAY[0]
    walked = []
    for _ in range(3):
        day.press(Qt.Key.Key_Down)
        walked.append(day.current)
    assert walked == [DAY[1], *SILENT[:2]]
    for _ in range(5):
        day.press(Qt.Key.Key_Up)
    assert day.current == DAY[0]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_P])
def test_enter_and_p_open_the_presences_where_a_letter_marks(day: Day, key: Qt.Key) -> None:
    day.press(key)
    pane = day.front(ProgrammePage).pane
    assert isinstance(pane, PresencesPane)
    day.press(Qt.Key.Key_P)
    day.go("today")
    assert [day.line(title).line.word for title in DAY] == ["11 à noter", "12 à noter"]


def test_a_past_day_opens_at_its_own_presences(day: Day) -> None:
    day.take(TO_CLOSE[0])
    day.press(Qt.Key.Key_P)
    pane = day.front(ProgrammePage).pane
    assert isinstance(pane, PresencesPane)
    assert day.front(ProgrammePage).day == TODAY - timedelta(days=1)


def test_a_visit_opens_in_its_programme(day: Day) -> None:
    day.press(Qt.Key.Key_End)
    shown = day.page.view.current()
    assert shown is not None and shown.line.word == "dans 7 j"
    day.press(Qt.Key.Key_Return)
    assert day.front(ProgrammePage).beside.shown == shown.line.key.id


def test_the_words_of_a_line_are_one_click_from_its_act(day: Day) -> None:
    day.click_act(TO_CLOSE[1])
    assert TO_CLOSE[1] not in day.to_close()
    assert day.told == f"Séance tenue : {TO_CLOSE[1]} · Ctrl+Z pour annuler"


def test_a_click_elsewhere_on_a_line_only_takes_it(day: Day) -> None:
    index = day.page.model.index_of(day.line(TO_CLOSE[1]).line.key)
    day.click(day.page.view.visualRect(index).topLeft() + QPoint(200, 12))
    assert day.current == TO_CLOSE[1] and day.to_close() == TO_CLOSE


def test_c_closes_a_seance_the_next_line_has_the_keyboard_and_ctrl_z_brings_it_back(
    day: Day,
) -> None:
    day.take(TO_CLOSE[0])
    day.press(Qt.Key.Key_C)
    assert day.to_close() == TO_CLOSE[1:]
    assert day.current == TO_CLOSE[1]
    day.press(Qt.Key.Key_Z, CONTROL)
    assert day.to_close() == TO_CLOSE


def test_a_seance_that_did_not_take_place_goes_too(day: Day) -> None:
    closed = day.line(TO_CLOSE[0]).line.key.id
    day.take(TO_CLOSE[0])
    day.act("today.cancel")
    (refused,) = day.window.banners.shown()
    assert "présences sont notées, elle ne s’annule pas" in refused.problem.what
    assert day.to_close() == TO_CLOSE

    def take_away(session: Session) -> None:
        for mark in session.scalars(
            sa.select(m.Attendance).where(m.Attendance.meeting_id == closed)
        ):
            mark.deleted_at = m.utc_now()

    day.change(take_away)
    day.take(TO_CLOSE[0])
    day.act("today.cancel")
    assert day.to_close() == TO_CLOSE[1:]
    assert day.told.startswith("Séance annulée")


def test_v_puts_off_and_nothing_vanishes_silently(day: Day) -> None:
    day.take(TO_CLOSE[2])
    day.press(Qt.Key.Key_V)
    assert TO_CLOSE[2] not in day.to_close()
    assert day.told.startswith("Remis à mar. 28 avr. : Podcast vidéo")
    assert day.titles()[-1] == "Remis à plus tard 1"
    assert day.under("Remis à plus tard") == []
    day.press(Qt.Key.Key_End)
    day.press(Qt.Key.Key_Return)
    assert day.under("Remis à plus tard") == [TO_CLOSE[2]]
    shown = day.line(TO_CLOSE[2])
    assert (shown.act, shown.waits) == (WAKE, "vu, rappelé mar. 28 avr.")
    day.press(Qt.Key.Key_Down)
    assert day.page.seen_button.text() == WAKE
    day.press(Qt.Key.Key_V)
    assert day.to_close() == TO_CLOSE


def test_putting_off_is_undone_with_ctrl_z(day: Day) -> None:
    day.take(TO_CLOSE[2])
    QTest.mouseClick(day.page.seen_button, Qt.MouseButton.LeftButton)
    day.wait()
    assert day.titles()[-1] == "Remis à plus tard 1"
    day.press(Qt.Key.Key_Z, CONTROL)
    assert day.titles()[-1] == "À venir 1"
    assert day.to_close() == TO_CLOSE


def test_a_click_on_the_title_unfolds_what_is_put_off(day: Day) -> None:
    day.take(TO_CLOSE[2])
    day.press(Qt.Key.Key_V)
    title = day.page.model.index(len(day.rows()) - 1)
    day.click(day.page.view.visualRect(title).center())
    assert day.under("Remis à plus tard") == [TO_CLOSE[2]]
    day.click_act(TO_CLOSE[2])
    assert day.to_close() == TO_CLOSE


def double(day: Day, at: QPoint) -> None:
    """A double click as it comes: the page is read again between its two presses."""
    day.click(at)
    port = day.page.view.viewport()
    where = QPointF(at), QPointF(port.mapToGlobal(at))
    left = Qt.MouseButton.LeftButton
    kind, held = QEvent.Type.MouseButtonDblClick, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(port, QMouseEvent(kind, *where, left, left, held))
    QTest.mouseRelease(port, left, held, at)
    day.wait()


def test_a_double_click_does_what_a_click_does_once(day: Day) -> None:
    view = day.page.view
    index = day.page.model.index_of(day.line(TO_CLOSE[0]).line.key)
    view.scrollTo(index)
    double(day, view.act_rect(index).center())
    assert day.to_close() == TO_CLOSE[1:]
    day.take(TO_CLOSE[1])
    day.press(Qt.Key.Key_V)
    double(day, view.visualRect(day.page.model.index(len(day.rows()) - 1)).center())
    assert day.under("Remis à plus tard") == [TO_CLOSE[1]]


def test_what_is_pressed_is_done_only_where_it_is_let_go_on_it(day: Day) -> None:
    view, left = day.page.view, Qt.MouseButton.LeftButton
    first, second = (
        view.act_rect(day.page.model.index_of(day.line(title).line.key)).center()
        for title in TO_CLOSE[:2]
    )
    QTest.mousePress(view.viewport(), left, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseRelease(view.viewport(), left, Qt.KeyboardModifier.NoModifier, second)
    day.wait()
    assert day.to_close() == TO_CLOSE


def test_the_menu_acts_on_its_own_line_wherever_the_keyboard_went(day: Day) -> None:
    menu = day.page.menu_for(day.line(TO_CLOSE[1]))
    day.take(TO_CLOSE[0])
    menu.defaultAction().trigger()
    day.wait()
    assert day.to_close() == [TO_CLOSE[0], *TO_CLOSE[2:]]
    menu = day.page.menu_for(day.line(TO_CLOSE[3]))
    day.take(TO_CLOSE[0])
    next(act for act in menu.actions() if act.text() == "Vu, rappeler dans 7 jours").trigger()
    day.wait()
    assert day.to_close() == [TO_CLOSE[0], TO_CLOSE[2], TO_CLOSE[4]]


def test_a_seance_of_the_day_is_not_put_off(day: Day) -> None:
    assert not day.page.seen_button.isEnabled()
    day.press(Qt.Key.Key_V)
    assert day.told == "Les séances du jour ne se remettent pas à plus tard."
    assert day.under("Séances du jour") == DAY


def test_only_a_seance_can_be_closed(day: Day) -> None:
    visit = next(
        row for row in day.rows() if isinstance(row, Shown) and row.line.word == "dans 7 j"
    )
    day.page.view.setCurrentIndex(day.page.model.index_of(visit.line.key))
    assert not day.page.close_button.isEnabled()
    day.press(Qt.Key.Key_C)
    assert day.told == "Choisissez d’abord une séance à clôturer."


def test_what_a_colleague_notes_is_shown_and_the_keyboard_stays_on_its_line(day: Day) -> None:
    day.take(TO_CLOSE[1])
    first = day.line(TO_CLOSE[0]).line.key.id

    def close(session: Session) -> None:
        session.get_one(m.Meeting, first).state = "held"

    day.change(close)
    assert day.to_close() == TO_CLOSE[1:]
    assert day.current == TO_CLOSE[1]


def test_the_menu_of_a_line_holds_its_acts_with_their_keys(day: Day) -> None:
    day.take(TO_CLOSE[0])
    view = day.page.view
    at = view.visualRect(view.currentIndex()).center()
    mouse = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(mouse, at, view.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    told = [(act.text(), act.shortcut().toString()) for act in menu.actions() if act.text()]
    assert told == [
        ("Clôturer", ""),
        ("Clôturer la séance (tenue)", "C"),
        ("La séance n’a pas eu lieu", ""),
        ("Vu, rappeler dans 7 jours", "V"),
    ]
    menu.close()


def test_the_history_of_a_line_is_that_of_its_seance(day: Day) -> None:
    day.take(TO_CLOSE[0])
    day.press(Qt.Key.Key_C)
    day.press(Qt.Key.Key_Z, CONTROL)
    day.take(TO_CLOSE[0])
    day.press(Qt.Key.Key_H, CONTROL)
    (sheet,) = day.window.findChildren(HistorySheet)
    assert sheet.windowTitle() == "Historique de la séance"
    day.walk.until(
        lambda: any("prévue → tenue" in each.text() for each in sheet.findChildren(QLabel))
    )
    sheet.close()


def test_a_screen_reader_says_the_whole_line_and_what_enter_does(day: Day) -> None:
    index = day.page.view.currentIndex()
    told = day.page.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert told == (
        "9 h – 12 h, Mon pitch, premier essai, 12 à noter, Bordeaux · mars 2026 · Bureau, salle du "
        "fleuve · Nadia Ferrand · 12 attendus, Entrée : Noter les présences"
    )


def test_with_large_text_no_line_is_cut(day: Day) -> None:
    theme.apply(theme.Scheme.LIGHT, 200)
    day.wait()
    view, model = day.page.view, day.page.model
    for row in range(model.rowCount()):
        shown = model.shown_at(model.index(row))
        if shown is not None:
            view.scrollTo(model.index(row))
            rect, act = view.visualRect(model.index(row)), view.act_rect(model.index(row))
            assert rect.contains(act), shown.line.title


@pytest.mark.parametrize("title", SILENT[1:])
def test_enter_on_somebody_opens_their_file_and_escape_comes_back(day: Day, title: str) -> None:
    day.take(title)
    known = day.line(title).line.key.id
    day.press(Qt.Key.Key_Return)
    person = day.front(PersonPage)
    assert person.about() == known
    day.press(Qt.Key.Key_Escape)
    assert day.current == title


def test_an_unsigned_immersion_opens_in_one_key_and_is_put_off(day: Day) -> None:
    day.take(SILENT[0])
    immersion = day.line(SILENT[0]).line.key.id
    day.press(Qt.Key.Key_V)
    assert SILENT[0] not in day.under("Urgent")
    day.press(Qt.Key.Key_Z, CONTROL)
    day.take(SILENT[0])
    day.press(Qt.Key.Key_Return)
    assert day.front(PlacementsPage).middle.current == immersion


def test_somebody_is_put_off_too_and_has_no_seance(day: Day) -> None:
    day.take(SILENT[1])
    assert not (day.page.presences_button.isEnabled() or day.page.close_button.isEnabled())
    day.press(Qt.Key.Key_P)
    assert day.told == "Choisissez d’abord une séance."
    day.press(Qt.Key.Key_V)
    assert SILENT[1] not in day.under("Urgent")
    assert day.titles()[-1] == "Remis à plus tard 1"


def test_a_day_when_all_is_done_says_when_the_next_seances_are(
    start: Callable[..., Walk],
) -> None:
    day = Day(start(empty=True))

    def plan(session: Session) -> None:
        cohort = m.Cohort(name="Pessac", starts_on=TODAY)
        session.add(cohort)
        session.flush()
        hours = {"start": 540, "end": 720, "kind": "atelier", "title": "Accueil"}
        session.add(m.Meeting(cohort_id=cohort.id, on=TODAY + timedelta(days=6), **hours))

    day.change(plan)
    assert day.page.empty.isVisible() and not day.page.bar.isVisible()
    assert "lundi 27 avril 2026" in day.page.empty.accessibleName()


def test_a_new_base_says_what_to_do_first(start: Callable[..., Walk]) -> None:
    day = Day(start(empty=True))
    assert day.page.empty.accessibleName().startswith("Aucun groupe en cours")
    offered = [entry.id for entry in day.window.actions_.entries("Édition")]
    assert not [each for each in offered if each.startswith("today.")]


def test_a_group_without_a_programme_leads_to_it(start: Callable[..., Walk]) -> None:
    day = Day(start(empty=True))
    day.change(lambda session: session.add(m.Cohort(name="Pessac", starts_on=TODAY)))
    assert day.page.empty.accessibleName().startswith("Aucune séance à venir")
    (button,) = day.page.empty.findChildren(QPushButton)
    button.click()
    day.wait()
    day.front(ProgrammePage)


def test_late_presences_are_in_red_above_the_rest(day: Day) -> None:
    long_ago = TODAY - timedelta(days=14)

    def forget(session: Session) -> None:
        for mark in session.scalars(sa.select(m.Attendance).where(m.Attendance.on == long_ago)):
            mark.deleted_at = m.utc_now()

    day.change(forget)
    late = day.under("Urgent")
    assert late[-len(SILENT) :] == SILENT, "séances come before people"
    seances = late[: -len(SILENT)]
    assert seances and all(day.line(title).act == "Noter les présences" for title in seances)
