"""What a cell of an OpenDocument holds: its value as it was computed, not as it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from connexion_desktop.domain.unread import SPREADSHEET_ERROR, Unread
from connexion_desktop.exchange.gaps import wrong_value

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FORMULA = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}formula"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_ERROR = re.compile(r"#[\w/]+\s?[!?]?|Err\s?:\s?\d{3}")
_LENGTH = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d{0,12})?S)?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_DAY = 24 * 60 * 60

Value = str | int | float | bool | datetime | time | timedelta | None


def value_of(cell: Mapping[str, str], text: str) -> Value:
    """The value of a cell by its attributes; `text` is what it shows."""
    if cell.get(_EXTENDED) == "error" or (_FORMULA in cell and _ERROR.fullmatch(text)):
        return Unread(text, SPREADSHEET_ERROR)
    kind = cell.get(f"{_OFFICE}value-type", "")
    attribute, read = _READERS.get(kind, ("", str))
    if not attribute:
        return cell.get(f"{_OFFICE}string-value") or text or None
    typed = cell.get(f"{_OFFICE}{attribute}", "")
    try:
        return read(typed)
    except (ValueError, KeyError):
        return wrong_value(text or typed)


def _number(text: str) -> int | float:
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text)
    if number - number != 0:
        raise ValueError(text)
    return number


def _hour(text: str) -> time | timedelta:
    """An hour of the day; a length of a day or more is no hour."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = (hours * 60 + minutes) * 60 + seconds
    if length >= _DAY:
        return timedelta(seconds=length)
    return time(length // 3600, length // 60 % 60, length % 60)


_READERS: Mapping[str, tuple[str, Callable[[str], Value]]] = {
    "float": ("value", _number),
    "percentage": ("value", _number),
    "currency": ("value", _number),
    "date": ("date-value", lambda typed: datetime.fromisoformat(typed).replace(tzinfo=None)),
    "time": ("time-value", _hour),
    "boolean": ("boolean-value", lambda typed: {"true": True, "false": False}[typed]),
}
