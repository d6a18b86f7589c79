"""Looks for the cases that a message which could not be placed may belong to."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.case.suggestions.guesses import Guess, candidate, guesses
from foibot.desk.look_up import stored_id
from foibot.desk.office import Office
from foibot.mail.message import IncomingMail
from foibot.mail.thread import references_in, thread_keys, topic
from foibot.store.transaction import Transaction

_THEIRS = 20  # of a requester's newest cases
_SHARED = 5  # a subject that more cases have says nothing
_NAMED = 5


def guess(tx: Transaction, office: Office, mail: IncomingMail) -> tuple[Guess, ...]:
    """Up to three cases, the likeliest first, each with its reasons."""
    pattern = office.numbering.pattern
    in_subject = references_in(mail.subject, pattern, _NAMED)
    in_text = references_in(mail.text, pattern, _NAMED)
    sender = mail.sender.addr if mail.sender else ""
    same_topic = tx.inbox.cases_on(topic(mail.subject), _SHARED + 1) if topic(mail.subject) else []
    if len(same_topic) > _SHARED:
        same_topic = []
    keys = thread_keys(mail, office.mailbox)
    in_thread = tx.inbox.cases_of([stored_id(one) for one in keys.message_ids])[:_NAMED]
    found: dict[str, Case] = {}
    if sender:
        found = {case.reference: case for case in tx.cases.of_requester(sender, _THEIRS)}
    for reference in dict.fromkeys((*in_thread, *in_subject, *in_text, *same_topic)):
        case = found.get(reference) or tx.cases.find(reference)
        if case is not None:
            found[reference] = case
    return guesses(
        candidate(
            case,
            in_subject=in_subject,
            in_text=in_text,
            sender=sender,
            name=mail.sender.name if mail.sender else "",
            same_topic=same_topic,
            in_thread=in_thread,
        )
        for case in found.values()
    )
