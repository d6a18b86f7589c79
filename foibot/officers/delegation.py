"""Who stands in for whom from one day to another, as the configuration says, and the roster of such a day; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, unique
from functools import lru_cache

from foibot.officers.roster import Officer, Role, Roster, StandsIn

_ORDERS = frozenset({Role.OFFICER, Role.REVIEWER})
_APPROVALS = frozenset({Role.APPROVER})


@unique
class Powers(StrEnum):
    """What of a person's work somebody else does: their orders, their approvals, or both."""

    ORDERS = "orders"
    APPROVALS = "approvals"
    BOTH = "both"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that are lent, as far as the person has them."""
        return (_ORDERS if self is not Powers.APPROVALS else frozenset()) | (
            _APPROVALS if self is not Powers.ORDERS else frozenset()
        )


@dataclass(frozen=True, slots=True)
class Delegation:
    """The officer at `to` stands in for the one at `of`, both registered addresses, from `first` to `last`, these days included."""

    of: str
    to: str
    first: date
    last: date
    powers: Powers

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on this day."""
        return self.first <= day <= self.last

    def meets(self, other: Delegation) -> bool:
        """Whether both are in force on some day."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=8)
def roster_on(staff: Roster, delegations: tuple[Delegation, ...], day: date) -> Roster:
    """The roster of a day: whoever stands in for somebody may then do what that person may.

    Nothing is taken from whoever is stood in for, and what was lent is not lent on.
    """
    today = [one for one in delegations if one.holds_on(day)]
    if not today:
        return staff
    return replace(staff, people=tuple(_as_of(one, staff, today) for one in staff))


def _as_of(officer: Officer, staff: Roster, today: Sequence[Delegation]) -> Officer:
    lent: frozenset[Role] = frozenset()
    stands_in: list[StandsIn] = []
    for one in today:
        person = staff.find(one.of)
        if person is not None and officer.is_at(one.to):
            roles = one.powers.roles & person.roles
            lent |= roles
            stands_in.append(StandsIn(person.address, person.name, one.last, roles))
    return replace(
        officer,
        roles=officer.roles | lent,
        lent=lent - officer.roles,
        stands_in=tuple(stands_in),
    )


def who_stands_in(person: Officer, roster: Roster) -> Iterator[tuple[Officer, StandsIn]]:
    """Those who stand in for somebody on the roster's day, and what for."""
    for one in roster:
        for what in one.stands_in:
            if person.is_at(what.of):
                yield one, what


def round_trip(start: Delegation, among: Sequence[Delegation]) -> bool:
    """Whether those who stand in for one another lead from its delegate back to the person, on days that meet."""
    reached, waiting = {start.to}, [start.to]
    while waiting:
        here = waiting.pop()
        for one in among:
            if one.of == here and one.meets(start) and one.to not in reached:
                reached.add(one.to)
                waiting.append(one.to)
    return start.of in reached
