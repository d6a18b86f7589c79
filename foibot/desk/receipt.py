"""When a request was received and from whom, where a colleague passed it on or an officer registered it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from foibot.case.registration import Registration
from foibot.desk.office import Office
from foibot.law.dates import in_words, london_date, london_moment
from foibot.law.dates_said import day_written
from foibot.mail.addresses import domain
from foibot.mail.forwarded import forwarded
from foibot.mail.message import Address, IncomingMail
from foibot.mail.received_at import moment_of, received_at
from foibot.store.inbox import Waiting

_LONGEST_LAG = timedelta(
    days=400
)  # an older date is a broken clock rather than a letter left lying


@dataclass(frozen=True, slots=True)
class Receipt:
    """The moment of receipt (aware UTC) and where it is taken from; `by` and `cause` as in the ledger.

    `remarks` are what an officer should look out for, `orders` lines that put it right.
    """

    moment: datetime
    basis: str
    by: str = "requester"
    cause: str = ""
    remarks: tuple[str, ...] = ()
    orders: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A message from outside that came with a colleague's, and when it was received."""

    mail: IncomingMail
    receipt: Receipt


def arrived(office: Office, one: Waiting, mail: IncomingMail) -> Receipt:
    """The receipt of a message that came by itself (T-23)."""
    return Receipt(*received_at(one.arrived_at, mail.headers, office.border.servers))


def is_ours(office: Office, mail: IncomingMail) -> bool:
    """Whether it says that it comes from one of the authority's own domains."""
    return mail.sender is not None and domain(mail.sender.addr) in office.border.own_domains


def passed_on(office: Office, one: Waiting, mail: IncomingMail) -> PassedOn | None:
    """The message from outside that a mail from our own domains passes on; None if there is none (C18).

    It was received when it first reached any part of the authority: when one of our own servers took it
    in, else on the day that its own header, or the lines above the quoted text, name. Both are a
    colleague's word; a day after the mail itself, or more than 400 days before it, is not believed.
    """
    inner = forwarded(mail, office.border.own_domains) if is_ours(office, mail) else None
    if inner is None:
        return None
    receipt = arrived(office, one, mail)
    receipt = _first(office, inner, receipt.moment) or receipt
    # Its own headers are a colleague's word; what vouches for the sender is said of the colleague.
    return PassedOn(replace(inner, headers=mail.headers), receipt)


def _first(office: Office, inner: IncomingMail, latest: datetime) -> Receipt | None:
    taken_in, server = received_at(latest, inner.headers, office.border.servers)
    if taken_in < latest:
        basis = f"{server}, in the message that was passed on"
        return _believed(taken_in, basis, latest)
    moment = moment_of(inner.date)
    day = london_date(moment) if moment else day_written(inner.date)
    if day is None or day >= london_date(latest):
        return None
    basis = f"the message that was passed on says that it was sent on {in_words(day)}"
    return _believed(moment or london_moment(day, time(12)), basis, latest)


def _believed(moment: datetime, basis: str, latest: datetime) -> Receipt | None:
    if moment < latest - _LONGEST_LAG:
        return None
    line = f"received {in_words(london_date(latest))}: your reason"
    orders = ((line, "if it reached no part of the authority before that day"),)
    return Receipt(moment, basis, orders=orders)


def registered(
    mail: IncomingMail, said: Registration, officer: str, cause: str, *, theirs: bool
) -> PassedOn:
    """The request as an officer registered it; `theirs` says that `mail` was written by the requester."""
    sender = (mail.sender if theirs else None) or Address("")
    request = replace(
        mail,
        message_id=mail.message_id if theirs else "",
        references=mail.references if theirs else (),
        in_reply_to=mail.in_reply_to if theirs else (),
        sender=Address(said.address or sender.addr, said.name or sender.name),
        reply_to=(),
        subject=said.subject or (mail.subject if theirs else ""),
        text=said.text or (mail.text if theirs else ""),
        date=mail.date if theirs else "",
    )
    line = f"received {in_words(said.received)}: your reason"
    return PassedOn(
        request,
        Receipt(
            moment=london_moment(said.received, time(12)),
            basis=said.basis,
            by=officer,
            cause=cause,
            remarks=said.remarks,
            orders=((line, "with another day in it, if that was not the day"),),
        ),
    )
