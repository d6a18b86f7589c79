"""Of a backlog the next mails are read by a child process, on another core, while those before them are settled."""

from __future__ import annotations

import fcntl
import logging
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from select import select
from typing import IO

from foibot.case.suggestions.suggest import Signals
from foibot.gateway.read_mails import LENGTH
from foibot.mail.message import IncomingMail, Unreadable

_log = logging.getLogger(__name__)
# To start a child takes as long as to read a hundred mails.
_WORTH_A_CHILD = 20
# Less than foibot may take to stop.
_PATIENCE = 4.0
# Bytes; as much as Linux gives anybody, and more than a hundred mails of the usual kind come to.
_ANSWERS = 1 << 20

Ahead = tuple[IncomingMail | Unreadable, Signals]
"""What a mail says, and what its words may mean."""


class ReadAhead:
    """Mails that are being read, by the digest of their bytes; one thread may use it.

    It is only ever a help: what the child has not read, for whatever reason, its caller reads itself.
    """

    def __init__(self, *, worth_it: int = _WORTH_A_CHILD, patience: float = _PATIENCE) -> None:
        """Starts nothing yet. `worth_it` is how many mails are worth a child, `patience` seconds for one of them."""
        self._worth_it = worth_it
        self._patience = patience
        self._child: subprocess.Popen[bytes] | None = None
        self._coming: deque[str] = deque()
        self._came: dict[str, Ahead] = {}

    def begin(self, mails: Sequence[bytes]) -> None:
        """Begin to read these mails, in the order in which they will be asked for; the ones before are forgotten."""
        if len(mails) < self._worth_it or self._coming:
            self.close()
        if len(mails) < self._worth_it:
            return
        child = self._child or self._started()
        self._came.clear()
        self._coming.extend(sha256(raw).hexdigest() for raw in mails)
        # A pipe holds a few mails at a time; the child takes the next when it has answered.
        give = threading.Thread(
            target=_give, args=(child, list(mails)), name="foibot-read", daemon=True
        )
        give.start()

    def take(self, digest: str) -> Ahead | None:
        """What the mail with this digest says, given out once; None if the caller has to read it."""
        try:
            while digest not in self._came and digest in self._coming:
                self._came[self._coming.popleft()] = self._answer()
        except (OSError, EOFError, pickle.UnpicklingError) as problem:
            _log.warning("mails could not be read ahead: %s", type(problem).__name__)
            self.close()
        return self._came.pop(digest, None)

    def _answer(self) -> Ahead:
        """The child's next answer. No thread of its own waits for it: each would have to be woken in turn."""
        assert self._child is not None, "mails come from a child"  # noqa: S101
        assert self._child.stdout is not None, "it was started with a pipe"  # noqa: S101
        length = int.from_bytes(self._bytes(self._child.stdout, LENGTH), "big")
        # It comes from a child of ours, which runs none of what strangers write.
        mail, signals = pickle.loads(self._bytes(self._child.stdout, length))  # noqa: S301
        return mail, signals

    def _bytes(self, pipe: IO[bytes], many: int) -> bytes:
        parts: list[bytes] = []
        while many:
            if not select([pipe], [], [], self._patience)[0]:
                raise TimeoutError
            parts.append(pipe.read(many))
            many -= len(parts[-1])
            if not parts[-1]:
                raise EOFError
        return b"".join(parts)

    def close(self) -> None:
        """End the child; it holds nothing that is not in the database."""
        child, self._child = self._child, None
        self._coming.clear()
        self._came.clear()
        if child is not None:
            child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()

    def _started(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "foibot.gateway.read_mails"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        assert self._child.stdout is not None, "it was started with a pipe"  # noqa: S101
        _widen(self._child.stdout)
        return self._child


def _widen(answers: IO[bytes]) -> None:
    """Let the answers of a whole batch wait, where the system can, so that the child need not wait for us."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(answers, fcntl.F_SETPIPE_SZ, _ANSWERS)


def _give(child: subprocess.Popen[bytes], mails: Sequence[bytes]) -> None:
    # A child that has ended shows where its answers are taken.
    with suppress(OSError, ValueError):
        assert child.stdin is not None, "it was started with a pipe"  # noqa: S101
        for raw in mails:
            rest = memoryview(len(raw).to_bytes(LENGTH, "big") + raw)
            while rest:
                rest = rest[child.stdin.write(rest) :]
