"""One person opened: header, band, feed, side; what is written, mended, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import numeric_day, short_imprecise
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.person_commands import (
    FamilyEdit,
    Half,
    NewAbsence,
    NewAction,
    NewInterview,
    NewNote,
    ObstacleEdit,
    ProjectEdit,
)
from connexion_desktop.domain.person_fields import EditField
from connexion_desktop.domain.person_file import (
    FEED_PAGE,
    FEED_WHOLE,
    EventStyle,
    FeedFilter,
    FeedItem,
    FeedKey,
    FeedKind,
    FeedQuery,
    Lane,
    PersonFile,
    PhaseKind,
    ProjectState,
    Tone,
    Written,
)
from connexion_desktop.usecases import (
    notes,
    person_details,
    person_feed,
    person_file,
    person_side,
    undo,
)
from connexion_desktop.usecases.person_feed_rows import union

from .. import factories as make
from ..factories import START, TODAY, days

Acting = Callable[..., Act]


@pytest.fixture
def aissatou(database: Database, act: Acting) -> tuple[UUID, UUID]:
    """(person, journey): Aïssatou, in the seventh week of the group of Bordeaux."""
    with database.write(act()) as session:
        group = make.cohort(session)
        who = make.person(
            session,
            civility="mme",
            birth_date=date(1991, 4, 3),
            phone="06 39 98 00 11",
            city="Bordeaux",
            postal_code="33300",
            french_oral="A2",
            met_on=date(2026, 1, 20),
        )
        return who, make.journey(session, who, group, activity="cuisine")


def opened(database: Database, person_id: UUID, today: date = TODAY) -> PersonFile:
    with database.read() as session:
        return person_file.load(session, person_id, today)


def lines(file: PersonFile) -> list[str]:
    return [told(item) for item in file.feed.items]


def told(item: FeedItem) -> str:
    return " · ".join(part for part in (item.title, item.state) if part)


def test_the_header_says_who_she_is_in_one_glance(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        make.laptop(session, who, "PC-004", days(90))
        make.action(session, who, "Appeler l’EHPAD", days(2))
        session.scalars(sa.select(m.Action)).one().due_minute = 14 * 60
    header = opened(database, who).header
    assert (header.name, header.initials, header.number[:2]) == ("Aïssatou Diallo", "AD", "P-")
    assert header.facts == (
        "35 ans",
        "06 39 98 00 11",
        "Bordeaux 33300",
        "français A2",
        "cuisine",
    )
    assert header.loans == ("PC-004",)
    assert header.next_date is not None
    assert (header.next_date.title, header.next_date.when) == (
        "Prochain rendez-vous",
        "jeudi 23 avril, 14 h",
    )


def test_somebody_deleted_is_told_plainly(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    with database.write(act()) as session:
        session.get_one(m.Person, aissatou[0]).deleted_at = m.utc_now()
    with pytest.raises(UserError, match="n’est plus dans la base"):
        opened(database, aissatou[0])


def test_somebody_only_met_has_a_page_too(database: Database, act: Acting) -> None:
    with database.write(act()) as session:
        who = make.person(session, "Inès", "Roy", met_on=days(-20))
        make.note(session, who, days(-3), "Rencontrée au parc.")
    file = opened(database, who)
    assert file.journey is None
    assert (file.project, file.obstacles, file.families) == ((), (), ())
    assert not file.band.phases
    assert file.band.first <= days(-20) <= TODAY <= file.band.last
    assert lines(file) == ["Note", "Rencontre"]


def test_the_band_carries_the_whole_year(database: Database, aissatou: tuple[UUID, UUID]) -> None:
    band = opened(database, aissatou[0]).band
    assert (band.first, band.last) == (date(2026, 1, 1), date(2027, 3, 31))
    assert [phase.kind for phase in band.phases] == list(PhaseKind)
    for earlier, later in zip(band.phases, band.phases[1:], strict=False):
        assert later.first == earlier.last + timedelta(days=1)
    assert band.phases[1].first == START
    assert [(mark.label, mark.on) for mark in band.marks] == [
        ("6 mois", date(2026, 9, 9)),
        ("12 mois", date(2027, 3, 9)),
    ]


def test_what_is_done_is_filled_and_what_is_planned_is_hollow(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        make.mark(session, journey, days(-8), "E")
        make.mark(session, journey, days(-7), "A")
        make.talk(session, who, days(-2))
        make.talk(session, who, days(9), state="planned")
        make.action(session, who, "CV à relire", days(3))
        make.action(session, who, "Relancer", days(-3))
        stay = make.placement(session, who, "draft", days(13), days(17), trade="Aide-soignante")
        for day in (days(13), days(15)):
            make.put(session, m.PlacementSlot(placement_id=stay, on=day, start=540, end=750))
        make.laptop(session, who, "PC-004", days(90))
        make.paper(session, who, "cv", "asked", asked_on=days(-1))
    events = opened(database, who).band.events
    styles = {(event.lane, event.on): event.style for event in events}
    assert styles == {
        (Lane.TALK, date(2026, 1, 20)): EventStyle.DONE,
        (Lane.GROUP, days(-8)): EventStyle.EXCUSED,
        (Lane.GROUP, days(-7)): EventStyle.MISSED,
        (Lane.TALK, days(-2)): EventStyle.DONE,
        (Lane.TALK, days(9)): EventStyle.PLANNED,
        (Lane.ACTION, days(3)): EventStyle.PLANNED,
        (Lane.ACTION, days(-3)): EventStyle.LATE,
        (Lane.PLACEMENT, days(13)): EventStyle.PLANNED,
        (Lane.EQUIPMENT, START): EventStyle.DONE,
        (Lane.PAPER, days(-1)): EventStyle.PLANNED,
    }
    event = next(event for event in events if event.lane is Lane.PLACEMENT)
    assert (event.until, event.caption) == (days(17), "aide-soignante, 7 h")


def test_an_absence_announced_is_still_to_come(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        make.mark(session, journey, days(-8), "E")
        make.mark(session, journey, days(6), "E")
    file = opened(database, who)
    absences = [event for event in file.band.events if event.style is EventStyle.EXCUSED]
    assert [(event.on, event.foretold) for event in absences] == [
        (days(-8), False),
        (days(6), True),
    ]
    planned = {item.on: item.planned for item in file.feed.items if item.title == "Absence"}
    assert planned == {days(-8): False, days(6): True}


def test_the_groups_days_to_come_are_on_the_band(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        group = session.get_one(m.Journey, journey).cohort_id
        for start, on in ((540, days(6)), (800, days(6)), (540, days(-1))):
            make.put(
                session,
                m.Meeting(
                    cohort_id=group, on=on, start=start, end=start + 180, kind="atelier", title="CV"
                ),
            )
    coming = [event for event in opened(database, who).band.events if event.key is None]
    assert [(event.on, event.style) for event in coming] == [(days(6), EventStyle.PLANNED)]


def test_an_exit_ends_the_phases_and_marks_the_band(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        session.get_one(m.Journey, journey).left_on = days(-1)
        make.put(session, m.JourneyExit(journey_id=journey, on=days(-1), exit="cdi"))
    file = opened(database, who)
    assert file.band.phases[-1].last == days(-1)
    assert file.band.marks[0].label == "sortie"
    assert lines(file)[0] == "Sortie du parcours · CDI"


def test_everything_that_happened_is_in_the_feed_newest_first(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        said = make.talk(session, who, days(-2), minutes=30, place="Bureau")
        make.put(session, m.TalkNote(interview_id=said, text="Veut confirmer le métier."))
        make.note(session, who, days(-5))
        mark = make.mark(session, journey, days(-8), "E")
        make.put(session, m.AbsenceReason(attendance_id=mark, reason="garde", detail="Par SMS."))
        make.mark(session, journey, days(-7), "P", "am")
        make.mark(session, journey, days(-7), "R", "pm")
        make.paper(session, who, "cv", "received", received_on=days(-9))
        make.put(session, m.Milestone(journey_id=journey, kind="cv", done_on=days(-10)))
        loan = make.laptop(session, who, "PC-004")
        session.get_one(m.Loan, loan).returned_on = days(-11)
        make.put(session, m.IntakeStep(person_id=who, kind="met", on=days(-90), place="Tram B"))
    assert lines(opened(database, who)) == [
        "Entretien, 30 min · Bureau",
        "Note",
        "Groupe",
        "Absence · excusée, garde d’enfants",
        "CV · reçue",
        "CV · jalon atteint",
        "Ordinateur PC-004 · de retour",
        "Ordinateur PC-004 · remis en prêt",
        "Entrée dans le groupe · Bordeaux · mars 2026",
        "Rencontre · Tram B",
    ]
    items = {told(item): item for item in opened(database, who).feed.items}
    assert items["Entretien, 30 min · Bureau"].text == "Veut confirmer le métier."
    assert items["Groupe"].text == "Présente matin et après-midi, retard l’après-midi."
    absence = items["Absence · excusée, garde d’enfants"]
    assert (absence.text, absence.tone) == ("Par SMS.", Tone.AMBER)


def test_the_first_contact_of_an_imported_person_is_told_as_it_is_known(
    database: Database, act: Acting
) -> None:
    with database.write(act()) as session:
        who = make.person(
            session,
            met_on=date(2026, 2, 1),
            met_precision="month",
            channel_detail="Restos du cœur",
        )
    file = opened(database, who)
    assert lines(file) == ["Rencontre · Restos du cœur"]
    assert short_imprecise(file.feed.items[0].when) == "févr. 2026"
    met = file.band.events[0]
    assert (met.on, met.style) == (date(2026, 2, 14), EventStyle.ABOUT)
    assert met.label == "févr. 2026 · Rencontre · Restos du cœur"


def test_an_open_action_says_when_it_is_due_and_a_late_one_in_red(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        make.action(session, who, "Appeler l’EHPAD", days(2))
        make.action(session, who, "Relancer la mairie", days(-4))
        make.action(session, who, "Un jour", None)
    file = opened(database, who)
    acts = {item.title: item.next_act for item in file.feed.items}
    coming, late = acts["Appeler l’EHPAD"], acts["Relancer la mairie"]
    assert coming is not None
    assert coming.label == "→ 23 avril"
    assert late is not None
    assert (late.label, late.tone) == ("en retard, 17 avril", Tone.RED)
    assert acts["Un jour"] is None
    assert "1 action en retard" in [alert.text for alert in file.header.alerts]


def test_the_feed_is_read_a_page_at_a_time(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        for number in range(130):
            make.note(session, who, days(-number), f"Note {number}")
    with database.read() as session:
        first = person_feed.load(session, FeedQuery(who, TODAY))
        more = person_feed.load(session, FeedQuery(who, TODAY, count=2 * FEED_PAGE))
        every = person_feed.load(session, FeedQuery(who, TODAY, count=FEED_WHOLE))
    assert (len(first.items), first.more) == (FEED_PAGE, True)
    assert more.items[:FEED_PAGE] == first.items
    assert (len(every.items), every.more) == (132, False)


def test_the_feed_is_narrowed_and_searched_without_minding_accents(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        make.note(session, who, days(-1), "La CRÈCHE de Bacalan a une place.")
        make.note(session, who, days(-2), "Va bien.")
        make.action(session, who, "Appeler la crèche", days(2))
        done = make.action(session, who, "Visiter la crèche")
        session.get_one(m.Action, done).done_on = days(-3)

    def found(narrow: FeedFilter = FeedFilter.ALL, search: str = "") -> list[str]:
        with database.read() as session:
            query = FeedQuery(who, TODAY, narrow=narrow, search=search)
            return [item.title for item in person_feed.load(session, query).items]

    assert found(FeedFilter.NOTES) == ["Note", "Note"]
    assert found(FeedFilter.TO_DO) == ["Appeler la crèche"]
    assert found(search="creche") == ["Note", "Visiter la crèche", "Appeler la crèche"]
    assert found(FeedFilter.ACTIONS, "creche appeler") == ["Appeler la crèche"]
    assert found(search="introuvable") == []


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


def test_an_absence_sets_the_marks_of_the_day_and_its_reason(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        make.mark(session, journey, days(-1), "P", "am")
        key = notes.add(session, NewAbsence(who, days(-1), None, True, "garde", "Par SMS."))
    assert key == FeedKey(FeedKind.ATTENDANCE, journey, days(-1))
    with database.read() as session:
        marks = session.execute(sa.select(m.Attendance.half, m.Attendance.mark)).all()
    assert sorted(marks) == [("am", "E"), ("pm", "E")]
    assert lines(opened(database, who))[0] == "Absence · excusée, garde d’enfants"


def test_an_absence_of_one_half_day_leaves_the_other(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        for half in ("am", "pm"):
            make.mark(session, journey, days(-1), "P", half)
        notes.add(session, NewAbsence(who, days(-1), Half.AFTERNOON, False))
    item = opened(database, who).feed.items[0]
    assert told(item) == "Absence · non excusée (après-midi)"
    assert (item.text, item.tone) == ("Présente le matin.", Tone.RED)


def test_an_absence_is_refused_on_a_filed_sheet_and_out_of_any_group(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        mark = make.mark(session, journey, days(-1), "P")
        session.get_one(m.Attendance, mark).locked_at = m.utc_now()
    for on, reason in ((days(-1), "feuille signée"), (days(-300), "aucun groupe")):
        with pytest.raises(UserError, match=reason), database.write(act()) as session:
            notes.add(session, NewAbsence(who, on, None, True))


def test_an_absence_is_moved_to_its_right_half_day_with_its_reason_and_undone(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewAbsence(who, days(-1), None, False))
    before = lines(opened(database, who))
    mending = act("Absence modifiée")
    with database.write(mending) as session:
        new = NewAbsence(who, days(-2), Half.MORNING, True, "garde", "Par SMS.")
        key = notes.correct(session, key, new)
    item = opened(database, who).feed.items[0]
    assert (item.key, told(item)) == (key, "Absence · excusée, garde d’enfants")
    assert (item.on, item.text) == (days(-2), "Par SMS.")
    with database.write(act()) as session:
        undo.undo(session, mending.command_id)
    assert lines(opened(database, who)) == before


def test_an_absence_of_the_morning_only_leaves_the_afternoon_unsaid(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewAbsence(who, days(-1), None, True, "sante"))
    with database.write(act()) as session:
        notes.correct(session, key, NewAbsence(who, days(-1), Half.MORNING, True, "sante"))
    item = opened(database, who).feed.items[0]
    assert item.written == Written(f"{numeric_day(days(-1))} matin, santé, excusée", "")


def test_an_absence_is_deleted_with_its_reason_then_comes_back(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou
    with database.write(act()) as session:
        key = notes.add(session, NewAbsence(who, days(-1), None, True, "sante", "Par SMS."))
    kept = opened(database, who).feed.items
    deletion = act("Absence supprimée")
    with database.write(deletion) as session:
        notes.delete(session, key)
    assert key not in [item.key for item in opened(database, who).feed.items]
    with pytest.raises(UserError, match="entre-temps"), database.write(act()) as session:
        notes.rewrite(session, key, "Trop tard")
    with database.write(act()) as session:
        undo.undo(session, deletion.command_id)
    assert opened(database, who).feed.items == kept


@pytest.mark.parametrize(("was", "late"), [("P", None), ("R", 20)])
def test_an_absence_deleted_gives_back_the_presence_it_took_the_place_of(
    database: Database,
    act: Acting,
    aissatou: tuple[UUID, UUID],
    was: str,
    late: int | None,
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        mark = make.mark(session, journey, days(-1), was, "am")
        session.get_one(m.Attendance, mark).late_minutes = late
    with database.write(act("Absence ajoutée")) as session:
        key = notes.add(session, NewAbsence(who, days(-1), None, False))
    with database.write(act("Absence modifiée")) as session:
        notes.correct(session, key, NewAbsence(who, days(-1), None, True, "sante"))
    with database.write(act("Absence supprimée")) as session:
        notes.delete(session, key)
    with database.read() as session:
        left = session.execute(
            sa.select(m.Attendance.half, m.Attendance.mark, m.Attendance.late_minutes).where(
                m.Attendance.deleted_at.is_(None)
            )
        ).all()
    assert [tuple(each) for each in left] == [("am", was, late)]


def test_an_absence_of_a_filed_sheet_is_neither_corrected_nor_deleted(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, journey = aissatou
    with database.write(act()) as session:
        mark = make.mark(session, journey, days(-1), "A")
        session.get_one(m.Attendance, mark).locked_at = m.utc_now()
    key = FeedKey(FeedKind.ATTENDANCE, journey, days(-1))
    with pytest.raises(UserError, match="feuille signée"), database.write(act()) as session:
        notes.delete(session, key)
    with pytest.raises(UserError, match="feuille signée"), database.write(act()) as session:
        notes.correct(session, key, NewAbsence(who, days(-2), None, False))


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


class Fields:
    """The fields of Aïssatou: read, and set one by one."""

    def __init__(self, database: Database, act: Acting, who: UUID) -> None:
        self.database, self.act, self.who = database, act, who

    def set(self, name: str, value: str | ImpreciseDate | None) -> None:
        with self.database.write(self.act()) as session:
            person_details.edit(session, EditField(self.who, name, value, TODAY))

    def values(self) -> dict[str, object]:
        with self.database.read() as session:
            return dict(person_details.load(session, self.who).values)


@pytest.fixture
def fields(database: Database, act: Acting, aissatou: tuple[UUID, UUID]) -> Fields:
    return Fields(database, act, aissatou[0])


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("person.phone", "0639980012", "06 39 98 00 12"),
        ("person.email", "a@example.org", "a@example.org"),
        ("person.postal_code", "33 300", "33300"),
        ("person.birth_date", ImpreciseDate(date(1990, 2, 1), Precision.MONTH), None),
        ("residence.permit_number", "9903", "9903"),
        ("emergency.name", "Fatou Diallo", "Fatou Diallo"),
        ("emergency.phone", "06 39 98 00 31", "06 39 98 00 31"),
        ("disability.aah", "yes", "yes"),
        ("disability.rqth", "pending", "pending"),
        ("situation.situation", "france_travail", "france_travail"),
        ("social.resources", "rsa", "rsa"),
        ("residence.permit_kind", "receipt", "receipt"),
        ("employer.phone", "05 36 49 00 01", "05 36 49 00 01"),
        ("employer.postal_code", "bt-12 34567", "BT-1234567"),
        ("employer.contract_suspended", "yes", "yes"),
        ("employer.contract_suspended", "no", "no"),
    ],
)
def test_each_field_saves_by_itself_and_empties(
    fields: Fields, name: str, typed: str | ImpreciseDate, kept: str | None
) -> None:
    fields.set(name, typed)
    assert fields.values()[name] == (typed if kept is None else kept)
    fields.set(name, None)
    assert fields.values()[name] == ("no" if name == "disability.aah" else None)


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("person.phone", "06 39 98", "Il manque des chiffres"),
        ("person.email", "chez elle", "nom@domaine"),
        ("person.postal_code", "333", "5 chiffres"),
        ("employer.siret", "12345678901234", "clé"),
        ("person.postal_code", "bt-12345678", "5 chiffres"),
        ("person.given_name", " ", "vide"),
        ("person.city", "x" * 121, "120 signes"),
        ("person.number", "P-00001", "ne se modifie pas"),
        ("person.association_id", "x", "ne se modifie pas"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_old_value_stays(
    fields: Fields, name: str, typed: str, reason: str
) -> None:
    before = fields.values()
    with pytest.raises(UserError, match=reason):
        fields.set(name, typed)
    assert fields.values() == before


def test_whether_the_contract_is_suspended_stays_unknown_until_somebody_says(
    fields: Fields,
) -> None:
    fields.set("employer.name", "Atelier des Aubiers")
    assert fields.values()["employer.contract_suspended"] is None


def test_a_doubtful_imported_value_is_mended_by_typing_the_right_one(
    database: Database, act: Acting, fields: Fields
) -> None:
    who = fields.who
    with database.write(act()) as session:
        make.put(
            session,
            m.DataFlag(
                table_name="person",
                row_id=who,
                field="birth_date",
                typed="12/13/1988",
                problem="Date impossible : il n’y a pas de mois 13.",
            ),
        )
    file = opened(database, who)
    assert "1 valeur à vérifier" in [alert.text for alert in file.header.alerts]
    assert "Valeur à vérifier · date de naissance, lue « 12/13/1988 »" in lines(file)
    with database.read() as session:
        flag = person_details.load(session, who).flags[0]
    assert (flag.name, flag.typed) == ("person.birth_date", "12/13/1988")
    fields.set("person.birth_date", ImpreciseDate(date(1988, 12, 13)))
    assert "1 valeur à vérifier" not in [
        alert.text for alert in opened(database, who).header.alerts
    ]
    with database.read() as session:
        assert person_details.load(session, who).flags == ()


def test_opening_a_person_goes_by_indexes_only(
    database: Database, aissatou: tuple[UUID, UUID]
) -> None:
    """On 100,000 people no table of people may be read from end to end."""
    with database.read() as session:
        steps = _plan(session, aissatou[0])
    scans = [step for step in steps if step.startswith("SCAN")]
    allowed = ("CONSTANT ROW", "subjects", "feed", "anon")
    assert all(any(name in step for name in allowed) for step in scans), scans


def _plan(session: Session, person_id: UUID) -> list[str]:
    statement = sa.select(union()).order_by(union().c.on)
    compiled = statement.compile(session.connection(), compile_kwargs={"render_postcompile": True})
    given = compiled.construct_params({"person_id": person_id.hex})
    values = tuple(given[name] for name in compiled.positiontup or ())
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
    return [row.detail for row in rows]


def test_opening_a_person_takes_a_fixed_number_of_selects(
    database: Database, act: Acting, aissatou: tuple[UUID, UUID]
) -> None:
    who, _ = aissatou

    def selects() -> int:
        asked: list[str] = []
        with database.read() as session:
            connection = session.connection()
            sa.event.listen(
                connection, "before_cursor_execute", lambda *given: asked.append(given[2])
            )
            person_file.load(session, who, TODAY)
        return len(asked)

    few = selects()
    with database.write(act()) as session:
        for number in range(40):
            make.note(session, who, days(-number))
            make.action(session, who, f"Action {number}", days(number))
    assert selects() == few <= 12


def test_warming_up_changes_nothing_and_needs_nobody(database: Database, act: Acting) -> None:
    with database.read() as session:
        person_file.warm(session, TODAY)
    with database.write(act()) as session:
        make.participant(session, make.cohort(session))
    with database.read() as session:
        person_file.warm(session, TODAY)
