"""What a mail says about mail of ours that could not be delivered (RFC 3464, and what is sent instead)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, unique

from foibot.mail.addresses import mailboxes
from foibot.mail.bounce_words import named_in_words
from foibot.mail.charsets import decode
from foibot.mail.headers import fields, message_ids, safe_line
from foibot.mail.machine import from_daemon
from foibot.mail.message import Attachment, IncomingMail
from foibot.mail.parameters import parameters
from foibot.mail.thread import bounce_tokens

_READ = 65_536  # characters of a report or of a body that are looked at
_SUBJECTS = re.compile(
    r"\s*(?:undeliver|delivery status notification|delivery (?:has )?failed|delivery failure"
    r"|mail delivery (?:failed|failure|system)|mail system error|returned mail|failure notice"
    r"|failed mail|non-?deliverable|delivery (?:incomplete|notification|delayed|error)"
    r"|warning: (?:could not send|message .{0,60} delayed)|message (?:delayed|not delivered)"
    r"|nondeliverable|unzustellbar|non remis|nicht zustellbar|onbestelbaar|no se puede entregar"
    r"|non recapitabile|mancato recapito|échec de la remise|ni ellir danfon)",
    re.IGNORECASE,
)
_DAEMON = re.compile(r"mailer-?daemon|mail delivery (?:system|subsystem)", re.IGNORECASE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(
    r"(?:^|:|\berror)[ \t]{0,9}([45]\d\d)[ -](?=\S)", re.IGNORECASE | re.MULTILINE
)
_EXPIRED = re.compile(
    r"expired|(?:retry|delivery) time(?:out)?|too long|giving up|gave up|no longer be attempted",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"delayed|will (?:be )?(?:retr|continue)|still (?:being )?(?:retr|tr)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"^[ \t>]*<([^<>\s@]{1,64}@[^<>\s]{1,253})>", re.MULTILINE)


@unique
class Fate(Enum):
    """What a report says became of our mail."""

    HARD = "it will never be delivered"
    SOFT = "the server gave up for a reason that may pass"
    DELAYED = "it is still being tried"
    ARRIVED = "it was passed on"
    UNTOLD = "the report does not say"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about our mail. `permanent` is None if it does not say; recipients may be unknown.

    `gave_up` is set where the reason may pass, but the server tries no more (RFC 3464 s.2.3.3 "failed").

    `status` is the enhanced code of RFC 3463 ("5.1.1"), of the worst recipient; the ids and
    `envelope_tokens` (from `local+b-<token>@`) tell which mail of ours it was.
    """

    permanent: bool | None
    recipients: tuple[str, ...]
    status: str
    diagnostic: str
    original_message_ids: tuple[str, ...]
    envelope_tokens: tuple[str, ...]
    gave_up: bool = False

    @property
    def fate(self) -> Fate:
        """What became of the mail, for the recipient who fared worst."""
        if self.permanent is None:
            return Fate.UNTOLD
        if self.permanent:
            return Fate.HARD
        if self.gave_up:
            return Fate.SOFT
        return Fate.ARRIVED if self.status.startswith("2") else Fate.DELAYED


@dataclass(frozen=True, slots=True)
class _Recipient:
    """One block of a delivery status report (mail rule A15: there may be several)."""

    address: str
    action: str
    status: str
    diagnostic: str

    def gave_up(self) -> bool:
        """Whether the server stopped trying although the reason may pass."""
        return self.action == "failed" and self.permanent() is False

    def badness(self) -> int:
        """The higher, the worse."""
        if self.gave_up():
            return 2
        return {True: 3, None: 1, False: 0}[self.permanent()]

    def permanent(self) -> bool | None:
        """5.x.x failed, 4.x.x did not yet unless it expired (mail rule A14)."""
        if self.action in {"delayed", "delivered", "relayed", "expanded"}:
            return False
        if self.status.startswith("5"):
            return True
        if self.status.startswith("4"):
            return self.status == "4.4.7" or bool(_EXPIRED.search(self.diagnostic))
        return True if self.action == "failed" else None


