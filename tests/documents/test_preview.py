"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from pypdf import PdfWriter

from connexion_desktop.documents import preview
from connexion_desktop.documents.paper_pdf import render
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.progress import Silent
from tests.documents import papers


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render(papers.issued_paper())


def test_each_page_becomes_a_picture_of_the_asked_size(pdf: bytes) -> None:
    pictures = preview.render_pages(pdf, 1.5)
    assert len(pictures) == 3
    for picture in pictures:
        assert (picture.width, picture.height) == (893, 1263)
        assert len(picture.rgba) == picture.stride * picture.height


def test_a_page_is_ink_on_opaque_white(pdf: bytes) -> None:
    picture = preview.render_pages(pdf)[0]
    assert picture.rgba[:4] == b"\xff\xff\xff\xff"
    assert set(picture.rgba[3::4]) == {255}
    assert min(picture.rgba) < 60


def test_colours_are_in_the_order_red_green_blue(pdf: bytes) -> None:
    picture = preview.render_pages(pdf, 2)[0]
    middle_of_the_bar = (35 * 2 * picture.width + picture.width // 2) * 4
    red, green, blue = picture.rgba[middle_of_the_bar : middle_of_the_bar + 3]
    assert (red, green, blue) == (0x1F, 0x5F, 0xBF)


def test_what_is_not_a_pdf_is_refused_in_french() -> None:
    with pytest.raises(UserError, match="PDF lisible"):
        preview.render_pages(b"ce n'est pas un PDF")


def test_several_threads_may_ask_at_once(pdf: bytes) -> None:
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: preview.render_pages(pdf, 0.5), range(8)))
    assert all(picture == pictures[0] for picture in pictures)


def _blank(pages: int, width: float, height: float, password: str = "") -> bytes:
    made = PdfWriter()
    for _ in range(pages):
        made.add_blank_page(width, height)
    if password:
        made.encrypt(password)
    held = io.BytesIO()
    made.write(held)
    return held.getvalue()


def test_pages_of_others_are_as_wide_as_asked_and_counted() -> None:
    pages, count = preview.fitted_pages(_blank(5, 300, 400), 600, 3, Silent())
    assert count == 5
    assert [(page.width, page.height) for page in pages] == [(600, 800)] * 3


def test_a_page_that_pretends_to_be_endless_is_drawn_smaller() -> None:
    pages, _ = preview.fitted_pages(_blank(1, 10, 14_400), 600, 3, Silent())
    assert pages[0].height <= 1800


def test_pages_never_fill_the_memory() -> None:
    pages, count = preview.fitted_pages(_blank(30, 100, 300), 3000, 30, Silent())
    assert count == 30
    assert len(pages) == 2


def test_a_locked_pdf_says_why_it_is_not_shown() -> None:
    with pytest.raises(UserError, match="mot de passe"):
        preview.fitted_pages(_blank(1, 100, 100, "secret"), 600, 3, Silent())
