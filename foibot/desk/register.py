"""An officer registers a request that came another way, or that somebody passed on: it becomes a case of its own."""

from __future__ import annotations

from datetime import datetime

from foibot.case.outcome import Outcome
from foibot.case.placing import BY_OFFICER, Place, Placing
from foibot.case.registration import Registration
from foibot.commands.command import Order, refuse
from foibot.commands.new_received import COMMAND, VERB, numbered, read_registration, registers
from foibot.desk.new_case import open_case
from foibot.desk.not_obeyed import Answer, refused
from foibot.desk.office import Office
from foibot.desk.place import place
from foibot.desk.receipt import registered
from foibot.desk.step_up import Given
from foibot.law.dates import london_date
from foibot.law.regime import Duty, NoLimitInForce
from foibot.mail.brought import files_brought
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.reply_text import first_order_line
from foibot.mail.triage import Disposition, Triage
from foibot.officers.authenticate import Doubt, Doubtful, Identified
from foibot.officers.roster import Officer
from foibot.store.inbox import Waiting
from foibot.store.transaction import Transaction


def refused_at_once(
    tx: Transaction, office: Office, who: Doubtful, given: Given, now: datetime
) -> Answer | None:
    """The refusal of a registration that nobody needs to be asked about, as it could never be carried out."""
    if who.doubt is not Doubt.NO_NOTICE:
        return None
    asked, order, files = _order(tx, Identified(who.officer, ()), given)
    said = _said(office, who.officer, order, tx.inbox.as_it_came(given.message), asked, files)
    if isinstance(said, Registration):
        return None
    return _refused(tx, office, who.officer, said, given, order, now)


def register_request(
    tx: Transaction, office: Office, who: Identified, given: Given, now: datetime
) -> Answer:
    """Open the case that an officer registers; the order's disposition, rule, evidence and case.

    When the request is in the officer's own message, that message is the case's: its disposition is
    "request".
    """
    asked, order, files = _order(tx, who, given)
    own = tx.inbox.as_it_came(given.message)
    said = _said(office, who.officer, order, own, asked, files)
    if isinstance(said, Outcome):
        return _refused(tx, office, who.officer, said, given, order, now)
    if said.message or tx.inbox.find(given.message):
        # A message that had its disposition before is placed anew.
        placing = Placing(
            Place.NEW, (said.message or given.message,), order.line, registration=said
        )
        return place(tx, office, who, placing, given.sha256, now)
    decided = Triage(
        Disposition.REQUEST, BY_OFFICER, order.line, "", "A4", said.why_no_acknowledgement
    )
    request = registered(given.mail, said, who.officer.address, VERB, theirs=False)
    reference = open_case(tx, office, own, request.mail, decided, now, request.receipt)
    return decided.disposition, decided.rule, decided.evidence, reference


def _order(tx: Transaction, who: Identified, given: Given) -> tuple[int, Order, tuple[str, ...]]:
    """The message that is registered (0: the officer's own), the order, and the files that came with it."""
    named, line = numbered(first_order_line(given.mail.text)[0])
    files = tuple(one.name for one in files_brought(given.mail))
    asked = named or (0 if files else who.message)
    text = _text(tx, given.mail, asked)
    return asked, Order(VERB, line[len(VERB) :].lstrip(" :"), text, line), files


def _text(tx: Transaction, mail: IncomingMail, asked: int) -> str:
    """What stands under the order, else under the same order on top of the message that is registered."""
    _, text = first_order_line(mail.text)
    found = tx.inbox.find(asked) if asked and not text else None
    passed = parse(found[0].raw) if found else None
    if isinstance(passed, IncomingMail):
        line, under = first_order_line(passed.text)
        return under if registers(line) else text
    return text


def _said(
    office: Office,
    officer: Officer,
    order: Order,
    own: Waiting,
    asked: int,
    files: tuple[str, ...],
) -> Registration | Outcome:
    if not officer.may(*COMMAND.who):
        return refuse("role", order, ["Requests are registered by people with the role officer; you do not have it."])  # fmt: skip
    # "3 Dec" and "yesterday" are seen from the day on which the order was written.
    today = london_date(own.arrived_at)
    said = read_registration(order, officer.name, today, asked, files)
    if isinstance(said, Outcome):
        return said
    try:
        office.laws.usual.limit(Duty.ANSWER, said.received)
    except NoLimitInForce:
        return refuse("date", order, ["The law was not in force on that day."])
    return said


def _refused(
    tx: Transaction,
    office: Office,
    officer: Officer,
    outcome: Outcome,
    given: Given,
    order: Order,
    now: datetime,
) -> Answer:
    refused(tx, office, None, outcome.refusal, given.sha256, officer, outcome.notices, now)
    return Disposition.COMMAND_REFUSED, outcome.refusal, order.line, ""
