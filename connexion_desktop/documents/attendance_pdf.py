"""An attendance sheet as a PDF: names down, half-days across, a box to sign in each; two QR codes a
page, so that a scan cut at a corner still files itself.

Lengths are in points, on A4 laid on its side.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from connexion_desktop.documents import fonts
from connexion_desktop.documents.content import cleaned
from connexion_desktop.documents.layout import (
    Box,
    Mark,
    Placed,
    Rule,
    Ruler,
    Strip,
    Style,
    Text,
    draw_page,
)
from connexion_desktop.documents.paper_pdf import PAGE_HEIGHT, PAGE_WIDTH, draw_stamp, fitted
from connexion_desktop.documents.pdf_blocks import ACCENT, INK, LINE, MUTED, NAVY, PALE, TINT
from connexion_desktop.documents.qr import draw_code
from connexion_desktop.domain.attendance_paper import (
    SPARE,
    AttendancePaper,
    SheetColumn,
    SheetGrid,
    SheetName,
)
from connexion_desktop.domain.french_dates import full_day, numeric_day
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.sheet_code import SheetPage
from connexion_desktop.domain.typography import typeset

_WIDTH, _HEIGHT = PAGE_HEIGHT, PAGE_WIDTH
_LEFT, _RIGHT = 30.0, _WIDTH - 30.0
_TOP = 26.0
_QR = 40.0
_NAMES = 150.0
_HEAD_TOP = 78.0
_DAY_HEIGHT, _HALF_HEIGHT = 25.0, 42.0
_NAMES_TOP = _HEAD_TOP + _DAY_HEIGHT + _HALF_HEIGHT
_HIGHEST = 27.0
_FOOT = _HEIGHT - 22.0
_LEADER_HEIGHT = 30.0
_WIDEST = 220.0
"""A box to sign needs no more: where the half-days are few, names have the rest."""

_TITLE = Style(15, 18, NAVY, bold=True)
_ISSUER = Style(9, 11.5, NAVY, bold=True)
_ABOUT = Style(9, 12, INK)
_DAY = Style(8.4, 10.4, NAVY, bold=True)
_HALF = Style(7.4, 9.2, INK, bold=True)
_SMALL = Style(6.8, 8.6, MUTED)
_NAME = Style(9.4, 11.6, INK)
_LONG_NAME = Style(7.8, 9, INK)
_FOOTER = Style(7, 9, MUTED)
_DRAFT, _UNNUMBERED = "APERÇU", "Aperçu, à ne pas signer"
_RULE = typeset(
    "Chacun signe à chaque demi-journée. Une case grisée n’est pas à signer. Qui arrive sans être "
    "sur la liste écrit son nom sur une ligne libre."
)


def render(paper: AttendancePaper, progress: Progress) -> bytes:
    """The sheet as PDF bytes; the same sheet gives the same bytes. One without a number is stamped
    « APERÇU » and bears no code. Raises Cancelled."""
    from reportlab.pdfgen.canvas import Canvas

    paper = cleaned(paper)
    buffer = io.BytesIO()
    with fonts.LOCK:
        typeface = fonts.typeface_for("".join(_characters(paper)))
        ruler = Ruler(typeface)
        canvas = Canvas(
            buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1, lang="fr-FR"
        )
        canvas.setTitle(paper.title)
        canvas.setAuthor(paper.issuer.name)
        canvas.setCreator("Connexion Desktop")
        for number, page in enumerate(paper.pages, 1):
            progress.step(number - 1, len(paper.pages), f"page {number} sur {len(paper.pages)}")
            marks = (*_heading(ruler, paper, number), *_grid(ruler, page))
            draw_page(canvas, [Placed(0, Strip(0, marks))], typeface, _HEIGHT)
            if paper.number:
                code = SheetPage(paper.number, paper.edition, number).code
                draw_code(canvas, code, _RIGHT - _QR, _HEIGHT - _TOP + 4, _QR)
                draw_code(canvas, code, _LEFT, _QR + 14, _QR)
            else:
                draw_stamp(canvas, _DRAFT, typeface, lying=True)
            canvas.showPage()
        canvas.save()
    return buffer.getvalue()


def _characters(paper: AttendancePaper) -> Iterator[str]:
    yield from (paper.issuer.name, paper.group, paper.place, paper.conseiller, _RULE, _DRAFT)
    for page in paper.pages:
        yield from (each.name for each in page.names)
        for column in page.columns:
            yield from (column.title, column.leader, full_day(column.on))


def _heading(ruler: Ruler, paper: AttendancePaper, number: int) -> Iterator[Mark]:
    page, room = paper.pages[number - 1], _RIGHT - _LEFT - _QR - 20
    yield Box(_LEFT, _TOP - 8, _RIGHT - _LEFT - _QR - 14, 2, ACCENT)
    yield Text(_LEFT, _TOP + 6, fitted(ruler, paper.issuer.name, _ISSUER, room), _ISSUER)
    title = "Feuille d’émargement"
    yield Text(_LEFT, _TOP + 25, title, _TITLE)
    days = [column.on for column in page.columns]
    told = " – ".join(full_day(day) for day in dict.fromkeys((days[0], days[-1])))
    group = fitted(ruler, paper.group, _TITLE, room - ruler.width(title, _TITLE) - 18)
    yield Text(_LEFT + ruler.width(title, _TITLE) + 14, _TOP + 25, group, _TITLE)
    about = " · ".join(part for part in (told, paper.place, _led_by(paper.conseiller)) if part)
    yield Text(_LEFT, _TOP + 41, fitted(ruler, about, _ABOUT, room), _ABOUT)
    left = _LEFT + _QR + 10
    reference = f"{paper.number}, version {paper.edition}" if paper.number else _UNNUMBERED
    end = f"{reference} · {numeric_day(paper.made_on)} · page {number} / {len(paper.pages)}"
    yield Text(left, _FOOT - 12, fitted(ruler, _RULE, _FOOTER, _RIGHT - left), _FOOTER)
    yield Text(left, _FOOT, end, _FOOTER)


def _led_by(conseiller: str) -> str:
    return f"suivi par {conseiller}" if conseiller else ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the columns begin and the last one ends; how high a row of names is, and how many there
    are."""

    edges: tuple[float, ...]
    row: float
    rows: int

    @property
    def right(self) -> float:
        """Where the grid ends."""
        return self.edges[-1]

    def room(self, column: int) -> float:
        """How wide a column is, within its borders."""
        return self.edges[column + 1] - self.edges[column] - 8

    def top(self, place: int) -> float:
        """Where a row of names begins."""
        return _NAMES_TOP + place * self.row


