"""The questions asked for every message and every mail find their rows by an index, however full the office is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event

from foibot.store.transaction import Store, Transaction
from tests.case.case_files import REFERENCE
from tests.store.store_tools import NOW, fill, new_mail

# Of an index on the few waiting rows alone, even all of it is little.
SMALL = ("SCAN inbox USING INDEX ix_inbox_waiting", "SCAN inbox USING INDEX ix_inbox_untold")
# Parts that an index has answered, each cut off after a few rows, laid together.
BOUNDED = (
    "COMPOUND QUERY",
    "LEFT-MOST SUBQUERY",
    "UNION",
    "CO-ROUTINE",
    "SCAN anon_",
    "MATERIALIZE anon_",
    "CORRELATED SCALAR SUBQUERY",
)
BY_INDEX = (
    *SMALL,
    "SEARCH",
    "MULTI-INDEX OR",
    "INDEX ",
    "LIST SUBQUERY",
    "USE TEMP B-TREE",
    *BOUNDED,
)


@contextmanager
def listening(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    heard: list[tuple[str, Any]] = []

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        heard.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine, "before_cursor_execute", hear)


def plans(engine: Engine, ask: Callable[[Transaction], object]) -> list[str]:
    """How SQLite would answer each SELECT and UPDATE of a question."""
    with listening(engine) as heard, Store(engine).transaction() as tx:
        tx.outbox.add([new_mail(4)], NOW)
        heard.clear()
        ask(tx)
    asked = [one for one in heard if one[0].startswith(("SELECT", "UPDATE"))]
    assert asked
    with engine.connect() as connection:
        return [
            row.detail
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


HOT: dict[str, Callable[[Transaction], object]] = {
    "search": lambda tx: (
        tx.terms.add(["traffic", "camera", "road"], 2020, 42),
        tx.terms.find(["traffic", "camera", "road"], (2019, 2021), 600),
    ),
    "restricted": lambda tx: tx.terms.restricted(20),
    "indexed": lambda tx: tx.terms.has("camera", 2020, 42),
    "acknowledges": lambda tx: tx.outbox.acknowledges(NOW),
    "untold": lambda tx: tx.inbox.untold(10, 1_000_000),
    "told": lambda tx: tx.inbox.mark_told(1),
    "backlog": lambda tx: tx.inbox.backlog(),
    "waiting": lambda tx: tx.inbox.waiting(100, 1_000_000),
    "waiting_since": lambda tx: tx.inbox.waiting_since(),
    "mark": lambda tx: tx.inbox.mark("INBOX"),
    "twins": lambda tx: tx.inbox.twins(
        9, "<m1@elsewhere.example>", "0" * 64, "sam@elsewhere.example"
    ),
    "cases_of": lambda tx: tx.inbox.cases_of(["<m1@elsewhere.example>", "<m2@elsewhere.example>"]),
    "cases_of_conversation": lambda tx: tx.inbox.cases_of_conversation("01d6"),
    "newest_with_text": lambda tx: tx.inbox.newest_with_text("sam@elsewhere.example", "0" * 64),
    "same_text": lambda tx: tx.inbox.same_text("sam@elsewhere.example", "0" * 64, NOW),
    "raws_of": lambda tx: list(tx.inbox.raws_of(REFERENCE)),
    "listed_since": lambda tx: tx.inbox.listed_since(NOW, ["unmatched", "auto"]),
    "promote": lambda tx: tx.outbox.promote(NOW),
    "next_batch": lambda tx: tx.outbox.next_batch(NOW, 20),
    "claim": lambda tx: tx.outbox.claim(tx.outbox.intact([4]), NOW),
    "intact": lambda tx: tx.outbox.intact([4, 5]),
    "has": lambda tx: tx.outbox.has("key 1"),
    "by_message_ids": lambda tx: tx.outbox.by_message_ids(["<o1@exampleshire.example>", "<x@y>"]),
    "by_bounce_tokens": lambda tx: tx.outbox.by_bounce_tokens(["one", "two"]),
    "acknowledged_since": lambda tx: tx.outbox.acknowledged_since("sam@elsewhere.example", NOW),
    "last_mail": lambda tx: tx.last_mail.to(["sam@elsewhere.example", "x@y.example"], NOW),
    "acknowledged": lambda tx: tx.last_mail.acknowledged(["sam@elsewhere.example"], NOW),
    "complaints": lambda tx: tx.complaints.by_or_about("sam@elsewhere.example"),
    "many complaints": lambda tx: tx.complaints.look_for(["a@b.example", "sam@elsewhere.example"]),
    "new to the inbox": lambda tx: tx.inbox.look_for(
        ["<a@b>", "<c@d>"], ["a@b.example", "c@d.example"]
    ),
    "new to the outbox": lambda tx: tx.outbox.look_for(["a@b.example", "c@d.example"]),
    "tried_since": lambda tx: tx.outbox.tried_since(NOW),
    "not_in_sent": lambda tx: tx.outbox.not_in_sent(NOW),
    "backlog, messages": lambda tx: tx.inbox.backlog(),
    "backlog, mails": lambda tx: tx.outbox.backlog(NOW),
    "running": lambda tx: tx.cases.running(date(2021, 1, 11)),
    "letter": lambda tx: tx.outbox.letter(REFERENCE, 1),
    "of_case, mails": lambda tx: tx.outbox.of_case(REFERENCE),
    "known": lambda tx: tx.secrets.known(["one", "two"]),
    "use": lambda tx: tx.secrets.use("one", NOW),
    "revoke": lambda tx: tx.secrets.revoke(REFERENCE, 1, NOW),
    "find": lambda tx: tx.cases.find(REFERENCE),
    "found": lambda tx: tx.cases.found([REFERENCE, "000002/20"]),
    "lock": lambda tx: tx.cases.lock(REFERENCE),
    "lock_each": lambda tx: tx.cases.lock_each([REFERENCE, "000002/20"]),
    "unfinished": lambda tx: tx.cases.unfinished(date(2021, 1, 11)),
    "running_by_urgency": lambda tx: tx.cases.running_by_urgency(),
    "next_number": lambda tx: tx.cases.next_number("2020", 1),
    "first": lambda tx: tx.wordings.first("a" * 64),
    "like": lambda tx: tx.likenesses.find([1, 2, 3], 20),
    "marked": lambda tx: tx.likenesses.has(1, REFERENCE, NOW),
    "after": lambda tx: tx.cases.after(2020, 1, 200),
    "is_any_after": lambda tx: tx.cases.is_any_after(2020, 1),
    "of_case, events": lambda tx: tx.ledger.of_case(REFERENCE),
}


@pytest.mark.parametrize("name", HOT)
def test_no_question_reads_a_whole_table(sqlite: Engine, name: str) -> None:
    fill(Store(sqlite))
    for plan in plans(sqlite, HOT[name]):
        assert plan.startswith(BY_INDEX), plan


def test_a_question_that_does_is_seen(sqlite: Engine) -> None:
    fill(Store(sqlite))
    assert plans(sqlite, lambda tx: list(tx.cases.every()))[0].startswith("SCAN cases")


@pytest.mark.parametrize(
    ("asked", "plan"), [("waiting", SMALL[0]), ("untold", SMALL[1]), ("waiting_since", SMALL[0])]
)
def test_what_is_to_be_done_is_never_looked_for_among_what_was(
    sqlite: Engine, asked: str, plan: str
) -> None:
    fill(Store(sqlite))
    assert plans(sqlite, HOT[asked])[0] == plan
