"""A message that has to be read at once: everybody who works the office is told, before anything else of it."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.case.outcome import Audience, Enclosed, NoticeWanted
from foibot.case.suggestions.weigh import Alarm, alarm
from foibot.desk.about import About
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.mail.message import IncomingMail
from foibot.mail.triage import Triage
from foibot.store.transaction import Transaction

_SHOWN = 5


def tell_at_once(
    tx: Transaction, office: Office, mail: IncomingMail, decided: Triage, about: About
) -> Case | None:
    """The case after the notice; nobody is told of a message that raises no alarm."""
    raised = alarm(mail, decided)
    return notify(tx, office, (_notice(mail, raised, about),), about) if raised else about.case


def _notice(mail: IncomingMail, raised: Alarm, about: About) -> NoticeWanted:
    facts = {
        "from_shown": mail.shown_sender or "(no sender)",
        "their_subject": mail.subject or "(no subject)",
        "text": mail.text,
        "words": list(raised.words[:_SHOWN]),
        "regulator": raised.regulator,
        "opened": about.reference,
        "flags": list(mail.flags),
        "files": [attachment.name for attachment in mail.attachments],
    }
    return NoticeWanted("urgent", Audience.EVERYBODY, facts, enclosed=Enclosed.RAW_MAIL)
