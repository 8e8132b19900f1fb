"""What was made by mistake goes with all that hangs on it, and comes back in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.audit import MODELS
from connexion_desktop.data.database import Database
from connexion_desktop.data.models import utc_now
from connexion_desktop.data.references import POINTERS, REFERENCES
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.attachments import NewFile, Subject
from connexion_desktop.domain.deleting import DELETED_WORDS
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import RecordRef
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.records import KINDS
from connexion_desktop.usecases import attachments, deletions, undo
from connexion_desktop.usecases.deletions import COUNTING
from tests import factories as make
from tests.factories import TODAY, days
from tests.placement_base import drafted, furnished, issued

NewAct = Callable[..., Act]


def alive(database: Database) -> dict[str, int]:
    """How many rows of each table are there."""
    found = {}
    with database.read() as session:
        for name, model in MODELS.items():
            counted = sa.select(sa.func.count(model.id)).where(model.deleted_at.is_(None))
            if count := session.scalar(counted):
                found[name] = count
    return found


def delete(database: Database, act: NewAct, kind: str, row_id: UUID) -> None:
    with database.write(act("Suppression")) as session:
        deletions.delete(session, RecordRef(kind, row_id))


def refused(database: Database, act: NewAct, kind: str, row_id: UUID, why: str) -> None:
    before = alive(database)
    with pytest.raises(UserError, match=why):
        delete(database, act, kind, row_id)
    assert alive(database) == before


@pytest.fixture
def aissatou(database: Database, act: NewAct) -> UUID:
    with database.write(act("Nouvelle personne")) as session:
        return make.person(session)


def test_somebody_goes_with_all_that_was_written_and_comes_back_in_one_step(
    database: Database, act: NewAct, aissatou: UUID
) -> None:
    with database.write(act("Tout")) as session:
        group = make.cohort(session)
        journey = make.journey(session, aissatou, group)
        mark = make.mark(session, journey, days(-1), "A")
        make.put(session, m.AbsenceReason(attendance_id=mark, reason="sante"))
        make.put(session, m.ObstacleLevel(journey_id=journey, theme="sante", level=2, on=TODAY))
        talk = make.talk(session, aissatou, TODAY)
        make.put(session, m.TalkNote(interview_id=talk, text="Contente."))
        make.note(session, aissatou, TODAY)
        make.action(session, aissatou, "Rappeler")
        make.put(session, m.PersonHealth(person_id=aissatou, work_impact="Pas de charge"))
        make.flag(session, "person", aissatou)
        placement = make.placement(session, aissatou, "draft", None, None)
        make.put(session, m.PlacementSlot(placement_id=placement, on=TODAY, start=540, end=720))
    before = alive(database)
    delete(database, act, "person", aissatou)
    left = alive(database)
    assert {name for name in before if before[name] != left.get(name, 0)} == {
        "absence_reason", "action", "attendance", "data_flag", "interview", "journey", "note",
        "obstacle_level", "person", "person_health", "placement", "placement_slot", "talk_note",
    }  # fmt: skip
    with database.write(act("Annulation")) as session:
        undo.undo_last(session, act().author)
    assert alive(database) == before


@pytest.mark.parametrize("kind", ["person", "equipment", "placement"])
def test_what_has_a_file_goes_with_it_and_comes_back_with_it(
    database: Database, act: NewAct, kind: str
) -> None:
    office = furnished(database)
    with database.write(act("Fichier joint")) as session:
        computer = make.put(session, m.Equipment(number="PC-02"))
        draft = drafted(session, office)
        which = {"person": office.person, "equipment": computer, "placement": draft}[kind]
        scan = NewFile("scan.pdf", b"%PDF-1.7", Media.PDF)
        attachments.attach(session, Subject(kind, which), [scan])
    before = alive(database)
    delete(database, act, kind, which)
    assert "attachment" not in alive(database)
    with database.write(act("Annulation")) as session:
        undo.undo_last(session, act().author)
    assert alive(database) == before


def test_somebody_with_an_issued_convention_stays(database: Database, act: NewAct) -> None:
    office = furnished(database)
    issued(database, office)
    refused(database, act, "person", office.person, "convention d’immersion a été émise")


def test_somebody_who_has_a_computer_stays(database: Database, act: NewAct, aissatou: UUID) -> None:
    with database.write(act("Prêt")) as session:
        loan = make.laptop(session, aissatou, "PC-01")
    refused(database, act, "person", aissatou, "encore un matériel prêté")
    with database.write(act("Retour")) as session:
        session.get_one(m.Loan, loan).returned_on = TODAY
        session.get_one(m.Loan, loan).number = "PRET-2026-0001"
    refused(database, act, "person", aissatou, "convention de prêt a été faite")


def test_somebody_whose_presences_were_sent_stays(
    database: Database, act: NewAct, aissatou: UUID
) -> None:
    with database.write(act("Présence")) as session:
        journey = make.journey(session, aissatou, make.cohort(session))
        mark = make.mark(session, journey, days(-1), "P")
        session.get_one(m.Attendance, mark).locked_at = utc_now()
    refused(database, act, "person", aissatou, "présences de cette personne ont été envoyées")


def test_a_group_goes_only_while_nobody_entered_it(
    database: Database, act: NewAct, aissatou: UUID
) -> None:
    with database.write(act("Groupes")) as session:
        empty, full = make.cohort(session, "Vide"), make.cohort(session, "Plein")
        make.put(session, m.CohortActivity(cohort_id=empty, activity="cuisine"))
        make.journey(session, aissatou, full)
    refused(database, act, "group", full, "quelqu’un dans ce groupe")
    delete(database, act, "group", empty)
    assert "cohort_activity" not in alive(database)
    with database.write(act("Encore")) as session:
        assert make.cohort(session, "Vide")  # its name is free again


def test_a_group_with_a_meeting_stays(database: Database, act: NewAct) -> None:
    with database.write(act("Groupe")) as session:
        group = make.cohort(session)
        make.put(
            session,
            m.Meeting(
                cohort_id=group, on=TODAY, start=540, end=720, kind="atelier", title="Accueil"
            ),
        )
    refused(database, act, "group", group, "une séance")


def test_a_computer_goes_only_if_it_was_never_lent(
    database: Database, act: NewAct, aissatou: UUID
) -> None:
    with database.write(act("Matériel")) as session:
        new = make.put(session, m.Equipment(number="PC-02"))
        make.put(session, m.EquipmentEvent(equipment_id=new, on=TODAY, kind="check"))
        lent = session.get_one(m.Loan, make.laptop(session, aissatou, "PC-01")).equipment_id
    refused(database, act, "equipment", lent, "déjà été prêté")
    delete(database, act, "equipment", new)
    assert alive(database)["equipment"] == 1
    assert "equipment_event" not in alive(database)


def test_a_draft_goes_and_an_issued_convention_stays(database: Database, act: NewAct) -> None:
    office = furnished(database)
    with database.write(act("Brouillon")) as session:
        draft = drafted(session, office)
        slot = m.PlacementSlot(placement_id=draft, on=days(9), start=1200, end=1230)
        make.put(session, slot)
    delete(database, act, "placement", draft)
    assert not {"placement", "placement_slot"} & set(alive(database))
    with database.write(act("Annulation")) as session:
        undo.undo_last(session, act().author)
    refused(database, act, "placement", issued(database, office), "émise ne se supprime pas")


def test_a_host_goes_only_while_it_served_nothing(database: Database, act: NewAct) -> None:
    office = furnished(database)
    with database.write(act("Brouillon")) as session:
        drafted(session, office)
    refused(database, act, "organisation", office.host, "une immersion")
    before = alive(database)
    delete(database, act, "organisation", office.other_host)
    after = alive(database)
    assert after["organisation"] == before["organisation"] - 1
    assert after["organisation_role"] == before["organisation_role"] - 1


def test_whatever_may_count_on_what_is_deleted_has_its_words() -> None:
    gone = {"attachment", *(KINDS[kind].table for kind in DELETED_WORDS)}
    while more := {
        table
        for table, column, target in REFERENCES
        if target in gone and not column.nullable and table not in gone
    }:
        gone |= more
    counting = {table for table, column, target in REFERENCES if target in gone}
    pointing = {each.model.__tablename__ for each in POINTERS}
    left_alone = {"import_batch", "attachment_bytes"} | pointing
    stays = {
        table
        for table, column, target in REFERENCES
        if target in gone and column.nullable and table not in left_alone
    }
    assert stays <= set(COUNTING) <= counting


def test_what_is_gone_already_is_refused(database: Database, act: NewAct, aissatou: UUID) -> None:
    delete(database, act, "person", aissatou)
    refused(database, act, "person", aissatou, "n’est plus dans la base")


def test_whatever_is_deleted_is_a_kind_of_record() -> None:
    assert set(DELETED_WORDS) <= set(KINDS)


def test_a_person_met_on_any_day_comes_back_as_they_were(database: Database, act: NewAct) -> None:
    with database.write(act("Nouvelle personne")) as session:
        who = make.person(session, birth_date=date(1990, 2, 3), birth_precision="month")
    delete(database, act, "person", who)
    with database.write(act("Annulation")) as session:
        undo.undo_last(session, act().author)
    with database.read() as session:
        back = session.get_one(m.Person, who)
    assert (back.deleted_at, back.birth_precision) == (None, "month")
