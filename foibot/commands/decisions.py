"""What `approve`, `reject` and `hold` have in common: a version, and the words when it cannot be decided on; no I/O."""

from __future__ import annotations

import re
from datetime import datetime
from typing import assert_never

from foibot.case.case import Case, LetterVersion
from foibot.case.outcome import Audience, Enclosed, NoticeWanted, Outcome
from foibot.commands.command import Order, Situation, refuse
from foibot.commands.courtesies import says_more
from foibot.commands.grammar import read_version
from foibot.commands.likely import likely_orders
from foibot.law.dates import in_words, london_date
from foibot.outbox.approval import Decision, Refusal, against_person

Lines = tuple[tuple[str, str], ...]

_ANOTHER_FORM = re.compile(r"(?:version|ver|vers|v)?[\s.:#]*([0-9]{1,4})(?:\s*:.*)?")

DECISIONS = frozenset({"approve", "reject", "hold"})
"""The orders that decide on one version, and take a secret that was sent with it."""

SHOW = ("show", "sends you the current letter again, with a fresh line to reply to")


def current_line(case: Case, verb: str) -> tuple[str, str]:
    """The order with the version it would need."""
    version = case.current.version if case.current else 0
    return (f"{verb} v{version}", f"about version {version}") if version else SHOW


def reason_lines(letter: LetterVersion) -> Lines:
    """An order for each rule whose warnings still need a reason, with what was found."""
    return tuple(
        (
            f"accept {rule} v{letter.version}: your reason",
            " ".join(one.in_words() for one in letter.remarks if one.rule == rule),
        )
        for rule in letter.rules_open
    )


def place_lines(letter: LetterVersion) -> Lines:
    """An order for each place of the letter where words are still to be written."""
    return tuple(
        (f"set {one.words}", f"with the words under it: {one.why}. {one.instead}")
        for one in letter.places_open
    )


def opinion_lines(case: Case, now: datetime) -> Lines:
    """The order that records the opinion of a qualified person which the current letter lacks."""
    limbs = " ".join(case.opinions_missing)
    if not limbs:
        return ()
    does = "with the opinion attached to your reply as a file: keeps it on the case, so that the letter can be approved"
    return ((f"opinion {limbs} by NAME on {in_words(london_date(now))}", does),)


def read_decision(order: Order, at: Situation, *, text_allowed: bool) -> Decision | Outcome:
    """The decision an order asks for, or the refusal when it names no version or says more than that."""
    found = read_version(order.rest)
    if found is None:
        line = current_line(at.case, order.verb)
        return refuse("no-version", order, [_without_version(order)], line, SHOW)
    version, extra = found
    if not text_allowed and (extra or at.files or says_more(order.text, at.officer.name)):
        why = [
            f"There is more in your message than `{order.verb} v{version}`{_with_files(at)}.",
            "foibot cannot tell whether you meant to change something first, so it did nothing.",
        ]
        return refuse(
            "says-more",
            order,
            why,
            (f"{order.verb} v{version}", "on its own, if you agree with the letter as it is"),
            (f"reject v{version}: your reason", "if it needs to change"),
        )
    return Decision(at.officer, version, at.secret_for(version))


def _without_version(order: Order) -> str:
    named = _ANOTHER_FORM.fullmatch(order.rest.casefold())
    if named:
        return f"The order `{order.verb}` needs the version as in `{order.verb} v{named[1]}`. Yours was read as version {named[1]}, but nothing was done."
    return f"The order `{order.verb}` needs the version of the letter, so that nobody decides on an older one."


def _with_files(at: Situation) -> str:
    names = ", ".join(one.name for one in at.files)
    return f", with these files: {names}" if names else ""


def change(at: Situation) -> tuple[str, str]:
    """The order that makes the next version of the current letter: one of its slots filled anew."""
    slot = next((one.name for one in at.slots), "")
    return (f"set {slot}", "with the new words under it, makes the next version") if slot else SHOW


def fresh_draft(case: Case, since: int = 0) -> tuple[NoticeWanted, ...]:
    """The current letter once more to the officer who asked, with a fresh secret if it can be decided on.

    `since` is the version the officer had in mind, from which its changes are shown.
    """
    if case.current is None:
        return ()
    version = case.current.version
    since = since if since < version else 0
    return (letter_again(Audience.ORDERING_OFFICER, version, since=since),)


def letter_again(to: Audience, version: int, *, person: str = "", since: int = 0) -> NoticeWanted:
    """A version that was shown before, once more: with a fresh secret for each who can decide on it."""
    return NoticeWanted(
        "draft",
        to,
        {"again": True},
        enclosed=Enclosed.LETTER,
        decides=version,
        person=person,
        since=since,
    )


_NOT_NOW = {
    Refusal.TOO_EARLY: "It is not your turn yet: it is sent to you again once the others before you have approved it.",
    Refusal.NOT_ASKED: "Your approval is not among those that this version still needs.",
    Refusal.GIVEN: "You have approved this version before; one person's approval counts once.",
}


def _not_now(refusal: Refusal, at: Situation) -> str:
    agreed = at.case.current.agreed if at.case.current else ()
    if refusal is Refusal.GIVEN and not any(map(at.officer.is_at, agreed)):
        return "It was approved by somebody in whose place you stand, or who stands in your place; that counts as one approval."
    return _NOT_NOW[refusal]


