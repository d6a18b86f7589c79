"""An event as JSON values and back, its private fields apart from those of the hash chain; no I/O."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

import foibot.case.approval_events
import foibot.case.clock_events
import foibot.case.colleague_events
import foibot.case.keeping_events
import foibot.case.letter_events  # noqa: F401 - all kinds are known once these are loaded
from foibot.case.events import Event
from foibot.errors import Bug

Stored = Any
"""A JSON value: text, number, boolean, null, or a list or an object of them."""


KINDS: Mapping[str, type[Event]] = types.MappingProxyType(
    {cls.__name__: cls for cls in Event.__subclasses__()}
)
"""Every kind there is, by its name."""


class UnknownEvent(Bug):
    """The database holds an event of a kind that this version of foibot does not know."""


@cache
def _adapter(kind: str) -> TypeAdapter[Event]:
    """Built when the first event of a kind comes: most kinds are rare, and the office should open at once."""
    return TypeAdapter(KINDS[kind])


def split(event: Event) -> tuple[dict[str, Stored], dict[str, Stored]]:
    """The event's public and private fields, each as plain JSON values."""
    public: dict[str, Stored] = _adapter(type(event).__name__).dump_python(event, mode="json")
    private = {name: public.pop(name) for name in sorted(event.PRIVATE)}
    return public, private


def join(kind: str, public: Mapping[str, Stored], private: Mapping[str, Stored]) -> Event:
    """The event again from what `split` gave; private fields that were erased are empty.

    Raises `UnknownEvent` if this version of foibot does not know the kind.
    """
    if kind not in KINDS:
        raise UnknownEvent(f"the database holds an event of the unknown kind {kind!r}")
    return _adapter(kind).validate_python({**public, **private})
