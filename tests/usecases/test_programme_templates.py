"""The models of programme on a real base: copied, edited, kept from a group, drawn up, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.board import BoardQuery
from connexion_desktop.domain.conflicts import ConflictError, Seen
from connexion_desktop.domain.drawing_up import DrawUp
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import PutBack, RecordRef
from connexion_desktop.domain.meetings import EditMeeting
from connexion_desktop.domain.new_id import new_id
from connexion_desktop.domain.reference_lists import AddLine
from connexion_desktop.domain.template_editing import (
    CopyTemplate,
    EditLine,
    KeepAsTemplate,
    LineRow,
    Models,
    NewLine,
    Rename,
)
from connexion_desktop.usecases import (
    history,
    meetings,
    programme,
    programme_templates,
    record_return,
    reference_lists,
)
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.conftest import AUTHOR
from tests.factories import START

NewAct = Callable[..., Act]
At = tuple[UUID, UUID]
"""A model, and one of its séances."""

CV = {"title": "Mon CV", "week": "5", "day": "2", "hours": "matin", "kind": "atelier"}


def shown(database: Store) -> Models:
    with database.read() as session:
        return programme_templates.load(session)


def rows(database: Store, template_id: UUID) -> tuple[LineRow, ...]:
    models = shown(database)
    template = models.of(template_id)
    assert template is not None
    return models.rows(template)


@pytest.fixture
def model(database: Store, act: NewAct) -> UUID:
    """A copy of the one that ships."""
    made = new_id()
    with database.write(act("Modèle dupliqué")) as session:
        programme_templates.copy(session, CopyTemplate(made, None))
    return made


def edit(
    database: Store, act: Act, at: At, told: tuple[str, str], seen: Seen | None = None
) -> None:
    name, text = told
    with database.write(act) as session:
        programme_templates.edit_line(session, EditLine(*at, f"line.{name}", text, seen))


def test_the_model_that_ships_is_copied_and_never_lost(database: Store, model: UUID) -> None:
    shipped, copy = shown(database).templates
    assert (shipped.id, shipped.name, len(shipped.lines)) == (None, "Douze semaines", 47)
    assert (copy.id, copy.name) == (model, "Douze semaines (copie)")
    assert copy.lines == shipped.lines
    assert not {each.id for each in copy.lines} & {each.id for each in shipped.lines}


def test_a_seance_is_added_mended_copied_moved_and_taken_out(
    database: Store, act: NewAct, model: UUID
) -> None:
    line = new_id()
    with database.write(act("Ajout")) as session:
        partner = make.organisation(session, "Énergie Prod")
        programme_templates.add_line(session, NewLine(model, line, CV))
    for told in (("hours", "14h-17h"), ("place", " Salle  bleue "), ("partner", "energie prod")):
        edit(database, act("Modèle"), (model, line), told)
    (row,) = [each for each in rows(database, model) if each.id == line]
    assert row.values == CV | {
        "hours": "14 h – 17 h", "activity": "", "place": "Salle bleue", "partner": "Énergie Prod"
    }  # fmt: skip
    assert row.line.partner_id == partner
    again = new_id()
    with database.write(act("Copie")) as session:
        programme_templates.copy_line(session, model, line, again)
        programme_templates.move_line(session, model, again, 1)
    (copied,) = [each.line for each in rows(database, model) if each.id == again]
    assert (copied.week, copied.day, copied.title) == (7, 1, "Mon CV")
    with database.write(act("Retrait")) as session:
        programme_templates.remove_line(session, model, line)
    assert line not in [each.id for each in rows(database, model)]
    with database.write(act("Annulation")) as session:
        assert undo_last(session, AUTHOR) is not None
    assert line in [each.id for each in rows(database, model)]


def test_what_a_seance_cannot_hold_changes_nothing(
    database: Store, act: NewAct, model: UUID
) -> None:
    first = rows(database, model)[0]
    for told in (("title", ""), ("week", "60"), ("hours", "12h-9h"), ("partner", "Personne")):
        with pytest.raises(UserError):
            edit(database, act("Modèle"), (model, first.id), told)
    assert rows(database, model)[0] == first


def test_two_people_on_one_model_overwrite_nothing(
    database: Store, colleague: Store, act: NewAct, model: UUID
) -> None:
    first, second = rows(database, model)[:2]
    edit(colleague, act("Modèle"), (model, second.id), ("title", "Autre"))
    known = {"line.title": (first.values["title"],)}
    edit(database, act("Modèle"), (model, first.id), ("title", "Bienvenue"), known)
    assert [each.line.title for each in rows(database, model)[:2]] == ["Bienvenue", "Autre"]
    with pytest.raises(ConflictError) as caught:
        edit(colleague, act("Modèle"), (model, first.id), ("title", "Accueil"), known)
    assert "« Titre »" in caught.value.what
    edit(database, act("Modèle"), (model, first.id), ("hours", "10h-12h"))
    seen = {"line.hours": ("9 h – 12 h",)}
    edit(
        colleague, act("Modèle"), (model, first.id), ("hours", "10 h - 12h"), seen
    )  # the very same
    with pytest.raises(ConflictError):
        edit(
            colleague,
            act("Modèle"),
            (model, first.id),
            ("hours", "matin"),
            {"line.hours": ("8h-9h",)},
        )


def test_a_model_has_one_name_and_is_taken_away_and_back(
    database: Store, act: NewAct, model: UUID
) -> None:
    with pytest.raises(UserError, match="s’appelle déjà"), database.write(act("Nom")) as session:
        programme_templates.rename(session, Rename(model, "douze semaines"))
    with database.write(act("Nom")) as session:
        programme_templates.rename(
            session, Rename(model, "Été", {"template.name": ("Douze semaines (copie)",)})
        )
    with pytest.raises(ConflictError), database.write(act("Nom")) as session:
        programme_templates.rename(
            session, Rename(model, "Hiver", {"template.name": ("Douze semaines (copie)",)})
        )
    with database.write(act("Suppression")) as session:
        programme_templates.delete(session, model)
    assert [each.name for each in shown(database).templates] == ["Douze semaines"]
    with database.write(act("Annulation")) as session:
        undo_last(session, AUTHOR)
    assert [each.name for each in shown(database).templates] == ["Douze semaines", "Été"]


def test_the_history_of_a_model_tells_what_changed_in_it_and_puts_it_back(
    database: Store, act: NewAct, model: UUID
) -> None:
    first = rows(database, model)[0]
    with database.write(act("Ajout")) as session:
        make.organisation(session, "Énergie Prod")
    edit(database, act("Séance de modèle"), (model, first.id), ("partner", "Énergie Prod"))
    ref = RecordRef("programme_template", model)
    with database.read() as session:
        told = history.told(session, ref).acts[0].changes[0]
    assert told.label == "Séances"
    assert told.text == (
        "Séances : semaine : 1, jour : 1, début : 9 h, fin : 12 h,"
        " titre : Accueil : faire connaissance, sorte : Accueil"
        " → semaine : 1, jour : 1, début : 9 h, fin : 12 h,"
        " titre : Accueil : faire connaissance, sorte : Accueil, partenaire : Énergie Prod"
    )
    assert told.line is not None
    with database.write(act("Retour")) as session:
        record_return.put_back(session, PutBack(ref, told.line))
    assert rows(database, model)[0] == first


def test_one_seance_put_back_as_it_was_leaves_the_others_as_they_are(
    database: Store, act: NewAct, model: UUID
) -> None:
    before = rows(database, model)
    one, other, gone = (each.id for each in before[:3])
    edit(database, act("Séance de modèle"), (model, one), ("title", "Bienvenue"))
    edit(database, act("Autre séance"), (model, other), ("place", "Salle bleue"))
    with database.write(act("Séance supprimée")) as session:
        programme_templates.remove_line(session, model, gone)
    ref = RecordRef("programme_template", model)
    with database.read() as session:
        line = history.told(session, ref).acts[-2].changes[0].line
    assert line is not None
    with database.write(act("Retour")) as session:
        record_return.put_back(session, PutBack(ref, line))
    now = rows(database, model)
    assert now[0] == before[0]
    assert now[1].line.place == "Salle bleue"
    assert gone not in {each.id for each in now}


def test_a_name_that_another_model_took_is_not_put_back(
    database: Store, act: NewAct, model: UUID
) -> None:
    with database.write(act("Nom")) as session:
        programme_templates.rename(session, Rename(model, "Été"))
    ref = RecordRef("programme_template", model)
    with database.read() as session:
        line = history.told(session, ref).acts[0].changes[0].line
    assert line is not None
    with database.write(act("Modèle dupliqué")) as session:
        programme_templates.copy(session, CopyTemplate(new_id(), None))
    with (
        pytest.raises(UserError, match="est pris depuis"),
        database.write(act("Retour")) as session,
    ):
        record_return.put_back(session, PutBack(ref, line))
    names = [each.name for each in shown(database).templates]
    assert sorted(names) == ["Douze semaines", "Douze semaines (copie)", "Été"]


def test_the_programme_of_a_group_becomes_a_model_for_the_next(
    database: Store, act: NewAct
) -> None:
    with database.bulk() as session:
        site = session.scalars(sa.select(m.Site.id).where(m.Site.code == "bordeaux")).one()
        first = make.cohort(session, site_id=site)
        later = make.cohort(session, "Pessac", date(2026, 9, 7))
    with database.write(act("Programme établi")) as session:
        programme.draw_up(session, DrawUp(first, None, START))
    with database.read() as session:
        found = programme.load(session, BoardQuery(first, START)).meetings
    visit = next(each for each in found if each.kind == "visite")
    with database.write(act("Séance")) as session:
        meetings.edit(session, EditMeeting(visit.id, {"title": "Le chantier", "place": "Bassens"}))
    made = new_id()
    with database.write(act("Modèle")) as session:
        kept = programme.keep_as_template(session, KeepAsTemplate(made, first, "Mon modèle"))
    assert not kept.left_out and len(rows(database, made)) == 47
    with database.write(act("Programme établi")) as session:
        programme.draw_up(session, DrawUp(later, made, START))
    with database.read() as session:
        drawn = programme.load(session, BoardQuery(later, START)).meetings
    assert len(drawn) == 47
    (there,) = [each for each in drawn if each.title == "Le chantier"]
    assert there.place == "Bassens"
    assert (there.on - date(2026, 9, 7)).days == (visit.on - START).days


def test_a_group_without_seance_makes_no_model(database: Store, act: NewAct) -> None:
    with database.bulk() as session:
        cohort = make.cohort(session)
    with (
        pytest.raises(UserError, match="aucune séance"),
        database.write(act("Modèle")) as session,
    ):
        programme.keep_as_template(session, KeepAsTemplate(uuid4(), cohort, "Rien"))


def test_a_partner_taken_away_is_no_longer_given_to_the_seances(
    database: Store, act: NewAct, model: UUID
) -> None:
    first = rows(database, model)[0]
    with database.write(act("Ajout")) as session:
        partner = make.organisation(session, "Énergie Prod")
        cohort = make.cohort(session)
    edit(database, act("Modèle"), (model, first.id), ("partner", "Énergie Prod"))
    with database.write(act("Suppression")) as session:
        session.get_one(m.Organisation, partner).deleted_at = m.utc_now()
    assert rows(database, model)[0].partner == ""
    with database.read() as session:
        made = programme.preview(session, DrawUp(cohort, model, START)).made
    assert {each.partner_id for each in made} == {None}


def test_a_model_that_cannot_be_read_does_not_stop_the_others(database: Store, act: NewAct) -> None:
    broken = new_id()
    with database.write(act("Modèle")) as session:
        session.add(m.ProgrammeTemplate(id=broken, name="Abîmé", content=[{"week": 1}]))
        cohort = make.cohort(session)
    with database.read() as session:
        assert [each.id for each in programme_templates.every(session)] == [None]
        assert len(programme.preview(session, DrawUp(cohort, None, START)).made) == 47
    models = shown(database)
    assert models.unread == {broken} and models.rows(models.templates[1]) == ()
    with database.write(act("Suppression")) as session:
        programme_templates.delete(session, broken)
    assert not shown(database).unread


def test_an_activity_that_a_model_holds_is_not_deleted_from_its_list(
    database: Store, act: NewAct, model: UUID, time_passes: Callable[[], None]
) -> None:
    sewing = uuid4()
    with database.write(act("Liste")) as session:
        reference_lists.add(session, AddLine(sewing, "activity", "Couture"))
    first = rows(database, model)[0]
    edit(database, act("Modèle"), (model, first.id), ("activity", "couture"))
    with (
        pytest.raises(UserError, match="1 modèle de programme"),
        database.write(act("Suppression")) as session,
    ):
        reference_lists.delete(session, "activity", sewing)
    time_passes()
    edit(database, act("Modèle"), (model, first.id), ("activity", ""))
    with (
        pytest.raises(UserError, match="l’historique la cite"),
        database.write(act("Suppression")) as session,
    ):
        reference_lists.delete(session, "activity", sewing)
