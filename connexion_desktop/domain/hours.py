"""Hours as people write and read them: « 9h-12h30 / 13:30-17h », « 22 h 30 »."""

from __future__ import annotations

import re
from itertools import pairwise

from connexion_desktop.domain.errors import UserError

TimeRange = tuple[int, int]
"""Minutes since midnight, end not included; an end over 1440 is on the next day."""

_DAY = 24 * 60
_EARLIEST_NIGHT_START = 18 * 60
_LATEST_NIGHT_END = 12 * 60

_DAYS_OFF = frozenset({"", "-", "–", "—", "repos", "off", "fermé", "ferme", "absent", "non"})

_FORMS = r"midi|minuit|\d{1,2}\s*(?:heures?|h)\s*(?:\d{2}%s)?|\d{1,2}\s*[:.]\s*\d{2}|\d{1,4}"
_START = _FORMS % r"(?!\d)"
# In « 9h-12h 13h-17h » or « 9h-12h 13-17 » the 13 begins the next range: it is no minute of 12 h.
_END = _FORMS % r"(?!\d|\s*(?:h|:|-|–|—|→|à))"
_RANGE = re.compile(
    rf"(?:de\s+)?(?P<start>{_START})\s*(?:-|–|—|→|->|à|a|jusqu['’]à)\s*(?P<end>{_END})",
    re.IGNORECASE,
)
_BETWEEN_RANGES = re.compile(r"[\s/,;+|&.]*(?:\b(?:et|puis)\b)?[\s/,;+|&.]*", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})\s*(?:heures?|h|:|\.)\s*(\d{2})?", re.IGNORECASE)


def hours_text(minutes: int) -> str:
    """A duration: « 22 h 30 », « 7 h », « 45 min », « 0 h »."""
    hours, rest = divmod(minutes, 60)
    if not hours and rest:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def clock_text(minute: int) -> str:
    """A time of day: « 9 h », « 13 h 30 », « 0 h 15 »; past midnight, the next day's time."""
    hours, rest = divmod(minute if minute <= _DAY else minute - _DAY, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def ranges_text(ranges: tuple[TimeRange, ...]) -> str:
    """« 9 h – 12 h 30 / 13 h 30 – 17 h »; nothing on a day off. `parse_ranges` reads it back."""
    return " / ".join(f"{clock_text(start)} – {clock_text(end)}" for start, end in ranges)


def parse_time(text: str) -> int | None:
    """Minutes since midnight of « 9h », « 9 h 30 », « 13:30 », « 0930 », « midi »; None if none."""
    text = text.strip().lower()
    if text in ("midi", "minuit"):
        return 12 * 60 if text == "midi" else 0
    if text.isascii() and text.isdigit():
        hours, minutes = (int(text[:-2]), int(text[-2:])) if len(text) > 2 else (int(text), 0)
    else:
        clock = _CLOCK.fullmatch(text)
        if clock is None:
            return None
        hours, minutes = int(clock[1]), int(clock[2] or 0)
    minute = hours * 60 + minutes
    return minute if minutes < 60 and minute <= _DAY else None


def parse_ranges(text: str) -> tuple[TimeRange, ...]:
    """The ranges typed for one day, in order; none on a day off (« », « repos »).

    « 22h-6h » passes midnight: its end is over 1440. Raises UserError on what cannot be read, an
    end before its start, or two ranges that overlap.
    """
    if text.strip().lower() in _DAYS_OFF:
        return ()
    ranges = []
    position = 0
    for found in _RANGE.finditer(text):
        _refuse_between(text, text[position : found.start()])
        ranges.append(_read_range(found))
        position = found.end()
    if not ranges:
        raise _unreadable(text)
    _refuse_between(text, text[position:])
    ranges.sort()
    for (_, earlier_end), (later_start, _) in pairwise(ranges):
        if later_start < earlier_end:
            raise UserError(f"Dans « {text.strip()} », deux horaires se chevauchent.")
    return tuple(ranges)


def _refuse_between(text: str, between: str) -> None:
    if not _BETWEEN_RANGES.fullmatch(between):
        raise _unreadable(text)


def _read_range(found: re.Match[str]) -> TimeRange:
    start, end = parse_time(found["start"]), parse_time(found["end"])
    if start is None or end is None:
        raise UserError(
            f"« {found[0].strip()} » contient une heure qui n’existe pas.",
            todo="Écrivez par exemple 9h-12h30.",
        )
    if end == 0:
        end = _DAY
    if end > start:
        return start, end
    if start >= _EARLIEST_NIGHT_START and end <= _LATEST_NIGHT_END:
        return start, end + _DAY
    raise UserError(f"Dans « {found[0].strip()} », la fin n’est pas après le début.")


def _unreadable(text: str) -> UserError:
    return UserError(
        f"L’horaire « {text.strip()} » n’est pas compris.",
        todo="Écrivez par exemple 9h-12h30 / 13h30-17h.",
    )
