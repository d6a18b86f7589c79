"""What foibot would make of a mail, without touching anything: the way of one email, hop by hop."""

from __future__ import annotations

from datetime import datetime

from foibot.case.suggestions.weigh import weighed
from foibot.desk.instruct import sender_of_order
from foibot.desk.look_up import Known, look_up, reads_like_order
from foibot.desk.office import Office
from foibot.mail.addresses import same_address, without_plus
from foibot.mail.bounce import read_bounce
from foibot.mail.machine import machine_signs
from foibot.mail.message import IncomingMail, Unreadable
from foibot.mail.parse import parse
from foibot.mail.triage import Disposition, Findings, Triage, triage
from foibot.officers.authenticate import Doubtful, Identified
from foibot.store.transaction import Store


def replay(office: Office, store: Store | None, raw: bytes, now: datetime) -> Triage:
    """The triage of these bytes, with what the store knows if there is one; nothing is written."""
    mail = parse(raw)
    if isinstance(mail, Unreadable):
        return Triage(Disposition.QUARANTINE, mail.rule, mail.reason)
    bounce = read_bounce(mail)
    if store is None:
        known = Known(_without_store(office, mail), [], [], bounce, [], [])
    else:
        with store.view() as tx:
            known = look_up(tx, office, mail, bounce, 0, now)
    decided = weighed(mail, triage(mail, machine_signs(mail), bounce, known.findings))
    if decided.disposition is Disposition.COMMAND:
        return _if_proven(office, mail, known, decided, now)
    return decided


def _if_proven(
    office: Office, mail: IncomingMail, known: Known, decided: Triage, now: datetime
) -> Triage:
    """An order that nobody could prove would be refused; one that is proven is shown as an order."""
    who = sender_of_order(office, mail, known.secrets, now)
    if isinstance(who, Identified):
        return Triage(decided.disposition, decided.rule, decided.evidence, who.case)
    if isinstance(who, Doubtful):
        evidence = f"its officer would be asked to confirm it: {who.doubt.value}"
        return Triage(Disposition.COMMAND_REFUSED, "to-confirm", evidence)
    return Triage(Disposition.COMMAND_REFUSED, who.check.name.lower(), who.check.value)


def _without_store(office: Office, mail: IncomingMail) -> Findings:
    sender = mail.sender.addr if mail.sender else ""
    return Findings(
        from_us=bool(sender) and same_address(without_plus(sender), office.mailbox),
        officer=bool(sender) and office.roster.find(sender) is not None,
        reads_like_order=reads_like_order(mail),
    )
