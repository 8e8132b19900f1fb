"""Writes an invented person and their journey into the base."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from connexion_desktop.data import models as m
from connexion_desktop.domain.activities import asked_by
from connexion_desktop.domain.calendar_fr import add_months
from connexion_desktop.domain.people import person_number

from .days import born, day_at, week_of
from .places import House
from .programme import Group
from .rows import Book
from .story import Story, Talk, Who


def write_person(
    book: Book,
    who: Who,
    *,
    number: int,
    state: str,
    met_on: date,
    site: UUID,
    referent: UUID | None,
) -> UUID:
    """Write the identity of a person. Returns its identifier."""
    return book.add(
        m.Person,
        number=person_number(number),
        civility=who.civility,
        given_name=who.given,
        family_name=who.family,
        birth_name=who.birth_name or who.family,
        native_name=who.native,
        birth_date=born(book.today, who.age, *who.birthday),
        birth_precision=who.birth_precision,
        birth_city=who.birth_city,
        birth_place=who.birth_place,
        nationality=who.nationality,
        address=who.address or None,
        postal_code=who.postal_code if who.address else None,
        city=who.city if who.address else None,
        country="France",
        phone=who.phone,
        email=who.email,
        site_id=site,
        referent_id=referent,
        state=state,
        met_on=met_on,
        channel=who.channel,
        channel_detail=who.channel_detail,
        public=who.public,
        public_reason=who.public_reason,
        elsewhere=who.elsewhere,
        elsewhere_body=who.elsewhere_body,
        french_oral=who.french,
        french_written=who.french_written or who.french,
        french_observed=who.french,
    )


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a group, being written."""

    book: Book
    house: House
    group: Group
    story: Story
    person: UUID
    journey: UUID


def write_participant(
    book: Book, house: House, group: Group, story: Story, number: int
) -> Participant:
    """Write a person, their way in, and their journey."""
    met_on = day_at(group.start, -story.met_before)
    left = story.leaving
    person = write_person(
        book,
        story.who,
        number=number,
        state="out" if left else "in_group",
        met_on=met_on,
        site=group.site,
        referent=group.leader,
    )
    write_circumstances(book, person, story)
    write_way_in(book, group, person, story, met_on)
    journey = book.add(
        m.Journey,
        person_id=person,
        cohort_id=group.id,
        entered_on=_entered_on(group, story),
        left_on=day_at(book.today, left.at) if left else None,
        activity=story.activity,
    )
    someone = Participant(book, house, group, story, person, journey)
    _write_agreements(someone)
    _write_families(someone)
    _write_project(someone)
    _write_obstacles(someone)
    _write_talks(someone)
    _write_steps(someone)
    _write_papers(someone)
    _write_loan(someone)
    _write_exit(someone)
    return someone


def _write_agreements(someone: Participant) -> None:
    """What their activity asks to sign, signed a week after they came."""
    day = _entered_on(someone.group, someone.story) + timedelta(weeks=1)
    for kind in asked_by(someone.story.activity) if someone.story.agreed else ():
        if day <= someone.book.today:
            someone.book.add(m.Consent, person_id=someone.person, kind=kind.value, given_on=day)


def _entered_on(group: Group, story: Story) -> date:
    return group.start + timedelta(weeks=story.entered_week - 1)


def write_circumstances(book: Book, person: UUID, story: Story) -> None:
    """Write the social situation, health as its effect on work, permit, relatives."""
    today = book.today
    book.add(
        m.PersonSituation,
        person_id=person,
        situation=story.situation,
        situation_detail=story.situation_detail,
        jobseeker_number=story.jobseeker_number,
    )
    book.add(
        m.PersonSocial,
        person_id=person,
        workless_since=add_months(today, -story.workless_months).replace(day=1),
        resources=story.resources,
        training_level=story.training,
        single_parent=story.single_parent,
        dependent_children=story.children,
        stable_housing=story.housing,
        priority_district=story.district,
        driving_licence=story.licence,
    )
    if story.rqth:
        until = today + timedelta(days=story.rqth_for) if story.rqth_for else None
        book.add(m.PersonDisability, person_id=person, rqth=story.rqth, rqth_until=until)
    if story.work_impact:
        book.add(m.PersonHealth, person_id=person, work_impact=story.work_impact)
    if story.allergy:
        book.add(m.PersonAllergy, person_id=person, text=story.allergy)
    if story.permit:
        title, kind, number, days = story.permit
        book.add(
            m.PersonResidence,
            person_id=person,
            permit_title=title,
            permit_kind=kind,
            permit_number=number,
            expires_on=today + timedelta(days=days),
        )
    for relative in story.relatives:
        book.add(
            m.PersonContact,
            person_id=person,
            kind=relative.kind,
            name=relative.name,
            relation=relative.relation,
            phone=relative.phone,
        )


