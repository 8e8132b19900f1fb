"""The trade families: discovered or not, and how much the person liked them, in stars."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu

from connexion_desktop.domain.person_file import FamilyRow
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.pages.person.rows_widget import INSET, MARKS, RowsWidget, paint_words
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.tips import menu_text

_STARS = {
    1: "pas du tout",
    2: "un peu",
    3: "pourquoi pas",
    4: "beaucoup",
    5: "c’est ce que je veux faire",
}


class FamilyRows(RowsWidget[FamilyRow]):
    """One row for each family chosen. `edited(row, discovered, interest)`, `removed(row)`."""

    edited = Signal(object, bool, int)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__("Filières choisies", QSize(80, 15))
        self.digit_typed.connect(self._rate)

    def told(self, row: int) -> str:
        shown = self._rows[row]
        if not shown.discovered:
            return f"{shown.label} : pas encore découverte"
        stars = f", intérêt {shown.interest} sur 5" if shown.interest else ""
        return f"{shown.label} : découverte{stars}"

    def tip(self, row: int, mark: int) -> str:
        if mark:
            return f"Intérêt {mark} sur 5 : {_STARS[mark]}"
        return f"{self.told(row)}\nEspace : découverte ou non ; 1 à 5 : intérêt"

    def paint_row(self, painter: QPainter, row: int, box: QRect) -> None:
        tokens = theme.tokens()
        shown = self._rows[row]
        marks = self.marks_rect(row)
        disc = self.disc_rect(row)
        name = "checkbox-circle-fill" if shown.discovered else "checkbox-blank-circle-line"
        icons.draw(painter, disc, name, tokens.green if shown.discovered else tokens.muted)
        words = box.adjusted(disc.right() + theme.px(7), 0, -marks.width() - theme.px(8 + INSET), 0)
        ink = tokens.ink if shown.discovered else tokens.muted
        paint_words(painter, words, shown.label, ink)
        if not shown.discovered and not shown.interest and not self.is_under_hand(row):
            return
        step = marks.width() // MARKS
        for star in range(1, MARKS + 1):
            side = QRect(marks.left() + (star - 1) * step, marks.top(), step, marks.height())
            lit = star <= shown.interest
            icons.draw(
                painter,
                side,
                "star-s-fill" if lit else "star-s-line",
                tokens.strip_excused if lit else tokens.edge,
            )

    def disc_rect(self, row: int) -> QRect:
        """The mark of a discovery."""
        box = self.row_rect(row)
        side = theme.px(15)
        return QRect(theme.px(INSET), box.top() + (box.height() - side) // 2, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        row = self._row_at(at)
        if row is not None and self.disc_rect(row).adjusted(-4, -4, 4, 4).contains(at):
            self.go_to(row)
            self._toggle(row)
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.count() and event.key() == Qt.Key.Key_Space:
            self._toggle(self.current_row())
        elif self.count() and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self._rows[self.current_row()])
        else:
            super().keyPressEvent(event)

    def _toggle(self, row: int) -> None:
        shown = self._rows[row]
        self.edited.emit(shown, not shown.discovered, shown.interest)

    def _rate(self, row: int, stars: int) -> None:
        """The same star again takes it away."""
        shown = self._rows[row]
        interest = 0 if stars == shown.interest else stars
        self.edited.emit(shown, shown.discovered or interest > 0, interest)


class FamiliesPanel(Panel):
    """The families chosen, « n découvertes sur m », and a way to choose others."""

    edited = Signal(object, bool, int)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__("Filières")
        self._others: tuple[FamilyRow, ...] = ()
        self.counted = label("", "small")
        self.rows = FamilyRows()
        self.add_button = button("", "inline", icon="add-line", tip="Choisir une filière")
        self.first = button("Choisir une filière", "inline")
        self.corner.addWidget(self.counted)
        self.corner.addWidget(self.add_button)
        self.body.setSpacing(0)
        self.add(self.rows)
        self.body.addWidget(self.first, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.rows.edited.connect(self.edited)
        self.rows.removed.connect(self.removed)
        for each in (self.add_button, self.first):
            each.clicked.connect(self._offer)

    def show_rows(self, rows: Sequence[FamilyRow]) -> None:
        """Show a journey's families."""
        chosen = [row for row in rows if row.chosen]
        self._others = tuple(row for row in rows if not row.chosen)
        known = sum(row.discovered for row in chosen)
        words = "découvertes" if known > 1 else "découverte"
        self.counted.setText(f"{known} {words} sur {len(chosen)}" if chosen else "")
        self.rows.show_rows(chosen)
        self.add_button.setVisible(bool(self._others and chosen))
        self.first.setVisible(not chosen)

    def menu(self) -> QMenu:
        """The families not chosen yet."""
        menu = QMenu(self)
        for row in self._others:
            words = f"{row.label} (à confirmer)" if row.to_confirm else row.label
            menu.addAction(menu_text(words), partial(self.edited.emit, row, False, 0))
        return menu

    def _offer(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        under = self.first if self.first.isVisible() else self.add_button
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))
