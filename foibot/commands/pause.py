"""`pause`, `resume`: stop everything from leaving the office, at once, and let it leave again; no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from foibot.case.events import SendingPaused, SendingResumed
from foibot.case.outcome import Audience, NoticeWanted, Outcome, plain_notice
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.courtesies import says_more
from foibot.law.dates import in_words, moment_in_words
from foibot.officers.roster import Officer, Role

PAUSE: Final = "pause"
RESUME: Final = "resume"
WHO: Final = frozenset({Role.ADMINISTRATOR, Role.APPROVER})
_LONGEST_REASON: Final = 200
_ENDS: Final = (RESUME, "lets mail leave again; for an administrator or an approver")


@dataclass(frozen=True, slots=True)
class Standstill:
    """What the office looks like when sending is paused or resumed.

    `first_due` is the earliest last day among the open requests; `waiting` are mails that may leave otherwise.
    """

    paused: bool
    open: int
    first_due: date | None
    waiting: int
    letters: int


def stops_or_starts(line: str) -> str:
    """Which of the two orders a first line is, "" for neither; a reason stands after a colon.

    Without the colon it may be about the clock of one case: "pause until we know more" stops no office.
    """
    verb, colon, _ = line.casefold().partition(":")
    verb = verb.strip().rstrip(".!")
    return verb if verb in {PAUSE, RESUME} and (verb == PAUSE or not colon) else ""


def ordered(line: str, text: str, officer: Officer, at: Standstill, now: datetime) -> Outcome:
    """Paused or resumed, and everybody told; or refused, with why."""
    verb = stops_or_starts(line)
    order = Order(verb, "", "", line)
    if not officer.may(*WHO):
        why = ["Only an administrator or an approver can stop what leaves the office, or let it leave again."]  # fmt: skip
        return _refuse("role", order, why)
    if verb == RESUME and says_more(text, officer.name):
        why = ["There is more under the order than a machine should pass over. Please send the one line alone."]  # fmt: skip
        return _refuse("text", order, why)
    if at.paused == (verb == PAUSE):
        is_so = "Sending is paused already." if at.paused else "Sending is not paused."
        return _refuse("as-it-is", order, [is_so])
    by = f"{officer.name} did so on {moment_in_words(now)}."
    if verb == RESUME:
        return _resumed(by, at)
    reason = line.partition(":")[2].strip()[:_LONGEST_REASON]
    return _paused(f"{by} The reason given: {reason}" if reason else by, reason, at)


def _refuse(check: str, order: Order, why: Iterable[str]) -> Outcome:
    outcome = refuse(check, order, list(why), ("help", "lists the orders"))
    return replace(
        outcome, notices=tuple(replace(one, even_paused=True) for one in outcome.notices)
    )


def _paused(by: str, why: str, at: Standstill) -> Outcome:
    stays = (
        "Nothing leaves now: no acknowledgement, no letter, no reminder. Mail still comes in and is on "
        "record, orders are carried out, and an approved letter waits. Only the morning digest and answers about "
        "the pause leave."
    )
    runs = "The time to answer runs on all the same."
    if at.first_due is not None:
        are = "request is" if at.open == 1 else "requests are"
        runs += f" {at.open} {are} open; the first last day is {in_words(at.first_due)}."
    facts = [f"Waiting to leave: {_count(at)}"]
    notice = _to_all("Sending is paused", [by, stays, runs], facts)
    return Outcome(events=(SendingPaused(why),), notices=(replace(notice, lines=(_ENDS,)),))


def _resumed(by: str, at: Standstill) -> Outcome:
    said = "Mail leaves again, what the public waits for first. Reminders that are no longer true are dropped."
    return Outcome(
        events=(SendingResumed(),),
        notices=(_to_all("Sending is resumed", [by, said], [f"Leaving now: {_count(at)}"]),),
    )


def _count(at: Standstill) -> str:
    mails = f"{at.waiting} mail{'' if at.waiting == 1 else 's'}"
    return f"{mails}, {at.letters} of them approved letters" if at.letters else mails


def _to_all(title: str, said: list[str], facts: list[str]) -> NoticeWanted:
    return replace(plain_notice(Audience.EVERYBODY, title, said, facts=facts), even_paused=True)


def decide(order: Order, at: Situation) -> Outcome:
    """Refused on a case: the two orders are about the whole office and stand alone on their line."""
    del at
    why = [
        f"`{order.verb}` stops or starts everything that leaves the office, and stands alone on its line.",
        "The time to answer one request is not paused by an order of this name.",
    ]
    lines = (
        ("clarify", "with your question under it: asks the requester, which stops the time"),
        ("when", "shows the clocks of a case"),
    )
    return refuse("alone", order, why, *lines)


COMMAND = Command(
    verb=PAUSE,
    form="pause",
    does="in an emergency: nothing leaves the office any more, until somebody replies with the order that ends it; a reason may stand after a colon",
    example="pause: letters go to the wrong people",
    who=WHO,
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
