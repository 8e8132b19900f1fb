"""Immersions of the past, their conventions frozen as they were issued."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from connexion_desktop.data import models as m
from connexion_desktop.domain.convention_paper import (
    Accompaniment,
    Address,
    Beneficiary,
    Body,
    Contact,
    ConventionPaper,
    Host,
    Period,
    Prescriber,
)
from connexion_desktop.domain.placement import PlacementObject, PlacementState
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.usecases import placements
from connexion_desktop.usecases.placement_paper import frozen

from .days import open_days
from .numbers import siret
from .places import ADDRESSES, ASSOCIATION, PLACES, TEAM, House, Place
from .rows import Book

SHARE = 0.125
_HOSTS = [place for place in PLACES if "host" in place.roles]
_HOURS = ((540, 720), (780, 1020))
_PARTIES = ("beneficiary", "host", "prescriber")
_STATES = (
    PlacementState.ASSESSED,
    PlacementState.ASSESSED,
    PlacementState.ASSESSED,
    PlacementState.ASSESSED,
    PlacementState.CANCELLED,
    PlacementState.REFUSED,
)
_FEEDBACK = (
    "Présence régulière, travail soigné.",
    "À l’aise avec l’équipe dès le deuxième jour.",
    "Un rythme à prendre, mais l’envie est là.",
)


@dataclass(frozen=True, slots=True)
class PastStay:
    """An immersion to write: whose it was, its trade and family, and the group's first day."""

    person: UUID
    journey: UUID
    beneficiary: Beneficiary
    start: date
    leader: str
    trade: str
    family: str


def write(
    book: Book,
    house: House,
    draw: random.Random,
    stay: PastStay,
    take_number: Callable[[date], str],
) -> None:
    """Write an immersion of the past with its hours, its convention and its bilan."""
    host = draw.choice(_HOSTS)
    first = stay.start + timedelta(weeks=draw.randint(7, 11), days=2)
    days = open_days(first, first + timedelta(days=draw.choice((2, 4, 9))), (2, 3, 4))
    state = draw.choice(_STATES)
    issued_on = stay.start + timedelta(weeks=5)
    number = take_number(issued_on)
    slots = tuple(Slot(day, start, end) for day in days for start, end in _HOURS)
    period = Period(
        first_day=days[0],
        last_day=days[-1],
        slots=slots,
        purpose=draw.choice(tuple(PlacementObject)),
        trade=stay.trade,
        tasks="Tâches simples du métier, avec un tuteur.",
        objectives="Découvrir les gestes et le rythme du métier.",
        evaluation="Bilan à trois le dernier jour.",
        ppe="",
        prevention="Visite des lieux et consignes de sécurité le premier jour.",
    )
    placement = book.add(
        m.Placement,
        person_id=stay.person,
        journey_id=stay.journey,
        host_id=house.organisations[host.code],
        staff_id=house.staff[stay.leader],
        state=state,
        object=period.purpose,
        trade=stay.trade,
        family_id=house.families[stay.family],
        objectives=period.objectives,
        evaluation=period.evaluation,
        tasks=period.tasks,
        starts_on=days[0],
        ends_on=days[-1],
        tutor_id=house.contacts[host.code],
        tutor_name=host.contact[0],
        tutor_function=host.contact[1],
        host_signatory=host.signatory[0],
        host_signatory_function=host.signatory[1],
        insurance_attested=True,
        situation="autre",
        ppe=period.ppe,
        prevention=period.prevention,
        delegation_id=house.delegation,
        number=number,
    )
    for slot in slots:
        book.add(
            m.PlacementSlot, placement_id=placement, on=slot.on, start=slot.start, end=slot.end
        )
    paper = _paper(stay, period, _host(host), number, issued_on)
    at = datetime.combine(issued_on, time(10), UTC)
    agreement = book.add(
        m.Agreement,
        placement_id=placement,
        number=number,
        issued_at=at,
        issued_by="Colette Brunet",
        content={"paper": frozen(paper)},
        host_id=house.organisations[host.code],
        **placements.stated(paper),
    )
    signed = state is PlacementState.ASSESSED
    for party in _PARTIES:
        book.add(
            m.Signature,
            agreement_id=agreement,
            party=party,
            signed_on=issued_on + timedelta(days=3) if signed else None,
        )
    book.add(
        m.PlacementEvent,
        placement_id=placement,
        at=at,
        state=PlacementState.TO_SIGN,
        author="Colette Brunet",
    )
    if signed:
        minutes = period.minutes
        book.add(
            m.Assessment,
            placement_id=placement,
            held="done",
            real_minutes=minutes,
            host_feedback=draw.choice(_FEEDBACK),
            trade_confirmed=draw.choice(("yes", "yes", "no")),
            signed_on=days[-1] + timedelta(days=3),
        )


def _host(place: Place) -> Host:
    return Host(
        body=Body(
            place.name,
            place.legal_form,
            siret(PLACES.index(place) + 1),
            Address(place.address, "", place.postal_code, place.city),
        ),
        ape=place.ape or "",
        activity=place.activity,
        collective_agreement=place.agreement or "",
        tutor=Contact(*place.contact),
        signatory=Contact(*place.signatory),
        insurance_attested=True,
    )


def _paper(
    stay: PastStay, period: Period, host: Host, number: str, issued_on: date
) -> ConventionPaper:
    leader = next(member for member in TEAM if member[0] == stay.leader)
    return ConventionPaper(
        number=number,
        prescriber=Prescriber(
            Body(
                ASSOCIATION,
                "Association loi 1901",
                siret(0),
                Address(ADDRESSES["bordeaux"], "", "33000", "Bordeaux"),
            ),
            signatory=Contact("Hélène Garrigue", "Directrice"),
        ),
        beneficiary=stay.beneficiary,
        host=host,
        accompaniment=Accompaniment(Contact(f"{leader[1]} {leader[2]}", leader[3])),
        period=period,
        state=PlacementState.TO_SIGN,
        issued_on=issued_on,
    )
