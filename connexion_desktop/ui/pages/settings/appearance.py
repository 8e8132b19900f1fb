"""« Apparence »: the acts of the menu « Affichage », in sight."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QRadioButton

from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.settings.pane import ScrolledPane
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

_SIZES = (("smaller", "Plus petit"), ("normal", "Normale"), ("larger", "Plus grand"))


class AppearancePane(ScrolledPane):
    """Each button does the act of the menu, and shows its state."""

    section = SettingsSection.APPEARANCE
    icon = "contrast-2-line"
    sentence = "Sur ce poste, pour vous seulement."

    def fill(self) -> None:
        colours = Panel("Couleurs")
        self.schemes: dict[theme.Scheme, QRadioButton] = {}
        for scheme in theme.Scheme:
            radio = self._radio(self.desk.actions.get(f"scheme-{scheme}"))
            self.schemes[scheme] = radio
            colours.add(radio)
        self.column.addWidget(colours)
        self.scale = label("", "strong")
        self.sizes = {name: self._button(name, words) for name, words in _SIZES}
        text = Panel("Taille du texte")
        text.add(flow(*self.sizes.values(), self.scale))
        text.add(label("Aussi par Ctrl+− et Ctrl++, partout.", "small", wrap=True))
        self.column.addWidget(text)
        discreet = Panel("Mode discret")
        discreet.add(
            label(
                "Quand la personne est à côté de l’écran : ouvrez sa fiche, puis Ctrl+Maj+D. Rien "
                "d’autre n’est montré jusqu’à ce que vous en sortiez.",
                wrap=True,
            )
        )
        self.column.addWidget(discreet)
        theme.changed.connect(self._show)
        self._show()

    def take_focus(self) -> None:
        self.schemes[theme.scheme()].setFocus()

    def _radio(self, act: QAction) -> QRadioButton:
        radio = QRadioButton(act.text())
        radio.clicked.connect(lambda _on=False: act.trigger())
        return radio

    def _button(self, name: str, words: str) -> QPushButton:
        act = self.desk.actions.get(name)
        made = button(words)
        made.setAccessibleName(act.text())
        made.clicked.connect(lambda _on=False: act.trigger())
        return made

    def _show(self) -> None:
        self.schemes[theme.scheme()].setChecked(True)
        self.scale.setText(f"{theme.text_scale()} %")
