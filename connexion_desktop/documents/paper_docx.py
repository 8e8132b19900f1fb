"""A paper as a Word document, to be edited: the same sections and values as the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from connexion_desktop.documents import docx_parts as parts
from connexion_desktop.documents.content import (
    DOTS,
    NOT_KNOWN,
    TO_COMPLETE,
    Bar,
    Block,
    Cell,
    Chart,
    Choice,
    DutyList,
    Grid,
    Note,
    Option,
    Paper,
    Prose,
    Rated,
    SignatureBlock,
    Signatures,
    Steps,
    Timetable,
)
from connexion_desktop.documents.docx_parts import Element, Run
from connexion_desktop.documents.docx_styles import (
    GAP,
    HEAD,
    LABEL,
    MINOR,
    NOTE,
    TITLE,
    VALUE,
    prepare,
)
from connexion_desktop.documents.text import Stated, text_of

_WIDTH = 10200
"""Of the text, in twentieths of a point: twelve columns of 850."""
_TWELFTHS = [_WIDTH // 12] * 12
_TIMETABLE = [1020, *([1190] * 7), 850]
"""« 13h30–17h00 » holds on one line of a day, even in the wide letters that replace Calibri."""
_RATED = [1700, 8500]
_CHART = [3700, 6500]
_LONGEST_BAR = 96
"""In spaces: the number stands after it on the same line."""
_SIGNATURE_HEIGHT = 1750
_BLANK_WEEKS = 4
_LOGO = (46, 13)
"""The place of the logo, in millimetres."""
_UNDATED = date(2000, 1, 1)


def render(paper: Stated, logo: bytes = b"") -> bytes:
    """The paper as DOCX bytes, under the issuer's `logo` (PNG) if there is one; a draft is stamped
    « BROUILLON » on each page."""
    from docx import Document

    text = text_of(paper)
    document = Document()
    prepare(document)
    _describe(document, text)
    body = document.element.body
    section_properties = body.sectPr
    body.clear_content()
    if logo:
        section_properties.addprevious(parts.picture(document, logo, *_LOGO))
    for part in _body(text):
        section_properties.addprevious(part)
    _frame(document, text)
    return parts.saved(document, datetime.combine(text.issued_on or _UNDATED, time(), UTC))


def _describe(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = f"{paper.title} – {paper.number}"[:255]
    properties.author = paper.issuer[:255]
    properties.last_modified_by = paper.issuer[:255]
    properties.subject = paper.subject[:255]
    properties.language = "fr-FR"
    properties.comments = ""


def _body(paper: Paper) -> Iterator[Element]:
    number = [Run(paper.reference, bold=True, colour=parts.ACCENT)]
    yield parts.paragraph([Run(paper.issuer, bold=True, colour=parts.NAVY), Run("\t"), *number])
    first, *others = (*paper.letterhead, "")
    yield parts.paragraph([Run(f"{first}\t{paper.edition}")], NOTE)
    for line in others:
        if line:
            yield parts.paragraph(line, NOTE)
    yield parts.paragraph(paper.title, TITLE)
    yield parts.paragraph(paper.subtitle, NOTE)
    for index, section in enumerate(paper.sections, 1):
        yield parts.paragraph(f"{index}\u2002{section.title}", "Heading 1", keep_next=True)
        for block in section.blocks:
            yield from _block(block)


def _frame(document: Any, paper: Paper) -> None:
    """Header (not on the first page, which has its heading), footer, stamp."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    running = [Run(paper.issuer), Run("\t"), Run(paper.reference, bold=True)]
    stamp = [parts.watermark(paper.stamp)] if paper.stamp else []
    _fill(section.first_page_header, [parts.paragraph("", NOTE), *stamp])
    stamp = [parts.watermark(paper.stamp)] if paper.stamp else []
    _fill(section.header, [parts.paragraph(running, NOTE), *stamp])
    _fill(section.first_page_footer, _footer(paper))
    _fill(section.footer, _footer(paper))


