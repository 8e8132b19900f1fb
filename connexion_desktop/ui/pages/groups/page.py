"""All the groups, year by year."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.groups import GroupRow, year_counters
from connexion_desktop.domain.names import fold
from connexion_desktop.ui import theme
from connexion_desktop.ui.page import Page
from connexion_desktop.ui.widgets.counters import Counters
from connexion_desktop.ui.widgets.labels import button
from connexion_desktop.ui.widgets.rows_table import RowColumn, RowsModel, RowsTable

if TYPE_CHECKING:
    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty

_COLUMNS = "groups.columns"
_FIRST_DAY = 2
_SHOWN: tuple[RowColumn[GroupRow], ...] = (
    RowColumn("Groupe", 230, lambda group: group.name, bold=True),
    RowColumn("Où en est-il", 210, lambda group: group.phase),
    RowColumn("Premier jour", 120, lambda group: numeric_day(group.starts_on), spared=True),
    RowColumn("Personnes", 110, lambda group: group.filled),
    RowColumn("Présentes", 100, lambda group: str(group.present), spared=True),
    RowColumn("Site", 130, lambda group: group.site, spared=True),
    RowColumn("Conseiller", 190, lambda group: group.conseiller, spared=True),
)
_KEYS: tuple[Callable[[GroupRow], Any], ...] = (
    lambda group: fold(group.name),
    lambda group: group.starts_on,
    lambda group: group.starts_on,
    lambda group: group.people,
    lambda group: group.present,
    lambda group: fold(group.site),
    lambda group: fold(group.conseiller),
)


class GroupsPage(Page):
    """See the module. `settings` remembers the columns."""

    name = "groups"
    title = "Tous les groupes"
    icon = "group-line"
    shows = frozenset({"cohort", "journey", "site", "staff"})

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk)
        self._settings = settings
        self._groups: tuple[GroupRow, ...] = ()
        self._year: int | None = None
        self._sorting = (_FIRST_DAY, True)
        self.model = RowsModel(_SHOWN, lambda group: f"{group.name}, {group.phase}")
        self._build()

    def _build(self) -> None:
        self.counters = Counters("Filtrer les groupes par année")
        self.counters.picked.connect(self._keep)
        self.new = button("Nouveau groupe", icon="add-line")
        self.new.clicked.connect(self._make_a_group)
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.counters, 1)
        row.addWidget(self.new, 0, Qt.AlignmentFlag.AlignTop)
        self.table = RowsTable(self.model, self.title)
        if columns := self._settings.text(_COLUMNS):
            self.table.put_columns(columns)
        self.table.columns_changed.connect(
            lambda: self._settings.put(_COLUMNS, self.table.columns())
        )
        self.table.opened.connect(self._open_group)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.escaped.connect(lambda: self.desk.go("group", None))
        self.table.sorted.connect(self._sort)
        self.table.show_sorting(_FIRST_DAY, descending=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        column.setSpacing(theme.GAP)
        column.addWidget(self._bar)
        column.addWidget(self.stack, 1)

    @cached_property
    def empty(self) -> Empty:
        """What is said when there is no group."""
        from connexion_desktop.ui.widgets.empty import Empty

        empty = Empty()
        empty.say(
            "group-line",
            "Aucun groupe pour le moment",
            "Créez votre premier groupe, ou importez votre tableau de suivi.",
            [self.desk.actions.get("new-group"), self.desk.actions.get("import")],
        )
        self.stack.addWidget(empty)
        return empty

    def open(self, target: object) -> None:
        """Show all the groups."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read them again."""
        today = self.desk.today()
        self.desk.jobs.read(
            self, lambda session: usecases.groups.every(session, today), self._take, key="groups"
        )

    def _take(self, groups: tuple[GroupRow, ...]) -> None:
        self._groups = groups
        self.counters.show_counters(year_counters(groups), self._year)
        self._show()

    def _show(self) -> None:
        current = self.table.current()
        column, descending = self._sorting
        shown = [group for group in self._groups if self._year in (None, group.year)]
        shown.sort(key=_KEYS[column], reverse=descending)
        self.model.show_rows(shown)
        self.table.put_current(current)
        self.stack.setCurrentWidget(self.table if self._groups else self.empty)
        count = len(shown)
        self.summary_changed.emit(f"{count} groupe{'s' * (count > 1)}")

    # What the user asks

    def _keep(self, year: int | None) -> None:
        self._year = year
        self._show()

    def _sort(self, column: int, descending: bool) -> None:
        self._sorting = (column, descending)
        self._show()

    def _open_group(self, cohort_id: UUID) -> None:
        self.desk.go("group", cohort_id)

    def _make_a_group(self) -> None:
        self.desk.actions.get("new-group").trigger()

    def _show_menu(self, cohort_id: UUID, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setDefaultAction(menu.addAction("Ouvrir", lambda: self._open_group(cohort_id)))
        menu.addAction("Copier", QKeySequence(QKeySequence.StandardKey.Copy), self.table.copy)
        menu.popup(point)
