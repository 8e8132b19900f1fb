"""The recovery code on an A4 sheet, to be read years later by whoever finds it in a drawer."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextDocument,
)

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_TEXT = 12
_MARGIN = 20
_COLUMNS = 2


def sheet(code: str, association: str, on: date) -> QTextDocument:
    """The text of the sheet: what it opens, the code in large, how to use it, where to keep it.
    Sizes are in points, whatever the screen or the printer."""
    document = QTextDocument()
    font = QFont()
    font.setPointSizeF(_TEXT)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setHtml(
        "<p style='font-size: 12pt; color: #444444'>Connexion Desktop</p>"
        "<p style='font-size: 24pt; font-weight: 600'>Code de secours</p>"
        f"<p style='font-size: 15pt'><b>{escape(association)}</b></p>"
        f"<p>Imprimé le {on:%d/%m/%Y}.</p>"
        f"{_title('Ce qu’il ouvre')}"
        "<p>La base chiffrée de Connexion Desktop et toutes ses sauvegardes, si le poste est "
        "perdu, volé ou réinstallé, ou si la phrase de passe est oubliée. Qui a cette feuille peut "
        "lire la base ; sans elle, personne ne peut retrouver le code.</p>"
        f"{_title('Le code : huit groupes, à taper dans l’ordre')}"
        f"{_groups(code)}"
        f"{_title('Comment s’en servir')}"
        "<p>Phrase de passe oubliée : ouvrez Connexion Desktop, choisissez « Utiliser le code de "
        "secours » et tapez le code.</p>"
        "<p>Nouveau poste :</p>"
        "<p>1. Installez Connexion Desktop et ouvrez-le.</p>"
        "<p>2. Choisissez « Restaurer une sauvegarde », puis le fichier de la "
        "sauvegarde (il finit par « .base »).</p>"
        "<p>3. Tapez le code. Majuscules, tirets et espaces ne comptent pas ; le zéro et la lettre "
        "O se valent, comme le un et les lettres I et L.</p>"
        f"{_title('Où la garder')}"
        "<p>Sous clé, hors du bureau, loin de l’ordinateur : dans un coffre, ou chez une personne "
        "de confiance de l’association. Ne la photographiez pas et ne l’envoyez pas par "
        "courriel.</p>"
    )
    return document


def print_sheet(document: QTextDocument, printer: QPrinter) -> None:
    """Put the sheet on one A4 page, at the printer's own resolution."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    printer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document.documentLayout().setPaintDevice(printer)
    page = printer.pageLayout().paintRectPixels(printer.resolution())
    document.setPageSize(QSizeF(page.size()))
    painter = QPainter(printer)
    document.drawContents(painter)
    painter.end()


def _title(text: str) -> str:
    return f"<p style='font-size: 14pt; font-weight: 600; margin-top: 22px'>{text}</p>"


def _groups(code: str) -> str:
    """Two groups a line, each with its number: a mistyped group is told by it."""
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    groups = code.split("-")
    cells = [
        f"<td style='color: #444444; font-size: 12pt; padding: 8px' valign='middle'>{rank}</td>"
        f"<td style='padding: 8px 36px 8px 4px; font-size: 24pt; font-weight: 600;"
        f' font-family: "{escape(family)}"\'>{escape(group)}</td>'
        for rank, group in enumerate(groups, start=1)
    ]
    starts = range(0, len(cells), _COLUMNS)
    rows = "".join(f"<tr>{''.join(cells[start : start + _COLUMNS])}</tr>" for start in starts)
    return f"<table cellspacing='0'>{rows}</table>"
