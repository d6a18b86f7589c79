"""A reply that cannot be read is shown to others, and what stood in it decides nothing for them (mail rules C8, C9)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foibot.demo.correspondent import reply
from tests.office import JANE, TOM, Mail, Office, office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


def answered(desk: Office, notice: Mail, extra: bytes = b"") -> bytes:
    """Tom's approval, as the border passes it on."""
    name = desk.message_id("exampleshire.example")
    raw = reply(TOM, notice.raw, "approve v1", desk.clock.now(), message_id=name)
    return desk.border(extra + raw, TOM.address, login=True)


@pytest.mark.parametrize(
    ("extra", "truncated"), [(b"", True), (b"X-A: b\r\n" * 1100, False)], ids=["cut", "limits"]
)
def test_who_is_shown_an_approval_that_could_not_be_read_cannot_give_it(
    desk: Office, extra: bytes, truncated: bool
) -> None:
    notice = desk.drafted()
    assert desk.arrives(answered(desk, notice, extra), truncated=truncated) == "quarantine"
    shown = desk.one_for(JANE)
    assert shown.kind == "quarantine"
    assert notice.header("Reply-To").encode() in b"".join(shown.files.values())
    told = desk.one_for(TOM)
    assert "Your message could not be read" in told.words
    assert "foi+c-" not in told.text
    # Whoever has read it writes in his name.
    assert desk.arrives(answered(desk, notice)) == "command-refused"
    assert "Approved" not in desk.kinds()
    desk.discards()
    # He himself is sent a fresh one.
    assert desk.orders(TOM, told, "show") == "command"
    assert desk.orders(TOM, desk.one_for(TOM), "approve v1") == "command"
    assert "Approved" in desk.kinds()
    desk.discards()


def test_what_decides_nothing_is_left_as_it_is(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.arrives(answered(desk, notice), truncated=True) == "quarantine"
    assert desk.one_for(JANE).kind == "quarantine"
    assert desk.orders(JANE, notice, "show") == "command"
    assert desk.post_for(TOM) == []
    desk.discards()
