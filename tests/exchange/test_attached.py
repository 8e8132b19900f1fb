"""Files of others, read to be attached or looked at: empty, endless, changing, bombs."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from docx import Document

from connexion_desktop.domain.attachments import HEAVIEST
from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.progress import Silent
from connexion_desktop.exchange import attached, word_text

JPEG = b"\xff\xd8\xff\xe0"


class _Meanwhile:
    """Somebody else writes in the file while it is read."""

    def __init__(self, path: Path, more: bytes) -> None:
        self.path, self.more = path, more

    def step(self, done: int, total: int, label: str = "") -> None:
        if self.more:
            with self.path.open("ab") as file:
                file.write(self.more)
            self.more = b""


class _GivenUp:
    def step(self, done: int, total: int, label: str = "") -> None:
        raise Cancelled


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-" + bytes(3_000_000))
    assert attached.read(path, Silent()) == path.read_bytes()


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vide.pdf"
    path.touch()
    with pytest.raises(UserError, match="est vide"):
        attached.read(path, Silent())


def test_a_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        attached.read(tmp_path, Silent())
    assert "dossier" in told.value.what
    assert told.value.todo == "Déposez les fichiers qu’il contient."


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ne peut pas être lu"):
        attached.read(tmp_path / "parti.pdf", Silent())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe on this system")
def test_a_pipe_that_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.pdf")
    with pytest.raises(UserError, match="n’est pas un fichier"):
        attached.read(tmp_path / "tube.pdf", Silent())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device on this system")
def test_a_device_is_not_a_file() -> None:
    with pytest.raises(UserError, match="n’est pas un fichier"):
        attached.read(Path("/dev/zero"), Silent())


def test_a_file_that_is_still_being_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bytes(2_500_000))
    with pytest.raises(UserError, match="a changé pendant sa lecture"):
        attached.read(path, _Meanwhile(path, b"la suite"))


def test_giving_up_reads_no_more(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(bytes(2_500_000))
    with pytest.raises(Cancelled):
        attached.read(path, _GivenUp())


def test_a_film_is_too_heavy(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(HEAVIEST + 1)
    with pytest.raises(UserError, match="20 Mo au plus") as told:
        attached.read(path, Silent())
    assert told.value.todo


def test_a_heavy_photo_is_read_to_be_reduced_but_not_any_photo(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(JPEG)
    with path.open("ab") as file:
        file.truncate(HEAVIEST + 1)
    assert len(attached.read(path, Silent())) == HEAVIEST + 1
    with path.open("ab") as file:
        file.truncate(250_000_000)
    with pytest.raises(UserError, match="même pour être réduit"):
        attached.read(path, Silent())


def docx(*paragraphs: str) -> bytes:
    made = Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def packed(part: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return held.getvalue()


def test_the_text_of_a_word_document_is_read() -> None:
    assert word_text.text_of(docx("Bonjour", "à <b>vous</b>\tet à moi"), Silent()) == (
        "Bonjour\nà <b>vous</b>\tet à moi"
    )


def test_a_bomb_is_not_unpacked() -> None:
    bomb = packed("word/document.xml", bytes(200 * 1024 * 1024))
    assert len(bomb) < 1_000_000
    with pytest.raises(ValueError, match="too much"):
        word_text.text_of(bomb, Silent())


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:p><w:t>&b;</w:t></w:p></w:document>"""
OUTSIDE = LAUGHS.replace(b'"ha"', b'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 abime",
        b"rien",
        packed("autre.xml", b"<a/>"),
        packed("word/document.xml", b"<a><b></a>"),
        packed("word/document.xml", LAUGHS),
        packed("word/document.xml", OUTSIDE),
    ],
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a document"):
        word_text.text_of(content, Silent())


def test_an_endless_document_is_cut() -> None:
    paragraph = b"<w:p><w:r><w:t>" + b"mot " * 5000 + b"</w:t></w:r></w:p>"
    xml = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + paragraph * 100
        + b"</w:document>"
    )
    text = word_text.text_of(packed("word/document.xml", xml), Silent())
    assert len(text) < 250_000
    assert text.endswith("…")


WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


class _Count:
    """How often it was told where the reading is."""

    steps = 0

    def step(self, done: int, total: int, label: str = "") -> None:
        self.steps += 1


@pytest.mark.parametrize("inside", [b"<a/>", b"<w:p><w:r/></w:p>", b"<w:p>", b"<a>x</a>"])
def test_a_document_of_millions_of_elements_is_cut_long_before_its_end(inside: bytes) -> None:
    xml = WORD + b"<w:p><w:t>Bonjour</w:t></w:p>" + inside * (15_000_000 // len(inside))
    content = packed("word/document.xml", xml)
    assert len(content) < 100_000
    watched = _Count()
    told = word_text.text_of(content, watched)
    assert told.startswith("Bonjour\n")
    assert told.endswith("…")
    assert watched.steps < 1000


def test_looking_at_a_document_may_be_given_up() -> None:
    with pytest.raises(Cancelled):
        word_text.text_of(docx("un mot"), _GivenUp())
