"""Colours that everyone can read, sizes that grow, icons that exist."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from connexion_desktop.ui import icons, stylesheet, theme
from connexion_desktop.ui.theme import DARK, LIGHT, Tokens
from connexion_desktop.ui.widgets.date_field import DateField
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.line_icon import LineIcon
from connexion_desktop.ui.widgets.search_field import SearchField

PACKAGE = Path(icons.__file__).parent
READ_ON = [
    *[(ink, ground) for ink in ("ink", "muted", "accent") for ground in ("page", "surface")],
    *[("ink", ground) for ground in ("hover", "grey_tint", "accent_tint", "red_tint")],
    *[("ink", ground) for ground in ("amber_tint", "green_tint")],
    ("muted", "grey_tint"),
    ("muted", "hover"),
    *[(name, f"{name}_tint") for name in ("accent", "red", "amber", "green")],
    *[(name, "surface") for name in ("red", "amber", "green")],
    *[(name, "page") for name in ("red", "amber", "green")],
    ("on_accent", "accent"),
    *[("rail_ink", ground) for ground in ("rail", "rail_hover")],
    *[("rail_active_ink", ground) for ground in ("rail", "rail_hover", "rail_active")],
    ("surface", "ink"),
]
SEEN_ON = [
    *[(name, "surface") for name in Tokens._fields if name.startswith("lane_")],
    *[(f"strip_{name}", "surface") for name in ("there", "absent")],
    ("accent", "page"),
    ("rail_active_ink", "rail_active"),
]


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.1, 1.4.3)."""

    def linear(part: float) -> float:
        return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ_ON)
def test_every_text_can_be_read(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), SEEN_ON)
def test_every_mark_can_be_seen(tokens: Tokens, mark: str, ground: str) -> None:
    assert contrast(getattr(tokens, mark), getattr(tokens, ground)) >= 3.0


def test_the_window_follows_the_system_until_a_colour_is_chosen(qapp: QApplication) -> None:
    hints = QGuiApplication.styleHints()
    theme.apply(theme.Scheme.SYSTEM)
    is_dark = hints.colorScheme() == Qt.ColorScheme.Dark
    assert theme.tokens() is (DARK if is_dark else LIGHT)
    theme.apply(theme.Scheme.DARK)
    assert theme.tokens() is DARK
    theme.apply(theme.Scheme.LIGHT)
    assert qapp.palette().window().color() == LIGHT.page


def test_text_grows_to_twice_its_size_and_controls_with_it(qtbot: QtBot) -> None:
    button = QPushButton("Enregistrer")
    qtbot.addWidget(button)
    theme.dress(button)
    with qtbot.waitExposed(button):
        button.show()
    small = button.sizeHint()
    theme.apply(theme.Scheme.LIGHT, 200)
    assert theme.font("body").pixelSize() == 26
    assert button.sizeHint().height() >= 1.8 * small.height()
    assert button.sizeHint().width() >= 1.7 * small.width()
    theme.apply(theme.Scheme.LIGHT, 1000)
    assert theme.text_scale() == 200


@pytest.mark.parametrize("make", [lambda: SearchField("Chercher…"), lambda: DateField(date.today)])
def test_the_icon_of_a_line_grows_with_its_text_and_stays_beside_it(
    qtbot: QtBot, make: Callable[[], QLineEdit]
) -> None:
    line = make()
    qtbot.addWidget(line)
    theme.dress(line)
    with qtbot.waitExposed(line):
        line.show()
    icon = line.findChildren(LineIcon)[0]
    small, reserved = icon.height(), line.textMargins()
    theme.apply(theme.Scheme.LIGHT, 200)
    QApplication.processEvents()
    line.resize(line.sizeHint())
    assert icon.height() == 2 * small
    assert abs(icon.geometry().center().y() - line.rect().center().y()) <= 1
    assert line.rect().contains(icon.geometry())
    now = line.textMargins()
    assert now.left() + now.right() > reserved.left() + reserved.right()


def test_the_arrow_of_a_choice_grows_with_its_text() -> None:
    def arrow(scale: int) -> str:
        theme.apply(theme.Scheme.LIGHT, scale)
        sheet = stylesheet.build(theme.tokens(), theme.px, dark=False)
        found = re.search(r"QComboBox::down-arrow \{[^}]*width: (\d+)px", sheet)
        assert found is not None
        return found[1]

    assert (arrow(100), arrow(200)) == ("12", "24")


def test_what_stands_in_a_plain_place_grows_with_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(seen := QWidget())
    QVBoxLayout(seen).addWidget(first := QPushButton("Groupe"))
    theme.dress(seen)
    with qtbot.waitExposed(window):
        window.show()
    theme.apply(theme.Scheme.LIGHT, 200)
    column.addWidget(later := QWidget())
    QVBoxLayout(later).addWidget(second := QPushButton("Immersions"))
    theme.dress(later)
    assert (first.font().pixelSize(), second.font().pixelSize()) == (26, 26)


