"""How many cases a second foibot can count: `PYTHONPATH=. python bench/due.py [CASES]`, a million by default.

Three questions are timed for each law: the last day alone, as a sweep over every case asks it; the last
day with its working, as a notice shows it; and the last day past a pause.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from foibot.law import REGIMES
from foibot.law.calendar import answer_by, last_day
from foibot.law.pauses import Pause
from foibot.law.regime import Duty, Regime

_FIRST = date(2019, 1, 1)
_SPREAD = 3600
_FEE = timedelta(days=10), timedelta(days=31)


def _sweep(law: Regime, received: Sequence[date]) -> None:
    for day in received:
        last_day(law, Duty.ANSWER, day)


def _working(law: Regime, received: Sequence[date]) -> None:
    for day in received:
        answer_by(law, day)


def _paused(law: Regime, received: Sequence[date]) -> None:
    asked, paid = _FEE
    for day in received:
        answer_by(law, day, (Pause(day + asked, day + paid, "waiting for the fee"),))


_QUESTIONS: dict[str, Callable[[Regime, Sequence[date]], None]] = {
    "last day": _sweep,
    "with its working": _working,
    "past a pause": _paused,
}


def main(cases: int) -> None:
    """Print a line for each law and question."""
    received = [_FIRST + timedelta(days=number % _SPREAD) for number in range(cases)]
    for law in REGIMES:
        for name, ask in _QUESTIONS.items():
            ask(law, received[:_SPREAD])  # years are built once, and not what is measured
            begun = time.perf_counter()
            ask(law, received)
            rate = cases / (time.perf_counter() - begun)
            sys.stdout.write(f"{law.key:6} {name:18} {rate:>12,.0f} cases a second\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
