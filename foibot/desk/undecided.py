"""Keeps the messages of which an officer still has to say what they are, and lists them each morning until then."""

from __future__ import annotations

from foibot.case.case import Case, State
from foibot.case.placing import IN_DOUBT
from foibot.case.suggestions.thanks import is_thanks
from foibot.law.dates import london_date
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import new_words
from foibot.mail.triage import BEFORE_OUR_TIME, JUNK, Disposition, Triage
from foibot.store.transaction import Transaction
from foibot.store.undecided import StillOpen

MOST = 60
_LISTED_ONCE = frozenset({JUNK, BEFORE_OUR_TIME})


def waits(decided: Triage, mail: IncomingMail, case: Case | None) -> bool:
    """Whether an officer has to say what a message is: it was not placed, is in doubt, or goes on after the answer (T-51)."""
    if decided.disposition is Disposition.FOLLOWUP:
        in_doubt = decided.rule == IN_DOUBT
        ended = case is not None and case.finished and not is_thanks(new_words(mail.text))
        return in_doubt or ended
    return decided.disposition is Disposition.UNMATCHED and decided.rule not in _LISTED_ONCE


def still_undecided(tx: Transaction) -> list[StillOpen]:
    """The oldest that wait; those whose case was taken up since are forgotten.

    A case is taken up when it runs again, or when a clock was started on it since the message came.
    """
    found = tx.undecided.oldest(MOST)
    cases = tx.cases.found(sorted({one.message.case_ref for one in found} - {""}))
    by_reference = {case.reference: case for case in cases}
    over = [one for one in found if _is_over(one, by_reference.get(one.message.case_ref))]
    tx.undecided.decided([one.message.id for one in over])
    return [one for one in found if one not in over]


def _is_over(one: StillOpen, case: Case | None) -> bool:
    if one.message.disposition != Disposition.FOLLOWUP or case is None:
        return False
    if one.message.rule == IN_DOUBT:
        return case.state is not State.WAITING
    came = london_date(one.arrived_at)
    return not case.finished or any(clock.started >= came for clock in case.clocks)
