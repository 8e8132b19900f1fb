"""The words that figures are told with: sites, groups, and the codes they sort by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.data.together import Asking, together
from connexion_desktop.domain.activity_report import Question, Scopes
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.names import fold

from .figures import FIGURES, Kind

_SITES = sa.select(m.Site.id, m.Site.name).where(m.Site.deleted_at.is_(None)).order_by(m.Site.name)
_GROUPS = (
    sa.select(m.Cohort.id, m.Cohort.name)
    .where(m.Cohort.deleted_at.is_(None))
    .order_by(m.Cohort.starts_on.desc(), m.Cohort.name)
)
_LISTS = {kind.words for each in FIGURES for kind in each.kinds if isinstance(kind.words, str)}
_CODES = (
    sa.select(m.ReferenceItem.list, m.ReferenceItem.code, m.ReferenceItem.label)
    .where(m.ReferenceItem.list.in_(_LISTS), m.ReferenceItem.deleted_at.is_(None))
    .order_by(m.ReferenceItem.position, m.ReferenceItem.label)
)


class Words:
    """What is asked for in a block of `together`, before the figures: each of them, once it has its
    own answer, finds its words."""

    def __init__(self, ask: Asking, session: Session) -> None:
        self._sites = ask(session.execute, _SITES)
        self._groups = ask(session.execute, _GROUPS)
        self._codes = ask(session.execute, _CODES)

    @cached_property
    def sites(self) -> dict[UUID, str]:
        """The sites by name."""
        return dict(self._sites.value.tuples().all())

    @cached_property
    def groups(self) -> dict[UUID, str]:
        """The groups, the last begun first."""
        return dict(self._groups.value.tuples().all())

    def place(self, group: UUID | None, site: UUID | None) -> tuple[str, str]:
        """What a group and a site are called; nothing for none."""
        return (
            self.groups.get(group, "") if group else "",
            self.sites.get(site, "") if site else "",
        )

    @property
    def scopes(self) -> Scopes:
        """The sites and the groups, each by its id and its name."""
        return tuple(self.sites.items()), tuple(self.groups.items())

    @cached_property
    def _lists(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, code, label in self._codes.value:
            found.setdefault(name, {})[code] = label
        return found

    def of(self, kind: Kind) -> Mapping[str, str]:
        """The codes and their words, in their order."""
        return self._lists.get(kind.words, {}) if isinstance(kind.words, str) else kind.words

    def scope(self, asked: Question) -> str:
        """« tous les sites », « site de Talence », « groupe Bordeaux · mars 2026 »."""
        group, site = self.place(asked.cohort, asked.site)
        told = []
        if asked.site is not None:
            told.append(f"site\u00a0: {site}")
        if asked.cohort is not None:
            told.append(f"groupe\u00a0: {group}")
        return ", ".join(told) or "tous les sites et tous les groupes"


def scope_named(session: Session, site: str | None, group: str | None) -> tuple[UUID | None, ...]:
    """The ids of a site and of a group called so. Raises UserError for one that is not there."""
    with together(session) as ask:
        words = Words(ask, session)
    found = []
    for known, wanted, what in ((words.sites, site, "site"), (words.groups, group, "groupe")):
        ids = [each for each, name in known.items() if wanted and fold(name) == fold(wanted)]
        if wanted and not ids:
            raise UserError(
                f"Il n’y a pas de {what} « {wanted} ».",
                "Aucun fichier n’a été écrit.",
                "Au choix : " + ", ".join(known.values()) + ".",
            )
        found.append(ids[0] if ids else None)
    return tuple(found)


def group_named(session: Session, name: str) -> UUID:
    """The id of the group called so. Raises UserError if it is not there."""
    group: UUID | None = scope_named(session, None, name)[1]
    if group is None:
        raise UserError(
            "Aucun groupe n’est nommé.", "Aucun fichier n’a été écrit.", "Donnez son nom."
        )
    return group
