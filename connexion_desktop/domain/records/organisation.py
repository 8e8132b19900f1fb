"""A company, an association, a public body, and who works there."""

from __future__ import annotations

from connexion_desktop.domain.records.declared import Part, RecordKind, Told

ORGANISATION = RecordKind(
    "organisation",
    "Historique de la structure",
    (
        Part(
            "organisation",
            {
                "name": Told("Nom", together=("folded",)),
                "insurance_attested_on": Told("Assurance attestée le"),
                "sunday_practice": Told("Travail du dimanche"),
                "night_practice": Told("Travail de nuit"),
                "detail": Told("Précision"),
            },
            silent=frozenset({"folded"}),
        ),
        Part(
            "organisation_role",
            {"role": Told("Rôle", "organisation_role", fixed=True)},
            owner="organisation_id",
            title="Rôle",
            named=("role",),
        ),
        Part(
            "contact",
            {"left_on": Told("N’y travaille plus depuis le")},
            owner="organisation_id",
            title="Contact",
            named=("name",),
        ),
    ),
)
