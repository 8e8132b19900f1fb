"""The application's style sheet, written from the tokens. Variants go by dynamic properties:

QLabel   kind = title | heading | strong | muted | small | preview | warning | error | badge (with
         tint = amber | red | green | grey | accent)
QPushButton, QToolButton   kind = primary | link | inline | danger | chip | ghost | menu | search
         (plain otherwise)
QFrame   kind = field | popup | header | status | separator
"""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from PySide6.QtGui import QColor

from connexion_desktop.system.resources import resource
from connexion_desktop.ui.theme import BAR, Tokens


def build(tokens: Tokens, px: Callable[[float], int], *, dark: bool) -> str:
    """The sheet for these colours; `px` scales what grows with the text."""
    values = {name: getattr(tokens, name).name(QColor.NameFormat.HexRgb) for name in Tokens._fields}
    tone = "dark" if dark else "light"
    values |= {
        **{
            icon: (resource("icons") / f"{icon}-{tone}.svg").as_posix()
            for icon in ("chevron", "check", "ascending", "descending")
        },
        "title_px": f"{px(18)}px",
        "heading_px": f"{px(14)}px",
        "body_px": f"{px(13)}px",
        "small_px": f"{px(12)}px",
        "control": f"{px(28)}px",
        "chip": f"{px(26)}px",
        "chip_radius": f"{(px(26) + 2) // 2}px",
        "rail_px": f"{px(11)}px",
        "rail_item": f"{px(44)}px",
        "choice": f"{px(56)}px",
        "tick": f"{px(16)}px",
        "tick_round": f"{px(16) // 2 + 1}px",
        "dot": f"{px(16) - 8}px",
        "bar": f"{BAR}px",
        "arrow": f"{px(12)}px",
        "beside_arrow": f"{px(12) + 14}px",
        "ringed_arrow": f"{px(12) + 13}px",
    }
    return Template(_SHEET).substitute(values)


