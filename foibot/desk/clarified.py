"""The requester answers our question: a fresh period begins on the day the answer was received."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foibot.case.case import Case, LetterState
from foibot.case.clock_events import Clarified, PartClarified
from foibot.case.events import Event
from foibot.case.interim import part_clarified
from foibot.case.letter_events import Stopped
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Audience, NoticeWanted
from foibot.case.placing import IN_DOUBT
from foibot.commands.closing import taking_back
from foibot.commands.likely import likely_orders
from foibot.desk.about import About
from foibot.desk.asked import asked_in
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.law.calendar import answer_by
from foibot.law.dates import london_date
from foibot.law.regime import Duty
from foibot.mail.addresses import same_address
from foibot.mail.authentication_results import Verdict
from foibot.mail.message import IncomingMail
from foibot.mail.received_at import received_at
from foibot.mail.reply_text import above_ours, new_words
from foibot.mail.triage import Disposition, Triage
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


def _clarified(office: Office, case: Case, one: Waiting, mail: IncomingMail) -> Clarified:
    moment, _ = received_at(one.arrived_at, mail.headers, office.border.servers)
    day, law = london_date(moment), office.laws.of(case)
    return Clarified(
        received=day,
        due=answer_by(law, day).due,
        law=law.limit(Duty.ANSWER, day).citation,
        message_sha256=one.raw_sha256,
    )


def doubted(
    tx: Transaction, office: Office, one: Waiting, mail: IncomingMail, decided: Triage
) -> Triage:
    """The same, in doubt where we wait for its requester's answer and a machine must not take this for it.

    That is so if the border says that it is not the requester's, and if it only repeats the request.
    """
    if decided.disposition is not Disposition.FOLLOWUP:
        return decided
    case = tx.cases.lock(decided.case)
    if not _is_requesters(case, mail):
        return decided
    awaited = can_happen(case, _clarified(office, case, one, mail))
    if not (awaited or _of_a_part(office, case, one, mail)):
        return decided
    why = ""
    if office.border.verdict_on(mail).verdict is Verdict.FAIL:
        why = "our mail server says that it is not from the requester's address"
    elif _same_words(asked_in(office, mail), case.request_text):
        why = "it repeats the request"
    if not why:
        return decided
    evidence = (
        f"{decided.evidence}; but {why}, so that it was not taken for the answer to our question"
    )
    return replace(decided, rule=IN_DOUBT, evidence=evidence)


def _is_requesters(case: Case, mail: IncomingMail) -> bool:
    return same_address(mail.sender.addr if mail.sender else "", case.requester.address)


def _same_words(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _of_a_part(
    office: Office, case: Case, one: Waiting, mail: IncomingMail
) -> PartClarified | None:
    if not _is_requesters(case, mail):
        return None
    moment, _ = received_at(one.arrived_at, mail.headers, office.border.servers)
    part = part_clarified(case, london_date(moment), office.laws.of(case), one.raw_sha256)
    return part if part and can_happen(case, part) else None


def part_answered(
    tx: Transaction, office: Office, case: Case, one: Waiting, mail: IncomingMail, now: datetime
) -> tuple[Case, PartClarified | None]:
    """The case after a message of its requester, and what that has begun if it answers our question about a part (T-46)."""
    part = _of_a_part(office, case, one, mail)
    if part is None:
        return case, None
    cause = Cause("requester", "clarification of a part", one.raw_sha256)
    return record(tx, office, case, [part], cause, now), part


def clarified(
    tx: Transaction, office: Office, case: Case, one: Waiting, mail: IncomingMail, now: datetime
) -> Case:
    """The case after a message of its requester, if that is the answer we waited for (T-30, T-45)."""
    if not _is_requesters(case, mail):
        return case
    event = _clarified(office, case, one, mail)
    if not can_happen(case, event):
        return case
    cause = Cause("requester", "clarification", one.raw_sha256)
    moved = record(tx, office, case, [*_taken_back(tx, case, now), event], cause, now)
    law = office.laws.of(case)
    notice = NoticeWanted(
        "clarified",
        Audience.OFFICERS,
        {"day_zero": event.received, "text": above_ours(mail.text, office.mailbox)},
        lines=(
            *taking_back(moved, new_words(mail.text)),
            *likely_orders(law),
            ("when", "shows how the new last day was counted"),
        ),
    )
    return notify(tx, office, (notice,), About(moved, now)) or moved
