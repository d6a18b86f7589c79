"""Threading keys come from headers alone (mail rules B16, B17, B20, D4, D9, D11)."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.message import IncomingMail
from foibot.mail.thread import (
    bare_subject,
    bounce_tokens,
    conversation,
    is_forward,
    references_in,
    secrets_in,
    subject_reference,
    thread_keys,
    topic,
)

MailWith = Callable[..., IncomingMail]
BOX = "foi@exampleshire.example"
SECRET = "23456789abcdefghjkmnpqrstu"
SHORT = "k7f3q2w9xm4tz8dh"


@pytest.mark.parametrize(
    "name", ["Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To", "Resent-To"]
)
def test_a_secret_in_any_recipient_header(mail_with: MailWith, name: str) -> None:
    """Mail rule D11."""
    mail = mail_with(f"{name}: FOI+C-{SECRET.upper()}@Exampleshire.Example")
    assert thread_keys(mail, BOX).secrets == (SECRET,)


@pytest.mark.parametrize(
    "to",
    [
        f"other+c-{SECRET}@exampleshire.example",
        f"foi+c-{SECRET}x@exampleshire.example",
        f"foi+c-{SECRET[1:]}@exampleshire.example",
        f"foi+{SECRET}@exampleshire.example",
        f'"foi+c-{SECRET}@exampleshire.example" <foi@exampleshire.example>',
    ],
)
def test_what_only_resembles_a_reply_address(mail_with: MailWith, to: str) -> None:
    assert thread_keys(mail_with(to=to), BOX).secrets == ()


def test_retyped_look_alikes_are_mended(mail_with: MailWith) -> None:
    """Mail rule B17."""
    mail = mail_with(to="foi+c-O3456789abcdefghjkmnpqrstu@exampleshire.example")
    assert thread_keys(mail, BOX).secrets == ("03456789abcdefghjkmnpqrstu",)


def test_a_secret_in_our_message_id_and_in_the_subject(mail_with: MailWith) -> None:
    own = f"<foi.004078-20.approve.{SHORT}@exampleshire.example>"
    mail = mail_with(
        f"In-Reply-To: {own}\nReferences: <first@x.example> {own} <last@x.example>",
        subject=f"Re: [004078/20] Approve v2? #{SHORT.upper()}",
    )
    keys = thread_keys(mail, BOX, "{number:06}/{year:02}")
    assert keys.secrets == (SHORT,)
    assert keys.message_ids == (own, "<last@x.example>", "<first@x.example>")
    assert keys.references_in_subject == ("004078/20",)


@pytest.mark.parametrize(
    "message_id",
    [
        f"<foi.{SHORT}@exampleshire.example>",
        f"<fox.004078-20.ack.{SHORT}@exampleshire.example>",
        "<foi.004078-20.ack.short@exampleshire.example>",
    ],
)
def test_other_message_ids_hold_no_secret(mail_with: MailWith, message_id: str) -> None:
    """Mail rule B20."""
    keys = thread_keys(mail_with(f"In-Reply-To: {message_id}"), BOX)
    assert keys.secrets == ()
    assert keys.message_ids == (message_id,)


def test_a_secret_in_the_body_is_not_a_key(mail_with: MailWith) -> None:
    mail = mail_with(body=f"> foi+c-{SECRET}@exampleshire.example #{SHORT}\n", subject="#tooshort")
    keys = thread_keys(mail, BOX)
    assert (keys.secrets, keys.bounce_tokens, keys.message_ids) == ((), (), ())
    assert keys.references_in_subject == ()


def test_envelope_tokens(mail_with: MailWith) -> None:
    mail = mail_with(
        f"Delivered-To: foi+b-{SHORT.upper()}@exampleshire.example", to="foi+x@a.example"
    )
    assert bounce_tokens(mail) == thread_keys(mail, BOX).bounce_tokens == (SHORT,)


@pytest.mark.parametrize(
    ("subject", "pattern", "reference"),
    [
        ("Re: FOI [004078/20]", "{number:06}/{year:02}", "004078/20"),
        ("004078/20", "{number:06}/{year:02}", "004078/20"),
        ("Re: 1004078/20", "{number:06}/{year:02}", "1004078/20"),
        ("Re: 4078/20", "{number:06}/{year:02}", None),
        ("Re: 004078/2020", "{number:06}/{year:02}", None),
        ("A004078/20", "{number:06}/{year:02}", None),
        ("re: foi-2026-0012 and FOI-2026-0013", "FOI-{year}-{number:04d}", "FOI-2026-0012"),
        ("FOI(12)", "FOI({number})", "FOI(12)"),
        ("\u0660\u0661\u0662", "{number}", None),
        ("anything", "no placeholder", None),
        ("anything", "{broken", None),
        ("", "{number:06}/{year:02}", None),
    ],
)
def test_a_reference_in_the_subject(subject: str, pattern: str, reference: str | None) -> None:
    assert subject_reference(subject, pattern) == reference


@given(st.text(max_size=60))
def test_any_pattern_and_subject_can_be_searched(text: str) -> None:
    subject_reference(text, "{number:06}/{year:02}")
    is_forward(text)


@pytest.mark.parametrize(
    "subject",
    ["FW: a", "Fwd: a", "fwd : a", "WG: a", "TR: a", "RV: a", "Re: FW: a", "[EXT] Fw: a", "Fwd[2]: a", "RE[3]: [x] FW(2): a"],
)  # fmt: skip
def test_forwards(subject: str) -> None:
    assert is_forward(subject)


@pytest.mark.parametrize(
    "subject", ["Re: a", "AW: a", "", "a FW: b", "forward planning: FW", "Re: [004078/20] FWD"]
)
def test_not_forwards(subject: str) -> None:
    assert not is_forward(subject)


def test_references_in_a_text_are_listed_once_each_up_to_a_number() -> None:
    text = "See 000001/20 and [000001/20], 000002/20; not 000003/201 but 000004/20."
    assert references_in(text, "{number:06}/{year:02}", 9) == (
        "000001/20",
        "000002/20",
        "000004/20",
    )
    assert references_in(text, "{number:06}/{year:02}", 2) == ("000001/20", "000002/20")
    assert references_in(text, "{number:06", 2) == ()


@pytest.mark.parametrize(
    "subject",
    [
        "Parking fines",
        "RE: Parking fines",
        "Re: [External] AW: PARKING  fines [004078/20] #k7f3q2w9xm4tz8dh",
        "parking, fines?",
    ],
)
def test_a_topic_is_a_subject_without_what_is_added_on_the_way(subject: str) -> None:
    assert topic(subject) == topic("Parking fines") != ""


@pytest.mark.parametrize(
    "subject",
    ["Fines in 2019", "Re: [External] fines IN  2019", "[staff-list] Fwd: Fines in 2019 "],
)
def test_a_bare_subject_keeps_all_that_its_writer_wrote(subject: str) -> None:
    assert bare_subject(subject) == "fines in 2019" != bare_subject("Fines in 2020")


@pytest.mark.parametrize(
    "subject", ["", "FOI request", "Freedom of Information Request", "Re: fines", "FOI: 2020"]
)
def test_a_subject_that_says_little_is_no_topic(subject: str) -> None:
    assert topic(subject) == ""


INDEX = bytes([1, 0xD6, 0xCD, 0x10, 0x20, 0x30]) + b"0123456789abcdef"


@pytest.mark.parametrize("replies", [0, 1, 3])
def test_a_conversation_keeps_its_first_22_bytes(mail_with: MailWith, replies: int) -> None:
    index = base64.b64encode(INDEX + b"\x00\x01\x02\x03\x04" * replies).decode()
    assert conversation(mail_with(f"Thread-Index: {index}")) == INDEX.hex()


@pytest.mark.parametrize(
    "index",
    [
        "",
        "AAAA",
        base64.b64encode(INDEX + b"xx").decode(),
        base64.b64encode(INDEX).decode()[:-3],
        "AdbNEDÄ",
        base64.b64encode(INDEX[:21]).decode(),
    ],
)
def test_what_is_no_thread_index_is_no_conversation(mail_with: MailWith, index: str) -> None:
    assert conversation(mail_with(f"Thread-Index: {index}" if index else "")) == ""


def test_what_a_mail_gives_away_is_found_anywhere_in_its_bytes() -> None:
    secret, tag, in_id = "7k3f" * 6 + "x2", "7k3f" * 4, "9xm4" * 5
    raw = (
        f"In-Reply-To: <foi.000001-20.draft.{in_id}@exampleshire.example>\r\n"
        f"Subject: Re: letter #{tag.upper()}\r\n\r\n"
        f'<a href=3D"mailto:foi%2Bc-{secret[:9]}=\r\n{secret[9:]}@exampleshire.example">\r\n'
        f"#{tag}0 c-{secret}0\r\n"
    )
    assert set(secrets_in(raw.encode())) == {secret, tag, in_id}
    assert secrets_in(b"\xff no secret #short") == ()
    flood = b"".join(b"#%016d\r\n" % number for number in range(500))
    assert len(secrets_in(flood)) == 200
