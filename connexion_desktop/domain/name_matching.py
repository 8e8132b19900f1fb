"""Who is meant by a name typed by hand, and whether two people are one: never a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.names import fold_joined, full_name
from connexion_desktop.domain.phones import bare_phone

Key = TypeVar("Key")

_CIVILITIES = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"})
_SHORTEST_MISSPELT = 5
_CLOSE_NAME = 85.0


class Certainty(StrEnum):
    """How sure it is who is meant."""

    EXACT = "exact"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """Who is meant: `id` only when EXACT or LIKELY; `candidates` all who may be; why, in French."""

    id: Key | None
    certainty: Certainty
    candidates: tuple[Key, ...]
    reason: str


class _Fit(IntEnum):
    """How the words typed fit a person, better and better."""

    NOT = 0
    MISSPELT = 1
    SHORTENED = 2
    WHOLE = 3


_REASONS = {
    _Fit.WHOLE: "Nom et prénom correspondent.",
    _Fit.SHORTENED: "Le nom est abrégé : une seule personne correspond.",
    _Fit.MISSPELT: "L’orthographe diffère un peu : une seule personne est proche.",
}


def match_person(typed: str, people: Iterable[tuple[Key, str, str]]) -> Match[Key]:
    """Who among `people` (id, family, given) the typed name means, in any order and script.

    « Diallo A. », « Lefevre Oceane », « Nguyen Thi Hong », « Kovalenko ». With two people as close,
    the answer is AMBIGUOUS and nobody is chosen.
    """
    words = _typed_words(typed)
    if not words:
        return Match(None, Certainty.NONE, (), "Aucun nom.")
    fits: dict[_Fit, list[tuple[Key, str]]] = {}
    for key, family, given in people:
        fit = _fit(words, family, given)
        fits.setdefault(fit, []).append((key, full_name(given, family)))
    best = max((fit for fit in fits if fit is not _Fit.NOT), default=None)
    if best is None:
        return Match(None, Certainty.NONE, (), f"« {typed.strip()} » ne correspond à personne.")
    found = fits[best]
    candidates = tuple(key for key, _ in found)
    if len(found) > 1:
        names = ", ".join(name for _, name in found)
        reason = f"« {typed.strip()} » peut être {len(found)} personnes : {names}."
        return Match(None, Certainty.AMBIGUOUS, candidates, reason)
    certainty = Certainty.EXACT if best is _Fit.WHOLE else Certainty.LIKELY
    return Match(candidates[0], certainty, candidates, _REASONS[best])


def _typed_words(typed: str) -> list[str]:
    """The words typed, without a civility before them."""
    words = fold_joined(typed).split()
    return words[1:] if len(words) > 1 and words[0] in _CIVILITIES else words


def _spelled_like(words: list[str], names: tuple[list[str], ...]) -> list[str]:
    """The words typed, cut where the person's names are: « n guessan » → « nguessan »,
    « dasilva » → « da silva ».
    """
    known = {word for name in names for word in name}
    spelled: list[str] = []
    for word in words:
        whole = next((name for name in names if len(name) > 1 and "".join(name) == word), None)
        if whole is not None:
            spelled.extend(whole)
        elif spelled and spelled[-1] not in known and spelled[-1] + word in known:
            spelled[-1] += word
        else:
            spelled.append(word)
    return spelled


def _fit(typed: list[str], family: str, given: str) -> _Fit:
    """How well the typed words fit: each must take a word of the person's names."""
    names = (_words_of(family), _words_of(given))
    words = _spelled_like(typed, names)
    if all(len(word) == 1 for word in words):
        return _Fit.NOT
    left = [word for name in names for word in name]
    others = []
    for word in words:
        if word in left:
            left.remove(word)
        else:
            others.append(word)
    fit = _Fit.SHORTENED if left or not all(names) else _Fit.WHOLE
    for word in others:
        fit = min(fit, _take_closest(word, left))
    return fit


def _take_closest(word: str, left: list[str]) -> _Fit:
    """Take out of `left` the name word that this one shortens or misspells."""
    for resembles, fit in ((_abbreviates, _Fit.SHORTENED), (_misspells, _Fit.MISSPELT)):
        found = next((each for each in left if resembles(word, each)), None)
        if found is not None:
            left.remove(found)
            return fit
    return _Fit.NOT


def _words_of(name: str) -> list[str]:
    """The words of a name once each: « Олена / Olena » is one."""
    return list(dict.fromkeys(fold_joined(name).split()))


def _abbreviates(typed: str, word: str) -> bool:
    """« a », « aiss » for « aissatou »; a lone letter is an initial."""
    return word != typed and word.startswith(typed) and (len(typed) == 1 or len(typed) >= 3)


def _misspells(typed: str, word: str) -> bool:
    """One letter more, less or other, two in a long word."""
    from rapidfuzz.distance import OSA

    shortest = min(len(typed), len(word))
    if shortest < _SHORTEST_MISSPELT:
        return False
    allowed = 1 if shortest < 2 * _SHORTEST_MISSPELT else 2
    return OSA.distance(typed, word, score_cutoff=allowed) <= allowed


