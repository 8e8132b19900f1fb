"""Ctrl+Z: an act is undone whole, several in a row, and never over somebody's later work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import audit
from connexion_desktop.data.models import (
    Accident,
    AccidentInjury,
    AuditLine,
    Cohort,
    DoneCommand,
    Equipment,
    Journey,
    Loan,
    Note,
    Organisation,
    Person,
    Placement,
    utc_now,
)
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act, AskFirstError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import Party
from connexion_desktop.domain.placement_file import (
    EditPlacement,
    IssuePlacement,
    SetTimetable,
    SignPlacement,
    WithdrawPlacement,
)
from connexion_desktop.usecases import placement_drafts, placements
from connexion_desktop.usecases.placement_paper import slots_of
from connexion_desktop.usecases.undo import next_steps, redo, redo_last, undo, undo_last
from tests import factories as make
from tests.factories import TODAY
from tests.placement_base import LAST, WEEK, drafted, furnish, issued
from tests.saves import change, make_person

NewAct = Callable[..., Act]
ANNE, BRUNO = "Anne Martin", "Bruno Petit"
DAY = date(2026, 3, 2)


def person_of(database: Store, person_id: UUID) -> Person:
    with database.read() as session:
        return session.get_one(Person, person_id)


def shown_to(session: Session, author: str = ANNE) -> tuple[str | None, str | None]:
    """What the menu says that the keys would undo, and do again."""
    last, undone = next_steps(session, author)
    return None if last is None else last.label, None if undone is None else undone.label


def test_a_field_is_put_back(database: Store, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle"), birth_date=DAY, city="Talence")
    command = act("Corriger la naissance")
    change(database, command, person, birth_date=date(1988, 5, 12), city=None)
    with database.write(act("Annuler")) as session:
        assert undo(session, command.command_id).label == "Corriger la naissance"
    found = person_of(database, person)
    assert (found.birth_date, found.city, found.version) == (DAY, "Talence", 3)


def test_a_made_row_is_deleted_and_a_deleted_one_comes_back(database: Store, act: NewAct) -> None:
    made, deleted = act("Nouvelle personne"), act("Supprimer")
    person = make_person(database, made)
    change(database, deleted, person, deleted_at=utc_now())
    with database.write(act()) as session:
        undo(session, deleted.command_id)
    assert person_of(database, person).deleted_at is None
    with database.write(act()) as session:
        undo(session, made.command_id)
    assert person_of(database, person).deleted_at is not None


def test_several_acts_are_undone_one_after_the_other(database: Store, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("La ville"), person, city="Pessac")
    change(database, act("Le téléphone"), person, phone="06 39 98 00 01")
    shown, told = [], []
    for _ in range(4):
        with database.read() as session:
            shown.append(shown_to(session)[0])
        with database.write(act("Annuler")) as session:
            told.append(getattr(undo_last(session, ANNE), "label", None))
    assert shown == told
    assert told == ["Le téléphone", "La ville", "Nouvelle personne", None]
    assert person_of(database, person).deleted_at is not None


def test_saves_of_one_pause_are_one_step(database: Store, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"), city="Talence")
    for city in ("P", "Pess", "Pessac"):
        change(database, act("La ville"), person, city=city)
    with database.write(act("Annuler")) as session:
        undo_last(session, ANNE)
    assert person_of(database, person).city == "Talence"


def test_one_step_back_never_leaves_the_days_and_the_hours_of_an_immersion_apart(
    database: Store, act: NewAct
) -> None:
    with database.write(act("Brouillon")) as session:
        placement = drafted(session, furnish(session))
    for last in (LAST + timedelta(days=7), LAST + timedelta(days=14)):
        with database.write(act("Dernier jour")) as session:
            placement_drafts.edit(session, EditPlacement(placement, "ends_on", last))
    for last in (LAST + timedelta(days=7), LAST):
        with database.write(act("Annuler")) as session:
            undo_last(session, ANNE)
        with database.read() as session:
            assert session.get_one(Placement, placement).ends_on == last
            assert max(slot.on for slot in slots_of(session, placement)) == last


def test_acts_on_the_same_fields_are_one_step_with_all_their_fields(
    database: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"), city="Talence", phone="1")
    for city, phone in (("Pessac", "2"), ("Bordeaux", "3")):
        change(database, act("Les coordonnées"), person, city=city, phone=phone)
    change(database, act("Les coordonnées"), person, city="Bègles")
    for expected in (("Bordeaux", "3"), ("Talence", "1")):
        with database.write(act("Annuler")) as session:
            undo_last(session, ANNE)
        found = person_of(database, person)
        assert (found.city, found.phone) == expected


def test_an_undone_act_is_not_undone_again(database: Store, act: NewAct) -> None:
    person, command = make_person(database, act("Nouvelle")), act("La ville")
    change(database, command, person, city="Pessac")
    first = act("Annuler")
    with database.write(first) as session:
        undo(session, command.command_id)
    with pytest.raises(UserError, match="déjà annulé"), database.write(act()) as session:
        undo(session, command.command_id)
    with pytest.raises(UserError, match="ne s’annule pas"), database.write(act()) as session:
        undo(session, first.command_id)


def test_an_undoing_is_signed_and_kept_in_the_journal(
    database: Store, colleague: Store, act: NewAct
) -> None:
    person, command = make_person(database, act("Nouvelle")), act("La ville")
    change(database, command, person, city="Pessac")
    undoing = act("Annuler", author=BRUNO)
    with colleague.write(undoing) as session:
        undo(session, command.command_id)
    with database.read() as session:
        done = session.get_one(DoneCommand, undoing.command_id)
        assert (done.label, done.author) == ("Annulation : La ville", BRUNO)
        line = session.scalars(
            sa.select(AuditLine).where(AuditLine.command_id == undoing.command_id)
        ).one()
        assert (line.field, line.before, line.after) == ("city", "Pessac", None)


def test_only_ones_own_last_act_is_undone(database: Store, colleague: Store, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle"))
    change(colleague, act("La ville", author=BRUNO), person, city="Pessac")
    with database.write(act()) as session:
        assert undo_last(session, "Chloé Roux") is None
    with colleague.write(act(author=BRUNO)) as session:
        step = undo_last(session, BRUNO)
        assert step is not None and step.label == "La ville"


def test_it_is_refused_where_a_colleague_changed_the_field_since(
    database: Store, colleague: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle"))
    change(database, act("La ville"), person, city="Pessac")
    change(colleague, act("Corriger la ville", author=BRUNO), person, city="Talence")
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        undo_last(session, ANNE)
    assert "Bruno Petit" in refused.value.what
    assert "Corriger la ville" in refused.value.what
    assert person_of(database, person).city == "Talence"


def test_a_colleague_on_another_field_does_not_prevent_it(
    database: Store, colleague: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle"))
    change(database, act("La ville"), person, city="Pessac")
    change(colleague, act("Le téléphone", author=BRUNO), person, phone="06 39 98 00 01")
    with database.write(act()) as session:
        undo_last(session, ANNE)
    found = person_of(database, person)
    assert (found.city, found.phone) == (None, "06 39 98 00 01")


def test_a_row_that_a_colleague_completed_is_not_deleted(
    database: Store, colleague: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(colleague, act("Le téléphone", author=BRUNO), person, phone="06 39 98 00 01")
    with pytest.raises(UserError, match="Bruno Petit"), database.write(act()) as session:
        undo_last(session, ANNE)


def imported_people(database: Store, imported: Act, count: int) -> list[UUID]:
    with database.write(imported) as session:
        people = [Person(number=f"P-{rank:05}", given_name="Zoé") for rank in range(count)]
        session.add_all(people)
    return [person.id for person in people]


def test_an_import_is_not_undone_over_ones_own_later_correction(
    database: Store, act: NewAct
) -> None:
    imported, corrected = act("Import d’un tableau"), act("Adresse : fiche modifiée")
    people = imported_people(database, imported, 12)
    change(database, corrected, people[5], address="4 allée des Tilleuls")
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        undo(session, imported.command_id)
    assert "modifié depuis par vous (« Adresse : fiche modifiée »)" in refused.value.what
    assert "Rien n’a été changé" in refused.value.safe
    assert "Ctrl+Z" in refused.value.todo
    assert person_of(database, people[0]).deleted_at is None
    for command in (corrected, imported):
        with database.write(act("Annuler")) as session:
            undo(session, command.command_id)
    assert person_of(database, people[5]).deleted_at is not None


def test_what_was_deleted_by_hand_since_does_not_hold_an_import(
    database: Store, act: NewAct
) -> None:
    imported = act("Import d’un tableau")
    people = imported_people(database, imported, 2)
    change(database, act("Supprimer"), people[0], deleted_at=utc_now())
    with database.write(act("Annuler")) as session:
        undo(session, imported.command_id)
    assert person_of(database, people[1]).deleted_at is not None


def test_a_draft_is_not_changed_behind_the_convention_issued_from_it(
    database: Store, act: NewAct
) -> None:
    tasks, hours = act("Tâches"), act("Horaires")
    with database.write(act("Brouillon")) as session:
        placement = drafted(session, furnish(session))
    with database.write(tasks) as session:
        placement_drafts.edit(session, EditPlacement(placement, "tasks", "Servir les repas"))
    with database.write(hours) as session:
        slots = slots_of(session, placement)[:-1]
        placement_drafts.set_timetable(session, SetTimetable(placement, slots, WEEK))
    with database.write(act("Convention émise")) as session:
        placements.issue(session, IssuePlacement(placement, TODAY, "Semaine courte"))
    for command in (tasks, hours):
        with pytest.raises(UserError) as refused, database.write(act()) as session:
            undo(session, command.command_id)
        assert "la convention est passée « à signer » depuis" in refused.value.what
        assert "Modifier" in refused.value.todo
    with database.read() as session:
        assert session.get_one(Placement, placement).tasks == "Servir les repas"
        assert slots_of(session, placement) == slots


def test_a_revision_given_up_is_taken_up_again(database: Store, act: NewAct) -> None:
    with database.write(act("Brouillon")) as session:
        office = furnish(session)
    placement, given_up = issued(database, office), act("Modification abandonnée")
    with database.write(act("Modification")) as session:
        placements.revise(session, placement)
    with database.write(given_up) as session:
        placements.drop_revision(session, placement)
    with database.write(act("Annuler")) as session:
        undo(session, given_up.command_id)
    with database.read() as session:
        assert session.get_one(Placement, placement).revising


def test_a_row_to_which_a_note_was_added_is_not_deleted(database: Store, act: NewAct) -> None:
    made = act("Nouvelle personne")
    person = make_person(database, made)
    with database.write(act("Nouvelle note")) as session:
        session.add(Note(person_id=person, on=DAY, text="Vue au parc."))
    with pytest.raises(UserError, match="Nouvelle note"), database.write(act()) as session:
        undo(session, made.command_id)
    assert person_of(database, person).deleted_at is None


def test_a_paper_with_legal_effect_is_not_undone(database: Store, act: NewAct) -> None:
    with database.write(act("Émettre la convention")) as session:
        session.add(Person(number="P-00001", given_name="Zoé"))
        audit.seal(session)
    with pytest.raises(UserError, match="effet légal"), database.write(act()) as session:
        undo_last(session, ANNE)


def test_what_is_unknown_is_not_undone(database: Store, act: NewAct) -> None:
    with pytest.raises(UserError, match="rien à annuler"), database.write(act()) as session:
        undo(session, uuid4())


def test_an_undoing_that_would_make_a_double_is_refused(
    database: Store, colleague: Store, act: NewAct
) -> None:
    with database.write(act("Premier groupe")) as session:
        cohort = Cohort(name="Bordeaux 1", starts_on=DAY)
        session.add(cohort)
    with database.write(act("Supprimer le groupe")) as session:
        session.get_one(Cohort, cohort.id).deleted_at = utc_now()
    with colleague.write(act("Autre groupe", author=BRUNO)) as session:
        session.add(Cohort(name="Bordeaux 1", starts_on=DAY))
    with pytest.raises(UserError, match="pris la place"), database.write(act()) as session:
        undo_last(session, ANNE)


def test_an_import_of_twelve_people_with_loans_and_companies_is_undone_in_one_act(
    database: Store, act: NewAct
) -> None:
    known = make_person(database, act("Déjà connue"), city=None)
    command = act("Importer suivi-groupe.xlsx")
    with database.write(command) as session:
        cohort = Cohort(name="Bordeaux", starts_on=DAY)
        session.add(cohort)
        for number in range(12):
            person = Person(number=f"P-{number:05}", given_name="Zoé")
            equipment = Equipment(number=f"PC-{number:02}")
            session.add_all([person, equipment, Organisation(name="Atelier", folded="atelier")])
            session.add(Journey(person_id=person.id, cohort_id=cohort.id, entered_on=DAY))
            session.add(Loan(equipment_id=equipment.id, person_id=person.id, lent_on=DAY))
        session.get_one(Person, known).city = "Bordeaux"
    with database.write(act("Annuler l’import")) as session:
        assert undo(session, command.command_id).label == "Importer suivi-groupe.xlsx"
    with database.read() as session:
        for model in (Cohort, Journey, Equipment, Loan, Organisation):
            alive = sa.select(sa.func.count()).select_from(model).where(model.deleted_at.is_(None))
            assert session.scalar(alive) == 0, model
        left = session.scalars(sa.select(Person).where(Person.deleted_at.is_(None))).one()
        assert (left.id, left.city) == (known, None)


def alive(database: Store) -> list[str]:
    with database.read() as session:
        query = sa.select(Person.given_name).where(Person.deleted_at.is_(None))
        return sorted(session.scalars(query))


def test_what_was_undone_is_done_again_several_acts_in_a_row(database: Store, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("La ville"), person, city="Pessac")
    for _ in range(2):
        with database.write(act()) as session:
            undo_last(session, ANNE)
    assert alive(database) == []
    told = []
    for _ in range(3):
        with database.write(act()) as session:
            step = redo_last(session, ANNE)
            told.append(None if step is None else (step.label, step.people))
    assert [each and each[0] for each in told] == ["Nouvelle personne", "La ville", None]
    assert person_of(database, person).city == "Pessac"
    with database.read() as session:
        assert shown_to(session) == ("La ville", None)
    with database.write(act()) as session:
        undo_last(session, ANNE)
    with database.read() as session:
        assert shown_to(session) == ("Nouvelle personne", "La ville")


def test_another_act_ends_what_may_be_done_again(database: Store, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("La ville"), person, city="Pessac")
    with database.write(act()) as session:
        undo_last(session, ANNE)
    change(database, act("Le téléphone"), person, phone="06 39 98 00 01")
    with database.write(act()) as session:
        assert redo_last(session, ANNE) is None


def test_it_is_not_done_again_over_a_colleagues_change(
    database: Store, colleague: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("La ville"), person, city="Pessac")
    with database.write(act()) as session:
        undo_last(session, ANNE)
    change(colleague, act("Ailleurs", author=BRUNO), person, city="Talence")
    with pytest.raises(UserError, match=BRUNO), database.write(act()) as session:
        redo_last(session, ANNE)
    assert person_of(database, person).city == "Talence"


def test_undoing_several_people_asks_first_and_writes_nothing(database: Store, act: NewAct) -> None:
    command, asking = act("Quatre personnes"), act()
    with database.write(command) as session:
        for number in range(4):
            session.add(Person(number=f"P-{number:05}", given_name="Zoé"))
    with pytest.raises(AskFirstError) as asked, database.write(asking) as session:
        undo_last(session, ANNE)
    assert "4 personnes" in asked.value.what
    assert len(alive(database)) == 4
    with database.read() as session:
        assert session.get(DoneCommand, asking.command_id) is None
    with database.write(act()) as session:
        step = undo(session, asked.value.command_id)
    assert (step.command_id, len(step.gone)) == (command.command_id, 4)
    assert alive(database) == []


def test_what_was_asked_about_is_undone_and_not_what_was_done_since(
    database: Store, act: NewAct
) -> None:
    with database.write(act("Quatre personnes")) as session:
        for number in range(4):
            session.add(Person(number=f"P-{number:05}", given_name="Zoé"))
    with pytest.raises(AskFirstError) as asked, database.write(act()) as session:
        undo_last(session, ANNE)
    make_person(database, act("Nouvelle personne"))
    with database.write(act()) as session:
        assert undo(session, asked.value.command_id).label == "Quatre personnes"
    assert len(alive(database)) == 1


def test_what_is_named_is_done_again_and_not_what_was_undone_since(
    database: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"))
    city, phone = act("La ville"), act("Le téléphone")
    change(database, city, person, city="Pessac")
    change(database, phone, person, phone="06 39 98 00 01")
    for command in (phone, city):
        with database.write(act()) as session:
            undo(session, command.command_id)
    with database.write(act()) as session:
        assert redo(session, phone.command_id).label == "Le téléphone"
    found = person_of(database, person)
    assert (found.city, found.phone) == (None, "06 39 98 00 01")
    with pytest.raises(UserError, match="n’est plus annulé"), database.write(act()) as session:
        redo(session, phone.command_id)


def test_an_edit_of_somebody_deleted_since_is_not_undone(
    database: Store, colleague: Store, act: NewAct
) -> None:
    first, second = (make_person(database, act("Nouvelle"), city="Talence") for _ in range(2))
    edit = act("Les villes")
    with database.write(edit) as session:
        for person_id in (first, second):
            session.get_one(Person, person_id).city = "Pessac"
    change(colleague, act("Personne supprimée", author=BRUNO), second, deleted_at=utc_now())
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        undo(session, edit.command_id)
    assert f"supprimée depuis par {BRUNO} (« Personne supprimée »)" in refused.value.what
    assert "Annulez d’abord cette suppression" in refused.value.todo
    assert person_of(database, first).city == "Pessac"
    found = person_of(database, second)
    assert (found.city, found.deleted_at is None) == ("Pessac", False)


def test_a_refused_redoing_says_that_it_cannot_be_done_again(
    database: Store, colleague: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle personne"))
    change(database, act("La ville"), person, city="Pessac")
    with database.write(act()) as session:
        undo_last(session, ANNE)
    change(colleague, act("Supprimer", author=BRUNO), person, deleted_at=utc_now())
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        redo_last(session, ANNE)
    assert refused.value.what.startswith("« La ville » ne peut plus être rétabli : ")
    assert "annulé" not in refused.value.what


def test_the_way_out_of_an_act_with_legal_effect_is_one_that_is_open(
    database: Store, act: NewAct
) -> None:
    def advice() -> str:
        asked = pytest.raises(UserError, match="effet légal")
        with asked as refused, database.write(act()) as session:
            undo_last(session, ANNE)
        return refused.value.todo

    with database.write(act("Brouillon")) as session:
        placement = drafted(session, furnish(session))
    with database.write(act("Convention émise")) as session:
        placements.issue(session, IssuePlacement(placement, TODAY, "Semaine courte"))
    assert "« Modifier »" in advice()
    with database.write(act("Signature")) as session:
        placements.sign(session, SignPlacement(placement, Party.HOST, TODAY, TODAY))
    assert "Décochez la signature" in advice()
    with database.write(act("Convention annulée")) as session:
        placements.withdraw(session, WithdrawPlacement(placement, "Fermeture", TODAY))
    assert "Modifier" not in advice()
    assert "nouvelle immersion" in advice()


def test_undoing_what_is_about_somebody_else_than_the_one_in_sight_asks_first(
    database: Store, act: NewAct
) -> None:
    person = make_person(database, act("Nouvelle"), family_name="Diallo")
    other = make_person(database, act("Nouveau"), family_name="Roux")
    with database.write(act("Note ajoutée")) as session:
        session.add(Note(person_id=person, on=DAY, text="Va mieux."))
    with pytest.raises(AskFirstError) as asked, database.write(act()) as session:
        undo_last(session, ANNE, other)
    told = "Votre dernier acte n’est pas sur cette page : Note ajoutée · Zoé Diallo."
    assert asked.value.what == told
    with database.write(act()) as session:
        step = undo_last(session, ANNE, person)
    assert step is not None and step.label == "Note ajoutée"


def test_an_undone_act_tells_whom_it_is_about(database: Store, act: NewAct) -> None:
    person = make_person(database, act("Nouvelle"), family_name="Diallo")
    with database.write(act("Note ajoutée")) as session:
        session.add(Note(person_id=person, on=DAY, text="Va mieux."))
    with database.write(act()) as session:
        step = undo_last(session, ANNE)
    assert step is not None and step.text == "Note ajoutée · Zoé Diallo"


def test_an_undone_act_tells_whom_it_is_about_however_far_they_are(
    database: Store, act: NewAct
) -> None:
    with database.write(act("Brouillon")) as session:
        placement = drafted(session, furnish(session))
    with database.write(act("Accident déclaré")) as session:
        accident = make.put(session, Accident(placement_id=placement, happened_at=utc_now()))
        session.add(AccidentInjury(accident_id=accident, seat="Main"))
    with database.write(act()) as session:
        step = undo_last(session, ANNE)
    assert step is not None and step.text == "Accident déclaré · Aïssatou Diallo"


def test_somebody_without_a_family_name_is_told_by_the_first_one(
    database: Store, act: NewAct
) -> None:
    make_person(database, act("Nouvelle personne"))
    with database.write(act()) as session:
        step = undo_last(session, ANNE)
    assert step is not None and step.text == "Nouvelle personne · Zoé"
