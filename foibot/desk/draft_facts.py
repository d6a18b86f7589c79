"""What a draft notice says about the letter: whom it goes to, its fingerprint, what was checked, who may decide."""

from __future__ import annotations

from datetime import datetime

from foibot.case.case import Case, LetterState, LetterVersion
from foibot.desk.office import Office
from foibot.law.dates import moment_in_words
from foibot.law.provisions import Provision, advice, read_ncnd
from foibot.letters.fingerprint import shown
from foibot.letters.report import checks_passed
from foibot.mail.addresses import same_address
from foibot.officers.roster import Officer, Role
from foibot.outbox.approval import needs_four_eyes
from foibot.store.letters import StoredLetter


def provisions_of(office: Office, cited: str) -> tuple[Provision, ...]:
    """The provisions of a version again, from how they were cited."""
    read = read_ncnd(cited, office.regime, authority_kind=office.rules.authority_kind)
    return tuple(one for one in read if isinstance(one, Provision))


def may_decide(office: Office, letter: LetterVersion, officer: Officer) -> bool:
    """Whether this officer could approve this version, as far as the person is concerned."""
    own = same_address(letter.drafter, officer.address)
    return officer.may(Role.APPROVER) and not (
        own and needs_four_eyes(letter.kind, office.rules.four_eyes)
    )


def about_letter(
    office: Office,
    case: Case,
    version: LetterVersion,
    letter: StoredLetter,
    officer: Officer,
    now: datetime,
) -> dict[str, object]:
    """The facts of a draft notice about the current version, for this reader."""
    provisions = provisions_of(office, " ".join(version.provisions))
    facts = office.letter_facts(
        case, office.roster.find(version.drafter), now, provisions, version.slots
    )
    book = office.book
    slots = [
        {"name": slot.name, "help": slot.help, "own": slot.name in dict(version.slots)}
        for slot in book.slots(version.kind, provisions)
    ]
    return {
        "version": version.version,
        "kind": book.kinds[version.kind].title,
        "fingerprint": shown(version.fingerprint),
        "recipient": version.recipient,
        "drafter": office.roster.name_of(version.drafter),
        "drafted_at": moment_in_words(version.drafted_at),
        "provisions": [one.in_full for one in provisions],
        "advice": list(advice(provisions, authority_kind=office.rules.authority_kind)),
        "checks": list(checks_passed(version.kind, letter.text, facts)),
        "slots": slots,
        "pdf_name": letter.pdf_name,
        "may_decide": may_decide(office, version, officer) and version.state in _OPEN,
        "on_hold": version.state is LetterState.ON_HOLD,
        "letter_state": version.state.value,
        "undo_minutes": office.rules.undo_minutes,
        "again": False,
    }


_OPEN = {LetterState.DRAFT, LetterState.ON_HOLD}
