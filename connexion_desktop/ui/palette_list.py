"""What the palette found: small headings, and one line for each thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from connexion_desktop.domain.search import Hit, Kind, Section, Thing
from connexion_desktop.ui import icons, theme
from connexion_desktop.ui.widgets.list_table import AnyIndex

_ROW, _HEADING = 32, 28
_PADDING, _ICON, _PARTED = 10, 16, 12
_HIT = Qt.ItemDataRole.UserRole
_SHORTCUT = Qt.ItemDataRole.UserRole + 1
_ICONS = {
    Kind.PERSON: "user-line",
    Kind.GROUP: "team-line",
    Kind.COMPANY: "building-line",
    Kind.PAPER: "file-text-line",
    Kind.EQUIPMENT: "macbook-line",
    Kind.FILE: "attachment-line",
    Kind.ACT: "arrow-right-line",
}


class _Model(QAbstractListModel):
    """Headings and hits."""

    def __init__(self) -> None:
        super().__init__()
        self.shortcuts: Mapping[str, str] = {}
        self.rows: tuple[str | Hit, ...] = ()

    def put(self, sections: Sequence[Section]) -> None:
        self.beginResetModel()
        rows: list[str | Hit] = []
        for section in sections:
            rows += [section.heading, *section.hits]
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        is_hit = index.isValid() and isinstance(self.rows[index.row()], Hit)
        return super().flags(index) if is_hit else Qt.ItemFlag.NoItemFlags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else self._told(row.thing)
        if isinstance(row, Hit) and role in (_HIT, _SHORTCUT):
            return row if role == _HIT else self._shortcut(row.thing)
        return None

    def _told(self, thing: Thing) -> str:
        parts = (thing.title, thing.detail, self._shortcut(thing))
        return ", ".join(part for part in parts if part)

    def _shortcut(self, thing: Thing) -> str:
        return self.shortcuts.get(thing.id, "") if thing.kind is Kind.ACT else ""


class PaletteList(QListView):
    """One row is always current where there is one; the keyboard stays in the line above."""

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("kind", "bare")
        self.setAccessibleName("Ce qui est trouvé")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def shortcuts(self) -> Mapping[str, str]:
        """The keys of each act, by its id."""
        return self._model.shortcuts

    @shortcuts.setter
    def shortcuts(self, shortcuts: Mapping[str, str]) -> None:
        self._model.shortcuts = shortcuts

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show these instead, from the top; the first hit becomes current."""
        self._model.put(sections)
        self.walk(1)
        self.scrollToTop()

    def rows(self) -> tuple[str | Hit, ...]:
        """What is shown: a text is a heading."""
        return self._model.rows

    def current(self) -> Thing | None:
        """What Enter would take."""
        hit = self.currentIndex().data(_HIT)
        return hit.thing if isinstance(hit, Hit) else None

    def told(self) -> str:
        """The current row, in words."""
        return str(self.currentIndex().data() or "")

    def walk(self, step: int) -> None:
        """Go so many hits down, or up, as far as there are."""
        hits = [place for place, row in enumerate(self._model.rows) if isinstance(row, Hit)]
        if not hits:
            return
        here = self.currentIndex().row()
        rank = hits.index(here) + step if here in hits else 0
        rank = min(max(rank, 0), len(hits) - 1)
        self.setCurrentIndex(self._model.index(hits[rank]))
        if rank == 0:
            self.scrollToTop()

    def whole_height(self) -> int:
        """What it needs to show everything, in pixels."""
        return sum(_height(row) for row in self._model.rows) + 2 * self.frameWidth()


def _height(row: object) -> int:
    return theme.px(_ROW if isinstance(row, Hit) else _HEADING)


class _Delegate(QStyledItemDelegate):
    """One line: an icon, the title with what was typed in bold, a detail, the keys of an act."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(theme.px(120), _height(index.data(_HIT)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hit = index.data(_HIT)
        box = option.rect.adjusted(theme.px(_PADDING), 0, -theme.px(_PADDING), 0)
        if isinstance(hit, Hit):
            self._paint_ground(painter, option)
            _paint_hit(painter, box, hit, str(index.data(_SHORTCUT)))
        else:
            box.setTop(box.top() + theme.px(4))
            _write(painter, box, str(index.data()), theme.font("small"))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens = theme.tokens()
        is_current = option.state & QStyle.StateFlag.State_Selected
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent_tint if is_current else tokens.hover)
            radius = theme.RADIUS_BADGE
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), radius, radius)


def _paint_hit(painter: QPainter, box: QRect, hit: Hit, shortcut: str) -> None:
    tokens, small = theme.tokens(), theme.font("small")
    side, parted = theme.px(_ICON), theme.px(_PARTED)
    icon = QRect(box.x(), box.y() + (box.height() - side) // 2, side, side)
    icons.draw(painter, icon, _ICONS[hit.thing.kind], tokens.muted)
    box.setLeft(box.left() + side + parted)
    if shortcut:
        width = QFontMetrics(small).horizontalAdvance(shortcut) + 1
        _write(
            painter, QRect(box.right() - width, box.y(), width + 1, box.height()), shortcut, small
        )
        box.setRight(box.right() - width - parted)
    box.setLeft(box.left() + _write_title(painter, box, hit) + parted)
    if hit.thing.detail and box.width() > side:
        _write(painter, box, hit.thing.detail, small)


def _write(painter: QPainter, box: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(theme.tokens().muted)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _write_title(painter: QPainter, box: QRect, hit: Hit) -> int:
    """Write a title; how wide it is."""
    plain, bold = theme.font("body"), theme.font("body", bold=True)
    title = hit.thing.title
    if QFontMetrics(bold).horizontalAdvance(title) > box.width():
        title = QFontMetrics(bold).elidedText(title, Qt.TextElideMode.ElideRight, box.width())
    layout = QTextLayout(title, plain)
    layout.setFormats([_in_bold(title, *span, bold) for span in hit.bold])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(box.width())
    layout.endLayout()
    painter.setPen(theme.tokens().ink)
    layout.draw(painter, QPointF(box.x(), box.y() + (box.height() - line.height()) / 2))
    return round(line.naturalTextWidth())


def _in_bold(title: str, start: int, length: int, font: QFont) -> QTextLayout.FormatRange:
    """Qt counts in halves of 32 bits, Python in letters."""
    made = QTextLayout.FormatRange()
    made.start = _halves(title[:start])
    made.length = _halves(title[start : start + length])
    made.format = QTextCharFormat()
    made.format.setFont(font)
    return made


def _halves(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