@dataclass(frozen=True, slots=True)
class PersonTraits:
    """What tells one person from another; any may be empty. `native` is the whole name in its own
    script, `birth_name` the family name at birth."""

    family: str
    given: str
    birth: ImpreciseDate | None = None
    phone: str = ""
    email: str = ""
    birth_name: str = ""
    native: str = ""
    other_phone: str = ""


@dataclass(frozen=True, slots=True)
class FoldedTraits:
    """`PersonTraits` ready to be compared with many: each way of naming the person, as its sorted
    words; the birth date; phones and mail in one spelling each."""

    names: tuple[tuple[str, ...], ...]
    birth: ImpreciseDate | None
    reach: frozenset[str]


def folded_traits(traits: PersonTraits) -> FoldedTraits:
    """What is compared of somebody."""
    told = [(traits.family, traits.given)]
    if traits.birth_name:
        told.append((traits.birth_name, traits.given))
    if traits.native:
        told.append((traits.native, ""))
    names = (tuple(sorted({*_words_of(family), *_words_of(given)})) for family, given in told)
    phones = (bare_phone(phone) for phone in (traits.phone, traits.other_phone) if phone)
    reach = frozenset({*phones, traits.email.strip().lower()} - {""})
    return FoldedTraits(tuple(dict.fromkeys(name for name in names if name)), traits.birth, reach)


class Likeness(StrEnum):
    """Whether two records are about one person."""

    SAME = "same"
    PERHAPS = "perhaps"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict and what it rests on, in French."""

    likeness: Likeness
    reasons: tuple[str, ...]


class _Names(StrEnum):
    EQUAL = "Même nom"
    CLOSE = "Noms proches"
    OTHER = "Noms différents"


class _Births(StrEnum):
    EQUAL = "même date de naissance"
    COMPATIBLE = "dates de naissance compatibles"
    SWAPPED = "jour et mois de naissance inversés"
    UNKNOWN = "date de naissance inconnue"
    OTHER = "dates de naissance différentes"


def same_person(one: PersonTraits, other: PersonTraits) -> Comparison:
    """Whether two records are one person: name in any order and script, birth date, phone, mail.

    SAME needs the same name and the same birth date or number; a homonym stays PERHAPS.
    """
    return compare_folded(folded_traits(one), folded_traits(other))


def compare_folded(one: FoldedTraits, other: FoldedTraits) -> Comparison:
    """As `same_person`, of people folded once to be compared with many."""
    births = _compare_births(one.birth, other.birth)
    reached_alike = not one.reach.isdisjoint(other.reach)
    names = _compare_names(one, other)
    reasons = [names.value, births.value]
    if reached_alike:
        reasons.append("même téléphone ou courriel")
    return Comparison(_verdict(names, births, reached_alike), tuple(reasons))


def _verdict(names: _Names, births: _Births, reached_alike: bool) -> Likeness:
    agree = births is _Births.EQUAL or (
        reached_alike and births in (_Births.COMPATIBLE, _Births.UNKNOWN)
    )
    contradict = births is _Births.OTHER
    match names:
        case _Names.EQUAL:
            if agree:
                return Likeness.SAME
            return Likeness.DIFFERENT if contradict and not reached_alike else Likeness.PERHAPS
        case _Names.CLOSE:
            return Likeness.PERHAPS if agree or births is _Births.SWAPPED else Likeness.DIFFERENT
        case _Names.OTHER:
            both = reached_alike and births is _Births.EQUAL
            return Likeness.PERHAPS if both else Likeness.DIFFERENT


def _compare_names(one: FoldedTraits, other: FoldedTraits) -> _Names:
    best = _Names.OTHER
    for ours in one.names:
        for theirs in other.names:
            found = _compare_words(ours, theirs)
            if found is _Names.EQUAL:
                return found
            best = found if found is _Names.CLOSE else best
    return best


def _compare_words(ours: tuple[str, ...], theirs: tuple[str, ...]) -> _Names:
    from rapidfuzz import fuzz

    if ours == theirs or "".join(ours) == "".join(theirs):
        return _Names.EQUAL
    score = fuzz.ratio(" ".join(ours), " ".join(theirs), score_cutoff=_CLOSE_NAME)
    # One given name of several: « Thị Hồng » and « Hồng ».
    contained = len(set(ours) & set(theirs)) >= 2 and (
        set(ours) <= set(theirs) or set(theirs) <= set(ours)
    )
    return _Names.CLOSE if score >= _CLOSE_NAME or contained else _Names.OTHER


def _compare_births(one: ImpreciseDate | None, other: ImpreciseDate | None) -> _Births:
    if one is None or other is None:
        return _Births.UNKNOWN
    if one.may_be(other):
        exact = one.precision is Precision.DAY and other.precision is Precision.DAY
        return _Births.EQUAL if exact else _Births.COMPATIBLE
    swapped = (
        one.day.year == other.day.year
        and (one.day.day, one.day.month) == (other.day.month, other.day.day)
        and one.precision is other.precision is Precision.DAY
    )
    return _Births.SWAPPED if swapped else _Births.OTHER
