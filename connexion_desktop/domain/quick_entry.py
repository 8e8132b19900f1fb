"""Reading the one writing field: « action appeler l’EHPAD jeudi 14h » is an action, with its date.

Pure: what was typed, the day, what is known of the person → an `Entry`, the line shown before
Enter, and what is to be looked at twice in it. Words are given up only where they are said first
or last, and understood as when or where; a day found inside a sentence stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from connexion_desktop.domain.french_dates import MONTHS, SHORT_WEEKDAYS, day_number
from connexion_desktop.domain.hours import clock_text, hours_text
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_commands import (
    Half,
    NewAbsence,
    NewAction,
    NewInterview,
    NewNote,
)
from connexion_desktop.domain.person_file import Reason
from connexion_desktop.domain.typed_days import (
    EDGES,
    AbsentDay,
    Days,
    read_days,
    read_until,
    read_week,
)
from connexion_desktop.domain.typed_moments import (
    FRACTION,
    Moment,
    Tense,
    peel_end,
    peel_start,
    told_day,
    within,
)
from connexion_desktop.domain.unread_days import another_day, unread_day, unreal_day, vague_day


class EntryKind(StrEnum):
    """What one may write."""

    NOTE = "note"
    ACTION = "action"
    INTERVIEW = "interview"
    ABSENCE = "absence"

    @property
    def label(self) -> str:
        """The chip's word; its first letter not used by another is Alt's."""
        return _KINDS[self]


_KINDS = {
    EntryKind.NOTE: "Note",
    EntryKind.ACTION: "Action",
    EntryKind.INTERVIEW: "Entretien",
    EntryKind.ABSENCE: "Absence",
}

_SLASH = re.compile(r"\s*/(?P<word>[^\W\d_]+)(?:\s+|$)")
_NATURAL = re.compile(
    r"\s*(?:(?P<action>action)|(?P<interview>entretien)|(?P<absence>absence)|(?P<note>note))"
    r"(?:\s*[:,]\s*|\s+|$)",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:de\s+la\b|de\s+l['’]|des?\b|du\b|d['’])\s*", re.IGNORECASE)
_NOTE_HEAD = re.compile(r"\s*note\s*(?::|$)", re.IGNORECASE)
_BODY = re.compile(r"(?:Logement|Contre\s+la\s+Faim|Enfance)\b")
"""What follows « Action » in the name of a body."""
_HIRING = re.compile(r"(?:d['’]embauche|de\s+recrutement)\b", re.IGNORECASE)
_HIRING_ALONE = re.compile(
    rf"entretien\s+(?:{_HIRING.pattern})(?:\s+(?:chez|avec|pour|à|au|en)\s[^,;.:!?\n]{{1,60}})?",
    re.IGNORECASE,
)
"""Such a talk with nothing told of it but with whom."""
_WITH = re.compile(r"(?:avec|chez|pour)\s[^,;.:!?\n]{1,60}", re.IGNORECASE)
"""Whom a talk is with, and nothing of what was said."""
_ABSENT = re.compile(r"\s*absente?(?:\s*[:,]\s*|\s+|$)", re.IGNORECASE)
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
NO_TITLE = "Dites en quelques mots ce qu’il faut faire."


@dataclass(frozen=True, slots=True)
class Entry:
    """What was understood. `also` are the other days of an absence. `problem` (French) says why it
    cannot be saved yet, `doubt` what in it may not be what was meant."""

    kind: EntryKind
    text: str
    on: date | None = None
    minute: int | None = None
    minutes: int | None = None
    place: str = ""
    half: Half | None = None
    reason: Reason | None = None
    excused: bool = False
    also: tuple[AbsentDay, ...] = ()
    problem: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of whom one writes about, by which what is typed is understood.

    `expected_on` are the days when the person is expected; None where that is not known.
    """

    reasons: tuple[Reason, ...] = ()
    expected_on: frozenset[date] | None = None


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
_COMING = "à venir"


def surprise(entry: Entry, today: date, expected_on: Collection[date] | None) -> str:
    """What is surprising in the day that was read, in French; « » when nothing is."""
    if entry.on is None:
        return ""
    if abs(entry.on - today) > _FAR:
        return "à plus d’un an d’ici"
    match entry.kind:
        case EntryKind.INTERVIEW if entry.on > today:
            return _COMING
        case EntryKind.ACTION if entry.on < today:
            return "ce jour est déjà passé"
        case EntryKind.ABSENCE if expected_on is not None:
            return _no_meeting([day for day, _ in _days_of(entry) if day not in expected_on], today)
    return ""


