"""Our own mail: the same bytes every time, nothing a stranger wrote in its header (rules B12 to B15, F10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.errors import Bug
from foibot.mail.addresses import AddressCannotBeUsed
from foibot.mail.compose import File, HeaderCannotBeSet, Words, compose, stamp
from foibot.mail.message import Address, IncomingMail
from foibot.mail.parse import parse

FOI = Address("foi@exampleshire.example", "Exampleshire Police")
SAM = Address("sam@elsewhere.example", "Sam Smith")
HELLO = Words("FOI 004078/20: your request", "Dear Mr Smith,\n\nHello.\n")


def written(raw: bytes) -> IncomingMail:
    mail = parse(raw)
    assert isinstance(mail, IncomingMail)
    return mail


def test_a_plain_mail_byte_for_byte() -> None:
    raw = compose(sender=FOI, recipient=SAM, words=HELLO, headers=(("Auto-Submitted", "no"),))
    assert raw == (
        b"MIME-Version: 1.0\r\n"
        b"From: Exampleshire Police <foi@exampleshire.example>\r\n"
        b"To: Sam Smith <sam@elsewhere.example>\r\n"
        b"Subject: FOI 004078/20: your request\r\n"
        b"Auto-Submitted: no\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n"
        b"Dear Mr Smith,\r\n\r\nHello.\r\n"
    )


def test_the_whole_shape_with_everything() -> None:
    files = (
        File("letter.pdf", "application/pdf", b"%PDF" * 40),
        File("réponse.csv", "text/csv; charset=utf-8", b"a,b\r\n"),
        File("mail.eml", "message/rfc822", b"From: x\r\n\r\ny"),
        File("é" * 40 + ".txt", "nonsense", b""),
        File('a"/b.txt', "text/plain", b"x"),
        File("", "text/plain", b"y"),
    )
    words = Words("Café", "Dear Mr Smith,\n", "<p>Dear Mr Smith,</p>")
    mail = written(
        compose(
            sender=FOI,
            recipient=SAM,
            words=words,
            files=files,
            reply_to="foi+c-k7@exampleshire.example",
            in_reply_to="<b@x.example>",
            references=("<a@x.example>", "<b@x.example>", "not an id"),
            headers=(("X-Auto-Response-Suppress", "All"),),
        )
    )
    assert mail.sender == FOI
    assert mail.to == (SAM,)
    assert mail.subject == "Café"
    assert mail.text == "Dear Mr Smith,\n"
    assert mail.flags == ()
    assert mail.reply_to == (Address("foi+c-k7@exampleshire.example"),)
    assert mail.in_reply_to == ("<b@x.example>",)
    assert mail.references == ("<a@x.example>", "<b@x.example>")
    assert mail.header("x-auto-response-suppress") == "All"
    assert [one.content() for one in mail.attachments] == [file.content for file in files]
    assert [one.original_name for one in mail.attachments] == [
        "letter.pdf", "réponse.csv", "mail.eml", "é" * 40 + ".txt", "a__b.txt", "attachment"
    ]  # fmt: skip
    assert [one.content_type for one in mail.attachments] == [
        "application/pdf", "text/csv", "application/octet-stream", "application/octet-stream",
        "text/plain", "text/plain",
    ]  # fmt: skip


def test_the_same_input_gives_the_same_bytes_and_other_input_another_boundary() -> None:
    def make(text: str) -> bytes:
        return compose(sender=FOI, recipient=SAM, words=Words("a", text, f"<p>{text}</p>"))

    assert make("Hello") == make("Hello")
    assert written(make("Hello")).header("content-type") != written(make("Bye")).header(
        "content-type"
    )


subjects = st.text(max_size=260)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=300)


@given(subjects, st.text(max_size=120), texts, st.text(max_size=80))
def test_whatever_is_written_can_be_read_back(
    subject: str, name: str, text: str, file: str
) -> None:
    raw = compose(
        sender=FOI,
        recipient=Address(SAM.addr, name),
        words=Words(subject, text, "<p>x</p>"),
        files=(File(file, "text/plain", text.encode()),),
        headers=(("X-Note", subject),),
    )
    head, _, _ = raw.partition(b"\r\n\r\n")
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    mail = written(raw)
    assert [name for name, _ in mail.headers] == [
        "mime-version", "from", "to", "subject", "x-note", "content-type"
    ]  # fmt: skip
    assert mail.text.split() == (text.split() or ["x"])
    assert mail.sender == FOI
    assert [one.addr for one in mail.to] == [SAM.addr]
    again = compose(sender=FOI, recipient=mail.to[0], words=Words(mail.subject, "", ""))
    assert written(again).subject == mail.subject


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        ("Hello\r\nBcc: victim@x.example", b"Subject: Hello Bcc: victim@x.example"),
        ("=?utf-8?q?no?=", b"Subject: =?utf-8?b?PT91dGYtOD9xP25vPz0=?="),
        ("", b"Subject: "),
        ("x" * 61, b"Subject: =?utf-8?b?" + b"eHh4" * 13 + b"?=\r\n =?utf-8?b?" + b"eHh4" * 7 + b"eA==?="),
        (
            "word " * 20,
            b"Subject:" + b" word" * 13 + b"\r\n" + b" word" * 7,
        ),
    ],
)  # fmt: skip
def test_the_subject_is_one_folded_header(subject: str, line: bytes) -> None:
    raw = compose(sender=FOI, recipient=SAM, words=Words(subject, "x"))
    assert b"\r\n" + line + b"\r\n" in raw


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("", b"To: sam@elsewhere.example"),
        ("Smith, Sam", b'To: "Smith, Sam" <sam@elsewhere.example>'),
        ('Sam "S" \\ Smith', b'To: "Sam \\"S\\" \\\\ Smith" <sam@elsewhere.example>'),
        ("Säm", b"To: =?utf-8?b?U8OkbQ==?= <sam@elsewhere.example>"),
        ("S" * 50, b"To: " + b"S" * 50 + b"\r\n <sam@elsewhere.example>"),
        ("a\r\nBcc: x", b'To: "a Bcc: x" <sam@elsewhere.example>'),
    ],
)
def test_the_recipient_s_name(name: str, line: bytes) -> None:
    raw = compose(sender=FOI, recipient=Address(SAM.addr, name), words=HELLO)
    assert b"\r\n" + line + b"\r\n" in raw


@pytest.mark.parametrize("addr", ["", "sam", "sam@x.example\r\nBcc: y@z.example", "ü@x.example"])
def test_an_address_that_cannot_be_written_to_is_refused(addr: str) -> None:
    for sender, recipient, reply_to in (
        (FOI, Address(addr), ""),
        (Address(addr), SAM, ""),
        (FOI, SAM, addr or "x"),
    ):
        with pytest.raises(AddressCannotBeUsed):
            compose(sender=sender, recipient=recipient, words=HELLO, reply_to=reply_to)


@pytest.mark.parametrize(
    "name", ["Bcc", "date", "Content-Disposition", "X A", "X-A\r\nB", "", "X:"]
)
def test_a_header_that_is_not_the_caller_s_is_a_bug(name: str) -> None:
    with pytest.raises(HeaderCannotBeSet) as refused:
        compose(sender=FOI, recipient=SAM, words=HELLO, headers=((name, "x"),))
    assert isinstance(refused.value, Bug)


def test_references_keep_the_root_and_the_last_that_fit() -> None:
    """Mail rule F10."""
    ids = tuple(f"<{n:03}{'x' * 100}@x.example>" for n in range(40))
    mail = written(
        compose(sender=FOI, recipient=SAM, words=HELLO, references=ids, in_reply_to="bad")
    )
    assert mail.references == (ids[0], *ids[-7:])
    assert mail.in_reply_to == ()
    few = tuple(f"<{n}@x.example>" for n in range(40))
    assert written(compose(sender=FOI, recipient=SAM, words=HELLO, references=few)).references == (
        few[0],
        *few[-10:],
    )


def test_threading_headers_take_nothing_but_ids() -> None:
    bad = "<a@b>\r\nBcc: victim@x.example"
    long = f"<{'a' * 250}@b>"
    raw = compose(
        sender=FOI,
        recipient=SAM,
        words=HELLO,
        in_reply_to=bad,
        references=(bad, long, "<c@d>", "e@f"),
    )
    assert b"Bcc" not in raw
    assert b"In-Reply-To" not in raw
    assert b"\r\nReferences: <c@d>\r\n" in raw


def test_controls_leave_the_text_and_dots_and_long_lines_are_safe() -> None:
    raw = compose(
        sender=FOI, recipient=SAM, words=Words("a", "x\0y\x1b\n.\n" + "é" * 400 + "\r\nz\n\n")
    )
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\r\n.\r\n" not in raw
    assert written(raw).text == "xy\n.\n" + "é" * 400 + "\nz\n"


def test_stamp_adds_the_two_lines_that_differ() -> None:
    raw = compose(sender=FOI, recipient=SAM, words=HELLO)
    moment = datetime(2021, 7, 5, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    stamped = stamp(raw, moment, "<foi.004078-20.ack.k7f3q2w9xm4tz8dh@exampleshire.example>")
    assert stamped == (
        b"Date: Mon, 05 Jul 2021 09:00:00 +0000\r\n"
        b"Message-ID: <foi.004078-20.ack.k7f3q2w9xm4tz8dh@exampleshire.example>\r\n" + raw
    )


@pytest.mark.parametrize(
    "message_id", ["", "a@b", "<a>", "<a@b>\r\nBcc: x", "<é@b>", f"<{'a' * 250}@b>"]
)
def test_stamp_takes_no_other_message_id(message_id: str) -> None:
    with pytest.raises(HeaderCannotBeSet):
        stamp(b"", datetime(2021, 1, 1, tzinfo=UTC), message_id)
