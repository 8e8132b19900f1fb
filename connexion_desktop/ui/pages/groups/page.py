"""All the groups, year by year."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QKeySequence

from connexion_desktop import usecases
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.groups import GroupRow, found_by, year_counters
from connexion_desktop.domain.targets import EditGroupTarget, RowTarget
from connexion_desktop.ui.pages.list_page import Found, ListPage
from connexion_desktop.ui.widgets.counters import Counter
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from connexion_desktop.ui.pages.groups.strip import EditGroupStrip
    from connexion_desktop.ui.widgets.empty import Empty
    from connexion_desktop.usecases import Session

_SHOWN: tuple[RowColumn[GroupRow], ...] = (
    RowColumn("Groupe", 230, lambda group: group.name, bold=True),
    RowColumn(
        "Où en est-il", 210, lambda group: group.phase, lambda group: group.starts_on, spared=True
    ),
    RowColumn(
        "Premier jour",
        120,
        lambda group: numeric_day(group.starts_on),
        lambda group: group.starts_on,
        spared=True,
    ),
    RowColumn(
        "Présentes", 110, lambda group: group.filled, lambda group: group.present, spared=True
    ),
    RowColumn(
        "En tout", 90, lambda group: str(group.people), lambda group: group.people, spared=True
    ),
    RowColumn("Site", 130, lambda group: group.site, spared=True),
    RowColumn("Conseiller", 190, lambda group: group.conseiller, spared=True),
)


class GroupsPage(ListPage[GroupRow]):
    """See the module."""

    name = "groups"
    title = "Tous les groupes"
    icon = "group-line"
    shows = frozenset({"cohort", "journey", "meeting", "setting", "site", "staff"})
    nouns = ("groupe", "groupes")
    search_words = "Groupe, site, conseiller…"
    record_kind = "group"
    new_act = ("new-group", "Nouveau groupe", "add-line")
    first_sorting = (2, True)
    _to_edit: UUID | None = None

    def columns(self) -> Sequence[RowColumn[GroupRow]]:
        return _SHOWN

    def told(self, row: GroupRow) -> str:
        return f"{row.name}, {row.phase}"

    def read(self, session: Session) -> tuple[GroupRow, ...]:
        return usecases.groups.every(session, self.desk.today())

    def counted(self, rows: tuple[GroupRow, ...]) -> Sequence[Counter]:
        return year_counters(rows)

    def kept(self, rows: tuple[GroupRow, ...], chosen: Hashable, typed: str) -> Sequence[GroupRow]:
        return [row for row in rows if chosen in (None, row.year) and found_by(row, typed)]

    def open(self, target: object) -> None:
        self._to_edit = target.id if isinstance(target, EditGroupTarget) else None
        super().open(RowTarget(self._to_edit) if self._to_edit is not None else target)

    def take(self, found: Found[GroupRow]) -> None:
        super().take(found)
        wanted, self._to_edit = self._to_edit, None
        group = self.row(wanted)
        if group is not None:
            self.editing.ask(group)

    def fill_menu(self, menu: QMenu, row_id: UUID) -> None:
        super().fill_menu(menu, row_id)
        group = self.row(row_id)
        if group is None:
            return
        menu.addAction("Modifier…", QKeySequence("F2"), partial(self.editing.ask, group))
        words = "Clore le groupe" if group.is_open else "Rouvrir le groupe"
        menu.addAction(words, partial(self._close_or_reopen, group))

    def _make_acts(self) -> None:
        super()._make_acts()
        for name, words, keys, do in (
            ("edit", "Modifier le groupe…", "F2", self._begin_editing),
            ("close", "Clore ou rouvrir le groupe", "", self._ask_closing),
        ):
            self.desk.actions.add(f"groups.{name}", words, keys, do, menu="Édition", owner=self)

    def _begin_editing(self) -> None:
        group = self.current_row()
        if group is not None:
            self.editing.ask(group)

    def _ask_closing(self) -> None:
        group = self.current_row()
        if group is not None:
            self._close_or_reopen(group)

    def _close_or_reopen(self, group: GroupRow) -> None:
        today, closes = self.desk.today(), group.is_open

        def act(session: Session) -> None:
            if closes:
                usecases.groups.close(session, group.id, today)
            else:
                usecases.groups.reopen(session, group.id)

        told = "clos" if closes else "rouvert"
        self.desk.jobs.write(
            self,
            act,
            lambda _none: self.desk.tell(f"{group.name} : {told} · Ctrl+Z pour annuler"),
            self.desk.fail,
            label=f"Groupe {told}",
        )

    @cached_property
    def editing(self) -> EditGroupStrip:
        """Where a group's name, days and size are mended."""
        from connexion_desktop.ui.pages.groups.strip import EditGroupStrip

        strip = EditGroupStrip(self.desk)
        self.frame.add_strip(strip)
        return strip

    def open_row(self, row_id: UUID) -> None:
        self.desk.go("group", row_id)

    def say_empty(self, empty: Empty) -> None:
        empty.say(
            "group-line",
            "Aucun groupe pour le moment",
            "Créez votre premier groupe, ou importez votre tableau de suivi.",
            [*self.act("new-group"), *self.act("import")],
        )
