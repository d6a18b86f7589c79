"""Finds what was asked and answered before, and keeps the register of topics; told to officers alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from foibot.case.case import Case
from foibot.case.events import Event, TopicListed, TopicStruck
from foibot.case.precedents import Precedents, Topic, precedents
from foibot.case.suggestions.likeness import first_mark, marks
from foibot.store.transaction import Transaction

_MOST = 20
MARKED = "marked-for-likeness"
"""Which older cases were marked so far."""


def known_about(tx: Transaction, case: Case) -> Precedents:
    """Earlier cases like this one, and topics it is on; the work is the same however many cases there are."""
    found = tx.likenesses.find(marks(case.request_text), _MOST + 1)
    others = tx.cases.found([one for one in found if one != case.reference])
    return precedents(case, others, register(tx))


def register(tx: Transaction) -> tuple[Topic, ...]:
    """The topics as they are listed."""
    return tuple(Topic(one.name, one.phrases, one.provisions) for one in tx.topics.every())


def remember(tx: Transaction, case: Case) -> None:
    """Keep a request so that one like it finds it."""
    first = first_mark(case.request_text)
    if first is not None and not tx.likenesses.has(first, case.reference, case.received_at):
        tx.likenesses.add(marks(case.request_text), case.reference, case.received_at)


def keep_topics(tx: Transaction, case: Case, events: Iterable[Event], now: datetime) -> None:
    """Bring the register to what these events say."""
    for event in events:
        match event:
            case TopicListed(name=name, phrases=phrases, provisions=provisions):
                tx.topics.put(name, phrases, provisions, case.reference, now)
            case TopicStruck(name=name):
                tx.topics.remove(name)
            case _:
                pass
