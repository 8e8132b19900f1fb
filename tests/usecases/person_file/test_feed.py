"""The feed: what happened, narrowed and searched."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.band import EventStyle
from connexion_desktop.domain.feed import FEED_PAGE, FEED_WHOLE, FeedFilter, FeedQuery, Tone
from connexion_desktop.domain.french_dates import short_imprecise
from connexion_desktop.usecases import person_feed

from ... import factories as make
from ...factories import TODAY, days
from .reading import Acting, lines, opened, told


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
        "Absence · excusée (matin), garde d’enfants",
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
    absence = items["Absence · excusée (matin), garde d’enfants"]
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
