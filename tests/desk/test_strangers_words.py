"""What a stranger writes becomes no header, no link and no recipient of ours (mail rules B, C23, C24, D10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from foibot.demo.correspondent import request
from tests.office import JANE, MAILBOX, QUESTION, SAM, STAFF, Office, office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


def asked(desk: Office, *, extra: str = "", text: str = QUESTION) -> bytes:
    """A request with further headers, as the border passes it on."""
    raw = request(
        SAM, MAILBOX, "Parking", text, desk.clock.now(), message_id=desk.message_id("c.example")
    )
    return desk.border(raw.replace(b"Subject:", extra.encode() + b"Subject:", 1), SAM.address)


def test_b19_headers_in_our_own_name_from_outside_mean_nothing(desk: Office) -> None:
    forged = "X-Foibot-Id: 000001/20\r\nX-Foibot-Disposition: own-copy\r\nX-Foibot-Loop: yes\r\n"
    assert desk.arrives(asked(desk, extra=forged)) == "request"
    acknowledgement, notice = desk.one_for(SAM), desk.one_for(JANE)
    for mail in (acknowledgement, notice):
        assert not [name for name in mail.message if name.lower().startswith("x-foibot")]
    desk.discards()


def test_b20_b21_our_message_ids_do_not_look_like_junk_and_cannot_be_guessed(desk: Office) -> None:
    desk.asks()
    found = desk.one_for(SAM).header("Message-ID")
    desk.discards()
    # What SpamAssassin calls MSGID_RANDY.
    randy = r"<[a-z\d][a-z\d\$-]{10,29}[a-z\d]\@[a-z\d][a-z\d.]{3,12}[a-z\d]>"
    assert not re.fullmatch(randy, found)
    own = re.fullmatch(r"<foi\.000001-20\.ack\.([0-9a-z]{16,})@exampleshire\.example>", found)
    assert own is not None
    assert len(own[1]) * 5 >= 80  # bits


def test_d10_whoever_was_copied_in_is_written_to_by_nobody(desk: Office) -> None:
    extra = "Cc: press@elsewhere.example, Olive <olive@citizens.example>\r\n"
    assert desk.arrives(asked(desk, extra=extra)) == "request"
    assert {envelope.recipient for envelope in desk.post.taken} <= {
        SAM.address,
        *(one.address for one in STAFF),
    }
    acknowledgement = desk.one_for(SAM)
    assert (acknowledgement.header("Cc"), acknowledgement.header("Bcc")) == ("", "")
    desk.discards()


FILES = b"""From: Sam Smith <sam.smith@citizens.example>
To: foi@exampleshire.example
Subject: Parking
Message-ID: <files@citizens.example>
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

How many fines were issued in May 2020?
--b
Content-Type: text/html; name="../../etc/x.html"
Content-Disposition: attachment; filename="../../etc/x.html"

<script>alert(1)</script><p>also this</p>
--b
Content-Type: image/svg+xml
Content-Disposition: attachment; filename="fdp.\xe2\x80\xaeexe.svg"

<svg onload="alert(2)"/>
--b--
"""


def test_c23_c24_an_attachment_is_never_shown_inline_nor_opened(desk: Office) -> None:
    assert desk.arrives(desk.border(FILES.replace(b"\n", b"\r\n"), SAM.address)) == "request"
    notice = desk.one_for(JANE)
    assert "alert(" not in notice.html
    assert "alert(" not in notice.text
    assert "x.html" in notice.words
    assert "../" not in notice.text
    assert "\u202e" not in notice.text
    assert FILES.replace(b"\n", b"\r\n") in notice.files["original-message.eml"]
    assert set(notice.files) == {"original-message.eml", "deadline.ics"}
    desk.discards()


LINKS = (
    "How many fines were issued? [Click](https://evil.example/a) <https://evil.example/b>\n"
    "www.evil.example mailto:evil@evil.example https://evil.example/c <a href='https://evil.example/d'>x</a>"
)


def test_a19_nothing_a_stranger_writes_is_a_link_in_our_mail(desk: Office) -> None:
    """Mail rules A19, B4: neither in the acknowledgement nor in what officers read."""
    raw = asked(desk, text=LINKS).replace(
        b"From: Sam Smith", b'From: "https://evil.example/name [x](https://evil.example/y)"'
    )
    raw = raw.replace(
        b"Subject: Parking", b"Subject: Win https://evil.example/s [y](http://evil.example)"
    )
    assert desk.arrives(raw) == "request"
    acknowledgement, notice = desk.one_for(SAM), desk.one_for(JANE)
    for mail in (acknowledgement, notice):
        assert "evil" not in "".join(re.findall(r'(?:href|src)\s*=\s*"[^"]*"', mail.html))
    assert "evil.example/a" not in acknowledgement.text
    desk.discards()
