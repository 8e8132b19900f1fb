"""QR codes, drawn as one path: a page's code, by which its scan files itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def draw_code(canvas: Canvas, code: str, left: float, top: float, size: float) -> None:
    """Draw a code in a square of `size`; `top` is its top from the foot of the page, in points."""
    rows = _rows(code)
    module = size / len(rows)
    path = canvas.beginPath()
    for index, row in enumerate(rows):
        for start, length in row:
            path.rect(left + start * module, top - (index + 1) * module, length * module, module)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)


@lru_cache(maxsize=64)
def _rows(code: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Each row's dark runs (start, length), in modules."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    encoder = QRCode(None, QRErrorCorrectLevel.M)
    encoder.addData(code)
    encoder.make()
    return tuple(tuple(_runs([bool(dark) for dark in row])) for row in encoder.modules)


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column, is_dark in enumerate(row):
        if not is_dark:
            continue
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return runs
