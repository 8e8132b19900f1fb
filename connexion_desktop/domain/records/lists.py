"""The association itself, its team, its places, its settings and the lines of its lists."""

from __future__ import annotations

from dataclasses import replace

from connexion_desktop.domain.french_dates import WEEKDAYS as FRENCH_WEEKDAYS
from connexion_desktop.domain.records.declared import Measure, Part, RecordKind, Told
from connexion_desktop.domain.reference_lists import CATEGORIES
from connexion_desktop.domain.thresholds import WEEKDAYS

_RETIRED = Told("Retirée le")
_DAYS = tuple((str(place), name) for place, name in enumerate(FRENCH_WEEKDAYS))

_CLOSURE = Part(
    "closure",
    {
        "first_on": Told("Premier jour"),
        "last_on": Told("Dernier jour"),
        "site_id": Told("Site"),
    },
)

LISTS = (
    RecordKind("association", "Historique de l’association", (Part("association"),)),
    RecordKind(
        "site",
        "Historique du site",
        (
            Part("site", {"code": Told("Code", fixed=True), "sessions": Told("Sessions par an")}),
            replace(_CLOSURE, owner="site_id", title="Fermeture", named=("label",), whole=False),
        ),
    ),
    RecordKind("closure", "Historique de la fermeture", (_CLOSURE,)),
    RecordKind(
        "staff",
        "Historique du membre de l’équipe",
        (
            Part(
                "staff",
                {"login": Told("Identifiant", fixed=True), "left_on": Told("Parti le")},
            ),
        ),
    ),
    RecordKind(
        "delegation",
        "Historique de la délégation",
        (Part("delegation", {"starts_on": Told("Du"), "ends_on": Told("Au")}),),
    ),
    RecordKind(
        "setting",
        "Historique du réglage",
        (Part("setting", {"key": Told("Réglage", fixed=True), "value": Told("Valeur", WEEKDAYS)}),),
    ),
    RecordKind(
        "reference_item",
        "Historique de la ligne",
        (
            Part(
                "reference_item",
                {
                    "list": Told("Liste", fixed=True),
                    "code": Told("Code", fixed=True),
                    "definition": Told("Définition"),
                    "position": Told("Place"),
                    "to_confirm": Told("À confirmer"),
                    "retired_on": _RETIRED,
                    "data": Told(
                        "Précisions",
                        inside={
                            "short": Told("nom court"),
                            "aliases": Told("autres noms"),
                            "levels": Told("niveaux"),
                            "category": Told("catégorie", CATEGORIES),
                        },
                    ),
                },
            ),
        ),
    ),
    RecordKind(
        "programme_template",
        "Historique du modèle de programme",
        (
            Part(
                "programme_template",
                {
                    "content": Told(
                        "Séances",
                        inside={
                            "week": Told("semaine"),
                            "day": Told("jour"),
                            "weekday": Told("autre jour", _DAYS),
                            "start": Told("début", measure=Measure.CLOCK),
                            "end": Told("fin", measure=Measure.CLOCK),
                            "title": Told("titre"),
                            "kind": Told("sorte", "meeting_kind"),
                            "activity": Told("activité", "activity"),
                            "place": Told("lieu"),
                            "partner_id": Told("partenaire", to="organisation"),
                        },
                    ),
                },
            ),
        ),
    ),
    RecordKind(
        "trade_family",
        "Historique de la filière",
        (
            Part(
                "trade_family",
                {
                    "code": Told("Code", fixed=True),
                    "definition": Told("Définition"),
                    "position": Told("Place"),
                    "to_confirm": Told("À confirmer"),
                    "retired_on": _RETIRED,
                },
            ),
        ),
    ),
)
