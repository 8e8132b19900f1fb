"""What the page of a programme says of a séance."""

from __future__ import annotations

from connexion_desktop.domain.meetings import MeetingRow, MeetingState
from connexion_desktop.domain.programme import Programme
from connexion_desktop.ui.widgets.badge import Tint

TINTS: dict[MeetingState, Tint] = {
    MeetingState.PLANNED: "accent",
    MeetingState.HELD: "green",
    MeetingState.CANCELLED: "grey",
}
WRONG = "à vérifier"


def expected(meeting: MeetingRow) -> str:
    """« 12 personnes », « Personne »."""
    count = len(meeting.people)
    return f"{count} personne{'s' * (count > 1)}" if count else "Personne"


def where_and_who(meeting: MeetingRow) -> str:
    """« Salle bleue · Nadia Ferrand · Catalyse »."""
    parts = (meeting.place, meeting.leader, meeting.partner)
    return " · ".join(dict.fromkeys(part for part in parts if part))


def clashes_told(programme: Programme, meeting: MeetingRow) -> tuple[str, ...]:
    """What clashes with a séance, in sentences; with which one, of which group."""
    told = (
        clash.told(programme.named(clash.other if clash.one == meeting.id else clash.one))
        for clash in programme.clashes_of(meeting.id)
    )
    return tuple(dict.fromkeys(told))


def whole(programme: Programme, meeting: MeetingRow) -> tuple[str, ...]:
    """All that is known of a séance, part by part, for who points at it or listens."""
    group = programme.cohort
    parts = (
        *meeting.parts,
        meeting.kind_told,
        meeting.partner,
        f"groupe {meeting.cohort}" if group and meeting.cohort_id != group.id else "",
        f"{expected(meeting)} attendue{'s' * (len(meeting.people) > 1)}",
        f"{meeting.marked} présence{'s' * (meeting.marked > 1)} notée{'s' * (meeting.marked > 1)}"
        if meeting.marked
        else "",
        *clashes_told(programme, meeting),
    )
    return tuple(part for part in parts if part)
