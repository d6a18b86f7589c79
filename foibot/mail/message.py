"""An email as the rest of foibot sees it: frozen values, no parser and no bytes to fear."""

from __future__ import annotations

from dataclasses import dataclass, field

from foibot.mail.transfer import undone

SHOWN = 50_000
"""Characters of a text that a case and mails to officers show; of what goes on there is a flag."""


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: `addr` as given but with its domain in lower-case ASCII (IDNA), and a name."""

    addr: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a mail that is not its text; it stays encoded until somebody opens it.

    `name` is safe to show and to attach again (mail rule C23), never to use as a path on disk.
    `in_text` is true for what belongs to the mail itself: a picture that its HTML shows, such as the
    logo in a signature, and a seal on the mail. Nobody attached that.
    """

    name: str
    original_name: str
    content_type: str
    encoded: bytes = field(repr=False)
    encoding: str = ""
    in_text: bool = False

    def content(self) -> bytes:
        """Undo the transfer encoding; broken base64 yields what can be read."""
        return undone(self.encoded, self.encoding)


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """What one received email says. Nothing in it is trusted, everything in it is text.

    `sender` is None unless there is exactly one From header with exactly one clean mailbox
    (mail rules B2, B3, B6); `shown_sender` is for people only. `return_path` is None without
    such a header and "" for the null path. `headers` are in order, names in lower case, values
    unfolded but not decoded. `date` is the sender's own claim and never starts a clock.
    """

    message_id: str
    sender: Address | None
    shown_sender: str
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    subject: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    return_path: str | None
    text: str
    from_html: bool
    attachments: tuple[Attachment, ...]
    headers: tuple[tuple[str, str], ...]
    body_hash: str
    date: str
    flags: tuple[str, ...]

    def header(self, name: str) -> str:
        """Return the first header of this name (lower case), or ""."""
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every header of this name (lower case), topmost first."""
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A mail beyond the limits or beyond reading: kept raw, shown to a person, never dropped."""

    reason: str
    rule: str
    subject: str = ""
    shown_sender: str = ""
    message_id: str = ""
    text: str = ""
