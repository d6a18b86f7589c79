"""Letters after the end of a case: the lapse, a review acknowledged, its result; under every law, and what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from foibot.case.case import LetterState, State
from foibot.case.clocks import ClockName
from foibot.case.letter_events import LaterLetterBounced
from foibot.config.sections import SCOTTISH_REGULATOR, RegimeKey
from foibot.desk.dispatch import Dispatch
from foibot.desk.settle_by_hand import ByHand
from foibot.desk.verify import verify
from foibot.gateway.smtp import Delivery, Envelope
from foibot.outbox.item import Answer
from tests.carrying import Enclosure
from tests.office import JANE, RUTH, SAM, TOM, Mail, Office, office

DECIDED = (
    "\nWe have upheld the first decision.\ngrounds:\nYou say that figures name nobody. We agree."
)
TABLE = Enclosure("complaints.csv", b"month,number\n", "text/csv")


def sends(desk: Office, notice: Mail, order: str, *files: Enclosure) -> Mail:
    """Jane orders and it is approved; what Sam got."""
    drafts(desk, notice, order, *files)
    return leaves(desk)


def drafts(desk: Office, notice: Mail, order: str, *files: Enclosure) -> Mail:
    """Jane orders; Tom approves, but Ruth what came of a review of Tom's decision; the draft notice."""
    approver = RUTH if order.startswith("review outcome") else TOM
    assert desk.orders(JANE, notice, order, files=files) == "command", desk.one_for(JANE).text
    draft = desk.one_for(approver, "draft")
    desk.discards()
    letter = desk.case().current
    assert letter is not None
    assert desk.orders(approver, draft, f"approve v{letter.version}") == "command"
    desk.discards()
    return draft


def leaves(desk: Office) -> Mail:
    """The time to undo is over; what Sam got."""
    desk.later(minutes=11)
    return desk.one_for(SAM)


