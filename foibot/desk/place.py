"""An officer says where a message belongs: it joins a case, becomes one, or is set aside; all of it on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from foibot.case.case import Acknowledgement
from foibot.case.events import FilingChanged, MailFiled
from foibot.case.outcome import Audience, NoticeWanted, plain_notice
from foibot.case.placing import BY_OFFICER, IN_DOUBT, Message, Place, Placing, refusal
from foibot.case.registration import Registration
from foibot.desk.about import About
from foibot.desk.clarified import clarified, part_answered
from foibot.desk.look_up import stored_id
from foibot.desk.moved import unclarified, why_not_moved, why_not_theirs
from foibot.desk.new_case import open_case
from foibot.desk.office import Office
from foibot.desk.receipt import is_ours, passed_on, registered
from foibot.desk.record import Cause, notify, record
from foibot.mail.addresses import outgoing
from foibot.mail.message import Address, IncomingMail, Unreadable
from foibot.mail.parse import parse
from foibot.mail.triage import Disposition, Triage
from foibot.officers.authenticate import Identified
from foibot.officers.roster import Officer, Role
from foibot.store.inbox import Settled, Waiting
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction

_UNREAD = "(foibot could not read this message. It is kept exactly as it came.)"


@dataclass(frozen=True, slots=True)
class _Desk:
    """One answer at work: who gave it and by which message."""

    tx: Transaction
    office: Office
    officer: Officer
    placing: Placing
    message_sha256: str
    now: datetime

    @property
    def cause(self) -> Cause:
        return Cause(self.officer.address, self.placing.place.value, self.message_sha256)


def place(
    tx: Transaction,
    office: Office,
    who: Identified,
    placing: Placing,
    message_sha256: str,
    now: datetime,
) -> tuple[Disposition, str, str, str]:
    """Place the messages that an answer names; the order's disposition, rule, evidence and case."""
    desk = _Desk(tx, office, who.officer, placing, message_sha256, now)
    if not who.officer.may(Role.OFFICER):
        _answer(
            desk, [], ["Messages are placed by people with the role officer; you do not have it."]
        )
        return Disposition.COMMAND_REFUSED, "role", placing.line, ""
    done: list[str] = []
    problems: list[str] = []
    for number in placing.messages:
        found = tx.inbox.find(number)
        problem = why_not_theirs(tx, who.officer, found[1]) if found else ""
        problem = problem or refusal(placing, message_of(found[1]) if found else None)
        problem = problem or (_is_impossible(tx, placing, found[1]) if found else "")
        if found is None or problem:
            problems.append(problem)
        else:
            done.append(_placed(desk, *found))
    _answer(desk, done, problems)
    if not done:
        return Disposition.COMMAND_REFUSED, "not-placed", placing.line, ""
    return Disposition.COMMAND, "E", placing.line, ""


def _is_impossible(tx: Transaction, placing: Placing, settled: Settled) -> str:
    """Why this message cannot be moved, or makes no request of its own: it is one in another folder."""
    if placing.place is Place.MOVE:
        return why_not_moved(tx, placing, settled)
    copy = tx.inbox.request_of_copy(settled) if placing.place is Place.NEW else ""
    return f"m{settled.id} is the same message as request {copy}." if copy else ""


def message_of(settled: Settled) -> Message:
    """What is known of a message that came in, as its answer is held against it."""
    return Message(settled.id, settled.disposition, settled.rule, settled.case_ref, settled.guesses)


def _answer(desk: _Desk, done: list[str], problems: list[str]) -> None:
    if done:
        title = "One message is placed" if len(done) == 1 else f"{len(done)} messages are placed"
        notice = plain_notice(Audience.ORDERING_OFFICER, title, (), facts=[*done, *problems])
    else:
        facts = {"read": desk.placing.line, "why": problems}
        notice = NoticeWanted("order-refused", Audience.ORDERING_OFFICER, facts)
    notify(desk.tx, desk.office, (notice,), About(None, desk.now, desk.officer))


def _placed(desk: _Desk, one: Waiting, settled: Settled) -> str:
    """Do it, and say in a sentence what was done."""
    name = f"m{settled.id}"
    desk.tx.undecided.decided([settled.id])
    _take_back(desk, one, settled)
    match desk.placing.place:
        case Place.JOIN:
            reference = settled.guesses[desk.placing.guess - 1]
            _file(desk, one, settled, Disposition.FOLLOWUP, "an officer put it here", reference)
            _continue(desk, one, settled, reference)
            return f"{name} is with request {reference} now."
        case Place.MOVE:
            reference = desk.placing.case
            _file(desk, one, settled, Disposition.FOLLOWUP, "an officer moved it here", reference)
            _continue(desk, one, settled, reference)
            return f"{name} is with request {reference} now. No mail went to anybody outside.{_back(settled, reference)}"
        case Place.NEW:
            return f"{name} {_opened(desk, one, settled)}"
        case Place.NOT_FOI:
            why = f"an officer set it aside: {desk.placing.why}".rstrip(": ")
            _file(desk, one, settled, Disposition(settled.disposition), why, settled.case_ref)
            return f"{name} is set aside."
        case Place.THANKS:
            _file(desk, one, settled, Disposition.FOLLOWUP, "it needs no answer", settled.case_ref)
            return f"{name} needs no answer; it stays with request {settled.case_ref}."


