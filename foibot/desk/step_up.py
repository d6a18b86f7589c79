"""An order that the border says nothing about, or that answers an old notice: its officer is asked to confirm it once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from foibot.case.case import Case
from foibot.case.outcome import Audience, NoticeWanted
from foibot.commands import ALONE, VERBS
from foibot.commands.command import Order
from foibot.commands.confirm import NOTHING_WAITS
from foibot.commands.decisions import DECISIONS
from foibot.commands.grammar import read_order
from foibot.commands.new_received import in_full
from foibot.commands.pause import PAUSE, RESUME
from foibot.desk.office import Office
from foibot.law.dates import london_date
from foibot.mail.file_names import listed
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.reply_text import first_order_line
from foibot.mail.thread import thread_keys
from foibot.officers.authenticate import (
    Check,
    Doubt,
    Doubtful,
    Identified,
    Purpose,
    Secret,
    Unproven,
    confirmation,
)
from foibot.officers.roster import Officer
from foibot.store.transaction import Transaction

CONFIRM = "confirm"
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Given:
    """A mail with an order, its number in the inbox and the digest of its bytes."""

    mail: IncomingMail
    message: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The order that was confirmed, and its officer with the secrets it may be carried out with."""

    given: Given
    who: Identified


def wanted_notice(
    tx: Transaction,
    office: Office,
    who: Doubtful,
    given: Given,
    line: str,
    case: Case | None,
    now: datetime,
) -> NoticeWanted | Unproven:
    """The mail that asks the officer to confirm this very order; or why none is sent.

    `line` is the order without the name of its case. The mail goes to the registered address alone, so that whoever can answer it reads that mailbox now. Of
    orders with one verb on one case it is sent once an hour at most: an attacker who got hold of a
    secret must not be able to fill a mailbox.
    """
    _, text = first_order_line(given.mail.text)
    order = read_order(line, text, VERBS, ALONE)
    if not isinstance(order, Order) or order.verb == CONFIRM or not office.border.confirm:
        return Unproven(Check.BORDER, who.officer)
    if len(text) > _LONGEST:
        return Unproven(Check.BORDER, who.officer)
    reference = case.reference if case else ""
    once = f"confirm:{order.verb}:{reference}:{now.strftime('%Y%m%d%H')}"
    if who.doubt is Doubt.NO_NOTICE:
        once = (
            f"confirm:{given.sha256}"  # the border vouches for it: there may be a whole day's post
        )
    if tx.outbox.has(f"{once}:{who.officer.address}"):
        return Unproven(Check.WAITS, who.officer)
    return NoticeWanted(
        "confirm-order",
        Audience.ORDERING_OFFICER,
        {
            "read": in_full(order.line, london_date(now)) or order.line,
            "about": reference,
            "text": text,
            "has_text": bool(text),
            "doubt": who.doubt.value,
            "files": listed([one.name for one in given.mail.attachments]),
        },
        lines=((CONFIRM, "carries out exactly that order, once"),),
        decides=decidable(who.secrets, case) if order.verb in DECISIONS else 0,
        confirms=given.message,
        once=once,
        even_paused=order.verb in {PAUSE, RESUME},
    )


def decidable(secrets: tuple[Secret, ...], case: Case | None) -> int:
    """The current version, if an order with these secrets could have decided on it; else 0."""
    current = case.current.version if case and case.current else 0
    unspent = (one for one in secrets if not (one.used or one.revoked))
    return next((one.version for one in unspent if one.version == current), 0)


def confirmed(
    tx: Transaction, office: Office, officer: Officer, secrets: tuple[Secret, ...], now: datetime
) -> Confirmed | str:
    """The order that these secrets confirm, with its one confirmation used up; or why there is none.

    The confirmation takes the place of the border's word and of the old notice. Everything else is
    looked at anew, as if the order had only now arrived: role, case, version, state.
    """
    secret = confirmation(secrets)
    kept = tx.inbox.raw(secret.order) if secret else None
    if secret is None or kept is None:
        return NOTHING_WAITS
    if now >= secret.expires_at:
        return "The order has waited too long for its confirmation. Please give it again."
    if secret.revoked:
        return "The letter has changed since you gave that order. Please look at it again."
    if not tx.secrets.use(secret.digest, now):
        return "That order was confirmed before; nothing is done twice."
    raw, sha256 = kept
    mail = parse(raw)
    if not isinstance(mail, IncomingMail):
        return "The order cannot be read any more. Please give it again."
    found = tx.secrets.known(thread_keys(mail, office.mailbox).secrets)
    own = tuple(one for one in found if officer.is_at(one.officer))
    return Confirmed(Given(mail, secret.order, sha256), Identified(officer, (secret, *own)))


def without_confirmations(who: Identified) -> Identified:
    """The same officer without what only a confirmation may do: it decides nothing by itself."""
    secrets = tuple(
        replace(one, version=0) if one.purpose is Purpose.CONFIRM else one for one in who.secrets
    )
    return replace(who, secrets=secrets)
