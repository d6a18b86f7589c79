"""What the office knows about a message besides its own words: threads, twins, secrets, people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from foibot.commands import ALONE, VERBS, find
from foibot.commands.grammar import verb_of
from foibot.commands.new_received import VERB
from foibot.desk.office import Office
from foibot.desk.receipt import is_ours
from foibot.mail.addresses import same_address, without_plus
from foibot.mail.authentication_results import Verdict
from foibot.mail.bounce import Bounce, Fate
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import first_line, first_order_line
from foibot.mail.thread import ThreadKeys, bare_subject, conversation, is_forward, thread_keys
from foibot.mail.triage import JUNK, Findings
from foibot.officers.authenticate import Purpose, Secret
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Transaction

SAME_TEXT = timedelta(hours=24)
# Mail servers give up after five days (RFC 5321 s.4.5.4.1), and some are slow to say so.
_COMES_BACK = timedelta(days=14)
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Known:
    """The findings, with the secrets of notices or of questions, and our own mails that the report in it is about.

    `perhaps` may have come back: a report names whom it was for, and nothing that only our mail could say.
    """

    findings: Findings
    secrets: list[Secret]
    questions: list[Secret]
    bounce: Bounce | None
    failed: list[Outgoing]
    perhaps: list[Outgoing]


def meet(tx: Transaction, mails: Sequence[IncomingMail]) -> None:
    """Find out in a few looks, before each of these messages is looked up, which senders and which ids are new."""
    if len(mails) > 1:
        senders = {mail.sender.addr.lower() for mail in mails if mail.sender}
        tx.inbox.look_for({stored_id(mail.message_id) for mail in mails}, senders)
        tx.outbox.look_for(senders)
        tx.complaints.look_for(senders)


def look_up(
    tx: Transaction,
    office: Office,
    mail: IncomingMail,
    bounce: Bounce | None,
    message: int,
    arrived_at: datetime,
) -> Known:
    """Everything the store knows about this message."""
    keys = thread_keys(mail, office.mailbox, office.numbering.pattern)
    sender = mail.sender.addr if mail.sender else ""
    orders, questions = _apart(tx.secrets.known(keys.secrets), sender)
    failed = _failed(tx, keys, bounce) if bounce else []
    perhaps = _perhaps(tx, bounce, arrived_at) if bounce and not failed else []
    reference, theirs = _by_reference(tx, office, keys, mail)
    answered = _by_thread(tx, keys, failed or perhaps)
    thread = answered[0] if len(answered) == 1 else _of_requester(tx, answered, mail)
    thread = thread or _by_conversation(tx, office, mail)
    findings = Findings(
        from_us=_from_us(office, mail),
        twins=_twins(tx, mail, message),
        officer=bool(sender) and office.roster.find(sender) is not None,
        answers_notice=bool(orders),
        answers_question=bool(questions),
        reads_like_order=reads_like_order(mail),
        case_by_thread=thread,
        thread_in_doubt=bool(answered) and not thread,
        case_by_reference=reference,
        reference_is_theirs=theirs,
        case_by_text=_by_text(tx, mail, arrived_at),
    )
    return Known(findings, orders, questions, bounce, failed, perhaps)


def _apart(known: list[Secret], sender: str) -> tuple[list[Secret], list[Secret]]:
    """The secrets of notices, and those of questions to colleagues; of both only one kind counts.

    In a thread that holds both it is the sender's own: whoever has only a question's orders nothing.
    """
    questions = [one for one in known if one.purpose is Purpose.ANSWER]
    orders = [one for one in known if one.purpose is not Purpose.ANSWER]
    if not questions or any(same_address(one.officer, sender) for one in orders):
        return orders, []
    return [], questions


def stored_id(message_id: str) -> str:
    """A Message-ID as the store keeps it; a stranger's may be longer than an index can hold."""
    return message_id[:500]


def _from_us(office: Office, mail: IncomingMail) -> bool:
    """Whether it comes from our mailbox; a known Message-ID alone must not hide a request (rule A9)."""
    sender = mail.sender
    return sender is not None and same_address(without_plus(sender.addr), office.mailbox)


def _twins(tx: Transaction, mail: IncomingMail, message: int) -> frozenset[str]:
    """What the copies of it were taken for that came before.

    A web form may send all it takes in under one Message-ID, so that people and subjects must be the same too;
    whose message has no clean sender cannot be told from somebody else's.
    """
    if mail.sender is None:
        return frozenset()
    sender = mail.sender.addr.lower()
    # Whoever moves a mail out of the folder for spam wants it dealt with, not counted as a copy.
    found = tx.inbox.twins(message, stored_id(mail.message_id), mail.body_hash, sender, but=JUNK)
    subject = bare_subject(mail.subject)
    return frozenset(was for was, about in found if bare_subject(about) == subject)


