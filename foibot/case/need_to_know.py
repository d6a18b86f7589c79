"""Who may read a case: everybody without an interest in it, or of those only the people a restriction names; no I/O."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.case.interests import Person, keeps_out


def is_restricted(case: Case) -> bool:
    """Whether the case is open to named people alone."""
    return bool(case.keeping.readers)


def is_off_the_list(case: Case, person: Person) -> bool:
    """Whether the case is restricted to others (S1)."""
    return is_restricted(case) and not any(person.is_at(one) for one in case.keeping.readers)


def is_shut_out(case: Case, person: Person) -> bool:
    """Whether somebody reads nothing of the case, decides nothing on it and is asked nothing about it."""
    return keeps_out(case, person) or is_off_the_list(case, person)
