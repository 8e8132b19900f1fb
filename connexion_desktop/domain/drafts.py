"""What is typed and not saved yet: under which name it is kept, and how two texts become one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from connexion_desktop.domain.person_commands import WRITING

_SENT = "#"
_OVER = "\x1f"
"""Between a text and what it was typed over: no key types it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What an act saves of what is being typed at `key`: `text`, as it would be brought back were
    it not saved; `left` stays there to be saved later."""

    key: str
    text: str
    left: str = ""


def typed_fields(key: str, saved: Mapping[str, str], left: Mapping[str, str]) -> Typed:
    """What is saved of the fields at `key`, and what is left of them, as they are kept."""
    return Typed(key, as_draft(saved), as_draft(left))


def as_draft(typed: Mapping[str, str]) -> str:
    """The texts of fields, as they are kept; « » of none."""
    return json.dumps(dict(typed), ensure_ascii=False) if typed else ""


def typed_over(text: str, start: str) -> str:
    """The text of a field, as it is kept with what it was typed over."""
    return f"{text}{_OVER}{start}"


def parted(kept: str) -> tuple[str, str | None]:
    """The text kept of a field, and what it was typed over where that is known."""
    text, mark, start = kept.rpartition(_OVER)
    return (text, start) if mark else (kept, None)


def texts_kept(draft: str) -> dict[str, str]:
    """The texts of the fields of a draft, by name, without what they were typed over."""
    return {name: parted(kept)[0] for name, kept in json.loads(draft).items()}


def sent_key(key: str, command_id: UUID) -> str:
    """Where what a command takes along is kept until it is known to be done."""
    return f"{key}{_SENT}{command_id.hex}"


def key_of(sent: str) -> str:
    """Where it was typed."""
    return sent.rpartition(_SENT)[0]


def joined(key: str, sent: str, present: str | None) -> str:
    """What was sent and not saved, put back before what is being typed there by now; nothing
    twice. Of fields, what is being typed stays."""
    if present is None:
        return sent
    if key.endswith(WRITING):
        kind, _, before = sent.partition("\n")
        after = present.partition("\n")[2]
        return present if before in after else f"{kind}\n{before}\n{after}"
    before, after = json.loads(sent), json.loads(present)
    if not isinstance(before, dict) or not isinstance(after, dict):
        return present
    return as_draft({**before, **after})
