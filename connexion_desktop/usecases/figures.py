"""Every figure, each one declaration: its words, its rule, what it counts and how it sorts.

To add one: a SELECT of facts in `figure_….py` (or one that is there), a `Declared` here. The
page, its lists, XLSX, CSV, PDF, Word and the command line have it then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from connexion_desktop.data import models as m
from connexion_desktop.domain.figures import Measure, Unit
from connexion_desktop.domain.placement import PlacementObject

from . import figure_attendance, figure_journeys, figure_loans, figure_placements

Facts = sa.Select[Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to sort, by the fact's own code: its title, and its words: a reference list by its
    name, or what they are."""

    title: str
    words: str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Declared:
    """A figure as it is declared.

    It sorts by its `kinds`, besides by site, group and month; those of a share are only told in its
    list. `since` is the column whose first day tells since when anything of the kind was written
    down: before, the figure is not known. `left_out` selects what has no date, told with
    `left_out_words`, of one and of several.
    """

    code: str
    section: str
    label: str
    rule: str
    facts: Facts
    since: Any
    kinds: tuple[Kind, ...] = ()
    measure: Measure = Measure.COUNT
    unit: Unit = Unit.PLAIN
    left_out: Facts | None = None
    left_out_words: tuple[str, str] = ("", "")


_PEOPLE, _ATTENDANCE, _PLACEMENTS = "Personnes et parcours", "Assiduité", "Immersions"
_LOANS, _EXITS = "Matériel", "Sorties"

_PUBLIC = Kind("Par public", {"visible": "Public visible", "invisible": "Public invisible"})
_OBJECT = Kind(
    "Par objet",
    {
        PlacementObject.DISCOVER.value: "Découvrir un métier",
        PlacementObject.CONFIRM.value: "Confirmer un projet",
        PlacementObject.RECRUIT.value: "Initier un recrutement",
    },
)
_OUTCOME = Kind(
    "Par issue",
    {
        "done": "Réalisée",
        "partly": "Réalisée en partie",
        "never": "N’a pas eu lieu",
        "unassessed": "Terminée, bilan à faire",
        "running": "En cours",
        "coming": "À venir",
    },
)
_CONFIRMED = Kind(
    "Métier",
    {"yes": "Confirmé", "partly": "À préciser", "no": "Écarté"},
)
_ASSESSED = Kind("Par bilan", {"in": "Bilan fait", "due": "Bilan à faire"})
_EQUIPMENT = Kind("Par matériel", {"computer": "Ordinateur"})
_CATEGORY = Kind(
    "Par nature",
    {
        "durable": "Emploi durable",
        "transition": "Emploi de transition",
        "positive": "Sortie positive",
        "other": "Autre sortie",
        "undocumented": "Non documentée",
    },
)
_EXIT = Kind("Par sortie", "exit")

