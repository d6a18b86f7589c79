"""What a message has done on the case it was filed on, and what becomes of that when it is moved to another."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.case.clock_events import Clarified, PartClarified
from foibot.case.keeping_events import ClarifiedInError
from foibot.case.lifecycle import can_happen
from foibot.case.need_to_know import is_shut_out
from foibot.case.placing import Placing
from foibot.officers.roster import Officer
from foibot.store.inbox import Settled
from foibot.store.transaction import Transaction


def why_not_theirs(tx: Transaction, officer: Officer, settled: Settled) -> str:
    """Why a message on a case that this officer may not read is not theirs to place; "" if it is."""
    case = tx.cases.find(settled.case_ref) if settled.case_ref else None
    shut = case is not None and is_shut_out(case, officer)
    return f"m{settled.id} is on a request that is not open to you." if shut else ""


def why_not_moved(tx: Transaction, placing: Placing, settled: Settled) -> str:
    """Why this message cannot go to that case, in a sentence; "" if it can.

    A message from which the time of its case runs can only go while that can still be taken back.
    """
    if tx.cases.find(placing.case) is None:
        return f"There is no case {placing.case} that m{settled.id} could go to."
    event = unclarified(tx, settled)
    if event is None or _can_be_taken_back(tx, settled, event):
        return ""
    return (
        f"The time of request {settled.case_ref} runs from m{settled.id}, the answer to our question, and more has "
        "happened since. If a letter waits there, reject it first; else the message has to stay."
    )


def unclarified(tx: Transaction, settled: Settled) -> ClarifiedInError | None:
    """The event that takes back what this message did to its case's time; None if it did nothing."""
    if not settled.case_ref:
        return None
    digest = tx.inbox.as_it_came(settled.id).raw_sha256
    case = tx.cases.lock(settled.case_ref)
    moved_time = any(one.message_sha256 == digest for one in _clarifying(tx, case))
    return ClarifiedInError(digest) if moved_time else None


def _can_be_taken_back(tx: Transaction, settled: Settled, event: ClarifiedInError) -> bool:
    case = tx.cases.lock(settled.case_ref)
    newest = _clarifying(tx, case)[-1]
    is_newest = isinstance(newest, Clarified) and newest.message_sha256 == event.message_sha256
    return is_newest and can_happen(case, event)


def _clarifying(tx: Transaction, case: Case) -> list[Clarified | PartClarified]:
    events = (one.event for one in tx.ledger.of_case(case.reference))
    return [one for one in events if isinstance(one, (Clarified, PartClarified))]
