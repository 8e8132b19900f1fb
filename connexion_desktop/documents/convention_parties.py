"""The parties of a convention: the first four sections of the State's form (Cerfa 13912)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from connexion_desktop.documents import convention_wording as wording
from connexion_desktop.documents.content import DOTS, Cell, Choice, Field, Grid, Option, Section
from connexion_desktop.domain.convention_mentions import is_obligatory, unstated
from connexion_desktop.domain.convention_paper import (
    Address,
    Beneficiary,
    Body,
    Contact,
    ConventionPaper,
    Employer,
)
from connexion_desktop.domain.french_dates import imprecise_numeric, numeric_day
from connexion_desktop.domain.identity import Civility, Nationality, Situation
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.siret import format_siret
from connexion_desktop.domain.typography import typeset


def prescriber(paper: ConventionPaper) -> Section:
    """Section 1: who prescribes, and by which delegation."""
    body, delegation = paper.prescriber.body, paper.prescriber.delegation
    rows = [
        (
            named_field("prescriber.body.name", "Dénomination", body.name, 8),
            Field("Forme juridique", body.legal_form, 4),
        ),
        _address_row("prescriber.body", body.address, with_country=False),
        (
            Field("N° SIRET", _siret(body.siret), 4),
            _phone(body.phone, 3),
            Field("Courriel", body.email, 5),
        ),
        (
            yes_no("Prescripteur conventionné ?", delegation is not None, 4),
            Field(
                "Référence du conventionnement",
                delegation.reference if delegation else "",
                4,
                required=delegation is not None,
            ),
            Field(
                "Validité",
                _validity(delegation.starts_on, delegation.ends_on) if delegation else "",
                4,
            ),
        ),
        (
            Field(
                "Structure conventionnant",
                joined(delegation.body_name, delegation.body_address) if delegation else "",
                8,
            ),
            yes_no("Structure d’accompagnement ?", paper.accompaniment.body is None, 4),
        ),
    ]
    return Section("L’organisme prescripteur", (Grid(tuple(rows)),))


def beneficiary(paper: ConventionPaper) -> Section:
    """Section 2: the person, their representative if minor, their employer if employee."""
    person = paper.beneficiary
    blocks = [
        Grid(
            (
                *_identity_rows(person),
                _address_row("beneficiary", person.address),
                *_reach_rows(person),
            )
        ),
        Grid(((_situation(paper),),)),
    ]
    if person.is_minor:
        blocks.append(_representative(person.representative))
    if paper.has_employer:
        blocks.append(_employer(paper.employer or Employer()))
    return Section(wording.beneficiary_title(person.civility), tuple(blocks))


def _identity_rows(person: Beneficiary) -> Iterable[tuple[Cell, ...]]:
    yield (
        Choice(
            "Civilité",
            (
                Option("M.", person.civility is Civility.MR),
                Option("Mme", person.civility is Civility.MRS),
            ),
            2,
        ),
        named_field("beneficiary.birth_name", "Nom de naissance", person.birth_name, 5),
        named_field("beneficiary.given_name", "Prénom", person.given_name, 5),
    )
    used = "" if fold(person.used_name) == fold(person.birth_name) else person.used_name
    yield (
        Field("Nom d’usage", used, 7),
        Choice(
            "Reconnaissance de handicap",
            (
                Option("RQTH", person.rqth),
                Option("AAH", person.aah),
                Option("Autre", person.other_disability),
            ),
            5,
        ),
    )
    born = imprecise_numeric(person.birth_date) if person.birth_date else ""
    yield (
        obliged("beneficiary.birth_date", wording.born(person.civility), born, 2),
        Field(
            "à (commune)",
            person.birth_city,
            5,
            required=is_obligatory("beneficiary.birth_city") and not person.birth_place,
        ),
        Field("Département ou pays", person.birth_place, 5),
    )
    yield (
        Choice(
            "Nationalité",
            (
                Option("Française", person.nationality is Nationality.FRENCH),
                Option(
                    "Union européenne, EEE ou Confédération suisse",
                    person.nationality is Nationality.EUROPEAN,
                ),
                Option("Autre", person.nationality is Nationality.OTHER),
            ),
            required=is_obligatory("beneficiary.nationality"),
        ),
    )
    permit = person.permit
    if person.nationality is Nationality.OTHER:
        yield (
            obliged("beneficiary.permit.title", "Intitulé du titre de séjour", permit.title, 6),
            obliged("beneficiary.permit.number", "N° du titre de séjour", permit.number, 3),
            obliged(
                "beneficiary.permit.expires_on", "Date d’expiration", _day(permit.expires_on), 3
            ),
        )


def _reach_rows(person: Beneficiary) -> Iterable[tuple[Field, ...]]:
    yield _phone(person.phone, 5), Field("Courriel", person.email, 7)
    emergency = person.emergency
    yield (
        obliged(
            "beneficiary.emergency.name",
            "Personne à prévenir en cas d’urgence",
            named(emergency) if emergency.name else "",
            7,
        ),
        obliged("beneficiary.emergency.phone", "Téléphone", tidy_phone(emergency.phone), 5),
    )


def _situation(paper: ConventionPaper) -> Choice:
    person, employer = paper.beneficiary, paper.employer
    registered = typeset(" – date d’inscription : ") + (_day(person.registered_on) or DOTS)
    contract = _aided_contract(employer or Employer())
    suspended = ", période en suspension du contrat"
    suspended = suspended if employer and employer.contract_suspended else ""
    details = {
        Situation.FRANCE_TRAVAIL: typeset(" – N° DE : ") + (person.jobseeker_number or DOTS),
        Situation.MISSION_LOCALE: registered,
        Situation.CAP_EMPLOI: registered,
        Situation.SIAE: suspended,
        Situation.AIDED_CONTRACT: typeset(" – N° de contrat : ") + contract + suspended,
        Situation.EMPLOYEE: suspended,
        Situation.OTHER: typeset(", à préciser : ") + (person.situation_detail or DOTS),
    }
    chosen = person.situation
    lacks_detail = any(each.path in _SITUATION_DETAILS for each in unstated(paper))
    return Choice(
        "Situation avant l’entrée en période de mise en situation en milieu professionnel",
        tuple(
            Option(label + details[situation], checked=True, lacks_detail=lacks_detail)
            if situation is chosen
            else Option(label)
            for situation, label in wording.SITUATIONS.items()
        ),
        required=is_obligatory("beneficiary.situation"),
        stacked=True,
    )


_SITUATION_DETAILS = ("beneficiary.situation_detail", "employer.aided_contract_number")


def _aided_contract(employer: Employer) -> str:
    """The number of a contrat aidé, and of the avenants that renew or change it."""
    return joined(
        employer.aided_contract_number or DOTS,
        f"avenant de renouvellement {employer.aided_contract_renewal}"
        if employer.aided_contract_renewal
        else "",
        f"avenant de modification {employer.aided_contract_amendment}"
        if employer.aided_contract_amendment
        else "",
    )


def _representative(contact: Contact) -> Grid:
    return Grid(
        (
            (
                obliged("beneficiary.representative.name", "Nom et prénom", contact.name, 7),
                Field("Qualité", contact.function, 5),
            ),
            (_phone(contact.phone, 5), Field("Courriel", contact.email, 7)),
        ),
        "Représentant légal du bénéficiaire mineur",
        whole=True,
    )


def _employer(employer: Employer) -> Grid:
    body, representative = employer.body, employer.representative
    return Grid(
        (
            (
                named_field("employer.body.name", "Dénomination ou raison sociale", body.name, 8),
                Field("Forme juridique", body.legal_form, 4),
            ),
            _address_row("employer.body", body.address, with_country=False),
            (Field("N° SIRET", _siret(body.siret), 7), _phone(body.phone, 5)),
            (
                Field("Représenté par", representative.name, 4),
                Field("Fonction", representative.function, 3),
                yes_no("Période en suspension du contrat ?", employer.contract_suspended, 5),
            ),
        ),
        "Employeur du bénéficiaire salarié",
        whole=True,
    )


def host(paper: ConventionPaper) -> Section:
    """Section 3: the structure d'accueil, the tutor, who signs."""
    host, body = paper.host, paper.host.body
    rows: tuple[tuple[Cell, ...], ...] = (
        (
            named_field("host.body.name", "Dénomination ou raison sociale", body.name, 8),
            Field("Forme juridique", body.legal_form, 4),
        ),
        (
            obliged("host.body.siret", "N° SIRET", _siret(body.siret), 4),
            Field("Code APE", host.ape, 3),
            _phone(body.phone, 5),
        ),
        _address_row("host.body", body.address),
        (
            obliged("host.activity", "Activité principale", host.activity, 6),
            Field(
                "Convention collective ou accord de branche applicable",
                host.collective_agreement,
                6,
            ),
        ),
    )
    people: tuple[tuple[Cell, ...], ...] = (
        (
            named_field(
                "host.tutor.name",
                "Personne responsable du bénéficiaire (tuteur)",
                host.tutor.name,
                7,
            ),
            obliged("host.tutor.function", "Fonction", host.tutor.function, 5),
        ),
        (_phone(host.tutor.phone, 5), Field("Courriel", host.tutor.email, 7)),
        (
            obliged(
                "host.signatory.name",
                "Signataire pour la structure d’accueil",
                host.signatory.name,
                7,
            ),
            Field("Fonction", host.signatory.function, 5),
        ),
        (
            Choice(
                "",
                (Option(wording.INSURANCE, host.insurance_attested),),
                required=is_obligatory("host.insurance_attested"),
            ),
        ),
    )
    welcome = Grid(people, "Tuteur et signataire de la structure d’accueil", whole=True)
    return Section("La structure d’accueil", (Grid(rows), welcome))


