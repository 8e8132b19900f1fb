"""Independent reads asked of a server at once: as many round trips as the longest of them needs,
rather than as all of them do.

    with together(session) as ask:
        words = ask(read_words, session, person_id)
        journey = ask(read_journey, session, person_id)
    show(words.value, journey.value)

On a file, where no network is waited for, `ask` reads at once; on a server, see `server/hub.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from connexion_desktop.data.server.hub import Hub

T = TypeVar("T")
P = ParamSpec("P")
_UNREAD: Any = object()


class Answer(Generic[T]):
    """What a read gave, once the block is over."""

    _value: T = _UNREAD

    @property
    def value(self) -> T:
        """The answer. Raises RuntimeError inside the block, where it is not read yet."""
        if self._value is _UNREAD:
            raise RuntimeError("read together: the answer comes at the end of the block")
        return self._value

    def take(self, value: T) -> None:
        """Keep the answer."""
        self._value = value


class Asking:
    """How the reads of a block are asked for."""

    def __init__(self, later: list[Callable[[], None]] | None) -> None:
        self._later = later

    def __call__(self, read: Callable[P, T], *args: P.args, **more: P.kwargs) -> Answer[T]:
        """Ask for `read(*args)`."""
        answer: Answer[T] = Answer()

        def run() -> None:
            answer.take(read(*args, **more))

        if self._later is None:
            run()
        else:
            self._later.append(run)
        return answer


@contextmanager
def together(session: Session) -> Iterator[Asking]:
    """A block whose reads are independent of one another."""
    connection = session.connection()
    hub: Hub | None = connection.info.get("hub")
    if hub is None:
        yield Asking(None)
        return
    later: list[Callable[[], None]] = []
    yield Asking(later)
    hub.run(later)
