"""A picture that the text of a mail shows was not attached by anybody; every other one was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from tests.carrying import LOGO, PNG, Enclosure, carrying

PLAIN = b"From: Jane <jane@x.example>\r\nTo: foi@x.example\r\n\r\ndisclose\r\n"


@pytest.mark.parametrize(
    ("file", "in_text"),
    [
        (LOGO, True),
        (replace(LOGO, disposition="attachment"), False),
        (Enclosure("photo.png", PNG, "image/png"), False),
        (Enclosure("photo.png", PNG, "image/png", disposition="inline"), False),
        (Enclosure("a.pdf", b"%PDF-1.7", "application/pdf", disposition="inline"), False),
        (Enclosure("smime.p7s", b"x", "application/pkcs7-signature"), True),
    ],
)
def test_what_is_shown_in_the_text_is_told_from_what_is_attached(
    file: Enclosure, in_text: bool
) -> None:
    mail = parse(carrying(PLAIN, file))
    assert isinstance(mail, IncomingMail)
    (found,) = mail.attachments
    assert (found.name, found.content(), found.in_text) == (file.name, file.content, in_text)


def test_a_picture_that_no_text_refers_to_was_attached() -> None:
    raw = carrying(PLAIN, LOGO).replace(b"cid:logo@01D", b"cid:another")
    mail = parse(raw)
    assert isinstance(mail, IncomingMail)
    assert not mail.attachments[0].in_text


def test_a_picture_without_a_name_was_attached_by_nobody() -> None:
    raw = (
        b"From: Jane <jane@x.example>\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\n\r\napprove v1\r\n"
        b"--b\r\nContent-Type: image/png\r\nContent-Disposition: %s\r\n\r\nx\r\n--b--\r\n"
    )
    left, attached = parse(raw % b"inline"), parse(raw % b"attachment")
    assert isinstance(left, IncomingMail)
    assert isinstance(attached, IncomingMail)
    assert left.attachments[0].in_text
    assert not attached.attachments[0].in_text
