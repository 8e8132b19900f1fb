"""What Qt says by itself is in French, its own file dialog whole; files are asked in Documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QStandardPaths, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from connexion_desktop.ui.file_dialogs import documents, file_to_open, file_to_save
from connexion_desktop.ui.french import speak_french


@pytest.fixture
def french(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    known = qapp.findChildren(QTranslator)
    speak_french(qapp)
    yield
    for made in qapp.findChildren(QTranslator):
        if made not in known:
            qapp.removeTranslator(made)
    QLocale.setDefault(before)


@pytest.mark.usefixtures("french")
def test_the_file_dialog_of_qt_has_no_english_left(qtbot: QtBot) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    labels = {found.text().replace("&", "") for found in dialog.findChildren(QLabel)}
    assert {"Dossier\u00a0:", "Nom de fichier\u00a0:", "Type de fichiers\u00a0:"} <= labels
    buttons = dialog.findChildren(QDialogButtonBox)[0].buttons()
    assert {found.text().replace("&", "") for found in buttons} == {"Ouvrir", "Annuler"}
    dialog.close()


def test_files_are_asked_in_documents_unless_told_otherwise(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[str] = []

    def choose(_parent: QWidget, _title: str, start: str, _filters: str) -> tuple[str, str]:
        starts.append(start)
        return ("", "")

    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    parent = QWidget()
    qtbot.addWidget(parent)
    other = tmp_path / "sauvegardes"
    assert documents() == tmp_path
    assert file_to_open(parent, "Choisir", "Tous (*)", other) is None
    other.mkdir()
    file_to_open(parent, "Choisir", "Tous (*)", other)
    file_to_save(parent, "Enregistrer", "convention.pdf", "PDF (*.pdf)")
    assert starts == [str(tmp_path), str(other), str(tmp_path / "convention.pdf")]
