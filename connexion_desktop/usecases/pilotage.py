"""What was achieved over a period: the report, the list behind a figure, and their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import together
from connexion_desktop.domain.activity_report import (
    ActivityReport,
    Figure,
    FigureLine,
    Question,
    flat_sheet,
    nominative_sheet,
    sheets,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.figures import (
    BY_MONTH,
    Fact,
    Measure,
    Sorting,
    breakdown,
    by_month,
    measured,
    month_key,
    told,
)
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.names import fold, full_name
from connexion_desktop.domain.period import Period
from connexion_desktop.domain.progress import Progress, Silent

from . import papers
from .figure_facts import narrowed
from .figures import FIGURES, Declared, Kind
from .paper_parties import association_of, body_of
from .snapshots import is_demo

if TYPE_CHECKING:
    from connexion_desktop.data.store import Store

KINDS = {".xlsx": "Classeur Excel", ".pdf": "PDF", ".docx": "Word", ".csv": "CSV"}
"""What a report is written as, by the end of its file's name."""

_SITE, _GROUP = "Par site", "Par groupe"
_FIXED = ("subject", "person", "cohort", "site", "on", "weight", "total")


def scopes(session: Session) -> tuple[tuple[tuple[UUID, str], ...], tuple[tuple[UUID, str], ...]]:
    """The sites by name, and the groups, the last begun first: each by its id."""
    every_site = (
        sa.select(m.Site.id, m.Site.name).where(m.Site.deleted_at.is_(None)).order_by(m.Site.name)
    )
    every_group = (
        sa.select(m.Cohort.id, m.Cohort.name)
        .where(m.Cohort.deleted_at.is_(None))
        .order_by(m.Cohort.starts_on.desc(), m.Cohort.name)
    )
    with together(session) as ask:
        sites = ask(session.execute, every_site)
        groups = ask(session.execute, every_group)
    return tuple(sites.value.tuples()), tuple(groups.value.tuples())


def scope_named(session: Session, site: str | None, group: str | None) -> tuple[UUID | None, ...]:
    """The ids of a site and of a group called so. Raises UserError for one that is not there."""
    sites, groups = scopes(session)
    found = []
    for known, wanted, what in ((sites, site, "site"), (groups, group, "groupe")):
        ids = [each for each, name in known if wanted and fold(name) == fold(wanted)]
        if wanted and not ids:
            raise UserError(
                f"Il n’y a pas de {what} « {wanted} ».",
                "Aucun fichier n’a été écrit.",
                "Au choix : " + ", ".join(name for _, name in known) + ".",
            )
        found.append(ids[0] if ids else None)
    return tuple(found)


def report(session: Session, asked: Question, progress: Progress | None = None) -> ActivityReport:
    """Every figure for what is asked. Raises UserError for a period that makes no sense."""
    asked.period.check()
    progress = progress or Silent()
    with together(session) as ask:
        named = ask(_Words, session)
        ours = ask(association_of, session)
        invented = ask(is_demo, session)
    words, figures = named.value, []
    with together(session) as ask:
        for rank, declared in enumerate(FIGURES):
            progress.step(rank, len(FIGURES), declared.label)
            figures.append(ask(_figure, session, declared, asked, words))
    progress.step(len(FIGURES), len(FIGURES))
    return ActivityReport(
        body_of(ours.value),
        asked.period,
        words.scope(asked),
        asked.today,
        tuple(each.value for each in figures),
        invented.value,
    )


def warm(store: Store, today: date, progress: Progress) -> None:
    """Have each statement ready before the page is first opened: a period without anything."""
    nothing = Question(Period(date.min, date.min), today)
    with store.report() as session:
        for rank, declared in enumerate(FIGURES):
            progress.step(rank, len(FIGURES))
            _facts(session, declared, nothing)


def lines(session: Session, asked: Question, code: str) -> tuple[FigureLine, ...]:
    """The list behind a figure, by name. Raises KeyError for no such figure."""
    declared = _DECLARED[code]
    with together(session) as ask:
        named = ask(_Words, session)
        found = ask(_facts, session, declared, asked)
        known = ask(_people, session, declared, asked)
    words, people = named.value, known.value
    sortings = _sortings(declared, words)
    made = []
    for fact in found.value:
        number, given, family = people[fact.person]
        keys = [(each.title, each.key_of(fact)) for each in sortings]
        made.append(
            FigureLine(
                fact.subject,
                fact.person,
                full_name(given, family or ""),
                number,
                words.groups.get(fact.cohort, ""),
                words.sites.get(fact.site, ""),
                fact.on,
                _told(declared, fact, words),
                (*keys, (BY_MONTH, month_key(fact))),
            )
        )
    if declared.measure is Measure.COUNT:
        made = _once_each(made)
    return tuple(sorted(made, key=lambda line: (fold(line.name), line.on or date.min)))


def _once_each(lines: Sequence[FigureLine]) -> list[FigureLine]:
    """A line for each subject, found under all the keys where it counts."""
    seen: dict[UUID, FigureLine] = {}
    for line in lines:
        first = seen.get(line.subject)
        keys = line.keys if first is None else (*first.keys, *line.keys)
        seen[line.subject] = replace(first or line, keys=keys)
    return list(seen.values())


