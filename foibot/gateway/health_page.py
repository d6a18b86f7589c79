"""A page for monitoring on this machine: one thread, one short question at a time, nothing but GET."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from foibot.errors import FoibotError, place_of

_log = logging.getLogger(__name__)
_PATIENCE = 2.0  # seconds for a whole question, and again for taking the answer
_LONGEST = 8192
_SLICE = 0.5
_REASONS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    503: "Service Unavailable",
}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: whether all is well (200, else 503), its media type, its text."""

    well: bool
    media_type: str
    text: str


class HealthPage:
    """Listens until it is closed."""

    def __init__(self, address: tuple[str, int], pages: Mapping[str, Callable[[], Page]]) -> None:
        """Listens at once. `pages` are made anew for every question, by their path.

        Raises OSError where the address cannot be had.
        """
        family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self._pages = pages
        self._listener = socket.create_server(address, family=family, backlog=4)
        self._listener.settimeout(_SLICE)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="health", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._listener.getsockname()[1])

    def close(self) -> None:
        """Listen no more; a question that is being answered is not waited for."""
        self._closed.set()
        self._thread.join(2 * _SLICE)
        self._listener.close()

    def _serve(self) -> None:
        while not self._closed.is_set():
            with suppress(OSError):  # nobody asked, or whoever asked has gone
                connection, _ = self._listener.accept()
                with connection:
                    self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        status, page = self._page(_question(connection))
        body = page.text.encode()
        head = (
            f"HTTP/1.1 {status} {_REASONS[status]}\r\n"
            f"Content-Type: {page.media_type}; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
            "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
            f"{_ALLOW if status == 405 else ''}Connection: close\r\n\r\n"
        )
        connection.settimeout(_PATIENCE)
        connection.sendall(head.encode() + body)

    def _page(self, question: bytes) -> tuple[int, Page]:
        words = question.split()
        if len(words) != 3 or not words[2].startswith(b"HTTP/1."):
            return 400, _said("This is not a question in HTTP.")
        if words[0] != b"GET":
            return 405, _said("Only GET is answered.")
        make = self._pages.get(words[1].partition(b"?")[0].decode("latin-1"))
        if make is None:
            return 404, _said(f"There is nothing but {' and '.join(self._pages)}.")
        try:
            page = make()
        except FoibotError as problem:
            return 503, _said(f"ACT      {problem}")
        except Exception as problem:  # noqa: BLE001 - whatever it is, the next question is answered
            _log.error("health: %s in %s", type(problem).__name__, place_of(problem))
            return 503, _said(
                "ACT      how the office does could not be found out; see foibot's log"
            )
        return (200 if page.well else 503), page


_ALLOW = "Allow: GET\r\n"


def _said(words: str) -> Page:
    return Page(well=False, media_type="text/plain", text=f"{words}\n")


def _question(connection: socket.socket) -> bytes:
    """The first line; what follows it is read and left aside. Empty if it takes too long, or is too long."""
    until = time.monotonic() + _PATIENCE
    read = b""
    while b"\r\n\r\n" not in read:
        connection.settimeout(max(0.01, until - time.monotonic()))
        try:
            more = connection.recv(_LONGEST)
        except TimeoutError:
            return b""
        read += more
        if not more or len(read) > _LONGEST or time.monotonic() > until:
            return b""
    return read.partition(b"\r\n")[0]
