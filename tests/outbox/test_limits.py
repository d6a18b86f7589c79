"""Two machines that answer each other stop, and no more leaves in an hour than was set (mail rules A1, A10, A13)."""

from __future__ import annotations

import pytest

from foibot.outbox.limits import Caps, SentLately, acknowledgement_capped, may_leave_now

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


@pytest.mark.parametrize(
    ("sent", "left"),
    [(0, 60), (59, 1), (60, 0), (500, 0)],
)
def test_may_leave_now(sent: int, left: int) -> None:
    """Mail rule A13."""
    assert may_leave_now(sent, CAPS) == left
