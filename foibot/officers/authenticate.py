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

from foibot.mail.addresses import domain, without_plus
from foibot.mail.authentication_results import Authentication, Verdict
from foibot.mail.message import IncomingMail
from foibot.mail.thread import is_forward
from foibot.officers.roster import Officer, Roster


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that was sent to one officer, as the store knows it (by its digest alone).

    `case` is empty for a digest's secret; `version` is 0 unless the notice asked for a decision.
    """

    digest: str
    officer: str
    case: str
    version: int
    expires_at: datetime
    used: bool
    revoked: bool


@unique
class Check(StrEnum):
    """The checks in their order; the value is the sentence an officer reads when one fails."""

    FORWARDED = "It was forwarded, not replied to; a forwarded message is never an order."
    SENDER = "It did not come from exactly one clean sender address on the list of officers."
    BORDER = "Our mail server could not confirm that it really came from that address."
    UNANSWERED = "It does not answer a notice that foibot sent to this officer."
    NOT_YOURS = "It answers a notice that was sent to somebody else."
    EXPIRED = "The notice it answers is too old."
    OUTSIDERS = "It was also addressed to people outside the office."


@dataclass(frozen=True, slots=True)
class Identified:
    """The officer behind an order and the secrets that prove it (the newest first)."""

    officer: Officer
    secrets: tuple[Secret, ...]

    @property
    def case(self) -> str:
        """The case the order is about; empty when it answers a digest."""
        return next((secret.case for secret in self.secrets if secret.case), "")

    def secret_for(self, version: int) -> Secret | None:
        """The secret that may decide on this version of the case's letter, used or not; None if none.

        A thread may carry the secrets of two cases; that of another case's version decides nothing here.
        """
        if not version:
            return None
        own = (s for s in self.secrets if s.case == self.case)
        return next((s for s in own if s.version == version), None)


@dataclass(frozen=True, slots=True)
class Unproven:
    """Not an order. `officer` is the registered person to tell, if one can be named safely."""

    check: Check
    officer: Officer | None


def _outsider_among(mail: IncomingMail, own_domains: Sequence[str]) -> bool:
    # A list of recipients too long to read may hide anybody.
    if "recipients cut" in mail.flags:
        return True
    people = (*mail.to, *mail.cc)
    return any(domain(without_plus(person.addr)) not in own_domains for person in people)


def _first_owner(secrets: Sequence[Secret], roster: Roster) -> Officer | None:
    return roster.find(secrets[0].officer) if secrets else None


def identify(
    mail: IncomingMail,
    secrets: Sequence[Secret],
    border: Authentication,
    roster: Roster,
    own_domains: Sequence[str],
    now: datetime,
) -> Identified | Unproven:
    """The officer who sent this mail, or the first check that failed.

    `secrets` are those found in the mail's addresses, threading headers and subject that the store
    knows; `border` is the verdict of the authority's own border; `own_domains` are the domains of the
    office and its staff. An `Unproven` names an officer only where a notice to that person's
    registered address tells a stranger nothing.
    """
    owner = _first_owner(secrets, roster)
    if is_forward(mail.subject):
        return Unproven(Check.FORWARDED, owner)
    officer = roster.find(mail.sender.addr) if mail.sender else None
    if officer is None:
        return Unproven(Check.SENDER, owner)
    if border.verdict is not Verdict.PASS:
        return Unproven(Check.BORDER, officer)
    if not secrets:
        return Unproven(Check.UNANSWERED, officer)
    own = tuple(s for s in secrets if officer.is_at(s.officer))
    if not own:
        return Unproven(Check.NOT_YOURS, officer)
    valid = tuple(secret for secret in own if now < secret.expires_at)
    if not valid:
        return Unproven(Check.EXPIRED, officer)
    if _outsider_among(mail, own_domains):
        return Unproven(Check.OUTSIDERS, officer)
    return Identified(officer, valid)
