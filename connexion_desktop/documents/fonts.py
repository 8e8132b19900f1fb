"""Fonts for PDF papers, taken from the computer, chosen by what they can draw.

Names come from everywhere: a font must hold all of Latin (Vietnamese too) and Cyrillic. The first
family of the list that draws every character of the text is taken, else the one that misses the
fewest; ReportLab's own Vera stands last, so that a paper always comes out. On Debian and Ubuntu
DejaVu is `fonts-dejavu-core`, a dependency of the package.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LOCK = threading.RLock()
"""Held while drawing: ReportLab's fonts keep state for the document being written."""


@dataclass(frozen=True, slots=True)
class Family:
    """Where a family's two weights are; `stretch` narrows wide letters, 1 for none."""

    name: str
    regular: Path
    bold: Path
    stretch: float = 1.0

    @property
    def is_installed(self) -> bool:
        """Whether both files are there."""
        return self.regular.is_file() and self.bold.is_file()


class Face:
    """A registered weight: its name for ReportLab, and the width of each character, in ‰ of em."""

    def __init__(self, name: str, path: Path) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        font = TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        self.name = name
        self.drawn: frozenset[int] = frozenset(font.face.charToGlyph)
        self._widths: dict[int, float] = font.face.charWidths
        self._default: float = font.face.defaultWidth

    def width(self, text: str) -> float:
        """Width of a text, in ‰ of the size."""
        widths, default = self._widths, self._default
        return sum(widths.get(code, default) for code in map(ord, text))


class Typeface:
    """A family ready to draw."""

    def __init__(self, family: Family) -> None:
        self.stretch = family.stretch
        self.regular = Face(family.name, family.regular)
        self.bold = Face(f"{family.name}-Bold", family.bold)

    def face(self, *, bold: bool) -> Face:
        """The weight asked for."""
        return self.bold if bold else self.regular

    def missing(self, characters: frozenset[int]) -> int:
        """How many of these characters one of its weights cannot draw."""
        return len(characters - self.regular.drawn | characters - self.bold.drawn)


def typeface_for(text: str, families: Iterable[Family] | None = None) -> Typeface:
    """The best of the families (those installed) for a text. Call it holding `LOCK`."""
    characters = frozenset(map(ord, text)) - {ord("\n")}
    best: Typeface | None = None
    for family in installed() if families is None else families:
        typeface = _load(family)
        if typeface is None:
            continue
        if not typeface.missing(characters):
            return typeface
        if best is None or typeface.missing(characters) < best.missing(characters):
            best = typeface
    return best or Typeface(vera())


@cache
def installed() -> tuple[Family, ...]:
    """The families of the list that this computer has, the best first."""
    return tuple(family for family in _candidates() if family.is_installed)


@cache
def _load(family: Family) -> Typeface | None:
    """None when the file is damaged, or forbids embedding."""
    from reportlab.pdfbase.ttfonts import TTFError

    try:
        return Typeface(family)
    except (OSError, TTFError):
        return None


def _candidates() -> Iterator[Family]:
    for folder in _dejavu_folders():
        yield Family("DejaVuSans", folder / "DejaVuSans.ttf", folder / "DejaVuSans-Bold.ttf", 0.9)
    for folder in _common_folders():
        yield Family("SegoeUI", folder / "segoeui.ttf", folder / "segoeuib.ttf")
        yield Family("Arial", folder / "arial.ttf", folder / "arialbd.ttf")
        yield Family("ArialMac", folder / "Arial.ttf", folder / "Arial Bold.ttf")
        yield Family("Verdana", folder / "Verdana.ttf", folder / "Verdana Bold.ttf", 0.9)
    for folder in _liberation_folders():
        yield Family(
            "LiberationSans",
            folder / "LiberationSans-Regular.ttf",
            folder / "LiberationSans-Bold.ttf",
        )
    yield vera()


def _dejavu_folders() -> tuple[Path, ...]:
    return (
        Path("/usr/share/fonts/truetype/dejavu"),
        Path("/usr/share/fonts/dejavu-sans-fonts"),
        Path("/usr/share/fonts/TTF"),
        Path("/usr/share/fonts/dejavu"),
    )


def _liberation_folders() -> tuple[Path, ...]:
    return (
        Path("/usr/share/fonts/truetype/liberation"),
        Path("/usr/share/fonts/truetype/liberation2"),
        Path("/usr/share/fonts/liberation-sans-fonts"),
        Path("/usr/share/fonts/liberation"),
    )


def _common_folders() -> tuple[Path, ...]:
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",)
    return (Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts"))


def vera() -> Family:
    """ReportLab's own family: Western Europe only, but always there."""
    import reportlab

    fonts = Path(reportlab.__file__).parent / "fonts"
    return Family("BitstreamVera", fonts / "Vera.ttf", fonts / "VeraBd.ttf", 0.9)
