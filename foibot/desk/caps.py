"""The caps at the moment of sending: whatever wrote them, no more acknowledgements leave for an address (A13), no more mails in an hour."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from foibot.case.events import AcknowledgementWithheld
from foibot.case.outcome import Audience, plain_notice
from foibot.desk.about import About
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.law.dates import moment_in_words
from foibot.outbox.item import ItemState, Kind
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Transaction

_log = logging.getLogger(__name__)
HOUR = timedelta(hours=1)
_DAY = timedelta(hours=24)


def within_caps(
    tx: Transaction, office: Office, batch: Sequence[Outgoing], now: datetime
) -> list[Outgoing]:
    """The mails of a batch that may leave; an acknowledgement too many waits until the day is over.

    The cap was kept when they were written. It is counted again from what has left, because a mistake that
    writes too many must not also be what counts them. What an officer ordered leaves all the same.
    """
    acknowledgements = [one for one in batch if one.kind is Kind.ACKNOWLEDGEMENT]
    if not acknowledgements:
        return list(batch)
    left = tx.last_mail.acknowledged({one.recipient for one in acknowledgements}, now - _DAY)
    waits = set()
    for mail in acknowledgements:
        others = sorted(at for number, at in left[mail.recipient].items() if number != mail.id)
        if len(others) < office.caps.acknowledgements_per_address or _ordered(tx, mail):
            left[mail.recipient][mail.id] = now
        else:
            waits.add(mail.id)
            _wait(tx, office, mail, others[-office.caps.acknowledgements_per_address] + _DAY, now)
    return [one for one in batch if one.id not in waits]


def _ordered(tx: Transaction, mail: Outgoing) -> bool:
    """Whether the machine had held it back, so that it was a person who let it go."""
    return any(
        isinstance(one.event, AcknowledgementWithheld) for one in tx.ledger.of_case(mail.case_ref)
    )


def _wait(tx: Transaction, office: Office, mail: Outgoing, until: datetime, now: datetime) -> None:
    tx.outbox.change(mail.id, [ItemState.QUEUED], ItemState.QUEUED, until)
    cap = office.caps.acknowledgements_per_address
    said = (
        f"{cap} acknowledgements have left for {mail.recipient} within 24 hours, which is the limit, and one more "
        f"was about to: that of {mail.case_ref}. It waits until {moment_in_words(until)}."
    )
    look = (
        "foibot writes no more than the limit, so something is wrong. Look at the requests of that address, and "
        "reply pause to this mail if more leaves than should."
    )
    notice = plain_notice(Audience.ADMINISTRATORS, "Too many acknowledgements", [said, look])
    lines = ((f"{mail.case_ref} show", "sends you the request"),)
    notice = replace(notice, lines=lines, once=f"too-many:{mail.id}")
    notify(tx, office, (notice,), About(None, now))


def say_once_an_hour(tx: Transaction, office: Office, now: datetime) -> None:
    """An administrator reads in the log why nothing leaves, without a line for every look."""
    said = tx.switches.get("capped")
    if said is None or now - said.at > HOUR:
        tx.switches.set("capped", "yes", now)
        _log.error(
            "%s mails may leave within an hour, and nearly all of them have; the rest waits",
            office.caps.mails_per_hour,
        )
