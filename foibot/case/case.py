"""The case as its events leave it: frozen values, no behaviour beyond looking things up; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, unique

from foibot.case.assignment import Assignment
from foibot.case.clocks import OURS, ClockName, Clocks, last_of
from foibot.case.enclosure import Enclosure
from foibot.case.enquiries import Enquiry
from foibot.case.keeping import NOTHING_KEPT, Keeping
from foibot.case.opinions import Opinion, opinions_missing
from foibot.case.parts import PartDecided
from foibot.case.questions import Question
from foibot.case.remarks import OPEN_PLACE, Reason, Remark, rules_open
from foibot.law.dates import london_date


@unique
class State(StrEnum):
    """Where a case stands; `case/lifecycle.py` holds the one table of how it moves."""

    OPEN = "open"
    AWAITING_APPROVAL = "awaiting-approval"
    ON_HOLD = "on-hold"
    APPROVED = "approved"
    WAITING = "waiting-for-requester"
    ANSWERED = "answered"
    DELIVERY_FAILED = "delivery-failed"
    DELIVERY_UNCERTAIN = "delivery-uncertain"
    WITHDRAWN = "withdrawn"
    NOT_FOI = "not-foi"
    LAPSED = "lapsed"
    REOPENED = "reopened"


FINISHED = frozenset({State.ANSWERED, State.WITHDRAWN, State.NOT_FOI, State.LAPSED})
"""States in which the clock no longer runs and nobody is reminded."""


@unique
class LetterState(StrEnum):
    """Where one version of a letter stands."""

    DRAFT = "draft"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    ON_HOLD = "on-hold"
    APPROVED = "approved"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@unique
class Acknowledgement(StrEnum):
    """What became of the acknowledgement; a case is never silently without one."""

    NOT_YET = "not-yet"
    WITHHELD = "withheld"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asked: the address as it was clean in From, the name exactly as given (may be empty)."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class LetterVersion:
    """One version of a letter; `approver` is empty until somebody approved it.

    `reasons` say why warnings among the `remarks` may stand; one from an earlier version holds as
    long as its rule finds nothing new. `parts` are the outcomes of a letter that answers by number.
    `agreed` are those who approved it so far, in their order, the `approver` who came last among them.
    """

    version: int
    kind: str
    state: LetterState
    fingerprint: str
    mail_sha256: str
    provisions: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    recipient: str
    drafter: str
    drafted_at: datetime
    until: date | None = None
    fee_pence: int = 0
    approver: str = ""
    send_after: datetime | None = None
    held_by: str = ""
    answer: str = ""
    remarks: tuple[Remark, ...] = ()
    reasons: tuple[Reason, ...] = ()
    files: tuple[Enclosure, ...] = ()
    parts: tuple[PartDecided, ...] = ()
    agreed: tuple[str, ...] = ()
    result: str = ""

    @property
    def rules_open(self) -> tuple[str, ...]:
        """The rules whose warnings nobody has given a reason for; as long as there are any, it cannot be approved."""
        return rules_open(self.remarks, self.reasons)

    @property
    def places_open(self) -> tuple[Remark, ...]:
        """The places where words are still to be written; as long as there are any, nobody can approve it.

        They are read from the record of the version, so that no later template can close them.
        """
        return tuple(one for one in self.remarks if one.rule == OPEN_PLACE)


@dataclass(frozen=True, slots=True)
class Case:
    """A case file, folded. `revision` is the number of events that made it.

    `questions` are the numbered questions of the request, empty if it has none; `parts` what was decided
    for them so far. `assignment` is None as long as nobody was ever given it; `enquiries` are what colleagues
    were asked. `keeping` is how it stands beside other cases. `sensitive` cases may need more approvals.
    `opinions` are those of a qualified person on file, `interests` the addresses of officers who keep out.
    """

    reference: str
    number: int
    year: int
    regime: str
    state: State
    outcome: str
    received: date
    received_at: datetime
    receipt_basis: str
    due: date
    requester: Requester
    subject: str
    request_text: str
    message_sha256: str
    message_id: str
    references: tuple[str, ...]
    acknowledgement: Acknowledgement
    letters: tuple[LetterVersion, ...]
    clocks: Clocks
    revision: int
    answered_at: datetime | None = None
    questions: tuple[Question, ...] = ()
    parts: tuple[PartDecided, ...] = ()
    assignment: Assignment | None = None
    enquiries: tuple[Enquiry, ...] = ()
    keeping: Keeping = NOTHING_KEPT
    sensitive: bool = False
    opinions: tuple[Opinion, ...] = ()
    interests: tuple[str, ...] = ()

    @property
    def current(self) -> LetterVersion | None:
        """The newest version of the letter, whatever its state; None before the first draft."""
        return self.letters[-1] if self.letters else None

    @property
    def day_zero(self) -> date:
        """The day from which the period to answer is counted: receipt, or a later clarification."""
        return last_of(self.clocks, ClockName.ANSWER).started

    @property
    def answered_late(self) -> bool:
        """Whether the answer left after its last day, by the date in London; a review has its own."""
        last = next(clock for clock in reversed(self.clocks) if clock.name in OURS)
        return self.answered_at is not None and london_date(self.answered_at) > last.due

    @property
    def finished(self) -> bool:
        """Whether the answer has left, so that the clock no longer runs."""
        return self.state in FINISHED

    @property
    def opinions_missing(self) -> tuple[str, ...]:
        """The limbs of the current letter for which no opinion of the qualified person is on file."""
        return opinions_missing(self, self.current) if self.current else ()