def reviewed(desk: Office, answer: str = "disclose\nQuestion 1: 212.") -> Mail:
    """The request was answered on 9 December, and a review is asked for; Jane's notice."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    desk.at("2020-12-09 10:00")
    desk.discards()
    sends(desk, notice, answer)
    desk.discards()
    assert desk.orders(JANE, notice, "clock review from 9 Dec 2020") == "command"
    told = desk.one_for(JANE)
    assert 'Reply "review outcome upheld"' in told.words or law_of(desk) != "foia"
    return told


def law_of(desk: Office) -> str:
    return desk.case().regime


def under(law: str) -> dict[str, object]:
    changes: dict[str, object] = {"authority": {"regimes": (RegimeKey(law),)}}
    if law in {"foisa", "eisr"}:
        changes["regulator"] = SCOTTISH_REGULATOR.model_dump()
    return changes


@pytest.mark.parametrize(
    ("law", "acknowledged", "decided", "until"),
    [
        ("foia", "internal review", "Code of Practice under section 45", "12 January 2021"),
        ("eir", "regulation 11", "regulation 11 of the Regulations", "9 February 2021"),
        ("foisa", "section 20(1)", "section 21(5) of the Act", "12 January 2021"),
        ("eisr", "regulation 16", "regulation 16 of the Regulations", "12 January 2021"),
    ],
)
def test_a_review_is_acknowledged_and_decided_and_its_clock_stops_when_the_result_leaves(
    tmp_path: Path, law: str, acknowledged: str, decided: str, until: str
) -> None:
    with office(tmp_path, **under(law)) as desk:
        notice = reviewed(desk)
        letter = sends(desk, notice, "review")
        assert acknowledged in letter.words
        assert until in letter.words
        assert "In time" not in desk.one_for(JANE, "letter-sent").words
        desk.discards()
        assert (desk.case().state, desk.case().outcome) == (State.REOPENED, "disclosure")

        letter = sends(desk, notice, f"review outcome upheld{DECIDED}", TABLE)
        assert decided in letter.words
        assert "Date we received your request for a review: 9 December 2020" in letter.words
        assert letter.files["complaints.csv"] == TABLE.content
        assert "In time: yes" in desk.one_for(JANE, "letter-sent").words
        desk.discards()
        case = desk.case()
        assert (case.state, case.outcome) == (State.ANSWERED, "disclosure")
        assert not case.answered_late
        assert [(one.kind, one.result) for one in case.letters] == [
            ("disclosure", ""),
            ("review-acknowledgement", ""),
            ("review-outcome", "upheld"),
        ]
        review = case.clocks[-1]
        assert (review.name, review.stopped) == (ClockName.REVIEW, date(2020, 12, 9))
        assert review.stopped_by == "the result of the review"
        assert list(verify(desk.store)) == []


def test_a_result_that_leaves_after_its_last_day_is_late(desk: Office) -> None:
    reviewed(desk)
    desk.at("2021-01-14 10:00")
    notice = next(mail for mail in desk.post_for(JANE) if mail.kind == "overdue")
    desk.discards()
    sends(desk, notice, f"review outcome overturned{DECIDED}")
    told = desk.one_for(JANE, "letter-sent")
    assert "In time: no, the last day was Tuesday 12 January 2021" in told.words
    assert not desk.case().answered_late
    desk.discards()


def test_another_clock_keeps_the_case_open(desk: Office) -> None:
    notice = reviewed(desk)
    assert desk.orders(JANE, notice, "clock regulator until 20 Jan 2021") == "command"
    desk.discards()
    sends(desk, notice, f"review outcome upheld in part{DECIDED}")
    desk.discards()
    assert (desk.case().state, desk.case().due) == (State.REOPENED, date(2021, 1, 20))


def test_a_result_goes_its_way_without_a_review_clock_too(desk: Office) -> None:
    notice = reviewed(desk)
    assert desk.orders(JANE, notice, "clock regulator until 20 Jan 2021") == "command"
    desk.discards()
    drafts(desk, notice, f"review outcome upheld{DECIDED}")
    assert desk.orders(JANE, notice, "clock review stopped") == "command"
    desk.discards()
    leaves(desk)
    desk.discards()
    assert desk.case().state is State.REOPENED


def test_the_case_is_not_closed_under_a_letter_that_is_about_to_leave(desk: Office) -> None:
    notice = reviewed(desk)
    drafts(desk, notice, "review")
    assert desk.orders(JANE, notice, "clock review stopped") == "command-refused"
    assert "about to leave. Stop it first" in desk.one_for(JANE).words
    assert desk.orders(JANE, notice, "review outcome upheld" + DECIDED) == "command-refused"
    assert "Stop it first" in desk.one_for(JANE).words
    assert desk.orders(JANE, notice, "stop") == "command"
    assert desk.orders(JANE, notice, "clock review stopped") == "command"
    assert (desk.case().state, desk.case().letters[-1].state) == (
        State.ANSWERED,
        LetterState.SUPERSEDED,
    )
    desk.discards()


def test_a_result_is_turned_down_held_and_changed_like_any_letter(desk: Office) -> None:
    notice = reviewed(desk)
    assert desk.orders(JANE, notice, f"review outcome upheld{DECIDED}") == "command"
    draft = desk.one_for(TOM)
    desk.discards()
    assert desk.orders(TOM, draft, "reject v2: it is too short") == "command"
    desk.discards()
    assert desk.case().state is State.REOPENED
    assert desk.orders(JANE, notice, f"review outcome upheld{DECIDED}") == "command"
    draft = desk.one_for(JANE, "draft")
    desk.discards()
    assert desk.orders(JANE, draft, "set apology\nWe are sorry.") == "command"
    fresh = desk.one_for(RUTH)
    desk.discards()
    assert desk.case().letters[-1].result == "upheld"
    assert desk.orders(RUTH, fresh, "hold v4") == "command"
    again = next(mail for mail in desk.post_for(RUTH) if mail.kind == "draft")
    desk.discards()
    assert desk.orders(RUTH, again, "approve v4") == "command"
    desk.discards()
    assert "We are sorry." in leaves(desk).words
    desk.discards()


def test_l36_nobody_approves_the_result_of_a_review_of_their_own_decision(desk: Office) -> None:
    notice = reviewed(desk)
    assert desk.orders(JANE, notice, f"review outcome upheld{DECIDED}") == "command"
    draft = desk.one_for(TOM, "draft")
    assert (
        "You cannot approve this version, Tom Teal. It can be approved by Ruth Rose" in draft.words
    )
    assert 'Reply "approve v2"' not in draft.words
    assert 'Reply "approve v2"' in desk.one_for(RUTH, "draft").words
    desk.discards()
    assert desk.orders(TOM, draft, "approve v2") == "command-refused"
    told = desk.one_for(TOM).words
    assert "You drafted or approved the answer that this review looks at again." in told
    assert "It can be approved by Ruth Rose." in told
    assert desk.case().letters[-1].state is LetterState.DRAFT


def test_l36_the_administrator_is_needed_where_everybody_took_part(desk: Office) -> None:
    notice = reviewed(desk)
    assert desk.orders(JANE, notice, f"review outcome upheld{DECIDED}") == "command"
    ruth = desk.one_for(RUTH, "draft")
    desk.discards()
    assert desk.orders(RUTH, ruth, "set apology\nWe are sorry.") == "command"
    draft = desk.one_for(TOM, "draft")
    assert "Nobody else on the list could do so" in draft.words
    desk.discards()
    assert desk.orders(TOM, draft, "approve v3") == "command-refused"
    assert "the administrator has to add somebody to [[officers]]" in desk.one_for(TOM).words


def test_a_result_that_comes_back_opens_the_review_again(desk: Office) -> None:
    notice = reviewed(desk)
    drafts(desk, notice, f"review outcome upheld{DECIDED}")
    letter = leaves(desk)
    desk.discards()
    bounces(desk, letter)
    assert "letter, version 2" in desk.one_for(JANE).words
    desk.discards()
    case = desk.case()
    assert (case.state, case.outcome) == (State.REOPENED, "disclosure")
    assert case.clocks[-1].runs
    assert case.letters[-1].state is LetterState.REFUSED
    with desk.store.view() as tx:
        mail = tx.outbox.letter(case.reference, 2)
    assert mail is not None
    ByHand(desk.office, desk.store).send_again(mail.id)
    desk.send()
    desk.discards()
    assert desk.case().state is State.ANSWERED
    assert list(verify(desk.store)) == []


def bounces(desk: Office, letter: Mail) -> None:
    """The letter comes back undelivered."""
    raw = (
        f"From: MAILER-DAEMON@mx.exampleshire.example\r\nTo: foi@exampleshire.example\r\n"
        f"Subject: Undelivered\r\nMessage-ID: {desk.message_id('mx.exampleshire.example')}\r\n"
        'Return-Path: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        f"Final-Recipient: rfc822; {SAM.address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter.header('Message-ID')}\r\n"
        "--b--\r\n"
    )
    assert desk.arrives(raw.encode()) == "bounce"


@pytest.mark.parametrize(
    ("answer", "state"), [(Answer.REFUSED, LetterState.REFUSED), (Answer.UNCERTAIN, LetterState.UNCERTAIN)]
)  # fmt: skip
def test_a_result_that_is_not_delivered_leaves_the_review_open(
    desk: Office, answer: Answer, state: LetterState
) -> None:
    notice = reviewed(desk)
    drafts(desk, notice, f"review outcome upheld{DECIDED}")
    desk.post.script.append((answer, 550 if answer is Answer.REFUSED else 0, "no"))
    desk.later(minutes=11)
    desk.discards()
    case = desk.case()
    assert (case.state, case.letters[-1].state) == (State.REOPENED, state)
    if state is LetterState.UNCERTAIN:
        assert desk.orders(JANE, notice, "review") == "command-refused"
        assert "Nobody knows yet" in desk.one_for(JANE).words
        with desk.store.view() as tx:
            mail = tx.outbox.letter(case.reference, 2)
        assert mail is not None
        ByHand(desk.office, desk.store).it_arrived(mail.id)
        assert desk.case().state is State.ANSWERED


@pytest.mark.parametrize(
    ("order", "said", "works"),
    [
        ("review outcome", "What the review came to is missing", "review outcome upheld in part"),
        ("review outcome refused", "none of the three results", "review outcome overturned"),
        ("review outcome upheld", "“grounds”", "review outcome upheld"),
        ("disclose\n212.", "What runs now is a review", "show"),
        ("lapse", "has not lapsed", "when"),
    ],
)
def test_what_a_review_does_not_allow(desk: Office, order: str, said: str, works: str) -> None:
    notice = reviewed(desk)
    assert desk.orders(JANE, notice, order) == "command-refused"
    answer = desk.one_for(JANE)
    assert said in answer.words, answer.text
    assert f'Reply "{works}"' in answer.words
    assert len(desk.case().letters) == 1


@pytest.mark.parametrize("order", ["review", "review outcome upheld"])
def test_there_is_no_review_to_write_about(desk: Office, order: str) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, order) == "command-refused"
    assert "has not been answered yet" in desk.one_for(JANE).words
    sends(desk, notice, "disclose\n212.")
    desk.discards()
    assert desk.orders(JANE, notice, order) == "command-refused"
    assert 'Reply "clock review from 8 December 2020"' in desk.one_for(JANE).words


def lapsed(desk: Office, order: str) -> Mail:
    """A question or a fee was not answered, and the case has lapsed; Jane's notice."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    sends(desk, notice, order)
    desk.discards()
    desk.at("2021-03-15 09:00")
    told = next(mail for mail in desk.post_for(JANE) if mail.kind == "lapsed")
    desk.discards()
    assert desk.case().state is State.LAPSED
    assert 'Reply "lapse"' in told.words
    return told


