"""What officers hear at once of a message that came in: further mail on a case, and mail that needs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foibot.case.case import Case, State
from foibot.case.interim import part_in_words
from foibot.case.outcome import Audience, Enclosed, NoticeWanted
from foibot.case.placing import IN_DOUBT, Message, choices
from foibot.case.suggestions.guesses import Guess
from foibot.case.suggestions.suggest import review_words
from foibot.commands.closing import REOPEN, taking_back
from foibot.commands.new_received import in_full
from foibot.desk.about import about_message
from foibot.desk.clarified import part_answered
from foibot.desk.exposed import end_exposed
from foibot.desk.keepers import for_who_may_read
from foibot.desk.office import Office
from foibot.desk.receipt import PassedOn, passed_on
from foibot.desk.record import notify
from foibot.law.dates import in_words, london_date
from foibot.mail.attached_words import attached_words
from foibot.mail.file_names import listed
from foibot.mail.message import IncomingMail, Unreadable
from foibot.mail.reply_text import above_ours, first_order_line, new_words
from foibot.mail.triage import JUNK, Disposition, Triage
from foibot.store.inbox import Waiting
from foibot.store.transaction import Transaction

D = Disposition


def tell(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    decided: Triage,
    guessed: Sequence[Guess],
    now: datetime,
) -> None:
    """Tell officers of mail on a case and of mail that could not be placed; the digest lists the rest."""
    match decided.disposition:
        case D.FOLLOWUP:
            kind = "follow-up"
        case D.UNMATCHED if decided.rule != JUNK:
            kind = "not-placed"
        case _:
            return
    case = tx.cases.lock(decided.case) if decided.case else None
    part = None
    if case and decided.rule != IN_DOUBT:
        case, part = part_answered(tx, office, case, one, mail, now)
    passed = None if case else passed_on(office, one, mail)
    review = review_words(new_words(mail.text)) if case else ()
    # What could not be placed may be a request that somebody passed on, below a line of their own.
    shown = above_ours(mail.text, office.mailbox) if case else mail.text
    facts = {
        "from_shown": mail.shown_sender or "(no sender)",
        "their_subject": mail.subject or "(no subject)",
        "text": shown,
        "left_out": shown != mail.text,
        "rule": decided.rule,
        "evidence": decided.evidence,
        "flags": [*mail.flags, *([decided.evidence] if decided.rule == IN_DOUBT else [])],
        "files": listed([attachment.name for attachment in mail.attachments]),
        "attached": attached_words(mail),
        "review": list(review),
        "part": part_in_words(part, office.laws.of(case)) if case and part else "",
        "closed": case is not None and _is_closed(case),
        "passed_on": _in_words(passed) if passed else "",
        "guesses": [
            f"{number}: {one.reference}{', since ' if one.why else ''}{one.why}"
            for number, one in enumerate(guessed, 1)
        ],
    }
    notice = NoticeWanted(
        kind,
        Audience.OFFICERS,
        facts,
        enclosed=Enclosed.RAW_MAIL,
        lines=(
            *_to_register(one, mail),
            *(taking_back(case, new_words(mail.text)) if case else ()),
            *_orders(case, one, decided, guessed),
        ),
        message=one.id,
    )
    wanted = (notice,) if case else for_who_may_read(tx, office, guessed, notice)
    notify(tx, office, wanted, about_message(case, one, now))


def _in_words(passed: PassedOn) -> str:
    """Whose message it is and since when its time runs, for an officer to judge."""
    receipt = passed.receipt
    return (
        f"It passes on a message from {passed.mail.shown_sender}. As a new request it would be theirs, "
        f"received on {in_words(london_date(receipt.moment))} ({receipt.basis})."
    )


def _to_register(one: Waiting, mail: IncomingMail) -> tuple[tuple[str, str], ...]:
    """The order that stands on top of what was passed on: it is obeyed only when it comes in a reply."""
    line, _ = first_order_line(mail.text)
    order = in_full(line, london_date(one.arrived_at))
    return ((order, "registers it with that day, as the message says"),) if order else ()


def tell_of_unreadable(
    tx: Transaction, office: Office, one: Waiting, why: Unreadable, now: datetime
) -> None:
    """Show an officer what could not be read, with the raw file."""
    end_exposed(tx, office, one, now)
    facts = {
        "from_shown": why.shown_sender or "(unknown)",
        "their_subject": why.subject or "(unknown)",
        "reason": why.reason,
        "rule": why.rule,
        "arrived": one.arrived_at,
        "text": why.text,
        "readable": bool(why.text.strip()),
    }
    notice = NoticeWanted(
        "quarantine",
        Audience.OFFICERS,
        facts,
        enclosed=Enclosed.RAW_MAIL,
        lines=choices(Message(one.id, D.QUARANTINE, why.rule, "", ())),
        message=one.id,
    )
    notify(tx, office, (notice,), about_message(None, one, now))


def _is_closed(case: Case) -> bool:
    return case.finished or case.state is State.REOPENED


def _orders(
    case: Case | None, one: Waiting, decided: Triage, guessed: Sequence[Guess]
) -> tuple[tuple[str, str], ...]:
    """What an officer may order on a further message; a review is counted from the day it was asked for."""
    message = Message(
        one.id, decided.disposition, decided.rule, decided.case, [one.reference for one in guessed]
    )
    if case is None:
        return choices(message)
    show = ("show", "sends you the case and its letter")
    answered = _is_closed(case)
    first: tuple[tuple[str, str], ...] = ()
    if case.state is State.ANSWERED:
        day = in_words(london_date(one.arrived_at))
        first = ((f"clock review from {day}", "if it asks for an internal review"),)
    if case.state in {State.WITHDRAWN, State.NOT_FOI}:
        first = (REOPEN,)
    move = ("move REFERENCE", "puts it with another request, if it is not about this one")
    return (*first, *choices(message, answered=answered), move, show)
