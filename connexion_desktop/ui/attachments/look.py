"""What is seen of a file without any other program: its pages, its picture, its text or its rows.
Nothing in it is ever run, nor read as HTML."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from connexion_desktop.domain.attachments import FileContent
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.progress import Progress

MOST_PAGES = 30
_MOST_LETTERS = 100_000
_LONGEST_LINE = 2_000
_TALLEST = 3
MOST_ROWS = 200
_LONGEST_CELL = 500
_COPY = "Enregistrez-en une copie (Ctrl+Maj+S), puis ouvrez-la avec"
_WORDS = {
    Media.HEIC: (
        f"Les photos HEIC d’un téléphone ne s’affichent pas ici. {_COPY} les Photos de "
        "l’ordinateur. Sur un iPhone, Réglages › Appareil photo › Formats › « Le plus compatible » "
        "en fait des JPEG."
    ),
    Media.OLD_OFFICE: (
        "Un ancien document Office, ou un document protégé par un mot de passe, ne s’affiche pas "
        f"ici. {_COPY} Word, Excel ou LibreOffice."
    ),
    Media.MARKUP: "Une page web n’est pas affichée : elle pourrait agir.",
    Media.PROGRAM: "Un programme n’est jamais lancé d’ici.",
    Media.ZIP: "Une archive n’est pas ouverte d’ici.",
}
_ELSE = f"Cette sorte de fichier ne s’affiche pas ici. {_COPY} le logiciel qui l’a fait."


@dataclass(frozen=True, slots=True)
class Look:
    """Pictures, a text or the cells of a table, else `words` that say why there are none; `more`
    says what is not shown."""

    images: tuple[QImage, ...] = ()
    text: str | None = None
    cells: tuple[tuple[str, ...], ...] = ()
    words: str = ""
    more: str = ""


def look_at(file: FileContent, width: int, progress: Progress) -> Look:
    """See a file `width` pixels wide. Raises Cancelled when something else is to be seen."""
    try:
        return _look_at(file, width, progress)
    except UserError as problem:
        return Look(words=problem.what)


def _look_at(file: FileContent, width: int, progress: Progress) -> Look:
    media = file.row.media
    progress.step(0, 1)
    if media is Media.PDF:
        return _pages(file.content, width, progress)
    if media.is_shown_as_picture:
        from connexion_desktop.ui import pictures

        room = QSize(width, width * _TALLEST)
        return Look((_painted(pictures.decoded(file.content, media, room)),))
    if media is Media.TEXT:
        return _text(_decoded(file.content))
    if media is Media.DOCX:
        return _words(file.content, progress)
    if media in (Media.XLSX, Media.ODS):
        return _rows(file, progress)
    return Look(words=_WORDS.get(media, _ELSE))


def _words(document: bytes, progress: Progress) -> Look:
    from connexion_desktop.exchange import word_text

    try:
        return _text(word_text.text_of(document, progress))
    except ValueError:
        return Look(words="Ce document Word est abîmé, ou protégé par un mot de passe.")


def _rows(file: FileContent, progress: Progress) -> Look:
    """The first sheet that holds something."""
    from connexion_desktop.domain.import_cells import as_text
    from connexion_desktop.exchange import tables

    sheets = tables.first_rows(file.row.name, file.content, progress, MOST_ROWS + 1)
    number, sheet = next(
        ((number, sheet) for number, sheet in enumerate(sheets, 1) if sheet.rows), (0, None)
    )
    if sheet is None:
        return Look(words="Ce classeur ne contient rien.")
    cells = tuple(
        tuple(as_text(value)[:_LONGEST_CELL] for value in row) for row in sheet.rows[:MOST_ROWS]
    )
    more = [f"feuille « {sheet.name} », {number} sur {len(sheets)}"] * (len(sheets) > 1)
    more += [f"{MOST_ROWS} premières lignes"] * (len(sheet.rows) > MOST_ROWS)
    return Look(cells=cells, more=" · ".join(more))


def _pages(pdf: bytes, width: int, progress: Progress) -> Look:
    from connexion_desktop.documents import preview

    pages, count = preview.fitted_pages(pdf, width, MOST_PAGES, progress)
    images = tuple(
        _painted(QImage(page.rgba, page.width, page.height, QImage.Format.Format_RGBX8888))
        for page in pages
    )
    more = f"{len(pages)} pages montrées sur {count}" if count > len(pages) else ""
    return Look(images, more=more or f"{count} page{'s' * (count > 1)}")


def _painted(image: QImage) -> QImage:
    """As the screen takes it: turned into that there, thirty pages would be felt."""
    formats = QImage.Format
    return image.convertToFormat(
        formats.Format_ARGB32_Premultiplied if image.hasAlphaChannel() else formats.Format_RGB32
    )


def _text(text: str) -> Look:
    """Lines without an end are cut: laid out, one of a million letters would be felt."""
    if not text.strip():
        return Look(words="Ce document ne contient pas de texte.")
    more = "début du texte" if len(text) > _MOST_LETTERS else ""
    lines = (
        line[start : start + _LONGEST_LINE]
        for line in text[:_MOST_LETTERS].splitlines()
        for start in range(0, len(line) or 1, _LONGEST_LINE)
    )
    return Look(text="\n".join(lines), more=more)


def _decoded(content: bytes) -> str:
    """A text in whatever office encoding it came."""
    sample = content[: 4 * _MOST_LETTERS]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample.decode("utf-16", "replace")
    try:
        return sample.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut_letter = error.start >= len(sample) - 4 and len(sample) < len(content)
        return sample.decode("utf-8-sig" if cut_letter else "cp1252", "replace")
