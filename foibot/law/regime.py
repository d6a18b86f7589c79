"""The words in which a regime's law is written down: limits, exemptions and their limbs; no rule lives here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, unique

from foibot.errors import Bug, OfficerMustReword


class NoLimitInForce(OfficerMustReword):
    """No time limit of that kind was in force on that day."""


class TwoLimitsInForce(Bug):
    """Two time limits for one duty overlap, so that foibot cannot tell which date is the lawful one."""


@unique
class Nation(StrEnum):
    """A part of the UK with its own bank holidays.

    England and Wales share one list in Schedule 1 to the Banking and Financial Dealings Act 1971.
    """

    ENGLAND_AND_WALES = "England and Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


@unique
class Duty(StrEnum):
    """What somebody has to do, or may still do, by a date."""

    ANSWER = "answer the request"
    ANSWER_EXTENDED = "answer a complex and voluminous request"
    WEIGH_PUBLIC_INTEREST = "finish weighing the public interest"
    TELL_OF_EXTENSION = "tell the requester of the extension"
    ANSWER_FROM_ARCHIVE = "answer about a transferred public record"
    ANSWER_FROM_SCHOOL = "answer for a school that did not sit, at the latest"
    APPLY_FOR_MORE_TIME = "apply to the regulator for more time"
    ANSWER_FROM_OVERSEAS = "answer in the time that the regulator gave, at the latest"
    SEND_FEES_NOTICE = "send the fees notice"
    PAY_FEE = "pay the fee"
    ASK_FOR_CLARIFICATION = "ask the requester to clarify"
    CLARIFY = "clarify before the request lapses"
    ASK_FOR_REVIEW = "ask for an internal review"
    ANSWER_REVIEW = "answer the internal review"
    ANSWER_REVIEW_EXTENDED = "answer an exceptionally hard internal review"
    COMPLAIN_TO_REGULATOR = "complain to the regulator"
    ANSWER_REGULATOR = "answer once the regulator has asked why there was no answer"
    APPEAL = "appeal against a decision notice"
    TAKE_STEPS = "take the steps of a decision notice"
    AGGREGATE = "add later requests to the cost of the first"


@unique
class Unit(Enum):
    """How a limit is counted. "Beginning with" counts the first day as day 1; the others do not."""

    WORKING_DAYS = "working days after"
    WORKING_DAYS_BEGINNING_WITH = "working days beginning with"
    CALENDAR_DAYS = "calendar days after"
    MONTHS = "months after"
    MONTHS_BEGINNING_WITH = "months beginning with"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """`number` `unit` for `duty`, for periods that start within [in_force_from, in_force_until]."""

    duty: Duty
    number: int
    unit: Unit
    citation: str
    in_force_from: date
    in_force_until: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether a period that starts `on` this day is governed by this row."""
        return self.in_force_from <= on and (
            self.in_force_until is None or on <= self.in_force_until
        )


@unique
class Kind(StrEnum):
    """What an exemption asks to be shown before it can be relied on (X-04)."""

    CLASS = "class"
    PREJUDICE = "prejudice"
    SUBSTANTIAL_PREJUDICE = "substantial prejudice"
    ADVERSE_EFFECT = "adverse effect"
    ENDANGERMENT = "endangerment"
    REQUIRED = "required"
    OPINION = "opinion of the qualified person"
    OTHER = "other"

    @property
    def harm(self) -> str:
        """What has to be evidenced before it withholds anything; "" for a class or another test."""
        return "" if self in {Kind.CLASS, Kind.OTHER} else _HARM.get(self, self.value)


# Section 24 and its like ask whether it is necessary, which is less than harm and more than a class.
_HARM = {Kind.REQUIRED: "necessity"}


@dataclass(frozen=True, slots=True)
class Limb:
    """One lettered paragraph: `letter` without brackets ("a", "b(i)"), `words` as a letter may quote them.

    `rarely_for` holds kinds of authority for which it is almost never right (X-08).
    """

    letter: str
    words: str
    rarely_for: tuple[str, ...] = ()

    @property
    def bracketed(self) -> str:
        """As it is cited: "(a)", "(b)(i)"."""
        return bracketed(self.letter)


def bracketed(letter: str) -> str:
    """How a letter is cited: "a" is "(a)", "b(i)" is "(b)(i)"."""
    first, bracket, rest = letter.partition("(")
    return f"({first}){bracket}{rest}"


@dataclass(frozen=True, slots=True)
class Ncnd:
    """Where an exemption lifts the duty to confirm or deny: `provision` is "24(2)" (FOIA 2000 s.2(1)).

    `limbs` are letters of the NCND provision itself; where it has none, the limbs of the exemption are
    cited by reference. `limb_required` means that the provision says too little without one (N-04).
    `read_with` means that the exemption itself has to be cited too (FOISA 2002 s.18(1)). `named_apart`
    means that an earlier exemption has the same provision, so that a letter alone would name that one.
    """

    provision: str
    needs_public_interest_test: bool
    kind: Kind
    limbs: tuple[Limb, ...] = ()
    limb_required: bool = False
    read_with: bool = False
    named_apart: bool = False


