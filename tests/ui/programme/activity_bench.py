"""The tab of the activities of a group, and what hands do there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.activities import Chooser
from connexion_desktop.ui.pages.programme.activities import ActivitiesPane
from connexion_desktop.ui.pages.programme.activities.cards import OfferCard
from connexion_desktop.ui.print_preview import PrintPreview

from ..colleague import nadia_unheard
from ..hands import press_menu_key
from .pages import NO, Programmes

AISSATOU, KOFFI, OCEANE = "Aïssatou Diallo", "Koffi N’Guessan", "Océane Lefèvre"
LEFT = Qt.MouseButton.LeftButton


class Desk:
    """See the module."""

    def __init__(self, programmes: Programmes) -> None:
        self.hands, self.window = programmes, programmes.window
        programmes.page.show_tab("Activités")
        programmes.wait()
        pane = programmes.page.pane
        assert isinstance(pane, ActivitiesPane) and pane.table.hasFocus()
        self.pane = pane

    def rows(self) -> list[Chooser]:
        return list(self.pane.table.rows_model.rows())

    def row(self, name: str) -> Chooser:
        return next(each for each in self.rows() if each.who.name == name)

    def stand_on(self, name: str) -> None:
        """Give the keyboard to somebody, by the mouse."""
        table = self.pane.table
        place = [each.who.name for each in self.rows()].index(name)
        at = table.visualRect(table.model().index(place, 0)).center()
        QTest.mouseClick(table.viewport(), LEFT, NO, at)
        QApplication.processEvents()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO) -> None:
        self.hands.press(key, held)

    def choose_in_menu(self, words: str) -> None:
        """Open the menu of whoever has the keyboard with a key, and take a line of it."""
        press_menu_key(self.pane.table)
        self.take(words)

    def card(self, label: str) -> OfferCard:
        found = (each for each in self.pane.cards.cards.values() if label in each.name.text())
        return next(found)

    def choose_on_card(self, label: str, words: str) -> None:
        """Open the menu of an activity, and take a line of it."""
        QTest.mouseClick(self.card(label).more, LEFT)
        self.take(words)

    def take(self, words: str) -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        (wanted,) = [each for each in menu.actions() if words in each.text()]
        menu.setActiveAction(wanted)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.come_back()

    def come_back(self) -> None:
        """The window has the keyboard again: without a screen nothing gives it back."""
        self.hands.wait()
        self.window.activateWindow()
        self.hands.until(self.window.isActiveWindow)

    def meanwhile(self, write: Callable[[usecases.Session], object]) -> None:
        """Nadia saves something elsewhere: nobody here is told."""
        store = self.window.jobs.store
        assert store is not None
        nadia_unheard(store, write)

    def preview(self) -> str:
        """The title of what is shown to be printed; it is closed."""
        self.hands.until(lambda: any(p.is_drawn for p in self.window.findChildren(PrintPreview)))
        (shown,) = self.window.findChildren(PrintPreview)
        title = shown.windowTitle()
        shown.close()
        QApplication.processEvents()
        self.hands.until(lambda: not self.window.findChildren(PrintPreview))
        self.come_back()
        return title
