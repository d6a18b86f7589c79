"""Stops and starts everything that leaves the office, by an order or by the administrator's hand, on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foibot.case.events import Event, SendingPaused, SendingResumed
from foibot.commands.pause import PAUSE, RESUME, Standstill, ordered, stops_or_starts
from foibot.desk.about import About
from foibot.desk.not_obeyed import Answer, refused
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.desk.step_up import Given
from foibot.mail.reply_text import all_under_first_line, first_order_line
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import Identified
from foibot.outbox.item import ItemState, Kind
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction


def pause_or_resume(
    tx: Transaction, office: Office, who: Identified, given: Given, now: datetime
) -> Answer:
    """Carry out `pause` or `resume`, whatever notice it answers; its disposition, rule, evidence and case."""
    line, _ = first_order_line(given.mail.text)
    text = all_under_first_line(given.mail.text)
    verb = stops_or_starts(line)
    outcome = ordered(line, text, who.officer, _standstill(tx, now), now)
    if outcome.refusal:
        refused(tx, office, None, outcome.refusal, given.sha256, who.officer, outcome.notices, now)
        return Disposition.COMMAND_REFUSED, outcome.refusal, verb, ""
    set_sending(tx, outcome.events, who.officer.address, verb, now, office.clock.secret())
    notify(tx, office, outcome.notices, About(None, now, who.officer))
    return Disposition.COMMAND, "E", verb, ""


def by_hand(tx: Transaction, *, paused: bool, now: datetime, nonce: str) -> None:
    """The administrator's own pause, or the end of one; recorded if it changes anything."""
    if tx.switches.paused != paused:
        event = SendingPaused() if paused else SendingResumed()
        verb = PAUSE if paused else RESUME
        set_sending(tx, [event], "administrator", f"foibot {verb}", now, nonce)


def set_sending(
    tx: Transaction, events: Sequence[Event], by: str, cause: str, now: datetime, nonce: str
) -> None:
    """Turn the switch as these events say, and keep them."""
    paused = any(isinstance(one, SendingPaused) for one in events)
    tx.switches.set("paused", "yes" if paused else "no", now)
    tx.ledger.append([Happened(one, "", by, cause) for one in events], now, nonce)


def _standstill(tx: Transaction, now: datetime) -> Standstill:
    running = tx.cases.unfinished()
    waiting = [one for one in tx.outbox.in_state(ItemState.QUEUED) if one.not_before <= now]
    return Standstill(
        paused=tx.switches.paused,
        open=len(running),
        first_due=min((case.due for case in running), default=None),
        waiting=len(waiting),
        letters=sum(one.kind is Kind.LETTER for one in waiting),
    )
