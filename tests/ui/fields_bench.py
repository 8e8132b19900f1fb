"""Fields that save by themselves, in a window of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.ui.widgets.bound_field import BoundField, Link

TODAY = date(2026, 4, 21)
"""A Tuesday."""


class Book:
    """What a page does with what its fields ask: here, it writes it down."""

    def __init__(self) -> None:
        self.saved: list[Any] = []
        self.drafts: list[str | None] = []

    def link(self) -> Link:
        return Link(self.saved.append, self.problem, self.drafts.append)

    def problem(self, text: str) -> str | None:
        return "Il faut un nom." if not text.strip() else None


@pytest.fixture
def book() -> Book:
    return Book()


Show = Callable[..., None]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Show]:
    """Show fields in a window, the first one with the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)

    def show(*fields: QWidget) -> None:
        column = QVBoxLayout(window)
        for field in fields:
            column.addWidget(field)
        with qtbot.waitActive(window):
            window.show()
        first = fields[0]
        (first.editor if isinstance(first, BoundField) else first).setFocus()

    yield show