def _no_meeting(days: Sequence[date], today: date) -> str:
    if len(days) > 1:
        return f"{len(days)} jours sans séance"
    return f"pas de séance {_day(days[0], today)}" if days else ""


def _days_of(entry: Entry) -> tuple[AbsentDay, ...]:
    return () if entry.on is None else ((entry.on, entry.half), *entry.also)


def kind_of(typed: str, today: date, chosen: EntryKind | None = None) -> tuple[EntryKind, str]:
    """The kind that a prefix tells, and the text without it. « /action » wins over the chip; the
    word of the chip's kind, said again, is no more part of the text."""
    slash = _SLASH.match(typed)
    if slash is not None:
        word = fold(slash["word"])
        named = [kind for kind in EntryKind if fold(kind.label).startswith(word)]
        exact = [kind for kind in named if fold(kind.label) == word]
        if len(named) == 1 or exact or (named and len(word) == 1):
            return (exact or named)[0], typed[slash.end() :]
    natural = _NATURAL.match(typed)
    if natural is not None and natural.lastgroup is not None:
        kind, text = _named(EntryKind(natural.lastgroup), typed, typed[natural.end() :], today)
        if chosen is None or (kind is chosen and kind is not EntryKind.NOTE):
            return kind, text
    if chosen is not None:
        return chosen, typed
    absent = _ABSENT.match(typed)
    if absent is not None and _says_when(typed[absent.end() :]):
        return EntryKind.ABSENCE, typed[absent.end() :]
    return EntryKind.NOTE, typed


def _named(kind: EntryKind, typed: str, rest: str, today: date) -> tuple[EntryKind, str]:
    """What begins with the word of a kind, `rest` follows it; a note where the word is another.

    « absence du 20/4 » is an absence, « absence de transport » is not; « Action Logement » is the
    name of a body; « Entretien d’embauche » is with an employer: an action to come, or a note.
    """
    as_note = (EntryKind.NOTE, typed)
    match kind:
        case EntryKind.NOTE:
            return (kind, rest) if _NOTE_HEAD.match(typed) else as_note
        case EntryKind.ABSENCE:
            when = _without_of(rest)
            return (kind, when) if when is not None else as_note
        case EntryKind.ACTION if _BODY.match(rest) or _without_of(rest) is None:
            return as_note
        case EntryKind.INTERVIEW if _HIRING.match(rest):
            action = _read_action(typed, today, Known())
            is_coming = action.on is not None and action.on >= today
            alone = _HIRING_ALONE.fullmatch(action.text) is not None
            return (EntryKind.ACTION, typed) if is_coming and alone else as_note
        case EntryKind.INTERVIEW:
            when = _without_of(rest)
            return kind, rest if when is None else when
    return kind, rest


def _without_of(rest: str) -> str | None:
    """What follows « absence du », « entretien de »; None where « absence de … » says no when."""
    of = _OF.match(rest)
    if of is None or _says_when(rest):
        return rest
    told = rest[of.end() :]
    return told if _says_when(told) else None


def _says_when(text: str) -> bool:
    """Whether « absente » is followed by when: « absente de chez elle » is a note."""
    moment, _ = peel_start(text, date(2024, 1, 1), Tense.PAST, durations=True, halves=True)
    several = read_days(text, date(2024, 1, 1)) or read_week(text, date(2024, 1, 1))
    starts = several is not None and not text[: several.start].strip(EDGES)
    return not text.strip() or not moment.is_empty or starts


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
    moment, place, rest = _peel_talk(head, today, Tense.PAST)
    if parts is not None and moment.is_empty and not place:
        rest, body = text.strip(), ""
    told = rest.strip(EDGES)
    whom = moment.on is not None and _WITH.fullmatch(told) is not None
    if not (body or (told and not whom)) and moment.minutes is None:
        tense = Tense.NEAR if moment.minute is None else Tense.PLANNED
        moment, _, _ = _peel_talk(head, today, tense)
    else:
        moment = moment.or_else(_said_inside(rest, today))
    if body and rest.strip(EDGES) and not place and len(rest) <= _LONGEST_PLACE:
        place, rest = rest.strip(EDGES), ""
    said = "\n".join(part for part in (rest.strip(EDGES.rstrip(".")), body.strip()) if part)
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


