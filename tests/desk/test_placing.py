"""An officer answers about a message, by reply: it joins a case, becomes one, or is set aside; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from foibot.case.case import Acknowledgement
from foibot.demo.correspondent import Person, request
from foibot.desk.verify import verify
from tests.office import JANE, MAILBOX, QUESTION, RUTH, SAM, TOM, Mail, Office, office

EVE = Person("Eve Else", "eve@elsewhere.example")


def stray(desk: Office, text: str = "Tell me more.") -> Mail:
    """Sam has asked; a stranger names that case. The notice about the stranger's mail."""
    if not desk.cases():
        desk.asks()
        desk.discards()
    assert desk.asks(text, who=EVE, subject="About [000001/20]") == "unmatched"
    return desk.one_for(JANE, "not-placed")


def row(desk: Office, number: int) -> tuple[str, str, str]:
    with desk.store.view() as tx:
        found = tx.inbox.find(number)
    assert found is not None
    return found[1].disposition, found[1].rule, found[1].case_ref


def test_a_number_puts_the_message_with_the_case_that_was_suggested(desk: Office) -> None:
    notice = stray(desk)
    assert "1: 000001/20, since its subject names the case" in notice.words

    assert desk.orders(JANE, notice, "1") == "command"
    assert "m2 is with request 000001/20 now." in desk.one_for(JANE, "answer").words
    assert row(desk, 2) == ("followup", "A8", "000001/20")
    assert "MailFiled" in [type(one.event).__name__ for one in desk.history("000001/20")]
    assert list(verify(desk.store)) == []


def test_new_opens_a_case_from_the_day_the_message_came_and_acknowledges_it(desk: Office) -> None:
    notice = stray(desk)
    desk.clock.set(desk.clock.now().replace(day=10))

    assert desk.orders(JANE, notice, "new") == "command"
    case = desk.case("000002/20")
    assert (case.requester.address, str(case.received)) == (EVE.address, "2020-12-08")
    assert "000002/20" in desk.one_for(EVE).subject
    told = desk.post_for(JANE)
    assert {mail.kind for mail in told} == {"new-case", "answer"}
    assert row(desk, 2) == ("request", "A8", "000002/20")
    assert list(verify(desk.store)) == []

    assert desk.orders(JANE, notice, "not foi") == "command-refused"
    assert "m2 is request 000002/20 already" in desk.one_for(JANE, "order-refused").words


def test_not_foi_sets_a_message_aside_and_says_so_in_the_record(desk: Office) -> None:
    notice = stray(desk)
    assert desk.orders(JANE, notice, "not foi: an advert") == "command"
    assert "m2 is set aside." in desk.one_for(JANE).words
    assert row(desk, 2) == ("unmatched", "A8", "")
    with desk.store.view() as tx:
        found = tx.inbox.find(2)
    assert found is not None
    assert found[1].evidence == "an officer set it aside: an advert"
    assert list(verify(desk.store)) == []


def test_an_answer_that_is_none_is_met_with_the_ones_that_would_work(desk: Office) -> None:
    notice = stray(desk)
    assert desk.orders(JANE, notice, "Who is this?") == "command-refused"
    refused = desk.one_for(JANE, "order-refused")
    assert 'Reply "new"' in refused.words
    assert desk.orders(JANE, refused, "new") == "command"
    desk.discards(JANE, EVE)


def test_several_messages_are_answered_on_one_line(desk: Office) -> None:
    for number in range(3):
        stray(desk, f"Question {number}?")
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE, "digest")
    desk.discards()
    assert "m2: eve@elsewhere.example, “About [000001/20]”: not placed (rule B16" in digest.words
    assert "Answers: 1 (000001/20), new, not foi" in digest.words

    assert desk.orders(JANE, digest, "m2-m4 m9 not foi") == "command"
    answer = desk.one_for(JANE)
    assert "3 messages are placed" in answer.subject
    assert "There is no such message." in answer.words
    assert [row(desk, number)[1] for number in (2, 3, 4)] == ["A8", "A8", "A8"]
    desk.at("2020-12-10 08:01")
    assert "Not taken for requests" not in desk.one_for(JANE, "digest").words
    desk.discards()


