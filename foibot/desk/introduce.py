"""The officers are shown a new case: what was asked, what it looks like, and what they can order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foibot.case.case import Acknowledgement, Case
from foibot.case.events import AcknowledgementWithheld, QuestionsNumbered
from foibot.case.need_to_know import is_restricted
from foibot.case.outcome import Audience, Enclosed, NoticeWanted
from foibot.case.precedents import seen_before
from foibot.case.questions import recognised
from foibot.case.suggestions.looks import looks
from foibot.case.suggestions.origin import wording_digest
from foibot.case.suggestions.transmission import presumed
from foibot.commands.likely import by_number, likely_orders
from foibot.commands.questions import EXAMPLE as QUESTIONS
from foibot.commands.taking_on import ACCEPT
from foibot.desk.about import About
from foibot.desk.indexing import index
from foibot.desk.office import Office
from foibot.desk.precedent import known_about, remember
from foibot.desk.receipt import Receipt
from foibot.desk.record import Cause, notify, record
from foibot.mail.attached_words import attached_words
from foibot.mail.file_names import listed
from foibot.mail.message import IncomingMail
from foibot.mail.received_at import moment_of
from foibot.mail.reply_text import above_ours
from foibot.mail.thread import conversation
from foibot.officers.roster import Role
from foibot.store.transaction import Transaction

_Lines = tuple[tuple[str, str], ...]
_ALL: _Lines = (("help", "lists every order"),)
_OURS = (
    "our own earlier mail, quoted below their words, is left out; the message itself is attached"
)
_ACK: _Lines = (("ack", "sends the acknowledgement"),)


def introduce(
    tx: Transaction,
    office: Office,
    case: Case,
    mail: IncomingMail,
    raw: bytes,
    now: datetime,
    receipt: Receipt | None = None,
    *,
    cut: bool = False,
) -> None:
    """Tell the officers of a case that `mail` opened, with all that foibot makes of it.

    They get its bytes as well, `raw`, where there is more to it than the text that is shown; `cut` if those are
    only its beginning.

    It can follow the acknowledgement at any distance: nobody but the officers waits for it.
    """
    numbered = recognised(case.request_text)
    if numbered.questions:
        read = QuestionsNumbered(len(numbered.questions), numbered.questions)
        case = record(tx, office, case, [read], Cause("foibot", "rule L-05"), now)
    known = known_about(tx, case)
    remember(tx, case)
    index(tx, case)
    before = seen_before(case, known)
    earlier = _asked_before(tx, case, now)
    if any(earlier in line for line in before):
        earlier = ""
    beside = _in_conversation(tx, case, mail)
    left_out = above_ours(mail.text, office.mailbox) != mail.text
    asked = replace(mail, text=case.request_text)
    seen = looks(asked, case.regime, office.laws.keys, office.border.own_domains, earlier)
    other_day = presumed(moment_of(mail.date), case.received, case.regime)
    found: dict[str, object] = {
        "flags": [*mail.flags, *((_OURS,) if left_out else ())],
        "files": listed([attachment.name for attachment in mail.attachments]),
        "attached": attached_words(mail),
        "reply_to": _other_reply_to(mail),
        "suggestions": list(seen.suggestions),
        "checklist": [*(receipt.remarks if receipt else ()), *seen.checklist],
        "questions": [one.in_a_line for one in numbered.questions],
        "numbered": numbered.why,
        "origin": [*seen.origin, *before, *_guessed(beside), *(other_day[:1] if other_day else ())],
    }
    orders = (
        *(receipt.orders if receipt else ()),
        *seen.orders,
        *_to_link(beside),
        *(other_day[1:] if other_day else ()),
        *((by_number(office.laws.of(case)),) if numbered.questions else ()),
        *((QUESTIONS,) if numbered.why else ()),
    )
    more = left_out or _is_more_than_text(mail)
    about = About(case, now, raw=raw if more else b"", cut=cut)
    _tell(tx, office, case, about, found, orders)


def introduce_plainly(tx: Transaction, office: Office, case: Case, now: datetime) -> None:
    """Tell the officers of a case without looking into its mail: that was tried, and failed."""
    found: dict[str, object] = {
        "flags": ["foibot could not look into this message; it is kept exactly as it came"],
        "reply_to": "",
        "numbered": "",
        "attached": "",
        **{name: [] for name in ("files", "suggestions", "checklist", "questions", "origin")},
    }
    _tell(tx, office, case, About(case, now), found, ())


def _tell(
    tx: Transaction,
    office: Office,
    case: Case,
    about: About,
    found: dict[str, object],
    orders: _Lines,
) -> None:
    withheld = _withheld(tx, case)
    notice = NoticeWanted(
        "new-case",
        Audience.OFFICERS,
        {"acknowledged": withheld is None, "withheld": withheld.why if withheld else "", **found},
        lines=(
            *(_ACK if withheld and case.requester.address else ()),
            *orders,
            *likely_orders(office.laws.of(case)),
            *_takers(office),
            *_ALL,
        ),
        enclosed=Enclosed.REQUEST if about.raw else Enclosed.DEADLINE,
    )
    notify(tx, office, (notice,), about)


def _withheld(tx: Transaction, case: Case) -> AcknowledgementWithheld | None:
    """Why the case was not acknowledged by a machine, while it still is not."""
    if case.acknowledgement is not Acknowledgement.WITHHELD:
        return None
    events = (one.event for one in tx.ledger.of_case(case.reference))
    return next((one for one in events if isinstance(one, AcknowledgementWithheld)), None)


def _takers(office: Office) -> _Lines:
    """What an officer may order who is not the only one."""
    return (ACCEPT,) if len(office.roster.with_role(Role.OFFICER)) > 1 else ()


def _asked_before(tx: Transaction, case: Case, now: datetime) -> str:
    """The first case that was asked in the same words; "" if there is none, or they are too few to tell."""
    digest = wording_digest(case.request_text)
    if not digest:
        return ""
    earlier = tx.wordings.first(digest)
    tx.wordings.add(digest, case.reference, now)
    return earlier


def _in_conversation(tx: Transaction, case: Case, mail: IncomingMail) -> Case | None:
    """Another case in whose Outlook conversation somebody else wrote this one; None if there is none."""
    found = tx.inbox.cases_of_conversation(conversation(mail))
    return next(iter(tx.cases.found([one for one in found if one != case.reference])), None)


def _guessed(beside: Case | None) -> tuple[str, ...]:
    if beside is None:
        return ()
    why = "the same mail was passed on, or somebody else writes about that request"
    return (f"Case {beside.reference} began in the same conversation of Outlook: {why}.",)


def _to_link(beside: Case | None) -> _Lines:
    if beside is None or is_restricted(beside):
        return ()
    return ((f"link {beside.reference}", "notes that the two cases belong together"),)


def _is_more_than_text(mail: IncomingMail) -> bool:
    """Whether an officer may want to see the mail itself: it has files, or what is shown was made of it."""
    return bool(mail.attachments or mail.flags or mail.from_html)


def _other_reply_to(mail: IncomingMail) -> str:
    own = mail.sender.addr.lower() if mail.sender else ""
    others = [one.addr for one in mail.reply_to if one.addr.lower() != own]
    return ", ".join(others)
