"""The list of everyone met: who is found by what is typed, in which order."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.listing import PersonLine, PersonState
from connexion_desktop.domain.people import (
    Everyone,
    KnownPerson,
    NewPerson,
    counters,
    known,
)

DAY = date(2026, 4, 21)


def somebody(
    given: str,
    family: str = "",
    state: PersonState = PersonState.MET,
    *,
    phone: str = "",
    group: str = "",
    birth: date | None = None,
    number: str = "P-00001",
) -> KnownPerson:
    line = PersonLine(
        id=uuid4(),
        number=number,
        family_name=family,
        given_name=given,
        birth=ImpreciseDate(birth) if birth else None,
        group=group,
        state=state,
        phone=phone,
        email="",
        city="",
        met=None,
        entered_on=None,
        left_on=None,
        activity="",
        to_check=0,
    )
    return known(line)


AISSATOU = somebody("Aïssatou", "Diallo", PersonState.IN_GROUP, phone="06 39 98 00 11")
KOFFI = somebody("Koffi", "N’Guessan", group="Talence · décembre 2025", number="P-00012")
SIOBHAN = somebody("Siobhán", "O’Connor-Dupuy", PersonState.WAITING, birth=date(1988, 5, 12))
OLENA = somebody("Olena", birth=date(1991, 1, 2))
ALL = (AISSATOU, KOFFI, SIOBHAN, OLENA)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("aiss", [AISSATOU]),
        ("diallo a", [AISSATOU]),
        ("DIALLO Aïssatou", [AISSATOU]),
        ("dupuy", [SIOBHAN]),
        ("talence", [KOFFI]),
        ("0639980011", [AISSATOU]),
        ("06 39 98", [AISSATOU]),
        ("80 01", [AISSATOU]),
        ("+33 6 39 98 00 11", [AISSATOU]),
        ("0033639980011", [AISSATOU]),
        ("p-00012", [KOFFI]),
        ("Олена", [OLENA]),
        ("", list(ALL)),
        ("  ", list(ALL)),
        ("allo", []),
        ("diallo koffi", []),
    ],
)
def test_people_are_found_by_the_beginning_of_their_words(
    typed: str, found: list[KnownPerson]
) -> None:
    assert list(Everyone(ALL).sought(typed)) == found


def test_a_counter_keeps_those_of_its_state() -> None:
    assert list(Everyone(ALL).sought("", PersonState.WAITING)) == [SIOBHAN]
    assert [(each.label, each.count) for each in counters(ALL)] == [
        ("Tous", 4),
        ("Repérage", 2),
        ("En attente", 1),
        ("En parcours", 1),
    ]


def test_who_has_no_family_name_is_sorted_by_the_given_one() -> None:
    names = [person.name for person in sorted(ALL, key=lambda person: person.by_name)]
    assert names == ["Aïssatou Diallo", "Koffi N’Guessan", "Siobhán O’Connor-Dupuy", "Olena"]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


@given(WORDS, WORDS)
def test_everybody_is_found_by_their_own_name(first: str, family: str) -> None:
    person = somebody(first, family)
    assert list(Everyone([person]).sought(f"{family} {first}")) == [person]


@given(
    st.lists(st.tuples(st.sampled_from("ab é"), st.sampled_from("ab cd")), max_size=6),
    st.lists(st.sampled_from(["a", "b", " ", "é", "0", "6", "\b"]), max_size=10),
    st.sampled_from([None, PersonState.MET, PersonState.WAITING]),
)
def test_letter_after_letter_finds_whom_the_whole_finds(
    names: list[tuple[str, str]], keys: list[str], state: PersonState | None
) -> None:
    people = [somebody(f"{first}b", f"{family}a") for first, family in names]
    everyone, typed = Everyone(people), ""
    for key in keys:
        typed = typed[:-1] if key == "\b" else typed + key
        found, whole = everyone.sought(typed, state), Everyone(people).sought(typed, state)
        assert list(found) == list(whole)
        assert list(found[:2]) == list(whole)[:2]


def new(given_name: str, family_name: str = "") -> NewPerson:
    return NewPerson(UUID(int=1), given_name, family_name, None, DAY)


def test_nobody_is_made_without_a_given_name() -> None:
    with pytest.raises(UserError, match="prénom"):
        new("  ", "Diallo").check()


def test_a_name_gets_its_capitals_and_keeps_its_own_script() -> None:
    person = new("АЙНУР / ainur", "N'GUESSAN")
    person.check()
    assert (person.given.latin, person.given.native) == ("Ainur", "АЙНУР")
    assert person.family.latin == "N’Guessan"
