"""A process of its own that works an office and is killed at a named point: `python -m tests.desk.dies`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from foibot.desk.dispatch import Dispatch
from foibot.desk.intake import Intake
from foibot.gateway.smtp import Delivery, Envelope
from foibot.gateway.system_clock import MovedClock
from tests.office import Office, london


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DeadlyClock(MovedClock):
    """Kills at the first token for a Message-ID: in the middle of opening a case."""

    def message_token(self) -> str:
        die()
        return ""


class DeadlyPost:
    """Kills before or after the server has taken the first mail; what it took is in a file."""

    def __init__(self, accepted: Path, *, takes: bool) -> None:
        self.accepted, self.takes = accepted, takes

    def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
        if self.takes:
            self.accepted.write_bytes(envelopes[0].raw)
        die()
        return []


def main(folder: Path, point: str) -> None:
    desk = Office(folder)
    desk.clock.set(london("2020-12-08 09:11") + timedelta(minutes=50))
    if (folder / "request.eml").exists():
        desk.stores((folder / "request.eml").read_bytes())
    if point == "after keep":
        die()
    if point == "in the middle of work":
        desk.intake = Intake(replace(desk.office, clock=DeadlyClock(desk.clock.now())), desk.store)
    while desk.intake.work():
        pass
    post = DeadlyPost(folder / "accepted.eml", takes=point == "after the server took it")
    Dispatch(desk.office, desk.store, post).round()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
