"""Who was written down twice: pairs of files that may be one person's."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QMenu

from connexion_desktop import usecases
from connexion_desktop.domain.counted import Counted
from connexion_desktop.domain.duplicates import LikelyPair
from connexion_desktop.domain.name_matching import Likeness as Verdict
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.targets import MergeTarget, SettledTarget
from connexion_desktop.ui.likeness import TABLES, Likeness
from connexion_desktop.ui.pages.list_page import Found, ListPage
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.counters import Counter
from connexion_desktop.ui.widgets.rows_table import RowColumn

if TYPE_CHECKING:
    from connexion_desktop.domain.progress import Progress
    from connexion_desktop.system.settings import Settings
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.widgets.empty import Empty
    from connexion_desktop.usecases import Session


Pairs = tuple[LikelyPair, ...]


def _tint(pair: LikelyPair) -> Tint:
    return "amber" if pair.likeness is Verdict.SAME else "grey"


_SHOWN: tuple[RowColumn[LikelyPair], ...] = (
    RowColumn("Fiche la plus ancienne", 240, lambda pair: pair.older.told, bold=True),
    RowColumn("Autre fiche", 240, lambda pair: pair.newer.told, bold=True),
    RowColumn("Ce qui les rapproche", 340, lambda pair: pair.reasons, spared=True),
    RowColumn(
        "Numéros",
        130,
        lambda pair: f"{pair.older.number}, {pair.newer.number}",
        lambda pair: pair.older.age,
        ink=lambda _pair: "muted",
        spared=True,
    ),
    RowColumn(
        "Certitude",
        110,
        lambda pair: pair.told,
        lambda pair: pair.likeness is not Verdict.SAME,
        tint=_tint,
    ),
)


class DuplicatesPage(ListPage[LikelyPair]):
    """See the module."""

    name = "duplicates"
    title = "Doublons possibles"
    icon = "group-line"
    shows = frozenset(TABLES)
    nouns = ("doublon possible", "doublons possibles")
    search_words = "Nom, numéro…"
    new_act = ("duplicates.compare", "Comparer", "git-merge-line")
    first_sorting = (4, False)

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings)
        self._likeness = Likeness(desk.jobs, self)
        self._looked = False

    def columns(self) -> Sequence[RowColumn[LikelyPair]]:
        return _SHOWN

    def told(self, row: LikelyPair) -> str:
        return f"{row.older.told}, {row.newer.told}, {row.told}"

    def fetch(self, arrange: Callable[[Pairs], Found[LikelyPair]]) -> None:
        """Look for them in the pool: that may take seconds."""

        register = self.desk.register

        def search(store: Any, progress: Progress) -> Found[LikelyPair]:
            return arrange(usecases.duplicates.proposed(store, register, progress))

        self._likeness.ask(search, self._show)
        if not self._looked:
            self.empty.say(
                "search-line",
                "Recherche des doublons…",
                "Toutes les fiches sont comparées. Vous pouvez continuer ailleurs.",
                [],
            )
            self.stack.setCurrentWidget(self.empty)

    def open(self, target: object) -> None:
        """Show the pairs, but that which was just settled: looking for them again takes a while."""
        if isinstance(target, SettledTarget):
            left = tuple(pair for pair in self._rows if not _is_settled(pair, target))
            self.take(Found(left, self.counted(left), None, self.desk.today()))
        super().open(None)

    def _show(self, found: Found[LikelyPair]) -> None:
        self._looked = True
        self.take(found)

    def counted(self, rows: tuple[LikelyPair, ...]) -> Sequence[Counter]:
        sure = sum(pair.likeness is Verdict.SAME for pair in rows)
        return (
            Counted(None, "Tous", len(rows)),
            Counted(Verdict.SAME, "Très probables", sure),
            Counted(Verdict.PERHAPS, "Possibles", len(rows) - sure),
        )

    def kept(
        self, rows: tuple[LikelyPair, ...], chosen: Hashable, typed: str
    ) -> Sequence[LikelyPair]:
        words = fold(typed).split()
        return [
            pair
            for pair in rows
            if chosen in (None, pair.likeness) and all(f" {word}" in pair.words for word in words)
        ]

    def open_row(self, row_id: UUID) -> None:
        place = self.model.place_of(row_id)
        if place is not None:
            pair = self.model.rows()[place]
            self.desk.go("merging", MergeTarget(pair.older.id, pair.newer.id, self.name))

    def say_empty(self, empty: Empty) -> None:
        empty.say(
            "checkbox-circle-line",
            "Aucun doublon en vue",
            "Personne ne semble inscrit deux fois : ni par le nom, ni par la date de naissance, ni "
            "par le téléphone.",
            self.act("go-people"),
        )

    def fill_menu(self, menu: QMenu, row_id: UUID) -> None:
        for name in ("duplicates.compare", "duplicates.apart"):
            menu.addAction(self.desk.actions.get(name))
        menu.setDefaultAction(self.desk.actions.get("duplicates.compare"))

    def set_apart(self) -> None:
        """Say of those selected that they are two people each."""
        wanted = set(self.table.selected())
        pairs = [pair for pair in self.model.rows() if pair.id in wanted]
        if not pairs:
            return

        def act(session: Session) -> None:
            for pair in pairs:
                usecases.duplicates.set_apart(session, pair.older.id, pair.newer.id)

        self.desk.jobs.write(
            self,
            act,
            lambda _none: self.desk.tell(
                "Ce sont deux personnes : ce ne sera plus proposé · Ctrl+Z pour annuler"
            ),
            self.desk.fail,
            label="Deux personnes distinctes",
        )

    def _make_acts(self) -> None:
        super()._make_acts()
        add = self.desk.actions.add
        add(
            "duplicates.compare",
            "Comparer ces deux fiches",
            "Ctrl+Shift+M",
            self.table.open_current,
            menu="Édition",
            owner=self,
        )
        add(
            "duplicates.apart",
            "Ce ne sont pas les mêmes",
            "Ctrl+Shift+X",
            self.set_apart,
            menu="Édition",
            owner=self,
        )


def _is_settled(pair: LikelyPair, settled: SettledTarget) -> bool:
    both = {pair.older.id, pair.newer.id}
    return both == settled.pair or settled.gone in both
