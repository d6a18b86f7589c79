"""The Scottish Act presumes that what is sent electronically is received on the day it was sent."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from foibot.case.suggestions.transmission import presumed

CAME_IN = date(2026, 7, 6)
SENT = datetime(2026, 7, 5, 22, 30, tzinfo=UTC)  # 23:30 in London


def test_t28_the_day_of_transmission_is_told_with_the_order_that_would_follow() -> None:
    found = presumed(SENT, CAME_IN, "foisa")
    assert found is not None
    assert "dates it 5 July 2026" in found[0]
    assert "s.74(2)" in found[0]
    assert found[1][0] == "received 5 July 2026: sent that day, s.74(2)"


@pytest.mark.parametrize(
    ("dated", "law"),
    [
        (SENT, "foia"),
        (SENT, "eisr"),
        (None, "foisa"),
        (datetime(2026, 7, 5, 23, 30, tzinfo=UTC), "foisa"),  # 00:30 on the day it came in
        (datetime(2026, 7, 9, tzinfo=UTC), "foisa"),
        (datetime(2026, 6, 28, tzinfo=UTC), "foisa"),
        (datetime(1970, 1, 1, tzinfo=UTC), "foisa"),
    ],
)
def test_t28_nothing_else_is_presumed(dated: datetime | None, law: str) -> None:
    assert presumed(dated, CAME_IN, law) is None
