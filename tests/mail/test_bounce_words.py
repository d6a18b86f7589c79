"""Reports that only people were meant to read, as servers write them (mail rule A12)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.bounce import Fate, read_bounce
from foibot.mail.bounce_words import named_in_words
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse

MailWith = Callable[..., IncomingMail]
SAM = "sam@elsewhere.example"
DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.elsewhere.example>"
OVER_QUOTA = (
    f"Your message to <{SAM}> was automatically rejected:\nQuota exceeded (mailbox is full)\n"
)
MAIL_RU = (
    "A message that you sent was rejected by the receiving server.\n\n"
    f"  {SAM}\n\n----- This is a copy of your message, including all the headers. ------\n"
)


@pytest.mark.parametrize("words", [OVER_QUOTA, MAIL_RU])
def test_a12_a_report_in_free_words_names_who_did_not_get_our_mail(
    mail_with: MailWith, words: str
) -> None:
    mail = mail_with(sender=DAEMON, subject="Undelivered mail", body=words)
    assert named_in_words(mail) == ((SAM,), True)
    bounce = read_bounce(mail)
    assert bounce is not None
    assert (bounce.recipients, bounce.fate) == ((SAM,), Fate.HARD)


def test_a12_the_first_part_of_a_report_in_parts_is_read(mail_with: MailWith) -> None:
    mail = mail_with(
        'Content-Type: multipart/mixed; boundary="b"',
        sender=DAEMON,
        body=f"--b\r\nContent-Type: text/plain\r\n\r\nThe Postfix program\n\n<{SAM}>: unknown\r\n--b--\r\n",
    )
    assert named_in_words(mail) == ((SAM,), True)


def test_a12_what_is_known_already_is_not_asked_of_others(
    mail_with: MailWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flufl.bounce.all_failures", None)
    mail = mail_with(sender=DAEMON, body=f"<{SAM}>: 550 5.1.1 unknown\n")
    bounce = read_bounce(mail)
    assert bounce is not None
    assert (bounce.recipients, bounce.status) == ((SAM,), "5.1.1")


def test_a12_a_delay_in_words_is_no_failure(
    mail_with: MailWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says(_: object) -> tuple[set[bytes], set[bytes]]:
        return {SAM.encode()}, set()

    monkeypatch.setattr("flufl.bounce.all_failures", says)
    bounce = read_bounce(mail_with(sender=DAEMON, body="Nobody knows.\n"))
    assert bounce is not None
    assert (bounce.recipients, bounce.fate) == ((SAM,), Fate.DELAYED)


def test_a12_a_report_that_breaks_its_reader_is_still_a_bounce(
    mail_with: MailWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flufl.bounce.all_failures", None)
    bounce = read_bounce(mail_with(sender=DAEMON, body="Nobody knows.\n"))
    assert bounce is not None
    assert (bounce.recipients, bounce.fate) == ((), Fate.UNTOLD)


@given(st.binary(max_size=400))
def test_a12_any_bytes_are_read(body: bytes) -> None:
    mail = parse(
        b"From: "
        + DAEMON.encode()
        + b"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + body
    )
    assert isinstance(mail, IncomingMail)
    named_in_words(mail)
