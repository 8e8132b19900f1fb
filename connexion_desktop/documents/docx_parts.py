"""Pieces of Word documents, written straight as WordprocessingML.

python-docx keeps the package; its cell-by-cell calls are slow and know neither spans, fields nor
shading, so tables and paragraphs are built here. Text is set as text, never parsed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

Element = Any
"""An lxml element: lxml ships no types."""

FONT = "Calibri"
INK, MUTED, NAVY, ACCENT = "1B2430", "5B6675", "16263D", "1F5FBF"
TINT, PALE, LINE, AMBER, AMBER_TINT = "EAF0F9", "F6F7F9", "B9C1CC", "8A5A00", "FFF2D6"

_UNDER_A_RULE = 24
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; `field` is a Word field code (PAGE…) instead of a text."""

    text: str = ""
    bold: bool = False
    colour: str = ""
    shade: str = ""
    field: str = ""


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Element) -> Element:
    """A WordprocessingML element and its children."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    made.extend(children)
    return made


def paragraph(
    runs: Iterable[Run] | str = (), style: str = "Normal", *, keep_next: bool = False
) -> Element:
    """A paragraph; line breaks in a text stay."""
    properties = element("w:pPr", None, element("w:pStyle", {"w:val": style.replace(" ", "")}))
    if keep_next:
        properties.append(element("w:keepNext"))
    made = element("w:p", None, properties)
    for run in [Run(runs)] if isinstance(runs, str) else runs:
        made.extend(_run(run))
    return made


def picture(document: Any, png: bytes, widest: float, highest: float) -> Element:
    """A paragraph that holds a picture, as large as its place in millimetres allows."""
    from docx.image.image import Image
    from docx.shared import Mm

    image = Image.from_blob(png)
    scale = min(Mm(widest) / image.px_width, Mm(highest) / image.px_height)
    size = (int(image.px_width * scale), int(image.px_height * scale))
    drawing = element("w:drawing")
    drawing.append(document.part.new_pic_inline(io.BytesIO(png), *size))
    made = paragraph()
    made.append(_formatted(Run(), drawing))
    return made


def _run(run: Run) -> list[Element]:
    if run.field:
        return [
            _formatted(run, element("w:fldChar", {"w:fldCharType": "begin"})),
            _formatted(run, _text("w:instrText", f" {run.field} ")),
            _formatted(run, element("w:fldChar", {"w:fldCharType": "separate"})),
            _formatted(run, _text("w:t", "1")),
            _formatted(run, element("w:fldChar", {"w:fldCharType": "end"})),
        ]
    content: list[Element] = []
    for index, line in enumerate(run.text.split("\n")):
        if index:
            content.append(element("w:br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                content.append(element("w:tab"))
            content.append(_text("w:t", piece))
    return [_formatted(run, *content)]


def _formatted(run: Run, *content: Element) -> Element:
    properties = element("w:rPr")
    if run.bold:
        properties.append(element("w:b"))
    if run.colour:
        properties.append(element("w:color", {"w:val": run.colour}))
    if run.shade:
        properties.append(_shading(run.shade))
    return element("w:r", None, properties, *content)


def _text(tag: str, text: str) -> Element:
    made = element(tag, {"xml:space": "preserve"})
    made.text = text
    return made


def _shading(fill: str) -> Element:
    return element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill})


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its paragraphs, how many columns it spans, its fill and its lower line."""

    paragraphs: Sequence[Element]
    span: int = 1
    fill: str = ""
    rule: str = ""


def table(
    widths: Sequence[int],
    rows: Iterable[Element],
    *,
    border: str = "",
    sides: int = 70,
) -> Element:
    """A table of fixed column widths; `border` draws a light lattice, `sides` is the margin left
    and right of what a cell holds. In twentieths of a point."""
    borders = [
        element(
            f"w:{side}",
            {"w:val": border or "nil", "w:sz": "4", "w:space": "0", "w:color": LINE},
        )
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [
        element(f"w:{side}", {"w:w": str(width), "w:type": "dxa"})
        for side, width in (("top", _UNDER_A_RULE), ("left", sides), ("right", sides))
    ]
    properties = element(
        "w:tblPr",
        None,
        element("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
        element("w:tblBorders", None, *borders),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblCellMar", None, *margins),
    )
    columns = [element("w:gridCol", {"w:w": str(width)}) for width in widths]
    return element("w:tbl", None, properties, element("w:tblGrid", None, *columns), *rows)


def row(
    cells: Iterable[Cell],
    widths: Sequence[int],
    *,
    height: int = 0,
    is_header: bool = False,
) -> Element:
    """A row that is never cut across pages; `height` is its least, in twentieths of a point."""
    properties = element("w:trPr", None, element("w:cantSplit"))
    if height:
        properties.append(element("w:trHeight", {"w:val": str(height), "w:hRule": "atLeast"}))
    if is_header:
        properties.append(element("w:tblHeader"))
    made = element("w:tr", None, properties)
    start = 0
    for cell in cells:
        made.append(_cell(cell, sum(widths[start : start + cell.span])))
        start += cell.span
    return made


def _cell(cell: Cell, width: int) -> Element:
    properties = element("w:tcPr", None, element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if cell.span > 1:
        properties.append(element("w:gridSpan", {"w:val": str(cell.span)}))
    if cell.rule:
        line = {"w:val": cell.rule, "w:sz": "4", "w:space": "0", "w:color": LINE}
        properties.append(element("w:tcBorders", None, element("w:bottom", line)))
    if cell.fill:
        properties.append(_shading(cell.fill))
    return element("w:tc", None, properties, *cell.paragraphs)


def watermark(text: str) -> Element:
    """The paragraph of a header that writes `text` across the page, as Word does."""
    from docx.oxml import parse_xml

    shape = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office">'
        "<w:r><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
        '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
        '<v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        "</v:shapetype>"
        '<v:shape id="stamp" type="#_x0000_t136" alt="" fillcolor="#c9ced6" stroked="f"'
        ' style="position:absolute;margin-left:0;margin-top:0;width:520pt;height:110pt;'
        "rotation:306;z-index:-251658240;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin">'
        '<v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;{FONT}&quot;;font-weight:bold"'
        f" string={quoteattr(text)}/>"
        "</v:shape></w:pict></w:r></w:p>"
    )
    return parse_xml(shape)


def saved(document: Any, when: datetime) -> bytes:
    """The document's bytes, dated `when`, in a package that depends on nothing else."""
    properties = document.core_properties
    properties.created = properties.modified = when
    properties.revision = 1
    _drop_thumbnail(document)
    buffer = io.BytesIO()
    document.save(buffer)
    packed = io.BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return packed.getvalue()


def _drop_thumbnail(document: Any) -> None:
    """The picture of python-docx's own template is not ours."""
    relations = document.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        del relations[key]
