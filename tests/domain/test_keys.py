"""The key, its fingerprint, and the recovery code that a person types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.recovery import ALPHABET, decode, encode

keys = st.binary(min_size=32, max_size=32).map(RawKey.from_bytes)


@pytest.mark.parametrize("digits", [0, 62, 63, 65, 66, 128])
def test_a_key_that_has_not_64_digits_is_refused(digits: int) -> None:
    with pytest.raises(UserError, match="64"):
        RawKey.from_hex("a" * digits)


def test_a_key_with_something_else_than_hexadecimal_digits_is_refused() -> None:
    with pytest.raises(UserError):
        RawKey.from_hex("g" * 64)


def test_a_key_in_capitals_with_a_line_end_is_read() -> None:
    assert RawKey.from_hex("AB" * 32 + "\n").hex == "ab" * 32


def test_a_key_is_never_printed_by_accident() -> None:
    key = RawKey.new()
    assert key.hex not in repr(key)
    assert key.hex not in f"{key}"


def test_two_new_keys_differ_and_so_do_their_fingerprints() -> None:
    first, second = RawKey.new(), RawKey.new()
    assert first != second
    assert first.fingerprint != second.fingerprint
    assert len(first.fingerprint) == 16


PRINTED = "000G40T8-0G2GC1WH-104GM2ZX-1G6GW3S4-208H44S5-2GAHC5ZW-30CHM6WG-3GEHW7T9"


def test_a_code_printed_by_an_earlier_version_still_opens_its_base() -> None:
    key = RawKey.from_bytes(bytes(range(32)))
    assert decode(PRINTED) == key
    assert encode(key) == PRINTED
    assert key.fingerprint.hex() == "43445031ddd2780a38b1ddb2e45517e0"


@given(keys)
def test_a_code_gives_back_its_key(key: RawKey) -> None:
    assert decode(encode(key)) == key


@given(keys)
def test_a_code_typed_carelessly_gives_back_its_key(key: RawKey) -> None:
    typed = encode(key).lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert decode(f" {typed}\n") == key


@given(keys, st.integers(0, 63), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_seen_with_its_group(
    key: RawKey, place: int, wrong: str
) -> None:
    code = encode(key).replace("-", "")
    if code[place] == wrong:
        return
    with pytest.raises(UserError) as told:
        decode(code[:place] + wrong + code[place + 1 :])
    assert f"groupe {place // 8 + 1}" in told.value.what


@given(keys, st.integers(0, 7), st.integers(0, 7))
def test_two_groups_exchanged_are_seen(key: RawKey, first: int, second: int) -> None:
    groups = encode(key).split("-")
    if groups[first] == groups[second] or first == second:
        return
    groups[first], groups[second] = groups[second], groups[first]
    with pytest.raises(UserError):
        decode("-".join(groups))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", "ici : 0"),
        ("ABCD", "ici : 4"),
        ("U" * 64, "« U » (groupe 1)"),
        ("A" * 63 + "é", "« É » (groupe 8)"),
    ],
)
def test_a_code_that_is_not_one_says_why(code: str, told: str) -> None:
    with pytest.raises(UserError) as refused:
        decode(code)
    assert told in refused.value.what
