"""Every outgoing mail is a row first, leaves by one claim, and ends in one state."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import IntegrityError

from foibot.outbox.item import ItemState, Kind
from foibot.store.database import write
from foibot.store.outbox import Result
from foibot.store.outgoing import Outgoing
from foibot.store.tables import outbox
from foibot.store.transaction import Store
from tests.case.case_files import REFERENCE
from tests.store.store_tools import NOW, SAM, later, new_mail

S = ItemState


def add(store: Store, *mails: object) -> None:
    with store.transaction() as tx:
        tx.outbox.add(mails, NOW)  # type: ignore[arg-type]


def only(store: Store) -> Outgoing:
    with store.view() as tx:
        [mail] = tx.outbox.every()
        return mail


def result(state: ItemState, number: int = 1, **changes: object) -> Result:
    facts: dict[str, object] = {"not_before": None, "repeat": False, "code": 250, "answer": "ok"}
    return Result(number, state, **{**facts, **changes})  # type: ignore[arg-type]


def test_a_mail_is_kept_as_it_was_written(store: Store) -> None:
    add(store, new_mail(1, version=3, bounce_token="b1", subject_key="k"))
    mail = only(store)
    assert mail.state is S.QUEUED
    assert mail.kind is Kind.NOTICE
    assert (mail.case_ref, mail.version, mail.recipient) == (REFERENCE, 3, new_mail().recipient)
    assert (mail.tries, mail.repeats, mail.code, mail.answer) == (0, 0, 0, "")
    assert (mail.written_at, mail.not_before) == (NOW, NOW)
    assert (mail.dated_at, mail.tried_at) == (None, None)
    with store.view() as tx:
        assert tx.outbox.raw_of(mail.id) == new_mail(1).raw
        assert tx.outbox.intact([mail.id]) == {mail.id: new_mail(1).raw}
        assert tx.outbox.find(mail.id) == mail
        assert tx.outbox.find(mail.id + 1) is None
        assert list(tx.outbox.damaged()) == []


def test_nothing_to_add_adds_nothing(store: Store) -> None:
    add(store)
    with store.view() as tx:
        assert list(tx.outbox.every()) == []


@pytest.mark.parametrize("same", ["once", "message_id"])
def test_the_same_mail_twice_is_refused_by_the_database(store: Store, same: str) -> None:
    add(store, new_mail(1))
    twin = new_mail(2, **{same: getattr(new_mail(1), same)})
    with pytest.raises(IntegrityError):
        add(store, twin)
    assert only(store).message_id == new_mail(1).message_id


def test_what_was_written_once_is_known(store: Store) -> None:
    add(store, new_mail(1))
    with store.view() as tx:
        assert tx.outbox.has("key 1")
        assert not tx.outbox.has("key 2")


def test_changed_bytes_are_seen(store: Store, engine: Engine) -> None:
    add(store, new_mail(1))
    with write(engine) as connection:
        connection.execute(update(outbox).values(raw=b"Subject: other\n\n"))
    with store.view() as tx:
        assert tx.outbox.intact([only(store).id]) == {}
        assert [one.split(":")[0] for one in tx.outbox.damaged()] == ["mail 1 in the outbox was changed"]  # fmt: skip


def test_an_approved_letter_waits_for_the_end_of_its_undo_window(store: Store) -> None:
    add(
        store,
        new_mail(1, kind=Kind.LETTER, state=S.APPROVED, not_before=later(minutes=10)),
        new_mail(2, kind=Kind.LETTER, state=S.DRAFT),
    )
    with store.transaction() as tx:
        assert tx.outbox.promote(later(minutes=9)) == 0
        assert tx.outbox.promote(later(minutes=10)) == 1
        assert tx.outbox.promote(later(minutes=11)) == 0
        assert [mail.id for mail in tx.outbox.in_state(S.QUEUED)] == [1]
        assert [mail.id for mail in tx.outbox.in_state(S.DRAFT, S.QUEUED)] == [1, 2]


def test_what_the_public_waits_for_leaves_first(store: Store) -> None:
    kinds = [Kind.DIGEST, Kind.NOTICE, Kind.LETTER, Kind.ACKNOWLEDGEMENT, Kind.NOTICE]
    add(store, *(new_mail(n, kind=kind) for n, kind in enumerate(kinds, start=1)))
    add(store, new_mail(6, kind=Kind.ACKNOWLEDGEMENT, not_before=later(minutes=1)))
    add(store, new_mail(7, kind=Kind.ACKNOWLEDGEMENT, state=S.HELD))
    with store.transaction() as tx:
        assert [mail.id for mail in tx.outbox.next_batch(NOW, 10)] == [4, 3, 2, 5, 1]
        assert [mail.id for mail in tx.outbox.next_batch(NOW, 2)] == [4, 3]
        assert [mail.id for mail in tx.outbox.next_batch(later(minutes=1), 2)] == [4, 6]


def test_a_claim_is_marked_before_anything_is_sent(store: Store) -> None:
    add(store, new_mail(1), new_mail(2))
    with store.transaction() as tx:
        [claimed] = tx.outbox.claim(tx.outbox.intact([1]), later(minutes=1))
    assert claimed.raw == new_mail(1).raw
    assert claimed.dated_at == later(minutes=1)
    assert (claimed.mail.state, claimed.mail.tries) == (S.SENDING, 1)
    with store.view() as tx:
        assert tx.outbox.find(1) == claimed.mail
        assert tx.outbox.find(2).state is S.QUEUED  # type: ignore[union-attr]


def test_every_try_carries_the_first_date(store: Store) -> None:
    add(store, new_mail(1))
    for minutes in (1, 9):
        with store.transaction() as tx:
            [claimed] = tx.outbox.claim(tx.outbox.intact([1]), later(minutes=minutes))
            tx.outbox.settle([result(S.QUEUED, not_before=NOW)], later(minutes=minutes))
    assert claimed.dated_at == later(minutes=1)
    assert (claimed.mail.tried_at, claimed.mail.tries) == (later(minutes=9), 2)


@pytest.mark.parametrize("state", [state for state in S if state is not S.QUEUED])
def test_only_a_queued_mail_can_be_claimed(store: Store, state: ItemState) -> None:
    add(store, new_mail(1, state=state))
    with store.transaction() as tx:
        assert tx.outbox.claim(tx.outbox.intact([1]), NOW) == []
        assert tx.outbox.claim(tx.outbox.intact([]), NOW) == []
    assert (only(store).state, only(store).tries) == (state, 0)


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        (result(S.SENT), True),
        (result(S.REFUSED, code=550), True),
        (result(S.UNCERTAIN, code=0), True),
        (result(S.DROPPED), True),
        (result(S.QUEUED, code=451, not_before=later(minutes=5)), False),
    ],
)
def test_what_an_attempt_came_to(store: Store, engine: Engine, given: Result, *, ends: bool) -> None:  # fmt: skip
    add(store, new_mail(1))
    with store.transaction() as tx:
        tx.outbox.claim(tx.outbox.intact([1]), NOW)
        tx.outbox.settle([given], later(minutes=1))
        kept = tx._connection.execute(outbox.select()).one()
    assert (kept.state, kept.code, kept.answer) == (given.state, given.code, "ok")
    assert kept.settled_at == (later(minutes=1) if ends else None)
    assert kept.not_before == (given.not_before or NOW)
    assert (kept.tries, kept.repeats) == (1, 0)


def test_a_repeat_is_counted_and_a_line_that_was_down_is_not(store: Store) -> None:
    add(store, new_mail(1))
    with store.transaction() as tx:
        tx.outbox.claim(tx.outbox.intact([1]), NOW)
        tx.outbox.settle([result(S.QUEUED, not_before=NOW, repeat=True)], NOW)
        tx.outbox.claim(tx.outbox.intact([1]), NOW)
        tx.outbox.settle([result(S.QUEUED, not_before=NOW, counts=False)], NOW)
    assert (only(store).tries, only(store).repeats) == (1, 1)


def test_a_change_happens_only_from_the_state_it_was_decided_in(store: Store) -> None:
    add(store, new_mail(1, state=S.APPROVED))
    with store.transaction() as tx:
        assert not tx.outbox.change(1, [S.DRAFT, S.QUEUED], S.HELD)
        assert tx.outbox.change(1, [S.DRAFT, S.APPROVED], S.DRAFT)
        assert not tx.outbox.change(2, [S.DRAFT], S.HELD)
    assert (only(store).state, only(store).not_before) == (S.DRAFT, NOW)
    with store.transaction() as tx:
        assert tx.outbox.change(1, [S.DRAFT], S.APPROVED, later(hours=1))
    assert only(store).not_before == later(hours=1)


def test_a_letter_is_found_by_its_case_and_version(store: Store) -> None:
    add(store, new_mail(1, kind=Kind.LETTER, version=1), new_mail(2, version=2), new_mail(3, case_ref=""))  # fmt: skip
    with store.view() as tx:
        assert tx.outbox.letter(REFERENCE, 1) == tx.outbox.find(1)
        assert tx.outbox.letter(REFERENCE, 2) is None  # a notice about version 2
        assert tx.outbox.letter("000043/20", 1) is None
        assert [mail.id for mail in tx.outbox.of_case(REFERENCE)] == [1, 2]


def test_only_letters_that_were_sent_want_a_copy(store: Store) -> None:
    letter = {"kind": Kind.LETTER}
    add(store, new_mail(1, **letter), new_mail(2, **letter), new_mail(3), new_mail(4, **letter))
    with store.transaction() as tx:
        tx.outbox.claim(tx.outbox.intact([1, 2, 3, 4]), NOW)
        tx.outbox.settle([result(S.SENT, n) for n in (1, 2, 3)], NOW)
        tx.outbox.settle([result(S.REFUSED, 4)], NOW)
        assert [mail.id for mail in tx.outbox.not_in_sent(NOW)] == [1, 2]
        assert tx.outbox.not_in_sent(later(seconds=-1)) == []
        tx.outbox.mark_in_sent(1)
        assert [mail.id for mail in tx.outbox.not_in_sent(NOW)] == [2]


def test_our_own_mail_is_recognised(store: Store) -> None:
    add(store, new_mail(1, bounce_token="b1"), new_mail(2), new_mail(3, bounce_token="b3"))  # fmt: skip
    with store.view() as tx:
        ids = [new_mail(2).message_id, "<other@elsewhere.example>", "<bad\x00\udc80id@x>"]
        assert [mail.id for mail in tx.outbox.by_message_ids(ids)] == [2]
        assert tx.outbox.by_message_ids([]) == []
        assert [mail.id for mail in tx.outbox.by_bounce_tokens(["b1", "b2", ""])] == [1]
        assert tx.outbox.by_bounce_tokens([]) == []


def test_acknowledgements_are_counted_by_address_and_time(store: Store) -> None:
    ack = {"kind": Kind.ACKNOWLEDGEMENT, "recipient": SAM}
    add(store, new_mail(1, **ack, subject_key="a"), new_mail(2, **ack, subject_key="b"))
    add(store, new_mail(3, recipient=SAM, subject_key="c"), new_mail(4, kind=ack["kind"]))
    with store.view() as tx:
        assert tx.outbox.acknowledged_since(SAM, NOW) == (2, {"a", "b"})
        assert tx.outbox.acknowledged_since(SAM, later(seconds=1)) == (0, set())
        assert tx.outbox.acknowledged_since("other@elsewhere.example", NOW) == (0, set())


def test_what_was_tried_lately_is_counted(store: Store) -> None:
    add(store, new_mail(1), new_mail(2), new_mail(3))
    with store.transaction() as tx:
        tx.outbox.claim(tx.outbox.intact([1]), NOW)
        tx.outbox.claim(tx.outbox.intact([2]), later(minutes=30))
        assert tx.outbox.tried_since(NOW) == 2
        assert tx.outbox.tried_since(later(minutes=1)) == 1


def test_two_workers_at_once_see_different_mails(postgresql: Engine) -> None:
    store = Store(postgresql)
    add(store, *(new_mail(n) for n in range(1, 7)))
    with ExitStack() as open_at_once:
        first, second = (open_at_once.enter_context(store.transaction()) for _ in range(2))
        seen = [[mail.id for mail in tx.outbox.next_batch(NOW, 4)] for tx in (first, second)]
        assert seen == [[1, 2, 3, 4], [5, 6]]


def test_workers_share_the_work_without_overlap(store: Store) -> None:
    add(store, *(new_mail(n) for n in range(1, 25)))

    def work(_worker: int) -> list[int]:
        mine: list[int] = []
        while True:
            with store.transaction() as tx:
                batch = [mail.id for mail in tx.outbox.next_batch(NOW, 3)]
                claimed = [one.mail.id for one in tx.outbox.claim(tx.outbox.intact(batch), NOW)]
            if not claimed:
                return mine
            mine += claimed

    with ThreadPoolExecutor(4) as pool:
        done = [number for mine in pool.map(work, range(4)) for number in mine]
    assert sorted(done) == list(range(1, 25))
    with store.view() as tx:
        assert {mail.tries for mail in tx.outbox.every()} == {1}


def test_two_who_chose_the_same_mail_do_not_both_get_it(store: Store) -> None:
    """Even a worker that skipped the lock claims nothing that is no longer queued."""
    add(store, new_mail(1))

    def claim(_worker: int) -> int:
        with store.transaction() as tx:
            return len(tx.outbox.claim(tx.outbox.intact([1]), NOW))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(claim, range(4))) == 1
