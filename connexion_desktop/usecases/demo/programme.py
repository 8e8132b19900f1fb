"""The séances of a group, and who came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from connexion_desktop.data import models as m

from .days import group_days
from .places import House
from .rows import Book
from .story import Mark, Story

MORNING = (9 * 60, 12 * 60)
AFTERNOON = (13 * 60 + 30, 16 * 60 + 30)
HALF_MINUTES = 180

ACTIVITIES = {
    # code: (title, partner, leader)
    "podcast": ("Podcast vidéo", "energie", "Lucas Bonnefoy"),
    "cuisine": ("Cuisine", "vision", "Samia Laroque"),
    "sport": ("Remise en forme", "catalyse", "Kévin Dubosc"),
    "theatre": ("Théâtre d’improvisation", "decalez", "Fanny Orsini"),
}

# One line for each week: Monday morning, Tuesday morning, then the visit of Tuesday afternoon.
WEEKS = (
    ("Accueil : faire connaissance", "Mes forces, mes envies", None),
    ("Les treize filières", "Ranger son ordinateur", "numerique"),
    ("Parler de soi", "Lire une offre", "hotellerie_restauration"),
    ("Mon CV, premier jet", "Mes compétences", "commerce"),
    ("Mon CV, version relue", "Téléphoner à une entreprise", "sanitaire_social"),
    ("Préparer une immersion", "Enquêter sur un métier", "transport_logistique"),
    ("Se présenter", "Mon pitch, premier essai", "batiment"),
    ("Bilan de mi-parcours", "Droits et contrats", "espaces_verts"),
    ("Mon réseau", "Écrire un courriel", "industrie"),
    ("Entretien d’embauche, essais", "Tenir un budget", "esthetique"),
    ("Mon premier choix de métiers", "Préparer le job dating", None),
    ("Job dating", "Clôture et suite du parcours", None),
)
_KINDS = {
    "Accueil : faire connaissance": "accueil",
    "Bilan de mi-parcours": "bilan",
    "Mon pitch, premier essai": "pitch",
    "Job dating": "job_dating",
    "Clôture et suite du parcours": "cloture",
}


@dataclass(frozen=True, slots=True)
class Group:
    """A group being written."""

    id: UUID
    code: str
    site: UUID
    place: str
    start: date
    weeks: int
    leader: UUID


@dataclass(slots=True)
class Programme:
    """The meetings of a group: the one each half-day holds, for each activity."""

    mornings: dict[date, UUID] = field(default_factory=dict)
    afternoons: dict[date, UUID] = field(default_factory=dict)
    activities: dict[tuple[date, str], UUID] = field(default_factory=dict)
    visits: list[tuple[UUID, UUID, date, str]] = field(default_factory=list)

    def afternoon(self, day: date, activity: str) -> UUID | None:
        """The meeting of an afternoon for someone of this activity."""
        return self.activities.get((day, activity)) or self.afternoons.get(day)


def plan(book: Book, house: House, group: Group) -> Programme:
    """Write the séances of the twelve weeks, those past as held."""
    programme = Programme()
    for week, day in group_days(group.start, group.weeks):
        monday, tuesday, visit = WEEKS[(week - 1) % len(WEEKS)]
        is_monday = day.weekday() == 0
        title = monday if is_monday else tuesday
        programme.mornings[day] = _meeting(
            book, group, day, MORNING, _KINDS.get(title, "atelier"), title
        )
        if is_monday:
            _plan_activities(book, house, group, programme, day)
        elif visit:
            _plan_visit(book, house, group, programme, day, visit)
        else:
            programme.afternoons[day] = _meeting(
                book, group, day, AFTERNOON, "atelier", "Démarches et recherches"
            )
    return programme


def _meeting(
    book: Book,
    group: Group,
    day: date,
    hours: tuple[int, int],
    kind: str,
    title: str,
    **more: object,
) -> UUID:
    return book.add(
        m.Meeting,
        **{
            "cohort_id": group.id,
            "on": day,
            "start": hours[0],
            "end": hours[1],
            "kind": kind,
            "title": title,
            "place": group.place,
            "site_id": group.site,
            "leader_id": group.leader,
            "state": "held" if day < book.today else "planned",
            **more,
        },
    )


def _plan_activities(
    book: Book, house: House, group: Group, programme: Programme, day: date
) -> None:
    for code, (title, partner, leader) in ACTIVITIES.items():
        programme.activities[day, code] = _meeting(
            book,
            group,
            day,
            AFTERNOON,
            "activite",
            title,
            activity=code,
            partner_id=house.organisations[partner],
            leader_name=leader,
            leader_id=None,
        )


def _plan_visit(
    book: Book, house: House, group: Group, programme: Programme, day: date, family: str
) -> None:
    campus = house.organisations["campus"]
    meeting = _meeting(
        book,
        group,
        day,
        AFTERNOON,
        "visite",
        "Visite d’un plateau technique",
        partner_id=campus,
        place="Campus des Métiers de l’Aquitaine",
    )
    programme.afternoons[day] = meeting
    visit = book.add(
        m.Visit,
        cohort_id=group.id,
        meeting_id=meeting,
        organisation_id=campus,
        family_id=house.families[family],
        on=day,
        capacity=12,
    )
    programme.visits.append((visit, meeting, day, family))


def attend(
    book: Book, group: Group, programme: Programme, journey: UUID, story: Story, until: date
) -> None:
    """Write a participant's expected séances, presences and absences before `until`."""
    marks = {(mark.week, mark.weekday): mark for mark in story.marks}
    for (day, activity), meeting in programme.activities.items():
        if activity == story.activity:
            book.add(m.MeetingParticipant, meeting_id=meeting, journey_id=journey)
    for week, day in _days_of(group, story, until):
        mark = _mark_of(marks, group, week, day)
        halves = (
            ("am", programme.mornings[day]),
            ("pm", programme.afternoon(day, story.activity)),
        )
        for half, meeting_id in halves:
            _attend_half(book, journey, day, half, meeting_id, mark)
    _visit(book, programme, journey, story, marks, group, until)