_TO_CALL = (
    ("Awa Traoré", "sœur"),
    ("Luc Marchand", "voisin"),
    ("Sofia Reis", "amie"),
    ("Denis Roy", "père"),
    ("Lina Haddad", "mère"),
    ("Paul Berger", "conjoint"),
)


def write_someone_to_call(someone: Participant, rank: int) -> None:
    """Write whom to call in an emergency, which every convention states, where the story does not
    say it."""
    if any(relative.kind == "emergency" for relative in someone.story.relatives):
        return
    name, relation = _TO_CALL[rank % len(_TO_CALL)]
    someone.book.add(
        m.PersonContact,
        person_id=someone.person,
        kind="emergency",
        name=name,
        relation=relation,
        phone=f"06 39 98 03 {rank:02}",
    )


def write_way_in(book: Book, group: Group, person: UUID, story: Story, met_on: date) -> None:
    """Write the steps from the first meeting to the entry, and the entry diagnosis."""
    presented = day_at(group.start, -min(18, story.met_before - 4))
    diagnosed = day_at(group.start, -min(11, story.met_before - 8))
    steps = (
        ("met", met_on, "interested", story.who.channel_detail),
        ("presentation", presented, "came", group.place),
        ("diagnosis", diagnosed, "accepted", group.place),
    )
    for kind, on, outcome, place in steps:
        book.add(
            m.IntakeStep,
            person_id=person,
            kind=kind,
            on=on,
            site_id=group.site,
            place=place,
            outcome=outcome,
        )
    book.add(
        m.Diagnosis,
        person_id=person,
        on=diagnosed,
        staff_id=group.leader,
        motivation=story.motivation,
        motivation_kind="trade" if story.project else "job",
        collective="yes",
        french=story.who.french,
        work_distance="far" if story.workless_months >= 24 else "medium",
        elsewhere=story.who.elsewhere,
        decision="accepted",
        decided_on=diagnosed,
    )


def _write_families(someone: Participant) -> None:
    book, story, group = someone.book, someone.story, someone.group
    days = [day for _, day in group.days]
    for rank, (family, interest) in enumerate(story.families.items(), start=1):
        visited = days[min(2 * rank + 1, len(days) - 1)]
        discovered = min(visited, book.today - timedelta(days=1))
        book.add(
            m.FamilyChoice,
            journey_id=someone.journey,
            family_id=someone.house.families[family],
            rank=rank,
            discovered_on=discovered if interest is not None else None,
            interest=interest,
        )
    if story.other_family:
        book.add(
            m.FamilyChoice,
            journey_id=someone.journey,
            other_label=story.other_family,
            rank=len(story.families) + 1,
        )


def _write_project(someone: Participant) -> None:
    book = someone.book
    for rank, (label, state) in enumerate(someone.story.project, start=1):
        book.add(m.ProjectChoice, journey_id=someone.journey, rank=rank, label=label, state=state)
    for kind, week in someone.story.milestones.items():
        done = day_at(someone.group.start, 7 * (week - 1) + 1)
        book.add(
            m.Milestone,
            journey_id=someone.journey,
            kind=kind,
            done_on=min(done, book.today - timedelta(days=1)),
        )


def _write_obstacles(someone: Participant) -> None:
    book, story = someone.book, someone.story
    entered = _entered_on(someone.group, story)
    lately = max(entered, day_at(book.today, story.leaving.at if story.leaving else -6))
    for theme, (at_entry, now) in story.obstacles.items():
        for level, on, stage in ((at_entry, entered, "entry"), (now, lately, "follow_up")):
            book.add(
                m.ObstacleLevel,
                journey_id=someone.journey,
                theme=theme,
                level=level,
                on=on,
                stage=stage,
            )


