"""Groups made by hand: what they are called, who enters, who leaves, and what surprises in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from connexion_desktop.domain.counted import Counted
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import MONTHS, WEEKDAYS, full_day, long_day
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.weeks import first_monday

ABOUT = 12
"""How many people a group is made for."""
MOST_WEEKS, MOST_PEOPLE = 52, 60


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group among all: `phase` says where it is; those `present` have not left."""

    id: UUID
    name: str
    site: str
    conseiller: str
    starts_on: date
    phase: str
    people: int
    present: int
    capacity: int
    is_open: bool
    weeks_end: date
    """The last day of its collective weeks."""
    weeks: int = ABOUT
    site_id: UUID | None = None
    conseiller_id: UUID | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What is mended of it, by column, as the base holds it."""
        names = ("name", "starts_on", "site_id", "conseiller_id", "weeks", "capacity")
        return {name: getattr(self, name) for name in names}

    @property
    def year(self) -> int:
        """That of its first day."""
        return self.starts_on.year

    @property
    def filled(self) -> str:
        """« 11 sur 12 »: those present, of those it is made for."""
        return f"{self.present} sur {self.capacity}"


def found_by(group: GroupRow, typed: str) -> bool:
    """Whether a group is meant by what is typed: name, site, conseiller, phase."""
    words = f" {fold(' '.join((group.name, group.site, group.conseiller, group.phase)))}"
    return all(f" {word}" in words for word in fold(typed).split())


def year_counters(groups: tuple[GroupRow, ...]) -> tuple[Counted[int | None], ...]:
    """All, then each year, the latest first."""
    years = sorted({group.year for group in groups}, reverse=True)
    each: Iterator[Counted[int | None]] = (
        Counted(year, str(year), sum(group.year == year for group in groups)) for year in years
    )
    return (Counted(None, "Tous", len(groups)), *each)


@dataclass(frozen=True, slots=True)
class Choice:
    """A site or a member of the team, to choose in a list."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class GroupOffer:
    """What a new group may be given: the sites, the team, and the author among it; the days of the
    programme."""

    sites: tuple[Choice, ...]
    team: tuple[Choice, ...]
    mine: UUID | None
    weekdays: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group to be made; `id` is made by whoever asks."""

    id: UUID
    name: str
    starts_on: date
    site_id: UUID | None = None
    conseiller_id: UUID | None = None

    def check(self) -> None:
        """Raise UserError if it has no name."""
        _check_name(self.name)


@dataclass(frozen=True, slots=True)
class EditGroup:
    """What a group is, mended: `weeks` are its collective ones, `capacity` how many people it is
    made for. `seen`: what each column held when it was shown."""

    id: UUID
    name: str
    starts_on: date
    site_id: UUID | None
    conseiller_id: UUID | None
    weeks: int
    capacity: int
    seen: Mapping[str, Any] | None = None

    def check(self) -> None:
        """Raise UserError without a name, or for a number that no group has."""
        _check_name(self.name)
        for told, value, most in (
            ("semaines", self.weeks, MOST_WEEKS),
            ("places", self.capacity, MOST_PEOPLE),
        ):
            if not 1 <= value <= most:
                raise UserError(
                    f"Un groupe compte de 1 à {most} {told}.",
                    "Ce que vous avez écrit est gardé.",
                    f"Corrigez le nombre de {told}.",
                )


def _check_name(name: str) -> None:
    if not name.strip():
        raise UserError(
            "Le groupe n’a pas de nom.",
            "Ce que vous avez écrit est gardé.",
            "Donnez-lui un nom, par exemple « Bordeaux · mars 2026 ».",
        )


def check_closing(name: str, present: int) -> None:
    """Raise UserError where somebody is still in the group: its follow-up is not over."""
    if present:
        still = "personne est encore" if present == 1 else "personnes sont encore"
        raise UserError(
            f"{present} {still} dans « {name} ».",
            "Le groupe reste ouvert.",
            "Notez d’abord chaque sortie (fiche de la personne, « Sortie du groupe… »), ou faites"
            " entrer la personne dans un autre groupe.",
        )


def group_name(site: str, starts_on: date) -> str:
    """« Bordeaux · mars 2026 »."""
    when = f"{MONTHS[starts_on.month - 1]} {starts_on.year}"
    return f"{site} · {when}" if site else when.capitalize()


def surprise(starts_on: date, weekdays: tuple[int, ...]) -> str:
    """What surprises in a first day, and what is done then (French), « » for nothing: it never
    blocks."""
    told = f"Le {long_day(starts_on)} est un {WEEKDAYS[starts_on.weekday()]} :"
    if starts_on.weekday() in weekdays:
        missed = [weekday for weekday in weekdays if weekday < starts_on.weekday()]
        if not missed:
            return ""
        many = len(missed) > 1
        made_up = (
            "seront déjà passés, et se rattrapent" if many else "sera déjà passé, et se rattrape"
        )
        return f"{told} {_listed(missed)} de cette semaine {made_up} un autre jour."
    first_day = first_monday(starts_on, weekdays) + timedelta(days=weekdays[0])
    return (
        f"{told} le programme se tient {_listed(weekdays)}, donc à partir du {full_day(first_day)}."
    )


def _listed(weekdays: Sequence[int]) -> str:
    """« le lundi et le mardi »."""
    *others, last = (f"le {WEEKDAYS[weekday]}" for weekday in weekdays)
    return f"{', '.join(others)} et {last}" if others else last


@dataclass(frozen=True, slots=True)
class EnterGroup:
    """People who enter a group on a day."""

    people: tuple[UUID, ...]
    cohort_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of an entry: how many entered, of whom some `moved` from another group; how many
    were in it `already`; how many it holds now, and was made for."""

    group: str
    entered: int
    moved: int
    already: int
    present: int
    capacity: int

    @property
    def text(self) -> str:
        """« 2 personnes dans Bordeaux · mars 2026 · il compte 13 personnes, pour 12 prévues »."""
        told = [f"{_people(self.entered)} dans {self.group}"] if self.entered else []
        if self.moved:
            told.append(f"dont {self.moved} venue{'s' * (self.moved > 1)} d’un autre groupe")
        if self.already:
            told.append(f"{_people(self.already)} déjà dans ce groupe")
        if self.present > self.capacity:
            told.append(f"il compte {self.present} personnes, pour {self.capacity} prévues")
        return " · ".join(told)


