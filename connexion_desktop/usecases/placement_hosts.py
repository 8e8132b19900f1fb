"""The host book, as the immersions use it: found by three letters, mended in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import fold, fold_to_keep
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.placement import PlacementState
from connexion_desktop.domain.placement_file import EditHost, HostChoice, NewHost, TutorChoice
from connexion_desktop.domain.siret import bare_siret, siret_problem
from connexion_desktop.usecases.conflicts import Held, column_of, refuse_overwriting
from connexion_desktop.usecases.placement_paper import get

HOST_EDITABLE = (
    "name",
    "siret",
    "legal_form",
    "ape",
    "activity",
    "collective_agreement",
    "address",
    "postal_code",
    "city",
    "phone",
    "email",
)
HOST_PRACTICES = ("sunday_practice", "night_practice")
"""Yes or no: any text is yes."""
NOT_COUNTED = (PlacementState.DRAFT, PlacementState.REFUSED, PlacementState.CANCELLED)
_HOST, _PARTNER = "host", "partner"
_SHOWN = 12
_LEAST_DIGITS = 3
_LEAST_LETTERS = 4
_LIKENESS = 82.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What is looked at to find a host."""

    id: UUID
    words: str
    name: str
    siret: str
    past: int
    is_host: bool

    def rank(self, typed: str) -> tuple[bool, bool, int, str]:
        """Those whose name begins so first, then hosts, then those used most."""
        return (not self.name.startswith(typed), not self.is_host, -self.past, self.name)


def find_hosts(session: Session, typed: str) -> tuple[HostChoice, ...]:
    """Organisations whose name, town or SIRET holds what is typed, whatever accents and case.

    Those used most come first. When none does, those whose name looks like it.
    """
    book = _book(session)
    folded = fold(typed)
    digits = "".join(letter for letter in typed if letter.isdigit())
    if len(digits) >= _LEAST_DIGITS and not any(letter.isalpha() for letter in typed):
        found = [each for each in book if each.siret.startswith(digits)]
    else:
        found = [each for each in book if all(word in each.words for word in folded.split())]
    found.sort(key=lambda each: each.rank(folded))
    if not found and len(folded) >= _LEAST_LETTERS:
        found = _alike(book, folded)
    return _choices(session, found[:_SHOWN])


def host_of(session: Session, placement: m.Placement) -> HostChoice | None:
    """The host of a placement with all its details, None if there is none; its past leaves that
    placement out."""
    host = get(session, m.Organisation, placement.host_id)
    if host is None:
        return None
    with together(session) as ask:
        past = ask(_past, session, host.id, placement.id)
        tutors = ask(_tutors, session, [host.id])
    return _choice(host, past.value, tutors.value.get(host.id, ()))


def add_host(session: Session, command: NewHost) -> UUID:
    """Write an organisation in the book. The SIRET is kept as typed; the rules judge it."""
    name = command.name.strip()
    if not name:
        raise UserError("La structure n’a pas de nom.", todo="Saisissez son nom.")
    session.add(
        m.Organisation(
            id=command.id,
            name=name,
            folded=fold_to_keep(name),
            siret=bare_siret(command.siret) or None,
            city=command.city.strip() or None,
        )
    )
    session.flush()
    role = _HOST if command.is_host else _PARTNER
    session.add(m.OrganisationRole(organisation_id=command.id, role=role))
    return command.id


def edit_host(session: Session, command: EditHost) -> None:
    """Mend one field of a host. An invalid SIRET is kept: the rules say what is wrong with it.
    Raises ConflictError where somebody changed the field, or one linked to it, since it was seen.
    """
    if command.field not in (*HOST_EDITABLE, *HOST_PRACTICES):
        raise ValueError(command.field)
    host = get(session, m.Organisation, command.id)
    if host is None:
        raise UserError("Cette structure n’existe plus.", "Rien n’a changé.")
    name = f"host.{command.field}"
    refuse_overwriting(
        session, command.seen, name, command.value, lambda each: _held(host, each), kept=_kept
    )
    value = _kept(name, command.value)
    if command.field in HOST_PRACTICES:
        setattr(host, command.field, bool(value))
        return
    if command.field == "name":
        if not value:
            raise UserError("Le nom de la structure manque.", "L’ancien nom est gardé.")
        host.folded = fold_to_keep(value)
    setattr(host, command.field, value or None)


def _held(host: m.Organisation, name: str) -> Held:
    found = column_of(host, name.removeprefix("host."))
    stored = found.value
    return replace(found, value="1" if stored is True else stored or "")


