"""A case through its clocks by mail alone: a question and its answer, an extension, a fee, a corrected date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from foibot.case.case import State
from foibot.case.clock_events import Clarified
from foibot.case.keeping_events import ClarifiedInError
from foibot.demo.correspondent import reply
from foibot.desk.clarifying import clarifying_words
from foibot.letters.facts import ClarifiedFacts
from foibot.store.ledger import Happened
from tests.office import AUTHSERV, JANE, MAILBOX, RUTH, SAM, TOM, Mail, Office, office

QUESTION = "clarify\nPlease say which years you mean: 2019, 2020, or both."


def new_case(desk: Office) -> Mail:
    """A request has come; Jane's notice."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    return notice


def sends(desk: Office, notice: Mail, order: str) -> Mail:
    """Jane orders a letter, Tom approves it, it leaves; the letter as Sam has it."""
    assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
    draft = desk.one_for(TOM, "draft")
    desk.discards()
    assert desk.orders(TOM, draft, f"approve v{desk.case().current.version}") == "command"  # type: ignore[union-attr]
    desk.discards()
    desk.later(minutes=11)
    letter = desk.one_for(SAM)
    desk.discards()
    return letter


def renewed(desk: Office, notice: Mail) -> Mail:
    """A fresh notice of the case, got with one that is too old to order anything by itself."""
    assert desk.orders(JANE, notice, "show") == "command-refused"
    assert desk.orders(JANE, desk.one_for(JANE, "confirm-order"), "confirm") == "command"
    return desk.one_for(JANE)


def test_a_question_stops_the_clock_and_its_answer_begins_it_afresh(desk: Office) -> None:
    notice = new_case(desk)
    desk.at("2020-12-14 10:00")
    desk.discards()
    letter = sends(desk, notice, QUESTION)
    assert "which years you mean" in letter.words
    assert desk.case().state is State.WAITING

    desk.at("2020-12-23 09:00")
    assert [mail.kind for mail in desk.post_for(JANE)] == ["digest"]
    desk.discards()

    desk.at("2021-01-06 12:00")
    desk.discards()
    assert desk.orders(SAM, letter, "Both, please.", login=False) == "followup"
    told = desk.one_for(JANE, "clarified")
    assert "Wednesday 3 February 2021" in told.words
    assert "Both, please." in told.words
    case = desk.case()
    assert (case.state, case.due, case.day_zero) == (State.OPEN, date(2021, 2, 3), date(2021, 1, 6))


def answered_question(desk: Office, words: str) -> Mail:
    """Sam was asked which years are meant, and answered with our letter under the words; what Jane is told."""
    notice = new_case(desk)
    letter = sends(desk, notice, QUESTION)
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
    answer = f"{words}\n\nOn Tue, 8 Dec 2020 at 09:11, FOI <{MAILBOX}> wrote:\n{quoted}\n"
    assert desk.orders(SAM, letter, answer, login=False) == "followup"
    told = desk.one_for(JANE, "clarified")
    desk.discards()
    return told


def test_the_notice_of_an_answer_does_not_repeat_our_letter(desk: Office) -> None:
    told = answered_question(desk, "Both, please.")
    assert "Both, please." in told.words
    assert "which years you mean" not in told.words


@pytest.mark.parametrize("order", ["disclose\nThere were none.", "ncnd 23(5) 24(2) 31(3)(a)"])
def test_the_answer_repeats_what_made_the_request_clear(desk: Office, order: str) -> None:
    words = "Both, please. We hold that MI5 knows, and you hold it as well."
    told = answered_question(desk, words)
    assert desk.orders(JANE, told, order) == "command", desk.one_for(JANE).text
    draft = desk.one_for(TOM, "draft")
    desk.discards()
    assert f"On 8 December 2020 you told us more: > {words}" in draft.words
    assert draft.words.count("which years you mean") == 0


def test_what_was_placed_elsewhere_or_is_not_kept_is_not_repeated(desk: Office) -> None:
    answered_question(desk, "Both, please.")
    case, at = desk.case(), datetime(2021, 1, 6, 12, tzinfo=UTC)
    with desk.store.transaction() as tx:
        (told,) = clarifying_words(tx, desk.office, case)
        assert told == ClarifiedFacts(date(2020, 12, 8), "Both, please.")
        event = next(
            one.event
            for one in tx.ledger.of_case(case.reference)
            if isinstance(one.event, Clarified)
        )
        gone = replace(event, message_sha256="0" * 64)
        back = ClarifiedInError(event.message_sha256)
        happened = [Happened(one, case.reference, "foibot", "test") for one in (gone, back)]
        tx.ledger.append(happened, at, "n")
        assert clarifying_words(tx, desk.office, case) == ()


