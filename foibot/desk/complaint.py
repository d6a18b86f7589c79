"""A report that mail of ours is abuse: tied to the mail, told to the administrators (mail rule A18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foibot.case.outcome import Audience, plain_notice
from foibot.desk.about import About
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.law.dates import london_date
from foibot.mail.bounce import originals
from foibot.mail.message import IncomingMail
from foibot.mail.triage import Triage
from foibot.store.transaction import Transaction


def complained(
    tx: Transaction, office: Office, mail: IncomingMail, decided: Triage, now: datetime
) -> Triage:
    """Tell of it, once for each mail of ours; what the report is, filed on the case of that mail.

    A report that names no mail of ours may be anybody's, so that it is told once a day.
    """
    ours = next(iter(tx.outbox.by_message_ids(originals(mail))), None)
    who = mail.sender.addr if mail.sender else "somebody"
    if ours is None:
        said = f"{who} reports mail from {office.mailbox} as abuse, without saying which."
        once = f"complaint:{london_date(now)}"
    else:
        on = f" on request {ours.case_ref}" if ours.case_ref else ""
        said = f"{who} reports the {ours.kind.value}{on} to {ours.recipient} as abuse."
        once = f"complaint:{ours.id}"
    means = (
        "A mail provider sends this when somebody marks our mail as unwanted. After a few of them it may turn our mail "
        "away. From now on foibot acknowledges nothing of that address by itself: an officer sees each request and "
        "decides."
    )
    look = (
        "If the mail should not have left, reply pause to this mail until it is known why it did."
    )
    notice = plain_notice(
        Audience.ADMINISTRATORS, "Our mail was reported as abuse", [said, means, look]
    )
    lines = ((f"{ours.case_ref} show", "sends you the case"),) if ours and ours.case_ref else ()
    notify(tx, office, (replace(notice, lines=lines, once=once),), About(None, now))
    filed_on = decided.case or (ours.case_ref if ours else "")
    case = tx.cases.find(filed_on) if filed_on else None
    tx.complaints.note(who, *([case.requester.address] if case else []))
    return replace(decided, case=filed_on)
