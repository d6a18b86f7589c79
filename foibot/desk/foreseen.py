"""What the orders on a mail would come to, decided on a view of the record; nothing is written and nothing is sent."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from foibot.case.outcome import NoticeWanted, Outcome
from foibot.commands import ALONE, VERBS
from foibot.commands.grammar import verb_of
from foibot.commands.new_received import registers
from foibot.commands.pause import stops_or_starts
from foibot.commands.placing import read_placing
from foibot.commands.series import STANDS_ALONE, Line
from foibot.desk.draft import prepared
from foibot.desk.in_order import series_in
from foibot.desk.lint_draft import LetterLeaks
from foibot.desk.not_obeyed import named_case
from foibot.desk.office import Office
from foibot.desk.one_order import considered
from foibot.desk.search import who_searches
from foibot.desk.signed import Signed
from foibot.desk.step_up import CONFIRM, Given
from foibot.errors import FoibotError
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import first_order_line
from foibot.mail.sealed import sealed
from foibot.officers.authenticate import Identified, confirmation
from foibot.officers.signing import Fault
from foibot.reports.tables import OrderRead
from foibot.store.transaction import Transaction

_ALONE = "it stands alone on its mail"
_BY_ITSELF = "what it comes to is decided when it is carried out"
_AFTER_OTHERS = "what it comes to depends on the orders before it"


def foreseen(
    tx: Transaction, office: Office, who: Identified, mail: IncomingMail, raw: bytes, now: datetime
) -> tuple[OrderRead, ...]:
    """Every order that was read, in their order, up to the first that would be refused.

    Only the first is decided: what the next comes to depends on what became of it. A signature is looked for
    and not verified, since verifying uses it up.
    """
    given = Given(mail, 0, sha256(raw).hexdigest())
    line, text = first_order_line(mail.text)
    if line.casefold() == CONFIRM and confirmation(who.secrets):
        return (OrderRead(line, CONFIRM, why=_BY_ITSELF),)
    for verb in (stops_or_starts(line), "new received" if registers(line) else ""):
        if verb:
            return (OrderRead(line, verb, why=_BY_ITSELF),)
    if who_searches(who, given):
        return (OrderRead(line, "find", why="answered with the cases that hold these words"),)
    placing = read_placing(line, who.message)
    if placing is not None and not (who.case and not placing.by_number):
        return (OrderRead(line, placing.place.value, why=_BY_ITSELF),)
    if not named_case(tx, line, who.case)[0]:
        return (OrderRead(line, "", "no-case", "it does not begin with the reference of a case"),)
    signed = Signed(given, None if sealed(raw) else Fault.UNSIGNED)
    orders = series_in(tx, who, line, text).orders
    verbs = [verb_of(named_case(tx, one.line, who.case)[1], VERBS, ALONE) for one in orders]
    if len(orders) > 1 and verbs[0] in STANDS_ALONE and verbs[0] != "stop":
        return (OrderRead(orders[0].line, verbs[0], "stands-alone", _ALONE),)
    first = _first(tx, office, who, signed, orders[0], now)
    if first.refused or verbs[0] == "stop":
        return (first,)
    after = zip(orders[1:], verbs[1:], strict=True)
    return (first, *(OrderRead(one.line, verb, why=_AFTER_OTHERS) for one, verb in after))


def _first(
    tx: Transaction, office: Office, who: Identified, signed: Signed, one: Line, now: datetime
) -> OrderRead:
    reference, line = named_case(tx, one.line, who.case)
    case = tx.cases.find(reference)
    if case is None:
        return OrderRead(line, "", "no-case", "there is no such case")
    outcome, order = considered(tx, office, case, who, signed, line, one, now)
    if outcome.refusal:
        return OrderRead(order.line, order.verb, outcome.refusal, _why(outcome))
    if outcome.letter is None:
        return OrderRead(order.line, order.verb, why="carried out")
    try:
        event, _, _ = prepared(tx, office, case, outcome.letter, who.officer, now)
    except LetterLeaks as leaks:
        why = " ".join(one.in_words() for one in leaks.errors)
        return OrderRead(order.line, order.verb, "letter", why)
    except FoibotError as problem:
        return OrderRead(order.line, order.verb, type(problem).__name__, str(problem))
    drafts = f"drafts version {event.version} of a letter ({event.kind})"
    return OrderRead(order.line, order.verb, why=drafts)


def _why(outcome: Outcome) -> str:
    told = (one for one in outcome.notices if "why" in one.facts)
    return next((_words(one) for one in told), outcome.refusal)


def _words(told: NoticeWanted) -> str:
    why = told.facts["why"]
    return " ".join(map(str, why)) if isinstance(why, list) else str(why)