def accompaniment(paper: ConventionPaper) -> Section:
    """Section 4: the accompanying body and the conseiller référent."""
    body, referent = paper.accompaniment.body, paper.accompaniment.referent
    question = yes_no("S’agit-il de l’organisme prescripteur ?", body is None, 4)
    name = named_field("accompaniment.referent.name", "Conseiller référent", referent.name, 5)
    function = obliged("accompaniment.referent.function", "Fonction", referent.function, 3)
    rows: list[tuple[Cell, ...]] = [(question, name, function)]
    if body is not None:
        rows = [
            (
                question,
                named_field("accompaniment.body.name", "Dénomination", body.name, 5),
                Field("Forme juridique", body.legal_form, 3),
            ),
            _address_row("accompaniment.body", body.address, with_country=False),
            (replace(name, width=7), replace(function, width=5)),
        ]
    rows.append(
        (_phone(referent.phone, 5), Field("Courriel", referent.email, 7)),
    )
    return Section("La structure d’accompagnement", (Grid(tuple(rows)),))


def _address_row(whose: str, address: Address, *, with_country: bool = True) -> tuple[Field, ...]:
    """Where `whose` (« host.body ») is."""
    street = joined(address.street, address.extra)
    path = f"{whose}.address"
    row = (
        obliged(f"{path}.street", "Adresse", street, 5 if with_country else 6),
        obliged(f"{path}.postal_code", "Code postal", address.postal_code, 2),
        obliged(f"{path}.city", "Commune", address.city, 3 if with_country else 4),
    )
    return (*row, Field("Pays", address.country, 2)) if with_country else row


