"""What is put back, undone or done again neither hides what others hold, nor hangs on what is
gone."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.history import PastAct, PutBackVersion, RecordRef
from connexion_desktop.domain.merging import MergePeople
from connexion_desktop.usecases import history, merging
from connexion_desktop.usecases.record_return import put_back_version
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
