"""`approve` and `sensitive` where the table asks for several people: who is told what, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case.approval_events import ApprovalGiven, SensitiveFrom, SensitiveNoLonger
from foibot.case.case import State
from foibot.case.events import Event
from foibot.commands.command import Situation
from foibot.officers.roster import Officer
from foibot.outbox.approval_rules import ApprovalRule
from tests.case.case_files import TO_REACH, drafted
from tests.samples import CLERK, JANE, RUTH, TOM, decided, secret, situation, why, would_work

TWO = ApprovalRule(("approver", "approver"))
MARK = SensitiveFrom("the press has it")


def at(*events: Event, officer: Officer = TOM, rule: ApprovalRule = TWO) -> Situation:
    given = situation(*events, officer=officer, secrets=[secret(1, officer)])
    return replace(given, rules=replace(given.rules, approvals=(rule,)))


def test_one_of_several_is_told_to_everybody_and_nothing_leaves() -> None:
    outcome = decided("approve v1", at(drafted()))
    assert outcome.events == (ApprovalGiven(1, f"{1:064x}"),)
    assert outcome.release is None
    assert outcome.revoke == ()
    assert outcome.use_secret
    told = {one.person: one for one in outcome.notices}
    assert told[RUTH.address].kind == "draft"
    assert {told[one.address].kind for one in (JANE, TOM, CLERK)} == {"agreed"}
    assert [line for line, _ in told[TOM.address].lines] == ["reject v1: your reason", "show"]
    assert [line for line, _ in told[CLERK.address].lines] == ["show"]
    assert told[JANE.address].facts["wanted"] == "an approver"


def test_the_last_one_releases_it() -> None:
    waiting = at(drafted(), ApprovalGiven(1, f"{1:064x}"), officer=RUTH)
    case = replace(waiting.case, letters=(replace(waiting.case.letters[0], agreed=(TOM.address,)),))
    outcome = decided("approve v1", replace(waiting, case=case))
    assert outcome.release is not None
    assert outcome.notices[0].facts["by"] == "Tom Teal and Ruth Rose"


@pytest.mark.parametrize(
    ("line", "events", "officer", "words"),
    [
        ("sensitive", (), JANE, "needs a reason"),
        ("sensitive off", (MARK,), TOM, "needs a reason"),
        ("sensitive: again", (MARK,), JANE, "is marked as sensitive already"),
        ("sensitive off: no more", (), TOM, "is not marked"),
        ("sensitive off: no more", (MARK,), CLERK, "Only an approver"),
        ("sensitive: now", TO_REACH[State.APPROVED], JANE, "stop it first"),
        ("sensitive off: no more", (MARK, drafted(), ApprovalGiven(1, "f")), TOM, "turn it down first"),
    ],
)  # fmt: skip
def test_what_is_refused(
    line: str, events: tuple[Event, ...], officer: Officer, words: str
) -> None:
    outcome = decided(line, at(*events, officer=officer))
    assert words in why(outcome)
    assert would_work(outcome)


@pytest.mark.parametrize("rule", [TWO, replace(TWO, sensitive=True)])
def test_the_mark_says_what_follows(rule: ApprovalRule) -> None:
    outcome = decided("sensitive: the press has it", at(drafted(), officer=CLERK, rule=rule))
    assert outcome.events == (MARK,)
    said = str(outcome.notices[0].facts["paragraphs"])
    assert ("need the approvals that the rules ask for" in said) is rule.sensitive
    ended = decided("sensitive off: they lost interest", at(MARK, drafted()))
    assert ended.events == (SensitiveNoLonger("they lost interest"),)
