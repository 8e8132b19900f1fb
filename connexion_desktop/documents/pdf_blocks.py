"""Blocks of content drawn as strips: the look of every PDF paper, in one place.

Lengths are in points. Colours hold in black and white: a ticked option is also bold, a band is told
by its rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from connexion_desktop.documents.content import (
    DOTS,
    NOT_KNOWN,
    TO_COMPLETE,
    Bar,
    Block,
    Cell,
    Chart,
    Choice,
    Day,
    DutyList,
    Field,
    Grid,
    Note,
    Option,
    Prose,
    Rated,
    SignatureBlock,
    Signatures,
    Steps,
    Timetable,
    Week,
)
from connexion_desktop.documents.layout import (
    Box,
    Columns,
    Item,
    Mark,
    Rule,
    Ruler,
    Strip,
    Style,
    Text,
    colour,
    lines_of,
    shifted,
    stack,
)

LEFT, RIGHT = 42.0, 553.0
WIDTH = RIGHT - LEFT

INK = colour("#1B2430")
MUTED = colour("#5B6675")
NAVY = colour("#16263D")
ACCENT = colour("#1F5FBF")
TINT = colour("#EAF0F9")
PALE = colour("#F6F7F9")
LINE = colour("#B9C1CC")
AMBER = colour("#8A5A00")

LABEL = Style(6.8, 8.6, MUTED)
VALUE = Style(9.2, 11.6, INK)
STRONG = Style(9.2, 11.6, INK, bold=True)
OPTION = Style(8.3, 11.6, INK)
TICKED = Style(8.3, 11.6, INK, bold=True)
BODY = Style(9, 12, INK)
SMALL = Style(7.5, 9.6, INK)
SMALL_BOLD = Style(7.5, 9.6, NAVY, bold=True)
NOTE = Style(7.2, 9.4, MUTED)
MISSING = Style(7, 9, AMBER, bold=True)
BAND = Style(10, 12, NAVY, bold=True)
BAND_NUMBER = Style(10, 12, ACCENT, bold=True)
MINOR = Style(8.4, 11, NAVY, bold=True)
HOURS = Style(7.2, 9, INK)
DATE = Style(6.4, 8, MUTED)
HEAD = Style(7, 9, NAVY, bold=True)
WEEK_TOTAL = Style(7.8, 9.6, INK, bold=True)

NUMBER = Style(17, 19, NAVY, bold=True)

_NUMBER_ROOM = 74.0
_WORDS_ROOM = 168.0
_VALUE_ROOM = 48.0
_BARS_TOGETHER = 24
_GUTTER = 9.0
_ROW_LIMIT = 180.0
"""A row taller than this may be cut between two lines."""
_BOX = 6.6
_OPTION_GAP = 12.0
_BLANK_LINE = 17.0
_BLANK_WEEKS = 4
_SIGNATURE_HEIGHT = 88.0
_SIGNATURE_NAME_LINES = 4


class Blocks:
    """Turns blocks into strips with one ruler."""

    def __init__(self, ruler: Ruler) -> None:
        self._ruler = ruler

    def band(self, number: int, title: str) -> list[Strip]:
        """A section's title, glued to what follows."""
        lines = self._ruler.wrap(title, BAND, WIDTH - 40)
        height = len(lines) * BAND.leading + 6
        marks: list[Mark] = [
            Box(LEFT, 0, WIDTH, height, TINT),
            Box(LEFT, 0, 3, height, ACCENT),
            Text(LEFT + 11, 3 + BAND.size, str(number), BAND_NUMBER),
        ]
        marks += [
            Text(LEFT + 26, 3 + BAND.size + index * BAND.leading, line, BAND)
            for index, line in enumerate(lines)
        ]
        return [Strip(8, (), True), Strip(height, tuple(marks), True), Strip(4, (), True)]

    def draw(self, block: Block) -> Iterator[Item]:
        """A block as strips."""
        match block:
            case Grid():
                yield from self._grid(block)
            case Prose():
                yield from self._prose(block)
            case DutyList():
                yield self._duties(block)
            case Steps():
                yield from self._steps(block)
            case Timetable():
                yield from self._timetable(block)
            case Note():
                yield from lines_of(self._ruler, block.text, NOTE, LEFT, WIDTH)
                yield Strip(3)
            case Rated():
                yield from self._rated(block)
            case Chart():
                yield from self._chart(block)
            case Signatures():
                yield from self._signatures(block)

    def _grid(self, grid: Grid) -> Iterator[Strip]:
        if grid.title:
            yield Strip(4, (), True)
            yield from lines_of(self._ruler, grid.title, MINOR, LEFT, WIDTH, glued=True)
        strips = [strip for row in grid.rows for strip in self._row(row)]
        for strip in strips[:-1]:
            yield replace(strip, glued=strip.glued or grid.whole)
        yield strips[-1]

    def _row(self, row: Sequence[Cell]) -> Iterator[Strip]:
        columns: list[list[Strip]] = []
        rules: list[Mark] = []
        x = LEFT
        for cell in row:
            step = WIDTH * cell.width / 12
            room = step - (_GUTTER if x + step < RIGHT - 1 else 0)
            columns.append(self._cell(cell, x, room))
            if isinstance(cell, Field):
                rules.append(Rule(x, 0, x + room, 0, LINE, 0.5, dotted=not cell.value))
            x += step
        yield from side_by_side(columns, tuple(rules))

    def _cell(self, cell: Cell, x: float, room: float) -> list[Strip]:
        label = self._label(cell.label, x, room)
        if isinstance(cell, Choice):
            return [*self._flagged(label, cell.is_missing, x, room), *self._options(cell, x, room)]
        if not cell.value:
            marks = (self._to_complete(x, room, VALUE.size),) if cell.is_missing else ()
            return [*label, Strip(VALUE.leading, marks)]
        style = STRONG if cell.strong else VALUE
        return [*label, *lines_of(self._ruler, cell.value, style, x, room)]

    def _label(self, label: str, x: float, room: float) -> list[Strip]:
        if not label:
            return [Strip(2, (), True)]
        return lines_of(self._ruler, label, LABEL, x, room, glued=True)

    def _to_complete(self, x: float, room: float, y: float) -> Text:
        width = self._ruler.width(TO_COMPLETE, MISSING)
        return Text(x + max(room - width, 0), y, TO_COMPLETE, MISSING)

    def _flagged(self, label: list[Strip], missing: bool, x: float, room: float) -> list[Strip]:
        if not missing:
            return label
        mark = self._to_complete(x, room, LABEL.size)
        return [Strip(label[0].height, (*label[0].marks, mark), True), *label[1:]]

    def _options(self, choice: Choice, x: float, room: float) -> list[Strip]:
        if choice.stacked:
            return [line for option in choice.options for line in self._option(option, x, room)]
        lines: list[list[Mark]] = [[]]
        at = x
        for option in choice.options:
            parts = self._option(option, x, room)
            width = self._option_width(option)
            if len(parts) > 1 or (at + width > x + room and at > x):
                lines.append([])
                at = x
            lines[-1] += shifted(parts[0].marks, at - x, 0)
            lines += [list(part.marks) for part in parts[1:]]
            at += width + _OPTION_GAP
        return [Strip(OPTION.leading, tuple(marks)) for marks in lines if marks]

    def _option_width(self, option: Option) -> float:
        style = TICKED if option.checked else OPTION
        return _BOX + 4 + self._ruler.width(option.text, style)

    def _option(self, option: Option, x: float, room: float) -> list[Strip]:
        style = TICKED if option.checked else OPTION
        strips = lines_of(self._ruler, option.text, style, x + _BOX + 4, room - _BOX - 4)
        first = Strip(strips[0].height, (*checkbox(x, 2, option.checked), *strips[0].marks))
        return [first, *strips[1:]]

    def _prose(self, prose: Prose) -> Iterator[Strip]:
        label = lines_of(self._ruler, prose.label, MINOR, LEFT, WIDTH, glued=True)
        yield Strip(3, (), True)
        yield from self._flagged(label, prose.is_missing, LEFT, WIDTH)
        if not prose.text:
            rule = Rule(LEFT, _BLANK_LINE - 2, RIGHT, _BLANK_LINE - 2, LINE, dotted=True)
            yield from [Strip(_BLANK_LINE, (rule,))] * prose.lines
            return
        lines = lines_of(self._ruler, prose.text, BODY, LEFT, WIDTH)
        # Never a first line left alone at the foot of a page.
        yield Strip(lines[0].height, lines[0].marks, len(lines) > 1)
        yield from lines[1:]
        yield Strip(3)

    def _duties(self, block: DutyList) -> Columns:
        gap = 16.0
        room = (WIDTH - gap) / 2
        lines: list[Strip] = []
        for duties in block.duties:
            for told, style in ((duties.party, SMALL_BOLD), (duties.lead, SMALL)):
                if told:
                    glued = bool(duties.points)
                    lines += lines_of(self._ruler, told, style, LEFT, room, glued=glued)
            lines.append(Strip(2, (), bool(duties.points)))
            for point in duties.points:
                lines += self._bullet("•", point, room, 8)
            lines.append(Strip(5))
        return Columns(tuple(lines[:-1]), room + gap)

    def _bullet(self, sign: str, text: str, room: float, indent: float) -> list[Strip]:
        strips = lines_of(self._ruler, text, SMALL, LEFT + indent, room - indent)
        marks = (Text(LEFT, SMALL.size, sign, SMALL), *strips[0].marks)
        last = strips[-1] if len(strips) > 1 else Strip(strips[0].height, marks)
        spaced = Strip(last.height + 1.2, last.marks)
        if len(strips) == 1:
            return [spaced]
        # Neither the first line nor the last stands alone on its side of a break.
        first = Strip(strips[0].height, marks, True)
        middle = [Strip(s.height, s.marks, s is strips[-2]) for s in strips[1:-1]]
        return [first, *middle, spaced]

    def _steps(self, steps: Steps) -> Iterator[Strip]:
        for number, item in enumerate(steps.items, 1):
            lines = self._bullet(f"{number}.", item, WIDTH, 12)
            yield from (Strip(line.height, line.marks, True) for line in lines)
        # Glued to what follows: signatures are never alone on their page.
        yield Strip(2, (), True)

    def _timetable(self, table: Timetable) -> Iterator[Strip]:
        first, last = 66.0, 46.0
        day = (WIDTH - first - last) / 7
        edges = [LEFT, *(LEFT + first + day * index for index in range(8)), RIGHT]
        yield Strip(4, (), True)
        label = lines_of(self._ruler, table.label, MINOR, LEFT, WIDTH, glued=True)
        yield from self._flagged(label, not table.weeks, LEFT, WIDTH)
        yield Strip(2, (), True)
        words = ("Semaine", *table.day_names, "Total")
        head: list[Mark] = [Box(LEFT, 0, WIDTH, 14, TINT)]
        head += [Text(x + 3, 9.6, title, HEAD) for x, title in zip(edges, words, strict=False)]
        titles = Strip(14, tuple(head), True)
        yield titles
        for index, week in enumerate(table.weeks, 1):
            strip = self._week(week, edges)
            yield replace(strip, above=titles, glued=index == len(table.weeks))
        if not table.weeks:
            yield from [Strip(24, _lattice(edges, 24), True)] * _BLANK_WEEKS
        total = f"Total\u00a0: {table.total or DOTS}"
        width = self._ruler.width(total, WEEK_TOTAL)
        text = Text(RIGHT - 3 - width, 11, total, WEEK_TOTAL)
        yield Strip(16, (Box(LEFT, 0, WIDTH, 16, PALE), text))
        yield Strip(3)

    def _week(self, week: Week, edges: list[float]) -> Strip:
        cells = [
            lines_of(self._ruler, week.label, HOURS, edges[0] + 3, edges[1] - edges[0] - 6),
            *(
                self._day(day, x + 3, edges[1 + index + 1] - x - 5)
                for index, (day, x) in enumerate(zip(week.days, edges[1:], strict=False))
            ),
            lines_of(self._ruler, week.total, WEEK_TOTAL, edges[8] + 3, edges[9] - edges[8] - 5),
        ]
        columns = [stack([Strip(3), *cell, Strip(3)]) for cell in cells]
        height = max(column.height for column in columns)
        shades = tuple(
            Box(x, 0, edges[1 + index + 1] - x, height, PALE)
            for index, (day, x) in enumerate(zip(week.days, edges[1:], strict=False))
            if not day.hours
        )
        marks = tuple(mark for column in columns for mark in column.marks)
        return Strip(height, (*shades, *_lattice(edges, height), *marks))

    def _day(self, day: Day, x: float, room: float) -> list[Strip]:
        strips = lines_of(self._ruler, day.date, DATE, x, room)
        for hours in day.hours:
            strips += lines_of(self._ruler, hours, HOURS, x, room)
        return strips

    def _rated(self, rated: Rated) -> Iterator[Strip]:
        """The number at the left, its words and its rule beside it."""
        x = LEFT + _NUMBER_ROOM
        words = [
            *lines_of(self._ruler, rated.label, STRONG, x, RIGHT - x),
            *lines_of(self._ruler, rated.rule, NOTE, x, RIGHT - x),
        ]
        column = stack(words)
        number = Text(LEFT, NUMBER.size, rated.value or NOT_KNOWN, NUMBER)
        yield Strip(6, (), True)
        yield Strip(max(column.height, NUMBER.leading), (number, *column.marks), True)
        yield Strip(3)

    def _chart(self, chart: Chart) -> Iterator[Strip]:
        x = LEFT + _NUMBER_ROOM
        yield from lines_of(self._ruler, chart.title, LABEL, x, RIGHT - x, glued=True)
        for rank, bar in enumerate(chart.bars, 1):
            yield self._bar(bar, x, glued=rank < min(len(chart.bars), _BARS_TOGETHER))
        yield Strip(4)

    def _bar(self, bar: Bar, x: float, *, glued: bool) -> Strip:
        start = x + _WORDS_ROOM
        room = RIGHT - start - _VALUE_ROOM
        words = lines_of(self._ruler, bar.label, SMALL, x, _WORDS_ROOM - 6)
        height = max(len(words) * SMALL.leading, 11.0) + 1.5
        length = max(room * bar.share, 1.2) if bar.share else 0.0
        marks: list[Mark] = [Box(start, 2, length, 7.5, ACCENT, radius=1.5)] if length else []
        at = start + (length + 4 if length else 0)
        marks.append(Text(at, SMALL.size + 1, bar.value, SMALL_BOLD))
        return Strip(height, (*marks, *stack(words).marks), glued)

    def _signatures(self, block: Signatures) -> Iterator[Strip]:
        yield from lines_of(self._ruler, block.intro, BODY, LEFT, WIDTH, glued=True)
        yield Strip(5, (), True)
        count = len(block.blocks)
        across = 2 if count in (2, 4) else 3
        for start in range(0, count, across):
            row = block.blocks[start : start + across]
            is_last = start + across >= count
            yield self._signature_row(row, across, glued=not is_last)

    def _signature_row(self, row: Sequence[SignatureBlock], across: int, *, glued: bool) -> Strip:
        gap = 8.0
        room = (WIDTH - gap * (across - 1)) / across
        columns = [
            self._signature(block, LEFT + index * (room + gap), room)
            for index, block in enumerate(row)
        ]
        height = max(_SIGNATURE_HEIGHT, *(column.height + 56 for column in columns))
        marks: list[Mark] = []
        for index, column in enumerate(columns):
            marks.append(Box(LEFT + index * (room + gap), 0, room, height, stroke=LINE, radius=3))
            marks += column.marks
        return Strip(height + (7 if glued else 0), tuple(marks), glued)

    def _signature(self, block: SignatureBlock, x: float, room: float) -> Strip:
        x, room = x + 7, room - 14
        name = lines_of(self._ruler, block.name, SMALL, x, room)
        return stack(
            [
                Strip(4),
                *lines_of(self._ruler, block.party, SMALL_BOLD, x, room),
                *name[:_SIGNATURE_NAME_LINES],
                *lines_of(self._ruler, block.hint, NOTE, x, room),
            ]
        )


