"""The days of an absence: one, several, a whole week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.entry import EntryKind, Known
from connexion_desktop.domain.quick_entry import read_entry

from .reading import MONDAYS_AND_TUESDAYS, REASONS, WEDNESDAY, line, read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("du 23 au 24", "Absence · lun. 23 novembre et hier, journée"),
        ("du 23 au 24/11", "Absence · lun. 23 novembre et hier, journée"),
        ("lundi et mardi", "Absence · lun. 23 novembre et hier, journée"),
        (
            "depuis lundi après-midi",
            "Absence · lun. 23 novembre après-midi et hier journée",
        ),
        ("depuis lundi matin", "Absence · lun. 23 novembre et hier, journée"),
        ("toute la journée d’hier", "Absence · hier, journée"),
        ("Léo malade mardi matin jusqu’à midi", "Absence excusée · hier, matin · santé"),
        ("lundi 20 min de retard", "Absence · lun. 23 novembre, journée"),
        ("lundi mardi", "Absence · lun. 23 novembre et hier, journée"),
        ("lundi 23 mardi 24", "Absence · lun. 23 novembre et hier, journée"),
        ("lundi/mardi", "Absence · lun. 23 novembre et hier, journée"),
        ("lundi ; mardi", "Absence · lun. 23 novembre et hier, journée"),
        ("lundi 23 et mardi 24", "Absence · lun. 23 novembre et hier, journée"),
        ("les 23 et 24", "Absence · lun. 23 novembre et hier, journée"),
        ("23 et 24 novembre", "Absence · lun. 23 novembre et hier, journée"),
        (
            "malade lundi et mardi",
            "Absence excusée · lun. 23 novembre et hier, journée · santé",
        ),
        (
            "lundi matin et mardi après-midi, garde d’enfants",
            "Absence excusée · lun. 23 novembre matin et hier après-midi · garde d’enfants",
        ),
        (
            "du 9 au 24",
            "Absence · du lun. 9 novembre au mar. 24 novembre (6 jours)",
        ),
        ("de lundi à mercredi", "Absence · lun. 23 novembre et hier, journée"),
        ("23-24/11", "Absence · lun. 23 novembre et hier, journée"),
        ("lundi-mardi", "Absence · lun. 23 novembre et hier, journée"),
        ("depuis lundi", "Absence · lun. 23 novembre et hier, journée"),
        (
            "jusqu’au 1/12, stage",
            "Absence · lun. 30 novembre et mar. 1er décembre, journée",
        ),
        ("malade lundi, a prévenu mardi", "Absence excusée · lun. 23 novembre, journée · santé"),
        (
            "lundi, 2 enfants malades",
            "Absence excusée · lun. 23 novembre, journée · santé",
        ),
        ("1/2 journée lundi", "Absence · lun. 23 novembre, journée"),
        (
            "malade",
            "Absence excusée · aujourd’hui, journée · santé · pas de séance aujourd’hui",
        ),
        (
            "du 25 au 27",
            "Absence · aujourd’hui, jeu. 26 novembre et ven. 27 novembre, journée"
            " · 3 jours sans séance",
        ),
    ],
)
def test_an_absence_is_of_all_its_days_and_says_where_no_one_was_expected(
    typed: str, told: str
) -> None:
    assert line(f"absence {typed}") == told


@given(st.dates(WEDNESDAY - timedelta(days=40), WEDNESDAY + timedelta(days=20)), st.integers(1, 12))
def test_an_absence_from_a_day_to_another_is_of_every_day_expected(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    entry = read(f"absence du {day.day}/{day.month} au {last.day}/{last.month}")
    expected = [
        each
        for step in range(length + 1)
        if (each := day + timedelta(days=step)) in MONDAYS_AND_TUESDAYS
    ]
    if expected:
        assert [entry.on, *(on for on, _ in entry.also)] == expected


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("cette semaine", "lun. 23 novembre et hier, journée"),
        ("toute la semaine, malade", "lun. 23 novembre et hier, journée · santé"),
        ("malade la semaine dernière", "lun. 16 novembre et mar. 17 novembre, journée · santé"),
        ("semaine prochaine", "lun. 30 novembre et mar. 1er décembre, journée"),
        ("la semaine du 9/11", "lun. 9 novembre et mar. 10 novembre, journée"),
        ("de la semaine", "lun. 23 novembre et hier, journée"),
        ("lundi cette semaine", "lun. 23 novembre, journée"),
        (
            "une fois cette semaine",
            "aujourd’hui, journée · « cette semaine » ne dit pas quel jour",
        ),
        ("3 jours", "aujourd’hui, journée · « 3 jours » ne dit pas quel jour"),
        ("hier et avant-hier", "lun. 23 novembre et hier, journée"),
        ("mardi et lundi", "lun. 23 novembre et hier, journée"),
        ("mardi, malade jusqu’à vendredi", "hier, journée · santé"),
        (
            "23/11, malade jusqu’au 1/12",
            "du lun. 23 novembre au mar. 1er décembre (4 jours) · santé",
        ),
        ("depuis lundi jusqu’à mardi", "lun. 23 novembre et hier, journée"),
        (
            "lundi de la semaine dernière",
            "lun. 23 novembre, journée · « de la semaine dernière » ne dit pas quel jour",
        ),
        (
            "mardi 2 enfants malades",
            "aujourd’hui, journée · santé · le 2 décembre 2026 est un mercredi",
        ),
    ],
)
def test_an_absence_of_a_week_is_of_its_days_that_matter(typed: str, told: str) -> None:
    entry = line(f"absence {typed}")
    assert entry.partition(" · ")[2] == told


def test_absent_this_week_is_an_absence() -> None:
    assert read("absente cette semaine").kind is EntryKind.ABSENCE


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(["cette", "toute la"]))
def test_a_week_has_all_the_days_when_the_person_is_expected(today: date, words: str) -> None:
    monday = today - timedelta(days=today.weekday())
    expected = frozenset({monday, monday + timedelta(days=3), monday + timedelta(days=8)})
    entry = read_entry(f"absence {words} semaine", today, Known(REASONS, expected))
    assert [entry.on, *(on for on, _ in entry.also)] == [monday, monday + timedelta(days=3)]