def not_from_sam(desk: Office, letter: Mail, words: str) -> bytes:
    """A reply in Sam's name, which the border does not believe."""
    name = desk.message_id("citizens.example")
    raw = reply(SAM, letter.raw, words, desk.clock.now(), message_id=name)
    said = f"Authentication-Results: {AUTHSERV}; dmarc=fail header.from=citizens.example\r\n"
    taken = f"Received: from x by {AUTHSERV}; Tue, 08 Dec 2020 09:00:00 +0000\r\n"
    return (said + taken).encode() + raw


def test_t30_an_answer_that_the_border_does_not_believe_starts_no_clock(desk: Office) -> None:
    letter = sends(desk, new_case(desk), QUESTION)
    desk.discards()
    assert desk.arrives(not_from_sam(desk, letter, "Both, please.")) == "followup"
    told = desk.one_for(JANE, "follow-up")
    assert "our mail server says that it is not from the requester's address" in told.words
    assert desk.case().state is State.WAITING
    desk.at("2020-12-09 08:01")
    asked = desk.one_for(JANE, "digest").words
    assert "which waits for the requester; “m4 move 000001/20” takes it for their answer" in asked
    desk.discards()
    # It may be theirs all the same: an officer says so, once.
    assert desk.orders(JANE, told, "move 000001/20") == "command"
    desk.one_for(JANE, "clarified")
    assert desk.case().state is State.OPEN
    assert desk.orders(JANE, told, "move 000001/20") == "command-refused"
    desk.discards()


def test_d3_a_request_that_is_sent_again_answers_no_question(desk: Office) -> None:
    notice = new_case(desk)
    asked = desk.case().request_text
    letter = sends(desk, notice, QUESTION)
    desk.discards()
    assert desk.asks() == "followup"
    assert "it repeats the request" in desk.one_for(JANE, "follow-up").words
    assert desk.orders(SAM, letter, f"\r\n{asked}\r\n", login=False) == "followup"
    desk.one_for(JANE, "follow-up")
    assert desk.case().state is State.WAITING
    assert desk.orders(SAM, letter, "Both.", login=False) == "followup"
    desk.one_for(JANE, "clarified")
    desk.discards()


def test_a_question_nobody_answers_lapses_and_a_late_answer_opens_it_again(desk: Office) -> None:
    notice = new_case(desk)
    letter = sends(desk, notice, QUESTION)
    lapse = desk.case().due
    assert lapse == date(2021, 3, 7)
    desk.at("2021-03-08 09:00")
    assert "lapsed" in desk.one_for(JANE, "lapsed").words
    desk.discards()
    assert desk.case().state is State.LAPSED

    assert desk.orders(SAM, letter, "Sorry, both.", login=False) == "followup"
    desk.one_for(JANE, "clarified")
    assert desk.case().state is State.OPEN
    desk.discards()


def test_an_answer_that_takes_the_request_back_offers_that_too(desk: Office) -> None:
    letter = sends(desk, new_case(desk), QUESTION)
    assert desk.orders(SAM, letter, "Please cancel my request.", login=False) == "followup"
    told = desk.one_for(JANE, "clarified")
    assert 'Reply "withdrawn": closes the case' in " ".join(told.words.split())
    assert desk.orders(JANE, told, "withdrawn") == "command"
    desk.discards()


def test_t47_officers_are_asked_once_to_remind_the_requester_before_it_lapses(
    tmp_path: Path,
) -> None:
    with office(tmp_path, reminders={"lapse_months": 2, "lapse_warning": 5}) as desk:
        letter = sends(desk, new_case(desk), QUESTION)
        assert "by Sunday 7 February 2021" in letter.words
        assert desk.case().due == date(2021, 2, 7)
        desk.at("2021-01-28 09:00")
        assert "lapse-near" not in {mail.kind for mail in desk.post_for(JANE)}
        desk.at("2021-01-29 09:00")
        (near,) = [mail for mail in desk.post_for(JANE) if mail.kind == "lapse-near"]
        assert "On Tuesday 8 December 2020 we asked" in near.words
        assert "we still wait for an answer to our question" in near.words
        assert f"Write to {SAM.address} (Sam Smith)" in near.words
        desk.at("2021-02-02 09:00")
        assert "lapse-near" not in {mail.kind for mail in desk.post_for(JANE)}
        desk.at("2021-02-08 09:00")
        assert "lapsed" in {mail.kind for mail in desk.post_for(JANE)}
        desk.discards()


