"""The table of who has to approve which letters: how many people, in which roles or by name, in order or not; no I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto, unique
from typing import Final

from foibot.case.case import Case, LetterVersion
from foibot.case.need_to_know import is_shut_out
from foibot.case.parts import PartOutcome, counts_as
from foibot.law.dates import listed
from foibot.officers.roster import Officer, Role, Roster

STEP_ROLES: Final = (Role.REVIEWER, Role.ADMINISTRATOR, Role.OFFICER, Role.APPROVER)
"""The roles that a step may name, the rarer first; whoever takes a step is an approver besides."""

_A_ROLE: Final = {
    Role.REVIEWER: ("an approver who is a reviewer", "approvers who are reviewers"),
    Role.ADMINISTRATOR: ("an approver who is an administrator", "approvers who are administrators"),
    Role.OFFICER: ("an approver who is an officer", "approvers who are officers"),
    Role.APPROVER: ("an approver", "approvers"),
}
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five")
MOST_STEPS: Final = len(_NUMBERS) - 1


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """One row: letters that meet all its conditions need the approvals in `by`, each of another person.

    `by` holds the name of a role or a registered address for each approval. `letters` are kinds (empty:
    all), `sections` provisions the letter relies on (empty: any), "31" standing for "31(1)(a)" too;
    a `sensitive` row is for cases with that mark alone.
    """

    by: tuple[str, ...]
    letters: frozenset[str] = frozenset()
    sections: tuple[str, ...] = ()
    sensitive: bool = False
    in_order: bool = False

    def covers(self, letter: LetterVersion, *, sensitive: bool) -> bool:
        """Whether a letter of a case with or without that mark falls under the row."""
        if self.letters and self.letters.isdisjoint(kinds_of(letter)):
            return False
        if self.sections and not any(_relies(letter, one) for one in self.sections):
            return False
        return sensitive or not self.sensitive

    def open_steps(self, agreed: Sequence[Officer]) -> tuple[str, ...]:
        """The approvals that are still missing once these people, in this order, have given theirs."""
        return _rest_in_order(self.by, agreed) if self.in_order else _rest(self.by, agreed)


ONE_APPROVER: Final = ApprovalRule(by=(Role.APPROVER.value,))
"""What every letter needs; no configuration takes it away."""


@unique
class Turn(Enum):
    """What somebody's approval would be now: the last, one of several, not yet or never wanted, given before."""

    LAST = auto()
    COUNTS = auto()
    TOO_EARLY = auto()
    NOT_ASKED = auto()
    GIVEN = auto()


def kinds_of(letter: LetterVersion) -> set[str]:
    """The kinds that a letter is for these rules: its own, and what the outcomes of single questions make of it."""
    kinds = {letter.kind, counts_as(letter.kind, letter.parts)}
    if any(one.outcome is PartOutcome.REFUSE for one in letter.parts):
        kinds.add("refusal")
    if "ncnd-part" in kinds:
        kinds.add("ncnd")
    return kinds


def rules_for(
    case: Case, letter: LetterVersion, table: Iterable[ApprovalRule]
) -> tuple[ApprovalRule, ...]:
    """The rows that a letter falls under, the one of every letter first."""
    return (ONE_APPROVER, *(one for one in table if one.covers(letter, sensitive=case.sensitive)))


def people_who_agreed(case: Case, letter: LetterVersion, roster: Roster) -> tuple[Officer, ...]:
    """Those who have approved it and still may, each once; roles are read anew each time."""
    found = (roster.find(one) for one in letter.agreed)
    people = (
        one
        for one in found
        if one is not None and one.may(Role.APPROVER) and not is_shut_out(case, one)
    )
    return tuple({one.address: one for one in people}.values())


