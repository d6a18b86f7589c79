"""The requester answers our question: a fresh period begins on the day the answer was received."""

from __future__ import annotations

from datetime import datetime

from foibot.case.case import Case, LetterState
from foibot.case.clock_events import Clarified
from foibot.case.events import Event
from foibot.case.letter_events import Stopped
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Audience, NoticeWanted
from foibot.commands.likely import likely_orders
from foibot.desk.about import About
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.desk.tell import taking_back
from foibot.law.calendar import answer_by
from foibot.law.dates import london_date
from foibot.law.regime import Duty
from foibot.mail.addresses import same_address
from foibot.mail.message import IncomingMail
from foibot.mail.received_at import received_at
from foibot.mail.reply_text import above_ours
from foibot.outbox.item import ItemState
from foibot.store.inbox import Waiting
from foibot.store.transaction import Transaction


def _taken_back(tx: Transaction, case: Case, now: datetime) -> list[Event]:
    """A letter that was to say that nothing came is stopped, unless it has begun to leave."""
    letter = case.current
    if letter is None or letter.state is not LetterState.APPROVED:
        return []
    mail = tx.outbox.letter(case.reference, letter.version)
    waiting = [ItemState.APPROVED, ItemState.QUEUED, ItemState.HELD]
    if mail is None or not tx.outbox.change(mail.id, waiting, ItemState.DRAFT):
        return []
    tx.secrets.revoke(case.reference, letter.version, now)
    return [Stopped(letter.version)]


def clarified(
    tx: Transaction, office: Office, case: Case, one: Waiting, mail: IncomingMail, now: datetime
) -> Case:
    """The case after a message of its requester, if that is the answer we waited for (T-30, T-45)."""
    sender = mail.sender.addr if mail.sender else ""
    if not same_address(sender, case.requester.address):
        return case
    moment, _ = received_at(one.arrived_at, mail.headers, office.border.servers)
    day, law = london_date(moment), office.laws.of(case)
    event = Clarified(
        received=day,
        due=answer_by(law, day).due,
        law=law.limit(Duty.ANSWER, day).citation,
        message_sha256=one.raw_sha256,
    )
    if not can_happen(case, event):
        return case
    cause = Cause("requester", "clarification", one.raw_sha256)
    moved = record(tx, office, case, [*_taken_back(tx, case, now), event], cause, now)
    notice = NoticeWanted(
        "clarified",
        Audience.OFFICERS,
        {"day_zero": day, "text": above_ours(mail.text, office.mailbox)},
        lines=(
            *taking_back(moved, mail),
            *likely_orders(law),
            ("when", "shows how the new last day was counted"),
        ),
    )
    return notify(tx, office, (notice,), About(moved, now)) or moved
