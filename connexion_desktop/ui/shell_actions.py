"""The acts of the window itself. Those of the pages are added by the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent
from PySide6.QtWidgets import QApplication

from connexion_desktop import usecases
from connexion_desktop.domain.maintenance import Report
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.servers import reads_people
from connexion_desktop.system import folders
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.closing import Closing
from connexion_desktop.ui.discretion import Discretion
from connexion_desktop.ui.histories import Histories
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.place import TO_IMPORT
from connexion_desktop.ui.strips import Strips
from connexion_desktop.ui.timers import once_after
from connexion_desktop.ui.undoing import Undoing

_SCHEMES = (
    (theme.Scheme.SYSTEM, "Couleurs du système"),
    (theme.Scheme.LIGHT, "Couleurs claires"),
    (theme.Scheme.DARK, "Couleurs sombres"),
)
_RESIZE_PAUSE = 60
"""How long keys of size are gathered before the application is dressed once, in ms."""


class ShellActions(QObject):
    """`add_first` at once; `add_rest` when a base is open."""

    def __init__(self, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._actions = window.actions_
        self._settings = settings
        self._colours = QActionGroup(self)
        self._strips = Strips(window, settings)
        self._chosen_size = theme.text_scale()
        self._resizing = once_after(_RESIZE_PAUSE, self._resize, self)

    def add_first(self) -> None:
        """What works without a base."""
        add = self._actions.add
        add("menu", "Ouvrir le menu", "F10", self._window.rail.menu_button.showMenu, menu="Aide")
        add("row-menu", "Menu de ce qui est choisi", "Shift+F10", self._row_menu, menu="Aide")
        add("help", "Raccourcis clavier", "Ctrl+/; F1", self._help, menu="Aide")
        add("legal", "Mentions PMSMP à vérifier", "", self._legal, menu="Aide")
        add("rights", "Qui voit quoi", "", self._rights, menu="Aide")
        add("about", "À propos", "", self._about, menu="Aide")
        for scheme, title in _SCHEMES:
            self._add_scheme(scheme, title)
        add("larger", "Texte plus grand", "Ctrl++; Ctrl+=", lambda: self._size(1), menu="Affichage")
        add("smaller", "Texte plus petit", "Ctrl+-", lambda: self._size(-1), menu="Affichage")
        add(
            "normal",
            "Texte à sa taille normale",
            "Ctrl+0; Ctrl+À",
            lambda: self._size(0),
            menu="Affichage",
        )

    def add_rest(
        self,
        pages: Sequence[PageSpec],
        closing: Closing,
        change_base: Callable[[], object],
        restore: Callable[[Path], object],
        move: Callable[[], object],
    ) -> None:
        """What needs an open base. `restore` takes the backup to put in its place; `move` takes
        all to the office's server, or back."""
        window, add = self._window, self._actions.add
        self._closing = closing
        self._restore = restore
        if any(page.name == "import" for page in pages):
            add("import", "Importer un tableau…", "Ctrl+I", self._import, menu="Fichier")
        if not window.jobs.is_far:
            self._add_care()
        far = window.jobs.is_far
        words = "Revenir à une base sur ce poste…" if far else "Passer au serveur partagé…"
        add("move", words, "", move, menu="Fichier")
        add("change-base", "Changer de base…", "", change_base, menu="Fichier")
        add("quit", "Quitter", "Ctrl+Q", window.close, menu="Fichier")
        Undoing(window)
        Histories(window)
        Discretion(window)
        strips = self._strips
        add("new-person", "Nouvelle personne", "Ctrl+Shift+N", strips.person, menu="Édition")
        self._follow_rights()
        window.jobs.changed.connect(self._follow_rights)
        new_group = add("new-group", "Nouveau groupe", "", strips.group, menu="Édition")
        note = window.header.note
        add("note", "Écrire une note", "Ctrl+N", window.write_note, menu="Édition", owner=note)
        add("search", "Chercher…", "Ctrl+K", strips.search, menu="Aller")
        window.header.search_wanted.connect(strips.search)
        add("group", "Changer de groupe", "Ctrl+G", window.header.open_switcher, menu="Aller")
        for page in pages:
            if page.shortcut:
                self._add_page(page)
        if any(page.name == "settings" for page in pages):
            words = "Équipe, rôles et remplacements"
            add("team-settings", words, "", self._open_team, menu="Aller")
        groups = [self._actions.get("go-groups")] if any(p.name == "groups" for p in pages) else []
        window.header.offer_more([*groups, new_group])
        self._begin_with_import()

    def _open_team(self) -> None:
        from connexion_desktop.domain.targets import SettingsSection

        self._window.go("settings", SettingsSection.TEAM)

    def _follow_rights(self) -> None:
        """Somebody new is for who sees people; the direction counts them."""
        sees_people = reads_people(self._window.jobs.roles)
        self._actions.get("new-person").setVisible(sees_people)

    def read_ahead(self) -> None:
        """What is searched is kept from now on: a server may be out of reach later."""
        self._strips.palette.read_ahead()

    def _begin_with_import(self) -> None:
        """Go where a table is imported, if that was chosen when this base was made."""
        if self._settings.text(TO_IMPORT) == str(self._closing.base()):
            self._settings.put(TO_IMPORT, "")
            self._import()

    def _add_care(self) -> None:
        """What a base asks for, and a server's keeper does elsewhere."""
        add = self._actions.add
        add("backup", "Sauvegarder maintenant", "Ctrl+S", self._back_up, menu="Fichier")
        add("restore", "Restaurer une sauvegarde…", "", self._pick_backup, menu="Fichier")
        add("verify", "Vérifier la base", "", self._verify, menu="Fichier")
        add("recovery", "Code de secours…", "", self._recovery, menu="Fichier")

    def _add_scheme(self, scheme: theme.Scheme, title: str) -> None:
        action = self._actions.add(
            f"scheme-{scheme}", title, "", lambda: self._dress(scheme), menu="Affichage"
        )
        action.setCheckable(True)
        action.setChecked(theme.scheme() is scheme)
        self._colours.addAction(action)

    def _add_page(self, page: PageSpec) -> QAction:
        return self._actions.add(
            f"go-{page.name}",
            page.title,
            page.shortcut,
            lambda: self._window.go(page.name),
            menu="Aller",
        )

    def _dress(self, scheme: theme.Scheme) -> None:
        self._settings.put("scheme", scheme.value)
        theme.apply(scheme, theme.text_scale())

    def _size(self, step: int) -> None:
        sizes = theme.TEXT_SCALES
        near = min(range(len(sizes)), key=lambda rank: abs(sizes[rank] - self._wanted_size()))
        chosen = sizes[min(max(near + step, 0), len(sizes) - 1)] if step else sizes[0]
        self._chosen_size = chosen
        self._resizing.start()

    def _wanted_size(self) -> int:
        return self._chosen_size if self._resizing.isActive() else theme.text_scale()

    def _resize(self) -> None:
        """Dress the application once for all the keys pressed in a row."""
        chosen = self._chosen_size
        self._settings.put("text_scale", chosen)
        if chosen != theme.text_scale():
            theme.apply(theme.scheme(), chosen)
        self._window.tell(f"Taille du texte : {chosen} %")

    def _import(self) -> None:
        self._window.go("import", None)

    def _back_up(self) -> None:
        def told(path: Path) -> None:
            self._window.tell(f"Sauvegarde faite et vérifiée : {path.name}")
            self._closing.show_place()

        self._window.flush()
        self._window.jobs.after_writes(self, lambda: self._closing.back_up(told))

    def _pick_backup(self) -> None:
        from connexion_desktop.ui.file_dialogs import BACKUPS, file_to_open

        folder = folders.backup_folder(self._closing.base())
        file = file_to_open(self._window, "Choisir une sauvegarde", BACKUPS, folder)
        if file is not None:
            self._restore(file)

    def _verify(self) -> None:
        job = self._window.jobs.maintain(
            self,
            lambda store, progress: usecases.maintenance.verify(store, progress),  # noqa: PLW0108 - imported on the lane
            self._show_report,
        )
        self._window.progress.watch(job, "Vérification de la base")

    def _show_report(self, report: Report) -> None:
        from connexion_desktop.ui.sheets import read_sheet

        title = "La base est saine" if report.sound else "La base est endommagée"
        read_sheet(self._window, title, [(line, "") for line in report.lines])

    def _recovery(self) -> None:
        def read(store: Any, _progress: Progress) -> tuple[str, str]:
            with store.read() as session:
                association = usecases.maintenance.association(session)
            return usecases.keys.recovery_code(store.key), association

        self._window.jobs.maintain(self, read, self._show_code)

    def _show_code(self, told: tuple[str, str]) -> None:
        from connexion_desktop.ui.pages.recovery_code import show_again

        show_again(self._window, *told, on=_today())

    def _row_menu(self) -> None:
        """As the keyboard's own menu key, that many keyboards lack."""
        focused = QApplication.focusWidget()
        if focused is not None:
            at = focused.rect().center()
            by_key = QContextMenuEvent.Reason.Keyboard
            QApplication.sendEvent(focused, QContextMenuEvent(by_key, at, focused.mapToGlobal(at)))

    def _help(self) -> None:
        from connexion_desktop.ui.shortcuts_help import show_help

        show_help(self._window, self._actions)

    def _legal(self) -> None:
        from connexion_desktop.ui.legal_notes import NOTES
        from connexion_desktop.ui.sheets import read_sheet

        read_sheet(self._window, "Mentions PMSMP à vérifier", NOTES)

    def _rights(self) -> None:
        from connexion_desktop.ui.sheets import read_sheet
        from connexion_desktop.ui.who_sees_what import TITLE, WHO_SEES_WHAT

        read_sheet(self._window, TITLE, WHO_SEES_WHAT)

    def _about(self) -> None:
        from connexion_desktop.ui.errors import version
        from connexion_desktop.ui.sheets import read_sheet

        read_sheet(
            self._window,
            "Connexion Desktop",
            [
                (f"Version {version()}", "strong"),
                ("Le poste de travail de « Connexion des possibles » : groupes, personnes, "
                 "immersions et conventions PMSMP.", ""),
                ("Vos données restent sur ce poste, dans un fichier chiffré. Le programme "
                 "n’envoie rien sur le réseau.", ""),
                ("Icônes : Remix Icon. Interface : Qt (LGPL v3), par PySide6.", "muted"),
            ],
        )  # fmt: skip


def _today() -> date:
    return datetime.now().astimezone().date()
