"""OpenDocument workbooks (.ods), read as a stream without running anything that they contain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.archive import Archive, crowded, readable
from connexion_desktop.exchange.gaps import told
from connexion_desktop.exchange.opendocument_sheets import RawSheet, SheetsReader, TooManyError
from connexion_desktop.exchange.sheets import MAX_ROWS, Content, collected, unreadable

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHER_KINDS = b"application/vnd.oasis.opendocument."
_KIND = "mimetype"
_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = b"encryption-data"
_LOCKED_WHOLE = "encrypted-package"
_CHUNK = 64 * 1024
_LONGEST_PIECE = 1024 * 1024
_DAMAGED = "il est abîmé ou n’est pas un classeur OpenDocument"


def is_one(names: Iterable[str]) -> bool:
    """Whether the parts of a zipped file are those of an OpenDocument."""
    return not {_KIND, _CONTENT, _LOCKED_WHOLE}.isdisjoint(names)


def read(name: str, content: bytes, progress: Progress, most: int = MAX_ROWS) -> Content:
    """The `most` first rows of every sheet. Raises UserError when it cannot be read, Cancelled when
    given up."""
    with readable(name, _DAMAGED), Archive(content, progress) as archive:
        archive.check_size(name)
        _check_kind(name, archive)
        sheets = _sheets(name, archive)
    found = collected([(sheet.name, sheet.lines) for sheet in sheets], progress, most)
    uncalculated = sum(sheet.gaps.uncalculated for sheet in sheets)
    return Content(found.sheets, (*found.warnings, *told(uncalculated)))


def _check_kind(name: str, archive: Archive) -> None:
    parts = archive.namelist()
    if _LOCKED_WHOLE in parts or (_MANIFEST in parts and _holds(archive, _MANIFEST, _LOCKED)):
        raise unreadable(
            name,
            "il est protégé par un mot de passe",
            "Ouvrez-le dans le tableur, enregistrez-le sans mot de passe (« Enregistrer sous »,"
            " décochez « Enregistrer avec mot de passe »), puis réessayez.",
        )
    kind = next(_pieces(archive, _KIND), b"") if _KIND in parts else KIND
    if kind.startswith(_OTHER_KINDS) and not kind.startswith(KIND):
        raise unreadable(
            name,
            "c’est un document OpenDocument, pas un classeur",
            "Choisissez le classeur, ou copiez le tableau dans un classeur, puis réessayez.",
        )


def _sheets(name: str, archive: Archive) -> list[RawSheet]:
    # Entities, external files and billion laughs are refused by defusedxml.
    from defusedxml.ElementTree import DefusedXMLParser

    reader = SheetsReader()
    parser = DefusedXMLParser(target=cast(Any, reader))
    unopened = 0
    try:
        for piece in _pieces(archive, _CONTENT):
            unopened = 0 if b"<" in piece else unopened + len(piece)
            if unopened > _LONGEST_PIECE:
                raise crowded(name)
            parser.feed(piece)
    except TooManyError as error:
        raise crowded(name) from error
    parser.close()
    return reader.sheets


def _holds(archive: Archive, part: str, words: bytes) -> bool:
    end = b""
    for piece in _pieces(archive, part):
        if words in end + piece:
            return True
        end = piece[-len(words) :]
    return False


def _pieces(archive: Archive, part: str) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            yield piece
