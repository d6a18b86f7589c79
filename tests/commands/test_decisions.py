"""`approve`, `reject`, `hold` and `stop`: on the version shown, by the right person, with a live secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from foibot.case import letter_events as le
from foibot.case.case import State
from foibot.case.outcome import Audience, Enclosed, Recall, Release
from foibot.commands.command import Situation
from foibot.commands.decisions import change, fresh_draft
from tests.case.case_files import TO_REACH, UNFINISHED, drafted
from tests.samples import CLERK, JANE, NOW, RUTH, TOM, decided, secret, situation, why, would_work

DRAFT = (drafted(),)
SECOND = (drafted(), drafted(2))


def waiting(**changes: object) -> Situation:
    """Jane's first draft, shown to Tom."""
    return situation(*DRAFT, **{"secrets": [secret(1)], **changes})  # type: ignore[arg-type]


def test_approval_releases_exactly_this_version_after_the_undo_window() -> None:
    outcome = decided("approve v1", waiting(), "Good work.\n\nTom Teal\nHead")

    after = NOW + timedelta(minutes=10)
    assert outcome.refusal == ""
    assert outcome.events == (le.Approved(1, f"{1:064x}", after),)
    assert outcome.release == Release(1, after)
    assert outcome.revoke == (1,)
    assert outcome.use_secret
    (told,) = outcome.notices
    assert (told.kind, told.to) == ("approved", Audience.OFFICERS_AND_APPROVERS)
    assert would_work(outcome) == ["stop"]


def test_without_an_undo_window_it_leaves_at_once() -> None:
    assert decided("approve v1", waiting(undo_minutes=0)).release == Release(1, NOW)


REFUSED = [
    ("approve", waiting(), "no-version", "needs the version", "approve v1"),
    ("approve 1", waiting(), "no-version", "read as version 1", "approve v1"),
    ("approve", situation(), "no-version", "needs the version", "show"),
    ("approve v1 now", waiting(), "says-more", "more in your message", "approve v1"),
    ("hold v1: why is this", waiting(), "says-more", "more in your message", "hold v1"),
    ("approve v1", situation(), "no-letter", "No letter has been drafted", "ncnd"),
    ("approve v1", situation(*SECOND, secrets=[secret(1)]), "not-current", "no longer current", "show"),
    ("approve v3", situation(*SECOND, secrets=[secret(2)]), "not-current", "There is no version 3 of the letter. It is at version 2", "show"),
    ("approve version 2", situation(*SECOND, secrets=[secret(2)]), "no-version", "read as version 2", "approve v2"),
    ("approve V.2", situation(*SECOND, secrets=[secret(2)]), "no-version", "as in `approve v2`", "approve v2"),
    ("approve 2", situation(*SECOND, secrets=[secret(2)]), "no-version", "read as version 2", "approve v2"),
    ("approve version 2 please", situation(*SECOND, secrets=[secret(2)]), "no-version", "needs the version", "approve v2"),
    ("reject v1: late", situation(*SECOND), "not-current", "no longer current", "show"),
    ("approve v1", situation(*DRAFT, le.Rejected(1, "no"), secrets=[secret(1)]), "not-current", "Version 1 is rejected", "set harm"),
    ("approve v1", situation(*TO_REACH[State.APPROVED]), "already-decided", "it is approved", "stop"),
    ("hold v1", situation(*TO_REACH[State.ANSWERED]), "already-decided", "it is sent", "stop"),
    ("reject v1: x", situation(*TO_REACH[State.DELIVERY_UNCERTAIN]), "already-decided", "it is uncertain", "stop"),
    ("approve v1", situation(*TO_REACH[State.DELIVERY_FAILED]), "not-current", "Version 1 is refused", "set harm"),
    ("approve v1", waiting(officer=CLERK), "not-approver", "not on the list", "show"),
    ("reject v1: x", waiting(officer=CLERK), "not-approver", "not on the list", "show"),
    ("approve v1", waiting(officer=JANE), "own-draft", "drafted this version yourself", "show"),
    ("approve v1", situation(*DRAFT, le.PutOnHold(1), secrets=[secret(1)]), "held-by-another", "on hold", "set harm"),
    ("approve v1", situation(drafted(remarks=(UNFINISHED,)), secrets=[secret(1)]), "unfinished", "still to be written", "set searched"),
    ("approve v1", waiting(secrets=[]), "unanswered", "does not answer an unused notice", "show"),
    ("approve v1", waiting(secrets=[secret(2)]), "unanswered", "does not answer an unused notice", "show"),
    ("approve v1", waiting(secrets=[secret(1, used=True)]), "spent", "does not answer an unused notice", "show"),
    ("hold v1", waiting(secrets=[secret(1, revoked=True)]), "spent", "does not answer an unused notice", "show"),
    ("reject", waiting(), "no-version", "needs the version", "reject v1"),
    ("stop", situation(), "nothing-to-stop", "there is no letter", "show"),
    ("stop", waiting(), "nothing-to-stop", "version 1 is draft", "show"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "at", "check", "words", "works"), REFUSED, ids=lambda one: one if isinstance(one, str) else ""
)  # fmt: skip
def test_a_decision_that_does_not_count_says_why_and_what_would(
    line: str, at: Situation, check: str, words: str, works: str
) -> None:
    outcome = decided(line, at)
    assert outcome.refusal == check
    assert words in why(outcome)
    assert any(one.startswith(works) for one in would_work(outcome))
    assert outcome.notices[0].to is Audience.ORDERING_OFFICER


