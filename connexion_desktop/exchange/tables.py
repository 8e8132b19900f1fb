"""Reading other people's tables (Excel, OpenDocument, CSV) without trusting a byte of them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Progress, Silent
from connexion_desktop.exchange.endings import EXCEL, OPEN_DOCUMENT, OTHERS, READ
from connexion_desktop.exchange.sheets import MAX_ROWS, SAFE, Content, Sheet, unreadable

MAX_FILE_BYTES = 50 * 1024 * 1024
_CHOOSE = "Choisissez un classeur Excel (.xlsx) ou OpenDocument (.ods), ou un fichier CSV"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Tables:
    """A file's sheets, and what had to be left unread."""

    file_name: str
    sheets: tuple[Sheet, ...]
    sha256: str
    warnings: tuple[str, ...] = ()


def read_tables(path: Path, progress: Progress | None = None) -> Tables:
    """Read every sheet of an Excel, OpenDocument or CSV file.

    Raises UserError when it cannot be read.
    """
    watcher = progress or Silent()
    suffix = path.suffix.lower()
    if path.is_fifo():
        raise UserError(
            f"« {path.name} » n’est pas un fichier.", SAFE, "Choisissez un fichier enregistré."
        )
    if path.is_dir():
        raise UserError(
            f"« {path.name or path.resolve()} » est un dossier, pas un tableau.",
            SAFE,
            f"{_CHOOSE}, dans ce dossier.",
        )
    if suffix not in READ:
        raise _refused(path.name, suffix)
    content = _bytes_of(path)
    if content.startswith(_OLE):
        raise unreadable(
            path.name,
            "il est protégé par un mot de passe, ou c’est un ancien classeur Excel",
            "Ouvrez-le dans le tableur, retirez le mot de passe, enregistrez-le au format"
            " Excel (.xlsx), puis réessayez.",
        )
    if content.startswith(_ZIP):
        read = _workbook(path.name, content, watcher)
    elif suffix in EXCEL:
        raise unreadable(path.name, "ce n’est pas un classeur Excel, ou il est abîmé")
    elif suffix in OPEN_DOCUMENT:
        raise unreadable(path.name, "ce n’est pas un classeur OpenDocument, ou il est abîmé")
    else:
        from connexion_desktop.exchange import separated_text

        read = separated_text.read(path.name, content, watcher)
    return Tables(path.name, read.sheets, sha256(content).hexdigest(), read.warnings)


def first_rows(name: str, content: bytes, progress: Progress, most: int) -> tuple[Sheet, ...]:
    """The sheets of an Excel or OpenDocument workbook, `most` rows of each at most.

    Raises UserError when it cannot be read, Cancelled when given up.
    """
    return _workbook(name, content, progress, most).sheets


def _workbook(name: str, content: bytes, progress: Progress, most: int = MAX_ROWS) -> Content:
    """A zipped file, by what it holds rather than by its name."""
    from connexion_desktop.exchange import excel, opendocument
    from connexion_desktop.exchange.archive import Archive, readable

    with readable(name, "il est abîmé ou n’est pas un classeur"):
        names = Archive(content, progress).namelist()
    if opendocument.is_one(names):
        return opendocument.read(name, content, progress, most)
    return excel.read(name, content, progress, most)


def _refused(name: str, suffix: str) -> UserError:
    if suffix in OTHERS:
        return UserError(
            f"« {name} » est un tableau d’un format que l’application ne lit pas ({suffix}).",
            SAFE,
            "Ouvrez-le dans le tableur, « Enregistrer sous » au format Excel (.xlsx) ou"
            " OpenDocument (.ods), puis importez ce nouveau fichier.",
        )
    return UserError(
        f"« {name} » n’est pas un tableau.",
        SAFE,
        f"{_CHOOSE}.",
    )


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(
                f"« {path.name} » dépasse {MAX_FILE_BYTES // 1024 // 1024} Mo.",
                SAFE,
                "Gardez dans le fichier les seules feuilles à importer.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(
            f"« {path.name} » est introuvable.", SAFE, "Vérifiez son nom et son dossier."
        ) from error
    except OSError as error:
        raise UserError(
            f"« {path.name} » ne peut pas être ouvert.",
            SAFE,
            "Vérifiez que c’est un fichier, que vous avez le droit de le lire et qu’un autre"
            " programme ne le tient pas ouvert.",
        ) from error