FEE = "fee 12.50\n- 100 sheets at 10 pence: £10.00\n- postage: £2.50\npayment:\nBy card."


@pytest.mark.parametrize(
    ("law", "order", "said"),
    [
        ("foia", "clarify\nWhich year?", "we asked you a question about it"),
        ("foia", FEE, "we asked you for a payment of £12.50"),
        ("foisa", "clarify\nWhich year?", "section 1(3) of the Act"),
        ("eir", "clarify\nWhich year?", "regulation 9 of the Regulations"),
        ("eisr", FEE, "regulation 8 of the Regulations"),
    ],
)
def test_the_requester_is_told_that_the_request_has_lapsed(
    tmp_path: Path, law: str, order: str, said: str
) -> None:
    with office(tmp_path, **under(law)) as desk:
        notice = lapsed(desk, order)
        letter = sends(desk, notice, "lapse")
        assert said in letter.words
        assert "On 8 December 2020" in letter.words
        told = desk.one_for(JANE, "letter-sent")
        assert "In time" not in told.words
        assert "after the last day" not in told.subject
        desk.discards()
        assert (desk.case().state, desk.case().outcome) == (State.LAPSED, "lapsed")
        assert list(verify(desk.store)) == []


def clarifies(desk: Office) -> None:
    """Sam answers after all."""
    desk.arrives(answer_of_sam(desk))


