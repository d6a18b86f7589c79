"""What an administrator hears of a mail that foibot sent to itself, by what the provider did to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from foibot.mail.compose import stamp
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.trial import Trial
from foibot.reports.own_mail import Came, Settings, Weight, points

OWN = "foi@exampleshire.example"
PLUS = "foi+c-k7f3q2w9xm4tz8dhk7f3q2w9xm@exampleshire.example"
TO_ITSELF = Trial(OWN, OWN, "foi+b-9xm4tz8dhk7f3q2w@exampleshire.example", "k7f3q2w9xm4tz8dh")
TO_PLUS = Trial(OWN, PLUS, OWN, "2w9xm4tz8dhk7f3q")
SETTINGS = Settings(
    plus_addressing=True,
    folder="INBOX",
    authserv_id="mx.exampleshire.example",
    servers=(),
    exchange_internal=False,
)
PASS = "mx.exampleshire.example; dmarc=pass header.from=exampleshire.example"


def delivered(trial: Trial, results: str = PASS, **changes: str) -> IncomingMail:
    """The mail as a border hands it over, with some header fields of it changed, or taken off by ""."""
    raw = stamp(
        trial.composed("Exampleshire Constabulary"),
        datetime(2026, 11, 27, 17, 20, tzinfo=UTC),
        trial.message_id,
    ).decode()
    for name, value in changes.items():
        field = name.replace("_", "-")
        line = f"{field}: {value}\r\n" if value else ""
        raw, found = re.subn(rf"(?im)^{field}:.*\r\n(?:[ \t].*\r\n)*", line, raw)
        assert found == 1, field
    top = f"Return-Path: <{trial.envelope_from}>\r\n"
    top += f"Authentication-Results: {results}\r\n" if results else ""
    top += (
        "Received: from mail.exampleshire.example (mail.exampleshire.example [192.0.2.7])\r\n"
        "\tby mx.exampleshire.example with ESMTPSA id 4Rk2; Fri, 27 Nov 2026 17:20:01 +0000\r\n"
    )
    mail = parse((top + raw).encode())
    assert isinstance(mail, IncomingMail)
    return mail


WELL = Came(TO_ITSELF, delivered(TO_ITSELF), "INBOX")
PLUS_WELL = Came(TO_PLUS, delivered(TO_PLUS), "INBOX")


def said(plain: Came, plus: Came = PLUS_WELL, settings: Settings = SETTINGS) -> dict[str, Weight]:
    return {one.words: one.weight for one in points(plain, plus, settings, 60)}


def not_fine(plain: Came, plus: Came = PLUS_WELL, settings: Settings = SETTINGS) -> str:
    """What an administrator has to look at or to mend, each with its weight, in order."""
    return "\n".join(
        f"{weight.value}: {words}"
        for words, weight in said(plain, plus, settings).items()
        if weight is not Weight.FINE
    )


def changed(results: str = PASS, **changes: str) -> Came:
    return replace(WELL, mail=delivered(TO_ITSELF, results, **changes))


def test_a_provider_that_leaves_all_as_it_was_is_fine_point_by_point() -> None:
    assert list(said(WELL)) == [
        "mailbox.address: a mail to foi@exampleshire.example came back into the mailbox",
        "mailbox.plus_addressing: mail to a plus address arrives, and shows it",
        "mailbox.smtp: the Message-ID that foibot gives is kept",
        "mailbox.smtp: Auto-Submitted, X-Auto-Response-Suppress, In-Reply-To, References are kept",
        "mailbox.smtp: the envelope sender is kept, so that a bounce names the mail that failed",
        f"trust.authserv_id: {PASS.replace('; ', ' vouches for the sender: ')}",
    ]
    assert set(said(WELL).values()) == {Weight.FINE}


def test_a_provider_that_replaces_the_message_id_and_eats_the_plus_address() -> None:
    heard = not_fine(
        changed(Message_ID="<0102019a@eu-west.sender.example>"),
        replace(PLUS_WELL, mail=delivered(TO_PLUS, To=OWN)),
    )
    plus, message_id = heard.splitlines()
    assert plus.startswith(f"look at: mailbox.plus_addressing: a mail to {PLUS} arrived, but no")
    assert "Set plus_addressing = false" in plus
    assert "<0102019a@eu-west.sender.example>, in the place of foibot's" in message_id
    assert "known by what stands in their subject alone" in message_id
    assert 'set it to "never" where the server keeps copies' in message_id


def test_without_plus_address_and_message_id_replies_have_the_reference_alone() -> None:
    lost = Came(TO_PLUS)
    kept = not_fine(changed(Message_ID="<0102019a@eu-west.sender.example>"))
    assert "known by the address they go to" in kept
    heard = not_fine(changed(Message_ID="<0102019a@eu-west.sender.example>"), lost)
    assert "did not come back within 60 seconds, and one to the address itself did" in heard
    assert "known by what stands in their subject alone" in heard


@pytest.mark.parametrize(
    ("plus", "settings", "words"),
    [
        (
            Came(TO_PLUS, turned_down="550 5.1.1 User unknown"),
            SETTINGS,
            f"wrong: mailbox.plus_addressing: a mail to {PLUS} was turned down: 550 5.1.1 User",
        ),
        (
            Came(TO_PLUS, not_now="450 4.7.1 Greylisted"),
            SETTINGS,
            f"look at: mailbox.smtp: the server did not take a mail to {PLUS} just now: 450 4.7.1 Greylisted",
        ),
        (
            PLUS_WELL,
            replace(SETTINGS, plus_addressing=False),
            "look at: mailbox.plus_addressing: it is false, but mail to a plus address arrives",
        ),
    ],
)
def test_what_became_of_the_plus_address(plus: Came, settings: Settings, words: str) -> None:
    assert not_fine(WELL, plus, settings).startswith(words)


def test_a_plus_address_that_is_not_used_may_fail() -> None:
    off = replace(SETTINGS, plus_addressing=False)
    assert not_fine(WELL, Came(TO_PLUS, turned_down="550 5.1.1 User unknown"), off) == ""


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        (
            Came(TO_ITSELF),
            "look at: mailbox.address: a mail to foi@exampleshire.example was accepted",
        ),
        (
            Came(TO_ITSELF, not_now="451 4.3.2 Try later"),
            "look at: mailbox.smtp: the server did not take a mail to foi@exampleshire.example just now",
        ),
        (
            Came(TO_ITSELF, turned_down="550 5.7.60 Client does not have permissions to send as"),
            "wrong: mailbox.plus_addressing: a mail with the envelope sender foi+b-9xm4tz8dhk7f3q2w@",
        ),
        (
            Came(replace(TO_ITSELF, envelope_from=OWN), turned_down="550 5.7.60 not permitted"),
            "wrong: mailbox.smtp: a mail to foi@exampleshire.example was turned down: 550 5.7.60",
        ),
    ],
)
def test_a_mail_that_did_not_come_back(plain: Came, words: str) -> None:
    heard = not_fine(plain, Came(TO_PLUS))
    assert heard.startswith(words)
    assert len(heard.splitlines()) == 1


def test_what_came_to_the_plus_address_tells_of_the_headers_too() -> None:
    sent = replace(TO_PLUS, envelope_from=OWN)
    heard = said(Came(TO_ITSELF), Came(sent, delivered(sent, Auto_Submitted=""), "INBOX"))
    assert any(
        words.startswith("mailbox.smtp: the server takes Auto-Submitted off") for words in heard
    )


def test_headers_that_are_taken_off_are_named_with_what_follows() -> None:
    heard = not_fine(changed(X_Auto_Response_Suppress="", References="", In_Reply_To=""))
    marks, thread = heard.splitlines()
    assert "takes X-Auto-Response-Suppress off. Other machines may then answer" in marks
    assert "takes In-Reply-To and References off or changes it" in thread


def test_a_sender_or_a_folder_that_is_another() -> None:
    heard = not_fine(replace(changed("", From="relay@exampleshire.example"), folder="Junk"))
    folder, sender, _ = heard.splitlines()
    assert folder.startswith("look at: mailbox.junk: the mail was put into the folder Junk")
    assert "arrived as from relay@exampleshire.example" in sender
    assert "arrived as from nobody at all" in not_fine(changed(From="nobody at all"))


def test_an_envelope_sender_that_is_replaced_or_not_shown() -> None:
    other = replace(TO_ITSELF, envelope_from="foi+b-otherotherother00@exampleshire.example")
    assert "became foi+b-9xm4tz8dhk7f3q2w@exampleshire.example" in not_fine(
        replace(WELL, trial=other)
    )
    assert isinstance(WELL.mail, IncomingMail)
    unseen = replace(WELL, mail=replace(WELL.mail, return_path=None))
    assert not_fine(unseen) == ""
    assert not any("envelope sender" in words for words in said(unseen))


@pytest.mark.parametrize(
    ("results", "marked", "configured", "words"),
    [
        (
            "mx.exampleshire.example; dmarc=fail header.from=exampleshire.example",
            "",
            "mx.exampleshire.example",
            "mx.exampleshire.example says that the office's own mail is not from the office: dmarc=fail",
        ),
        (
            "mx.exampleshire.example; spf=pass smtp.mailfrom=foi@exampleshire.example",
            "",
            "MX.exampleshire.example",
            "writes on mail, but does not vouch for this sender: neither dmarc nor auth",
        ),
        (
            "mx.google.com; dmarc=pass header.from=exampleshire.example",
            "",
            "mx.exampleshire.example",
            'it is "mx.exampleshire.example", and what stands on the mail was written by mx.google.com. If',
        ),
        (
            "spf=pass smtp.mailfrom=exampleshire.example; dmarc=pass header.from=exampleshire.example",
            "",
            "",
            'set authserv_id = "m365"',
        ),
        ("", "Internal", "", 'set authserv_id = "m365" and exchange_internal = true'),
        ("(never closed", "", "mx.exampleshire.example", "nothing on the mail says"),
        ("", "", "mx.exampleshire.example", "nothing on the mail says whether its sender"),
    ],
)
def test_whose_word_stands_on_the_mail(
    results: str, marked: str, configured: str, words: str
) -> None:
    plain = changed(results)
    if marked:
        assert plain.mail is not None
        mark = ("x-ms-exchange-organization-authas", marked)
        plain = replace(plain, mail=replace(plain.mail, headers=(mark, *plain.mail.headers)))
    heard = not_fine(plain, settings=replace(SETTINGS, authserv_id=configured))
    assert words in heard
    assert len(heard.splitlines()) == 1


def test_exchange_s_own_mark_counts_where_it_is_believed() -> None:
    plain = changed("")
    assert plain.mail is not None
    mark = ("x-ms-exchange-organization-authas", "Internal")
    plain = replace(plain, mail=replace(plain.mail, headers=(mark, *plain.mail.headers)))
    believed = replace(SETTINGS, authserv_id="m365", exchange_internal=True)
    assert not_fine(plain, settings=believed) == ""


def test_there_is_something_to_wait_for_until_a_mail_is_there_or_turned_down() -> None:
    assert not Came(TO_ITSELF).settled
    assert WELL.settled
    assert Came(TO_ITSELF, turned_down="550 no").settled
    assert Came(TO_ITSELF, not_now="450 later").settled


def report(trial: Trial, action: str, status: str) -> IncomingMail:
    """What a server says about a mail that it could not, or not yet, hand on."""
    raw = (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@exampleshire.example\r\nTo: foi@exampleshire.example\r\n"
        "Subject: Delivery Status Notification\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.exampleshire.example\r\n\r\n"
        f"Final-Recipient: rfc822; {trial.recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Subject: A trial of the mail servers ({trial.token})\r\nMessage-ID: {trial.message_id}\r\n\r\n--b--\r\n"
    )
    mail = parse(raw.encode())
    assert isinstance(mail, IncomingMail)
    return mail


def test_the_mail_is_told_from_reports_about_it_and_from_replies_to_it() -> None:
    waiting = Came(TO_PLUS)
    assert waiting.after(report(TO_ITSELF, "failed", "5.1.1"), "INBOX") == waiting
    assert waiting.after(report(TO_PLUS, "delayed", "4.4.1"), "INBOX") == waiting
    assert waiting.after(report(TO_PLUS, "failed", "5.1.1"), "INBOX").turned_down == "5.1.1"
    assert waiting.after(delivered(TO_ITSELF), "INBOX") == waiting

    arrived = waiting.after(delivered(TO_PLUS), "Junk")
    assert (arrived.mail, arrived.folder) == (delivered(TO_PLUS), "Junk")
    reply = delivered(TO_PLUS, Subject=f"Automatic reply: A trial ({TO_PLUS.token})")
    assert TO_PLUS.is_in(reply)
    assert arrived.after(reply, "INBOX") == arrived
