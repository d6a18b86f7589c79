"""An officer searches the cases by mail: found by their words, shown to whoever may read them; changes nothing."""

from __future__ import annotations

from datetime import datetime

from foibot.case.case import Case
from foibot.case.need_to_know import is_shut_out
from foibot.case.outcome import Outcome
from foibot.commands.command import Order, refuse
from foibot.commands.find import COMMAND, SHOWN, VERB, Search, answered, read_search, searches
from foibot.desk.about import About
from foibot.desk.not_obeyed import Answer, refused
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.desk.step_up import Given
from foibot.mail.reply_text import first_order_line
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import Check, Doubt, Doubtful, Identified, Unproven
from foibot.officers.roster import Officer
from foibot.store.transaction import Transaction

_LOOKED_AT = 600
_TOGETHER = 60
_NAMED = 20
_ALWAYS = (0, 9999)


def who_searches(who: Identified | Doubtful | Unproven, given: Given) -> Officer | None:
    """The officer whose search this is; None for anything else.

    It need answer no notice: it changes nothing, and its answer goes to the registered address alone. But
    the border has to vouch for the sender, or a stranger could have officers sent mail all day.
    """
    officer = who.officer
    if officer is None or not searches(*first_order_line(given.mail.text), officer.name):
        return None
    match who:
        case Identified() | Doubtful(doubt=Doubt.OLD_NOTICE) | Unproven(check=Check.UNANSWERED):
            return officer
        case _:
            return None


def search(
    tx: Transaction, office: Office, officer: Officer, given: Given, now: datetime
) -> Answer:
    """Answer a search; its disposition, rule, evidence and case."""
    line, _ = first_order_line(given.mail.text)
    order = Order(VERB, line[len(VERB) :].lstrip(" :"), "", line)
    outcome = _outcome(tx, officer, order)
    if outcome.refusal:
        refused(tx, office, None, outcome.refusal, given.sha256, officer, outcome.notices, now)
        return Disposition.COMMAND_REFUSED, outcome.refusal, VERB, ""
    notify(tx, office, outcome.notices, About(None, now, officer))
    return Disposition.COMMAND, "E", VERB, ""


def _outcome(tx: Transaction, officer: Officer, order: Order) -> Outcome:
    if not officer.may(*COMMAND.who):
        why = ["People who only answer questions of the office cannot search its cases."]
        return refuse("role", order, why, ("help", "lists the orders"))
    wanted = read_search(order)
    if isinstance(wanted, Outcome):
        return wanted
    found, more = _found(tx, officer, wanted)
    closed = [
        one.reference
        for one in tx.cases.found(tx.terms.restricted(_NAMED))
        if is_shut_out(one, officer)
    ]
    return answered(wanted, found, closed, more=more)


def _found(tx: Transaction, officer: Officer, wanted: Search) -> tuple[list[Case], bool]:
    """The newest cases that fit and are open to this officer, and whether there are, or may be, more."""
    years = (
        wanted.since.year - 1 if wanted.since else _ALWAYS[0],
        wanted.until.year + 1 if wanted.until else _ALWAYS[1],
    )
    references = tx.terms.find(wanted.terms, years, _LOOKED_AT)
    found: list[Case] = []
    for start in range(0, len(references), _TOGETHER):
        for case in tx.cases.found(references[start : start + _TOGETHER]):
            if wanted.takes(case) and not is_shut_out(case, officer):
                found.append(case)
        if len(found) > SHOWN:
            return found[:SHOWN], True
    return found, len(references) == _LOOKED_AT
