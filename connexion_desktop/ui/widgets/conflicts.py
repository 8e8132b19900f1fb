"""Fields that save by themselves, when somebody else changed one of them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from connexion_desktop.domain.conflicts import Clash, ConflictError, linked
from connexion_desktop.domain.errors import UserError
from connexion_desktop.ui.widgets.bound_field import BoundField
from connexion_desktop.ui.widgets.conflict_line import told

_KEPT = "Ce que vous avez écrit y est gardé."


def seen_of(
    fields: Mapping[str, BoundField], name: str, value_of: Callable[[str, str], Any]
) -> dict[str, tuple[Any, ...]]:
    """What is known of a field and of those linked to it that are shown, as the command says it:
    `value_of(name, text)`."""
    return {
        each: tuple(value_of(each, text) for text in fields[each].seen())
        for each in linked(name)
        if each in fields
    }


def show_conflict(
    fields: Mapping[str, BoundField],
    name: str,
    problem: ConflictError,
    text_of: Callable[[str, Any], str],
    also: Callable[[], object] = lambda: None,
) -> None:
    """Say under a field what the other made of it, and of those that go with it; keeping one's own
    keeps them all, and does `also` first.

    `text_of(name, value)`: what a field shows for a value."""
    clashes = [clash for clash in problem.clashes if clash.field in fields]
    own = next((clash for clash in clashes if clash.field == name), None)
    others = [clash for clash in clashes if clash.field != name]
    field = fields[name]
    theirs = text_of(name, own.theirs) if own is not None else field.seen()[0]
    words = _words(fields, problem, own, text_of)

    def keep() -> None:
        also()
        _impose(fields, others, text_of)

    field.contest(words, theirs, keep)


def leave(fields: Collection[BoundField], record: str, fail: Callable[[UserError], object]) -> None:
    """Give back what is saved to fields that are left for another record than `record` (« Awa
    Diallo »). Where something was to be chosen, or could not be saved, it is told: it waits there,
    as typed."""

    def where(field: BoundField) -> str:
        return f"{record}, « {field.editor.accessibleName()} »"

    lines = [(field, line) for field in fields if (line := field.conflict()) is not None]
    refused = [field for field in fields if field.has_problem() and field.is_dirty()]
    if lines:
        field, line = lines[0]
        fail(_waits_in(where(field), line.words.text()))
    elif refused:
        field = refused[0]
        fail(
            UserError(
                f"{where(field)} : « {field.text()} » n’est pas enregistré. "
                f"{field.remarks.complaint}",
                _KEPT,
                "Revenez-y pour le corriger.",
            )
        )
    for field in fields:
        field.restore()


def told_elsewhere(problem: UserError, record: str) -> UserError:
    """A save of `record` that is refused while another record is shown, as it is told there."""
    if isinstance(problem, ConflictError):
        return _waits_in(record, problem.what)
    return UserError(f"{record} : {problem.what}", problem.safe, problem.todo)


def _waits_in(where: str, what: str) -> UserError:
    return UserError(f"{where} : {what}", _KEPT, "Revenez-y pour choisir.")


def _words(
    fields: Mapping[str, BoundField],
    problem: ConflictError,
    own: Clash | None,
    text_of: Callable[[str, Any], str],
) -> str:
    def said(clash: Clash, value: Any) -> str:
        field, text = fields.get(clash.field), text_of(clash.field, value)
        return field.words_for(text) if field is not None else text

    changed = [clash for clash in problem.clashes if clash.is_theirs]
    if changed == [own]:
        return told(problem, "ce champ", said(changed[0], changed[0].theirs))
    titles = ", ".join(f"« {clash.label} »" for clash in changed if clash != own)
    titles = f"ce champ et {titles}" if own in changed else f"{titles}, lié à ce champ,"
    theirs, mine = (
        " · ".join(filter(None, (said(each, getattr(each, whose)) for each in problem.clashes)))
        for whose in ("theirs", "mine")
    )
    return told(problem, titles, theirs, mine)


def _impose(
    fields: Mapping[str, BoundField],
    others: list[Clash],
    text_of: Callable[[str, Any], str],
) -> None:
    for clash in others:
        fields[clash.field].rebase(text_of(clash.field, clash.theirs))
    for clash in others:
        theirs, mine = (text_of(clash.field, value) for value in (clash.theirs, clash.mine))
        fields[clash.field].impose(mine, over=theirs)
