"""Computers lent and given back, on a real base."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.alerts import AlertKind
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.equipment import (
    EquipmentFilter,
    EquipmentRow,
    EquipmentState,
    GiveBack,
    Lend,
    NewEquipment,
    fleet_counters,
    found_by,
    usual_return,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.person_file import Lead
from connexion_desktop.usecases import group_board, loans, person_file
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.factories import START, TODAY, days

NewAct = Callable[..., Act]


@pytest.fixture
def aissatou(database: Database) -> UUID:
    with database.bulk() as session:
        return make.participant(session, make.cohort(session))[0]


@pytest.fixture
def computer(database: Database, act: NewAct) -> UUID:
    command = NewEquipment(uuid4(), "PC-012", "ThinkPad T480", "SN-1")
    with database.write(act("Nouvel ordinateur")) as session:
        loans.add(session, command)
    return command.id


def fleet(database: Database) -> tuple[EquipmentRow, ...]:
    with database.read() as session:
        return loans.fleet(session)


DUE = days(30)


def lend(database: Database, act: NewAct, computer: UUID, person: UUID, due: date = DUE) -> UUID:
    command = Lend(uuid4(), computer, person, START, due, "Refaire son CV", 2)
    with database.write(act("Prêt")) as session:
        loans.lend(session, command, TODAY)
    return command.loan_id


def give_back(
    database: Database,
    act: NewAct,
    loan: UUID,
    on: date = TODAY,
    *,
    state: EquipmentState = EquipmentState.AVAILABLE,
) -> None:
    with database.write(act("Retour")) as session:
        loans.give_back(session, GiveBack(loan, on, state, "Rayure au dos.", 4), TODAY)


def test_a_computer_comes_in_by_its_number(database: Database, computer: UUID) -> None:
    (found,) = fleet(database)
    assert (found.number, found.model, found.state) == (
        "PC-012",
        "ThinkPad T480",
        EquipmentState.AVAILABLE,
    )


@pytest.mark.parametrize("number", ["", "pc-012", " PC-012 "])
def test_a_number_missing_or_taken_is_refused(
    database: Database, act: NewAct, computer: UUID, number: str
) -> None:
    with pytest.raises(UserError), database.write(act("Nouvel ordinateur")) as session:
        loans.add(session, NewEquipment(uuid4(), number))
    assert len(fleet(database)) == 1


def test_a_computer_is_lent_and_given_back(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    loan = lend(database, act, computer, aissatou)
    (found,) = fleet(database)
    assert (found.state, found.person, found.due_on) == (
        EquipmentState.LENT,
        "Aïssatou Diallo",
        days(30),
    )
    give_back(database, act, loan)
    (found,) = fleet(database)
    assert (found.state, found.person, found.condition) == (
        EquipmentState.AVAILABLE,
        "",
        "Rayure au dos.",
    )
    with database.read() as session:
        kept = session.get_one(m.Loan, loan)
    assert (kept.digital_level_out, kept.digital_level_in, kept.aim) == (2, 4, "Refaire son CV")
    assert kept.journey_id is not None


def test_a_computer_lent_is_not_lent_twice(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    lend(database, act, computer, aissatou)
    with pytest.raises(UserError, match="prêté"):
        lend(database, act, computer, aissatou)


def test_a_computer_that_comes_back_broken_goes_to_repair(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    loan = lend(database, act, computer, aissatou)
    give_back(database, act, loan, state=EquipmentState.REPAIR)
    assert fleet(database)[0].state is EquipmentState.REPAIR
    with pytest.raises(UserError, match="réparation"):
        lend(database, act, computer, aissatou)


@pytest.mark.parametrize("on", [START.replace(month=2), days(1)])
def test_a_return_is_between_the_loan_and_today(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID, on: date
) -> None:
    loan = lend(database, act, computer, aissatou)
    with pytest.raises(UserError):
        give_back(database, act, loan, on)
    assert fleet(database)[0].state is EquipmentState.LENT


def test_nothing_is_given_back_twice(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    loan = lend(database, act, computer, aissatou)
    give_back(database, act, loan)
    with pytest.raises(UserError, match="terminé"):
        give_back(database, act, loan)


def test_a_return_due_before_the_loan_is_refused(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    with pytest.raises(UserError, match="précède"):
        lend(database, act, computer, aissatou, due=START.replace(month=2))


def test_a_return_is_undone_whole(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    loan = lend(database, act, computer, aissatou)
    give_back(database, act, loan)
    with database.write(act("Annuler")) as session:
        undo_last(session, act().author)
    (found,) = fleet(database)
    assert (found.state, found.loan_id) == (EquipmentState.LENT, loan)


def test_what_is_late_is_counted_apart(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    lend(database, act, computer, aissatou, due=days(-1))
    counted = {each.filter: each.count for each in fleet_counters(fleet(database), TODAY)}
    assert counted == {EquipmentFilter.ALL: 1, EquipmentFilter.LENT: 1, EquipmentFilter.LATE: 1}


def test_a_computer_is_found_by_what_is_known_of_it(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    lend(database, act, computer, aissatou)
    (row,) = fleet(database)
    assert all(found_by(row, typed) for typed in ("pc 012", "think", "SN-1", "diallo", ""))
    assert not found_by(row, "koffi")


def test_a_computer_is_usually_lent_for_six_months() -> None:
    assert usual_return(date(2026, 8, 31)) == date(2027, 2, 28)


def loan_alerts(database: Database, person: UUID) -> list[str]:
    """What the card, then the page, of a person say of a computer to be back."""
    with database.read() as session:
        (card,) = group_board.load(session, BoardQuery(None, TODAY)).cards
        header = person_file.load(session, person, TODAY).header
    on_card = [alert.text for alert in card.alerts if alert.kind is AlertKind.LOAN_LATE]
    on_page = [each.text for each in header.alerts if each.lead is Lead.EQUIPMENT]
    return [*on_card, *on_page, *header.loans]


def test_a_computer_that_is_late_is_on_the_card_and_on_the_page_until_it_is_back(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    loan = lend(database, act, computer, aissatou, due=days(-3))
    told = "PC à rendre, retard 3 j"
    assert loan_alerts(database, aissatou) == [told, told, "PC-012"]
    give_back(database, act, loan)
    assert loan_alerts(database, aissatou) == []


def test_nothing_is_lent_in_the_future_nor_before_it_came_back(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    give_back(database, act, lend(database, act, computer, aissatou))
    for on in (days(1), days(-3)):
        command = Lend(uuid4(), computer, aissatou, on, None)
        with pytest.raises(UserError), database.write(act("Prêt")) as session:
            loans.lend(session, command, TODAY)
    assert fleet(database)[0].state is EquipmentState.AVAILABLE


def test_nothing_is_lent_to_somebody_gone(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    with database.bulk() as session:
        session.get_one(m.Person, aissatou).deleted_at = m.utc_now()
    with pytest.raises(UserError, match="n’est plus dans la base"):
        lend(database, act, computer, aissatou)


def test_a_computer_repaired_is_lent_again(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    for state in (EquipmentState.REPAIR, EquipmentState.LOST, EquipmentState.AVAILABLE):
        with database.write(act("Matériel")) as session:
            loans.set_state(session, computer, state)
        assert fleet(database)[0].state is state
    lend(database, act, computer, aissatou)
    with pytest.raises(UserError, match="prêté"), database.write(act("Matériel")) as session:
        loans.set_state(session, computer, EquipmentState.LOST)


def test_what_comes_back_is_no_longer_lent(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    loan = lend(database, act, computer, aissatou)
    with pytest.raises(UserError, match="n’est plus prêté"):
        give_back(database, act, loan, state=EquipmentState.LENT)


def test_a_late_computer_says_since_when(
    database: Database, act: NewAct, computer: UUID, aissatou: UUID
) -> None:
    lend(database, act, computer, aissatou, due=days(-12))
    assert fleet(database)[0].due_told(TODAY).endswith(", retard 12 j")
