"""A proxy before a server, which cuts connections at bad moments."""

from __future__ import annotations

import random
import select
import socket
import threading
from collections import Counter
from contextlib import suppress

#: In the middle of a statement, in the middle of an answer, and after a commit that nobody is told of.
CUTS = ("in a statement", "in an answer", "after a commit")

#: The most bytes that are read at once.
BYTES = 1 << 16


class Proxy:
    """Listens on a port of its own until the program ends. It reads what passes, so that no connection is encrypted."""

    def __init__(self, server: tuple[str, int]) -> None:
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.cuts: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.left: dict[str, int] = {}
        threading.Thread(target=self.accept, daemon=True).start()

    def cut(self, moment: str) -> None:
        """Cuts one connection at such a moment, soon."""
        with self.lock:
            self.left[moment] = random.randint(1, 10)

    def is_cut(self, moment: str) -> bool:
        with self.lock:
            if moment not in self.left:
                return False
            self.left[moment] -= 1
            if self.left[moment] > 0:
                return False
            del self.left[moment]
            self.cuts[moment] += 1
            return True

    def accept(self) -> None:
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client: socket.socket) -> None:
        """Passes on what both say until one ends, or the connection is cut. A server that is down is none."""
        with client, suppress(OSError), socket.create_connection(self.server) as server:
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while True:
                ready, _, _ = select.select([client, server], [], [])
                passes = self.ask if client in ready else self.answer
                if not passes(client, server):
                    return

    def ask(self, client: socket.socket, server: socket.socket) -> bool:
        """Passes a statement on; returns whether the connection is still there."""
        statement = client.recv(BYTES)
        if b"COMMIT" in statement and self.is_cut("after a commit"):
            server.sendall(statement)
            # The server has committed once it says so.
            server.recv(BYTES)
            return False
        if self.is_cut("in a statement"):
            server.sendall(statement[: len(statement) // 2])
            return False
        server.sendall(statement)
        return bool(statement)

    def answer(self, client: socket.socket, server: socket.socket) -> bool:
        """Passes an answer on; returns whether the connection is still there."""
        answer = server.recv(BYTES)
        if self.is_cut("in an answer"):
            client.sendall(answer[: len(answer) // 2])
            return False
        client.sendall(answer)
        return bool(answer)
