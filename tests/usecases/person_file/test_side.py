"""Beside the feed: trades, obstacles, families."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.person_commands import FamilyEdit, ObstacleEdit, ProjectEdit
from connexion_desktop.domain.person_file import ProjectState
from connexion_desktop.usecases import person_side, undo

from ... import factories as make
from ...factories import START, TODAY
from .reading import Acting, opened


def test_the_three_trades_are_ranked_and_their_state_said(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou

    def set_project(rank: int, label: str, state: ProjectState = ProjectState.EXPLORE) -> None:
        with database.write(act()) as session:
            person_side.set_project(session, ProjectEdit(journey, rank, label, state))

    set_project(1, "Aide-soignante", ProjectState.TO_CONFIRM)
    set_project(2, "Agente  hôtelière")
    set_project(1, "Aide-soignante", ProjectState.CONFIRMED)
    assert [(row.label, row.state) for row in opened(database, who).project] == [
        ("Aide-soignante", ProjectState.CONFIRMED),
        ("Agente hôtelière", ProjectState.EXPLORE),
        ("", ProjectState.EXPLORE),
    ]
    set_project(1, "")
    assert opened(database, who).project[0].label == ""


def test_an_obstacle_keeps_its_entry_level_and_todays(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou

    def levels() -> tuple[int, int]:
        rows = {row.theme: row for row in opened(database, who).obstacles}
        return rows["famille"].entry, rows["famille"].today

    def say(level: int, on: date) -> None:
        with database.write(act()) as session:
            person_side.set_obstacle(session, ObstacleEdit(journey, "famille", level, on))

    with database.write(act()) as session:
        make.put(
            session,
            m.ObstacleLevel(journey_id=journey, theme="famille", level=4, on=START, stage="entry"),
        )
    assert levels() == (4, 4)
    say(2, TODAY)
    say(3, TODAY)
    assert levels() == (4, 3)
    say(0, TODAY)
    assert levels() == (4, 4)
    with pytest.raises(UserError, match="1"):
        say(6, TODAY)


def test_a_family_is_discovered_with_its_stars(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    families = opened(database, who).families
    assert len(families) == 13
    assert not any(row.chosen for row in families)
    first = families[3]
    with database.write(act()) as session:
        edit = FamilyEdit(journey, first.family_id, None, True, 4, TODAY)
        person_side.set_family(session, edit)
    row = opened(database, who).families[0]
    assert (row.label, row.discovered, row.interest) == (first.label, True, 4)
    assert row.choice_id is not None
    with database.write(act()) as session:
        person_side.drop_family(session, row.choice_id)
    assert not any(row.chosen for row in opened(database, who).families)


def test_a_family_chosen_twice_at_once_is_chosen_once(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    family_id = opened(database, who).families[3].family_id
    for stars in (2, 5):
        with database.write(act()) as session:
            edit = FamilyEdit(journey, family_id, None, True, stars, TODAY)
            person_side.set_family(session, edit)
    chosen = [row for row in opened(database, who).families if row.chosen]
    assert [row.interest for row in chosen] == [5]


def test_a_family_dropped_then_chosen_again_is_not_put_back_twice(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    edit = FamilyEdit(journey, opened(database, who).families[3].family_id, None, True, 4, TODAY)
    with database.write(act()) as session:
        person_side.set_family(session, edit)
    (chosen,) = (row for row in opened(database, who).families if row.chosen)
    dropping = act("Filière retirée")
    with database.write(dropping) as session:
        person_side.drop_family(session, chosen.choice_id or who)
    with database.write(act()) as session:
        person_side.set_family(session, edit)
    with (
        pytest.raises(UserError, match="une autre fiche a pris la place"),
        database.write(act()) as session,
    ):
        undo.undo(session, dropping.command_id)
