"""Among the new people of a table, those whom a colleague follows at another site: told by the site
alone, as the office's server answers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from connexion_desktop.domain.import_reading import PersonRead
from connexion_desktop.domain.import_rows import ImportPreview, PreviewRow, RowStatus
from connexion_desktop.domain.progress import Progress
from connexion_desktop.domain.servers import asks_elsewhere
from connexion_desktop.usecases.asked_elsewhere import AskedElsewhere
from connexion_desktop.usecases.people import sites_elsewhere
from connexion_desktop.usecases.roles import roles_of

_NOT_SAID = (
    "Le serveur ne dit plus qui est déjà connu à un autre site : trop de noms en une minute. "
    "Revenez à cet aperçu dans un instant pour les suivants."
)


def with_sites(
    session: Session, preview: ImportPreview, asked: AskedElsewhere, progress: Progress
) -> ImportPreview:
    """The same preview, where each new person known elsewhere says so. Raises Cancelled."""
    if not asks_elsewhere(roles_of(session)):
        return preview
    people = {
        place: row.source.value
        for place, row in enumerate(preview.rows)
        if row.source is not None and isinstance(row.source.value, PersonRead) and _is_new(row)
    }
    rows, silent = list(preview.rows), False
    for rank, (place, person) in enumerate(people.items()):
        progress.step(rank, len(people), "Recherche aux autres sites")
        names = (person.given_name, person.family_name or "")
        sites = asked.sites(*names, partial(sites_elsewhere, session))
        silent = silent or sites is None
        if sites:
            told = (
                f"Déjà connu(e) à : {', '.join(sites)}. Un collègue suit peut-être cette personne."
            )
            rows[place] = replace(rows[place], notes=(told, *rows[place].notes))
    warnings = (*preview.warnings, _NOT_SAID) if silent else preview.warnings
    return replace(preview, rows=tuple(rows), warnings=warnings)


def _is_new(row: PreviewRow) -> bool:
    return not row.is_known and row.status is not RowStatus.UNUSABLE
