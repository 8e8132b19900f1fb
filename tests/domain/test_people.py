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
    KnownPerson,
    NewPerson,
    PeopleOrder,
    counters,
    in_order,
    known,
    sought,
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
    assert list(sought(ALL, typed)) == found


def test_a_counter_keeps_those_of_its_state() -> None:
    assert sought(ALL, "", PersonState.WAITING) == (SIOBHAN,)
    assert [(each.label, each.count) for each in counters(ALL)] == [
        ("Tous", 4),
        ("Repérage", 2),
        ("En attente", 1),
        ("En parcours", 1),
    ]


def test_who_has_no_family_name_is_sorted_by_the_given_one() -> None:
    names = [person.name for person in in_order(ALL, PeopleOrder.NAME)]
    assert names == ["Aïssatou Diallo", "Koffi N’Guessan", "Siobhán O’Connor-Dupuy", "Olena"]


@pytest.mark.parametrize("descending", [False, True])
def test_an_unknown_birth_date_comes_last_both_ways(descending: bool) -> None:
    found = in_order(ALL, PeopleOrder.BIRTH, descending=descending)
    assert set(found[2:]) == {AISSATOU, KOFFI}
    assert (found[0] is SIOBHAN) is not descending


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=8), st.sampled_from(PeopleOrder), st.booleans())
def test_sorting_loses_nobody(
    names: list[tuple[str, str]], order: PeopleOrder, descending: bool
) -> None:
    people = [somebody(*name) for name in names]
    found = in_order(people, order, descending=descending)
    assert sorted(person.id for person in found) == sorted(person.id for person in people)


@given(WORDS, WORDS)
def test_everybody_is_found_by_their_own_name(first: str, family: str) -> None:
    person = somebody(first, family)
    assert sought([person], f"{family} {first}") == (person,)


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
