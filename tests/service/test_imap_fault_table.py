"""The twelve faults of an IMAP server (mail rules 5.4, G): whatever happens, nothing is lost and nothing doubled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from foibot.config.sections import SentCopy
from foibot.demo.correspondent import Person
from foibot.store.tables import inbox
from tests.office import JANE, ORDER, RUTH, STAFF, TOM, london
from tests.service.fault_town import FaultTown, at_work, fault_town, soon

EVERYBODY = {one.address: 1 for one in STAFF}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FaultTown]:
    with fault_town(tmp_path) as built:
        yield built


@pytest.mark.parametrize("fault", ["EOF in IDLE", "BYE in IDLE"])
def test_g4_a_connection_that_dies_in_idle_is_made_again_without_spinning(
    town: FaultTown, fault: str
) -> None:
    """Faults 1 and 2: the library answers at once and for ever after an EOF (imapclient #565)."""
    town.imap.fault, town.imap.times = fault, 1
    with at_work(town):
        soon(lambda: town.imap.times == 0 and town.imap.idling.is_set())
        people = town.asks()
        soon(town.acknowledged)
        assert town.imap.seen["connections"] <= 3
        assert town.imap.seen["IDLE"] <= 3
        assert town.imap.seen["UID SEARCH"] <= 8
    town.is_whole(*people)


def test_g4_a_server_that_does_not_answer_done_is_left(town: FaultTown) -> None:
    """Fault 3: `idle_done` would hang until the read limit, which is short here."""
    town.imap.fault, town.imap.times = "silent DONE", 1
    with at_work(town):
        soon(town.imap.idling.is_set)
        people = town.asks()
        soon(town.acknowledged)
    assert town.imap.times == 0
    town.is_whole(*people)


@pytest.mark.parametrize("fault", ["flags only", "nothing from FETCH"])
def test_g5_a_mail_without_a_body_is_asked_for_again(town: FaultTown, fault: str) -> None:
    """Faults 4 and 5, for two looks: the third brings it, and nobody is told of anything."""
    people = town.asks()
    town.imap.fault, town.imap.times = fault, 2
    for _ in range(3):
        assert town.turn() == ""
    town.is_whole(*people)
    assert town.noticed("could not be fetched") == Counter()


@pytest.mark.parametrize("fault", ["flags only", "nothing from FETCH"])
def test_g5_a_mail_that_never_comes_is_told_of_and_holds_back_no_other(
    town: FaultTown, fault: str
) -> None:
    town.asks()
    town.imap.fault = fault
    for _ in range(4):
        assert town.turn() == ""
    assert town.noticed("could not be fetched") == EVERYBODY
    town.imap.fault = ""
    people = town.asks()
    for _ in range(3):
        town.turn()
    assert town.acknowledged() == Counter(people)
    assert town.noticed("could not be fetched") == EVERYBODY

    town.clock.set(london("2020-12-09 06:00"))
    town.turn()
    town.is_whole(*people, "sam1@citizens.example")


def test_g7_a_renumbered_folder_is_read_again_and_nothing_is_done_twice(town: FaultTown) -> None:
    """Fault 6, with every kind of mail: with and without a Message-ID, an order, one that cannot be read."""
    people = town.asks(2)
    nameless = town.question(Person("Olive", "olive@citizens.example"))
    nameless = b"".join(one for one in nameless.splitlines(True) if b"Message-ID" not in one)
    town.imap.deliver(nameless)
    town.imap.deliver(
        b"From: a@b.example\r\nSubject: parts\r\n" + b"X-A: b\r\n" * 3000 + b"\r\nHi\r\n"
    )
    town.turn()
    town.orders(JANE, town.notice_for(JANE, "new-case"), ORDER)
    before = town.rows()
    assert sorted(before.values()) == ["command", "quarantine", "request", "request", "request"]
    told = len(town.smtp.mails)

    town.imap.renumber()
    assert "broke off" in town.turn()
    town.turn()

    again = {key: what for key, what in town.rows().items() if key[0] == 2}
    assert list(again.values()) == ["duplicate"] * 5
    assert town.noticed("A folder was renumbered") == {RUTH.address: 1}
    assert len(town.smtp.mails) == told + 1
    later = town.asks()
    town.turn()
    town.is_whole(*people, "olive@citizens.example", *later)


def test_another_server_with_the_same_numbers_is_read_from_its_first_mail(town: FaultTown) -> None:
    """A mailbox that moves within one provider often keeps its UIDVALIDITY, and its mails get numbers that were used."""
    town.service.enter_mailbox()
    people = town.asks(3)
    town.turn()
    town.service.enter_mailbox()
    town.turn()
    assert town.noticed("A folder was renumbered") == {}

    kept = town.imap.mails[3]
    town.imap.mails.clear()
    town.imap.next_uid = 1
    town.imap.deliver(kept)  # of what was there, one mail moved too
    later = town.asks(2)
    town.service._mailbox.read_at = "foi@imap.new.example"
    town.service.enter_mailbox()
    town.turn()
    assert town.acknowledged() == Counter([*people, *later])
    assert town.noticed("A folder was renumbered") == {RUTH.address: 1}
    assert sorted(town.rows().values()) == ["duplicate", *["request"] * 5]
    with at_work(town):
        soon(town.imap.idling.is_set)
        more = town.asks()
        soon(lambda: more[0] in town.acknowledged())
    assert town.service._mailbox.epoch == 1, "it is the same one still"


def test_g14_the_last_mail_named_by_a_star_search_is_not_new(town: FaultTown) -> None:
    """Fault 7."""
    people = town.asks(3)
    for _ in range(3):
        town.turn()
    assert town.imap.seen["UID SEARCH"] >= 3
    assert town.imap.seen["UID FETCH"] == 2, "one for the sizes, one for the bodies"
    town.is_whole(*people)


@pytest.mark.parametrize("verb", ["EXAMINE", "UID SEARCH", "UID FETCH", "NOOP", "AUTHENTICATE"])
def test_g8_a_throttled_mailbox_is_left_alone_for_as_long_as_it_asks(
    town: FaultTown, verb: str
) -> None:
    """Fault 8: Exchange Online says for how many milliseconds."""
    people = town.asks(2)
    town.imap.fault, town.imap.times = f"throttle {verb}", 1
    assert town.turn() == "The IMAP server asks to be left alone for 330 seconds."
    assert town.turn() == ""
    town.is_whole(*people)


def test_g8_the_service_waits_and_sends_meanwhile(town: FaultTown) -> None:
    people = town.asks()
    town.service.poll()
    town.imap.fault = "throttle EXAMINE"
    with at_work(town):
        soon(town.acknowledged)
        soon(lambda: town.imap.seen["fault throttle EXAMINE"])
        seen = town.imap.seen["connections"]
    assert town.imap.seen["connections"] == seen <= 2, "nobody knocks again before the time is over"
    town.is_whole(*people)


@pytest.mark.parametrize("verb", ["EXAMINE", "UID SEARCH", "UID FETCH", "NOOP"])
def test_g9_a_login_that_ran_out_is_made_again(town: FaultTown, verb: str) -> None:
    """`BAD User is authenticated but not connected`, as Exchange says when an access token ends."""
    people = town.asks(2)
    town.imap.fault, town.imap.times = f"not connected {verb}", 1
    assert "not connected" in town.turn()
    assert town.turn() == ""
    assert town.imap.seen["connections"] == 2
    town.is_whole(*people)


def test_c8_a_mail_of_200_megabytes_is_laid_before_an_officer_and_holds_back_no_other(
    town: FaultTown,
) -> None:
    """Fault 9: only its first 64 KiB are asked for, and those are what the server sends."""
    big = town.question(Person("Big", "big@citizens.example")) + b"A" * 100_000
    uid = town.imap.deliver(big, size=200_000_000)
    people = town.asks(2)
    town.turn()
    # What came of it is enough to see who asks, and to acknowledge it.
    assert town.rows()[1, uid] == "request"
    assert town.acknowledged() == Counter([*people, "big@citizens.example"])
    assert town.noticed("New request") == {JANE.address: 3}
    with town.service.engine.connect() as connection:
        kept = connection.execute(inbox.select().where(inbox.c.uid == uid)).one()
    assert (len(kept.raw), kept.truncated) == (65_536, True)
    told = [raw for _, _, raw in town.smtp.mails if b"larger than the limit" in raw]
    assert len(told) == 1
    town.is_whole(*people, "big@citizens.example")


@pytest.mark.parametrize("many", [1, 3])
def test_a_disconnect_in_the_middle_of_a_literal_costs_nothing(town: FaultTown, many: int) -> None:
    """Fault 10."""
    people = town.asks(many)
    town.imap.fault, town.imap.times = "cut in a literal", 2
    assert "broke off" in town.turn()
    assert "broke off" in town.turn()
    assert town.turn() == ""
    town.is_whole(*people)


@pytest.mark.parametrize(
    "verb", ["EXAMINE", "UID SEARCH", "UID FETCH", "NOOP", "CAPABILITY", "LIST"]
)
def test_a_disconnect_at_any_verb_costs_nothing(town: FaultTown, verb: str) -> None:
    people = town.asks(3)
    town.imap.fault, town.imap.times = f"cut {verb}", 1
    assert town.turn() != ""
    assert town.turn() == ""
    town.is_whole(*people)


def test_g10_a_mail_that_somebody_moves_before_it_is_fetched_is_told_of(town: FaultTown) -> None:
    """Fault 11: it may be a request, and foibot has nothing of it."""
    people = town.asks(3)
    town.imap.fault, town.imap.times = "moved before FETCH", 1
    for _ in range(4):
        assert town.turn() == ""
    assert list(town.imap.mails) == [2, 3]
    town.is_whole(*people[1:])
    assert town.noticed("could not be fetched") == EVERYBODY

    back = town.question(Person("Sam Smith", people[0]))
    town.imap.deliver(back)
    town.turn()
    town.is_whole(*people)


def test_f14_a_copy_that_the_server_refuses_is_tried_again_and_holds_back_nothing(
    tmp_path: Path,
) -> None:
    """Fault 12: the letter left; only its copy waits, and there is one in the end."""
    with fault_town(tmp_path, sent=SentCopy.ALWAYS) as town:
        [who] = town.asks()
        town.turn()
        notice = town.notice_for(JANE, "new-case")
        town.orders(JANE, notice, ORDER)
        town.orders(TOM, town.notice_for(TOM, "draft"), "approve v1")
        town.clock.advance(timedelta(minutes=11))
        town.turn()
        assert town.letters() == Counter([who])

        town.imap.fault, town.imap.times = "APPEND refused", 2
        for copies in (0, 0, 1, 1):
            town.service.copy_to_sent()
            assert len(town.imap.sent) == copies
        assert b".letter." in town.imap.sent[0]
        town.is_whole(who)


def test_g2_whoever_reads_the_mailbox_too_takes_nothing_from_foibot(town: FaultTown) -> None:
    """Flags are not the queue: the searches ask for numbers, and nothing is marked."""
    people = town.asks(2)
    town.turn()
    assert not {"STORE", "UID STORE", "EXPUNGE", "SELECT", "UID MOVE", "UID COPY"} & set(
        town.imap.seen
    )
    town.is_whole(*people)
