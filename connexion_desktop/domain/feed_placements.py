"""How an immersion is told in the feed."""

from __future__ import annotations

from datetime import date

from connexion_desktop.domain.feed import FeedItem, Lane, NextAct, Tone
from connexion_desktop.domain.feed_rows import FeedRow, Words, lower_first, short_period
from connexion_desktop.domain.hours import hours_text
from connexion_desktop.domain.placement import (
    Party,
    PlacementAlert,
    PlacementState,
    effective_state,
    numbered,
)


def tell_placement(row: FeedRow, _words: Words, today: date) -> FeedItem:
    """An immersion: with whom, when, who has still to sign, what to do next."""
    now = effective_state(PlacementState(row.state), row.first, row.until, today)
    title = f"Convention {numbered(row.title)}" if row.title else "Immersion"
    facts = [row.text]
    if row.first and row.until:
        facts.append(short_period(row.first, row.until, today))
    if row.number:
        facts.append(hours_text(row.number))
    sentences = [", ".join(fact for fact in facts if fact), _missing_text(row)]
    return FeedItem(
        row.key,
        row.on,
        Lane.PLACEMENT,
        title,
        state=", ".join(part for part in (row.code, now.label) if part),
        text=" ".join(f"{sentence}." for sentence in sentences if sentence),
        next_act=_placement_act(now.state, now.alert),
        tone=Tone.RED if now.alert is PlacementAlert.STARTED_UNSIGNED else Tone.CALM,
        planned=now.state not in _PLACEMENTS_BEGUN,
    )


_PLACEMENTS_BEGUN = frozenset(
    {PlacementState.RUNNING, PlacementState.ENDED, PlacementState.ASSESSED}
)


def _missing_text(row: FeedRow) -> str:
    if PlacementState(row.state) not in (PlacementState.TO_SIGN, PlacementState.PARTLY_SIGNED):
        return ""
    missing = [party for party in Party if party in row.other.split()]
    if not missing:
        return ""
    names = [lower_first(party.label) for party in missing]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"
    return f"Signature attendue : {listed}"


def _placement_act(state: PlacementState, alert: PlacementAlert | None) -> NextAct | None:
    if alert is PlacementAlert.ASSESSMENT_DUE:
        return NextAct("Faire le bilan", Tone.AMBER, opens=True)
    label = {
        PlacementState.DRAFT: "Compléter",
        PlacementState.TO_SIGN: "Imprimer",
        PlacementState.PARTLY_SIGNED: "Imprimer",
    }.get(state, "Ouvrir")
    late = alert in (PlacementAlert.STARTED_UNSIGNED, PlacementAlert.SIGNATURES_LATE)
    return NextAct(label, Tone.RED if late else Tone.CALM, opens=True)
