"""A message of which an officer still has to say what it is stands in every digest until one of them does (T-51, W-02)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foibot.demo.correspondent import request
from foibot.desk.verify import verify
from tests.desk.test_later_letters import sends
from tests.desk.test_placing import stray
from tests.office import JANE, MAILBOX, SAM, TOM, Mail, Office

REVIEW = "I am not satisfied with this answer and ask for an internal review."
HEADING = "Still waiting for a word from you"


def answered(desk: Office) -> Mail:
    """The request was answered on 9 December; the letter that Sam has."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    desk.at("2020-12-09 10:00")
    desk.discards()
    letter = sends(desk, notice, "disclose\nQuestion 1: 212.")
    desk.discards()
    return letter


def digest(desk: Office, day: str) -> Mail:
    """The digest that Jane reads on that morning."""
    desk.at(f"{day} 08:01")
    read = desk.one_for(JANE, "digest")
    desk.discards()
    return read


def writes(desk: Office, letter: Mail, words: str) -> Mail:
    """Sam answers our letter on 14 December; what Jane is told at once."""
    desk.at("2020-12-14 16:00")
    desk.discards()
    assert desk.orders(SAM, letter, words, login=False) == "followup"
    told = desk.one_for(JANE, "follow-up")
    desk.discards()
    return told


def test_t51_a_request_for_a_review_that_nobody_took_up_is_in_every_digest(desk: Office) -> None:
    writes(desk, answered(desk), REVIEW)
    for day, waited in (
        ("2020-12-15", "1 working day"),
        ("2020-12-16", "2 working days"),
        ("2021-01-14", "19 working days"),
    ):
        words = digest(desk, day).words
        assert HEADING in words
        assert (
            "on 000001/20, which is answered; a review would have to be decided by Friday 15 January 2021"
            in words
        )
        assert f"came on Monday 14 December 2020, has waited {waited})" in words
        assert (
            'Reply "000001/20 clock review from 14 December 2020": if m4 asks for a review' in words
        )


@pytest.mark.parametrize(
    "order", ["m4 thanks", "m4 new", "000001/20 clock review from 14 December 2020"]
)
def test_it_is_listed_no_more_once_an_officer_has_said_what_it_is(desk: Office, order: str) -> None:
    writes(desk, answered(desk), REVIEW)
    first = digest(desk, "2020-12-15")
    assert desk.orders(JANE, first, order) == "command"
    desk.discards()
    assert HEADING not in digest(desk, "2020-12-16").words
    with desk.store.view() as tx:
        assert tx.undecided.many() == 0
    assert list(verify(desk.store)) == []


def test_nobody_has_to_say_anything_of_thanks(desk: Office) -> None:
    writes(desk, answered(desk), "Thank you very much for your help.")
    assert HEADING not in digest(desk, "2020-12-15").words


def test_a_message_that_was_not_placed_is_asked_about_again_and_placed_from_the_digest(
    desk: Office,
) -> None:
    stray(desk)
    first = digest(desk, "2020-12-09")
    assert HEADING not in first.words  # it is among what is new
    again = digest(desk, "2020-12-10")
    assert (
        "m2: eve@elsewhere.example, “About [000001/20]”: not placed; a request would have to be answered by "
        "Monday 11 January 2021 (came on Tuesday 8 December 2020, has waited 2 working days). "
        "Answers: 1 (000001/20), new, not foi"
    ) in again.words
    assert desk.orders(JANE, again, "m2 not foi: an advert") == "command"
    desk.discards()
    assert HEADING not in digest(desk, "2020-12-11").words


def test_what_could_not_be_read_is_asked_about_again(desk: Office) -> None:
    assert (
        desk.arrives(b"From: a@b.example\r\n" + b"X: y\r\n" * 1200 + b"\r\nWords") == "quarantine"
    )
    desk.discards()
    digest(desk, "2020-12-09")
    words = digest(desk, "2020-12-10").words
    assert "could not be read; a request would have to be answered by" in words


def test_a_request_that_was_withdrawn_says_that_it_is_closed(desk: Office) -> None:
    desk.asks()
    acknowledged, notice = desk.one_for(SAM), desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, "withdrawn") == "command"
    desk.discards()
    writes(desk, acknowledged, "I have changed my mind. Please go on with it.")
    words = digest(desk, "2020-12-15").words
    assert "on 000001/20, which is closed; a request would have to be answered by" in words
    assert "clock review" not in words


def test_who_may_not_read_the_case_hears_of_a_message_and_no_more(desk: Office) -> None:
    letter = answered(desk)
    told = writes(desk, letter, REVIEW)
    assert desk.orders(JANE, told, "restrict Jane Orange, Ruth Rose: sensitive") == "command", (
        desk.one_for(JANE).text
    )
    desk.discards()
    desk.at("2020-12-15 08:01")
    assert (
        "m4: a message about 000001/20, which is not open to you"
        in desk.one_for(TOM, "digest").words
    )
    desk.discards()


def test_the_first_digest_of_an_office_tells_of_all_that_came_before_it(desk: Office) -> None:
    """A request that a filter put into Junk on Friday evening has been received on Friday (T-26)."""
    desk.clock.set(datetime(2020, 12, 11, 18, 30, tzinfo=UTC))
    raw = request(
        SAM,
        MAILBOX,
        "A question",
        "How many bicycles?",
        desk.clock.now(),
        message_id="<j1@citizens.example>",
    )
    desk.stores(desk.border(raw, SAM.address), folder="Junk")
    desk.settles()
    assert "it was found in the folder Junk" in digest(desk, "2020-12-14").words
