"""A year of groups on one view: who leads them, side by side in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from connexion_desktop.domain.groups import GroupRow

NOBODY = "Sans conseiller"


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
        """« 2026 · 4 groupes : 2 à Bordeaux, 1 à Talence, 1 à Pessac »."""
        begun = [group for group in self.groups if group.starts_on.year == self.year]
        if not begun:
            return f"{self.year} · aucun groupe ne commence"
        sites: dict[str, int] = defaultdict(int)
        for group in begun:
            sites[group.site or "site à préciser"] += 1
        ordered = sorted(sites.items(), key=lambda each: (-each[1], each[0]))
        told = ", ".join(f"{count} à {site}" for site, count in ordered)
        return f"{self.year} · {len(begun)} groupe{'s' * (len(begun) > 1)} : {told}"


def year_of(groups: Iterable[GroupRow], year: int) -> YearView:
    """The groups that run in a year, those of one conseiller together, by name; those without one
    come last. Where two of one conseiller overlap, each has its line."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    by_name: dict[str, list[GroupRow]] = defaultdict(list)
    for group in groups:
        if group.starts_on <= last and group.weeks_end >= first:
            by_name[group.conseiller].append(group)
    lines: list[YearLine] = []
    for name in sorted(by_name, key=lambda each: (not each, each)):
        for place, line in enumerate(_apart(by_name[name])):
            lines.append(YearLine("" if place else name or NOBODY, tuple(line)))
    return YearView(year, tuple(lines))


def _apart(groups: Iterable[GroupRow]) -> list[list[GroupRow]]:
    lines: list[list[GroupRow]] = []
    for group in sorted(groups, key=lambda each: (each.starts_on, each.name)):
        line = next((each for each in lines if each[-1].weeks_end < group.starts_on), None)
        if line is None:
            line = []
            lines.append(line)
        line.append(group)
    return lines
