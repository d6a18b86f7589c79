"""Who is sent a notice: the people its audience names, without those who may not read the case."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.case.need_to_know import is_shut_out
from foibot.case.outcome import Audience, NoticeWanted
from foibot.desk.office import Office
from foibot.officers.roster import Officer, Role

_ONE = frozenset({Audience.ORDERING_OFFICER, Audience.PERSON})
_OF_THE_OFFICE = (Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)


def audience(
    office: Office, notice: NoticeWanted, case: Case | None, ordering: Officer | None
) -> tuple[Officer, ...]:
    """The readers of a notice. Where nobody it names may read the case, the rest of those who may hear instead.

    Whoever ordered something is answered in any case: that the case is not open to them is all they read.
    """
    people = _named(office, notice, ordering)
    if case is None or notice.to is Audience.ORDERING_OFFICER:
        return people
    kept = tuple(one for one in people if not is_shut_out(case, one) or notice.to_who_keeps_out)
    if kept or not people or notice.to in _ONE:
        return kept
    return tuple(
        one for one in office.roster.with_role(*_OF_THE_OFFICE) if not is_shut_out(case, one)
    )


def _named(office: Office, notice: NoticeWanted, ordering: Officer | None) -> tuple[Officer, ...]:
    people = office.roster
    match notice.to:
        case Audience.ORDERING_OFFICER:
            return (ordering,) if ordering else ()
        case Audience.OFFICERS:
            return people.with_role(Role.OFFICER)
        case Audience.APPROVERS:
            return people.with_role(Role.APPROVER)
        case Audience.OFFICERS_AND_APPROVERS:
            return people.with_role(Role.OFFICER, Role.APPROVER)
        case Audience.ADMINISTRATORS:
            return people.with_role(Role.ADMINISTRATOR) or people.with_role(Role.OFFICER)
        case Audience.EVERYBODY:
            return people.with_role(*_OF_THE_OFFICE)
        case Audience.PERSON:
            person = people.find(notice.person)
            return (person,) if person else ()