def test_an_answer_can_be_tapped(desk: Office) -> None:
    """Mail rule E15."""
    stray(desk)
    desk.at("2020-12-09 08:01")
    html = desk.one_for(JANE, "digest").html
    desk.discards()
    assert "body=m2%20new" in html
    assert "body=m2%20not%20foi" in html
    assert "body=m2%201" in html


def test_only_an_officer_places_messages(desk: Office) -> None:
    stray(desk)
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(TOM, "digest")
    desk.discards()
    assert desk.orders(TOM, digest, "m2 new") == "command-refused"
    assert "people with the role officer" in desk.one_for(TOM).words
    assert desk.cases() == ["000001/20"]


def test_what_a_machine_sent_can_still_be_made_a_request(desk: Office) -> None:
    raw = f"From: Sam Smith <{SAM.address}>\r\nTo: {MAILBOX}\r\nSubject: Out of office\r\nMessage-ID: <o@citizens.example>\r\n\r\nHow many officers were out of office?\r\n"
    assert desk.arrives(raw.encode()) == "auto"
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE, "digest")
    desk.discards()
    assert desk.orders(JANE, digest, "m1 new") == "command"
    desk.discards(JANE)
    desk.one_for(SAM)
    assert str(desk.case().received) == "2020-12-08"


def test_a_message_that_could_not_be_read_can_be_made_a_request_for_an_address(
    desk: Office,
) -> None:
    assert desk.arrives(b"From: a@b.example\r\n" + b"X: y\r\n" * 5000 + b"\r\nhello\r\n")
    notice = desk.one_for(JANE, "quarantine")
    assert desk.orders(JANE, notice, "new sam.smith@citizens.example") == "command"
    desk.one_for(SAM)
    desk.discards(JANE)
    assert desk.case().requester.address == SAM.address
    assert list(verify(desk.store)) == []


def test_without_an_address_a_case_is_opened_and_nobody_is_acknowledged(desk: Office) -> None:
    desk.arrives(b"From: a@b.example\r\n" + b"X: y\r\n" * 5000 + b"\r\nhello\r\n")
    desk.orders(JANE, desk.one_for(JANE, "quarantine"), "new")
    desk.discards(JANE)
    case = desk.case()
    assert (case.requester.address, case.acknowledgement) == ("", Acknowledgement.WITHHELD)


def test_a_message_in_a_folder_for_spam_is_listed_and_never_acknowledged(tmp_path: Path) -> None:
    with office(tmp_path) as desk:
        raw = request(
            SAM, MAILBOX, "S", QUESTION, desk.clock.now(), message_id="<a@citizens.example>"
        )
        desk.stores(desk.border(raw, SAM.address), folder="Junk")
        desk.settles()
        assert desk.unread == []
        desk.at("2020-12-09 08:01")
        digest = desk.one_for(JANE, "digest")
        desk.discards(TOM, RUTH)
        assert "not placed (rule junk: it was found in the folder Junk)" in digest.words
        assert desk.orders(JANE, digest, "m1 new") == "command"
        assert str(desk.case().received) == "2020-12-08"
        desk.one_for(SAM)
        desk.discards(JANE)


def test_a_message_that_a_colleague_moves_out_of_the_folder_for_spam_is_a_request(
    desk: Office,
) -> None:
    raw = request(SAM, MAILBOX, "S", QUESTION, desk.clock.now(), message_id="<a@citizens.example>")
    raw = desk.border(raw, SAM.address)
    desk.stores(raw, folder="Junk")
    desk.settles()
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE, "digest")
    desk.discards()
    assert desk.arrives(raw) == "request"
    desk.one_for(SAM)
    assert desk.orders(JANE, digest, "m1 new") == "command-refused"
    told = {mail.kind: mail for mail in desk.post_for(JANE)}
    assert "m1 is the same message as request 000001/20." in told["order-refused"].words
    assert desk.arrives(raw) == "duplicate"
    desk.stores(raw, folder="Junk")
    desk.settles()
    desk.at("2020-12-10 08:01")
    assert "m1:" not in desk.one_for(JANE, "digest").words
    desk.discards()


