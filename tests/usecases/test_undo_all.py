"""Whatever was done, deletions included, undoing it all leaves the base as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS, to_json
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act, AskFirstError
from connexion_desktop.domain.equipment import EquipmentState, GiveBack, Lend, NewEquipment
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.feed import FeedKey, FeedKind
from connexion_desktop.domain.groups import EnterGroup, LeaveGroup, NewGroup
from connexion_desktop.domain.history import PutBack, PutBackVersion, RecordHistory, RecordRef
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.domain.person_commands import NewNote
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.domain.placement_file import ChooseHost, EditPlacement, NewPlacement
from connexion_desktop.usecases import (
    deletions,
    groups,
    history,
    loans,
    notes,
    person_details,
    placement_drafts,
    placements,
    record_return,
    undo,
)
from tests import factories as make
from tests.factories import TODAY
from tests.placement_base import host

ANNE = "Anne Martin"
TABLES: dict[str, type[m.Row]] = {
    "person": m.Person,
    "group": m.Cohort,
    "equipment": m.Equipment,
    "placement": m.Placement,
    "organisation": m.Organisation,
    "note": m.Note,
    "journey": m.Journey,
    "loan": m.Loan,
}
PROSE: dict[type[m.Row], str] = {
    m.Person: "city",
    m.Cohort: "name",
    m.Equipment: "model",
    m.Organisation: "activity",
}
FIELDS = ("person.city", "emergency.name")
KINDS = ("person", "equipment", "group", "placement", "organisation", "note")
Pick = Callable[[str], UUID]
Does = Callable[[Session, Pick, int], object]


def _told(session: Session, pick: Pick, turn: int) -> Iterator[tuple[RecordRef, RecordHistory]]:
    """The histories there are, from another kind at each turn."""
    for place in range(len(KINDS)):
        kind = KINDS[(turn + place) % len(KINDS)]
        with suppress(_NobodyError):
            ref = RecordRef(kind, pick(kind))
            yield ref, history.told(session, ref)


def _goes_back(session: Session, pick: Pick, turn: int) -> None:
    for ref, told in _told(session, pick, turn):
        if acts := [act for act in told.acts if act.is_version]:
            command = PutBackVersion(ref, acts[turn % len(acts)].id)
            record_return.put_back_version(session, command)
            return


def _puts_back(session: Session, pick: Pick, turn: int) -> None:
    for ref, told in _told(session, pick, turn):
        changes = [change for act in told.acts for change in act.changes]
        if lines := [change.line for change in changes if change.line is not None]:
            record_return.put_back(session, PutBack(ref, lines[turn % len(lines)]))
            return


DOES: dict[str, Does] = {
    "Nouvelle personne": lambda s, pick, turn: make.person(s, f"Personne {turn}"),
    "Fiche modifiée": lambda s, pick, turn: person_details.edit(
        s,
        EditField(pick("person"), FIELDS[turn % 2], f"V {turn}", TODAY),
    ),
    "Note ajoutée": lambda s, pick, turn: notes.add_note(
        s, NewNote(pick("person"), TODAY, f"Note {turn}")
    ),
    "Note modifiée": lambda s, pick, turn: notes.rewrite(
        s, FeedKey(FeedKind.NOTE, pick("note")), f"Autre {turn}"
    ),
    "Note supprimée": lambda s, pick, turn: notes.delete(s, FeedKey(FeedKind.NOTE, pick("note"))),
    "Nouveau groupe": lambda s, pick, turn: groups.create(
        s, NewGroup(uuid4(), f"Groupe {turn}", TODAY, None, None)
    ),
    "Entrée": lambda s, pick, turn: groups.enter(
        s, EnterGroup((pick("person"),), pick("group"), TODAY - timedelta(turn % 5)), TODAY
    ),
    "Sortie": lambda s, pick, turn: groups.leave(
        s, LeaveGroup(pick("journey"), TODAY, "cdi"), TODAY
    ),
    "Nouvel ordinateur": lambda s, pick, turn: loans.add(s, NewEquipment(uuid4(), f"PC {turn}")),
    "Prêt": lambda s, pick, turn: loans.lend(
        s, Lend(uuid4(), pick("equipment"), pick("person"), TODAY, None), TODAY
    ),
    "Retour": lambda s, pick, turn: loans.give_back(s, GiveBack(pick("loan"), TODAY), TODAY),
    "État": lambda s, pick, turn: loans.set_state(
        s, pick("equipment"), (EquipmentState.REPAIR, EquipmentState.AVAILABLE)[turn % 2]
    ),
    "Nouvelle immersion": lambda s, pick, turn: placements.create(
        s, NewPlacement(uuid4(), pick("person"), TODAY)
    ),
    "Immersion modifiée": lambda s, pick, turn: placement_drafts.edit(
        s, EditPlacement(pick("placement"), "tasks", f"Tâche {turn}")
    ),
    "Structure choisie": lambda s, pick, turn: placement_drafts.choose_host(
        s, ChooseHost(pick("placement"), pick("organisation"))
    ),
    "Suppression": lambda s, pick, turn: deletions.delete(
        s, RecordRef(kind := tuple(TABLES)[turn % 5], pick(kind))
    ),
    "Retour à une version": _goes_back,
    "Retour en arrière": _puts_back,
}
ACTS = st.lists(st.tuples(st.sampled_from(sorted(DOES)), st.integers(0, 60)), max_size=25)


class _NobodyError(Exception):
    """There is nothing of that kind."""


def alive(database: Database) -> dict[tuple[str, UUID], dict[str, Any]]:
    """All that is there, without its version."""
    found = {}
    with database.read() as session:
        for name, model in MODELS.items():
            table = model.__table__
            query = sa.select(table).where(table.c.deleted_at.is_(None))
            for row in session.connection().execute(query).mappings():
                values = {key: to_json(row[key]) for key in row if key != "version"}
                found[name, row["id"]] = values
    return found


def do(database: Database, name: str, turn: int) -> None:
    def pick_in(session: Session) -> Pick:
        def pick(kind: str) -> UUID:
            model = TABLES[kind]
            query = sa.select(model.id).where(model.deleted_at.is_(None)).order_by(model.id)
            ids = session.scalars(query).all()
            if not ids:
                raise _NobodyError
            return ids[turn % len(ids)]

        return pick

    try:
        with database.write(Act(ANNE, name, uuid4())) as session:
            DOES[name](session, pick_in(session), turn)
    except (UserError, _NobodyError):
        pass  # refused: nothing was written, there is nothing to undo


def undo_one(database: Database) -> bool:
    """Undo the last act; False where none is left."""
    try:
        with database.write(Act(ANNE, "Annulation", uuid4())) as session:
            return undo.undo_last(session, ANNE) is not None
    except AskFirstError as asked:
        with database.write(Act(ANNE, "Annulation", uuid4())) as session:
            return bool(undo.undo(session, asked.command_id))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_all_that_was_done_is_undone_step_by_step(
    empty_base: tuple[Path, RawKey], tmp_path: Path, acts: list[tuple[str, int]]
) -> None:
    template, key = empty_base
    path = tmp_path / f"{uuid4()}.connexion"
    shutil.copy(template, path)
    database = Database.open(path, key)
    try:
        with database.bulk() as session:
            make.cohort(session)
            make.person(session)
            make.person(session, "Koffi", "N’Guessan")
            make.put(session, m.Equipment(number="PC-01"))
            host(session, "Résidence des Bassins", "21330063500017", "Bègles", "Hélène Castagnet")
        for rank in range(3):
            with database.write(Act("Bruno Petit", f"Essai {rank}", uuid4())) as session:
                for model in (m.Person, m.Cohort, m.Equipment, m.Organisation):
                    row = session.scalars(sa.select(model)).first()
                    setattr(row, PROSE[model], f"Essai {rank}")
        before = alive(database)
        for name, turn in acts:
            do(database, name, turn)
        while undo_one(database):
            pass
        assert alive(database) == before
    finally:
        database.close()
        path.unlink()
