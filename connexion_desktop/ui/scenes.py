"""The pictures of `docs/images`: which page, shown on what. Each page adds its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from connexion_desktop.ui.page import Page

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session


def _nothing(_session: Session) -> None:
    return None


def _as_it_is(_page: Page) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: `name` is that of its file, `page` the page shown.

    `target`, run in a reading session, finds what the page is opened on; `arrange` is called once
    its data is painted, to choose a tab or a row.
    """

    name: str
    page: str
    target: Callable[[Session], object] = _nothing
    arrange: Callable[[Page], object] = _as_it_is


def _group_view(*, table: bool) -> Callable[[Page], object]:
    def arrange(page: Page) -> None:
        from connexion_desktop.ui.pages.group.page import GroupPage

        if isinstance(page, GroupPage):
            page.toolbar.show_view(table=table)

    return arrange


SCENES: list[Scene] = [
    Scene("groupe", "group", arrange=_group_view(table=False)),
    Scene("groupe-tableau", "group", arrange=_group_view(table=True)),
]
