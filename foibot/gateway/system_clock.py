"""The machine's clock and its randomness: the one place where foibot asks for either."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import UTC, datetime, timedelta

# 32 symbols, 5 bits each, lower case because mail systems fold case. `i`, `l`, `o` and `1` are
# missing, so that whoever reads a code aloud or types it again cannot take one symbol for another.
ALPHABET = "023456789abcdefghjkmnpqrstuvwxyz"
# What stands for each byte: it holds eight times the 32 symbols, so that each is as likely.
_OF_BYTE = (ALPHABET * 8).encode("ascii")


def _random(symbols: int) -> str:
    return secrets.token_bytes(symbols).translate(_OF_BYTE).decode("ascii")


class SystemClock:
    """What time it is, and secrets nobody can guess."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)

    def secret(self) -> str:
        """A new secret for an address an officer replies to: 26 symbols, 130 bits."""
        return _random(26)

    def short_secret(self) -> str:
        """A new secret short enough for a subject line: 16 symbols, 80 bits."""
        return _random(16)

    def message_token(self) -> str:
        """The random part of a Message-ID: 16 symbols, 80 bits (mail rule B20)."""
        return _random(16)


class MovedClock(SystemClock):
    """A clock that starts at a moment of your choice, runs on from there, and can be moved.

    The demo lives in December 2020 with it. Safe to read and move from several threads.
    """

    def __init__(self, start: datetime) -> None:
        """`start` is aware; any zone."""
        self._lock = threading.Lock()
        self.set(start)

    def now(self) -> datetime:
        """The moved moment, aware, in UTC."""
        with self._lock:
            return self._start + timedelta(seconds=time.monotonic() - self._since)

    def set(self, moment: datetime) -> None:
        """From now on it is `moment` (aware; any zone), and time runs on from it."""
        if moment.tzinfo is None:
            raise ValueError("the clock is set to an aware moment")
        with self._lock:
            self._start = moment.astimezone(UTC)
            self._since = time.monotonic()

    def advance(self, by: timedelta) -> None:
        """Move on by `by` (backwards when negative)."""
        with self._lock:
            self._start += by
