"""How long a convention takes, beside bare Platypus with the same text and LibreOffice."""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import Result, at_most, interleaved
from connexion_desktop.documents import fonts, paper_docx, paper_pdf
from connexion_desktop.documents.content import Paper, Timetable, texts
from connexion_desktop.documents.convention_text import paper_text
from connexion_desktop.domain.convention_paper import (
    Accompaniment,
    Address,
    Beneficiary,
    Body,
    Contact,
    ConventionPaper,
    Delegation,
    Host,
    Period,
    Prescriber,
)
from connexion_desktop.domain.identity import Civility, Nationality, Situation
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.placement import PlacementObject, PlacementState
from connexion_desktop.domain.timetable import Slot

PLATYPUS_TARGET = 1.5
WORD_TARGET = 10.0
_RUNS = 15
_WORD_RUNS = 3
_WORD_TIMEOUT = 120
_MARK = "Connexion des possibles"


def run() -> list[Result]:
    """Both comparisons, medians within this run."""
    paper = _convention()
    text = paper_text(paper)
    ours, bare = interleaved(
        (
            lambda: _timed(lambda: paper_pdf.render(paper)),
            lambda: _timed(lambda: _through_platypus(text)),
        ),
        _RUNS,
    )
    return [_against_platypus(ours, bare), _against_word(paper, ours)]


def _against_platypus(ours: float, bare: float) -> Result:
    how = (
        f"a whole convention: {ours * 1000:.0f} ms; the same texts as plain Platypus paragraphs "
        f"and one table: {bare * 1000:.0f} ms; medians of {_RUNS}, interleaved"
    )
    return at_most("pdf", ours / bare, "×", PLATYPUS_TARGET, how)


def _against_word(paper: ConventionPaper, ours: float) -> Result:
    target = f"≥ {WORD_TARGET:.0f}"
    office = shutil.which("soffice") or shutil.which("libreoffice")
    word = _through_word(office, paper_docx.render(paper)) if office else None
    if word is None:
        why = "did not make a PDF" if office else "(soffice) is not installed here"
        return Result("pdf-vs-word", None, "×", target, None, f"LibreOffice {why}")
    how = (
        f"the same convention as a Word template, filled by python-docx then converted by "
        f"soffice --headless: {word * 1000:.0f} ms, median of {_WORD_RUNS} after a first one; "
        f"ours: {ours * 1000:.0f} ms"
    )
    ratio = word / ours
    return Result("pdf-vs-word", round(ratio, 1), "×", target, ratio >= WORD_TARGET, how)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _through_platypus(paper: Paper) -> bytes:
    """Each text a Paragraph, the timetable a Table, in the same font: nothing else."""
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

    with fonts.LOCK:
        typeface = fonts.typeface_for("".join(texts(paper)))
        style = ParagraphStyle("body", fontName=typeface.regular.name, fontSize=9, leading=12)
        story: list[Flowable] = []
        for section in paper.sections:
            story.append(Paragraph(escape(section.title), style))
            for block in section.blocks:
                if isinstance(block, Timetable):
                    story.append(
                        Table(
                            _cells(block), style=[("FONT", (0, 0), (-1, -1), typeface.regular.name)]
                        )
                    )
                else:
                    story += [Paragraph(escape(each), style) for each in texts(block) if each]
        buffer = io.BytesIO()
        SimpleDocTemplate(buffer, invariant=1, pageCompression=1).build(story)
    return buffer.getvalue()


def _cells(table: Timetable) -> list[list[str]]:
    rows = [["", *table.day_names, ""]]
    for week in table.weeks:
        days = ["\n".join((day.date, *day.hours)) for day in week.days]
        rows.append([week.label, *days, week.total])
    return rows


def _through_word(office: str, template: bytes) -> float | None:
    """Median seconds to fill a Word template and convert it; None when nothing comes out."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        command = [
            office,
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(work / "paper.docx"),
        ]

        def convert() -> None:
            (work / "paper.docx").write_bytes(_filled(template))
            subprocess.run(command, check=True, capture_output=True, timeout=_WORD_TIMEOUT)

        try:
            times = [_timed(convert) for _ in range(_WORD_RUNS + 1)][1:]
        except (OSError, subprocess.SubprocessError):
            return None
        return statistics.median(times) if (work / "paper.pdf").is_file() else None


def _filled(template: bytes) -> bytes:
    from docx import Document

    document = Document(io.BytesIO(template))
    for paragraph in document.paragraphs:
        for each in paragraph.runs:
            if _MARK in each.text:
                each.text = each.text.replace(_MARK, "Association d’essai")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _convention() -> ConventionPaper:
    """A usual convention: three weeks, an adult, all known. Nobody in it exists."""
    first = date(2026, 3, 11)
    days = [first + timedelta(days=offset) for offset in range(17)]
    address = Address("12 rue des Essais", "", "33000", "Bordeaux")
    return ConventionPaper(
        number="PMSMP-2026-0001",
        state=PlacementState.TO_SIGN,
        issued_on=date(2026, 3, 2),
        issued_at="Bordeaux",
        prescriber=Prescriber(
            Body(_MARK, "Association loi 1901", "73282932000074", address, "05 36 49 12 01"),
            Delegation("CONV-33-2026-017", "Organisme délégant", "87 rue Inventée, Bordeaux"),
            Contact("Hélène Dumas-Œuvrard", "directrice"),
        ),
        beneficiary=Beneficiary(
            given_name="Thị Hương",
            birth_name="Nguyễn",
            civility=Civility.MRS,
            birth_date=ImpreciseDate(date(1988, 5, 12)),
            birth_city="Huế",
            birth_place="Viêt Nam",
            nationality=Nationality.FRENCH,
            address=address,
            phone="06 39 98 12 34",
            emergency=Contact("Marc Lefèvre", "conjoint", "06 39 98 56 78"),
            situation=Situation.FRANCE_TRAVAIL,
            jobseeker_number="1234567A",
        ),
        host=Host(
            Body("Menuiserie du Port", "SARL", "55208131766522", address, "05 36 49 77 10"),
            ape="43.32A",
            activity="Travaux de menuiserie bois et PVC",
            collective_agreement="Ouvriers du bâtiment (IDCC 1596)",
            tutor=Contact("Paul Martin", "chef d’atelier", "06 39 98 41 41", "p@example.org"),
            signatory=Contact("Jeanne Petit", "gérante"),
            insurance_attested=True,
        ),
        accompaniment=Accompaniment(Contact("Sarah Ben Amor", "conseillère référente")),
        period=Period(
            first_day=first,
            last_day=days[-1],
            slots=tuple(
                Slot(day, start, start + 210)
                for day in days
                if day.weekday() in (2, 3, 4)
                for start in (540, 810)
            ),
            purpose=PlacementObject.DISCOVER,
            tasks="Observer la prise de cotes, débiter, poncer, assembler. " * 6,
            objectives="Vérifier que le rythme et les gestes du métier conviennent. " * 3,
            evaluation="Grille d’observation remplie par le tuteur ; bilan à trois.",
            ppe="Chaussures de sécurité, lunettes",
            prevention="Accueil sécurité le premier matin",
        ),
    )
