"""An officer's reply: identified, understood, decided, recorded and answered."""

from __future__ import annotations

from datetime import datetime

from foibot.case.placing import Place, Placing
from foibot.commands.new_received import registers
from foibot.commands.pause import stops_or_starts
from foibot.commands.placing import read_placing
from foibot.commands.series import Line
from foibot.desk.in_order import Carried, are_several, in_order, refused_order, series_in
from foibot.desk.not_obeyed import (
    Answer,
    named_case,
    no_case,
    not_proven,
    nothing_confirmed,
    to_confirm,
)
from foibot.desk.office import Office
from foibot.desk.one_order import one_order
from foibot.desk.pausing import pause_or_resume
from foibot.desk.place import place
from foibot.desk.register import refused_at_once, register_request
from foibot.desk.search import search, who_searches
from foibot.desk.signed import Signed, unsigned, use_up, why_not
from foibot.desk.step_up import (
    CONFIRM,
    Given,
    confirmed,
    without_confirmations,
)
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import first_order_line
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
from foibot.store.transaction import Transaction


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
        unread = refused_at_once(tx, office, who, given, now) if registers(line) else None
        return unread or to_confirm(tx, office, who, given, now)
    return _carry_out(tx, office, without_confirmations(who), signed, now)


def _carry_out(
    tx: Transaction, office: Office, who: Identified, signed: Signed, now: datetime
) -> Answer:
    given = signed.given
    if not_signed := unsigned(tx, office, who, signed, now):
        return not_signed
    line, text = first_order_line(given.mail.text)
    if stops_or_starts(line):
        return pause_or_resume(tx, office, who, given, now)
    if registers(line):
        return register_request(tx, office, who, given, now)
    placing = read_placing(line, who.message)
    by_number = placing is not None and placing.by_number
    if placing is not None and not by_number and not _is_about_case(placing, who):
        return place(tx, office, who, placing, given.sha256, now)
    if not by_number and not named_case(tx, line, who.case)[0]:
        return no_case(tx, office, who, line, given.sha256, now)
    series = series_in(tx, who, line, text)

    def carry_out(one: Line, *, folded: bool = True) -> Carried:
        numbered = read_placing(one.line)
        if numbered is not None:
            if not_signed := why_not(office, who, signed, one.line, "", None):
                return refused_order("signature", one.line, not_signed)
            return Carried(place(tx, office, who, numbered, given.sha256, now), ())
        return one_order(tx, office, who, signed, one, now, folded=folded)

    if are_several(series):
        return in_order(tx, office, who, series, carry_out, now)
    return carry_out(series.orders[0], folded=False).answer


def _is_about_case(placing: Placing, who: Identified) -> bool:
    """In reply to a notice on a case, `not foi` alone is about the case and not about a message."""
    return bool(who.case) and placing.place is Place.NOT_FOI


def sender_of_order(
    office: Office, mail: IncomingMail, secrets: list[Secret], now: datetime
) -> Identified | Doubtful | Unproven:
    """The officer who is proven to have sent this, by the border's verdict and these known secrets."""
    border = office.border.verdict_on(mail, office.domain)
    who = identify(
        mail, secrets, border, office.roster, office.border.own_domains, office.mailbox, now
    )
    return _unless_new(who, mail)


def _unless_new(
    who: Identified | Doubtful | Unproven, mail: IncomingMail
) -> Identified | Doubtful | Unproven:
    """A request can be registered, and sending paused, without a notice to answer; its officer is asked to confirm it (A4)."""
    if not isinstance(who, Unproven) or who.check is not Check.UNANSWERED or who.officer is None:
        return who
    line, _ = first_order_line(mail.text)
    return (
        Doubtful(Doubt.NO_NOTICE, who.officer, ())
        if registers(line) or stops_or_starts(line)
        else who
    )
