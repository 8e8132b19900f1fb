"""The models of programme: what a séance of one may hold, where it goes, what a group leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.drawing_up import Circumstances, OfferedActivity, draw
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.kept_template import lines_of
from connexion_desktop.domain.meeting_choices import Named, Names
from connexion_desktop.domain.meetings import MeetingRow, MeetingState, NewMeeting
from connexion_desktop.domain.programme_days import draw_days
from connexion_desktop.domain.programme_template import (
    MOST_LINES,
    Template,
    TemplateLine,
    from_content,
    put_back,
    to_content,
)
from connexion_desktop.domain.template_editing import (
    SPECS,
    day_choices,
    day_told,
    free_name,
    moved,
    reason_against_line,
    with_text,
)

START = date(2026, 3, 2)
DAYS = (0, 1)
LINE = TemplateLine(3, 2, "atelier", "Mon CV", 540, 720)
EASTER = date(2026, 4, 6)


def reason(name: str, text: str) -> str | None:
    return reason_against_line(SPECS[f"line.{name}"], text)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("title", " ", "« Titre » ne peut pas rester vide."),
        ("week", "0", "Une semaine du cycle, de 1 à 52."),
        ("week", "53", "Une semaine du cycle, de 1 à 52."),
        ("week", "douze", "Une semaine du cycle, de 1 à 52."),
        ("hours", "12h-9h", "Dans « 12h-9h », la fin n’est pas après le début."),
        ("hours", "9h-12h / 13h-16h", "Une séance a un début et une fin."),
    ],
)
def test_what_a_field_cannot_hold_is_told_as_it_is_typed(name: str, text: str, told: str) -> None:
    assert (reason(name, text) or "").startswith(told)
    with pytest.raises(UserError):
        with_text(LINE, f"line.{name}", text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("matin", (540, 720)),
        ("Après-midi", (810, 990)),
        ("journée", (540, 990)),
        ("14h-17h", (840, 1020)),
    ],
)
def test_a_half_day_is_typed_as_it_is_said(text: str, hours: tuple[int, int]) -> None:
    assert reason("hours", text) is None
    assert with_text(LINE, "line.hours", text).hours == hours


def test_a_day_of_the_programme_or_another_is_chosen() -> None:
    assert [words for _, words in day_choices(DAYS)] == [
        "Lundi",
        "Mardi",
        "Mercredi (autre jour)",
        "Jeudi (autre jour)",
        "Vendredi (autre jour)",
    ]
    thursday = with_text(LINE, "line.day", "w3")
    assert day_told(thursday, DAYS) == "jeudi" and day_told(LINE, DAYS) == "mardi"
    assert day_told(LINE, (2, 3)) == "jeudi", "it follows the days that are set"
    assert day_told(replace(LINE, day=3), DAYS) == "3e jour"


def test_a_line_goes_from_one_day_of_the_programme_to_the_next() -> None:
    later = moved(LINE, 1, DAYS)
    assert (later.week, later.day) == (4, 1)
    assert moved(later, -1, DAYS) == LINE
    thursday = with_text(LINE, "line.day", "w3")
    assert moved(thursday, -1, DAYS) == LINE
    assert moved(moved(thursday, 1, DAYS), -1, DAYS) == LINE
    with pytest.raises(UserError, match="premier jour du cycle"):
        moved(replace(LINE, week=1, day=1), -1, DAYS)
    with pytest.raises(UserError, match="dernier jour du cycle"):
        moved(replace(LINE, week=52), 1, DAYS)


def test_of_two_structures_of_one_name_one_is_chosen_or_stays() -> None:
    one, other = uuid4(), uuid4()
    names = Names((Named(one, "Énergie Prod", "Pessac"), Named(other, "Energie prod", "Talence")))
    line = replace(LINE, partner_id=other)
    assert with_text(line, "line.partner", "energie prod", names).partner_id == other
    with pytest.raises(UserError, match="Plusieurs structures ont ce nom"):
        with_text(LINE, "line.partner", "energie prod", names)
    named = with_text(LINE, "line.partner", "Énergie Prod (Pessac)", names)
    assert named.partner_id == one
    assert with_text(line, "line.partner", "", names).partner_id is None
    with pytest.raises(UserError, match="structure du carnet"):
        with_text(line, "line.partner", "Personne", names)


def test_a_copy_has_a_name_of_its_own() -> None:
    assert free_name("Été", ()) == "Été (copie)"
    assert free_name("Été", ("ÉTÉ (copie)",)) == "Été (copie 2)"
    assert free_name("Été (copie 2)", ("Été (copie)", "Été (copie 2)")) == "Été (copie 3)"
    assert len(free_name("x" * 120, ())) == 120


def test_what_the_base_kept_before_there_were_places_is_read() -> None:
    old = {"week": 2, "day": 1, "half": "am", "kind": "atelier", "title": "CV", "start": 540}
    (line,) = from_content([old | {"end": 720}], uuid4())
    assert (line.title, line.hours, line.place, line.partner_id) == ("CV", (540, 720), "", None)
    assert to_content([line])[0].items() >= (old | {"end": 720}).items()


@pytest.mark.parametrize("content", [None, [3], [{"week": "x"}], "lignes"])
def test_what_is_no_model_is_refused_in_words(content: object) -> None:
    with pytest.raises(UserError, match="ne se lit pas"):
        from_content(content)


def test_what_is_no_model_any_more_is_wholly_put_back() -> None:
    content, own = to_content([LINE]), uuid4()
    changed = to_content([replace(LINE, title="Pitch")])
    assert put_back("lignes", content, changed, own) == content
    (line,) = from_content(put_back(changed, content, changed, own), own)
    assert line == LINE


def test_a_model_has_a_largest_size() -> None:
    with pytest.raises(UserError, match="400 séances au plus"):
        to_content([LINE] * (MOST_LINES + 1))


def closed(day: date) -> str:
    return "Lundi de Pâques" if day == EASTER else ""


def test_a_line_of_another_day_is_drawn_on_it_and_moves_where_that_is_closed() -> None:
    cycle = draw_days(START, 12, closed)
    lines = tuple(replace(LINE, week=week, day=0, weekday=3) for week in (1, 2))
    busy = {date(2026, 3, 12): "Travaux"}
    where = Circumstances(uuid4(), closed=lambda day: busy.get(day, ""))
    made = draw(cycle, Template("Essai", lines), (), where, START).made
    assert [each.on for each in made] == [date(2026, 3, 5), date(2026, 3, 13)]


def test_a_line_that_has_no_day_in_the_cycle_is_told() -> None:
    cycle = draw_days(START, 4, closed)
    lines = (LINE, replace(LINE, week=5), replace(LINE, day=3), replace(LINE, week=9, weekday=3))
    drawing = draw(cycle, Template("Essai", lines), (), Circumstances(uuid4()), START)
    assert len(drawing.made) == 1
    assert drawing.told.endswith("3 séances du modèle n’ont pas de jour dans ce cycle.")


def test_a_line_says_where_with_whom_and_which_activity() -> None:
    partner, usual = uuid4(), uuid4()
    offered = (OfferedActivity("cuisine", "Cuisine", usual), OfferedActivity("sport", "Sport"))
    where = Circumstances(uuid4(), "Bordeaux", uuid4(), offered)
    visit = replace(LINE, kind="visite", title="Visite", place="Quai", partner_id=partner)
    cooking = replace(LINE, kind="activite", title="Marché", activity="cuisine")
    cycle = draw_days(START, 12, closed)
    made = draw(cycle, Template("Essai", (visit, cooking)), (), where, START).made
    told = {each.title: (each.place, each.partner_id, each.activity) for each in made}
    assert told == {"Visite": ("Quai", partner, ""), "Marché": ("", usual, "cuisine")}


def row(made: NewMeeting, state: MeetingState = MeetingState.PLANNED) -> MeetingRow:
    return MeetingRow(
        made.id, made.on, made.start, made.end, made.kind, "", made.title, state,
        made.cohort_id, place=made.place, partner_id=made.partner_id, activity=made.activity,
    )  # fmt: skip


_LINES = st.builds(
    TemplateLine,
    week=st.integers(1, 12),
    day=st.integers(1, 2),
    kind=st.sampled_from(("atelier", "visite")),
    title=st.sampled_from(("CV", "Pitch", "Visite")),
    start=st.sampled_from((540, 600)),
    end=st.sampled_from((720, 990)),
    place=st.sampled_from(("", "Quai")),
    partner_id=st.none() | st.uuids(),
)


@given(st.lists(_LINES, max_size=12), st.booleans())
def test_a_model_drawn_up_then_kept_is_the_same_model(
    lines: list[TemplateLine], moved_start: bool
) -> None:
    cycle = draw_days(START + timedelta(days=moved_start), 12, closed)
    where = Circumstances(uuid4(), "Bordeaux", uuid4())
    made = draw(cycle, Template("Essai", tuple(lines)), (), where, date(2020, 1, 1)).made
    kept = lines_of(map(row, made), cycle, DAYS, places=frozenset({"Bordeaux"}), offered=())
    assert sorted(map(_content, kept.lines)) == sorted(map(_content, lines))
    assert not kept.left_out


def _content(line: TemplateLine) -> str:
    return repr({key: value for key, value in to_content([line])[0].items() if key != "id"})


def test_activities_held_at_once_are_one_line_and_the_cancelled_none() -> None:
    cycle = draw_days(START, 12, closed)
    offered = (OfferedActivity("cuisine", "Cuisine"), OfferedActivity("sport", "Sport"))
    where = Circumstances(uuid4(), "Bordeaux", None, offered)
    activity = replace(LINE, kind="activite", title="Activité")
    made = draw(cycle, Template("Essai", (activity, LINE)), (), where, START).made
    rows = [row(each) for each in made]
    kept = lines_of(rows, cycle, DAYS, places=frozenset({"Bordeaux"}), offered=offered)
    assert sorted(line.title for line in kept.lines) == ["Activité", "Mon CV"]
    cancelled = [replace(each, state=MeetingState.CANCELLED) for each in rows[:1]]
    assert not lines_of(cancelled, cycle, DAYS, places=frozenset(), offered=offered).lines
    alone = [each for each in rows if each.activity == "sport"]
    (line,) = lines_of(alone, cycle, DAYS, places=frozenset({"Bordeaux"}), offered=offered).lines
    assert (line.title, line.activity) == ("Sport", "sport")


def test_a_visit_that_was_put_at_the_office_is_there_in_the_model() -> None:
    cycle = draw_days(START, 12, closed)
    lines = (replace(LINE, kind="visite", place="Bordeaux"), replace(LINE, kind="job_dating"))
    made = draw(cycle, Template("Essai", lines), (), Circumstances(uuid4(), "Bordeaux"), START).made
    office = frozenset({"Bordeaux"})
    kept = lines_of(map(row, made), cycle, DAYS, places=office, offered=()).lines
    assert {(each.kind, each.place) for each in kept} == {
        ("visite", "Bordeaux"),
        ("job_dating", ""),
    }


def test_a_seance_moved_off_the_days_of_the_cycle_keeps_its_day_and_what_is_before_is_left() -> (
    None
):
    cycle = draw_days(START, 12, closed)
    (new,) = draw(cycle, Template("E", (LINE,)), (), Circumstances(uuid4()), START).made
    there = row(new)
    days = (date(2026, 3, 19), date(2026, 6, 4), date(2026, 2, 26), date(2027, 3, 4))
    thursday, after, before, late = (replace(there, on=on) for on in days)
    kept = lines_of((thursday, after, before), cycle, DAYS, places=frozenset(), offered=())
    assert [(line.week, line.day, line.weekday) for line in kept.lines] == [(3, 0, 3), (14, 0, 3)]
    assert kept.told == "1 séance hors de ses semaines n’y est pas"
    kept = lines_of((thursday, late, before), cycle, DAYS, places=frozenset(), offered=())
    assert kept.told == "2 séances hors de ses semaines n’y sont pas"
    assert not lines_of((thursday,), cycle, DAYS, places=frozenset(), offered=()).told


def test_a_week_cut_by_a_closure_moves_no_other_day_of_the_model() -> None:
    def office(day: date) -> str:
        return "Congés" if date(2026, 12, 22) <= day <= date(2027, 1, 3) else ""

    cycle = draw_days(date(2026, 12, 7), 12, office)
    lines = tuple(replace(LINE, week=week, day=0, weekday=3) for week in (1, 2, 4, 5, 12))
    where = Circumstances(uuid4(), closed=office)
    made = draw(cycle, Template("Essai", lines), (), where, START).made
    assert made[2].on == date(2027, 1, 7)
    kept = lines_of(map(row, made), cycle, DAYS, places=frozenset(), offered=())
    assert kept.lines == lines


def test_what_is_written_of_one_activity_is_in_the_model_too() -> None:
    partner = uuid4()
    offered = (OfferedActivity("cuisine", "Cuisine", partner), OfferedActivity("sport", "Sport"))
    where = Circumstances(uuid4(), "Bordeaux", None, offered)
    cycle = draw_days(START, 12, closed)
    activity = replace(LINE, kind="activite", title="Activité")
    made = draw(cycle, Template("Essai", (activity,)), (), where, START).made
    cooking, sport = map(row, made)

    def kept(*rows: MeetingRow) -> list[tuple[str, str, str, bool]]:
        lines = lines_of(rows, cycle, DAYS, places=frozenset({"Bordeaux"}), offered=offered).lines
        return sorted(
            (each.title, each.activity, each.place, bool(each.partner_id)) for each in lines
        )

    alone = ("Sport", "sport", "", False)
    assert kept(cooking, sport) == [("Activité", "", "", False)]
    assert kept(replace(cooking, title="Marché"), sport) == [
        ("Marché", "cuisine", "", True), alone
    ]  # fmt: skip
    assert kept(replace(cooking, place="Le fournil"), sport) == [
        ("Cuisine", "cuisine", "Le fournil", True), alone
    ]  # fmt: skip
    assert kept(replace(cooking, partner_id=uuid4()), sport) == [
        ("Cuisine", "cuisine", "", True), alone
    ]  # fmt: skip
    assert kept(*(replace(each, place="Quai") for each in (cooking, sport))) == [
        ("Activité", "", "Quai", False)
    ]
    assert kept(cooking, replace(cooking, id=uuid4()), sport) == [
        ("Activité", "", "", False), ("Cuisine", "cuisine", "", True)
    ], "two halves of those who cook"  # fmt: skip
