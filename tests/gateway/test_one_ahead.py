"""The next piece is fetched while the last one is worked on, and whatever goes wrong is told where it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from foibot.gateway.one_ahead import OneAhead


def test_pieces_come_in_their_order_begun_or_not() -> None:
    told: list[int] = []
    with OneAhead(iter(range(6)), told.append) as pieces:
        came = []
        for piece in pieces:
            came.append(piece)
            if piece % 2:
                pieces.begin()
    assert came == told == [*range(6)]


def test_the_next_piece_is_fetched_meanwhile_by_another_thread() -> None:
    working = threading.Event()
    threads: list[threading.Thread] = []

    def fetched() -> Iterator[str]:
        threads.append(threading.current_thread())
        yield "first"
        assert working.wait(20), "nobody works meanwhile"
        threads.append(threading.current_thread())
        yield "second"

    with OneAhead(fetched(), len) as pieces:
        them = iter(pieces)
        assert next(them) == "first"
        pieces.begin()
        working.set()
        pieces.wait()
        assert threads[0] is threading.current_thread() is not threads[1]
        assert next(them) == "second"
        assert next(them, None) is None


def test_what_fetching_raises_is_raised_where_the_piece_is_asked_for() -> None:
    def fetched() -> Iterator[int]:
        yield 1
        raise ConnectionError("it hung up")

    with OneAhead(fetched(), str) as pieces:
        them = iter(pieces)
        next(them)
        pieces.begin()
        pieces.wait()
        with pytest.raises(ConnectionError, match="hung up"):
            next(them)


def test_whoever_leaves_waits_for_what_is_being_fetched() -> None:
    began, over = threading.Event(), threading.Event()

    def fetched() -> Iterator[int]:
        yield 1
        began.set()
        over.wait(0.2)
        over.set()
        yield 2

    def works() -> None:
        with OneAhead(fetched(), str) as pieces:
            for _ in pieces:
                pieces.begin()
                began.wait(20)
                raise KeyError

    with pytest.raises(KeyError):
        works()
    assert over.is_set()


def test_without_a_thread_the_next_piece_is_fetched_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_more)
    came = []
    with OneAhead(iter("ab"), str) as pieces:
        for piece in pieces:
            came.append(piece)
            pieces.begin()
            pieces.wait()
    assert came == ["a", "b"]
