"""The clock tells aware UTC time; secrets have the promised length and alphabet."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from foibot.gateway.system_clock import ALPHABET, MovedClock, SystemClock


def test_now_is_this_moment_in_utc():
    before = time.time()
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert before - 1 <= now.timestamp() <= time.time() + 1


def test_the_alphabet_carries_five_bits_and_no_look_alikes():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ilo1")
    assert ALPHABET.lower() == ALPHABET


@pytest.mark.parametrize(
    ("draw", "symbols"),
    [
        (SystemClock().secret, 26),
        (SystemClock().short_secret, 16),
        (SystemClock().message_token, 16),
    ],
)
def test_secrets_are_long_random_and_readable(draw, symbols):
    drawn = {draw() for _ in range(200)}
    assert len(drawn) == 200
    assert {len(one) for one in drawn} == {symbols}
    assert set("".join(drawn)) == set(ALPHABET)


def test_a_moved_clock_starts_where_told_and_runs_on():
    start = datetime(2020, 12, 8, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    clock = MovedClock(start)
    first = clock.now()
    assert first.tzinfo is UTC
    assert timedelta(0) <= first - start < timedelta(seconds=5)
    time.sleep(0.01)
    assert clock.now() > first


def test_a_moved_clock_can_be_advanced_and_set():
    clock = MovedClock(datetime(2020, 12, 8, tzinfo=UTC))
    clock.advance(timedelta(days=20))
    assert clock.now().date().isoformat() == "2020-12-28"
    clock.set(datetime(2021, 1, 5, 14, tzinfo=UTC))
    assert clock.now().isoformat().startswith("2021-01-05T14:00")


def test_a_moved_clock_refuses_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="aware"):
        MovedClock(datetime(2020, 12, 8))  # noqa: DTZ001 - the point of the test
