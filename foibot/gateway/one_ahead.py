"""The next piece of what is read is fetched by a thread of its own, while its reader works on the last one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import suppress
from typing import Generic, Self, TypeVar

T = TypeVar("T")


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
        coming: Future[T | None] = Future()
        fetches = threading.Thread(target=self._keep, args=(coming,), name="foibot-fetch", daemon=True)  # fmt: skip
        with suppress(RuntimeError):
            fetches.start()
            self._coming = coming

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

    def _keep(self, coming: Future[T | None]) -> None:
        try:
            coming.set_result(self._fetch())
        except BaseException as trouble:  # noqa: BLE001 - it is raised by whoever asks for the piece
            coming.set_exception(trouble)
