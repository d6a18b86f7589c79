"""Orders that have to be signed: only the signed bytes of a mail are read, and each signature counts once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from foibot.case.approval_events import OrderSigned
from foibot.case.case import Case
from foibot.case.outcome import Audience, NoticeWanted
from foibot.commands import ALONE, VERBS
from foibot.commands.command import Order
from foibot.commands.grammar import read_order
from foibot.commands.new_received import registers
from foibot.commands.pause import stops_or_starts
from foibot.commands.placing import read_placing
from foibot.desk.not_obeyed import Answer, named_case, refused
from foibot.desk.office import Office
from foibot.desk.record import Cause, record
from foibot.desk.step_up import Given, decidable
from foibot.mail.body import SEALED, SEALS
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.reply_text import first_order_line
from foibot.mail.sealed import sealed, unsealed
from foibot.mail.triage import Disposition
from foibot.officers.authenticate import Check, Doubtful, Identified, Unproven
from foibot.officers.roster import Officer
from foibot.officers.signing import (
    APPROVE,
    Fault,
    Seal,
    Signs,
    about_sender,
    has_to_be_signed,
    mend,
)
from foibot.outbox.approval_rules import kinds_of
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction

# What is told an officer about such a mail is said elsewhere; what it is signed with is used up all the same.
_SENT_BY_OFFICER = frozenset({Check.UNANSWERED, Check.NOT_YOURS, Check.OUTSIDERS})


@dataclass(frozen=True, slots=True)
class Signed:
    """A mail as its signature vouches for it, `fault` None; or as it came, and why it does not count as signed."""

    given: Given
    fault: Fault | None


def use_up(
    tx: Transaction,
    office: Office,
    who: Identified | Doubtful | Unproven,
    given: Given,
    now: datetime,
) -> Signed:
    """What of the mail is signed, if signatures matter in this office; the signature counts for this mail alone.

    It is used up even where the order is refused for something else, so that nobody can take the signed
    words out of it and send them in answer to another notice.
    """
    if office.signatures is None or who.officer is None:
        return Signed(given, Fault.UNSIGNED)
    if isinstance(who, Unproven) and who.check not in _SENT_BY_OFFICER:
        return Signed(given, Fault.UNSIGNED)
    secrets = () if isinstance(who, Unproven) else who.secrets
    case = next((one.case for one in secrets if one.case), "")
    return _read(tx, office, case, who.officer, given, now)


def _read(
    tx: Transaction, office: Office, case: str, officer: Officer, given: Given, now: datetime
) -> Signed:
    kept = tx.inbox.raw(given.message)
    found = sealed(kept[0]) if kept else None
    if kept is None or found is None or office.signatures is None:
        has_seal = any(one.content_type in SEALS | SEALED for one in given.mail.attachments)
        return Signed(given, Fault.PARTLY if has_seal else Fault.UNSIGNED)
    seal = office.signatures.seal_on(found, officer.address, now)
    if isinstance(seal, Fault):
        return Signed(given, seal)
    known = tx.signatures.message_of(seal.mark)
    if known not in {"", given.sha256}:
        return Signed(given, Fault.REPEATED)
    if not known:
        _kept(tx, office, case, officer, seal, given, now)
    mail = parse(unsealed(kept[0], found.content))
    if not isinstance(mail, IncomingMail) or mail.sender is None:
        return Signed(given, Fault.UNREADABLE)
    wrong = about_sender(seal, mail.sender.addr)
    return Signed(given if wrong else replace(given, mail=mail), wrong)


def _kept(
    tx: Transaction,
    office: Office,
    reference: str,
    officer: Officer,
    seal: Seal,
    given: Given,
    now: datetime,
) -> None:
    tx.signatures.use(seal.mark, given.sha256, now)
    event = OrderSigned(seal.mark, seal.certificate, given.sha256)
    if reference:
        cause = Cause(officer.address, "", given.sha256)
        record(tx, office, tx.cases.lock(reference), [event], cause, now)
    else:
        happened = Happened(event, "", officer.address, "")
        tx.ledger.append([happened], now, office.clock.secret())


def unsigned(
    tx: Transaction, office: Office, who: Identified, signed: Signed, now: datetime
) -> Answer | None:
    """The refusal of an order that has to be signed and is not; None if it may be looked at."""
    fault, given = signed.fault, signed.given
    if fault is None:
        return None
    line, text = first_order_line(given.mail.text)
    reference, line = named_case(tx, line, who.case)
    case = tx.cases.lock(reference) if reference else None
    verb = _verb(line, text, who)
    why = why_not(office, who, signed, line, text, case)
    if not why:
        return None
    again = (line, "once more, as a signed message")
    notice = NoticeWanted(
        "order-refused",
        Audience.ORDERING_OFFICER,
        {
            "read": line,
            "why": why,
        },
        lines=() if text else (again,),
        decides=decidable(who.secrets, case) if verb == APPROVE else 0,
        message=who.message,
        even_paused=bool(stops_or_starts(line)),
    )
    check = f"signature-{fault.name.lower().replace('_', '-')}"
    refused(tx, office, case, check, given.sha256, who.officer, (notice,), now)
    return Disposition.COMMAND_REFUSED, check, fault.value, reference


def why_not(
    office: Office, who: Identified, signed: Signed, line: str, text: str, case: Case | None
) -> list[str]:
    """Why an order does not count without a signature; nothing if it does."""
    verb = _verb(line, text, who)
    if signed.fault is None or not verb or not _has_to_be(office, who.officer, verb, case):
        return []
    return [_why(who.officer, verb), f"{signed.fault.value} {mend(signed.fault)}"]


def _why(officer: Officer, verb: str) -> str:
    if verb == APPROVE and officer.signs is Signs.NOTHING:
        return "A letter of this kind is approved by a signed mail (S/MIME) alone."
    return f"`{verb}` counts from you only in a signed mail (S/MIME)."


def _verb(line: str, text: str, who: Identified) -> str:
    """The verb of an order as it was read; "" for what is no order."""
    if registers(line):
        return "new received"
    placing = read_placing(line, who.message)
    if placing is not None:
        return placing.place.value
    order = read_order(line, text, VERBS, ALONE)
    return order.verb if isinstance(order, Order) else ""


def _has_to_be(office: Office, officer: Officer, verb: str, case: Case | None) -> bool:
    letter = case.current if case else None
    kinds = kinds_of(letter) if letter else ()
    return has_to_be_signed(officer.signs, verb, kinds, office.rules.signed_letters)
