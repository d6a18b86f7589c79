"""Whom the configuration names for what others may not: keepers of restricted cases, readers of colleagues' answers; no I/O."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from foibot.case.case import Case
from foibot.case.interests import keeps_out
from foibot.case.need_to_know import is_off_the_list, is_shut_out
from foibot.officers.roster import Officer, Role, Roster

WHO_HAS_IT: Final = "who-has-it"
WHO_APPROVES: Final = "who-approves"
ANSWER_READERS: Final = (WHO_HAS_IT, WHO_APPROVES, Role.OFFICER, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR)  # fmt: skip
"""The words that may stand for readers of answers, besides addresses."""


def named_by(roster: Roster, names: Collection[str]) -> tuple[Officer, ...]:
    """The people with one of these roles, or at one of these addresses."""
    return tuple(one for one in roster if _is_named(one, names))


def _is_named(person: Officer, names: Collection[str]) -> bool:
    return any(person.is_at(one) if "@" in one else Role(one) in person.roles for one in names)


def keepers_off_the_list(case: Case, roster: Roster, names: Collection[str]) -> tuple[Officer, ...]:
    """Those who hear of a restricted case by its reference alone, and may say who else reads it."""
    keepers = named_by(roster, names) or roster.with_role(Role.OFFICER)
    return tuple(one for one in keepers if is_off_the_list(case, one) and not keeps_out(case, one))


def nobody_reads(case: Case, roster: Roster) -> bool:
    """Whether a restricted case has nobody left who could work on it."""
    able = roster.with_role(Role.OFFICER, Role.APPROVER)
    return all(is_shut_out(case, one) for one in able)


def readers_of_answers(case: Case, roster: Roster, names: Collection[str]) -> tuple[Officer, ...]:
    """Who may read what colleagues have said about holding on this case (W-05)."""
    return tuple(one for one in roster if may_read_answers(case, one, roster, names))


def may_read_answers(case: Case, person: Officer, roster: Roster, names: Collection[str]) -> bool:
    """Whether somebody may read them.

    While nobody has the case, whoever asked counts as having it, and every officer where that person is gone.
    """
    if is_shut_out(case, person) or person.roles == {Role.HOLDER}:
        return False
    if WHO_HAS_IT in names and _has(case, person, roster):
        return True
    if WHO_APPROVES in names and person.may(Role.APPROVER):
        return True
    return _is_named(person, set(names) - {WHO_HAS_IT, WHO_APPROVES})


def _has(case: Case, person: Officer, roster: Roster) -> bool:
    owner = roster.find(case.assignment.to) if case.assignment and case.assignment.to else None
    if owner is not None and _works_on(case, owner):
        return person == owner
    asked = [one for one in (roster.find(each.by) for each in case.enquiries) if one]
    askers = [one for one in asked if _works_on(case, one)]
    return person in askers if askers else person.may(Role.OFFICER)


def _works_on(case: Case, person: Officer) -> bool:
    return person.may(Role.OFFICER, Role.APPROVER) and not is_shut_out(case, person)
