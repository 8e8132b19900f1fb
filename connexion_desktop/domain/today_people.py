"""The lines of a day that are about people: the alerts of their cards, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from connexion_desktop.domain.alert_kinds import ALERT_ORDER, Alert, AlertKind, Severity
from connexion_desktop.domain.today import Deed, Line, LineKey, Press, PutOff, put_off_on

_PRESSES = {Severity.RED: Press.RED, Severity.AMBER: Press.AMBER}
"""What is green presses nobody."""

_ABOUT = {
    AlertKind.STARTED_UNSIGNED: "Immersion",
    AlertKind.NO_CONTACT: "Suivi",
    AlertKind.LOAN_LATE: "Matériel",
    AlertKind.TO_SIGN: "Immersion",
    AlertKind.PAPER_TO_RENEW: "Pièces",
    AlertKind.REPRESENTATIVE_MISSING: "Fiche",
    AlertKind.ASSESSMENT_DUE: "Immersion",
    AlertKind.DATA_TO_CHECK: "Fiche",
}


@dataclass(frozen=True, slots=True)
class Pressing:
    """Somebody of a group and their alerts, the most pressing first; `cohort` where one follows
    several."""

    person_id: UUID
    name: str
    alerts: tuple[Alert, ...]
    cohort: str = ""


def lines_of(
    people: Iterable[Pressing], put_off: Mapping[LineKey, PutOff], today: date
) -> tuple[Line, ...]:
    """A line for each: their most pressing alert, the others told besides; and one for each alert
    that is put off."""
    found = [each for person in people for each in _of(person, put_off, today)]
    return tuple(line for _, line in sorted(found, key=lambda each: (each[0], each[1].title)))


def _of(
    person: Pressing, put_off: Mapping[LineKey, PutOff], today: date
) -> Iterator[tuple[int, Line]]:
    left = []
    for alert in person.alerts:
        if alert.severity not in _PRESSES:
            continue
        if put_off_on(put_off, _key(person, alert), today) is None:
            left.append(alert)
        else:
            yield _line(person, alert)
    if left:
        yield _line(person, *left)


def _key(person: Pressing, alert: Alert) -> LineKey:
    if alert.placement_id is not None:
        return LineKey("placement", alert.placement_id, alert.kind)
    return LineKey("person", person.person_id, alert.kind)


def _line(person: Pressing, alert: Alert, *others: Alert) -> tuple[int, Line]:
    parts = (alert.detail, *(each.text for each in others), person.cohort)
    return ALERT_ORDER.index(alert.kind), Line(
        key=_key(person, alert),
        press=_PRESSES[alert.severity],
        word=alert.text,
        when=_ABOUT[alert.kind],
        title=person.name,
        detail=" · ".join(part for part in parts if part),
        deed=Deed.OPEN if alert.placement_id is None else Deed.IMMERSION,
    )
