"""Does for older cases, some at a time, what is done for each new one since a version that began it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from foibot.case.case import Case
from foibot.store.transaction import Store, Transaction

_BITE = 200

Work = Callable[[Transaction, Case], None]
"""What is done for a case; doing it again changes nothing."""


def behind(tx: Transaction, works: Mapping[str, Work]) -> list[str]:
    """The switches of the works that some case is still without.

    None while new cases wait to be shown to officers: it is done for each of those then, and
    requesters wait behind whoever does a lot at once.
    """
    if tx.inbox.backlog()[0]:
        return []
    return [switch for switch in works if tx.cases.is_any_after(*_got_to(tx, switch))]


def catch_up(
    store: Store, works: Mapping[str, Work], switches: Iterable[str], now: datetime
) -> int:
    """Do the works of these switches for some of the cases that are still without; how many. The switch keeps how far it got."""
    return sum(_some(store, switch, works[switch], now) for switch in switches)


def _got_to(tx: Transaction, switch: str) -> tuple[int, int]:
    """The year and the number of the last case for which it was done."""
    kept = tx.switches.get(switch)
    year, _, number = (kept.value if kept else "0/0").partition("/")
    return int(year), int(number)


def _some(store: Store, switch: str, do: Work, now: datetime) -> int:
    with store.transaction() as tx:
        found = tx.cases.after(*_got_to(tx, switch), _BITE)
        for case in found:
            do(tx, case)
        if found:
            tx.switches.set(switch, f"{found[-1].year}/{found[-1].number}", now)
    return len(found)
