"""What became of mail that was handed to the server: settled, recorded, and told to those who must know."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from foibot.case.case import Case, State
from foibot.case.clocks import ClockName, last_of, missed
from foibot.case.events import AcknowledgementFailed, AcknowledgementSent, Event
from foibot.case.interim import sent
from foibot.case.later_letters import LATER, REVIEW_OUTCOME
from foibot.case.letter_events import InterimSent, LetterRefused, LetterSent, LetterUncertain
from foibot.case.outcome import Audience, NoticeWanted
from foibot.case.working import due_in_words
from foibot.desk.about import About
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.gateway.smtp import Delivery
from foibot.law.calendar import working_days_between
from foibot.law.dates import in_words, listed, london_date, with_weekday
from foibot.law.regime import Regime
from foibot.outbox.item import Attempt, ItemState, Kind, after
from foibot.store.outbox import Result
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
_ANSWER = 500


def settle_all(
    store: Store,
    office: Office,
    mails: Sequence[Outgoing],
    deliveries: Sequence[Delivery],
    worker: int = 0,
) -> None:
    """Keep the server's answer for each mail that a worker sent, with what follows from it, in one commit."""
    if deliveries:
        with store.transaction() as tx:
            settle(tx, office, mails, deliveries, worker)


def settle(
    tx: Transaction,
    office: Office,
    mails: Sequence[Outgoing],
    deliveries: Sequence[Delivery],
    worker: int,
) -> None:
    """The same, inside a transaction. What is no longer in that worker's hands stays as it is."""
    by_id = {mail.id: mail for mail in mails}
    now = office.clock.now()
    tx.cases.lock_each({one.case_ref for one in mails if one.kind in _ON_RECORD})
    results = [_result(by_id[one.key], one, now) for one in deliveries]
    if worker:
        results = list(_still_open(tx, results, worker))
    tx.outbox.settle(results, now)
    for result in results:
        _follow_up(tx, office, by_id[result.id], result, now)


def _still_open(tx: Transaction, results: Sequence[Result], worker: int) -> Iterator[Result]:
    """The results that may be kept, when other workers may have taken this one for dead.

    What they settled as in doubt stays so, unless the server did take the mail and nobody has touched it
    since: then what is certain replaces the doubt.
    """
    found = tx.outbox.left_with(worker, [one.id for one in results])
    for one in results:
        state = found.get(one.id)
        in_doubt = state in {ItemState.QUEUED, ItemState.UNCERTAIN}
        if state is ItemState.SENDING or (in_doubt and one.state is ItemState.SENT):
            yield one
        else:
            _log.warning("mail %s was settled without this answer: %s", one.id, one.state)


def _result(mail: Outgoing, delivery: Delivery, now: datetime) -> Result:
    attempt = Attempt(mail.kind, mail.tries, mail.repeats, delivery.answer, delivery.reached)
    becomes = after(attempt, now)
    return Result(
        mail.id,
        becomes.state,
        becomes.not_before,
        becomes.repeat,
        delivery.code,
        _evidence(delivery),
        becomes.counts,
    )


def _follow_up(
    tx: Transaction, office: Office, mail: Outgoing, result: Result, now: datetime
) -> None:
    # Never the Message-ID: that of a notice holds the secret an order proves itself with.
    _log.info("mail %s (%s, case %s): %s", mail.id, mail.kind, mail.case_ref or "-", result.state)
    if mail.kind not in _ON_RECORD or result.state not in _ENDS:
        return
    before = tx.cases.lock(mail.case_ref)
    events = _events(office, before, mail, result.state, result.answer, london_date(now))
    case = record(tx, office, before, events, Cause("foibot", ""), now)
    match events[0]:
        case LetterSent():
            law = office.laws.of(case)
            notices = (_letter_sent(before, case, mail, result.answer, now, law), *_part_left(case))
        case InterimSent():
            law = office.laws.of(case)
            notices = (_letter_sent(before, case, mail, result.answer, now, law),)
        case _:
            certain = result.state is not ItemState.UNCERTAIN
            notices = _not_arrived(case, mail, events[0], result.answer, certain=certain)
    notify(tx, office, notices, About(case, now))


def _evidence(delivery: Delivery) -> str:
    """The server's own line with its code, once."""
    code = str(delivery.code) if delivery.code else ""
    line = delivery.text if delivery.text.startswith(code) else f"{code} {delivery.text}"
    return line[:_ANSWER]