def _kept(name: str, sent: str) -> str:
    text = sent.strip()
    if name == "host.siret":
        return bare_siret(text)
    return tidy_phone(text) if name == "host.phone" else text


def remember_host(session: Session, placement: m.Placement) -> None:
    """Learn from a convention issued: next time, this host comes with its tutor and signatory."""
    host = get(session, m.Organisation, placement.host_id)
    if host is None:
        return
    if not host.signatory_name:
        host.signatory_name = placement.host_signatory
        host.signatory_function = placement.host_signatory_function
    _take_role(session, host.id)
    known = {fold(tutor.name) for tutor in _tutors(session, [host.id]).get(host.id, ())}
    name = placement.tutor_name or ""
    if name and fold(name) not in known:
        contact = m.Contact(
            organisation_id=host.id,
            name=name,
            function=placement.tutor_function,
            phone=placement.tutor_phone,
            email=placement.tutor_email,
        )
        session.add(contact)
        session.flush()
        placement.tutor_id = contact.id


def _take_role(session: Session, host_id: UUID) -> None:
    role = m.OrganisationRole
    known = session.scalar(
        select(role.id).where(
            role.organisation_id == host_id, role.role == _HOST, role.deleted_at.is_(None)
        )
    )
    if known is None:
        session.add(role(organisation_id=host_id, role=_HOST))


def _book(session: Session) -> list[_Known]:
    organisation, role, placement = m.Organisation, m.OrganisationRole, m.Placement
    past = (
        select(placement.host_id, func.count().label("past"))
        .where(placement.deleted_at.is_(None), placement.state.not_in(NOT_COUNTED))
        .group_by(placement.host_id)
        .subquery()
    )
    hosts = select(role.organisation_id).where(role.role == _HOST, role.deleted_at.is_(None))
    rows = session.execute(
        select(
            organisation.id,
            organisation.folded,
            organisation.city,
            organisation.siret,
            func.coalesce(past.c.past, 0),
            organisation.id.in_(hosts),
        )
        .outerjoin(past, past.c.host_id == organisation.id)
        .where(organisation.deleted_at.is_(None))
    )
    return [
        _Known(id_, f"{name} {fold(city or '')}", name, siret or "", count, is_host)
        for id_, name, city, siret, count, is_host in rows
    ]


def _alike(book: Sequence[_Known], typed: str) -> list[_Known]:
    from rapidfuzz import fuzz, process

    names = {index: each.name for index, each in enumerate(book)}
    scored = process.extract(typed, names, scorer=fuzz.WRatio, score_cutoff=_LIKENESS, limit=_SHOWN)
    return [book[index] for _, _, index in scored]


def _choices(session: Session, found: Sequence[_Known]) -> tuple[HostChoice, ...]:
    ids = [each.id for each in found]
    rows = session.scalars(select(m.Organisation).where(m.Organisation.id.in_(ids)))
    hosts = {host.id: host for host in rows}
    tutors = _tutors(session, ids)
    return tuple(_choice(hosts[each.id], each.past, tutors.get(each.id, ())) for each in found)


def _choice(host: m.Organisation, past: int, tutors: tuple[TutorChoice, ...]) -> HostChoice:
    return HostChoice(
        id=host.id,
        name=host.name,
        siret=host.siret or "",
        siret_problem=siret_problem(host.siret or "") or "",
        activity=host.activity or "",
        city=host.city or "",
        past=past,
        tutors=tutors,
        details={name: getattr(host, name) or "" for name in HOST_EDITABLE}
        | {name: "1" if getattr(host, name) else "" for name in HOST_PRACTICES},
    )


def _past(session: Session, host_id: UUID, besides: UUID) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(m.Placement)
            .where(
                m.Placement.host_id == host_id,
                m.Placement.id != besides,
                m.Placement.deleted_at.is_(None),
                m.Placement.state.not_in(NOT_COUNTED),
            )
        )
        or 0
    )


def _tutors(session: Session, host_ids: Sequence[UUID]) -> dict[UUID, tuple[TutorChoice, ...]]:
    rows = session.scalars(
        select(m.Contact)
        .where(
            m.Contact.organisation_id.in_(host_ids),
            m.Contact.deleted_at.is_(None),
            m.Contact.left_on.is_(None),
        )
        .order_by(m.Contact.name)
    )
    tutors: dict[UUID, tuple[TutorChoice, ...]] = {}
    for row in rows:
        choice = TutorChoice(row.id, row.name, row.function or "", row.phone or "", row.email or "")
        tutors[row.organisation_id] = (*tutors.get(row.organisation_id, ()), choice)
    return tutors
