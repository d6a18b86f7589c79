"""The signs that a machine wrote a mail, each with the header that shows it (mail rules A2 to A7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, unique

from foibot.mail.headers import decode_text, safe_line
from foibot.mail.message import IncomingMail
from foibot.mail.parameters import parameters


@unique
class Weight(Enum):
    """What a sign means for the mail that carries it."""

    AUTOMATIC = "automatic"  # disposition auto: not a request, not an order
    NO_ACK = "no acknowledgement"  # may be a request, but only a person may acknowledge it
    UNCLEAR = "unclear"  # hardly a request: a person says what it is


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: the rule that knows it, the words that show it, and its weight."""

    rule: str
    evidence: str
    weight: Weight


# What out-of-office programs write at the very start of a subject: a person who replies to one sends
# "Re: Automatic reply".
_WORDS = (
    r"\s*(?:\[[^\]]{0,30}\]\s*)?(?:"
    r"automatic reply|auto[- ]?reply|auto[- ]?response|automated (?:reply|response)|autoreply"
    r"|out of (?:the )?office|out of office autoreply|i am out of the office"
    r"|ateb awtomatig|allan o'?r swyddfa|i ffwrdd o'?r swyddfa"
    r"|automatische (?:antwort|abwesenheitsnotiz)|abwesenheits(?:notiz|nachricht|meldung|assistent)"
    r"|réponse automatique|absence du bureau|absent du bureau|notification d'absence"
    r"|respuesta automática|fuera de (?:la )?oficina|ausente de la oficina"
    r"|risposta automatica|fuori (?:ufficio|sede)|assente dall'ufficio"
    r"|automatisch antwoord"
    r"|resposta automática|ausência temporária|odpowiedź automatyczna|autosvar|automatiskt? svar"
    r"|freagra uathoibríoch|fuera de oficina"
    r"|automaattinen vastaus|automatická odpověď|automatická odpoveď|automatikus válasz"
    r"|răspuns automat|samodejni odgovor|automatski odgovor|otomatik yanıt|automatinis atsakymas"
    r"|automātiskā atbilde|automaatvastus|αυτόματη απάντηση|автоответ|автоматический ответ"
    r"|автоматична відповідь|автоматичен отговор"
    r")"
)
# Of these words people make other subjects as well.
_WORDS_WITH_COLON = (
    r"\s*(?:\[[^\]]{0,30}\]\s*)?(?:abwesend|abwesenheit|nicht im büro|afwezig(?:heid)?(?:sassistent)?"
    r"|niet aanwezig|fravær(?:smelding|sbesked)?|frånvaro(?:meddelande)?):"
)
_SUBJECTS = re.compile(
    rf"{_WORDS}(?:\s*[:：]|\s[-–—]+(?:\s|$)|\s(?:un)?till?\b|[\s.!]*$)|{_WORDS_WITH_COLON}",
    re.IGNORECASE,
)
# "Out of office hours parking fines": it may be somebody's request.
_PERHAPS = re.compile(rf"{_WORDS}\b", re.IGNORECASE)
_PRECEDENCE = ("bulk", "junk", "list", "auto_reply", "auto-reply")
_REPLIES = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from")
# Platforms through which people make real requests, with the headers of a list on them (rule A6).
_PLATFORMS = frozenset({"whatdotheyknow.com"})
_LISTS = ("list-id", "list-unsubscribe", "list-post")
_NOBODY = re.compile(
    r"(?:(?:no|do[-_.]?not)[-_.]?reply|bounces?|postmaster)(?:[-_.+=].*)?", re.IGNORECASE
)
_METHOD = re.compile(rb"^METHOD[^:\r\n]{0,80}:[ \t]*([A-Z]{1,20})", re.IGNORECASE | re.MULTILINE)


def machine_signs(mail: IncomingMail) -> tuple[Sign, ...]:
    """List every sign, the weightiest kind not first: whoever decides reads them all.

    X-Auto-Response-Suppress alone never makes a mail automatic: people's Outlook sends it (A4).
    """
    return (
        *_declared(mail),
        *_autoresponder(mail),
        *_suppressed(mail),
        *_bulk(mail),
        *_nobody(mail),
        *_report(mail),
        *_calendar(mail),
    )


def _sign(rule: str, evidence: str, weight: Weight) -> Sign:
    return Sign(rule, safe_line(decode_text(evidence), 120), weight)


