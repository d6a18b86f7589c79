"""Writes mail as people's mail programs do: a request, and a reply above a quoted notice; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import format_datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A correspondent: the name and address that stand in From."""

    name: str
    address: str


def request(
    who: Person, to: str, subject: str, text: str, when: datetime, *, message_id: str
) -> bytes:
    """A plain new message, dated `when`."""
    return _mail(who, to, subject, text, when, message_id)


def reply(
    who: Person, notice: bytes, words: str, when: datetime, *, message_id: str, to: str = ""
) -> bytes:
    """An answer to a notice: to its Reply-To, in its thread, the words above an Outlook-like quote.

    `to` overrides where it goes, as a forger would.
    """
    seen = message_from_bytes(notice)
    subject = str(make_header(decode_header(str(seen["Subject"] or ""))))
    subject = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    quoted = _quoted(seen)
    answered = str(seen["Message-ID"] or "").strip()
    references = " ".join([str(seen["References"] or ""), answered]).split()
    threading = f"In-Reply-To: {answered}\r\nReferences: {' '.join(references)}\r\n"
    where = to or str(seen["Reply-To"] or seen["From"])
    return _mail(who, where, subject, f"{words}\r\n\r\n{quoted}", when, message_id, threading)


def text_of(mail: bytes) -> str:
    """The plain text of a mail, for people to read."""
    return _plain(message_from_bytes(mail))


def _plain(message: Message) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload.decode("utf-8", "replace").replace("\r\n", "\n")
    return ""


def _quoted(seen: Message) -> str:
    head = [f"From: {seen['From']}", f"Sent: {seen['Date']}", f"Subject: {seen['Subject']}", ""]
    return "\r\n".join(["-----Original Message-----", *head, *_plain(seen).splitlines()])


def _mail(
    who: Person, to: str, subject: str, text: str, when: datetime, message_id: str, extra: str = ""
) -> bytes:
    head = (
        f"From: {who.name} <{who.address}>\r\nTo: {to}\r\nSubject: {subject}\r\n"
        f"Date: {format_datetime(when)}\r\nMessage-ID: {message_id}\r\n{extra}"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return (head + "\r\n".join(text.splitlines()) + "\r\n").encode()