def test_a_stale_or_spent_notice_brings_the_current_letter_to_whoever_asked() -> None:
    for at in (situation(*SECOND), waiting(secrets=[])):
        _, fresh = decided("approve v1", at).notices
        assert at.case.current is not None
        assert (fresh.kind, fresh.to) == ("draft", Audience.ORDERING_OFFICER)
        assert (fresh.enclosed, fresh.decides) == (Enclosed.LETTER, at.case.current.version)


def test_a_rejection_counts_without_a_reason_and_says_that_none_was_given() -> None:
    outcome = decided("reject v1", waiting())
    assert outcome.events == (le.Rejected(1, ""),)
    assert outcome.notices[0].facts["why"] == ""


def test_second_thoughts_under_an_approval_hold_it_back() -> None:
    outcome = decided("approve v1", waiting(), "but change paragraph 2")
    assert outcome.refusal == "says-more"


def test_a_kind_that_needs_no_second_person_may_be_approved_by_its_drafter() -> None:
    at = situation(
        drafted(kind="extension", provisions=()), officer=JANE, secrets=[secret(1, JANE)]
    )
    assert decided("approve v1", at).release is not None


@pytest.mark.parametrize(
    ("line", "text", "reason"),
    [
        ("reject v1: too general", "", "too general"),
        ("reject v1", "too general\n\nTom Teal\nHead", "too general"),
        ("reject v1 too general", "and too long", "too general\nand too long"),
    ],
)
def test_a_rejection_tells_its_reason(line: str, text: str, reason: str) -> None:
    outcome = decided(line, waiting(), text)
    assert outcome.events == (le.Rejected(1, reason),)
    assert outcome.notices[0].facts["why"] == reason
    assert outcome.revoke == (1,)
    assert outcome.use_secret


def test_a_hold_is_told_to_all_and_leaves_its_holder_a_fresh_notice() -> None:
    outcome = decided("hold v1", waiting())
    assert outcome.events == (le.PutOnHold(1),)
    assert outcome.use_secret
    told, again = outcome.notices
    assert told.to is Audience.OFFICERS_AND_APPROVERS
    assert (again.to, again.decides) == (Audience.ORDERING_OFFICER, 1)


def test_whoever_put_it_on_hold_may_approve_it() -> None:
    held = situation(*DRAFT, le.PutOnHold(1), secrets=[secret(1)])
    letter = replace(held.case.letters[0], held_by=TOM.address)
    at = replace(held, case=replace(held.case, letters=(letter,)))
    assert decided("approve v1", at).refusal == ""


@pytest.mark.parametrize("officer", [JANE, RUTH, CLERK])
def test_anybody_in_the_office_may_stop_a_letter_that_has_not_left(officer: object) -> None:
    at = situation(*TO_REACH[State.APPROVED], officer=officer)  # type: ignore[arg-type]
    outcome = decided("stop", at)
    assert outcome.events == (le.Stopped(1),)
    assert outcome.recall == Recall(1)
    told, again = outcome.notices
    assert told.facts["by"] == at.officer.name
    assert (again.to, again.decides) == (Audience.APPROVERS, 1)


def test_without_a_letter_there_is_none_to_send_again() -> None:
    assert fresh_draft(situation().case) == ()


def test_a_letter_without_open_slots_is_offered_as_it_is() -> None:
    at = waiting()
    assert change(at)[0] == "set harm"
    assert change(replace(at, slots=()))[0] == "show"
