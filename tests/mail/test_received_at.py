"""The moment of receipt is what our own servers wrote down (rule T-23)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.received_at import added_by, received_at

ARRIVED = datetime(2020, 12, 8, 9, 30, tzinfo=UTC)
OURS = ("MX.exampleshire.example", "store.exampleshire.example")
STORE = "from mx.exampleshire.example by store.exampleshire.example with LMTP; Tue, 8 Dec 2020 09:20:00 +0000"
BORDER = "from mail.elsewhere.example (x [198.51.100.7]) by mx.exampleshire.example with ESMTPS; Tue, 8 Dec 2020 09:10:00 +0000 (GMT)"
OUTSIDE = "from home by mail.elsewhere.example; Tue, 8 Dec 2020 09:00:00 +0000"


def chosen(*received: str) -> tuple[str, str]:
    headers = [("subject", "x"), *(("received", value) for value in received)]
    moment, why = received_at(ARRIVED, headers, OURS)
    assert moment.tzinfo is UTC
    return moment.strftime("%d %H:%M"), why


BOX = ("08 09:30", "the time the mailbox took it in")
CASES = {
    "no hop": ((), BOX),
    "one of ours": ((BORDER,), ("08 09:10", "Received by mx.exampleshire.example")),
    "the first of ours in a row": ((STORE, BORDER, OUTSIDE), ("08 09:10", "Received by mx.exampleshire.example")),
    "only the store": ((STORE, OUTSIDE), ("08 09:20", "Received by store.exampleshire.example")),
    "none of ours": ((OUTSIDE,), BOX),
    "ours under a stranger's is invented": ((OUTSIDE, BORDER), BOX),
    "no host": (("from x; Tue, 8 Dec 2020 09:00:00 +0000",), BOX),
    "no date": (("by mx.exampleshire.example",), BOX),
    "odd date": (("by mx.exampleshire.example; (x)",), BOX),
    "impossible date": (("by mx.exampleshire.example; Wed, 4 Jun 2077777777777714 00:00",), BOX),
    "date out of range": (("by mx.exampleshire.example; Mon, 01 Jan 0001 00:00:00 +2300",), BOX),
    "thirty-second of December": (("by mx.exampleshire.example; 32 Dec 2020 09:00:00 +0000",), BOX),
    "days later": (("by mx.exampleshire.example; Thu, 10 Dec 2020 09:00:00 +0000",), BOX),
    "a clock a little ahead": (("by mx.exampleshire.example; Wed, 9 Dec 2020 09:29:00 +0000",), ("09 09:29", "Received by mx.exampleshire.example")),
    "a clock more than a day ahead": (("by mx.exampleshire.example; Wed, 9 Dec 2020 09:31:00 +0000",), BOX),
    "in the year of the Act": (("by mx.exampleshire.example; Sun, 2 Jan 2005 09:00:00 +0000",), ("02 09:00", "Received by mx.exampleshire.example")),
    "four days in our queue": (
        (STORE, "by mx.exampleshire.example; Fri, 4 Dec 2020 09:00:00 +0000"), ("04 09:00", "Received by mx.exampleshire.example")),
    "six days in our queue": (
        (STORE, "by mx.exampleshire.example; Wed, 2 Dec 2020 09:21:00 +0000"), ("08 09:20", "Received by store.exampleshire.example")),
    "before the Act": (("by mx.exampleshire.example; Fri, 31 Dec 2004 09:00:00 +0000",), BOX),
    "no zone means UTC": (("by mx.exampleshire.example; Tue, 8 Dec 2020 09:11:00",), ("08 09:11", "Received by mx.exampleshire.example")),
    "another zone": (("by mx.exampleshire.example; Tue, 8 Dec 2020 10:11:00 +0100",), ("08 09:11", "Received by mx.exampleshire.example")),
    "an invented hop weeks before": (
        (STORE, "by mx.exampleshire.example; Mon, 9 Nov 2020 09:00:00 +0000"),
        ("08 09:20", "Received by store.exampleshire.example"),
    ),
    "an invented hop later than the one above": (
        (STORE, "by mx.exampleshire.example; Tue, 8 Dec 2020 09:25:00 +0000"),
        ("08 09:20", "Received by store.exampleshire.example"),
    ),
    "an unreadable hop between": (
        ("by store.exampleshire.example; soon", BORDER),
        ("08 09:10", "Received by mx.exampleshire.example"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("received", "expected"), CASES.values(), ids=list(CASES))
def test_the_moment_and_why(received: tuple[str, ...], expected: tuple[str, str]) -> None:
    """Mail rule C3."""
    assert chosen(*received) == expected


def test_internaldate_in_any_zone_comes_back_in_utc() -> None:
    local = datetime.fromisoformat("2020-12-08T10:30:00+01:00")
    assert received_at(local, [], OURS) == (ARRIVED, "the time the mailbox took it in")


@pytest.mark.parametrize(
    ("received", "host"),
    [
        (BORDER, "mx.exampleshire.example"),
        ("from by by mx.exampleshire.example", "mx.exampleshire.example"),
        ("by MX.exampleshire.example. with x", "mx.exampleshire.example"),
        ("from x (by mx.exampleshire.example) by evil.example; now", "evil.example"),
        ("from x; by mx.exampleshire.example", ""),
        ("from x by", ""),
        ("from x (never closed by mx.exampleshire.example", ""),
        ("", ""),
    ],
)
def test_who_added_a_hop(received: str, host: str) -> None:
    assert added_by(received) == host


@given(st.text(alphabet='by mx;()Tue,8Dec20+:"\\', max_size=80))
def test_any_text_can_be_a_hop(received: str) -> None:
    received_at(ARRIVED, [("received", "by mx.exampleshire.example;" + received)], OURS)
    added_by(received)