def write(
    made: ActivityReport,
    path: Path,
    named: Sequence[tuple[Figure, tuple[FigureLine, ...]]] = (),
    logo: bytes = b"",
) -> None:
    """Write a report in the kind that the file's name says, whole or not at all; a workbook gets a
    sheet for each list in `named`, a paper its `logo` (PNG).

    Raises UserError for a report that says nothing, for another kind, where the disk refuses.
    """
    from connexion_desktop.exchange import lists

    made.check()
    match path.suffix.lower():
        case ".pdf" | ".docx":
            papers.write(made, path, logo)
            return
        case ".csv":
            content = lists.as_csv(flat_sheet(made))
        case ".xlsx":
            nominative = (nominative_sheet(figure, found) for figure, found in named if found)
            content = lists.as_xlsx(*sheets(made), *nominative)
        case _:
            raise UserError(
                f"« {path.name} » n’est pas un fichier que l’on sait écrire.",
                "Aucun fichier n’a été écrit.",
                "Donnez un nom en .xlsx, .pdf, .docx ou .csv.",
            )
    papers.write_bytes(content, path)


_DECLARED = {each.code: each for each in FIGURES}


class _Words:
    """The names of sites, groups and codes, read once for all the figures."""

    def __init__(self, session: Session) -> None:
        item = m.ReferenceItem
        kinds = (kind for each in FIGURES for kind in each.kinds)
        lists = {kind.words for kind in kinds if isinstance(kind.words, str)}
        words = (
            sa.select(item.list, item.code, item.label)
            .where(item.list.in_(lists), item.deleted_at.is_(None))
            .order_by(item.position, item.label)
        )
        with together(session) as ask:
            named = ask(scopes, session)
            rows = ask(session.execute, words)
        sites, groups = named.value
        self.sites: dict[UUID | None, str] = dict(sites)
        self.groups: dict[UUID | None, str] = dict(groups)
        self._lists: dict[str, dict[str, str]] = {}
        for name, code, label in rows.value:
            self._lists.setdefault(name, {})[code] = label

    def of(self, kind: Kind) -> Mapping[str, str]:
        """The codes and their words, in their order."""
        return self._lists.get(kind.words, {}) if isinstance(kind.words, str) else kind.words

    def scope(self, asked: Question) -> str:
        """« tous les sites », « site de Talence », « groupe Bordeaux · mars 2026 »."""
        told = []
        if asked.site is not None:
            told.append(f"site\u00a0: {self.sites.get(asked.site, '')}")
        if asked.cohort is not None:
            told.append(f"groupe\u00a0: {self.groups.get(asked.cohort, '')}")
        return ", ".join(told) or "tous les sites et tous les groupes"


def _figure(session: Session, declared: Declared, asked: Question, words: _Words) -> Figure:
    with together(session) as ask:
        why = ask(_why_unknown, session, declared, asked)
        counted = ask(_facts, session, declared, asked)
        beside = ask(_left_out, session, declared, asked)
    unknown = why.value
    known = not unknown
    found = counted.value if known else []
    value = measured(found, declared.measure) if known else None
    sorted_ways = [breakdown(found, declared.measure, each) for each in _sortings(declared, words)]
    sorted_ways.append(by_month(found, declared.measure, asked.period, asked.today))
    return Figure(
        declared.code,
        declared.section,
        declared.label,
        declared.rule,
        declared.unit,
        value,
        tuple(each for each in sorted_ways if each.parts and found),
        unknown or beside.value,
    )


def _why_unknown(session: Session, declared: Declared, asked: Question) -> str:
    """Why nobody knows: the period is to come, or nothing of the kind was ever written down by its
    end; nothing where it is known."""
    if asked.period.first > asked.today:
        return "Non connu : la période n’a pas commencé."
    column = declared.since
    since = session.scalar(sa.select(sa.func.min(column)).where(column.class_.deleted_at.is_(None)))
    if since is None or since > asked.period.last:
        return f"Non connu : rien de tel n’est noté avant le {long_day(asked.period.last)}."
    return ""


def _left_out(session: Session, declared: Declared, asked: Question) -> str:
    if declared.left_out is None:
        return ""
    rows = narrowed(declared.left_out(asked), asked).subquery()
    count = session.scalar(sa.select(sa.func.count(rows.c.subject.distinct()))) or 0
    one, several = declared.left_out_words
    return (several.format(count) if count > 1 else one) if count else ""


def _facts(session: Session, declared: Declared, asked: Question) -> list[Fact]:
    rows = session.execute(narrowed(declared.facts(asked), asked))
    first_kind = len(_FIXED)
    return [
        Fact(row[0], row[1], row[2], row[3], row[4], tuple(row[first_kind:]), row[5], row[6])
        for row in rows
    ]


def _people(
    session: Session, declared: Declared, asked: Question
) -> dict[UUID, tuple[str, str, str | None]]:
    rows = narrowed(declared.facts(asked), asked).subquery()
    person = m.Person
    found = session.execute(
        sa.select(person.id, person.number, person.given_name, person.family_name).where(
            person.id.in_(sa.select(rows.c.person))
        )
    )
    return {who: (number, given, family) for who, number, given, family in found}


def _sortings(declared: Declared, words: _Words) -> list[Sorting]:
    def by_kind(rank: int, kind: Kind) -> Sorting:
        return Sorting(kind.title, lambda fact: fact.kinds[rank], words.of(kind))

    kinds = () if declared.measure is Measure.SHARE else declared.kinds
    return [
        *(by_kind(rank, kind) for rank, kind in enumerate(kinds)),
        Sorting(_SITE, lambda fact: fact.site, words.sites),
        Sorting(_GROUP, lambda fact: fact.cohort, words.groups),
    ]


def _told(declared: Declared, fact: Fact, words: _Words) -> str:
    """What a line says besides who and when: its kinds, and what it weighs."""
    parts = [
        words.of(kind).get(code or "", "")
        for kind, code in zip(declared.kinds, fact.kinds, strict=True)
    ]
    match declared.measure:
        case Measure.SUM:
            parts.append(told(fact.weight, declared.unit))
        case Measure.SHARE if not declared.kinds:
            parts.append(f"{fact.weight} sur {fact.total}")
    return " · ".join(part for part in parts if part)
