"""Whether a message is an order from the officer it names; each check in turn, the first failure decides; no I/O.

An order counts only if the mail has one clean sender on the roster, the authority's own border vouches
for that sender, and the mail answers a notice that foibot sent to that very officer: the secret of that
notice is in an address, a threading header or the subject tag, never read from a body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from foibot.mail.addresses import domain, mailboxes, same_address, without_plus
from foibot.mail.authentication_results import Authentication, Verdict
from foibot.mail.message import Address, IncomingMail
from foibot.mail.thread import is_forward
from foibot.officers.roster import Officer, Roster


@unique
class Purpose(StrEnum):
    """What a secret was sent for: orders of any kind, a decision on one version, one confirmation, or an answer."""

    ORDER = "order"
    DECIDE = "decide"
    CONFIRM = "confirm"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that was sent to one officer, as the store knows it (by its digest alone).

    `case` is empty for a digest's secret; `version` is 0 unless it may decide on that version. A secret
    for a confirmation belongs to one order: `order` is that message's number in the inbox. One for a
    colleague's answer orders nothing: there it is the number of what was asked. Else it is 0.
    `message` is the message in the inbox that the notice asked about, 0 for none.
    """

    digest: str
    officer: str
    case: str
    version: int
    expires_at: datetime
    used: bool
    revoked: bool
    purpose: Purpose = Purpose.ORDER
    order: int = 0
    message: int = 0


@unique
class Check(StrEnum):
    """The checks in their order; the value is the sentence an officer reads when one fails."""

    FORWARDED = "It was forwarded, not replied to; a forwarded message is never an order."
    SHARED = "It came from a shared mailbox. Only a person can give an order: write from your own address."
    SENDER = "It did not come from exactly one clean sender address on the list of officers."
    ON_BEHALF = (
        "Somebody else sent it on this officer's behalf. An order has to be sent by the officer."
    )
    BORDER = "Our mail server could not confirm that it really came from that address."
    ANOTHER_LOGIN = "Our mail server says that it was sent from another officer's account."
    UNANSWERED = "It does not answer a notice that foibot sent to this officer."
    NOT_YOURS = "It answers a notice that was sent to somebody else."
    OUTSIDERS = "It was also addressed to people outside the office."
    WAITS = (
        "An order like it already waits for you to confirm it; look for the mail that asks you to."
    )


@unique
class Doubt(StrEnum):
    """What keeps an order from counting until its officer confirms it; the value is said to the officer."""

    NO_VERDICT = "Our mail server says nothing about who sent it."
    OLD_NOTICE = "The notice it answers is too old."
    NO_NOTICE = "It answers no notice of foibot's."


