"""What a draft notice says about the decision: who may take it, what is still missing, the lines that take it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from foibot.case.case import Case, LetterState, LetterVersion
from foibot.case.interests import keeps_out
from foibot.case.need_to_know import is_restricted, is_shut_out
from foibot.case.opinions import opinions_for
from foibot.commands.decisions import opinion_lines
from foibot.desk.office import Office
from foibot.law.dates import listed
from foibot.officers.roster import Officer, Role
from foibot.officers.signing import APPROVE, has_to_be_signed
from foibot.outbox.approval import against_person
from foibot.outbox.approval_rules import Turn, kinds_of, people_who_agreed

OPEN = frozenset({LetterState.DRAFT, LetterState.ON_HOLD})
"""States in which a version can be decided on."""
_REJECTS = "turns it down and gives the officers your reason"


def may_decide(office: Office, case: Case, officer: Officer) -> bool:
    """Whether this officer could approve the current letter now, as far as the person is concerned."""
    return against_person(case, officer, office.policy) is None


def who_decides(office: Office, case: Case, version: LetterVersion) -> dict[str, object]:
    """The facts about the decision on the current version, the same for every reader.

    `wanted` says which approvals are missing where one alone is not enough, else it is "".
    """
    approvers = [one.name for one in office.roster if may_decide(office, case, one)]
    agreed = people_who_agreed(case, version, office.roster)
    is_open = version.state in OPEN
    wanted = office.policy.wanted(case)
    several = bool(agreed) or wanted not in {"", "an approver"}
    return {
        "held_by": office.roster.name_of(version.held_by),
        "approvers": " or ".join(approvers),
        "several_approvers": len(approvers) > 1,
        "agreed": listed([one.name for one in agreed]) if is_open else "",
        "wanted": wanted if several and is_open else "",
        "unfinished": bool(version.places_open) and is_open,
        "reasons_missing": bool(version.rules_open) and is_open,
        "opinion_missing": listed(case.opinions_missing) if is_open else "",
        "opinions": [one.in_words() for one in opinions_for(case, version)],
    }


def own_part(
    office: Office, case: Case, version: LetterVersion, reader: Officer
) -> dict[str, object]:
    """The facts about this reader's part in the decision on the current version."""
    is_open = version.state in OPEN
    return {
        "gave_it": is_open and reader in people_who_agreed(case, version, office.roster),
        "may_decide": may_decide(office, case, reader) and is_open and not _waits(case, version),
        "is_last": office.policy.turn(case, reader) is Turn.LAST,
    }


def readers_wanted(office: Office, case: Case, reader: Officer) -> Iterator[tuple[str, str]]:
    """Whom to let into a restricted case, where those who read it cannot give all its letter needs."""
    readers = [one for one in office.roster if not is_shut_out(case, one)]
    if not is_restricted(case) or office.policy.enough(case, readers):
        return
    named = [one.address for one in readers if one != reader]
    for one in office.roster.with_role(Role.APPROVER):
        if one not in readers and not keeps_out(case, one):
            order = f"restrict {', '.join([*named, one.address])}"
            yield order, f"lets {one.name} read the case, who could approve the letter"


def decisions_open(
    office: Office, case: Case, version: LetterVersion, officer: Officer, now: datetime
) -> Iterator[tuple[str, str]]:
    """The orders with which this reader could decide on the current version, each with what it does."""
    name = f"v{version.version}"
    if version.state is LetterState.APPROVED:
        yield "stop", "cancels the sending, as long as it has not left"
    if version.state in OPEN and officer.may(Role.OFFICER, Role.APPROVER):
        yield from readers_wanted(office, case, officer)
        yield from _reasons_wanted(version)
        yield from opinion_lines(case, now)
    if version.state not in OPEN or not officer.may(Role.APPROVER):
        return
    if _waits(case, version):
        yield f"reject {name}: your reason", _REJECTS
        return
    # Whoever may not approve could by a hold keep everybody else from it, so that it is not offered.
    approves = may_decide(office, case, officer)
    if approves:
        yield (
            f"approve {name}",
            _once_approved(office, case, version, officer) + _if_signed(office, version, officer),
        )
    yield f"reject {name}: your reason", _REJECTS
    if approves:
        yield f"hold {name}", "keeps anybody but you from approving it"


def _if_signed(office: Office, version: LetterVersion, officer: Officer) -> str:
    kinds, signed_letters = kinds_of(version), office.rules.signed_letters
    has_to_be = has_to_be_signed(officer.signs, APPROVE, kinds, signed_letters)
    return "; it counts only in a signed mail (S/MIME)" if has_to_be else ""


def _waits(case: Case, version: LetterVersion) -> bool:
    """Whether something has to be written, or put on record, before anybody can approve it."""
    return bool(version.places_open or version.rules_open or case.opinions_missing)


def _reasons_wanted(version: LetterVersion) -> Iterator[tuple[str, str]]:
    for rule in version.rules_open:
        does = f"says why the warning {rule} may stand; without a reason it cannot be approved"
        yield f"accept {rule} v{version.version}: your reason", does


def _once_approved(office: Office, case: Case, version: LetterVersion, officer: Officer) -> str:
    undo_minutes = office.rules.undo_minutes
    if office.policy.turn(case, officer) is not Turn.LAST:
        return "gives your approval of exactly this letter; it is not sent before the others have given theirs"
    if not undo_minutes:
        return f"sends exactly this letter to {version.recipient} at once"
    minutes = "1 minute" if undo_minutes == 1 else f"{undo_minutes} minutes"
    if office.rules.office_hours:
        minutes += " of office hours"
    return f"sends exactly this letter to {version.recipient}, {minutes} later"
