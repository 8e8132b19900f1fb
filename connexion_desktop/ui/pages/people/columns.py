"""What the list of people says of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from connexion_desktop.domain.french_dates import age_text, imprecise_numeric
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.people import KnownPerson
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.rows_table import RowColumn

_TINTS: dict[PersonState, Tint] = {
    PersonState.MET: "grey",
    PersonState.INVITED: "accent",
    PersonState.WAITING: "amber",
    PersonState.IN_GROUP: "green",
    PersonState.OUT: "grey",
    PersonState.REFUSED: "grey",
}
_STATES = tuple(PersonState)


def columns(today: Callable[[], date]) -> tuple[RowColumn[KnownPerson], ...]:
    """The columns, in their first order."""
    return (
        RowColumn("Nom", 128, lambda each: each.line.family_name, _by_name, bold=True),
        RowColumn("Prénom", 116, lambda each: each.line.given_name, bold=True),
        RowColumn(
            "Où en est-on",
            138,
            lambda each: each.line.state.label,
            lambda each: _STATES.index(each.line.state),
            tint=lambda each: _TINTS[each.line.state],
        ),
        RowColumn("Groupe", 178, lambda each: each.line.group, spared=True),
        RowColumn("Téléphone", 122, lambda each: each.line.phone, spared=True),
        RowColumn("Ville", 98, lambda each: each.line.city, spared=True),
        RowColumn(
            "Âge",
            106,
            lambda each: _age(each.line.birth, today()),
            lambda each: _youngest_first(each.line.birth),
            spared=True,
        ),
        RowColumn(
            "Premier contact",
            112,
            lambda each: _numeric(each.line.met),
            lambda each: each.line.met.day if each.line.met is not None else None,
            spared=True,
        ),
        RowColumn(
            "À vérifier",
            80,
            lambda each: _values(each.line.to_check),
            lambda each: each.line.to_check or None,
            ink=lambda _each: "amber",
            spared=True,
        ),
        RowColumn(
            "Numéro",
            76,
            lambda each: each.line.number,
            lambda each: (len(each.line.number), each.line.number),
            ink=lambda _each: "muted",
            spared=True,
        ),
    )


def _by_name(person: KnownPerson) -> tuple[str, str, str]:
    return person.by_name


def _age(birth: ImpreciseDate | None, today: date) -> str:
    return "" if birth is None else age_text(birth, today)


def _youngest_first(birth: ImpreciseDate | None) -> int | None:
    return None if birth is None else -birth.day.toordinal()


def _numeric(value: ImpreciseDate | None) -> str:
    return "" if value is None else imprecise_numeric(value)


def _values(count: int) -> str:
    return f"{count} valeur{'s' * (count > 1)}" if count else ""
