"""Reading papers back, as a reader would."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pypdf

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """The text without any space: where lines break does not matter."""
    return "".join(text.split())


def pdf_pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def pdf_text(pdf: bytes) -> str:
    """The whole text, squeezed."""
    return squeezed("".join(pdf_pages(pdf)))


def docx_part(docx: bytes, name: str) -> str:
    """A part of the package, as it is."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(name).decode()


def docx_text(docx: bytes) -> str:
    """The body's text, squeezed."""
    body = ElementTree.fromstring(docx_part(docx, "word/document.xml"))  # noqa: S314 - our own
    return squeezed("".join(node.text or "" for node in body.iter(f"{_WORD}t")))


def docx_parts(docx: bytes, kind: str) -> list[str]:
    """The headers or footers, as XML."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        names = [name for name in package.namelist() if name.startswith(f"word/{kind}")]
        return [package.read(name).decode() for name in sorted(names)]
