"""Nobody's words and no requester's address stand in the part of the chain that can never be erased."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foibot.desk.verify import verify
from foibot.store.tables import events
from tests.office import JANE, ORDER, SAM, Office


def unerasable(desk: Office) -> str:
    with desk.store.view() as tx:
        rows = tx._connection.execute(select(events.c.public, events.c.by, events.c.cause)).all()
    return "\n".join(" ".join(row) for row in rows)


@pytest.mark.parametrize(
    "line",
    [
        "note: Sam is my cousin",
        "my cousin is a friend of the Chief Constable",
        "approve v1 but ask my cousin first",
        "set harm my cousin",
        f"{ORDER} my cousin",
    ],
)
def test_an_officers_words_can_be_erased(desk: Office, line: str) -> None:
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), line)
    desk.discards()
    assert desk.history()
    assert "cousin" not in unerasable(desk)
    assert list(verify(desk.store)) == []


def test_the_requesters_address_can_be_erased(desk: Office) -> None:
    desk.asks()
    desk.arrives(b"From: noreply@citizens.example\nSubject: Hello\n\nHow many?\n")
    desk.discards()
    chain = unerasable(desk)
    assert SAM.address not in chain
    assert "noreply@" not in chain
    assert list(verify(desk.store)) == []
