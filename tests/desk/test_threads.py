"""Which mail belongs together, by post: copies, resends, conversations, machines (mail rules A4, A10, A19, D)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from foibot.demo.correspondent import Person, reply, request
from tests.office import JANE, MAILBOX, ORDER, QUESTION, SAM, TOM, Office, office

INDEX = bytes.fromhex("01d6cd5a00") + bytes(range(17))
BOT = Person("Ticket Desk", "desk@citizens.example")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path, approval={"undo_minutes": 0}) as opened:
        yield opened


def sent_by(
    desk: Office, who: Person = SAM, *, subject: str = "Fines", text: str = QUESTION, extra: str = "",
    to: str = MAILBOX,
) -> bytes:  # fmt: skip
    """A new mail with further headers, as the border passes it on."""
    message_id = desk.message_id("citizens.example")
    raw = request(who, to, subject, text, desk.clock.now(), message_id=message_id)
    return desk.border(
        raw.replace(b"Subject:", extra.encode() + b"Subject:", 1), who.address, to=to
    )


def thread_index(replies: int = 0) -> str:
    index = INDEX + b"\1\2\3\4\5" * replies
    return f"Thread-Index: {base64.b64encode(index).decode()}\r\n"


def test_d4_an_outlook_conversation_is_known_when_every_id_was_replaced(desk: Office) -> None:
    assert desk.arrives(sent_by(desk, extra=thread_index())) == "request"
    desk.discards()
    answer = thread_index(1) + "In-Reply-To: <0100018a-0000@email.amazonses.example>\r\n"
    text = "I forgot to say: in England only."
    assert (
        desk.arrives(sent_by(desk, subject="RE: Your mail", text=text, extra=answer)) == "followup"
    )
    assert desk.cases() == ["000001/20"]
    assert "I forgot to say" in desk.one_for(JANE).words
    desk.discards()


def test_d4_another_conversation_is_another_request(desk: Office) -> None:
    assert desk.arrives(sent_by(desk, extra=thread_index())) == "request"
    other = f"Thread-Index: {base64.b64encode(INDEX[::-1]).decode()}\r\n"
    assert (
        desk.arrives(sent_by(desk, subject="Trees", text="How many trees?", extra=other))
        == "request"
    )
    desk.discards()


def test_b16_whoever_passes_on_the_same_mail_makes_a_request_of_their_own(desk: Office) -> None:
    """Mail rules B16, D7: a Thread-Index goes to everybody whom a mail is sent on to."""
    assert desk.arrives(sent_by(desk, subject="FW: Campaign", extra=thread_index(1))) == "request"
    desk.discards()
    text = "I should like to ask how many wheel clamps were fitted."
    index = thread_index(2)
    raw = sent_by(desk, OLIVE, subject="FW: Campaign", text=text, extra=index)
    assert desk.arrives(raw) == "request"
    desk.one_for(OLIVE)
    notice = desk.one_for(JANE)
    assert "Case 000001/20 began in the same conversation of Outlook" in notice.words
    assert desk.orders(JANE, notice, "link 000001/20") == "command"
    desk.discards()
    # Each of the two goes on with their own.
    for who, reference in ((SAM, "000001/20"), (OLIVE, "000002/20")):
        raw = sent_by(desk, who, subject="RE: Campaign", text="In 2019 only.", extra=index)
        assert desk.arrives(raw) == "followup"
        assert f"Request {reference}" in desk.one_for(JANE).words
    desk.discards()


def test_b16_a_colleague_goes_on_in_the_conversation_of_a_case(desk: Office) -> None:
    assert desk.arrives(sent_by(desk, extra=thread_index())) == "request"
    desk.discards()
    luke = Person("Luke Law", "luke.law@exampleshire.example")
    raw = sent_by(desk, luke, subject="RE: Fines", text="We have these.", extra=thread_index(1))
    assert desk.arrives(raw) == "followup"
    desk.discards()


def test_b16_of_a_restricted_case_only_the_reference_is_said(desk: Office) -> None:
    assert desk.arrives(sent_by(desk, extra=thread_index())) == "request"
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, "restrict tom: it names a colleague") == "command"
    desk.discards()
    assert (
        desk.arrives(
            sent_by(desk, OLIVE, subject="Trees", text="How many trees?", extra=thread_index(1))
        )
        == "request"
    )
    desk.one_for(OLIVE)
    notice = desk.one_for(JANE)
    assert "Case 000001/20 began in the same conversation" in notice.words
    assert "link 000001/20" not in notice.words
    desk.discards()


OLIVE = Person("Olive Other", "olive@citizens.example")
COPY_ID = "<one@citizens.example>"


def copy(desk: Office, who: Person = SAM, subject: str = "Fines", extra: str = "") -> bytes:
    """One of several copies of a message, or of what a form sends under one Message-ID."""
    raw = request(who, MAILBOX, subject, QUESTION, desk.clock.now(), message_id=COPY_ID)
    return desk.border(extra.encode() + raw, who.address)


@pytest.mark.parametrize(
    "machine",
    ["List-Id: <staff.exampleshire.example>\r\n", "Auto-Submitted: auto-generated\r\n"],
)
def test_d1_a_request_is_no_copy_of_what_a_list_passed_on(desk: Office, machine: str) -> None:
    assert desk.arrives(copy(desk, extra=machine)) == "auto"
    assert desk.arrives(copy(desk)) == "request"
    desk.one_for(SAM)
    desk.one_for(JANE)
    for extra in (machine, "X-Other: 1\r\n"):
        assert desk.arrives(copy(desk, subject="[staff] Fines", extra=extra)) == "duplicate"
    assert desk.unread == []


def test_d1_a_machine_s_mail_twice_is_a_copy(desk: Office) -> None:
    away = "Auto-Submitted: auto-replied\r\n"
    assert desk.arrives(copy(desk, extra=away)) == "auto"
    assert desk.arrives(copy(desk, extra=f"X-Other: 1\r\n{away}")) == "duplicate"


def test_d2_another_person_s_message_is_no_copy_whatever_its_id(desk: Office) -> None:
    assert desk.arrives(copy(desk)) == "request"
    assert desk.arrives(copy(desk, OLIVE)) == "request"
    assert desk.cases() == ["000001/20", "000002/20"]
    desk.one_for(OLIVE)
    desk.discards()


def test_d2_another_subject_is_no_copy(desk: Office) -> None:
    assert desk.arrives(copy(desk, subject="Fines in 2019")) == "request"
    desk.discards()
    assert desk.arrives(copy(desk, subject="Fines in 2020")) == "followup"
    assert "Fines in 2020" in desk.one_for(JANE).words
    desk.discards()


def test_d2_whose_sender_is_not_clean_is_no_copy(desk: Office) -> None:
    sam, olive = (
        copy(desk, who).replace(b"From: ", b"From: nobody@x.example, ") for who in (SAM, OLIVE)
    )
    assert [desk.arrives(raw) for raw in (sam, olive)] == ["unmatched", "unmatched"]
    assert len(desk.post_for(JANE)) == 2
    desk.discards()


def test_d3_one_request_to_three_of_our_addresses_is_one_case(desk: Office) -> None:
    found = [
        desk.arrives(sent_by(desk, to=to))
        for to in (MAILBOX, "info@exampleshire.example", "records@exampleshire.example")
    ]
    assert found == ["request", "followup", "followup"]
    assert desk.cases() == ["000001/20"]
    assert len(desk.post_for(SAM)) == 1
    desk.discards()


def test_d3_the_same_text_days_later_is_a_notice_while_it_is_not_answered(desk: Office) -> None:
    assert desk.arrives(sent_by(desk)) == "request"
    desk.discards()
    desk.later(days=9)
    desk.discards()
    assert desk.arrives(sent_by(desk)) == "followup"
    assert desk.cases() == ["000001/20"]
    notice = desk.one_for(JANE)
    assert "within a day or before it was answered" in notice.words
    assert not desk.post_for(SAM)
    desk.discards()


def test_d3_the_same_text_after_the_answer_is_a_request(desk: Office) -> None:
    assert desk.arrives(sent_by(desk)) == "request"
    desk.orders(JANE, desk.one_for(JANE), ORDER)
    desk.orders(TOM, desk.one_for(TOM), "approve v1")
    desk.tick()
    desk.later(days=90)
    desk.discards()
    assert desk.case().finished
    assert desk.arrives(sent_by(desk)) == "request"
    assert len(desk.cases()) == 2
    assert "000001/20" in desk.one_for(JANE, "new-case").words
    desk.discards()


def test_a4_people_s_outlook_asks_for_no_automatic_answer(desk: Office) -> None:
    suppress = "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r\n"
    assert desk.arrives(sent_by(desk, extra=suppress)) == "request"
    assert not desk.post_for(SAM)
    notice = desk.one_for(JANE)
    assert "X-Auto-Response-Suppress" in notice.words
    assert "ack" in notice.words
    desk.discards()
    # What leaves room for an acknowledgement gets one.
    raw = sent_by(
        desk, subject="Trees", text="How many?", extra=suppress.replace(", AutoReply", "")
    )
    assert desk.arrives(raw) == "request"
    desk.one_for(SAM)
    desk.discards()


def test_a10_two_machines_that_answer_each_other_come_to_an_end(desk: Office) -> None:
    """The other one makes a ticket of each mail, with a subject and a text of its own, and no header."""
    raw = sent_by(desk, BOT, subject="Ticket 1", text="We have opened ticket 1 for you.")
    answered = 0
    for turn in range(2, 12):
        desk.arrives(raw)
        ours = desk.post_for(BOT)
        desk.discards()
        if not ours:
            break
        answered += len(ours)
        raw = sent_by(
            desk, BOT, subject=f"Ticket {turn}", text=f"We have opened ticket {turn} for you."
        )
    assert answered == 3
    desk.discards()


def test_a10_a_machine_that_answers_in_our_thread_is_never_answered(desk: Office) -> None:
    assert desk.arrives(sent_by(desk, BOT)) == "request"
    ours = desk.one_for(BOT)
    for turn in range(4):
        raw = reply(
            BOT,
            ours.raw,
            f"Thank you for your mail, number {turn}.",
            desk.clock.now(),
            message_id=desk.message_id("citizens.example"),
        )
        assert desk.arrives(desk.border(raw, BOT.address)) == "followup"
        assert not desk.post_for(BOT)
    desk.discards()


def test_a19_the_acknowledgement_repeats_nothing_of_the_mail(desk: Office) -> None:
    raw = sent_by(
        desk,
        subject="Confirm https://evil.example/subscribe now",
        text="How many? Click https://evil.example/confirm",
    )
    assert desk.arrives(raw) == "request"
    acknowledgement = desk.one_for(SAM)
    assert "evil.example/confirm" not in acknowledgement.raw.decode()
    assert "href" not in "".join(re.findall(r"<a [^>]*evil[^>]*>", acknowledgement.html))
    desk.discards()


def test_d2_who_answers_a_message_whose_id_was_used_again_is_on_their_own_case(
    desk: Office,
) -> None:
    assert desk.arrives(copy(desk)) == "request"
    dogs = request(OLIVE, MAILBOX, "Dogs", "How many dogs?", desk.clock.now(), message_id=COPY_ID)
    assert desk.arrives(desk.border(dogs, OLIVE.address)) == "request"
    desk.post_for(OLIVE)
    desk.discards()
    answers = f"In-Reply-To: {COPY_ID}\r\n"
    for who, reference in ((SAM, "000001/20"), (OLIVE, "000002/20")):
        raw = sent_by(desk, who, subject="Re: it", text="I forgot to say: in 2019.", extra=answers)
        assert desk.arrives(raw) == "followup"
        assert f"Request {reference}" in desk.one_for(JANE).words
    raw = sent_by(desk, BOT, subject="Re: Fines", text="And in 2020.", extra=answers)
    assert desk.arrives(raw) == "unmatched"
    notice = desk.one_for(JANE)
    assert "is on mails of several requests" in notice.words
    assert 'Reply "2": puts it with request 000001/20' in notice.words
    desk.discards()