@dataclass(frozen=True, slots=True)
class Exemption:
    """One row of a regime's exemptions. `section` is how it is cited to withhold: "24(1)", "12(5)(b)".

    `absolute` exemptions need no public interest test to withhold (FOIA 2000 s.2(3)). `limbs` are the
    lettered paragraphs an officer may name; `whole` means that a letter may also rely on it without one.
    `not_for` and `rarely_for` hold kinds of authority (X-08).
    """

    section: str
    title: str
    kind: Kind
    absolute: bool
    ncnd: Ncnd | None
    limbs: tuple[Limb, ...]
    citation: str
    note: str = ""
    not_for: tuple[str, ...] = ()
    rarely_for: tuple[str, ...] = ()
    whole: bool = False

    @property
    def subsection(self) -> str:
        """The section without limbs: "37(1)" of "37(1)(a) to (ab)"; "26" where there are no subsections."""
        end = self.section.find(")")
        return self.section[: end + 1] if end > 0 else self.section

    @property
    def number(self) -> str:
        """The section alone: "37"."""
        return self.section.partition("(")[0]

    @property
    def condition(self) -> str:
        """The second provision that the first depends on: "40(3A)" of "40(2) with 40(3A)"; or ""."""
        return self.section.partition(" with ")[2]

    @property
    def withheld_as(self) -> str:
        """What a refusal cites, before any limb: "37(1)", "40(2)", "12(5)(b)"."""
        return self.subsection + (f"({self.own_letter})" if self.own_letter else "")

    @property
    def own_letter(self) -> str:
        """The letter that is the row's own: "b" of "12(5)(b)"; "" where the letters are limbs."""
        letter = self.section.partition(" ")[0][len(self.subsection) :].strip("()")
        return "" if any(limb.letter == letter for limb in self.limbs) else letter

    @property
    def ncnd_provision(self) -> str:
        """What is cited to neither confirm nor deny: "31(3)"; empty if the law has nothing (X-11)."""
        return self.ncnd.provision if self.ncnd else ""

    @property
    def own_ncnd_limbs(self) -> tuple[Limb, ...]:
        """The limbs of the NCND provision itself: (i) and (ii) of 40(5B)(a)."""
        return self.ncnd.limbs if self.ncnd else ()

    @property
    def ncnd_limbs(self) -> tuple[Limb, ...]:
        """The limbs that may be named with `ncnd_provision`: its own, or else those of this exemption."""
        return self.own_ncnd_limbs or self.limbs

    def leads_to(self, provision: str) -> bool:
        """Whether `provision`, with or without its letter, is this row's: "40(5B)" for "40(5B)(a)"."""
        return self.ncnd_provision == provision or self.ncnd_provision.startswith(f"{provision}(")


@dataclass(frozen=True, slots=True)
class OldCitation:
    """A provision that a later Act replaced: what to cite instead, and since when (X-07).

    `now` is the section of the exemption it belongs to; `ncnd` that it was about confirming or denying.
    """

    section: str
    now: str
    since: date
    citation: str
    ncnd: bool = False


@dataclass(frozen=True, slots=True)
class NotAnExemption:
    """A section officers cite as if it were an exemption, and why it is not."""

    section: str
    why: str


@dataclass(frozen=True, slots=True)
class Proclaimed:
    """A bank holiday that is not taken from the shipped calendar (T-07, T-10, T-12)."""

    day: date
    name: str
    nation: Nation


@dataclass(frozen=True, slots=True)
class Regime:
    """One information-access law. `nations` are those whose bank holidays stop its clock.

    `ncnd_example` and `withheld_example` are provisions that work, shown where foibot cannot guess what
    was meant. `ground` is what the law calls a reason to refuse. `same_as` maps a provision that may be
    cited in the place of another.

    `proclaimed` is for holidays announced since this version of foibot was made:
    `replace(FOIA, proclaimed=frozenset({...}))` is the same law with more days not counted. In the
    `published_years` they are all the holidays there are, and the shipped calendar is not asked.
    """

    key: str
    act: str
    short: str
    nations: frozenset[Nation]
    limits: tuple[TimeLimit, ...]
    exemptions: tuple[Exemption, ...]
    ncnd_example: str
    withheld_example: str
    old_citations: tuple[OldCitation, ...] = ()
    not_exemptions: tuple[NotAnExemption, ...] = ()
    same_as: tuple[tuple[str, str], ...] = ()
    ground: str = "exemption"
    proclaimed: frozenset[Proclaimed] = frozenset()
    published_years: frozenset[int] = frozenset()

    @property
    def division(self) -> str:
        """What the law calls its own parts: "section" or "regulation"."""
        return division(self.key)

    def limit(self, duty: Duty, on: date) -> TimeLimit:
        """The one limit for `duty` that governs a period starting `on` this day."""
        found = [limit for limit in self.limits if limit.duty is duty and limit.in_force(on)]
        if not found:
            raise NoLimitInForce(
                f"{self.short} had no limit to {duty} on {on.isoformat()}. Check the date and the regime."
            )
        if len(found) > 1:
            raise TwoLimitsInForce
        return found[0]


_REGULATIONS = frozenset({"eir", "eisr"})


def division(regime: str) -> str:
    """What the law of that key calls its own parts: "section" or "regulation"."""
    return "regulation" if regime in _REGULATIONS else "section"
