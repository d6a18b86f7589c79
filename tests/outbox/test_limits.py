"""Two machines that answer each other stop, and no more leaves in an hour than was set (mail rules A1, A10, A13)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.outbox.item import Kind
from foibot.outbox.limits import (
    Allowance,
    Caps,
    SentLately,
    acknowledgement_capped,
    may_leave_now,
)

CAPS = Caps(acknowledgements_per_address=3, mails_per_hour=60)


@pytest.mark.parametrize(
    ("acknowledgements", "same_subject", "why"),
    [
        (0, 0, ""),
        (2, 0, ""),
        (3, 0, "the same address was sent 3 acknowledgements in the last 24 hours"),
        (7, 0, "the same address was sent 7 acknowledgements in the last 24 hours"),
        (1, 1, "the same address was sent an acknowledgement on the same subject in the last 24 hours"),
        (9, 9, "the same address was sent an acknowledgement on the same subject in the last 24 hours"),
    ],
)  # fmt: skip
def test_acknowledgement_capped(acknowledgements: int, same_subject: int, why: str) -> None:
    """Mail rules A1, A10."""
    assert acknowledgement_capped(SentLately(acknowledgements, same_subject), CAPS) == why


ALL = frozenset(Kind)
NO_ACKNOWLEDGEMENT = ALL - {Kind.ACKNOWLEDGEMENT}
LETTERS = frozenset({Kind.LETTER, Kind.PAUSE})


@pytest.mark.parametrize(
    ("sent", "left", "kinds"),
    [
        (0, 54, ALL),
        (53, 1, ALL),
        (54, 3, NO_ACKNOWLEDGEMENT),
        (56, 1, NO_ACKNOWLEDGEMENT),
        (57, 3, LETTERS),
        (59, 1, LETTERS),
        (60, 0, frozenset()),
        (500, 0, frozenset()),
    ],
)
def test_may_leave_now(sent: int, left: int, kinds: frozenset[Kind]) -> None:
    """Mail rule A13."""
    assert may_leave_now(sent, CAPS) == Allowance(left, kinds)


def test_so_few_in_an_hour_are_not_shared_out() -> None:
    few = replace(CAPS, mails_per_hour=3)
    assert may_leave_now(2, few) == Allowance(1, ALL)
