"""What was achieved over a period: figures with their rule, and how they are given to others.

Nobody is named in a report; the list behind a figure is apart, and given only to who asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid5

from connexion_desktop.domain.convention_paper import Body
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.figures import Breakdown, Part, Unit, told
from connexion_desktop.domain.french_dates import long_day, numeric_day
from connexion_desktop.domain.period import Period
from connexion_desktop.domain.sheet import Cell, ListSheet
from connexion_desktop.domain.typography import capitalised

WHOLE = "Ensemble"
_MINUTES = 60
Scopes = tuple[tuple[tuple[UUID, str], ...], tuple[tuple[UUID, str], ...]]
"""The sites and the groups that a report may be asked for, each by its id and its name."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a period, and maybe one site, or one group."""

    period: Period
    today: date
    site: UUID | None = None
    cohort: UUID | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, its rule in words, and how it sorts. `value` is None where nobody knows; `remark`
    says what could not be counted."""

    code: str
    section: str
    label: str
    rule: str
    unit: Unit
    value: float | None
    breakdowns: tuple[Breakdown, ...] = ()
    remark: str = ""

    @property
    def told(self) -> str:
        """« 12 », « 87 % »; nothing for what is not known."""
        return told(self.value, self.unit)

    def told_part(self, part: Part) -> str:
        """The number of a line, as the figure's own."""
        return told(part.value, self.unit)


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """Every figure, in the order of their sections; `scope` is « tous les sites », a site or a
    group."""

    association: Body
    period: Period
    scope: str
    made_on: date
    figures: tuple[Figure, ...]
    is_demo: bool = False

    @property
    def title(self) -> str:
        """« Activité : année 2026 »."""
        return f"Activité\u00a0: {self.period.text}"

    @property
    def file_name(self) -> str:
        """What its file is called, without its kind: it names no group."""
        first, last = self.period.first.isoformat(), self.period.last.isoformat()
        return f"Activité du {first} au {last}"

    @property
    def copies(self) -> tuple[str, ...]:
        """Who gets an original."""
        return ("",)

    @property
    def sections(self) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
        """The figures under their titles."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.section, []).append(figure)
        return tuple((title, tuple(figures)) for title, figures in found.items())

    def figure(self, code: str) -> Figure:
        """One of them. Raises KeyError for no such code."""
        return {each.code: each for each in self.figures}[code]

    def check(self) -> None:
        """Raise UserError if it says nothing: an empty file would be taken for an answer."""
        if not any(figure.value for figure in self.figures):
            raise UserError(
                f"Il n’y a rien à compter : {self.period.text}, {self.scope}.",
                "Aucun fichier n’a été écrit.",
                "Choisissez une autre période, un autre site ou un autre groupe.",
            )


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A line of the list behind a figure: what counts, about whom. `keys` are those of the figure's
    breakdowns, by their titles, for whoever keeps one part."""

    subject: UUID
    person: UUID
    name: str
    number: str
    group: str
    site: str
    on: date | None
    told: str
    keys: tuple[tuple[str, object], ...] = field(default=(), repr=False)

    @property
    def id(self) -> UUID:
        """Of the line: one person may have several."""
        return uuid5(self.subject, f"{self.on}{self.told}")

    def is_in(self, title: str, key: object) -> bool:
        """Whether it counts in that line of that breakdown."""
        return (title, key) in self.keys


def under_names(lines: Sequence[FigureLine], names: Mapping[UUID, str]) -> tuple[FigureLine, ...]:
    """The lines with the names known for their people, instead of the numbers that hid them."""
    return tuple(replace(line, name=names.get(line.person, line.name)) for line in lines)


FLAT_TITLES = ("Rubrique", "Chiffre", "Répartition", "Ligne", "Valeur", "Unité", "Règle")


def flat_sheet(report: ActivityReport) -> ListSheet:
    """Every number on a line of its own: for another program."""
    rows: list[tuple[Cell, ...]] = []
    for figure in report.figures:
        unit = figure.unit.value
        rows.append(
            (figure.section, figure.label, WHOLE, "", plain(figure.value, figure.unit), unit,
             _rule(figure))
        )  # fmt: skip
        rows += [
            (figure.section, figure.label, each.title, part.label, plain(part.value, figure.unit),
             unit, "")
            for each in figure.breakdowns
            for part in each.parts
        ]  # fmt: skip
    return ListSheet(report.title, FLAT_TITLES, tuple(rows))


def sheets(report: ActivityReport) -> tuple[ListSheet, ...]:
    """A sheet with the figures and their rules, then one for each way they sort."""
    head: list[tuple[Cell, ...]] = [
        (figure.section, figure.label, plain(figure.value, figure.unit), figure.unit.value,
         _rule(figure))
        for figure in report.figures
    ]  # fmt: skip
    about: list[tuple[Cell, ...]] = [
        ("Période", capitalised(report.period.text), "", "", ""),
        ("Périmètre", capitalised(report.scope), "", "", ""),
        ("Association", report.association.name, "", "", ""),
        ("Fait le", numeric_day(report.made_on), "", "", ""),
    ]
    titles = ("Rubrique", "Chiffre", "Valeur", "Unité", "Règle")
    found = [ListSheet("Chiffres", titles, tuple(head + about))]
    for title in dict.fromkeys(each.title for fig in report.figures for each in fig.breakdowns):
        rows = tuple(
            (figure.label, part.label, plain(part.value, figure.unit), figure.unit.value)
            for figure in report.figures
            for each in figure.breakdowns
            if each.title == title
            for part in each.parts
        )
        if rows:
            found.append(ListSheet(title, ("Chiffre", "Ligne", "Valeur", "Unité"), rows))
    return tuple(found)


NOMINATIVE_TITLES = ("Personne", "Numéro", "Groupe", "Site", "Date", "Précision")


def nominative_sheet(figure: Figure, lines: Sequence[FigureLine]) -> ListSheet:
    """The list behind a figure."""
    rows = tuple(
        (each.name, each.number, each.group, each.site, each.on or "", each.told) for each in lines
    )
    return ListSheet(figure.label, NOMINATIVE_TITLES, rows)


def plain(value: float | None, unit: Unit) -> Cell:
    """A number for a spreadsheet, with one decimal at most; nothing for what is not known."""
    if value is None:
        return ""
    shown = round(value / _MINUTES if unit is Unit.HOURS else value, 1)
    return int(shown) if shown == int(shown) else shown


def made_text(report: ActivityReport) -> str:
    """« fait le 21 avril 2026 »."""
    return f"fait le {long_day(report.made_on)}"


def _rule(figure: Figure) -> str:
    return f"{figure.rule} {figure.remark}".strip()
