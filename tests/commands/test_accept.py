"""`accept`: a reason for each warning, on the version shown, before anybody may approve it."""

from __future__ import annotations

import pytest

from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import State
from foibot.case.outcome import Audience, Enclosed
from foibot.case.remarks import Remark
from foibot.commands.command import Situation
from tests.case.case_files import TO_REACH, WARNED, drafted
from tests.samples import CLERK, decided, secret, situation, why, would_work

NUMBER = Remark("N-30", "14", "a number that is not in the request", "Leave it out.")
WHY = "the sentence before it is conditional"


def warned(*more: e.Event, **changes: object) -> Situation:
    """A first draft with two warnings, shown to Tom."""
    events = (drafted(remarks=(WARNED, NUMBER)), *more)
    return situation(*events, **{"secrets": [secret(1)], **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "text", "rules"),
    [
        (f"accept N-24 v1: {WHY}", "", ("N-24",)),
        (f"accept v1 n-24: {WHY}", "", ("N-24",)),
        ("accept N-24 v1", f"{WHY}\n\nTom Teal", ("N-24",)),
        (f"accept N-24, N-30 and N-24 v1 - {WHY}", "", ("N-24", "N-30")),
        (f"accept v 1: N-30 {WHY}", "", ("N-30",)),
        (f"accept v1: n-24: {WHY}", "", ("N-24",)),
    ],
)
def test_the_reason_is_kept_with_its_rules(line: str, text: str, rules: tuple[str, ...]) -> None:
    outcome = decided(line, warned(), text)
    assert outcome.refusal == ""
    assert outcome.events == (le.WarningAccepted(1, rules, WHY),)
    assert not outcome.use_secret


def test_a_reason_may_begin_with_a_version_or_a_rule() -> None:
    (event,) = decided("accept N-24 v1: v2 N-30 will mend it", warned()).events
    assert event == le.WarningAccepted(1, ("N-24",), "v2 N-30 will mend it")


def test_while_another_warning_is_open_only_the_orderer_hears() -> None:
    outcome = decided(f"accept N-24 v1: {WHY}", warned(officer=CLERK), "note She rang.")
    (told,) = outcome.notices
    assert told.to is Audience.ORDERING_OFFICER
    assert f"“{WHY} note She rang.”" in told.facts["paragraphs"], "what was taken for its text"
    assert outcome.revoke == ()
    assert would_work(outcome) == ["accept N-30 v1: your reason"]
    assert "Instead: Leave it out." in told.lines[0][1]


def test_the_last_reason_shows_the_letter_again_and_ends_what_was_sent_before() -> None:
    outcome = decided(f"accept N-30 v1: {WHY}", warned(le.WarningAccepted(1, ("N-24",), WHY)))
    (told,) = outcome.notices
    assert (told.kind, told.to, told.decides) == ("draft", Audience.OFFICERS_AND_APPROVERS, 1)
    assert told.enclosed is Enclosed.LETTER
    assert outcome.revoke == (1,)


REFUSED = [
    (f"accept N-24: {WHY}", warned(), "no-version", "needs the version"),
    (f"accept N-24 v1: {WHY}", situation(), "no-letter", "No letter has been drafted"),
    (f"accept N-24: {WHY}", situation(), "no-version", "needs the version"),
    (f"accept N-24 v2: {WHY}", warned(), "not-current", "There is no version 2"),
    (f"accept N-24 v1: {WHY}", situation(*TO_REACH[State.APPROVED]), "already-decided", "approved"),
    (f"accept v1: {WHY}", warned(), "accept", "needs the rule"),
    (f"accept N-99 v1: {WHY}", warned(), "accept", "no warning N-99"),
    ("accept N-24 v1", warned(), "accept", "missing, or too short"),
    ("accept N-24 v1: ok", warned(), "accept", "missing, or too short"),
    ("accept N-24 v1: your reason", warned(), "accept", "missing, or too short"),
    (f"accept N-24 v1: {WHY}", situation(drafted()), "accept", "no warning on version 1"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "at", "check", "words"), REFUSED)
def test_an_order_that_does_not_count_says_why(
    line: str, at: Situation, check: str, words: str
) -> None:
    outcome = decided(line, at)
    assert outcome.refusal == check
    assert words in why(outcome)


def test_nothing_is_approved_while_a_warning_is_open() -> None:
    outcome = decided("approve v1", warned())
    assert outcome.refusal == "reason-missing"
    assert "why it may stand" in why(outcome)
    assert would_work(outcome) == ["accept N-24 v1: your reason", "accept N-30 v1: your reason"]
    explained = le.WarningAccepted(1, ("N-24", "N-30"), WHY)
    assert decided("approve v1", warned(explained)).refusal == ""


def test_it_may_be_rejected_or_held_all_the_same() -> None:
    assert decided("reject v1: too long", warned()).refusal == ""
    assert decided("hold v1", warned()).refusal == ""
