"""Computers lent and given back, on a real base."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.alerts import AlertKind
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.equipment import (
    EditEquipment,
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
from connexion_desktop.domain.groups import LeaveGroup
from connexion_desktop.domain.person_file import Lead
from connexion_desktop.usecases import group_board, groups, loans, person_file
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


# Mending what is known of a computer


def mended(computer: UUID, **changes: object) -> EditEquipment:
    command = EditEquipment(
        computer, "PC-012", "ThinkPad T480", "SN-1", "380,50 €", date(2025, 9, 1), "souris", "bon"
    )
    return replace(command, **changes)  # type: ignore[arg-type]


def edit(database: Database, act: NewAct, command: EditEquipment) -> EquipmentRow:
    with database.write(act("Ordinateur modifié")) as session:
        loans.edit(session, command, TODAY)
    return by_number(database)[" ".join(command.number.split())]


def by_number(database: Database) -> dict[str, EquipmentRow]:
    with database.read() as session:
        return {row.number: row for row in loans.fleet(session)}


def test_what_is_known_of_a_computer_is_mended_in_one_act(
    database: Database, act: NewAct, computer: UUID
) -> None:
    row = edit(database, act, mended(computer, number=" PC-112 "))
    assert (row.number, row.model, row.serial) == ("PC-112", "ThinkPad T480", "SN-1")
    assert (row.value_cents, row.bought_on) == (38050, date(2025, 9, 1))
    assert (row.accessories, row.condition) == ("souris", "bon")
    with database.write(act("Annulation")) as session:
        undo_last(session, "Anne Martin")
    before = by_number(database)["PC-012"]
    assert (before.value_cents, before.bought_on, before.accessories) == (None, None, "")


def test_what_is_emptied_is_unknown(database: Database, act: NewAct, computer: UUID) -> None:
    edit(database, act, mended(computer))
    blank = mended(computer, model=" ", serial="", value=" ", bought_on=None, accessories="")
    row = edit(database, act, blank)
    assert (row.model, row.serial, row.value_cents, row.bought_on) == ("", "", None, None)


def test_a_computer_keeps_its_own_number_and_takes_no_other_s(
    database: Database, act: NewAct, computer: UUID
) -> None:
    with database.write(act("Nouvel ordinateur")) as session:
        loans.add(session, NewEquipment(uuid4(), "PC-013"))
    assert edit(database, act, mended(computer, number="pc 012")).number == "pc 012"
    with pytest.raises(UserError, match="déjà un « pc-013 »"):
        edit(database, act, mended(computer, number="pc-013"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"number": "  "}, "Il manque le numéro"),
        ({"value": "cher"}, "pas un montant"),
        ({"value": "-3"}, "invraisemblable"),
        ({"value": "1e9"}, "invraisemblable"),
        ({"value": "nan"}, "invraisemblable"),
        ({"bought_on": date(2030, 1, 1)}, "pas encore venu"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    database: Database, act: NewAct, computer: UUID, change: dict[str, object], reason: str
) -> None:
    with pytest.raises(UserError, match=reason):
        edit(database, act, mended(computer, **change))
    assert by_number(database)["PC-012"].value_cents is None


def test_who_left_the_group_with_a_computer_is_still_shown_and_gives_it_back(
    database: Database, act: NewAct, computer: UUID
) -> None:
    with database.bulk() as session:
        person, journey = make.participant(session, make.cohort(session))
    with database.write(act("Prêt")) as session:
        loans.lend(session, Lend(uuid4(), computer, person, START, None), TODAY)
    with database.write(act("Sortie")) as session:
        groups.leave(session, LeaveGroup(journey, TODAY, "cdi"), TODAY)
    row = by_number(database)["PC-012"]
    assert (row.state, row.person_id) == (EquipmentState.LENT, person)
    assert row.loan_id is not None
    with database.write(act("Retour")) as session:
        loans.give_back(session, GiveBack(row.loan_id, TODAY), TODAY)
    assert by_number(database)["PC-012"].state is EquipmentState.AVAILABLE
