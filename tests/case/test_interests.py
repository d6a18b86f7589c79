"""Who keeps out of a case, and when its answer is under review."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case import approval_events as a
from foibot.case import clock_events as cl
from foibot.case.case import State
from foibot.case.interests import keeps_out, under_review
from tests.case.case_files import JANE as JANES
from tests.case.case_files import TO_REACH, case_of, example
from tests.samples import JANE, TOM

DECLARED = a.InterestDeclared(JANES, "her brother asked")
ALIAS = replace(JANE, address="j@new.example", aliases=(JANES.upper(),))


def test_whoever_declared_an_interest_keeps_out_until_it_is_ended() -> None:
    case = case_of(DECLARED, DECLARED)
    assert case.interests == (JANES,)
    assert keeps_out(case, JANE)
    assert keeps_out(case, ALIAS)
    assert not keeps_out(case, TOM)
    assert not keeps_out(case_of(DECLARED, a.InterestEnded(JANES, "it was another")), JANE)


@pytest.mark.parametrize(
    ("conflicts", "out"),
    [
        (("sam@elsewhere.example",), True),
        (("SAM@Elsewhere.example",), True),
        (("@elsewhere.example",), True),
        (("@where.example", "am@elsewhere.example", "elsewhere.example"), False),
        ((), False),
    ],
)
def test_the_configuration_names_requesters(conflicts: tuple[str, ...], out: bool) -> None:
    assert keeps_out(case_of(), replace(TOM, conflicts=conflicts)) is out


def test_a_review_runs_from_its_request_to_its_end() -> None:
    assert not under_review(case_of(*TO_REACH[State.ANSWERED]))
    case = case_of(*TO_REACH[State.REOPENED])
    assert under_review(case)
    assert not under_review(case_of(*TO_REACH[State.REOPENED], example(cl.ClockStopped)))