def test_a_message_that_is_moved_to_the_inbox_before_the_digest_is_not_listed(desk: Office) -> None:
    raw = request(SAM, MAILBOX, "S", QUESTION, desk.clock.now(), message_id="<a@citizens.example>")
    raw = desk.border(raw, SAM.address)
    desk.stores(raw, folder="Junk")
    desk.settles()
    assert desk.arrives(raw) == "request"
    desk.at("2020-12-09 08:01")
    assert "m1:" not in desk.one_for(JANE, "digest").words
    desk.discards()


def test_an_answer_in_a_folder_for_spam_still_joins_its_case(desk: Office) -> None:
    desk.asks()
    acknowledgement = desk.one_for(SAM)
    desk.discards()
    raw = request(
        SAM, MAILBOX, "Re: it", "Yes.", desk.clock.now(), message_id="<b@citizens.example>"
    )
    thread = f"In-Reply-To: {acknowledgement.header('Message-ID')}\r\n".encode()
    desk.stores(thread + raw, folder="Junk")
    desk.settles()
    desk.one_for(JANE, "follow-up")


@pytest.mark.parametrize(("words", "case"), [("thanks", "000001/20"), ("new", "000002/20")])
def test_mail_after_the_answer_is_thanks_or_a_new_request(
    desk: Office, words: str, case: str
) -> None:
    """Mail rule D7."""
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    desk.later(minutes=11)
    letter = desk.one_for(SAM)
    desk.discards()
    assert desk.orders(SAM, letter, "Thank you. How many cars have you?", login=False) == "followup"
    notice = desk.one_for(JANE, "follow-up")
    assert "a message after it was closed" in notice.words
    assert 'Reply "thanks"' in notice.words

    number = max(desk.numbers())
    assert desk.orders(JANE, notice, words) == "command"
    assert row(desk, number)[1:] == ("A8", case)
    assert list(verify(desk.store)) == []
    desk.discards()


def test_on_a_case_not_foi_is_about_the_case(desk: Office) -> None:
    desk.asks()
    acknowledgement = desk.one_for(SAM)
    desk.discards()
    desk.orders(SAM, acknowledgement, "I only wanted a job.", login=False)
    assert desk.orders(JANE, desk.one_for(JANE), "not foi: a job application") == "command"
    assert desk.case().state == "not-foi"
    desk.discards()


def test_a_message_that_is_placed_may_be_the_clarification_we_wait_for(desk: Office) -> None:
    desk.asks()
    desk.discards(SAM)
    notice = desk.one_for(JANE)
    desk.orders(JANE, notice, "clarify\r\nWhich years do you mean?")
    desk.orders(TOM, desk.one_for(TOM), "approve v1")
    desk.later(minutes=11)
    desk.discards()
    assert desk.case().state == "waiting-for-requester"
    raw = request(
        SAM,
        MAILBOX,
        "[000001/20]",
        "2019 and 2020.",
        desk.clock.now(),
        message_id="<z@citizens.example>",
    )
    assert desk.arrives(raw) == "unmatched"  # nobody vouches for the sender
    assert desk.orders(JANE, desk.one_for(JANE), "1") == "command"
    assert desk.case().state == "open"
    desk.discards()