def _failed(tx: Transaction, keys: ThreadKeys, bounce: Bounce) -> list[Outgoing]:
    tokens = [*bounce.envelope_tokens, *keys.bounce_tokens]
    return tx.outbox.by_bounce_tokens(tokens) or tx.outbox.by_message_ids(
        bounce.original_message_ids
    )


def _perhaps(tx: Transaction, bounce: Bounce, arrived_at: datetime) -> list[Outgoing]:
    """The last mails to those whom a report says cannot be reached, where it names no mail of ours (rule A12)."""
    if bounce.fate not in {Fate.HARD, Fate.SOFT}:
        return []
    return tx.last_mail.to(bounce.recipients[:_NAMED], arrived_at - _COMES_BACK)


def _by_thread(tx: Transaction, keys: ThreadKeys, failed: list[Outgoing]) -> list[str]:
    """The case of the mail that this one answers; several where others have used the same Message-ID (D2)."""
    for mail in [*failed, *tx.outbox.by_message_ids(keys.message_ids)]:
        if mail.case_ref:
            return [mail.case_ref]
    return tx.inbox.cases_of([stored_id(one) for one in keys.message_ids])


def _by_conversation(tx: Transaction, office: Office, mail: IncomingMail) -> str:
    """The case of an Outlook conversation in which its requester, or somebody of ours, goes on (B16, D7).

    Whoever passes a mail on passes its Thread-Index on as well: two people who send on the same one have
    nothing else in common.
    """
    cases = tx.inbox.cases_of_conversation(conversation(mail))
    if cases and is_ours(office, mail):
        return cases[0]
    return _of_requester(tx, cases, mail)


def _of_requester(tx: Transaction, cases: Sequence[str], mail: IncomingMail) -> str:
    """The first of these cases whose requester wrote this; "" if none."""
    sender = mail.sender.addr if mail.sender else ""
    for case in tx.cases.found(cases) if sender else ():
        if same_address(sender, case.requester.address):
            return case.reference
    return ""


def _by_reference(
    tx: Transaction, office: Office, keys: ThreadKeys, mail: IncomingMail
) -> tuple[str, bool]:
    """The case that the subject names, and whether its requester wrote this, by the border's word (B16)."""
    for reference in keys.references_in_subject:
        case = tx.cases.find(reference)
        if case is not None:
            said = office.border.verdict_on(mail)
            theirs = mail.sender and same_address(mail.sender.addr, case.requester.address)
            return reference, bool(theirs) and said.verdict is Verdict.PASS
    return "", False


def _by_text(tx: Transaction, mail: IncomingMail, arrived_at: datetime) -> str:
    """The case of the same text from the same sender: within a day, or as long as it is not answered (D3).

    After the answer the same words may ask for newer figures, so that they are a request.
    """
    if mail.sender is None or not mail.text.strip():
        return ""
    sender = mail.sender.addr.lower()
    earlier = tx.inbox.newest_with_text(sender, mail.body_hash)
    if not earlier:
        return ""
    lately = tx.inbox.same_text(sender, mail.body_hash, arrived_at - SAME_TEXT)
    case = tx.cases.find(earlier)
    return lately or (earlier if case is not None and not case.finished else "")


# With the number of a version it is no sentence: what reads like a request has to be shown to everybody.
_DECIDES = re.compile(
    r"(?:approve|reject|hold|edit)\s+v\s?\d{1,4}\b[\s.!]*(?:[:,-].{0,200})?", re.IGNORECASE
)


def decides_in_subject(mail: IncomingMail) -> bool:
    """Whether the subject is a decision on a version: it is not obeyed, and its sender has to be told so."""
    return _DECIDES.fullmatch(mail.subject.strip()) is not None


def reads_like_order(mail: IncomingMail) -> bool:
    """Whether the first line of the sender's own words, or the subject, reads like an order."""
    if decides_in_subject(mail):
        return True
    verb = verb_of(first_line(mail.text), VERBS, ALONE)
    if verb == find.VERB:
        # "Find the figures attached" is a sentence; as a search it would have been seen by nobody.
        return find.searches(*first_order_line(mail.text))
    # What somebody passes on to be registered is shown to officers first, with the same line to send.
    return bool(verb) and not (verb == VERB and is_forward(mail.subject))
