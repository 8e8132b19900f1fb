"""Every colour, size and space of the window, light and dark, in one place.

The theme follows the system's colour scheme, live, unless the user forced one. Everything that
paints asks `tokens()` and `font()` at paint time, so that a change needs a repaint and no rebuild.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from connexion_desktop.ui.dressing import Dressing

SPACE = 8
"""The grid, in logical pixels: every margin and gap is a multiple of half of it."""

MARGIN = 20
"""The page's margin, in logical pixels."""

GAP = 10
"""Between two panels, in logical pixels."""

BAR = 11
"""How wide a scroll bar is, in logical pixels."""

RADIUS_PANEL, RADIUS_FIELD, RADIUS_BADGE = 10, 8, 6
TEXT_SCALES = (100, 110, 125, 150, 175, 200)
"""The sizes of text offered, in percent."""

_PAINTS_IN = 100
"""How long the window is left to be painted before the system is told of its colours, in ms."""

FontSize = Literal["title", "heading", "body", "small"]
_PIXELS: dict[FontSize, int] = {"title": 18, "heading": 14, "body": 13, "small": 12}


class Scheme(StrEnum):
    """What the user chose: their system's colours, or one of ours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tokens(NamedTuple):
    """The colours of one scheme. An ink is read on `page`, `surface` and the tint of its name."""

    page: QColor
    surface: QColor
    hover: QColor
    line: QColor
    edge: QColor
    ink: QColor
    muted: QColor
    accent: QColor
    accent_tint: QColor
    on_accent: QColor
    red: QColor
    red_tint: QColor
    amber: QColor
    amber_tint: QColor
    grey_tint: QColor
    green: QColor
    green_tint: QColor
    rail: QColor
    rail_hover: QColor
    rail_active: QColor
    rail_ink: QColor
    rail_active_ink: QColor
    strip_there: QColor
    strip_excused: QColor
    strip_absent: QColor
    strip_none: QColor
    lane_group: QColor
    lane_talk: QColor
    lane_action: QColor
    lane_placement: QColor
    lane_equipment: QColor
    lane_paper: QColor
    lane_absence: QColor


def _tokens(**colours: str) -> Tokens:
    return Tokens(**{name: QColor(value) for name, value in colours.items()})


LIGHT = _tokens(
    page="#F5F6F8",
    surface="#FFFFFF",
    hover="#F0F3F7",
    line="#E2E5EA",
    edge="#CDD3DC",
    ink="#1B2430",
    muted="#5B6675",
    accent="#1F5FBF",
    accent_tint="#E6EEFA",
    on_accent="#FFFFFF",
    red="#B3261E",
    red_tint="#FBE9E7",
    amber="#8A5A00",
    amber_tint="#FFF2D6",
    grey_tint="#ECEFF3",
    green="#1E7B4D",
    green_tint="#E2F3EA",
    rail="#16263D",
    rail_hover="#1F3350",
    rail_active="#27405F",
    rail_ink="#C9D3E0",
    rail_active_ink="#FFFFFF",
    strip_there="#2E8B62",
    strip_excused="#CC8C1C",
    strip_absent="#C4443A",
    strip_none="#DADFE7",
    lane_group="#3F7FD9",
    lane_talk="#7E57C9",
    lane_action="#2E8B62",
    lane_placement="#BF673A",
    lane_equipment="#73879E",
    lane_paper="#848FA0",
    lane_absence="#BD7E12",
)

DARK = _tokens(
    page="#141A22",
    surface="#1C242E",
    hover="#232D39",
    line="#2E3946",
    edge="#3D4A59",
    ink="#E7ECF2",
    muted="#A9B4C2",
    accent="#7FB0FF",
    accent_tint="#22324A",
    on_accent="#0E141B",
    red="#FF9389",
    red_tint="#43231F",
    amber="#F2C063",
    amber_tint="#3D3118",
    grey_tint="#29323D",
    green="#7BD3A4",
    green_tint="#1B3629",
    rail="#0E141B",
    rail_hover="#19232F",
    rail_active="#22324A",
    rail_ink="#B4BFCC",
    rail_active_ink="#FFFFFF",
    strip_there="#4DB584",
    strip_excused="#DDAA48",
    strip_absent="#E2645A",
    strip_none="#36424F",
    lane_group="#6AA5FF",
    lane_talk="#A98BEF",
    lane_action="#4DB584",
    lane_placement="#E0945F",
    lane_equipment="#8598B0",
    lane_paper="#8590A0",
    lane_absence="#DDAA48",
)


class _Theme(QObject):
    """What is in force now, for the whole application."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Scheme.SYSTEM
        self.scale = 100
        self.dark = False
        self.applying = False
        self.resized = False

    def catch_up(self) -> None:
        """What was hidden wears the sheet: it is measured again, if its text has another size."""
        if self.resized:
            self.resized = False
            self.changed.emit()


_theme = _Theme()
changed: SignalInstance = _theme.changed
"""Emitted after the colours or the text size changed, and after another size once more when what
was hidden meanwhile wears it too: whatever caches pixels starts over."""

_dressing = Dressing(_theme.catch_up)
_fonts: dict[tuple[FontSize, bool], QFont] = {}


def tokens() -> Tokens:
    """The colours in force now."""
    return DARK if _theme.dark else LIGHT


def scheme() -> Scheme:
    """What the user chose."""
    return _theme.scheme


