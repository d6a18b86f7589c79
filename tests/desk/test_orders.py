"""Officers order by reply: what is obeyed, what is refused, and what each of them reads."""

from __future__ import annotations

import pytest

from foibot.case.case import LetterState, State
from foibot.demo.correspondent import Person, request
from tests.office import JANE, MAILBOX, ORDER, RUTH, SAM, STAFF, TOM, Mail, Office


def drafts(desk: Office) -> dict[Person, Mail]:
    """A request has come and Jane has ordered a letter; everybody's draft notice."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    desk.orders(JANE, notice, ORDER)
    return {who: desk.one_for(who) for who in STAFF}


def test_an_order_becomes_a_draft_that_every_approver_reads(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()

    assert desk.orders(JANE, notice, ORDER) == "command"

    for who in (TOM, RUTH):
        draft = desk.one_for(who)
        assert "ersion 1" in draft.subject
        assert "To: sam.smith@citizens.example" in draft.words
        assert "can neither confirm nor deny that it holds" in draft.words
        assert 'Reply "approve v1"' in draft.words
        assert draft.files["letter-000001-20.pdf"].startswith(b"%PDF")
    own = desk.one_for(JANE)
    assert "approve v1" not in own.words
    assert "You cannot approve this version" in own.words
    assert desk.case().state is State.AWAITING_APPROVAL


def test_the_letter_leaves_after_approval_and_undo_window_in_the_requesters_thread(
    desk: Office,
) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "approve v1") == "command"
    for who in (JANE, TOM, RUTH):
        assert "09:21" in desk.one_for(who, "approved").words
    assert desk.post_for(SAM) == []

    desk.later(minutes=11)

    letter = desk.one_for(SAM)
    assert letter.header("In-Reply-To") == "<m.1@citizens.example>"
    assert letter.header("Auto-Submitted") == ""
    assert letter.files == {k: v for k, v in draft.files.items() if k.endswith(".pdf")}
    assert letter.text.strip() in draft.text
    case = desk.case()
    assert case.state is State.ANSWERED
    assert case.outcome == "ncnd"
    assert "250 2.0.0 queued as TEST" in case.letters[0].answer
    for who in (JANE, TOM, RUTH):
        assert "250 2.0.0 queued as TEST" in desk.one_for(who, "letter-sent").words


def test_the_drafter_cannot_approve_her_own_letter(desk: Office) -> None:
    own = drafts(desk)[JANE]

    assert desk.orders(JANE, own, "approve v1") == "command-refused"
    assert "drafted this version yourself" in desk.one_for(JANE).words
    assert _state(desk) is LetterState.DRAFT


def test_an_approval_below_a_greeting_is_not_obeyed_but_suggested(desk: Office) -> None:
    """A decision is a first line and nothing else (mail rule E2); whoever forgot it is told what to send."""
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "Hi,\napprove v1\n\nTom") == "command-refused"
    assert _state(desk) is LetterState.DRAFT
    said = desk.one_for(TOM).words
    assert said.index('Reply "approve v1": on the first line') < said.index('Reply "help"')
    assert desk.orders(TOM, draft, "Approved. Thanks Tom") == "command-refused"
    assert 'Reply "approve v1": is perhaps what you meant' in desk.one_for(TOM).words


def test_an_older_version_cannot_be_approved_and_the_current_one_follows(desk: Office) -> None:
    """Mail rule E4."""
    draft = drafts(desk)[TOM]
    desk.orders(TOM, draft, "set harm\nEither answer would help a planner compare places.")
    newest = desk.one_for(RUTH, "draft")
    desk.discards()

    assert desk.orders(TOM, draft, "approve v1") == "command-refused"
    answer, fresh = desk.post_for(TOM)
    assert "no longer current" in answer.words
    assert "ersion 2" in fresh.subject
    assert desk.orders(TOM, fresh, "approve v2") == "command-refused"
    assert "drafted this version yourself" in desk.one_for(TOM).words
    assert desk.orders(RUTH, newest, "approve v2") == "command"
    desk.discards()


@pytest.mark.parametrize(
    "words",
    ["Approve V1.", "  approve   v1 ", "APPROVE v1", "“approve v1”", "approve v1\n\nThanks\nTom"],
)
def test_approvals_as_mail_programs_write_them(desk: Office, words: str) -> None:
    """Mail rules E7, E8."""
    draft = desk.drafted()

    assert desk.orders(TOM, draft, words) == "command"
    assert _state(desk) is LetterState.APPROVED
    desk.discards()


@pytest.mark.parametrize(
    "words",
    [
        "approve",
        "approve 1",
        "approve v2",
        "approve v1 but change paragraph 2",
        "approve v1\n\nbut please change the second paragraph first",
        "I approve v1",
        "please approve v1",
        "> approve v1",
        "",
        "ok",
        "approve v1v2",
        "apporve v1",
        "approve v1?",
        "approve v1 ?",
        "approve v1\n\nWe drop section 24.",
        "approve v1\n\nThanks\nBut do not send it before Ruth has agreed.",
        "approve v1\n\nThanks\nTom\n\nOn Tue, 8 Dec 2020, Exampleshire Police wrote:\n> It says this.\n\nThat is not so.\n> and that",
    ],
)
def test_what_is_nearly_an_approval_approves_nothing_and_is_answered(
    desk: Office, words: str
) -> None:
    """Mail rule E11."""
    draft = desk.drafted()

    assert desk.orders(TOM, draft, words) == "command-refused"
    assert _state(desk) is LetterState.DRAFT
    answers = desk.post_for(TOM)
    assert answers
    assert answers[0].kind == "order-refused"


def test_an_approval_counts_once(desk: Office) -> None:
    """Mail rule E5."""
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    desk.discards()

    assert desk.orders(TOM, draft, "approve v1") == "command-refused"
    assert "decided before" in desk.one_for(TOM).words
    desk.later(minutes=11)
    assert len(desk.post_for(SAM)) == 1
    desk.discards()


def test_rejection_is_told_with_its_reason_and_the_next_version_needs_a_new_approval(
    desk: Office,
) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "reject v1: the harm is too general") == "command"
    assert "the harm is too general" in desk.one_for(JANE).words
    desk.discards()
    assert desk.case().state is State.OPEN

    assert desk.orders(TOM, draft, "approve v1") == "command-refused"
    desk.discards()


def test_hold_keeps_others_from_approving(desk: Office) -> None:
    draft = drafts(desk)
    assert desk.orders(TOM, draft[TOM], "hold v1") == "command"
    again = desk.post_for(TOM)[-1]
    desk.discards()

    assert desk.orders(RUTH, draft[RUTH], "approve v1") == "command-refused"
    assert "on hold" in desk.one_for(RUTH).words
    assert desk.orders(TOM, again, "approve v1") == "command"
    desk.discards()


def test_stop_takes_the_letter_back_within_the_undo_window(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    approved = desk.one_for(RUTH, "approved")
    desk.discards()

    assert desk.orders(RUTH, approved, "stop") == "command"
    desk.discards(JANE)
    desk.later(minutes=30)
    assert desk.post_for(SAM) == []
    assert desk.case().state is State.AWAITING_APPROVAL

    fresh = desk.one_for(TOM, "draft")
    desk.discards()
    assert desk.orders(TOM, fresh, "approve v1") == "command"
    desk.discards()
    desk.later(minutes=11)
    assert len(desk.post_for(SAM)) == 1
    desk.discards()


def test_words_that_would_leak_make_no_version(desk: Office) -> None:
    draft = desk.drafted()

    assert (
        desk.orders(TOM, draft, "set harm\nWe hold no information about this.") == "command-refused"
    )
    answer = desk.one_for(TOM)
    assert "N-20" in answer.words
    assert len(desk.case().letters) == 1


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("note: rang the requester", "on the case"),
        ("show", "There is no letter on this case yet"),
        ("when", "working day 20"),
        ("why", "Request received on Tuesday 8 December 2020"),
        ("help", "approve vN"),
    ],
)
def test_questions_are_answered_by_mail(desk: Office, order: str, expected: str) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()

    assert desk.orders(JANE, notice, order) == "command"
    assert expected in desk.one_for(JANE).words


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("ncnd", "names no provision"),
        ("ncnd 24(1)", "24(2)"),
        ("ncnd 31(3)", "31(3)(a)"),
        ("ncnd 21", "21"),
        ("set tone\nx", "not an open slot"),
        ("note", "empty"),
        ("stop", "Nothing is about to be sent"),
    ],
)
def test_orders_that_cannot_be_carried_out_say_why_and_what_would_work(
    desk: Office, order: str, expected: str
) -> None:
    notice = drafts(desk)[JANE]
    before = desk.case()

    assert desk.orders(JANE, notice, order) == "command-refused"
    assert expected in desk.one_for(JANE).words
    assert desk.case().letters == before.letters


def _state(desk: Office) -> LetterState | None:
    letter = desk.case().current
    return letter.state if letter else None


@pytest.mark.parametrize(
    "subject", ["approve v1", "Approve v1.", "reject v1: wrong year", "[EXTERNAL] hold v1"]
)
def test_a_decision_in_the_subject_of_a_mail_of_its_own_is_answered_and_not_obeyed(
    desk: Office, subject: str
) -> None:
    desk.drafted()
    raw = request(
        TOM,
        MAILBOX,
        subject,
        "Thanks\n\nTom",
        desk.clock.now(),
        message_id="<s@exampleshire.example>",
    )
    assert desk.arrives(desk.border(raw, TOM.address, login=True)) == "command-refused"
    told = desk.one_for(TOM, "not-obeyed")
    assert "(the subject, where no order is read)" in told.words
    assert desk.case().letters[0].state is LetterState.DRAFT


def test_a_subject_that_is_a_sentence_is_shown_to_everybody(desk: Office) -> None:
    raw = request(
        TOM,
        MAILBOX,
        "Answer v1 of the survey",
        "Hello",
        desk.clock.now(),
        message_id="<s@exampleshire.example>",
    )
    assert desk.arrives(desk.border(raw, TOM.address, login=True)) == "unmatched"
    desk.discards()