def _days_of(group: Group, story: Story, until: date) -> Iterable[tuple[int, date]]:
    for week, day in group_days(group.start, group.weeks):
        if week >= story.entered_week and day < until:
            yield week, day


def _mark_of(
    marks: dict[tuple[int, int], Mark], group: Group, week: int, day: date
) -> Mark | None:
    """The mark of a day; that of a day off goes to the other day of its week."""
    days = [each for number, each in group_days(group.start, group.weeks) if number == week]
    if len(days) == 1:
        return marks.get((week, 0)) or marks.get((week, 1))
    return marks.get((week, day.weekday()))


def _attend_half(
    book: Book, journey: UUID, day: date, half: str, meeting_id: UUID | None, mark: Mark | None
) -> None:
    code = mark.mark if mark else "P"
    if code == "R" and half == "pm":
        code = "P"
    late = 25 if code == "R" else None
    attendance = book.add(
        m.Attendance,
        journey_id=journey,
        meeting_id=meeting_id,
        on=day,
        half=half,
        mark=code,
        minutes={"P": HALF_MINUTES, "R": HALF_MINUTES - 25}.get(code, 0),
        late_minutes=late,
        justified=code == "E",
    )
    if mark and mark.reason and code != "P":
        book.add(
            m.AbsenceReason, attendance_id=attendance, reason=mark.reason, detail=mark.detail
        )


def _visit(
    book: Book,
    programme: Programme,
    journey: UUID,
    story: Story,
    marks: dict[tuple[int, int], Mark],
    group: Group,
    until: date,
) -> None:
    for visit, _, day, family in programme.visits:
        if family not in story.families:
            continue
        past = day < until and (day - group.start).days // 7 + 1 >= story.entered_week
        mark = _mark_of(marks, group, (day - group.start).days // 7 + 1, day)
        missed = mark is not None and mark.mark in "AE"
        book.add(
            m.VisitPlace,
            visit_id=visit,
            journey_id=journey,
            state="planned" if not past else "missed" if missed else "came",
            interest=story.families[family] if past and not missed else None,
        )
