"""A year of groups on one view: who leads them, side by side in time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from connexion_desktop.domain.groups import GroupRow

NOBODY = "Sans conseiller"


@dataclass(frozen=True, slots=True)
class YearPlan:
    """How many groups begin in a year, as it is set; by site, the name of those where any does."""

    total: int = 0
    sites: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class YearLine:
    """A line of the view: groups that do not overlap, in their order. `name` is who leads them, at
    their first line; « » at the others."""

    name: str
    groups: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """The groups of a year, line by line."""

    year: int
    lines: tuple[YearLine, ...]
    plan: YearPlan = field(default_factory=YearPlan)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 12, 31)

    @property
    def groups(self) -> tuple[GroupRow, ...]:
        """All of them, line by line."""
        return tuple(group for line in self.lines for group in line.groups)

    @property
    def told(self) -> str:
        """« 2026 · 3 groupes sur 4 : 2 à Bordeaux, 1 à Talence · il manque Pessac · 1 commencé
        avant »."""
        begun = [group for group in self.groups if group.starts_on.year == self.year]
        sites = Counter(group.site for group in begun)
        ordered = sorted(sites.items(), key=lambda each: (not each[0], -each[1], each[0]))
        told = ", ".join(
            f"{count} {f'à {site}' if site else 'sans site'}" for site, count in ordered
        )
        whole = f" sur {self.plan.total}" if self.plan.total else ""
        if begun:
            count = f"{len(begun)} groupe{'s' * (len(begun) > 1)}{whole} : {told}"
        else:
            count = f"aucun groupe prévu{whole}" if whole else "aucun groupe ne commence"
        before = len(self.groups) - len(begun)
        parts = (
            str(self.year),
            count,
            _difference("il manque", self.plan.sites, sites),
            _difference("en plus", sites, self.plan.sites) if self.plan.sites else "",
            f"{before} commencé{'s' * (before > 1)} avant" if before else "",
        )
        return " · ".join(part for part in parts if part)


def _difference(words: str, more: Mapping[str, int], less: Mapping[str, int]) -> str:
    """« il manque Bordeaux (2), Pessac »: the sites of which there are more on one side."""
    apart = {site: more[site] - less.get(site, 0) for site in more if site}
    told = [
        site if count == 1 else f"{site} ({count})"
        for site, count in sorted(apart.items())
        if count > 0
    ]
    return f"{words} {', '.join(told)}" if told else ""


def year_of(groups: Iterable[GroupRow], year: int, plan: YearPlan | None = None) -> YearView:
    """The groups that run in a year, those of one conseiller together, by name; those without one
    come last. Where two of one conseiller overlap, each has its line. `plan`: what is set."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    by_name: dict[str, list[GroupRow]] = defaultdict(list)
    for group in groups:
        if group.starts_on <= last and group.weeks_end >= first:
            by_name[group.conseiller].append(group)
    lines: list[YearLine] = []
    for name in sorted(by_name, key=lambda each: (not each, each)):
        for place, line in enumerate(_apart(by_name[name])):
            lines.append(YearLine("" if place else name or NOBODY, tuple(line)))
    return YearView(year, tuple(lines), plan or YearPlan())


def _apart(groups: Iterable[GroupRow]) -> list[list[GroupRow]]:
    lines: list[list[GroupRow]] = []
    for group in sorted(groups, key=lambda each: (each.starts_on, each.name)):
        line = next((each for each in lines if each[-1].weeks_end < group.starts_on), None)
        if line is None:
            line = []
            lines.append(line)
        line.append(group)
    return lines
