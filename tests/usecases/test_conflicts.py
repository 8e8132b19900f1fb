"""What a command is compared with, and who is said to have changed it; without the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
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
from tests.factories import TODAY
from tests.placement_base import drafted, furnished, new_act

NewAct = Callable[..., Act]
NADIA = "Nadia Ferrand"


@pytest.fixture
def who(database: Database, act: NewAct) -> UUID:
    with database.write(act()) as session:
        return make.person(session, "Zoé", phone="06 39 98 00 11", city="Cenon")


def _set(database: Database, author: str, command: EditField) -> UUID:
    act = Act(author, "Fiche modifiée", uuid4())
    with database.write(act) as session:
        person_details.edit(session, command)
    return act.command_id


def test_who_changed_it_last_and_when_are_told(database: Database, who: UUID) -> None:
    for author, city in ((NADIA, "Floirac"), ("Paul Roux", "Lormont")):
        _set(database, author, EditField(who, "person.city", city, TODAY))
    mine = EditField(who, "person.city", "Pessac", TODAY, {"person.city": ("Cenon",)})
    with pytest.raises(ConflictError) as caught:
        _set(database, "Anne Martin", mine)
    problem = caught.value
    assert (problem.author, problem.by_oneself) == ("Paul Roux", False)
    assert problem.at is not None
    assert abs((datetime.now(UTC) - problem.at).total_seconds()) < 60
    (clash,) = problem.clashes
    assert (clash.label, clash.base, clash.mine, clash.theirs) == (
        "Ville",
        "Cenon",
        "Pessac",
        "Lormont",
    )


def test_an_undoing_by_somebody_else_is_a_change(database: Database, who: UUID) -> None:
    command = _set(database, NADIA, EditField(who, "person.city", "Floirac", TODAY))
    with database.write(Act("Paul Roux", "Annulation", uuid4())) as session:
        undo.undo(session, command)
    mine = EditField(who, "person.city", "Pessac", TODAY, {"person.city": ("Floirac",)})
    with pytest.raises(ConflictError) as caught:
        _set(database, "Anne Martin", mine)
    assert (caught.value.author, caught.value.clashes[0].theirs) == ("Paul Roux", "Cenon")


def test_what_was_filled_in_where_nothing_was_is_a_change_too(
    database: Database, who: UUID
) -> None:
    _set(database, NADIA, EditField(who, "emergency.phone", "06 39 98 00 44", TODAY))
    seen = {"emergency.phone": (None,)}
    mine = EditField(who, "emergency.phone", "06 39 98 00 55", TODAY, seen)
    with pytest.raises(ConflictError) as caught:
        _set(database, "Anne Martin", mine)
    assert caught.value.author == NADIA
    other = EditField(who, "emergency.name", "Sam Lo", TODAY, {"emergency.name": (None,)})
    _set(database, "Anne Martin", other)


def test_one_s_own_change_from_elsewhere_is_told_as_such(database: Database, who: UUID) -> None:
    _set(database, "Anne Martin", EditField(who, "person.city", "Floirac", TODAY))
    mine = EditField(who, "person.city", "Pessac", TODAY, {"person.city": ("Cenon",)})
    with pytest.raises(ConflictError, match="Vous avez changé « Ville » à ") as caught:
        _set(database, "Anne Martin", mine)
    assert caught.value.by_oneself


def test_a_value_that_was_sent_and_not_answered_yet_is_known(database: Database, who: UUID) -> None:
    _set(database, "Anne Martin", EditField(who, "person.city", "Floirac", TODAY))
    seen = {"person.city": ("Cenon", "Floirac")}
    _set(database, "Anne Martin", EditField(who, "person.city", "Pessac", TODAY, seen))
    with database.read() as session:
        assert session.get_one(m.Person, who).city == "Pessac"


def test_the_spaces_of_a_number_are_no_change(database: Database, who: UUID) -> None:
    seen = {"person.phone": ("0639980011",)}
    _set(database, "Anne Martin", EditField(who, "person.phone", "06 39 98 00 22", TODAY, seen))


def test_a_setting_a_list_and_the_association_are_compared_too(
    database: Database, act: NewAct
) -> None:
    with database.write(act(author=NADIA)) as session:
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
        assert caught.value.author == NADIA


def test_the_host_and_the_tutor_chosen_by_somebody_else_stay(database: Database) -> None:
    place = furnished(database)
    with database.write(new_act()) as session:
        draft = drafted(session, place)
    with database.write(Act(NADIA, "Structure choisie", uuid4())) as session:
        placement_drafts.choose_host(session, ChooseHost(draft, place.other_host))
    with database.write(new_act()) as session:
        third = make.put(session, m.Organisation(name="Autre", folded="autre"))
    mine = ChooseHost(draft, third, {"host_id": (place.host,)})
    with (
        pytest.raises(ConflictError, match="Nadia Ferrand a changé « Structure d’accueil »"),
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
        pytest.raises(ConflictError, match="Nadia Ferrand a changé"),
        database.write(new_act()) as session,
    ):
        placement_drafts.choose_tutor(session, ChooseTutor(draft, contact, seen))
