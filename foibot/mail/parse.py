"""Raw bytes in, an IncomingMail or Unreadable out: the only way mail enters foibot, and it never raises."""

from __future__ import annotations

import re

from foibot.mail.addresses import Mailboxes, domain, mailboxes, same_address
from foibot.mail.body import read_body
from foibot.mail.border_marks import without_tag
from foibot.mail.charsets import raw_text
from foibot.mail.headers import decode_text, fields, message_ids, safe_line, unfold
from foibot.mail.limits import Limits, header_block, scan
from foibot.mail.look_alikes import taken_for
from foibot.mail.message import Address, IncomingMail, Unreadable
from foibot.mail.tree import Part, TooManyParts, tree

_BEGINNING = (
    65_536  # bytes that are read of what is beyond the limits: it cannot have too many parts
)
_SHOWN_OF_IT = 5_000  # characters
_PLAUSIBLE_ID = re.compile(r"<([^<>\s]{1,250})>")
_ADDRESS_LIKE = re.compile(r"[^\s<>\"'(),;:]{1,64}@[^\s<>\"'(),;:]{1,253}")
# Defects of a list of recipients that hide nobody: it is empty, or named as a group.
_HARMLESS = frozenset({"too long", "no address", "empty entry", "group or list syntax"})
_DELIVERED = (  # mail rule D11
    "to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-forwarded-to", "resent-to"
)  # fmt: skip


def parse(raw: bytes, limits: Limits = Limits()) -> IncomingMail | Unreadable:  # noqa: B008 - frozen
    """Read one mail. Total: any bytes give a value, in time linear in their number.

    What is beyond the limits or beyond the parser is Unreadable, with its rule in the register
    of mail failures (C9 for a limit, C1 for the parser), and goes to a person with the raw file.
    """
    over = scan(raw, limits)
    if over is not None:
        return _unreadable(raw, over, "C9")
    try:
        return _read(tree(raw, limits.max_parts))
    except TooManyParts:
        return _unreadable(raw, f"more than {limits.max_parts} parts", "C9")
    except Exception as problem:  # noqa: BLE001 - the promise above; the mail is kept and shown
        return _unreadable(raw, f"the parser failed: {type(problem).__name__}", "C1")


def _unreadable(raw: bytes, reason: str, rule: str) -> Unreadable:
    head = header_block(raw[:65_536]).decode("ascii", "surrogateescape")
    known: dict[str, str] = {}
    for name, value in fields(head):
        known.setdefault(name, value)
    found = _PLAUSIBLE_ID.search(known.get("message-id", ""))
    return Unreadable(
        text=_beginning(raw),
        reason=reason,
        rule=rule,
        subject=safe_line(known.get("subject", ""), 200),
        shown_sender=safe_line(known.get("from", ""), 200),
        message_id=found[0] if found else "",
    )


def _beginning(raw: bytes) -> str:
    """The text of as much of it as can be read, so that whoever judges it sees more than a subject (C9)."""
    if len(raw) <= _BEGINNING:
        return ""
    mail = parse(raw[:_BEGINNING], Limits(max_parts=_BEGINNING))
    return mail.text[:_SHOWN_OF_IT] if isinstance(mail, IncomingMail) else ""


class _Headers:
    """The raw headers by lower-case name, each read for what it is."""

    def __init__(self, root: Part) -> None:
        self.raw: dict[str, list[str]] = {}
        clean = []
        for name, value in root.raw_items():
            key, text = raw_text(name).lower(), str(value)
            self.raw.setdefault(key, []).append(text)
            clean.append((key, raw_text(unfold(text)).replace("\0", "")))
        self.clean = tuple(clean)

    def first(self, name: str) -> str:
        return self.raw.get(name, [""])[0]

    def read(self, name: str) -> Mailboxes:
        values = self.raw.get(name)
        return mailboxes(", ".join(values)) if values else Mailboxes((), ())


def _read(root: Part) -> IncomingMail:
    headers = _Headers(root)
    body = read_body(root)
    sender, sender_flags = _sender(headers, broken=root.broken_header())
    known = {name: headers.read(name) for name in (*_DELIVERED, "reply-to")}
    flags = [*sender_flags, *_doubts(sender, known), *body.flags]
    return IncomingMail(
        message_id=_message_id(headers.first("message-id")),
        sender=sender,
        shown_sender=_shown(sender, headers.first("from")),
        reply_to=known["reply-to"].found,
        to=known["to"].found,
        cc=known["cc"].found,
        delivered_to=tuple(
            dict.fromkeys(one.addr for name in _DELIVERED for one in known[name].found)
        ),
        subject=without_tag(safe_line(decode_text(headers.first("subject")), 200)),
        in_reply_to=message_ids(headers.first("in-reply-to")),
        references=message_ids(headers.first("references")),
        return_path=_return_path(headers),
        text=body.text,
        from_html=body.from_html,
        attachments=body.attachments,
        headers=headers.clean,
        body_hash=body.digest,
        date=safe_line(decode_text(headers.first("date")), 200),
        flags=tuple(dict.fromkeys(flags)),
    )


def _sender(headers: _Headers, *, broken: bool) -> tuple[Address | None, list[str]]:
    """The one person this mail says it is from, or None and why not (rules B2, B3, B6)."""
    values = headers.raw.get("from", [])
    if len(values) != 1:
        return None, ["several From headers" if values else "no From header"]
    found = mailboxes(values[0])
    if found.defects:
        return None, [f"From: {defect}" for defect in found.defects]
    if len(found.found) != 1:
        return None, ["From: several senders"]
    if broken:
        return None, ["headers broken"]
    return found.found[0], []


def _shown(sender: Address | None, raw: str) -> str:
    """For people: the address before the name, which anybody may choose (B4)."""
    if sender is None:
        return safe_line(decode_text(raw), 200)
    return safe_line(f"{sender.addr} ({sender.name})" if sender.name else sender.addr, 200)


def _doubts(sender: Address | None, known: dict[str, Mailboxes]) -> list[str]:
    flags = []
    if sender is not None:
        named = _ADDRESS_LIKE.findall(sender.name)
        if any(not same_address(one, sender.addr) for one in named):
            flags.append("display name contains a different address")
        if any(domain(one.addr) != domain(sender.addr) for one in known["reply-to"].found):
            flags.append("replies go to another domain")
        looks_like = taken_for(domain(sender.addr))
        if looks_like:
            flags.append(f"its domain only looks like {looks_like}")
    if any("too long" in known[name].defects for name in ("to", "cc")):
        flags.append("recipients cut")
    if any(set(known[name].defects) - _HARMLESS for name in ("to", "cc")):
        flags.append("recipients cannot be read")
    return flags


def _message_id(raw: str) -> str:
    found = _PLAUSIBLE_ID.search(raw[:8192])
    if found:
        return f"<{safe_line(raw_text(found[1]), 250)}>"
    bare = raw.strip()
    if "@" not in bare or not _PLAUSIBLE_ID.fullmatch(f"<{bare}>"):
        return ""
    return f"<{safe_line(raw_text(bare), 250)}>"


def _return_path(headers: _Headers) -> str | None:
    if "return-path" not in headers.raw:
        return None
    path = safe_line(decode_text(headers.first("return-path")), 320)
    return path.removeprefix("<").removesuffix(">").strip()