def answer_of_sam(desk: Office) -> bytes:
    """Sam's answer to the question of version 1."""
    with desk.store.view() as tx:
        mails = tx.outbox.of_case("000001/20")
    asked = next(mail.message_id for mail in mails if mail.version == 1)
    raw = (
        f"From: {SAM.name} <{SAM.address}>\r\nTo: foi@exampleshire.example\r\nSubject: Re: your question\r\n"
        f"Message-ID: {desk.message_id('citizens.example')}\r\nIn-Reply-To: {asked}\r\n\r\n2020, please.\r\n"
    )
    return desk.border(raw.encode(), SAM.address)


def test_an_answer_after_all_stops_the_letter_that_says_none_came(desk: Office) -> None:
    notice = lapsed(desk, "clarify\nWhich year?")
    drafts(desk, notice, "lapse")
    clarifies(desk)
    desk.discards()
    case = desk.case()
    assert (case.state, case.letters[-1].state) == (State.OPEN, LetterState.SUPERSEDED)
    desk.later(minutes=30)
    assert desk.post_for(SAM) == []
    assert list(verify(desk.store)) == []
    desk.discards()


def test_a_draft_that_says_none_came_cannot_be_approved_after_the_answer(desk: Office) -> None:
    notice = lapsed(desk, "clarify\nWhich year?")
    assert desk.orders(JANE, notice, "lapse") == "command"
    draft = desk.one_for(TOM)
    desk.discards()
    clarifies(desk)
    desk.discards()
    assert desk.orders(TOM, draft, "approve v2") == "command-refused"
    assert "Version 2 is superseded" in desk.one_for(TOM).words


