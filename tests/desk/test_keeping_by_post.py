"""Cases beside others, by post: linked, a message moved, a message split; each clock right, nobody written to twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from foibot.case.case import Acknowledgement, State
from foibot.case.clocks import ClockName
from foibot.desk.bundle import bundle
from foibot.desk.verify import verify
from foibot.store.tables import inbox
from tests.office import JANE, SAM, TOM, Mail, Office, office

A, B = "000001/20", "000002/20"
SECOND = "How many parking fines were issued in 2019?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as desk:
        yield desk
        assert list(verify(desk.store)) == []


def two_cases(desk: Office) -> tuple[Mail, Mail]:
    """Sam has asked twice; the acknowledgement of the first and Jane's notice of it."""
    desk.asks()
    acknowledgement, notice = desk.one_for(SAM), desk.one_for(JANE)
    desk.asks(SECOND, subject="Parking fines")
    desk.discards()
    return acknowledgement, notice


def case_of_message(desk: Office, number: int) -> tuple[str, str, str]:
    with desk.engine.connect() as connection:
        row = connection.execute(inbox.select().where(inbox.c.id == number)).one()
    return row.disposition, row.rule, row.case_ref


def test_a_link_stands_on_both_cases_until_it_is_taken_back(desk: Office) -> None:
    _, notice = two_cases(desk)
    assert desk.orders(JANE, notice, f"link {B}") == "command"
    done = desk.one_for(JANE)
    assert f"This case and {B} are linked, both ways." in done.words
    assert (desk.case(A).keeping.links, desk.case(B).keeping.links) == ((B,), (A,))
    assert desk.orders(JANE, done, f"link {B}") == "command"
    assert "nothing has changed" in desk.one_for(JANE).words
    assert desk.orders(JANE, done, "show") == "command"
    assert f"Linked with: {B}" in desk.one_for(JANE).words
    assert desk.orders(JANE, done, f"link off {B}") == "command"
    assert (desk.case(A).keeping.links, desk.case(B).keeping.links) == ((), ())
    desk.discards()


@pytest.mark.parametrize("words", [f"link {A}", "link 000099/20", "link", f"link off {B}", "link ' or 1=1 --"])  # fmt: skip
def test_a_link_to_nothing_is_refused(desk: Office, words: str) -> None:
    _, notice = two_cases(desk)
    assert desk.orders(JANE, notice, words) == "command-refused"
    desk.discards()
    assert desk.case(A).keeping.links == desk.case(B).keeping.links == ()


def test_a_message_on_the_wrong_case_goes_to_another_and_back(desk: Office) -> None:
    acknowledgement, _ = two_cases(desk)
    assert desk.orders(SAM, acknowledgement, "The fines of 2018 as well, please.") == "followup"
    notice = desk.one_for(JANE)
    number = max(desk.numbers())
    assert 'Reply "move REFERENCE"' in notice.words
    assert "body=move%20" in notice.html.replace("&amp;", "&")
    assert desk.orders(JANE, notice, f"move {B}") == "command"
    said = desk.one_for(JANE)
    assert f"m{number} is with request {B} now. No mail went to anybody outside." in said.words
    assert case_of_message(desk, number) == ("followup", "A8", B)
    assert desk.post_for(SAM) == []
    assert desk.orders(JANE, notice, f"m{number} move to {A}") == "command"
    assert case_of_message(desk, number) == ("followup", "A8", A)
    desk.discards()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("move 000099/20", "There is no case 000099/20"),
        (f"move {A}", f"is with request {A} already"),
        (f"m1 move {B}", f"m1 is request {A} already; “link {B}” notes that they belong together"),
    ],
)
def test_a_move_that_cannot_be_is_refused(desk: Office, words: str, says: str) -> None:
    acknowledgement, _ = two_cases(desk)
    desk.orders(SAM, acknowledgement, "One thing more.")
    assert desk.orders(JANE, desk.one_for(JANE), words) == "command-refused"
    assert says in desk.one_for(JANE).words


def waiting_for_sam(desk: Office) -> Mail:
    """The first case waits for an answer to our question; the question as Sam has it."""
    _, notice = two_cases(desk)
    desk.orders(JANE, notice, "clarify\r\nWhich years do you mean?")
    desk.orders(TOM, desk.one_for(TOM), "approve v1")
    desk.later(minutes=11)
    question = desk.one_for(SAM)
    desk.discards()
    assert desk.case(A).state is State.WAITING
    return question


