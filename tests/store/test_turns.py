"""The order in which threads write."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine

from foibot.store.transaction import Store
from foibot.store.turns import Turns


def test_whoever_asks_first_has_the_next_turn() -> None:
    turns, order = Turns(), []
    started = []

    def write(name: int) -> None:
        with turns.mine():
            order.append(name)

    with turns.mine():
        for name in range(20):
            thread = threading.Thread(target=write, args=(name,))
            thread.start()
            started.append(thread)
            while len(turns._waiting) <= name:
                pass
    for thread in started:
        thread.join()
    assert order == list(range(20))


def test_one_that_comes_back_at_once_waits_for_those_who_wait() -> None:
    turns, order = Turns(), []
    asks = threading.Event()

    def other() -> None:
        asks.set()
        with turns.mine():
            order.append("other")

    thread = threading.Thread(target=other)
    with turns.mine():
        thread.start()
        asks.wait()
        while not turns._waiting:
            pass
    with turns.mine():
        order.append("again")
    thread.join()
    assert order == ["other", "again"]


def test_a_turn_that_fails_is_handed_on() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.mine():
        raise ZeroDivisionError
    with turns.mine():
        pass


def test_a_store_that_asks_first_writes_in_the_same_order(sqlite: Engine) -> None:
    """A second order of turns would keep whoever sends waiting for as long as somebody settles a backlog."""
    store, order = Store(sqlite), []
    allowed: list[bool] = []
    other = store.if_allowed(lambda: allowed.append(True))

    def write() -> None:
        with store.transaction():
            order.append("the store")

    thread = threading.Thread(target=write)
    with other.transaction():
        thread.start()
        while not store._turns._waiting:
            pass
    with other.transaction():
        order.append("the one that asks")
    thread.join()
    assert order == ["the store", "the one that asks"]
    assert allowed == [True, True]