def _lattice(edges: list[float], height: float) -> tuple[Rule, ...]:
    across = Rule(edges[0], height, edges[-1], height, LINE)
    return (across, *(Rule(x, 0, x, height, LINE) for x in edges))


def checkbox(x: float, y: float, checked: bool) -> tuple[Mark, ...]:
    """A small square, crossed when checked."""
    square = Box(x, y, _BOX, _BOX, stroke=MUTED)
    if not checked:
        return (square,)
    near, far = 1.4, _BOX - 1.4
    return (
        square,
        Rule(x + near, y + near, x + far, y + far, NAVY, 1.3),
        Rule(x + near, y + far, x + far, y + near, NAVY, 1.3),
    )


def side_by_side(columns: Sequence[list[Strip]], rules: tuple[Mark, ...]) -> Iterator[Strip]:
    """Cells of one row; the row stays whole unless it is very tall. `rules` close it."""
    stacks = [stack(column) for column in columns]
    height = max(column.height for column in stacks)
    foot = Strip(5, tuple(shifted(rules, 0, 1.5)))
    if height <= _ROW_LIMIT:
        marks = tuple(mark for column in stacks for mark in column.marks)
        yield stack([Strip(height, marks), foot])
        return
    rows = max(len(column) for column in columns)
    for index in range(rows):
        parts = [column[index] for column in columns if index < len(column)]
        marks = tuple(mark for part in parts for mark in part.marks)
        yield Strip(max(part.height for part in parts), marks, index < 2)
    yield foot
