"""« Données »: where the base is, its backups, the recovery code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.maintenance import Kept, told_size
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.settings.pane import ScrolledPane
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel

_MOST = 10


class StoragePane(ScrolledPane):
    """The acts are those of the menu « Fichier »."""

    section = SettingsSection.STORAGE
    icon = "database-2-line"
    sentence = "Dans un fichier chiffré, sur ce poste : rien ne part sur le réseau."

    def fill(self) -> None:
        self.acts: dict[str, QPushButton] = {}
        self.path, self.copy = self._place("Fichier de la base")
        base = Panel("La base")
        base.body.addLayout(_row(self.path, self.copy))
        self.told = label("", "small", wrap=True)
        base.add(self.told)
        base.add(
            flow(
                self._act("verify", "shield-check-line"),
                self._act("change-base", "folder-open-line"),
            )
        )
        self.column.addWidget(base)
        shared = Panel("Plusieurs postes")
        shared.add(
            label(
                "Un serveur du bureau, chacun avec son identifiant et ses droits : la base de ce "
                "poste y passe tout entière, et peut en revenir.",
                wrap=True,
            )
        )
        shared.add(flow(self._act("move", "server-line")))
        self.column.addWidget(shared)
        self.folder, copy_folder = self._place("Dossier des sauvegardes")
        backups = Panel("Les sauvegardes")
        backups.body.addLayout(_row(self.folder, copy_folder))
        backups.add(
            label(
                "Une à chaque fermeture si quelque chose a changé, chiffrée et vérifiée ; les dix "
                "dernières sont gardées.",
                "small",
                wrap=True,
            )
        )
        backups.add(flow(self._act("backup", "save-3-line"), self._act("restore", "history-line")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.MARGIN)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        backups.body.addLayout(self._grid)
        self.lines: list[QWidget] = []
        self.column.addWidget(backups)
        code = Panel("Le code de secours")
        code.add(
            label(
                "Il rouvre la base et ses sauvegardes si ce poste est perdu. Vous pouvez le revoir "
                "et l’imprimer de nouveau ; gardez la feuille sous clé, hors du bureau.",
                wrap=True,
            )
        )
        code.add(flow(self._act("recovery", "key-2-line")))
        self.column.addWidget(code)
        self._watched = QFileSystemWatcher(self)
        self._watched.directoryChanged.connect(lambda _folder: self.refresh())

    def refresh(self) -> None:
        self.desk.jobs.maintain(
            self,
            lambda store, _progress: usecases.maintenance.kept(store),
            self._show,
            self.desk.fail,
        )

    def take_focus(self) -> None:
        self.path.setFocus()

    def _show(self, kept: Kept) -> None:
        self.path.setText(str(kept.base))
        self.folder.setText(str(kept.folder))
        self.told.setText(f"{told_size(kept.size)}, chiffrée sur ce poste.")
        for line in self.lines:
            self._grid.removeWidget(line)
            line.deleteLater()
        self.lines = []
        if not kept.backups:
            self._add_line(0, ["Pas encore de sauvegarde."])
        for place, backup in enumerate(kept.backups[:_MOST]):
            when = f"{backup.made_at:%d/%m/%Y à %H:%M}"
            first = "la dernière" if place == 0 else ""
            self._add_line(place, [when, told_size(backup.size), first])
        self._watch(kept.folder if kept.folder.is_dir() else kept.folder.parent)

    def _watch(self, folder: Path) -> None:
        """Read again what is there when a backup comes or goes; before the first, when its folder
        does."""
        known, wanted = self._watched.directories(), [str(folder)]
        if known == wanted:
            return
        if known:
            self._watched.removePaths(known)
        self._watched.addPaths(wanted)

    def _add_line(self, place: int, words: list[str]) -> None:
        for column, word in enumerate(words):
            told = label(word, "" if column == 0 else "muted")
            self._grid.addWidget(told, place, column)
            self.lines.append(told)

    def _act(self, name: str, icon: str) -> QPushButton:
        act = self.desk.actions.get(name)
        keys = act.shortcut().toString()
        made = button(act.text(), icon=icon, tip=f"{act.text()} ({keys})" if keys else "")
        made.clicked.connect(lambda _on=False: act.trigger())
        self.acts[name] = made
        return made

    def _place(self, name: str) -> tuple[QLineEdit, QPushButton]:
        line = QLineEdit()
        line.setReadOnly(True)
        line.setAccessibleName(name)
        copy = button("Copier", icon="file-copy-line", tip=f"Copier : {name.lower()}")

        def put() -> None:
            QGuiApplication.clipboard().setText(line.text())
            self.desk.tell("Chemin copié")

        copy.clicked.connect(put)
        return line, copy


def _row(line: QLineEdit, copy: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE)
    row.addWidget(line, 1)
    row.addWidget(copy)
    return row
