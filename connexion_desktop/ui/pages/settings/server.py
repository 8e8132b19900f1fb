"""« Données » where they are on the office's server: which one, who one is there, the ways out."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from connexion_desktop.domain.servers import ROLE_WORDS, Member, Role, ServerAddress
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui.pages.settings.pane import ScrolledPane
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

_KEPT = (
    "Seul ce qui est tapé et pas encore enregistré est gardé ici, chiffré, jusqu’à ce que le "
    "serveur l’ait."
)
_NOT_KEPT = (
    "Rien n’est gardé ici : ce qui est tapé et pas encore enregistré se perd à la fermeture. Le "
    "trousseau de ce poste est hors d’atteinte, ou votre dossier est sur un autre ordinateur."
)
_IN_THE_FIELD = "Sur le terrain, sans réseau, c’est une base de ce poste qui convient."


class ServerPane(ScrolledPane):
    """The acts are those of the menu « Fichier »."""

    section = SettingsSection.STORAGE
    icon = "database-2-line"
    sentence = "Sur le serveur du bureau, par une liaison chiffrée ; chacun selon ses droits."

    def fill(self) -> None:
        self.acts: dict[str, QPushButton] = {}
        there = Panel("Le serveur")
        self.where = label("", wrap=True)
        self.who = label("", wrap=True)
        for told in (self.where, self.who):
            there.add(told)
        there.add(
            label(
                "Ses sauvegardes sont faites par qui le tient. « Qui voit quoi », dans l’aide, dit "
                "ce que chaque rôle lit et écrit.",
                "small",
                wrap=True,
            )
        )
        there.add(flow(self._act("change-base", "folder-open-line")))
        self.column.addWidget(there)
        here = Panel("Sur ce poste")
        self.kept = label("", wrap=True)
        here.add(self.kept)
        here.add(flow(self._act("move", "computer-line")))
        self.column.addWidget(here)

    def refresh(self) -> None:
        self.desk.jobs.maintain(
            self,
            lambda store, _progress: (store.address, store.member, store.keeps_drafts),
            lambda told: self._show(*told),
            self.desk.fail,
        )

    def take_focus(self) -> None:
        self.acts["change-base"].setFocus()

    def _show(self, address: ServerAddress, member: Member, keeps_drafts: bool) -> None:
        self.kept.setText(f"{_KEPT if keeps_drafts else _NOT_KEPT} {_IN_THE_FIELD}")
        self.where.setText(
            f"« {address.name} » : {address.host}, port {address.port}, base {address.database}."
        )
        roles = ", ".join(ROLE_WORDS[role] for role in Role if role in member.roles)
        self.who.setText(
            f"Vous y êtes {member.name} ({address.login}) : {roles or 'en remplacement'}."
        )

    def _act(self, name: str, icon: str) -> QPushButton:
        act = self.desk.actions.get(name)
        made = button(act.text(), icon=icon)
        made.clicked.connect(lambda _on=False: act.trigger())
        self.acts[name] = made
        return made
