"""A convention turned into sections, in the order of the State's form (Cerfa 13912).

The PDF and the Word document both draw what `paper_text` returns: they say the
same by construction. D.5135-2 of the Code du travail lists what must be there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from connexion_desktop.documents import convention_parties as parties
from connexion_desktop.documents import convention_wording as wording
from connexion_desktop.documents.content import (
    DOTS,
    TO_COMPLETE,
    Cell,
    Choice,
    Day,
    DutyList,
    Field,
    Grid,
    Note,
    Option,
    Paper,
    Prose,
    Section,
    SignatureBlock,
    Signatures,
    Steps,
    Timetable,
    Week,
    cleaned,
    unmarked,
)
from connexion_desktop.documents.convention_parties import (
    joined,
    named,
    named_field,
    obliged,
    yes_no,
)
from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.convention_mentions import is_obligatory
from connexion_desktop.domain.convention_paper import (
    ConventionPaper,
    Employer,
    Period,
)
from connexion_desktop.domain.french_dates import (
    SHORT_MONTHS,
    WEEKDAYS,
    day_number,
    long_day,
)
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.identity import Situation
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.placement import Party, PlacementObject, PlacementState, numbered
from connexion_desktop.domain.placement_hours import presence_text
from connexion_desktop.domain.timetable import Slot
from connexion_desktop.domain.typography import typeset

_STAMPS = {
    PlacementState.DRAFT: "BROUILLON",
    PlacementState.REFUSED: "REFUSÉE",
    PlacementState.CANCELLED: "ANNULÉE",
}


def paper_text(paper: ConventionPaper) -> Paper:
    """Everything the convention says, cleaned, section by section."""
    paper = cleaned(paper)
    sections = (
        parties.prescriber(paper),
        parties.beneficiary(paper),
        parties.host(paper),
        parties.accompaniment(paper),
        _period(paper.period),
        _work(paper.period),
        _duties(paper),
        _accident(paper),
        _signatures(paper),
    )
    return Paper(
        title=wording.TITLE,
        subtitle=wording.LAW,
        issuer=paper.prescriber.body.name,
        letterhead=parties.letterhead(paper.prescriber.body),
        number=paper.number,
        reference=f"Convention {numbered(paper.number)}",
        edition=_edition(paper.edition),
        stamp=_stamp(paper),
        code=f"{paper.number}/V{paper.edition}",
        subject=" – ".join(filter(None, (paper.beneficiary.full_name, paper.host.body.name))),
        issued_on=paper.issued_on,
        sections=sections if paper.state is PlacementState.DRAFT else unmarked(sections),
    )


def _edition(edition: int) -> str:
    if edition <= 1:
        return "Version 1"
    return f"Version {edition}, qui remplace la version {edition - 1}"


def _stamp(paper: ConventionPaper) -> str:
    if paper.superseded:
        return "REMPLACÉE"
    return _STAMPS.get(paper.state, "")


def _period(period: Period) -> Section:
    total = hours_text(period.minutes) if period.slots else ""
    renewal = period.renewal
    rows: list[tuple[Cell, ...]] = [
        (
            named_field("period.first_day", "Du", _long(period.first_day), 4),
            named_field("period.last_day", "au", _long(period.last_day), 4),
            named_field("period.slots", "soit, en heures de présence", total, 4),
        ),
        (
            yes_no("Renouvellement ?", renewal is not None, 4),
            Field(
                "N° de la convention initiale",
                renewal.of_number if renewal else "",
                8,
                required=is_obligatory("period.renewal.of_number") and renewal is not None,
            ),
        ),
    ]
    if renewal is not None:
        label = "Motif : raisons pour lesquelles les objectifs n’ont pas été atteints"
        rows.append((obliged("period.renewal.reason", label, renewal.reason, 12),))
    rows += [
        (
            Field("Lieu d’exécution, si différent de la structure d’accueil", period.place, 7),
            Field("Métier ou secteur", period.trade, 5),
        ),
        (
            Choice(
                "Objet de la période (un seul)",
                tuple(Option(each.label, each is period.purpose) for each in PlacementObject),
                required=is_obligatory("period.purpose"),
            ),
        ),
    ]
    return Section(
        "La période de mise en situation en milieu professionnel",
        (Grid(tuple(rows)), Note(wording.DURATION)),
    )


def _work(period: Period) -> Section:
    annex = Option("Détail des activités et des conditions en annexe", period.has_annex)
    return Section(
        "Activités confiées – conditions de mise en œuvre et d’évaluation",
        (
            _prose("tasks", "Activités et tâches confiées", period.tasks, 4),
            _prose("objectives", "Objectifs précis", period.objectives, 3),
            _prose("evaluation", "Modalités d’évaluation", period.evaluation, 2),
            Grid(((Choice("", (annex,)),),)),
            timetable(period.slots, "Jours et horaires de présence dans la structure d’accueil"),
            Note(wording.HOURS_RULE),
            Grid(
                (
                    _measure("ppe", "Équipements de protection individuelle (EPI)", period.ppe),
                    _measure("prevention", "Autres mesures de prévention", period.prevention),
                    (Field("Observations", period.observations),),
                )
            ),
        ),
    )


def _prose(name: str, label: str, text: str, lines: int) -> Prose:
    return Prose(label, text, required=is_obligatory(f"period.{name}"), lines=lines)


def _measure(name: str, label: str, detail: str | None) -> tuple[Choice, Field]:
    options = (
        Option("Oui", bool(detail)),
        Option("Non", detail is not None and not detail),
    )
    return (
        Choice(label, options, 5, required=is_obligatory(f"period.{name}")),
        Field("Si oui, préciser", detail or "", 7),
    )


def timetable(slots: Iterable[Slot], label: str) -> Timetable:
    """Dated slots by week, Monday to Sunday, with totals; tolerates what a draft may hold."""
    present = tuple(sorted(slots))
    by_week: dict[date, list[Slot]] = {}
    for slot in present:
        by_week.setdefault(monday_of(slot.on), []).append(slot)
    return Timetable(
        label,
        tuple(name.capitalize() for name in WEEKDAYS),
        tuple(_week(monday, week) for monday, week in by_week.items()),
        typeset(presence_text(present)),
    )


def _week(monday: date, slots: list[Slot]) -> Week:
    sunday = monday + timedelta(days=6)
    start = day_number(monday) if monday.month == sunday.month else _day_and_month(monday)
    days = [monday + timedelta(days=offset) for offset in range(7)]
    return Week(
        f"du {start} au {_day_and_month(sunday)}",
        tuple(
            Day(
                _day_and_month(day),
                tuple(f"{_clock(s.start)}–{_clock(s.end)}" for s in slots if s.on == day),
            )
            for day in days
        ),
        typeset(hours_text(sum(slot.minutes for slot in slots))),
    )


def _duties(paper: ConventionPaper) -> Section:
    duties = [wording.BENEFICIARY, wording.HOST, wording.ACCOMPANYING, wording.PRESCRIBER]
    if paper.employer_signs:
        duties.append(wording.EMPLOYER)
    return Section("Obligations des parties", (DutyList(tuple(duties)),))


def _accident(paper: ConventionPaper) -> Section:
    referent = paper.accompaniment.referent
    support = paper.accompaniment.body or paper.prescriber.body
    told = joined(support.name, referent.name, tidy_phone(referent.phone or support.phone))
    declarant = "l’employeur" if paper.employer_signs else "l’organisme prescripteur"
    employer = ", ainsi que l’employeur," if paper.employer_signs else ""
    return Section(
        "En cas d’accident au travail ou sur le trajet",
        (
            Steps(
                (
                    wording.CALL_RESCUE,
                    "La structure d’accueil prévient la structure d’accompagnement "
                    f"({told}), "
                    + typeset("dès connaissance des faits et au plus tard dans les 24 heures."),
                    typeset(
                        "La structure d’accompagnement informe sans délai l’organisme "
                        f"prescripteur{employer} de l’accident."
                    ),
                    typeset(
                        f"Dans les 48 heures, {declarant} déclare l’accident à la caisse primaire "
                        "d’assurance maladie (CPAM) du lieu de résidence du bénéficiaire."
                    ),
                )
            ),
        ),
    )


def _signatures(paper: ConventionPaper) -> Section:
    copies = paper.copies
    place = paper.issued_at or DOTS
    on = _long(paper.issued_on) or DOTS
    count = typeset(f"en {len(copies)} exemplaires originaux : ")
    is_aided = paper.beneficiary.situation is Situation.AIDED_CONTRACT
    asp = typeset(" Transmis à l’ASP le : ") + DOTS if is_aided else ""
    names = _signatory_names(paper)
    titles = wording.PARTIES | {
        Party.BENEFICIARY: wording.beneficiary_title(paper.beneficiary.civility)
    }
    return Section(
        "Signatures",
        (
            Signatures(
                f"Fait à {place}, le {on}, {count}{', '.join(copies)}.{asp}",
                tuple(
                    SignatureBlock(titles[party], names[party], wording.HINTS[party])
                    for party in paper.parties
                ),
            ),
        ),
    )


def _signatory_names(paper: ConventionPaper) -> dict[Party, str]:
    employer = paper.employer or Employer()
    support = paper.accompaniment
    return {
        Party.BENEFICIARY: paper.beneficiary.full_name,
        Party.REPRESENTATIVE: paper.beneficiary.representative.name,
        Party.EMPLOYER: joined(employer.body.name, named(employer.representative)),
        Party.HOST: joined(paper.host.body.name, named(paper.host.signatory)),
        Party.PRESCRIBER: joined(paper.prescriber.body.name, _prescriber_signatory(paper)),
        Party.SUPPORT: joined(support.body.name if support.body else "", named(support.referent)),
    }


def _prescriber_signatory(paper: ConventionPaper) -> str:
    signatory = paper.prescriber.signatory
    is_marked = paper.state is PlacementState.DRAFT and is_obligatory("prescriber.signatory.name")
    return named(signatory) if signatory.name or not is_marked else f"signataire {TO_COMPLETE}"


def _long(day: date | None) -> str:
    return long_day(day) if day else ""


def _day_and_month(day: date) -> str:
    return f"{day_number(day)} {SHORT_MONTHS[day.month - 1]}"


def _clock(minute: int) -> str:
    """« 9h00 », narrow enough for seven days abreast."""
    return f"{minute // 60}h{minute % 60:02d}"
