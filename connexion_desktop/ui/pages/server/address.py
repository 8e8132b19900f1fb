"""Where the office's server is, and who one is there."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import PORT, ServerAddress
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui import theme
from connexion_desktop.ui.file_dialogs import file_to_open
from connexion_desktop.ui.pages.unlock import SecretField
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.labels import button, label

_CERTIFICATES = "Certificats (*.pem *.crt *.cer);;Tous les fichiers (*)"
USUAL_NAME = "bureau"


class AddressFields(QWidget):
    """The fields of an address, and a password. `sent()` when Enter is pressed in one."""

    sent = Signal()

    def __init__(
        self,
        login: str,
        example: str,
        *more: QLineEdit,
    ) -> None:
        """`more` lines stand beside the last one."""
        super().__init__()
        self.host = typed_line("Adresse du serveur", "serveur.bureau.example.org")
        self.database = typed_line("Base", "connexion")
        self.database.setText("connexion")
        self.login = typed_line(login, example)
        self.password = SecretField("Mot de passe")
        self.ca = typed_line("Certificat de l’autorité", ".pem ou .crt")
        self.choose = button("Choisir…")
        self.choose.setAccessibleName("Choisir le certificat de l’autorité")
        self.choose.clicked.connect(self._choose)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.ca, 1)
        row.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        column.addWidget(
            Columns(
                (titled(self.host), 2),
                (titled(self.login), 1),
                (titled(self.password), 1),
                (titled(self.ca, beside), 2),
                (titled(self.database), 1 if more else 2),
                *((titled(line), 1) for line in more),
            )
        )
        for line in (self.host, self.database, self.login, self.password, self.ca, *more):
            line.returnPressed.connect(self.sent)

    def address(self, name: str = "") -> ServerAddress:
        """What is typed; « hôte:port » says another port. Without a name, it is « bureau ». Raises
        UserError."""
        host, port = _host_and_port(self.host.text().strip())
        ca = self.ca.text().strip()
        made = ServerAddress(
            name or USUAL_NAME,
            host,
            self.database.text().strip(),
            self.login.text().strip(),
            port,
            Path(ca).expanduser() if ca else None,
        )
        made.check()
        return made

    def show_address(self, address: ServerAddress) -> None:
        """Fill the fields."""
        port = f":{address.port}" if address.port != PORT else ""
        self.host.setText(f"{address.host}{port}")
        self.database.setText(address.database)
        self.login.setText(address.login)
        self.ca.setText(str(address.ca) if address.ca else "")

    def _choose(self) -> None:
        file = file_to_open(self, "Choisir le certificat de l’autorité", _CERTIFICATES)
        if file is not None:
            self.ca.setText(str(file))
            self.ca.setFocus()


class JoinServer(Card):
    """`given(address, password)`; `back()` to choose something else."""

    given = Signal(object, str)
    back = Signal()

    def __init__(self, known: ServerAddress | None = None) -> None:
        super().__init__(
            "Le serveur de notre bureau",
            "Plusieurs postes travaillent sur les mêmes personnes. Qui tient le serveur vous remet "
            "son adresse, votre identifiant, votre mot de passe et le certificat.",
        )
        self.name = typed_line("Nom donné ici à ce serveur", USUAL_NAME)
        self.fields = AddressFields("Votre identifiant", "n.ferrand", self.name)
        self.add(self.fields)
        self.add(
            label(
                typeset(
                    "Le mot de passe est rangé dans le trousseau de ce poste, s’il en a un. Rien "
                    "n’est envoyé avant que le certificat soit vérifié."
                ),
                "small",
                wrap=True,
            )
        )
        self._known = known
        if known is not None:
            self.fields.show_address(known)
            self.name.setText(known.name)
        row = QHBoxLayout()
        self.back_button = button("Retour")
        self.back_button.clicked.connect(self.back)
        self.join = button("Se connecter", "primary")
        self.join.clicked.connect(self._give)
        self.fields.sent.connect(self._give)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.join)
        self.body.addLayout(row)
        self.begin_at(self.fields.host)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_waiting():
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        self.banners.clear()
        try:
            address = self.fields.address(self.name.text().strip())
        except UserError as problem:
            self.fail(problem)
            return
        if not self.fields.password.text():
            self.fields.password.setFocus()
            return
        self.given.emit(address, self.fields.password.text())


def _host_and_port(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.+):(\d{1,5})", text)
    if found is None or ":" in found[1]:
        return text, PORT
    return found[1], int(found[2])


def typed_line(title: str, example: str) -> QLineEdit:
    """A line to type in, and what could be typed there."""
    line = QLineEdit()
    line.setPlaceholderText(example)
    line.setAccessibleName(title)
    return line


def titled(line: QLineEdit, holder: QWidget | None = None) -> QWidget:
    """A line, or what holds it, under its title."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    title = label(line.accessibleName(), "small")
    title.setBuddy(line)
    column.addWidget(title)
    column.addWidget(holder or line)
    return made
