"""The top of the window: where we are, the switch to another group, « + Noter »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.widgets.elided import Elided
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.tips import menu_text

_HEIGHT = 52
_TITLE_PADDING = 8


class Choice(NamedTuple):
    """One group of the switcher: what stands in the menu, and what is opened."""

    text: str
    detail: str
    target: object


class TitleButton(QPushButton):
    """A title that opens a menu; without a menu, a title."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._dress()
        theme.changed.connect(self._dress)

    def words(self) -> str:
        """The title."""
        return self._words

    def show_words(self, words: str) -> None:
        """Show another title. Not the button's own text, of which « & » would make a shortcut."""
        self._words = words
        self.updateGeometry()
        self.update()

    def _dress(self) -> None:
        self.setFont(theme.font("title"))

    def sizeHint(self) -> QSize:
        text = QFontMetrics(theme.font("title")).horizontalAdvance(self._words)
        arrow = theme.px(24) if self.menu() else 0
        return QSize(text + arrow + 2 * _TITLE_PADDING + 2, theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        opens = self.menu() is not None
        painter.setBrush(tokens.hover if opens and self.underMouse() else Qt.BrushStyle.NoBrush)
        ring = theme.keyboard_ring(self)
        painter.setPen(QPen(tokens.accent, 2) if ring else QPen(Qt.PenStyle.NoPen))
        painter.drawRoundedRect(
            self.rect().adjusted(1, 1, -1, -1), theme.RADIUS_FIELD, theme.RADIUS_FIELD
        )
        box = self.rect().adjusted(_TITLE_PADDING, 0, -_TITLE_PADDING, 0)
        if opens:
            side = theme.px(18)
            arrow = QRect(box.right() - side + 1, (self.height() - side) // 2 + 1, side, side)
            icons.draw(painter, arrow, "arrow-down-s-line", tokens.muted)
            box.setRight(arrow.left() - theme.px(4))
        painter.setFont(theme.font("title"))
        painter.setPen(tokens.ink)
        text = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class Header(QFrame):
    """`picked(target)` asks for another group; `note_wanted()` for the place to write;
    `search_wanted()` for the search; `discretion_ended()` for everybody to be shown again."""

    picked = Signal(object)
    search_wanted = Signal()
    note_wanted = Signal()
    discretion_ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "header")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN - _TITLE_PADDING, 0, theme.MARGIN, 0)
        row.setSpacing(8)
        self.title = TitleButton()
        self._menu = QMenu(self)
        self._choices: list[Choice] = []
        self._more: Sequence[QAction] = ()
        self.subtitle = Elided("muted")
        self.note = button("Noter", "primary", icon="add-line")
        self.note.setToolTip("Écrire une note (Ctrl+N)")
        self.note.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.note.clicked.connect(self.note_wanted)
        self.discreet = button("Mode discret", icon="eye-off-line", tip="En sortir (Ctrl+Maj+D)")
        self.discreet.clicked.connect(self.discretion_ended)
        self.discreet.hide()
        row.addWidget(self.title)
        row.addWidget(self.subtitle, 1)
        row.addWidget(self.discreet, 0, Qt.AlignmentFlag.AlignVCenter)
        self.search = button("Chercher…    Ctrl+K", "search", icon="search-line")
        self.search.setAccessibleName("Chercher")
        self.search.setToolTip("Chercher une personne, un groupe, un acte… (Ctrl+K)")
        self.search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.search.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves it where it was
        self.search.clicked.connect(self.search_wanted)
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.note, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._fit)
        self._fit()

    def show_place(self, title: str, subtitle: str, *, in_group: bool) -> None:
        """Say where we are."""
        self.title.show_words(title)
        self.title.setAccessibleName(f"{title}, changer de groupe" if in_group else title)
        self.title.setToolTip("Changer de groupe (Ctrl+G)" if in_group else "")
        self.title.setMenu(self._menu if in_group and self._choices else None)  # type: ignore[arg-type]
        focusable = self.title.menu() is not None
        self.title.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if focusable else Qt.FocusPolicy.NoFocus
        )
        self.title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not focusable)
        self.title.updateGeometry()
        self.subtitle.say(subtitle)
        self._spare_search()

    def show_discreet(self, *, discreet: bool) -> None:
        """Say whether one person alone is shown."""
        self.discreet.setVisible(discreet)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Replace the groups that can be switched to."""
        if list(choices) == self._choices:
            return
        self._choices = list(choices)
        self._fill_menu()

    def offer_more(self, acts: Sequence[QAction]) -> None:
        """What stands under the groups in the switcher."""
        self._more = acts
        self._fill_menu()

    def _fill_menu(self) -> None:
        self._menu.clear()
        for choice in self._choices:
            action = self._menu.addAction(menu_text(f"{choice.text}\t{choice.detail}"))
            action.triggered.connect(
                lambda _checked=False, target=choice.target: self.picked.emit(target)
            )
        if self._more:
            self._menu.addSeparator()
            self._menu.addActions(list(self._more))

    def open_switcher(self) -> None:
        """Show the groups, from wherever we are (Ctrl+G)."""
        if not self._choices:
            return
        at: QWidget = self.title
        self._menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
        self._menu.setActiveAction(self._menu.actions()[0])

    def offer_note(self, offered: bool) -> None:
        """Whether the page is one where a note is written."""
        self.note.setVisible(offered)
        self._spare_search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spare_search()

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(_HEIGHT))
        self._spare_search()

    def _spare_search(self) -> None:
        """Leave the search out where the rest would be cut: its key and the menu have it too."""
        others = [each for each in (self.title, self.subtitle, self.note) if not each.isHidden()]
        seen = [*others, self.search]
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._row.spacing() * len(others)
        self.search.setVisible(sum(each.sizeHint().width() for each in seen) <= room)