def test_an_extension_within_the_law_moves_the_date_and_keeps_the_first(desk: Office) -> None:
    notice = new_case(desk)
    order = "extend 24 until 8 Feb 2021\nThe arguments on both sides are strong."
    letter = sends(desk, notice, order)
    assert "8 February 2021" in letter.words
    case = desk.case()
    assert (case.state, case.due) == (State.OPEN, date(2021, 2, 8))
    assert case.clocks[0].due == date(2021, 1, 11)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("extend 24", "date until which"),
        ("extend 24 until 11 Jan 2021", "no later than the last day"),
        ("extend 24 until 9 Feb 2021", "exceptional"),
        ("extend 24 until 8 Feb 2021", "reasons are missing"),
        ("extend 23 until 8 Feb 2021\nHard.", "absolute"),
        ("extend until 8 Feb 2021\nHard.", "provision"),
        ("fee", "amount is missing"),
        ("fee paid 9 Dec 2020", "No fee was asked for"),
        ("received 07/12/2020", "Write the month as a word, as in 3 Dec 2020."),
        ("received 3 Dec 2020", "needs a reason"),
        ("received 3 Dec 2021: a slip", "still to come"),
        ("received 3 Dec 2003: a slip", "not in force"),
        ("regime foisa", "not another law"),
        ("clarify", "needs the text for “question”"),
    ],
)
def test_what_the_law_does_not_allow_changes_nothing_and_says_what_would(
    desk: Office, order: str, said: str
) -> None:
    notice = new_case(desk)
    before = desk.case()
    assert desk.orders(JANE, notice, order) == "command-refused"
    answer = desk.one_for(JANE)
    assert said in answer.words, answer.text
    assert "Reply" in answer.words
    after = desk.case()
    assert (after.due, after.state, after.letters) == (before.due, before.state, before.letters)


def test_a_fee_pauses_the_clock_until_it_is_paid(desk: Office) -> None:
    notice = new_case(desk)
    desk.at("2020-12-15 10:00")
    desk.discards()
    order = "fee 12.50\n- 100 sheets at 10 pence: £10.00\n- postage: £2.50"
    assert desk.orders(JANE, notice, order) == "command-refused"
    assert "needs the text for “payment”" in desk.one_for(JANE).words

    letter = sends(desk, notice, f"{order}\npayment:\nBy card on our website, with our reference.")
    assert "£12.50" in letter.words
    assert "14 March 2021" in letter.words
    assert (desk.case().state, desk.case().due) == (State.WAITING, date(2021, 3, 14))

    desk.at("2021-01-06 10:00")
    desk.discards()
    assert desk.orders(JANE, renewed(desk, notice), "fee paid 6 Jan 2021") == "command"
    assert "28 January 2021" in desk.one_for(JANE).words
    assert (desk.case().state, desk.case().due) == (State.OPEN, date(2021, 1, 28))


def test_a_corrected_receipt_shows_before_and_after(desk: Office) -> None:
    notice = new_case(desk)
    assert desk.orders(JANE, notice, "received 3 Dec 2020: stamped by the post room") == "command"
    for who in (JANE, TOM, RUTH):
        told = desk.one_for(who, "date-moved")
        assert "received Tuesday 8 December 2020, last day Monday 11 January 2021" in told.words
        assert "received Thursday 3 December 2020, last day Wednesday 6 January 2021" in told.words
    assert desk.case().due == date(2021, 1, 6)


def test_another_law_a_withdrawal_and_what_is_no_request(desk: Office) -> None:
    notice = new_case(desk)
    assert desk.orders(JANE, notice, "regime eir") == "command"
    assert "Environmental Information Regulations 2004" in desk.one_for(JANE).words
    assert desk.case().regime == "eir"
    assert desk.orders(JANE, notice, "not foi: a job application") == "command"
    assert desk.case().outcome == "not-foi"
    for who in (JANE, TOM, RUTH):
        desk.one_for(who, "closed")
    assert desk.orders(JANE, notice, "withdrawn") == "command-refused"
    desk.discards()


