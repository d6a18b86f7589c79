"""The office as its desk knows it: who it is, who works there, its rules and its tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from foibot.case.case import Case
from foibot.case.deadlines import Rung
from foibot.case.outcome import LetterWanted
from foibot.case.working import working_of
from foibot.commands.command import Rules
from foibot.desk.border import Border
from foibot.desk.days_named import days_named
from foibot.law.dates import london_date
from foibot.law.provisions import Provision
from foibot.law.regime import Regime
from foibot.letters.facts import (
    AuthorityFacts,
    CaseFacts,
    LetterFacts,
    OfficerFacts,
    RegulatorFacts,
    RequesterFacts,
)
from foibot.letters.render import Letterbook
from foibot.letters.threat_level import ThreatLevel
from foibot.mail.addresses import domain
from foibot.mail.message import Address
from foibot.mail.sealed import Sealed
from foibot.officers.delegation import Delegation, roster_on
from foibot.officers.roster import Officer, Roster
from foibot.officers.signing import Fault, Seal
from foibot.outbox.approval import Policy
from foibot.outbox.limits import Caps


class Clock(Protocol):
    """Time and randomness, from the machine or from a test."""

    def now(self) -> datetime:
        """The moment, aware UTC."""
        ...

    def secret(self) -> str:
        """A fresh secret of 26 symbols."""
        ...

    def short_secret(self) -> str:
        """A fresh secret of 16 symbols."""
        ...

    def message_token(self) -> str:
        """A fresh token for a Message-ID."""
        ...


class Typesetter(Protocol):
    """Makes the PDF of a letter."""

    def pdf(self, blocks_json: str, *, title: str) -> bytes:
        """The same blocks give the same bytes."""
        ...


class Signatures(Protocol):
    """Verifies S/MIME signatures."""

    def seal_on(self, sealed: Sealed, officer: str, now: datetime) -> Seal | Fault:
        """The signature, if it is that of the officer at this registered address, else why it does not count."""
        ...


@dataclass(frozen=True, slots=True)
class Numbering:
    """How references look and where their numbers begin; a pattern without a year never starts again."""

    pattern: str
    first: int

    def series(self, year: int) -> str:
        """The name of the counter for this year."""
        return str(year) if "{year" in self.pattern else "all"

    def reference(self, number: int, year: int) -> str:
        """The reference of a case: 4078 of 2020 is "004078/20" in the usual pattern."""
        short = year if "{year:04}" in self.pattern or "{year}" in self.pattern else year % 100
        return self.pattern.format(number=number, year=short)


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """The ladder, how often an overdue case is called, who else hears of it, and when the day begins.

    A question lapses after `lapse_months`; officers hear of it `lapse_warning` working days before.
    """

    ladder: tuple[Rung, ...]
    overdue_every: int
    escalate_to: str
    digest_hour: int
    digest_minute: int
    lapse_months: int
    lapse_warning: int


@dataclass(frozen=True, slots=True)
class HolderRules:
    """When colleagues who have not answered are written to again: working days after the day that was named."""

    chase: tuple[int, ...]


class Laws:
    """The information laws as this office counts them: with the bank holidays that were imported."""

    def __init__(self, own: Sequence[str], known: Iterable[Regime]) -> None:
        """`own` are the keys of the laws the authority answers under, the usual one first."""
        self._own = tuple(own)
        self._known = {one.key: one for one in known}
        self._first = True

    @property
    def keys(self) -> tuple[str, ...]:
        """The laws the authority answers under."""
        return self._own

    @property
    def usual(self) -> Regime:
        """The law a new request is opened under."""
        return self._known[self._own[0]]

    def of(self, case: Case) -> Regime:
        """The law the case is answered under."""
        return self._known[case.regime]

    def learn(self, laws: Iterable[Regime]) -> bool:
        """Take over laws with the holidays known now; whether they are news, as they always are at first."""
        learned = {**self._known, **{one.key: one for one in laws}}
        news = self._first or learned != self._known
        self._known, self._first = learned, False
        return news

    def again(self) -> None:
        """Let what was learned last be news once more."""
        self._first = True


@dataclass(frozen=True, slots=True)
class Office:
    """Everything the desk needs besides the store; nothing in it changes while foibot runs."""

    mailbox: str
    plus_addressing: bool
    since: date
    folder: str
    authority: AuthorityFacts
    unit: str
    languages: tuple[str, ...]
    regulator: RegulatorFacts
    threat_level: ThreatLevel
    laws: Laws
    numbering: Numbering
    staff: Roster
    rules: Rules
    secret_days: int
    caps: Caps
    border: Border
    reminders: ReminderRules
    holders: HolderRules
    book: Letterbook
    typesetter: Typesetter
    clock: Clock
    signatures: Signatures | None = None
    delegations: tuple[Delegation, ...] = ()

    @property
    def roster(self) -> Roster:
        """Everybody in the office, with what they may do today."""
        if not self.delegations:
            return self.staff
        return roster_on(self.staff, self.delegations, london_date(self.clock.now()))

    @property
    def sender(self) -> Address:
        """Who all mail comes from."""
        return Address(self.mailbox, self.authority.name)

    @property
    def domain(self) -> str:
        """The mailbox's domain, used in every Message-ID."""
        return domain(self.mailbox)

    @property
    def policy(self) -> Policy:
        """Who may let which letters go."""
        return Policy(self.rules.four_eyes, self.rules.approvals, self.roster)

    def message_id(self, reference: str, what: str, token: str) -> str:
        """A Message-ID of ours: `<foi.004078-20.ack.TOKEN@exampleshire.example>` (mail rule B21)."""
        safe = "".join(c if c.isalnum() else "-" for c in reference) or "office"
        return f"<foi.{safe}.{what}.{token}@{self.domain}>"

    def plus(self, mark: str, token: str) -> str:
        """The mailbox's address with a token after a plus, or the bare address where that is not possible."""
        if not self.plus_addressing:
            return self.mailbox
        local, _, at = self.mailbox.partition("@")
        return f"{local}+{mark}-{token}@{at}"

    def letter_facts(
        self,
        case: Case,
        officer: Officer | None,
        now: datetime,
        wanted: LetterWanted | None = None,
        provisions: tuple[Provision, ...] = (),
    ) -> LetterFacts:
        """What a letter on this case may know; there is no name in it for whether anything is held."""
        who = (
            OfficerFacts(officer.name, officer.title, self.unit)
            if officer
            else OfficerFacts("", "", self.unit)
        )
        return LetterFacts(
            authority=self.authority,
            regulator=self.regulator,
            case=CaseFacts(
                reference=case.reference,
                subject=case.subject,
                request_text=case.request_text,
                received=case.received,
                due=case.due,
                working=working_of(case, self.laws.of(case)),
            ),
            requester=RequesterFacts(case.requester.name),
            officer=who,
            today=london_date(now),
            regime=self.laws.of(case),
            provisions=provisions,
            slots=dict(wanted.slots) if wanted else {},
            result=wanted.result if wanted else "",
            files=wanted.file_names if wanted else (),
            threat_level=self.threat_level,
            **days_named(
                case, wanted, london_date(now), self.laws.of(case), self.reminders.lapse_months
            ),
        )
