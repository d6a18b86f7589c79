"""What an officer's verb is: its words, its help, who may use it, and how it is decided; no I/O."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto, unique

from foibot.case.case import Case
from foibot.case.deadlines import Rung
from foibot.case.events import Recorded
from foibot.case.outcome import Audience, NoticeWanted, Outcome, plain_notice
from foibot.case.precedents import Topic
from foibot.law.regime import Regime
from foibot.letters.edited import OpenWords
from foibot.letters.kind import LetterKind
from foibot.mail.brought import BroughtFile
from foibot.officers.authenticate import Secret
from foibot.officers.privileged import WHO_APPROVES, WHO_HAS_IT
from foibot.officers.roster import Officer, Role, Roster
from foibot.outbox.approval import Policy
from foibot.outbox.approval_rules import ApprovalRule
from foibot.outbox.undo import OfficeHours


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it was read: the verb, the rest of its line, and the officer's text under it.

    `end` are the marks that ended the line; only words that go to a person take them up again.
    """

    verb: str
    rest: str
    text: str
    line: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the authority has settled about approval and about itself.

    `holder_days` are the working days a colleague has to answer, 0 for what the last day leaves;
    `office_hours` are those in which the time to undo is counted, None for any hour.
    `approvals` is the table of who has to approve what, `signed_letters` the kinds that only a signed
    mail approves. `keepers` and `answers_to` are roles and addresses, as `officers/privileged.py` reads them.
    """

    undo_minutes: int
    four_eyes: Collection[str]
    authority_kind: str
    regimes: tuple[str, ...] = ("foia",)
    ladder: tuple[Rung, ...] = ()
    mailbox: str = ""
    own_domains: tuple[str, ...] = ()
    holder_days: int = 0
    approvals: tuple[ApprovalRule, ...] = ()
    signed_letters: tuple[str, ...] = ()
    office_hours: OfficeHours | None = None
    keepers: tuple[str, ...] = (Role.ADMINISTRATOR.value,)
    answers_to: tuple[str, ...] = (WHO_HAS_IT, WHO_APPROVES)


@dataclass(frozen=True, slots=True)
class Edited:
    """What `edit` reads besides the order: the whole message, the words of text files with it, the current letter."""

    message: str = ""
    files: tuple[str, ...] = ()
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a decision may look at. `secrets` are the live ones that the order answered; `orders` is
    every order as it is written, by group, for the help; `kinds` are the letters that the templates know,
    `files` what was attached to the order,
    `others` are the other cases that the order's line names, by reference,
    `topics` the register of what is always neither confirmed nor denied, `roster` everybody in the office.
    """

    case: Case
    officer: Officer
    secrets: tuple[Secret, ...]
    now: datetime
    regime: Regime
    rules: Rules
    slots: tuple[OpenWords, ...]
    history: tuple[Recorded, ...]
    orders: tuple[tuple[str, tuple[str, ...]], ...]
    kinds: Mapping[str, LetterKind]
    roster: Roster
    files: tuple[BroughtFile, ...] = ()
    topics: tuple[Topic, ...] = ()
    edited: Edited = Edited()
    others: Mapping[str, Case] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """Who may let which letters go."""
        return Policy(self.rules.four_eyes, self.rules.approvals, self.roster)

    def secret_for(self, version: int) -> Secret | None:
        """The secret that may decide on this version, used or not."""
        return next((s for s in self.secrets if s.version == version), None)


@unique
class Text(Enum):
    """Whether the lines under an order belong to it."""

    NOT_READ = auto()
    OPTIONAL = auto()
    NEEDED = auto()
    FORBIDDEN = auto()


@unique
class Group(Enum):
    """Where an order stands in the help; the value is its heading there."""

    ANSWER = "Answer the request"
    TIME = "Ask, extend, tell of a delay"
    LETTER = "Change, approve or stop a letter"
    REVIEW = "After the answer"
    CASE = "Keep the case"
    LOOK = "Look things up; these change nothing"


Decide = Callable[[Order, Situation], Outcome]


@dataclass(frozen=True, slots=True)
class Command:
    """One verb. `form` is how it is written, with `vN` for a version; `example` is a whole line.

    `group` is where the help lists it.
    Nothing may follow an `alone` verb on its line.
    """

    verb: str
    form: str
    does: str
    example: str
    who: frozenset[Role]
    text: Text
    decide: Decide
    group: Group
    alone: bool = False


def answer(
    title: str,
    paragraphs: Collection[str],
    *lines: tuple[str, str],
    facts: Collection[str] = (),
    lists: Collection[tuple[str, Sequence[str]]] = (),
) -> NoticeWanted:
    """A plain answer to the officer who gave the order; `facts` become a list, `lists` one under each heading."""
    to = Audience.ORDERING_OFFICER
    return replace(plain_notice(to, title, paragraphs, facts=facts, lists=lists), lines=lines)


def refuse(check: str, order: Order, why: Collection[str], *lines: tuple[str, str]) -> Outcome:
    """Nothing is changed: the officer hears what was read, why it does not work, and what would."""
    notice = NoticeWanted(
        "order-refused",
        Audience.ORDERING_OFFICER,
        {"read": order.line, "why": list(why)},
        lines=lines,
    )
    return Outcome(notices=(notice,), refusal=check)
