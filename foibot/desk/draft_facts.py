"""What a draft notice says about the letter: whom it goes to, its fingerprint, what was checked, who may decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from foibot.case.case import Case, LetterState, LetterVersion
from foibot.case.lifecycle import can_draft
from foibot.case.outcome import Enclosed, NoticeWanted
from foibot.case.remarks import Remark
from foibot.desk.clarifying import clarifying_words
from foibot.desk.deciding import OPEN, decisions_open
from foibot.desk.enclosed_files import enclosed, files_of
from foibot.desk.office import Office
from foibot.desk.ordered import as_ordered, parts_of, provisions_of, slots_of
from foibot.errors import Bug
from foibot.law.dates import listed, moment_in_words
from foibot.law.provisions import advice
from foibot.letters.changes import Change, changes
from foibot.letters.edited import OpenWords
from foibot.letters.facts import ClarifiedFacts, LetterFacts
from foibot.letters.fingerprint import shown
from foibot.letters.lint import checks_passed
from foibot.letters.open_places import mark_of
from foibot.mail.compose import File
from foibot.officers.roster import Officer, Role
from foibot.store.letters import StoredLetter
from foibot.store.transaction import Transaction

_MOST_CHANGES = 25
_MOST_DETACHED = 3


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """The current letter of a case as a notice shows it, and the earlier version it is compared with, if any.

    `clarified` are the requester's words besides the request, which the letter repeats.
    """

    stored: StoredLetter
    since: LetterVersion | None
    earlier: StoredLetter | None
    clarified: tuple[ClarifiedFacts, ...] = ()

    @property
    def files(self) -> tuple[File, ...]:
        """The files that travel with the letter."""
        return files_of(self.stored)


def letter_shown(
    tx: Transaction, office: Office, notice: NoticeWanted, case: Case | None
) -> ShownLetter | None:
    """The letter that travels with a notice; None if there is none to travel.

    It is compared with the version the notice names, else with the one before it, but never with one
    that the requester has: that was another letter, with its own end.
    """
    if notice.enclosed is not Enclosed.LETTER:
        return None
    letter = (
        tx.letters.find(case.reference, case.current.version) if case and case.current else None
    )
    if case is None or letter is None:
        raise Bug("a notice was to show a letter that does not exist")
    number = notice.since or letter.version - 1
    since = next((one for one in case.letters if one.version == number), None)
    clarified = clarifying_words(tx, office, case)
    if since is None or since.state not in _NOT_RECEIVED:
        return ShownLetter(letter, None, None, clarified)
    return ShownLetter(letter, since, tx.letters.find(case.reference, number), clarified)


def draft_orders(
    office: Office, case: Case, version: LetterVersion, officer: Officer, now: datetime
) -> tuple[tuple[str, str], ...]:
    """What this reader could order about the current version, as it stands now, each with what it does."""
    return (
        *decisions_open(office, case, version, officer, now),
        *_changes(office, case, version, officer),
        ("show", "sends you this letter again as it is then"),
        ("when", "tells you how the last day was counted"),
    )


def _changes(
    office: Office, case: Case, version: LetterVersion, officer: Officer
) -> Iterator[tuple[str, str]]:
    """The orders that make the next version; how to word a slot is for those who draft."""
    if not can_draft(case):
        return
    wanted = {one.words for one in version.places_open}
    # What cannot be left out stands first.
    slots = sorted(slots_of(office, case, version), key=lambda one: one.name not in wanted)
    if slots:
        does = "reads the words you changed between the marks at the end of this mail"
        yield f"edit v{version.version}", does
    for slot in slots:
        what = slot.title[:1].lower() + slot.title[1:]
        how = f" {slot.help}" if officer.may(Role.OFFICER) else ""
        yield f"set {slot.name}", f"{what}, in your own words on the lines below.{how}"
    if office.book.kinds[version.kind].takes_files:
        yield "attach", "adds the files attached to your reply; one of the same name is replaced"
    for file in version.files[:_MOST_DETACHED]:
        yield f"detach {file.name}", "takes this file out"


def open_words(office: Office, case: Case) -> tuple[OpenWords, ...]:
    """The words of the current letter that can be changed, as they stand; none where no draft can be made."""
    letter = case.current
    if letter is None or not can_draft(case):
        return ()
    own, wanted = dict(letter.slots), {one.words for one in letter.places_open}
    return tuple(
        OpenWords(
            one.name,
            one.help,
            own.get(one.name, mark_of(one) if one.name in wanted else one.default_text),
        )
        for one in slots_of(office, case, letter)
    )


def about_letter(
    office: Office,
    case: Case,
    version: LetterVersion,
    letter: ShownLetter,
    now: datetime,
) -> dict[str, object]:
    """The facts of a draft notice about the current version, the same for every reader."""
    wanted = as_ordered(version)
    provisions = provisions_of(office, case, wanted)
    facts = office.letter_facts(case, office.roster.find(version.drafter), now, wanted, provisions)
    facts = replace(
        facts,
        case=replace(facts.case, clarified=letter.clarified),
        parts=parts_of(office, case, wanted),
    )
    return {
        "version": version.version,
        "kind": office.book.kinds[version.kind].title,
        "fingerprint": shown(version.fingerprint),
        "recipient": version.recipient,
        "drafter": office.roster.name_of(version.drafter),
        "drafted_at": moment_in_words(version.drafted_at),
        "provisions": [one.in_full for one in provisions],
        "advice": [
            *advice(provisions, authority_kind=office.rules.authority_kind),
            *(one.in_words() for one in _advice(version)),
        ],
        "warnings": [_warning(office, version, one) for one in version.remarks if one.needs_reason],
        "places": [{"line": f"set {one.words}", "what": one.why} for one in version.places_open],
        "checks": _checks(version, letter, facts),
        "reworded": listed([name for name, _ in version.slots]),
        "pdf_name": letter.stored.pdf_name if letter.stored.pdf else "",
        **enclosed(version, letter.since),
        "letter_state": version.state.value,
        "undo_minutes": office.rules.undo_minutes,
        "office_hours": hours.in_words() if (hours := office.rules.office_hours) else "",
        "again": False,
        **_changed(office, version, letter),
    }


def _advice(version: LetterVersion) -> Iterator[Remark]:
    """What the checks have to say that nobody has to give a reason for."""
    places = version.places_open
    return (one for one in version.remarks if not one.needs_reason and one not in places)


def _checks(version: LetterVersion, letter: ShownLetter, facts: LetterFacts) -> list[str]:
    """What the letter has passed; of one that is not finished nothing can be said."""
    if version.places_open:
        return []
    return list(checks_passed(version.kind, letter.stored.text, facts))


def _changed(office: Office, version: LetterVersion, letter: ShownLetter) -> dict[str, object]:
    """What is different from the earlier version: another kind of letter, or which words."""
    since, earlier = letter.since, letter.earlier
    if since is None or earlier is None:
        return {"since": 0, "other_kind": "", "changes": [], "more_changes": 0}
    found: tuple[Change, ...] = ()
    if since.kind == version.kind:
        found = changes(earlier.html, letter.stored.html)
    return {
        "since": since.version,
        "other_kind": "" if since.kind == version.kind else office.book.kinds[since.kind].title,
        "changes": [asdict(one) for one in found[:_MOST_CHANGES]],
        "more_changes": max(len(found) - _MOST_CHANGES, 0),
    }


def _warning(office: Office, version: LetterVersion, found: Remark) -> str:
    given = next((one for one in version.reasons if one.rule == found.rule), None)
    if given is None:
        return found.in_words()
    since = "" if given.version == version.version else f" on version {given.version}"
    by = office.roster.name_of(given.by)
    return f"{found.in_words()} It may stand, {by} said{since}: “{given.why}”."


_NOT_RECEIVED = {*OPEN, LetterState.SUPERSEDED, LetterState.REJECTED, LetterState.REFUSED}
