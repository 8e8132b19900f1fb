"""The band of the year."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.band import EventStyle, PhaseKind
from connexion_desktop.domain.feed import Lane

from ... import factories as make
from ...factories import START, days
from .reading import Acting, lines, opened


def test_the_band_carries_the_whole_year(database: Database, aissatou: tuple[UUID, UUID]) -> None:
    band = opened(database, aissatou[0]).band
    assert (band.first, band.last) == (date(2026, 1, 1), date(2027, 3, 31))
    assert [phase.kind for phase in band.phases] == list(PhaseKind)
    for earlier, later in zip(band.phases, band.phases[1:], strict=False):
        assert later.first == earlier.last + timedelta(days=1)
    assert band.phases[1].first == START
    assert [(mark.label, mark.on) for mark in band.marks] == [
        ("6 mois", date(2026, 9, 9)),
        ("12 mois", date(2027, 3, 9)),
    ]


def test_what_is_done_is_filled_and_what_is_planned_is_hollow(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        make.mark(session, journey, days(-8), "E")
        make.mark(session, journey, days(-7), "A")
        make.talk(session, who, days(-2))
        make.talk(session, who, days(9), state="planned")
        make.action(session, who, "CV à relire", days(3))
        make.action(session, who, "Relancer", days(-3))
        stay = make.placement(session, who, "draft", days(13), days(17), trade="Aide-soignante")
        for day in (days(13), days(15)):
            make.put(session, m.PlacementSlot(placement_id=stay, on=day, start=540, end=750))
        make.laptop(session, who, "PC-004", days(90))
        make.paper(session, who, "cv", "asked", asked_on=days(-1))
    events = opened(database, who).band.events
    styles = {(event.lane, event.on): event.style for event in events}
    assert styles == {
        (Lane.TALK, date(2026, 1, 20)): EventStyle.DONE,
        (Lane.GROUP, days(-8)): EventStyle.EXCUSED,
        (Lane.GROUP, days(-7)): EventStyle.MISSED,
        (Lane.TALK, days(-2)): EventStyle.DONE,
        (Lane.TALK, days(9)): EventStyle.PLANNED,
        (Lane.ACTION, days(3)): EventStyle.PLANNED,
        (Lane.ACTION, days(-3)): EventStyle.LATE,
        (Lane.PLACEMENT, days(13)): EventStyle.PLANNED,
        (Lane.EQUIPMENT, START): EventStyle.DONE,
        (Lane.PAPER, days(-1)): EventStyle.PLANNED,
    }
    event = next(event for event in events if event.lane is Lane.PLACEMENT)
    assert (event.until, event.caption) == (days(17), "aide-soignante, 7 h")


def test_an_absence_announced_is_still_to_come(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        make.mark(session, journey, days(-8), "E")
        make.mark(session, journey, days(6), "E")
    file = opened(database, who)
    absences = [event for event in file.band.events if event.style is EventStyle.EXCUSED]
    assert [(event.on, event.foretold) for event in absences] == [
        (days(-8), False),
        (days(6), True),
    ]
    planned = {item.on: item.planned for item in file.feed.items if item.title == "Absence"}
    assert planned == {days(-8): False, days(6): True}


def test_the_groups_days_to_come_are_on_the_band(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        group = session.get_one(m.Journey, journey).cohort_id
        for start, on in ((540, days(6)), (800, days(6)), (540, days(-1))):
            make.put(
                session,
                m.Meeting(
                    cohort_id=group, on=on, start=start, end=start + 180, kind="atelier", title="CV"
                ),
            )
    coming = [event for event in opened(database, who).band.events if event.key is None]
    assert [(event.on, event.style) for event in coming] == [(days(6), EventStyle.PLANNED)]


def test_an_exit_ends_the_phases_and_marks_the_band(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        session.get_one(m.Journey, journey).left_on = days(-1)
        make.put(session, m.JourneyExit(journey_id=journey, on=days(-1), exit="cdi"))
    file = opened(database, who)
    assert file.band.phases[-1].last == days(-1)
    assert file.band.marks[0].label == "sortie"
    assert lines(file)[0] == "Sortie du parcours · CDI"
