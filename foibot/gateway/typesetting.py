"""A child process that sets letters one after the other, kept for the next letter for a while."""

from __future__ import annotations

import math
import subprocess
import sys
import threading
import weakref
from contextlib import suppress
from pathlib import Path
from typing import IO

_CHILD = Path(__file__).with_name("typeset.py")  # not imported: typst would stay in our memory
_LENGTH = 8
_SET = b"s"
# Bytes of jobs. A child keeps something of what it has set: 67 MB in all after a hundred letters of the usual kind.
_MOST = 4_000_000


class NotSet(Exception):
    """The letter was looked at and cannot be set; the words say why, `line` where in the letterhead (0: nobody knows)."""

    def __init__(self, why: str, line: int = 0) -> None:
        """`why` is typst's sentence without the full stop."""
        self.line = line
        super().__init__(why)


class TooLong(Exception):
    """The letter was not set in the time allowed."""


class _Gone(Exception):
    """The child ended; the words are its last, if it had any."""


class Typesetting:
    """Children that set letters; one is kept: to start one takes three times as long as to set a letter."""

    def __init__(self, fonts: Path) -> None:
        """Starts nothing yet. `fonts` is the folder of the only fonts that may be used."""
        self._fonts = fonts
        self._idle: list[_Child] = []
        weakref.finalize(self, _end, self._idle)

    def set(self, job: bytes, seconds: float) -> bytes:
        """The PDF of one letter, a line of JSON; several threads may ask at once. Raises `NotSet` or `TooLong`."""
        for child in self._kept():
            with suppress(_Gone):  # it had waited too long for a letter, or had set one too many
                return self._set_by(child, job, seconds)
        try:
            return self._set_by(_Child(self._fonts), job, seconds)
        except _Gone as gone:
            raise NotSet(str(gone)) from gone

    def _kept(self) -> list[_Child]:
        with suppress(IndexError):  # another thread may have it
            return [self._idle.pop()]
        return []

    def _set_by(self, child: _Child, job: bytes, seconds: float) -> bytes:
        try:
            done, said = child.answer(job, seconds)
        except BaseException:
            child.end()
            raise
        if self._idle or child.given > _MOST:
            child.end()
        else:
            self._idle.append(child)
        if not done:
            line, _, why = said.decode("utf-8", "replace").partition(":")
            raise NotSet(why, int(line or 0))
        return said


class _Child:
    """One child; `given` is how many bytes of jobs it has had."""

    def __init__(self, fonts: Path) -> None:
        self.given = 0
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module; letters go in as data
            [sys.executable, "-P", str(_CHILD), str(fonts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def answer(self, job: bytes, seconds: float) -> tuple[bool, bytes]:
        """Whether it could set this, and the PDF or why not. Raises `TooLong`, or `_Gone` if the child has ended."""
        self.given += len(job)
        answered, late = threading.Event(), threading.Event()
        threading.Thread(target=self._watch, args=(answered, late, seconds), daemon=True).start()
        try:
            given, answers, _ = self._pipes()
            given.write(job + b"\n")
            given.flush()
            head = _read(answers, 1 + _LENGTH)
            return head[:1] == _SET, _read(answers, int.from_bytes(head[1:], "big"))
        except (OSError, EOFError) as problem:
            if late.is_set():
                raise TooLong from problem
            raise _Gone(self._last_words()) from problem
        finally:
            answered.set()

    def end(self) -> None:
        """End it, and let go of its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes():
            with suppress(OSError):  # what it was not given any more
                pipe.close()

    def _watch(self, answered: threading.Event, late: threading.Event, seconds: float) -> None:
        """End it after so many seconds: then it lets go of whoever gives it something and whoever waits for it.

        A second at a time, so that a machine that was suspended meanwhile counts one of them and no letter is lost.
        """
        for left in range(math.ceil(seconds), 0, -1):
            if answered.wait(min(1.0, seconds - left + 1)):
                return
        late.set()
        self._process.kill()

    def _last_words(self) -> str:
        self._process.kill()
        said = self._pipes()[2].read().decode("utf-8", "replace").strip().splitlines()
        return said[-1] if said else "no reason given"

    def _pipes(self) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
        process = self._process
        given, answers, words = process.stdin, process.stdout, process.stderr
        assert given is not None, "it was started with pipes"  # noqa: S101
        assert answers is not None, "it was started with pipes"  # noqa: S101
        assert words is not None, "it was started with pipes"  # noqa: S101
        return given, answers, words


def _read(answers: IO[bytes], many: int) -> bytes:
    said = answers.read(many)
    if len(said) < many:
        raise EOFError
    return said


def _end(children: list[_Child]) -> None:
    while children:
        children.pop().end()
