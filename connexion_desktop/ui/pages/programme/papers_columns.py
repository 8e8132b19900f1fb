"""What the tables of the papers show: the sheets printed, the half-days to check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from connexion_desktop.domain.french_dates import full_day, numeric_day
from connexion_desktop.domain.signed_sheets import Gap, KnownSheet, SheetState
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.rows_table import RowColumn

_TINTS: dict[SheetState, Tint] = {
    SheetState.SIGNED: "green",
    SheetState.REPLACED: "grey",
    SheetState.DUE: "amber",
    SheetState.RUNNING: "accent",
}


def sheet_columns(today: Callable[[], date]) -> tuple[RowColumn[KnownSheet], ...]:
    """Those of the sheets, as they stand on `today()`."""
    return (
        RowColumn(
            "Numéro",
            120,
            lambda row: row.paper.number,
            lambda row: (row.paper.number, row.paper.edition),
            bold=True,
        ),
        RowColumn("Version", 70, lambda row: str(row.paper.edition), spared=True),
        RowColumn("Jours", 220, lambda row: row.days, lambda row: row.paper.days[0]),
        RowColumn("Pages", 70, lambda row: str(len(row.paper.pages)), spared=True),
        RowColumn(
            "Faite le",
            100,
            lambda row: numeric_day(row.paper.made_on),
            lambda row: row.paper.made_on,
            spared=True,
        ),
        RowColumn(
            "État",
            110,
            lambda row: row.state(today()).label,
            tint=lambda row: _TINTS[row.state(today())],
        ),
        RowColumn(
            "Reçue le",
            100,
            lambda row: numeric_day(row.signed_on) if row.signed_on else "",
            lambda row: row.signed_on,
        ),
    )


GAP_COLUMNS: tuple[RowColumn[Gap], ...] = (
    RowColumn("Jour", 170, lambda row: full_day(row.slot.on), lambda row: row.slot.rank),
    RowColumn("Demi-journée", 110, lambda row: row.slot.half.label),
    RowColumn("Séances", 200, lambda row: row.title, spared=True),
    RowColumn("Personnes", 200, lambda row: row.names, spared=True),
    RowColumn("À vérifier", 300, lambda row: row.told, bold=True),
)
