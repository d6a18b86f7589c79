"""The chain gives back what was recorded, numbered without a gap, whatever people typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import StatementError

from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.stored import KINDS
from foibot.store.database import write
from foibot.store.ledger import Happened
from foibot.store.tables import events
from foibot.store.transaction import Store
from tests.case.case_files import JANE, REFERENCE, TOM, example, received
from tests.store.store_tools import NONCE, NOW, append, later, open_case


def test_every_kind_comes_back_as_it_was_recorded(store: Store) -> None:
    with store.transaction() as tx:
        recorded = append(tx, *(example(kind) for kind in KINDS.values()))
    with store.view() as tx:
        assert list(tx.ledger.all()) == recorded
        assert list(tx.ledger.breaks()) == []
    assert [one.seq for one in recorded] == list(range(1, len(KINDS) + 1))


def test_who_when_and_why_are_kept(store: Store) -> None:
    with store.transaction() as tx:
        happened = [Happened(le.Stopped(1), REFERENCE, TOM, "stop"), Happened(e.Noted("x"), "", JANE, "")]  # fmt: skip
        tx.ledger.append(happened, later(microseconds=1), NONCE)
    with store.view() as tx:
        first, second = tx.ledger.all()
        assert (first.at, first.case, first.by, first.cause) == (later(microseconds=1), REFERENCE, TOM, "stop")  # fmt: skip
        assert (second.case, second.by, second.event) == ("", JANE, e.Noted("x"))
        assert tx.ledger.of_case(REFERENCE) == [first]
        assert tx.ledger.of_case("000043/20") == []
        assert tx.ledger.references() == [REFERENCE]


def test_nothing_happened_is_not_recorded(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.ledger.append([], NOW, NONCE) == []
        assert list(tx.ledger.all()) == []


def test_a_moment_is_kept_in_utc_wherever_it_was_taken(store: Store) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))
    with store.transaction() as tx:
        [recorded] = tx.ledger.append([Happened(le.Stopped(1), "", JANE, "")], there, NONCE)
    assert (recorded.at, recorded.at.tzinfo) == (NOW, UTC)
    with store.view() as tx:
        assert list(tx.ledger.breaks()) == []
        assert list(tx.ledger.all()) == [recorded]


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with store.transaction() as tx:
        with pytest.raises(StatementError, match="without a time zone"):
            tx.switches.set("x", "y", naive)
        with pytest.raises(ValueError, match="without a time zone"):
            tx.ledger.append([Happened(le.Stopped(1), "", JANE, "")], naive, NONCE)


def test_moments_sort_as_text(store: Store) -> None:
    moments = [datetime(year, 1, 1, tzinfo=UTC) for year in (999, 1970, 2020)]
    moments += [later(microseconds=n) for n in (0, 1, 999_999)]
    with store.transaction() as tx:
        for moment in reversed(moments):
            tx.ledger.append([Happened(le.Stopped(1), "", JANE, "")], moment, NONCE)
    with store.view() as tx:
        query = select(events.c.at).order_by(events.c.at)
        assert list(tx._connection.execute(query).scalars()) == moments


HOSTILE = "A\x00B \udc80 \ud83d \U0001f600 " + '"{}\\ \u2028'
KEPT = "A\ufffdB \ufffd \ufffd \U0001f600 " + '"{}\\ \u2028'


def test_whatever_a_stranger_typed_is_kept_and_holds(store: Store) -> None:
    request = received(
        subject=HOSTILE,
        requester_name=HOSTILE,
        request_text=HOSTILE,
        message_id=HOSTILE,
        references=(HOSTILE, "<plain@elsewhere.example>"),
    )
    with store.transaction() as tx:
        happened = [Happened(request, REFERENCE, HOSTILE, HOSTILE)]
        [recorded] = tx.ledger.append(happened, NOW, NONCE)
    with store.view() as tx:
        assert list(tx.ledger.all()) == [recorded]
        assert list(tx.ledger.breaks()) == []
    assert (recorded.by, recorded.cause) == (KEPT, KEPT)
    kept = recorded.event
    assert isinstance(kept, e.Received)
    assert (kept.subject, kept.requester_name, kept.request_text) == (KEPT, KEPT, KEPT)
    assert kept.references == (KEPT, "<plain@elsewhere.example>")


def test_slots_are_kept_in_whole(store: Store) -> None:
    draft = le.Drafted(1, "ncnd", "f" * 64, "f" * 64, ("23(5)",), "a@b.example", (("harm", HOSTILE),))  # fmt: skip
    with store.transaction() as tx:
        [recorded] = append(tx, draft)
    assert recorded.event.slots == (("harm", KEPT),)  # type: ignore[attr-defined]
    with store.view() as tx:
        assert list(tx.ledger.all()) == [recorded]


def test_private_words_are_outside_the_hash_and_cannot_be_guessed(
    store: Store, engine: Engine
) -> None:
    with store.transaction() as tx:
        case = open_case(tx)
        [noted] = append(tx, e.Noted("Sam Smith called."))
        [again] = append(tx, e.Noted("Sam Smith called."))
        assert case.requester.name == "Sam Smith"
    with write(engine) as connection:
        rows = connection.execute(select(events).order_by(events.c.seq)).all()
    for row in rows:
        assert "Sam" not in row.public + row.by + row.cause
        assert "Sam" in row.private
    assert noted.event == again.event
    assert rows[1].private_sha256 != rows[2].private_sha256


def test_an_entry_hangs_on_the_one_before(store: Store) -> None:
    with store.transaction() as tx:
        [first] = append(tx, le.Stopped(1))
        [second] = append(tx, le.Stopped(1))
    assert first.hash != second.hash
    with store.transaction() as tx:
        [third] = append(tx, le.Stopped(1))
    assert third.seq == 3


def test_a_transaction_given_up_leaves_no_trace(store: Store) -> None:
    def given_up() -> None:
        with store.transaction() as tx:
            append(tx, le.Stopped(1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        given_up()
    with store.transaction() as tx:
        [only] = append(tx, le.Stopped(2))
    assert only.seq == 1


def test_a_part_undone_leaves_the_chain_whole(store: Store) -> None:
    def undone(tx: object) -> None:
        with tx.apart():  # type: ignore[attr-defined]
            append(tx, le.Stopped(2))  # type: ignore[arg-type]
            raise ValueError("half way")

    with store.transaction() as tx:
        append(tx, le.Stopped(1))
        with pytest.raises(ValueError, match="half way"):
            undone(tx)
        append(tx, le.Stopped(3))
    with store.view() as tx:
        assert list(tx.ledger.breaks()) == []
        assert [one.event for one in tx.ledger.all()] == [le.Stopped(1), le.Stopped(3)]


@pytest.mark.parametrize("begun", [False, True])
def test_workers_that_record_at_once_make_one_chain(store: Store, *, begun: bool) -> None:
    if begun:
        with store.transaction() as tx:
            append(tx, le.Stopped(1))

    def note(worker: int) -> None:
        for n in range(5):
            with store.transaction() as tx:
                append(tx, e.Noted(f"{worker}, {n}"), case=f"{worker:06}/20")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(note, range(4)))
    with store.view() as tx:
        assert list(tx.ledger.breaks()) == []
        assert len(list(tx.ledger.all())) == 20 + begun
