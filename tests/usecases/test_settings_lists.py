"""The reference lists, edited safely: what served is retired, and keeps its words where it did."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.data import models as m
from connexion_desktop.data import seed
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.attachments import NewFile, Subject
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.person_commands import FamilyEdit
from connexion_desktop.domain.reference_lists import (
    FAMILIES,
    LISTS,
    AddLine,
    EditLine,
    ListLine,
    code_for,
)
from connexion_desktop.usecases import (
    attachments,
    group_reads,
    groups,
    people,
    person_details,
    person_file,
    person_side,
    reference_lists,
    undo,
)
from tests.factories import TODAY, cohort, participant, person, placement, put


def line(database: Database, name: str, label: str) -> ListLine:
    with database.read() as session:
        lines = reference_lists.load(session, name).lines
    return next(each for each in lines if each.label == label)


def labels(database: Database, name: str) -> list[str]:
    with database.read() as session:
        return [each.label for each in reference_lists.load(session, name).lines]


@pytest.fixture
def aissatou(database: Database, act: Callable[..., Act]) -> tuple[UUID, UUID]:
    """Somebody in a group, in « Cuisine », found in the street."""
    with database.write(act()) as session:
        who, journey = participant(session, cohort(session))
        session.get_one(m.Journey, journey).activity = "cuisine"
        session.get_one(m.Person, who).channel = "rue"
    return who, journey


@pytest.mark.file_alone("the server's team has roles")
@pytest.mark.parametrize("name", [spec.name for spec in LISTS])
def test_each_list_offered_is_read_with_its_lines(database: Database, name: str) -> None:
    with database.read() as session:
        found = reference_lists.load(session, name)
    assert found.lines
    assert all(each.label and each.used == 0 for each in found.lines)


def test_a_line_says_where_and_how_many_times_it_is_used(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    with database.write(act()) as session:
        group = session.scalars(sa.select(m.Cohort.id)).one()
        put(session, m.CohortActivity(cohort_id=group, activity="cuisine"))
    uses = line(database, "activity", "Cuisine").uses
    assert {(use.table, use.count) for use in uses} == {("journey", 1), ("cohort_activity", 1)}


def test_a_code_in_use_is_not_deleted_and_the_refusal_says_how_often(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    cuisine = line(database, "activity", "Cuisine")
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        reference_lists.delete(session, "activity", cuisine.id)
    assert refused.value.what == "« Cuisine » sert encore : 1 parcours."
    assert "Retirez" in refused.value.todo
    assert "Cuisine" in labels(database, "activity")


def test_a_kind_of_paper_that_a_file_has_is_not_deleted(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    with database.write(act("Fichier joint")) as session:
        cv = NewFile("CV.pdf", b"%PDF-1.7", Media.PDF)
        attachments.attach(session, Subject("person", aissatou[0]), [cv])
    kind = line(database, "paper", "CV")
    assert kind.used == 1
    with pytest.raises(UserError) as refused, database.write(act()) as session:
        reference_lists.delete(session, "paper", kind.id)
    assert refused.value.what == "« CV » sert encore : 1 fichier joint."


def test_a_code_that_a_deleted_record_quotes_is_not_deleted(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    with database.write(act()) as session:
        session.get_one(m.Journey, aissatou[1]).deleted_at = m.utc_now()
    cuisine = line(database, "activity", "Cuisine")
    assert cuisine.used == 0
    with pytest.raises(UserError, match="a servi"), database.write(act()) as session:
        reference_lists.delete(session, "activity", cuisine.id)


def test_a_code_that_only_the_history_quotes_is_not_deleted(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    with database.write(act("Canal")) as session:
        session.get_one(m.Person, aissatou[0]).channel = "banque_alimentaire"
    with database.write(act("Canal encore")) as session:
        session.get_one(m.Person, aissatou[0]).channel = "rue"
    once = line(database, "channel", "Banque alimentaire")
    with pytest.raises(UserError, match="l’historique"), database.write(act()) as session:
        reference_lists.delete(session, "channel", once.id)


def test_a_family_that_only_the_history_quotes_is_not_deleted(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    welding = AddLine(uuid4(), FAMILIES, "Soudure")
    with database.write(act("Filière")) as session:
        reference_lists.add(session, welding)
        draft = placement(session, aissatou[0], "draft", None, None)
    with database.write(act("Filière choisie")) as session:
        session.get_one(m.Placement, draft).family_id = welding.id
    with database.write(act("Filière retirée")) as session:
        session.get_one(m.Placement, draft).family_id = None
    assert line(database, FAMILIES, "Soudure").used == 0
    with pytest.raises(UserError, match="l’historique"), database.write(act()) as session:
        reference_lists.delete(session, FAMILIES, welding.id)


def test_a_line_that_never_served_is_deleted_and_ctrl_z_brings_it_back(
    database: Database, act: Callable[..., Act]
) -> None:
    theatre = line(database, "activity", "Théâtre d’improvisation")
    with database.write(act("Ligne supprimée")) as session:
        reference_lists.delete(session, "activity", theatre.id)
    assert theatre.label not in labels(database, "activity")
    with database.write(act("Annuler")) as session:
        undo.undo_last(session, act().author)
    assert theatre.label in labels(database, "activity")


def test_a_retired_line_stays_where_it_was_used_and_is_offered_no_more(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    street = line(database, "channel", "Rue")
    with database.write(act()) as session:
        other = person(session, "Koffi", "N’Guessan")
        reference_lists.retire(session, "channel", street.id, TODAY)
    with database.read() as session:
        hers = person_details.load(session, aissatou[0]).choices["channel"]
        his = person_details.load(session, other).choices["channel"]
    assert ("rue", "Rue") in hers
    assert ("rue", "Rue") not in his
    assert line(database, "channel", "Rue").state.startswith("retiré le ")
    with database.write(act()) as session:
        reference_lists.retire(session, "channel", street.id, None)
    with database.read() as session:
        assert ("rue", "Rue") in person_details.load(session, other).choices["channel"]


def test_retired_ways_to_leave_and_reasons_are_offered_no_more(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    with database.write(act()) as session:
        for name in ("exit", "refusal", "absence_reason"):
            first = reference_lists.load(session, name).lines[0]
            reference_lists.retire(session, name, first.id, TODAY)
            session.flush()
            offered: dict[str, Callable[[], list[str]]] = {
                "exit": lambda: [label for _, label in groups.exits(session)],
                "refusal": lambda: [label for _, label in people.refusals(session)],
                "absence_reason": lambda: [
                    reason.label for reason in person_file.load(session, aissatou[0], TODAY).reasons
                ],
            }
            assert offered[name]()
            assert first.label not in offered[name]()


def test_a_retired_obstacle_stays_where_it_was_assessed(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    with database.write(act()) as session:
        put(
            session,
            m.ObstacleLevel(journey_id=aissatou[1], theme="logement", level=4, on=TODAY),
        )
        for label in ("Logement", "Santé"):
            lines = reference_lists.load(session, "obstacle").lines
            found = next(each for each in lines if each.label == label)
            reference_lists.retire(session, "obstacle", found.id, TODAY)
    with database.read() as session:
        themes = {row.theme for row in person_side.obstacles(session, aissatou[1])}
    assert "logement" in themes
    assert "sante" not in themes


def test_a_retired_family_keeps_its_name_in_the_choices_made(
    database: Database, act: Callable[..., Act], aissatou: tuple[UUID, UUID]
) -> None:
    industry = line(database, FAMILIES, "Industrie")
    with database.write(act()) as session:
        person_side.set_family(
            session,
            FamilyEdit(aissatou[1], industry.id, None, discovered=False, interest=0, on=TODAY),
        )
    assert line(database, FAMILIES, "Industrie").used == 1
    with database.write(act()) as session:
        reference_lists.retire(session, FAMILIES, industry.id, TODAY)
    with database.read() as session:
        rows = person_side.families(session, aissatou[1])
    assert [row.label for row in rows if row.choice_id is not None] == ["Industrie"]
    assert "Industrie" not in [row.label for row in rows if row.choice_id is None]
    with pytest.raises(UserError, match="1 choix de filière"), database.write(act()) as session:
        reference_lists.delete(session, FAMILIES, industry.id)


@pytest.mark.file_alone("the lists of a server come with its upgrade")
def test_new_words_are_those_shown_and_survive_an_update_of_the_shipped_lists(
    database: Database, act: Callable[..., Act]
) -> None:
    sport = line(database, "activity", "Sport (remise en forme)")
    with database.write(act()) as session:
        for column, value in (("label", "Sport doux"), ("short", "Doux")):
            reference_lists.edit(session, EditLine("activity", sport.id, column, value))
        reference_lists.delete(
            session, "activity", reference_lists.load(session, "activity").lines[-1].id
        )
    before = labels(database, "activity")
    with database.bulk() as session:
        session.execute(sa.update(m.BaseInfo).values(reference_digest="ancien"))
    seed.refresh_if_new(database)
    assert labels(database, "activity") == before
    with database.read() as session:
        assert group_reads.words(session, ("activity",))["activity", "sport"] == "Doux"


def test_a_line_moves_up_and_down_and_no_further_than_the_list(
    database: Database, act: Callable[..., Act]
) -> None:
    before = labels(database, "exit")
    moved = line(database, "exit", before[2])
    with database.write(act("Ordre")) as session:
        reference_lists.move(session, "exit", moved.id, -1)
    assert labels(database, "exit") == [before[0], before[2], before[1], *before[3:]]
    with database.write(act("Ordre encore")) as session:
        reference_lists.move(session, "exit", moved.id, -100)
    assert labels(database, "exit")[0] == before[2]
    with database.write(act("Annuler")) as session:
        undo.undo_last(session, act().author)
    assert labels(database, "exit")[1] == before[2]


def test_a_new_line_comes_last_with_a_code_of_its_own(
    database: Database, act: Callable[..., Act]
) -> None:
    with database.write(act()) as session:
        reference_lists.add(session, AddLine(uuid4(), "activity", "  Atelier   vélo "))
        reference_lists.add(session, AddLine(uuid4(), FAMILIES, "Métiers d’art"))
    assert labels(database, "activity")[-1] == "Atelier vélo"
    assert line(database, "activity", "Atelier vélo").code == "atelier_velo"
    assert labels(database, FAMILIES)[-1] == "Métiers d’art"


def test_a_deleted_code_is_never_given_again(database: Database, act: Callable[..., Act]) -> None:
    for _ in range(2):
        with database.write(act()) as session:
            reference_lists.add(session, AddLine(uuid4(), "activity", "Couture"))
        found = line(database, "activity", "Couture")
        with database.write(act()) as session:
            reference_lists.delete(session, "activity", found.id)
    assert found.code == "couture_2"


@pytest.mark.parametrize(
    ("label", "why"), [("", "vide"), (" cuisine ", "déjà"), ("a" * 121, "120")]
)
def test_words_that_cannot_be_are_refused(
    database: Database, act: Callable[..., Act], label: str, why: str
) -> None:
    with pytest.raises(UserError, match=why), database.write(act()) as session:
        reference_lists.add(session, AddLine(uuid4(), "activity", label))


def test_an_obstacle_has_six_worded_levels_or_none(
    database: Database, act: Callable[..., Act]
) -> None:
    housing = line(database, "obstacle", "Logement")
    with pytest.raises(UserError, match="six lignes"), database.write(act()) as session:
        reference_lists.edit(session, EditLine("obstacle", housing.id, "levels", "Un\nDeux"))
    words = "\n".join(f"Niveau {rank}" for rank in range(6))
    with database.write(act()) as session:
        reference_lists.edit(session, EditLine("obstacle", housing.id, "levels", words))
    assert line(database, "obstacle", "Logement").values["levels"] == words


def test_the_lines_that_the_program_knows_are_neither_added_nor_taken_away(
    database: Database, act: Callable[..., Act]
) -> None:
    french = line(database, "nationality", "Française")
    refusals: tuple[Callable[[sa.orm.Session], object], ...] = (
        lambda s: reference_lists.delete(s, "nationality", french.id),
        lambda s: reference_lists.retire(s, "nationality", french.id, TODAY),
        lambda s: reference_lists.add(s, AddLine(uuid4(), "nationality", "Martienne")),
    )
    for refusal in refusals:
        with pytest.raises(UserError, match="s’appuie"), database.write(act()) as session:
            refusal(session)
    with database.write(act()) as session:
        reference_lists.edit(session, EditLine("nationality", french.id, "label", "Française (FR)"))
    assert "Française (FR)" in labels(database, "nationality")


def test_a_kind_of_seance_is_the_associations_but_those_that_the_program_knows(
    database: Database, act: Callable[..., Act]
) -> None:
    command = AddLine(uuid4(), "meeting_kind", "Atelier numérique")
    with database.write(act("Nouvelle ligne")) as session:
        reference_lists.add(session, command)
        reference_lists.retire(session, "meeting_kind", command.id, TODAY)
    visit = line(database, "meeting_kind", "Visite")
    refusals: tuple[Callable[[sa.orm.Session], object], ...] = (
        lambda s: reference_lists.retire(s, "meeting_kind", visit.id, TODAY),
        lambda s: reference_lists.delete(s, "meeting_kind", visit.id),
    )
    for refusal in refusals:
        with (
            pytest.raises(UserError, match="s’appuie sur cette ligne"),
            database.write(act("Essai")) as session,
        ):
            refusal(session)


def test_what_was_to_confirm_is_confirmed(database: Database, act: Callable[..., Act]) -> None:
    with database.read() as session:
        doubtful = next(
            each for each in reference_lists.load(session, FAMILIES).lines if each.to_confirm
        )
    assert doubtful.state == "à confirmer"
    with database.write(act()) as session:
        reference_lists.confirm(session, FAMILIES, doubtful.id)
    assert line(database, FAMILIES, doubtful.label).state == ""


@given(st.text(max_size=200), st.frozensets(st.sampled_from(["a", "b", "ligne", "ligne_2"])))
def test_a_code_is_made_of_any_words(label: str, taken: frozenset[str]) -> None:
    code = code_for(label, taken)
    assert code not in taken
    assert 0 < len(code) <= 40
    assert code.isascii()
    assert code.replace("_", "a").isalnum()
