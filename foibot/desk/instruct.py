"""An officer's reply: identified, understood, decided, recorded and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foibot.case.case import Case
from foibot.case.interests import keeps_out
from foibot.case.need_to_know import is_off_the_list, is_shut_out
from foibot.case.outcome import Outcome
from foibot.case.placing import Place, Placing
from foibot.commands import ALONE, HELP, VERBS
from foibot.commands.command import Order, Situation, Text, refuse
from foibot.commands.grammar import NotUnderstood, read_order
from foibot.commands.new_received import registers
from foibot.commands.placing import read_placing
from foibot.desk.draft_facts import open_words
from foibot.desk.edited_draft import what_was_edited
from foibot.desk.keepers import OPENS
from foibot.desk.not_obeyed import (
    Answer,
    named_case,
    no_case,
    not_proven,
    nothing_confirmed,
    to_confirm,
)
from foibot.desk.office import Office
from foibot.desk.place import place
from foibot.desk.precedent import register
from foibot.desk.record import Cause, carry_out
from foibot.desk.register import refused_at_once, register_request
from foibot.desk.search import search, who_searches
from foibot.desk.signed import Signed, unsigned, use_up
from foibot.desk.split import split_off
from foibot.desk.step_up import (
    CONFIRM,
    Given,
    confirmed,
    without_confirmations,
)
from foibot.mail.brought import BroughtFile, files_brought
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import first_order_line
from foibot.mail.thread import references_in
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import (
    Check,
    Doubt,
    Doubtful,
    Identified,
    Secret,
    Unproven,
    confirmation,
    identify,
)
from foibot.officers.privileged import keepers_off_the_list
from foibot.officers.roster import Officer
from foibot.store.transaction import Transaction

_MOST_NAMED = 5
_FOR_ALL = frozenset({"help", "conflict"})
_RESTRICTED = (
    "This request is open to named people alone, and you are not one of them. They have it in hand."
)


def obey(
    tx: Transaction,
    office: Office,
    mail: IncomingMail,
    secrets: list[Secret],
    message: int,
    message_sha256: str,
    now: datetime,
) -> Answer:
    """Deal with a message that looks like an order; its disposition, rule, evidence and case."""
    who = sender_of_order(office, mail, secrets, now)
    given = Given(mail, message, message_sha256)
    searching = who_searches(who, given)
    if searching is not None:
        return search(tx, office, searching, given, now)
    signed = use_up(tx, office, who, given, now)
    if isinstance(who, Unproven):
        return not_proven(tx, office, who, secrets, given, now)
    line, _ = first_order_line(mail.text)
    if line.casefold() == CONFIRM and confirmation(who.secrets):
        order = confirmed(tx, office, who.officer, who.secrets, now)
        if isinstance(order, str):
            return nothing_confirmed(tx, office, who, given, order, now)
        confirmed_too = use_up(tx, office, order.who, order.given, now)
        return _carry_out(tx, office, order.who, confirmed_too, now)
    if isinstance(who, Doubtful):
        unread = refused_at_once(tx, office, who, given, now)
        return unread or to_confirm(tx, office, who, given, now)
    return _carry_out(tx, office, without_confirmations(who), signed, now)


def _carry_out(
    tx: Transaction, office: Office, who: Identified, signed: Signed, now: datetime
) -> Answer:
    given = signed.given
    if not_signed := unsigned(tx, office, who, signed, now):
        return not_signed
    line, text = first_order_line(given.mail.text)
    if registers(line):
        return register_request(tx, office, who, given, now)
    placing = read_placing(line, who.message)
    if placing is not None and (placing.by_number or not _is_about_case(placing, who)):
        return place(tx, office, who, placing, given.sha256, now)
    reference, line = named_case(tx, line, who.case)
    if not reference:
        return no_case(tx, office, who, line, given.sha256, now)
    case = tx.cases.lock(reference)
    files = files_brought(given.mail)
    situation = _situation(tx, office, case, who, files, line, now)
    if line.casefold().startswith("edit"):
        situation = replace(situation, edited=what_was_edited(tx, case, given.mail))
    outcome, order = _decide(situation, who, line, text)
    secret = _deciding_secret(who, case)
    cause = Cause(who.officer.address, order.verb, given.sha256, order.line)
    done = carry_out(tx, office, case, who.officer, outcome, secret, cause, now)
    if done.split:
        split_off(tx, office, tx.cases.lock(reference), who.officer, done.split, cause, now)
    disposition = Disposition.COMMAND_REFUSED if done.refusal else Disposition.COMMAND
    return disposition, done.refusal or "E", order.line, reference


def _is_about_case(placing: Placing, who: Identified) -> bool:
    """In reply to a notice on a case, `not foi` alone is about the case and not about a message."""
    return bool(who.case) and placing.place is Place.NOT_FOI


def sender_of_order(
    office: Office, mail: IncomingMail, secrets: list[Secret], now: datetime
) -> Identified | Doubtful | Unproven:
    """The officer who is proven to have sent this, by the border's verdict and these known secrets."""
    border = office.border.verdict_on(mail, office.domain)
    who = identify(mail, secrets, border, office.roster, office.border.own_domains, now)
    return _unless_new(who, mail)


