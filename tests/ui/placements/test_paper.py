"""The paper beside: drawn, saved, printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog, QWidget
from sqlalchemy import select

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement import Party, PlacementState
from connexion_desktop.ui.file_dialogs import documents
from connexion_desktop.usecases import placements
from tests.placement_base import Office, issued, new_act

from .bench import CONTROL, Bench, sheets


def test_the_paper_is_drawn_and_follows_what_is_typed(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.until(lambda: len(sheets(bench)) >= 3)
    bar = bench.page.preview.area.verticalScrollBar()
    bench.until(lambda: bar.maximum() > 40)
    bench.form.host.book.unfold()
    before = sheets(bench)[0].pixmap().toImage()
    bench.put("trade", "Cuisinière")
    bar.setValue(40)
    bench.put("host.activity", "Hébergement de jour")
    bench.until(lambda: sheets(bench)[0].pixmap().toImage() != before)
    assert bar.value() == 40


@pytest.mark.parametrize("kind", [("pdf", ".pdf", b"%PDF"), ("word", ".docx", b"PK")])
def test_the_paper_is_saved_under_its_number(
    bench: Bench, office: Office, monkeypatch: pytest.MonkeyPatch, kind: tuple[str, str, bytes]
) -> None:
    act, suffix, start = kind
    bench.show(issued(bench.database, office))
    proposed: list[str] = []

    def ask(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(bench.folder / Path(name).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    action: QAction = bench.window.actions_.get(f"placements.{act}")
    action.trigger()
    target = bench.folder / f"PMSMP-2026-0001{suffix}"
    bench.until(lambda: target.exists() and bench.jobs.is_idle)
    assert proposed == [str(documents() / target.name)]
    assert target.read_bytes().startswith(start)


def test_a_paper_that_comes_back_during_a_revision_is_noted_as_signed(
    bench: Bench, database: Database, office: Office
) -> None:
    made = issued(database, office)
    with database.write(new_act()) as session:
        placements.revise(session, made)
    bench.show(made)
    assert not bench.reading
    section = bench.form.signatures
    assert section is not None
    for party in (Party.BENEFICIARY, Party.HOST):
        bench.click(section.boxes[party])
        bench.settle()
    assert bench.stored(made).revising
    bench.click(section.boxes[Party.PRESCRIBER])
    assert "abandonnée" in section.confirm.words.text()
    bench.press(Qt.Key.Key_Escape)
    assert not section.boxes[Party.PRESCRIBER].isChecked()
    bench.click(section.boxes[Party.PRESCRIBER])
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    stored = bench.stored(made)
    assert stored.stored_state is PlacementState.SIGNED
    assert not stored.revising


def test_a_file_whose_name_was_typed_short_is_not_written_over(
    bench: Bench, draft: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "papier.pdf"
    kept.write_bytes(b"autre chose")
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "papier"), "")
    )
    bench.show(draft)
    bench.page.preview.save_pdf()
    bench.settle()
    assert "existe déjà" in bench.window.banners.shown()[0].problem.what
    assert kept.read_bytes() == b"autre chose"


def test_a_folder_that_cannot_be_written_is_told(bench: Bench, draft: UUID, tmp_path: Path) -> None:
    bench.show(draft)
    bench.page.preview.save_to(tmp_path / "absent" / "papier.pdf")
    bench.until(lambda: bool(bench.window.banners.shown()))
    assert "papier.pdf" in bench.window.banners.shown()[0].problem.what


def test_the_paper_is_printed(
    bench: Bench, draft: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = tmp_path / "imprime.pdf"
    copies: list[int] = []

    def accept(dialog: QPrintDialog) -> int:
        copies.append(dialog.printer().copyCount())
        dialog.printer().setOutputFileName(str(printed))
        return int(QPrintDialog.DialogCode.Accepted.value)

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    with bench.database.write(new_act()) as session:
        for who in session.scalars(select(m.Person)):
            who.birth_date = date(2009, 9, 30)
    bench.show(draft)
    bench.press(Qt.Key.Key_P, CONTROL)
    bench.until(lambda: printed.exists() and bench.jobs.is_idle)
    assert printed.read_bytes().startswith(b"%PDF")
    paper = bench.stored(draft).paper
    assert copies == [len(paper.copies)]
    assert len(paper.parties) == len(paper.copies) + 1
