"""The first minute: who are you, and which base."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.file_dialogs import BACKUPS, file_to_open
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button, label

_FADED = 0.5
_WHERE = (
    "Vos données seront sur ce poste, dans un fichier chiffré que vous seuls pouvez ouvrir. "
    "L’étape suivante montre le code de secours, à imprimer."
)


class Welcome(Card):
    """Emits `create_wanted(author, association)`, `demo_wanted(author)`, `open_wanted(author)` (the
    base this user already has), `restore_wanted(author, file)`, chosen from where the `backups`
    are, or `server_wanted()`: a server knows by the login who one is; `back_wanted()` if nothing
    changes, where there is a base to go `back` to (its words)."""

    create_wanted = Signal(str, str)
    demo_wanted = Signal(str)
    open_wanted = Signal(str)
    restore_wanted = Signal(str, object)
    server_wanted = Signal()
    back_wanted = Signal()

    def __init__(
        self,
        author: str = "",
        *,
        has_own: bool = False,
        backups: Path | None = None,
        back: str = "",
    ) -> None:
        super().__init__(
            "Bienvenue dans Connexion Desktop",
            "Le suivi des personnes, leurs immersions et leurs conventions, chiffré. "
            "Une base de ce poste n’en sort pas ; à plusieurs, tout est sur le serveur du bureau.",
        )
        self.author = _field(self, "Votre prénom et votre nom", "Nadia Ferrand")
        self.author.setText(author)
        self._reason = label("", "error")
        self._reason.hide()
        self.add(self._reason)
        self.choices = _Choices(has_own=has_own)
        self.add(self.choices)
        self.back = button(f"Revenir à {back}", "link", tip="Échap")
        self.back.setVisible(bool(back))
        self.back.clicked.connect(self.back_wanted)
        self.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.association = QLineEdit()
        self._association_reason = label("", "error")
        self._association_reason.hide()
        self._form = self._association_form()
        self.add(self._form)
        self.author.returnPressed.connect(self._go_on)
        self.choices.demo.clicked.connect(self._ask_demo)
        self.choices.own.clicked.connect(self._ask_open if has_own else self._show_form)
        self.choices.restore.clicked.connect(self._ask_restore)
        self.choices.server.clicked.connect(self.server_wanted)
        for field, told in (
            (self.author, self._reason),
            (self.association, self._association_reason),
        ):
            field.textEdited.connect(lambda _text, told=told, field=field: _say(told, "", field))
        self._backups = backups
        self.begin_at(self.author)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the form, then the card."""
        if event.key() != Qt.Key.Key_Escape or self.is_waiting():
            super().keyPressEvent(event)
        elif not self._form.isHidden():
            self._hide_form()
        elif not self.back.isHidden():
            self.back_wanted.emit()

    def reason(self) -> str:
        """Why what was asked cannot be done yet; empty if nothing is missing."""
        return self._reason.text() or self._association_reason.text()

    def _association_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        self.association.setPlaceholderText("Nom de votre association")
        self.association.setAccessibleName("Nom de votre association")
        column.addWidget(label("Nom de votre association", "small"))
        column.addWidget(self.association)
        column.addWidget(self._association_reason)
        column.addWidget(label(typeset(_WHERE), "small", wrap=True))
        row = QHBoxLayout()
        back = button("Retour")
        back.clicked.connect(self._hide_form)
        self.make = button("Créer la base", "primary")
        self.make.clicked.connect(self._ask_create)
        self.association.returnPressed.connect(self._ask_create)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(self.make)
        column.addLayout(row)
        form.hide()
        return form

    def _go_on(self) -> None:
        if self._named():
            first = self.association if self.choices.isHidden() else self.choices.own
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_form(self) -> None:
        if self._named():
            self.choices.hide()
            self._form.show()
            self.association.setFocus()

    def _hide_form(self) -> None:
        _say(self._association_reason, "", self.association)
        self._form.hide()
        self.choices.show()
        self.choices.own.setFocus()

    def _ask_demo(self) -> None:
        if self._named():
            self.demo_wanted.emit(self._name())

    def _ask_open(self) -> None:
        if self._named():
            self.open_wanted.emit(self._name())

    def _ask_create(self) -> None:
        association = " ".join(self.association.text().split())
        missing = "" if association else "Écrivez d’abord le nom de votre association."
        _say(self._association_reason, missing, self.association)
        if association and self._named():
            self.create_wanted.emit(self._name(), association)

    def _ask_restore(self) -> None:
        if not self._named():
            return
        file = file_to_open(self, "Choisir une sauvegarde", BACKUPS, self._backups)
        if file is not None:
            self.restore_wanted.emit(self._name(), file)

    def _name(self) -> str:
        return " ".join(self.author.text().split())

    def _named(self) -> bool:
        known = bool(self._name())
        missing = "" if known else "Écrivez d’abord votre nom : il signera vos actes."
        _say(self._reason, missing, self.author)
        return known


class _Choices(QWidget):
    """The ways to begin."""

    def __init__(self, *, has_own: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        self.demo = BigChoice(
            "test-tube-line",
            "Essayer avec la base de démonstration",
            "Trois groupes inventés, pour tout essayer sans risque.",
        )
        self.own = (
            BigChoice("folder-open-line", "Ouvrir notre base", "Celle de ce poste.")
            if has_own
            else BigChoice(
                "add-circle-line",
                "Créer notre base",
                "Une base vide, chiffrée, avec un code de secours à imprimer.",
            )
        )
        self.restore = BigChoice(
            "history-line",
            "Restaurer une sauvegarde",
            "Sur un nouveau poste, avec le code de secours.",
        )
        self.server = BigChoice(
            "server-line",
            "Rejoindre le serveur de notre bureau",
            "Plusieurs postes sur les mêmes personnes, chacun avec ses droits.",
        )
        for choice in (self.demo, self.own, self.server, self.restore):
            column.addWidget(choice)


class BigChoice(QPushButton):
    """A choice with its icon and a sentence."""

    def __init__(self, icon: str, title: str, sentence: str) -> None:
        super().__init__()
        self._icon = icon
        self._title = title
        self._sentence = sentence
        self.setProperty("kind", "choice")
        self.setAutoDefault(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = theme.tokens()
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(_FADED)
        side = theme.px(24)
        left, middle = theme.px(16), self.height() // 2
        mark = self.rect().adjusted(left, 0, 0, 0)
        mark.setWidth(side)
        icons.draw(painter, mark, self._icon, tokens.accent)
        text = self.rect().adjusted(left + side + theme.px(14), 0, -theme.px(8), 0)
        painter.setFont(theme.font("heading"))
        painter.setPen(tokens.ink)
        text.setBottom(middle + theme.px(1))
        painter.drawText(
            text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._title
        )
        painter.setFont(theme.font("small"))
        painter.setPen(tokens.muted)
        text.setTop(middle + theme.px(3))
        text.setBottom(self.height())
        painter.drawText(
            text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._sentence
        )
        painter.end()


def _field(card: Card, title: str, example: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(example)
    line.setAccessibleName(title)
    card.add(label(title, "small"))
    card.add(line)
    return line


def _say(place: QLabel, reason: str, field: QLineEdit) -> None:
    """Say under a field why it is refused, and go back to it; an empty reason clears."""
    place.setText(reason)
    place.setVisible(bool(reason))
    if reason:
        field.setFocus()
