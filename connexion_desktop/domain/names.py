"""Names of people: folded for comparing, tidied for showing, in whatever script they came."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "є": "ie",
    "і": "i", "ї": "i", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz",
}  # fmt: skip
_UKRAINIAN = {"г": "h", "и": "y"}
_UKRAINIAN_ONLY = frozenset("єіїґЄІЇҐ")

_LATIN_LETTERS = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
    "ŋ": "n", "ħ": "h", "ə": "e", "ɛ": "e", "ɔ": "o",
}  # fmt: skip

_APOSTROPHES = "'’‘ʼʻ`´′＇"
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_INNER_APOSTROPHE = re.compile(f"(?<=[^\\W\\d_])[{_APOSTROPHES}](?=[^\\W\\d_])")
_NOT_WORD = re.compile(r"[\W_]+")
LONGEST_FOLDED = 200
_TURKISH_ONLY = frozenset("İĞŞğş")
_WORD_PIECES = re.compile(f"([\\s{_APOSTROPHES}\\-‐‑–./()]+)")


class _Bare(dict[int, str | None]):
    """What `str.translate` leaves of each letter, found once: letters without their marks."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        bare = None if unicodedata.combining(letter) else letter
        self[code] = bare
        return bare


_UNMARKED = _Bare()
_IN_LATIN = str.maketrans(_LATIN_LETTERS)
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")


def _is_cyrillic(text: str) -> bool:
    return _CYRILLIC_LETTER.search(text) is not None


def transliterate(text: str) -> str:
    """Cyrillic letters in Latin ones, as passports write them; the rest is kept.

    Г and И are read the Ukrainian way (h, y) where a letter that only Ukrainian has stands beside.
    """
    if not _is_cyrillic(text):
        return text
    table = _CYRILLIC | (_UKRAINIAN if _UKRAINIAN_ONLY & set(text) else {})
    return "".join(_transliterated(letter, table) for letter in text)


def _transliterated(letter: str, table: dict[str, str]) -> str:
    latin = table.get(letter.lower())
    if latin is None:
        return letter
    return latin if letter.islower() else latin.capitalize()


def fold(text: str) -> str:
    """What two spellings of a name have in common: Latin lower case words, one space between.

    Accents, case, apostrophes, hyphens and script no longer count: « N’GUESSAN » and « n guessan »,
    « Şahin » and « SAHIN », « Олена » and « olena » fold alike.
    """
    return _NOT_WORD.sub(" ", _bare_letters(text)).strip()


def fold_to_keep(name: str) -> str:
    """A name folded, to be kept beside it and searched: as much as its column holds, since a letter
    may fold into several (« ß », « щ »)."""
    return fold(name)[:LONGEST_FOLDED]


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, whatever their accents, case and signs; of signs alone, only as
    they are written."""
    return (fold(one) or one) == (fold(other) or other)


def fold_joined(text: str) -> str:
    """As `fold`, an apostrophe joining what it stands between: « nguessan », « oconnor dupuy »."""
    return _NOT_WORD.sub(" ", _APOSTROPHE.sub("", _bare_letters(text))).strip()


def _bare_letters(text: str) -> str:
    if text.isascii():
        return text.lower()
    latin = transliterate(unicodedata.normalize("NFC", text))
    marked = unicodedata.normalize("NFKD", latin)
    return transliterate(marked.translate(_UNMARKED).lower().translate(_IN_LATIN))


def display_name(typed: str) -> str:
    """A name to show: what was typed all in capitals or all in small letters gets its capitals.

    « DIALLO » → « Diallo », « N'GUESSAN » → « N’Guessan », « da silva » → « Da Silva »; a word
    that mixes both (« O’Connor-Dupuy ») keeps its own. An apostrophe between letters is curly.
    """
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    all_small = text == text.lower()
    turkish = bool(_TURKISH_ONLY & set(text))
    words = (
        _capitalised(word, turkish) if all_small or _shouted(word) else word
        for word in text.split(" ")
    )
    return _INNER_APOSTROPHE.sub("’", " ".join(words))


def _shouted(word: str) -> bool:
    return word.isupper() and sum(letter.isalpha() for letter in word) > 1


def _capitalised(word: str, turkish: bool) -> str:
    pieces = _WORD_PIECES.split(word)
    return "".join(
        _APOSTROPHE.sub("’", piece) if index % 2 else _title(piece, turkish)
        for index, piece in enumerate(pieces)
    )


def _title(piece: str, turkish: bool) -> str:
    if not piece:
        return piece
    rest = piece[1:].replace("İ", "i")
    if turkish:
        rest = rest.replace("I", "ı")
    return piece[0].upper() + rest.lower()


def full_name(given: str, family: str) -> str:
    """« Aïssatou Diallo »; whichever is known when one is missing."""
    return " ".join(part for part in (given.strip(), family.strip()) if part)


def initials(given: str, family: str) -> str:
    """« AD » for Aïssatou Diallo; at most two letters, « ? » for nobody."""
    letters = (_first_letter(given), _first_letter(family))
    return "".join(letters) or "?"


def _first_letter(text: str) -> str:
    latin = split_scripts(text).latin
    return next((letter.upper() for letter in latin if letter.isalpha()), "")[:1]


@dataclass(frozen=True, slots=True)
class NameForms:
    """A name in Latin letters, and as its bearer writes it when that is another script."""

    latin: str
    native: str = ""


def _is_foreign_script(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and not any("LATIN" in unicodedata.name(each, "") for each in letters)


def split_scripts(typed: str) -> NameForms:
    """Both forms of « Олена / Olena » or « Olena (Олена) »; Cyrillic alone is transliterated."""
    parts = [part.strip() for part in re.split(r"[/()|;]", typed) if part.strip()]
    native = " ".join(part for part in parts if _is_foreign_script(part))
    latin = " ".join(part for part in parts if not _is_foreign_script(part))
    if not native:
        return NameForms(" ".join(typed.split()))
    return NameForms(latin or transliterate(native), native)
