"""The papers of presence turned into sections: a calendar of half-days, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from connexion_desktop.documents.content import (
    DOTS,
    Day,
    Field,
    Grid,
    Note,
    Paper,
    Prose,
    Section,
    SignatureBlock,
    Signatures,
    Timetable,
    Week,
    cleaned,
)
from connexion_desktop.documents.convention_parties import joined, letterhead, named
from connexion_desktop.domain.board import Presence
from connexion_desktop.domain.calendar_fr import monday_of
from connexion_desktop.domain.french_dates import WEEKDAYS, full_day, long_day, numeric_day
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.period import Period, month_of
from connexion_desktop.domain.presence_paper import (
    PresenceLine,
    PresencePaper,
    PresencePaperKind,
)
from connexion_desktop.domain.typography import typeset

_TITLES = {
    PresencePaperKind.STATEMENT: "État de présence",
    PresencePaperKind.CERTIFICATE: "Attestation de présence",
}
_MOST_MISSING = 6


def paper_text(paper: PresencePaper) -> Paper:
    """Everything the paper says, cleaned, section by section."""
    paper = cleaned(paper)
    is_statement = paper.kind is PresencePaperKind.STATEMENT
    told = _statement(paper) if is_statement else _certificate(paper)
    return Paper(
        title=_TITLES[paper.kind],
        subtitle=paper.title,
        issuer=paper.issuer.name,
        letterhead=letterhead(paper.issuer),
        number=paper.of.number,
        reference=f"{paper.of.name} ({paper.of.number})",
        edition=paper.title,
        stamp="",
        code="",
        subject=joined(paper.of.name, paper.title),
        issued_on=paper.made_on,
        sections=(_who(paper), *told, _signatures(paper)),
    )


def _who(paper: PresencePaper) -> Section:
    of = paper.of
    left = long_day(of.left_on) if of.left_on else "en cours"
    return Section(
        "La personne et son parcours",
        (
            Grid(
                (
                    (
                        Field("Nom", of.name, 5, strong=True),
                        Field("Groupe", of.group, 4),
                        Field("Dossier", of.number, 3),
                    ),
                    (
                        Field("Début du parcours", long_day(of.entered_on), 4),
                        Field("Fin du parcours", left, 4),
                        Field("Période", paper.title, 4, strong=True),
                    ),
                )
            ),
        ),
    )


def _statement(paper: PresencePaper) -> tuple[Section, ...]:
    sent = long_day(paper.sent_on) if paper.sent_on else ""
    to = Grid((((Field("Organisme destinataire", "", 8)), Field("Envoyé le", sent, 4)),))
    return (
        Section("Destinataire", (to,)),
        Section("Les demi-journées", (_calendar(paper), *_missing(paper))),
        _totals(paper),
    )


def _certificate(paper: PresencePaper) -> tuple[Section, ...]:
    came = paper.count(Presence.PRESENT, Presence.LATE)
    many = "s" * (came > 1)
    told = typeset(
        f"{paper.issuer.name} atteste que {paper.of.name} a suivi le programme du groupe "
        f"« {paper.of.group} »{_when(paper.period)} : {came} demi-journée{many} de présence, "
        f"soit {hours_text(paper.minutes)}."
    )
    given = typeset(
        "Cette attestation est remise à la personne pour servir et valoir ce que de droit."
    )
    attested = Prose("À qui de droit", told)
    return (
        Section("Attestation", (attested, *_left_out(paper), Note(given))),
        _totals(paper),
    )


def _left_out(paper: PresencePaper) -> Iterator[Note]:
    """How much is not known yet: it would pass for absences."""
    count = len(paper.missing)
    if count:
        many = count > 1
        yield Note(
            typeset(
                f"À ce jour, {count} demi-journée{'s' * many} "
                f"{'ne sont' if many else 'n’est'} pas encore saisie{'s' * many} : "
                f"{'elles ne comptent' if many else 'elle ne compte'} pas ici."
            )
        )


def _when(period: Period) -> str:
    """« en avril 2026 », « du 9 mars 2026 au 26 mai 2026 », after what was followed."""
    is_named = month_of(period.first) == period
    return f" en {period.text}" if is_named else f", {period.text}"


def _totals(paper: PresencePaper) -> Section:
    statement = paper.kind is PresencePaperKind.STATEMENT
    planned = (
        ("Demi-journées prévues", len(paper.lines))
        if statement
        else ("Demi-journées prévues, à ce jour", len(paper.lines) - len(paper.missing))
    )
    counts = (
        planned,
        ("Présences", paper.count(Presence.PRESENT, Presence.LATE)),
        ("dont retards", paper.count(Presence.LATE)),
    )
    away = (
        ("Absences excusées", paper.count(Presence.EXCUSED)),
        ("Absences", paper.count(Presence.ABSENT)),
    )
    first = tuple(Field(label, str(count), 3, strong=True) for label, count in counts)
    hours = Field("Heures de présence", hours_text(paper.minutes), 3, strong=True)
    rows = [(*first, hours)]
    if statement:
        rows.append(tuple(Field(label, str(count), 6) for label, count in away))
    return Section("Totaux", (Grid(tuple(rows), whole=True),))


def _missing(paper: PresencePaper) -> Iterator[Note]:
    """What is not known yet is said: a paper without it would pass for a whole one."""
    slots = paper.missing
    if not slots:
        return
    told = ", ".join(f"{full_day(each.on)} ({each.half.label})" for each in slots[:_MOST_MISSING])
    more = f" et {len(slots) - _MOST_MISSING} de plus" if len(slots) > _MOST_MISSING else ""
    yield Note(typeset(f"Pas encore saisi : {told}{more}."))


def _calendar(paper: PresencePaper) -> Timetable:
    weeks = groupby(paper.lines, lambda line: monday_of(line.slot.on))
    return Timetable(
        "Présences par demi-journée",
        tuple(name.capitalize() for name in WEEKDAYS),
        tuple(_week(monday, list(lines)) for monday, lines in weeks),
        typeset(hours_text(paper.minutes)),
    )


def _week(monday: date, lines: Sequence[PresenceLine]) -> Week:
    days = [monday + timedelta(days=place) for place in range(7)]
    return Week(
        f"du {_short(monday)} au {_short(days[-1])}",
        tuple(
            Day(
                _short(day),
                tuple(
                    typeset(f"{line.slot.half.label.capitalize()} : {line.told}")
                    for line in lines
                    if line.slot.on == day
                ),
            )
            for day in days
        ),
        typeset(hours_text(sum(line.minutes for line in lines))),
    )


def _short(day: date) -> str:
    return numeric_day(day)[:5]


def _signatures(paper: PresencePaper) -> Section:
    place = paper.issuer.address.city or DOTS
    issuer = joined(paper.issuer.name, named(paper.signatory))
    blocks = [SignatureBlock("L’association", issuer, "Signature et cachet")]
    if paper.kind is PresencePaperKind.STATEMENT:
        blocks.insert(0, SignatureBlock("La personne", paper.of.name, "Signature"))
    made = f"Fait à {place}, le {long_day(paper.made_on)}."
    return Section("Signatures", (Signatures(made, tuple(blocks)),))
