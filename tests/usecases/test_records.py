"""Every kind of record is declared whole, told in words, and goes back to what it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS
from connexion_desktop.data.database import Database
from connexion_desktop.data.models import utc_now
from connexion_desktop.data.references import references_of
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.equipment import GiveBack, Lend
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.groups import LeaveGroup
from connexion_desktop.domain.history import (
    PastAct,
    PutBack,
    PutBackVersion,
    RecordHistory,
    RecordRef,
)
from connexion_desktop.domain.placement_file import EditPlacement, IssuePlacement, SetTimetable
from connexion_desktop.domain.records import KINDS, UNTOLD
from connexion_desktop.domain.records.declared import Part
from connexion_desktop.usecases import groups, history, loans, placement_drafts, placements, undo
from connexion_desktop.usecases.placement_paper import slots_of
from connexion_desktop.usecases.record_return import put_back, put_back_version
from connexion_desktop.usecases.record_rows import told_columns
from connexion_desktop.usecases.record_words import _NAMED_BY, _PEOPLE
from tests import factories as make
from tests.factories import TODAY
from tests.placement_base import LAST, WEEK, drafted, furnish

NewAct = Callable[..., Act]
PARTS = [part for kind in KINDS.values() for part in kind.parts]
_KEYS = {"id", "association_id", "version", "created_at", "deleted_at"}


def told(database: Database, ref: RecordRef, most: int = 200) -> RecordHistory:
    with database.read() as session:
        return history.told(session, ref, most)


def texts(database: Database, ref: RecordRef) -> list[str]:
    return [change.text for act in told(database, ref).acts for change in act.changes]


def act_named(database: Database, ref: RecordRef, label: str) -> PastAct:
    return next(act for act in told(database, ref).acts if act.label == label)


def back(database: Database, act: Act, ref: RecordRef, label: str) -> None:
    """Go back to the version that the act of that label left."""
    past = act_named(database, ref, label)
    with database.write(act) as session:
        put_back_version(session, PutBackVersion(ref, past.id))


# Declared whole


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.table}-{part.title}")
def test_no_column_of_a_record_is_forgotten(part: Part) -> None:
    if (part.table, part.owner) == ("person", "") and not part.columns:
        return  # the feed: the person's own fields are in the person's history
    owners = {part.owner, part.only[0] if part.only else ""}
    columns = {column.key for column in MODELS[part.table].__table__.columns}
    known = set(told_columns(part)) | part.silent | _KEYS | owners
    assert columns - known == set(), "give it a label in domain/records, or say it is silent"
    assert (set(part.columns) | part.silent) - columns == set(), "no such column"
    together = {each for told in part.columns.values() for each in told.together}
    assert {*part.named, *together, *owners} - {""} <= columns


def test_no_table_is_forgotten() -> None:
    assert set(MODELS) - {part.table for part in PARTS} == set(UNTOLD)


def test_whatever_a_record_refers_to_has_a_name() -> None:
    referred = {each.to for part in PARTS for each in references_of(part.table)}
    assert referred <= {*_NAMED_BY, *_PEOPLE, "journey"}


def test_every_list_of_words_is_a_list_of_the_base(database: Database) -> None:
    with database.read() as session:
        lists = set(session.scalars(sa.select(m.ReferenceItem.list).distinct()))
    wanted = {
        told.words
        for part in PARTS
        for column in told_columns(part).values()
        for told in (column, *column.inside.values())
        if isinstance(told.words, str)
    }
    assert wanted <= lists


# Told in words


def test_a_computer_s_history_tells_its_loans_with_names(database: Database, act: NewAct) -> None:
    item, loan = uuid4(), uuid4()
    with database.write(act("Nouvel ordinateur")) as session:
        session.add(m.Equipment(id=item, number="PC-07", model="ThinkPad"))
        who = make.person(session)
    with database.write(act("Prêt")) as session:
        loans.lend(session, Lend(loan, item, who, TODAY, None), TODAY)
    with database.write(act("Retour")) as session:
        loans.give_back(session, GiveBack(loan, TODAY), TODAY)
    assert texts(database, RecordRef("equipment", item)) == [
        "Prêt, Aïssatou Diallo, rendu le : vide → 21/04/2026",
        "Où il en est : prêté → disponible",
        "Où il en est : disponible → prêté",
        "Prêt, Aïssatou Diallo : créé (prêté le : 21/04/2026)",
        "Créé (numéro : PC-07, modèle : ThinkPad)",
    ]


def test_a_group_s_history_tells_who_entered_and_left(database: Database, act: NewAct) -> None:
    with database.write(act("Groupe")) as session:
        group = make.cohort(session)
    with database.write(act("Entrée")) as session:
        _, journey = make.participant(session, group)
    with database.write(act("Sortie du groupe")) as session:
        groups.leave(session, LeaveGroup(journey, TODAY, "cdi"), TODAY)
    found = texts(database, RecordRef("group", group))
    assert "Aïssatou Diallo, sortie : vide → 21/04/2026" in found
    assert any(line.startswith("Sortie, Aïssatou Diallo (Bordeaux · mars 2026)") for line in found)
    assert "CDI" in "".join(found)


def test_the_hours_of_an_immersion_are_told_as_one_amount(database: Database, act: NewAct) -> None:
    with database.write(act("Bureau")) as session:
        placement = drafted(session, furnish(session))
    ref = RecordRef("placement", placement)
    with database.write(act("Horaires")) as session:
        shorter = WEEK.expand(date(2026, 5, 18), date(2026, 5, 20))
        placement_drafts.set_timetable(session, SetTimetable(placement, shorter, None))
    newest = told(database, ref).acts[0]
    assert [change.text for change in newest.changes] == [
        "Horaires : 35 h sur 5 jours → 21 h sur 3 jours"
    ]


def test_what_was_taken_away_and_brought_back_is_told(database: Database, act: NewAct) -> None:
    with database.write(act("Bureau")) as session:
        who = make.person(session)
    with database.write(act("Note ajoutée")) as session:
        note = make.note(session, who, TODAY, "Vue au café.")
    with database.write(act("Note supprimée")) as session:
        session.get_one(m.Note, note).deleted_at = utc_now()
    ref = RecordRef("feed", who)
    assert texts(database, ref)[0] == "Note, 21/04/2026 : supprimé"
    line = told(database, ref).acts[0].changes[0].line
    assert line is not None
    with database.write(act("Retour en arrière")) as session:
        put_back(session, PutBack(ref, line))
    assert texts(database, ref)[0] == "Note, 21/04/2026 : remis"
    assert texts(database, RecordRef("note", note))[0] == "Remis"


def test_health_is_told_as_changed_never_what_it_held(database: Database, act: NewAct) -> None:
    with database.write(act("Bureau")) as session:
        who = make.person(session)
        health = make.put(session, m.PersonHealth(person_id=who, work_impact="Pas de charge"))
    with database.write(act("Santé")) as session:
        session.get_one(m.PersonHealth, health).work_impact = "Station debout limitée"
    found = told(database, RecordRef("person", who))
    assert "charge" not in str(found)
    assert "debout" not in str(found)
    assert found.acts[0].changes[0].text == "Santé, effet sur le travail : modifié"
    assert found.acts[0].changes[0].line is None


def test_older_acts_are_told_when_asked_for(database: Database, act: NewAct) -> None:
    with database.write(act("Bureau")) as session:
        item = make.put(session, m.Equipment(number="PC-07"))
    for rank in range(12):
        with database.write(act(f"Modèle {rank}")) as session:
            session.get_one(m.Equipment, item).model = f"Modèle {rank}"
    ref = RecordRef("equipment", item)
    few = told(database, ref, 5)
    assert few.more
    assert len(few.acts) == 5
    assert few.acts[-1].changes[0].text == "Modèle : Modèle 6 → Modèle 7"
    assert not told(database, ref).more
    assert len(told(database, ref).acts) == 13


def test_an_act_of_very_many_lines_does_not_hide_the_older_ones(
    database: Database, act: NewAct
) -> None:
    with database.write(act("Groupe")) as session:
        group = make.cohort(session)
    with database.write(act("Import")) as session:
        for rank in range(8):
            make.participant(session, group, f"Personne {rank}")
    ref = RecordRef("group", group)
    assert told(database, ref, 5).more
    assert told(database, ref, 10).acts[-1].label == "Groupe"


# Going back


@pytest.fixture
def computer(database: Database, act: NewAct) -> UUID:
    with database.write(act("Nouvel ordinateur")) as session:
        item = make.put(session, m.Equipment(number="PC-07", model="ThinkPad"))
    with database.write(act("Numéro")) as session:
        row = session.get_one(m.Equipment, item)
        row.number, row.model = "PC-08", "Latitude"
    with database.write(act("Sacoche")) as session:
        session.get_one(m.Equipment, item).accessories = "sacoche"
    return item


def equipment(database: Database, item: UUID) -> tuple[str, str | None, str | None]:
    with database.read() as session:
        row = session.get_one(m.Equipment, item)
        return row.number, row.model, row.accessories


def test_a_whole_record_goes_back_to_a_version_in_one_act(
    database: Database, act: NewAct, computer: UUID
) -> None:
    ref = RecordRef("equipment", computer)
    back(database, act("Retour à une version"), ref, "Nouvel ordinateur")
    assert equipment(database, computer) == ("PC-07", "ThinkPad", None)
    with database.write(act("Annulation")) as session:
        undo.undo_last(session, act().author)
    assert equipment(database, computer) == ("PC-08", "Latitude", "sacoche")


def test_going_back_to_the_present_is_refused(
    database: Database, act: NewAct, computer: UUID
) -> None:
    with pytest.raises(UserError, match="déjà comme elle était"):
        back(database, act("Retour"), RecordRef("equipment", computer), "Sacoche")


def test_a_number_taken_since_does_not_come_back(
    database: Database, act: NewAct, computer: UUID
) -> None:
    with database.write(act("Autre")) as session:
        make.put(session, m.Equipment(number="pc 07"))
    with pytest.raises(UserError, match="est pris depuis"):
        back(database, act("Retour"), RecordRef("equipment", computer), "Nouvel ordinateur")
    assert equipment(database, computer)[0] == "PC-08"


def test_a_draft_goes_back_with_its_hours(database: Database, act: NewAct) -> None:
    with database.write(act("Bureau")) as session:
        placement = drafted(session, furnish(session))
    ref = RecordRef("placement", placement)
    whole = told(database, ref).acts[0]
    with database.write(act("Dates")) as session:
        placement_drafts.edit(session, EditPlacement(placement, "ends_on", date(2026, 5, 19)))
    with database.write(act("Retour")) as session:
        put_back_version(session, PutBackVersion(ref, whole.id))
    with database.read() as session:
        assert session.get_one(m.Placement, placement).ends_on == LAST
        slots = slots_of(session, placement)
    assert sum(slot.end - slot.start for slot in slots) == 35 * 60


def test_an_issued_convention_does_not_go_back(database: Database, act: NewAct) -> None:
    with database.write(act("Brouillon")) as session:
        placement = drafted(session, furnish(session))
    with database.write(act("Tâches")) as session:
        placement_drafts.edit(session, EditPlacement(placement, "tasks", "Servir les repas"))
    with database.write(act("Convention émise")) as session:
        placements.issue(session, IssuePlacement(placement, TODAY))
    ref = RecordRef("placement", placement)
    with pytest.raises(UserError, match="émise"):
        back(database, act("Retour"), ref, "Brouillon")
    line = act_named(database, ref, "Tâches").changes[0].line
    assert line is not None
    with pytest.raises(UserError, match="émise"), database.write(act("Retour")) as session:
        put_back(session, PutBack(ref, line))


def test_what_another_act_says_is_not_put_back_from_here(database: Database, act: NewAct) -> None:
    item, loan = uuid4(), uuid4()
    with database.write(act("Nouvel ordinateur")) as session:
        session.add(m.Equipment(id=item, number="PC-07"))
        who = make.person(session)
    with database.write(act("Prêt")) as session:
        loans.lend(session, Lend(loan, item, who, TODAY, None), TODAY)
    with database.write(act("Modèle")) as session:
        session.get_one(m.Equipment, item).model = "ThinkPad"
    ref = RecordRef("equipment", item)
    assert all(change.line is None for change in act_named(database, ref, "Prêt").changes)
    back(database, act("Retour"), ref, "Nouvel ordinateur")
    with database.read() as session:
        row = session.get_one(m.Equipment, item)
        assert (row.model, row.state) == (None, "lent")
        assert session.get_one(m.Loan, loan).deleted_at is None


def test_a_line_of_another_record_is_not_put_back(
    database: Database, act: NewAct, computer: UUID
) -> None:
    line = act_named(database, RecordRef("equipment", computer), "Sacoche").changes[0].line
    assert line is not None
    with database.write(act("Autre")) as session:
        other = make.put(session, m.Equipment(number="PC-99"))
    with pytest.raises(UserError), database.write(act("Retour")) as session:
        put_back(session, PutBack(RecordRef("equipment", other), line))


def test_an_entry_put_back_never_covers_another_journey(database: Database, act: NewAct) -> None:
    with database.write(act("Bureau")) as session:
        first, second = make.cohort(session, "Pessac"), make.cohort(session, "Talence")
        who = make.person(session)
        make.journey(session, who, first, date(2026, 1, 5), left_on=date(2026, 3, 2))
        journey = make.journey(session, who, second, date(2026, 2, 2))
    with database.write(act("Entrée corrigée")) as session:
        session.get_one(m.Journey, journey).entered_on = date(2026, 3, 9)
    ref = RecordRef("journey", journey)
    line = told(database, ref).acts[0].changes[0].line
    assert line is not None
    with pytest.raises(UserError, match="mêmes jours"), database.write(act("Retour")) as session:
        put_back(session, PutBack(ref, line))
