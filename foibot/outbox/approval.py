"""Who may approve what: bound to one version and its fingerprint, by another person than the drafter; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum, unique

from foibot.case.case import Case, LetterState, LetterVersion
from foibot.case.later_letters import REVIEW_OUTCOME, decided_by
from foibot.case.need_to_know import is_shut_out
from foibot.case.precedents import DEPARTS
from foibot.officers.authenticate import Secret
from foibot.officers.roster import Officer, Role, Roster
from foibot.outbox.approval_rules import (
    ApprovalRule,
    Turn,
    can_be_met,
    kinds_of,
    people_who_agreed,
    rules_for,
    still_wanted,
    turn_of,
)

ALWAYS_FOUR_EYES = frozenset({"ncnd", "ncnd-part", "vexatious", "repeated"})
"""Kinds that no configuration takes off the four-eyes list. The last two are section 14, which they are
without naming it among their provisions."""

SENSITIVE_SECTIONS = frozenset({"14", "23", "24", "36"})
"""Sections of the FOIA 2000 on which nobody answers alone, whatever the letter (W-06): vexatious requests,
security bodies, national security, and what a qualified person has an opinion on."""


@unique
class Refusal(StrEnum):
    """Why a decision on a version does not count; the value names the check in the record."""

    NO_LETTER = "no-letter"
    NOT_CURRENT = "not-current"
    ALREADY_DECIDED = "already-decided"
    NOT_APPROVER = "not-approver"
    OWN_DRAFT = "own-draft"
    TOOK_PART = "took-part"
    HELD_BY_ANOTHER = "held-by-another"
    TOO_EARLY = "too-early"
    NOT_ASKED = "not-asked"
    GIVEN = "given-before"
    CONFLICT = "conflict"
    NOT_IN_PLACE = "not-in-place"
    OPINION_MISSING = "opinion-missing"
    REASON_MISSING = "reason-missing"
    UNFINISHED = "unfinished"
    UNANSWERED = "unanswered"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Decision:
    """A wish to decide on a version: who, which version they typed, and the secret they answered with."""

    officer: Officer
    version: int
    secret: Secret | None


def needs_four_eyes(letter: LetterVersion, configured: Collection[str]) -> bool:
    """Whether the approver must be another person than the drafter.

    By the kind, by what the outcomes of single questions make of it, by a section it relies on, or because it departs from NCND. Numbers of other laws that
    begin alike are treated alike: a second person does no harm.
    """
    sections = {one.partition("(")[0].partition(" ")[0] for one in letter.provisions}
    if not SENSITIVE_SECTIONS.isdisjoint(sections):
        return True
    departs = any(one.rule == DEPARTS for one in letter.remarks)
    return departs or not kinds_of(letter).isdisjoint(ALWAYS_FOUR_EYES | set(configured))


_DECIDED = frozenset({LetterState.APPROVED, LetterState.SENT, LetterState.UNCERTAIN})


def _about_the_letter(case: Case, version: int) -> Refusal | None:
    letter = case.current
    if letter is None:
        return Refusal.NO_LETTER
    if version != letter.version:
        return Refusal.NOT_CURRENT
    if letter.state in _DECIDED:
        return Refusal.ALREADY_DECIDED
    if letter.state not in {LetterState.DRAFT, LetterState.ON_HOLD}:
        return Refusal.NOT_CURRENT
    return None


def _about_the_secret(decision: Decision) -> Refusal | None:
    if decision.secret is None:
        return Refusal.UNANSWERED
    if decision.secret.used or decision.secret.revoked:
        return Refusal.SPENT
    return None


def reviews_own_decision(case: Case, letter: LetterVersion, officer: Officer) -> bool:
    """Whether this letter is the result of a review of what this very person decided (L-36)."""
    return letter.kind == REVIEW_OUTCOME and any(officer.is_at(one) for one in decided_by(case))


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may let which letters go: the kinds of the four-eyes list, the table of approvals, everybody there is."""

    four_eyes: Collection[str]
    table: tuple[ApprovalRule, ...]
    roster: Roster

    def turn(self, case: Case, officer: Officer) -> Turn:
        """What this officer's approval of the current letter would be now."""
        letter = case.current
        if letter is None:
            return Turn.NOT_ASKED
        rules = rules_for(case, letter, self.table)
        could = [one for one in self.roster if _has_no_say(case, letter, one, self) is None]
        return turn_of(rules, people_who_agreed(case, letter, self.roster), officer, could)

    def enough(self, case: Case, people: Iterable[Officer]) -> bool:
        """Whether these people could give all the approvals that the current letter asks for."""
        letter = case.current
        if letter is None:
            return True
        able = [
            one
            for one in people
            if not self.is_own(letter, one) and not reviews_own_decision(case, letter, one)
        ]
        return all(can_be_met(one, able) for one in rules_for(case, letter, self.table))

    def is_own(self, letter: LetterVersion, officer: Officer) -> bool:
        """Whether the officer drafted a letter that needs a second person."""
        return officer.is_at(letter.drafter) and needs_four_eyes(letter, self.four_eyes)

    def wanted(self, case: Case) -> str:
        """The approvals that the current letter still needs, in words; "" if none."""
        letter = case.current
        if letter is None:
            return ""
        rules = rules_for(case, letter, self.table)
        return still_wanted(rules, people_who_agreed(case, letter, self.roster), self.roster)


