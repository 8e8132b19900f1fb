"""What a file is, told from its first bytes and never from its name, which may lie."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath

_LOOKED_AT = 4096
_TEXT_LOOKED_AT = 64 * 1024


class Media(StrEnum):
    """The kinds of files of an office, by their media type (RFC 6838)."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    GIF = "image/gif"
    WEBP = "image/webp"
    BMP = "image/bmp"
    TIFF = "image/tiff"
    HEIC = "image/heic"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"
    OLD_OFFICE = "application/x-ole-storage"
    RTF = "application/rtf"
    ZIP = "application/zip"
    MARKUP = "text/html"
    TEXT = "text/plain"
    PROGRAM = "application/x-executable"
    UNKNOWN = "application/octet-stream"

    @classmethod
    def _missing_(cls, value: object) -> Media:
        """A type that a newer program noted."""
        return cls.UNKNOWN

    @property
    def label(self) -> str:
        """What stands in a list: « PDF », « Photo JPEG »."""
        return _WORDS[self][0]

    @property
    def of_one(self) -> str:
        """« le contenu n’est pas celui d’un PDF »."""
        return _WORDS[self][1]

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return "image-line" if self.is_picture else _ICONS.get(self, "file-line")

    @property
    def is_picture(self) -> bool:
        """Whether it is a drawing or a photo, shown as such or not."""
        return self.startswith("image/")

    @property
    def is_shown_as_picture(self) -> bool:
        """Whether the window can draw it: HEIC, which phones make, it cannot."""
        return self.is_picture and self is not Media.HEIC


