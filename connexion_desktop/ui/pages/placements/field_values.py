"""What a field of the form stands for: the text it shows, the value stored, the act that saves it.

A name is a field of the placement (« tasks »), of its host (« host.siret »), of the association
(« prescriber.city ») or of the person (« emergency.phone »).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.french_dates import numeric_day
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.placement_file import (
    SLOTS,
    EditHost,
    EditPlacement,
    EditPrescriber,
    PlacementForm,
)
from connexion_desktop.domain.placement_hours import presence_text
from connexion_desktop.domain.placement_typed import typed_value
from connexion_desktop.domain.siret import format_siret
from connexion_desktop.ui.pages.placements.choice_fields import (
    CheckField,
    YesNoField,
    answer_text,
    answer_value,
)
from connexion_desktop.ui.widgets.bound_field import BoundField
from connexion_desktop.ui.widgets.bound_fields import BoundDate

Value = str | date | bool | None

_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "host.siret": format_siret,
    "host.phone": tidy_phone,
    "prescriber.siret": format_siret,
    "prescriber.phone": tidy_phone,
    "tutor_phone": tidy_phone,
}
"""The numbers that are shown in groups of digits, however they were typed."""


def stored_in(form: PlacementForm, name: str) -> Value:
    """What the base holds in a field."""
    part, _, column = name.partition(".")
    if not column:
        return form.values[name]
    if part == "host":
        return form.host.details[column] if form.host else ""
    if part != "prescriber":
        return typed_value(form.paper, name)
    return form.prescriber.details[column]


def text_of(field: BoundField | None, name: str, value: Any) -> str:
    """What a field shows for a value; there is none for the hours."""
    if name == SLOTS:
        return presence_text(value) or "aucune heure"
    if isinstance(field, BoundDate):
        return numeric_day(value) if isinstance(value, date) else ""
    if isinstance(field, YesNoField):
        return answer_text(value)
    if isinstance(field, CheckField):
        return "1" if value else ""
    return _spelled(name, str(value or ""))


def value_of(field: BoundField, text: str) -> Value:
    """What a text of a field stands for."""
    if isinstance(field, YesNoField):
        return answer_value(text)
    if isinstance(field, CheckField):
        return bool(text)
    return text.strip() or None


def as_stored(name: str, text: str, stored: str) -> str:
    """What is written; the same number with other spaces is the one that is stored."""
    return stored if _spelled(name, text) == _spelled(name, stored) else text


def act_saving(
    form: PlacementForm, name: str, value: Value, seen: Seen
) -> Callable[[usecases.Session], None] | None:
    """What saves a value; nothing does in a host that is not chosen."""
    part, _, column = name.partition(".")
    text = value if isinstance(value, str) else "1" if value is True else ""
    if part == "host" and column:
        if form.host is None:
            return None
        mend = EditHost(form.host.id, column, text, seen)
        return lambda session: usecases.placement_hosts.edit_host(session, mend)
    if part == "prescriber" and column:
        told = EditPrescriber(column, text, seen)
        return lambda session: usecases.placement_prescriber.edit_prescriber(session, told)
    if column:
        about = EditField(form.person_id, name, text, form.facts.today, seen)
        return lambda session: usecases.person_details.edit(session, about)
    command = EditPlacement(form.id, name, value, seen)
    return lambda session: usecases.placement_drafts.edit(session, command)


def _spelled(name: str, text: str) -> str:
    spelling = _SPELLINGS.get(name)
    return spelling(text) if spelling is not None else text