@dataclass(frozen=True, slots=True)
class Stay:
    """A journey: from the entry to the day of leaving, None while nobody knows it."""

    entered_on: date
    left_on: date | None

    def is_under_way(self, today: date) -> bool:
        """Whether it is not over by `today`: the day of leaving may be to come."""
        return self.left_on is None or self.left_on > today


def check_entering(name: str, stays: Iterable[Stay], on: date) -> None:
    """Raise UserError where an entry would fall within, or before, what is known already: two
    journeys never cover one day."""
    for stay in stays:
        over = stay.left_on is not None and stay.left_on <= on
        if not over and on < stay.entered_on:
            raise UserError(
                f"{name} a déjà une entrée le {long_day(stay.entered_on)}, après le "
                f"{long_day(on)}.",
                "Rien n’a changé.",
                "Choisissez un jour d’entrée plus récent.",
            )


def _people(count: int) -> str:
    return f"{count} personne{'s' * (count > 1)}"


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """Somebody who leaves a group: how is a code of the list of exits. `is_warned`: it was said
    that presences are noted after that day."""

    journey_id: UUID
    on: date
    exit: str
    detail: str = ""
    is_warned: bool = False


class NotedAfterError(UserError):
    """Presences are noted after somebody would leave: to be said before."""

    def __init__(self, on: date, noted: int) -> None:
        many = noted > 1
        super().__init__(
            f"{noted} présence{'s sont notées' if many else ' est notée'} après le {long_day(on)}.",
            f"{'Elles resteront' if many else 'Elle restera'} dans la grille, et ne "
            f"{'compteront' if many else 'comptera'} plus nulle part.",
            "Corrigez le jour, ou notez la sortie encore une fois.",
        )


def check_noted(command: LeaveGroup, noted: int, sent: int) -> None:
    """Raise UserError where presences after the day of leaving were sent to who pays; where some
    are noted, unless it was said."""
    if sent:
        many = sent > 1
        raise UserError(
            f"{sent} présence{'s' * many} d’après le {long_day(command.on)} "
            f"{'ont été envoyées' if many else 'a été envoyée'} : ce qui est envoyé reste vrai.",
            "Rien n’a changé.",
            "Corrigez le jour, ou rouvrez-les d’abord (« Corriger une présence envoyée… »).",
        )
    if noted and not command.is_warned:
        raise NotedAfterError(command.on, noted)


def check_leaving(entered_on: date, command: LeaveGroup, today: date) -> None:
    """Raise UserError where somebody would leave before they entered, or in the future."""
    if command.on < entered_on:
        raise UserError(
            f"L’entrée est du {long_day(entered_on)} : la sortie ne peut la précéder.",
            "Rien n’a changé.",
            "Corrigez le jour de la sortie.",
        )
    if command.on > today:
        raise UserError(
            f"Le {long_day(command.on)} n’est pas encore venu.",
            "Rien n’a changé.",
            "Notez la sortie quand elle a eu lieu.",
        )
