"""Who wrote what a colleague passes on: attached or quoted, the innermost from outside; never a guess."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foibot.mail.forwarded import attached_messages, forwarded
from foibot.mail.message import IncomingMail

OWN = ("exampleshire.example",)
MailWith = Callable[..., IncomingMail]
BLOCK = "{start}From: {sender}\nSent: Monday\nTo: parking@exampleshire.example\nSubject: Parking fines\n\nHow many?\n"


def attached(*messages: str, kind: str = "message/rfc822") -> tuple[str, str]:
    parts = "".join(
        f"--b\nContent-Type: {kind}\nContent-Disposition: attachment; filename=request.eml\n\n{one}\n"
        for one in messages
    )
    return 'Content-Type: multipart/mixed; boundary="b"', f"--b\n\nPlease see.\n{parts}--b--\n"


REQUEST = "From: Sam Smith <sam@elsewhere.example>\nSubject: Fines\nMessage-ID: <r1@elsewhere.example>\n\nHow many?"


def found(mail: IncomingMail | None) -> tuple[str, str, str, str]:
    assert mail is not None
    assert mail.sender is not None
    return mail.sender.addr, mail.subject, mail.text.strip(), mail.message_id


@pytest.mark.parametrize("kind", ["message/rfc822", "application/octet-stream"])
def test_an_attached_message_is_taken_as_it_came(mail_with: MailWith, kind: str) -> None:
    header, body = attached(REQUEST, kind=kind)
    mail = mail_with(header, body=body, sender="jane@exampleshire.example")
    assert found(forwarded(mail, OWN)) == (
        "sam@elsewhere.example", "Fines", "How many?", "<r1@elsewhere.example>"
    )  # fmt: skip


def test_of_messages_within_messages_it_is_the_innermost_from_outside(mail_with: MailWith) -> None:
    header, body = attached(REQUEST)
    inner = f"From: tom@exampleshire.example\n{header}\n\n{body}".replace('"b"', '"c"').replace(
        "--b", "--c"
    )
    header, body = attached(inner)
    mail = mail_with(header, body=body, sender="jane@exampleshire.example")
    assert found(forwarded(mail, OWN))[0] == "sam@elsewhere.example"


def test_messages_within_messages_are_opened_to_a_depth(mail_with: MailWith) -> None:
    message = REQUEST
    for level in range(6):
        header, body = attached(message)
        message = f"From: tom{level}@exampleshire.example\n{header}\n\n{body}"
        message = message.replace('"b"', f'"c{level}"').replace("--b", f"--c{level}")
    header, body = attached(message)
    assert forwarded(mail_with(header, body=body, sender="jane@exampleshire.example"), OWN) is None


@pytest.mark.parametrize(
    ("start", "sender"),
    [
        ("", "Sam Smith <sam@elsewhere.example>"),
        ("", "Sam Smith [mailto:sam@elsewhere.example]"),
        ("", "sam@elsewhere.example"),
        (
            "Please deal with this.\n\n-----Original Message-----\n",
            '"Smith, Sam" <sam@elsewhere.example>',
        ),
        ("> ", "sam@elsewhere.example"),
    ],
)
def test_a_quoted_message_is_read_from_its_header_lines(
    mail_with: MailWith, start: str, sender: str
) -> None:
    text = BLOCK.format(start=start if start != "> " else "", sender=sender)
    if start == "> ":
        text = "".join(f"> {line}\n" for line in text.splitlines())
    mail = mail_with(body=text, sender="jane@exampleshire.example", subject="FW: Parking fines")
    assert found(forwarded(mail, OWN)) == (
        "sam@elsewhere.example",
        "Parking fines",
        "How many?",
        "",
    )


def test_the_oldest_in_a_chain_counts(mail_with: MailWith) -> None:
    chain = BLOCK.format(start="", sender="tom@exampleshire.example") + BLOCK.format(
        start="", sender="sam@elsewhere.example"
    )
    mail = mail_with(body=chain, sender="jane@exampleshire.example")
    assert found(forwarded(mail, OWN))[0] == "sam@elsewhere.example"


def test_a_colleague_s_attached_mail_may_quote_the_request(mail_with: MailWith) -> None:
    quoting = "From: tom@exampleshire.example\n\n" + BLOCK.format(
        start="", sender="sam@elsewhere.example"
    )
    header, body = attached(quoting)
    mail = mail_with(header, body=body, sender="jane@exampleshire.example")
    assert found(forwarded(mail, OWN))[0] == "sam@elsewhere.example"


@pytest.mark.parametrize(
    "text",
    [
        "Just a question.\n",
        BLOCK.format(start="", sender="tom@exampleshire.example"),
        BLOCK.format(start="", sender="tom@exampleshire.example <sam@elsewhere.example>"),
        BLOCK.format(start="", sender="nobody"),
        "From: sam@elsewhere.example\nand that is all\n",
    ],
)
def test_without_a_clean_sender_from_outside_there_is_none(mail_with: MailWith, text: str) -> None:
    assert forwarded(mail_with(body=text, sender="jane@exampleshire.example"), OWN) is None


def test_a_block_without_a_subject_keeps_the_mail_s_own(mail_with: MailWith) -> None:
    text = "From: sam@elsewhere.example\nSent: Monday\nTo: x@exampleshire.example\n\nHow many?\n"
    mail = mail_with(body=text, subject="FW: Fines", sender="jane@exampleshire.example")
    assert found(forwarded(mail, OWN))[1] == "FW: Fines"


def test_however_much_is_quoted_the_work_is_bounded(mail_with: MailWith) -> None:
    many = BLOCK.format(start="", sender="sam{n}@elsewhere.example")
    text = "".join(many.replace("{n}", str(n)) for n in range(40))
    mail = mail_with(body=text, sender="jane@exampleshire.example")
    assert found(forwarded(mail, OWN))[0] == "sam9@elsewhere.example"


def test_attached_messages_are_opened_up_to_a_number(mail_with: MailWith) -> None:
    header, body = attached(*[REQUEST] * 12, "", "\n\n")
    assert len(list(attached_messages(mail_with(header, body=body)))) == 10
    header, body = attached("X: y", REQUEST)
    assert len(list(attached_messages(mail_with(header, body=body)))) == 1
