"""The look of Word papers: page, styles, language."""

from __future__ import annotations

from typing import Any

from connexion_desktop.documents import docx_parts as parts

TITLE, MINOR = "Title", "Heading 2"
LABEL, VALUE, NOTE, HEAD, GAP = "Libelle", "Valeur", "Note", "Tableau", "Espace"


def prepare(document: Any) -> None:
    """Make python-docx's template ours: A4, our fonts and colours, French."""
    _page(document.sections[0])
    _defaults(document)
    _text_styles(document)
    _heading_styles(document)


def _page(section: Any) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    section.header_distance = section.footer_distance = Mm(8)


def _defaults(document: Any) -> None:
    """French, so that Word checks the spelling of what is edited in French."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")


def _text_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _style(normal, 10, parts.INK, after=2)
    _right_tab(normal)
    for name, size, colour, after in (
        (LABEL, 7.5, parts.MUTED, 0),
        (VALUE, 9.5, parts.INK, 1),
        (NOTE, 8, parts.MUTED, 2),
        (HEAD, 8, parts.INK, 0),
        (GAP, 3, parts.INK, 0),
    ):
        style = document.styles.add_style(name, 1)
        style.base_style = normal
        _style(style, size, colour, after=after)
    for name in ("List Bullet", "List Number"):
        _style(document.styles[name], 9, parts.INK, after=1)


def _heading_styles(document: Any) -> None:
    title = document.styles["Title"]
    _style(title, 16, parts.NAVY, bold=True, before=4, after=2)
    _without_border(title)
    first = document.styles["Heading 1"]
    _style(first, 12, parts.NAVY, bold=True, before=9, after=3)
    left = {"w:val": "single", "w:sz": "24", "w:space": "4", "w:color": parts.ACCENT}
    properties = first.element.get_or_add_pPr()
    spacing = properties.find(parts.element("w:spacing").tag)
    spacing.addprevious(parts.element("w:pBdr", None, parts.element("w:left", left)))
    spacing.addprevious(
        parts.element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": parts.TINT})
    )
    _style(document.styles["Heading 2"], 9.5, parts.NAVY, bold=True, before=5, after=1)


def _style(
    style: Any, size: float, colour: str, *, bold: bool = False, before: int = 0, after: int = 0
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = parts.FONT
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), parts.FONT)
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.0


def _right_tab(style: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Twips

    style.paragraph_format.tab_stops.add_tab_stop(Twips(10200), WD_TAB_ALIGNMENT.RIGHT)


def _without_border(style: Any) -> None:
    from docx.oxml.ns import qn

    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
