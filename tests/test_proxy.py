"""The cable of the tests delays as a network does."""

from __future__ import annotations

import socket
from threading import Thread
from time import monotonic

from tests.proxy import Proxy

LONG_ANSWER = 4_000_000


def test_a_long_answer_pays_the_delay_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            one, _from = listener.accept()
            with one:
                one.recv(1)
                one.sendall(bytes(LONG_ANSWER))

        thread = Thread(target=answer)
        thread.start()
        with Proxy(listener.getsockname()[1]) as cable:
            cable.delay = 0.2
            with socket.create_connection(("127.0.0.1", cable.port)) as line:
                began = monotonic()
                line.sendall(b"?")
                received = 0
                while received < LONG_ANSWER:
                    received += len(line.recv(1_000_000))
                assert 0.2 <= monotonic() - began < 2
                assert cable.round_trips == 1
        thread.join()
