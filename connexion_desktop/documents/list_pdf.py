"""A list as a PDF: its titles on each page, its rows whole, on paper as wide as they need.

Lengths are in points.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from connexion_desktop.documents import fonts
from connexion_desktop.documents.layout import (
    Box,
    Mark,
    Paginator,
    Placed,
    Rule,
    Ruler,
    Strip,
    Style,
    Text,
    draw_page,
    lines_of,
    stack,
)
from connexion_desktop.documents.paper_pdf import PAGE_HEIGHT, PAGE_WIDTH, fitted
from connexion_desktop.documents.pdf_blocks import ACCENT, INK, LINE, MUTED, NAVY, TINT
from connexion_desktop.domain.french_dates import long_day, numeric_day
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.sheet import Cell, ListPaper, seen

_MARGIN = 36.0
_TOP, _NEXT_TOP = 30.0, 34.0
_FOOT = 26.0
_PAD = 4.0
_SIDES = 2 * _PAD + 0.1
"""Around the text of a cell, with what rounding takes: a word as wide as its column is whole."""

_MOST_LINES = 8
"""Of one cell: the rest is told by « … »."""

_WIDEST = 190.0
"""What one column takes of its own accord."""

_LEAST = 34.0
_WORD = 90.0
"""The longest word that a column is widened for, not to be cut."""

_STEP = 200

_ISSUER = Style(8.4, 11, MUTED)
_TITLE = Style(14, 18, NAVY, bold=True)
_ABOUT = Style(8.6, 11.4, MUTED)
_HEAD = Style(7.6, 9.6, NAVY, bold=True)
_CELL = Style(8, 10.2, INK)
_SMALL_HEAD = Style(6.8, 8.6, NAVY, bold=True)
_SMALL_CELL = Style(7, 9, INK)
_RUNNING = Style(7.4, 9.6, MUTED)


@dataclass(frozen=True, slots=True)
class _Table:
    """The texts to print."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Styles:
    """How titles and cells look: smaller where the columns are many."""

    head: Style
    cell: Style


_USUAL, _SMALL = _Styles(_HEAD, _CELL), _Styles(_SMALL_HEAD, _SMALL_CELL)


@dataclass(frozen=True, slots=True)
class _Widths:
    """What each column would take, and what its longest word takes, padding included."""

    natural: tuple[float, ...]
    words: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """The paper, and where each column begins on it."""

    width: float
    height: float
    edges: tuple[float, ...]
    styles: _Styles

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - 2 * _MARGIN


def render(paper: ListPaper, progress: Progress) -> bytes:
    """The list as PDF bytes. Raises UserError without rows, or with more than paper is made for;
    Cancelled if the user gives up."""
    from reportlab.pdfgen.canvas import Canvas

    paper.check()
    table = _Table(
        tuple(_plain(title) for title in paper.sheet.titles),
        tuple(tuple(_plain(cell) for cell in row) for row in paper.sheet.rows),
    )
    buffer = io.BytesIO()
    with fonts.LOCK:
        typeface = fonts.typeface_for("".join(_characters(paper, table)))
        ruler = Ruler(typeface)
        page = _page_for(ruler, table)
        pages = _paginate(paper, ruler, page, table, progress)
        canvas = Canvas(
            buffer, pagesize=(page.width, page.height), invariant=1, pageCompression=1, lang="fr-FR"
        )
        canvas.setTitle(seen(paper.sheet.title))
        canvas.setAuthor(seen(paper.issuer))
        canvas.setCreator("Connexion Desktop")
        for number, placed in enumerate(pages, 1):
            if number % 10 == 0:
                progress.step(number, len(pages), f"page {number} sur {len(pages)}")
            draw_page(canvas, placed, typeface, page.height)
            foot = Strip(0, tuple(_foot(paper, ruler, page, number, len(pages))))
            draw_page(canvas, [Placed(0, foot)], typeface, page.height)
            canvas.showPage()
        canvas.save()
    return buffer.getvalue()


def _plain(cell: Cell) -> str:
    text = numeric_day(cell) if isinstance(cell, date) else str(cell)
    return " ".join(seen(text).split())


def _characters(paper: ListPaper, table: _Table) -> Iterator[str]:
    yield from (seen(paper.issuer), seen(paper.sheet.title), seen(paper.about), *table.titles)
    for row in table.rows:
        yield from row


def _widths(ruler: Ruler, table: _Table, styles: _Styles) -> _Widths:
    natural, words = [], []
    for column, title in enumerate(table.titles):
        texts = {row[column] for row in table.rows}
        widest = max((ruler.width(text, styles.cell) for text in texts), default=0)
        wanted = max(widest, ruler.width(title, styles.head)) + _SIDES
        natural.append(min(max(wanted, _LEAST), _WIDEST))
        each = {word for text in texts for word in text.split(" ")}
        longest = max((ruler.width(word, styles.cell) for word in each), default=0)
        head = max(ruler.width(word, styles.head) for word in title.split(" "))
        words.append(min(max(longest, head) + _SIDES, natural[-1], _WORD))
    return _Widths(tuple(natural), tuple(words))


