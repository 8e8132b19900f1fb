"""All the groups, year by year."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from connexion_desktop import usecases
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.groups import GroupRow, found_by, year_counters
from connexion_desktop.ui.pages.list_page import ListPage
from connexion_desktop.ui.widgets.counters import Counter
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from connexion_desktop.ui.widgets.empty import Empty
    from connexion_desktop.usecases import Session

_SHOWN: tuple[RowColumn[GroupRow], ...] = (
    RowColumn("Groupe", 230, lambda group: group.name, bold=True),
    RowColumn("Où en est-il", 210, lambda group: group.phase, lambda group: group.starts_on),
    RowColumn(
        "Premier jour",
        120,
        lambda group: numeric_day(group.starts_on),
        lambda group: group.starts_on,
        spared=True,
    ),
    RowColumn("Présentes", 110, lambda group: group.filled, lambda group: group.present),
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
    shows = frozenset({"cohort", "journey", "site", "staff"})
    nouns = ("groupe", "groupes")
    search_words = "Groupe, site, conseiller…"
    record_kind = "group"
    new_act = ("new-group", "Nouveau groupe", "add-line")
    first_sorting = (2, True)

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

    def open_row(self, row_id: UUID) -> None:
        self.desk.go("group", row_id)

    def say_empty(self, empty: Empty) -> None:
        empty.say(
            "group-line",
            "Aucun groupe pour le moment",
            "Créez votre premier groupe, ou importez votre tableau de suivi.",
            [*self.act("new-group"), *self.act("import")],
        )
