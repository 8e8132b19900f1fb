"""Which of the servers that this workstation knows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from connexion_desktop.domain.servers import ServerAddress
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.tips import menu_text, tip_text

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ChooseServer(Card):
    """`chosen(name)`, `another_wanted()` to give the address of one more, `back()`. The arrows go
    from one server to the next."""

    chosen = Signal(str)
    another_wanted = Signal()
    back = Signal()

    def __init__(self, known: tuple[ServerAddress, ...]) -> None:
        super().__init__(
            "Quel serveur ?" if len(known) > 1 else "Le serveur de notre bureau",
            "Ceux que ce poste connaît, ou un autre dont on vous a remis l’adresse.",
        )
        self.servers = [self._server(each) for each in known]
        self.another = button("Un autre serveur…", icon="add-line")
        self.another.clicked.connect(self.another_wanted)
        for each in (*self.servers, self.another):
            each.installEventFilter(self)
            self.add(each)
        self.back_button = button("Retour")
        self.back_button.clicked.connect(self.back)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.begin_at(self.servers[0])

    def _server(self, address: ServerAddress) -> QPushButton:
        made = button(menu_text(f"{address.name} · {address.login}"), icon="database-2-line")
        made.setToolTip(tip_text(f"{address.host}, base {address.database}"))
        made.setAccessibleName(
            f"{address.name}, {address.login}, {address.host}, base {address.database}"
        )
        made.clicked.connect(lambda _on=False: self.chosen.emit(address.name))
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ways = [*self.servers, self.another]
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and watched in ways:
                there = ways.index(watched) + step
                ways[min(max(there, 0), len(ways) - 1)].setFocus()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_waiting():
            self.back.emit()
        else:
            super().keyPressEvent(event)
