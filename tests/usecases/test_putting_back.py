"""What is put back, undone or done again neither hides what others hold, nor hangs on what is
gone."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.groups import EnterGroup
from connexion_desktop.domain.history import PastAct, PutBack, PutBackVersion, RecordRef
from connexion_desktop.domain.merging import MergePeople
from connexion_desktop.usecases import deletions, groups, history, merging, office, undo
from connexion_desktop.usecases.record_return import put_back, put_back_version
from tests import factories as make
from tests.factories import TODAY

NewAct = Callable[..., Act]


def past(database: Database, ref: RecordRef, label: str) -> PastAct:
    with database.read() as session:
        acts = history.told(session, ref, 200).acts
    return next(act for act in acts if act.label == label)


def line_of(database: Database, ref: RecordRef, act: str, label: str) -> UUID:
    """What puts back the field of that label, as it was before that act."""
    changes = past(database, ref, act).changes
    found = next(change.line for change in changes if change.label == label)
    assert found is not None
    return found


# After a merge


@pytest.fixture
def merged(database: Database, act: NewAct) -> tuple[UUID, UUID, UUID]:
    """Somebody written twice, made one; the children and the mother that the second file knew."""
    with database.write(act("Première fiche")) as session:
        kept = make.person(session)
    with database.write(act("Ville")) as session:
        session.get_one(m.Person, kept).city = "Pessac"
    with database.write(act("Seconde fiche")) as session:
        lost = make.person(session, phone="06 39 98 00 12")
        social = make.put(session, m.PersonSocial(person_id=lost, dependent_children=3))
        mother = make.put(session, m.PersonContact(person_id=lost, kind="emergency", name="Mariam"))
    with database.write(act("Autre ville")) as session:
        session.get_one(m.Person, kept).city = "Talence"
    with database.write(act("Fusion")) as session:
        view = merging.compare(session, kept, lost, TODAY)
        merging.merge(session, MergePeople(view, TODAY, {}))
    return kept, social, mother


@pytest.mark.parametrize("version", ["Ville", "Autre ville"])
def test_a_version_older_than_a_merge_hides_nothing_of_the_other_file(
    database: Database, act: NewAct, merged: tuple[UUID, UUID, UUID], version: str
) -> None:
    kept, social, mother = merged
    ref = RecordRef("person", kept)
    with database.write(act("Retour")) as session:
        put_back_version(session, PutBackVersion(ref, past(database, ref, version).id))
    with database.read() as session:
        assert session.get_one(m.Person, kept).phone is None
        for row in (
            session.get_one(m.PersonSocial, social),
            session.get_one(m.PersonContact, mother),
        ):
            assert (row.person_id, row.deleted_at) == (kept, None)


def test_what_was_done_in_the_other_file_is_told_and_is_no_version_of_this_one(
    database: Database, merged: tuple[UUID, UUID, UUID]
) -> None:
    ref = RecordRef("person", merged[0])
    assert not past(database, ref, "Seconde fiche").is_version
    assert past(database, ref, "Ville").is_version


# What it refers to was deleted since


def test_an_immersion_never_goes_back_to_a_structure_deleted_since(
    database: Database, act: NewAct
) -> None:
    with database.write(act("Brouillon")) as session:
        old, new = make.organisation(session), make.organisation(session, "La Halle")
        draft = make.placement(session, make.person(session), "draft", None, None, host_id=old)
    moved = act("Structure")
    with database.write(moved) as session:
        session.get_one(m.Placement, draft).host_id = new
    with database.write(act("Structure supprimée")) as session:
        deletions.delete(session, RecordRef("organisation", old))
    ref = RecordRef("placement", draft)
    changes = past(database, ref, "Structure").changes
    line = next(change.line for change in changes if change.line is not None)
    for refused in (
        lambda session: put_back(session, PutBack(ref, line)),
        lambda session: put_back_version(
            session, PutBackVersion(ref, past(database, ref, "Brouillon").id)
        ),
        lambda session: undo.undo(session, moved.command_id),
    ):
        with pytest.raises(UserError, match="supprimée depuis"), database.write(act()) as session:
            refused(session)
    with database.read() as session:
        assert session.get_one(m.Placement, draft).host_id == new


def test_a_site_deleted_since_does_not_come_back_into_a_file(
    database: Database, act: NewAct
) -> None:
    with database.write(act("Fiche")) as session:
        site = make.put(session, m.Site(code="essai", name="Essai"))
        who = make.person(session, site_id=site)
    with database.write(act("Sans site")) as session:
        session.get_one(m.Person, who).site_id = None
    with database.write(act("Site supprimé")) as session:
        office.delete(session, "site", site, TODAY)
    ref = RecordRef("person", who)
    line = line_of(database, ref, "Sans site", "Site")
    with pytest.raises(UserError, match="supprimée depuis"), database.write(act()) as session:
        put_back(session, PutBack(ref, line))


@pytest.fixture
def entered(database: Database, act: NewAct) -> tuple[UUID, UUID, Act]:
    """An entry into a group, undone; the group is deleted then."""
    with database.write(act("Bureau")) as session:
        group, who = make.cohort(session), make.person(session)
    entry = act("Entrée")
    with database.write(entry) as session:
        journey = make.journey(session, who, group)
    with database.write(act()) as session:
        undo.undo(session, entry.command_id)
    with database.write(act("Groupe supprimé")) as session:
        deletions.delete(session, RecordRef("group", group))
    return group, journey, entry


def test_an_entry_is_not_done_again_into_a_group_deleted_since(
    database: Database, act: NewAct, entered: tuple[UUID, UUID, Act]
) -> None:
    _, journey, entry = entered
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        undo.redo(session, entry.command_id)
    assert refused.value.what.startswith("« Entrée » ne peut plus être rétabli : ")
    assert "(« Groupe supprimé »)" in refused.value.what
    assert refused.value.todo == "Annulez d’abord cette suppression (Ctrl+Z)."
    with database.read() as session:
        assert session.get_one(m.Journey, journey).deleted_at is not None


def test_once_the_group_is_back_the_entry_is_done_again(
    database: Database, act: NewAct, entered: tuple[UUID, UUID, Act]
) -> None:
    group, journey, entry = entered
    with database.write(act()) as session:
        undo.undo_last(session, act().author)
    with database.write(act()) as session:
        undo.redo(session, entry.command_id)
    with database.read() as session:
        assert session.get_one(m.Cohort, group).deleted_at is None
        assert session.get_one(m.Journey, journey).deleted_at is None


# Closing a group, and opening it again, are acts of their own


def test_a_group_with_people_in_it_is_not_closed_from_its_history(
    database: Database, act: NewAct
) -> None:
    with database.write(act("Bureau")) as session:
        group, who = make.cohort(session), make.person(session)
    with database.write(act("Terminé")) as session:
        groups.close(session, group, TODAY)
    with database.write(act("Rouvert")) as session:
        groups.reopen(session, group)
    with database.write(act("Entrée")) as session:
        groups.enter(session, EnterGroup((who,), group, TODAY), TODAY)
    ref = RecordRef("group", group)
    changes = past(database, ref, "Rouvert").changes
    assert {change.text: change.line for change in changes} == {
        "État : terminé → en cours": None,
        "Dernier jour : 21/04/2026 → vide": None,
    }
    with pytest.raises(UserError, match="déjà comme"), database.write(act("Retour")) as session:
        put_back_version(session, PutBackVersion(ref, past(database, ref, "Terminé").id))
    with database.read() as session:
        cohort = session.get_one(m.Cohort, group)
        assert (cohort.state, cohort.ends_on) == ("open", None)
