"""An officer's reply: identified, understood, decided, recorded and answered."""

from __future__ import annotations

from datetime import datetime

from foibot.case.case import Case
from foibot.case.events import OrderRefused
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands import ORDERS, VERBS
from foibot.commands.command import OpenSlot, Order, Situation, Text, refuse
from foibot.commands.grammar import NotUnderstood, read_order
from foibot.desk.draft_facts import provisions_of
from foibot.desk.notify import About
from foibot.desk.office import Office
from foibot.desk.record import Cause, carry_out, notify, record
from foibot.mail.authentication_results import border_verdict
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import first_order_line
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import Check, Identified, Secret, Unproven, identify
from foibot.officers.roster import Officer
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction


def obey(
    tx: Transaction,
    office: Office,
    mail: IncomingMail,
    secrets: list[Secret],
    message_sha256: str,
    now: datetime,
) -> tuple[Disposition, str, str, str]:
    """Deal with a message that looks like an order; its disposition, rule, evidence and case."""
    who = sender_of_order(office, mail, secrets, now)
    if isinstance(who, Unproven):
        return _not_proven(tx, office, who, secrets, message_sha256, now)
    line, text = first_order_line(mail.text)
    reference, line = _named_case(tx, line, who)
    if not reference:
        return _no_case(tx, office, who.officer, line, message_sha256, now)
    case = tx.cases.lock(reference)
    outcome, order = _decide(tx, office, case, who, line, text, now)
    secret = _deciding_secret(who, case)
    cause = Cause(who.officer.address, order.verb, message_sha256, order.line)
    done = carry_out(tx, office, case, who.officer, outcome, secret, cause, now)
    disposition = Disposition.COMMAND_REFUSED if done.refusal else Disposition.COMMAND
    return disposition, done.refusal or "E", order.line, reference


def sender_of_order(
    office: Office, mail: IncomingMail, secrets: list[Secret], now: datetime
) -> Identified | Unproven:
    """The officer who is proven to have sent this, by the border's verdict and these known secrets."""
    border = border_verdict(
        mail, office.border.authserv_id, office.border.servers, own_domain=office.domain
    )
    return identify(mail, secrets, border, office.roster, office.border.own_domains, now)


def _named_case(tx: Transaction, line: str, who: Identified) -> tuple[str, str]:
    """The case an order is about and the order without its name; a digest's order begins with it."""
    if who.case:
        return who.case, line.removeprefix(f"{who.case} ")
    named, _, rest = line.partition(" ")
    named = named.strip("[]:,")
    return (named, rest.strip()) if named and tx.cases.find(named) else ("", line)


def _deciding_secret(who: Identified, case: Case) -> Secret | None:
    return who.secret_for(case.current.version) if case.current else None


def _decide(
    tx: Transaction,
    office: Office,
    case: Case,
    who: Identified,
    line: str,
    text: str,
    now: datetime,
) -> tuple[Outcome, Order]:
    order = read_order(line, text, VERBS)
    if isinstance(order, NotUnderstood):
        return _not_understood(order), Order("", "", "", order.line)
    command = VERBS[order.verb]
    if not who.officer.may(*command.who):
        roles = " or ".join(sorted(role.value for role in command.who))
        why = [f"`{order.verb}` is for people with the role {roles}; you do not have it."]
        return refuse("role", order, why, ("help", "lists the orders")), order
    if command.text is Text.NEEDED and not order.text:
        why = [f"`{order.verb}` needs its text on the lines under it."]
        example = (command.example, "with the text on the next lines")
        return refuse("no-text", order, why, example), order
    return command.decide(order, _situation(tx, office, case, who, now)), order


def _situation(
    tx: Transaction, office: Office, case: Case, who: Identified, now: datetime
) -> Situation:
    return Situation(
        case=case,
        officer=who.officer,
        secrets=tuple(one for one in who.secrets if one.case in {case.reference, ""}),
        now=now,
        regime=office.laws.of(case),
        rules=office.rules,
        slots=_open_slots(office, case),
        history=tuple(tx.ledger.of_case(case.reference)),
        orders=ORDERS,
    )


def _open_slots(office: Office, case: Case) -> tuple[OpenSlot, ...]:
    letter = case.current
    if letter is None:
        return ()
    own = dict(letter.slots)
    slots = office.book.slots(
        letter.kind, provisions_of(office, case, letter.kind, " ".join(letter.provisions))
    )
    return tuple(OpenSlot(one.name, one.help, own.get(one.name, one.default_text)) for one in slots)


def _not_understood(order: NotUnderstood) -> Outcome:
    if not order.line:
        why = [
            "Your message has no words of its own above the quoted text, so there was no order to read."
        ]
    else:
        why = ["The first line of your message is not an order, so nothing was done."]
    nearest = VERBS.get(order.nearest)
    lines = [(nearest.example, "is perhaps what you meant")] if nearest else []
    read = Order("", "", "", order.line or "(nothing)")
    return refuse("not-understood", read, why, *lines, ("help", "lists the orders"))


def _no_case(
    tx: Transaction,
    office: Office,
    officer: Officer,
    line: str,
    message_sha256: str,
    now: datetime,
) -> tuple[Disposition, str, str, str]:
    notice = NoticeWanted(
        "order-refused",
        Audience.ORDERING_OFFICER,
        {
            "read": line or "(nothing)",
            "why": ["An order in reply to a digest begins with the reference of its case."],
        },
        lines=(("REFERENCE show", "with the case's reference in front, as in the digest"),),
    )
    _refused(tx, office, None, "no-case", message_sha256, officer, (notice,), now)
    return Disposition.COMMAND_REFUSED, "no-case", line, ""


def _not_proven(
    tx: Transaction,
    office: Office,
    who: Unproven,
    secrets: list[Secret],
    message_sha256: str,
    now: datetime,
) -> tuple[Disposition, str, str, str]:
    """Nothing is changed; the registered officer hears of each kind of failure once an hour at most."""
    reference = next((one.case for one in secrets if one.case), "")
    case = tx.cases.lock(reference) if reference else None
    hour = now.strftime("%Y%m%d%H")
    notices = (
        NoticeWanted(
            "not-obeyed",
            Audience.ORDERING_OFFICER,
            {"check": who.check.value},
            lines=(("show", "sends you a fresh notice to reply to"),) if case else (),
            once=f"unproven:{who.check.name}:{reference}:{hour}",
        ),
    )
    told = who.officer if who.check is not Check.SENDER or secrets else None
    _refused(tx, office, case, who.check.name.lower(), message_sha256, told, notices, now)
    return Disposition.COMMAND_REFUSED, who.check.name.lower(), who.check.value, reference


def _refused(
    tx: Transaction,
    office: Office,
    case: Case | None,
    check: str,
    message_sha256: str,
    officer: Officer | None,
    notices: tuple[NoticeWanted, ...],
    now: datetime,
) -> None:
    event = OrderRefused(check, message_sha256)
    if case is None:
        tx.ledger.append([Happened(event, "", "foibot", "")], now, office.clock.secret())
    else:
        case = record(tx, office, case, [event], Cause("foibot", "", message_sha256), now)
    if officer is not None:
        notify(tx, office, notices, About(case, now, officer))
