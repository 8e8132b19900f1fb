"""Reading the one writing field: « action appeler l’EHPAD jeudi 14h » is an action, with its date.

Pure: what was typed, the day, what is known of the person → an `Entry`, the line shown before
Enter, and what is to be looked at twice in it. Words are given up only where they are said first
or last, and understood as when or where; a day found inside a sentence stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from connexion_desktop.domain.entry import COMING, Entry, EntryKind, Known, days_of
from connexion_desktop.domain.entry_absence import read_absence
from connexion_desktop.domain.entry_kind import kind_of
from connexion_desktop.domain.entry_preview import day_text
from connexion_desktop.domain.typed_days import EDGES
from connexion_desktop.domain.typed_moments import (
    FRACTION,
    Moment,
    Tense,
    peel_end,
    peel_start,
    told_day,
    within,
)
from connexion_desktop.domain.typography import capitalised
from connexion_desktop.domain.unread_days import another_day, unread_day, unreal_day, vague_day

_COLON_HEAD = re.compile(
    r"(?P<head>[^:\n]{1,80}?)\s{0,9}(?<!\d)(?::\s+|\s:|:$|\n)(?P<body>.*)", re.DOTALL
)
_PLACES = (
    "au bureau", "par téléphone", "au téléphone", "en visio", "par visio", "à domicile",
    "chez elle", "chez lui", "sur place", "à l’extérieur", "dehors", "par sms", "par courriel",
)  # fmt: skip
_PLACE = re.compile(
    "|".join(re.escape(place).replace("’", "['’]") for place in _PLACES), re.IGNORECASE
)
_WITH = re.compile(r"(?:avec|chez|pour)\s[^,;.:!?\n]{1,60}", re.IGNORECASE)
"""Whom a talk is with, and nothing of what was said."""
NO_TITLE = "Dites en quelques mots ce qu’il faut faire."


def read_entry(
    typed: str, today: date, known: Known | None = None, kind: EntryKind | None = None
) -> Entry:
    """Understand what was typed. `kind` is the chip chosen; None lets the first word tell."""
    known = known or Known()
    found, text = kind_of(typed, today, kind)
    entry = _READERS[found](text, today, known)
    unreal = "" if found is EntryKind.NOTE else unreal_problem(text)
    if unreal:
        return replace(entry, problem=unreal)
    if not typed.strip() or (found is EntryKind.NOTE and not entry.text):
        return replace(entry, problem="Rien à enregistrer pour l’instant.")
    doubt = _unread(entry, text, today) or surprise(entry, today, known.expected_on)
    return replace(entry, doubt=doubt)


def unreal_problem(text: str) -> str:
    """Why a text that names a day that no month has cannot be saved; « » where it names none."""
    unreal = unreal_day(text)
    return f"Le {unreal} n’existe pas : corrigez la date." if unreal else ""


def _unread(entry: Entry, text: str, today: date) -> str:
    """What was typed of when and is not in the entry, in French; « » when all of it is."""
    if entry.kind is EntryKind.NOTE:
        return ""
    tense = Tense.FUTURE if entry.kind is EntryKind.ACTION else Tense.PAST
    if why := unread_day(text, today, tense):
        return why
    left = ""
    match entry.kind:
        case EntryKind.ACTION if entry.on is None:
            left = vague_day(text)
        case EntryKind.INTERVIEW if entry.on == today:
            left = vague_day(text)
            left = left if text.strip().startswith(left) else ""
        case EntryKind.ABSENCE:
            left = another_day(entry.text)
            if not left and entry.on == today and not entry.also:
                left = vague_day(entry.text)
    return f"« {left} » ne dit pas quel jour" if left else ""


_FAR = timedelta(days=365)


def surprise(entry: Entry, today: date, expected_on: Collection[date] | None) -> str:
    """What is surprising in the day that was read, in French; « » when nothing is."""
    if entry.on is None:
        return ""
    if abs(entry.on - today) > _FAR:
        return "à plus d’un an d’ici"
    match entry.kind:
        case EntryKind.INTERVIEW if entry.on > today:
            return COMING
        case EntryKind.ACTION if entry.on < today:
            return "ce jour est déjà passé"
        case EntryKind.ABSENCE if expected_on is not None:
            return _no_meeting([day for day, _ in days_of(entry) if day not in expected_on], today)
    return ""


def _no_meeting(days: Sequence[date], today: date) -> str:
    if len(days) > 1:
        return f"{len(days)} jours sans séance"
    return f"pas de séance {day_text(days[0], today)}" if days else ""


def _read_note(text: str, today: date, known: Known) -> Entry:
    """« hier : a retrouvé du travail » is dated of yesterday; so is « hier il est passé », whose
    words all stay. Any other note is of today: none is of a day to come."""
    head = _COLON_HEAD.match(text)
    if head is not None and "\n" not in text[: head.end("head") + 1]:
        moment, rest = peel_start(head["head"], today, Tense.PAST)
        if _is_gone(moment, today) and moment.minute is None and not rest.strip(EDGES):
            return Entry(EntryKind.NOTE, head["body"].strip(), moment.on)
    gone = _GONE.match(text)
    moment = Moment() if gone is None else peel_start(gone[0], today, Tense.PAST)[0]
    on = moment.on if _is_gone(moment, today) else today
    return Entry(EntryKind.NOTE, text.strip(), on)


def _is_gone(moment: Moment, today: date) -> bool:
    return moment.on is not None and moment.on <= today


_GONE = re.compile(
    r"\s*(?:avant[- ]hier|hier|[a-zé]+di\s+dernier|dimanche\s+dernier"
    r"|il\s+y\s+a\s+(?:une?|\d{1,3})\s+(?:jours?|semaines?|mois)"
    rf"|(?:le\s+)?(?:[a-zé]+di\s+)?(?!{FRACTION}|24/7)\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?)"
    r"(?=[\s,])",
    re.IGNORECASE,
)
"""First words that can only be a day gone by."""


def _read_action(text: str, today: date, known: Known) -> Entry:
    title, _, detail = text.strip().partition("\n")
    start, title = peel_start(title, today, Tense.FUTURE)
    end, title = peel_end(title, today, Tense.FUTURE)
    moment = start.or_else(end)
    if moment.on is None:
        moment = moment.or_else(within(title, today, Tense.FUTURE))
    on = today if moment.on is None and moment.minute is not None else moment.on
    title = title.strip(EDGES)
    problem = "" if title else NO_TITLE
    whole = "\n".join(part for part in (capitalised(title), detail.strip()) if part)
    return Entry(EntryKind.ACTION, whole, on, moment.minute, problem=problem)


def _read_interview(text: str, today: date, known: Known) -> Entry:
    """Its head says when, how long and where, up to a « : » or to the first word it cannot read.

    « entretien jeudi 14h », of which nothing is told, is to come; « entretien jeudi : … » is past.
    """
    parts = _COLON_HEAD.match(text.strip())
    head, body = (parts["head"], parts["body"]) if parts is not None else (text.strip(), "")
    moment, place, rest, daytime = _peel_talk(head, today, Tense.PAST)
    if parts is not None and moment.is_empty and not place and not daytime:
        rest, body = text.strip(), ""
    told = rest.strip(EDGES)
    whom = moment.on is not None and _WITH.fullmatch(told) is not None
    if not (body or (told and not whom)) and moment.minutes is None:
        tense = Tense.NEAR if moment.minute is None else Tense.PLANNED
        moment = _peel_talk(head, today, tense)[0]
    else:
        moment = moment.or_else(_said_inside(rest, today))
    if body and rest.strip(EDGES) and not place and len(rest) <= _LONGEST_PLACE:
        place, rest = rest.strip(EDGES), ""
    told = " ".join(part for part in (daytime, rest.strip(EDGES.rstrip("."))) if part)
    said = "\n".join(part for part in (told, body.strip()) if part)
    return Entry(
        EntryKind.INTERVIEW,
        said,
        moment.on or today,
        moment.minute,
        moment.minutes,
        place,
    )


def _said_inside(text: str, today: date) -> Moment:
    """What a talk's sentence says of when and how long, by its last words or by naming a day."""
    first = text.strip().partition("\n")[0]
    end, _ = peel_end(first, today, Tense.PAST, durations=True)
    coming, _ = peel_end(first, today, Tense.PLANNED, durations=True)
    if coming.on is not None and coming.on > today and coming.minute is not None:
        return coming
    return replace(end, on=told_day(first, today).on)