def test_a_letter_that_had_begun_to_leave_is_settled_when_the_answer_is_there(desk: Office) -> None:
    notice = lapsed(desk, "clarify\nWhich year?")
    drafts(desk, notice, "lapse")
    post = AnswersMeanwhile(desk)
    desk.dispatch = Dispatch(desk.office, desk.store, post)
    desk.clock.advance(timedelta(minutes=11))
    desk.dispatch.round()
    case = desk.case()
    assert (case.state, case.letters[-1].state) == (State.OPEN, LetterState.SENT)
    assert list(verify(desk.store)) == []


@dataclass(slots=True)
class AnswersMeanwhile:
    """A server that takes a letter while its requester's answer is settled."""

    desk: Office

    def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
        """One acceptance each, after the answer has been read."""
        self.desk.stores(answer_of_sam(self.desk))
        while self.desk.intake.work():
            pass
        for envelope in envelopes:
            yield Delivery(envelope.key, Answer.ACCEPTED, 250, "2.0.0 taken", reached=True)


def test_a_payment_is_not_noted_under_a_letter_that_says_none_came(desk: Office) -> None:
    notice = lapsed(desk, FEE)
    drafts(desk, notice, "lapse")
    assert desk.orders(JANE, notice, "fee paid 9 Mar 2021") == "command-refused"
    assert "about to leave. Stop it first" in desk.one_for(JANE).words
    assert desk.orders(JANE, notice, "stop") == "command"
    desk.discards()
    assert desk.orders(JANE, notice, "fee paid 9 Mar 2021") == "command"
    assert desk.case().state is State.OPEN
    desk.discards()


@pytest.mark.parametrize(
    ("order", "subject", "said", "other"),
    [
        (FEE, "the fee was not paid", "We waited for the fee until", "If they still answer"),
        (
            "clarify\nWhich year?",
            "the requester has not answered",
            "We waited for an answer to our question until",
            "fee paid",
        ),
    ],
)
def test_the_officer_reads_for_what_we_waited_in_vain(
    desk: Office, order: str, subject: str, said: str, other: str
) -> None:
    notice = lapsed(desk, order)
    assert f"Closed: {subject} #" in notice.subject
    assert f"{said} Sunday 7 March 2021. It did not come" in notice.words
    assert other not in notice.words


def test_a_fee_that_was_paid_in_time_after_all_opens_the_request_again(desk: Office) -> None:
    notice = lapsed(desk, FEE)
    assert 'Reply "fee paid 7 March 2021"' in notice.words
    assert desk.orders(JANE, notice, "fee paid 7 March 2021") == "command"
    assert desk.case().state is State.OPEN
    desk.discards()


