"""Whatever fails, and wherever the process dies: nothing lost, nothing twice, the record whole."""

from __future__ import annotations

from contextlib import suppress

from foibot.case.events import MailFiled
from foibot.store.ledger import Happened
from tests.office import Office


def test_a_part_that_is_undone_leaves_no_gap_in_the_chain(desk: Office) -> None:
    now = desk.clock.now()
    happened = [Happened(MailFiled("a" * 64, "auto", "A2", "a header"), "", "foibot", "")]
    with desk.store.transaction() as tx:
        tx.ledger.append(happened, now, "n")
        with suppress(LookupError), tx.apart():
            tx.ledger.append(happened, now, "n")
            raise LookupError
        tx.ledger.append(happened, now, "n")

    with desk.store.view() as tx:
        assert list(tx.ledger.breaks()) == []
