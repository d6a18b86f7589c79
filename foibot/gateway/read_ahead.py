"""Of a backlog the next mails are read by a child process, on another core, while those before them are settled."""

from __future__ import annotations

import fcntl
import logging
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Collection, Sequence
from contextlib import suppress
from hashlib import sha256
from select import select
from typing import IO

from foibot.case.suggestions.suggest import Signals
from foibot.gateway.read_mails import LENGTH
from foibot.mail.message import IncomingMail, Unreadable

_log = logging.getLogger(__name__)
WORTH_A_CHILD = 20
"""How many mails are a backlog: to start a child takes as long as to read a hundred."""
# Less than foibot may take to stop.
_PATIENCE = 4.0
# Bytes; as much as Linux gives anybody, and more than a hundred mails of the usual kind come to.
_ANSWERS = 1 << 20

Ahead = tuple[IncomingMail | Unreadable, Signals]
"""What a mail says, and what its words may mean."""


class ReadAhead:
    """Mails that are being read, by the digest of their bytes; one thread begins, another one takes.

    It is only ever a help: what the child has not read, for whatever reason, its caller reads itself.
    """

    def __init__(self, *, patience: float = _PATIENCE, patience_at_start: float = 0) -> None:
        """Starts nothing yet. `patience` is how many seconds the child may take for one mail.

        A child that has not answered yet is still loading: meanwhile its caller reads most of a batch itself.
        """
        self._patience = patience
        self._patience_at_start = patience_at_start
        self._child: _Child | None = None
        self._came: dict[str, Ahead] = {}
        self._batch: frozenset[str] = frozenset()
        self._change = threading.Lock()

    def begin(self, mails: Sequence[bytes]) -> None:
        """Begin to read these mails after those of the batch before, in the order in which they will be asked for.

        What nobody asked for of earlier batches is forgotten.
        """
        batch = {sha256(raw).hexdigest(): raw for raw in mails}
        with self._change:
            last, self._batch = self._batch, frozenset(batch)
            wanted = last | self._batch
            self._came = {one: came for one, came in self._came.items() if one in wanted}
            try:
                self._child = self._child or _Child()
            except OSError as problem:  # no process, memory or file left: its caller reads them
                _log.warning("mails are not read ahead: %s", type(problem).__name__)
            else:
                self._child.give(batch, last)

    def take(self, digest: str) -> Ahead | None:
        """What the mail with this digest says, given out once; None if the caller has to read it."""
        child = self._child
        try:
            while child is not None and digest not in self._came and child.has(digest):
                patience = self._patience if child.loaded else self._patience_at_start
                if not child.answers_within(patience):
                    if child.loaded:
                        raise TimeoutError
                    child.keep(digest)
                    break
                self._came_from(child)
        except (OSError, EOFError, pickle.UnpicklingError) as problem:
            _log.warning("mails could not be read ahead: %s", type(problem).__name__)
            self.close()
        with self._change:
            return self._came.pop(digest, None)

    def _came_from(self, child: _Child) -> None:
        answer = child.next()
        with self._change:
            self._came |= answer

    def close(self) -> None:
        """End the child; it holds nothing that is not in the database."""
        with self._change:
            child, self._child = self._child, None
            self._came, self._batch = {}, frozenset()
        if child is not None:
            child.end()


class _Child:
    """The child, what it is still to be given, and what it was given and has not answered.

    A pipe holds a few mails at a time, so that a thread of its own gives them.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "foibot.gateway.read_mails"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self.loaded = False
        self._to_give: dict[str, bytes] = {}
        self._given: deque[str] = deque()
        self._change = threading.Condition()
        self._ended = False
        _widen(self._answers)
        threading.Thread(target=self._keep_giving, name="foibot-read", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def _answers(self) -> IO[bytes]:
        assert self._process.stdout is not None, "it was started with a pipe"  # noqa: S101
        return self._process.stdout

    def give(self, mails: dict[str, bytes], but_for: Collection[str]) -> None:
        """Let it read these, and nothing of what it was to read before but for some."""
        with self._change:
            kept = {one: raw for one, raw in self._to_give.items() if one in but_for}
            self._to_give = kept | mails
            self._change.notify()

    def has(self, digest: str) -> bool:
        with self._change:
            return digest in self._to_give or digest in self._given

    def keep(self, digest: str) -> None:
        """Do not give it this one, if there is still time."""
        with self._change:
            self._to_give.pop(digest, None)

    def answers_within(self, seconds: float) -> bool:
        return bool(select([self._answers], [], [], seconds)[0])

    def next(self) -> dict[str, Ahead]:
        """Its next answer. No thread of its own waits for it: each would have to be woken in turn."""
        length = int.from_bytes(self._bytes(LENGTH), "big")
        # It comes from a child of ours, which runs none of what strangers write.
        answer: Ahead = pickle.loads(self._bytes(length))  # noqa: S301
        self.loaded = True
        return {self._given.popleft(): answer}

    def end(self) -> None:
        with self._change:
            self._ended = True
            self._change.notify()
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _bytes(self, many: int) -> bytes:
        parts: list[bytes] = []
        while many:
            if not self.answers_within(_PATIENCE):
                raise TimeoutError
            parts.append(self._answers.read(many))
            many -= len(parts[-1])
            if not parts[-1]:
                raise EOFError
        return b"".join(parts)

    def _keep_giving(self) -> None:
        # A child that has ended shows where its answers are taken.
        with suppress(OSError, ValueError):
            while (mail := self._next_to_give()) is not None:
                self._write(len(mail).to_bytes(LENGTH, "big") + mail)

    def _next_to_give(self) -> bytes | None:
        with self._change:
            self._change.wait_for(lambda: self._to_give or self._ended)
            if self._ended:
                return None
            digest = next(iter(self._to_give))
            # Noted before the child can have it, and so before it can answer.
            self._given.append(digest)
            return self._to_give.pop(digest)

    def _write(self, mail: bytes) -> None:
        assert self._process.stdin is not None, "it was started with a pipe"  # noqa: S101
        rest = memoryview(mail)
        while rest:
            rest = rest[self._process.stdin.write(rest) :]


def _widen(answers: IO[bytes]) -> None:
    """Let the answers of a whole batch wait, where the system can, so that the child need not wait for us."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(answers, fcntl.F_SETPIPE_SZ, _ANSWERS)
