"""A Wednesday, the days when the person is expected, and a field read on that day."""

from __future__ import annotations

from datetime import date, timedelta

from connexion_desktop.domain.entry import Entry, EntryKind, Known
from connexion_desktop.domain.entry_preview import preview
from connexion_desktop.domain.person_file import Reason
from connexion_desktop.domain.quick_entry import read_entry

REASONS = (
    Reason("sante", "Santé"),
    Reason("administratif", "Démarche administrative"),
    Reason("garde", "Garde d’enfants"),
    Reason("transport", "Transport"),
    Reason("emploi", "Emploi ou immersion"),
    Reason("autre", "Autre"),
)


WEDNESDAY = date(2026, 11, 25)
MONDAYS_AND_TUESDAYS = frozenset(
    date(2026, 10, 5) + timedelta(weeks=week, days=day) for week in range(12) for day in (0, 1)
)
FOLLOWED = Known(REASONS, MONDAYS_AND_TUESDAYS)


def read(typed: str, kind: EntryKind | None = None) -> Entry:
    return read_entry(typed, WEDNESDAY, FOLLOWED, kind)


def line(typed: str, kind: EntryKind | None = None) -> str:
    return " · ".join(preview(read(typed, kind), WEDNESDAY))
