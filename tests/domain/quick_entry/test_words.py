"""The words kept, and no day read that was not said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.entry import EntryKind

from .reading import WEDNESDAY, line, read


@pytest.mark.parametrize(
    ("typed", "told", "kept"),
    [
        ("hier il est passé", "Note · hier", "hier il est passé"),
        ("lundi dernier il est venu", "Note · lun. 23 novembre", "lundi dernier il est venu"),
        ("avant hier il est passé", "Note · lun. 23 novembre", "avant hier il est passé"),
        ("23/11 passé au bureau", "Note · lun. 23 novembre", "23/11 passé au bureau"),
        ("lundi il commence", "Note · aujourd’hui", "lundi il commence"),
        ("12/12 : fin du contrat", "Note · aujourd’hui", "12/12 : fin du contrat"),
        ("23/11 : fin du contrat", "Note · lun. 23 novembre", "fin du contrat"),
        ("Il dit qu’hier il a plu", "Note · aujourd’hui", "Il dit qu’hier il a plu"),
    ],
)
def test_a_note_of_a_day_gone_by_is_dated_of_it_and_keeps_its_words(
    typed: str, told: str, kept: str
) -> None:
    assert line(typed) == told
    assert read(typed).text == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("entretien tel avec Léo hier 20 min", "tel avec Léo hier 20 min"),
        ("entretien lundi mardi 20 min", "mardi 20 min"),
        ("entretien vu le 23 novembre…", "vu le 23 novembre…"),
        ("absence malade lundi et mardi", "malade"),
        ("absence fils malade lundi et mardi, a prévenu", "fils malade lundi et mardi, a prévenu"),
    ],
)
def test_a_day_said_inside_a_sentence_stays_in_it(typed: str, kept: str) -> None:
    assert read(typed).text == kept


_WHEN = [
    *("lundi", "mardi", "hier", "demain", "23/11", "12-5-26", "le", "du", "au", "et", "à", "14h"),
    *("20min", "24", "matin", "en", ":", ",", "."),
]
_WORDS = [
    *("stage", "Léo", "bureau", "parle", "école", "bilan", "très", "vu", "Logement", "embauche"),
    *("dossier", "changement", "séances"),
]
_SENTENCES = st.lists(st.sampled_from([*_WHEN, *_WORDS]), max_size=14).map(" ".join)


@given(_SENTENCES, st.sampled_from(EntryKind))
def test_no_word_that_does_not_say_when_is_ever_lost(typed: str, kind: EntryKind) -> None:
    entry = read(typed, kind)
    kept = f"{entry.place} {entry.text}".lower().split()
    for word in _WORDS:
        assert [each.strip(",.:") for each in kept].count(word.lower()) == typed.split().count(word)


_SAID_DAYS: dict[str, Callable[[date], bool]] = {
    "lundi": lambda day: day.weekday() == 0,
    "mardi": lambda day: day.weekday() == 1,
    "vendredi": lambda day: day.weekday() == 4,
    "hier": lambda day: day == WEDNESDAY - timedelta(days=1),
    "avant-hier": lambda day: day == WEDNESDAY - timedelta(days=2),
    "demain": lambda day: day == WEDNESDAY + timedelta(days=1),
    "23/11": lambda day: (day.day, day.month) == (23, 11),
    "1/12": lambda day: (day.day, day.month) == (1, 12),
}
_BETWEEN = ["du", "au", "depuis", "jusqu’à"]
_TOLD = [*_WORDS, *_SAID_DAYS, "et", ",", "malade", "à", "14h", "3/4 du", "1/2 heure"]


@given(
    st.sampled_from(["", "note", "action", "entretien", "absence", "absente"]),
    st.lists(st.sampled_from([*_TOLD, *_BETWEEN]), max_size=10),
)
def test_a_day_that_is_read_is_a_day_that_was_said(first: str, words: list[str]) -> None:
    entry = read(" ".join((first, *words)))
    said = [_SAID_DAYS[word] for word in words if word in _SAID_DAYS]
    for day in [entry.on, *(on for on, _ in entry.also)]:
        named = day in (None, WEDNESDAY) or any(is_it(day) for is_it in said)
        assert named or (entry.also and set(words) & {*_BETWEEN})
