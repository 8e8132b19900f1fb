"""What a file is, by its content; what its name pretends."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.media import Media, lie, media_of, runs


def archive(*parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for part in parts:
            packed.writestr(part, "…")
    return held.getvalue()


def open_document(kind: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        packed.writestr("content.xml", "<office/>")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.7\n", Media.PDF),
        (b"\x00\x00scanner\n%PDF-1.4\n", Media.PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Media.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Media.PNG),
        (b"GIF89a....", Media.GIF),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Media.WEBP),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00\x36", Media.BMP),
        (b"II*\x00\x08\x00", Media.TIFF),
        (b"\x00\x00\x00\x18ftypheic\x00", Media.HEIC),
        (b"{\\rtf1\\ansi", Media.RTF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", Media.OLD_OFFICE),
        (b"MZ\x90\x00", Media.PROGRAM),
        (b"\x7fELF\x02", Media.PROGRAM),
        (b"#!/bin/sh\nrm -r .", Media.PROGRAM),
        (b"  <!DOCTYPE html><script>", Media.MARKUP),
        (b"\xef\xbb\xbf<html>", Media.MARKUP),
        (b"<svg xmlns='x'>", Media.MARKUP),
        ("Bonjour à tous".encode(), Media.TEXT),
        ("Bonjour à tous".encode("cp1252"), Media.TEXT),
        ("\ufeffBonjour".encode("utf-16-le"), Media.TEXT),
        (b"\x00\x01\x02\x03", Media.UNKNOWN),
        (b"", Media.UNKNOWN),
        (archive("[Content_Types].xml", "word/document.xml"), Media.DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), Media.XLSX),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), Media.PPTX),
        (archive("photos/1.jpg"), Media.ZIP),
        (open_document("text"), Media.ODT),
        (open_document("spreadsheet"), Media.ODS),
    ],
)
def test_a_file_is_what_it_holds(content: bytes, media: Media) -> None:
    assert media_of(content) is media


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("facture.pdf", b"MZ\x90\x00", "le contenu n’est pas celui d’un PDF"),
        ("photo.JPG", b"<html>", "le contenu n’est pas celui d’une photo JPEG"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", ""),
        ("lettre.doc", b"{\\rtf1", ""),
        ("dossier.xyz", b"MZ", ""),
        ("sans point", b"%PDF-", ""),
    ],
)
def test_a_name_that_lies_is_said(name: str, content: bytes, said: str) -> None:
    assert lie(name, media_of(content)) == said


def test_a_program_is_known_by_its_content_and_by_its_name() -> None:
    assert runs("facture.pdf", Media.PROGRAM)
    assert runs("photos.bat", Media.TEXT)
    assert not runs("photos.txt", Media.TEXT)


@given(st.binary(max_size=400))
def test_anything_at_all_is_of_some_kind(content: bytes) -> None:
    media = media_of(content)
    assert media.label
    assert media.of_one
    assert media.icon


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), min_size=1, max_size=50))
def test_a_written_text_is_never_taken_for_a_photo(text: str) -> None:
    assert not media_of(text.encode()).is_picture or text.startswith(("GIF8", "BM"))
