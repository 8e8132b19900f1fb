"""The settings: their sections at the left, one of them at the right; all is saved as typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget

from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.pages.settings.appearance import AppearancePane
from connexion_desktop.ui.pages.settings.association import AssociationPane
from connexion_desktop.ui.pages.settings.closures import ClosuresPane
from connexion_desktop.ui.pages.settings.lists import ListsPane
from connexion_desktop.ui.pages.settings.pane import Pane
from connexion_desktop.ui.pages.settings.records import DelegationsPane, SitesPane
from connexion_desktop.ui.pages.settings.server import ServerPane
from connexion_desktop.ui.pages.settings.storage import StoragePane
from connexion_desktop.ui.pages.settings.team import TeamPane
from connexion_desktop.ui.pages.settings.templates import TemplatesPane
from connexion_desktop.ui.pages.settings.thresholds import ThresholdsPane

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings

_WIDTH, _ROW = 176, 34
_STEPS = (
    ("settings.next", "Rubrique suivante", "Ctrl+PgDown", 1),
    ("settings.previous", "Rubrique précédente", "Ctrl+PgUp", -1),
)


class SectionList(QListWidget):
    """The names of the sections; Enter and Right go into the one chosen."""

    def __init__(self, enter: Callable[[], object]) -> None:
        super().__init__()
        self._enter = enter
        self.setAccessibleName("Rubriques des réglages")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._fit)

    def add(self, section: SettingsSection, icon: str) -> None:
        """One more section."""
        item = QListWidgetItem(theme.icon(icon, "ink"), section.label)
        self.addItem(item)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(_WIDTH))
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        for place in range(self.count()):
            self.item(place).setSizeHint(QSize(0, theme.px(_ROW)))


class SettingsPage(Page):
    """See the module. Opened on a `SettingsSection`, or on the last one."""

    name = "settings"
    title = "Réglages"
    icon = "settings-3-line"
    shows = frozenset(
        {
            "association",
            "attachment",
            "closure",
            "cohort",
            "cohort_access",
            "delegation",
            "organisation",
            "programme_template",
            "reference_item",
            "setting",
            "site",
            "staff",
            "staff_role",
            "trade_family",
        }
    )

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk)
        self._settings = settings
        self._panes: dict[SettingsSection, Pane] = {}
        self.sections = SectionList(self._enter)
        self.stack = QStackedWidget()
        self.stack.setMinimumSize(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        row.setSpacing(theme.MARGIN)
        row.addWidget(self.sections)
        row.addWidget(self.stack, 1)
        self._makers = self._all()
        for section, (icon, _) in self._makers.items():
            self.sections.add(section, icon)
        self.sections.currentItemChanged.connect(lambda *_items: self._turn())
        self._add_acts()

    def _all(self) -> dict[SettingsSection, tuple[str, Callable[[], Pane]]]:
        desk = self.desk
        kinds = (
            AssociationPane,
            SitesPane,
            ClosuresPane,
            TemplatesPane,
            DelegationsPane,
            ListsPane,
            ThresholdsPane,
            AppearancePane,
            ServerPane if desk.jobs.is_far else StoragePane,
        )
        made: dict[SettingsSection, tuple[str, Callable[[], Pane]]] = {
            kind.section: (kind.icon, partial(kind, desk)) for kind in kinds
        }
        made[TeamPane.section] = (TeamPane.icon, partial(TeamPane, desk, self._settings))
        return {section: made[section] for section in SettingsSection}

    def _add_acts(self) -> None:
        add = partial(self.desk.actions.add, owner=self)
        for section in SettingsSection:
            title = f"Réglages : {section.label}"
            show = partial(self.open, section)
            add(f"settings.{section}", title, "", show, menu="Aller")
        for name, title, keys, step in _STEPS:
            add(name, title, keys, partial(self._step, step), menu="Aller")
        add("settings.add", "Ajouter à la liste", "Ctrl+N", self._begin_new, menu="Édition")

    @property
    def pane(self) -> Pane:
        """The section shown."""
        return self._pane(self._section())

    def open(self, target: object) -> None:
        """Show a section; the last one without."""
        self.title_changed.emit(self.title)
        wanted = target if isinstance(target, SettingsSection) else self._section()
        self.sections.setCurrentRow(list(SettingsSection).index(wanted))
        self._turn()
        if not self.stack.isAncestorOf(self.window().focusWidget() or self):
            self.sections.setFocus()

    def refresh(self) -> None:
        self.pane.refresh()

    def record(self) -> RecordRef | None:
        return self.pane.record()

    def flush(self) -> None:
        for pane in self._panes.values():
            pane.flush()

    def _section(self) -> SettingsSection:
        return tuple(SettingsSection)[max(self.sections.currentRow(), 0)]

    def _pane(self, section: SettingsSection) -> Pane:
        if section not in self._panes:
            _, make = self._makers[section]
            pane = self._panes[section] = make()
            pane.left.connect(self.sections.setFocus)
            self.stack.addWidget(pane)
        return self._panes[section]

    def _turn(self) -> None:
        leaving = self.stack.currentWidget()
        if isinstance(leaving, Pane) and leaving is not self.pane:
            leaving.flush()
        self.stack.setCurrentWidget(self.pane)
        self.subtitle_changed.emit(self._section().label)
        self.pane.refresh()

    def _step(self, step: int) -> None:
        count = self.sections.count()
        self.sections.setCurrentRow((self.sections.currentRow() + step) % count)

    def _enter(self) -> None:
        self.pane.take_focus()

    def _begin_new(self) -> None:
        self.pane.begin_new()
