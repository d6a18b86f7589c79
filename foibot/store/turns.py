"""Who asks first writes first, among the threads of one process."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock that is handed on in the order in which it was asked for.

    SQLite has one writer at a time; whoever finds it busy sleeps and looks again, up to a tenth of a second
    later, and a thread that writes without a pause is always there before. So acknowledgements stood still
    while a long backlog was worked. Here the next one is woken.
    """

    def __init__(self) -> None:
        """Nobody has the turn, and nobody waits."""
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for the turn, and have it."""
        with self._guard:
            ticket = threading.Lock() if self._taken else None
            if ticket is not None:
                ticket.acquire()
                self._waiting.append(ticket)
            self._taken = True
        if ticket is not None:
            ticket.acquire()
        try:
            yield
        finally:
            with self._guard:
                if self._waiting:
                    self._waiting.popleft().release()
                else:
                    self._taken = False
