"""The writer's lane: acts in the order they were asked for. Where the server is out of reach they
wait, still in order, and are sent again; what needs no server passes in between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue

_RETRY_SECONDS = 1.0
_STOP, _AGAIN = 0, -1


class Writes:
    """`send(number)` does a job and tells whether it is answered: False where the server was lost.
    `saves(number)` tells whether a job is an act, which waits behind those that wait. `tell` is
    called on the lane each time how many wait changes."""

    def __init__(
        self,
        send: Callable[[int], bool],
        saves: Callable[[int], bool],
        tell: Callable[[int], object],
    ) -> None:
        self._send, self._saves, self._tell = send, saves, tell
        self._queue: SimpleQueue[int] = SimpleQueue()
        self._waiting: deque[int] = deque()
        self._given_up = False

    def put(self, number: int) -> None:
        """One more job."""
        self._queue.put(number)

    def try_again(self) -> None:
        """The server answers: send what waits."""
        self._queue.put(_AGAIN)

    def stop(self, *, giving_up: bool = False) -> None:
        """End once all that was put is sent; `giving_up`, without what waits for the server."""
        self._given_up = giving_up
        self._queue.put(_STOP)

    def give_up(self) -> None:
        """Send nothing more: nobody waits any longer."""
        self._given_up = True

    def serve(self) -> None:
        """Work until `stop`."""
        while (number := self._next()) != _STOP:
            if number == _AGAIN:
                self._send_waiting()
            elif (self._waiting and self._saves(number)) or not self._send(number):
                self._wait(number)
        if not self._given_up:
            self._send_waiting()

    def _next(self) -> int:
        try:
            return self._queue.get(timeout=_RETRY_SECONDS if self._waiting else None)
        except Empty:
            return _AGAIN

    def _wait(self, number: int) -> None:
        if self._given_up:
            return
        self._waiting.append(number)
        self._tell(len(self._waiting))

    def _send_waiting(self) -> None:
        while self._waiting and not self._given_up:
            if not self._send(self._waiting[0]):
                return
            self._waiting.popleft()
            self._tell(len(self._waiting))
