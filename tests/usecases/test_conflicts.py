"""What a command is compared with, and who is said to have changed it; without the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.conflicts import ConflictError
from connexion_desktop.domain.office import EditRecord
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.domain.placement_file import ChooseHost, ChooseTutor
from connexion_desktop.domain.reference_lists import EditLine
from connexion_desktop.usecases import (
    office,
    person_details,
    placement_drafts,
    reference_lists,
    thresholds,
    undo,
)
from tests import factories as make
from tests import servers
from tests.conftest import AUTHOR
from tests.factories import TODAY
from tests.placement_base import drafted, furnished, new_act

NewAct = Callable[..., Act]
BRUNO, NADIA = "Bruno Petit", "Nadia Ferrand"
StoreOf = Callable[[str], Store]


@pytest.fixture
def store_of(database: Store, request: pytest.FixtureRequest, tmp_path: Path) -> StoreOf:
    """The store as somebody has it open: on the server, from a workstation of their own."""
    if isinstance(database, Database):
        return lambda _author: database
    shared: servers.Office = request.getfixturevalue("shared_office")
    hands = {f"{hand.given} {hand.family}": hand for hand in servers.TEAM}
    open_now: dict[str, Store] = {AUTHOR: database}

    def of(author: str) -> Store:
        if author not in open_now:
            open_now[author] = shared.opened(hands[author], tmp_path)
        return open_now[author]

    return of


@pytest.fixture
def who(database: Store, act: NewAct) -> UUID:
    with database.write(act()) as session:
        return make.person(session, "Zoé", phone="06 39 98 00 11", city="Cenon")


def _set(store_of: StoreOf, author: str, command: EditField) -> UUID:
    act = Act(author, "Fiche modifiée", uuid4())
    with store_of(author).write(act) as session:
        person_details.edit(session, command)
    return act.command_id


def test_who_changed_it_last_and_when_are_told(store_of: StoreOf, who: UUID) -> None:
    for author, city in ((NADIA, "Floirac"), (BRUNO, "Lormont")):
        _set(store_of, author, EditField(who, "person.city", city, TODAY))
    mine = EditField(who, "person.city", "Pessac", TODAY, {"person.city": ("Cenon",)})
    with pytest.raises(ConflictError) as caught:
        _set(store_of, "Anne Martin", mine)
    problem = caught.value
    assert (problem.author, problem.by_oneself) == (BRUNO, False)
    assert problem.at is not None
    assert abs((datetime.now(UTC) - problem.at).total_seconds()) < 60
    (clash,) = problem.clashes
    assert (clash.label, clash.base, clash.mine, clash.theirs) == (
        "Ville",
        "Cenon",
        "Pessac",
        "Lormont",
    )


def test_an_undoing_by_somebody_else_is_a_change(store_of: StoreOf, who: UUID) -> None:
    command = _set(store_of, NADIA, EditField(who, "person.city", "Floirac", TODAY))
    with store_of(BRUNO).write(Act(BRUNO, "Annulation", uuid4())) as session:
        undo.undo(session, command)
    mine = EditField(who, "person.city", "Pessac", TODAY, {"person.city": ("Floirac",)})
    with pytest.raises(ConflictError) as caught:
        _set(store_of, "Anne Martin", mine)
    assert (caught.value.author, caught.value.clashes[0].theirs) == (BRUNO, "Cenon")


def test_what_was_filled_in_where_nothing_was_is_a_change_too(store_of: StoreOf, who: UUID) -> None:
    _set(store_of, NADIA, EditField(who, "emergency.phone", "06 39 98 00 44", TODAY))
    seen = {"emergency.phone": (None,)}
    mine = EditField(who, "emergency.phone", "06 39 98 00 55", TODAY, seen)
    with pytest.raises(ConflictError) as caught:
        _set(store_of, "Anne Martin", mine)
    assert caught.value.author == NADIA
    other = EditField(who, "emergency.name", "Sam Lo", TODAY, {"emergency.name": (None,)})
    _set(store_of, "Anne Martin", other)


def test_one_s_own_change_from_elsewhere_is_told_as_such(store_of: StoreOf, who: UUID) -> None:
    _set(store_of, "Anne Martin", EditField(who, "person.city", "Floirac", TODAY))
    mine = EditField(who, "person.city", "Pessac", TODAY, {"person.city": ("Cenon",)})
    with pytest.raises(ConflictError, match="Vous avez changé « Ville » à ") as caught:
        _set(store_of, "Anne Martin", mine)
    assert caught.value.by_oneself


def test_a_value_that_was_sent_and_not_answered_yet_is_known(
    database: Store, store_of: StoreOf, who: UUID
) -> None:
    _set(store_of, "Anne Martin", EditField(who, "person.city", "Floirac", TODAY))
    seen = {"person.city": ("Cenon", "Floirac")}
    _set(store_of, "Anne Martin", EditField(who, "person.city", "Pessac", TODAY, seen))
    with database.read() as session:
        assert session.get_one(m.Person, who).city == "Pessac"


def test_the_spaces_of_a_number_are_no_change(store_of: StoreOf, who: UUID) -> None:
    seen = {"person.phone": ("0639980011",)}
    _set(store_of, "Anne Martin", EditField(who, "person.phone", "06 39 98 00 22", TODAY, seen))


def test_a_setting_a_list_and_the_association_are_compared_too(
    database: Store, store_of: StoreOf, act: NewAct
) -> None:
    with store_of(BRUNO).write(act(author=BRUNO)) as session:
        association = session.info["association_id"]
        office.edit(session, EditRecord(association, "association.city", "Bègles", TODAY))
        line = reference_lists.load(session, "exit").lines[0]
        shown = str(line.values["label"])
        reference_lists.edit(session, EditLine("exit", line.id, "label", "Autre mot"))
        row = next(row for row in thresholds.load(session) if row.text.isdigit())
        thresholds.change(session, row.threshold.key, str(int(row.text) + 1))
    key = row.threshold.key
    acts: list[Callable[[Session], object]] = [
        lambda session: office.edit(
            session,
            EditRecord(
                association,
                "association.city",
                "Cenon",
                TODAY,
                {"association.postal_code": (None,), "association.city": (None,)},
            ),
        ),
        lambda session: reference_lists.edit(
            session,
            EditLine("exit", line.id, "label", "Un autre", {"item.label": (shown,)}),
        ),
        lambda session: thresholds.change(session, key, str(int(row.text) + 2), {key: (row.text,)}),
    ]
    for run in acts:
        with pytest.raises(ConflictError) as caught, database.write(act()) as session:
            run(session)
        assert caught.value.author == BRUNO


def test_the_host_and_the_tutor_chosen_by_somebody_else_stay(
    database: Store, store_of: StoreOf
) -> None:
    place = furnished(database)
    with database.write(new_act()) as session:
        draft = drafted(session, place)
    with store_of(BRUNO).write(Act(BRUNO, "Structure choisie", uuid4())) as session:
        placement_drafts.choose_host(session, ChooseHost(draft, place.other_host))
    with database.write(new_act()) as session:
        third = make.put(session, m.Organisation(name="Autre", folded="autre"))
    mine = ChooseHost(draft, third, {"host_id": (place.host,)})
    with (
        pytest.raises(ConflictError, match="Bruno Petit a changé « Structure d’accueil »"),
        database.write(new_act()) as session,
    ):
        placement_drafts.choose_host(session, mine)
    with database.write(new_act()) as session:
        contact = make.put(session, m.Contact(organisation_id=place.other_host, name="Léo Bru"))
    seen = {
        "tutor_name": ("Hélène Castagnet",),
        "tutor_function": (None,),
        "tutor_phone": (None,),
        "tutor_email": (None,),
    }
    with (
        pytest.raises(ConflictError, match="Bruno Petit a changé"),
        database.write(new_act()) as session,
    ):
        placement_drafts.choose_tutor(session, ChooseTutor(draft, contact, seen))