def test_the_officer_is_asked_to_remind_of_a_fee(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    sends(desk, notice, FEE)
    desk.discards()
    desk.at("2021-03-03 09:00")
    near = next(mail for mail in desk.post_for(JANE) if mail.kind == "lapse-near")
    assert "lapses soon: the fee is not paid" in near.words
    assert "the last day to pay it. Their reply" in near.words
    desk.discards()


def test_a_lapse_letter_that_comes_back_is_told(desk: Office) -> None:
    notice = lapsed(desk, "clarify\nWhich year?")
    letter = sends(desk, notice, "lapse")
    desk.discards()
    bounces(desk, letter)
    assert "letter, version 2" in desk.one_for(JANE).words
    desk.discards()
    assert (desk.case().state, desk.case().outcome) == (State.LAPSED, "lapsed")
    assert any(isinstance(one.event, LaterLetterBounced) for one in desk.history())


def silent(desk: Office) -> Mail:
    """The request was neither confirmed nor denied, and a review is asked for; Jane's notice."""
    told = reviewed(desk, "ncnd 23(5) 24(2) 31(3)(a)")
    desk.discards()
    return told


@pytest.mark.parametrize("words", ["We hold some files on this.", "We do not hold any of it."])
def test_n38_what_was_neither_confirmed_nor_denied_is_not_given_away_when_it_is_upheld(
    desk: Office, words: str
) -> None:
    notice = silent(desk)
    order = f"review outcome upheld\nThe first decision stands. {words}\ngrounds:\nYou say it is known. An answer is not."
    assert desk.orders(JANE, notice, order) == "command-refused"
    refused = desk.one_for(JANE)
    assert "N-20" in refused.words
    assert re.search("We (?:do not )?hold", refused.words)
    assert desk.orders(JANE, notice, f"review\nmore:\n{words}") == "command-refused"
    desk.discards()

    assert desk.orders(JANE, notice, order.replace(f" {words}", "")) == "command"
    assert "Warnings" not in desk.one_for(RUTH, "draft").words
    desk.discards()


def test_n38_a_review_that_overturns_silence_says_so_with_a_reason(desk: Office) -> None:
    notice = silent(desk)
    order = "review outcome overturned\nWe have overturned the first decision. We hold some files on this.\ngrounds:\nYou are right."
    assert desk.orders(JANE, notice, order, files=[TABLE]) == "command"
    draft = desk.one_for(RUTH, "draft")
    assert "N-20" in draft.words
    assert "a file says that something is held" in draft.words
    assert desk.orders(RUTH, draft, "approve v2") == "command-refused"
    desk.discards()


def test_n38_no_file_goes_with_silence_that_is_upheld(desk: Office) -> None:
    notice = silent(desk)
    assert (
        desk.orders(JANE, notice, f"review outcome upheld{DECIDED}", files=[TABLE])
        == "command-refused"
    )
    refused = " ".join(desk.one_for(JANE).words.split())
    assert "complaints.csv" in refused
    assert (
        'Reply "review outcome upheld": again, with the whole text under it and that put right'
        in refused
    )
    desk.discards()


def test_of_a_request_that_lapsed_no_day_is_called_due(desk: Office) -> None:
    notice = lapsed(desk, FEE)
    assert desk.orders(JANE, notice, "lapse") == "command"
    draft = desk.one_for(TOM, "draft")
    desk.discards()
    assert desk.orders(TOM, draft, "approve v2") == "command"
    approved = desk.one_for(JANE, "approved")
    for mail in (draft, approved):
        assert "nswer due" not in mail.subject + mail.words
    desk.discards()


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("upheld", "We have upheld the first decision. You get nothing more."),
        (
            "upheld in part",
            "We have upheld the first decision in part, and changed it in part. You get",
        ),
        ("overturned", "We have overturned the first decision. You get nothing more."),
    ],
)
def test_l36_the_letter_says_the_result_that_was_ordered(
    desk: Office, result: str, said: str
) -> None:
    notice = reviewed(desk)
    order = f"review outcome {result}\nYou get nothing more.\ngrounds:\nYou say that figures name nobody. We agree."
    assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
    assert said in desk.one_for(RUTH, "draft").words
    desk.discards()
