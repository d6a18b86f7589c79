"""What a letter may know: plain frozen values, and never whether the information is held; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from foibot.case.parts import PartOutcome
from foibot.law.calendar import Working
from foibot.law.provisions import Provision
from foibot.law.regime import Regime
from foibot.letters.threat_level import NO_THREAT_LEVEL, ThreatLevel


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """Who looks again at a decision; both numbers are working days."""

    title: str
    address: tuple[str, ...]
    email: str
    window_days: int = 40
    target_days: int = 20


@dataclass(frozen=True, slots=True)
class AuthorityFacts:
    """The public authority, under its one correct name. Empty text means: there is none."""

    name: str
    kind: str
    postal_address: tuple[str, ...]
    email: str
    phone: str
    website: str
    privacy_url: str
    review_contact: ReviewFacts


@dataclass(frozen=True, slots=True)
class RegulatorFacts:
    """The regulator as it stood on `checked`: its name and address change by statute (L-08)."""

    name: str
    address: tuple[str, ...]
    email: str
    phone: str
    website: str
    complaint_url: str
    checked: date


@dataclass(frozen=True, slots=True)
class ClarifiedFacts:
    """What the requester wrote, on which day, when they were asked what they mean; kept as it came."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The request. `subject` and `request_text` are a stranger's words, kept as they came."""

    reference: str
    subject: str
    request_text: str
    received: date
    due: date
    working: Working | None = None
    clarified: tuple[ClarifiedFacts, ...] = ()

    @property
    def asked(self) -> str:
        """All that the requester asked, with what they wrote to make it clear."""
        return "\n\n".join((self.request_text, *(each.text for each in self.clarified)))


@dataclass(frozen=True, slots=True)
class RequesterFacts:
    """The requester's name exactly as given, or empty; no title or gender is ever guessed (L-02)."""

    name: str


@dataclass(frozen=True, slots=True)
class OfficerFacts:
    """Who signs."""

    name: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One question and how it is answered. `question` is a stranger's words, kept as they came."""

    number: str
    question: str
    outcome: PartOutcome
    provisions: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """All a letter is made of: the same facts always give the same bytes.

    There is no field for whether the information is held, so no template can read it (N-13).
    `slots` holds the officers' text by slot name; a slot not named keeps its default text.

    The rest is for single kinds of letter: `until` is the day by which something is promised,
    `lapse` when an unanswered question or fee closes the request, `asked` when it was put, `result` what a review came to, `fee` an
    amount as it is written ("£12.50"), `pay_by` its last day, `files` the names of what is enclosed,
    `parts` the answer to each numbered question, whose provisions are those of the letter.
    `threat_level` is how the national level may be worded in this office.
    `language` is the folder of a language besides English ("cy"), for letters that have been put
    into it.
    """

    authority: AuthorityFacts
    regulator: RegulatorFacts
    case: CaseFacts
    requester: RequesterFacts
    officer: OfficerFacts
    today: date
    regime: Regime
    provisions: tuple[Provision, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None
    lapse: date | None = None
    fee: str = ""
    pay_by: date | None = None
    asked: date | None = None
    result: str = ""
    files: tuple[str, ...] = ()
    parts: tuple[PartFacts, ...] = ()
    threat_level: ThreatLevel = NO_THREAT_LEVEL
    language: str = "en"

    @property
    def outcomes(self) -> Mapping[str, PartOutcome]:
        """What was decided for each numbered question, in their order; empty for most letters."""
        return {one.number: one.outcome for one in self.parts}
