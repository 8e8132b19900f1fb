"""The small shared pieces: what they show, say and emit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.progress import Progress
from connexion_desktop.ui import theme
from connexion_desktop.ui.actions import Actions
from connexion_desktop.ui.jobs import Jobs
from connexion_desktop.ui.menus import native_bar
from connexion_desktop.ui.single_window import SingleWindow, raise_other
from connexion_desktop.ui.widgets import presence_strip
from connexion_desktop.ui.widgets.badge import Badge
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.empty import Empty
from connexion_desktop.ui.widgets.flow_layout import FlowLayout, flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.line_icon import LineIcon
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.progress_line import ProgressLine
from connexion_desktop.ui.widgets.search_field import SearchField


def test_text_is_never_read_as_html(qtbot: QtBot) -> None:
    shown = label("<b>Awa</b> & <img src=x>")
    qtbot.addWidget(shown)
    assert shown.textFormat() == Qt.TextFormat.PlainText


def test_a_button_without_words_is_named_by_its_tip(qtbot: QtBot) -> None:
    made = button("", "ghost", icon="close-line", tip="Fermer ce message")
    qtbot.addWidget(made)
    assert made.accessibleName() == "Fermer ce message"


def test_a_badge_is_read_out_and_as_wide_as_its_word(qtbot: QtBot) -> None:
    badge = Badge("PMSMP à signer", "amber")
    qtbot.addWidget(badge)
    short = badge.sizeHint().width()
    badge.show_badge("PMSMP à signer avant le 4 mai", "red")
    assert badge.sizeHint().width() > short
    assert badge.accessibleName() == "PMSMP à signer avant le 4 mai"
    badge.grab()


def test_a_chip_tells_its_number_and_is_pressed(qtbot: QtBot) -> None:
    chip = Chip("À faire")
    chip.show_number("4")
    qtbot.addWidget(chip)
    chip.show()
    assert chip.accessibleName() == "À faire 4"
    with qtbot.waitSignal(chip.toggled):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    chip.show_number("")
    assert chip.accessibleName() == "À faire"


def test_a_search_tells_once_typing_pauses_and_empties_at_escape(qtbot: QtBot) -> None:
    field = SearchField("Chercher une personne…")
    qtbot.addWidget(field)
    told: list[str] = []
    field.searched.connect(told.append)
    qtbot.keyClicks(field, "awa")
    qtbot.waitUntil(lambda: told == ["awa"])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["awa"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: told == ["awa", ""])
    assert field.accessibleName() == "Chercher une personne"


def test_the_cross_of_a_search_empties_it(qtbot: QtBot) -> None:
    field = SearchField("Chercher une personne…")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    cross = field.findChildren(LineIcon)[1]
    assert not cross.isVisible()
    qtbot.keyClicks(field, "awa")
    assert cross.isVisible()
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    assert not cross.isVisible()


@given(widths=st.lists(st.integers(10, 300), max_size=12), room=st.integers(300, 900))
def test_a_flow_never_overlaps_nor_leaves_its_width(widths: list[int], room: int) -> None:
    holder = QWidget()
    layout = FlowLayout(holder)
    widgets = [QLabel(str(width)) for width in widths]
    for widget, width in zip(widgets, widths, strict=True):
        widget.setFixedSize(width, 20)
        layout.addWidget(widget)
    layout.setGeometry(QRect(0, 0, room, layout.heightForWidth(room)))
    boxes = [widget.geometry() for widget in widgets]
    assert all(box.right() < room for box in boxes)
    assert all(
        not one.intersects(other) for rank, one in enumerate(boxes) for other in boxes[rank + 1 :]
    )
    assert all(box.bottom() < layout.heightForWidth(room) for box in boxes)


def test_an_empty_page_lets_the_processor_rest(qtbot: QtBot) -> None:
    empty = Empty()
    empty.say("group-line", "Aucun doublon.", "Toutes les fiches sont distinctes.", [])
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.show()
    for _ in range(20):
        QApplication.processEvents()
    asked: list[QEvent.Type] = []
    watch = Watch(empty, asked)
    for _ in range(20):
        QApplication.processEvents()
    assert QEvent.Type.LayoutRequest not in asked
    watch.deleteLater()


class Watch(QObject):
    """Notes what comes to a widget."""

    def __init__(self, watched: QWidget, seen: list[QEvent.Type]) -> None:
        super().__init__()
        self._seen = seen
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self._seen.append(event.type())
        return False


def test_a_flow_that_grows_asks_for_its_new_height(qtbot: QtBot) -> None:
    first, second = label("Premier"), label("Second")
    holder = flow(first, second)
    qtbot.addWidget(holder)
    width = first.sizeHint().width() + second.sizeHint().width() + 8
    one_line = holder.heightForWidth(width)
    second.setText("Second, bien plus long")
    assert holder.heightForWidth(width) > one_line
    second.hide()
    assert holder.heightForWidth(width) == one_line


def test_a_hidden_widget_leaves_no_hole_in_a_flow(qtbot: QtBot) -> None:
    first, second = QLabel("un"), QLabel("deux")
    holder = flow(first, second)
    qtbot.addWidget(holder)
    holder.resize(400, 40)
    holder.show()
    first.hide()
    layout = holder.layout()
    assert layout is not None
    layout.activate()
    assert second.x() == 0


def test_a_panel_is_named_by_its_title(qtbot: QtBot) -> None:
    panel = Panel("Freins")
    qtbot.addWidget(panel)
    panel.add(label("Mobilité"))
    assert panel.accessibleName() == "Freins"


@pytest.fixture
def idle_jobs(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.stop()


def test_long_work_is_shown_only_if_it_lasts_and_can_be_given_up(
    qtbot: QtBot, idle_jobs: Jobs
) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    begun = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            progress.step(3, 10, "ligne 3")
            begun.wait(0.01)

    job = idle_jobs.compute(line, work, lambda _none: None)
    line.watch(job, "Import")
    assert line.isHidden()
    qtbot.waitUntil(lambda: not line.isHidden() and line.bar.maximum() == 10)
    assert line.bar.value() == 3
    assert line.what.text() == "Import : ligne 3"
    line.cancel.click()
    qtbot.waitUntil(line.isHidden)


def test_quick_work_is_not_shown_at_all(qtbot: QtBot, idle_jobs: Jobs) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    job = idle_jobs.compute(line, lambda _progress: None, lambda _none: None)
    line.watch(job, "Import")
    with qtbot.waitSignal(job.finished):
        pass
    assert line.isHidden()
    assert not line.is_waiting()


def test_a_second_start_brings_the_first_window_forward(qtbot: QtBot, tmp_path: Path) -> None:
    base = tmp_path / "notre.base"
    assert not raise_other(base)
    called: list[None] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    single = SingleWindow(base, lambda: called.append(None), owner)
    asked: list[bool] = []
    thread = threading.Thread(target=lambda: asked.append(raise_other(base)))
    thread.start()
    qtbot.waitUntil(lambda: bool(called))
    thread.join()
    assert asked == [True]
    single.close()
    assert not raise_other(base)


def test_the_systems_menu_bar_holds_the_same_acts(qtbot: QtBot) -> None:
    window, bar = QWidget(), QMenuBar()
    qtbot.addWidget(window)
    qtbot.addWidget(bar)
    actions = Actions(window)
    native_bar(bar, actions)
    actions.add("quit", "Quitter", "Ctrl+Q", lambda: None, menu="Fichier")
    (file,) = bar.actions()
    assert file.text() == "Fichier"
    menu = file.menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Quitter"]


@pytest.mark.parametrize(("width", "hollow"), [(400, True), (100, False)])
def test_a_day_not_entered_never_looks_like_a_zero(width: int, hollow: bool) -> None:
    picture = QImage(width, 8, QImage.Format.Format_RGB32)
    picture.fill(theme.tokens().surface)
    painter = QPainter(picture)
    strip = QRect(0, 0, width, 8)
    presence_strip.paint(painter, strip, [Presence.MISSING] * 24)
    painter.end()
    cell = presence_strip.places(strip, 24)[3]
    middle = round(cell.center().x())
    foot, head = picture.pixelColor(middle, 7), picture.pixelColor(middle, 0)
    assert foot != theme.tokens().surface
    assert (head != theme.tokens().surface) is hollow