def _peel_talk(head: str, today: date, tense: Tense) -> tuple[Moment, str, str]:
    moment, place, rest = Moment(), "", head
    while True:
        moment, shorter = peel_start(rest, today, tense, durations=True, known=moment)
        where = _PLACE.match(shorter.lstrip(EDGES))
        if where is not None and not place:
            place, shorter = where[0], shorter.lstrip(EDGES)[where.end() :]
        if shorter == rest:
            return moment, place, rest
        rest = shorter


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
        if any(words[start : start + len(named)] == named for start in range(len(words))):
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


def capitalised(text: str) -> str:
    """With a capital at its start."""
    return text[:1].upper() + text[1:]


_READERS: dict[EntryKind, Callable[[str, date, Known], Entry]] = {
    EntryKind.NOTE: _read_note,
    EntryKind.ACTION: _read_action,
    EntryKind.INTERVIEW: _read_interview,
    EntryKind.ABSENCE: read_absence,
}


def preview(entry: Entry, today: date) -> tuple[str, ...]:
    """What Enter will save, in pieces: « Action », « Appeler l’EHPAD », « jeu. 23 avril, 14 h »."""
    match entry.kind:
        case EntryKind.NOTE:
            pieces = ["Note", _day(entry.on, today)]
        case EntryKind.ACTION:
            title = entry.text.partition("\n")[0]
            when = _day(entry.on, today) if entry.on else "sans date"
            pieces = ["Action", title, _with_clock(when, entry.minute)]
        case EntryKind.INTERVIEW:
            coming = entry.on is not None and entry.on > today
            pieces = [
                f"Entretien {_COMING}" if coming else "Entretien",
                _with_clock(_day(entry.on, today), entry.minute),
                hours_text(entry.minutes) if entry.minutes else "",
                entry.place,
            ]
        case EntryKind.ABSENCE:
            pieces = [
                "Absence excusée" if entry.excused else "Absence non excusée",
                _days_text(_days_of(entry), today),
                entry.reason.label.lower() if entry.reason else "",
            ]
    doubt = "" if entry.doubt == _COMING else entry.doubt
    return tuple(piece for piece in (*pieces, doubt) if piece)


_MOST_DAYS_TOLD = 3


def _days_text(days: Sequence[AbsentDay], today: date) -> str:
    """« hier, matin », « lun. 23 novembre et hier, journée », « du lun. 2 au … (6 jours) »."""
    names = [_day(day, today) for day, _ in days]
    if len(days) > _MOST_DAYS_TOLD:
        first, last = (_full_day(day, today) for day in (days[0][0], days[-1][0]))
        return f"du {first} au {last} ({len(days)} jours)"
    if len({half for _, half in days}) > 1:
        told = [f"{name} {_half(half)}" for name, (_, half) in zip(names, days, strict=True)]
        return _listed(told)
    return f"{_listed(names)}, {_half(days[0][1])}"


def _half(half: Half | None) -> str:
    return "journée" if half is None else half.label


def _listed(names: Sequence[str]) -> str:
    return " et ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _day(day: date | None, today: date) -> str:
    if day is None:
        return ""
    near = {today: "aujourd’hui", today - timedelta(days=1): "hier"}
    return near.get(day) or _full_day(day, today)


def _full_day(day: date, today: date) -> str:
    text = f"{SHORT_WEEKDAYS[day.weekday()]} {day_number(day)} {MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def _with_clock(day: str, minute: int | None) -> str:
    return day if minute is None else f"{day}, {clock_text(minute)}"


Command = NewNote | NewAction | NewInterview | NewAbsence


def command_of(entry: Entry, person_id: UUID, today: date) -> Command:
    """The command that saves the entry."""
    on = entry.on or today
    match entry.kind:
        case EntryKind.NOTE:
            return NewNote(person_id, on, entry.text)
        case EntryKind.ACTION:
            title, _, detail = entry.text.partition("\n")
            return NewAction(person_id, today, title, entry.on, entry.minute, detail)
        case EntryKind.INTERVIEW:
            return NewInterview(
                person_id, today, on, entry.minute, entry.minutes, entry.place, entry.text
            )
        case EntryKind.ABSENCE:
            code = entry.reason.code if entry.reason else ""
            return NewAbsence(
                person_id, on, entry.half, entry.excused, code, entry.text, entry.also
            )
