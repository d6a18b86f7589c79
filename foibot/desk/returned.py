"""Mail of ours that came back: tied to what failed, recorded on its case, raised to the officers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from foibot.case.case import Case, State
from foibot.case.events import AcknowledgementFailed, Event
from foibot.case.later_letters import LATER, came_back
from foibot.case.letter_events import LaterLetterBounced
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Audience, NoticeWanted, plain_notice
from foibot.desk.about import About
from foibot.desk.commission import asked_of
from foibot.desk.holder_replies import who_hears_of_answers
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.law.dates import london_date
from foibot.mail.addresses import same_address
from foibot.mail.bounce import Bounce, Fate
from foibot.outbox.item import ItemState, Kind
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Transaction


def returned(
    tx: Transaction,
    office: Office,
    failed: Sequence[Outgoing],
    bounce: Bounce | None,
    now: datetime,
) -> None:
    """Record what a bounce means for the mails it names; a delay (4.x.x) changes nothing (rule A14)."""
    if bounce is None or bounce.fate in {Fate.DELAYED, Fate.ARRIVED}:
        return
    for mail in failed:
        if mail.case_ref and mail.kind in {Kind.ACKNOWLEDGEMENT, Kind.LETTER}:
            _undelivered(tx, office, mail, bounce, now)
        elif bounce.fate is not Fate.UNTOLD and _is_about(bounce, mail):
            if mail.kind is Kind.ENQUIRY and mail.case_ref:
                _unasked(tx, office, mail, bounce, now)
            if mail.kind is not Kind.ENQUIRY or office.roster.find(mail.recipient):
                _unreachable(tx, office, mail, bounce, now)


def _is_about(bounce: Bounce, mail: Outgoing) -> bool:
    """Whether a report gives a status or names whom the mail was for.

    Anybody can write something that only looks like a report; it disturbs nobody.
    """
    named = (same_address(one, mail.recipient) for one in bounce.recipients)
    return bool(bounce.status) or any(named)


def perhaps_returned(
    tx: Transaction,
    office: Office,
    named: Sequence[Outgoing],
    bounce: Bounce | None,
    now: datetime,
) -> None:
    """Say that mail to a requester may not have arrived, where a report names the address alone (rule A12).

    Anybody who knows an address can write such a report, so that it changes nothing by itself.
    """
    for mail in named:
        if bounce is None:
            continue
        case = tx.cases.lock(mail.case_ref)
        why = f": {_status(bounce)}" if bounce.status or bounce.diagnostic else ""
        said = (
            f"A mail server's report says that mail to {mail.recipient} is not delivered{why}. "
            f"It does not say which mail. The last that left for that address is the "
            f"{_name(mail)} on request {mail.case_ref}, which counts as sent as before."
        )
        advice = (
            "Anybody could have written this report. Look whether the address is right, and if it may be, "
            "ask the requester by post or telephone."
        )
        title = f"Perhaps not delivered: {_name(mail)}"
        notice = plain_notice(Audience.OFFICERS, title, [said, advice])
        lines = (("show", "sends you the case and its letter"),)
        once = f"perhaps-returned:{mail.id}:{mail.tries}"
        notify(tx, office, (replace(notice, lines=lines, once=once),), About(case, now))


def _undelivered(
    tx: Transaction, office: Office, mail: Outgoing, bounce: Bounce, now: datetime
) -> None:
    case = tx.cases.lock(mail.case_ref)
    event: Event = AcknowledgementFailed(mail.message_id, _status(bounce))
    if mail.kind is Kind.LETTER:
        event = came_back(case, mail.version, _status(bounce))
    if not can_happen(case, event):
        _tell_of_closed(tx, office, case, mail, bounce, now)
        return
    # From here on it counts as refused, so that an administrator may send it once more.
    tx.outbox.change(mail.id, [ItemState.SENT, ItemState.UNCERTAIN], ItemState.REFUSED)
    case = record(tx, office, case, [event], Cause("foibot", "rule A11"), now)
    notice = NoticeWanted(
        "not-delivered",
        Audience.OFFICERS_AND_APPROVERS,
        {
            "what": _name(mail),
            "answer": _status(bounce),
            "certain": True,
            "temporary": bounce.fate is Fate.SOFT,
            "later": isinstance(event, LaterLetterBounced),
            "mail_number": mail.id,
        },
        lines=(("show", "sends you the case and its letter"),),
        # Several servers may report one failure.
        once=f"returned:{mail.id}:{mail.tries}",
    )
    notify(tx, office, (notice,), About(case, now))


def _tell_of_closed(
    tx: Transaction, office: Office, case: Case, mail: Outgoing, bounce: Bounce, now: datetime
) -> None:
    """The letter that came back decides nothing any more, but who wrote it thinks that it was read."""
    if not _thought_read(case, mail.version):
        return
    stays = "is closed, and stays" if case.state in _CLOSED else "stays"
    said = (
        f"The mail server says that the {_name(mail)} on request {case.reference} did not reach its "
        f"requester: {_status(bounce)}. The request {stays} as it is. "
        "If they should know what it says, write by post or ring."
    )
    notice = plain_notice(Audience.OFFICERS, f"Not delivered: {_name(mail)}", [said])
    lines = (("show", "sends you the case and its letter"),)
    once = f"returned:{mail.id}:{mail.tries}"
    notify(tx, office, (replace(notice, lines=lines, once=once),), About(case, now))


_CLOSED = frozenset({State.WITHDRAWN, State.NOT_FOI, State.LAPSED})


def _thought_read(case: Case, version: int) -> bool:
    """Whether nothing was written since but letters that follow the end."""
    kinds = {one.version: one.kind for one in case.letters}
    since = [kind for number, kind in kinds.items() if number > version]
    return version in kinds and all(kind in LATER for kind in since)


def _unreachable(
    tx: Transaction, office: Office, mail: Outgoing, bounce: Bounce, now: datetime
) -> None:
    """Somebody of the office does not get our mail; told once a day, so that it can start no loop."""
    about = f" on request {mail.case_ref}" if mail.case_ref else ""
    said = (
        f"A {mail.kind.value}{about} to {mail.recipient} was not delivered: {_status(bounce)}. "
        "Whoever reads that mailbox hears of no request and no last day."
    )
    mend = "Put the address right in [[officers]] of config.toml, or have the mailbox mended."
    title = f"Mail to {mail.recipient} comes back"
    notice = plain_notice(Audience.ADMINISTRATORS, title, [said, mend])
    once = f"unreachable:{mail.recipient}:{london_date(now)}"
    notify(tx, office, (replace(notice, once=once),), About(None, now))


def _unasked(
    tx: Transaction, office: Office, mail: Outgoing, bounce: Bounce, now: datetime
) -> None:
    """A question did not reach the colleague: whoever asked it hears, and asks somebody else or puts the address right."""
    case = tx.cases.lock(mail.case_ref)
    asked = [one for one in asked_of(case, office, mail.recipient) if one.open]
    if not asked:
        return
    enquiry = asked[-1]
    who = office.roster.name_of(mail.recipient)
    said = (
        f"The question on request {case.reference} to {who} was not delivered: {_status(bounce)}. "
        "The colleague does not know that an answer is wanted, and the time to answer the request runs on."
    )
    notice = plain_notice(Audience.PERSON, f"{who} did not get the question", [said])
    lines = (
        (
            "ask ADDRESS",
            "asks somebody else, or the same at the right address; your words go under it",
        ),
        (f"answered {enquiry.holder}", "ends the asking, if you have the answer by another way"),
        ("show", "sends you the case and its letter"),
    )
    once = f"unasked:{mail.id}:{mail.tries}"
    each = [
        replace(notice, lines=lines, once=once, person=one.address)
        for one in who_hears_of_answers(office, case, enquiry)
    ]
    notify(tx, office, each, About(case, now))


def _status(bounce: Bounce) -> str:
    return (bounce.status or bounce.diagnostic or "no status given")[:200]


def _name(mail: Outgoing) -> str:
    return f"letter, version {mail.version}" if mail.kind is Kind.LETTER else "acknowledgement"
