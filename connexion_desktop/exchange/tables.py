"""Reading other people's tables (Excel, CSV) without trusting a byte of them."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.progress import Progress, Silent

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_SHEETS = 50
MAX_TEXT = 32_767
SEPARATORS = ";,\t|"
SUFFIXES = (".xlsx", ".xlsm", ".csv", ".txt", ".tsv")

CellValue = str | int | float | bool | date | datetime | time | None

_TODO = "Ouvrez-le dans le tableur, enregistrez-le au format Excel (.xlsx) ou CSV, puis réessayez."
_SAFE = "Rien n’a été importé."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it stands: rows of raw values, row 0 being the sheet's first line."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """A file's sheets, and what had to be left unread."""

    file_name: str
    sheets: tuple[Sheet, ...]
    sha256: str
    warnings: tuple[str, ...] = ()


_Read = tuple[tuple[Sheet, ...], tuple[str, ...]]


def read_tables(path: Path, progress: Progress | None = None) -> Tables:
    """Read every sheet of an Excel or CSV file. Raises UserError when it cannot be read."""
    watcher = progress or Silent()
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            f"« {path.name} » n’est pas un tableau que l’application sait lire"
            " (Excel .xlsx ou CSV).",
            _SAFE,
            _TODO,
        )
    content = _bytes_of(path)
    reader = _read_excel if suffix in (".xlsx", ".xlsm") else _read_csv
    sheets, warnings = reader(path.name, content, watcher)
    return Tables(path.name, sheets, hashlib.sha256(content).hexdigest(), warnings)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(
                f"« {path.name} » dépasse {MAX_FILE_BYTES // 1024 // 1024} Mo.",
                _SAFE,
                "Gardez dans le fichier les seules feuilles à importer.",
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"« {path.name} » ne peut pas être ouvert : {error.strerror or 'accès refusé'}.",
            _SAFE,
            "Vérifiez qu’il existe et qu’un autre programme ne le tient pas ouvert.",
        ) from error


def _unreadable(name: str, reason: str) -> UserError:
    return UserError(f"« {name} » est illisible : {reason}.", _SAFE, _TODO)


def _read_excel(name: str, content: bytes, progress: Progress) -> _Read:
    _refuse_bombs(name, content)
    from openpyxl import load_workbook

    with _readable(name):
        workbook = load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        with closing(workbook):
            return _read_sheets(name, workbook, progress)


def _read_sheets(name: str, workbook: Any, progress: Progress) -> _Read:
    warnings: list[str] = []
    worksheets = workbook.worksheets[:MAX_SHEETS]
    if len(workbook.worksheets) > MAX_SHEETS:
        warnings.append(f"Seules les {MAX_SHEETS} premières feuilles ont été lues.")
    sheets = []
    for done, worksheet in enumerate(worksheets):
        title = str(worksheet.title)
        progress.step(done, len(worksheets), f"Lecture de la feuille {title}")
        worksheet.reset_dimensions()
        lines = worksheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
        rows = _limited(lines, progress)
        sheets.append(Sheet(title, _trimmed(rows)))
        if len(rows) >= MAX_ROWS:
            warnings.append(f"Feuille {title} : seules les {MAX_ROWS} premières lignes sont lues.")
    return tuple(sheets), tuple(warnings)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """openpyxl raises almost anything on a damaged file: whatever it is, the file is unreadable."""
    try:
        yield
    except (Cancelled, UserError):
        raise
    except Exception as error:
        raise _unreadable(name, "il est protégé par un mot de passe ou abîmé") from error


def _refuse_bombs(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        reason = "ce n’est pas un classeur Excel, ou il est protégé par un mot de passe"
        raise _unreadable(name, reason) from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise _unreadable(name, "son contenu déplié est démesuré")


def _limited(rows: Iterator[tuple[Any, ...]], progress: Progress) -> list[tuple[CellValue, ...]]:
    kept: list[tuple[CellValue, ...]] = []
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            break
        if number % 500 == 0:
            progress.step(number, MAX_ROWS, "Lecture")
        kept.append(tuple(_clean(value) for value in row))
    return kept


def _clean(value: Any) -> CellValue:
    if isinstance(value, str):
        text = "".join(c for c in value[:MAX_TEXT] if c.isprintable() or c in "\n\t").strip()
        return text or None
    if isinstance(value, bool | int | float | date | datetime | time) or value is None:
        return value
    return str(value)[:MAX_TEXT]


def _trimmed(rows: list[tuple[CellValue, ...]]) -> tuple[tuple[CellValue, ...], ...]:
    """Without the empty lines and columns that hang after the last value."""
    width = max((_last(row) for row in rows), default=0)
    last = max((n + 1 for n, row in enumerate(rows) if _last(row)), default=0)
    return tuple((row + (None,) * (width - len(row)))[:width] for row in rows[:last])


def _last(row: tuple[CellValue, ...]) -> int:
    return max((n + 1 for n, value in enumerate(row) if value is not None), default=0)


def _read_csv(name: str, content: bytes, progress: Progress) -> _Read:
    text = _decode(name, content)
    try:
        dialect = csv.Sniffer().sniff(text[:20_000], delimiters=SEPARATORS)
        separator = dialect.delimiter
    except csv.Error:
        separator = max(SEPARATORS, key=text[:20_000].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = _limited((tuple(line[:MAX_COLUMNS]) for line in lines), progress)
    except csv.Error as error:
        raise _unreadable(name, "ce n’est pas un fichier CSV") from error
    warnings = (
        (f"Seules les {MAX_ROWS} premières lignes sont lues.",) if len(rows) >= MAX_ROWS else ()
    )
    return (Sheet(Path(name).stem, _trimmed(rows)),), warnings


def _decode(name: str, content: bytes) -> str:
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(name, "ce n’est pas un fichier de texte")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    with suppress(UnicodeDecodeError):
        return content.decode(encoding)
    from charset_normalizer import from_bytes

    # French offices: a handful of accents decides between these; the library weighs them.
    best = from_bytes(content, cp_isolation=["cp1252", "mac_roman", "cp850"]).best()
    return str(best) if best is not None else content.decode("cp1252", errors="replace")
