"""Two files of one person made one, and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.attachments import NewFile, Subject
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.merging import MergePeople, MergeView, Side
from connexion_desktop.usecases import attachments, drafts, duplicates, merging, undo
from connexion_desktop.usecases.merge_view import UNDER_WAY

from .. import factories as make
from ..factories import START, TODAY, days

Acts = Callable[..., Act]


class Two:
    """Two files, compared and merged."""

    def __init__(self, database: Database, act: Acts) -> None:
        self.database, self._act = database, act
        with database.write(act("Nouvelles personnes")) as session:
            self.older = make.person(session, "Nurlan", "Akhmetov")
            self.newer = make.person(session, "Nurlan", "Akhmetov")

    def put(self, *rows: m.Row) -> None:
        with self.database.write(self._act("Saisie")) as session:
            session.add_all(rows)

    def set(self, person_id: UUID, **values: object) -> None:
        with self.database.write(self._act("Saisie")) as session:
            person = session.get_one(m.Person, person_id)
            for name, value in values.items():
                setattr(person, name, value)

    def view(self) -> MergeView:
        with self.database.read() as session:
            return merging.compare(session, self.newer, self.older, TODAY)

    def merge(self, view: MergeView | None = None, **sides: Side) -> Act:
        done = self._act("Fusion de deux fiches")
        shown = view or self.view()
        chosen = {key.replace("__", "."): side for key, side in sides.items()}
        with self.database.write(done) as session:
            merging.merge(session, MergePeople(shown, TODAY, chosen))
        return done

    def undo(self) -> None:
        with self.database.write(self._act("Annulation")) as session:
            undo.undo_last(session, self._act().author)

    def person(self) -> m.Person:
        with self.database.read() as session:
            return session.get_one(m.Person, self.older)

    def alive(self, model: type[m.Row]) -> list[m.Row]:
        with self.database.read() as session:
            rows = sa.select(model).where(model.deleted_at.is_(None)).order_by(model.id)
            return list(session.scalars(rows))

    def difference(self, label: str) -> tuple[str, str, Side]:
        (found,) = [each for each in self.view().differences if each.label == label]
        return found.kept, found.other, found.proposed


@pytest.fixture
def two(database: Database, act: Acts) -> Two:
    return Two(database, act)


def test_the_older_file_is_kept_whichever_is_named_first(two: Two) -> None:
    view = two.view()
    assert (view.kept.id, view.other.id) == (two.older, two.newer)


def test_two_files_that_agree_ask_nothing(two: Two) -> None:
    assert two.view().differences == ()
    assert ("Prénom", "Nurlan") in [(known.label, known.value) for known in two.view().known]


def test_what_only_one_file_knows_is_taken_unasked(two: Two) -> None:
    two.set(two.newer, city="Lormont", native_name="Нурлан")
    two.merge()
    assert (two.person().city, two.person().native_name) == ("Lormont", "Нурлан")


def test_the_more_precise_birth_date_is_proposed_with_its_precision(two: Two) -> None:
    two.set(two.older, birth_date=TODAY.replace(1991, 1, 1), birth_precision="year")
    two.set(two.newer, birth_date=TODAY.replace(1991, 3, 4))
    assert two.difference("Date de naissance") == ("1991", "04/03/1991", Side.OTHER)
    two.merge()
    assert (two.person().birth_date, two.person().birth_precision) == (
        TODAY.replace(1991, 3, 4),
        "day",
    )


def test_a_chosen_value_wins_over_the_proposal(two: Two) -> None:
    two.set(two.older, city="Bègles")
    two.set(two.newer, city="Cenon")
    assert two.difference("Ville") == ("Bègles", "Cenon", Side.KEPT)
    two.merge(person__city=Side.OTHER)
    assert two.person().city == "Cenon"


def test_a_name_in_another_alphabet_is_kept_beside_the_latin_one(two: Two) -> None:
    two.set(two.older, given_name="Нурлан", family_name="Ахметов")
    assert two.difference("Prénom") == ("Нурлан", "Nurlan", Side.OTHER)
    two.merge()
    found = two.person()
    assert (found.given_name, found.family_name) == ("Nurlan", "Akhmetov")
    assert found.native_name == "Нурлан Ахметов"


def test_two_phones_are_both_kept(two: Two) -> None:
    two.set(two.older, phone="06 39 98 00 11")
    two.set(two.newer, phone="06 39 98 00 12")
    two.merge()
    assert (two.person().phone, two.person().other_phone) == ("06 39 98 00 11", "06 39 98 00 12")


def test_the_same_two_phones_in_another_order_are_both_kept(two: Two) -> None:
    two.set(two.older, phone="06 39 98 00 11", other_phone="06 39 98 00 12")
    two.set(two.newer, phone="+33639980012", other_phone="06 39 98 00 11")
    assert len(two.view().differences) == 1
    two.merge()
    assert (two.person().phone, two.person().other_phone) == ("06 39 98 00 11", "+33639980012")


def test_of_three_phones_two_are_chosen(two: Two) -> None:
    two.set(two.older, phone="06 39 98 00 11", other_phone="06 39 98 00 13")
    two.set(two.newer, phone="06 39 98 00 12")
    assert two.difference("Téléphone")[2] is Side.KEPT
    assert two.view().differences[0].joins == ""


def test_one_phone_written_twice_is_no_difference(two: Two) -> None:
    two.set(two.older, phone="06 39 98 00 11")
    two.set(two.newer, phone="+33639980011")
    assert two.view().differences == ()


def test_two_long_texts_may_stand_one_below_the_other(two: Two) -> None:
    for person_id, text in ((two.older, "Pas de port de charges."), (two.newer, "Assis.")):
        two.put(m.PersonHealth(person_id=person_id, work_impact=text))
    (found,) = two.view().differences
    assert (found.joins, found.proposed) == ("Les deux, l’un sous l’autre", Side.BOTH)
    done = MergePeople(two.view(), TODAY, {found.key: Side.BOTH})
    with two.database.write(two._act()) as session:
        merging.merge(session, done)
    (health,) = two.alive(m.PersonHealth)
    assert isinstance(health, m.PersonHealth)
    assert health.work_impact == "Pas de port de charges.\n\nAssis."
    assert health.person_id == two.older


def test_a_long_text_that_holds_the_other_is_proposed_alone(two: Two) -> None:
    for person_id, text in ((two.older, "Pas de charges."), (two.newer, "Pas de charges. Assis.")):
        two.put(m.PersonHealth(person_id=person_id, work_impact=text))
    assert two.view().differences[0].proposed is Side.OTHER


def test_a_document_that_both_files_hold_is_kept_once_with_its_kind(two: Two) -> None:
    scan = NewFile("scan.pdf", b"%PDF-1.7 un titre", Media.PDF)
    with two.database.write(two._act("Fichiers joints")) as session:
        attachments.attach(session, Subject("person", two.older), [scan])
        (told,) = attachments.attach(
            session, Subject("person", two.newer), [replace(scan, name="copie.pdf", kind="cv")]
        ).ids
        make.put(
            session,
            m.Document(person_id=two.newer, kind="cv", state="received", attachment_id=told),
        )
    two.merge()
    (file,) = two.alive(m.Attachment)
    (paper,) = two.alive(m.Document)
    assert isinstance(file, m.Attachment)
    assert isinstance(paper, m.Document)
    assert (file.subject_id, file.kind, paper.attachment_id) == (two.older, "cv", file.id)
    two.undo()
    assert len(two.alive(m.Attachment)) == 2


def test_both_may_have_a_loan_and_nothing_is_lost(two: Two) -> None:
    with two.database.write(two._act()) as session:
        make.laptop(session, two.older, "PC-012")
        make.laptop(session, two.newer, "PC-031")
    assert [caution.text for caution in two.view().cautions] == [
        "Deux prêts en cours : PC-012 et PC-031. Les deux restent, au nom de la même personne."
    ]
    two.merge()
    assert [loan.person_id for loan in two.alive(m.Loan)] == [two.older, two.older]  # type: ignore[attr-defined]


def test_two_certain_birth_dates_that_differ_are_a_grave_warning(two: Two) -> None:
    two.set(two.older, birth_date=TODAY.replace(1991, 3, 12))
    two.set(two.newer, birth_date=TODAY.replace(1988, 7, 4))
    (caution,) = two.view().cautions
    assert caution.grave
    assert caution.text.startswith("Deux dates de naissance différentes : 12/03/1991 et 04/07/1988")


def test_a_year_of_birth_that_holds_the_day_is_no_warning_another_is(two: Two) -> None:
    two.set(two.older, birth_date=TODAY.replace(1988, 1, 1), birth_precision="year")
    two.set(two.newer, birth_date=TODAY.replace(1988, 7, 4))
    assert two.view().cautions == ()
    two.set(two.older, birth_date=TODAY.replace(1991, 1, 1))
    assert two.view().cautions[0].grave
    assert two.difference("Date de naissance")[2] is Side.KEPT


def test_of_two_journeys_under_way_the_one_not_chosen_ends_today(two: Two) -> None:
    with two.database.write(two._act()) as session:
        first = make.journey(session, two.older, make.cohort(session))
        second = make.journey(
            session, two.newer, make.cohort(session, "Talence · avril 2026"), days(-10)
        )
    assert two.difference("Groupe où le parcours continue")[2] is Side.OTHER
    view = two.view()
    with two.database.write(two._act()) as session:
        merging.merge(session, MergePeople(view, TODAY, {UNDER_WAY: Side.KEPT}))
    left = {row.id: row.left_on for row in two.alive(m.Journey)}  # type: ignore[attr-defined]
    assert left == {first: None, second: TODAY}
    assert two.person().state == "in_group"


@pytest.mark.parametrize(("side", "left"), [(Side.OTHER, (30, None)), (Side.KEPT, (None, 30))])
def test_a_group_to_come_is_entered_or_given_up(
    two: Two, side: Side, left: tuple[int | None, int | None]
) -> None:
    with two.database.write(two._act()) as session:
        make.journey(session, two.older, make.cohort(session))
        later = make.cohort(session, "Talence · mai 2026", days(30))
        make.journey(session, two.newer, later, days(30))
    view = two.view()
    assert "au premier jour du suivant" in view.cautions[0].text
    two.merge(view, **{UNDER_WAY: side})
    ended = [row.left_on for row in two.alive(m.Journey)]  # type: ignore[attr-defined]
    assert ended == [None if day is None else days(day) for day in left]


def test_nobody_is_left_in_two_groups_by_reopening_one(two: Two) -> None:
    with two.database.write(two._act()) as session:
        group, later = make.cohort(session), make.cohort(session, "Talence · avril 2026")
        make.journey(session, two.older, group)
        make.journey(session, two.newer, group, left_on=days(-12))
        make.journey(session, two.newer, later, days(-10))
    view = two.view()
    (left,) = [each for each in view.differences if each.label == "Sortie du groupe"]
    assert (left.kept, left.other, left.proposed) == ("En cours", "09/04/2026", Side.OTHER)
    with pytest.raises(UserError, match="dans deux groupes à la fois"):
        two.merge(view, **{left.key: Side.KEPT})
    assert len(two.alive(m.Person)) == 2
    two.merge(view)
    assert two.person().state == "in_group"


def test_one_group_under_both_names_becomes_one_journey_with_all_its_presences(two: Two) -> None:
    with two.database.write(two._act()) as session:
        group = make.cohort(session)
        ours = make.journey(session, two.older, group)
        theirs = make.journey(session, two.newer, group, days(-36), activity="cuisine")
        make.mark(session, ours, days(-8), "P")
        absent = make.mark(session, theirs, days(-8), "A")
        make.put(session, m.AbsenceReason(attendance_id=absent, detail="garde d’enfants"))
        make.mark(session, theirs, days(-1), "P")
        make.action(session, two.newer, "Appeler la crèche")
        make.put(session, m.Milestone(journey_id=theirs, kind="cv", done_on=days(-3)))
    half = next(each for each in two.view().differences if each.section == "Présences")
    assert (half.label, half.kept) == ("lun. 13 avr. 2026, matin", "Présence")
    assert half.other == "Absence · garde d’enfants"
    with two.database.write(two._act()) as session:
        merging.merge(session, MergePeople(two.view(), TODAY, {half.key: Side.OTHER}))
    (journey,) = two.alive(m.Journey)
    assert isinstance(journey, m.Journey)
    assert (journey.id, journey.activity) == (ours, "cuisine")
    assert journey.entered_on == min(START, days(-36))
    marks = {(row.on, row.mark): row.journey_id for row in two.alive(m.Attendance)}  # type: ignore[attr-defined]
    assert marks == {(days(-8), "A"): ours, (days(-1), "P"): ours}
    (reason,) = two.alive(m.AbsenceReason)
    assert isinstance(reason, m.AbsenceReason) and reason.detail == "garde d’enfants"
    assert len(two.alive(m.Milestone)) == 1


def test_a_presence_kept_does_not_take_the_reason_of_the_absence_left(two: Two) -> None:
    with two.database.write(two._act()) as session:
        group = make.cohort(session)
        make.mark(session, make.journey(session, two.older, group), days(-8), "P")
        absent = make.mark(session, make.journey(session, two.newer, group), days(-8), "A")
        make.put(session, m.AbsenceReason(attendance_id=absent, detail="garde d’enfants"))
    two.merge()
    assert two.alive(m.AbsenceReason) == []


def test_who_came_back_to_a_group_keeps_both_journeys(two: Two) -> None:
    with two.database.write(two._act()) as session:
        group = make.cohort(session)
        make.journey(session, two.older, group, START, left_on=days(-20))
        make.journey(session, two.newer, group, days(-10))
    two.merge()
    assert len(two.alive(m.Journey)) == 2


def test_trades_considered_take_the_free_ranks_and_none_is_lost_unseen(two: Two) -> None:
    with two.database.write(two._act()) as session:
        group = make.cohort(session)
        ours, theirs = (make.journey(session, who, group) for who in (two.older, two.newer))
        for journey, labels in ((ours, ("Cuisinier", "Maçon")), (theirs, ("Maçon", "Soudeur"))):
            for rank, label in enumerate(labels, 1):
                make.put(session, m.ProjectChoice(journey_id=journey, rank=rank, label=label))
    two.merge()
    kept = {row.label: row.rank for row in two.alive(m.ProjectChoice)}  # type: ignore[attr-defined]
    assert kept == {"Cuisinier": 1, "Maçon": 2, "Soudeur": 3}


def test_two_immersions_that_overlap_are_told(two: Two) -> None:
    with two.database.write(two._act()) as session:
        make.placement(session, two.older, "draft", days(1), days(10))
        make.placement(session, two.newer, "draft", days(8), days(20))
    assert [caution.text for caution in two.view().cautions] == [
        "Deux immersions se chevauchent, du 29 avril au 1er mai 2026."
    ]


def test_a_file_that_changed_since_it_was_shown_is_not_merged(two: Two) -> None:
    view = two.view()
    two.set(two.newer, city="Cenon")
    with pytest.raises(UserError, match="a changé depuis"):
        two.merge(view)
    assert len(two.alive(m.Person)) == 2


def test_the_same_file_twice_is_refused(two: Two) -> None:
    with two.database.read() as session, pytest.raises(UserError, match="même fiche"):
        merging.compare(session, two.older, two.older, TODAY)


def test_a_file_already_merged_is_refused(two: Two) -> None:
    view = two.view()
    two.merge()
    with pytest.raises(UserError, match="n’est plus dans la base"):
        two.merge(view)


def test_the_former_number_leads_to_the_file_kept_even_through_two_merges(two: Two) -> None:
    with two.database.read() as session:
        lost = (
            session.get_one(m.Person, two.older).number,
            session.get_one(m.Person, two.newer).number,
        )
    two.merge()
    with two.database.write(two._act()) as session:
        oldest = make.put(session, m.Person(number="P-0", given_name="Nurlan"))
        view = merging.compare(session, two.older, oldest, TODAY)
    two.merge(view)
    with two.database.read() as session:
        assert sorted(duplicates.former_numbers(session)[oldest]) == sorted(lost)


def test_a_merge_is_not_undone_once_what_it_changed_was_changed_again(two: Two) -> None:
    two.set(two.newer, city="Cenon")
    two.merge()
    two.set(two.older, city="Lormont")
    with (
        pytest.raises(UserError, match="modifié depuis par vous"),
        two.database.write(two._act("Annulation")) as session,
    ):
        merged = session.scalar(
            sa.select(m.DoneCommand.command_id).where(m.DoneCommand.label.startswith("Fusion"))
        )
        assert merged is not None
        undo.undo(session, merged)


def test_what_was_being_written_about_the_other_file_follows(two: Two) -> None:
    with two.database.scratch() as session:
        drafts.keep(session, "Anne", f"person.{two.older}.write", "\nVue hier.")
        drafts.keep(session, "Anne", f"person.{two.newer}.write", "note\nElle rappelle.")
        drafts.keep(session, "Anne", f"person.{two.newer}.fields", "{}")
    two.merge()
    with two.database.read() as session:
        text = drafts.take(session, "Anne", f"person.{two.older}.write")
        assert text == "\nVue hier.\n\nElle rappelle."
        assert drafts.take(session, "Anne", f"person.{two.older}.fields") == "{}"
        assert drafts.people(session, "Anne") == {two.older}
