"""Who may be read before a backlog, and who keeps their place in it."""

from __future__ import annotations

from base64 import b64encode

import pytest

from foibot.desk.newcomer import newcomer
from tests.office import JANE, MAILBOX, Office

FIRST = (
    "From: Sam Smith <sam@citizens.example>\r\nTo: foi@exampleshire.example\r\n"
    "Subject: Boats\r\nMessage-ID: <1@citizens.example>\r\n{more}\r\nHow many boats?\r\n"
)


def outlooks(length: int) -> str:
    return b64encode(bytes(length)).decode()


def raw(more: str = "", **changes: str) -> bytes:
    text = FIRST.replace("{more}", more)
    for old, new in changes.items():
        text = text.replace(old, new)
    return text.encode()


def test_somebodys_first_message_goes_first_if_nothing_of_theirs_waits(desk: Office) -> None:
    for more in ("", f"Thread-Index: {outlooks(22)}\r\n", "Thread-Index: odd\r\n"):
        assert newcomer(desk.office, raw(more)) == "sam@citizens.example"


@pytest.mark.parametrize(
    "message",
    [
        raw("In-Reply-To: <a@b.example>\r\n"),
        raw("References: <a@b.example>\r\n"),
        raw(f"Thread-Index: {outlooks(27)}\r\n"),
        raw(Boats="Re: Boats [000001/20]"),
        raw(Boats="000001/20"),
        raw(f"Delivered-To: foi+c-{'a' * 26}@exampleshire.example\r\n"),
        raw(f"Delivered-To: foi+b-{'a' * 26}@exampleshire.example\r\n"),
        raw(**{"sam@citizens.example": JANE.address}),
        raw(**{"sam@citizens.example": MAILBOX}),
        raw(**{"sam@citizens.example": "foi+x@exampleshire.example"}),
        raw(**{"sam@citizens.example": "sém@citizens.example"}),
        raw(**{"sam@citizens.example": "sam@citizéns.example"}),
        raw(**{"sam@citizens.example": "a@b.example, c@d.example"}),
        b"Subject: nobody\r\n\r\nText",
        b"\x00",
    ],
    ids=[
        "answers something",
        "belongs to a thread",
        "belongs to a conversation of Outlook",
        "names a request",
        "is about a request",
        "came to the address of a notice",
        "came back",
        "an officer's",
        "the office's own",
        "the office's own with a plus",
        "an address the server may not find",
        "an address that is read in other letters than the server's",
        "of two senders",
        "of nobody",
        "no message",
    ],
)  # fmt: skip
def test_what_may_belong_to_something_keeps_its_place(desk: Office, message: bytes) -> None:
    assert newcomer(desk.office, message) == ""
