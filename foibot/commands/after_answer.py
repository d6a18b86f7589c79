"""What still runs on a request that was answered, in words, and the orders that go with it; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from foibot.case.case import Case
from foibot.case.clocks import ClockName
from foibot.law.dates import listed

_RUNS: Mapping[ClockName, str] = MappingProxyType(
    {
        ClockName.REVIEW: "a review",
        ClockName.REGULATOR: "a complaint to the regulator",
        ClockName.TRIBUNAL: "an appeal",
        ClockName.PART: "the time of a part that was clarified later",
    }
)
REVIEW_LINES = (
    ("review", "drafts the letter that acknowledges the request for a review"),
    (
        "review outcome upheld",
        "drafts the letter with its result, the decision on the lines under it",
    ),
)


def _running(case: Case) -> tuple[ClockName, ...]:
    names = (one.name for one in case.clocks if one.runs and one.name in _RUNS)
    return tuple(dict.fromkeys(names))


def still_runs(case: Case) -> str:
    """Why the request cannot be answered once more: "This case has been answered. What runs now is a review."."""
    names = _running(case)
    by_hand = [_RUNS[one] for one in names if one is not ClockName.REVIEW]
    said = f"This case has been answered. What runs now is {listed([_RUNS[one] for one in names])}."
    return f"{said} Letters about {listed(by_hand)} are written by hand." if by_hand else said


def lines_after_answer(case: Case) -> tuple[tuple[str, str], ...]:
    """The orders for what runs on an answered request; none if nothing does."""
    names = _running(case)
    stopped = tuple(
        (f"clock {one} stopped", f"ends {_RUNS[one]}, once it is dealt with")
        for one in names
        if one is not ClockName.REVIEW
    )
    return (*(REVIEW_LINES if ClockName.REVIEW in names else ()), *stopped)
