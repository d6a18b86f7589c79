"""Keeps one child process for each office at work, starts it again when it ends, and passes on what it says."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

_LOOK = 0.2
_LONGEST_PAUSE = 60.0
# A child that worked this long did not end because it cannot start.
_STEADY = 60.0
# A letter on its way gets the server's answer before its process is ended by force.
_GRACE = 30.0


@dataclass(frozen=True, slots=True)
class Work:
    """A child's name, the words of its foibot command, and its whole environment."""

    name: str
    words: tuple[str, ...]
    environ: Mapping[str, str]

    @property
    def command(self) -> list[str]:
        """The same foibot as this one."""
        return [sys.executable, "-m", "foibot", *self.words]


@dataclass(slots=True)
class _Child:
    work: Work
    process: subprocess.Popen[str]
    since: float
    tries: int = 0
    again_at: float | None = None
    readers: list[threading.Thread] = field(default_factory=list)


def run_each(works: Sequence[Work], say: Callable[[str], None]) -> int:
    """Run one after the other, each under a line with its name; the highest exit code."""
    worst = 0
    for work in works:
        say(f"== {work.name}")
        ended = subprocess.run(work.command, env=dict(work.environ), check=False)  # noqa: S603
        worst = max(worst, abs(ended.returncode))
    return worst


def keep_running(works: Sequence[Work], stop: threading.Event, say: Callable[[str], None]) -> None:
    """Keep all of them running until `stop` is set; then end them together and wait for the last.

    One that ends is started again, after a pause that doubles from a second to a minute. No child's end
    touches another.
    """
    children = [_started(work, say) for work in works]
    while not stop.wait(_LOOK):
        for at, child in enumerate(children):
            children[at] = _looked_after(child, say)
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    for child in children:
        _ended(child)


def _started(work: Work, say: Callable[[str], None], tries: int = 0) -> _Child:
    process = subprocess.Popen(  # noqa: S603 - our own program
        work.command,
        env=dict(work.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    child = _Child(work, process, time.monotonic(), tries)
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            reader = threading.Thread(target=_pass_on, args=(work.name, stream, say), daemon=True)
            reader.start()
            child.readers.append(reader)
    return child


def _pass_on(name: str, stream: IO[str], say: Callable[[str], None]) -> None:
    for line in stream:
        say(f"{name}: {line.rstrip()}")


def _looked_after(child: _Child, say: Callable[[str], None]) -> _Child:
    code = child.process.poll()
    if code is None:
        return child
    now = time.monotonic()
    if child.again_at is None:
        tries = 0 if now - child.since > _STEADY else child.tries
        pause = min(_LONGEST_PAUSE, 2.0**tries)
        say(f"{child.work.name}: ended with exit code {code}; started again in {pause:.0f} s")
        child.tries, child.again_at = tries + 1, now + pause
    if now < child.again_at:
        return child
    _ended(child)
    return _started(child.work, say, child.tries)


def _ended(child: _Child) -> None:
    try:
        child.process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.process.kill()
        child.process.wait()
    for reader in child.readers:
        reader.join(1)
    for stream in (child.process.stdout, child.process.stderr):
        if stream is not None:
            stream.close()
