"""One order on a case: whether the officer may give it, what it decides, and that carried out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foibot.case.case import Case
from foibot.case.interests import keeps_out
from foibot.case.need_to_know import is_off_the_list, is_shut_out
from foibot.case.outcome import Outcome
from foibot.commands import ALONE, HELP, VERBS
from foibot.commands.command import Order, Situation, Text, refuse
from foibot.commands.grammar import NotUnderstood, read_order
from foibot.commands.meant import perhaps_meant
from foibot.commands.series import Line
from foibot.commands.suggested import decided
from foibot.desk.draft_facts import open_words
from foibot.desk.edited_draft import what_was_edited
from foibot.desk.in_order import Carried, refused_order
from foibot.desk.keepers import OPENS
from foibot.desk.not_obeyed import named_case
from foibot.desk.office import Office
from foibot.desk.precedent import register
from foibot.desk.record import Cause, carry_out, is_folded
from foibot.desk.signed import Signed, why_not
from foibot.desk.split import split_off
from foibot.mail.brought import BroughtFile, files_brought
from foibot.mail.reply_text import all_under_first_line, marks_at_end
from foibot.mail.thread import references_in
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import Identified, Secret
from foibot.officers.privileged import keepers_off_the_list
from foibot.officers.roster import Officer
from foibot.store.transaction import Transaction

_MOST_NAMED = 5
_FOR_ALL = frozenset({"help", "conflict"})
_RESTRICTED = (
    "This request is open to named people alone, and you are not one of them. They have it in hand."
)


def one_order(
    tx: Transaction,
    office: Office,
    who: Identified,
    signed: Signed,
    one: Line,
    now: datetime,
    *,
    folded: bool,
) -> Carried:
    """Carry out one order; `folded` leaves what its officer is told to a transcript."""
    given = signed.given
    reference, line = named_case(tx, one.line, who.case)
    if not reference:
        why = "An order in reply to a digest begins with the reference of its case."
        return refused_order("no-case", line, [why])
    case = tx.cases.lock(reference)
    outcome, order = considered(tx, office, case, who, signed, line, one, now)
    secret = _deciding_secret(who, case)
    cause = Cause(who.officer.address, order.verb, given.sha256, order.line)
    done = carry_out(tx, office, case, who.officer, outcome, secret, cause, now, folded=folded)
    if done.split:
        split_off(tx, office, tx.cases.lock(reference), who.officer, done.split, cause, now)
    disposition = Disposition.COMMAND_REFUSED if done.refusal else Disposition.COMMAND
    kept = tuple(each for each in done.notices if is_folded(each))
    return Carried((disposition, done.refusal or "E", order.line, reference), kept)


def considered(
    tx: Transaction,
    office: Office,
    case: Case,
    who: Identified,
    signed: Signed,
    line: str,
    one: Line,
    now: datetime,
) -> tuple[Outcome, Order]:
    """What an order on this case comes to, and the order as it was read. Nothing is written."""
    mail = signed.given.mail
    situation = _situation(tx, office, case, who, files_brought(mail), line, now)
    if line.casefold().startswith("edit"):
        situation = replace(situation, edited=what_was_edited(tx, case, mail))
    outcome, order = _decide(situation, line, one, mail.text)
    if not_signed := why_not(office, who, signed, line, one.text, case):
        outcome = refuse("signature", order, not_signed)
    return outcome, order


def _deciding_secret(who: Identified, case: Case) -> Secret | None:
    return who.secret_for(case.current.version) if case.current else None


def _decide(situation: Situation, line: str, one: Line, mail: str) -> tuple[Outcome, Order]:
    """What the order on this line comes to; `mail` is all of the text it stands in."""
    order = read_order(line, one.text, VERBS, ALONE)
    if isinstance(order, NotUnderstood):
        return _not_understood(order, one.text, situation), Order("", "", "", order.line)
    order = replace(order, end=marks_at_end(mail, one.line))
    if VERBS[order.verb].text is Text.FORBIDDEN:
        # Second thoughts stand below a closing, between the lines of the quoted letter, or in a question mark.
        order = replace(order, text=all_under_first_line(mail))
    closed = _not_open(situation, order)
    if closed is not None:
        return closed, order
    return decided(order, situation), order


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


def _not_understood(order: NotUnderstood, text: str, at: Situation) -> Outcome:
    if not order.line:
        why = [
            "Your message has no words of its own above the quoted text, so there was no order to read."
        ]
    else:
        why = ["The first line of your message is not an order, so nothing was done."]
    lines = perhaps_meant(order, text, at)
    read = Order("", "", "", order.line or "(nothing)")
    return refuse("not-understood", read, why, *lines, ("help", "lists the orders"))
