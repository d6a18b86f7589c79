"""The lines of a digest about messages of which nobody has said yet what they are: since when, and by when; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case import placing
from foibot.case.case import Case, State
from foibot.case.outcome import Listed
from foibot.law.calendar import answer_by, working_days_between
from foibot.law.clocks import last_day_of, limit_of
from foibot.law.dates import in_words, with_weekday
from foibot.law.regime import Regime
from foibot.mail.triage import Disposition
from foibot.reports.digest import Message, NotOpen

_SUBJECT = 60


def still_open(
    message: Message, came: date, law: Regime, today: date, not_open: NotOpen, case: Case | None
) -> Listed:
    """One message: who, what about, how long it has waited, and the last day if it is what it may be.

    A further message on a case that is answered may ask for a review (T-51), on one that waits for its requester
    it may be the answer, and any other may be a request.
    """
    shut = [ref for ref in (message.case_ref, *message.guesses) if ref in not_open.cases]
    if shut:
        return Listed(message.id, f"a message about {shut[0]}, which is not open to you")
    days = working_days_between(law, came, today)
    waited = f"{days} working day{'' if days == 1 else 's'}"
    about = f", “{_short(message.subject)}”" if message.subject else ""
    words = f"{message.sender or 'unknown sender'}{about}: {_what(message, came, law, case)} (came on {with_weekday(came)}, has waited {waited})"
    known = placing.Message(
        message.id, message.disposition, message.rule, message.case_ref, message.guesses
    )
    answers = (
        (word, known.guesses[int(word) - 1] if word.isdecimal() else "")
        for word, _ in placing.choices(known, answered=bool(message.case_ref))
    )
    return Listed(message.id, words, tuple(answers))


def _what(message: Message, came: date, law: Regime, case: Case | None) -> str:
    reference = message.case_ref
    if case is not None and case.state is State.ANSWERED:
        last = last_day_of(law, limit_of("review", law, came), came).last
        return f"on {reference}, which is answered; a review would have to be decided by {with_weekday(last)}"
    if case is not None and case.state is State.WAITING:
        return f"on {reference}, which waits for the requester; “m{message.id} move {reference}” takes it for their answer"
    kind = "could not be read" if message.disposition == Disposition.QUARANTINE else "not placed"
    if reference:
        kind = f"on {reference}, which is closed"
    return (
        f"{kind}; a request would have to be answered by {with_weekday(answer_by(law, came).due)}"
    )


def as_review(message: Message, came: date) -> tuple[str, str]:
    """The order that takes a further message for a request for a review."""
    line = f"{message.case_ref} clock review from {in_words(came)}"
    return line, f"if m{message.id} asks for a review"


def _short(text: str) -> str:
    return text if len(text) <= _SUBJECT else text[: _SUBJECT - 1].rstrip() + "…"
