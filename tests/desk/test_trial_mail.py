"""The mail of `foibot check --mail-itself`, seen by an office at work: never a case, never answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from foibot.mail.compose import stamp
from foibot.mailing_itself import trials
from tests.office import Office


def as_sent(raw: bytes) -> bytes:
    return raw


def with_another_message_id(raw: bytes) -> bytes:
    return raw.replace(b"Message-ID: <foi.office", b"Message-ID: <0102019a")


def without_marks(raw: bytes) -> bytes:
    return raw.replace(b"Auto-Submitted: auto-generated\r\n", b"")


def as_from_another(raw: bytes) -> bytes:
    return raw.replace(b"<foi@exampleshire.example>\r\nTo:", b"<relay@exampleshire.example>\r\nTo:")


@pytest.mark.parametrize(
    ("provider", "disposition"),
    [
        (as_sent, "own-copy"),
        (with_another_message_id, "own-copy"),
        (without_marks, "own-copy"),
        (as_from_another, "auto"),
    ],
)
def test_it_is_our_own_whatever_the_servers_did_to_it(
    desk: Office, provider: Callable[[bytes], bytes], disposition: str
) -> None:
    numbers = iter(range(10))
    both = trials(
        desk.config,
        lambda: f"k7f3q2w9xm4tz8d{next(numbers)}",
        lambda: f"k7f3q2w9xm4tz8dhk7f3q2w9x{next(numbers)}",
    )
    for one in both:
        raw = stamp(one.composed("X"), datetime(2020, 12, 8, 9, 0, tzinfo=UTC), one.message_id)
        changed = provider(raw)
        assert (changed != raw) == (provider is not as_sent)
        assert desk.arrives(changed) == disposition
    assert desk.cases() == []
    assert desk.unread == []
