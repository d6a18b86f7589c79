"""Tells the C library to serve all threads from one heap, so that what one gives back another can have."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


def share_one_heap() -> None:
    """To be called before there are threads; does nothing where the C library is not glibc.

    Each thread has a heap of its own otherwise, and keeps what a busy hour made it grow to. They would gain
    nothing by that: threads that share the interpreter hardly ever ask for memory at once.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