def _footer(paper: Paper) -> list[Element]:
    pages = [Run("\tPage "), Run(field="PAGE"), Run(" / "), Run(field="NUMPAGES")]
    code = [Run(f"\t{paper.code}/P"), Run(field="PAGE")] if paper.code else []
    return [
        parts.paragraph([Run(f"{paper.number} · {paper.edition}", bold=True), *pages], NOTE),
        parts.paragraph([Run(paper.subject), *code], NOTE),
    ]


def _fill(story: Any, paragraphs: list[Element]) -> None:
    story.is_linked_to_previous = False
    for child in list(story._element):
        story._element.remove(child)
    story._element.extend(paragraphs)


def _block(block: Block) -> Iterator[Element]:
    match block:
        case Grid():
            yield from _grid(block)
        case Prose():
            yield from _prose(block)
        case DutyList():
            yield from _duties(block)
        case Steps():
            for item in block.items:
                yield parts.paragraph(item, "List Number", keep_next=True)
        case Timetable():
            yield from _timetable(block)
        case Note():
            yield parts.paragraph(block.text, NOTE)
        case Rated():
            yield from _rated(block)
        case Chart():
            yield from _chart(block)
        case Signatures():
            yield from _signatures(block)


def _missing() -> Run:
    return Run(TO_COMPLETE, bold=True, colour=parts.AMBER, shade=parts.AMBER_TINT)


def _label(text: str, missing: bool, style: str = LABEL) -> Element:
    flag = [Run("  "), _missing()] if missing else []
    return parts.paragraph([Run(text), *flag], style, keep_next=True)


def _grid(grid: Grid) -> Iterator[Element]:
    if grid.title:
        yield parts.paragraph(grid.title, MINOR, keep_next=True)
    kept = grid.rows[:-1] if grid.whole else ()
    rows = [
        parts.row([_cell(cell, keep_next=row in kept) for cell in row], _TWELFTHS)
        for row in grid.rows
    ]
    yield parts.table(_TWELFTHS, rows)
    yield parts.paragraph("", GAP)


def _cell(cell: Cell, *, keep_next: bool) -> parts.Cell:
    if isinstance(cell, Choice):
        return parts.Cell(_choice(cell), cell.width)
    if cell.value:
        value = [Run(cell.value, bold=cell.strong)]
    else:
        value = [_missing()] if cell.is_missing else []
    paragraphs = [
        parts.paragraph(cell.label, LABEL, keep_next=keep_next),
        parts.paragraph(value, VALUE, keep_next=keep_next),
    ]
    return parts.Cell(paragraphs, cell.width, rule="single" if cell.value else "dotted")


def _choice(choice: Choice) -> list[Element]:
    label = [_label(choice.label, choice.is_missing)] if choice.label else []
    flag = [Run("  "), _missing()] if choice.is_missing and not choice.label else []
    if choice.stacked:
        return [*label, *(parts.paragraph([_option(each)], VALUE) for each in choice.options)]
    runs = [run for each in choice.options for run in (_option(each), Run("   "))]
    return [*label, parts.paragraph([*runs, *flag], VALUE)]


def _option(option: Option) -> Run:
    box = "☒" if option.checked else "☐"
    return Run(f"{box}\u00a0{option.text}", bold=option.checked)


def _prose(prose: Prose) -> Iterator[Element]:
    yield _label(prose.label, prose.is_missing, MINOR)
    if prose.text:
        for line in prose.text.split("\n"):
            yield parts.paragraph(line)
        return
    blank_lines = [
        parts.row([parts.Cell([parts.paragraph("", VALUE)], rule="dotted")], [_WIDTH], height=340)
        for _ in range(prose.lines)
    ]
    yield parts.table([_WIDTH], blank_lines)
    yield parts.paragraph("", GAP)


def _duties(block: DutyList) -> Iterator[Element]:
    for duties in block.duties:
        party = [Run(duties.party, bold=True, colour=parts.NAVY)] if duties.party else []
        lead = [Run(f" {duties.lead}" if party else duties.lead)] if duties.lead else []
        yield parts.paragraph([*party, *lead], keep_next=bool(duties.points))
        for point in duties.points:
            yield parts.paragraph(point, "List Bullet")


