"""A request like an earlier one, or on a listed topic, is pointed out to officers, and to nobody else."""

from __future__ import annotations

from foibot.demo.correspondent import Person
from foibot.desk.catching_up import catch_up
from foibot.desk.precedent import MARKED, remember
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Mail, Office

ASKED = (
    "How many planned attacks on emergency services and their buildings were stopped in your area "
    "Exampleshire in the last five years?"
)
AGAIN = "Please tell me how many attacks on emergency services buildings were planned and stopped in your area."
EVE = Person("Eve Else", "eve.else@citizens.example")


def first(desk: Office, order: str, who: Person = SAM) -> None:
    """A first case, answered by this order."""
    desk.asks(ASKED, who=who)
    desk.orders(JANE, desk.one_for(JANE), order)
    desk.orders(TOM, desk.one_for(TOM, "draft"), "approve v1")
    desk.later(minutes=11)
    assert desk.case("000001/20").outcome
    desk.discards()
    desk.discards(who)


def second(desk: Office, text: str = AGAIN, who: Person = EVE) -> tuple[Mail, Mail]:
    """A second case: what its requester and what the officer has."""
    desk.asks(text, who=who, subject="A question")
    return desk.one_for(who), desk.one_for(JANE)


def test_a_request_like_one_that_was_answered_ncnd_is_proposed_the_same_answer(
    desk: Office,
) -> None:
    first(desk, ORDER)
    acknowledgement, notice = second(desk)
    assert "Case 000001/20 asked something like it" in notice.words
    assert "emergency, services, buildings" in notice.words
    assert "neither confirmed nor denied on 23(5), 24(2), 31(3)(a)" in notice.words
    assert '"ncnd 23(5) 24(2) 31(3)(a)"' in notice.words
    assert "000001/20" not in acknowledgement.text
    assert "confirm" not in acknowledgement.words


def test_the_answer_to_the_same_request_is_the_same_to_the_byte(desk: Office) -> None:
    """Reference, name, address and date apart; what is known besides shows nowhere (N-13)."""
    first(desk, ORDER)
    earlier = _letter(desk, "000001/20")
    _, notice = second(desk, ASKED)
    desk.orders(JANE, notice, "topic emergencies: emergency services, planned attack")
    desk.discards()
    desk.orders(JANE, notice, ORDER)
    desk.discards()
    later = _letter(desk, "000002/20").replace("000002/20", "000001/20").replace("Eve Else", "Sam Smith")  # fmt: skip
    assert later == earlier


def _letter(desk: Office, reference: str) -> str:
    with desk.store.view() as tx:
        found = tx.letters.find(reference, 1)
    assert found
    return found.subject + found.text + found.html


def test_a_listed_topic_is_recognised_in_the_next_request_and_only_by_officers(
    desk: Office,
) -> None:
    desk.asks(ASKED)
    notice = desk.one_for(JANE)
    order = "topic emergencies: emergency services, planned attack"
    assert desk.orders(JANE, notice, order) == "command"
    assert "holds one of the phrases" in desk.one_for(JANE).words
    desk.discards()
    acknowledgement, notice = second(desk, "Which emergency service premises are closed at night?")
    assert "on the topic “emergencies”" in notice.words
    assert "emergencies" not in acknowledgement.text
    assert desk.orders(JANE, notice, "topic") == "command"
    assert "emergencies: emergency services, planned attack" in desk.one_for(JANE).words
    assert desk.orders(JANE, notice, "topic emergencies: off: it is public now") == "command"
    desk.discards()
    with desk.store.view() as tx:
        assert tx.topics.every() == []


def test_a_departure_from_a_topic_needs_a_reason_and_a_second_person(desk: Office) -> None:
    desk.asks(ASKED)
    desk.orders(JANE, desk.one_for(JANE), "topic emergencies: emergency services")
    desk.discards()
    _, notice = second(desk)
    desk.orders(
        JANE,
        notice,
        "fee 12.50\nCopying 125 pages at 10p each: £12.50.\npayment:\nBy card on 01632 960001.",
    )
    draft = desk.one_for(JANE, "draft")
    assert "N-11: Requests on the topic “emergencies” are always" in draft.words
    assert 'Reply "accept N-11 v1: your reason"' in draft.words
    accepted = "accept N-11 v1: the files are on fire stations, not on attacks"
    desk.discards()
    assert desk.orders(JANE, draft, accepted) == "command"
    # A fees notice needs no second person; one that departs from the register does.
    own = desk.one_for(JANE, "draft")
    assert "approve v1" not in own.words
    assert desk.orders(JANE, own, "approve v1") == "command-refused"
    assert 'Reply "approve v1"' in desk.one_for(RUTH, "draft").words
    desk.discards()
    desk.discards(EVE)


def test_cases_from_before_the_marks_are_found_once_they_are_caught_up_with(desk: Office) -> None:
    desk.asks(ASKED)
    desk.discards()
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM likenesses")
    now = desk.clock.now()
    assert catch_up(desk.store, {MARKED: remember}, [MARKED], now) == 1
    assert catch_up(desk.store, {MARKED: remember}, [MARKED], now) == 0
    _, notice = second(desk)
    assert "Case 000001/20 asked something like it" in notice.words
