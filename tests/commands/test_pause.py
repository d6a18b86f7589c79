"""`pause` and `resume`: who may, what is refused, and what everybody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case.events import SendingPaused, SendingResumed
from foibot.case.outcome import Audience, Outcome
from foibot.commands.pause import Standstill, ordered, stops_or_starts
from foibot.officers.roster import Role
from tests.samples import CLERK, JANE, NOW, decided, situation

AT_WORK = Standstill(paused=False, open=2, first_due=date(2021, 1, 11), waiting=1, letters=0)
AT_REST = replace(AT_WORK, paused=True, open=1, waiting=3, letters=1)


def said(line: str, at: Standstill, text: str = "") -> Outcome:
    return ordered(line, text, JANE, at, NOW)


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        ("pause", "pause"),
        ("Pause.", "pause"),
        ("PAUSE: why", "pause"),
        ("resume", "resume"),
        ("resume!", "resume"),
        ("resume: now", ""),
        ("pause the clock", ""),
        ("pauses", ""),
        ("", ""),
    ],
)
def test_only_the_word_alone_stops_or_starts(line: str, verb: str) -> None:
    assert stops_or_starts(line) == verb


def test_everybody_is_told_of_a_pause_with_its_reason_and_the_first_last_day() -> None:
    outcome = said("pause: a loop", AT_WORK)
    assert outcome.events == (SendingPaused("a loop"),)
    (notice,) = outcome.notices
    assert (notice.to, notice.even_paused) == (Audience.EVERYBODY, True)
    told = str(notice.facts)
    assert "The reason given: a loop" in told
    assert "2 requests are open; the first last day is 11 January 2021" in told
    assert "Waiting to leave: 1 mail'" in told
    assert notice.lines[0][0] == "resume"


def test_a_pause_needs_no_reason_and_no_request() -> None:
    outcome = said("pause", replace(AT_WORK, first_due=None, open=0, waiting=0))
    assert outcome.events == (SendingPaused(""),)
    assert "reason" not in str(outcome.notices[0].facts)


def test_the_end_of_a_pause_says_how_much_leaves() -> None:
    outcome = said("resume", AT_REST, "Tom")
    assert outcome.events == (SendingResumed(),)
    assert "Leaving now: 3 mails, 1 of them approved letters" in str(outcome.notices[0].facts)


@pytest.mark.parametrize(
    ("line", "at", "text", "check"),
    [
        ("pause", AT_REST, "", "as-it-is"),
        ("resume", AT_WORK, "", "as-it-is"),
        ("resume", AT_REST, "but only for acknowledgements", "text"),
    ],
)
def test_what_is_refused_is_answered_even_while_paused(
    line: str, at: Standstill, text: str, check: str
) -> None:
    outcome = said(line, at, text)
    assert (outcome.refusal, outcome.events) == (check, ())
    assert all(one.even_paused for one in outcome.notices)


def test_a_clerk_pauses_nothing() -> None:
    assert ordered("pause", "", CLERK, AT_WORK, NOW).refusal == "role"
    boss = replace(CLERK, roles=frozenset({Role.ADMINISTRATOR}))
    assert not ordered("pause", "", boss, AT_WORK, NOW).refusal


@pytest.mark.parametrize("line", ["pause until we hear more", "resume the case"])
def test_on_a_case_both_are_refused_with_what_was_perhaps_meant(line: str) -> None:
    outcome = decided(line, situation())
    assert outcome.refusal == "alone"
    assert "clarify" in str(outcome.notices[0].lines)
