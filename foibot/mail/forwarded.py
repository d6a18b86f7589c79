"""The message that a colleague passed on, attached or quoted in the text, as if it had come by itself (mail rule C18)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from foibot.mail.addresses import domain, mailboxes
from foibot.mail.headers import safe_line
from foibot.mail.message import Address, Attachment, IncomingMail
from foibot.mail.parse import parse
from foibot.mail.reply_text import FROM_LINE, HEADER_LINE, header_block

_DEEPEST = 5  # messages within messages that are opened
_MOST = 10  # attached messages of one mail, and header blocks in one text
_READ = 262_144  # characters of text that are looked at
_SUBJECT = re.compile(
    r"[ \t*_>]{0,9}(?:subject|betreff|objet|asunto|oggetto|onderwerp|pwnc)[ \t*_]{0,9}:[ \t*_]{0,9}(.*)",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"[ \t*_>]{0,9}(?:sent|date|gesendet|datum|envoyé|enviado|fecha|inviato|data|verzonden|anfonwyd)"
    r"[ \t*_]{0,9}:[ \t*_]{0,9}(.*)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[mailto:([^\]\s]{3,320})\]", re.IGNORECASE)


def attached_messages(mail: IncomingMail) -> Iterator[tuple[Attachment, IncomingMail]]:
    """Each message that is attached to this one and can be read; what it holds in turn is not opened."""
    found = 0
    for attachment in mail.attachments:
        is_message = attachment.content_type == "message/rfc822"
        if found >= _MOST or not (is_message or attachment.name.lower().endswith(".eml")):
            continue
        found += 1
        inner = parse(attachment.content())
        if isinstance(inner, IncomingMail) and (inner.sender or inner.text.strip()):
            yield attachment, inner


def forwarded(mail: IncomingMail, own_domains: Sequence[str]) -> IncomingMail | None:
    """The message from outside that this one passes on; None if there is none with a clean sender.

    An attached message comes before one quoted in the text. Of several within each other it is the
    innermost that somebody outside `own_domains` wrote: colleagues pass on what colleagues sent them.
    """
    return _attached(mail, own_domains) or _quoted(mail, own_domains)


def _attached(mail: IncomingMail, own_domains: Sequence[str]) -> IncomingMail | None:
    best: IncomingMail | None = None
    at = mail
    for _ in range(_DEEPEST):
        inside = next((inner for _, inner in attached_messages(at)), None)
        if inside is None:
            break
        at = inside
        if _from_outside(inside.sender, own_domains):
            best = inside
    # The last colleague in the chain may have quoted the rest.
    return _quoted(at, own_domains) or best if at is not mail else None


def _quoted(mail: IncomingMail, own_domains: Sequence[str]) -> IncomingMail | None:
    lines = mail.text[:_READ].replace("\r\n", "\n").split("\n")
    best: IncomingMail | None = None
    for start in _blocks(lines):
        sender, subject, sent, end = _read_block(lines, start)
        if sender is not None and _from_outside(sender, own_domains):
            best = replace(
                mail,
                message_id="",
                sender=sender,
                shown_sender=f"{sender.addr} ({sender.name})" if sender.name else sender.addr,
                reply_to=(),
                subject=subject or mail.subject,
                date=sent,
                in_reply_to=(),
                references=(),
                text="\n".join(_unquoted(line) for line in lines[end:]).strip("\n"),
            )
    return best


def _blocks(lines: list[str]) -> Iterator[int]:
    found = 0
    for at, line in enumerate(lines):
        if FROM_LINE.match(_unquoted(line)[:500]) and header_block(
            [_unquoted(one) for one in lines[at : at + 8]], 0
        ):
            yield at
            found += 1
            if found >= _MOST:
                return


def _read_block(lines: list[str], start: int) -> tuple[Address | None, str, str, int]:
    """The sender, the subject, when it was sent, and the number of the line under the block."""
    subject, sent, at = "", "", start
    sender = _sender(_unquoted(lines[start]).partition(":")[2])
    while at < len(lines) and at < start + 12 and HEADER_LINE.match(_unquoted(lines[at])[:500]):
        named = _SUBJECT.match(lines[at][:1000])
        if named:
            subject = safe_line(named[1], 200)
        dated = _SENT.match(lines[at][:200])
        if dated:
            sent = safe_line(dated[1], 100)
        at += 1
    return sender, subject, sent, at


def _sender(value: str) -> Address | None:
    given = _BRACKETED.sub(r"<\1>", value[:1000]).strip(" *_\t")
    found = mailboxes(given)
    return found.found[0] if len(found.found) == 1 and not found.defects else None


def _unquoted(line: str) -> str:
    return line.lstrip("> ")


def _from_outside(sender: Address | None, own_domains: Sequence[str]) -> bool:
    return sender is not None and domain(sender.addr) not in own_domains
