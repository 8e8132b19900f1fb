from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.french_dates import (
    age_on,
    age_text,
    brief_period,
    full_day,
    imprecise_numeric,
    imprecise_text,
    long_day,
    numeric_day,
    period_text,
    relative_day,
    short_day,
)
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.relative_dates import parse_typed_date
from connexion_desktop.domain.typed_dates import DatePurpose, parse_date

TODAY = date(2026, 3, 18)  # a Wednesday
BIRTH, EVENT, PAST, FUTURE = DatePurpose

some_days = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def exactly(year: int, month: int, day: int) -> ImpreciseDate:
    return ImpreciseDate(date(year, month, day))


def month_of(year: int, month: int) -> ImpreciseDate:
    return ImpreciseDate(date(year, month, 1), Precision.MONTH)


@pytest.mark.parametrize(
    ("cell", "purpose", "found"),
    [
        pytest.param("12-5-88", BIRTH, exactly(1988, 5, 12), id="naissance à deux chiffres"),
        pytest.param("12/5/05", BIRTH, exactly(2005, 5, 12), id="naissance en 2005"),
        pytest.param("12/5/27", BIRTH, exactly(1927, 5, 12), id="naissance jamais future"),
        pytest.param("12/5/27", EVENT, exactly(2027, 5, 12), id="évènement à venir"),
        pytest.param("20/01/2026", EVENT, exactly(2026, 1, 20), id="barres"),
        pytest.param("20.01.26", EVENT, exactly(2026, 1, 20), id="points"),
        pytest.param("20 01 2026", EVENT, exactly(2026, 1, 20), id="espaces"),
        pytest.param("2026-01-20", EVENT, exactly(2026, 1, 20), id="ISO"),
        pytest.param("2026-01-20 00:00:00", EVENT, exactly(2026, 1, 20), id="ISO et heure"),
        pytest.param("2026-01-20T08:30:00Z", EVENT, exactly(2026, 1, 20), id="ISO universel"),
        pytest.param("le 20 janvier 2026", EVENT, exactly(2026, 1, 20), id="en toutes lettres"),
        pytest.param("1er mars 2026", EVENT, exactly(2026, 3, 1), id="premier"),
        pytest.param("mardi 20 janvier 2026", EVENT, exactly(2026, 1, 20), id="avec le jour"),
        pytest.param("3 mars", EVENT, exactly(2026, 3, 3), id="sans année"),
        pytest.param("3/9", FUTURE, exactly(2026, 9, 3), id="sans année à venir"),
        pytest.param("3/9", PAST, exactly(2025, 9, 3), id="sans année passée"),
        pytest.param("29/02", FUTURE, exactly(2028, 2, 29), id="29 février à venir"),
        pytest.param("février 2026", EVENT, month_of(2026, 2), id="mois"),
        pytest.param("vers février 2026", EVENT, month_of(2026, 2), id="vers un mois"),
        pytest.param("FEVRIER 2026", EVENT, month_of(2026, 2), id="mois en capitales"),
        pytest.param("févr. 26", EVENT, month_of(2026, 2), id="mois abrégé"),
        pytest.param("janv-26", EVENT, month_of(2026, 1), id="mois du tableur"),
        pytest.param("02/2026", EVENT, month_of(2026, 2), id="mois en chiffres"),
        pytest.param("fin mars 2026", EVENT, month_of(2026, 3), id="fin de mois"),
        pytest.param(
            "2023", EVENT, ImpreciseDate(date(2023, 1, 1), Precision.YEAR), id="année"
        ),
        pytest.param(2023, EVENT, ImpreciseDate(date(2023, 1, 1), Precision.YEAR), id="nombre"),
        pytest.param(46054, EVENT, exactly(2026, 2, 1), id="numéro de série"),
        pytest.param(46054.75, EVENT, exactly(2026, 2, 1), id="série et heure"),
        pytest.param("46054", EVENT, exactly(2026, 2, 1), id="série en texte"),
        pytest.param("12051988", BIRTH, exactly(1988, 5, 12), id="huit chiffres"),
        pytest.param("19880512", BIRTH, exactly(1988, 5, 12), id="huit chiffres inversés"),
        pytest.param("120588", BIRTH, exactly(1988, 5, 12), id="six chiffres"),
        pytest.param(datetime(1991, 4, 3, tzinfo=UTC), BIRTH, exactly(1991, 4, 3), id="horodatée"),
        pytest.param(date(1991, 4, 3), BIRTH, exactly(1991, 4, 3), id="date"),
    ],
)  # fmt: skip
def test_a_date_is_read(cell: object, purpose: DatePurpose, found: ImpreciseDate) -> None:
    reading = parse_date(cell, purpose, TODAY)
    assert (reading.date, reading.reason) == (found, "")


