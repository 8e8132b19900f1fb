"""What the list of people says of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from connexion_desktop.domain.french_dates import age_text, imprecise_numeric
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.listing import PersonState
from connexion_desktop.domain.people import KnownPerson, PeopleOrder
from connexion_desktop.ui.widgets.badge import Tint
from connexion_desktop.ui.widgets.rows_table import RowColumn

ORDERS = tuple(PeopleOrder)
"""By what each column sorts, in their first order."""

_TINTS: dict[PersonState, Tint] = {
    PersonState.MET: "grey",
    PersonState.INVITED: "accent",
    PersonState.WAITING: "amber",
    PersonState.IN_GROUP: "green",
    PersonState.OUT: "grey",
    PersonState.REFUSED: "grey",
}


def columns(today: Callable[[], date]) -> tuple[RowColumn[KnownPerson], ...]:
    """The columns, one for each of `ORDERS`."""
    made: dict[PeopleOrder, RowColumn[KnownPerson]] = {
        PeopleOrder.NAME: RowColumn("Nom", 128, lambda each: each.line.family_name, bold=True),
        PeopleOrder.GIVEN: RowColumn("Prénom", 116, lambda each: each.line.given_name, bold=True),
        PeopleOrder.STATE: RowColumn(
            "Où en est-on",
            138,
            lambda each: each.line.state.label,
            tint=lambda each: _TINTS[each.line.state],
        ),
        PeopleOrder.GROUP: RowColumn("Groupe", 178, lambda each: each.line.group, spared=True),
        PeopleOrder.PHONE: RowColumn("Téléphone", 122, lambda each: each.line.phone),
        PeopleOrder.CITY: RowColumn("Ville", 98, lambda each: each.line.city, spared=True),
        PeopleOrder.BIRTH: RowColumn(
            "Âge", 106, lambda each: _age(each.line.birth, today()), spared=True
        ),
        PeopleOrder.MET: RowColumn(
            "Premier contact", 112, lambda each: _day(each.line.met), spared=True
        ),
        PeopleOrder.TO_CHECK: RowColumn(
            "À vérifier", 80, lambda each: _values(each.line.to_check), ink="amber", spared=True
        ),
        PeopleOrder.NUMBER: RowColumn(
            "Numéro", 76, lambda each: each.line.number, ink="muted", spared=True
        ),
    }
    return tuple(made[order] for order in ORDERS)


def told(person: KnownPerson) -> str:
    """What a screen reader says of somebody."""
    return f"{person.name}, {person.line.state.label}"


def _age(birth: ImpreciseDate | None, today: date) -> str:
    return "" if birth is None else age_text(birth, today)


def _day(value: ImpreciseDate | None) -> str:
    return "" if value is None else imprecise_numeric(value)


def _values(count: int) -> str:
    return f"{count} valeur{'s' * (count > 1)}" if count else ""
