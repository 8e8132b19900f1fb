"""The logo: any PNG or JPEG, made small; at the head of papers, whatever was issued before."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.documents import paper_docx, paper_pdf
from connexion_desktop.documents.picture import HEAVIEST, reduced
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.usecases import logo, papers, undo
from tests.documents.loan_papers import agreement
from tests.documents.papers import issued_paper


def drawn(kind: str = "PNG", size: tuple[int, int] = (240, 90), mode: str = "RGB") -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "#1F5FBF" if mode != "L" else 90).save(written, kind)
    return written.getvalue()


def kept(database: Database) -> bytes:
    with database.read() as session:
        return logo.content(session)


def file_of(folder: Path, content: bytes, name: str = "logo.png") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_kept_small_whatever_its_name(
    database: Database, act: Callable[..., Act], tmp_path: Path, kind: str
) -> None:
    picture = logo.read(file_of(tmp_path, drawn(kind, (3000, 1200)), "scan.txt"))
    assert (picture.width, picture.height) == (1000, 400)
    with database.write(act()) as session:
        logo.put(session, picture)
    assert Image.open(io.BytesIO(kept(database))).format == "PNG"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_logo_of_any_colours_is_printed(mode: str) -> None:
    picture = reduced(drawn(mode=mode) if mode not in ("1", "LA", "P") else _converted(mode), 1000)
    assert paper_pdf.render(issued_paper(), picture.png).startswith(b"%PDF")


def _converted(mode: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 32), "#1E7B4D").convert(mode).save(written, "PNG")
    return written.getvalue()


def test_one_logo_takes_the_place_of_the_other_and_ctrl_z_gives_it_back(
    database: Database, act: Callable[..., Act]
) -> None:
    first, second = reduced(drawn(), 1000), reduced(drawn(size=(90, 90)), 1000)
    for picture in (first, second):
        with database.write(act("Logo changé")) as session:
            logo.put(session, picture)
    assert kept(database) == second.png
    with database.write(act("Annuler")) as session:
        undo.undo_last(session, act().author)
    assert kept(database) == first.png
    with database.write(act("Logo retiré")) as session:
        logo.remove(session)
    assert kept(database) == b""
    with database.read() as session:
        alive = sa.select(m.AttachmentBytes.id).where(m.AttachmentBytes.deleted_at.is_(None))
        assert session.scalars(alive).all() == []


def test_a_logo_is_no_file_of_anybody(database: Database, act: Callable[..., Act]) -> None:
    with database.write(act()) as session:
        logo.put(session, reduced(drawn(), 1000))
    with database.read() as session:
        row = session.scalars(sa.select(m.Attachment)).one()
        assert row.subject_table == "association"
        assert row.subject_id == session.info["association_id"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "ni une image"),
        (b"GIF89a" + bytes(40), "ni une image"),
        (b"%PDF-1.7", "ni une image"),
        (b"<svg onload='x()'/>", "ni une image"),
        (drawn()[:60], "abîmée"),
        (drawn("JPEG", (900, 900))[:800], "abîmée"),
        (bytes(HEAVIEST + 1), "20 Mo"),
    ],
)
def test_a_file_that_lies_about_its_kind_is_refused(
    tmp_path: Path, content: bytes, why: str
) -> None:
    with pytest.raises(UserError, match=why):
        logo.read(file_of(tmp_path, content))


def test_a_bomb_is_never_unpacked(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG", optimize=True)
    assert len(bomb.getvalue()) < 1_000_000
    with pytest.raises(UserError, match="trop grande"):
        logo.read(file_of(tmp_path, bomb.getvalue()))


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ne se lit pas"):
        logo.read(tmp_path / "absent.png")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 200))
def test_a_damaged_file_is_refused_or_read_and_nothing_else(noise: bytes, at: int) -> None:
    whole = drawn(size=(20, 20))
    try:
        reduced(whole[:at] + noise + whole[at + len(noise) :], 1000)
    except UserError as problem:
        assert problem.safe


def test_the_logo_and_the_address_stand_at_the_head_of_papers() -> None:
    png = reduced(drawn(), 1000).png
    for stated in (issued_paper(), agreement()):
        with_logo, without = paper_pdf.render(stated, png), paper_pdf.render(stated)
        assert _pictures(with_logo) == 1
        assert _pictures(without) == 0
        assert paper_pdf.render(stated, png) == with_logo
        assert "word/media/image1.png" in _names(paper_docx.render(stated, png))
        assert not any("media" in name for name in _names(paper_docx.render(stated)))


def test_an_issued_convention_is_printed_again_under_the_logo_of_today(tmp_path: Path) -> None:
    for name in ("convention.pdf", "convention.docx"):
        papers.write(issued_paper(), tmp_path / name, reduced(drawn(), 1000).png)
        assert (tmp_path / name).stat().st_size > 1000


def _pictures(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages[0].images)


def _names(docx: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(docx)).namelist()
