"""A colleague who was asked writes without replying to the question: the officer who asked hears of it, and nothing is taken for the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from foibot.case.case import Case
from foibot.case.enquiries import Enquiry
from foibot.case.outcome import Audience, Enclosed, plain_notice
from foibot.commands.taking_on import CASE
from foibot.desk.about import about_message
from foibot.desk.commission import asked_of
from foibot.desk.files_with import where_it_is
from foibot.desk.holder_replies import who_hears_of_answers
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.law.dates import in_words, london_date
from foibot.mail.addresses import domain
from foibot.mail.authentication_results import Verdict
from foibot.mail.message import IncomingMail
from foibot.mail.thread import references_in
from foibot.mail.triage import Disposition, Triage
from foibot.store.inbox import Waiting
from foibot.store.transaction import Transaction

_EVIDENCE = "a colleague who was asked wrote to the mailbox, and not in reply to the question"
_MOST = 3
_BY_ITSELF = frozenset({"A14", "B16"})
"""Rules under which a message is nobody's: from an officer without an order, or with a case's number alone."""


def beside_the_question(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    decided: Triage,
    now: datetime,
) -> Triage:
    """What such a message is: unproven, as it carries nothing that went to the colleague alone; else as it was decided.

    It is not in the notice, only attached to it, and only for those who may read what colleagues say (W-05).
    """
    if not _may_be_one(office, mail, decided):
        return decided
    found = list(_asked(tx, office, mail))[:_MOST]
    for case, enquiry in found:
        _tell(tx, office, one, mail, case, enquiry, now)
    if not found:
        return decided
    reference = found[0][0].reference if len(found) == 1 else ""
    return Triage(Disposition.HOLDER_UNPROVEN, "F5", _EVIDENCE, reference)


def _may_be_one(office: Office, mail: IncomingMail, decided: Triage) -> bool:
    is_request = decided.disposition is Disposition.REQUEST
    is_nobodys = decided.disposition is Disposition.UNMATCHED and decided.rule in _BY_ITSELF
    if mail.sender is None or not (is_request or is_nobodys):
        return False
    if domain(mail.sender.addr) not in office.border.own_domains:
        return False
    return office.border.verdict_on(mail, office.domain).verdict is Verdict.PASS


def _asked(tx: Transaction, office: Office, mail: IncomingMail) -> Iterator[tuple[Case, Enquiry]]:
    """The open questions to the sender, those of the case named in the subject before all others."""
    sender = mail.sender.addr if mail.sender else ""
    named = references_in(mail.subject, office.numbering.pattern, _MOST)
    found = [
        (case, enquiry)
        for case in tx.cases.unfinished()
        for enquiry in asked_of(case, office, sender)
        if enquiry.open
    ]
    by_name = [one for one in found if one[0].reference in named]
    yield from by_name or found


def _tell(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    case: Case,
    enquiry: Enquiry,
    now: datetime,
) -> None:
    case = tx.cases.lock(case.reference)
    about = about_message(case, one, now)
    who = office.roster.name_of(mail.sender.addr) if mail.sender else ""
    asked_on = in_words(london_date(enquiry.asked_at))
    said = (
        f"{who} was asked for information on {asked_on}, and has now written to the mailbox, but not in "
        "reply to the question. foibot cannot tell whether this is the answer: it counts for nothing yet, "
        "and nothing was acknowledged."
    )
    notice = plain_notice(
        Audience.PERSON, f"Is this the answer of {who}?", [said, where_it_is(office, about)]
    )
    lines = (
        (f"answered {enquiry.holder}", "ends the asking, if it is the answer"),
        ("new", "makes it a request of its own, if that is what it is"),
        CASE,
    )
    once = f"beside:{one.id}:{case.reference}:{enquiry.number}"
    wanted = replace(notice, lines=lines, enclosed=Enclosed.RAW_MAIL, message=one.id, once=once)
    people = who_hears_of_answers(office, case, enquiry)
    each = [replace(wanted, person=reader.address) for reader in people]
    notify(tx, office, each, about)
