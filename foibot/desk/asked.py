"""What a message asks for or tells us, in its sender's own words."""

from __future__ import annotations

from foibot.case.suggestions.origin import without_footer
from foibot.desk.office import Office
from foibot.mail.message import SHOWN, IncomingMail
from foibot.mail.reply_text import above_ours


def asked_in(office: Office, mail: IncomingMail) -> str:
    """What a message asks for, in its sender's own words.

    Our own earlier letter under a reply is no part of it: it would be quoted in the next one.
    """
    sender = mail.sender.addr if mail.sender else ""
    asked = above_ours(mail.text, office.mailbox)
    return without_footer(asked, sender).strip()[:SHOWN]
