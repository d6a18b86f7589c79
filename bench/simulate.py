"""A campaign within an hour, and a year of a hub of many offices, on a moved clock.

    PYTHONPATH=. python bench/simulate.py burst 10000
    PYTHONPATH=. python bench/simulate.py hub 50 5000 --minutes 60
    PYTHONPATH=. python bench/simulate.py hub 1 1000

`burst` lets that many near-identical requests come in within an hour. `hub` spreads so many requests over so many
offices and a year; officers answer in days or weeks, forget until they are reminded, and go on leave, and an
approver takes a day or two. Ctrl-C, or the end of `--minutes`, prints what was seen until then. All mail passes
through the whole of foibot but the servers.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.hub import hub
from foibot.demo.correspondent import Person, request
from tests.office import MAILBOX, Office

_PLACES = ("Exampleton", "Sampletown", "Specimen Bay", "Instance-on-Sea", "Upper Placeholder")
_CAMPAIGN = (
    "Dear Exampleshire Police,\n\nPlease tell me how many lanterns stand in the streets of {}, who pays for\n"
    "them, and when each was last repaired. Please also send the contract.\n\nYours faithfully,\n{}"
)


def burst(many: int) -> None:
    """A form letter that thousands send within an hour."""
    with _office() as desk:
        begun = time.perf_counter()
        raws = []
        for number in range(many):
            person = Person(f"Resident {number}", f"resident.{number}@citizens.example")
            words = _CAMPAIGN.format(_PLACES[number % 5], person.name)
            raws.append(_asked(desk, person, "The lanterns in our streets", words))
        _say("made", time.perf_counter() - begun, many)
        acknowledged = shown = 0.0
        for first in range(0, many, 1000):
            for raw in raws[first : first + 1000]:
                desk.stores(raw)
            acknowledged += _timed(lambda: _until_done(desk.intake.settle))
            acknowledged += _timed(desk.send)
            shown += (cost := _timed(lambda: _until_done(desk.intake.introduce)))
            desk.send()
            desk._unread.clear()
            _print(
                f"requests {first + 1} to {first + 1000}: shown to officers at {1000 / cost:.0f}/s"
            )
        _say("acknowledged", acknowledged, many)
        _say("shown to officers", shown, many)
        _say_memory(desk)


@contextmanager
def _office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Office(Path(folder), start="2020-01-06 09:00", limits={"mails_per_hour": 1_000_000})
        yield desk
        desk.close()


def _asked(desk: Office, person: Person, subject: str, words: str) -> bytes:
    message_id = desk.message_id("citizens.example")
    raw = request(person, MAILBOX, subject, words, desk.clock.now(), message_id=message_id)
    return desk.border(raw, person.address)


def _until_done(work: Callable[[], int]) -> None:
    while work():
        pass


def _timed(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def _say(what: str, seconds: float, many: int) -> None:
    _print(f"{what}: {many} in {seconds:.1f} s of CPU, {many / seconds:.0f}/s")


def _say_memory(desk: Office) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    path = desk.engine.url.database or ""
    _print(f"peak memory {peak:.0f} MB; the database {Path(path).stat().st_size / 1e6:.0f} MB")


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def main() -> int:
    """What the command line asks for."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = options.add_subparsers(dest="what", required=True)
    what.add_parser("burst").add_argument("requests", type=int)
    of_hub = what.add_parser("hub")
    of_hub.add_argument("offices", type=int)
    of_hub.add_argument("requests", type=int, help="of all offices together")
    of_hub.add_argument("--minutes", type=float, default=0, help="end after so long (0: never)")
    of_hub.add_argument("--at-once", type=int, default=1, help="years lived side by side")
    of_hub.add_argument(
        "--keep",
        type=Path,
        help="a folder that the offices are left in; years lived there before count",
    )
    of_hub.add_argument(
        "--thrifty",
        action="store_true",
        help="keep only the figures of an office that was found right",
    )
    given = options.parse_args()
    if given.what == "burst":
        burst(given.requests)
        return 0
    return hub(
        given.offices, given.requests,
        minutes=given.minutes, at_once=given.at_once, folder=given.keep, thrifty=given.thrifty,
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
