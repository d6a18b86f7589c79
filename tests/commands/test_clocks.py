"""`clock`, `help exemptions`: what each wants on a case that has been answered, or how it is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case.case import State
from foibot.law.foisa import FOISA
from tests.case.case_files import TO_REACH
from tests.samples import JANE, decided, situation, why, would_work

ANSWERED = TO_REACH[State.ANSWERED]
REVIEWED = (*ANSWERED, cl.ClockStarted("review", "s.45 Code", date(2021, 1, 4), date(2021, 2, 1)))


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("clock review from 4 Jan 2021", ("review", date(2021, 1, 4), date(2021, 2, 1))),
        ("clock Review from 2021-01-04", ("review", date(2021, 1, 4), date(2021, 2, 1))),
        ("clock tribunal from 4 Jan 2021", ("tribunal", date(2021, 1, 4), date(2021, 2, 1))),
        ("clock regulator until 20 Jan 2021", ("regulator", date(2021, 1, 5), date(2021, 1, 20))),
    ],
)
def test_a_clock_runs_from_its_day_or_until_the_day_named(
    line: str, event: tuple[str, date, date]
) -> None:
    (happened,) = decided(line, situation(*ANSWERED, officer=JANE)).events
    assert isinstance(happened, cl.ClockStarted)
    assert (happened.clock, happened.started, happened.due) == event


@pytest.mark.parametrize(
    ("line", "refusal", "words"),
    [
        ("clock", "clock", "cannot be read"),
        ("clock court from 4 Jan 2021", "clock", "cannot be read"),
        ("clock review since 4 Jan 2021", "clock", "cannot be read"),
        ("clock review from", "no-date", "missing"),
        ("clock review from 04/01/2021", "no-date", "cannot be read"),
        ("clock review from 6 Jan 2021", "date", "still to come"),
        ("clock review until 4 Jan 2021", "date", "past"),
        ("clock review stopped", "clock", "No review clock"),
        ("clock review from 7 Dec 2020", "date", "came later, on 8 December 2020"),
        ("clock review from 1 Jan 1990", "date", "came later"),
    ],
)
def test_a_clock_that_cannot_run_is_answered_with_lines_that_can(
    line: str, refusal: str, words: str
) -> None:
    outcome = decided(line, situation(*ANSWERED, officer=JANE))
    assert (outcome.refusal, outcome.events) == (refusal, ())
    assert words in why(outcome)
    assert would_work(outcome) == [
        "clock review from 5 January 2021",
        "clock regulator until 19 January 2021",
        "clock tribunal from 5 January 2021",
    ]


def test_only_a_clock_that_runs_is_offered_to_be_stopped() -> None:
    outcome = decided("clock tribunal stopped", situation(*REVIEWED, officer=JANE))
    assert would_work(outcome)[3:] == ["clock review stopped"]


def test_no_such_clock_runs_before_the_answer() -> None:
    outcome = decided("clock review from 4 Jan 2021", situation(officer=JANE))
    assert outcome.refusal == "state"


def test_the_scottish_regulator_names_its_own_day() -> None:
    at = replace(situation(*ANSWERED, officer=JANE), regime=FOISA)
    assert "its own last day" in why(decided("clock regulator from 4 Jan 2021", at))
    (happened,) = decided("clock regulator until 20 Jan 2021", at).events
    assert isinstance(happened, cl.ClockStarted)
    assert happened.law == "a day named by letter"


def test_the_case_is_closed_again_with_the_last_clock() -> None:
    both = (*REVIEWED, cl.ClockStarted("regulator", "", date(2021, 1, 5), date(2021, 1, 20)))
    stopped = cl.ClockStopped("review", date(2021, 1, 5))
    assert decided("clock review stopped", situation(*both, officer=JANE)).events == (stopped,)
    closed = decided("clock review stopped", situation(*REVIEWED, officer=JANE)).events
    assert closed == (stopped, e.ClosedAgain())


def test_help_lists_the_provisions_of_the_law_of_the_case() -> None:
    (told,) = decided("help exemptions", situation(officer=JANE)).notices
    words = str(told)
    assert "23(5)" in words
    assert "absolute, cannot be used to neither confirm nor deny" in words


@pytest.mark.parametrize(
    "line", ["clock review from 4 Jan 2021", "review", "review outcome upheld"]
)
@pytest.mark.parametrize("state", [State.OPEN, State.WAITING, State.APPROVED])
def test_t37_a_review_asked_for_before_the_answer_is_noted_with_its_last_day(
    line: str, state: State
) -> None:
    """Our letters about delay offer one; the request keeps its own clock."""
    outcome = decided(line, situation(*TO_REACH[state], officer=JANE))
    assert "has not been answered yet" in why(outcome)
    assert "Asked for today, it has to be answered by 2 February 2021." in why(outcome)
    noted, *_ = would_work(outcome)
    assert noted == "note: review asked for on 5 January 2021, to be answered by 2 February 2021"
    assert decided(noted, situation(*TO_REACH[state], officer=JANE)).events


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.NOT_FOI, State.LAPSED])
def test_what_was_closed_without_an_answer_has_no_review(state: State) -> None:
    closed = situation(*TO_REACH[state], officer=JANE)
    for line in ("clock review from 4 Jan 2021", "clock regulator until 5 Feb 2021"):
        assert "runs on a case that has been answered" in why(decided(line, closed))
    assert "closed without an answer" in why(decided("review", closed))


def test_other_clocks_wait_for_the_answer() -> None:
    outcome = decided("clock regulator until 5 Feb 2021", situation(officer=JANE))
    assert "runs on a case that has been answered" in why(outcome)
