"""The demo base: three invented groups, relative to a day, always the same for that day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.french_dates import MONTHS
from connexion_desktop.domain.progress import Progress, Silent

from . import bordeaux, bordeaux_rest, bordeaux_stays, pessac, places, programme, talence
from .crowd import Crowd, set_counter
from .days import days_made_up, group_days
from .files import write_files
from .immersions import Issued, issue_all, write_stay
from .outside import write_outside
from .people import Participant, write_participant, write_someone_to_call
from .places import House
from .programme import Group
from .rows import Book
from .sheets import print_sheets
from .story import Stay, Story

SEED = "connexion"
_ROOM = "PRAGMA cache_size = -200000"  # KiB: the indexes of a large base are written in memory


_WEEKS = 12
"""Those of a group: the next one begins then, and a closed week is made up no more."""


@dataclass(frozen=True, slots=True)
class Cast:
    """A group of the demo: who, since when, followed by whom."""

    code: str
    weeks_ago: int
    leader: str
    stories: Sequence[Story]
    stays: Sequence[Stay]
    place: str
    finished: bool = False


CASTS = (
    Cast(
        "bordeaux",
        6,
        "nadia",
        bordeaux.FIRST_SIX + bordeaux_rest.LAST_SIX,
        bordeaux_stays.STAYS,
        "Bureau, salle du fleuve",
    ),
    Cast("talence", 18, "yves", talence.STORIES, talence.STAYS, "Maison des Possibles, Talence"),
    Cast("pessac", 56, "awa", pessac.STORIES, pessac.STAYS, "Salle du Détour, Pessac", True),
)


def fill(session: Session, today: date, people: int = 0, progress: Progress | None = None) -> None:
    """Fill an empty base with the demo, and with past groups until it has `people` people.

    `session` is that of `Database.bulk()`. Raises Cancelled when `progress` does.
    """
    watcher = progress or Silent()
    association: UUID = session.info["association_id"]
    session.connection().exec_driver_sql(_ROOM)
    book = Book(association, SEED, today, ids_from=today)
    watcher.step(0, max(people, 1), "Groupes de démonstration")
    house = places.build(session, book)
    issued: list[Issued] = []
    number = 1
    for cast in CASTS:
        site = m.Site.id == house.sites[cast.code]
        session.execute(update(m.Site).where(site).values(room=cast.place))
        issued += write_group(book, house, cast, number)
        number += len(cast.stories)
    number += write_outside(book, house, number)
    book.pour(session)
    issue_all(session, issued)
    print_sheets(session, today)
    if people >= number:
        past = Book(association, f"{SEED} crowd", today, ids_from=today - timedelta(days=1))
        crowd = Crowd(past, house, random.Random(SEED), number)  # noqa: S311 - invented data
        first_year = date(min(each.on for each in issued).year, 1, 1)
        crowd.write(session, people - number + 1, first_year, watcher)
        number = crowd.number
    set_counter(session, "P", number - 1)
    session.execute(update(m.BaseInfo).values(demo=True))
    session.flush()


def write_group(book: Book, house: House, cast: Cast, number: int) -> list[Issued]:
    """Write a group, its séances and its people. Returns the conventions to issue."""
    start = monday_of(book.today) - timedelta(weeks=cast.weeks_ago)
    days = (group_days if cast.weeks_ago >= _WEEKS else days_made_up)(start, _WEEKS)
    site_name = cast.code.capitalize()
    cohort = book.add(
        m.Cohort,
        name=f"{site_name} · {MONTHS[start.month - 1]} {start.year}",
        site_id=house.sites[cast.code],
        conseiller_id=house.staff[cast.leader],
        starts_on=start,
        ends_on=days[-1][1],
        state="closed" if cast.finished else "open",
    )
    group = Group(
        cohort, cast.code, house.sites[cast.code], cast.place, start, days, house.staff[cast.leader]
    )
    for activity, (_, partner, _) in programme.ACTIVITIES.items():
        book.add(
            m.CohortActivity,
            cohort_id=cohort,
            activity=activity,
            partner_id=house.organisations[partner],
        )
    register = programme.Register(book, group, programme.plan(book, house, group), book.today)
    people: dict[str, Participant] = {}
    for rank, story in enumerate(cast.stories):
        someone = write_participant(book, house, group, story, number + rank)
        register.fill(someone.journey, story)
        people[story.who.given] = someone
    if not cast.finished:
        write_files([*people.values()])
    return _write_stays(cast, people)


def _write_stays(cast: Cast, people: dict[str, Participant]) -> list[Issued]:
    issued = []
    for rank, given in enumerate(dict.fromkeys(stay.given for stay in cast.stays)):
        write_someone_to_call(people[given], rank)
    former: dict[tuple[str, str], UUID] = {}
    for stay in cast.stays:
        renewal_of = former.get((stay.given, stay.host)) if stay.renewal else None
        placement, convention = write_stay(people[stay.given], stay, renewal_of)
        former[stay.given, stay.host] = placement
        if convention:
            issued.append(convention)
    return issued
