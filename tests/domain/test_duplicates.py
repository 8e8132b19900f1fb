"""Who was written down twice."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.duplicates import LikelyPair, Registered, likely_pairs
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.name_matching import Likeness, PersonTraits, same_person
from connexion_desktop.domain.progress import Silent

BORN = ImpreciseDate(date(1991, 3, 4))
SAME_DAY_SWAPPED = ImpreciseDate(date(1991, 4, 3))


def pairs(*traits: PersonTraits) -> tuple[LikelyPair, ...]:
    people = [Registered(uuid4(), f"P-{rank:05d}", each) for rank, each in enumerate(traits, 1)]
    return likely_pairs(people, frozenset(), Silent())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PersonTraits("Diallo", "Aïssatou", BORN), PersonTraits("DIALLO", "Aissatou", BORN)),
        (PersonTraits("Diallo", "Awa", BORN), PersonTraits("Awa", "Diallo", BORN)),
        (PersonTraits("Kovalenko", "Olena", BORN), PersonTraits("Коваленко", "Олена", BORN)),
        (PersonTraits("Akhmetov", "Nurlan", BORN), PersonTraits("Akhmetov", "Nourlan", BORN)),
        (
            PersonTraits("Akhmetov", "Nurlan", None, native="Нурлан Ахметов"),
            PersonTraits("Ахметов", "Нурлан", None),
        ),
        (
            PersonTraits("Lefebvre", "Inès", BORN, birth_name="Martin"),
            PersonTraits("Martin", "Inès", BORN),
        ),
        (
            PersonTraits("Diallo", "Awa", BORN),
            PersonTraits("Diallo", "Awa", ImpreciseDate(date(1991, 1, 1), Precision.YEAR)),
        ),
        (PersonTraits("Diallo", "Awa", BORN), PersonTraits("Diallo", "Awa", SAME_DAY_SWAPPED)),
        (
            PersonTraits("Diallo", "Awa", BORN, "06 39 98 00 11"),
            PersonTraits("Dialo", "Awa", None, other_phone="+33639980011"),
        ),
    ],
    ids=[
        "accents",
        "order",
        "Cyrillic",
        "transliteration",
        "native name",
        "birth name",
        "year of birth",
        "day and month swapped",
        "other phone",
    ],
)
def test_one_person_written_twice_is_proposed(one: PersonTraits, other: PersonTraits) -> None:
    (found,) = pairs(one, other)
    assert (found.older.number, found.newer.number) == ("P-00001", "P-00002")


def test_homonyms_reached_by_two_numbers_are_not_proposed() -> None:
    assert not pairs(
        PersonTraits("Diallo", "Awa", None, "06 39 98 00 11"),
        PersonTraits("Diallo", "Awa", None, "06 39 98 00 12"),
    )


def test_homonyms_born_on_two_days_are_not_proposed() -> None:
    other = ImpreciseDate(date(1985, 11, 20))
    assert not pairs(PersonTraits("Diallo", "Awa", BORN), PersonTraits("Diallo", "Awa", other))


def test_the_likeliest_come_first() -> None:
    found = pairs(
        PersonTraits("Abbas", "Amir"),
        PersonTraits("Abbas", "Amir"),
        PersonTraits("Zidane", "Zohra", BORN),
        PersonTraits("ZIDANE", "zohra", BORN),
    )
    assert [pair.likeness for pair in found] == [Likeness.SAME, Likeness.PERHAPS]
    assert found[0].reasons == "Même nom, même date de naissance"


def test_those_said_to_be_two_people_are_not_proposed_again() -> None:
    people = [
        Registered(uuid4(), f"P-{rank}", PersonTraits("Diallo", "Awa", BORN)) for rank in range(3)
    ]
    said = frozenset({frozenset((people[0].id, people[1].id))})
    found = likely_pairs(people, said, Silent())
    assert {frozenset((pair.older.id, pair.newer.id)) for pair in found} == {
        frozenset((people[0].id, people[2].id)),
        frozenset((people[1].id, people[2].id)),
    }


def test_only_those_about_somebody_are_told_when_asked() -> None:
    people = [
        Registered(uuid4(), f"P-{rank}", PersonTraits(name, "Awa", BORN))
        for rank, name in enumerate(("Diallo", "Diallo", "Kaba", "Kaba"))
    ]
    (found,) = likely_pairs(people, frozenset(), Silent(), people[3].id)
    assert found.other(people[3].id) is people[2]


_NAMES = st.sampled_from(["Diallo", "DIALLO", "Diallo Ba", "Kaba", "Коваленко", "Kovalenko", ""])
_TRAITS = st.builds(
    PersonTraits,
    family=_NAMES,
    given=st.sampled_from(["Awa", "awa", "Hawa", "Олена", "Olena"]),
    birth=st.sampled_from(
        [BORN, SAME_DAY_SWAPPED, ImpreciseDate(date(1991, 1, 1), Precision.YEAR), None]
    ),
    phone=st.sampled_from(["06 39 98 00 11", "+33639980011", "06 39 98 00 12", ""]),
)


@given(st.lists(_TRAITS, max_size=8))
def test_whoever_is_surely_one_person_is_found_without_comparing_everybody(
    traits: list[PersonTraits],
) -> None:
    people = [Registered(uuid4(), f"P-{rank:05d}", each) for rank, each in enumerate(traits)]
    sure = {
        frozenset((one.id, other.id))
        for rank, one in enumerate(people)
        for other in people[rank + 1 :]
        if same_person(one.traits, other.traits).likeness is Likeness.SAME
    }
    found = likely_pairs(people, frozenset(), Silent())
    told = [frozenset((pair.older.id, pair.newer.id)) for pair in found]
    assert sure <= set(told)
    assert len(told) == len(set(told))