def _declared(mail: IncomingMail) -> Iterator[Sign]:
    for value in mail.all("auto-submitted"):
        word = re.split(r"[;(\s]", value.strip(), maxsplit=1)[0].lower()
        if word not in {"", "no"}:
            weight = Weight.NO_ACK if word == "auto-forwarded" else Weight.AUTOMATIC
            yield _sign("A2", f"Auto-Submitted: {value}", weight)


def _autoresponder(mail: IncomingMail) -> Iterator[Sign]:
    for name in _REPLIES:
        for value in mail.all(name):
            if value.strip().lower() not in {"no", "false", "0"}:
                yield _sign("A3", f"{name.title()}: {value}", Weight.AUTOMATIC)
    for name, word in (
        ("x-post-messageclass", "autoresponder"),
        ("x-fc-machinegenerated", "true"),
        ("delivered-to", "autoresponder"),
    ):
        for value in mail.all(name):
            if word in value.lower():
                yield _sign("A3", f"{name.title()}: {value}", Weight.AUTOMATIC)
    if _SUBJECTS.match(mail.subject) or (_PERHAPS.match(mail.subject) and mail.return_path == ""):
        yield _sign("A3", f"Subject: {mail.subject}", Weight.AUTOMATIC)
    elif _PERHAPS.match(mail.subject):
        yield _sign("A3", f"Subject: {mail.subject}", Weight.NO_ACK)


def _suppressed(mail: IncomingMail) -> Iterator[Sign]:
    for value in mail.all("x-auto-response-suppress"):
        if {"all", "autoreply"} & set(re.split(r"[\s,;]+", value.lower())):
            yield _sign("A4", f"X-Auto-Response-Suppress: {value}", Weight.NO_ACK)


def _bulk(mail: IncomingMail) -> Iterator[Sign]:
    for value in mail.all("precedence"):
        if value.strip().lower().startswith(_PRECEDENCE):
            yield _sign("A5", f"Precedence: {value}", Weight.NO_ACK)
    for name in _LISTS:
        if mail.header(name) and not _by_platform(mail):
            yield _sign("A6", f"{name.title()}: {mail.header(name)}", Weight.AUTOMATIC)


def _by_platform(mail: IncomingMail) -> bool:
    return mail.sender is not None and mail.sender.addr.rpartition("@")[2] in _PLATFORMS


def from_daemon(mail: IncomingMail) -> bool:
    """Whether a mail server wrote it: by the address, as anybody may have such a name, and by all of From where that has none."""
    local = mail.sender.addr.rpartition("@")[0] if mail.sender else mail.header("from")
    return "mailer-daemon" in local.lower()


def _nobody(mail: IncomingMail) -> Iterator[Sign]:
    if mail.return_path == "":
        yield _sign("A7", "Return-Path: <>", Weight.NO_ACK)
    if from_daemon(mail):
        yield _sign("A7", f"From: {mail.shown_sender}", Weight.AUTOMATIC)
    elif "mailer-daemon" in mail.header("from").lower():
        yield _sign("A7", f"From: {mail.shown_sender}", Weight.NO_ACK)
    elif mail.sender is not None and _NOBODY.fullmatch(mail.sender.addr.rpartition("@")[0]):
        yield _sign("A7", f"From: {mail.sender.addr}", Weight.NO_ACK)


def _report(mail: IncomingMail) -> Iterator[Sign]:
    kinds = {attachment.content_type for attachment in mail.attachments}
    reported = parameters(mail.header("content-type"))[1].get("report-type", "").lower()
    if reported == "disposition-notification" or "message/disposition-notification" in kinds:
        yield _sign("A17", "a read receipt (RFC 8098)", Weight.AUTOMATIC)
    if reported == "feedback-report" or "message/feedback-report" in kinds:
        yield _sign("A18", "an abuse report (RFC 5965)", Weight.AUTOMATIC)


def _calendar(mail: IncomingMail) -> Iterator[Sign]:
    for attachment in mail.attachments:
        if attachment.content_type != "text/calendar":
            continue
        found = _METHOD.search(attachment.content()[:65_536])
        method = found[1].decode("ascii").upper() if found else ""
        if method == "REQUEST":
            yield _sign("C21", "it is an invitation to a meeting", Weight.UNCLEAR)
        else:
            weight = Weight.AUTOMATIC if method in {"REPLY", "CANCEL"} else Weight.NO_ACK
            yield _sign("C21", f"a calendar entry, METHOD:{method or 'none'}", weight)
