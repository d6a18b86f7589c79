"""Whose message may be read before a backlog: somebody's first one, to which nothing that waits can belong."""

from __future__ import annotations

from foibot.desk.office import Office
from foibot.mail.addresses import same_address, without_plus
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.thread import goes_on, thread_keys


def newcomer(office: Office, raw: bytes) -> str:
    """The address whose mail must not wait if this message is to be read first; "" if it has to keep its place.

    It keeps it if it answers something, names a request, or comes from the office: an order must not
    overtake the message that it should have been given after.
    """
    mail = parse(raw)
    if not isinstance(mail, IncomingMail) or mail.sender is None:
        return ""
    address = mail.sender.addr
    keys = thread_keys(mail, office.mailbox, office.numbering.pattern)
    thread = mail.references or mail.in_reply_to or goes_on(mail)
    belongs = thread or keys.secrets or keys.bounce_tokens or keys.references_in_subject
    ours = same_address(without_plus(address), office.mailbox) or office.roster.find(address)
    # The server would not find a domain of other letters by the ASCII form in which it was read.
    return "" if belongs or ours or "xn--" in address else address
