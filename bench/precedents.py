"""Prints what finding earlier requests like a new one costs as an office fills up: time, memory, room on the disk.

Run it as `python bench/precedents.py`, or with the number of cases at the end: `python bench/precedents.py 50000`.
It makes invented requests, among them one form letter in twenty, in a database of its own.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter

from foibot.case.case import Case
from foibot.case.events import Received, Recorded
from foibot.case.lifecycle import fold
from foibot.desk.precedent import known_about, remember
from foibot.store.create import create
from foibot.store.database import open_engine
from foibot.store.transaction import Store

_BEGAN = datetime(2020, 1, 1, 9, tzinfo=UTC)
_AT_ONCE = 2_000
_ASKED = 200
_FORM = (
    "Please tell me how many planned attacks on emergency service staff, vehicles and buildings were stopped "
    "in your area by the police or the security services within the last five years, by year."
)
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]


def requests(random: Random) -> Iterator[str]:
    """Invented requests of 8 to 60 words, common words more often than rare ones; some in the words of a form."""
    words = [f"{a}{b}{c}" for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    while True:
        own = random.choices(words, cum_weights=weights, k=random.randint(8, 60))
        yield f"{_FORM} {' '.join(own[:3])}." if random.random() < 0.05 else f"{' '.join(own)}?"


def cases(random: Random) -> Iterator[Case]:
    """One case after another, each with a request of its own."""
    received = Received(
        reference="000001/20", number=1, year=2020, regime="foia", received=_BEGAN.date(),
        received_at=_BEGAN, receipt_basis="invented", due=date(2020, 1, 30), message_sha256="a" * 64,
        message_id="<m@citizens.example>", references=(), requester_address="sam@citizens.example",
        requester_name="Sam Smith", subject="A request", request_text="",
    )  # fmt: skip
    first = fold([Recorded(1, _BEGAN, "000001/20", "requester", "", received, "0" * 64)])
    for number, text in enumerate(requests(random), start=1):
        yield replace(
            first,
            number=number,
            reference=f"{number:06}/20",
            request_text=text,
            received_at=_BEGAN + timedelta(minutes=number),
        )


def timed(do: Callable[[Case], object], given: list[Case]) -> list[float]:
    """Milliseconds for each."""
    took = []
    for one in given:
        began = perf_counter()
        do(one)
        took.append((perf_counter() - began) * 1000)
    return took


def fill(store: Store, source: Iterator[Case], number: int) -> None:
    """So many more cases, each kept under its marks."""
    while number > 0:
        with store.transaction() as tx:
            for _ in range(min(number, _AT_ONCE)):
                case = next(source)
                tx.cases.add(case)
                remember(tx, case)
        number -= _AT_ONCE


def measure(store: Store, file: Path, source: Iterator[Case], filled: int) -> None:
    """One line: what looking up and adding costs with so many cases."""
    asked = [next(source) for _ in range(_ASKED)]
    form = [replace(one, request_text=f"{_FORM} {one.number}.") for one in asked]
    with store.view() as tx:
        looked = timed(lambda case: known_about(tx, case), asked)
        alike = timed(lambda case: known_about(tx, case), form)
    with store.transaction() as tx:
        added = timed(lambda case: remember(tx, case), asked)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = [median(looked), quantiles(looked, n=20)[-1], median(alike), median(added)]
    room = sum(one.stat().st_size for one in file.parent.iterdir()) / 1_000_000
    sys.stdout.write(
        f"{filled:>9,}"
        + "".join(f"{cell:>12.2f}" for cell in cells)
        + f"{memory:>10.0f}{room:>10.0f}\n"
    )
    sys.stdout.flush()


def main() -> None:
    """A line each for a hundredth, a tenth and all of the cases."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    sys.stdout.write(
        "    cases  look up ms   95 of 100  a form, ms      add ms    MB peak   MB disk\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "foibot.db"
        engine = open_engine(f"sqlite:///{file}")
        create(engine)
        store, source, filled = Store(engine), cases(Random(4)), 0  # noqa: S311 - nothing secret
        for size in (most // 100, most // 10, most):
            fill(store, source, size - filled)
            filled = size
            measure(store, file, source, filled)
        store.close()


if __name__ == "__main__":
    main()