@pytest.mark.parametrize(
    ("cell", "purpose", "reason"),
    [
        pytest.param("31/02/2026", EVENT, "le 31 février 2026 n’existe pas", id="31 février"),
        pytest.param("01/27/2026", EVENT, "pas de mois 27", id="à l’américaine"),
        pytest.param("3 mars", BIRTH, "l’année manque", id="naissance sans année"),
        pytest.param("12/88", EVENT, "pas de mois 88", id="mois et année courte"),
        pytest.param("lundi 20 janvier 2026", EVENT, "est un mardi", id="jour de semaine faux"),
        pytest.param("20/01/2027", BIRTH, "futur", id="naissance future"),
        pytest.param("20/01/1905", BIRTH, "ancienne", id="naissance trop ancienne"),
        pytest.param("12/5/1788", EVENT, "1788", id="année impossible"),
        pytest.param(datetime(2205, 1, 1, tzinfo=UTC), EVENT, "2205", id="date lointaine"),
        pytest.param("à vérifier", EVENT, "à vérifier", id="un mot"),
        pytest.param("99999999", EVENT, "jj/mm/aaaa", id="huit chiffres impossibles"),
        pytest.param(12.5, EVENT, "12.5", id="petit nombre"),
        pytest.param(float("nan"), EVENT, "nan", id="pas un nombre"),
        pytest.param(True, EVENT, "pas une date", id="vrai"),
    ],
)
def test_what_is_no_date_tells_why(cell: object, purpose: DatePurpose, reason: str) -> None:
    reading = parse_date(cell, purpose, TODAY)
    assert reading.date is None
    assert reason in reading.reason


@pytest.mark.parametrize("cell", [None, "", "  ", "?", "-", "inconnu"])
def test_an_empty_cell_gives_neither_date_nor_reason(cell: object) -> None:
    reading = parse_date(cell, EVENT, TODAY)
    assert (reading.date, reading.reason) == (None, "")


@pytest.mark.parametrize(
    ("typed", "purpose", "day"),
    [
        pytest.param("3/9", FUTURE, date(2026, 9, 3), id="jour et mois"),
        pytest.param("lundi", FUTURE, date(2026, 3, 23), id="lundi"),
        pytest.param("lun", FUTURE, date(2026, 3, 23), id="lundi abrégé"),
        pytest.param("lundi", PAST, date(2026, 3, 16), id="lundi passé"),
        pytest.param("mercredi", FUTURE, date(2026, 3, 25), id="le même jour que aujourd’hui"),
        pytest.param("lundi prochain", FUTURE, date(2026, 3, 23), id="lundi prochain"),
        pytest.param("vendredi prochain", FUTURE, date(2026, 3, 27), id="vendredi prochain"),
        pytest.param("ce vendredi", FUTURE, date(2026, 3, 20), id="ce vendredi"),
        pytest.param("lundi en huit", FUTURE, date(2026, 3, 30), id="lundi en huit"),
        pytest.param("lundi dernier", EVENT, date(2026, 3, 16), id="lundi dernier"),
        pytest.param("aujourd’hui", EVENT, TODAY, id="aujourd’hui"),
        pytest.param("demain", EVENT, date(2026, 3, 19), id="demain"),
        pytest.param("Après-demain", EVENT, date(2026, 3, 20), id="après-demain"),
        pytest.param("hier", EVENT, date(2026, 3, 17), id="hier"),
        pytest.param("+2s", EVENT, date(2026, 4, 1), id="deux semaines"),
        pytest.param("+3j", EVENT, date(2026, 3, 21), id="trois jours"),
        pytest.param("+1m", EVENT, date(2026, 4, 18), id="un mois"),
        pytest.param("+ 1 an", EVENT, date(2027, 3, 18), id="un an"),
        pytest.param("-2s", EVENT, date(2026, 3, 4), id="deux semaines avant"),
        pytest.param("dans 3 semaines", EVENT, date(2026, 4, 8), id="dans trois semaines"),
        pytest.param("il y a 2 mois", EVENT, date(2026, 1, 18), id="il y a deux mois"),
        pytest.param("fin mars", FUTURE, date(2026, 3, 31), id="fin mars"),
        pytest.param("mi-avril", FUTURE, date(2026, 4, 15), id="mi-avril"),
        pytest.param("début avril", FUTURE, date(2026, 4, 1), id="début avril"),
        pytest.param("fin du mois", EVENT, date(2026, 3, 31), id="fin du mois"),
        pytest.param("15", FUTURE, date(2026, 4, 15), id="le prochain 15"),
        pytest.param("le 20", FUTURE, date(2026, 3, 20), id="le 20"),
        pytest.param("15", PAST, date(2026, 3, 15), id="le 15 passé"),
        pytest.param("12-5-26", EVENT, date(2026, 5, 12), id="date ordinaire"),
    ],
)
def test_days_are_typed_as_people_say_them(typed: str, purpose: DatePurpose, day: date) -> None:
    assert parse_typed_date(typed, purpose, TODAY).date == ImpreciseDate(day)


@pytest.mark.parametrize("typed", ["31", "lundi bleu", "+999a", "bientôt", "32", "30 février"])
def test_a_day_that_cannot_be_understood_tells_why(typed: str) -> None:
    purpose = PAST if typed == "31" else FUTURE
    reading = parse_typed_date(typed, purpose, TODAY)
    assert reading.date is None
    assert reading.reason