def test_a_clarification_that_was_another_case_s_is_waited_for_again(desk: Office) -> None:
    question = waiting_for_sam(desk)
    before = desk.case(A)
    desk.at("2020-12-10 10:00")
    desk.discards()
    assert desk.orders(SAM, question, "Forget the fines of 2018.", login=False) == "followup"
    assert desk.case(A).state is State.OPEN
    assert desk.case(A).due != before.due
    notice = desk.one_for(JANE)
    number = max(desk.numbers())
    assert desk.orders(JANE, notice, f"m{number} move {B}") == "command"
    after = desk.case(A)
    assert (after.state, after.due, after.clocks) == (State.WAITING, before.due, before.clocks)
    assert after.clocks[-1].name is ClockName.CLARIFICATION
    desk.discards()
    assert desk.orders(SAM, question, "2019 and 2020.", login=False) == "followup"
    assert desk.case(A).state is State.OPEN
    assert desk.case(A).clocks[-1].started == date(2020, 12, 10)
    desk.discards()


def test_a_clarification_on_which_a_letter_was_drafted_has_to_stay(desk: Office) -> None:
    question = waiting_for_sam(desk)
    desk.orders(SAM, question, "2019 and 2020.", login=False)
    notice = desk.one_for(JANE)
    desk.orders(JANE, notice, "ncnd 31(3)(a)")
    desk.discards()
    number = max(desk.numbers()) - 1
    assert desk.orders(JANE, notice, f"m{number} move {B}") == "command-refused"
    assert "reject it first" in desk.one_for(JANE).words
    assert desk.case(A).state is State.AWAITING_APPROVAL


def test_one_message_with_two_requests_becomes_two_cases(desk: Office) -> None:
    desk.asks(f"How many attacks were stopped?\r\n\r\n{SECOND}")
    notice = desk.one_for(JANE)
    desk.discards()
    desk.at("2020-12-11 10:00")
    desk.discards()
    assert desk.orders(JANE, notice, f"split\r\n{SECOND}\r\n\r\nJane") == "command"
    first, second = desk.case(A), desk.case(B)
    assert second.request_text == SECOND
    assert (second.received, second.due) == (first.received, first.due) == (date(2020, 12, 8), date(2021, 1, 11))  # fmt: skip
    assert (second.requester, second.message_id) == (first.requester, first.message_id)
    assert (first.keeping.links, second.keeping.links) == ((B,), (A,))
    assert second.acknowledgement is Acknowledgement.WITHHELD
    assert desk.post_for(SAM) == []
    notices = {mail.kind: mail for mail in desk.post_for(JANE)}
    assert f"it came with request {A}" in notices["new-case"].words
    assert f"Request {B} is a case of its own now" in notices["answer"].words
    assert desk.orders(JANE, notices["answer"], f"{B} ack") == "command"
    assert B in desk.one_for(SAM, "ack").subject
    desk.discards()
    assert b"How many attacks" in bundle(desk.store, B)["received/001.eml"]


def test_what_was_split_off_can_be_split_and_closed_again(desk: Office) -> None:
    desk.asks(f"How many attacks were stopped?\r\n\r\n{SECOND}")
    notice = desk.one_for(JANE)
    desk.orders(JANE, notice, f"split\r\n{SECOND} And in 2018?")
    split_off = desk.one_for(JANE, "new-case")
    assert desk.orders(JANE, split_off, "split\r\nAnd in 2018?") == "command"
    third = desk.case("000003/20")
    assert (third.keeping.split_from, third.keeping.links) == (A, (B,))
    told = desk.one_for(JANE, "answer")
    assert desk.orders(JANE, told, "000003/20 not foi: split off in error") == "command"
    assert desk.case("000003/20").state is State.NOT_FOI
    desk.discards()


def test_a_split_needs_the_words_of_the_second_request(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    assert desk.orders(JANE, notice, "split") == "command-refused"
    assert "what the second request is" in desk.one_for(JANE).words
    assert desk.orders(JANE, notice, "split the difference") == "command-refused"
    assert desk.cases() == [A]
    desk.discards()
