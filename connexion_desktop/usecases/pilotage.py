"""What was achieved over a period: the report, the list behind a figure, and their files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import Answer, together
from connexion_desktop.domain.activity_report import (
    ActivityReport,
    Figure,
    FigureLine,
    Question,
    Scopes,
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
from .figure_facts import given, narrowed
from .figure_words import Words
from .figures import FIGURES, Declared, Kind
from .paper_parties import association_of, body_of
from .snapshots import is_demo

if TYPE_CHECKING:
    from connexion_desktop.data.store import Store

KINDS = {".xlsx": "Classeur Excel", ".pdf": "PDF", ".docx": "Word", ".csv": "CSV"}
"""What a report is written as, by the end of its file's name."""

_SITE, _GROUP = "Par site", "Par groupe"
_FIXED = ("subject", "person", "cohort", "site", "on", "weight", "total")


def report(session: Session, asked: Question, progress: Progress | None = None) -> ActivityReport:
    """Every figure for what is asked. Raises UserError for a period that makes no sense."""
    return report_and_scopes(session, asked, progress)[0]


def report_and_scopes(
    session: Session, asked: Question, progress: Progress | None = None
) -> tuple[ActivityReport, Scopes]:
    """The report, and the sites and groups that it may be asked for."""
    asked.period.check()
    progress = progress or Silent()
    with together(session) as ask:
        words = Words(ask, session)
        ours = ask(association_of, session)
        invented = ask(is_demo, session)
        columns = dict.fromkeys(declared.since for declared in FIGURES)
        since = {column: ask(session.scalar, _first_day(column)) for column in columns}
        figures = []
        for rank, declared in enumerate(FIGURES):
            progress.step(rank, len(FIGURES), declared.label)
            noted = since[declared.since]
            figures.append(ask(_figure, session, declared, asked, words, noted))
    progress.step(len(FIGURES), len(FIGURES))
    made = ActivityReport(
        body_of(ours.value),
        asked.period,
        words.scope(asked),
        asked.today,
        tuple(each.value for each in figures),
        invented.value,
    )
    return made, words.scopes


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
        words = Words(ask, session)
        found = ask(_facts, session, declared, asked)
        known = ask(_people, session, declared, asked)
    people = known.value
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
                *words.place(fact.cohort, fact.site),
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


def _figure(
    session: Session,
    declared: Declared,
    asked: Question,
    words: Words,
    noted_since: Answer[date | None],
) -> Figure:
    with together(session) as ask:
        counted = ask(_facts, session, declared, asked)
        beside = ask(_left_out, session, declared, asked)
    unknown = _why_unknown(asked, noted_since.value)
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


def _first_day(column: Any) -> sa.Select[tuple[date | None]]:
    return sa.select(sa.func.min(column)).where(column.class_.deleted_at.is_(None))


def _why_unknown(asked: Question, since: date | None) -> str:
    """Why nobody knows: the period is to come, or nothing of the kind was ever written down by its
    end; nothing where it is known."""
    if asked.period.first > asked.today:
        return "Non connu : la période n’a pas commencé."
    if since is None or since > asked.period.last:
        return f"Non connu : rien de tel n’est noté avant le {long_day(asked.period.last)}."
    return ""


def _left_out(session: Session, declared: Declared, asked: Question) -> str:
    if declared.left_out is None:
        return ""
    rows = narrowed(declared.left_out, asked).subquery()
    subjects = sa.select(sa.func.count(rows.c.subject.distinct()))
    count = session.scalar(subjects, given(asked)) or 0
    one, several = declared.left_out_words
    return (several.format(count) if count > 1 else one) if count else ""


def _facts(session: Session, declared: Declared, asked: Question) -> list[Fact]:
    rows = session.execute(narrowed(declared.facts, asked), given(asked))
    first_kind = len(_FIXED)
    return [
        Fact(row[0], row[1], row[2], row[3], row[4], tuple(row[first_kind:]), row[5], row[6])
        for row in rows
    ]


def _people(
    session: Session, declared: Declared, asked: Question
) -> dict[UUID, tuple[str, str, str | None]]:
    rows = narrowed(declared.facts, asked).subquery()
    person = m.Person
    known = sa.select(person.id, person.number, person.given_name, person.family_name)
    found = session.execute(known.where(person.id.in_(sa.select(rows.c.person))), given(asked))
    return {who: (number, given, family) for who, number, given, family in found}


def _sortings(declared: Declared, words: Words) -> list[Sorting]:
    def by_kind(rank: int, kind: Kind) -> Sorting:
        return Sorting(kind.title, lambda fact: fact.kinds[rank], words.of(kind))

    kinds = () if declared.measure is Measure.SHARE else declared.kinds
    return [
        *(by_kind(rank, kind) for rank, kind in enumerate(kinds)),
        Sorting(_SITE, lambda fact: fact.site, words.sites),
        Sorting(_GROUP, lambda fact: fact.cohort, words.groups),
    ]


def _told(declared: Declared, fact: Fact, words: Words) -> str:
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
