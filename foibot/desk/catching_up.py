"""Does for older cases, some at a time, what is done for each new one since a version that began it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from foibot.case.case import Case
from foibot.store.transaction import Store, Transaction

_BITE = 200


def catch_up(
    store: Store, switch: str, do: Callable[[Transaction, Case], None], now: datetime
) -> int:
    """Do it for some of the cases that are still without it; how many. `switch` keeps how far it got.

    Not while new cases wait to be shown to officers: it is done for each of those then, and
    requesters wait behind whoever does a lot at once.
    """
    with store.view() as tx:
        if tx.inbox.backlog()[0]:
            return 0
        kept = tx.switches.get(switch)
        year, number = (int(part) for part in (kept.value if kept else "0/0").split("/"))
        waiting = bool(tx.cases.after(year, number, 1))
    if not waiting:
        return 0
    with store.transaction() as tx:
        found = tx.cases.after(year, number, _BITE)
        for case in found:
            do(tx, case)
        tx.switches.set(switch, f"{found[-1].year}/{found[-1].number}", now)
    return len(found)
