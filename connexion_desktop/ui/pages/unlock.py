"""Asking for what opens the base: a passphrase, or the recovery code that was printed."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Ask
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.line_icon import LineIcon

_LINE = 4 * 9
"""Characters of four groups, each with its dash."""
_EDGES = 24
"""The field's border, padding and margin, left and right, in pixels: hardly more, or a fifth group
would begin on the first line."""

SHORTEST = 12
"""The fewest characters of a passphrase, as the store asks."""


class Unlock(Card):
    """`phrase_given(text)` or `code_given(text)`; `back()` to choose something else."""

    phrase_given = Signal(str)
    code_given = Signal(str)
    back = Signal()

    def __init__(self, ask: Ask, reason: str = "", file: str = "") -> None:
        by_phrase = ask is Ask.PASSPHRASE
        sentence = (
            "Ce poste n’a pas de trousseau : la base s’ouvre avec votre phrase de passe."
            if by_phrase
            else "La clé n’est pas sur ce poste. Elle s’écrit avec le code de secours imprimé à la "
            "création de la base : huit groupes de huit caractères."
        )
        super().__init__(f"Ouvrir « {file} »" if file else "Ouvrir la base", sentence)
        if reason:
            self.add(label(reason, "small", wrap=True))
        self.phrase = SecretField("Phrase de passe")
        self.code = CodeField()
        self._phrase_title = label("Phrase de passe", "small")
        self._code_title = label("Code de secours", "small")
        for widget in (self._phrase_title, self.phrase, self._code_title, self.code):
            self.add(widget)
        row = QHBoxLayout()
        self.other = button("", "link")
        self.other.setVisible(by_phrase)
        self.other.clicked.connect(lambda: self._show(by_phrase=self.phrase.isHidden()))
        self.back_button = button("Retour")
        self.back_button.clicked.connect(self.back)
        self.open_button = button("Ouvrir", "primary")
        self.open_button.clicked.connect(self._give)
        row.addWidget(self.back_button)
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.open_button)
        self.body.addLayout(row)
        self.phrase.returnPressed.connect(self._give)
        self.code.returnPressed.connect(self._give)
        self.phrase.textEdited.connect(lambda _text: self.banners.clear())
        self.code.textChanged.connect(self.banners.clear)
        self._show(by_phrase=by_phrase)

    def _show(self, *, by_phrase: bool) -> None:
        self.banners.clear()
        self.other.setText(
            "Utiliser le code de secours" if by_phrase else "Utiliser la phrase de passe"
        )
        for widget in (self._phrase_title, self.phrase):
            widget.setVisible(by_phrase)
        self._code_title.setVisible(not by_phrase)
        self.code.setVisible(not by_phrase)
        wanted: QWidget = self.phrase if by_phrase else self.code
        self.begin_at(wanted)
        wanted.setFocus()

    def fail(self, problem: UserError) -> None:
        """What was typed is selected: typing again replaces it. A code is left as it is, since one
        slip in it is mended in place."""
        super().fail(problem)
        if self.phrase.isHidden():
            self.code.setFocus()
        else:
            self.phrase.setFocus()
            self.phrase.selectAll()

    def _give(self) -> None:
        self.banners.clear()
        if not self.phrase.isHidden():
            self.phrase_given.emit(self.phrase.text())
        else:
            self.code_given.emit(self.code.text())


class NewPassphrase(Card):
    """Where the system has no keyring: `chosen(text)`; `back()` to choose something else."""

    chosen = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__(
            "Choisissez une phrase de passe",
            "Ce poste n’a pas de trousseau de clés : la base s’ouvrira avec cette phrase, de "
            f"{SHORTEST} caractères au moins. Quatre mots que vous retiendrez valent mieux qu’un "
            "mot compliqué.",
        )
        self.first = SecretField("Phrase de passe")
        self.second = SecretField("La même, encore une fois")
        for line in (self.first, self.second):
            self.add(label(line.accessibleName(), "small"))
            self.add(line)
        self._reason = label("", "error", wrap=True)
        self.add(self._reason)
        self.keep = button("Continuer", "primary")
        self.keep.clicked.connect(self._take)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self._take)
        for line in (self.first, self.second):
            line.textEdited.connect(lambda _text: self._reason.setText(""))
        self.back_button = button("Retour")
        self.back_button.clicked.connect(self.back)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.keep)
        self.body.addLayout(row)
        self.begin_at(self.first)

    def reason(self) -> str:
        """Why the phrase is refused; empty if it is not."""
        return self._reason.text()

    def _take(self) -> None:
        if len(self.first.text()) < SHORTEST:
            self._refuse(f"Il faut au moins {SHORTEST} caractères.", self.first)
        elif self.first.text() != self.second.text():
            self._refuse("Les deux phrases ne sont pas les mêmes.", self.second)
        else:
            self._reason.setText("")
            self.chosen.emit(self.first.text())

    def _refuse(self, reason: str, field: QLineEdit) -> None:
        self._reason.setText(reason)
        field.setFocus()
        field.selectAll()


class CodeField(QPlainTextEdit):
    """A recovery code, whole: its eight groups on two lines, so that it can be reread.
    `returnPressed()` as in a line."""

    returnPressed = Signal()  # noqa: N815 - the name Qt gives it in a line

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Code de secours")
        self.setPlaceholderText("Tirets facultatifs")
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """What is typed, on one line."""
        return " ".join(self.toPlainText().split())

    def setText(self, text: str) -> None:
        """Replace what is typed."""
        self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Four groups a line, from one edge to the other, whatever the size of the text."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(16))
        metrics = QFontMetricsF(font)
        natural = metrics.horizontalAdvance("X" * _LINE)
        self.setMinimumWidth(ceil(natural) + _EDGES)
        self.setFixedHeight(ceil(metrics.lineSpacing() * 2) + _EDGES)
        spread = max(self.width() - _EDGES - natural, 0) / _LINE
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spread)
        if font != self.font():
            self.document().setDefaultFont(font)
            self.setFont(font)


class SecretField(QLineEdit):
    """What is typed is hidden; the eye, as large as the text, shows it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(title)
        self.eye = LineIcon(self, "eye-line", at_end=True, tip="Montrer ce qui est tapé")
        self.eye.setCheckable(True)
        modes = {True: QLineEdit.EchoMode.Normal, False: QLineEdit.EchoMode.Password}
        self.eye.toggled.connect(lambda shown: self.setEchoMode(modes[shown]))
