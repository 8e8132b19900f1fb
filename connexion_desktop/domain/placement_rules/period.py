"""Rules on dates: the legal month, renewal, the same host, two at once, collective days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from connexion_desktop.domain.calendar_fr import add_months, days_between
from connexion_desktop.domain.french_dates import long_day, period_text, short_day
from connexion_desktop.domain.placement import PlacementObject
from connexion_desktop.domain.placement_rules.facts import (
    PastPlacement,
    PlacementFacts,
    day_list,
    same_text,
)
from connexion_desktop.domain.placement_rules.findings import Finding, block, lacks, warn
from connexion_desktop.domain.siret import bare_siret
from connexion_desktop.domain.timetable import Slot

_DURATION = "D. 5135-3"
_PROGRAMME = "programme"
_MIDDAY = 13 * 60
_ONE_DAY = timedelta(days=1)

HalfDay = tuple[date, bool]
"""A day and whether it is its afternoon."""


def period_lasts_a_month_at_most(facts: PlacementFacts) -> Iterator[Finding]:
    """One month at most, date to date, be presence continuous or not. Article D. 5135-3."""
    limit = facts.legal_last_day
    if facts.starts_on is None or facts.ends_on is None or limit is None:
        return
    if facts.ends_on < facts.starts_on:
        yield block(
            "period_reversed", "ends_on", "Le dernier jour est avant le premier.", _DURATION
        )
    elif facts.ends_on > limit:
        yield block(
            "period_too_long",
            "ends_on",
            f"La période dépasse un mois : commencée le {long_day(facts.starts_on)}, "
            f"elle s’achève au plus tard le {long_day(limit)}.",
            _DURATION,
        )


def renewal_is_allowed(facts: PlacementFacts) -> Iterator[Finding]:
    """Renewed once: same host, object and objectives. Article D. 5135-3."""
    renewal = facts.renewal
    if renewal is None:
        return
    initial = next((each for each in facts.past if each.key == renewal.of), None)
    if initial is None:
        yield lacks(
            "renewal_initial_missing",
            "renewal.of",
            "La convention renouvelée est à désigner.",
            _DURATION,
        )
        return
    yield from _renewed_only_once(facts, initial)
    yield from _renewal_changes_nothing(facts, initial)


def _renewed_only_once(facts: PlacementFacts, initial: PastPlacement) -> Iterator[Finding]:
    if initial.renewal_of is not None or any(each.renewal_of == initial.key for each in facts.past):
        yield block(
            "renewed_twice",
            "renewal.of",
            "Cette convention a déjà été renouvelée : un seul renouvellement est possible.",
            _DURATION,
        )
    if facts.starts_on is not None and facts.starts_on <= initial.ends_on:
        yield block(
            "renewal_overlaps",
            "starts_on",
            "Le renouvellement commence avant la fin de la convention renouvelée "
            f"({long_day(initial.ends_on)}).",
            _DURATION,
        )


def _renewal_changes_nothing(facts: PlacementFacts, initial: PastPlacement) -> Iterator[Finding]:
    siret = bare_siret(facts.host.siret)
    if siret and siret != bare_siret(initial.siret):
        yield block(
            "renewal_other_host",
            "host.siret",
            "Un renouvellement se fait dans la même structure d’accueil.",
            _DURATION,
        )
    if facts.object is not None and facts.object != initial.object:
        yield block(
            "renewal_other_object", "object", "Un renouvellement garde le même objet.", _DURATION
        )
    if facts.objectives.strip() and not same_text(facts.objectives, initial.objectives):
        yield block(
            "renewal_other_objectives",
            "objectives",
            "Un renouvellement garde les mêmes objectifs.",
            _DURATION,
        )


@dataclass(frozen=True, slots=True)
class _Stay:
    """A period at one host: the convention being typed, or another."""

    starts_on: date
    ends_on: date
    object: PlacementObject | None
    objectives: str
    is_renewal: bool

    def days_since(self, first: date) -> int:
        """Calendar days from `first` on, where it ends that day or later."""
        return (self.ends_on - max(self.starts_on, first)).days + 1


def same_host_is_not_overused(facts: PlacementFacts) -> Iterator[Finding]:
    """At one SIRET, over any 12 months in a row: two conventions at most, with another object or
    other objectives, and 60 calendar days at most, renewals counted. Article D. 5135-3.

    A renewal is no second convention, but its days count.
    """
    siret = bare_siret(facts.host.siret)
    if facts.period is None or not siret:
        return
    this = _Stay(*facts.period, facts.object, facts.objectives, facts.renewal is not None)
    others = [
        _Stay(each.starts_on, each.ends_on, each.object, each.objectives, bool(each.renewal_of))
        for each in facts.past
        if bare_siret(each.siret) == siret
    ]
    yield from _too_many_at_host(facts, this, others)
    yield from _same_goals_at_host(this, others)


def _windows(this: _Stay, others: list[_Stay]) -> Iterator[tuple[date, date, list[_Stay]]]:
    """Each 12 months that end with a stay and hold this one, with the stays in them."""
    for stay in (this, *others):
        last = stay.ends_on
        first = add_months(last, -12) + _ONE_DAY
        inside = [
            each for each in (this, *others) if each.ends_on >= first and each.ends_on <= last
        ]
        if this in inside:
            yield first, last, inside


def _too_many_at_host(facts: PlacementFacts, this: _Stay, others: list[_Stay]) -> Iterator[Finding]:
    most_placements = facts.settings.max_same_host_placements
    most_days = facts.settings.max_same_host_days
    told: set[str] = set()
    for first, last, inside in _windows(this, others):
        placements = sum(not stay.is_renewal for stay in inside)
        days = sum(stay.days_since(first) for stay in inside)
        span = period_text(first, last)
        if placements > most_placements and not this.is_renewal and "count" not in told:
            told.add("count")
            yield block(
                "same_host_too_many",
                "host.siret",
                f"{placements} conventions dans cette structure {span} : "
                f"{most_placements} au plus sur 12 mois.",
                _DURATION,
            )
        if days > most_days and "days" not in told:
            told.add("days")
            yield block(
                "same_host_too_long",
                "ends_on",
                f"{days} jours dans cette structure {span}, renouvellements compris : "
                f"{most_days} au plus sur 12 mois.",
                _DURATION,
            )


def _same_goals_at_host(this: _Stay, others: list[_Stay]) -> Iterator[Finding]:
    if this.is_renewal or this.object is None or not this.objectives.strip():
        return
    in_a_year = {id(stay) for _, _, inside in _windows(this, others) for stay in inside}
    for other in others:
        if (
            id(other) in in_a_year
            and other.object == this.object
            and same_text(other.objectives, this.objectives)
        ):
            yield block(
                "same_host_same_goals",
                "objectives",
                "Même objet et mêmes objectifs dans cette structure "
                f"{period_text(other.starts_on, other.ends_on)} : changez-les, "
                "ou faites un renouvellement.",
                _DURATION,
            )
            return


def one_place_at_a_time(facts: PlacementFacts) -> Iterator[Finding]:
    """No other convention on the same half-days: signed, it blocks; not yet signed, it warns.

    Source: the programme's own rule, no article says it.
    """
    ours = _half_days(facts.slots)
    for other in facts.past:
        shared = sorted(ours & _half_days_of(other))
        if not shared:
            continue
        days = [short_day(day) for day in dict.fromkeys(day for day, _ in shared)]
        tell = block if other.signed else warn
        yield tell(
            "two_at_once",
            "slots",
            f"Une autre convention{'' if other.signed else ' (pas encore signée)'} "
            f"occupe déjà les mêmes demi-journées : {', '.join(days[:5])}"
            f"{'…' if len(days) > 5 else '.'}",
            _PROGRAMME,
        )


def _half_days(slots: tuple[Slot, ...]) -> set[HalfDay]:
    mornings = {(slot.on, False) for slot in slots if slot.start < min(_MIDDAY, slot.end)}
    afternoons = {(slot.on, True) for slot in slots if slot.end > max(_MIDDAY, slot.start)}
    return mornings | afternoons


def _half_days_of(other: PastPlacement) -> set[HalfDay]:
    """Those of its timetable; all of its period's where the timetable is not known."""
    if other.slots:
        return _half_days(other.slots)
    period = days_between(other.starts_on, other.ends_on)
    return {(day, afternoon) for day in period for afternoon in (False, True)}


def collective_days_are_free(facts: PlacementFacts) -> Iterator[Finding]:
    """Warns where it falls on the group's collective days. Source: the programme's own rule.

    Only days of presence count once the timetable is typed.
    """
    if facts.slots:
        days = {slot.on for slot in facts.slots}
    elif facts.period is not None:
        days = set(days_between(*facts.period))
    else:
        return
    taken = sorted(days & facts.collective_days)
    if taken:
        yield warn(
            "collective_days",
            "slots",
            f"L’immersion tombe sur des jours collectifs du groupe : {day_list(taken)}."
            if len(taken) > 1
            else f"L’immersion tombe sur un jour collectif du groupe, {day_list(taken)}.",
            _PROGRAMME,
        )