FIGURES = (
    Declared(
        "met", _PEOPLE, "Personnes rencontrées",
        "Personnes dont le premier contact est dans la période, chacune une fois ; un mois seul "
        "(« février 2026 ») compte à son premier jour.",
        figure_journeys.MET, m.Person.met_on, (Kind("Par canal", "channel"), _PUBLIC),
        left_out=figure_journeys.MET_UNDATED,
        left_out_words=(
            "1 personne sans date de premier contact n’est pas comptée.",
            "{} personnes sans date de premier contact ne sont pas comptées.",
        ),
    ),
    Declared(
        "entered", _PEOPLE, "Entrées",
        "Parcours commencés dans la période ; qui sort et revient compte deux fois. Un "
        "changement de groupe n’est pas une entrée.",
        figure_journeys.ENTERED, m.Journey.entered_on, (Kind("Par activité", "activity"), _PUBLIC),
    ),
    Declared(
        "present", _PEOPLE, "Personnes présentes",
        "Personnes dans un groupe au moins un jour de la période, chacune une fois.",
        figure_journeys.PRESENT, m.Journey.entered_on,
    ),
    Declared(
        "left", _PEOPLE, "Parcours terminés",
        "Parcours dont le dernier jour est dans la période et passé, quelle que soit la sortie. "
        "Un changement de groupe n’est pas une sortie.",
        figure_journeys.LEFT, m.Journey.entered_on, (_CATEGORY, _EXIT),
    ),
    Declared(
        "attendance", _ATTENDANCE, "Taux de présence",
        "Demi-journées de présence ou de retard, sur toutes celles qui sont notées dans la "
        "période. Ce qui n’est pas noté ne compte pas.",
        figure_attendance.ATTENDANCE, m.Attendance.on, measure=Measure.SHARE, unit=Unit.PERCENT,
    ),
    Declared(
        "absences", _ATTENDANCE, "Absences",
        "Demi-journées notées « absent » ou « excusé » dans la période.",
        figure_attendance.ABSENCES, m.Attendance.on,
        (Kind("Par motif", {"E": "Absence excusée", "A": "Absence"}),),
        measure=Measure.SUM,
    ),
    Declared(
        "late", _ATTENDANCE, "Retards",
        "Demi-journées notées « retard » dans la période.",
        figure_attendance.LATE, m.Attendance.on, measure=Measure.SUM,
    ),
    Declared(
        "placements", _PLACEMENTS, "Immersions",
        "Immersions (PMSMP) dont le premier jour est dans la période et dont la convention est "
        "émise, ni refusée ni annulée.",
        figure_placements.PLACEMENTS, m.Agreement.starts_on, (_OBJECT, _OUTCOME, _CONFIRMED),
    ),
    Declared(
        "placed_people", _PLACEMENTS, "En immersion",
        "Personnes qui commencent au moins une immersion dans la période, chacune une fois.",
        figure_placements.PLACED_PEOPLE, m.Agreement.starts_on,
    ),
    Declared(
        "placement_hours", _PLACEMENTS, "Heures d’immersion",
        "Heures prévues par les conventions des immersions qui commencent dans la période.",
        figure_placements.PLACEMENT_MINUTES, m.Agreement.starts_on, (_OBJECT,),
        measure=Measure.SUM, unit=Unit.HOURS,
    ),
    Declared(
        "assessed", _PLACEMENTS, "Bilans faits",
        "Immersions terminées dans la période dont le bilan est fait, sur toutes celles qui y sont "
        "terminées.",
        figure_placements.ASSESSED, m.Agreement.starts_on, (_ASSESSED,),
        measure=Measure.SHARE, unit=Unit.PERCENT,
    ),
    Declared(
        "lent", _LOANS, "Prêts",
        "Ordinateurs remis dans la période.",
        figure_loans.LENT, m.Loan.lent_on, (_EQUIPMENT,),
    ),
    Declared(
        "returned", _LOANS, "Retours",
        "Ordinateurs rendus dans la période.",
        figure_loans.RETURNED, m.Loan.lent_on, (_EQUIPMENT,),
    ),
    Declared(
        "still_lent", _LOANS, "Prêts en cours",
        "Ordinateurs prêtés et pas encore rendus au dernier jour de la période, ou aujourd’hui si "
        "elle n’est pas finie.",
        figure_loans.STILL_LENT, m.Loan.lent_on, (_EQUIPMENT,),
    ),
    Declared(
        "overdue", _LOANS, "Retours en retard",
        "Prêts en cours ce jour-là dont la date de retour prévue est passée.",
        figure_loans.OVERDUE, m.Loan.lent_on, (_EQUIPMENT,),
    ),
    Declared(
        "exits", _EXITS, "Sorties documentées",
        "Parcours terminés dans la période dont la sortie est connue.",
        figure_journeys.DOCUMENTED, m.Journey.entered_on, (_CATEGORY, _EXIT),
    ),
    Declared(
        "positive_exits", _EXITS, "Sorties dynamiques",
        "Emploi durable, emploi de transition ou sortie positive (formation, insertion, "
        "alternance), sur toutes les sorties documentées.",
        figure_journeys.POSITIVE_EXITS, m.Journey.entered_on, (_CATEGORY, _EXIT),
        measure=Measure.SHARE, unit=Unit.PERCENT,
    ),
    Declared(
        "durable_exits", _EXITS, "En emploi durable",
        "CDI, CDD de six mois et plus, fonction publique, création d’entreprise, sur toutes les "
        "sorties documentées.",
        figure_journeys.DURABLE_EXITS, m.Journey.entered_on, (_CATEGORY, _EXIT),
        measure=Measure.SHARE, unit=Unit.PERCENT,
    ),
    Declared(
        "undocumented", _EXITS, "Non documentées",
        "Parcours terminés dans la période dont personne n’a noté la sortie. Toujours à part : "
        "aucun taux ne les compte.",
        figure_journeys.UNDOCUMENTED, m.Journey.entered_on,
    ),
)  # fmt: skip
"""In the order of the page and of the papers."""
