"""Case files and their numbers: no gap, no number twice, and the row is always what the events leave."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date

import pytest
from sqlalchemy import Engine, delete, event, update

from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import FINISHED, State
from foibot.errors import Bug
from foibot.store.cases import NoSuchCase
from foibot.store.database import write
from foibot.store.tables import cases
from foibot.store.transaction import Store, Transaction
from tests.case.case_files import REFERENCE, TO_REACH, received
from tests.store.store_tools import add_case, append, open_case


def test_numbers_count_from_the_first_in_each_series(store: Store) -> None:
    with store.transaction() as tx:
        assert [tx.cases.next_number("2020", 1) for _ in range(3)] == [1, 2, 3]
        assert [tx.cases.next_number("2021", 500) for _ in range(2)] == [500, 501]
        assert tx.cases.next_number("2020", 1) == 4


class GivenUp(Exception):
    """A transaction that came to nothing."""


def test_numbers_have_no_gap_whatever_fails_meanwhile(store: Store) -> None:
    """Four workers begin a year at once, and every third transaction is given up."""

    def one(attempt: int) -> int:
        with suppress(GivenUp), store.transaction() as tx:
            number = tx.cases.next_number("2020", 1)
            open_case(tx, number)
            if attempt % 3 == 0:
                raise GivenUp
            return number
        return 0

    with ThreadPoolExecutor(4) as pool:
        numbers = [number for number in pool.map(one, range(36)) if number]
    assert sorted(numbers) == list(range(1, 25))
    with store.view() as tx:
        assert list(tx.ledger.breaks()) == []
        assert [recorded.seq for recorded in tx.ledger.all()] == list(range(1, 25))
        assert [case.number for case in tx.cases.every()] == list(range(1, 25))


def test_a_case_is_found_and_locked(store: Store) -> None:
    with store.transaction() as tx:
        case = open_case(tx)
    with store.transaction() as tx:
        assert tx.cases.find(REFERENCE) == case
        assert tx.cases.found(["nobody's", REFERENCE]) == [case]
        assert tx.cases.lock(REFERENCE) == case
        assert tx.cases.find("000043/20") is None
        assert tx.cases.find("0\x00\udc80") is None
        with pytest.raises(NoSuchCase, match="there is no case 000043/20"):
            tx.cases.lock("000043/20")
        assert tx.cases.count() == 1


def move(tx: Transaction, number: int, state: State) -> None:
    case = open_case(tx, number)
    events = TO_REACH[state]
    if events:
        tx.cases.move(case, append(tx, *events, case=case.reference))


@pytest.mark.parametrize("state", State)
def test_a_moved_case_is_kept_as_it_was_folded(store: Store, state: State) -> None:
    with store.transaction() as tx:
        move(tx, 42, state)
    with store.view() as tx:
        case = tx.cases.find(REFERENCE)
        assert case is not None
        assert case.state is state
        assert list(tx.cases.differences(tx.ledger)) == []


def test_a_case_that_somebody_moved_meanwhile_is_not_moved_again(store: Store) -> None:
    with store.transaction() as tx:
        old = open_case(tx)
        tx.cases.move(old, append(tx, e.Noted("first")))
        with pytest.raises(Bug, match="moved by two at once"):
            tx.cases.move(old, append(tx, e.Noted("second")))


def test_two_workers_move_one_case_one_after_the_other(store: Store) -> None:
    with store.transaction() as tx:
        open_case(tx)

    def note(n: int) -> None:
        with store.transaction() as tx:
            case = tx.cases.lock(REFERENCE)
            tx.cases.move(case, append(tx, e.Noted(f"note {n}")))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(note, range(12)))
    with store.view() as tx:
        case = tx.cases.find(REFERENCE)
        assert case is not None
        assert case.revision == 13
        assert list(tx.cases.differences(tx.ledger)) == []


def test_unfinished_cases_come_by_urgency(store: Store) -> None:
    with store.transaction() as tx:
        for number, day in ((1, 14), (2, 12), (3, 13), (4, 12)):
            due = date(2021, 1, day)
            event = received(reference=f"{number:06}/20", number=number, due=due)
            add_case(tx, append(tx, event, case=event.reference)[0])
        for number, state in enumerate(State, start=10):
            move(tx, number, state)
        numbers = [case.number for case in tx.cases.unfinished()]
        running = {number for number, state in enumerate(State, start=10) if state not in FINISHED}
        # A case that waits is due when its question lapses: in the sample that is long before the others.
        assert set(numbers[:-4]) == running
        assert numbers[-4:] == [2, 4, 3, 1]
        soon = tx.cases.unfinished(due_before=date(2021, 1, 13))
        assert {case.number for case in soon} == {*running, 2, 4}


def test_the_unfinished_are_those_that_the_transaction_has_left_unfinished(store: Store) -> None:
    with store.transaction() as tx:
        first, second, third = (open_case(tx, number) for number in (42, 43, 44))
    with store.transaction() as tx:
        assert tx.cases.unfinished() == [first, second, third]
        tx.cases.move(second, append(tx, e.Withdrawn(), case=second.reference))
        moved = tx.cases.move(first, append(tx, e.Noted("x"), case=first.reference))
        assert tx.cases.unfinished() == [moved, third]


def test_a_row_is_written_again_from_its_events(store: Store, engine: Engine) -> None:
    with store.transaction() as tx:
        for number in (1, 2, 3, 4):
            move(tx, number, State.AWAITING_APPROVAL)
    with write(engine) as connection:
        connection.execute(update(cases).where(cases.c.number == 1).values(state="answered"))
        connection.execute(update(cases).where(cases.c.number == 2).values(folded="{"))
        connection.execute(delete(cases).where(cases.c.number == 3))
    with store.transaction() as tx:
        found = list(tx.cases.differences(tx.ledger))
        assert [one[:14] for one in found] == ["case 000001/20", "case 000002/20", "case 000003/20"]
        assert tx.cases.rebuild(tx.ledger) == 3
        assert list(tx.cases.differences(tx.ledger)) == []
        assert tx.cases.rebuild(tx.ledger) == 0
        assert tx.cases.count() == 4


def test_a_row_without_events_is_told_and_left_alone(store: Store) -> None:
    with store.transaction() as tx:
        case = open_case(tx)
        tx.write()
        tx._connection.exec_driver_sql("DELETE FROM events")
        told = f"case {case.reference} has a row but no events"
        assert list(tx.cases.differences(tx.ledger)) == [told]
        assert tx.cases.rebuild(tx.ledger) == 0


def test_events_that_cannot_have_happened_are_told(store: Store) -> None:
    with store.transaction() as tx:
        open_case(tx)
        append(tx, le.Stopped(1))
        [told] = tx.cases.differences(tx.ledger)
    assert told == f"the events of case {REFERENCE} cannot be read: EventOutOfPlace"


def test_a_case_that_somebody_else_moved_is_not_written(store: Store) -> None:
    with store.transaction() as tx:
        case = open_case(tx)
    with suppress(GivenUp), store.transaction() as tx:
        moved = tx.cases.move(case, append(tx, e.Noted("Called.")))
        tx._connection.execute(update(cases).values(revision=9))
        with pytest.raises(Bug, match="moved by two at once"):
            tx.write()
        assert moved.revision == 2
        raise GivenUp


def test_a_part_that_failed_leaves_nothing_to_write(store: Store) -> None:
    with store.transaction() as tx:
        case = open_case(tx)
        with suppress(ZeroDivisionError), tx.apart():
            tx.cases.move(case, append(tx, e.Noted("Called.")))
            raise ZeroDivisionError
        assert tx.cases.find(REFERENCE) == case
    with store.view() as tx:
        assert [type(one.event) for one in tx.ledger.of_case(REFERENCE)] == [e.Received]
        assert list(tx.ledger.breaks()) == []
        assert list(tx.cases.differences(tx.ledger)) == []


def test_what_was_locked_or_moved_is_known_without_another_look(store: Store) -> None:
    with store.transaction() as tx:
        case = open_case(tx)
        tx.write()
        tx.cases.lock_each([REFERENCE, "999999/20", ""])
        with statements(tx) as asked:
            assert tx.cases.find(REFERENCE) == case
            moved = tx.cases.move(case, append(tx, e.Noted("Called.")))
            assert tx.cases.lock(REFERENCE) == moved
            assert asked == []
            tx.cases.lock_each([REFERENCE])
            assert asked == []
        assert tx.cases.find("999999/20") is None
    with store.view() as tx:
        assert tx.cases.find(REFERENCE) == moved


@contextmanager
def statements(tx: Transaction) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(*happening: object) -> None:
        asked.append(str(happening[2]))

    event.listen(tx._connection, "before_cursor_execute", note)
    yield asked
    event.remove(tx._connection, "before_cursor_execute", note)
