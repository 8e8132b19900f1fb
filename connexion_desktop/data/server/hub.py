"""The reads of a block of `together`, on a server.

Each runs in a greenlet of its own: where it would wait for an answer the next one is let run, until
all wait; then what was asked goes out together (libpq's pipeline mode) and each goes on with its
answer, in the order of their questions: a read that has its own finds those of the questions asked
before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from connexion_desktop.data import later

later.reveal("greenlet")

from greenlet import getcurrent, greenlet  # noqa: E402


class Hub:
    """What lets the reads of one session wait together. `send` sends what was asked meanwhile and
    comes back with all the answers, or raises."""

    def __init__(self, send: Callable[[Sequence[Callable[[], object]]], None]) -> None:
        self._send = send
        self._ready: deque[greenlet] = deque()
        self._waiting: list[greenlet] = []
        self._questions: list[Callable[[], object]] = []
        self._main: greenlet | None = None

    def ask(self, question: Callable[[], object]) -> None:
        """Send a question and wait for its answer; in a block, with those of the others."""
        if self._main is None or getcurrent() is self._main:
            self._send([question])
            return
        self._questions.append(question)
        self._waiting.append(getcurrent())
        self._main.switch()

    def run(self, reads: list[Callable[[], None]]) -> None:
        """Do all of it; the first error of one is raised once every one has ended."""
        errors: list[BaseException] = []
        left = len(reads)
        asker = getcurrent()

        def one(read: Callable[[], None]) -> None:
            nonlocal left
            try:
                read()
            except BaseException as error:  # noqa: BLE001 - raised again by who asked
                errors.append(error)
            left -= 1
            if left == 0 and asker is not self._main:
                self._ready.append(asker)

        is_first = self._main is None
        main = self._main = asker if is_first else self._main
        assert main is not None  # noqa: S101 - set just above
        self._ready.extend(greenlet(lambda read=read: one(read), main) for read in reads)
        try:
            if is_first:
                while left:
                    self._turn()
            elif left:
                main.switch()
        finally:
            if is_first:
                self._main = None
        if errors:
            raise errors[0]

    def _turn(self) -> None:
        """Let whoever can go on; once all wait, send. Where that fails, each is told: none is left
        waiting for an answer that will not come."""
        while self._ready:
            self._ready.popleft().switch()
        questions, self._questions = self._questions, []
        waiting, self._waiting = self._waiting, []
        try:
            if questions:
                self._send(questions)
        except BaseException as error:  # noqa: BLE001 - told to each of those that asked
            for each in waiting:
                each.throw(error)
        else:
            self._ready.extend(waiting)
