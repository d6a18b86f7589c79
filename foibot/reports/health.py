"""Whether the office works as it should, and its figures for monitoring; facts in, lines out; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_LEAST_SILENCE: Final = timedelta(minutes=15)
_POLLS: Final = 3
_LATE: Final = timedelta(minutes=15)
_LEAST_ROOM: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class Vitals:
    """What is measured. Moments are UTC; None where there is nothing to measure.

    `polled_at` is when the mailbox was last read to its end, `waiting` counts mails nobody has looked at,
    `queued` mails that may leave now, `stuck` those that a person has to settle, `free` the bytes left on
    the database's disk, `workers` those at work where there can be several.
    """

    now: datetime
    poll_seconds: float
    polled_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    queued: int
    queued_since: datetime | None
    stuck: int
    paused: bool
    open_cases: int
    overdue_cases: int
    free: int | None
    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at, in words; `well` is False when somebody has to act."""

    name: str
    well: bool
    words: str


def silence_allowed(poll_seconds: float) -> timedelta:
    """How long the mailbox may go unread before it is an alarm: three polls, and at least 15 minutes."""
    return max(_LEAST_SILENCE, timedelta(seconds=_POLLS * poll_seconds))


def signs(seen: Vitals) -> tuple[Sign, ...]:
    """Everything that was looked at, in the order in which trouble travels."""
    return (
        _mailbox(seen),
        *_workers(seen),
        _intake(seen),
        _outbox(seen),
        _stuck(seen),
        _pause(seen),
        *_disk(seen),
    )


def _well(name: str, words: str) -> Sign:
    return Sign(name, well=True, words=words)


def _act(name: str, words: str) -> Sign:
    return Sign(name, well=False, words=words)


def _mailbox(seen: Vitals) -> Sign:
    if seen.polled_at is None:
        return _act("mailbox", "the mailbox was never read; start `foibot run`")
    ago = seen.now - seen.polled_at
    said = f"the mailbox was read {_ago(ago)}"
    if ago <= silence_allowed(seen.poll_seconds):
        return _well("mailbox", said)
    return _act("mailbox", f"{said}; see whether `foibot run` works, then its log")


def _workers(seen: Vitals) -> Iterator[Sign]:
    """None is no sign of trouble: `foibot run --once` may be called now and then. The mailbox tells."""
    if seen.workers:
        verb = "is" if seen.workers == 1 else "are"
        yield _well("workers", f"{_count(seen.workers, 'worker')} {verb} at work")


def _intake(seen: Vitals) -> Sign:
    if seen.waiting_since is None:
        return _well("intake", "every mail that came in was looked at")
    since = seen.now - seen.waiting_since
    return Sign(
        "intake",
        since <= _LATE,
        f"{_count(seen.waiting, 'mail')} came in and nobody has looked; the oldest came {_ago(since)}",
    )


def _outbox(seen: Vitals) -> Sign:
    if seen.queued_since is None:
        return _well("outbox", "everything that may leave has left")
    since = seen.now - seen.queued_since
    words = f"{_count(seen.queued, 'mail')} may leave and has not; the oldest could {_ago(since)}"
    return Sign("outbox", since <= _LATE or seen.paused, words)


def _stuck(seen: Vitals) -> Sign:
    if not seen.stuck:
        return _well("letters", "no mail waits for a person to settle it")
    words = f"{_count(seen.stuck, 'mail')} refused, uncertain or held; see `foibot outbox list`"
    return _act("letters", words)


def _pause(seen: Vitals) -> Sign:
    if seen.paused:
        return _act(
            "pause",
            "the office is paused: nothing leaves until somebody replies `resume` to a notice, or `foibot resume`",
        )
    return _well("pause", "the office is not paused")


def _disk(seen: Vitals) -> Iterator[Sign]:
    if seen.free is not None:
        words = f"{seen.free / 1e9:.1f} GB are free for the database"
        enough = seen.free >= _LEAST_ROOM
        yield Sign("disk", enough, words if enough else f"only {words}; make room")


def _count(many: int, what: str) -> str:
    return f"{many} {what}{'' if many == 1 else 's'}"


def _ago(span: timedelta) -> str:
    seconds = max(0, round(span.total_seconds()))
    if seconds < 120:
        return f"{_count(seconds, 'second')} ago"
    if seconds < 7200:
        return f"{_count(seconds // 60, 'minute')} ago"
    return f"{_count(seconds // 3600, 'hour')} ago"


def as_text(seen: Vitals) -> str:
    """Write a line for each thing that was looked at; one that somebody has to act on begins with ACT."""
    return "".join(f"{'ok' if one.well else 'ACT':8} {one.words}\n" for one in signs(seen))


def as_metrics(seen: Vitals) -> str:
    """Write the figures as Prometheus reads them, one gauge a line; a figure that is missing is left out.

    `foibot_mailbox_read_seconds_ago 12` says that the mailbox was read 12 seconds ago.
    """
    return "".join(
        f"# HELP foibot_{name} {told}\n# TYPE foibot_{name} gauge\nfoibot_{name} {value:g}\n"
        for name, told, value in _figures(seen)
    )


def _figures(seen: Vitals) -> Iterable[tuple[str, str, float]]:
    well = all(sign.well for sign in signs(seen))
    yield "well", "1 if nobody has to act, else 0.", float(well)
    if seen.polled_at is not None:
        ago = (seen.now - seen.polled_at).total_seconds()
        yield "mailbox_read_seconds_ago", "Seconds since the mailbox was read to its end.", ago
    yield "mails_waiting", "Mails that came in and were not looked at yet.", seen.waiting
    yield "mails_queued", "Mails that may leave now and have not.", seen.queued
    yield "mails_stuck", "Mails that a person has to settle.", seen.stuck
    yield "paused", "1 while the administrator keeps everything from leaving.", float(seen.paused)
    yield "cases_open", "Requests whose clock runs.", seen.open_cases
    yield "cases_overdue", "Requests whose last day is over.", seen.overdue_cases
    if seen.workers is not None:
        yield "workers", "Workers that are at work.", seen.workers
    if seen.free is not None:
        yield "disk_free_bytes", "Bytes free where the database is.", seen.free
