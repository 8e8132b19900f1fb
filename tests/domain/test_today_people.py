"""The lines of a day that are about people."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from connexion_desktop.domain.alert_kinds import Alert, AlertKind
from connexion_desktop.domain.today import Deed, Gathered, Line, LineKey, Press, PutOff, day_of
from connexion_desktop.domain.today_people import Pressing, lines_of

TODAY, LATER = date(2026, 4, 21), date(2026, 4, 28)
SILENT = Alert(AlertKind.NO_CONTACT, "Sans contact 18 j", "dernier contact le ven. 3 avr.")
LOAN = Alert(AlertKind.LOAN_LATE, "PC à rendre, retard 3 j", "PC-004")
TO_SIGN = Alert(AlertKind.TO_SIGN, "PMSMP à signer", "Atelier Garonne")
RUNNING = Alert(AlertKind.PLACEMENT_RUNNING, "PMSMP en cours")


def somebody(name: str, *alerts: Alert, cohort: str = "") -> Pressing:
    return Pressing(uuid4(), name, alerts, cohort)


def lines(*people: Pressing, put_off: dict[LineKey, PutOff] | None = None) -> tuple[Line, ...]:
    return lines_of(people, put_off or {}, TODAY)


def test_somebody_has_one_line_for_their_most_pressing_alert() -> None:
    (line,) = lines(somebody("Awa Diallo", SILENT, LOAN, TO_SIGN, RUNNING, cohort="Bordeaux"))
    assert (line.press, line.when, line.title) == (Press.RED, "Suivi", "Awa Diallo")
    assert (line.word, line.deed) == ("Sans contact 18 j", Deed.OPEN)
    assert line.detail == (
        "dernier contact le ven. 3 avr. · PC à rendre, retard 3 j · PMSMP à signer · Bordeaux"
    )
    assert line.can_wait and not line.can_close


def test_an_alert_about_an_immersion_leads_to_it() -> None:
    immersion = uuid4()
    signing = Alert(AlertKind.TO_SIGN, "PMSMP à signer", "Atelier Garonne", immersion)
    (line,) = lines(somebody("Awa Diallo", signing))
    assert line.key == LineKey("placement", immersion, AlertKind.TO_SIGN)
    assert (line.deed, line.when) == (Deed.IMMERSION, "Immersion")


def test_what_goes_well_presses_nobody() -> None:
    assert lines(somebody("Awa Diallo", RUNNING), somebody("Karim Benali")) == ()


def test_the_most_pressing_come_first_then_by_name() -> None:
    told = lines(
        somebody("Zoé", SILENT), somebody("Léo", TO_SIGN), somebody("Ana", LOAN),
        somebody("Awa", SILENT),
    )  # fmt: skip
    assert [each.title for each in told] == ["Awa", "Zoé", "Ana", "Léo"]


def test_an_alert_put_off_leaves_its_place_to_the_next() -> None:
    awa = somebody("Awa Diallo", SILENT, LOAN)
    key = LineKey("person", awa.person_id, SILENT.kind)
    off = {key: PutOff(LATER)}
    told = lines(awa, put_off=off)
    assert [(each.word, each.detail) for each in told] == [
        ("Sans contact 18 j", "dernier contact le ven. 3 avr."),
        ("PC à rendre, retard 3 j", "PC-004"),
    ]
    day = day_of(Gathered(put_off=off), TODAY, told)
    assert [each.word for each in day.lines] == ["PC à rendre, retard 3 j"]
    assert [line.key for line, _ in day.put_off] == [key]
    assert lines(awa, put_off={key: PutOff(TODAY)})[0].word == "Sans contact 18 j"
