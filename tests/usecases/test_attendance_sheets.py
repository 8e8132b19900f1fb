"""Attendance sheets on a real base: numbered once, a new edition only for what changed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.data.store import Store
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.attendance_paper import AttendancePaper, SheetRequest
from connexion_desktop.domain.board import BoardQuery, Presence
from connexion_desktop.domain.drawing_up import DrawUp
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.meetings import MeetingState, NewMeeting
from connexion_desktop.domain.person_commands import Half
from connexion_desktop.domain.presences import (
    MARK,
    AllPresent,
    CellKey,
    MarkCell,
    MarkCells,
    Slot,
)
from connexion_desktop.domain.signed_sheets import (
    GapKind,
    Sheets,
    SheetState,
    SignSheet,
    TellSignature,
)
from connexion_desktop.usecases import attendance_sheets, meetings, presences, programme
from connexion_desktop.usecases.undo import undo_last
from tests import factories as make
from tests.conftest import AUTHOR
from tests.factories import START, TODAY

NewAct = Callable[..., Act]
SECOND_WEEK = date(2026, 3, 16)


@pytest.fixture
def cohort(database: Store, act: NewAct) -> UUID:
    with database.bulk() as session:
        site = session.scalars(sa.select(m.Site.id).where(m.Site.code == "bordeaux")).one()
        cohort = make.cohort(session, site_id=site)
        for given in ("Awa", "Malik"):
            make.journey(session, make.person(session, given, "Diallo"), cohort)
    with database.write(act("Programme établi")) as session:
        programme.draw_up(session, DrawUp(cohort, None, START))
    return cohort


def sheet(
    database: Store, act: NewAct, cohort: UUID, request: SheetRequest, today: date = START
) -> AttendancePaper:
    with database.write(act("Feuille d’émargement")) as session:
        return attendance_sheets.make(session, BoardQuery(cohort, today), request)


def enter(database: Store, cohort: UUID, given: str) -> None:
    with database.bulk() as session:
        make.journey(session, make.person(session, given, "Traoré"), cohort)


def test_a_sheet_is_numbered_in_its_year_and_named_by_its_days(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    whole = sheet(database, act, cohort, SheetRequest())
    assert (whole.number, whole.edition, len(whole.days)) == (f"EM-{START.year}-0001", 1, 24)
    assert whole.title == "Émargement EM-2026-0001, du 9 mars au 27 mai 2026"
    assert [name.name for name in whole.pages[0].names] == ["Awa Diallo", "Malik Diallo"]


def test_asked_for_again_it_is_the_same_sheet(database: Store, act: NewAct, cohort: UUID) -> None:
    first = sheet(database, act, cohort, SheetRequest())
    assert sheet(database, act, cohort, SheetRequest(), TODAY) == first


def seen_first(database: Store, cohort: UUID, request: SheetRequest) -> AttendancePaper:
    with database.read() as session:
        return attendance_sheets.preview(session, BoardQuery(cohort, START), request)


def test_a_sheet_that_is_only_seen_takes_no_number(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    draft = seen_first(database, cohort, SheetRequest())
    assert (draft.number, draft.title) == ("", "Émargement, du 9 mars au 27 mai 2026")
    with database.read() as session:
        assert not session.scalars(sa.select(m.AttendanceSheet.id)).all()
    made = sheet(database, act, cohort, SheetRequest())
    assert made.number == "EM-2026-0001" and made.pages == draft.pages
    assert seen_first(database, cohort, SheetRequest()) == made, "what is known is seen as it is"
    enter(database, cohort, "Fatou")
    assert not seen_first(database, cohort, SheetRequest()).number


def test_somebody_new_makes_a_new_edition_under_the_same_number(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    first = sheet(database, act, cohort, SheetRequest())
    enter(database, cohort, "Fatou")
    second = sheet(database, act, cohort, SheetRequest(), TODAY)
    assert (second.number, second.edition, second.made_on) == (first.number, 2, TODAY)
    assert sheet(database, act, cohort, SheetRequest()) == second
    with database.read() as session:
        kept = session.scalars(sa.select(m.AttendanceSheet.edition)).all()
    assert sorted(kept) == [1, 2], "the outdated one is still known by its number and edition"


def test_an_edition_that_was_undone_is_never_the_number_of_another_paper(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    sheet(database, act, cohort, SheetRequest())
    enter(database, cohort, "Fatou")
    second = sheet(database, act, cohort, SheetRequest())
    with database.write(act("Annulation")) as session:
        assert undo_last(session, AUTHOR) is not None
    enter(database, cohort, "Mariam")
    third = sheet(database, act, cohort, SheetRequest())
    assert (third.number, third.edition) == (second.number, 3), "the second may be on paper"
    assert sheet(database, act, cohort, SheetRequest()) == third


def test_two_weeks_or_one_seance_are_sheets_of_their_own(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    whole = sheet(database, act, cohort, SheetRequest())
    weeks = sheet(database, act, cohort, SheetRequest(monday=SECOND_WEEK))
    with database.read() as session:
        shown = programme.load(session, BoardQuery(cohort, TODAY))
    alone = sheet(database, act, cohort, SheetRequest(meeting_id=shown.meetings[0].id))
    assert len({whole.number, weeks.number, alone.number}) == 3
    assert weeks.days == tuple(date(2026, 3, day) for day in (16, 17, 23, 24))
    assert [len(page.columns) for page in alone.pages] == [1]


def test_two_weeks_stay_the_same_sheet_where_a_seance_is_added_before_the_cycle(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    weeks = sheet(database, act, cohort, SheetRequest(monday=SECOND_WEEK))
    before = START - timedelta(weeks=1)
    new = NewMeeting(uuid4(), cohort, before, 540, 720, "atelier", "Accueil")
    with database.write(act("Séance ajoutée")) as session:
        meetings.add(session, new)
    assert sheet(database, act, cohort, SheetRequest(monday=SECOND_WEEK), TODAY) == weeks
    first = sheet(database, act, cohort, SheetRequest(monday=before))
    assert (first.number != weeks.number, first.edition) == (True, 1)
    (_, kept) = known(database, cohort).sheets
    assert kept.is_last, "the one that is out for signature is not told to be replaced"


def test_without_a_seance_or_anybody_it_is_refused_in_a_sentence(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with pytest.raises(UserError, match="Aucune séance n’est prévue ces jours-là"):
        sheet(database, act, cohort, SheetRequest(monday=date(2026, 9, 7)))
    with pytest.raises(UserError, match="Aucune séance"):
        sheet(database, act, cohort, SheetRequest(meeting_id=uuid4()))
    with database.bulk() as session:
        empty = make.cohort(session, "Un autre groupe")
    with database.write(act("Programme établi")) as session:
        programme.draw_up(session, DrawUp(empty, None, START))
    with pytest.raises(UserError, match="Personne n’est attendu"):
        sheet(database, act, empty, SheetRequest())
    with pytest.raises(UserError, match="n’est plus dans la base"):
        sheet(database, act, uuid4(), SheetRequest())
    with database.read() as session:
        assert not session.scalars(sa.select(m.AttendanceSheet)).all()


def test_a_seance_that_is_cancelled_leaves_the_sheet(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    with database.read() as session:
        shown = programme.load(session, BoardQuery(cohort, TODAY))
    first_day = [each.id for each in shown.meetings if each.on == START]
    with database.write(act("Séances annulées")) as session:
        for meeting in first_day:
            meetings.set_state(session, meeting, MeetingState.CANCELLED)
    assert START not in sheet(database, act, cohort, SheetRequest()).days


def known(database: Store, cohort: UUID, today: date = TODAY) -> Sheets:
    with database.read() as session:
        return attendance_sheets.known(session, BoardQuery(cohort, today))


def sign(database: Store, act: NewAct, sheet_id: UUID, on: date | None) -> None:
    command = SignSheet(sheet_id, on)
    with database.write(act(command.act)) as session:
        attendance_sheets.sign(session, command)


def mark_all(database: Store, act: NewAct, cohort: UUID, *slots: Slot) -> None:
    with database.write(act("Tous présents")) as session:
        presences.all_present(session, AllPresent(cohort, slots, TODAY))


def test_what_is_noted_without_a_signed_sheet_is_listed_until_it_comes_back(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    slot = Slot(START, Half.MORNING)
    assert known(database, cohort).told == "Aucune feuille imprimée"
    mark_all(database, act, cohort, slot)
    (gap,) = known(database, cohort).gaps
    assert (gap.slot, gap.told) == (slot, "2 présences saisies, pas de feuille signée")
    sheet(database, act, cohort, SheetRequest(monday=START))
    shown = known(database, cohort)
    assert shown.told == "1 feuille, 1 à récupérer · 1 demi-journée à vérifier"
    sign(database, act, shown.sheets[0].id, TODAY)
    shown = known(database, cohort)
    assert shown.sheets[0].state(TODAY) is SheetState.SIGNED
    assert {each.told for each in shown.gaps} == {"feuille signée, 2 présences à saisir"}
    assert slot not in {each.slot for each in shown.gaps}
    sign(database, act, shown.sheets[0].id, None)
    assert slot in {each.slot for each in known(database, cohort).gaps}


def test_an_outdated_sheet_that_was_signed_still_counts(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    mark_all(database, act, cohort, Slot(START, Half.MORNING))
    sheet(database, act, cohort, SheetRequest(monday=START))
    enter(database, cohort, "Fatou")
    sheet(database, act, cohort, SheetRequest(monday=START))
    new, old = known(database, cohort).sheets
    assert (new.paper.edition, old.state(TODAY)) == (2, SheetState.REPLACED)
    sign(database, act, old.id, TODAY)
    assert Slot(START, Half.MORNING) not in {
        each.slot for each in known(database, cohort).gaps if each.kind is GapKind.UNSIGNED
    }


def test_a_sheet_is_not_received_before_its_last_day_but_one_that_was_replaced(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    sheet(database, act, cohort, SheetRequest())
    (old,) = known(database, cohort).sheets
    with pytest.raises(UserError, match="mercredi 27 mai 2026 : elle n’est pas encore entière"):
        sign(database, act, old.id, TODAY)
    assert known(database, cohort).sheets[0].signed_on is None
    enter(database, cohort, "Fatou")
    sheet(database, act, cohort, SheetRequest(), TODAY)
    sign(database, act, old.id, TODAY)
    new, old = known(database, cohort).sheets
    assert (new.signed_on, old.signed_on) == (None, TODAY)
    last_day = new.paper.days[-1]
    sign(database, act, new.id, last_day)
    assert known(database, cohort).sheets[0].signed_on == last_day


def keys(database: Store, cohort: UUID, slot: Slot) -> dict[str, CellKey]:
    """Who is of the group, by given name, and what they sign of a half-day."""
    with database.read() as session:
        people = programme.load(session, BoardQuery(cohort, TODAY)).people
    return {each.name.split()[0]: CellKey(each.journey_id, slot) for each in people}


def tell(database: Store, act: NewAct, sheet_id: UUID, key: CellKey, *, is_there: bool) -> None:
    command = TellSignature(sheet_id, key, is_there)
    with database.write(act(command.act)) as session:
        attendance_sheets.tell_signature(session, command)


def told(database: Store, cohort: UUID, slot: Slot) -> list[tuple[str, str]]:
    """What is to be checked on a half-day: for whom, and what."""
    found = known(database, cohort).gaps
    return [(each.names, each.told) for each in found if each.slot == slot]


def test_a_signature_that_is_missing_is_told_for_one_person(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    slot = Slot(START, Half.MORNING)
    mark_all(database, act, cohort, slot)
    sheet(database, act, cohort, SheetRequest(monday=START))
    sheet_id = known(database, cohort).sheets[0].id
    awa = keys(database, cohort, slot)["Awa"]
    with pytest.raises(UserError, match="n’est pas revenue"):
        tell(database, act, sheet_id, awa, is_there=False)
    sign(database, act, sheet_id, TODAY)
    assert not told(database, cohort, slot)
    tell(database, act, sheet_id, awa, is_there=False)
    assert told(database, cohort, slot) == [("Awa Diallo", "présence saisie, signature manquante")]
    tell(database, act, sheet_id, awa, is_there=True)
    assert not told(database, cohort, slot)


def test_who_is_noted_away_needs_no_signature(database: Store, act: NewAct, cohort: UUID) -> None:
    slot = Slot(START, Half.MORNING)
    awa = keys(database, cohort, slot)["Awa"]
    with database.write(act("Absence notée")) as session:
        cell = MarkCell(awa, {MARK: Presence.ABSENT})
        presences.mark(session, MarkCells((cell,), TODAY))
    assert not told(database, cohort, slot)


def test_somebody_who_came_in_since_is_told_to_have_signed_a_free_line(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    slot = Slot(START, Half.MORNING)
    sheet(database, act, cohort, SheetRequest(monday=START))
    enter(database, cohort, "Fatou")
    mark_all(database, act, cohort, slot)
    sign(database, act, known(database, cohort).sheets[0].id, TODAY)
    unsigned = "présence saisie, pas de feuille signée"
    assert told(database, cohort, slot) == [("Fatou Traoré", unsigned)]
    (gap,) = (each for each in known(database, cohort).gaps if each.slot == slot)
    assert gap.sheet_id is not None
    fatou = keys(database, cohort, slot)["Fatou"]
    tell(database, act, gap.sheet_id, fatou, is_there=True)
    assert not told(database, cohort, slot)


def test_the_sheet_of_one_seance_signs_for_who_was_at_it_alone(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    slot = Slot(START, Half.MORNING)
    by_name = keys(database, cohort, slot)
    with database.write(act("Séances")) as session:
        shown = programme.load(session, BoardQuery(cohort, TODAY))
        for each in shown.meetings:
            if each.on == START:
                meetings.remove(session, each.id)
        for title, given in (("Cuisine", "Awa"), ("Podcast", "Malik")):
            who = (by_name[given].journey_id,)
            new = NewMeeting(uuid4(), cohort, START, 540, 720, "activite", title, people=who)
            meetings.add(session, new)
    mark_all(database, act, cohort, slot)
    with database.read() as session:
        shown = programme.load(session, BoardQuery(cohort, TODAY))
    (cuisine,) = (each.id for each in shown.meetings if each.title == "Cuisine")
    sheet(database, act, cohort, SheetRequest(meeting_id=cuisine))
    sign(database, act, known(database, cohort).sheets[0].id, TODAY)
    unsigned = "présence saisie, pas de feuille signée"
    assert told(database, cohort, slot) == [("Malik Diallo", unsigned)]


def test_a_sheet_printed_before_people_were_told_apart_signs_by_their_names(
    database: Store, act: NewAct, cohort: UUID
) -> None:
    slot = Slot(START, Half.MORNING)
    mark_all(database, act, cohort, slot)
    first = sheet(database, act, cohort, SheetRequest(monday=START))
    with database.bulk() as session:
        (row,) = session.scalars(sa.select(m.AttendanceSheet))
        content = copy.deepcopy(row.content)
        for page in content["pages"]:
            for name in page["names"]:
                del name["journey_id"]
        row.content = content
    assert sheet(database, act, cohort, SheetRequest(monday=START), TODAY) == first
    sign(database, act, known(database, cohort).sheets[0].id, TODAY)
    assert not told(database, cohort, slot)