def obliged(path: str, label: str, value: str, width: int) -> Field:
    """A field that a draft marks while it is blank, if the mention at `path` is obligatory."""
    return Field(label, value, width, required=is_obligatory(path))


def named_field(path: str, label: str, value: str, width: int) -> Field:
    """The same for a name, in bold."""
    return replace(obliged(path, label, value, width), strong=True)


def yes_no(label: str, yes: bool | None, width: int) -> Choice:
    """A question of the form and its two boxes; neither is ticked where nobody knows."""
    boxes = (Option("Oui", yes is True), Option("Non", yes is False))
    return Choice(typeset(label), boxes, width)


def letterhead(body: Body) -> tuple[str, ...]:
    """Under the name of who issues a paper: where they are, how to reach them."""
    address = body.address
    town = f"{address.postal_code} {address.city}".strip()
    reach = " · ".join(filter(None, (tidy_phone(body.phone), body.email)))
    return tuple(filter(None, (joined(address.street, address.extra, town), reach)))


def named(contact: Contact) -> str:
    """« Paul Martin, gérant »."""
    return joined(contact.name, contact.function)


def joined(*parts: str) -> str:
    """The known parts, with commas."""
    return ", ".join(part for part in parts if part)


def _validity(first: date | None, last: date | None) -> str:
    return joined(
        f"du {numeric_day(first)}" if first else "", f"au {numeric_day(last)}" if last else ""
    ).replace(", ", " ")


def _siret(siret: str) -> str:
    """« 732 829 320 00074 », on one line."""
    return format_siret(siret).replace(" ", "\u00a0")


def _day(day: date | None) -> str:
    return numeric_day(day) if day else ""


def _phone(number: str, width: int) -> Field:
    return Field("Téléphone", tidy_phone(number), width)
