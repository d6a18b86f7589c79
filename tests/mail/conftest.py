"""Builds mails for the tests of foibot.mail: sample files, and small ones from a few headers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse

EMAILS = Path(__file__).parent.parent / "emails"


def _parsed(raw: bytes) -> IncomingMail:
    mail = parse(raw)
    assert isinstance(mail, IncomingMail), mail
    return mail


@pytest.fixture
def sample() -> Callable[[str], IncomingMail]:
    """sample("0001-plain-request") is that file, parsed."""
    return lambda name: _parsed((EMAILS / f"{name}.eml").read_bytes())


@pytest.fixture
def mail_with() -> Callable[..., IncomingMail]:
    """mail_with("X-A: b\\nX-C: d", body="...", sender="...") is a small mail with these headers."""

    def build(
        headers: str = "",
        *,
        body: str = "Hello\n",
        sender: str = "Sam Smith <sam@elsewhere.example>",
        subject: str = "FOI",
        to: str = "foi@exampleshire.example",
    ) -> IncomingMail:
        lines = [headers.strip("\n")] if headers else []
        lines += [f"From: {sender}"] if sender else []
        lines += [f"To: {to}", f"Subject: {subject}", "Message-ID: <m1@elsewhere.example>"]
        text = "\n".join(lines) + "\n\n" + body
        return _parsed(text.encode("utf-8", "surrogateescape"))

    return build