def _timetable(table: Timetable) -> Iterator[Element]:
    yield _label(table.label, not table.weeks, MINOR)
    words = ("Semaine", *table.day_names, "Total")
    head = [parts.Cell([parts.paragraph(word, HEAD)], fill=parts.TINT) for word in words]
    rows = [parts.row(head, _TIMETABLE, is_header=True)]
    for week in table.weeks:
        days = [
            parts.Cell(
                [
                    parts.paragraph(day.date, LABEL),
                    *(parts.paragraph(hours, HEAD) for hours in day.hours),
                ],
                fill="" if day.hours else parts.PALE,
            )
            for day in week.days
        ]
        label = parts.Cell([parts.paragraph(week.label, HEAD)])
        total = parts.Cell([parts.paragraph([Run(week.total, bold=True)], HEAD)])
        rows.append(parts.row([label, *days, total], _TIMETABLE))
    if not table.weeks:
        rows += [_blank_week() for _ in range(_BLANK_WEEKS)]
    total_text = [Run(f"Total\u00a0: {table.total or DOTS}", bold=True)]
    total_cell = parts.Cell([parts.paragraph(total_text, HEAD)], len(_TIMETABLE), parts.PALE)
    rows.append(parts.row([total_cell], _TIMETABLE))
    yield parts.table(_TIMETABLE, rows, border="single", sides=40)
    yield parts.paragraph("", GAP)


def _blank_week() -> Element:
    cells = [parts.Cell([parts.paragraph("", HEAD)]) for _ in _TIMETABLE]
    return parts.row(cells, _TIMETABLE, height=440)


def _rated(rated: Rated) -> Iterator[Element]:
    number = [Run(rated.value or NOT_KNOWN, bold=True, colour=parts.NAVY)]
    words = [
        parts.paragraph([Run(rated.label, bold=True)], VALUE, keep_next=True),
        parts.paragraph(rated.rule, NOTE),
    ]
    cells = [parts.Cell([parts.paragraph(number, TITLE)]), parts.Cell(words)]
    yield parts.table(_RATED, [parts.row(cells, _RATED)])


def _chart(chart: Chart) -> Iterator[Element]:
    """Bars are shaded spaces before their number: nothing to draw, and every number can be read."""
    yield parts.paragraph(chart.title, LABEL, keep_next=True)
    last = len(chart.bars) - 1
    rows = [
        parts.row(_bar(bar, keep_next=rank < last), _CHART) for rank, bar in enumerate(chart.bars)
    ]
    yield parts.table(_CHART, rows)
    yield parts.paragraph("", GAP)


def _bar(bar: Bar, *, keep_next: bool) -> list[parts.Cell]:
    length = Run("\u00a0" * max(round(bar.share * _LONGEST_BAR), 1), shade=parts.ACCENT)
    value = [*([length] if bar.share else []), Run(f"\u00a0{bar.value}", bold=True)]
    return [
        parts.Cell([parts.paragraph(words, VALUE, keep_next=keep_next)])
        for words in ([Run(bar.label)], value)
    ]


def _signatures(block: Signatures) -> Iterator[Element]:
    yield parts.paragraph(block.intro, keep_next=True)
    across = 2 if len(block.blocks) in (2, 4) else 3
    widths = [_WIDTH // across] * across
    rows = []
    for start in range(0, len(block.blocks), across):
        signers = block.blocks[start : start + across]
        cells = [parts.Cell(_signature(each)) for each in signers]
        cells += [parts.Cell([parts.paragraph("")]) for _ in range(across - len(signers))]
        rows.append(parts.row(cells, widths, height=_SIGNATURE_HEIGHT))
    yield parts.table(widths, rows, border="single")
    yield parts.paragraph("", GAP)


def _signature(block: SignatureBlock) -> Sequence[Element]:
    return [
        parts.paragraph([Run(block.party, bold=True, colour=parts.NAVY)], keep_next=True),
        parts.paragraph(block.name, keep_next=True),
        parts.paragraph(block.hint, NOTE, keep_next=True),
    ]
