"""What follows from each answer of the server, and that every retry ends (mail rules 3.4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.outbox.item import (
    FIRST,
    NO_APPROVAL_NEEDED,
    Answer,
    Attempt,
    ItemState,
    Kind,
    Next,
    after,
    leaves_alone,
)

NOW = datetime(2020, 12, 9, 10, 0, tzinfo=UTC)
SENT, REFUSED, DOUBT = Next(ItemState.SENT), Next(ItemState.REFUSED), Next(ItemState.UNCERTAIN)
LETTER, ACK, NOTICE = Kind.LETTER, Kind.ACKNOWLEDGEMENT, Kind.NOTICE


def again(**later: int) -> Next:
    return Next(ItemState.QUEUED, NOW + timedelta(**later))


AT_ONCE = Next(ItemState.QUEUED, NOW, counts=False)
REPEAT = Next(ItemState.QUEUED, NOW, repeat=True)


@pytest.mark.parametrize(
    ("kind", "answer", "tries", "repeats", "reached", "then"),
    [
        (LETTER, Answer.ACCEPTED, 1, 0, True, SENT),
        (LETTER, Answer.ACCEPTED, 9, 1, True, SENT),
        (LETTER, Answer.REFUSED, 1, 0, True, REFUSED),
        (ACK, Answer.REFUSED, 1, 0, True, REFUSED),
        (LETTER, Answer.UNCERTAIN, 1, 0, True, DOUBT),
        (LETTER, Answer.UNCERTAIN, 1, 0, False, DOUBT),
        (ACK, Answer.UNCERTAIN, 1, 0, True, REPEAT),
        (ACK, Answer.UNCERTAIN, 2, 1, True, DOUBT),
        (NOTICE, Answer.UNCERTAIN, 1, 0, True, REPEAT),
        (Kind.REMINDER, Answer.UNCERTAIN, 3, 1, True, DOUBT),
        (Kind.DIGEST, Answer.UNCERTAIN, 1, 2, True, DOUBT),
        (LETTER, Answer.RETRY, 1, 0, True, again(minutes=5)),
        (LETTER, Answer.RETRY, 2, 0, True, again(minutes=15)),
        (LETTER, Answer.RETRY, 3, 0, True, again(hours=1)),
        (ACK, Answer.RETRY, 4, 0, True, again(hours=2)),
        (ACK, Answer.RETRY, 8, 0, True, again(hours=24)),
        (ACK, Answer.RETRY, 9, 0, True, REFUSED),
        (LETTER, Answer.RETRY, 500, 0, True, REFUSED),
        (LETTER, Answer.RETRY, 1, 0, False, AT_ONCE),
        (LETTER, Answer.RETRY, 500, 0, False, AT_ONCE),
    ],
)
def test_after(
    kind: Kind, answer: Answer, tries: int, repeats: int, *, reached: bool, then: Next
) -> None:
    assert after(Attempt(kind, tries, repeats, answer, reached), NOW) == then


def test_a_server_that_is_never_ready_is_given_up_within_four_days() -> None:
    now, tries = NOW, 1
    while (then := after(Attempt(LETTER, tries, 0, Answer.RETRY, reached=True), now)).not_before:
        assert then.not_before > now
        now, tries = then.not_before, tries + 1
    assert then == REFUSED
    assert timedelta(days=2) < now - NOW < timedelta(days=4)


@given(
    st.integers(1, 1000),
    st.integers(0, 5),
    st.sampled_from(Answer),
    st.booleans(),
)
def test_a_letter_is_never_repeated_in_doubt(
    tries: int, repeats: int, answer: Answer, reached: bool
) -> None:
    then = after(Attempt(LETTER, tries, repeats, answer, reached), NOW)
    assert not then.repeat
    assert (then.state is ItemState.UNCERTAIN) is (answer is Answer.UNCERTAIN)
    assert (then.state is ItemState.QUEUED) is (then.not_before is not None)


def test_only_a_letter_needs_approval() -> None:
    assert set(Kind) - NO_APPROVAL_NEEDED == {Kind.LETTER}


def test_whatever_doubt_would_end_is_claimed_alone() -> None:
    for kind in Kind:
        for repeats in (0, 1, 4):
            doubt = after(Attempt(kind, 1, repeats, Answer.UNCERTAIN, reached=True), NOW)
            assert leaves_alone(kind, repeats) is (doubt == DOUBT)


def test_every_kind_has_its_place_and_the_public_comes_first() -> None:
    assert set(FIRST) == set(Kind)
    assert len(set(FIRST.values())) == len(Kind)
    assert sorted(FIRST, key=lambda kind: FIRST[kind])[:2] == [ACK, LETTER]
