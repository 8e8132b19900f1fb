"""Ctrl+Z from anywhere: what a button names is what it undoes."""

from __future__ import annotations

import sqlalchemy as sa
from pytestqt.qtbot import QtBot

from connexion_desktop.data import models as m
from connexion_desktop.ui.widgets.banner import Notice
from tests.factories import TODAY

from .desk import LONG, Desk


def several_people(desk: Desk) -> None:
    """Four people at once: undoing that is asked first."""
    people = [m.Person(number=f"P-{rank}", given_name="Zoé") for rank in range(4)]
    desk.window.jobs.write(
        desk.window, lambda session: session.add_all(people), label="Quatre personnes"
    )


def one_more(desk: Desk) -> None:
    """Another act, done by the same person."""
    desk.window.jobs.write(
        desk.window,
        lambda session: session.add(m.Person(number="P-9", given_name="Awa")),
        label="Nouvelle personne",
    )


def people_left(qtbot: QtBot, desk: Desk) -> list[str]:
    """The first names of those who are in the base."""
    found: list[str] = []
    query = sa.select(m.Person.given_name).where(m.Person.deleted_at.is_(None))
    jobs = desk.window.jobs
    jobs.after_writes(
        desk.window,
        lambda: jobs.read(desk.window, lambda s: list(s.scalars(query)), found.extend),
    )
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=LONG)
    return sorted(found)


def noticed(qtbot: QtBot, desk: Desk, text: str) -> Notice:
    """The notice that tells `text`, once it is shown."""
    banners = desk.window.banners

    def is_shown() -> bool:
        shown = banners.noticed()
        return shown is not None and text in shown.text

    qtbot.waitUntil(is_shown, timeout=LONG)
    found = banners.noticed()
    assert found is not None
    return found


def test_undo_all_undoes_what_it_names_and_nothing_else(qtbot: QtBot, working: Desk) -> None:
    several_people(working)
    working.window.actions_.get("undo").trigger()
    asked = noticed(qtbot, working, "4 personnes")
    one_more(working)
    asked.buttons[1].click()
    noticed(qtbot, working, "Annulé : Quatre personnes")
    assert people_left(qtbot, working) == ["Awa"]


def test_the_question_goes_once_something_else_was_done(qtbot: QtBot, working: Desk) -> None:
    several_people(working)
    working.window.actions_.get("undo").trigger()
    noticed(qtbot, working, "4 personnes")
    one_more(working)
    qtbot.waitUntil(lambda: working.window.banners.noticed() is None, timeout=LONG)
    assert len(people_left(qtbot, working)) == 5


def test_the_offer_to_do_again_is_for_what_it_names_and_goes_with_the_next_act(
    qtbot: QtBot, working: Desk
) -> None:
    undo = working.window.actions_.get("undo")
    one_more(working)
    undo.trigger()
    told = noticed(qtbot, working, "Annulé : Nouvelle personne")
    several_people(working)
    told.buttons[0].click()
    noticed(qtbot, working, "Rétabli : Nouvelle personne")
    assert people_left(qtbot, working) == ["Awa", "Zoé", "Zoé", "Zoé", "Zoé"]
    undo.trigger()
    noticed(qtbot, working, "4 personnes").buttons[1].click()
    noticed(qtbot, working, "Annulé : Quatre personnes")
    working.window.jobs.write(
        working.window,
        lambda session: session.add(m.Cohort(name="Bordeaux", starts_on=TODAY)),
        label="Nouveau groupe",
    )
    qtbot.waitUntil(lambda: working.window.banners.noticed() is None, timeout=LONG)


def test_ctrl_z_pressed_twice_at_once_undoes_two_acts(qtbot: QtBot, working: Desk) -> None:
    one_more(working)
    one_more_group = m.Cohort(name="Bordeaux", starts_on=TODAY)
    working.window.jobs.write(
        working.window, lambda session: session.add(one_more_group), label="Nouveau groupe"
    )
    undo = working.window.actions_.get("undo")
    undo.trigger()
    undo.trigger()
    noticed(qtbot, working, "Annulé : Nouvelle personne")
    assert people_left(qtbot, working) == []