class Styled(QLabel):
    """Counts how often Qt styles it again."""

    times = 0

    def event(self, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return super().event(event)


def test_what_stands_deep_in_a_page_is_not_styled_once_for_each_of_its_ancestors(
    qtbot: QtBot,
) -> None:
    window = place = QWidget()
    qtbot.addWidget(window)
    for _ in range(8):
        QVBoxLayout(place).addWidget(inner := QWidget())
        place = inner
    QVBoxLayout(place).addWidget(deep := Styled("Projet"))
    theme.dress(window)
    with qtbot.waitExposed(window):
        window.show()
    before = deep.times
    theme.apply(theme.Scheme.DARK)
    assert 1 <= deep.times - before <= 2


def test_what_is_hidden_wears_the_new_colours_when_it_is_shown(qtbot: QtBot) -> None:
    seen, hidden = QLabel("Groupe"), QLabel("Immersions")
    for root in (seen, hidden):
        qtbot.addWidget(root)
        theme.dress(root)
    with qtbot.waitExposed(seen):
        seen.show()
    theme.apply(theme.Scheme.DARK)
    assert DARK.surface.name() in seen.styleSheet()
    assert LIGHT.surface.name() in hidden.styleSheet()
    with qtbot.waitExposed(hidden):
        hidden.show()
    assert DARK.surface.name() in hidden.styleSheet()


def test_what_stays_hidden_is_dressed_in_a_free_moment(qtbot: QtBot) -> None:
    hidden = QLabel("Immersions")
    qtbot.addWidget(hidden)
    theme.dress(hidden)
    with qtbot.waitSignal(theme.changed):  # at once
        theme.apply(theme.Scheme.DARK, 150)
    with qtbot.waitSignal(theme.changed):  # once what is hidden has caught up
        pass
    assert DARK.surface.name() in hidden.styleSheet()


def test_other_colours_are_told_once_though_something_is_hidden(qtbot: QtBot) -> None:
    hidden = QLabel("Immersions")
    qtbot.addWidget(hidden)
    theme.dress(hidden)
    told: list[bool] = []
    theme.apply(theme.Scheme.DARK)
    qtbot.waitUntil(lambda: DARK.surface.name() in hidden.styleSheet())
    theme.changed.connect(lambda: told.append(True))
    theme.apply(theme.Scheme.LIGHT)
    qtbot.waitUntil(lambda: LIGHT.ink.name() in hidden.styleSheet())
    assert told == [True]


def test_a_window_is_painted_once_in_its_new_colours(qtbot: QtBot) -> None:
    window, bar, said = QMainWindow(), QWidget(), Painted("Groupe")
    column = QVBoxLayout(holder := QWidget())
    column.addWidget(bar)
    column.addWidget(said)
    window.setCentralWidget(holder)
    for root in (bar, said):
        theme.dress(root)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    QApplication.processEvents()
    said.times = 0
    theme.apply(theme.Scheme.DARK)
    QApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest.value)
    assert said.times == 1


class Painted(QLabel):
    """A text that counts how often it is painted."""

    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1
        super().paintEvent(event)


def test_a_button_is_the_same_once_the_colours_are_back(qtbot: QtBot) -> None:
    made = button("Noter", "primary", icon="add-line")
    qtbot.addWidget(made)
    theme.dress(made)
    with qtbot.waitExposed(made):
        made.show()
    before = made.grab().toImage()
    theme.apply(theme.Scheme.DARK)
    theme.apply(theme.Scheme.LIGHT)
    assert made.grab().toImage() == before


def test_who_walks_with_the_keyboard_sees_where_they_are(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    first, second = QLineEdit(), QPushButton("Suite")
    column.addWidget(first)
    column.addWidget(second)
    qtbot.addWidget(window)
    theme.dress(window)
    with qtbot.waitActive(window):
        window.show()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert theme.keyboard_ring(second)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert not theme.keyboard_ring(second)


def test_an_icon_is_drawn_in_its_ink_at_any_size(qapp: QApplication) -> None:
    for side in (16, 32, 64):
        image = theme.icon("group-line", "accent").pixmap(QSize(side, side), 1.0).toImage()
        inked = [
            image.pixelColor(x, y)
            for x in range(side)
            for y in range(side)
            if image.pixelColor(x, y).alpha() == 255
        ]
        assert inked
        assert all(colour.rgb() == LIGHT.accent.rgb() for colour in inked)


def test_an_icon_follows_the_colours(qapp: QApplication) -> None:
    icon = QIcon(theme.icon("group-line"))
    theme.apply(theme.Scheme.DARK)
    image = icon.pixmap(QSize(32, 32), 1.0).toImage()
    colours = {image.pixelColor(x, y).rgb() for x in range(32) for y in range(32)
               if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
    assert colours == {DARK.ink.rgb()}


def test_an_unknown_icon_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        theme.icon("licorne")


def test_every_icon_named_in_the_code_exists(qapp: QApplication) -> None:
    named = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)*-(?:line|fill))"')
    found = {
        name
        for file in PACKAGE.rglob("*.py")
        for name in named.findall(file.read_text(encoding="utf-8"))
    }
    assert found
    for name in found:
        icons.make(name)


def test_the_style_sheet_names_files_that_exist(qapp: QApplication) -> None:
    for tokens, dark in ((LIGHT, False), (DARK, True)):
        sheet = stylesheet.build(tokens, theme.px, dark=dark)
        files = re.findall(r'url\("(.+?)"\)', sheet)
        assert files
        assert all(Path(file).exists() for file in files)
        assert "$" not in sheet