def test_what_was_closed_in_error_is_opened_again_with_its_own_dates(desk: Office) -> None:
    desk.asks()
    notice, acknowledged = desk.one_for(JANE), desk.one_for(SAM)
    desk.discards()
    assert desk.orders(JANE, notice, "ncnd 31(3)(a)\nharm:\nIt would help offenders to plan.") == "command"  # fmt: skip
    desk.discards()
    assert desk.orders(JANE, notice, "withdrawn") == "command"
    closing = desk.one_for(JANE, "closed")
    assert 'Reply "reopen: your reason": opens it again' in " ".join(closing.words.split())
    desk.discards()

    words = "I changed my mind, please go on."
    assert desk.orders(SAM, acknowledged, words, login=False) == "followup"
    follow_up = desk.one_for(JANE, "follow-up")
    assert 'Reply "reopen: your reason"' in follow_up.words
    desk.discards()

    assert desk.orders(JANE, closing, "reopen") == "command-refused"
    assert "with a reason" in desk.one_for(JANE).words
    assert desk.orders(JANE, follow_up, "reopen: Sam changed his mind") == "command"
    case = desk.case()
    assert (case.state, case.received, case.due) == (State.OPEN, date(2020, 12, 8), date(2021, 1, 11))  # fmt: skip
    for who in (JANE, TOM, RUTH):
        told = " ".join(desk.one_for(who, "answer").words.split())
        assert "Jane Orange opened it again: “Sam changed his mind”" in told
        assert "The last day to answer is 11 January 2021." in told
        assert "Order it again." in told
    assert desk.orders(JANE, closing, "reopen: once more") == "command-refused"
    assert "This request is not closed." in desk.one_for(JANE).words

    assert desk.orders(JANE, closing, "not foi: a job application") == "command"
    desk.discards()
    desk.at("2021-01-12 10:00")
    desk.discards()
    assert (
        desk.orders(JANE, renewed(desk, closing), "reopen: it is a request after all") == "command"
    )
    assert "the answer is late" in " ".join(desk.one_for(TOM, "answer").words.split())
    assert desk.case().due == date(2021, 1, 11)
    desk.discards()


def test_after_the_answer_a_review_and_the_regulator_run_beside_each_other(desk: Office) -> None:
    notice = new_case(desk)
    order = "ncnd 31(3)(a)\nharm:\nEither answer would help offenders to plan."
    sends(desk, notice, order)
    assert desk.case().state is State.ANSWERED

    desk.at("2021-02-01 10:00")
    desk.discards()
    notice = renewed(desk, notice)
    assert desk.orders(JANE, notice, "clock review from 29 Jan 2021") == "command"
    assert "26 February 2021" in desk.one_for(JANE).words
    desk.discards()
    assert desk.orders(JANE, notice, "clock regulator until 15 Feb 2021") == "command"
    assert "15 February 2021" in desk.one_for(JANE).words
    case = desk.case()
    assert (case.state, case.due) == (State.REOPENED, date(2021, 2, 15))

    desk.discards()
    assert desk.orders(JANE, notice, "when") == "command"
    told = desk.one_for(JANE).words
    assert "26 February 2021" in told
    assert "15 February 2021" in told
    assert "The review clock, day by day - Friday 29 January 2021: the period starts" in told
    assert "day 20: Friday 26 February 2021" in told

    desk.at("2021-02-16 09:00")
    notice = desk.one_for(JANE, "overdue")
    desk.discards()
    assert desk.orders(JANE, notice, "clock regulator stopped") == "command"
    assert "stopped" in desk.one_for(JANE).words
    assert (desk.case().state, desk.case().due) == (State.REOPENED, date(2021, 2, 26))
    desk.discards()
    assert desk.orders(JANE, notice, "ncnd 31(3)(a)") == "command-refused"
    assert "What runs now is a review" in desk.one_for(JANE).words
    assert desk.orders(JANE, notice, "clock review stopped") == "command"
    desk.discards()
    assert desk.case().state is State.ANSWERED


def test_t36_a_late_question_needs_a_reason_and_does_not_say_that_the_last_day_is_to_come(
    desk: Office,
) -> None:
    notice = new_case(desk)
    desk.at("2021-01-20 10:00")
    desk.discards()
    notice = renewed(desk, notice)
    desk.discards()
    assert desk.orders(JANE, notice, QUESTION) == "command"
    mine, draft = desk.one_for(JANE, "draft"), desk.one_for(TOM, "draft")
    assert "T-36: The last day to answer, 11 January 2021, is over" in draft.words
    desk.discards()
    assert desk.orders(TOM, draft, "approve v1") == "command-refused"
    desk.discards()
    desk.orders(JANE, mine, "accept T-36 v1: nobody saw that it was unclear")
    draft = desk.one_for(TOM, "draft")
    desk.discards()
    assert desk.orders(TOM, draft, "approve v1") == "command"
    desk.discards()
    desk.later(minutes=11)
    letter = desk.one_for(SAM)
    desk.discards()
    assert "The last day for our answer was Monday 11 January 2021. It has passed" in letter.words
    assert "no longer applies" not in letter.words