def test_a_month_typed_alone_stays_imprecise() -> None:
    assert parse_typed_date("septembre", FUTURE, TODAY).date == month_of(2026, 9)
    assert parse_typed_date("mars", FUTURE, TODAY).date == month_of(2026, 3)


@given(some_days, st.sampled_from([EVENT, PAST, FUTURE]))
def test_a_date_shown_is_read_back(day: date, purpose: DatePurpose) -> None:
    for text in (numeric_day(day), long_day(day), full_day(day), day.isoformat()):
        assert parse_date(text, purpose, TODAY).date == ImpreciseDate(day)


@given(some_days, st.sampled_from(list(Precision)))
def test_an_imprecise_date_shown_is_read_back(day: date, precision: Precision) -> None:
    known = {
        Precision.DAY: day,
        Precision.MONTH: day.replace(day=1),
        Precision.YEAR: day.replace(month=1, day=1),
    }
    value = ImpreciseDate(known[precision], precision)
    assert parse_date(imprecise_text(value), EVENT, TODAY).date == value
    assert parse_date(imprecise_numeric(value), EVENT, TODAY).date == value


@given(some_days, some_days)
def test_a_day_without_year_goes_the_asked_way(day: date, today: date) -> None:
    text = f"{day.day}/{day.month}"
    past = parse_date(text, PAST, today).date
    future = parse_date(text, FUTURE, today).date
    assert past is not None
    assert future is not None
    assert past.day <= today <= future.day


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes()))
def test_whatever_a_cell_holds_is_read_without_a_crash(cell: object) -> None:
    for purpose in DatePurpose:
        reading = parse_date(cell, purpose, TODAY)
        assert reading.date is None or not reading.reason


@given(st.from_regex(r"[+-]?\s?[0-9a-zé]{1,6}[ /.+-]?[0-9a-zé]{0,9}", fullmatch=True))
def test_whatever_is_typed_is_read_without_a_crash(text: str) -> None:
    for purpose in DatePurpose:
        parse_typed_date(text, purpose, TODAY)


def test_days_are_shown_as_people_write_them() -> None:
    assert short_day(date(2026, 4, 21)) == "mar. 21 avr."
    assert short_day(date(2027, 4, 21), TODAY) == "mer. 21 avr. 2027"
    assert long_day(date(2026, 3, 4)) == "4 mars 2026"
    assert long_day(date(2026, 3, 1)) == "1er mars 2026"
    assert imprecise_text(month_of(2026, 2)) == "février 2026"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 3, 4), date(2026, 3, 17), "du 4 au 17 mars 2026"),
        (date(2026, 3, 28), date(2026, 4, 1), "du 28 mars au 1er avril 2026"),
        (date(2026, 12, 28), date(2027, 1, 8), "du 28 décembre 2026 au 8 janvier 2027"),
        (date(2026, 3, 4), date(2026, 3, 4), "le 4 mars 2026"),
    ],
)
def test_a_period_repeats_neither_month_nor_year(first: date, last: date, text: str) -> None:
    assert period_text(first, last) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 3, 4), date(2026, 3, 17), "4 – 17 mars"),
        (date(2026, 3, 28), date(2026, 4, 1), "28 mars – 1er avr."),
        (date(2026, 12, 28), date(2027, 1, 8), "28 déc. – 8 janv."),
        (date(2026, 3, 4), date(2026, 3, 4), "4 mars"),
    ],
)
def test_a_period_is_told_in_a_few_letters(first: date, last: date, text: str) -> None:
    assert brief_period(first, last) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "aujourd’hui"),
        (-1, "hier"),
        (1, "demain"),
        (-5, "il y a 5 j"),
        (12, "dans 12 j"),
        (-100, "il y a 3 mois"),
        (-1000, "il y a 2 ans"),
    ],
)
def test_a_distance_is_never_zero_days(days: int, text: str) -> None:
    assert relative_day(TODAY + timedelta(days=days), TODAY) == text


@pytest.mark.parametrize(
    ("birth", "text"),
    [
        pytest.param(exactly(1991, 4, 3), "34 ans", id="avant l’anniversaire"),
        pytest.param(exactly(1991, 3, 18), "35 ans", id="le jour même"),
        pytest.param(month_of(2008, 3), "17 ou 18 ans", id="mois connu"),
        pytest.param(ImpreciseDate(date(2008, 1, 1), Precision.YEAR), "17 ou 18 ans", id="année"),
        pytest.param(exactly(2025, 1, 1), "1 an", id="un an"),
        pytest.param(exactly(2025, 10, 1), "moins d’un an", id="nourrisson"),
    ],
)
def test_an_age_says_its_doubt(birth: ImpreciseDate, text: str) -> None:
    assert age_text(birth, TODAY) == text


def test_a_leap_day_birthday_comes_on_the_first_of_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
