"""A cable between a workstation and a server, that a test may lengthen, cut, or unplug.

Lengthened, it is as wide as before: what is sent together arrives together.

It counts round trips: how many times the workstation spoke after the server had; and connections.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Self

_CHUNK = 65_536
_TURN_SECONDS = 0.1


_UnderWay = SimpleQueue[tuple[float, bytes]]


class Way(Enum):
    """What becomes of what is sent."""

    PASS = "pass"
    SILENT = "silent"
    """Nothing arrives, and nobody is told: a cable unplugged somewhere beyond."""


class _Line:
    """A connection through the proxy."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client, self.server = client, server
        self.client_spoke_last = False
        self.is_unplugged = False

    def unplug(self) -> None:
        self.is_unplugged = True
        with suppress(OSError):
            self.client.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """One end is gone: the other is told, but by a cable that is unplugged."""
        if not self.is_unplugged:
            self.close()

    def close(self) -> None:
        for end in (self.client, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Proxy:
    """Listens on `port` of 127.0.0.1 until `close`; `delay` is added to each round trip, in
    seconds, half on the way there, half on the way back. `on_connection` is called with the number
    of each connection before the server hears of it."""

    def __init__(self, target: int, host: str = "127.0.0.1") -> None:
        self._target = (host, target)
        self._lock = Lock()
        self._lines: list[_Line] = []
        self._unplugged: list[_Line] = []
        self._threads: list[Thread] = []
        self._countdown: int | None = None
        self._answered = False
        self._closed = False
        self.delay = 0.0
        self.way = Way.PASS
        self.round_trips = 0
        self.connections = 0
        self.on_connection: Callable[[int], object] = lambda _number: None
        self.cuts = 0
        self.port = 0
        self._listener: socket.socket | None = None
        self.accept()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_told: object) -> None:
        self.close()

    def accept(self) -> None:
        """Take connections again, on the same port."""
        self.way = Way.PASS
        if self._listener is not None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        listener.listen()
        listener.settimeout(_TURN_SECONDS)
        self._listener = listener
        self._start(self._serve, listener)

    def refuse(self) -> None:
        """Cut everything, and take no more connections: the server's computer is off."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
        self.cut()

    def fall_silent(self) -> None:
        """Let nothing through, and say so to nobody; new connections wait for ever."""
        self.way = Way.SILENT

    def cut(self) -> None:
        """Break every connection there is; new ones pass."""
        with self._lock:
            lines, self._lines = self._lines, []
            self.cuts += bool(lines)
        for line in lines:
            line.close()

    def unplug(self) -> None:
        """Break every connection there is, and leave the server to believe that its workstation is
        still there; new ones pass."""
        with self._lock:
            lines, self._lines = self._lines, []
            self._unplugged += lines
        for line in lines:
            line.unplug()

    def cut_after(self, words: int, *, answered: bool) -> None:
        """Cut everything once the workstation has spoken `words` times more: before its last word
        arrives, or (`answered`) once the server has answered it, the answer being lost."""
        with self._lock:
            self._countdown, self._answered = words, answered

    @property
    def is_about_to_cut(self) -> bool:
        """Whether the cut asked for by `cut_after` is still to come."""
        return self._countdown is not None

    def close(self) -> None:
        """Stop; a second call does nothing."""
        self._closed = True
        self.refuse()
        for line in self._unplugged:
            line.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, run: object, *given: object) -> None:
        thread = Thread(target=run, args=given, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _from = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self.connections += 1
            self.on_connection(self.connections)
            try:
                server = socket.create_connection(self._target, 3)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            client.settimeout(None)
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line = _Line(client, server)
            with self._lock:
                self._lines.append(line)
            if listener is not self._listener:  # refused meanwhile
                self.cut()
            for source, to in ((client, server), (server, client)):
                under_way: _UnderWay = SimpleQueue()
                self._start(self._take, source, under_way)
                self._start(self._give, line, source, to, under_way)

    def _take(self, source: socket.socket, under_way: _UnderWay) -> None:
        """Each word has a time of its own to travel: the next one does not wait for it."""
        with suppress(OSError):
            while words := source.recv(_CHUNK):
                under_way.put((monotonic() + self.delay / 2, words))
        under_way.put((monotonic() + self.delay / 2, b""))

    def _give(
        self, line: _Line, source: socket.socket, to: socket.socket, under_way: _UnderWay
    ) -> None:
        with suppress(OSError):
            while words := self._arrived(under_way):
                if self.way is Way.SILENT:
                    continue
                if source is line.client:
                    if not self._heard(line):
                        break
                else:
                    line.client_spoke_last = False
                    if self._is_to_lose_answer():
                        self.cut()
                        break
                to.sendall(words)
        line.end()

    def _arrived(self, under_way: _UnderWay) -> bytes:
        due, words = under_way.get()
        sleep(max(0.0, due - monotonic()))
        return words

    def _heard(self, line: _Line) -> bool:
        """The workstation spoke: count, and tell whether its words are to go on."""
        cuts = False
        with self._lock:
            if not line.client_spoke_last:
                self.round_trips += 1
            line.client_spoke_last = True
            if self._countdown is not None and self._countdown > 0:
                self._countdown -= 1
                if self._countdown == 0 and not self._answered:
                    self._countdown = None
                    cuts = True
        if cuts:
            self.cut()
        return not cuts

    def _is_to_lose_answer(self) -> bool:
        with self._lock:
            if self._countdown != 0:
                return False
            self._countdown = None
            return True
