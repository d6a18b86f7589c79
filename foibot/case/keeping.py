"""How a case is kept beside others: which ones it is linked with, from which it was split off, whom it is open to; no I/O."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from foibot.case import keeping_events as k
from foibot.case.events import Recorded


@dataclass(frozen=True, slots=True)
class Keeping:
    """`links` are references of other cases; `split_from` the one whose message holds this request, or "".

    Reminders rest until `rests_until`. `readers` are the registered addresses of those to whom alone the case
    is open; () while it is not restricted.
    """

    links: tuple[str, ...] = ()
    split_from: str = ""
    rests_until: date | None = None
    readers: tuple[str, ...] = ()


NOTHING_KEPT = Keeping()
"""A case by itself."""


def keeping_after(kept: Keeping, recorded: Recorded) -> Keeping:
    """How the case is kept after one more event."""
    match recorded.event:
        case k.Linked(other=other) if other not in kept.links:
            return replace(kept, links=(*kept.links, other))
        case k.Unlinked(other=other):
            return replace(kept, links=tuple(one for one in kept.links if one != other))
        case k.Snoozed(until=until):
            return replace(kept, rests_until=until)
        case k.SnoozeEnded():
            return replace(kept, rests_until=None)
        case k.Restricted(to=to):
            return replace(kept, readers=to)
        case k.RestrictionEnded():
            return replace(kept, readers=())
        case _:
            return kept
