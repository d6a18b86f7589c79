"""The way of a stranger's mail through everything pure, with what has to hold at its end; nothing may raise."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from foibot.case.questions import recognised
from foibot.case.suggestions.weigh import weighed
from foibot.commands import ALONE, VERBS
from foibot.commands.grammar import read_order
from foibot.mail.addresses import AddressCannotBeUsed, outgoing
from foibot.mail.attached_words import attached_words
from foibot.mail.authentication_results import border_verdict
from foibot.mail.bounce import read_bounce
from foibot.mail.brought import files_brought
from foibot.mail.compose import File, Words, compose, stamp
from foibot.mail.forwarded import attached_messages, forwarded
from foibot.mail.machine import machine_signs
from foibot.mail.message import Address, IncomingMail, Unreadable
from foibot.mail.parse import parse
from foibot.mail.received_at import received_at
from foibot.mail.reply_text import first_order_line, new_words
from foibot.mail.thread import bounce_tokens, conversation, thread_keys, topic
from foibot.mail.triage import Findings, triage

BOX = "foi@exampleshire.example"
BORDER = "mx.exampleshire.example"
PATTERN = "{number:06}/{year:02}"
NOW = datetime(2020, 12, 8, 9, 11, tzinfo=UTC)


def walk(raw: bytes) -> str:
    """Read, understand and answer this mail; what it was taken for."""
    mail = parse(raw)
    if isinstance(mail, Unreadable):
        _is_storable(mail.subject, mail.shown_sender, mail.message_id, mail.text)
        return "unreadable"
    _is_storable(mail.subject, mail.shown_sender, mail.message_id, mail.text, mail.date)
    decided = "".join(_dispositions(mail))
    _understood(mail)
    _answered(mail)
    for attached in mail.attachments:
        attached.content()
        assert attached.name == attached.name.strip("./\\")
        assert not set(attached.name) & set("/\\\0\r\n")
    return decided


def _is_storable(*texts: str) -> None:
    for text in texts:
        text.encode("utf-8")
        assert "\0" not in text, "PostgreSQL takes no NUL"


def _dispositions(mail: IncomingMail) -> list[str]:
    """What it is taken for, whatever the office knows about it."""
    bounce, signs = read_bounce(mail), machine_signs(mail)
    known = (
        Findings(),
        Findings(officer=True, answers_notice=True, reads_like_order=True),
        Findings(case_by_thread="000001/20"),
        Findings(case_by_reference="000001/20", reference_is_theirs=True),
    )
    return [weighed(mail, triage(mail, signs, bounce, one)).disposition for one in known]


def _understood(mail: IncomingMail) -> None:
    thread_keys(mail, BOX, PATTERN)
    bounce_tokens(mail)
    _is_storable(topic(mail.subject), conversation(mail))
    for identity in (BORDER, "m365"):
        border_verdict(mail, identity, (BORDER,), "exampleshire.example")
    received_at(NOW, mail.headers, (BORDER,))
    forwarded(mail, ("exampleshire.example",))
    list(attached_messages(mail))
    _is_storable(attached_words(mail))
    files_brought(mail)
    _is_storable(new_words(mail.text))
    line, text = first_order_line(mail.text)
    read_order(line, text, VERBS, ALONE)
    recognised(mail.text)


def _answered(mail: IncomingMail) -> None:
    """The answer is one mail with one subject in one thread, whatever the stranger wrote."""
    with suppress(AddressCannotBeUsed):
        to = outgoing(mail.sender.addr if mail.sender else "")
        raw = compose(
            sender=Address(BOX, "Exampleshire Police"),
            recipient=Address(to, mail.sender.name if mail.sender else ""),
            words=Words(f"Re: {mail.subject}", mail.text[:2000], ""),
            files=tuple(File(one.name, "text/plain", b"x") for one in mail.attachments[:3]),
            in_reply_to=mail.message_id,
            references=(*mail.references, mail.message_id),
        )
        head, _, _ = stamp(raw, NOW, "<a@exampleshire.example>").partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        assert all(len(line) <= 998 for line in lines)
        names = [line.partition(b":")[0] for line in lines if line[:1] not in {b" ", b"\t"}]
        assert len(names) == len(set(names)), "no header twice"
        assert set(names) <= _OURS, names
        assert b"\r" not in head.replace(b"\r\n", b"")
        assert b"\n" not in head.replace(b"\r\n", b"")


_OURS = {
    b"MIME-Version", b"From", b"To", b"Subject", b"In-Reply-To", b"References", b"Date",
    b"Message-ID", b"Content-Type", b"Content-Transfer-Encoding",
}  # fmt: skip
