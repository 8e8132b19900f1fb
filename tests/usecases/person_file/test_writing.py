"""What is written in a second, then corrected: notes, actions, talks."""

from __future__ import annotations

from uuid import UUID

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.person_commands import NewAction, NewInterview, NewNote
from connexion_desktop.usecases import notes, undo

from ...factories import TODAY, days
from .reading import Acting, opened, told


def test_a_note_of_twenty_thousand_words_is_kept_whole(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    text = "mot " * 20_000
    with database.write(act()) as session:
        notes.add(session, NewNote(aissatou[0], TODAY, text))
    assert opened(database, aissatou[0]).feed.items[0].text == text


def test_a_note_saved_is_at_the_top_and_undone_in_one_act(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    written = act("Note ajoutée")
    with database.write(written) as session:
        key = notes.add(session, NewNote(who, TODAY, "Va mieux."))
    first = opened(database, who).feed.items[0]
    assert (first.key, first.text) == (key, "Va mieux.")
    with database.write(act("Annuler")) as session:
        undo.undo(session, written.command_id)
    assert opened(database, who).feed.items[0].key != key


def test_an_action_is_planned_ticked_and_unticked(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewAction(who, TODAY, "Appeler l’EHPAD", days(2), 14 * 60))
    item = opened(database, who).feed.items[0]
    assert item.next_act is not None
    assert (item.done, item.next_act.label) == (False, "→ 23 avril, 14 h")
    for done in (True, False):
        with database.write(act()) as session:
            notes.tick(session, key, done, TODAY)
        assert opened(database, who).feed.items[0].done is done


def test_a_title_too_long_is_refused_with_what_to_do(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    with (
        pytest.raises(UserError, match="dépasse 300 signes") as problem,
        database.write(act()) as session,
    ):
        notes.add(session, NewAction(aissatou[0], TODAY, "x" * 301))
    assert "ligne" in problem.value.todo


def test_a_talk_to_come_is_planned_then_held(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewInterview(who, TODAY, days(2), 14 * 60, place="au bureau"))
    item = opened(database, who).feed.items[0]
    assert (item.planned, item.state) == (True, "Au bureau, 14 h")
    assert opened(database, who).header.next_date is not None
    with database.write(act()) as session:
        notes.tick(session, key, True, days(2))
        notes.rewrite(session, key, "Elle a dit oui.")
    item = opened(database, who, days(2)).feed.items[0]
    assert (item.planned, item.text) == (False, "Elle a dit oui.")


def test_a_talk_is_given_its_right_day_hour_length_and_place(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewInterview(who, TODAY, TODAY, text="Dit oui."))
    with database.write(act()) as session:
        new = NewInterview(who, TODAY, days(-3), 14 * 60, 45, "par téléphone", "Dit non.")
        notes.correct(session, key, new)
    item = opened(database, who).feed.items[0]
    assert (item.on, told(item), item.text) == (
        days(-3), "Appel, 45 min · Par téléphone, 14 h", "Dit non.",
    )  # fmt: skip
    with database.write(act()) as session:
        notes.correct(session, key, NewInterview(who, TODAY, days(3)))
    assert opened(database, who).feed.items[0].planned


def test_an_action_is_given_its_right_date_and_a_note_its_day(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        action = notes.add(session, NewAction(who, TODAY, "Appeler", days(1)))
        note = notes.add(session, NewNote(who, TODAY, "Vu"))
    with database.write(act()) as session:
        notes.correct(session, action, NewAction(who, TODAY, "Rappeler", days(2), 600, "fort"))
        notes.correct(session, note, NewNote(who, days(-4), "Revu"))
    with database.read() as session:
        kept = session.execute(
            sa.select(m.Action.title, m.Action.detail, m.Action.due_on, m.Action.due_minute)
        ).one()
        assert tuple(kept) == ("Rappeler", "fort", days(2), 600)
        assert session.execute(sa.select(m.Note.on, m.Note.text)).one() == (days(-4), "Revu")


def test_a_note_is_rewritten_and_deleted_then_comes_back(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewNote(who, TODAY, "Brouillon"))
    with database.write(act()) as session:
        notes.rewrite(session, key, "Au propre")
    assert opened(database, who).feed.items[0].text == "Au propre"
    with pytest.raises(UserError, match="vide"), database.write(act()) as session:
        notes.rewrite(session, key, "  ")
    deletion = act("Note supprimée")
    with database.write(deletion) as session:
        notes.delete(session, key)
    assert opened(database, who).feed.items[0].key != key
    with database.write(act()) as session:
        undo.undo(session, deletion.command_id)
    assert opened(database, who).feed.items[0].text == "Au propre"