def test_an_acknowledgement_that_was_held_back_is_sent_when_an_officer_says_so(
    desk: Office,
) -> None:
    raw = request(SAM, MAILBOX, "S", QUESTION, desk.clock.now(), message_id="<a@citizens.example>")
    assert desk.arrives(b"Precedence: bulk\r\n" + desk.border(raw, SAM.address)) == "request"
    notice = desk.one_for(JANE)
    assert 'Reply "ack"' in notice.words
    assert desk.orders(JANE, notice, "ack") == "command"
    desk.one_for(SAM, "ack")
    assert desk.orders(JANE, notice, "ack") == "command-refused"
    desk.discards(JANE)
    assert list(verify(desk.store)) == []


def test_what_a_colleague_passes_on_becomes_the_case_of_whoever_wrote_it(desk: Office) -> None:
    """Mail rule C18."""
    words = (
        "Please deal with this.\r\n\r\nFrom: Sam Smith [mailto:sam.smith@citizens.example]\r\n"
        "Sent: 1 December 2020 10:00\r\nTo: parking@exampleshire.example\r\nSubject: Parking fines\r\n\r\nHow many?\r\n"
    )
    raw = request(
        JANE,
        MAILBOX,
        "FW: Parking fines",
        words,
        desk.clock.now(),
        message_id="<f@exampleshire.example>",
    )
    assert desk.arrives(desk.border(raw, JANE.address, login=True)) == "unmatched"
    assert desk.orders(JANE, desk.one_for(JANE), "new") == "command"
    case = desk.case()
    assert (case.requester.address, case.requester.name) == (SAM.address, "Sam Smith")
    assert (case.subject, case.request_text) == ("Parking fines", "How many?")
    assert case.acknowledgement is Acknowledgement.WITHHELD
    notices = {mail.kind: mail for mail in desk.post_for(JANE)}
    assert "a colleague passed it on" in notices["new-case"].words
    assert desk.orders(JANE, notices["new-case"], "ack") == "command"
    desk.one_for(SAM, "ack")
    desk.discards()


def test_a_new_request_that_quotes_our_letter_is_what_its_writer_says(desk: Office) -> None:
    """Or our own letter would be quoted in the acknowledgement and in the answer (L-03, A-04)."""
    desk.asks()
    ours = desk.one_for(SAM)
    desk.discards()
    assert (
        desk.orders(SAM, ours, "Then please look at January to March only.", login=False)
        == "followup"
    )
    notice = desk.one_for(JANE, "follow-up")
    desk.discards()

    assert desk.orders(JANE, notice, "new") == "command"
    case = desk.case("000002/20")
    assert case.request_text == "Then please look at January to March only."
    acknowledged = desk.one_for(SAM)
    assert "look at January to March only" in acknowledged.words
    assert "We have received" not in acknowledged.text.partition("It begins")[2]
    told = next(mail for mail in desk.post_for(JANE) if mail.kind == "new-case")
    assert "Probably" not in told.words
    assert "our own earlier mail, quoted below their words, is left out" in told.words
    assert any("January to March only" in str(words) for words in told.files.values())
    desk.discards()


def test_an_order_that_was_answered_and_a_reply_by_a_machine_stand_apart_in_the_digest(
    desk: Office,
) -> None:
    stray(desk)
    stray(desk, "And of dogs?")
    away = f"From: Sam Smith <{SAM.address}>\r\nTo: {MAILBOX}\r\nSubject: Away\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <o@citizens.example>\r\n\r\nI am away.\r\n"
    assert desk.arrives(away.encode()) == "auto"
    desk.asks("How many kennels are there?", subject="Kennels")
    notice = desk.one_for(JANE)
    assert desk.orders(JANE, notice, "Approved. Thanks Jane") == "command-refused"
    desk.discards()
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE, "digest")
    before, _, aside = digest.words.partition("Only so that nothing is overlooked")
    assert "(rule B16" in before
    assert "Several at once, as in: m2 m3 not foi" in before
    assert "(rule" not in aside
    assert "“Away”: an automatic reply, as the program that sent it says" in aside
    assert "its officer was told (Approved. Thanks Jane)" in aside
    assert desk.orders(JANE, digest, "m4 new") == "command"
    desk.discards()
