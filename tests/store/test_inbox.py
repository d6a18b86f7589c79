"""Every message shown by the server has one row, its bytes as they came, and one disposition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, update

from foibot.store.database import write
from foibot.store.inbox import FolderMark
from foibot.store.tables import inbox
from foibot.store.transaction import Store
from tests.case.case_files import RECEIVED_AT, REFERENCE
from tests.store.store_tools import NOW, SAM, arrived, digest, later, settled

ANY_BYTES = bytes(range(256)) * 4


def keep(store: Store, count: int) -> None:
    with store.transaction() as tx:
        mails = [arrived(uid, b"message %d" % uid) for uid in range(1, count + 1)]
        assert tx.inbox.keep(mails, NOW) == count


def test_bytes_are_kept_as_they_came(store: Store) -> None:
    """Mail rule C6."""
    with store.transaction() as tx:
        tx.inbox.keep([arrived(7, ANY_BYTES, folder="Anfragen/Ämter", truncated=True)], NOW)
        [waiting] = tx.inbox.waiting(10, 10_000)
    assert waiting.raw == ANY_BYTES
    assert waiting.raw_sha256 == digest(ANY_BYTES)
    assert (waiting.folder, waiting.truncated) == ("Anfragen/Ämter", True)
    assert (waiting.arrived_at, waiting.attempts) == (RECEIVED_AT, 0)


def test_a_message_shown_again_is_not_kept_again(store: Store) -> None:
    keep(store, 2)
    with store.transaction() as tx:
        assert tx.inbox.keep([arrived(2), arrived(3), arrived(3)], NOW) == 1
        assert tx.inbox.keep([], NOW) == 0
        # The same number in another folder, or after the server counted anew, is another message.
        others = [arrived(1, folder="Junk"), arrived(1, uidvalidity=2)]
        assert tx.inbox.keep(others, NOW) == 2
        assert len(tx.inbox.waiting(10, 10_000)) == 5


def test_the_oldest_wait_first_within_number_and_size(store: Store) -> None:
    keep(store, 5)
    with store.transaction() as tx:
        assert [one.id for one in tx.inbox.waiting(3, 10_000)] == [1, 2, 3]
        assert [one.id for one in tx.inbox.waiting(10, 15)] == [1, 2]  # 9 bytes each
        assert [one.id for one in tx.inbox.waiting(10, 1)] == [1]  # the largest is not stuck
        tx.inbox.settle(settled(1))
        assert [one.id for one in tx.inbox.waiting(2, 10_000)] == [2, 3]


def test_cases_that_are_to_be_shown_come_within_number_and_size(store: Store) -> None:
    keep(store, 5)
    with store.transaction() as tx:
        for number in (1, 2, 3):
            tx.inbox.settle(settled(number), told=False)
        tx.inbox.settle(settled(4))
        assert [one.id for one, _ in tx.inbox.untold(2, 10_000)] == [1, 2]
        assert [one.id for one, _ in tx.inbox.untold(10, 15)] == [1, 2]  # 9 bytes each
        tx.inbox.mark_told(1)
        assert [one.id for one, _ in tx.inbox.untold(10, 10_000)] == [2, 3]


def test_attempts_are_counted(store: Store) -> None:
    keep(store, 1)
    with store.transaction() as tx:
        tx.inbox.count_attempt(1)
        tx.inbox.count_attempt(1)
        assert tx.inbox.waiting(1, 1)[0].attempts == 2


def test_how_far_a_folder_was_read(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.inbox.mark("INBOX") is None
        tx.inbox.set_mark("INBOX", FolderMark(1, 10))
        tx.inbox.set_mark("INBOX", FolderMark(2**32 - 1, 2**32))
        tx.inbox.set_mark("Junk", FolderMark(3, 4))
        assert tx.inbox.mark("INBOX") == FolderMark(2**32 - 1, 2**32)


@pytest.fixture
def three(store: Store) -> Store:
    """A request, a reply on its case, and a stray one; all settled, from the same person."""
    keep(store, 4)
    with store.transaction() as tx:
        tx.inbox.settle(settled(1, case_ref=REFERENCE, disposition="request"))
        tx.inbox.settle(settled(2, case_ref=REFERENCE, disposition="followup"))
        tx.inbox.settle(settled(3, disposition="auto"))
    return store


def test_a_twin_has_the_same_id_text_and_sender(three: Store) -> None:
    """Mail rules D1, D2."""
    first = settled(1)
    with three.view() as tx:
        found = tx.inbox.twins(9, first.message_id, first.body_hash, SAM)
        assert found == [("request", "")]
        others = [
            (1, first.message_id, first.body_hash, SAM),  # itself
            (9, first.message_id, settled(2).body_hash, SAM),
            (9, "<m4@elsewhere.example>", first.body_hash, SAM),
            (9, "", first.body_hash, SAM),
            (9, first.message_id, first.body_hash, "else@elsewhere.example"),
        ]
        assert [tx.inbox.twins(*one) for one in others] == [[]] * 5


def test_each_thing_that_twins_were_taken_for_is_told_once(three: Store) -> None:
    first = settled(1)
    with three.transaction() as tx:
        for row in (3, 4):
            alike = settled(row, message_id=first.message_id, body_hash=first.body_hash)
            tx.inbox.settle(replace(alike, disposition="auto"))
        found = tx.inbox.twins(9, first.message_id, first.body_hash, SAM)
        assert sorted(found) == [("auto", ""), ("request", "")]


def test_messages_without_an_id_are_no_twins(three: Store) -> None:
    """Mail rule C4."""
    with three.transaction() as tx:
        tx.inbox.settle(settled(4, message_id=""))
        assert tx.inbox.twins(9, "", settled(4).body_hash, SAM) == []


def test_the_same_text_again_belongs_to_the_first_case(three: Store) -> None:
    first = settled(1)
    with three.view() as tx:
        assert tx.inbox.same_text(SAM, first.body_hash, RECEIVED_AT) == REFERENCE
        assert tx.inbox.same_text(SAM, first.body_hash, later(days=1)) == ""
        assert tx.inbox.same_text("else@elsewhere.example", first.body_hash, RECEIVED_AT) == ""
        assert tx.inbox.same_text(SAM, settled(3).body_hash, RECEIVED_AT) == ""  # on no case


def test_a_case_is_found_by_any_message_of_its_thread(three: Store) -> None:
    with three.transaction() as tx:
        assert tx.inbox.cases_of(["<x@elsewhere.example>", settled(2).message_id]) == [REFERENCE]
        assert tx.inbox.cases_of([settled(3).message_id]) == []
        assert tx.inbox.cases_of([]) == []
        tx.inbox.settle(settled(4, case_ref="000043/20", message_id=settled(1).message_id))
        reused = [settled(1).message_id, settled(2).message_id]
        assert tx.inbox.cases_of(reused) == ["000043/20", REFERENCE]  # the newest first
        assert tx.inbox.cases_of(reused[1:]) == [REFERENCE]


def test_a_digest_lists_what_came_since(three: Store) -> None:
    with three.transaction() as tx:
        assert tx.inbox.listed_since(NOW, ["auto", "followup"]) == [
            settled(2, case_ref=REFERENCE, disposition="followup"),
            settled(3, disposition="auto"),
        ]
        assert tx.inbox.listed_since(later(seconds=1), ["auto"]) == []
        assert tx.inbox.listed_since(NOW, []) == []


def test_settled_messages_are_told_with_their_digest(three: Store) -> None:
    with three.view() as tx:
        told = [(digest, one) for digest, _, one in tx.inbox.settled()]
    assert [(what, one.id, one.disposition) for what, one in told] == [
        (digest(b"message 1"), 1, "request"),
        (digest(b"message 2"), 2, "followup"),
        (digest(b"message 3"), 3, "auto"),
    ]


def test_the_raw_messages_of_a_case_come_in_their_order(three: Store) -> None:
    with three.view() as tx:
        assert list(tx.inbox.raws_of(REFERENCE)) == [b"message 1", b"message 2"]
        assert list(tx.inbox.raws_of("000043/20")) == []


def test_changed_bytes_are_seen(three: Store, engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(update(inbox).where(inbox.c.id == 2).values(raw=b"message 9"))
    with three.view() as tx:
        assert [one.split(":")[0] for one in tx.inbox.damaged()] == ["message 2 in the inbox was changed"]  # fmt: skip
