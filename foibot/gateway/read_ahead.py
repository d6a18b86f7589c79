"""Of a backlog the next mails are read by a child process, on another core, while those before them are settled."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from hashlib import sha256

from foibot.case.suggestions.suggest import Signals, remember
from foibot.gateway.read_mails import LENGTH
from foibot.mail.message import IncomingMail, Unreadable

_log = logging.getLogger(__name__)
# To start a child takes as long as to read a hundred mails.
_WORTH_A_CHILD = 20
# Less than foibot may take to stop.
_PATIENCE = 4.0

Read = IncomingMail | Unreadable
_Answer = tuple[Read, Signals]


class ReadAhead:
    """Mails that are being read, by the digest of their bytes.

    It is only ever a help: what the child has not read, for whatever reason, its caller reads itself.
    """

    def __init__(self, *, worth_it: int = _WORTH_A_CHILD, patience: float = _PATIENCE) -> None:
        """Starts nothing yet. `worth_it` is how many mails are worth a child, `patience` seconds for one of them."""
        self._worth_it = worth_it
        self._patience = patience
        self._child: subprocess.Popen[bytes] | None = None
        self._coming: Mapping[str, Future[_Answer]] = {}

    def begin(self, mails: Sequence[bytes]) -> None:
        """Begin to read these mails, in the order in which they will be asked for; the ones before are forgotten."""
        if len(mails) < self._worth_it:
            self.close()
            return
        if any(not one.done() for one in self._coming.values()):
            self.close()
        child = self._child or self._started()
        coming: list[Future[_Answer]] = [Future() for _ in mails]
        self._coming = {
            sha256(raw).hexdigest(): future for raw, future in zip(mails, coming, strict=True)
        }
        for work in (_give, _take):
            threading.Thread(
                target=work, args=(child, list(mails), coming), name="foibot-read", daemon=True
            ).start()

    def take(self, digest: str) -> Read | None:
        """What the mail with this digest says; None if the caller has to read it.

        What its words may mean was found too, and is remembered for whoever asks next.
        """
        future = self._coming.get(digest)
        if future is None:
            return None
        try:
            mail, signals = future.result(self._patience)
        except Exception as problem:  # noqa: BLE001 - a child that fails is no reason to stop
            _log.warning("mails could not be read ahead: %s", type(problem).__name__)
            self.close()
            return None
        if isinstance(mail, IncomingMail):
            remember(mail.subject, mail.text, signals)
        return mail

    def close(self) -> None:
        """End the child; it holds nothing that is not in the database."""
        child, self._child, self._coming = self._child, None, {}
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
        )
        return self._child


def _give(
    child: subprocess.Popen[bytes], mails: list[bytes], coming: list[Future[_Answer]]
) -> None:
    # A child that has ended shows where its answers are taken.
    with suppress(OSError, ValueError):
        assert child.stdin is not None, "it was started with a pipe"  # noqa: S101
        for raw in mails:
            child.stdin.write(len(raw).to_bytes(LENGTH, "big") + raw)
        child.stdin.flush()


def _take(
    child: subprocess.Popen[bytes], mails: list[bytes], coming: list[Future[_Answer]]
) -> None:
    try:
        assert child.stdout is not None, "it was started with a pipe"  # noqa: S101
        for future in coming:
            length = int.from_bytes(child.stdout.read(LENGTH), "big")
            # It comes from a child of ours, which runs none of what strangers write.
            future.set_result(pickle.loads(child.stdout.read(length)))  # noqa: S301
    except (OSError, ValueError, EOFError, pickle.UnpicklingError) as problem:
        for future in coming:
            if not future.done():
                future.set_exception(problem)