def _frame(page: SheetGrid) -> _Frame:
    columns, rows = len(page.columns), len(page.names) + SPARE
    width = min((_RIGHT - _LEFT - _NAMES) / columns, _WIDEST)
    edges = tuple(_RIGHT - (columns - place) * width for place in range(columns + 1))
    room = _FOOT - _QR - _NAMES_TOP - _LEADER_HEIGHT
    return _Frame(edges, min(room / rows, _HIGHEST), rows)


def _grid(ruler: Ruler, page: SheetGrid) -> Iterator[Mark]:
    frame = _frame(page)
    yield from _days(ruler, page.columns, frame)
    for place in range(frame.rows):
        yield Rule(_LEFT, frame.top(place), frame.right, frame.top(place), LINE)
    for place, name in enumerate(page.names):
        yield from _row(ruler, name, frame, place)
    bottom = frame.top(frame.rows)
    yield Box(_LEFT, bottom, frame.right - _LEFT, _LEADER_HEIGHT, TINT)
    yield Text(_LEFT + 5, bottom + 18, "Qui anime signe aussi", _HALF)
    for place, column in enumerate(page.columns):
        leader = fitted(ruler, column.leader, _SMALL, frame.room(place))
        yield Text(frame.edges[place] + 4, bottom + 9, leader, _SMALL)
    bottom += _LEADER_HEIGHT
    for edge in frame.edges:
        yield Rule(edge, _HEAD_TOP + _DAY_HEIGHT, edge, bottom, LINE)
    yield Rule(_LEFT, _NAMES_TOP, _LEFT, bottom, LINE)
    yield Rule(_LEFT, bottom, frame.right, bottom, LINE)
    yield Rule(_LEFT, frame.top(frame.rows), frame.right, frame.top(frame.rows), LINE)
    yield Rule(frame.edges[0], _HEAD_TOP, frame.right, _HEAD_TOP, LINE)


def _days(ruler: Ruler, columns: tuple[SheetColumn, ...], frame: _Frame) -> Iterator[Mark]:
    left = frame.edges[0]
    yield Box(left, _HEAD_TOP, frame.right - left, _DAY_HEIGHT, TINT)
    place = 0
    for day, same in groupby(columns, lambda column: column.on):
        count = len(list(same))
        left, right = frame.edges[place], frame.edges[place + count]
        lines = _two_lines(ruler, full_day(day).capitalize(), right - left - 8, _DAY)
        first = _HEAD_TOP + 15.4 - (len(lines) - 1) * _DAY.leading / 2
        for rank, line in enumerate(lines):
            yield Text(left + 4, first + rank * _DAY.leading, line, _DAY)
        yield Rule(left, _HEAD_TOP, left, _HEAD_TOP + _DAY_HEIGHT, NAVY, 0.8)
        place += count
    yield Rule(frame.right, _HEAD_TOP, frame.right, _HEAD_TOP + _DAY_HEIGHT, LINE)
    top = _HEAD_TOP + _DAY_HEIGHT
    for place, column in enumerate(columns):
        left, room = frame.edges[place] + 4, frame.room(place)
        yield Text(left, top + 10, column.half.label.capitalize(), _HALF)
        yield Text(left, top + 19, fitted(ruler, column.hours, _SMALL, room), _SMALL)
        for rank, line in enumerate(_two_lines(ruler, column.title, room, _SMALL)):
            yield Text(left, top + 28 + _SMALL.leading * rank, line, _SMALL)


def _two_lines(ruler: Ruler, text: str, room: float, style: Style) -> list[str]:
    first, *rest = ruler.wrap(text, style, room)
    return [first, fitted(ruler, " ".join(rest), style, room)] if rest else [first]


def _row(ruler: Ruler, name: SheetName, frame: _Frame, place: int) -> Iterator[Mark]:
    top, height = frame.top(place), frame.row
    baseline = top + height / 2 + 3.4
    room = frame.edges[0] - _LEFT - 10
    if ruler.width(name.name, _NAME) <= room:
        yield Text(_LEFT + 5, baseline, name.name, _NAME)
    else:
        lines = _two_lines(ruler, name.name, room, _LONG_NAME)
        above = (len(lines) - 1) * _LONG_NAME.leading / 2
        for rank, line in enumerate(lines):
            at = baseline - above + rank * _LONG_NAME.leading
            yield Text(_LEFT + 5, at, line, _LONG_NAME)
    for column, expected in enumerate(name.expected):
        if not expected:
            left, width = frame.edges[column], frame.room(column) + 8
            yield Box(left + 0.4, top + 0.4, width - 0.8, height - 0.8, PALE)
            yield Text(left + width / 2 - 3, baseline, "—", _SMALL)
