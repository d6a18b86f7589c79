"""What is worse than a kill: workers stopped and woken, cut off from PostgreSQL, or PostgreSQL gone: `python -m tests.service.worker_breaks`.

The town is that of `worker_kills`. Whoever was stopped, or lost its session, has to end by itself.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from foibot.outbox.item import ItemState, Kind
from foibot.store.outbox import Outgoing
from foibot.store.transaction import Store
from tests.service.worker_kills import REPLACED_WITHIN, Town, count, dice_of, say, town

ENDS_WITHIN = 20.0
_CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE :of"
)

_WHO_SENDS = text("""
SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) JOIN outbox
ON ((classid::bigint << 32) | objid::bigint) = outbox.worker WHERE locktype = 'advisory' AND outbox.id = :mail
""")


def stop(here: Town) -> None:
    """Stop the one with the mailbox for longer than it takes to replace it, then let it go on."""
    here.both()
    owner = here.busy(1)
    began = time.monotonic()
    os.kill(owner, signal.SIGSTOP)
    try:
        while here.owner() in {0, owner}:
            assert time.monotonic() - began < 2 * REPLACED_WITHIN, here.log()
            time.sleep(0.05)
        here.replaced.append(time.monotonic() - began)
        here.happens()
        time.sleep(here.dice.random() * 3)
    finally:
        os.kill(owner, signal.SIGCONT)
    ends(here, owner)
    here.start()


def half_sent(here: Town) -> None:
    """Stop whoever sends a letter between its claim and its content; a person has it sent again; then it wakes up."""
    here.both()
    here.letters = here.ordered + 1
    here.keeper.hesitates = 1.5  # to each recipient: the content waits for that
    here.asks()
    while not (letters := sending(here)):
        here.deal_with_post()
        time.sleep(0.02)
    time.sleep(0.5)
    with here.engine.connect() as connection:
        name = connection.execute(_WHO_SENDS, {"mail": letters[0].id}).scalar_one()
    sender = int(str(name).rpartition(" ")[2])
    os.kill(sender, signal.SIGSTOP)
    try:
        until = time.monotonic() + 2 * REPLACED_WITHIN
        while sending(here):
            assert time.monotonic() < until, here.log()
            time.sleep(0.1)
        here.foibot("outbox", "resolve", str(letters[0].id), "--again")
    finally:
        os.kill(sender, signal.SIGCONT)
    ends(here, sender)
    here.keeper.hesitates = 0
    here.start()


def sending(here: Town) -> list[Outgoing]:
    """The letters that somebody is sending."""
    with Store(here.engine).view() as tx:
        return [one for one in tx.outbox.in_state(ItemState.SENDING) if one.kind is Kind.LETTER]


def cut(here: Town) -> None:
    """Let the database end every session of the one with the mailbox."""
    owner = here.busy(0.7)
    with here.engine.connect() as connection:
        connection.execute(_CUT, {"of": f"foibot %, process {owner}"})
    ends(here, owner)
    here.start()


def leave(here: Town) -> None:
    """Stop the database, in order or at once as if it had crashed, for a while."""
    here.both()  # one that is still starting would have nothing to lose
    here.busy(1)
    both = list(here.workers)
    if here.dice.random() < 0.5:
        here.server.stop()
    else:
        postmaster = here.server.get_pid()
        os.kill(postmaster, signal.SIGQUIT)
        while Path(f"/proc/{postmaster}").exists():
            time.sleep(0.05)
    time.sleep(here.dice.random() * 8)
    here.server.ensure_postgres_running()
    here.engine.dispose()
    for one in both:
        ends(here, one)
        here.start()


def ends(here: Town, worker: int) -> None:
    """A worker that lost the office ends by itself, with exit code 1, so that its service manager starts it again."""
    process = here.workers.pop(worker)
    try:
        assert process.wait(ENDS_WITHIN) == 1, here.log()
    except subprocess.TimeoutExpired:
        process.kill()
        raise AssertionError(f"it goes on as if nothing had happened\n{here.log()}") from None


def main() -> int:
    """Break, count, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--stops", type=int, default=0)
    options.add_argument("--half-sent", type=int, default=0, help="stops between claim and content")
    options.add_argument("--cuts", type=int, default=0)
    options.add_argument("--leaves", type=int, default=0, help="how often PostgreSQL goes away")
    options.add_argument("--seed", type=int, default=0, help="0: a new one, which is printed")
    given = options.parse_args()
    dice = dice_of(given.seed)
    what: list[Callable[[Town], None]] = [
        *[stop] * given.stops,
        *[half_sent] * given.half_sent,
        *[cut] * given.cuts,
        *[leave] * given.leaves,
    ]
    dice.shuffle(what)
    with town(dice, max(1, len(what) // 2)) as here:
        began = time.monotonic()
        for one in what:
            one(here)
        here.wait_for_owner()
        here.settle()
        figures, wrong = count(here)
        done = Counter(one.__name__ for one in what)
        figures = {**done, **figures, "seconds": round(time.monotonic() - began)}
        sys.stdout.write(here.log() if wrong else "")
    return say(figures, wrong)


if __name__ == "__main__":
    raise SystemExit(main())
