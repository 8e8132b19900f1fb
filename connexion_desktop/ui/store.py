"""What the window needs of an open store, file or server; the use cases own the real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from uuid import UUID

    from connexion_desktop.domain.acts import Act, Changes
    from connexion_desktop.domain.errors import UserError
    from connexion_desktop.domain.servers import Roles
    from connexion_desktop.usecases import Session


class Store(Protocol):
    """What the jobs need of the base; the use cases own the real one."""

    listeners: list[Callable[[Changes], None]]
    base_id: UUID

    def read(self) -> AbstractContextManager[Session]:
        """A session that only reads, rolled back at the end."""

    def write(self, act: Act) -> AbstractContextManager[Session]:
        """One unit of work, committed on a clean exit."""

    def scratch(self) -> AbstractContextManager[Session]:
        """A unit of work for drafts alone: no audit, nobody is told."""

    def close(self) -> None:
        """Let the file go."""


@runtime_checkable
class Far(Protocol):
    """What a server is besides: it may be out of reach."""

    links: list[Callable[[bool], None]]

    @property
    def answers(self) -> bool:
        """Whether it answered last time it was asked."""

    @property
    def refusal(self) -> UserError | None:
        """Why it does not let this workstation in, though it answers."""

    @property
    def author(self) -> str:
        """How acts are signed there, whoever this workstation thinks it is."""

    @property
    def roles(self) -> Roles:
        """What who is connected may do there."""

    @property
    def keeps_drafts(self) -> bool:
        """Whether what is typed and not saved is still on this workstation after closing."""

    def cut(self) -> None:
        """End at once whatever waits for an answer."""


def keeps_drafts(store: object) -> bool:
    """Whether what is typed and not saved outlives the window: always, on a base."""
    return store.keeps_drafts if isinstance(store, Far) else True


def gathered(heard: Sequence[Changes]) -> Changes:
    """What changed, told once; of elsewhere only if all of it is."""
    from connexion_desktop.domain.acts import Changes

    return Changes(
        frozenset().union(*(each.rows for each in heard)),
        anything=any(each.anything for each in heard),
        elsewhere=all(each.elsewhere for each in heard),
    )
