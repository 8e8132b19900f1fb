"""The files of an immersion and of a computer, in a window of their own; a file found by Ctrl+K."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from connexion_desktop.data import models as m
from connexion_desktop.ui.attachments.window import FilesWindow
from connexion_desktop.ui.pages.equipment import EquipmentPage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.ui.pages.placements import PlacementsPage
from connexion_desktop.ui.palette import Palette

from ..names import unnamed
from ..walking import Walk
from .bench import COPY, LEFT, PLAIN, pdf


def opened(walk: Walk, name: str) -> FilesWindow:
    """The window of the first row of a page, opened by its keys."""
    walk.go(name)
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage | EquipmentPage)
    walk.window.actions_.get(f"{name}.files").trigger()
    walk.wait()
    window = page.files.window
    assert window is not None
    walk.until(lambda: window.panel.is_ready)
    return window


def drop(walk: Walk, window: FilesWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = window.panel.mapTo(window, window.panel.rect().center())
    enter = QDragEnterEvent(at, COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(window.windowHandle(), enter)
    assert enter.isAccepted()
    let_go = QDropEvent(QPointF(at), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(window.windowHandle(), let_go)
    walk.wait()
    walk.until(lambda: window.panel.is_ready)


@pytest.mark.parametrize("name", ["placements", "equipment"])
def test_a_row_has_its_files_in_a_window(walk: Walk, tmp_path: Path, name: str) -> None:
    window = opened(walk, name)
    drop(walk, window, pdf(tmp_path / "convention signée.pdf"))
    assert [row.name for row in window.panel.model.rows()] == ["convention signée.pdf"]
    assert window.news.text() == "1 fichier joint · Ctrl+Z pour annuler"
    assert not window.panel.file.kind.isVisible()
    assert not unnamed(window)
    walk.window.actions_.get("undo").trigger()
    walk.wait()
    assert window.panel.model.rows() == ()
    window.close()


def test_what_is_refused_is_told_in_the_window(walk: Walk, tmp_path: Path) -> None:
    window = opened(walk, "equipment")
    (tmp_path / "vide.pdf").touch()
    drop(walk, window, tmp_path / "vide.pdf")
    (banner,) = window.banners.shown()
    assert "est vide" in str(banner.problem)
    assert not walk.window.banners.shown()
    window.close()


def test_a_scan_dropped_on_an_immersion_is_attached_to_it(walk: Walk, tmp_path: Path) -> None:
    walk.go("placements")
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage)
    page.take_files([pdf(tmp_path / "signée.pdf")])
    walk.wait()
    window = page.files.window
    assert window is not None
    walk.until(lambda: window.panel.is_ready and bool(window.panel.model.rows()))
    assert page.files_button.text() == "1"
    window.close()


def heavy(path: Path) -> Path:
    """A file that takes a while to be read."""
    path.write_bytes(b"%PDF-1.4 " + path.name.encode() + bytes(15_000_000))
    return path


def files_kept(walk: Walk) -> list[str]:
    file, store = m.Attachment, walk.window.jobs.store
    assert store is not None
    with store.read() as session:
        return sorted(session.scalars(sa.select(file.name).where(file.deleted_at.is_(None))))


@pytest.mark.parametrize("name", ["placements", "equipment"])
def test_a_scan_dropped_on_a_row_is_kept_even_if_one_leaves_at_once(
    walk: Walk, tmp_path: Path, name: str
) -> None:
    opened(walk, name)
    before = files_kept(walk)
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage | EquipmentPage)
    page.files.take([heavy(tmp_path / "signée.pdf")])
    walk.window.go("group")
    walk.wait()
    assert files_kept(walk) == sorted([*before, "signée.pdf"])
    assert walk.window.status.news.text() == "1 fichier joint · Ctrl+Z pour annuler"


def test_a_scan_refused_once_one_has_left_is_told_without_its_name(
    walk: Walk, tmp_path: Path
) -> None:
    opened(walk, "placements")
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage)
    (tmp_path / "Jugement Awa.pdf").touch()
    page.files.take([tmp_path / "Jugement Awa.pdf"])
    walk.window.go("group")
    walk.wait()
    (banner,) = walk.window.banners.shown()
    assert "1 fichier n’a pas été joint" in str(banner.problem)
    assert "Awa" not in str(banner.problem)


def test_two_scans_dropped_one_after_the_other_are_both_kept(walk: Walk, tmp_path: Path) -> None:
    window = opened(walk, "placements")
    before = files_kept(walk)
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage)
    page.take_files([heavy(tmp_path / "un.pdf")])
    page.take_files([heavy(tmp_path / "deux.pdf")])
    walk.wait()
    assert page.files.window is window
    assert files_kept(walk) == sorted([*before, "un.pdf", "deux.pdf"])
    window.close()


def test_the_window_goes_with_its_page(walk: Walk) -> None:
    opened(walk, "placements")
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage)
    walk.go("person")
    assert page.files.window is None
    walk.until(lambda: not walk.window.findChildren(FilesWindow))


def test_ctrl_k_then_cv_and_a_name_shows_the_file(walk: Walk) -> None:
    walk.window.actions_.get("search").trigger()
    palette = walk.window.findChild(Palette)
    assert palette is not None
    palette.line.setText("cv diallo")
    walk.wait()
    QApplication.processEvents()
    walk.press(Qt.Key.Key_Return, PLAIN)
    page = walk.window.current_page()
    assert isinstance(page, PersonPage)
    walk.until(lambda: page.journal.has_files and page.journal.files.is_ready)
    row = page.journal.files.file.row
    assert row is not None
    assert row.name == "CV Aïssatou Diallo.pdf"
    assert page.journal.files.file.look.pages.isVisible()


@pytest.mark.parametrize(("name", "typed"), [("placements", "devis"), ("equipment", "devis pc")])
def test_ctrl_k_shows_the_file_of_a_row(walk: Walk, tmp_path: Path, name: str, typed: str) -> None:
    window = opened(walk, name)
    drop(walk, window, pdf(tmp_path / "devis.pdf"))
    window.close()
    walk.go("group")
    walk.window.actions_.get("search").trigger()
    palette = walk.window.findChild(Palette)
    assert palette is not None
    palette.line.setText(typed)
    walk.wait()
    QApplication.processEvents()
    walk.press(Qt.Key.Key_Return, PLAIN)
    page = walk.window.current_page()
    assert isinstance(page, PlacementsPage | EquipmentPage)
    shown = page.files.window
    assert shown is not None
    walk.until(lambda: shown.panel.is_ready)
    assert shown.panel.file.row is not None
    assert shown.panel.file.row.name == "devis.pdf"
    shown.close()
