"""A paper as a PDF, ready to print and sign. The same paper gives the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from connexion_desktop.documents import fonts
from connexion_desktop.documents.content import Paper, page_code, texts
from connexion_desktop.documents.layout import (
    Box,
    Item,
    Mark,
    Paginator,
    Placed,
    PlacedPicture,
    Rule,
    Ruler,
    Strip,
    Style,
    Text,
    draw_page,
    lines_of,
    stack,
)
from connexion_desktop.documents.pdf_blocks import (
    ACCENT,
    INK,
    LEFT,
    LINE,
    MUTED,
    NAVY,
    RIGHT,
    WIDTH,
    Blocks,
)
from connexion_desktop.documents.qr import draw_code
from connexion_desktop.documents.text import Stated, text_of

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
_FIRST_TOP = 34.0
_TOP = 54.0
_BOTTOM = 790.0
_FOOT = 798.0
_QR = 27.0

_TITLE = Style(14.2, 17.4, NAVY, bold=True)
_LAW = Style(8.2, 11, MUTED)
_ISSUER = Style(10.4, 13, NAVY, bold=True)
_LETTERHEAD = Style(7.6, 10, MUTED)
_NUMBER = Style(11, 13.4, ACCENT, bold=True)
_EDITION = Style(7.6, 10, MUTED)
_RUNNING = Style(7.4, 9.6, MUTED)
_RUNNING_BOLD = Style(7.4, 9.6, NAVY, bold=True)
_TITLE_ROOM = 400.0
"""Breaks the title where the form does."""
_STAMP_SIZE = 104.0
_STAMP_ANGLE = 54
_LOGO_WIDTH, _LOGO_HEIGHT = 130.0, 36.0
_BESIDE_LOGO = 10.0


def render(paper: Stated, logo: bytes = b"") -> bytes:
    """The paper as PDF bytes, under the issuer's `logo` (PNG) if there is one; a draft is stamped
    « BROUILLON » on each page."""
    return _render(text_of(paper), logo)


def _render(paper: Paper, logo: bytes) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    with fonts.LOCK:
        typeface = fonts.typeface_for("".join(texts(paper)))
        ruler = Ruler(typeface)
        pages = _paginate(paper, ruler, logo)
        canvas = Canvas(
            buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            lang="fr-FR",
        )
        _describe(canvas, paper)
        for number, placed in enumerate(pages, 1):
            draw_page(canvas, placed, typeface, PAGE_HEIGHT)
            running = _running_marks(paper, ruler, number, len(pages))
            draw_page(canvas, [Placed(0, Strip(0, tuple(running)))], typeface, PAGE_HEIGHT)
            if paper.stamp:
                draw_stamp(canvas, paper.stamp, typeface)
            elif paper.code:
                code = page_code(paper.code, number)
                draw_code(canvas, code, RIGHT - _QR, PAGE_HEIGHT - _FOOT - 5, _QR)
            canvas.showPage()
        canvas.save()
    return buffer.getvalue()


def _describe(canvas: Canvas, paper: Paper) -> None:
    canvas.setTitle(f"{paper.title} – {paper.number}")
    canvas.setAuthor(paper.issuer)
    canvas.setSubject(paper.subject)
    canvas.setCreator("Connexion Desktop")


def _paginate(paper: Paper, ruler: Ruler, logo: bytes) -> list[list[Placed]]:
    blocks = Blocks(ruler)
    paginator = Paginator(_FIRST_TOP, _TOP, _BOTTOM)
    items = _heading(paper, ruler, logo)
    for number, section in enumerate(paper.sections, 1):
        items += blocks.band(number, section.title)
        for block in section.blocks:
            items += blocks.draw(block)
    paginator.add(items)
    return paginator.pages


def _heading(paper: Paper, ruler: Ruler, logo: bytes) -> list[Item]:
    """The association and the number, the title, the law."""
    number = paper.reference
    number_width = min(max(ruler.width(number, _NUMBER), ruler.width(paper.edition, _EDITION)), 220)
    left = RIGHT - number_width
    right_lines = [
        *lines_of(ruler, number, _NUMBER, left, number_width + 1),
        *lines_of(ruler, paper.edition, _EDITION, left, number_width + 1),
    ]
    mark = _logo(logo)
    indent = sum(each.width + _BESIDE_LOGO for each in mark)
    room = WIDTH - number_width - 20 - indent
    left_lines = lines_of(ruler, paper.issuer, _ISSUER, LEFT + indent, room)
    for line in paper.letterhead:
        left_lines += lines_of(ruler, line, _LETTERHEAD, LEFT + indent, room)
    head, number_told = stack(left_lines), stack(right_lines)
    height = max(head.height, number_told.height, *(each.height for each in mark), 0)
    strips: list[Item] = [Strip(10, (Box(LEFT, 0, WIDTH, 2.5, ACCENT),))]
    strips.append(Strip(height, (*head.marks, *number_told.marks, *mark)))
    strips.append(Strip(9))
    strips += lines_of(ruler, paper.title, _TITLE, LEFT, _TITLE_ROOM)
    strips.append(Strip(2))
    strips += lines_of(ruler, paper.subtitle, _LAW, LEFT, WIDTH)
    return strips


def _logo(png: bytes) -> tuple[PlacedPicture, ...]:
    """The logo at the left of the first page, as large as its place allows; none without one."""
    if not png:
        return ()
    from reportlab.lib.utils import ImageReader

    width, height = ImageReader(io.BytesIO(png)).getSize()
    scale = min(_LOGO_WIDTH / width, _LOGO_HEIGHT / height)
    return (PlacedPicture(LEFT, 0, width * scale, height * scale, png),)


def _running_marks(paper: Paper, ruler: Ruler, number: int, count: int) -> list[Mark]:
    """Header of the pages after the first, footer of all."""
    page = f"Page {number} / {count}"
    edge = RIGHT if paper.stamp or not paper.code else RIGHT - _QR - 8
    code = page_code(paper.code, number)
    marks: list[Mark] = [
        Rule(LEFT, _FOOT, RIGHT, _FOOT, LINE),
        Text(LEFT, _FOOT + 13, f"{paper.number} · {paper.edition}", _RUNNING_BOLD),
        Text(LEFT, _FOOT + 23, fitted(ruler, paper.subject, _RUNNING, 330), _RUNNING),
        Text(edge - ruler.width(page, _RUNNING_BOLD), _FOOT + 13, page, _RUNNING_BOLD),
        Text(edge - ruler.width(code, _RUNNING), _FOOT + 23, code, _RUNNING),
    ]
    if number > 1:
        short = paper.reference
        issuer = fitted(ruler, paper.issuer, _RUNNING, 300)
        marks += [
            Text(LEFT, 40, issuer, _RUNNING),
            Text(RIGHT - ruler.width(short, _RUNNING_BOLD), 40, short, _RUNNING_BOLD),
            Rule(LEFT, 46, RIGHT, 46, LINE),
        ]
    return marks


def fitted(ruler: Ruler, text: str, style: Style, room: float) -> str:
    """The text's first line, ended by « … » when there is more."""
    lines = ruler.wrap(text, style, room)
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"


def draw_stamp(
    canvas: Canvas, stamp: str, typeface: fonts.Typeface, *, lying: bool = False
) -> None:
    """Write what a page is not, large and pale, across it."""
    face = typeface.face(bold=True)
    size = min(_STAMP_SIZE, 700_000 / face.width(stamp))
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if lying else (PAGE_WIDTH, PAGE_HEIGHT)
    canvas.saveState()
    canvas.setFillColorRGB(*INK)
    canvas.setFillAlpha(0.09)
    canvas.setFont(face.name, size)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(90 - _STAMP_ANGLE if lying else _STAMP_ANGLE)
    canvas.drawCentredString(0, -size * 0.36, stamp)
    canvas.restoreState()
