"""Excel workbooks (.xlsx), read cell by cell without running anything that they contain."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, cast

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.progress import Progress
from connexion_desktop.exchange.excel_cells import lines_of
from connexion_desktop.exchange.excel_gaps import Gaps
from connexion_desktop.exchange.sheets import (
    MAX_ROWS,
    MAX_SHEETS,
    Content,
    Sheet,
    gathered,
    unreadable,
)

MAX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_SHEET_TAGS = 3_000_000
MAX_OTHER_TAGS = 1_500_000
MAX_TAGS_AT_ONCE = 200_000
_CHUNK = 1024 * 1024
_LONGEST_CELL = 64 * 1024
_SHEETS = "xl/worksheets/"
_CELL_END = b"</c>"
_PARSED_AT_ONCE = re.compile(r"(?:.*/)?(?:workbook|styles|\[Content_Types\])\.xml|.*\.rels")
_ENDLESS = re.compile(rb"<numFmt\b[^<]{1000}|(?:\[[^\[\]<]*+){30}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAMAGED = "il est abîmé ou n’est pas un classeur Excel"


def read(name: str, content: bytes, progress: Progress) -> Content:
    """Read every sheet. Raises UserError when it cannot be read, Cancelled when given up."""
    with _readable(name), _Archive(content, progress) as archive:
        gaps = _checked(name, archive)
        found = _read_sheets(_workbook(content, archive), gaps, progress)
    uncalculated = sum(each.uncalculated for each in gaps.values())
    if not uncalculated:
        return found
    what = (
        f"{uncalculated} formules n’ont pas de résultat enregistré et sont lues comme vides"
        if uncalculated > 1
        else "1 formule n’a pas de résultat enregistré et est lue comme vide"
    )
    warning = f"{what} : ouvrez le classeur dans le tableur, enregistrez-le, puis réessayez."
    return Content(found.sheets, (*found.warnings, warning))


class _Archive(zipfile.ZipFile):
    """The file unpacked. Whoever reads some of it passes by here, and stops if given up."""

    def __init__(self, content: bytes, progress: Progress) -> None:
        super().__init__(io.BytesIO(content))
        self._progress = progress

    def open(self, *args: Any, **options: Any) -> IO[bytes]:
        """A part of the file."""
        return cast(IO[bytes], _Part(super().open(*args, **options), self._progress))


class _Part(io.BufferedIOBase):
    def __init__(self, stream: IO[bytes], progress: Progress) -> None:
        super().__init__()
        self._stream = stream
        self._progress = progress

    def read(self, size: int | None = -1, /) -> bytes:
        self._progress.step(0, 0)
        return self._stream.read(-1 if size is None else size)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _workbook(content: bytes, archive: _Archive) -> Any:
    """What openpyxl understands of the parts that are imported: names of ranges and properties,
    which nobody needs, are left alone."""
    # Entities, external files and billion laughs are refused by defusedxml and lxml's
    # « resolve_entities=False », which openpyxl takes up where they are installed.
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.archive = archive
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(archive, reader.wb)
    reader.read_worksheets()
    return reader.wb


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """openpyxl raises almost anything on a damaged file: whatever it is, the file is unreadable."""
    try:
        yield
    except (Cancelled, UserError):
        raise
    except Exception as error:
        raise unreadable(name, _DAMAGED) from error


def _checked(name: str, archive: _Archive) -> dict[str, Gaps]:
    """Refuse a bomb before anything is understood; the gaps of each sheet, by its part."""
    members = archive.infolist()
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise _outsized(name)
    gaps: dict[str, Gaps] = defaultdict(Gaps)
    sheet_tags = other_tags = 0
    for part in members:
        if part.filename.startswith(_SHEETS) and part.filename.endswith(".xml"):
            sheet_tags += _sheet_tags(name, archive, part, gaps[part.filename])
        elif part.filename.endswith((".xml", ".rels")):
            other_tags += _other_tags(name, archive, part)
        if sheet_tags > MAX_SHEET_TAGS or other_tags > MAX_OTHER_TAGS:
            raise _crowded(name)
    return gaps


def _sheet_tags(name: str, archive: _Archive, part: zipfile.ZipInfo, gaps: Gaps) -> int:
    """How many tags will be read of a sheet, whose rows beyond the last one read do not count."""
    tags = row = rows = 0
    for chunk in _chunks(archive, part):
        gaps.look_in(chunk)
        if rows > MAX_ROWS:
            continue
        end_of_row, *begun = (piece.count(b"<") for piece in chunk.split(b"<row"))
        longest = max(row + end_of_row, *begun, 0)
        row = begun[-1] if begun else longest
        tags += end_of_row + sum(begun)
        rows += len(begun)
        if longest > MAX_TAGS_AT_ONCE or tags > MAX_SHEET_TAGS:
            raise _crowded(name)
    return tags


def _other_tags(name: str, archive: _Archive, part: zipfile.ZipInfo) -> int:
    """How many tags a part holds that is not a sheet, most of which are kept in memory."""
    at_once = _PARSED_AT_ONCE.fullmatch(part.filename) is not None
    limit = MAX_TAGS_AT_ONCE if at_once else MAX_OTHER_TAGS
    tags = 0
    for chunk in _chunks(archive, part):
        tags += chunk.count(b"<")
        if tags > limit or (at_once and _ENDLESS.search(chunk)):
            raise _crowded(name)
    return tags


def _chunks(archive: _Archive, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part piece by piece; what follows a piece's last cell goes with the next piece."""
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            text = rest + piece
            end = max(text.rfind(_CELL_END) + len(_CELL_END), len(text) - _LONGEST_CELL)
            yield text[:end]
            rest = text[end:]
    yield rest


def _outsized(name: str) -> UserError:
    return unreadable(name, "son contenu, une fois déplié, est démesuré")


def _crowded(name: str) -> UserError:
    return unreadable(
        name,
        "il contient beaucoup plus de cellules ou de mises en forme qu’un tableau de suivi",
        "Copiez les seules lignes à importer dans un nouveau classeur, puis réessayez.",
    )


def _read_sheets(workbook: Any, gaps: Mapping[str, Gaps], progress: Progress) -> Content:
    warnings: list[str] = []
    if len(workbook.worksheets) > MAX_SHEETS:
        warnings.append(f"Seules les {MAX_SHEETS} premières feuilles sont lues.")
    sheets: dict[str, Sheet] = {}
    for worksheet in workbook.worksheets[:MAX_SHEETS]:
        title = _unused(str(worksheet.title), sheets)
        lines: Iterable[tuple[Any, ...]] = lines_of(worksheet)
        part = _part_of(worksheet)
        if part in gaps:
            lines = gaps[part].fill(lines)
        rows, cut = gathered(map(_unescaped, lines), f"Feuille {title}", progress)
        sheets[title] = Sheet(title, rows)
        warnings += cut
    return Content(tuple(sheets.values()), tuple(warnings))


def _part_of(worksheet: Any) -> str:
    """Which file of the archive a sheet is read from. openpyxl tells it nowhere else than in a name
    of its own; should it change, a formula without a result would no longer be told."""
    return str(worksheet._worksheet_path).lstrip("/")


def _unused(title: str, taken: dict[str, Sheet]) -> str:
    names = (title, *(f"{title} ({number})" for number in range(2, MAX_SHEETS + 2)))
    return next(name for name in names if name not in taken)


def _unescaped(row: tuple[Any, ...]) -> list[Any]:
    """Excel writes some characters as « _x000D_ »."""
    return [
        _ESCAPED.sub(_character, value) if type(value) is str and "_x" in value else value
        for value in row
    ]


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
