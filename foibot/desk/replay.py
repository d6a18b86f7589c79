"""What foibot would make of a mail, without touching anything: the way of one email, hop by hop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from foibot.case.suggestions.weigh import weighed
from foibot.desk.foreseen import foreseen
from foibot.desk.instruct import sender_of_order
from foibot.desk.look_up import Known, look_up, reads_like_order
from foibot.desk.office import Office
from foibot.desk.step_up import without_confirmations
from foibot.mail.addresses import same_address, without_plus
from foibot.mail.bounce import read_bounce
from foibot.mail.machine import machine_signs
from foibot.mail.message import IncomingMail, Unreadable
from foibot.mail.parse import parse
from foibot.mail.triage import Disposition, Findings, Triage, triage
from foibot.officers.authenticate import Doubtful, Identified, Unproven
from foibot.reports.tables import OrderRead
from foibot.store.transaction import Store


@dataclass(frozen=True, slots=True)
class Replay:
    """What a mail is, and the orders that were read on it with what each would come to."""

    triage: Triage
    orders: tuple[OrderRead, ...] = ()


def replay(office: Office, store: Store | None, raw: bytes, now: datetime) -> Replay:
    """What foibot would make of these bytes, with what the store knows if there is one; nothing is written."""
    mail = parse(raw)
    if isinstance(mail, Unreadable):
        return Replay(Triage(Disposition.QUARANTINE, mail.rule, mail.reason))
    bounce = read_bounce(mail)
    if store is None:
        known = Known(_without_store(office, mail), [], [], bounce, [], [])
    else:
        with store.view() as tx:
            known = look_up(tx, office, mail, bounce, 0, now)
    decided = weighed(mail, triage(mail, machine_signs(mail), bounce, known.findings))
    if decided.disposition is Disposition.COMMAND:
        return _if_proven(office, store, mail, known, decided, raw, now)
    return Replay(decided)


def _if_proven(
    office: Office,
    store: Store | None,
    mail: IncomingMail,
    known: Known,
    decided: Triage,
    raw: bytes,
    now: datetime,
) -> Replay:
    """An order that nobody could prove would be refused; one that is proven is read and decided."""
    who = sender_of_order(office, mail, known.secrets, now)
    if isinstance(who, Identified) and store is not None:
        with store.view() as tx:
            return _ordered(
                decided, foreseen(tx, office, without_confirmations(who), mail, raw, now), who.case
            )
    return Replay(_not_proven(who, decided))


def _ordered(decided: Triage, orders: tuple[OrderRead, ...], case: str) -> Replay:
    """As the office would file it: refused if one order is, and then with what was read."""
    last = orders[-1]
    if not last.refused:
        return Replay(Triage(decided.disposition, decided.rule, decided.evidence, case), orders)
    filed = Triage(Disposition.COMMAND_REFUSED, last.refused, last.line, case)
    return Replay(filed, orders)


def _not_proven(who: Identified | Doubtful | Unproven, decided: Triage) -> Triage:
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
