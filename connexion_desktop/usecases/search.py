"""All that can be found from the palette, read at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.equipment import EquipmentState
from connexion_desktop.domain.french_dates import imprecise_numeric, numeric_day
from connexion_desktop.domain.names import full_name
from connexion_desktop.domain.phones import dialled_phone, format_phone
from connexion_desktop.domain.placement import PlacementState, effective_state
from connexion_desktop.domain.placement_file import draft_number
from connexion_desktop.domain.search import Kind, Shelf, Shelves, Thing
from connexion_desktop.domain.siret import bare_siret

from . import attachments_found, groups, listing, loans
from . import placement_standing as standing
from .duplicates import former_numbers
from .person_rows import birth_of

_AT_ONCE = 500


def shelves(session: Session, today: date) -> Shelves:
    """Everything that can be found, on its shelves."""
    things = {
        Kind.PERSON: _people(session),
        Kind.GROUP: _groups(session, today),
        Kind.COMPANY: _companies(session),
        Kind.PAPER: _papers(session, today),
        Kind.EQUIPMENT: _equipment(session),
        Kind.FILE: _files(session),
    }
    with together(session) as ask:
        shelves = {kind: ask(Shelf, kind, found) for kind, found in things.items()}
    return {kind: shelf.value for kind, shelf in shelves.items()}


def _people(session: Session) -> Iterator[Thing]:
    """Everyone, those met last first; a few rows at a time, for there may be very many."""
    person, latest = m.Person, listing.latest_journeys()
    former = former_numbers(session)
    rows = session.execute(
        sa.select(
            person.id,
            person.number,
            person.given_name,
            person.family_name,
            person.birth_name,
            person.native_name,
            person.birth_date,
            person.birth_precision,
            person.phone,
            person.other_phone,
            person.city,
            m.Cohort.name.label("cohort"),
        )
        .outerjoin(latest, sa.and_(latest.c.person_id == person.id, latest.c.rank == 1))
        .outerjoin(m.Cohort, m.Cohort.id == latest.c.cohort_id)
        .where(person.deleted_at.is_(None))
        .order_by(person.met_on.desc(), person.id.desc())
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        birth = birth_of(row)
        numbers = (row.number, *former.get(row.id, ()))
        others = (*numbers, row.birth_name, row.native_name, row.city, row.cohort)
        phones = [phone for phone in (row.phone, row.other_phone) if phone]
        yield Thing(
            Kind.PERSON,
            row.id.hex,
            full_name(row.given_name, row.family_name or ""),
            _detail(
                row.cohort or row.city,
                imprecise_numeric(birth) if birth is not None else "",
                *map(format_phone, phones[:1]),
            ),
            " ".join(word for word in others if word),
            " ".join(map(dialled_phone, phones)),
            birth,
        )


def _groups(session: Session, today: date) -> Iterator[Thing]:
    for row in groups.every(session, today):
        detail = _detail(row.phase, row.site)
        yield Thing(Kind.GROUP, row.id.hex, row.name, detail, f"{row.site} {row.conseiller}")


def _companies(session: Session) -> Iterator[Thing]:
    organisation, role = m.Organisation, m.OrganisationRole
    hosts = sa.select(role.organisation_id).where(role.role == "host", role.deleted_at.is_(None))
    rows = session.execute(
        sa.select(organisation.id, organisation.name, organisation.city, organisation.siret)
        .where(organisation.deleted_at.is_(None), organisation.id.in_(hosts))
        .order_by(organisation.folded)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        city = row.city or ""
        yield Thing(Kind.COMPANY, row.id.hex, row.name, city, city, bare_siret(row.siret or ""))


def _papers(session: Session, today: date) -> Iterator[Thing]:
    placement = m.Placement
    rows = session.execute(
        standing.standing(
            sa.select(
                placement.id,
                placement.number,
                placement.state,
                standing.STARTS_ON,
                standing.ENDS_ON,
                standing.HOST,
                m.Person.given_name,
                m.Person.family_name,
            )
        )
        .join(m.Person, m.Person.id == placement.person_id)
        .order_by(placement.number.desc(), placement.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        state = effective_state(PlacementState(row.state), row.starts_on, row.ends_on, today)
        yield Thing(
            Kind.PAPER,
            row.id.hex,
            row.number or draft_number(row.id),
            _detail(
                full_name(row.given_name, row.family_name or ""),
                row.host,
                numeric_day(row.starts_on) if row.starts_on else "",
                state.label,
            ),
        )


def _equipment(session: Session) -> Iterator[Thing]:
    for row in loans.fleet(session):
        lent = f"à {row.person}" if row.state is EquipmentState.LENT and row.person else ""
        detail = _detail(f"{row.state.label} {lent}".strip(), row.model)
        yield Thing(Kind.EQUIPMENT, row.id.hex, row.number, detail, f"{row.model} {row.serial}")


def _files(session: Session) -> Iterator[Thing]:
    """What says something of health or residence, by its kind or by its name, is found, and only
    called « Pièce »: other people are in the list."""
    for file in attachments_found.every(session):
        private = file.is_private
        yield Thing(
            Kind.FILE,
            str(file.place),
            "Pièce" if private else file.name,
            _detail(file.title, "" if private else file.kind_label),
            f"{file.name} {file.kind_label}",
            owner=file.owner,
        )


def _detail(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
