"""The files attached to a record: what is done with them is told in its history."""

from __future__ import annotations

from connexion_desktop.domain.records.declared import Part, Told


def files_of(table: str) -> Part:
    """The files attached to a row of `table`. They do not follow when it goes back to a version."""
    return Part(
        "attachment",
        {"name": Told("Nom", together=("folded",)), "kind": Told("Sorte", "paper")},
        owner="subject_id",
        title="Fichier",
        named=("name",),
        only=("subject_table", table),
        silent=frozenset({"folded", "audience", "media_type", "size", "sha256", "pages"}),
        whole=False,
    )
