"""The text of a Word document, to be looked at: one part of it is unpacked, and only so far."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from connexion_desktop.domain.progress import Progress

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART = "word/document.xml"
_MOST_UNPACKED = 16 * 1024 * 1024
_MOST_LETTERS = 200_000
_MOST_ELEMENTS = 400_000
_BETWEEN_STEPS = 1000
_CUT = "…"
_AS_TEXT = {f"{_NAMESPACE}tab": "\t", f"{_NAMESPACE}br": "\n", f"{_NAMESPACE}cr": "\n"}


def text_of(content: bytes, progress: Progress) -> str:
    """The paragraphs of a .docx, `_MOST_LETTERS` letters or `_MOST_ELEMENTS` elements at most, then
    « … ». Raises ValueError for what is no document, or unpacks to more than a text ever holds."""
    paragraphs: list[str] = []
    letters = 0
    for paragraph in _paragraphs(_part(content), progress):
        paragraphs.append(paragraph)
        letters += len(paragraph)
        if letters > _MOST_LETTERS:
            paragraphs.append(_CUT)
            break
    return "\n".join(paragraphs)


def _part(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_PART) as part:
            unpacked = part.read(_MOST_UNPACKED + 1)
    except Exception as error:  # zipfile raises almost anything on a damaged archive
        raise ValueError("not a document") from error
    if len(unpacked) > _MOST_UNPACKED:
        raise ValueError("unpacks to too much")
    return unpacked


def _paragraphs(xml: bytes, progress: Progress) -> Iterator[str]:
    """Entities and external files are refused by defusedxml."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    words: list[str] = []
    read = 0
    try:
        for event, element in iterparse(io.BytesIO(xml), ("start", "end"), forbid_dtd=True):
            if event == "start":
                if read % _BETWEEN_STEPS == 0:
                    progress.step(read, _MOST_ELEMENTS)
                read += 1
                if read > _MOST_ELEMENTS:
                    yield _CUT
                    return
                continue
            if element.tag == f"{_NAMESPACE}t":
                words.append(element.text or "")
            elif element.tag in _AS_TEXT:
                words.append(_AS_TEXT[element.tag])
            elif element.tag == f"{_NAMESPACE}p":
                yield "".join(words)
                words = []
            element.clear()
    except (ParseError, DefusedXmlException) as error:
        raise ValueError("not a document") from error
