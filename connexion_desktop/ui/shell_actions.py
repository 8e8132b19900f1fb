"""The acts of the window itself. Those of the pages are added by the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup

from connexion_desktop import usecases
from connexion_desktop.domain.acts import Step
from connexion_desktop.domain.maintenance import Report
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui import theme
from connexion_desktop.ui.closing import Closing
from connexion_desktop.ui.legal_notes import NOTES
from connexion_desktop.ui.main_window import MainWindow
from connexion_desktop.ui.making import Making
from connexion_desktop.ui.page_spec import PageSpec
from connexion_desktop.ui.sheets import Sheet, read_sheet
from connexion_desktop.ui.shortcuts_help import show_help
from connexion_desktop.ui.widgets.tips import menu_text

_SCHEMES = (
    (theme.Scheme.SYSTEM, "Couleurs du système"),
    (theme.Scheme.LIGHT, "Couleurs claires"),
    (theme.Scheme.DARK, "Couleurs sombres"),
)
_UNDO, _REDO = "Annuler le dernier acte", "Rétablir"
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
        self._making = Making(window)
        self._chosen_size = theme.text_scale()
        self._resizing = QTimer(self)
        self._resizing.setSingleShot(True)
        self._resizing.setInterval(_RESIZE_PAUSE)
        self._resizing.timeout.connect(self._resize)

    def add_first(self) -> None:
        """What works without a base."""
        add = self._actions.add
        add("menu", "Ouvrir le menu", "F10", self._window.rail.menu_button.showMenu, menu="Aide")
        add("help", "Raccourcis clavier", "Ctrl+/; F1", self._help, menu="Aide")
        add("legal", "Mentions PMSMP à vérifier", "", self._legal, menu="Aide")
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
        self, pages: Sequence[PageSpec], closing: Closing, change_base: Callable[[], object]
    ) -> None:
        """What needs an open base."""
        window, add = self._window, self._actions.add
        self._closing = closing
        if any(page.name == "import" for page in pages):
            add("import", "Importer un tableau…", "Ctrl+I", self._import, menu="Fichier")
        add("backup", "Sauvegarder maintenant", "Ctrl+S", self._back_up, menu="Fichier")
        add("verify", "Vérifier la base", "", self._verify, menu="Fichier")
        add("recovery", "Code de secours…", "", self._recovery, menu="Fichier")
        add("change-base", "Changer de base…", "", change_base, menu="Fichier")
        add("quit", "Quitter", "Ctrl+Q", window.close, menu="Fichier")
        self._undoing = add("undo", _UNDO, "Ctrl+Z", self._undo, menu="Édition")
        self._redoing = add("redo", _REDO, "Ctrl+Shift+Z; Ctrl+Y", self._redo, menu="Édition")
        window.jobs.changed.connect(self._name_undo)
        making = self._making
        add("new-person", "Nouvelle personne", "Ctrl+Shift+N", making.person, menu="Édition")
        new_group = add("new-group", "Nouveau groupe", "", making.group, menu="Édition")
        add("note", "Écrire une note", "Ctrl+N", window.write_note, menu="Édition")
        add("group", "Changer de groupe", "Ctrl+G", window.header.open_switcher, menu="Aller")
        for page in pages:
            if page.shortcut:
                self._add_page(page)
        groups = [self._actions.get("go-groups")] if any(p.name == "groups" for p in pages) else []
        window.header.offer_more([*groups, new_group])

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

    def _verify(self) -> None:
        job = self._window.jobs.maintain(
            self,
            lambda store, progress: usecases.maintenance.verify(store, progress),  # noqa: PLW0108 - imported on the lane
            self._show_report,
        )
        self._window.progress.watch(job, "Vérification de la base")

    def _show_report(self, report: Report) -> None:
        title = "La base est saine" if report.sound else "La base est endommagée"
        read_sheet(self._window, title, [(line, "") for line in report.lines])

    def _recovery(self) -> None:
        self._window.jobs.maintain(
            self,
            lambda store, _progress: usecases.keys.recovery_code(store.key),
            self._show_code,
        )

    def _show_code(self, code: str) -> None:
        from connexion_desktop.ui.pages.recovery_code import RecoveryCode

        sheet = Sheet(self._window, "Code de secours", width=640)
        card = RecoveryCode(code, self._closing.base().name, on=_today(), first_time=False)
        card.done.connect(sheet.close)
        sheet.body.addWidget(card)
        sheet.resize(theme.px(640), theme.px(520))
        sheet.show()

    def _undo(self, *, sure: bool = False) -> None:
        author = self._author()

        def told(step: Step | None) -> None:
            if step is None:
                self._window.tell("Il n’y a rien à annuler.")
            elif step.asks:
                self._ask_before_undoing(step)
            else:
                self._tell_undone(step)

        self._window.jobs.write(
            self,
            lambda session: usecases.undo.undo_last(session, author, sure=sure),
            told,
            label="Annulation",
        )

    def _ask_before_undoing(self, step: Step) -> None:
        asked = self._window.banners.notice(
            step.asks,
            [("Ne rien annuler", lambda: None), ("Tout annuler", lambda: self._undo(sure=True))],
        )
        asked.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell_undone(self, step: Step) -> None:
        page = self._window.current_page()
        if page is not None:
            page.undone(step.gone)
        self._window.banners.notice(f"Annulé : {step.text}", [("Rétablir", self._redo)])

    def _redo(self) -> None:
        author = self._author()

        def told(step: Step | None) -> None:
            if step is None:
                self._window.tell("Il n’y a rien à rétablir.")
            else:
                self._window.banners.notice(f"Rétabli : {step.text}")

        self._window.jobs.write(
            self,
            lambda session: usecases.undo.redo_last(session, author),
            told,
            label="Rétablissement",
        )

    def _name_undo(self) -> None:
        """Say in the menu what Ctrl+Z would undo, and Ctrl+Shift+Z do again."""
        author = self._author()

        def name(labels: tuple[str | None, str | None]) -> None:
            last, undone = labels
            self._undoing.setText(menu_text(f"Annuler : {last}") if last else _UNDO)
            self._redoing.setText(menu_text(f"Rétablir : {undone}") if undone else _REDO)

        self._window.jobs.read(
            self, lambda session: usecases.undo.labels(session, author), name, key="undo"
        )

    def _author(self) -> str:
        return self._window.desk.author if self._window.desk else ""

    def _help(self) -> None:
        show_help(self._window, self._actions)

    def _legal(self) -> None:
        read_sheet(self._window, "Mentions PMSMP à vérifier", NOTES)

    def _about(self) -> None:
        from connexion_desktop.ui.errors import version

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