_ON_RECORD = frozenset({Kind.ACKNOWLEDGEMENT, Kind.LETTER})
_ENDS = frozenset({ItemState.SENT, ItemState.REFUSED, ItemState.UNCERTAIN})


def _events(
    office: Office, case: Case, mail: Outgoing, state: ItemState, answer: str, today: date
) -> tuple[Event, ...]:
    """What the end of an acknowledgement's or a letter's way leaves on the case."""
    match mail.kind, state:
        case Kind.LETTER, ItemState.SENT if case.current is not None:
            law = office.laws.of(case)
            return sent(case, case.current, mail.message_id, answer, today, law, mail.dated_at)
        case Kind.LETTER, ItemState.REFUSED:
            return (LetterRefused(mail.version, answer),)
        case Kind.LETTER, _:
            return (LetterUncertain(mail.version, answer),)
        case _, ItemState.SENT:
            return (AcknowledgementSent(mail.message_id, answer, mail.dated_at),)
        case _:
            return (AcknowledgementFailed(mail.message_id, answer),)


def _not_arrived(
    case: Case, mail: Outgoing, event: Event, answer: str, *, certain: bool
) -> tuple[NoticeWanted, ...]:
    match event:
        case LetterRefused() | LetterUncertain():
            what, later = f"letter, version {mail.version}", case.letters[-1].kind in LATER
            return (_not_delivered(what, mail, answer, certain=certain, later=later),)
        case AcknowledgementFailed():
            return (_not_delivered("acknowledgement", mail, answer, certain=certain, later=False),)
        case _:
            return ()


def _part_left(case: Case) -> Iterator[NoticeWanted]:
    """A part that was clarified later has a time of its own, which no answer to the rest ends (T-46)."""
    for clock in case.clocks:
        if clock.runs and clock.name is ClockName.PART and case.state is State.REOPENED:
            last = in_words(clock.due)
            yield NoticeWanted(
                "answer",
                Audience.OFFICERS,
                {
                    "title": "A part of the request may still be open",
                    "paragraphs": [
                        f"The part that the requester clarified has to be answered by {last}.",
                        "If the letter that has just left answered it as well, say so.",
                    ],
                    "facts": [],
                    "lists": [],
                },
                lines=(
                    ("clock part stopped", "ends the time of that part, and the case is closed"),
                ),
            )


def _letter_sent(
    before: Case, case: Case, mail: Outgoing, answer: str, now: datetime, law: Regime
) -> NoticeWanted:
    """A letter is in time by the day that bound it, not by one that it has just named itself."""
    kind = case.current.kind if case.current else ""
    last = last_of(case.clocks, ClockName.REVIEW).due if kind == REVIEW_OUTCOME else before.due
    today = london_date(now)
    return NoticeWanted(
        "letter-sent",
        Audience.OFFICERS_AND_APPROVERS,
        {
            "version": mail.version,
            "recipient": mail.recipient,
            "sent_at": now,
            "answer": answer,
            "in_time": today <= last,
            "dated": kind not in _UNDATED,
            "due": last,
            "days_late": working_days_between(law, last, today),
            "from_now": _from_now(before, case, law),
            "missed": "" if kind in _UNDATED else _missed(before),
        },
    )


_UNDATED = frozenset({"review-acknowledgement", "lapse"})
"""Letters that no law bounds by a day."""


def _from_now(before: Case, case: Case, law: Regime) -> str:
    """What the letter has begun; "" if it began nothing."""
    if len(case.clocks) == len(before.clocks):
        return ""
    day = due_in_words(case, law)
    match case.clocks[-1].name:
        case ClockName.EXTENSION:
            return f"The last day to answer is now {day}"
        case ClockName.CLARIFICATION:
            return f"The requester may answer our question until {day}; our own time stands still until they do"
        case ClockName.FEE:
            return f"The requester may pay until {day}; our own time stands still until they do"
        case _:
            return ""


def _missed(before: Case) -> str:
    """The days that earlier letters had missed, which no later one mends."""
    return listed([with_weekday(day) for day in missed(before.clocks)])


def _not_delivered(
    what: str, mail: Outgoing, answer: str, *, certain: bool, later: bool
) -> NoticeWanted:
    return NoticeWanted(
        "not-delivered",
        Audience.OFFICERS_AND_APPROVERS,
        {
            "what": what,
            "answer": answer,
            "certain": certain,
            "temporary": False,
            "later": later,
            "mail_number": mail.id,
        },
        lines=(("show", "sends you the case and its letter"),),
    )
