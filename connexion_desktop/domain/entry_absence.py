"""Reading an absence: its days, its half-days, its reason, whether it is excused."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from connexion_desktop.domain.entry import Entry, EntryKind, Known
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_file import Reason
from connexion_desktop.domain.typed_days import (
    EDGES,
    AbsentDay,
    Days,
    read_days,
    read_until,
    read_week,
)
from connexion_desktop.domain.typed_moments import Tense, peel_end, peel_start, told_day

_ALL_DAY = re.compile(r"^(?:toute\s+)?la\s+journ[ée]e\s+(?:de\s+|du\s+|d['’])", re.IGNORECASE)
_EXCUSED = re.compile(r"\b(?:excusée?|justifiée?|a prévenu|prévenue?)\b", re.IGNORECASE)
_NOT_EXCUSED = re.compile(
    r"\b(?:non excusée?|non justifiée?|injustifiée?|sans prévenir|sans excuse|sans nouvelles?"
    r"|n['’]a pas prévenu)\b",
    re.IGNORECASE,
)
_REASON_WORDS = {
    "sante": ("malade", "maladie", "medecin", "docteur", "hopital", "grippe", "dentiste", "soins"),
    "administratif": ("prefecture", "caf", "cpam", "mairie", "papiers", "tribunal", "demarche"),
    "garde": ("garde", "enfant", "creche", "ecole", "nounou"),
    "transport": ("tram", "bus", "train", "greve", "panne", "voiture"),
    "emploi": ("travail", "immersion", "embauche", "interim"),
}
_REACH = 400


def read_absence(text: str, today: date, known: Known, unsaid: date | None = None) -> Entry:
    """An absence: of today, or of the day `unsaid`, where no day is named."""
    days, rest = _absence_days(
        _ALL_DAY.sub("", text.strip()), today, known.expected_on, unsaid or today
    )
    refused = _NOT_EXCUSED.search(rest)
    reason = _reason_in(rest, known.reasons)
    excused = refused is None and (reason is not None or _EXCUSED.search(rest) is not None)
    return Entry(
        EntryKind.ABSENCE,
        _detail_of(rest, reason),
        days[0][0],
        half=days[0][1],
        reason=reason,
        excused=excused,
        also=days[1:],
    )


def _absence_days(
    text: str, today: date, expected_on: Collection[date] | None, unsaid: date
) -> tuple[tuple[AbsentDay, ...], str]:
    """The days of an absence, at least one, and the text without those that are said first."""
    near, after = peel_start(text, today, Tense.NEAR, halves=True)
    until = None if near.on is None else read_until(after, (near.on, near.half), expected_on)
    if until is not None:
        return until.days, _without(after, until)
    several = read_days(text, today, expected_on)
    if several is not None:
        return several.days, _without(text, several)
    moment, rest = peel_start(text, today, Tense.PAST, halves=True)
    if moment.on is None and told_day(rest, today).on is None:
        end, rest = peel_end(rest, today, Tense.PAST, halves=True)
        moment = moment.or_else(end)
    if moment.on is None:
        moment = moment.or_else(told_day(rest, today))
    week = read_week(text, today, expected_on) if moment.on is None else None
    if week is not None:
        return week.days, _without(text, week)
    return ((moment.on or unsaid, moment.half),), rest


def _without(text: str, said: Days) -> str:
    """The text, without days that stand first or last in it."""
    before, after = text[: said.start], text[said.end :]
    return text if before.strip(EDGES) and after.strip(EDGES) else before + after


def _reason_in(text: str, reasons: tuple[Reason, ...]) -> Reason | None:
    words = fold(text[:_REACH]).split()
    for reason in reasons:
        named = fold(reason.label).split()
        if named and any(words[at : at + len(named)] == named for at in range(len(words))):
            return reason
    for reason in reasons:
        known = _REASON_WORDS.get(reason.code, ())
        if any(word.removesuffix("s") in known or word in known for word in words):
            return reason
    return None


def _detail_of(text: str, reason: Reason | None) -> str:
    """What is left to tell once the reason and « excusée » are understood."""
    bare = _EXCUSED.sub("", _NOT_EXCUSED.sub("", text)).strip(EDGES)
    if reason is not None and fold(bare) == fold(reason.label):
        return ""
    return text.strip(EDGES) if bare else ""
