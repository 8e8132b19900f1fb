"""Finding anything: in any order, without accents, with a slip, by digits, by a birth date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.search import (
    Kind,
    Shelf,
    Shelves,
    Thing,
    at_rest,
    bold_spans,
    find,
    folded_words,
    remembered,
)

DAY = date(2026, 4, 21)
LETTERS = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüœæßşłžАОленаї"
NAMES = st.text(LETTERS, min_size=2, max_size=12).filter(lambda name: len(fold(name)) > 1)


def person(
    title: str, *, others: str = "", digits: str = "", birth: ImpreciseDate | None = None
) -> Thing:
    return Thing(Kind.PERSON, fold(title).replace(" ", ""), title, "", others, digits, birth)


def shelves(*things: Thing) -> Shelves:
    return {
        kind: Shelf(kind, [thing for thing in things if thing.kind is kind])
        for kind in {thing.kind for thing in things}
    }


def titles(typed: str, *things: Thing) -> list[str]:
    sections = find(shelves(*things), typed, DAY)
    return [hit.thing.title for section in sections for hit in section.hits]


AISSATOU = person(
    "Aïssatou Diallo",
    others="P-00012 Pessac",
    digits="0639980012",
    birth=ImpreciseDate(date(1988, 5, 12)),
)
KOFFI = person("Koffi N’Guessan", others="P-00123 Bègles", digits="0639980145")
OLENA = person("Olena Kovalenko", birth=ImpreciseDate(date(1988, 5, 1), Precision.MONTH))
PAPER = Thing(Kind.PAPER, "a", "PMSMP-2026-0007", "Koffi N’Guessan")
ALL = (AISSATOU, KOFFI, OLENA, PAPER)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("AISSATOU", ["Aïssatou Diallo"]),
        ("diallo aïss", ["Aïssatou Diallo"]),
        ("nguessan", ["Koffi N’Guessan"]),
        ("n'guessan koffi", ["Koffi N’Guessan"]),
        ("dialo", ["Aïssatou Diallo"]),
        ("kovalneko", ["Olena Kovalenko"]),
        ("aisatou dialo", ["Aïssatou Diallo"]),
        ("98 00 12", ["Aïssatou Diallo"]),
        ("+33 6 39 98 01", ["Koffi N’Guessan"]),
        ("P-12", ["Aïssatou Diallo", "Koffi N’Guessan"]),
        ("p 123", ["Koffi N’Guessan"]),
        ("begles", ["Koffi N’Guessan"]),
        ("12/05/1988", ["Aïssatou Diallo"]),
        ("12-5-88", ["Aïssatou Diallo"]),
        ("12 mai 1988", ["Aïssatou Diallo"]),
        ("mai 1988", ["Olena Kovalenko", "Aïssatou Diallo"]),
        ("1988", ["Olena Kovalenko", "Aïssatou Diallo"]),
        ("olena 1988", ["Olena Kovalenko"]),
        ("diallo 12.05.1988", ["Aïssatou Diallo"]),
        ("13/05/1988", []),
        ("pmsmp-2026-7", ["PMSMP-2026-0007"]),
        ("2026-0007", ["PMSMP-2026-0007"]),
        ("zzz", []),
        ("", []),
        ("« ?! »", []),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, found: list[str]) -> None:
    assert titles(typed, *ALL) == found


def test_who_is_so_called_comes_before_who_is_called_nearly_so() -> None:
    people = [person(name) for name in ("Mariette Roux", "Jean Marie", "Marie Roux")]
    assert titles("marie", *people) == ["Marie Roux", "Jean Marie", "Mariette Roux"]


def test_a_slip_is_not_thought_of_where_enough_is_found_without() -> None:
    people = [person(f"{name} Roux") for name in ("Léa", "Lise", "Zoé")]
    assert "Jean Rous" not in titles("roux", *people, person("Jean Rous"))
    assert titles("rouxe", *people, person("Jean Rous")) == ["Léa Roux", "Lise Roux", "Zoé Roux"]


def test_a_kind_that_holds_it_exactly_comes_before_one_that_nearly_does() -> None:
    act = Thing(Kind.ACT, "group", "Groupe")
    assert titles("groupe", person("Anne Groupa"), act) == ["Groupe", "Anne Groupa"]


@given(NAMES, NAMES, st.booleans())
def test_anybody_is_found_by_their_names_in_any_order_and_case(
    first: str, second: str, swapped: bool
) -> None:
    title = f"{first} {second}"
    typed = f"{second} {first}" if swapped else title
    assert titles(typed.upper(), *ALL, person(title)).count(title) == 1


@given(st.text("abcdefghijklm", min_size=5, max_size=12), st.data())
def test_a_letter_that_slipped_still_finds_the_name(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    slip = data.draw(st.sampled_from(("", "z", name[at] * 2)))
    typed = name[:at] + slip + name[at + 1 :]
    assert titles(typed, person(f"{name} Roux")) == [f"{name} Roux"]


@given(st.integers(0, 7), st.integers(3, 10))
def test_any_digits_of_a_phone_find_whose_it_is(start: int, length: int) -> None:
    digits = "0639987215"[start : start + length]
    found = titles(digits, person("Awa Ba", digits="0639987215"))
    assert found == (["Awa Ba"] if len(digits) >= 3 else [])


@given(st.dates(date(1920, 1, 1), date(2010, 12, 31)))
def test_a_birth_date_finds_who_was_born_that_day_alone(day: date) -> None:
    born = person("Awa Ba", birth=ImpreciseDate(day))
    for typed in (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%Y-%m-%d}"):
        assert titles(typed, born) == ["Awa Ba"]
    assert titles(f"{day:%d/%m/}{day.year + 1}", born) == []


@given(st.text(max_size=300))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    for section in find(shelves(*ALL), typed, DAY):
        assert 0 < len(section.hits) <= 8


@given(st.text(LETTERS + " -’", max_size=30), st.lists(NAMES, max_size=3))
def test_what_is_in_bold_is_what_was_typed(title: str, typed: list[str]) -> None:
    words = folded_words(" ".join(typed))
    spans = bold_spans(title, words)
    assert list(spans) == sorted(spans)
    for start, length in spans:
        assert length > 0 and start + length <= len(title)
        bold = fold(title[start : start + length]).replace(" ", "")
        assert any(bold.startswith(word[: len(bold)]) for word in words)


def test_the_letters_typed_are_bold_whatever_their_accents() -> None:
    assert bold_spans("Aïssatou Diallo", ["dia", "aiss"]) == ((0, 4), (9, 3))
    assert bold_spans("Cœur d’Aliénor", ["coe", "alie"]) == ((0, 2), (7, 4))
    assert bold_spans("Aïssatou", ["ssa"]) == ()


def test_what_was_used_lately_comes_first_and_what_is_gone_is_left_out() -> None:
    acts = [Thing(Kind.ACT, name, name) for name in ("Annuler", "Quitter")]
    recent = remembered((AISSATOU.key, "person:gone", "act:Quitter"), KOFFI.key)
    lately, every = at_rest(shelves(*ALL, *acts), recent)
    assert [hit.thing.title for hit in lately.hits] == [
        "Koffi N’Guessan",
        "Aïssatou Diallo",
        "Quitter",
    ]
    assert [hit.thing.title for hit in every.hits] == ["Annuler"]
    assert (lately.heading, every.heading) == ("Récemment", "Actes")


def test_the_latest_used_is_remembered_once_and_first() -> None:
    assert remembered(("a", "b", "c"), "b") == ("b", "a", "c")
    assert remembered(("a", "b", "c"), "d", most=2) == ("d", "a")
