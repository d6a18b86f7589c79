"""`reopen`: what was closed without an answer is taken back, and only that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from foibot.case import events as e
from foibot.case.case import State
from foibot.case.outcome import Audience, Outcome
from tests.case.case_files import ASKED_FOR_A_FEE, RECEIVED_AT, TO_REACH, drafted
from tests.samples import JANE, decided, situation, why, would_work

SETS_ASIDE = [e.Withdrawn(), e.FoundNotFoi("a job application")]


def reopened(*events: e.Event, on: datetime | None = None) -> Outcome:
    at = situation(*events, officer=JANE)
    return decided("reopen: Sam wants it after all", replace(at, now=on or at.now))


def told(outcome: Outcome) -> str:
    (notice,) = outcome.notices
    assert notice.to is Audience.OFFICERS_AND_APPROVERS
    paragraphs = notice.facts["paragraphs"]
    assert isinstance(paragraphs, list)
    return " ".join(map(str, paragraphs))


@pytest.mark.parametrize("closing", SETS_ASIDE)
def test_a_closed_case_is_opened_again_and_everybody_hears_when_it_is_due(closing: e.Event) -> None:
    outcome = reopened(closing)
    assert outcome.events == (e.OpenedAgain("Sam wants it after all"),)
    assert told(outcome) == (
        "Jane Orange opened it again: “Sam wants it after all” It was received on 8 December 2020. "
        "Its time has run on while it was closed. The last day to answer is 11 January 2021. "
        "Nothing was sent to the requester."
    )
    assert "Order it again." in told(reopened(drafted(), closing))
    late = told(reopened(closing, on=RECEIVED_AT + timedelta(days=60)))
    assert (
        "The last day to answer was 11 January 2021. That day is past: the answer is late." in late
    )


@pytest.mark.parametrize("asked", [TO_REACH[State.WAITING], ASKED_FOR_A_FEE])
def test_what_waited_for_the_requester_waits_for_them_again(asked: tuple[e.Event, ...]) -> None:
    outcome = reopened(*asked, e.Withdrawn())
    assert outcome.events == (e.WaitsAgain("Sam wants it after all"),)
    assert "It waits for the requester again, until" in told(outcome)


NOT_CLOSED: list[tuple[tuple[e.Event, ...], str, list[str]]] = [
    ((), "is not closed", ["show"]),
    (TO_REACH[State.ANSWERED], "was answered", ["clock review from 5 January 2021", "show"]),
    (TO_REACH[State.REOPENED], "was answered", ["show"]),
    (TO_REACH[State.LAPSED], "opens again when the requester answers", ["show"]),
    ((e.Withdrawn(), e.OpenedAgain("x")), "is not closed", ["show"]),
]


@pytest.mark.parametrize(("events", "words", "works"), NOT_CLOSED)
def test_nothing_else_is_taken_back(
    events: tuple[e.Event, ...], words: str, works: list[str]
) -> None:
    outcome = reopened(*events)
    assert outcome.refusal == "state"
    assert words in why(outcome)
    assert would_work(outcome) == works


def test_it_needs_a_reason() -> None:
    at = situation(e.Withdrawn(), officer=JANE)
    outcome = decided("reopen", at, "\nJane")
    assert outcome.refusal == "no-reason"
    assert would_work(outcome) == ["reopen: the requester wants it after all"]
    assert decided("reopen", at, "They rang.\n\nJane").events == (e.OpenedAgain("They rang."),)


@pytest.mark.parametrize("closing", SETS_ASIDE)
def test_who_closes_a_case_or_orders_a_letter_on_it_is_told_of_it(closing: e.Event) -> None:
    line = "withdrawn" if isinstance(closing, e.Withdrawn) else "not foi: a job application"
    assert "reopen: your reason" in would_work(decided(line, situation(officer=JANE)))
    assert "reopen: your reason" in would_work(
        decided("disclose", situation(closing, officer=JANE))
    )
