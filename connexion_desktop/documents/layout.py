"""Pages from strips: a small layout for papers, in points, from the top down.

A strip is a slice of page that is never cut; strips glued together stay on one page when one page
can hold them. Text is measured and broken here, never parsed: markup in a name is only letters.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from connexion_desktop.documents.fonts import Typeface

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Colour = tuple[float, float, float]


def colour(code: str) -> Colour:
    """« #1B2430 » as three fractions."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; `leading` is the distance between its lines."""

    size: float
    leading: float
    ink: Colour
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `y` is its baseline below the strip's top."""

    x: float
    y: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled or stroked; `y` is its top below the strip's top."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour | None = None
    stroke: Colour | None = None
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: Colour
    thickness: float = 0.5
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A PNG; `y` is its top below the strip's top."""

    x: float
    y: float
    width: float
    height: float
    png: bytes


Mark = Text | Box | Rule | PlacedPicture


@dataclass(frozen=True, slots=True)
class Strip:
    """A slice of page and what is drawn on it.

    `glued` to the next one; `above`: drawn over it when it starts a page (a table's titles).
    """

    height: float
    marks: tuple[Mark, ...] = ()
    glued: bool = False
    above: Strip | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """Short lines that flow down two columns, evened on the page where they end."""

    lines: tuple[Strip, ...]
    offset: float
    """From the left column to the right one."""

    def take(self, room: float) -> tuple[Strip, Columns | None]:
        """The strip that fits in `room`, and what is left for the next page."""
        first = self._middle()
        if max(_height(self.lines[:first]), _height(self.lines[first:])) <= room:
            return self._side_by_side(self.lines[:first], self.lines[first:]), None
        first = _fill(self.lines, room)
        second = first + _fill(self.lines[first:], room)
        rest = self.lines[second:]
        taken = self._side_by_side(self.lines[:first], self.lines[first:second])
        return taken, replace(self, lines=rest) if rest else None

    def _middle(self) -> int:
        """Where to cut so that the taller column is as short as can be."""
        total = _height(self.lines)
        best, lowest, above = len(self.lines), total, 0.0
        for index, line in enumerate(self.lines, 1):
            above += line.height
            taller = max(above, total - above)
            if taller < lowest and not line.glued:
                best, lowest = index, taller
        return best

    def _side_by_side(self, *columns: tuple[Strip, ...]) -> Strip:
        marks: list[Mark] = []
        for index, column in enumerate(columns):
            marks += shifted(stack(column).marks, index * self.offset, 0)
        return Strip(max(map(_height, columns)), tuple(marks))


def _height(lines: Iterable[Strip]) -> float:
    return sum(line.height for line in lines)


def _fill(lines: Sequence[Strip], room: float) -> int:
    """How many lines fit in `room`, not ending on a line glued to the next; one at least."""
    used = 0.0
    count = 0
    for line in lines:
        if used + line.height > room:
            break
        used += line.height
        count += 1
    fitting = count
    while 0 < count < len(lines) and lines[count - 1].glued:
        count -= 1
    return count or max(fitting, 1)


Item = Strip | Columns


def stack(strips: Iterable[Strip]) -> Strip:
    """Several strips made one, not glued."""
    marks: list[Mark] = []
    top = 0.0
    for strip in strips:
        marks += shifted(strip.marks, 0, top)
        top += strip.height
    return Strip(top, tuple(marks))


def shifted(marks: Iterable[Mark], dx: float, dy: float) -> list[Mark]:
    """The same marks, moved right and down."""
    moved: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Rule):
            moved.append(
                Rule(
                    mark.x1 + dx,
                    mark.y1 + dy,
                    mark.x2 + dx,
                    mark.y2 + dy,
                    mark.ink,
                    mark.thickness,
                    mark.dotted,
                )
            )
        elif isinstance(mark, Text):
            moved.append(Text(mark.x + dx, mark.y + dy, mark.text, mark.style))
        else:
            moved.append(replace(mark, x=mark.x + dx, y=mark.y + dy))
    return moved


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and how far its top is from the page's."""

    top: float
    strip: Strip


class Paginator:
    """Puts items on pages; `tops` are where text starts on the first page and on the others."""

    def __init__(self, first_top: float, top: float, bottom: float) -> None:
        self._top = top
        self._bottom = bottom
        self._cursor = first_top
        self.pages: list[list[Placed]] = [[]]

    def add(self, items: Sequence[Item]) -> None:
        """Place items in order, keeping glued strips together where a page can hold them."""
        for group in _groups(items):
            strips = [item for item in group if isinstance(item, Strip)]
            height = _height(strips)
            if len(strips) < len(group):
                height += _COLUMN_START
            if height > self._room and height <= self._bottom - self._top:
                self._turn()
            for item in group:
                self._place(item)

    @property
    def _room(self) -> float:
        return self._bottom - self._cursor

    def _turn(self) -> None:
        self.pages.append([])
        self._cursor = self._top

    def _place(self, item: Item) -> None:
        if isinstance(item, Columns):
            rest: Columns | None = item
            while rest is not None:
                if self._room < _COLUMN_START:
                    self._turn()
                strip, rest = rest.take(self._room)
                self._put(strip)
                if rest is not None:
                    self._turn()
            return
        if item.height > self._room and self.pages[-1]:
            self._turn()
        if item.above is not None and not self.pages[-1]:
            self._put(item.above)
        self._put(item)

    def _put(self, strip: Strip) -> None:
        self.pages[-1].append(Placed(self._cursor, strip))
        self._cursor += strip.height


