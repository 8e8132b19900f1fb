"""The models of programme: read, and edited séance by séance. The one that ships is only copied."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meeting_choices import Names
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.programme_template import (
    USUAL_HOURS,
    Template,
    TemplateLine,
    from_content,
    to_content,
)
from connexion_desktop.domain.template_editing import (
    LINE,
    NAME,
    SPECS,
    CopyTemplate,
    EditLine,
    Models,
    NewLine,
    Rename,
    again,
    checked_name,
    free_name,
    moved,
    row_of,
    spelled,
    with_text,
)
from connexion_desktop.system.resources import resource

from . import meeting_choices
from .chosen_group import programme_weekdays
from .conflicts import Held, refuse_overwriting

_SHIPPED = "programme/douze-semaines.toml"
_SAFE = "Rien n’a changé."


def load(session: Session) -> Models:
    """All that their editor shows."""
    with together(session) as ask:
        known = ask(_own, session)
        weekdays = ask(programme_weekdays, session)
        choices = ask(meeting_choices.load, session)
    templates, unread = [shipped()], set()
    for row in known.value:
        try:
            templates.append(_template(row))
        except UserError:
            templates.append(Template(row.name, (), row.id))
            unread.add(row.id)
    names = Names(choices.value.partners)
    return Models(tuple(templates), frozenset(unread), weekdays.value, choices.value, names)


def every(session: Session) -> tuple[Template, ...]:
    """Those that can be drawn up: the one that is shipped, then the association’s own, by name."""
    found = [shipped()]
    for row in _own(session):
        try:
            found.append(_template(row))
        except UserError:
            continue  # its editor says so; the others are drawn up all the same
    return tuple(found)


@cache
def shipped() -> Template:
    """The model that ships with the application."""
    content = tomllib.loads(resource(_SHIPPED).read_text(encoding="utf-8"))
    return Template(content["name"], from_content([_told(each) for each in content["line"]]))


def _told(line: dict[str, Any]) -> dict[str, Any]:
    """A line of the file, which is at the usual hours where it says no other."""
    start, end = USUAL_HOURS[Half(line["half"])]
    return {"start": start, "end": end} | line


def add(session: Session, template_id: UUID, name: str, lines: tuple[TemplateLine, ...]) -> None:
    """One more model. Raises UserError without a name, or where another has it."""
    kept = checked_name(name, _names(session))
    session.add(m.ProgrammeTemplate(id=template_id, name=kept, content=to_content(lines)))


def copy(session: Session, command: CopyTemplate) -> None:
    """A model like another, under a name of its own."""
    source_id = command.source_id
    source = shipped() if source_id is None else _template(_row(session, source_id))
    lines = tuple(replace(line, id=new_id()) for line in source.lines)
    add(session, command.id, free_name(source.name, _names(session)), lines)


def rename(session: Session, command: Rename) -> None:
    """Call a model otherwise. Raises UserError without a name, or where another has it,
    ConflictError where somebody called it otherwise since."""
    row = _row(session, command.template_id)
    held = Held(NAME.label, row.name, (row,), ("name",))
    refuse_overwriting(session, command.seen, NAME.name, command.name, lambda _name: held)
    row.name = checked_name(command.name, _names(session, but=row.id))


def delete(session: Session, template_id: UUID) -> None:
    """Take a model away; the programmes that were drawn up from it stay."""
    _row(session, template_id).deleted_at = m.utc_now()


def add_line(session: Session, command: NewLine) -> None:
    """One more séance in a model. Raises UserError where a field cannot hold what is typed."""
    row = _row(session, command.template_id)
    line = TemplateLine(1, 1, "", "", *USUAL_HOURS[Half.MORNING], id=command.id)
    partners = _partners(session)
    for spec in LINE:  # the title first: no séance is without
        if spec.column in command.texts:
            line = with_text(line, spec.name, command.texts[spec.column], partners)
    row.content = to_content((*from_content(row.content, row.id), line))


def edit_line(session: Session, command: EditLine) -> None:
    """Set a field of a séance. Raises UserError where it cannot hold that, ConflictError where
    somebody changed it since it was seen."""
    row, line = _found(session, command.template_id, command.line_id)
    partners, spec = _partners(session), SPECS[command.name]
    held = Held(spec.label, row_of(line, partners).values[spec.column], (row,), ("content",))
    refuse_overwriting(
        session,
        command.seen,
        command.name,
        command.text,
        lambda _name: held,
        kept=lambda name, sent: spelled(line, name, sent or "", partners),
    )
    _put(row, with_text(line, command.name, command.text, partners))


def move_line(session: Session, template_id: UUID, line_id: UUID, step: int) -> None:
    """Put a séance on the next day of the programme, or on the one before."""
    row, line = _found(session, template_id, line_id)
    _put(row, moved(line, step, programme_weekdays(session)))


def copy_line(session: Session, template_id: UUID, line_id: UUID, made: UUID) -> None:
    """The same séance once more, a week later."""
    row, line = _found(session, template_id, line_id)
    row.content = to_content((*from_content(row.content, row.id), again(line, made)))


def remove_line(session: Session, template_id: UUID, line_id: UUID) -> None:
    """Take a séance out of a model."""
    row, line = _found(session, template_id, line_id)
    row.content = to_content(
        [each for each in from_content(row.content, row.id) if each.id != line.id]
    )


def standing_partners(session: Session, template: Template) -> Template:
    """The same model, without the partners that are no longer in the base."""
    wanted = {line.partner_id for line in template.lines if line.partner_id is not None}
    if not wanted:
        return template
    table = m.Organisation
    there = set(
        session.scalars(sa.select(table.id).where(table.id.in_(wanted), table.deleted_at.is_(None)))
    )
    return replace(
        template,
        lines=tuple(
            line if line.partner_id in there else replace(line, partner_id=None)
            for line in template.lines
        ),
    )


def _own(session: Session) -> list[m.ProgrammeTemplate]:
    table = m.ProgrammeTemplate
    return list(
        session.scalars(
            sa.select(table).where(table.deleted_at.is_(None)).order_by(table.name, table.id)
        )
    )


def _template(row: m.ProgrammeTemplate) -> Template:
    return Template(row.name, from_content(row.content, row.id), row.id)


def _names(session: Session, but: UUID | None = None) -> tuple[str, ...]:
    return (shipped().name, *(row.name for row in _own(session) if row.id != but))


def _partners(session: Session) -> Names:
    return Names(meeting_choices.load(session).partners)


def _row(session: Session, template_id: UUID) -> m.ProgrammeTemplate:
    row = session.get(m.ProgrammeTemplate, template_id)
    if row is None or row.deleted_at is not None:
        raise UserError(
            "Ce modèle de programme n’est plus dans la base.", _SAFE, "Choisissez-en un autre."
        )
    return row


def _found(
    session: Session, template_id: UUID, line_id: UUID
) -> tuple[m.ProgrammeTemplate, TemplateLine]:
    row = _row(session, template_id)
    line = next((each for each in from_content(row.content, row.id) if each.id == line_id), None)
    if line is None:
        raise UserError("Cette séance n’est plus dans le modèle.", _SAFE)
    return row, line


def _put(row: m.ProgrammeTemplate, line: TemplateLine) -> None:
    """Write a séance where it was, and the whole in its order."""
    row.content = to_content(
        [line if each.id == line.id else each for each in from_content(row.content, row.id)]
    )
