"""The séances of a group, and who came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from connexion_desktop.data import models as m

from .places import House
from .rows import Book
from .story import Mark, Story

MORNING = (9 * 60, 12 * 60)
AFTERNOON = (13 * 60 + 30, 16 * 60 + 30)
HALF_MINUTES = 180
LATE_MINUTES = 25

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
    days: Sequence[tuple[int, date]]
    """Those of its programme, each with its week."""
    leader: UUID


@dataclass(slots=True)
class Programme:
    """The meetings of a group: the one each half-day holds, for each activity."""

    mornings: dict[date, UUID] = field(default_factory=dict)
    afternoons: dict[date, UUID] = field(default_factory=dict)
    activities: dict[tuple[date, str], UUID] = field(default_factory=dict)
    visits: list[tuple[UUID, date, str]] = field(default_factory=list)

    def afternoon(self, day: date, activity: str) -> UUID | None:
        """The meeting of an afternoon for someone of this activity."""
        return self.activities.get((day, activity)) or self.afternoons.get(day)


@dataclass(frozen=True, slots=True)
class Planner:
    """Writes the séances of one group; those past are held, but yesterday's are still to be
    closed."""

    book: Book
    house: House
    group: Group
    programme: Programme

    def plan(self) -> Programme:
        """Write the twelve weeks."""
        for week, day in self.group.days:
            monday, tuesday, visit = WEEKS[(week - 1) % len(WEEKS)]
            is_monday = day.weekday() == 0
            title = monday if is_monday else tuesday
            kind = _KINDS.get(title, "atelier")
            self.programme.mornings[day] = self._meeting(day, MORNING, title, kind=kind)
            if is_monday:
                self._plan_activities(day)
            elif visit:
                self._plan_visit(day, visit)
            else:
                self.programme.afternoons[day] = self._meeting(
                    day, AFTERNOON, "Démarches et recherches", kind="atelier"
                )
        return self.programme

    def _meeting(self, day: date, hours: tuple[int, int], title: str, **more: Any) -> UUID:
        usual = {
            "cohort_id": self.group.id,
            "place": self.group.place,
            "site_id": self.group.site,
            "leader_id": self.group.leader,
            "state": "held" if day < self.book.today - timedelta(days=1) else "planned",
        }
        values = usual | more
        return self.book.add(m.Meeting, on=day, start=hours[0], end=hours[1], title=title, **values)

    def _plan_activities(self, day: date) -> None:
        for code, (title, partner, leader) in ACTIVITIES.items():
            self.programme.activities[day, code] = self._meeting(
                day,
                AFTERNOON,
                title,
                kind="activite",
                place=None,
                activity=code,
                partner_id=self.house.organisations[partner],
                leader_name=leader,
                leader_id=None,
            )

    def _plan_visit(self, day: date, family: str) -> None:
        campus = self.house.organisations["campus"]
        meeting = self._meeting(
            day,
            AFTERNOON,
            "Visite d’un plateau technique",
            kind="visite",
            partner_id=campus,
            place="Campus des Métiers de l’Aquitaine",
        )
        self.programme.afternoons[day] = meeting
        visit = self.book.add(
            m.Visit,
            cohort_id=self.group.id,
            meeting_id=meeting,
            organisation_id=campus,
            family_id=self.house.families[family],
            on=day,
            capacity=12,
        )
        self.programme.visits.append((visit, day, family))


def plan(book: Book, house: House, group: Group) -> Programme:
    """Write the séances of the twelve weeks."""
    return Planner(book, house, group, Programme()).plan()


@dataclass(frozen=True, slots=True)
class Register:
    """Writes what a participant of a group was expected at, and came to, before `until`."""

    book: Book
    group: Group
    programme: Programme
    until: date

    def fill(self, journey: UUID, story: Story) -> None:
        """Write the expected séances, the presences and absences, the visits."""
        marks = {(mark.week, mark.weekday): mark for mark in story.marks}
        for (_, activity), meeting in self.programme.activities.items():
            if activity == story.activity:
                self.book.add(m.MeetingParticipant, meeting_id=meeting, journey_id=journey)
        for week, day in self._days_of(story):
            mark = self._mark_of(marks, week, day)
            afternoon = self.programme.afternoon(day, story.activity)
            self._attend(journey, day, ("am", self.programme.mornings[day]), mark)
            self._attend(journey, day, ("pm", afternoon), mark)
        self._visit(journey, story, marks)

    def _days_of(self, story: Story) -> Iterator[tuple[int, date]]:
        for week, day in self.group.days:
            if week >= story.entered_week and day < self.until:
                yield week, day

    def _mark_of(self, marks: dict[tuple[int, int], Mark], week: int, day: date) -> Mark | None:
        """The mark of a day; that of a day off goes to the other day of its week."""
        both = [each for number, each in self.group.days if number == week]
        if len(both) == 1:
            return marks.get((week, 0)) or marks.get((week, 1))
        return marks.get((week, day.weekday()))

    def _attend(
        self, journey: UUID, day: date, half: tuple[str, UUID | None], mark: Mark | None
    ) -> None:
        code = mark.mark if mark else "P"
        if code == "R" and half[0] == "pm":
            code = "P"
        late = LATE_MINUTES if code == "R" else 0
        attendance = self.book.add(
            m.Attendance,
            journey_id=journey,
            meeting_id=half[1],
            on=day,
            half=half[0],
            mark=code,
            minutes=HALF_MINUTES - late if code in "PR" else 0,
            late_minutes=late or None,
            justified=code == "E",
        )
        if mark and mark.reason and code != "P":
            self.book.add(
                m.AbsenceReason, attendance_id=attendance, reason=mark.reason, detail=mark.detail
            )

    def _visit(self, journey: UUID, story: Story, marks: dict[tuple[int, int], Mark]) -> None:
        for visit, day, family in self.programme.visits:
            if family not in story.families:
                continue
            week = (day - self.group.start).days // 7 + 1
            past = day < self.until and week >= story.entered_week
            mark = self._mark_of(marks, week, day)
            missed = mark is not None and mark.mark in "AE"
            self.book.add(
                m.VisitPlace,
                visit_id=visit,
                journey_id=journey,
                state="planned" if not past else "missed" if missed else "came",
                interest=story.families[family] if past and not missed else None,
            )
