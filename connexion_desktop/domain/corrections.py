"""A line of the feed written again: its head (when, how long, where, why) and its text.

The head is spelt as one would type it, and what `…_head` spells `read_correction` reads back as it
was. A day left out of the head stays the one it was; an action alone may lose its date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from connexion_desktop.domain.entry import Entry, EntryKind, Known
from connexion_desktop.domain.entry_absence import read_absence
from connexion_desktop.domain.feed import FeedKind, Written
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.hours import clock_text
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.quick_entry import NO_TITLE, surprise, unreal_problem
from connexion_desktop.domain.typed_days import EDGES
from connexion_desktop.domain.typed_moments import Tense, peel_start
from connexion_desktop.domain.typography import capitalised
from connexion_desktop.domain.unread_days import unread_day

ENTRY_KINDS = {
    FeedKind.NOTE: EntryKind.NOTE,
    FeedKind.ACTION: EntryKind.ACTION,
    FeedKind.INTERVIEW: EntryKind.INTERVIEW,
    FeedKind.ATTENDANCE: EntryKind.ABSENCE,
}
"""What one wrote to get such a line."""

HINTS = {
    EntryKind.NOTE: "Jour",
    EntryKind.ACTION: "Jour et heure, ou rien : « jeudi 14h »",
    EntryKind.INTERVIEW: "Jour, heure, durée, lieu : « 23/11 à 14h, 30 min, au bureau »",
    EntryKind.ABSENCE: "Jours, motif, excusée ou non : « lundi matin, santé, excusée »",
}
"""What may be said in the head of each, for who finds it empty."""

_TENSES = {
    EntryKind.NOTE: Tense.PAST,
    EntryKind.ACTION: Tense.FUTURE,
    EntryKind.INTERVIEW: Tense.NEAR,
}


def note_head(on: date) -> str:
    """« 23/11/2026 »."""
    return numeric_day(on)


def action_head(due_on: date | None, minute: int | None) -> str:
    """« 23/11/2026 à 14 h »; nothing without a date."""
    return "" if due_on is None else _with_clock(due_on, minute)


def talk_head(on: date, minute: int | None, minutes: int | None, place: str) -> str:
    """« 23/11/2026 à 14 h, 30 min, Au bureau »."""
    length = f"{minutes} min" if minutes else ""
    return _listed((_with_clock(on, minute), length, place))


def absence_head(on: date, halves: Sequence[Half], reason: str, *, excused: bool) -> str:
    """« 23/11/2026 matin, garde d’enfants, excusée »; `reason` as its list words it. With a reason
    one is read as excused, unless it is said not to be."""
    day = numeric_day(on) if len(halves) != 1 else f"{numeric_day(on)} {halves[0].label}"
    unexcused = "non excusée" if reason else ""
    return _listed((day, reason, "excusée" if excused else unexcused))


def _with_clock(on: date, minute: int | None) -> str:
    return numeric_day(on) if minute is None else f"{numeric_day(on)} à {clock_text(minute)}"


def _listed(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)


def read_correction(
    kind: EntryKind, written: Written, was_on: date, today: date, known: Known
) -> Entry:
    """What a line becomes. Nothing is guessed of a head that is not understood: it is told."""
    head, text = written.head.strip(), written.text.strip()
    if kind is EntryKind.ABSENCE:
        entry = _absence(head, text, was_on, today, known)
    else:
        entry = _dated(kind, head, text, was_on, today)
    problem = unreal_problem(head) or entry.problem
    return replace(entry, problem=problem, doubt=surprise(entry, today, known.expected_on))


def _dated(kind: EntryKind, head: str, text: str, was_on: date, today: date) -> Entry:
    is_talk = kind is EntryKind.INTERVIEW
    moment, rest = peel_start(head, today, _TENSES[kind], durations=is_talk)
    left = rest.strip(EDGES)
    unread = unread_day(head, today, _TENSES[kind])
    problem = f"Le jour n’est pas compris : {unread}." if unread else ""
    if left and not is_talk:
        problem = problem or f"« {left} » n’est pas un jour compris."
    on: date | None = moment.on or was_on
    if kind is EntryKind.ACTION:
        on = today if moment.on is None and moment.minute is not None else moment.on
        title, _, detail = text.partition("\n")
        text = f"{capitalised(title)}\n{detail.strip()}".strip()
    if not text and not is_talk:
        empty = NO_TITLE if kind is EntryKind.ACTION else "Une note ne peut pas être vide."
        problem = problem or empty
    return Entry(kind, text, on, moment.minute, moment.minutes, left * is_talk, problem=problem)


def _absence(head: str, text: str, was_on: date, today: date, known: Known) -> Entry:
    """What the head says besides the days, the reason and the excuse joins the text."""
    entry = read_absence(head, today, known, was_on)
    unread = unread_day(head, today, Tense.PAST)
    more = entry.text if entry.text and entry.text not in text else ""
    problem = f"Le jour n’est pas compris : {unread}." if unread else ""
    return replace(entry, text=_listed((text, more)), problem=problem)