def _alone(case: Case, letter: LetterVersion, officer: Officer, policy: Policy) -> Refusal | None:
    """Why this very person has no say in the approval of a letter; None if they may."""
    if is_shut_out(case, officer):
        return Refusal.CONFLICT
    if policy.is_own(letter, officer):
        return Refusal.OWN_DRAFT
    if reviews_own_decision(case, letter, officer):
        return Refusal.TOOK_PART
    return None


def _has_no_say(
    case: Case, letter: LetterVersion, officer: Officer, policy: Policy
) -> Refusal | None:
    """The same of somebody who may only stand in for another: what that person may not, they may not either."""
    own = _alone(case, letter, officer, policy)
    if own is not None or Role.APPROVER not in officer.lent:
        return own
    people = (policy.roster.find(one.of) for one in officer.approving_for())
    could = any(one and _alone(case, letter, one, policy) is None for one in people)
    return None if could else Refusal.NOT_IN_PLACE


_TURNS = {
    Turn.TOO_EARLY: Refusal.TOO_EARLY,
    Turn.NOT_ASKED: Refusal.NOT_ASKED,
    Turn.GIVEN: Refusal.GIVEN,
}


def against_person(case: Case, officer: Officer, policy: Policy) -> Refusal | None:
    """Why it is not for this officer to approve the current letter now; None if it is."""
    letter = case.current
    if letter is None:
        return Refusal.NO_LETTER
    if not officer.may(Role.APPROVER):
        return Refusal.NOT_APPROVER
    no_say = _has_no_say(case, letter, officer, policy)
    if no_say is not None:
        return no_say
    if letter.state is LetterState.ON_HOLD and not officer.is_at(letter.held_by):
        return Refusal.HELD_BY_ANOTHER
    return _TURNS.get(policy.turn(case, officer))


def may_approve(case: Case, decision: Decision, policy: Policy) -> Refusal | None:
    """None if this officer may approve this version now, else the first reason against it."""
    refused = _about_the_letter(case, decision.version)
    if refused is not None or case.current is None:
        return refused
    if case.current.places_open:
        # Whoever asks: words are wanted first, and the next version may be theirs to approve.
        return Refusal.UNFINISHED
    return (
        against_person(case, decision.officer, policy)
        or (Refusal.REASON_MISSING if case.current.rules_open else None)
        or (Refusal.OPINION_MISSING if case.opinions_missing else None)
        or _about_the_secret(decision)
    )


def may_accept(case: Case, version: int) -> Refusal | None:
    """None if warnings of this version may still be given a reason, else why not."""
    return _about_the_letter(case, version)


def may_decline(case: Case, decision: Decision) -> Refusal | None:
    """None if this officer may reject or hold this version now, else the first reason against it.

    Declining is safe, so that the drafter may do it too, and nobody's hold stands against it.
    """
    refused = _about_the_letter(case, decision.version)
    if refused is not None:
        return refused
    if not decision.officer.may(Role.APPROVER):
        return Refusal.NOT_APPROVER
    return _about_the_secret(decision)
