"""The layout's promises: nothing off the page, nothing lost, what is glued stays together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.documents import fonts
from connexion_desktop.documents.layout import (
    Columns,
    Paginator,
    Placed,
    Ruler,
    Strip,
    Style,
    Text,
    colour,
)

STYLE = Style(9, 12, colour("#000000"))
TOP, BOTTOM = 50.0, 750.0


@pytest.fixture(scope="module")
def ruler() -> Ruler:
    with fonts.LOCK:
        return Ruler(fonts.typeface_for("Texte"))


@given(
    text=st.text(alphabet="abc éœ-’\u00a0\n", max_size=300),
    room=st.floats(min_value=20, max_value=500),
)
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(
    ruler: Ruler, text: str, room: float
) -> None:
    lines = ruler.wrap(text, STYLE, room)
    assert all(ruler.width(line, STYLE) <= room + 0.01 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


_STRIPS = st.lists(
    st.builds(Strip, st.floats(min_value=1, max_value=300), st.just(()), st.booleans()), max_size=60
)


def _paginated(strips: list[Strip]) -> list[list[Placed]]:
    paginator = Paginator(TOP + 100, TOP, BOTTOM)
    paginator.add(strips)
    return paginator.pages


@given(_STRIPS)
def test_every_strip_is_placed_once_in_order_within_the_page(strips: list[Strip]) -> None:
    pages = _paginated(strips)
    placed = [slot for page in pages for slot in page]
    assert [slot.strip for slot in placed] == strips
    assert all(slot.top + slot.strip.height <= BOTTOM + 0.01 for slot in placed)


@given(_STRIPS)
def test_glued_strips_stay_on_one_page_when_a_page_can_hold_them(strips: list[Strip]) -> None:
    page_of: list[int] = [number for number, page in enumerate(_paginated(strips)) for _ in page]
    group: list[int] = []
    for index, strip in enumerate(strips):
        group.append(index)
        if not strip.glued:
            if sum(strips[each].height for each in group) <= BOTTOM - TOP:
                assert len({page_of[each] for each in group}) == 1
            group = []


@given(st.lists(st.booleans(), max_size=300), st.floats(min_value=0, max_value=600))
def test_columns_lose_no_line_and_keep_their_order(glue: list[bool], above: float) -> None:
    lines = tuple(
        Strip(10, (Text(0, 8, str(index), STYLE),), glued) for index, glued in enumerate(glue)
    )
    paginator = Paginator(TOP, TOP, BOTTOM)
    paginator.add([Strip(above), Columns(lines, 250)])
    read = [
        mark
        for page in paginator.pages
        for slot in page
        for mark in slot.strip.marks
        if isinstance(mark, Text)
    ]
    assert [mark.text for mark in read] == [str(index) for index in range(len(glue))]
    for page in paginator.pages:
        assert all(slot.top + slot.strip.height <= BOTTOM + 0.01 for slot in page)


def test_columns_are_evened_on_the_page_where_they_end() -> None:
    lines = tuple(Strip(10, (Text(0, 8, str(index), STYLE),)) for index in range(31))
    strip, rest = Columns(lines, 250).take(500)
    assert rest is None
    assert strip.height == 160


def test_a_table_s_titles_come_back_at_the_top_of_a_page() -> None:
    titles = Strip(20)
    strips = [Strip(100, above=titles) for _ in range(10)]
    pages = _paginated(strips)
    assert len(pages) == 2
    assert pages[1][0].strip is titles
