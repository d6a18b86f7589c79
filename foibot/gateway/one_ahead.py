"""The next piece of what is read is fetched by a thread of its own, while its reader works on the last one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from typing import Generic, Self, TypeVar

T = TypeVar("T")


def meanwhile(work: Callable[[], T], name: str) -> Future[T] | None:
    """What some work comes to, or raises, in a thread of its own; None where the system has no thread left."""
    coming: Future[T] = Future()
    thread = threading.Thread(target=_keep, args=(work, coming), name=name, daemon=True)
    try:
        thread.start()
    except RuntimeError:
        return None
    return coming


def _keep(work: Callable[[], T], coming: Future[T]) -> None:
    try:
        coming.set_result(work())
    except BaseException as trouble:  # noqa: BLE001 - it is raised by whoever asks for the result
        coming.set_exception(trouble)


class OneAhead(Generic[T]):
    """An iteration whose next piece can be fetched meanwhile.

    What the pieces come from belongs to the fetching thread from `begin` until `wait`, the next piece or the end
    of the block. `came` is told of each piece as soon as it is there, by whichever thread fetched it. What
    fetching raises is raised where the piece is asked for.
    """

    def __init__(self, pieces: Iterator[T], came: Callable[[T], object]) -> None:
        """Fetches nothing yet."""
        self._pieces = pieces
        self._came = came
        self._coming: Future[T | None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()

    def __iter__(self) -> Iterator[T]:
        """Each piece in its turn: the one that was begun, or one that is fetched now."""
        while (piece := self._next()) is not None:
            yield piece

    def begin(self) -> None:
        """Begin to fetch the next piece, once for each; what is needed of the last one is kept already.

        Where the system has no thread left, the piece is fetched when it is asked for.
        """
        self._coming = meanwhile(self._fetch, "foibot-fetch")

    def wait(self) -> None:
        """Wait until nothing is being fetched."""
        if self._coming is not None:
            wait([self._coming])

    def _next(self) -> T | None:
        coming, self._coming = self._coming, None
        return self._fetch() if coming is None else coming.result()

    def _fetch(self) -> T | None:
        piece = next(self._pieces, None)
        if piece is not None:
            self._came(piece)
        return piece