def _back(settled: Settled, now_on: str) -> str:
    was = settled.case_ref
    return f" “m{settled.id} move {was}” puts it back." if was and was != now_on else ""


def _take_back(desk: _Desk, one: Waiting, settled: Settled) -> None:
    undone = unclarified(desk.tx, settled) if desk.placing.place is Place.MOVE else None
    if undone is not None:
        case = desk.tx.cases.lock(settled.case_ref)
        record(desk.tx, desk.office, case, [undone], desk.cause, desk.now)
    event = FilingChanged(one.raw_sha256, settled.disposition, settled.rule)
    _write(desk, event, settled.case_ref)


def _file(
    desk: _Desk, one: Waiting, was: Settled, disposition: Disposition, why: str, reference: str
) -> None:
    why = why[:300]
    _write(desk, MailFiled(one.raw_sha256, disposition, BY_OFFICER, why, one.arrived_at), reference)
    desk.tx.inbox.refile(
        replace(
            was,
            disposition=disposition,
            rule=BY_OFFICER,
            evidence=why,
            case_ref=reference,
            guesses=(),
        )
    )


def _write(desk: _Desk, event: FilingChanged | MailFiled, reference: str) -> None:
    if reference:
        case = desk.tx.cases.lock(reference)
        record(desk.tx, desk.office, case, [event], desk.cause, desk.now)
    else:
        happened = Happened(event, "", desk.officer.address, desk.placing.place.value)
        desk.tx.ledger.append([happened], desk.now, desk.office.clock.secret())


def _continue(desk: _Desk, one: Waiting, was: Settled, reference: str) -> None:
    """A message that was put on a case that waits for its requester may be what it waits for."""
    mail = parse(one.raw)
    if isinstance(mail, IncomingMail):
        case = desk.tx.cases.lock(reference)
        answered = clarified(desk.tx, desk.office, case, one, mail, desk.now)
        if answered is case and was.rule == IN_DOUBT:
            part_answered(desk.tx, desk.office, case, one, mail, desk.now)


def _opened(desk: _Desk, one: Waiting, settled: Settled) -> str:
    mail = parse(one.raw)
    if isinstance(mail, Unreadable):
        mail = _as_mail(mail)
    decided = Triage(Disposition.REQUEST, BY_OFFICER, "an officer said that it is a request")
    passed, receipt = passed_on(desk.office, one, mail), None
    if passed is not None:
        mail, receipt = passed.mail, passed.receipt
        why = "a colleague passed it on, and nobody has proved the address in it"
        decided = replace(decided, withheld_rule="C18", withheld=why)
    said = desk.placing.registration
    if said is not None:
        theirs = passed is not None or not is_ours(desk.office, mail)
        request = registered(mail, said, desk.officer.address, desk.cause.why, theirs=theirs)
        mail, receipt = request.mail, request.receipt
        decided = _unless_known(decided, said, mail)
    if desk.placing.address:
        mail = replace(mail, sender=Address(outgoing(desk.placing.address)))
    reference = open_case(desk.tx, desk.office, one, mail, decided, desk.now, receipt)
    desk.tx.inbox.refile(
        replace(
            settled,
            disposition=Disposition.REQUEST,
            rule=BY_OFFICER,
            evidence=decided.evidence,
            case_ref=reference,
            guesses=(),
        )
    )
    opened = desk.tx.cases.lock(reference)
    told = (
        "not acknowledged" if opened.acknowledgement is Acknowledgement.WITHHELD else "acknowledged"
    )
    return f"is request {reference} now, {told}."


def _unless_known(decided: Triage, said: Registration, mail: IncomingMail) -> Triage:
    """Acknowledged by a machine only if the address is the one the message itself came from."""
    if not said.address and mail.sender and mail.sender.addr:
        return decided
    return replace(decided, withheld_rule="A4", withheld=said.why_no_acknowledgement)


def _as_mail(why: Unreadable) -> IncomingMail:
    """What is known of a message that could not be read."""
    return IncomingMail(
        message_id=stored_id(why.message_id),
        sender=None,
        shown_sender=why.shown_sender,
        reply_to=(),
        to=(),
        cc=(),
        delivered_to=(),
        subject=why.subject,
        in_reply_to=(),
        references=(),
        return_path=None,
        text=why.text or _UNREAD,
        from_html=False,
        attachments=(),
        headers=(),
        body_hash="",
        date="",
        flags=(f"not read: {why.reason}",),
    )
