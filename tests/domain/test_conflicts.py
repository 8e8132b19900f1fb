"""Three-way merge by field: both changes are kept, or both are shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.conflicts import (
    LINKED,
    Clash,
    ConflictError,
    Known,
    both,
    known_value,
    linked,
    merge,
)

_NAMES = ("given_name", "postal_code", "city", "phone", "starts_on", "ends_on", "slots")
_LINKS = (frozenset({"postal_code", "city"}), frozenset({"starts_on", "ends_on", "slots"}))
_records = st.fixed_dictionaries({name: st.integers(0, 3) for name in _NAMES})


def test_two_people_who_change_two_fields_both_keep_their_change() -> None:
    base = {"phone": "06 39 98 00 11", "address": "1 rue Neuve"}
    merged = merge(base, base | {"phone": "06 39 98 00 22"}, base | {"address": "2 rue Neuve"})
    assert merged.values == {"phone": "06 39 98 00 22", "address": "2 rue Neuve"}
    assert merged.clashes == ()


def test_the_same_field_changed_twice_is_to_be_chosen() -> None:
    merged = merge({"city": "Cenon"}, {"city": "Floirac"}, {"city": "Lormont"})
    assert merged.values == {"city": "Lormont"}
    assert merged.clashes == (Clash("city", "city", "Cenon", "Floirac", "Lormont"),)


def test_the_same_change_made_twice_is_no_conflict() -> None:
    merged = merge({"city": "Cenon"}, {"city": "Floirac"}, {"city": "Floirac"})
    assert (merged.values, merged.clashes) == ({"city": "Floirac"}, ())


def test_a_postal_code_and_its_town_are_chosen_together() -> None:
    base = {"postal_code": "33000", "city": "Bordeaux"}
    merged = merge(base, base | {"city": "Cenon"}, base | {"postal_code": "33310"}, _LINKS)
    assert merged.values == {"postal_code": "33310", "city": "Bordeaux"}
    assert [(each.field, each.mine, each.theirs) for each in merged.clashes] == [
        ("postal_code", "33000", "33310"),
        ("city", "Cenon", "Bordeaux"),
    ]


@given(_records, _records, _records)
def test_nothing_typed_is_ever_dropped(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    merged = merge(base, mine, theirs, _LINKS)
    shown = {each.field: each for each in merged.clashes}
    for name in _NAMES:
        if mine[name] != base[name]:
            assert merged.values[name] == mine[name] or shown[name].mine == mine[name]
        if theirs[name] != base[name]:
            assert merged.values[name] == theirs[name]


@given(_records, _records, _records)
def test_who_comes_first_changes_nothing_but_who_chooses(
    base: dict[str, int], one: dict[str, int], other: dict[str, int]
) -> None:
    first, second = merge(base, one, other, _LINKS), merge(base, other, one, _LINKS)
    clashing = {each.field for each in first.clashes}
    assert clashing == {each.field for each in second.clashes}
    assert [(each.mine, each.theirs) for each in first.clashes] == [
        (each.theirs, each.mine) for each in second.clashes
    ]
    for name in set(_NAMES) - clashing:
        assert first.values[name] == second.values[name]


@given(_records, st.sets(st.sampled_from(_NAMES)), st.integers(4, 9))
def test_changes_that_do_not_meet_are_both_kept(
    base: dict[str, int], hers: set[str], new: int
) -> None:
    groups = [*_LINKS, frozenset({"given_name"}), frozenset({"phone"})]
    of_mine = {name for group in groups if group & hers for name in group}
    mine = base | dict.fromkeys(of_mine, new)
    theirs = base | dict.fromkeys(set(_NAMES) - of_mine, new + 10)
    merged = merge(base, mine, theirs, _LINKS)
    assert merged.clashes == ()
    assert merged.values == theirs | dict.fromkeys(of_mine, new)


@given(_records, _records)
def test_the_change_of_one_alone_is_taken_whole(base: dict[str, int], new: dict[str, int]) -> None:
    assert merge(base, new, base, _LINKS).values == new
    assert merge(base, base, new, _LINKS).values == new
    assert merge(base, new, new, _LINKS).clashes == ()


def test_what_a_page_sent_itself_is_no_change_of_somebody_else() -> None:
    known = Known("Cenon")
    known.send("Floirac")
    known.send("Lormont")
    assert known.seen() == ("Cenon", "Floirac", "Lormont")
    known.answer(kept=True)
    known.answer(kept=False)
    assert (known.seen(), known.loaded, known.is_waiting) == (("Floirac",), "Floirac", False)
    assert known_value(("Cenon", "Floirac"), "Floirac") == "Floirac"
    assert known_value(("Cenon", "Floirac"), "Pessac") == "Cenon"


@given(st.text(), st.text())
def test_keeping_both_texts_loses_no_line_of_either(theirs: str, mine: str) -> None:
    joined = both(theirs, mine)
    assert theirs.strip() in joined
    assert mine.strip() in joined


def test_a_text_that_goes_on_from_the_other_holds_both() -> None:
    assert both("Vue ce matin.", "Vue ce matin. Très motivée.") == "Vue ce matin. Très motivée."


def test_no_field_is_linked_twice() -> None:
    names = [name for group in LINKED for name in group]
    assert len(names) == len(set(names))
    assert linked("person.city") == ("person.postal_code", "person.city", "person.country")
    assert linked("person.phone") == ("person.phone",)


@pytest.mark.parametrize(
    ("author", "by_oneself", "who"),
    [
        ("Nadia Ferrand", False, "Nadia Ferrand a"),
        ("x", True, "Vous avez"),
        ("", False, "Quelqu’un a"),
    ],
)
def test_a_conflict_says_who_and_when(author: str, by_oneself: bool, who: str) -> None:
    now = datetime.now(UTC)
    clash = Clash("city", "Ville", "Cenon", "Floirac", "Lormont")
    problem = ConflictError([clash], author, now, by_oneself=by_oneself)
    assert problem.what.startswith(f"{who} changé « Ville » à {now.astimezone():%H:%M}")
    before = ConflictError([clash], author, now - timedelta(days=3), by_oneself=by_oneself)
    assert f" le {(now - timedelta(days=3)).astimezone():%d/%m/%Y} à " in before.what
    assert "Lormont" not in str(problem)
