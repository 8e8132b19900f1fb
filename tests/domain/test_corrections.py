"""A line of the feed corrected: its head is read back as it is spelt, else it is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.corrections import (
    absence_head,
    action_head,
    note_head,
    read_correction,
    talk_head,
)
from connexion_desktop.domain.entry import Entry, EntryKind, Known
from connexion_desktop.domain.feed import Written
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.person_file import Reason

TODAY = date(2026, 11, 25)
WAS = date(2026, 11, 23)
REASONS = (
    Reason("sante", "Santé"),
    Reason("administratif", "Démarche administrative"),
    Reason("garde", "Garde d’enfants"),
    Reason("emploi", "Emploi ou immersion"),
    Reason("autre", "Autre"),
)
KNOWN = Known(REASONS)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
MINUTES = st.none() | st.integers(0, 24 * 60 - 1)


def corrected(kind: EntryKind, head: str, text: str = "Un texte") -> Entry:
    return read_correction(kind, Written(head, text), WAS, TODAY, KNOWN)


@given(DAYS)
def test_the_head_of_a_note_is_read_as_it_is_spelt(on: date) -> None:
    entry = corrected(EntryKind.NOTE, note_head(on))
    assert (entry.on, entry.text, entry.problem) == (on, "Un texte", "")


@given(DAYS, MINUTES)
def test_the_head_of_an_action_is_read_as_it_is_spelt(on: date, minute: int | None) -> None:
    entry = corrected(EntryKind.ACTION, action_head(on, minute))
    assert (entry.on, entry.minute, entry.text, entry.problem) == (on, minute, "Un texte", "")


@given(
    DAYS,
    MINUTES,
    st.none() | st.integers(1, 999),
    st.sampled_from(["", "Au bureau", "CCAS de Talence", "Au bureau de Pessac", "Par téléphone"]),
)
def test_the_head_of_a_talk_is_read_as_it_is_spelt(
    on: date, minute: int | None, minutes: int | None, place: str
) -> None:
    entry = corrected(EntryKind.INTERVIEW, talk_head(on, minute, minutes, place))
    assert (entry.on, entry.minute, entry.minutes, entry.place) == (on, minute, minutes, place)
    assert not entry.problem


@given(
    DAYS,
    st.sampled_from([(), (Half.MORNING,), (Half.AFTERNOON,), tuple(Half)]),
    st.none() | st.sampled_from(REASONS),
    st.booleans(),
)
def test_the_head_of_an_absence_is_read_as_it_is_spelt(
    on: date, halves: tuple[Half, ...], reason: Reason | None, excused: bool
) -> None:
    why = reason.label.lower() if reason is not None else ""
    entry = corrected(EntryKind.ABSENCE, absence_head(on, halves, why, excused=excused))
    half = halves[0] if len(halves) == 1 else None
    assert (entry.on, entry.half, entry.reason, entry.excused) == (on, half, reason, excused)
    assert (entry.text, entry.also, entry.problem) == ("Un texte", (), "")


@pytest.mark.parametrize("kind", [EntryKind.NOTE, EntryKind.INTERVIEW, EntryKind.ABSENCE])
def test_a_head_without_a_day_keeps_the_day_it_was(kind: EntryKind) -> None:
    assert corrected(kind, "").on == WAS


def test_an_action_may_lose_its_date() -> None:
    assert corrected(EntryKind.ACTION, "").on is None


@pytest.mark.parametrize(
    ("kind", "head", "problem"),
    [
        (EntryKind.NOTE, "31/02", "Le 31/02 n’existe pas : corrigez la date."),
        (EntryKind.NOTE, "hier soir tard", "« soir tard » n’est pas un jour compris."),
        (EntryKind.ACTION, "un jour", "« un jour » n’est pas un jour compris."),
        (
            EntryKind.INTERVIEW,
            "lundi 24/11, au bureau",
            "Le jour n’est pas compris : le 24 novembre 2026 est un mardi.",
        ),
        (EntryKind.ABSENCE, "le 15/13", "« 15/13 »"),
    ],
)
def test_a_head_that_is_not_understood_is_told(kind: EntryKind, head: str, problem: str) -> None:
    assert problem in corrected(kind, head).problem


def test_the_text_of_a_note_cannot_be_emptied_nor_the_title_of_an_action() -> None:
    assert corrected(EntryKind.NOTE, "", " ").problem == "Une note ne peut pas être vide."
    assert corrected(EntryKind.ACTION, "", " ").problem == (
        "Dites en quelques mots ce qu’il faut faire."
    )


def test_what_else_the_head_of_an_absence_says_joins_its_text() -> None:
    entry = corrected(EntryKind.ABSENCE, "lundi et mardi, malade", "Par SMS")
    assert [entry.on, *(on for on, _ in entry.also)] == [WAS, WAS + timedelta(days=1)]
    assert (entry.reason, entry.text) == (REASONS[0], "Par SMS, malade")


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(EntryKind))
def test_no_head_ever_fails(head: str, text: str, kind: EntryKind) -> None:
    entry = corrected(kind, head, text)
    assert entry.problem or text.strip().casefold() in entry.text.casefold() or "\n" in text


@given(DAYS)
def test_a_day_typed_in_digits_is_that_day(on: date) -> None:
    for kind in EntryKind:
        assert corrected(kind, numeric_day(on)).on == on
