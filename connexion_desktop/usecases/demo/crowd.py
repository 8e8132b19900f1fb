"""Past groups by the hundred: as many people as asked, their journeys told in less detail."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.convention_paper import Address, Beneficiary
from connexion_desktop.domain.french_dates import MONTHS
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.people import person_number
from connexion_desktop.domain.progress import Progress

from . import crowd_stays, crowd_words, names
from .days import born, group_days
from .numbers import phone
from .places import House
from .rows import Book

GROUP = 12
_QUARTERS = 40
_QUARTER_WEEKS = 13
_GROUPS_POURED = 40
_MEETINGS = 4
_SITES = (("bordeaux", "nadia"), ("talence", "yves"), ("bordeaux", "nadia"), ("pessac", "awa"))


@dataclass(frozen=True, slots=True)
class PastGroup:
    """One group of the past."""

    name: str
    site: str
    leader: str
    start: date
    size: int


@dataclass(slots=True)
class Crowd:
    """Writes the people of the past. Its own book and chance: the three groups never change."""

    book: Book
    house: House
    draw: random.Random
    number: int
    papers: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def write(self, session: Session, people: int, before: date, progress: Progress) -> None:
        """Write `people` people in groups that began well before that day."""
        done = 0
        for rank, group in enumerate(past_groups(people, before), start=1):
            self._write_group(group)
            done += group.size
            if rank % _GROUPS_POURED == 0 or done == people:
                self.book.pour(session)
                progress.step(done, people, "Groupes passés")
        for year, last in self.papers.items():
            set_counter(session, f"PMSMP-{year}", last)

    def _write_group(self, group: PastGroup) -> None:
        book, house = self.book, self.house
        cohort = book.add(
            m.Cohort,
            name=group.name,
            site_id=house.sites[group.site],
            conseiller_id=house.staff[group.leader],
            starts_on=group.start,
            ends_on=group.start + timedelta(weeks=12, days=-6),
            state="closed",
        )
        meetings = self._write_meetings(group, cohort)
        for _ in range(group.size):
            self._write_person(group, cohort, meetings)
            self.number += 1

    def _write_meetings(self, group: PastGroup, cohort: UUID) -> list[tuple[date, UUID]]:
        days = [day for _, day in group_days(group.start, 12)][:: 24 // _MEETINGS][:_MEETINGS]
        return [
            (
                day,
                self.book.add(
                    m.Meeting,
                    cohort_id=cohort,
                    on=day,
                    start=540,
                    end=720,
                    kind="atelier",
                    title=crowd_words.WORKSHOPS[rank % len(crowd_words.WORKSHOPS)],
                    site_id=self.house.sites[group.site],
                    leader_id=self.house.staff[group.leader],
                    state="held",
                ),
            )
            for rank, day in enumerate(days)
        ]

    def _write_person(
        self, group: PastGroup, cohort: UUID, meetings: list[tuple[date, UUID]]
    ) -> None:
        book, draw = self.book, self.draw
        left = group.start + timedelta(days=draw.randint(100, 330))
        person, beneficiary = self._write_identity(group)
        trade = draw.choice(crowd_words.TRADES)
        journey = book.add(
            m.Journey,
            person_id=person,
            cohort_id=cohort,
            entered_on=group.start,
            left_on=left,
            activity=draw.choice(("podcast", "cuisine", "sport", "theatre")),
        )
        book.add(
            m.JourneyExit,
            journey_id=journey,
            on=left,
            exit=draw.choices(crowd_words.EXITS, crowd_words.EXIT_WEIGHTS)[0],
        )
        self._write_attendance(journey, meetings)
        self._write_project(journey, group.start, trade)
        self._write_exchanges(group, person, journey, left)
        book.add(
            m.Document,
            person_id=person,
            kind="identite",
            state="checked",
            asked_on=group.start,
            received_on=group.start,
            checked_on=group.start,
        )
        if draw.random() < crowd_stays.SHARE:
            stay = crowd_stays.PastStay(
                person, journey, beneficiary, group.start, group.leader, *trade
            )
            crowd_stays.write(book, self.house, draw, stay, self._paper_number)

    def _paper_number(self, on: date) -> str:
        self.papers[on.year] += 1
        return f"PMSMP-{on.year}-{self.papers[on.year]:04}"

    def _write_identity(self, group: PastGroup) -> tuple[UUID, Beneficiary]:
        book, draw = self.book, self.draw
        woman = draw.random() < 0.55
        given = draw.choice(names.WOMEN if woman else names.MEN)
        family = draw.choice(names.FAMILIES)
        if draw.random() < 0.15:
            family = f"{family}-{draw.choice(names.FAMILIES)}"
        birth = ImpreciseDate(
            born(book.today, draw.randint(22, 68), draw.randint(1, 12), 1),
            draw.choice((Precision.DAY, Precision.DAY, Precision.DAY, Precision.MONTH)),
        )
        address = f"{draw.randint(1, 99)} {draw.choice(crowd_words.STREETS)}"
        met_on = group.start - timedelta(days=draw.randint(20, 60))
        person = book.add(
            m.Person,
            number=person_number(self.number),
            civility="mme" if woman else "m",
            given_name=given,
            family_name=family,
            birth_name=family,
            birth_date=birth.day,
            birth_precision=birth.precision,
            nationality=draw.choice(("fr", "fr", "eu")),
            address=address,
            postal_code="33000",
            city="Bordeaux",
            country="France",
            phone=phone(draw.randrange(10_000)),
            site_id=self.house.sites[group.site],
            referent_id=self.house.staff[group.leader],
            state="out",
            met_on=met_on,
            channel=draw.choice(crowd_words.CHANNELS),
            public=draw.choice(("visible", "invisible")),
            elsewhere="none",
            french_oral=draw.choice(("A2", "A2", "B1", "B2", "C1")),
        )
        book.add(m.IntakeStep, person_id=person, kind="met", on=met_on, outcome="interested")
        book.add(
            m.PersonSituation,
            person_id=person,
            situation="autre",
        )
        book.add(
            m.PersonSocial,
            person_id=person,
            resources=draw.choice(("rsa", "ass", "aucune", "salaire")),
            training_level=draw.choice(("infra3", "3", "4", "etranger")),
            dependent_children=draw.choice((0, 0, 1, 2)),
        )
        beneficiary = Beneficiary(
            given, family, birth_date=birth, address=Address(address, "", "33000", "Bordeaux")
        )
        return person, beneficiary

    def _write_attendance(self, journey: UUID, meetings: list[tuple[date, UUID]]) -> None:
        marks = self.draw.choices("PAER", (84, 6, 7, 3), k=len(meetings))
        for (day, meeting), mark in zip(meetings, marks, strict=True):
            self.book.add(
                m.Attendance,
                journey_id=journey,
                meeting_id=meeting,
                on=day,
                half="am",
                mark=mark,
                minutes={"P": 180, "R": 160}.get(mark, 0),
                late_minutes=20 if mark == "R" else None,
                justified=mark == "E",
            )

    def _write_project(self, journey: UUID, start: date, trade: tuple[str, str]) -> None:
        book, draw = self.book, self.draw
        label, family = trade
        other = draw.choice([code for code in self.house.families if code != family])
        for rank, code in enumerate((family, other), start=1):
            book.add(
                m.FamilyChoice,
                journey_id=journey,
                family_id=self.house.families[code],
                rank=rank,
                discovered_on=start + timedelta(weeks=rank + 1),
                interest=draw.randint(1, 5),
            )
        book.add(m.ProjectChoice, journey_id=journey, rank=1, label=label, state="confirmed")
        book.add(m.Milestone, journey_id=journey, kind="cv", done_on=start + timedelta(weeks=4))
        book.add(
            m.ObstacleLevel,
            journey_id=journey,
            theme=draw.choice(("logement", "mobilite", "langue", "famille", "confiance")),
            level=draw.randint(2, 5),
            on=start,
            stage="entry",
        )

    def _write_exchanges(self, group: PastGroup, person: UUID, journey: UUID, left: date) -> None:
        book, draw, leader = self.book, self.draw, self.house.staff[group.leader]
        days = (left - group.start).days
        for at in sorted(draw.sample(range(5, days), 2)):
            talk = book.add(
                m.Interview,
                person_id=person,
                journey_id=journey,
                on=group.start + timedelta(days=at),
                start=840,
                minutes=draw.choice((20, 30, 45)),
                staff_id=leader,
            )
            text = f"{draw.choice(crowd_words.SEEN)} {draw.choice(crowd_words.THEN)}"
            book.add(m.TalkNote, interview_id=talk, text=text)
        kind, title, outcome = draw.choice(crowd_words.ACTIONS)
        due = group.start + timedelta(days=draw.randint(20, days))
        book.add(
            m.Action,
            person_id=person,
            journey_id=journey,
            kind=kind,
            title=title,
            created_on=group.start + timedelta(days=7),
            due_on=due,
            done_on=due,
            outcome=outcome,
            staff_id=leader,
        )
        if draw.random() < 0.5:
            book.add(
                m.Note,
                person_id=person,
                on=group.start + timedelta(days=draw.randint(1, days)),
                text=draw.choice(crowd_words.SEEN),
                staff_id=leader,
            )


def set_counter(session: Session, series: str, last: int) -> None:
    """Say which number was the last one taken in a series."""
    association = session.info["association_id"]
    session.merge(m.Counter(association_id=association, series=series, last=last))


def past_groups(people: int, before: date) -> Iterator[PastGroup]:
    """The groups of these people, the oldest first, a quarter's at a time."""
    groups = -(-people // GROUP)
    for rank in range(groups):
        quarter = rank * _QUARTERS // groups
        weeks = (_QUARTERS - quarter) * _QUARTER_WEEKS
        start = monday_of(before) - timedelta(weeks=weeks + 26)
        place = rank - -(-quarter * groups // _QUARTERS)
        site, leader = _SITES[place % len(_SITES)]
        again = place // len(_SITES) * _SITES.count((site, leader)) + sum(
            each == (site, leader) for each in _SITES[: place % len(_SITES)]
        )
        name = f"{site.capitalize()} · {MONTHS[start.month - 1]} {start.year}"
        yield PastGroup(
            f"{name} · groupe {again + 1}" if again else name,
            site,
            leader,
            start,
            min(GROUP, people - rank * GROUP),
        )