def read_bounce(mail: IncomingMail) -> Bounce | None:
    """Return what was reported, None if the mail is no report about delivery (rules A11, A12).

    A mail that looks like a bounce without one of its forms is one: it is never acknowledged and never an order.
    """
    reports = [one for one in mail.attachments if one.content_type == "message/delivery-status"]
    tokens = bounce_tokens(mail)
    if not _looks_like_one(mail, tokens, reported=bool(reports)):
        return None
    blocks = [block for one in reports for block in _blocks(_text(one))]
    named = _named(mail) if reports else ()
    if not blocks:
        told, named = _in_words(mail)
        blocks = [told]
    worst = max(blocks, key=_Recipient.badness)
    addresses = [block.address for block in blocks]
    return Bounce(
        permanent=worst.permanent(),
        recipients=tuple(dict.fromkeys(filter(None, [*addresses, *named]))),
        status=worst.status,
        diagnostic=worst.diagnostic,
        original_message_ids=originals(mail),
        envelope_tokens=tokens,
        gave_up=worst.gave_up(),
    )


def _looks_like_one(mail: IncomingMail, tokens: tuple[str, ...], *, reported: bool) -> bool:
    """Whether a mail server says so, or two things that a person's mail has at most one of (A12).

    People attach a report that they were sent, name themselves as they like, and ask about undeliverable mail.
    """
    kind, given = parameters(mail.header("content-type"))
    others = {"disposition-notification", "feedback-report"}
    report = kind == "multipart/report" and given.get("report-type", "").lower() not in others
    if report or kind == "message/delivery-status":
        return True
    name = mail.sender.name if mail.sender else mail.header("from")
    if mail.header("x-failed-recipients") or from_daemon(mail) or _DAEMON.fullmatch(name.strip()):
        return True
    postmaster = mail.sender is not None and mail.sender.addr.lower().startswith("postmaster@")
    signs = (
        reported,
        bool(_SUBJECTS.match(mail.subject)),
        bool(_DAEMON.search(name)),
        mail.return_path == "" or postmaster or bool(tokens),
    )
    return sum(signs) > 1


def _text(attachment: Attachment) -> str:
    return decode(attachment.content()[:_READ], "utf-8")[0].replace("\r\n", "\n")


def _blocks(report: str) -> Iterator[_Recipient]:
    for text in report.replace("\r", "\n").split("\n\n"):
        given: dict[str, str] = {}
        for name, value in fields(text.strip("\n")):
            given.setdefault(name, value)
        address = given.get("original-recipient") or given.get("final-recipient")
        if address is None:
            continue
        found = mailboxes(address.partition(";")[2] or address).found
        status = _STATUS.search(given.get("status", ""))
        yield _Recipient(
            address=found[0].addr if found else "",
            action=given.get("action", "").strip().split(" ")[0].lower(),
            status=status[1] if status else "",
            diagnostic=safe_line(given.get("diagnostic-code", ""), 300),
        )


def _from_prose(mail: IncomingMail) -> _Recipient:
    """The best that can be told from a report that only people were meant to read."""
    text = mail.text[:_READ]
    status = _STATUS.search(text)
    code = _REPLY_CODE.search(text)
    shown = status or code
    line = (
        text[: shown.end()].rpartition("\n")[2] + text[shown.end() :].partition("\n")[0]
        if shown
        else ""
    )
    found = status[1] if status else f"{code[1][0]}.0.0" if code else ""
    expired = bool(_EXPIRED.search(text))
    action = "delayed" if _DELAYED.search(mail.subject + text[:2000]) and not expired else ""
    if not found and expired:
        found, line = "4.4.7", "expired"
    return _Recipient("", action, found, safe_line(line, 300))


def _in_words(mail: IncomingMail) -> tuple[_Recipient, list[str]]:
    """What a report without the form of RFC 3464 tells, and about whom: by our own reading, then by others' (A12)."""
    told = _from_prose(mail)
    brackets = _IN_BRACKETS.findall(mail.text[:_READ])
    named = [*_named(mail), *(one.addr for text in brackets for one in mailboxes(text).found)]
    if named and told.permanent() is not None:
        return told, named
    others, for_good = named_in_words(mail)
    if told.permanent() is None and for_good is not None:
        told = replace(told, action="failed" if for_good else "delayed")
    return told, named or list(others)


def _named(mail: IncomingMail) -> list[str]:
    return [one.addr for text in mail.all("x-failed-recipients") for one in mailboxes(text).found]


def originals(mail: IncomingMail) -> tuple[str, ...]:
    """Ids of the mail that bounced: from what was returned of it, and from the report's thread."""
    texts = [
        _text(one)
        for one in mail.attachments
        if one.content_type in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}
    ]
    ids: list[str] = []
    for text in [*texts, mail.text[:_READ]]:
        for name, value in fields(text):
            if name in {"message-id", "x-microsoft-original-message-id"}:
                ids += message_ids(value)
    return tuple(dict.fromkeys([*ids, *mail.in_reply_to, *mail.references]))