_SHEET = """
QMainWindow, QDialog { background: $page; }
QLabel { background: transparent; }
QLabel[kind="title"] { font-size: $title_px; font-weight: 600; }
QLabel[kind="heading"] { font-size: $heading_px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="small"] { color: $muted; font-size: $small_px; }
QLabel[kind="preview"] { color: $accent; font-size: $small_px; }
QLabel[kind="warning"] { color: $amber; font-size: $small_px; }
QLabel[kind="error"] { color: $red; font-size: $small_px; }
QLabel[kind="badge"] {
    border-radius: 6px; padding: 2px 8px; font-size: $small_px; font-weight: 500;
    background: $grey_tint; color: $muted;
}
QLabel[kind="badge"][tint="amber"] { background: $amber_tint; color: $amber; }
QLabel[kind="badge"][tint="red"] { background: $red_tint; color: $red; }
QLabel[kind="badge"][tint="green"] { background: $green_tint; color: $green; }
QLabel[kind="badge"][tint="accent"] { background: $accent_tint; color: $accent; }

QFrame[kind="field"] {
    background: $surface; border: 1px solid $edge; border-radius: 8px; padding: 1px;
}
QFrame[kind="field"][focused="true"] { border: 2px solid $accent; padding: 0; }
QFrame[kind="popup"] { background: $surface; border: 1px solid $edge; border-radius: 0; }
QFrame[kind="header"] { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame[kind="status"] { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame[kind="status"] QLabel { color: $muted; font-size: $small_px; }
QFrame[kind="separator"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton {
    background: $surface; color: $ink; border: 1px solid $edge; border-radius: 8px;
    padding: 0 11px; min-height: $control; outline: 0;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $grey_tint; }
QPushButton:disabled, QToolButton:disabled { color: $muted; background: $page; }
QPushButton:checked, QToolButton:checked {
    background: $accent_tint; border-color: $accent; color: $accent;
}
QPushButton[ring="true"], QToolButton[ring="true"] { border: 2px solid $accent; padding: 0 10px; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; }

QPushButton[kind="menu"] { padding-right: $beside_arrow; }
QPushButton[kind="menu"][ring="true"] { padding-right: $ringed_arrow; }
QPushButton[kind="menu"]::menu-indicator {
    image: url("$chevron"); width: $arrow; height: $arrow;
    subcontrol-origin: border; subcontrol-position: right center; right: 9px;
}
QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
    padding: 0 14px;
}
QPushButton[kind="primary"]:disabled {
    background: $grey_tint; color: $muted; border-color: $grey_tint;
}
QPushButton[kind="primary"][ring="true"] { border: 2px solid $ink; padding: 0 13px; }
QPushButton[kind="search"] { color: $muted; background: $page; text-align: left; }
QPushButton[kind="search"]:hover { background: $hover; color: $ink; }
QPushButton[kind="danger"] { color: $red; }
QPushButton[kind="link"], QToolButton[kind="link"] {
    background: transparent; border: 1px solid transparent; color: $accent; padding: 0 4px;
}
QPushButton[kind="link"]:hover, QToolButton[kind="link"]:hover { background: $accent_tint; }
QPushButton[kind="inline"], QPushButton[kind="inline"][ring="true"] {
    background: transparent; border: 0; border-radius: 4px; padding: 0 2px; min-height: 0;
    color: $accent;
}
QPushButton[kind="inline"]:hover, QPushButton[kind="inline"][ring="true"] {
    background: $accent_tint;
}
QPushButton[kind="ghost"], QToolButton[kind="ghost"] {
    background: transparent; border: 1px solid transparent; padding: 0 6px;
}
QPushButton[kind="ghost"]:hover, QToolButton[kind="ghost"]:hover { background: $hover; }
QPushButton[kind="link"][ring="true"], QPushButton[kind="ghost"][ring="true"],
QToolButton[kind="link"][ring="true"], QToolButton[kind="ghost"][ring="true"] {
    border: 1px solid $accent;
}
QPushButton[kind="choice"] {
    min-height: $choice; border-radius: 10px; border-color: $line; padding: 1px 11px;
}
QPushButton[kind="choice"]:hover { border-color: $accent; background: $surface; }
QPushButton[kind="choice"][ring="true"] { border: 2px solid $accent; padding: 0 10px; }
QPushButton[kind="chip"] {
    border-radius: $chip_radius; padding: 0 12px; min-height: $chip; border-color: $line;
}
QPushButton[kind="chip"]:checked { border-color: $accent; }
QPushButton[kind="chip"][ring="true"] { border: 2px solid $accent; padding: 0 11px; }

QFrame[kind="rail"] { background: $rail; border: 0; }
QToolButton[kind="rail"] {
    background: transparent; color: $rail_ink; border: 2px solid transparent;
    border-radius: 8px; padding: 3px 0 2px 0; font-size: $rail_px; min-height: $rail_item;
}
QToolButton[kind="rail"]:hover { background: $rail_hover; color: $rail_active_ink; }
QToolButton[kind="rail"]:checked { background: $rail_active; color: $rail_active_ink; }
QToolButton[kind="rail"][ring="true"] { border: 2px solid $rail_active_ink; }

QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {
    background: $surface; color: $ink; border: 1px solid $edge; border-radius: 8px;
    padding: 0 9px; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $muted;
}
QLineEdit, QAbstractSpinBox, QComboBox { min-height: $control; }
QTextEdit, QPlainTextEdit { padding: 5px 6px; }
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus,
QComboBox:on { border: 2px solid $accent; padding: 0 8px; }
QTextEdit:focus, QPlainTextEdit:focus { padding: 4px 5px; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] {
    border-color: $red;
}
QLineEdit:read-only { background: $page; }
QLineEdit:disabled, QTextEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled,
QAbstractSpinBox:disabled { background: $page; color: $muted; }
QLineEdit[kind="bare"], QPlainTextEdit[kind="bare"], QTextEdit[kind="bare"] {
    border: 0; background: transparent; padding: 0; min-height: 0;
}
QComboBox::drop-down { border: 0; width: $beside_arrow; }
QComboBox::down-arrow { image: url("$chevron"); width: $arrow; height: $arrow; }
QComboBox QAbstractItemView, QListView[kind="popup"] {
    background: $surface; border: 1px solid $edge; padding: 4px; outline: 0;
    selection-background-color: $accent_tint; selection-color: $ink;
}
QCheckBox, QRadioButton {
    spacing: 8px; background: transparent; border: 1px solid transparent; border-radius: 5px;
    padding: 2px 4px 2px 2px; outline: 0;
}
QCheckBox::indicator, QRadioButton::indicator {
    width: $tick; height: $tick; border: 1px solid $muted; background: $surface;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: $tick_round; }
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent; image: url("$check");
}
QRadioButton::indicator:checked { border: 5px solid $accent; width: $dot; height: $dot; }
QCheckBox[ring="true"], QRadioButton[ring="true"] { border-color: $accent; }

QAbstractItemView {
    background: $surface; alternate-background-color: $hover; border: 1px solid $line;
    border-radius: 8px; gridline-color: $line; outline: 0;
    selection-background-color: $accent_tint; selection-color: $ink;
}
QListView[kind="bare"], QListView[kind="bare"][ring="true"] {
    border: 0; border-radius: 0; background: transparent;
}
QTableView::item, QTreeView::item, QListView::item { padding: 3px 6px; border: 0; }
QTableView::item:hover, QListView::item:hover, QTreeView::item:hover { background: $hover; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
    background: $accent_tint; color: $ink;
}
QAbstractItemView[ring="true"] { border: 1px solid $accent; }
QCalendarWidget QAbstractItemView, QCalendarWidget QAbstractItemView[ring="true"] {
    border: 0; border-radius: 0;
}
QListView[kind="cards"], QListView[kind="cards"][ring="true"] {
    background: transparent; border: 0;
}
QHeaderView { background: $surface; border: 0; }
QHeaderView::section {
    background: $surface; color: $muted; border: 0; border-bottom: 1px solid $line;
    padding: 6px 9px; font-size: $small_px;
}
QHeaderView::up-arrow { image: url("$ascending"); width: $arrow; height: $arrow; }
QHeaderView::down-arrow { image: url("$descending"); width: $arrow; height: $arrow; }
QTableCornerButton::section { background: $surface; border: 0; }

QMenu { background: $surface; border: 1px solid $edge; padding: 5px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 5px; color: $ink; }
QMenu::item:selected { background: $accent_tint; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: $ink; color: $surface; border: 0; padding: 4px 7px; }

QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: $bar; }
QScrollBar:horizontal { height: $bar; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar {
    background: $grey_tint; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px;
    color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: $muted; border: 0; border-bottom: 2px solid transparent;
    padding: 6px 12px;
}
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $ink; }
"""
