"""A reply that could not be read is shown to all officers: what it could have decided ends first, and whoever it was sent to hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foibot.case.outcome import Audience, plain_notice
from foibot.desk.about import About
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.mail.thread import secrets_in
from foibot.officers.authenticate import Purpose
from foibot.store.inbox import Waiting
from foibot.store.transaction import Transaction

_DECIDES = frozenset({Purpose.DECIDE, Purpose.CONFIRM})


def end_exposed(tx: Transaction, office: Office, one: Waiting, now: datetime) -> None:
    """End what a message that others are about to see could decide with: else they could decide in its sender's place.

    What only orders is left alone, since it moves nothing that needs a second person, and so is a colleague's, who
    will answer again with smaller files.
    """
    known = tx.secrets.known(secrets_in(one.raw))
    ended = [each for each in known if each.purpose in _DECIDES and not (each.used or each.revoked)]
    tx.secrets.end([each.digest for each in ended], now)
    for address, reference in dict.fromkeys((each.officer, each.case) for each in ended):
        _tell(tx, office, one, address, reference, now)


def _tell(
    tx: Transaction, office: Office, one: Waiting, address: str, reference: str, now: datetime
) -> None:
    case = tx.cases.lock(reference) if reference else None
    said = (
        "A message that answers a notice of yours came in, and foibot could not read it. Nothing was done. The "
        "officers were shown the message, so that the notice it answers cannot be used for a decision any more."
    )
    again = "If it was you: ask for a fresh notice with the line below, and answer that one, with few words and no files."
    line = "show" if case else "REFERENCE show"
    notice = replace(
        plain_notice(Audience.PERSON, "Your message could not be read", [said, again]),
        person=address,
        lines=((line, "sends you the case and its letter, to decide on"),),
        once=f"exposed:{one.id}:{reference}",
    )
    notify(tx, office, (notice,), About(case, now))
