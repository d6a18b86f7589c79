"""What the messages attached to a mail say, for officers to read: an `.eml` and Outlook's `.msg`; no order is ever in it."""

from __future__ import annotations

from collections.abc import Iterator

from foibot.mail.budget import Budget
from foibot.mail.forwarded import attached_messages
from foibot.mail.message import Attachment, IncomingMail
from foibot.mail.outlook_msg import OutlookMessage, is_outlook_message, read_msg

_MOST = 5
_LONGEST = 10_000  # characters shown of one


def attached_words(mail: IncomingMail) -> str:
    """Each attached message that can be read: its file, sender, subject and text; "" without one."""
    shown = list(_shown(mail))
    more = "\n\n(There are more.)" if len(shown) > _MOST else ""
    return "\n\n".join(shown[:_MOST]) + more


def _shown(mail: IncomingMail) -> Iterator[str]:
    for file, inner in attached_messages(mail):
        yield _in_words(file, OutlookMessage(inner.subject, inner.shown_sender, inner.text))
    outlook = [
        file for file in mail.attachments if is_outlook_message(file.content_type, file.name)
    ]
    budget = Budget()
    for file in outlook[: _MOST + 1]:
        message = read_msg(file.content(), budget)
        if message is not None:
            yield _in_words(file, message)


def _in_words(file: Attachment, message: OutlookMessage) -> str:
    text = message.text.strip()
    cut = "\n(It goes on.)" if len(text) > _LONGEST else ""
    return (
        f"{file.name}\nFrom: {message.sender or '(no sender)'}\nSubject: {message.subject or '(no subject)'}\n\n"
        f"{text[:_LONGEST] or '(no text)'}{cut}"
    )
