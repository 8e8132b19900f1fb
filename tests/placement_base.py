"""A base in which an immersion can be prepared: an association with its delegation, a group, one
person whom nothing prevents, two hosts. Everybody in it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.hours import parse_ranges
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.placement_file import (
    ChooseHost,
    EditPlacement,
    IssuePlacement,
    NewPlacement,
    SetTimetable,
)
from connexion_desktop.domain.timetable import WeeklyPattern
from connexion_desktop.usecases import placement_drafts, placements
from tests.factories import TODAY, journey, led_cohort, person, put, staff

AUTHOR = "Anne Martin"
SIRET = "21330063500017"
FIRST, LAST = date(2026, 5, 18), date(2026, 5, 22)
WEEK = WeeklyPattern.of(dict.fromkeys(range(5), parse_ranges("9h-12h / 13h-17h")))
TYPED: dict[str, str | date | bool] = {
    "object": "discover",
    "trade": "Aide-soignante",
    "objectives": "Voir une journée entière auprès des résidents",
    "tasks": "Accompagner les repas, animer un atelier",
    "evaluation": "Bilan à trois le dernier jour",
    "ppe": "",
    "prevention": "Lavage des mains, gestes et postures",
    "starts_on": FIRST,
    "ends_on": LAST,
}


@dataclass(frozen=True, slots=True)
class Office:
    """Who and what is in the base."""

    cohort: UUID
    staff: UUID
    person: UUID
    journey: UUID
    host: UUID
    other_host: UUID


def furnish(session: Session) -> Office:
    """Put it all in an empty base."""
    association = session.get_one(m.Association, session.info["association_id"])
    association.address = "12 rue des Essais"
    association.postal_code, association.city = "33000", "Bordeaux"
    association.signatory_name = "Hélène Dumas"
    delegate(session)
    leader = staff(session)
    group = led_cohort(session, leader)
    who = person(
        session,
        "Aïssatou",
        "Diallo",
        birth_name="Diallo",
        birth_date=date(1991, 4, 3),
        birth_city="Conakry",
        birth_place="Guinée",
        nationality="fr",
        phone="06 39 98 00 11",
        address="4 allée des Tilleuls",
        postal_code="33400",
        city="Talence",
    )
    put(
        session,
        m.PersonContact(
            person_id=who,
            kind="emergency",
            name="Mariama Diallo",
            relation="sœur",
            phone="06 39 98 00 12",
        ),
    )
    put(session, m.PersonSituation(person_id=who, situation="france_travail"))
    way = journey(session, who, group)
    return Office(
        group,
        leader,
        who,
        way,
        host(session, "Résidence des Bassins", SIRET, "Bègles", tutor="Hélène Castagnet"),
        host(session, "L’Étoile de Mériadeck", "21330522000013", "Bordeaux"),
    )


def delegate(
    session: Session, first: date = date(2026, 1, 1), last: date = date(2027, 12, 31)
) -> UUID:
    """A delegation of France Travail."""
    return put(
        session,
        m.Delegation(reference="DEL-33", body_name="France Travail", starts_on=first, ends_on=last),
    )


def host(session: Session, name: str, siret: str, city: str, tutor: str = "") -> UUID:
    """A host of the book; with a tutor it has its signatory and its insurance too."""
    made = put(
        session,
        m.Organisation(
            name=name,
            folded=fold(name),
            siret=siret,
            city=city,
            activity="Hébergement médicalisé",
            postal_code="33130",
            address="14 quai de la Garonne",
            signatory_name="Rose Lamy" if tutor else None,
            signatory_function="Directrice" if tutor else None,
            insurance_attested_on=date(2026, 1, 5) if tutor else None,
        ),
    )
    put(session, m.OrganisationRole(organisation_id=made, role="host"))
    if tutor:
        put(
            session,
            m.Contact(
                organisation_id=made,
                name=tutor,
                function="Infirmière coordinatrice",
                phone="05 36 49 02 01",
                email="tutrice@example.org",
            ),
        )
    return made


def fill(session: Session, placement_id: UUID, host_id: UUID, **changes: Any) -> None:
    """Type all that a draft needs; `changes` replace what is typed."""
    placement_drafts.choose_host(session, ChooseHost(placement_id, host_id))
    for field, value in (TYPED | changes).items():
        placement_drafts.edit(session, EditPlacement(placement_id, field, value))
    row = session.get_one(m.Placement, placement_id)
    slots = WEEK.expand(row.starts_on, row.ends_on) if row.starts_on and row.ends_on else ()
    placement_drafts.set_timetable(session, SetTimetable(placement_id, slots, WEEK))


def drafted(session: Session, office: Office, *, today: date = TODAY, **changes: Any) -> UUID:
    """A draft of which everything is typed."""
    made = placements.create(session, NewPlacement(uuid4(), office.person, today))
    fill(session, made, office.host, **changes)
    return made


def new_act(label: str = "Essai") -> Act:
    """An act to sign."""
    return Act(AUTHOR, label, uuid4())


def furnished(database: Store) -> Office:
    """Furnish a base, in one act."""
    with database.write(new_act()) as session:
        return furnish(session)


def issued(database: Store, office: Office, **changes: Any) -> UUID:
    """An issued convention."""
    with database.write(new_act()) as session:
        made = drafted(session, office, **changes)
    with database.write(new_act("Convention émise")) as session:
        placements.issue(session, IssuePlacement(made, TODAY))
    return made
