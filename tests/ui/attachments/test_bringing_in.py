"""Files dropped, pasted and chosen on the page of a person; those that are refused, and why."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from connexion_desktop.domain.attachments import HEAVIEST, MOST_AT_ONCE
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.ui.drops import WindowDrops

from ..elsewhere import Elsewhere
from .bench import Bench, pdf, photo


def test_a_scan_dropped_on_the_page_is_attached_and_seen(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "CV Aïssatou.pdf"))
    assert bench.names() == ["CV Aïssatou.pdf"]
    assert bench.panel.isVisible()
    assert bench.panel.file.look.pages.isVisible()
    assert bench.told() == "1 fichier joint · Ctrl+Z pour annuler"
    assert bench.page.journal.tabs.tabText(2) == "Fichiers · 1"
    assert bench.kept()["CV Aïssatou.pdf"] == (tmp_path / "CV Aïssatou.pdf").read_bytes()


def test_while_it_is_dragged_the_foot_says_what_becomes_of_it(bench: Bench, tmp_path: Path) -> None:
    bench.drag(pdf(tmp_path / "cv.pdf"))
    assert bench.told() == "Lâchez pour joindre à la fiche de cette personne."


def test_a_file_dropped_on_the_field_to_write_is_attached_and_not_written(
    bench: Bench, tmp_path: Path
) -> None:
    area = bench.page.journal.writer.area
    bench.drop(pdf(tmp_path / "cv.pdf"), over=area)
    assert bench.names() == ["cv.pdf"]
    assert area.toPlainText() == ""


def test_a_text_dragged_into_the_field_is_still_written(bench: Bench) -> None:
    data = QMimeData()
    data.setText("un mot")
    filters = bench.window.findChildren(WindowDrops)
    assert len(filters) == 1
    area = bench.page.journal.writer.area
    area.insertFromMimeData(data)
    assert area.toPlainText() == "un mot"


def test_a_table_dropped_on_another_page_is_still_imported(bench: Bench, tmp_path: Path) -> None:
    bench.window.go("group")
    table = tmp_path / "suivi.csv"
    table.write_text("Nom;Prénom\nDiallo;Awa", encoding="utf-8")
    bench.drop(table, over=bench.window.current_page())
    page = bench.window.current_page()
    assert isinstance(page, Elsewhere)
    assert page.target == table
    assert bench.kept() == {}


def test_a_table_dropped_on_a_person_is_attached_and_may_be_imported(
    bench: Bench, tmp_path: Path
) -> None:
    table = tmp_path / "suivi.csv"
    table.write_text("Nom;Prénom\nDiallo;Awa", encoding="utf-8")
    bench.drop(table)
    assert bench.names() == ["suivi.csv"]
    assert "il n’est pas importé" in bench.notice()
    notice = bench.panel.bringing.notice
    assert notice is not None
    bench.click(notice.buttons[0])
    page = bench.window.current_page()
    assert isinstance(page, Elsewhere)
    assert page.target == table


def test_several_files_are_one_act_and_one_undo(bench: Bench, tmp_path: Path) -> None:
    bench.drop(pdf(tmp_path / "un.pdf"), pdf(tmp_path / "deux.pdf", 2), photo(tmp_path / "3.png"))
    assert len(bench.names()) == 3
    bench.undo()
    assert bench.names() == []
    assert bench.kept() == {}


def test_the_same_file_again_is_said_and_not_doubled(bench: Bench, tmp_path: Path) -> None:
    path = pdf(tmp_path / "cv.pdf")
    bench.drop(path)
    bench.drop(path)
    assert bench.notice() == "« cv.pdf » est déjà joint ici : rien n’a été doublé."
    assert bench.names() == ["cv.pdf"]


def test_what_is_wrong_with_one_does_not_keep_the_others_out(bench: Bench, tmp_path: Path) -> None:
    empty, folder = tmp_path / "vide.pdf", tmp_path / "Papiers"
    empty.touch()
    folder.mkdir()
    bench.drop(pdf(tmp_path / "cv.pdf"), empty, folder)
    assert bench.names() == ["cv.pdf"]
    (problem,) = bench.problems()
    assert "2 fichiers sur 3 n’ont pas été joints" in problem
    assert "« vide.pdf » est vide" in problem
    assert "« Papiers » est un dossier" in problem


def test_hundreds_of_files_at_once_say_how_many_may_be(bench: Bench, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(MOST_AT_ONCE * 6)]
    bench.drop(*paths)
    (problem,) = bench.problems()
    assert "300 fichiers ont été déposés ensemble." in problem
    assert "Joignez-les par 50 au plus." in problem
    assert bench.kept() == {}


def test_files_too_heavy_together_are_refused_together(bench: Bench, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.bin" for number in range(6)]
    for number, path in enumerate(paths):
        path.write_bytes(bytes([number]) + bytes(18_000_000))
    bench.drop(*paths)
    (problem,) = bench.problems()
    assert "pèsent plus de 100 Mo" in problem
    assert "Joignez-les en plusieurs fois." in problem
    assert bench.kept() == {}


def test_a_film_is_refused_with_a_way_on(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(HEAVIEST + 1)
    bench.drop(path)
    (problem,) = bench.problems()
    assert "20 Mo au plus" in problem
    assert "partagez-le" in problem


def test_a_heavy_photo_is_reduced_and_said(bench: Bench, tmp_path: Path) -> None:
    photo(tmp_path / "salle.bmp", 3000, 2500, "BMP")
    assert (tmp_path / "salle.bmp").stat().st_size > HEAVIEST
    bench.drop(tmp_path / "salle.bmp")
    assert bench.names() == ["salle.jpg"]
    assert len(bench.kept()["salle.jpg"]) < 1_000_000
    assert bench.notice().startswith("« salle.bmp » : 22,5 Mo ramenés à ")
    assert bench.notice().endswith("l’original reste où il est.")
    assert (tmp_path / "salle.bmp").exists()


@pytest.mark.qt_log_ignore("JPEG", extend=True)
def test_a_heavy_file_that_pretends_to_be_a_photo_is_refused(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(HEAVIEST))
    bench.drop(path)
    (problem,) = bench.problems()
    assert "20 Mo au plus" in problem
    assert bench.kept() == {}


def test_what_is_dropped_belongs_to_whom_it_was_dropped_on(
    bench: Bench, tmp_path: Path, people: tuple[UUID, UUID]
) -> None:
    path = pdf(tmp_path / "cv.pdf")
    bench.page.take_files([path])
    bench.window.go("person", PersonTarget(people[1]))
    bench.settle()
    assert bench.names() == []
    bench.open(people[0])
    assert bench.names() == ["cv.pdf"]


def test_what_is_said_of_a_file_is_not_said_over_somebody_else(
    bench: Bench, tmp_path: Path, people: tuple[UUID, UUID]
) -> None:
    kept, empty = pdf(tmp_path / "Jugement.pdf"), tmp_path / "Ordonnance.pdf"
    empty.touch()
    bench.drop(kept)
    bench.page.take_files([kept, empty])
    bench.window.go("person", PersonTarget(people[1]))
    bench.settle()
    assert bench.notice() == ""
    (problem,) = bench.problems()
    assert "1 fichier n’a pas été joint" in problem
    assert "Ordonnance" not in problem


def test_giving_up_attaches_nothing(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 15_000_000)
    bench.page.take_files([path])
    bench.panel.bringing.progress.cancel.click()
    bench.settle()
    assert bench.kept() == {}
    assert bench.problems() == []


def test_an_image_is_pasted(bench: Bench) -> None:
    image = QImage(30, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.green)
    QGuiApplication.clipboard().setImage(image)
    bench.act("person.paste")
    assert bench.names() == ["Image collée le 21-04-2026.png"]
    assert bench.panel.file.look.pages.isVisible()


def test_files_are_pasted(bench: Bench, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(pdf(tmp_path / "cv.pdf")))])
    QGuiApplication.clipboard().setMimeData(data)
    bench.act("person.paste")
    assert bench.names() == ["cv.pdf"]


def test_with_nothing_to_paste_it_is_said(bench: Bench) -> None:
    QGuiApplication.clipboard().setText("un mot")
    bench.act("person.paste")
    assert bench.told() == "Il n’y a ni image ni fichier à coller."


def test_files_are_chosen(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = [str(pdf(tmp_path / "cv.pdf"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: (chosen, ""))
    bench.act("person.attach")
    assert bench.names() == ["cv.pdf"]


def test_a_link_to_a_web_page_is_no_file(bench: Bench) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/cv.pdf")])
    QGuiApplication.clipboard().setMimeData(data)
    bench.act("person.paste")
    assert bench.kept() == {}