def _write_talks(someone: Participant) -> None:
    book, leader = someone.book, someone.group.leader
    for talk in someone.story.talks:
        interview = book.add(
            m.Interview,
            person_id=someone.person,
            journey_id=someone.journey,
            on=_day_of(book.today, talk),
            start=talk.start,
            minutes=talk.minutes,
            kind=talk.kind,
            place=talk.place,
            staff_id=leader,
            state="held" if talk.at <= 0 else "planned",
        )
        if talk.text:
            book.add(m.TalkNote, interview_id=interview, text=talk.text)
    for at, text in someone.story.notes:
        book.add(
            m.Note,
            person_id=someone.person,
            on=day_at(book.today, at),
            text=text,
            staff_id=leader,
        )


def _day_of(today: date, talk: Talk) -> date:
    return today + timedelta(days=talk.at) if talk.any_day else day_at(today, talk.at)


def _write_steps(someone: Participant) -> None:
    book, group = someone.book, someone.group
    for step in someone.story.steps:
        counted_from = week_of(book.today) if step.from_monday else book.today
        due = day_at(counted_from, step.at) if step.at is not None else None
        decided = day_at(book.today, min((step.at or 0) - 9, -2))
        book.add(
            m.Action,
            person_id=someone.person,
            journey_id=someone.journey,
            kind=step.kind,
            title=step.title,
            detail=step.detail,
            created_on=max(decided, group.start),
            due_on=due,
            due_minute=step.minute,
            owner=step.owner,
            staff_id=group.leader if step.owner == "staff" else None,
            organisation_id=someone.house.organisations.get(step.organisation or ""),
            done_on=due if step.outcome is not None else None,
            outcome=step.outcome,
        )


def _write_papers(someone: Participant) -> None:
    book, start = someone.book, someone.group.start
    for rank, paper in enumerate(someone.story.papers):
        received = None
        if paper.state != "asked":
            received = min(start + timedelta(days=rank % 3 * 7), book.today)
        expires = book.today + timedelta(days=paper.expires) if paper.expires is not None else None
        book.add(
            m.Document,
            person_id=someone.person,
            kind=paper.kind,
            state=paper.state,
            asked_on=day_at(start, -8),
            received_on=received,
            checked_on=received if paper.state == "checked" else None,
            expires_on=expires,
            detail=paper.detail,
        )


def _write_loan(someone: Participant) -> None:
    book, lending = someone.book, someone.story.lending
    if lending is None:
        return
    equipment = someone.house.equipment[lending.number]
    lent_on = day_at(someone.group.start, 7 * (lending.week - 1) + 1)
    returned = day_at(book.today, lending.returned) if lending.returned is not None else None
    book.add(
        m.Loan,
        equipment_id=equipment,
        person_id=someone.person,
        journey_id=someone.journey,
        lent_on=lent_on,
        due_on=add_months(lent_on, lending.months),
        returned_on=returned,
        condition_out="Bon état.",
        condition_in="Bon état." if returned else None,
        accessories_out="chargeur",
        accessories_in="chargeur" if returned else None,
        aim=lending.aim,
        digital_level_out=lending.level,
        digital_level_in=lending.level_back if returned else None,
        signed_on=lent_on,
    )
    if returned is None:
        book.change(m.Equipment, equipment, state="lent")


def _write_exit(someone: Participant) -> None:
    left, book = someone.story.leaving, someone.book
    if left is None:
        return
    on = day_at(book.today, left.at)
    six_months = add_months(on, 6)
    asked = left.six_month_exit if six_months <= book.today else None
    book.add(
        m.JourneyExit,
        journey_id=someone.journey,
        on=on,
        exit=left.exit,
        contract_kind=left.contract_kind,
        contract_months=left.contract_months,
        employer=left.employer,
        detail=left.detail,
        six_month_exit=asked,
        six_month_on=six_months if asked else None,
    )
