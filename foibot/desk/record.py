"""Carries out what a decision wants, inside one transaction: events, letter, notices, what may leave."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from foibot.case.case import Case
from foibot.case.events import Event, OrderRefused, Recorded
from foibot.case.outcome import Audience, NoticeWanted, Outcome, Recall, Release
from foibot.desk.about import About
from foibot.desk.acknowledge import acknowledge
from foibot.desk.commission import ask_colleagues
from foibot.desk.draft import draft
from foibot.desk.keepers import told_that_nobody_reads
from foibot.desk.lint_draft import LetterLeaks
from foibot.desk.notify import write_notices
from foibot.desk.office import Office
from foibot.desk.precedent import keep_topics
from foibot.errors import AdministratorMustFix, Bug, OfficerMustReword
from foibot.officers.authenticate import Purpose, Secret
from foibot.officers.roster import Officer
from foibot.outbox.item import ItemState
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cause:
    """Who caused something and by what: `by` as in the ledger, `why` a rule or an order's verb.

    `read` is the order's whole line, for the officer alone: the chain keeps no person's words.
    """

    by: str
    why: str
    message_sha256: str = ""
    read: str = ""


def record(
    tx: Transaction,
    office: Office,
    case: Case,
    events: Sequence[Event],
    cause: Cause,
    now: datetime,
) -> Case:
    """Add events to a case; the case after them."""
    happened = [Happened(event, case.reference, cause.by, cause.why) for event in events]
    return keep(tx, office, case, happened, now)


def notify(
    tx: Transaction,
    office: Office,
    wanted: Sequence[NoticeWanted],
    about: About,
) -> Case | None:
    """Write notices, and record them on the case they are about; the case after that."""
    if about.case is not None and wanted:
        # Else a message on a case that was answered long ago would reach nobody at all.
        wanted = (*wanted, *told_that_nobody_reads(office, about.case, about.now))
    happened = write_notices(tx, office, wanted, about)
    if about.case is not None:
        return keep(tx, office, about.case, happened, about.now)
    tx.ledger.append(happened, about.now, office.clock.secret())
    return None


def keep(
    tx: Transaction, office: Office, case: Case, happened: Sequence[Happened], now: datetime
) -> Case:
    """Append what happened to a case; the case after it."""
    recorded: list[Recorded] = tx.ledger.append(happened, now, office.clock.secret())
    return tx.cases.move(case, recorded) if recorded else case


FOLDED = frozenset({"answer", "order-refused"})
"""Notices to whoever ordered something that can stand in a transcript instead of coming by themselves."""


def carry_out(
    tx: Transaction,
    office: Office,
    case: Case,
    officer: Officer,
    outcome: Outcome,
    secret: Secret | None,
    cause: Cause,
    now: datetime,
    *,
    folded: bool = False,
) -> Outcome:
    """Do what an order's outcome wants, or turn it into a refusal; the outcome that was carried out.

    `folded` answers are not sent: they stand in a transcript. A letter that fails its checks, a template
    that fails, a secret that somebody else used first and a mail that has begun to leave each end as a
    refusal that changes nothing but the record.
    """
    try:
        with tx.apart():
            _do(tx, office, case, officer, outcome, secret, cause, now, folded=folded)
            return outcome
    except LetterLeaks as leaks:
        said = [one.in_words() for one in leaks.errors]
        refused = _refusal("letter", said, cause, *_once_more(outcome, cause))
    except OfficerMustReword as reason:
        said = [str(reason)]
        refused = _refusal(type(reason).__name__, said, cause, *_once_more(outcome, cause))
    except AdministratorMustFix as fault:
        _log.error("case %s: an order could not be carried out: %s", case.reference, fault)
        why = [f"The letter could not be written. Please tell the administrator: {fault}"]
        once_mended = (cause.read, "again, with the same text under it, once that is mended")
        refused = _refusal(type(fault).__name__, why, cause, once_mended)
    _do(tx, office, case, officer, refused, None, cause, now, folded=folded)
    return refused


class TooLate(OfficerMustReword):
    """Somebody else was faster, or the letter has begun to leave. Nothing was changed."""


def _once_more(outcome: Outcome, cause: Cause) -> tuple[tuple[str, str], ...]:
    """The order for a letter again; words of the letter on its own line belong under it then."""
    if outcome.letter is None:
        return ()
    line = cause.read.partition(":")[0].strip()
    return ((line, "again, with the whole text under it and that put right"),)


def _refusal(check: str, why: list[str], cause: Cause, *lines: tuple[str, str]) -> Outcome:
    notice = NoticeWanted(
        "order-refused",
        Audience.ORDERING_OFFICER,
        {"read": cause.read, "why": why},
        lines=(*lines, ("show", "sends you the current letter")),
    )
    return Outcome(notices=(notice,), refusal=check)


def _do(
    tx: Transaction,
    office: Office,
    case: Case,
    officer: Officer,
    outcome: Outcome,
    secret: Secret | None,
    cause: Cause,
    now: datetime,
    *,
    folded: bool,
) -> None:
    events, notices = list(outcome.events), list(outcome.notices)
    if folded:
        notices = [one for one in notices if not is_folded(one)]
    if outcome.refusal:
        events.append(OrderRefused(outcome.refusal, cause.message_sha256))
        notices = once_an_hour(notices, f"{outcome.refusal}:{case.reference}", now)
    if outcome.use_secret and not _used_up(tx, secret, now):
        raise TooLate
    if outcome.letter is not None:
        drafted, told = draft(tx, office, case, outcome.letter, officer, now)
        events.append(drafted)
        notices.extend(told)
        if case.current:
            tx.secrets.revoke(case.reference, case.current.version, now)
    if outcome.acknowledge:
        events.append(acknowledge(tx, office, case, now))
    for version in outcome.revoke:
        tx.secrets.revoke(case.reference, version, now)
    _move_mail(tx, case, outcome)
    moved = record(tx, office, case, events, cause, now)
    for reference, event in outcome.elsewhere:
        record(tx, office, tx.cases.lock(reference), [event], cause, now)
    keep_topics(tx, case, events, now)
    moved = keep(tx, office, moved, ask_colleagues(tx, office, moved, events, now), now)
    notify(tx, office, notices, About(moved, now, officer))


def once_an_hour(
    notices: Sequence[NoticeWanted], failure: str, now: datetime
) -> list[NoticeWanted]:
    """The answers to a refused order, which go to one person once an hour as long as they say the same.

    A mailbox that answers every notice with the same words, and does not say that it is a machine, would
    else be answered for ever (mail rule A2).
    """
    said = "\n".join(f"{one.kind}{sorted(one.facts.items())}{one.lines}" for one in notices)
    key = f"refused:{failure}:{sha256(said.encode()).hexdigest()[:16]}:{now.strftime('%Y%m%d%H')}"
    return [replace(one, once=one.once or f"{key}:{one.kind}") for one in notices]


def is_folded(notice: NoticeWanted) -> bool:
    """Whether a notice can stand in a transcript: a plain answer to whoever ordered something."""
    return notice.to is Audience.ORDERING_OFFICER and notice.kind in FOLDED


def _used_up(tx: Transaction, secret: Secret | None, now: datetime) -> bool:
    """Whether the secret of a decision was unused until now; that of a confirmation was used to give it."""
    if secret is not None and secret.purpose is Purpose.CONFIRM:
        return True
    return secret is not None and tx.secrets.use(secret.digest, now)


def _move_mail(tx: Transaction, case: Case, outcome: Outcome) -> None:
    match outcome.release, outcome.recall:
        case Release(version=version, not_before=not_before), None:
            _change(tx, case, version, [ItemState.DRAFT], ItemState.APPROVED, not_before)
        case None, Recall(version=version):
            waiting = [ItemState.APPROVED, ItemState.QUEUED, ItemState.HELD]
            _change(tx, case, version, waiting, ItemState.DRAFT, None)
        case None, None:
            pass
        case _:
            raise Bug("an outcome both releases and recalls a letter")


def _change(
    tx: Transaction,
    case: Case,
    version: int,
    was: list[ItemState],
    becomes: ItemState,
    not_before: datetime | None,
) -> None:
    mail = tx.outbox.letter(case.reference, version)
    if mail is None or not tx.outbox.change(mail.id, was, becomes, not_before):
        raise TooLate