_WORDS = {
    Media.PDF: ("PDF", "d’un PDF"),
    Media.JPEG: ("Photo JPEG", "d’une photo JPEG"),
    Media.PNG: ("Image PNG", "d’une image PNG"),
    Media.GIF: ("Image GIF", "d’une image GIF"),
    Media.WEBP: ("Image WebP", "d’une image WebP"),
    Media.BMP: ("Image BMP", "d’une image BMP"),
    Media.TIFF: ("Image TIFF", "d’une image TIFF"),
    Media.HEIC: ("Photo HEIC", "d’une photo HEIC"),
    Media.DOCX: ("Word", "d’un document Word"),
    Media.XLSX: ("Classeur Excel", "d’un classeur Excel"),
    Media.PPTX: ("PowerPoint", "d’une présentation PowerPoint"),
    Media.ODT: ("Texte OpenDocument", "d’un texte OpenDocument"),
    Media.ODS: ("Classeur OpenDocument", "d’un classeur OpenDocument"),
    Media.ODP: ("Présentation OpenDocument", "d’une présentation OpenDocument"),
    Media.OLD_OFFICE: ("Ancien Office", "d’un ancien document Office"),
    Media.RTF: ("Texte RTF", "d’un texte RTF"),
    Media.ZIP: ("Archive ZIP", "d’une archive ZIP"),
    Media.MARKUP: ("Page web", "d’une page web"),
    Media.TEXT: ("Texte", "d’un texte"),
    Media.PROGRAM: ("Programme", "d’un programme"),
    Media.UNKNOWN: ("Autre fichier", "d’un fichier d’une autre sorte"),
}
_ICONS = {
    Media.PDF: "file-pdf-line",
    Media.DOCX: "file-word-line",
    Media.ODT: "file-word-line",
    Media.OLD_OFFICE: "file-word-line",
    Media.RTF: "file-word-line",
    Media.XLSX: "file-excel-line",
    Media.ODS: "file-excel-line",
    Media.PPTX: "file-ppt-line",
    Media.ODP: "file-ppt-line",
    Media.ZIP: "file-zip-line",
    Media.MARKUP: "file-code-line",
    Media.TEXT: "file-text-line",
    Media.PROGRAM: "file-warning-line",
}
_BEGINNINGS = (
    (b"\xff\xd8\xff", Media.JPEG),
    (b"\x89PNG\r\n\x1a\n", Media.PNG),
    (b"GIF87a", Media.GIF),
    (b"GIF89a", Media.GIF),
    (b"II*\x00", Media.TIFF),
    (b"MM\x00*", Media.TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Media.OLD_OFFICE),
    (b"{\\rtf", Media.RTF),
    (b"MZ", Media.PROGRAM),
    (b"\x7fELF", Media.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Media.PROGRAM),
    (b"\xca\xfe\xba\xbe", Media.PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Media.PROGRAM),  # a shortcut of Windows
    (b"#!", Media.PROGRAM),
)
_OPEN_XML = (
    (b"word/document.xml", Media.DOCX),
    (b"xl/workbook.xml", Media.XLSX),
    (b"ppt/presentation.xml", Media.PPTX),
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php")
_ENDINGS: dict[str, tuple[Media, ...]] = {
    ".pdf": (Media.PDF,),
    ".jpg": (Media.JPEG,),
    ".jpeg": (Media.JPEG,),
    ".jfif": (Media.JPEG,),
    ".png": (Media.PNG,),
    ".gif": (Media.GIF,),
    ".webp": (Media.WEBP,),
    ".bmp": (Media.BMP,),
    ".tif": (Media.TIFF,),
    ".tiff": (Media.TIFF,),
    ".heic": (Media.HEIC,),
    ".docx": (Media.DOCX,),
    ".xlsx": (Media.XLSX,),
    ".xlsm": (Media.XLSX,),
    ".pptx": (Media.PPTX,),
    ".odt": (Media.ODT,),
    ".ods": (Media.ODS,),
    ".odp": (Media.ODP,),
    ".doc": (Media.OLD_OFFICE, Media.RTF),
    ".xls": (Media.OLD_OFFICE,),
    ".ppt": (Media.OLD_OFFICE,),
    ".rtf": (Media.RTF,),
    ".zip": (Media.ZIP,),
    ".htm": (Media.MARKUP,),
    ".html": (Media.MARKUP,),
    ".txt": (Media.TEXT,),
    ".csv": (Media.TEXT,),
}
_RUN_BY_THEIR_NAME = frozenset(
    {".exe", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".lnk", ".sh"}
)


def media_of(content: bytes) -> Media:
    """What a content is. An archive names its parts as they are: nothing is unpacked."""
    head = content[:_LOOKED_AT]
    for beginning, media in _BEGINNINGS:
        if head.startswith(beginning):
            return media
    if head.startswith(b"PK\x03\x04"):
        return _packed(content)
    return _marked(head) or _written(content[:_TEXT_LOOKED_AT])


def lie(name: str, media: Media) -> str:
    """What a file's name says that its content denies: « le contenu n’est pas celui d’un PDF »;
    « » where it does not lie, or says nothing that we know."""
    told = _ENDINGS.get(PurePosixPath(name).suffix.lower())
    if told is None:
        return ""
    return "" if media in told else f"le contenu n’est pas celui {told[0].of_one}"


def runs(name: str, media: Media) -> bool:
    """Whether a system would run a file rather than show it."""
    return media is Media.PROGRAM or PurePosixPath(name).suffix.lower() in _RUN_BY_THEIR_NAME


def _marked(head: bytes) -> Media | None:
    """What is told by marks that do not stand first."""
    marks = {
        Media.PDF: b"%PDF-" in head[:1024],
        Media.WEBP: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
        Media.BMP: head.startswith(b"BM") and head[6:10] == bytes(4),
        Media.HEIC: head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS,
    }
    return next((media for media, found in marks.items() if found), None)


def _packed(content: bytes) -> Media:
    if content[30:38] == b"mimetype":
        declared = content[38:120]
        for media in (Media.ODT, Media.ODS, Media.ODP):
            if declared.startswith(media.encode("ascii")):
                return media
    if b"[Content_Types].xml" in content:
        for part, media in _OPEN_XML:
            if part in content:
                return media
    return Media.ZIP


def _written(sample: bytes) -> Media:
    """A text, unless something in it is no letter."""
    if not sample:
        return Media.UNKNOWN
    text = sample.removeprefix(b"\xef\xbb\xbf")
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Media.TEXT if _is_utf16(sample) else Media.UNKNOWN
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in text):
        return Media.UNKNOWN
    if text.lstrip()[:200].lower().startswith(_MARKUP):
        return Media.MARKUP
    return Media.TEXT


def _is_utf16(sample: bytes) -> bool:
    try:
        text = sample[: len(sample) // 2 * 2].decode("utf-16")
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter in "\t\n\r\f" for letter in text)
