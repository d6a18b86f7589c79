"""`conflict`: an officer leaves a case, an approver can say it of others, and nobody lets themselves back in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case import colleague_events as c
from foibot.case.approval_events import InterestDeclared, InterestEnded
from foibot.case.case import State
from foibot.case.events import Event
from foibot.case.letter_events import Stopped
from foibot.case.outcome import Audience, Outcome
from foibot.officers.roster import Officer, Roster
from tests.case.case_files import JANE as JANES
from tests.case.case_files import TO_REACH, drafted
from tests.samples import CLERK, JANE, OFFICE, TOM, decided, situation, why

OUT = InterestDeclared(JANES, "her brother asked")
WHY = "the requester is my brother"


def ordered(line: str, *events: Event, officer: Officer = JANE, text: str = "") -> Outcome:
    return decided(line, situation(*events, officer=officer), text)


def facts(outcome: Outcome) -> str:
    return " ".join(str(one.facts.get("facts")) for one in outcome.notices)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (f"conflict: {WHY}", ""),
        ("conflict", f"{WHY}\n\nJane\nSent from my phone"),
        ("conflict jane: the requester is my brother", ""),
    ],
)
def test_an_officer_leaves_a_case(line: str, text: str) -> None:
    outcome = ordered(line, text=text)
    assert outcome.events == (InterestDeclared(JANES, WHY),)
    assert [one.to for one in outcome.notices] == [Audience.ORDERING_OFFICER, Audience.OFFICERS_AND_APPROVERS]  # fmt: skip


def test_words_before_a_colon_that_name_nobody_are_part_of_the_reason() -> None:
    assert ordered("conflict: family: my brother").events == (InterestDeclared(JANES, "family: my brother"),)  # fmt: skip


def test_an_approver_says_it_of_somebody_else() -> None:
    outcome = ordered("conflict cleo: she is named in it", officer=TOM)
    assert outcome.events == (InterestDeclared(CLERK.address, "she is named in it"),)
    assert outcome.notices[0].person == CLERK.address
    assert outcome.notices[0].to_who_keeps_out
    assert "Only an approver" in why(ordered("conflict tom: he is named", officer=CLERK))


@pytest.mark.parametrize(
    ("line", "officer", "words"),
    [
        ("conflict", JANE, "needs a reason"),
        ("conflict: your reason", JANE, "needs a reason"),
        ("conflict off", TOM, "does not say who"),
        ("conflict off harry: it is over", TOM, "Nobody on the list"),
        ("conflict off jane", TOM, "needs a reason"),
        ("conflict off jane: it is over", CLERK, "Only an approver"),
        ("conflict off jane: it is over", JANE, "Somebody else has to find"),
        ("conflict off cleo: it is over", TOM, "has declared no interest"),
        ("conflict jane: again", TOM, "keeps out of the case already"),
    ],
)
def test_what_is_refused(line: str, officer: Officer, words: str) -> None:
    assert words in why(ordered(line, OUT, officer=officer))


def test_another_person_ends_it() -> None:
    outcome = ordered("conflict off jane: another Smith", OUT, officer=TOM)
    assert outcome.events == (InterestEnded(JANES, "another Smith"),)


def test_what_the_configuration_says_no_order_ends() -> None:
    named = replace(CLERK, conflicts=("@elsewhere.example",))
    at = replace(situation(officer=TOM), roster=Roster((*OFFICE.people[:3], named)))
    assert "The configuration names the requester" in why(
        decided("conflict off cleo: it is over", at)
    )


def test_what_somebody_who_leaves_had_in_hand_is_told() -> None:
    had = ordered(f"conflict: {WHY}", c.Assigned(JANES), drafted())
    assert had.events[1] == c.AssignmentEnded()
    assert "Nobody has the case now." in facts(had)
    assert "Version 1 of the letter was drafted by that person" in facts(had)
    other = ordered(f"conflict: {WHY}", drafted(), officer=TOM)
    assert facts(other) == "[] []"


def test_a_letter_about_to_leave_on_their_word_is_stopped() -> None:
    outcome = ordered(f"conflict: {WHY}", *TO_REACH[State.APPROVED])
    assert Stopped(1) in outcome.events
    assert outcome.recall is not None
    assert "has been stopped" in facts(outcome)
    assert ordered(f"conflict: {WHY}", *TO_REACH[State.APPROVED], officer=TOM).recall is None


def test_a_review_is_given_to_nobody_who_decided_the_answer() -> None:
    reopened = TO_REACH[State.REOPENED]
    assert "drafted or approved the answer that is reviewed" in why(ordered("assign jane", *reopened, officer=TOM))  # fmt: skip
    assert "drafted or approved the answer that is reviewed" in why(ordered("accept", *reopened))
    assert ordered("assign cleo", *reopened, officer=TOM).events == (c.Assigned(CLERK.address),)
    assert "keeps out of this case" in why(ordered("assign jane", OUT, officer=TOM))