def _page_for(ruler: Ruler, table: _Table) -> _Page:
    """Upright where the columns hold, else on its side; in smaller letters if they do not hold
    there either."""
    width, height, styles = PAGE_WIDTH, PAGE_HEIGHT, _USUAL
    widths = _widths(ruler, table, styles)
    if sum(widths.natural) > width - 2 * _MARGIN:
        width, height = height, width
    if sum(widths.natural) > width - 2 * _MARGIN:
        styles = _SMALL
        widths = _widths(ruler, table, styles)
    edges = [_MARGIN]
    for each in _shared(widths, width - 2 * _MARGIN):
        edges.append(edges[-1] + each)
    return _Page(width, height, tuple(edges), styles)


def _shared(widths: _Widths, room: float) -> tuple[float, ...]:
    """The widths that fill the room: narrow columns keep theirs, the others share the rest, and no
    word is cut that need not be."""
    natural, count = widths.natural, len(widths.natural)
    if sum(natural) <= room or sum(widths.words) >= room:
        wanted = natural if sum(natural) <= room else widths.words
        return tuple(width * room / sum(wanted) for width in wanted)
    kept: dict[int, float] = {}
    while True:
        share = (room - sum(kept.values())) / max(count - len(kept), 1)
        more = {
            place: width if width <= share else word
            for place, (width, word) in enumerate(zip(natural, widths.words, strict=True))
            if place not in kept and (width <= share or word > share)
        }
        if not more:
            return tuple(kept.get(place, share) for place in range(count))
        kept |= more


def _paginate(
    paper: ListPaper, ruler: Ruler, page: _Page, table: _Table, progress: Progress
) -> list[list[Placed]]:
    paginator = Paginator(_TOP, _NEXT_TOP, page.height - _FOOT - 12)
    paginator.add(_heading(paper, ruler, page))
    head = _head(ruler, page, table.titles)
    paginator.add([head])
    for number, row in enumerate(table.rows):
        if number % _STEP == 0:
            progress.step(number, len(table.rows), "mise en page")
        paginator.add([replace(_row(ruler, page, row), above=head)])
    return paginator.pages


def _heading(paper: ListPaper, ruler: Ruler, page: _Page) -> list[Strip]:
    about = " · ".join(part for part in (_plain(paper.about), long_day(paper.on)) if part)
    return [
        Strip(8, (Box(_MARGIN, 0, page.room, 2, ACCENT),)),
        *lines_of(ruler, _plain(paper.issuer), _ISSUER, _MARGIN, page.room),
        Strip(2),
        *lines_of(ruler, _plain(paper.sheet.title), _TITLE, _MARGIN, page.room),
        *lines_of(ruler, about, _ABOUT, _MARGIN, page.room),
        Strip(8),
    ]


def _head(ruler: Ruler, page: _Page, titles: Sequence[str]) -> Strip:
    drawn = _cells(ruler, page, titles, page.styles.head)
    ground = Box(_MARGIN, 0, page.room, drawn.height, TINT)
    return Strip(drawn.height, (ground, *drawn.marks), glued=True)


def _row(ruler: Ruler, page: _Page, row: Sequence[str]) -> Strip:
    drawn = _cells(ruler, page, row, page.styles.cell)
    under = Rule(_MARGIN, drawn.height, page.width - _MARGIN, drawn.height, LINE, 0.4)
    return Strip(drawn.height, (*drawn.marks, under))


def _cells(ruler: Ruler, page: _Page, texts: Sequence[str], style: Style) -> Strip:
    marks: list[Mark] = []
    height = 0.0
    for place, text in enumerate(texts):
        left = page.edges[place] + _PAD
        room = page.edges[place + 1] - _PAD - left
        cell = stack([Strip(3), *_held(lines_of(ruler, text, style, left, room)), Strip(3)])
        marks += cell.marks
        height = max(height, cell.height)
    return Strip(height, tuple(marks))


def _held(lines: list[Strip]) -> list[Strip]:
    """The first lines of a cell; where there are more, the last one says so."""
    if len(lines) <= _MOST_LINES:
        return lines
    kept = lines[:_MOST_LINES]
    marks = tuple(
        replace(mark, text=f"{mark.text}…") if isinstance(mark, Text) else mark
        for mark in kept[-1].marks
    )
    return [*kept[:-1], replace(kept[-1], marks=marks)]


def _foot(paper: ListPaper, ruler: Ruler, page: _Page, number: int, count: int) -> Iterator[Mark]:
    line = page.height - _FOOT
    told = f"Page {number} / {count}"
    right = page.width - _MARGIN
    about = f"{_plain(paper.sheet.title)} · {numeric_day(paper.on)}"
    yield Rule(_MARGIN, line - 10, right, line - 10, LINE)
    yield Text(_MARGIN, line, fitted(ruler, about, _RUNNING, page.room - 90), _RUNNING)
    yield Text(right - ruler.width(told, _RUNNING), line, told, _RUNNING)
