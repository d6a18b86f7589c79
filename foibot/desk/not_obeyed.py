"""Answers to messages that look like orders and are not carried out: who hears of it, how often, and with what way on."""

from __future__ import annotations

from datetime import datetime

from foibot.case.case import Case
from foibot.case.events import OrderRefused
from foibot.case.outcome import Audience, NoticeWanted
from foibot.case.placing import choices
from foibot.desk.about import About
from foibot.desk.look_up import decides_in_subject
from foibot.desk.office import Office
from foibot.desk.place import message_of
from foibot.desk.record import Cause, notify, once_an_hour, record
from foibot.desk.step_up import CONFIRM, Given, wanted_notice
from foibot.mail.reply_text import first_order_line
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import (
    Check,
    Doubtful,
    Identified,
    Secret,
    Unproven,
    confirmation,
)
from foibot.officers.roster import Officer
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction

_SHOWN = 60

Answer = tuple[Disposition, str, str, str]
"""What a message with an order was: its disposition, rule, evidence and case."""


def named_case(tx: Transaction, line: str, answered: str) -> tuple[str, str]:
    """The case an order is about and the order without its name; a digest's order begins with it."""
    if answered:
        return answered, line.removeprefix(f"{answered} ")
    named, _, rest = line.partition(" ")
    named = named.strip("[]:,")
    return (named, rest.strip()) if named and tx.cases.find(named) else ("", line)


def to_confirm(
    tx: Transaction, office: Office, who: Doubtful, given: Given, now: datetime
) -> Answer:
    """Nothing is done yet: the officer is asked at the registered address whether it was them."""
    line, _ = first_order_line(given.mail.text)
    answered = next((one.case for one in who.secrets if one.case), "")
    reference, line = named_case(tx, line, answered)
    case = tx.cases.lock(reference) if reference else None
    notice = wanted_notice(tx, office, who, given, line, case, now)
    if isinstance(notice, Unproven):
        return not_proven(tx, office, notice, list(who.secrets), given, now)
    refused(tx, office, case, "to-confirm", given.sha256, who.officer, (notice,), now)
    return Disposition.COMMAND_REFUSED, "to-confirm", who.doubt.value, reference


def nothing_confirmed(
    tx: Transaction,
    office: Office,
    who: Identified | Doubtful,
    given: Given,
    why: str,
    now: datetime,
) -> Answer:
    """A confirmation that confirms nothing: said once an hour at most, as any reply may carry it."""
    secret = confirmation(who.secrets)
    reference = secret.case if secret else ""
    case = tx.cases.lock(reference) if reference else None
    hour = now.strftime("%Y%m%d%H")
    notice = NoticeWanted(
        "order-refused",
        Audience.ORDERING_OFFICER,
        {"read": CONFIRM, "why": [why]},
        lines=(("show", "sends you the case and its letter"),) if case else (),
        once=f"unconfirmed:{reference}:{hour}",
    )
    refused(tx, office, case, "nothing-to-confirm", given.sha256, who.officer, (notice,), now)
    return Disposition.COMMAND_REFUSED, "nothing-to-confirm", why, reference


def no_case(
    tx: Transaction,
    office: Office,
    who: Identified,
    line: str,
    message_sha256: str,
    now: datetime,
) -> Answer:
    """An order that names no case, in reply to a notice that is about none."""
    asked = tx.inbox.find(who.message) if who.message else None
    if asked is not None:
        why = "It does not say where the message belongs."
        lines = choices(message_of(asked[1]))
    else:
        why = "An order in reply to a digest begins with the reference of its case."
        lines = (("REFERENCE show", "with the case's reference in front, as in the digest"),)
    notice = NoticeWanted(
        "order-refused",
        Audience.ORDERING_OFFICER,
        {"read": line or "(nothing)", "why": [why]},
        lines=lines,
        message=who.message,
    )
    refused(tx, office, None, "no-case", message_sha256, who.officer, (notice,), now)
    return Disposition.COMMAND_REFUSED, "no-case", line, ""


def not_proven(
    tx: Transaction,
    office: Office,
    who: Unproven,
    secrets: list[Secret],
    given: Given,
    now: datetime,
) -> Answer:
    """Nothing is changed; the registered officer hears of each kind of failure once an hour at most."""
    reference = next((one.case for one in secrets if one.case), "")
    case = tx.cases.lock(reference) if reference else None
    hour = now.strftime("%Y%m%d%H")
    line, _ = first_order_line(given.mail.text)
    if decides_in_subject(given.mail):
        line = f"(the subject, where no order is read) {given.mail.subject}"
    notices = (
        NoticeWanted(
            "not-obeyed",
            Audience.ORDERING_OFFICER,
            # Enough to know one's own order by; too little for a forger to write a letter in.
            {"check": who.check.value, "read": line[:_SHOWN] or "(nothing)"},
            lines=(("show", "sends you a fresh notice to reply to"),) if case else (),
            once=f"unproven:{who.check.name}:{reference}:{hour}",
        ),
    )
    told = who.officer if who.check is not Check.SENDER or secrets else None
    refused(tx, office, case, who.check.name.lower(), given.sha256, told, notices, now)
    return Disposition.COMMAND_REFUSED, who.check.name.lower(), who.check.value, reference


def refused(
    tx: Transaction,
    office: Office,
    case: Case | None,
    check: str,
    message_sha256: str,
    officer: Officer | None,
    notices: tuple[NoticeWanted, ...],
    now: datetime,
) -> None:
    """Record that an order was refused, and tell the officer, if there is one to tell."""
    event = OrderRefused(check, message_sha256)
    if case is None:
        tx.ledger.append([Happened(event, "", "foibot", "")], now, office.clock.secret())
    else:
        case = record(tx, office, case, [event], Cause("foibot", "", message_sha256), now)
    if officer is not None:
        failure = f"{check}:{case.reference if case else ''}"
        notify(tx, office, once_an_hour(notices, failure, now), About(case, now, officer))
