"""The line shown under the writing field before Enter: what will be saved, in a few pieces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from connexion_desktop.domain.entry import COMING, Entry, EntryKind, days_of
from connexion_desktop.domain.french_dates import MONTHS, SHORT_WEEKDAYS, day_number
from connexion_desktop.domain.hours import clock_text, hours_text
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.typed_days import AbsentDay


def preview(entry: Entry, today: date) -> tuple[str, ...]:
    """What Enter will save, in pieces: « Action », « Appeler l’EHPAD », « jeu. 23 avril, 14 h »."""
    match entry.kind:
        case EntryKind.NOTE:
            pieces = ["Note", day_text(entry.on, today)]
        case EntryKind.ACTION:
            title = entry.text.partition("\n")[0]
            when = day_text(entry.on, today) if entry.on else "sans date"
            pieces = ["Action", title, _with_clock(when, entry.minute)]
        case EntryKind.INTERVIEW:
            coming = entry.on is not None and entry.on > today
            pieces = [
                f"Entretien {COMING}" if coming else "Entretien",
                _with_clock(day_text(entry.on, today), entry.minute),
                hours_text(entry.minutes) if entry.minutes else "",
                entry.place,
            ]
        case EntryKind.ABSENCE:
            pieces = [
                "Absence excusée" if entry.excused else "Absence",
                _days_text(days_of(entry), today),
                entry.reason.label.lower() if entry.reason else "",
            ]
    doubt = "" if entry.doubt == COMING else entry.doubt
    return tuple(piece for piece in (*pieces, doubt) if piece)


_MOST_DAYS_TOLD = 3


def _days_text(days: Sequence[AbsentDay], today: date) -> str:
    """« hier, matin », « lun. 23 novembre et hier, journée », « du lun. 2 au … (6 jours) »."""
    names = [day_text(day, today) for day, _ in days]
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


def day_text(day: date | None, today: date) -> str:
    """« aujourd’hui », « hier », « jeu. 23 avril », « jeu. 3 février 2028 »."""
    if day is None:
        return ""
    near = {today: "aujourd’hui", today - timedelta(days=1): "hier"}
    return near.get(day) or _full_day(day, today)


def _full_day(day: date, today: date) -> str:
    text = f"{SHORT_WEEKDAYS[day.weekday()]} {day_number(day)} {MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def _with_clock(day: str, minute: int | None) -> str:
    return day if minute is None else f"{day}, {clock_text(minute)}"
