"""What one message is and does: parsed, understood, decided and recorded, whatever it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foibot.case.events import MailFiled
from foibot.case.placing import IN_DOUBT
from foibot.case.suggestions.guesses import Guess
from foibot.case.suggestions.weigh import weighed
from foibot.desk.about import about_message
from foibot.desk.away import note_absence
from foibot.desk.clarified import clarified, doubted
from foibot.desk.complaint import complained
from foibot.desk.cut_short import half, read
from foibot.desk.guess import guess
from foibot.desk.holder_beside import beside_the_question
from foibot.desk.holder_replies import file_reply
from foibot.desk.instruct import obey
from foibot.desk.look_up import Known, look_up, stored_id
from foibot.desk.new_case import take_in
from foibot.desk.office import Office
from foibot.desk.receipt import passed_on
from foibot.desk.record import Cause, record
from foibot.desk.returned import perhaps_returned, returned
from foibot.desk.tell import tell, tell_of_unreadable
from foibot.desk.undecided import waits
from foibot.desk.urgent import tell_at_once
from foibot.law.dates import london_date
from foibot.mail.bounce import read_bounce
from foibot.mail.machine import machine_signs
from foibot.mail.message import IncomingMail, Unreadable
from foibot.mail.thread import conversation, topic
from foibot.mail.triage import (
    BEFORE_OUR_TIME,
    COMPLAINT,
    JUNK,
    NOT_A_REQUEST,
    Disposition,
    Triage,
    triage,
)
from foibot.store.inbox import Settled, Waiting
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction

TRIES = 2
"""So often a message is handled before it is taken for one that cannot be."""
LAST_TRY = 4
"""So often nobody has been told of it either."""

D = Disposition


def disposition_of(
    tx: Transaction,
    office: Office,
    one: Waiting,
    now: datetime,
    already: IncomingMail | Unreadable | None = None,
) -> Settled:
    """Do what a message asks for, and record it; its disposition, which the caller keeps.

    What was read of it `already` is not read again.

    Everything happens in the caller's transaction. What goes wrong is raised, and leaves it to be undone.
    """
    if unread := _unread(tx, office, one):
        _file(tx, office, one, unread, now)
        return Settled(one.id, unread.disposition, unread.rule, unread.evidence)
    if one.attempts >= TRIES:
        failed = Unreadable("handling it failed twice", "C1")
        return _quarantine(tx, office, one, failed, now)
    mail = read(one, already)
    if isinstance(mail, Unreadable):
        return _quarantine(tx, office, one, mail, now)
    bounce = read_bounce(mail)
    known = look_up(tx, office, mail, bounce, one.id, one.arrived_at)
    decided = weighed(mail, triage(mail, machine_signs(mail), bounce, known.findings))
    if one.truncated and decided.disposition in {D.COMMAND, D.HOLDER}:
        # Half an order orders nothing, and half an answer of a colleague tells half.
        return _quarantine(tx, office, one, half(mail), now)
    if decided.disposition is D.REQUEST and one.folder != office.folder:
        decided = Triage(D.UNMATCHED, JUNK, f"it was found in the folder {one.folder}")
    if decided.disposition is D.REQUEST and passed_on(office, one, mail):
        decided = Triage(D.UNMATCHED, "C18", "a colleague passed on a message from outside")
    decided = beside_the_question(tx, office, one, mail, decided, now)
    return _act(tx, office, one, mail, decided, known, now)


def _unread(tx: Transaction, office: Office, one: Waiting) -> Triage | None:
    """What a message is whatever it says; None if it has to be read."""
    if one.attempts >= LAST_TRY:
        # Even the notice about it fails: it is listed in the digest, and blocks nobody.
        return Triage(D.QUARANTINE, "C1", "it could not be handled, nor shown to an officer")
    if london_date(one.arrived_at) < office.since:
        return Triage(D.UNMATCHED, BEFORE_OUR_TIME, "it arrived before foibot worked this mailbox")
    if tx.inbox.read_before(one, but=JUNK):
        return Triage(D.DUPLICATE, "C4", "these very bytes were read before")
    return None


def _act(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    decided: Triage,
    known: Known,
    now: datetime,
) -> Settled:
    match decided.disposition:
        case D.REQUEST:
            case = take_in(tx, office, one, mail, decided, now)
            return _settle(one, mail, decided, case.reference)
        case D.COMMAND:
            done = obey(tx, office, mail, known.secrets, one.id, one.raw_sha256, now)
            decided = Triage(*done)
            if decided.disposition is D.REQUEST:
                return _settle(one, mail, decided, decided.case)
        case D.HOLDER:
            done = file_reply(tx, office, one, mail, known.questions, now)
            decided = Triage(*done)
        case D.AUTO:
            note_absence(tx, office, one, mail, known.secrets, now)
            if decided.rule == COMPLAINT:
                decided = complained(tx, office, mail, decided, now)
        case D.BOUNCE:
            returned(tx, office, known.failed, known.bounce, now)
            perhaps_returned(tx, office, known.perhaps, known.bounce, now)
        case _:
            decided = doubted(tx, office, one, mail, decided)
    _file(tx, office, one, decided, now)
    guessed = _guesses(tx, office, mail, decided)
    about = about_message(tx.cases.lock(decided.case) if decided.case else None, one, now)
    tell_at_once(tx, office, mail, decided, about, guessed)
    if not _answers_our_question(tx, office, one, mail, decided, now):
        tell(tx, office, one, mail, decided, guessed, now)
        if waits(decided, mail, about.case):
            tx.undecided.add(one.id)
    settled = _settle(one, mail, decided, decided.case)
    return replace(settled, guesses=tuple(guess.reference for guess in guessed))


def _guesses(
    tx: Transaction, office: Office, mail: IncomingMail, decided: Triage
) -> tuple[Guess, ...]:
    if decided.case or decided.disposition not in NOT_A_REQUEST:
        return ()
    return guess(tx, office, mail)


def _answers_our_question(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    decided: Triage,
    now: datetime,
) -> bool:
    if decided.disposition is not D.FOLLOWUP or decided.rule == IN_DOUBT:
        return False
    case = tx.cases.lock(decided.case)
    return clarified(tx, office, case, one, mail, now).revision != case.revision


def _file(tx: Transaction, office: Office, one: Waiting, decided: Triage, now: datetime) -> None:
    why = decided.evidence[:300]
    event = MailFiled(one.raw_sha256, decided.disposition, decided.rule, why, one.arrived_at)
    if decided.case:
        case = tx.cases.lock(decided.case)
        record(tx, office, case, [event], Cause("foibot", "", one.raw_sha256), now)
    else:
        tx.ledger.append([Happened(event, "", "foibot", "")], now, office.clock.secret())


def _quarantine(
    tx: Transaction, office: Office, one: Waiting, why: Unreadable, now: datetime
) -> Settled:
    decided = Triage(D.QUARANTINE, why.rule, why.reason)
    _file(tx, office, one, decided, now)
    tell_of_unreadable(tx, office, one, why, now)
    tx.undecided.add(one.id)
    settled = Settled(one.id, D.QUARANTINE, why.rule, why.reason, subject=why.subject)
    return replace(settled, message_id=stored_id(why.message_id))


def _settle(one: Waiting, mail: IncomingMail, decided: Triage, reference: str) -> Settled:
    return Settled(
        id=one.id,
        disposition=decided.disposition,
        rule=decided.rule,
        evidence=decided.evidence[:300],
        case_ref=reference,
        message_id=stored_id(mail.message_id),
        body_hash=mail.body_hash,
        sender=mail.sender.addr.lower() if mail.sender else "",
        subject=mail.subject,
        topic=topic(mail.subject),
        conversation=conversation(mail),
    )
