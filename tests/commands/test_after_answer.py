"""What still runs on an answered request, in words, and which orders go with it."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case.case import State
from foibot.commands.after_answer import lines_after_answer, still_runs
from tests.case.case_files import TO_REACH, case_of

DAY = date(2020, 12, 20)


def running(*names: str) -> tuple[str, list[str]]:
    """The words and the lines for an answered request on which these clocks run."""
    clocks = [cl.ClockStarted(name, "", DAY, DAY) for name in names]
    case = case_of(*TO_REACH[State.ANSWERED], *clocks)
    return still_runs(case), [line for line, _ in lines_after_answer(case)]


def test_a_review_has_its_letters() -> None:
    said, lines = running("review")
    assert said == "This case has been answered. What runs now is a review."
    assert lines == ["review", "review outcome upheld"]


@pytest.mark.parametrize("name", ["regulator", "tribunal", "part"])
def test_what_is_written_by_hand_says_so(name: str) -> None:
    said, lines = running(name)
    assert said.endswith(" are written by hand.")
    assert lines == [f"clock {name} stopped"]


def test_several_run_beside_each_other() -> None:
    said, lines = running("review", "regulator")
    assert said == (
        "This case has been answered. What runs now is a review and a complaint to the regulator. "
        "Letters about a complaint to the regulator are written by hand."
    )
    assert lines == ["review", "review outcome upheld", "clock regulator stopped"]
