"""What an issued convention says, as lines to read beside its paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from connexion_desktop.domain.convention_paper import Address, Contact, ConventionPaper
from connexion_desktop.domain.french_dates import long_day, period_text, short_day
from connexion_desktop.domain.hours import ranges_text
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.placement_hours import Ranges, by_day, presence_text
from connexion_desktop.domain.siret import format_siret

_DASH = "\u00a0–\u2060\u00a0"
"""A dash at which no line ends: the word joiner holds what follows."""
_HOUR = re.compile(r" h (?=\d)")


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A part of the convention: its title and its (label, value) lines."""

    title: str
    lines: tuple[tuple[str, str], ...]


def summary(paper: ConventionPaper) -> tuple[SummaryPart, ...]:
    """The convention in the paper's order; what it leaves blank is left out."""
    parts = (_host(paper), _period(paper), _purpose(paper), _others(paper))
    return tuple(part for part in parts if part.lines)


def _part(title: str, *lines: tuple[str, str]) -> SummaryPart:
    return SummaryPart(title, tuple((label, value) for label, value in lines if value))


def _host(paper: ConventionPaper) -> SummaryPart:
    host = paper.host
    return _part(
        "Structure d’accueil",
        ("Nom", host.body.name),
        ("SIRET", format_siret(host.body.siret)),
        ("Adresse", _address(host.body.address)),
        ("Activité", host.activity),
        ("Tuteur", _contact(host.tutor)),
        ("Signataire", _contact(host.signatory)),
    )


def _period(paper: ConventionPaper) -> SummaryPart:
    period = paper.period
    first, last = period.first_day, period.last_day
    dates = period_text(first, last) if first and last else ""
    renewal = period.renewal
    return _part(
        "Période et horaires",
        ("Dates", dates),
        ("Présence", presence_text(period.slots)),
        ("Horaires", "\n".join(hours_lines(paper))),
        ("Lieu", period.place),
        ("Renouvelle", f"{renewal.of_number} : {renewal.reason}" if renewal else ""),
    )


def hours_lines(paper: ConventionPaper) -> list[str]:
    """« du mer. 4 au ven. 6 mars : 9 h – 12 h », one line for each run of days alike."""
    days = sorted(by_day(paper.period.slots).items())
    runs: list[tuple[list[str], Ranges]] = []
    for ranges, found in groupby(days, key=lambda each: each[1]):
        runs.append(([short_day(day) for day, _ in found], ranges))
    return [f"{_run(names)} : {_joined(ranges_text(ranges))}" for names, ranges in runs]


def _joined(hours: str) -> str:
    """Hours that do not break at the end of a line."""
    return _HOUR.sub("\u00a0h\u00a0", hours).replace(" h", "\u00a0h").replace(" – ", _DASH)


def _run(names: list[str]) -> str:
    if len(names) < 3:
        return " et ".join(names)
    return f"{names[0]} à {names[-1]}, {len(names)} jours"


def _purpose(paper: ConventionPaper) -> SummaryPart:
    period = paper.period
    return _part(
        "Objet et contenu",
        ("Objet", period.purpose.label if period.purpose else ""),
        ("Métier", period.trade),
        ("Activités", period.tasks),
        ("Objectifs", period.objectives),
        ("Évaluation", period.evaluation),
        ("Protections", _answer(period.ppe)),
        ("Prévention", _answer(period.prevention)),
        ("Observations", period.observations),
    )


def _others(paper: ConventionPaper) -> SummaryPart:
    delegation = paper.prescriber.delegation
    until = (
        f" (jusqu’au {long_day(delegation.ends_on)})" if delegation and delegation.ends_on else ""
    )
    return _part(
        "Prescription et accompagnement",
        (
            "Délégation",
            f"{delegation.reference}, {delegation.body_name}{until}" if delegation else "",
        ),
        ("Conseiller", _contact(paper.accompaniment.referent)),
        ("Représentant", _contact(paper.beneficiary.representative)),
        ("Employeur", paper.employer.body.name if paper.employer else ""),
    )


def _address(address: Address) -> str:
    town = f"{address.postal_code} {address.city}".strip()
    return ", ".join(part for part in (address.street, address.extra, town) if part)


def _contact(contact: Contact) -> str:
    phone = tidy_phone(contact.phone).replace(" ", "\u00a0")
    return ", ".join(part for part in (contact.name, contact.function, phone) if part)


def _answer(answer: str | None) -> str:
    if answer is None:
        return ""
    return answer or "Non"
