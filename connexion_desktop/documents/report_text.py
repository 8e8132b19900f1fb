"""An activity report turned into sections: figures in large with their rule, and their charts."""

from __future__ import annotations

from collections.abc import Iterator

from connexion_desktop.documents.content import (
    NOT_KNOWN,
    Bar,
    Block,
    Chart,
    Field,
    Grid,
    Note,
    Paper,
    Rated,
    Section,
    cleaned,
)
from connexion_desktop.documents.convention_parties import letterhead
from connexion_desktop.domain.activity_report import ActivityReport, Figure, made_text
from connexion_desktop.domain.figures import Breakdown, Unit
from connexion_desktop.domain.typography import capitalised, typeset

_INVENTED = "Démonstration : toutes ces personnes sont inventées."
_NOBODY = "Personne n’est nommé dans ce rapport. Un tiret : le chiffre n’est pas connu."
_MOST_BARS = 24
_ACROSS = 4


def paper_text(report: ActivityReport) -> Paper:
    """Everything the report says, cleaned, section by section."""
    report = cleaned(report)
    sections = [
        Section(title, tuple(block for figure in figures for block in _figure(figure)))
        for title, figures in report.sections
    ]
    summary = Section("L’essentiel", (Grid(_summary(report)),))
    notes = (_NOBODY, _INVENTED) if report.is_demo else (_NOBODY,)
    reading = Section("Lire ce rapport", tuple(Note(typeset(note)) for note in notes))
    return Paper(
        title=report.title,
        subtitle=capitalised(report.scope),
        issuer=report.association.name,
        letterhead=letterhead(report.association),
        number=report.title,
        reference="Rapport d’activité",
        edition=made_text(report),
        stamp="",
        code="",
        subject=capitalised(report.scope),
        issued_on=report.made_on,
        sections=(summary, *sections, reading),
    )


def _summary(report: ActivityReport) -> tuple[tuple[Field, ...], ...]:
    """Every figure at a glance, a row or more for each section."""
    rows: list[tuple[Field, ...]] = []
    for _, figures in report.sections:
        for start in range(0, len(figures), _ACROSS):
            row = figures[start : start + _ACROSS]
            width = 12 // len(row)
            rows.append(
                tuple(Field(each.label, each.told or NOT_KNOWN, width, strong=True) for each in row)
            )
    return tuple(rows)


def _figure(figure: Figure) -> Iterator[Block]:
    rule = typeset(f"{figure.rule} {figure.remark}".strip())
    yield Rated(figure.told, figure.label, rule)
    for each in figure.breakdowns:
        if len(each.parts) > 1:
            yield _chart(figure, each)


def _chart(figure: Figure, sorted_way: Breakdown) -> Chart:
    """The first bars only, where there are too many to be read: the rest is counted."""
    parts = sorted_way.parts[:_MOST_BARS]
    left_out = len(sorted_way.parts) - len(parts)
    is_share = figure.unit is Unit.PERCENT
    highest = 100 if is_share else max((part.value or 0 for part in parts), default=0)
    bars = tuple(
        Bar(part.label, figure.told_part(part), (part.value or 0) / highest if highest else 0.0)
        for part in parts
    )
    title = f"{sorted_way.title} (et {left_out} de plus)" if left_out else sorted_way.title
    return Chart(title, bars)
