"""The band of a journey: where everything goes, whatever the width, the text size and the life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from pytestqt.qtbot import QtBot

from connexion_desktop.domain.band import Band, BandEvent, EventStyle
from connexion_desktop.domain.feed import FeedKey, FeedKind, Lane
from connexion_desktop.domain.feed_rows import Words
from connexion_desktop.domain.person_band import JourneyDates, band_of
from connexion_desktop.ui import theme
from connexion_desktop.ui.widgets.timeline import Timeline, summary
from connexion_desktop.ui.widgets.timeline_layout import Geometry, Sizes, lay_out

START = date(2026, 3, 9)


def life(today: date, events: tuple[BandEvent, ...] = (), left_on: date | None = None) -> Band:
    journey = JourneyDates(START, date(2026, 5, 26), left_on)
    band = band_of((), journey, date(2026, 1, 20), Words({}), today)
    return Band(band.first, band.last, today, band.phases, band.marks, events)


def event(
    lane: Lane,
    offset: int,
    length: int | None = None,
    caption: str = "",
    style: EventStyle = EventStyle.DONE,
) -> BandEvent:
    on = START + timedelta(days=offset)
    until = None if length is None else on + timedelta(days=length)
    key = FeedKey(FeedKind.NOTE, UUID(int=1000 * list(Lane).index(lane) + offset + 100))
    return BandEvent(lane, on, style, f"{lane.label} {on}", key, until, caption)


def placed(band: Band, width: float = 1200, scale: float = 1.0) -> Geometry:
    sizes = Sizes.scaled(lambda pixels: round(pixels * scale))
    return lay_out(band, width, sizes, lambda text: 7 * scale * len(text))


widths = st.integers(420, 2600)
scales = st.sampled_from([1.0, 1.25, 1.5, 2.0])
todays = st.dates(date(2026, 1, 2), date(2027, 3, 30))
bars = st.builds(
    event,
    st.sampled_from([Lane.PLACEMENT, Lane.EQUIPMENT]),
    st.integers(-40, 350),
    st.integers(0, 200),
    st.sampled_from(["aide-soignante, 28 h", "PC-004, retour 10 sept."]),
)


@given(widths, scales, todays, st.none() | st.dates(date(2026, 4, 1), date(2027, 3, 1)))
def test_no_word_covers_another(
    width: int, scale: float, today: date, left_on: date | None
) -> None:
    found = placed(life(today, left_on=left_on), width, scale)
    marks = [line.text for line in found.marks if line.text is not None]
    assert found.pill is not None
    for one, other in combinations([found.pill, *marks], 2):
        assert not one.intersects(other)
    months = [
        QRectF(month.x, 0, 7 * scale * len(month.label), 10)
        for month in found.months
        if month.label
    ]
    assert not any(one.intersects(other) for one, other in combinations(months, 2))
    assert months


@given(widths, scales, todays)
def test_todays_line_crosses_no_phases_words(width: int, scale: float, today: date) -> None:
    found = placed(life(today), width, scale)
    assert found.today is not None
    for box in found.phases:
        words = QRectF(box.text.left(), 0, 7 * scale * len(box.label), 1)
        assert not box.label or not words.left() < found.today < words.right()
        assert words.right() <= box.rect.right() or not box.label


@given(widths, scales, todays, st.lists(bars, max_size=6))
def test_a_caption_covers_neither_a_bar_nor_another_caption(
    width: int, scale: float, today: date, events: list[BandEvent]
) -> None:
    found = placed(life(today, tuple(events)), width, scale)
    for lane in (Lane.PLACEMENT, Lane.EQUIPMENT):
        spots = [spot for spot in found.spots if spot.event.lane is lane]
        captions = [spot.caption for spot in spots if spot.caption is not None]
        for caption in captions:
            assert not any(caption.intersects(spot.rect) for spot in spots)
        assert not any(one.intersects(other) for one, other in combinations(captions, 2))


@given(widths, todays)
def test_a_later_day_is_never_drawn_before_an_earlier_one(width: int, today: date) -> None:
    events = tuple(event(Lane.TALK, offset) for offset in range(-30, 300, 9))
    lefts = [spot.rect.left() for spot in placed(life(today, events), width).spots]
    assert lefts == sorted(lefts)


@pytest.mark.parametrize("second", [(20, 150), (0, 180), (60, 30)])
def test_two_loans_at_once_are_told_apart(second: tuple[int, int]) -> None:
    loans = (
        event(Lane.EQUIPMENT, 0, 180, "PC-004, retour 5 sept."),
        event(Lane.EQUIPMENT, *second, "PC-011, retour 28 août"),
    )
    found = placed(life(date(2026, 4, 21), loans))
    first, other = found.spots
    assert not first.rect.intersects(other.rect)
    assert abs(first.rect.center().y() - other.rect.center().y()) >= first.rect.height()
    captions = [spot.caption for spot in found.spots]
    assert None not in captions
    for spot in found.spots:
        assert found.at(spot.rect.center(), 4) is spot
    band = found.lanes[Lane.EQUIPMENT]
    assert all(abs(spot.rect.center().y() - band) < 9 for spot in found.spots)


def test_a_loan_after_another_stays_on_one_line() -> None:
    loans = (event(Lane.EQUIPMENT, 0, 20, "PC-004"), event(Lane.EQUIPMENT, 40, 60, "PC-011"))
    first, other = placed(life(date(2026, 4, 21), loans)).spots
    assert first.rect.top() == other.rect.top()
    assert first.rect.height() == other.rect.height() == 9


def test_two_days_of_one_week_stand_side_by_side() -> None:
    days = (event(Lane.GROUP, 0), event(Lane.GROUP, 1))
    monday, tuesday = placed(life(date(2026, 4, 21), days)).spots
    assert not monday.rect.intersects(tuesday.rect)


def test_a_click_goes_to_the_nearest_event(qtbot: QtBot) -> None:
    events = tuple(event(Lane.TALK, offset) for offset in (0, 3, 60))
    band = Timeline()
    qtbot.addWidget(band)
    band.resize(1100, band.sizeHint().height())
    band.show_band(life(date(2026, 4, 21), events), "Aïssatou Diallo")
    band.show()
    found = band.geometry_of_band()
    assert found is not None
    chosen: list[FeedKey] = []
    band.chosen.connect(chosen.append)
    qtbot.mouseClick(band, Qt.MouseButton.LeftButton, pos=found.spots[2].rect.center().toPoint())
    assert chosen == [events[2].key]
    qtbot.mouseClick(band, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert len(chosen) == 1
    band.close()


@pytest.mark.parametrize("style", [EventStyle.EXCUSED, EventStyle.MISSED])
def test_an_absence_announced_is_drawn_hollow(qtbot: QtBot, style: EventStyle) -> None:
    past = event(Lane.GROUP, 14, style=style)
    foretold = replace(event(Lane.GROUP, 70, style=style), foretold=True)
    band = Timeline()
    qtbot.addWidget(band)
    theme.apply(theme.Scheme.LIGHT, 200)
    band.resize(2200, band.sizeHint().height())
    band.show_band(life(date(2026, 4, 21), (past, foretold)), "Aïssatou Diallo")
    band.show()
    found = band.geometry_of_band()
    assert found is not None
    picture = band.grab().toImage()
    filled, hollow = (
        picture.pixelColor(round(spot.rect.center().x()), round(spot.rect.top()) + 3)
        for spot in found.spots
    )
    assert hollow == theme.tokens().surface
    assert filled != hollow
    band.close()


@pytest.mark.parametrize(
    ("style", "words"),
    [(EventStyle.DONE, "2 entretiens"), (EventStyle.PLANNED, "à venir")],
)
def test_the_band_is_told_to_those_who_do_not_see_it(style: EventStyle, words: str) -> None:
    events = tuple(event(Lane.TALK, offset, style=style) for offset in (50, 60))
    told = summary(life(date(2026, 4, 21), events), "Aïssatou Diallo")
    assert told.startswith("Parcours de Aïssatou Diallo, en ce moment : 12 semaines en groupe")
    assert words in told