@dataclass(frozen=True, slots=True)
class Identified:
    """The officer behind an order and the secrets that prove it (the newest first)."""

    officer: Officer
    secrets: tuple[Secret, ...]

    @property
    def case(self) -> str:
        """The case the order is about; empty when it answers a digest."""
        return next((secret.case for secret in self.secrets if secret.case), "")

    @property
    def message(self) -> int:
        """The message the notice asked about; 0 when it asked about none."""
        return next((secret.message for secret in self.secrets if secret.message), 0)

    def secret_for(self, version: int) -> Secret | None:
        """The secret that may decide on this version of the case's letter, used or not; None if none.

        A thread may carry the secrets of two cases; that of another case's version decides nothing here.
        """
        if not version:
            return None
        own = (s for s in self.secrets if s.case == self.case)
        return next((s for s in own if s.version == version), None)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An order that counts once its officer has confirmed it; all other checks were passed.

    `secrets` are the officer's own in this mail, those of an old notice included.
    """

    doubt: Doubt
    officer: Officer
    secrets: tuple[Secret, ...]


@dataclass(frozen=True, slots=True)
class Unproven:
    """Not an order. `officer` is the registered person to tell, if one can be named safely."""

    check: Check
    officer: Officer | None


def confirmation(secrets: Sequence[Secret]) -> Secret | None:
    """The newest secret among these with which an order can be confirmed, used or not."""
    return next((one for one in secrets if one.purpose is Purpose.CONFIRM), None)


def _outsider_among(mail: IncomingMail, own_domains: Sequence[str], mailbox: str) -> bool:
    # A list of recipients too long or too broken to read may hide anybody.
    if not {"recipients cut", "recipients cannot be read"}.isdisjoint(mail.flags):
        return True
    people = (without_plus(person.addr) for person in (*mail.to, *mail.cc))
    # The mailbox may be at a provider, or in a domain, that nobody of the staff writes from.
    return any(domain(one) not in own_domains and not same_address(one, mailbox) for one in people)


def _first_owner(secrets: Sequence[Secret], roster: Roster) -> Officer | None:
    return roster.find(secrets[0].officer) if secrets else None


def identify(
    mail: IncomingMail,
    secrets: Sequence[Secret],
    border: Authentication,
    roster: Roster,
    own_domains: Sequence[str],
    mailbox: str,
    now: datetime,
) -> Identified | Doubtful | Unproven:
    """The officer who sent this mail, or the first check that failed.

    `secrets` are those found in the mail's addresses, threading headers and subject that the store
    knows; `border` is the verdict of the authority's own border; `own_domains` are the domains that
    the office's staff write from, and `mailbox` is the address they reply to. An `Unproven` names an officer only where a notice to that person's
    registered address tells a stranger nothing.
    """
    officer = _sender(mail, secrets, roster)
    if isinstance(officer, Unproven):
        return officer
    failed = _about_border(mail, border, officer, roster)
    if failed is not None:
        return Unproven(failed, officer)
    own = tuple(s for s in secrets if officer.is_at(s.officer))
    failed = _about_secrets(secrets, own) or _about_recipients(mail, own_domains, mailbox)
    valid = tuple(secret for secret in own if now < secret.expires_at)
    if border.verdict is Verdict.PASS:
        return _vouched_for(officer, failed, own, valid)
    # Nothing is known about the sender: only what was sent to the officer's own address proves it.
    if failed is not None or not valid:
        return Unproven(Check.BORDER, officer)
    return Doubtful(Doubt.NO_VERDICT, officer, own)


def _vouched_for(
    officer: Officer, failed: Check | None, own: tuple[Secret, ...], valid: tuple[Secret, ...]
) -> Identified | Doubtful | Unproven:
    if failed is not None:
        return Unproven(failed, officer)
    return Identified(officer, valid) if valid else Doubtful(Doubt.OLD_NOTICE, officer, own)


def _sender(mail: IncomingMail, secrets: Sequence[Secret], roster: Roster) -> Officer | Unproven:
    owner = _first_owner(secrets, roster)
    if is_forward(mail.subject):
        return Unproven(Check.FORWARDED, owner)
    if mail.sender is not None and roster.is_shared(mail.sender.addr):
        return Unproven(Check.SHARED, owner)
    officer = roster.find(mail.sender.addr) if mail.sender else None
    return officer or Unproven(Check.SENDER, owner)


def _about_border(
    mail: IncomingMail, border: Authentication, officer: Officer, roster: Roster
) -> Check | None:
    """What the mail itself, or the border, says against the officer having sent it."""
    if not all(officer.is_at(one.addr) for value in mail.all("sender") for one in _read(value)):
        return Check.ON_BEHALF
    if border.verdict is Verdict.FAIL:
        return Check.BORDER
    # DMARC vouches for a domain alone; the border may know better whose account it was.
    people = (roster.find(login) for login in border.logins)
    if any(person is not None and person is not officer for person in people):
        return Check.ANOTHER_LOGIN
    return None


def _read(value: str) -> Sequence[Address]:
    found = mailboxes(value)
    # What cannot be read is nobody's address.
    return (*found.found, Address("")) if found.defects else found.found


def _about_secrets(secrets: Sequence[Secret], own: Sequence[Secret]) -> Check | None:
    if not secrets:
        return Check.UNANSWERED
    return None if own else Check.NOT_YOURS


def _about_recipients(mail: IncomingMail, own_domains: Sequence[str], mailbox: str) -> Check | None:
    return Check.OUTSIDERS if _outsider_among(mail, own_domains, mailbox) else None
