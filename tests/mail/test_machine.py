"""Signs of machines, and people's mail that only looks so (mail rules A2 to A7, A17, A18, C21)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foibot.mail.machine import Sign, Weight, machine_signs
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse

MailWith = Callable[..., IncomingMail]
AUTO, NO_ACK = Weight.AUTOMATIC, Weight.NO_ACK


@pytest.mark.parametrize(
    ("header", "rule", "weight"),
    [
        ("Auto-Submitted: auto-replied", "A2", AUTO),
        ("Auto-Submitted: Auto-Generated; owner-email=x", "A2", AUTO),
        ("Auto-Submitted: auto-notified (x)", "A2", AUTO),
        ("Auto-Submitted: auto-forwarded", "A2", NO_ACK),
        ("X-Autoreply: yes", "A3", AUTO),
        ("X-Autorespond: vacation", "A3", AUTO),
        ("X-Autoresponder: 1", "A3", AUTO),
        ("X-Auto-Reply: 1", "A3", AUTO),
        ("X-POST-MessageClass: 9; Autoresponder", "A3", AUTO),
        ("X-FC-MachineGenerated: true", "A3", AUTO),
        ("Delivered-To: autoresponder@elsewhere.example", "A3", AUTO),
        ("X-Auto-Response-Suppress: All", "A4", NO_ACK),
        ("X-Auto-Response-Suppress: DR,AutoReply", "A4", NO_ACK),
        ("Precedence: Bulk", "A5", NO_ACK),
        ("Precedence: first-class\nPrecedence: junk", "A5", NO_ACK),
        ("Precedence: auto_reply", "A5", NO_ACK),
        ("List-Id: <x>", "A6", AUTO),
        ("List-Unsubscribe: <mailto:x@x.example>", "A6", AUTO),
        ("Return-Path: <>", "A7", NO_ACK),
        ("Content-Type: multipart/report; report-type=feedback-report; boundary=b", "A18", AUTO),
        ("Content-Type: message/feedback-report", "A18", AUTO),
        ("Content-Type: message/disposition-notification", "A17", AUTO),
        ("Content-Type: a/b; report-type=disposition-notification", "A17", AUTO),
    ],
)
def test_a_header_that_gives_a_machine_away(
    mail_with: MailWith, header: str, rule: str, weight: Weight
) -> None:
    """Mail rules A2 to A7, A17, A18."""
    signs = machine_signs(mail_with(header))
    assert [(sign.rule, sign.weight) for sign in signs] == [(rule, weight)]
    assert header.partition(":")[0].lower() in signs[0].evidence.lower() or rule in {"A17", "A18"}


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: NO ; x",
        "Auto-Submitted:",
        "X-Autoreply: no",
        "X-Auto-Response-Suppress: DR, OOF",
        "X-Auto-Response-Suppress: RN",
        "X-FC-MachineGenerated: false",
        "X-POST-MessageClass: 1; Personal",
        "Precedence: first-class",
        "Return-Path: <sam@elsewhere.example>",
        "X-MS-Exchange-Organization-SCL: -1",
    ],
)
def test_people_s_headers_are_no_signs(mail_with: MailWith, header: str) -> None:
    assert machine_signs(mail_with(header)) == ()


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: FOI 004078/20",
        "Out of Office: lamp posts",
        "Out of the office until Monday",
        "[External] Auto-Reply: x",
        "Ateb awtomatig: x",
        "Allan o'r swyddfa",
        "Automatische Antwort: x",
        "Abwesenheitsnotiz: x",
        "Réponse automatique : x",
        "Respuesta automática: x",
        "Risposta automatica: x",
        "Automatisch antwoord: x",
        "Automatische Abwesenheitsnotiz: x",
        "Abwesenheitsassistent: x",
        "Nicht im Büro: x",
        "Absence du bureau : x",
        "Fuera de oficina: x",
        "Fuori sede: x",
        "Afwezigheidsassistent: x",
        "Resposta automática: x",
        "Odpowiedź automatyczna: x",
        "Autosvar: x",
        "Automatisk svar: x",
        "Automatiskt svar: x",
        "Fraværsmelding: x",
        "Frånvaro: x",
        "Freagra Uathoibríoch: x",
        "Automaattinen vastaus: x",
        "Automatická odpověď: x",
        "Automatická odpoveď: x",
        "Automatikus válasz: x",
        "Răspuns automat: x",
        "Otomatik yanıt: x",
        "Αυτόματη απάντηση: x",
        "Автоответ: x",
        "Автоматический ответ: x",
        "Автоматична відповідь: x",
        "=?utf-8?q?R=C3=A9ponse_automatique?=",
    ],
)
def test_subjects_of_out_of_office_programs(mail_with: MailWith, subject: str) -> None:
    """Mail rule A3."""
    signs = machine_signs(mail_with(subject=subject))
    assert [(sign.rule, sign.weight) for sign in signs] == [("A3", AUTO)]


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office hours parking fines",
        "Automatic reply cameras: FOI request",
        "Auto-response vehicles",
        "Respuesta automática de la policía",
    ],
)
def test_a_subject_that_goes_on_may_be_a_request(mail_with: MailWith, subject: str) -> None:
    [sign] = machine_signs(mail_with(subject=subject))
    assert (sign.rule, sign.weight) == ("A3", NO_ACK)
    signs = machine_signs(mail_with("Return-Path: <>", subject=subject))
    assert ("A3", AUTO) in [(sign.rule, sign.weight) for sign in signs]


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office",
        "Out of Office.",
        "Auto-reply - lamp posts",
        "Autosvar –",
        "Out of office till 4 January",
    ],
)
def test_subjects_that_end_or_pause_there_are_a_machine_s(
    mail_with: MailWith, subject: str
) -> None:
    [sign] = machine_signs(mail_with(subject=subject))
    assert sign.weight is AUTO


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Automatic reply: FOI 004078/20",
        "How many out of office replies did you send?",
        "FOI request: automatic replies",
        "Fravær i skolen",
        "Absence of a policy on parking",
    ],
)
def test_subjects_of_people_about_such_mail(mail_with: MailWith, subject: str) -> None:
    assert machine_signs(mail_with(subject=subject)) == ()


@pytest.mark.parametrize(
    ("sender", "weight"),
    [
        ("MAILER-DAEMON (Mail Delivery System)", AUTO),
        ("Mailer-Daemon@x.example", AUTO),
        ('"mailer-daemon fan" <sam@x.example>', NO_ACK),
        ("postmaster@x.example", NO_ACK),
        ("noreply@x.example", NO_ACK),
        ("No-Reply <no-reply@x.example>", NO_ACK),
        ("do_not_reply@x.example", NO_ACK),
        ("noreply-foi@x.example", NO_ACK),
        ("bounces+17@x.example", NO_ACK),
        ("nora.reply@x.example", None),
        ("bouncer@x.example", None),
        ("not an address", None),
    ],
)
def test_senders_who_are_nobody(mail_with: MailWith, sender: str, weight: Weight | None) -> None:
    """Mail rule A7."""
    signs = machine_signs(mail_with(sender=sender))
    assert [sign.weight for sign in signs if sign.rule == "A7"] == ([weight] if weight else [])


@pytest.mark.parametrize(
    ("content", "weight", "evidence"),
    [
        ("METHOD:REPLY", AUTO, "a calendar entry, METHOD:REPLY"),
        ("BEGIN:VCALENDAR\r\nmethod:cancel", AUTO, "a calendar entry, METHOD:CANCEL"),
        ("METHOD;X=1:REQUEST", Weight.UNCLEAR, "it is an invitation to a meeting"),
        ("METHOD:PUBLISH", NO_ACK, "a calendar entry, METHOD:PUBLISH"),
        ("junk", NO_ACK, "a calendar entry, METHOD:none"),
    ],
)
def test_calendar_entries(mail_with: MailWith, content: str, weight: Weight, evidence: str) -> None:
    """Mail rule C21."""
    signs = machine_signs(mail_with("Content-Type: text/calendar", body=content))
    assert signs == (Sign("C21", evidence, weight),)


def test_evidence_is_safe_to_show(mail_with: MailWith) -> None:
    signs = machine_signs(mail_with("X-Autoreply: =?utf-8?q?a=0D=0Ab?=" + "c" * 500))
    assert len(signs[0].evidence) == 120
    assert "\r" not in signs[0].evidence


def test_a6_a_request_platform_may_send_with_the_headers_of_a_list() -> None:
    raw = b"From: request-1-abc@whatdotheyknow.com\r\nList-Unsubscribe: <https://x.example>\r\n\r\nHow many?\r\n"
    mail = parse(raw)
    assert isinstance(mail, IncomingMail)
    assert machine_signs(mail) == ()
    stranger = parse(raw.replace(b"whatdotheyknow.com", b"news.example"))
    assert isinstance(stranger, IncomingMail)
    assert [sign.rule for sign in machine_signs(stranger)] == ["A6"]