_LONGEST_PLACE = 60


_DAYTIME = re.compile(
    r"(?:(?:ce|hier)\s+(?:matin|soir|midi)|cet(?:te)?\s+(?:apr[eè]s-?\s?midi|nuit)"
    r"|tout\s+à\s+l['’]heure)\b",
    re.IGNORECASE,
)
"""When in the day, as nobody writes down: the words stay, what follows them is read."""


def _peel_talk(head: str, today: date, tense: Tense) -> tuple[Moment, str, str, str]:
    """When and how long, where, what is left, and the time of the day in words."""
    moment, place, daytime, rest = Moment(), "", "", head
    while True:
        shorter = rest
        part = _DAYTIME.match(shorter.lstrip(EDGES))
        if part is not None and not daytime:
            daytime, shorter = part[0], shorter.lstrip(EDGES)[part.end() :]
            if daytime.lower().startswith("hier") and moment.on is None:
                moment = replace(moment, on=today - timedelta(days=1))
        moment, shorter = peel_start(shorter, today, tense, durations=True, known=moment)
        where = _PLACE.match(shorter.lstrip(EDGES))
        if where is not None and not place:
            place, shorter = where[0], shorter.lstrip(EDGES)[where.end() :]
        if shorter == rest:
            return moment, place, rest, daytime
        rest = shorter


_READERS: dict[EntryKind, Callable[[str, date, Known], Entry]] = {
    EntryKind.NOTE: _read_note,
    EntryKind.ACTION: _read_action,
    EntryKind.INTERVIEW: _read_interview,
    EntryKind.ABSENCE: read_absence,
}