def turn_of(
    rules: Iterable[ApprovalRule],
    agreed: Sequence[Officer],
    officer: Officer,
    everybody: Iterable[Officer],
) -> Turn:
    """What the approval of this officer would be, after those of the people who have agreed.

    Where a row has an order, whoever has a later place waits for it, whatever other rows say. `everybody`
    are those who could approve the letter at all: somebody whom a later place needs takes no earlier one.
    """
    rules = tuple(rules)
    before = [one.open_steps(agreed) for one in rules]
    missing = sum(map(len, before))
    gave = {_voice(one) for one in agreed}
    if missing and _voice(officer) in gave:
        return Turn.GIVEN
    others = [one for one in everybody if _voice(one) not in {*gave, _voice(officer)}]
    for rule, steps in zip(rules, before, strict=True):
        if rule.in_order and steps and _waits(officer, steps, others):
            return Turn.TOO_EARLY
    after = sum(len(one.open_steps((*agreed, officer))) for one in rules)
    if after == 0:
        return Turn.LAST
    return Turn.COUNTS if after < missing else Turn.NOT_ASKED


def _waits(officer: Officer, steps: tuple[str, ...], others: Sequence[Officer]) -> bool:
    first, *later = steps
    if not any(fits(officer, one) for one in later):
        return False
    return not fits(officer, first) or bool(_rest(tuple(later), others))


def _voice(officer: Officer) -> str:
    """Whose approval it is: one in somebody's place is that person's, and does not count beside their own."""
    return officer.approving_for()[0].of if Role.APPROVER in officer.lent else officer.address


def fits(officer: Officer, step: str) -> bool:
    """Whether this officer can give the approval that a step asks for."""
    if not officer.may(Role.APPROVER):
        return False
    if "@" in step:
        return officer.is_at(step) or any(one.of == step for one in officer.approving_for())
    return officer.may(Role(step))


def can_be_met(rule: ApprovalRule, people: Iterable[Officer]) -> bool:
    """Whether there are enough different people for the row."""
    return not _rest(rule.by, tuple(people))


def still_wanted(rules: Iterable[ApprovalRule], agreed: Sequence[Officer], roster: Roster) -> str:
    """The approvals that are still missing, in words: "two approvers", "an approver and then Ruth Rose"; "" if none.

    One approval counts in every row, so that a row which asks for no more than another goes unsaid.
    """
    missing = [(one, one.open_steps(agreed)) for one in rules]
    said = [
        _in_words(rule, steps, roster)
        for place, (rule, steps) in enumerate(missing)
        if steps
        and not any(Counter(steps) < Counter(other) for _, other in missing)
        and not any(Counter(steps) == Counter(other) for _, other in missing[:place])
    ]
    return "; and ".join(said)


def _in_words(rule: ApprovalRule, steps: Sequence[str], roster: Roster) -> str:
    if rule.in_order:
        return " and then ".join(_step_in_words(one, 1, roster) for one in steps)
    return listed([_step_in_words(one, many, roster) for one, many in Counter(steps).items()])


def _step_in_words(step: str, many: int, roster: Roster) -> str:
    if "@" in step:
        return roster.name_of(step)
    one, several = _A_ROLE[Role(step)]
    return one if many == 1 else f"{_NUMBERS[many]} {several}"


def _relies(letter: LetterVersion, section: str) -> bool:
    return any(
        one == section or one.startswith((f"{section}(", f"{section} "))
        for one in letter.provisions
    )


def _rest_in_order(steps: tuple[str, ...], people: Sequence[Officer]) -> tuple[str, ...]:
    taken = 0
    for officer in people:
        if taken < len(steps) and fits(officer, steps[taken]):
            taken += 1
    return steps[taken:]


def _rest(steps: tuple[str, ...], people: Sequence[Officer]) -> tuple[str, ...]:
    """The steps nobody takes when as many as possible are taken, each by another person (augmenting paths)."""
    rarest_first = sorted(steps, key=_rarity)
    takers: dict[int, Officer] = {}

    def place(officer: Officer, tried: set[int]) -> bool:
        for number, step in enumerate(rarest_first):
            if number in tried or not fits(officer, step):
                continue
            tried.add(number)
            holder = takers.get(number)
            if holder is None or place(holder, tried):
                takers[number] = officer
                return True
        return False

    for officer in people:
        place(officer, set())
    return tuple(step for number, step in enumerate(rarest_first) if number not in takers)


def _rarity(step: str) -> int:
    return -1 if "@" in step else STEP_ROLES.index(Role(step))
