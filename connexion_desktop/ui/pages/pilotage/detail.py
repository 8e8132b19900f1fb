"""What is behind a figure: its rule, how it sorts, and its list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from connexion_desktop.domain.activity_report import Figure, FigureLine
from connexion_desktop.domain.counted import Counted
from connexion_desktop.domain.figures import Breakdown, Unit
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.pilotage.tiles import NOT_KNOWN
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.bar_chart import Bar, BarChart
from connexion_desktop.ui.widgets.counters import Counters
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.panel import Panel
from connexion_desktop.ui.widgets.rows_table import RowColumn, RowsModel, RowsTable, in_order

_LEAST_LIST = 180
_MOST_BARS = 8
"""As many bars as are seen without scrolling."""

_COLUMNS: tuple[RowColumn[FigureLine], ...] = (
    RowColumn("Personne", 136, lambda each: each.name, lambda each: fold(each.name), bold=True),
    RowColumn(
        "Date", 98, lambda each: numeric_day(each.on) if each.on else "", lambda each: each.on
    ),
    RowColumn("Précision", 160, lambda each: each.told, spared=True),
    RowColumn("Groupe", 200, lambda each: each.group, spared=True),
    RowColumn("Site", 90, lambda each: each.site, spared=True),
)


class Detail(Panel):
    """`opened(FigureLine)`: somebody of the list is to be shown."""

    opened = Signal(object)
    copied = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__(" ")
        self._figure: Figure | None = None
        self._lines: tuple[FigureLine, ...] = ()
        self._way: Breakdown | None = None
        self._sorting = (0, False)
        self.number = label("", "title")
        self.rule = label("", "small", wrap=True)
        self.remark = label("", "warning", wrap=True)
        self.corner.addWidget(self.number)
        self.ways = Counters("Répartir le chiffre")
        self.ways.picked.connect(self._show_way)
        self.chart = BarChart("Répartition")
        self.chart.picked.connect(lambda _key, _kept: self._list())
        self._chart_area = Area("Répartition du chiffre")
        self._chart_area.hold(self.chart)
        self.count = label("", "small")
        self.all = button("Tout voir", "inline")
        self.all.clicked.connect(self._see_all)
        self.names = button("Voir les noms…", "inline")
        self.names.hide()
        above = QHBoxLayout()
        above.addWidget(self.count)
        above.addWidget(self.all)
        above.addWidget(self.names)
        above.addStretch(1)
        self.model = RowsModel(_COLUMNS, lambda each: f"{each.name}, {each.told}")
        self.table = RowsTable(self.model, "Liste derrière le chiffre")
        self.table.opened.connect(self._open)
        self.table.sorted.connect(self._sort)
        self.table.copied.connect(self.copied)
        self.table.escaped.connect(self.escaped)
        self.table.show_sorting(0, descending=False)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE)
        for widget in (self.rule, self.remark, self.ways, self._chart_area):
            column.addWidget(widget)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        area = Area("Détail du chiffre")
        area.hold(inside)
        self.add(area, 1)
        theme.changed.connect(self._fit)
        self._fit()

    def show_figure(self, figure: Figure) -> None:
        """Show a figure, sorted as the last one was if it can be; its list follows."""
        kept = self._way.title if self._way is not None else ""
        self._lines = ()
        self._figure = figure
        self.heading.setText(figure.label)
        self.setAccessibleName(figure.label)
        self.number.setText(figure.told or NOT_KNOWN)
        self.rule.setText(typeset(figure.rule))
        self.remark.setText(figure.remark)
        self.remark.setVisible(bool(figure.remark))
        titles = [each.title for each in figure.breakdowns]
        chosen = kept if kept in titles else titles[0] if titles else ""
        self.ways.show_counters([_Way(title, title, 0) for title in titles], chosen)
        self.ways.setVisible(bool(titles))
        self._show_way(chosen)

    def show_lines(self, lines: tuple[FigureLine, ...]) -> None:
        """Show who counts."""
        self._lines = lines
        self._list()

    def lines(self) -> Sequence[FigureLine]:
        """Those shown now."""
        return self.model.rows()

    def _show_way(self, title: object) -> None:
        figure = self._figure
        ways = figure.breakdowns if figure is not None else ()
        self._way = next((each for each in ways if each.title == title), None)
        parts = self._way.parts if self._way is not None else ()
        highest = max((part.value or 0 for part in parts), default=0) or 1
        if figure is not None and figure.unit is Unit.PERCENT:
            highest = 100
        bars = [
            Bar(part.key, part.label, figure.told_part(part), (part.value or 0) / highest)
            for part in parts
            if figure is not None
        ]
        self.chart.show_bars(bars, str(title))
        self._chart_area.setVisible(bool(bars))
        self._fit()
        self._list()

    def _fit(self) -> None:
        self.table.setMinimumHeight(theme.px(_LEAST_LIST))
        bars = len(self.chart.bars)
        if bars:
            row = self.chart.sizeHint().height() // bars
            self._chart_area.setFixedHeight(row * min(bars, _MOST_BARS) + 2)

    def _list(self) -> None:
        """Show those of the bar that is pressed, or all."""
        bar, way = self.chart.kept, self._way
        kept = [
            each
            for each in self._lines
            if bar is None or way is None or each.is_in(way.title, bar.key)
        ]
        column, descending = self._sorting
        self.model.show_rows(in_order(kept, _COLUMNS[column], descending=descending))
        self.table.put_row(0)
        count = f"{len(kept)} ligne{'s' * (len(kept) > 1)}"
        self.count.setText(f"{count} · {bar.label}" if bar is not None else count)
        self.all.setVisible(bar is not None)

    def _see_all(self) -> None:
        if self._way is not None:
            self._show_way(self._way.title)

    def _sort(self, column: int, descending: bool) -> None:
        self._sorting = (column, descending)
        self._list()

    def _open(self, line_id: object) -> None:
        found = next((each for each in self.model.rows() if each.id == line_id), None)
        if found is not None:
            self.opened.emit(found)


class _Way(Counted[str]):
    """A way to sort: words alone."""

    @property
    def told(self) -> str:
        return ""