def _unless_new(
    who: Identified | Doubtful | Unproven, mail: IncomingMail
) -> Identified | Doubtful | Unproven:
    """A request can be registered without a notice to answer; its officer is asked to confirm it (A4)."""
    if not isinstance(who, Unproven) or who.check is not Check.UNANSWERED or who.officer is None:
        return who
    line, _ = first_order_line(mail.text)
    return Doubtful(Doubt.NO_NOTICE, who.officer, ()) if registers(line) else who


def _deciding_secret(who: Identified, case: Case) -> Secret | None:
    return who.secret_for(case.current.version) if case.current else None


def _decide(situation: Situation, who: Identified, line: str, text: str) -> tuple[Outcome, Order]:
    order = read_order(line, text, VERBS, ALONE)
    if isinstance(order, NotUnderstood):
        return _not_understood(order), Order("", "", "", order.line)
    command = VERBS[order.verb]
    closed = _not_open(situation, order)
    if closed is not None:
        return closed, order
    if not who.officer.may(*command.who):
        roles = " or ".join(sorted(role.value for role in command.who))
        why = [f"`{order.verb}` is for people with the role {roles}; you do not have it."]
        return refuse("role", order, why, ("help", "lists the orders")), order
    if command.text is Text.NEEDED and not order.text:
        why = [f"`{order.verb}` needs its text on the lines under it."]
        example = (command.example, "with the text on the next lines")
        return refuse("no-text", order, why, example), order
    return command.decide(order, situation), order


def _not_open(at: Situation, order: Order) -> Outcome | None:
    """The refusal to somebody who may not read the case, which tells nothing of it; None for who may."""
    orders = ("help", "lists the orders")
    if keeps_out(at.case, at.officer) and order.verb not in _FOR_ALL:
        why = "You keep out of this case, because you have an interest in it. The others have it in hand."
        return refuse("conflict", order, [why], orders)
    if not is_off_the_list(at.case, at.officer) or order.verb == "help":
        return None
    keepers = keepers_off_the_list(at.case, at.roster, at.rules.keepers)
    if at.officer in keepers:
        if order.verb == "restrict":
            return None
        return refuse("restricted", order, [_RESTRICTED], OPENS, orders)
    return refuse("restricted", order, [_RESTRICTED], orders)


def _situation(
    tx: Transaction,
    office: Office,
    case: Case,
    who: Identified,
    files: tuple[BroughtFile, ...],
    line: str,
    now: datetime,
) -> Situation:
    return Situation(
        case=case,
        officer=who.officer,
        secrets=tuple(one for one in who.secrets if one.case in {case.reference, ""}),
        now=now,
        regime=office.laws.of(case),
        rules=office.rules,
        slots=open_words(office, case),
        history=tuple(tx.ledger.of_case(case.reference)),
        orders=HELP,
        kinds=office.book.kinds,
        files=files,
        topics=register(tx),
        roster=office.roster,
        others=_named(tx, office, case, line, who.officer),
    )


def _named(
    tx: Transaction, office: Office, case: Case, line: str, officer: Officer
) -> dict[str, Case]:
    """The other cases whose references stand in an order's line, of those that are open to whoever orders."""
    named = references_in(line, office.numbering.pattern, _MOST_NAMED)
    found = (tx.cases.find(one) for one in named if one != case.reference)
    return {
        one.reference: one for one in found if one is not None and not is_shut_out(one, officer)
    }


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
