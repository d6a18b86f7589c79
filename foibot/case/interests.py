"""Who keeps out of a case, because of an interest in it; and whether the answer is under review; no I/O."""

from __future__ import annotations

from typing import Protocol

from foibot.case import approval_events as a
from foibot.case.case import Case
from foibot.case.clocks import ClockName
from foibot.case.events import Recorded


class Person(Protocol):
    """Somebody of the office; `conflicts` are addresses of requesters, or domains behind an @."""

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Whose requests this person keeps out of."""

    def is_at(self, address: str) -> bool:
        """Whether the address is this person's."""


def interests_after(had: tuple[str, ...], recorded: Recorded) -> tuple[str, ...]:
    """The registered addresses of those with an interest in the case, after an event."""
    match recorded.event:
        case a.InterestDeclared(officer=officer):
            return tuple(dict.fromkeys((*had, officer)))
        case a.InterestEnded(officer=officer):
            return tuple(one for one in had if one != officer)
        case _:
            return had


def keeps_out(case: Case, person: Person) -> bool:
    """Whether somebody neither drafts nor approves on the case nor reads what is in it (W-08)."""
    requester = case.requester.address.lower()
    by_rule = (one.lower() for one in person.conflicts)
    return any(person.is_at(one) for one in case.interests) or any(
        requester == one or (one.startswith("@") and requester.endswith(one)) for one in by_rule
    )


def under_review(case: Case) -> bool:
    """Whether an internal review of the answer runs."""
    return any(one.name is ClockName.REVIEW and one.runs for one in case.clocks)
