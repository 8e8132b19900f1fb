"""Pages of a PDF as pictures, for a window to show, or put together. No Qt here."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress

_TALLEST = 3.0
"""How many times as high as wide a page of somebody else's is drawn at most; one that is longer is
drawn smaller: the size of a page is only what its file pretends."""

_MOST_PIXELS = 40_000_000
_PDFIUM = threading.Lock()
"""PDFium is not thread-safe: one document at a time."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as rows of RGBA bytes without padding: `QImage.Format_RGBA8888`."""

    width: int
    height: int
    rgba: bytes

    @property
    def stride(self) -> int:
        """Bytes in a row."""
        return self.width * 4


def render_pages(pdf: bytes, scale: float = 1.0) -> list[PageImage]:
    """Each page drawn at `scale` pixels to the point (1 is 72 dpi), on white.

    Raises UserError when it is not a readable PDF.
    """
    with _opened(pdf) as document:
        return [_picture(document, index, scale) for index in range(len(document))]


def render_page(pdf: bytes, index: int, scale: float = 1.0) -> PageImage:
    """One page drawn, as `render_pages` draws them all."""
    with _opened(pdf) as document:
        return _picture(document, index, scale)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """The width and the height of each page, in points. Raises UserError as `render_pages`."""
    with _opened(pdf) as document:
        return [document.get_page_size(index) for index in range(len(document))]


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Several PDFs of ours, one after the other, as one."""
    import pypdfium2

    buffer = io.BytesIO()
    with _PDFIUM, closing(pypdfium2.PdfDocument.new()) as whole:
        for pdf in pdfs:
            with closing(pypdfium2.PdfDocument(pdf)) as document:
                whole.import_pages(document)
        whole.save(buffer)
    return buffer.getvalue()


def fitted_pages(
    pdf: bytes, width: int, most: int, progress: Progress
) -> tuple[list[PageImage], int]:
    """The first pages of somebody else's PDF, `width` pixels wide: `most` of them, fewer where they
    would fill the memory; and how many there are. Raises UserError when it is not readable, or
    needs a password."""
    with _opened(pdf) as document:
        count = len(document)
        pages: list[PageImage] = []
        drawn = 0
        while len(pages) < min(count, most) and drawn < _MOST_PIXELS:
            progress.step(len(pages), min(count, most))
            scale = _fitting(document, len(pages), width)
            pages.append(_picture(document, len(pages), scale))
            drawn += pages[-1].width * pages[-1].height
        return pages, count


def _fitting(document: Any, index: int, width: int) -> float:
    across, down = document.get_page_size(index)
    if across <= 0 or down <= 0:
        return 1.0
    return float(min(width / across, width * _TALLEST / down))


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2
    from pypdfium2 import raw

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            if error.err_code == raw.FPDF_ERR_PASSWORD:
                raise UserError(
                    "Ce PDF est protégé par un mot de passe.",
                    safe="Rien n’a été modifié.",
                    todo="Ouvrez-le avec un autre logiciel, qui vous demandera ce mot de passe.",
                ) from error
            raise UserError(
                "Ce fichier n’est pas un PDF lisible.",
                safe="Rien n’a été modifié.",
                todo="Ouvrez-le dans un autre logiciel pour vérifier ce qu’il contient.",
            ) from error
        try:
            yield document
        finally:
            document.close()


def _picture(document: Any, index: int, scale: float) -> PageImage:
    from pypdfium2 import raw

    page = document[index]
    bitmap = page.render(scale=scale, force_bitmap_format=raw.FPDFBitmap_BGRA, rev_byteorder=True)
    try:
        return PageImage(bitmap.width, bitmap.height, _packed(bitmap))
    finally:
        bitmap.close()
        page.close()


def _packed(bitmap: Any) -> bytes:
    """The rows without what pads them."""
    data, row = bytes(bitmap.buffer), bitmap.width * 4
    if bitmap.stride == row:
        return data
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return b"".join(data[start : start + row] for start in starts)