_UNFINISHED = (
    "Words are still to be written in it, at the places in square brackets. Each order below fills one and "
    "makes the next version, which can be approved once none is left."
)

_NOT_ON_RECORD = {
    Refusal.REASON_MISSING: (
        "The checks had something to say about this version. Somebody has to say why it may stand before it "
        "can be approved."
    ),
    Refusal.OPINION_MISSING: (
        "The letter relies on section 36, and the opinion of the qualified person is not on file. Without it "
        "nobody may rely on that section."
    ),
}


def turn_down(version: int) -> tuple[str, str]:
    """The order that turns a version down."""
    return (f"reject v{version}: your reason", "turns it down, whoever has approved it")


def _state_of(case: Case, version: int) -> str:
    letter = next((one for one in case.letters if one.version == version), None)
    return letter.state.value if letter else "unknown"


def explain(refusal: Refusal, order: Order, decision: Decision, at: Situation) -> Outcome:
    """The refusal in words, with the lines that would work, and the current letter where that helps."""
    case, version = at.case, decision.version
    current = case.current.version if case.current else 0
    fresh: tuple[NoticeWanted, ...] = ()
    lines: Lines
    match refusal:
        case Refusal.NO_LETTER:
            why = ["No letter has been drafted on this case yet."]
            lines = likely_orders(at.regime)
        case Refusal.NOT_CURRENT:
            why, lines, fresh = _not_current(at, version, current)
        case Refusal.ALREADY_DECIDED:
            why = [
                f"Version {version} was decided before: it is {_state_of(case, version)}. Nothing is sent twice."
            ]
            lines = (("stop", "stops it, if it has not left yet"), SHOW)
        case (
            Refusal.NOT_APPROVER
            | Refusal.OWN_DRAFT
            | Refusal.TOOK_PART
            | Refusal.CONFLICT
            | Refusal.NOT_IN_PLACE
        ):
            why = [*_NOT_YOU[refusal], *([_who_could(at)] if refusal is Refusal.TOOK_PART else ())]
            lines = () if refusal is Refusal.CONFLICT else (SHOW,)
        case Refusal.HELD_BY_ANOTHER:
            why = [
                "Another approver has put this version on hold. That person can approve it, or a new version can be made."
            ]
            lines = (change(at), SHOW)
        case Refusal.TOO_EARLY | Refusal.NOT_ASKED | Refusal.GIVEN:
            why = [_not_now(refusal, at), f"Still to approve it: {at.policy.wanted(case)}."]
            lines = (turn_down(version), SHOW)
        case Refusal.REASON_MISSING | Refusal.OPINION_MISSING:
            why = [_NOT_ON_RECORD[refusal]]
            reasons = reason_lines(case.current) if case.current else ()
            lines = (*reasons, *opinion_lines(case, at.now))
        case Refusal.UNFINISHED:
            why = [f"Version {version} cannot be approved yet.", _UNFINISHED]
            lines = (*(place_lines(case.current) if case.current else ()), SHOW)
        case Refusal.UNANSWERED | Refusal.SPENT:
            why = [
                f"Your message does not answer an unused notice about version {version}.",
                "A fresh notice is on its way to you; reply to that one.",
            ]
            lines, fresh = (SHOW,), fresh_draft(case)
        case _:
            assert_never(refusal)
    outcome = refuse(refusal.value, order, why, *lines)
    return Outcome(notices=(*outcome.notices, *fresh), refusal=refusal.value)


_NOT_YOU = {
    Refusal.NOT_APPROVER: ("You are not on the list of approvers.",),
    Refusal.OWN_DRAFT: (
        "You drafted this version yourself. Another person has to approve it.",
        "The approvers were sent the same letter.",
    ),
    Refusal.TOOK_PART: (
        "You drafted or approved the answer that this review looks at again.",
        "Somebody who took no part in it has to approve the result.",
    ),
    Refusal.CONFLICT: ("You keep out of this case, because you have an interest in it.",),
    Refusal.NOT_IN_PLACE: (
        "You approve letters only in place of somebody else, and that person may not approve this one: they drafted it, took part in the answer, or have an interest in the case.",
        "Another approver has to decide.",
    ),
}


def _who_could(at: Situation) -> str:
    """Who may approve the result of a review instead of somebody who took part in the answer."""
    could = [one.name for one in at.roster if against_person(at.case, one, at.policy) is None]
    if could:
        return f"It can be approved by {' or '.join(could)}."
    return "Nobody else on the list may approve it: the administrator has to add somebody to [[officers]] in config.toml."


def _not_current(
    at: Situation, version: int, current: int
) -> tuple[list[str], Lines, tuple[NoticeWanted, ...]]:
    if version == current:
        why = [
            f"Version {version} is {_state_of(at.case, version)}; it cannot be decided on any more."
        ]
        return why, (change(at), SHOW), ()
    if version > current:
        why = [
            f"There is no version {version} of the letter. It is at version {current}, which follows in a fresh notice."
        ]
        return why, (SHOW,), fresh_draft(at.case, version)
    why = [
        f"Version {version} is no longer current. The letter is now at version {current}, which follows in a fresh notice."
    ]
    return why, (SHOW,), fresh_draft(at.case, version)
