"""A message that was fetched only in part, as it is larger than the limit: what its beginning is good for (mail rule C8)."""

from __future__ import annotations

from dataclasses import replace

from foibot.mail.message import IncomingMail, Unreadable
from foibot.mail.parse import parse
from foibot.store.inbox import Waiting

_CUT = "larger than the limit: foibot has only its beginning; the whole of it is in the mailbox"


def read(
    one: Waiting, already: IncomingMail | Unreadable | None = None
) -> IncomingMail | Unreadable:
    """The message, with a flag where there is more of it than was fetched; what was read `already` is not read again."""
    mail = already or parse(one.raw)
    if one.truncated and isinstance(mail, IncomingMail):
        return replace(mail, flags=(*mail.flags, _CUT))
    return mail


def half(mail: IncomingMail) -> Unreadable:
    """The same, where half of it is as good as nothing: it is shown and not obeyed."""
    why = "it is larger than the limit, so that foibot has only its beginning; the whole of it is in the mailbox"
    return Unreadable(why, "C8", mail.subject, mail.shown_sender, mail.message_id, mail.text)