def text_scale() -> int:
    """The size of text, in percent."""
    return _theme.scale


def px(pixels: float) -> int:
    """A length that must grow with the text, in logical pixels."""
    return round(pixels * _theme.scale / 100)


def font(size: FontSize = "body", bold: bool = False) -> QFont:
    """The system's own font in one of our four sizes; title and heading are semibold."""
    made = _fonts.get((size, bold))
    if made is None:
        made = _fonts[size, bold] = QFont(QApplication.font())
        made.setPixelSize(px(_PIXELS[size]))
        heavy = bold or size in ("title", "heading")
        made.setWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
    return QFont(made)


def icon(name: str, color: QColor | str | None = None) -> QIcon:
    """An icon of Remix Icon by its own name (`"group-line"`), drawn at any size.

    `color` is the name of a token (followed when the theme changes), a fixed colour, or None for
    the ink. Unknown names raise KeyError.
    """
    from connexion_desktop.ui.icons import make

    return make(name, color)


def apply(scheme: Scheme = Scheme.SYSTEM, scale: int = 100) -> None:
    """Give the application its colours and its size of text; call once after QApplication is made,
    then at each choice."""
    from connexion_desktop.ui import stylesheet

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    scale = min(max(scale, TEXT_SCALES[0]), TEXT_SCALES[-1])
    _theme.resized = _theme.resized or scale != _theme.scale
    _theme.scheme, _theme.scale = scheme, scale
    _follow_system(app)
    if scheme is Scheme.SYSTEM:
        _tell_system(app)
    else:
        QTimer.singleShot(_PAINTS_IN, app, lambda: _tell_system(app))
    _theme.dark = _wants_dark(app)
    _fonts.clear()
    _have_painted_once()
    app.setPalette(_palette(tokens()))
    app.setFont(font("body"))
    for late in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ApplicationFontChange):
        QApplication.sendPostedEvents(None, late.value)  # before what is dressed takes them over
    _dressing.change(stylesheet.build(tokens(), px, dark=_theme.dark))
    _theme.changed.emit()


def _have_painted_once() -> None:
    """Qt would paint a window with all that is in it, then all of it again, as what is in it asks
    to be painted too: where that asks first, they are painted together."""
    for window in QApplication.topLevelWidgets():
        for part in window.children():
            if isinstance(part, QWidget):
                part.update()


def dress(root: QWidget) -> None:
    """Have a root (a bar, a page, a dialog, a list that drops down) look as the rest of the window,
    now and at each change of theme. What stands in it needs nothing of its own."""
    _dressing.add(root)


def keyboard_ring(widget: QWidget) -> bool:
    """Whether a widget that paints itself should show that it has the keyboard."""
    return widget.hasFocus() and bool(widget.property("ring"))


def _follow_system(app: QApplication) -> None:
    if app.property("followed"):
        return
    app.setProperty("followed", True)
    app.styleHints().colorSchemeChanged.connect(_system_changed)
    app.focusChanged.connect(_mark_keyboard_focus)
    QTimer.singleShot(_PAINTS_IN, app, lambda: _have_own_keys(app))


def _have_own_keys(app: QApplication) -> None:
    """Nobody presses a key before the first paint."""
    from connexion_desktop.ui.own_keys import OwnKeys

    keys = OwnKeys(app)
    keys.watch(None, app.focusWidget())
    app.focusChanged.connect(keys.watch)


def _tell_system(app: QApplication) -> None:
    """Have title bars and the system's own dialogs in the colours chosen. Qt then paints the whole
    window once more."""
    wanted = {
        Scheme.SYSTEM: Qt.ColorScheme.Unknown,
        Scheme.LIGHT: Qt.ColorScheme.Light,
        Scheme.DARK: Qt.ColorScheme.Dark,
    }[_theme.scheme]
    if app.property("told") != wanted.value:
        app.setProperty("told", wanted.value)
        _theme.applying = True  # some systems answer at once: that is no change of theirs
        app.styleHints().setColorScheme(wanted)
        _theme.applying = False


def _system_changed() -> None:
    app = QApplication.instance()
    if _theme.applying or not isinstance(app, QApplication):
        return
    if _theme.dark != _wants_dark(app):
        apply(_theme.scheme, _theme.scale)


def _wants_dark(app: QApplication) -> bool:
    if _theme.scheme is not Scheme.SYSTEM:
        return _theme.scheme is Scheme.DARK
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _mark_keyboard_focus(old: QWidget | None, new: QWidget | None) -> None:
    """Rings are for those who walk with the keyboard, not after each click."""
    by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
    for widget, ring in ((old, False), (new, old is not None and not by_mouse)):
        if widget is not None and bool(widget.property("ring")) != ring:
            widget.setProperty("ring", ring)
            widget.style().unpolish(widget)
            widget.style().polish(widget)
            widget.update()


def _palette(colours: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, colours.page),
        (role.WindowText, colours.ink),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.hover),
        (role.Text, colours.ink),
        (role.Button, colours.surface),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.red),
        (role.PlaceholderText, colours.muted),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.ToolTipBase, colours.ink),
        (role.ToolTipText, colours.surface),
        (role.Light, colours.surface),
        (role.Midlight, colours.line),
        (role.Mid, colours.line),
        (role.Dark, colours.edge),
        (role.Shadow, colours.edge),
    ):
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, colours.muted)
    return palette