_COLUMN_START = 72.0
"""The least room in which it is worth starting columns."""


def _groups(items: Sequence[Item]) -> Iterable[list[Item]]:
    group: list[Item] = []
    for item in items:
        group.append(item)
        if isinstance(item, Columns) or not item.glued:
            yield group
            group = []
    if group:
        yield group


class Ruler:
    """Measures and breaks text in a typeface."""

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface
        self._known: dict[tuple[str, bool], float] = {}

    def width(self, text: str, style: Style) -> float:
        """Width of a text, in points."""
        key = (text, style.bold)
        width = self._known.get(key)
        if width is None:
            face = self._typeface.face(bold=style.bold)
            width = self._known[key] = face.width(text) * self._typeface.stretch / 1000
        return width * style.size

    def wrap(self, text: str, style: Style, room: float) -> list[str]:
        """Lines no wider than `room`; a word that is wider is cut. Line breaks are kept."""
        return [line for piece in text.split("\n") for line in self._wrap_piece(piece, style, room)]

    def _wrap_piece(self, text: str, style: Style, room: float) -> list[str]:
        space = self.width(" ", style)
        lines: list[str] = []
        words: list[str] = []
        used = 0.0
        for word in self._short_words(text, style, room):
            width = self.width(word, style)
            if words and used + space + width > room:
                lines.append(" ".join(words))
                words, used = [], 0.0
            used += width + (space if words else 0)
            words.append(word)
        lines.append(" ".join(words))
        return lines

    def _short_words(self, text: str, style: Style, room: float) -> Iterable[str]:
        for word in text.split(" "):
            if not word:
                continue
            if self.width(word, style) <= room:
                yield word
            else:
                yield from self._cut(word, style, room)

    def _cut(self, word: str, style: Style, room: float) -> Iterable[str]:
        piece = ""
        for char in word:
            if piece and self.width(piece + char, style) > room:
                yield piece
                piece = char
            else:
                piece += char
        yield piece


def lines_of(
    ruler: Ruler, text: str, style: Style, x: float, room: float, *, glued: bool = False
) -> list[Strip]:
    """A text as one strip for each line, its baseline at the size's height."""
    return [
        Strip(style.leading, (Text(x, style.size, line, style),), glued)
        for line in ruler.wrap(text, style, room)
    ]


def draw_page(canvas: Canvas, placed: Iterable[Placed], typeface: Typeface, height: float) -> None:
    """Draw a page's strips: boxes, then rules, then pictures, then all text in one object."""
    marks = [mark for slot in placed for mark in shifted(slot.strip.marks, 0, slot.top)]
    for mark in marks:
        if isinstance(mark, Box):
            _draw_box(canvas, mark, height)
    for mark in marks:
        if isinstance(mark, Rule):
            _draw_rule(canvas, mark, height)
    for mark in marks:
        if isinstance(mark, PlacedPicture):
            _draw_picture(canvas, mark, height)
    draw_texts(canvas, (mark for mark in marks if isinstance(mark, Text)), typeface, height)


def draw_texts(canvas: Canvas, texts: Iterable[Text], typeface: Typeface, height: float) -> None:
    """Draw lines of text, changing font and colour only where they change."""
    pen = canvas.beginText()
    pen.setHorizScale(typeface.stretch * 100)
    style: Style | None = None
    for text in texts:
        if text.style is not style:
            style = text.style
            pen.setFont(typeface.face(bold=style.bold).name, style.size)
            pen.setFillColorRGB(*style.ink)
        pen.setTextOrigin(text.x, height - text.y)
        pen.textOut(text.text)
    canvas.drawText(pen)


def _draw_box(canvas: Canvas, box: Box, height: float) -> None:
    if box.fill is not None:
        canvas.setFillColorRGB(*box.fill)
    if box.stroke is not None:
        canvas.setStrokeColorRGB(*box.stroke)
        canvas.setLineWidth(0.6)
    canvas.roundRect(
        box.x,
        height - box.y - box.height,
        box.width,
        box.height,
        box.radius,
        stroke=int(box.stroke is not None),
        fill=int(box.fill is not None),
    )


def _draw_picture(canvas: Canvas, picture: PlacedPicture, height: float) -> None:
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(
        ImageReader(io.BytesIO(picture.png)),
        picture.x,
        height - picture.y - picture.height,
        picture.width,
        picture.height,
        mask="auto",
    )


def _draw_rule(canvas: Canvas, rule: Rule, height: float) -> None:
    canvas.setStrokeColorRGB(*rule.ink)
    canvas.setLineWidth(rule.thickness)
    canvas.setDash([0.8, 1.6] if rule.dotted else [])
    canvas.line(rule.x1, height - rule.y1, rule.x2, height - rule.y2)
    canvas.setDash([])
