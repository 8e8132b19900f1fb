"""What is sent is shown at once, over what was read, and saved behind: it is shown so until a read
that was asked for once it was saved. What is refused goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from connexion_desktop import usecases
    from connexion_desktop.domain.errors import UserError
    from connexion_desktop.ui.desk import Desk

Read = TypeVar("Read")
Sent = TypeVar("Sent")


@dataclass(eq=False, slots=True)
class _Waiting(Generic[Sent]):
    """`known_by`: the last read asked for before it was saved."""

    what: Sent
    known_by: int | None = None


class SentUntilRead(Generic[Read, Sent]):
    """`over(read, sent)` gives what was read once that is sent; `show(it)` is called with what to
    show; `key` is that of its reads."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        key: str,
        over: Callable[[Read, Sent], Read],
        show: Callable[[Read], object],
    ) -> None:
        self._owner, self._desk, self._key = owner, desk, key
        self._over, self._show = over, show
        self._loaded: Read | None = None
        self._waiting: list[_Waiting[Sent]] = []
        self._asked = 0
        self._read: Callable[[usecases.Session], Read] | None = None

    @property
    def loaded(self) -> Read | None:
        """What was read last."""
        return self._loaded

    @property
    def sent(self) -> tuple[Sent, ...]:
        """What was sent over it, in its order."""
        return tuple(each.what for each in self._waiting)

    @property
    def shown(self) -> Read | None:
        """What was read, with what was sent since."""
        shown = self._loaded
        if shown is not None:
            for sent in self.sent:
                shown = self._over(shown, sent)
        return shown

    def forget(self) -> None:
        """Something else is shown: what was sent is saved all the same."""
        self._loaded = self._read = None
        self._waiting.clear()

    def read(self, read: Callable[[usecases.Session], Read]) -> None:
        """Read again."""
        self._read = read
        self._asked += 1
        asked = self._asked
        self._desk.jobs.read(
            self._owner,
            read,
            lambda found: self._load(found, asked),
            self._desk.fail,
            key=self._key,
        )

    def send(
        self,
        sent: Sent,
        act: Callable[[usecases.Session], object],
        label: str,
        refused: Callable[[UserError], object],
        saved: Callable[[], object] = lambda: None,
    ) -> None:
        """Show it, and save it by `act`; `refused` is called once it is shown no more, if what it
        was sent over still is."""
        waiting = _Waiting(sent)
        self._waiting.append(waiting)
        self._show_again()

        def done(_answer: object) -> None:
            waiting.known_by = self._asked
            saved()
            if self._read is not None:
                self.read(self._read)

        def refuse(problem: UserError) -> None:
            if waiting not in self._waiting:
                self._desk.fail(problem)
                return
            self._waiting.remove(waiting)
            self._show_again()
            refused(problem)

        self._desk.jobs.write(self._owner, act, done, refuse, label=label)

    def _load(self, found: Read, asked: int) -> None:
        self._waiting = [
            each for each in self._waiting if each.known_by is None or each.known_by >= asked
        ]
        self._loaded = found
        self._show_again()

    def _show_again(self) -> None:
        if (shown := self.shown) is not None:
            self._show(shown)
