"""What a record is: its tables, its columns, and how each is told in French.

One declaration for each kind of record: the history, « Revenir » and « Revenir à cette version »
work from it alone. A column whose model says its French name needs no line here. A test walks the
models: a column that is neither told nor silent, or a table that is of no record, makes it fail.
"""

from __future__ import annotations

from collections.abc import Mapping

from connexion_desktop.domain.records.declared import RecordKind
from connexion_desktop.domain.records.equipment import EQUIPMENT, LOAN
from connexion_desktop.domain.records.feed import ABSENCE, ACTION, FEED, NOTE, TALK
from connexion_desktop.domain.records.group import GROUP, JOURNEY
from connexion_desktop.domain.records.lists import LISTS
from connexion_desktop.domain.records.meeting import MEETING
from connexion_desktop.domain.records.organisation import ORGANISATION
from connexion_desktop.domain.records.person import PERSON
from connexion_desktop.domain.records.placement import PLACEMENT

KINDS: Mapping[str, RecordKind] = {
    kind.name: kind
    for kind in (
        PERSON,
        FEED,
        JOURNEY,
        GROUP,
        EQUIPMENT,
        LOAN,
        PLACEMENT,
        ORGANISATION,
        MEETING,
        NOTE,
        ACTION,
        TALK,
        ABSENCE,
        *LISTS,
    )
}
"""Every kind of record, by its name."""

UNTOLD: Mapping[str, str] = {
    "accident": "no page shows it yet",
    "accident_event": "no page shows it yet",
    "accident_injury": "no page shows it yet; health",
    "amendment": "no page shows it yet",
    "attachment_bytes": "the bytes of a file",
    "attendance_sheet": "a printed paper: a new edition replaces it",
    "cohort_access": "a right, shown as it stands by the settings",
    "column_mapping": "how a table is read, not what it holds",
    "data_flag": "a doubtful value is told by the field it was meant for",
    "diagnosis": "no page shows it yet",
    "funder_code": "no page shows it yet",
    "import_batch": "an import is undone whole, and has its report",
    "outreach": "no page shows it yet",
    "snooze": "a reminder put off, not what is known",
    "staff_role": "a right, shown as it stands by the settings",
    "target": "no page shows it yet",
    "trade": "no page shows it yet",
    "visit": "no page shows it yet",
    "visit_place": "no page shows it yet",
}
"""The tables that are of no record, and why."""
