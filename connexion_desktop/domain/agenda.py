"""The séances of a group, of who leads them or of a partner, as another program takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from uuid import UUID

from connexion_desktop.domain.french_dates import full_day
from connexion_desktop.domain.meetings import MeetingRow
from connexion_desktop.domain.sheet import Cell, ListSheet
from connexion_desktop.domain.weeks import week_rank


class Whose(Enum):
    """Whose séances are asked for."""

    GROUP = auto()
    LEADER = auto()
    PARTNER = auto()


@dataclass(frozen=True, slots=True)
class AgendaOf:
    """The séances of that group, member of the team or partner."""

    whose: Whose
    id: UUID


@dataclass(frozen=True, slots=True)
class Agenda:
    """Séances by day and time, under the name of whose they are, and those that were taken away: a
    calendar may still hold them. It names no participant: an agenda is sent, copied and shown on
    telephones. Of a group, `mondays` are the weeks of its programme, and how many are expected is
    told."""

    name: str
    meetings: tuple[MeetingRow, ...]
    gone: tuple[MeetingRow, ...] = ()
    mondays: tuple[date, ...] = ()

    @property
    def sheet(self) -> ListSheet:
        """As a list, to print or to keep in a workbook."""
        titles, lines = _TITLES, [_line(each) for each in self.meetings]
        if self.mondays:
            titles = ("Semaine", *titles, "Attendus")
            lines = [
                (str(week_rank(self.mondays, each.on) or ""), *line, str(len(each.people)))
                for each, line in zip(self.meetings, lines, strict=True)
            ]
        return ListSheet(f"Programme – {self.name}", titles, tuple(lines))


_TITLES: tuple[str, ...] = (
    "Jour",
    "Date",
    "Heures",
    "Séance",
    "Sorte",
    "Lieu",
    "Animation",
    "Partenaire",
    "État",
)


def _line(meeting: MeetingRow) -> tuple[Cell, ...]:
    return (
        full_day(meeting.on).split(" ", 1)[0],
        meeting.on,
        meeting.hours,
        meeting.title,
        meeting.kind_told,
        meeting.place,
        meeting.leader,
        meeting.partner,
        meeting.state.label,
    )
