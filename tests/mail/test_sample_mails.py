"""Every sample mail, and what the reader must make of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foibot.mail.authentication_results import Verdict, border_verdict
from foibot.mail.body import HIDES
from foibot.mail.bounce import read_bounce
from foibot.mail.machine import machine_signs
from foibot.mail.message import IncomingMail
from foibot.mail.thread import thread_keys

SECRETS = ("23456789abcdefghjkmnpqrstu", "k7f3q2w9xm4tz8dh")
ACK = ("23456789abcdefgh",)
GUESSED = ("charset guessed",)
IN_FILE = ("text in attachment",)

# Name: (sender, rules of the machine signs, is a bounce, secrets, flags)
EXPECTED: dict[str, tuple[str, str, bool, tuple[str, ...], tuple[str, ...]]] = {
    "0001-plain-request": ("sam@elsewhere.example", "", False, (), ()),
    "0002-outlook-desktop-approve": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0003-outlook-web-html-only-approve": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0004-gmail-approve": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0005-apple-mail-reject": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0006-iphone-hold": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0007-outlook-phone-order": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0008-external-banner-approve": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0009-out-of-office-outlook": ("tom.teal@exampleshire.example", "A2 A3 A4", False, SECRETS, ()),
    "0010-out-of-office-empty-charset": ("records@elsewhere.example", "A3 A3 A7", False, (), GUESSED),
    "0011-bounce-postfix": ("MAILER-DAEMON@mx.exampleshire.example", "A2 A7 A7", True, (), ()),
    "0012-delayed-postfix": ("MAILER-DAEMON@mx.exampleshire.example", "A2 A7 A7", True, (), ()),
    "0013-bounce-exim-prose": ("Mailer-Daemon@relay.example", "A2 A7 A7", True, (), ()),
    "0014-bounce-qmail": ("MAILER-DAEMON@elsewhere.example", "A7 A7", True, (), ()),
    "0015-bounce-exchange-expired": ("postmaster@exampleshire.example", "A7 A7", True, ACK, ()),
    "0016-read-receipt": ("sam@elsewhere.example", "A17", False, ACK, ()),
    "0017-calendar-reply": ("tom.teal@exampleshire.example", "C21", False, (), IN_FILE),
    "0018-request-unknown-charset": ("sam@elsewhere.example", "", False, (), GUESSED),
    "0019-mailing-list": ("news@lists.elsewhere.example", "A5 A6 A6", False, (), ()),
    "0020-request-in-a-file": ("sam@elsewhere.example", "", False, (), IN_FILE),
    "0021-name-is-an-address": (
        "evil@elsewhere.example", "", False, (),
        ("display name contains a different address", "replies go to another domain")),
    "0022-people-s-outlook-suppresses-replies": ("sam@elsewhere.example", "A4", False, (), ()),
    "0023-abuse-report": ("abuse@elsewhere.example", "A18", False, (), ()),
    "0024-html-request-with-hidden-words": ("sam@elsewhere.example", "", False, (), (HIDES,)),
    "0025-flowed-request": ("sam@elsewhere.example", "", False, (), ()),
    "0026-m365-internal-order": ("jane.orange@exampleshire.example", "", False, SECRETS[:1], ()),
    "0027-encrypted": (
        "sam@elsewhere.example", "", False, (),
        ("encrypted or sealed: the text cannot be read here", *IN_FILE)),
    "0028-bottom-posted": ("sam@elsewhere.example", "", False, ACK, ()),
    "0029-signed-and-closed": (
        "sam@elsewhere.example", "", False, (),
        ("the text was inside a signature, which nobody has checked",)),
    "0030-winmail-dat": (
        "sam@elsewhere.example", "", False, (),
        ("files were in Outlook's own wrapping, winmail.dat",)),
    "0031-uuencoded": ("sam@elsewhere.example", "", False, (), ()),
    "0032-outlook-message": ("ada.able@elsewhere.example", "", False, (), ()),
    "0033-request-under-microsoft-s-warnings": ("sam.smith@citizens.example", "", False, (), ()),
    "0034-request-under-a-warning-of-google-workspace": ("sam.smith@citizens.example", "", False, (), ()),
    "0035-request-under-proofpoint-s-warning": ("sam.smith@citizens.example", "", False, (), ()),
    "0036-request-under-an-authority-s-own-table": ("sam.smith@citizens.example", "", False, (), ()),
    "0037-approve-under-microsoft-s-warning": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0038-approve-under-a-warning-of-google-workspace": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0039-approve-under-proofpoint-s-warning": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
    "0040-approve-under-an-authority-s-own-table": ("tom.teal@exampleshire.example", "", False, SECRETS, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample(sample: Callable[[str], IncomingMail], name: str) -> None:
    mail = sample(name)
    assert mail.sender is not None
    assert (
        mail.sender.addr,
        " ".join(sign.rule for sign in machine_signs(mail)),
        read_bounce(mail) is not None,
        thread_keys(mail, "foi@exampleshire.example").secrets,
        mail.flags,
    ) == EXPECTED[name]


@pytest.mark.parametrize(
    ("name", "authserv_id", "verdict"),
    [
        ("0001-plain-request", "mx.exampleshire.example", Verdict.PASS),
        ("0002-outlook-desktop-approve", "mx.exampleshire.example", Verdict.PASS),
        ("0021-name-is-an-address", "mx.exampleshire.example", Verdict.UNKNOWN),
        ("0026-m365-internal-order", "m365", Verdict.PASS),
        ("0026-m365-internal-order", "mx.exampleshire.example", Verdict.UNKNOWN),
    ],
)
def test_what_the_border_says(
    sample: Callable[[str], IncomingMail], name: str, authserv_id: str, verdict: Verdict
) -> None:
    found = border_verdict(sample(name), authserv_id, ("store.exampleshire.example",))
    assert found.verdict is verdict


def test_the_words_of_a_request(sample: Callable[[str], IncomingMail]) -> None:
    hidden = sample("0024-html-request-with-hidden-words").text
    assert (
        hidden == "How many lamp posts are there?\n\nSee the list <https://elsewhere.example/list>."
    )
    flowed = sample("0025-flowed-request").text
    assert flowed.startswith("How many lamp posts were repaired in the year to 31 March 2020?\n")
    assert "café" in sample("0018-request-unknown-charset").text
    assert sample("0001-plain-request").text.endswith("Sam Smith\n")
