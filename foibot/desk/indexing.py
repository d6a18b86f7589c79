"""Keeps each case under its words, so that a search finds it: those of its subject and request, and of who asked."""

from __future__ import annotations

from datetime import datetime

from foibot.case.case import Case
from foibot.case.suggestions.likeness import terms_in
from foibot.store.transaction import Store, Transaction

_BITE = 200
_INDEXED = "indexed-for-search"
_MOST = 400


def index(tx: Transaction, case: Case) -> None:
    """Keep a case under its words: of its subject and its request, and of who asked."""
    asked = f"{case.reference} {case.requester.address} {case.requester.name} {case.subject}\n{case.request_text}"
    words = tuple(dict.fromkeys(terms_in(asked)))[:_MOST]
    if words and not tx.terms.has(words, case.year, case.number):
        tx.terms.add(words, case.year, case.number)


def catch_up(store: Store, now: datetime) -> int:
    """Keep some of the cases that were opened before there was a search under their words; how many."""
    with store.view() as tx:
        switch = tx.switches.get(_INDEXED)
        year, number = (int(part) for part in (switch.value if switch else "0/0").split("/"))
        waiting = bool(tx.cases.after(year, number, 1))
    if not waiting:
        return 0
    with store.transaction() as tx:
        found = tx.cases.after(year, number, _BITE)
        for case in found:
            index(tx, case)
        tx.switches.set(_INDEXED, f"{found[-1].year}/{found[-1].number}", now)
    return len(found)
